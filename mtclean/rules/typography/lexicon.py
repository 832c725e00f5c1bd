"""Closed word lists the rules lean on.  Written for mtclean; add to them when a text shows the need.

Only closed classes live here: words English has few of.  Nothing is learnt from a corpus.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that start sentences far more often than they stand after a full stop for any other reason.
STARTERS = _words(
    """
    A About Above According Accordingly Across Actually Additionally After Afterwards Again Against Ah
    All Along Already Also Although Altogether Always Am Among An And Another Any Anyone Anything Apart
    Are Around As Aside At Away Back Based Because Before Behind Below Besides Between Beyond Both But By
    Can Certainly Clearly Compared Consequently Could Currently Despite Did Do Does Don't Don’t Due During
    Each Earlier Either Especially Even Eventually Ever Every Everybody Everyone Everything Everywhere
    Except Few Finally First Firstly Following For Formerly Fortunately From Further Furthermore Generally
    Given Great Had Has Have Having He He'd He'll He's He’d He’ll He’s Hence Her Here Here's Here’s Hers
    Him His How However I I'd I'll I'm I've I’d I’ll I’m I’ve If Immediately In Indeed Initially Inside
    Instead Into Is It It'd It'll It's It’d It’ll It’s Its Just Last Lastly Lately Later Less Let Let's
    Let’s Like Likewise Many Maybe Me Meanwhile Might Mine More Moreover Most Mostly Much Must My Near
    Nearly Neither Never Nevertheless Next No Nobody None Nonetheless Nor Normally Not Nothing
    Notwithstanding Now Nowadays Obviously Of Off Often Oh Okay On Once One Only Onto Or Originally Other
    Others Otherwise Our Ours Out Outside Over Overall Part Particularly Per Perhaps Please Possibly
    Presumably Previously Probably Quite Rather Recently Regarding Relevant Same Second Secondly See
    Several Shall She She'd She'll She's She’d She’ll She’s Should Similarly Since So Some Somebody
    Someone Something Sometimes Somewhere Soon Still Strangely Such Suddenly Surely Take Thank Thanks That
    That's That’s The Their Theirs Them Then There There's There’s Thereafter Therefore These They They'd
    They'll They're They've They’d They’ll They’re They’ve Third Thirdly This Those Though Three Through
    Throughout Thus To Today Together Tomorrow Tonight Too Toward Towards Two Typically Ultimately Under
    Unfortunately Unless Unlike Until Up Upon Us Usually Very Via Was We We'd We'll We're We've We’d We’ll
    We’re We’ve Well Were What What's What’s Whatever When Whenever Where Whereas Wherever Whether Which
    While Who Who's Who’s Whoever Whom Whose Why Will With Within Without Would Yes Yesterday Why Wow Okay OK Yeah Ugh Thats Yet You You'd
    You'll You're You've You’d You’ll You’re You’ve Your Yours
    """
)

# Small words that, after a full stop and before a space, cannot be a domain or file ending.
LOWERCASE_STARTERS = _words(
    """
    a also although and because but each even every everyone he here how however i if just my never not
    now of only or other our perhaps she should since so some sometimes that the their then there these
    they this those though thus today we were what when where which while who why with without would yet
    you your even ever they're you're we're they’re you’re we’re don't it's it’s i
    """
)

# Product names written with a small first letter.
LOWERCASE_BRANDS = _words("iPhone iPhones iPad iPads iPod iMac iOS iCloud iTunes iPadOS eBay macOS")

TITLES = _words(
    """
    Mr Mrs Ms Mx Dr Prof Rev Hon St Ste Mt Ft Gen Col Capt Cpt Cmdr Cdr Lt Maj Sgt Adm Brig Pvt Gov Sen Rep
    Pres Fr Sr Sra Mme Mlle Msgr Messrs Supt Insp Det Amb
    """
)

# Lower-cased; what usually goes on after its full stop.
ABBREVIATIONS = _words(
    """
    approx appt apt assn assoc ave bldg blvd cf chap co corp dept dist div ed eds edn e.g eg est etc
    esp fig figs hr hrs ibid i.e ie inc incl jr lb lbs ltd misc mph nat nos obs
    oz p para pg pl pp pt pts pub ref refs rd repr resp sec sect ser sq sr tel temp trans univ var vol
    vols vs viz yr yrs al ca cie
    """
)

# Abbreviated only with a capital: "the sun" is none.
CALENDAR = _words(
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun"
)

# Lower-cased, without their stops: acronyms and the like that do end sentences.
ACRONYMS = _words(
    "us usa uk un eu ussr uae dc nyc la bc bce ce ad am pm phd md ba ma msc bsc jd mba ceo fbi cia nato dr roc prc"
)

# Words a number is counted in after a dot ("version.2", "alpha.1"): no sentence ends there.
UNIT_ENDS = _words(
    "version release build alpha beta rev draft chapter section table figure page part item step"
)

# Lower-cased endings that also start sentences: after a small word they are taken for words.
ENDINGS_THAT_ARE_WORDS = _words("go net info sql html xml css json java swift class lock app dev")

# Lower-cased endings of domains and files.
FILE_ENDINGS = _words(
    """
    com net org edu gov mil info biz io ai co uk eu de fr jp cn ru tv fm xyz dev app
    html htm xhtml xml json yaml yml toml csv tsv txt md rst pdf doc docx xls xlsx ppt pptx odt ods odp
    jpg jpeg png gif svg webp bmp ico mp3 mp4 avi mov wav zip gz tar tgz rar exe dll so bat sh ps1
    js ts jsx tsx py pyc rb java class jar c h cpp hpp cs vb go rs php asp aspx jsp css scss sql db log ini
    cfg conf env lock net swift kt lua pl
    """
)

# First links of namespaces that are also English words.
CODE_ROOTS = _words(
    """
    System Microsoft Windows Console Math Object String Array Date Application Window Document Node Request
    Response Event Element File Path Form Forms Control Controls Module Class Type Server Client Session
    Context Task Thread Process Vector Map List Set Queue Stack React Vue Angular Google Apache Spring Java
    """
)

# Words of prose that are also what code calls things by: no evidence for a sentence.
CODE_WORDS = _words(
    """
    this self super console document window object string array list map set math date system process module
    class type server client session context task thread vector queue stack path file form request response
    event element node document random time json data value key name id index test app user config base core
    model view util utils main java python next prev parent child body text style get put post page
    promise
    """
)

# What code asks of such things, in words that also start sentences: "date.now", "promise.then".
METHODS = _words("now of then each every some only with when")

# Modules of Python whose names are English words: a class may follow their dot.
MODULES = _words(
    "typing types requests logging pickle threading queue referencing attrs click rich"
)

# Names of files a dot and another word may follow: "README.Debian".
FILE_NAMES = _words(
    "README LICENSE LICENCE COPYING NOTICE CHANGES CHANGELOG NEWS AUTHORS INSTALL TODO MANIFEST Makefile Dockerfile"
)

# What goes on with a sentence after an acronym's last stop: "the U.K.and", "the U.S.are".
AFTER_INITIALS = _words(
    "and or but is are was were has have had will would could should can may in on of at to for from with by as the that"
    " who which when where while it he she they we"
)

# Short words that end sentences and are no part of an address or a name in code.
PLAIN_ENDS = _words("it me us up so on in to do be am we he him her too two was had yes no did")

# Words that start with an apostrophe for their lost first letters.
ELISIONS = _words(
    "tis twas twere twill twould tisn em til till cause cos coz bout round neath gainst tween midst n ere "
    "fraid nuff nother sblood kay sup frisco ye er im is ud ll ve re d s t m"
)

# Verbs that attribute a quotation, in the forms they take there.
SAYING = _words(
    """
    said says say saying asked asks added adds replied replies told tells noted notes stressed stresses
    explained explains wrote writes writing cried cries shouted whispered murmured muttered answered
    continued remarked observed exclaimed declared announced stated insisted argued warned concluded
    claimed admitted acknowledged agreed recalled suggested commented emphasized emphasised pointed
    returned ejaculated inquired enquired demanded gasped interrupted repeated pursued began
    """
)

# Prefixes that stand small before a name and are no half of a pair: "pro-Beijing".
PREFIXES = _words(
    "anti pro non ex pre post mid neo trans inter intra sub super ultra semi quasi pan cross all half "
    "out over under off self vice co counter extra arch arm"
)

# Forms that make compound names: "Indo-Pacific".
COMBINING = _words(
    "Indo Sino Anglo Franco Afro Austro Russo Greco Graeco Luso Serbo Finno Hispano Italo Turko"
)

# Countries of one word, as newspapers write them.
COUNTRIES = _words(
    """
    Afghanistan Albania Algeria Angola Argentina Armenia Australia Austria Azerbaijan Bahrain Bangladesh
    Belarus Belgium Bolivia Botswana Brazil Britain Bulgaria Cambodia Cameroon Canada Chad Chile China
    Colombia Croatia Cuba Cyprus Denmark Ecuador Egypt England Eritrea Estonia Ethiopia Fiji Finland France
    Gabon Gambia Georgia Germany Ghana Greece Guatemala Guinea Guyana Haiti Honduras Hungary Iceland India
    Indonesia Iran Iraq Ireland Israel Italy Jamaica Japan Jordan Kazakhstan Kenya Korea Kosovo Kuwait
    Kyrgyzstan Laos Latvia Lebanon Lesotho Liberia Libya Lithuania Luxembourg Madagascar Malawi Malaysia
    Mali Malta Mauritius Mexico Moldova Mongolia Montenegro Morocco Mozambique Myanmar Namibia Nepal
    Netherlands Nicaragua Niger Nigeria Norway Oman Pakistan Palestine Panama Paraguay Peru Philippines
    Poland Portugal Qatar Romania Russia Rwanda Scotland Senegal Serbia Singapore Slovakia Slovenia Somalia
    Spain Sudan Sweden Switzerland Syria Taiwan Tajikistan Tanzania Thailand Togo Tunisia Turkey
    Turkmenistan Uganda Ukraine Uruguay Uzbekistan Venezuela Vietnam Wales Yemen Zambia Zimbabwe
    """
)

# Small words that stand at either end of two words run together: "governmentof", "theministers".
JOINABLE = _words("the of and for with from that this their was were has have had which who")

# Terms the word list does not have that look like two words run together.
NOT_RUN_TOGETHER = _words(
    "formatter foreach sizeof typeof instanceof insteadof indexof whichever forloop offence"
)

# Two small words run together, and where they part; none is a word of its own.
RUN_TOGETHER = {
    first + second: len(first)
    for first in [
        "in",
        "of",
        "to",
        "on",
        "for",
        "from",
        "with",
        "by",
        "at",
        "and",
        "that",
        "is",
        "was",
        "as",
    ]
    for second in ["the", "this", "their", "these", "which"]
} | {"oneof": 3, "someof": 4, "manyof": 4, "mostof": 4, "partof": 4, "itis": 2, "tobe": 2, "ofa": 2}
