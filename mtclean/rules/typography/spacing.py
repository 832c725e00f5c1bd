"""Stray spaces inside sentences, and the no-break ones that belong to the marks of French."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from mtclean.languages.language import Trait, primary
from mtclean.languages.letters import HANGUL, SIGNS
from mtclean.rules.typography.lexicon import STARTERS
from mtclean.rules.typography.marks import MOST_NO_BREAK, Fault, inside_is_lost
from mtclean.rules.typography.marks import faults as mark_faults
from mtclean.rules.typography.tokenizers import TORN_APART
from mtclean.rules.typography.words import is_among_keywords
from mtclean.text import Fix, Passage, SentenceSpace, Severity, deleting, replacing, rule

_DOUBLE = re.compile(r"(?<=\S)(?<![|+\-]) {2,}(?=[^\s|+\-])")
_AFTER_SENTENCE = re.compile(r"[.!?:][\"'”’»)\]*_]{0,4}( {1,2})(?=[^\s|])")
_RUN, _MOST, _FEWEST = 5, 4, 3
"""Of so many sentences in a row so many must end with two spaces for a habit; in a short text all, and so many at least."""
_OF_VIETNAMESE = "ơư" + "".join(map(chr, range(0x1EA1, 0x1F00, 2)))
_SMALL = f"[a-zß-öø-ÿāăąćčďđēėęěğģīįıķļłńņňőœřśşšțťūůűźżžα-ωά-ώа-яёіїєґ{_OF_VIETNAMESE}]"
_UNCASED = f"[א-ת\u0620-\u064a\u066e-\u06d3\u0904-\u0939{HANGUL}]"
_BEFORE_MARK = re.compile(
    r"[,.;:!?،؛؟।](?<=[ \t].)(?:(?<!\.)(?=[ \t\r\n]|\Z)|(?<=\.)(?=[ \t](?:[^\Wa-z\d_]|[“‘\"'(„«])|[\r\n]|\Z)"
    r"|(?<=[,.!?])(?=[”’](?!\w)|\"(?:\s|\Z)))"
)
_WRONG_SIDE = re.compile(
    rf"[,;.!?،؛](?<= .)(?:(?<=[,;،؛])(?={_UNCASED}[{SIGNS}]?{_UNCASED})|(?<=[,;])(?={_SMALL}{{2,}}(?:[ .,;:!?]|\Z)|{_SMALL} {_SMALL}{{2}}|“ )"
    rf"|(?<=,)(?=(?P<name>[A-Z]{_SMALL}+(?:\.? [A-Za-z]|[,;:!?])))|(?<=[.!?])(?=(?P<next>[A-Z][a-z’']*) ))"
)
_ENDS = frozenset(".؟।")
"""Marks before a space after which no sentence goes on in small letters."""
_CODE_BEFORE = re.compile(r"(?:[<>=~_/\\\[\]@]|\d\.)[^\s]*\Z")
_SMALL_BELOW = re.compile(rf"[\r\n]{{1,4}}[^\S\r\n]{{0,9}}{_SMALL}")
_QUOTED = re.compile(r"(?:(?<!\S)|(?<=\s\())\"(?=\S)[^\"\n]{0,400}[^\W_][.,!?…]?\"\Z")
"""Straight marks around words up to here, as prose has them: neither the strings of a call nor inches."""
_GOES_ON = re.compile(r"[,.!?](?: ?(?!\w+ ?[=(\[])[^\W\d_]|[\r\n]|\Z)")
"""A mark after which a sentence goes on or ends, and not the next string of a list."""
_VOWEL_SIGNS = ("Mc", "Mn")
"""Signs on the letter before, which are no word characters: the vowels of Hindi, the pointing of Arabic."""
_OPTION = re.compile(r"[\s/(“\"`]--?[A-Za-z][\w/=-]{0,40}\Z")
_NAMED = re.compile(r"(?<!\w)(?:[Tt]he|[Aa]n?)[ \t][!?:;] [a-z]\Z")
_GOES_ON_SMALL = re.compile(r" [a-z]{2}")
_LABEL = re.compile(r"[^\W_]+(?: [^\W_]+)? {2,}(?=\S)")
_TABLE_LINE = re.compile(r" {3,}| \| |\t")
_NUMBER = re.compile(r"(?:\(?(?:\d{1,3}|[A-Za-z]{1,4})[.)]|[#–—•·*]) {2,}")
"""What counts the items of a list, with the spaces that set all of them in one column."""
_BOX = re.compile("[\u2500-\u257f]")
"""Lines that frame a table or a drawing made of characters."""

_AREA = re.compile(r"\S / \S|\S\. (?:—|–|--) \S")
_TOKENIZED = re.compile(r"[^\W\d_] [,.] ")
"""What parts the areas of a library's record, and what stands in a line of which every mark was parted from its word."""
_LONGEST_RECORD = 300

_TORN_ENTITY = re.compile(r"&[ ]?#?[A-Za-z0-9]{2,10}\Z")
_TORN_PICTURE = re.compile(r"! \[[^\[\]\r\n]{0,200}\] ?\(")
_NOTE = re.compile(r"\[\d{1,3}\]\Z")

_FRENCH = frozenset({"fr", "br", ""})
"""Languages that set a space before ; : ! ? — and a text whose language is not known may be in one."""


@rule(
    "double-space",
    "fluency.punctuation.spacing",
    fixes=[("It was  late.  He left.", "It was late. He left.")],
    leaves=[
        "    indented code  here",
        "name   | age",
        "one  two   three   four",
        "Name  The Long Walk\nArtist  Two Men",
        "k, n, Up  MOVE_UP\nl, r, On  MOVE_ON",
        "2026-01-02T03:04:05  <ana> is it late?\n2026-01-02T03:04:09  <rui> not yet",
        "a)  the harbour,\n\nb)  the quay.",
        "│ Ships  12 │ of  us │",
        "A single space.",
        "It was late.  He left.  (She stayed.)  Nobody came.",
        "He set two.  He always did!  “Always?”  Yes.  It was a habit. But once.  And on.",
    ],
    failures=[("It was  late   and cold.", "It was late and cold.")],
    severity=Severity.NEUTRAL,
)
def double_space(passage: Passage) -> Iterator[Fix]:
    """Two spaces stand where one belongs.

    They are left over from justified lines and removed markup, and make other rules miss words.  A
    page shows them as one, so they weigh nothing.

    Left alone: lines that are laid out with spaces (indents, tables, columns of three and more
    spaces, columns and labels in lines one below the other, numbers of a list, frames drawn with characters), and
    the two spaces that an author sets after every sentence: after four of five in a row, and in a
    text of fewer after all of them, three at least; ``style.sentence_space`` asks for one.
    """
    if "  " not in passage.text:
        return
    keeps = passage.style.sentence_space is SentenceSpace.KEEP
    habitual = _habitual(passage.text) if keeps else frozenset()
    for match in _DOUBLE.finditer(passage.text):
        start, end = match.span()
        if start not in habitual and not _is_laid_out(passage.text, start, end):
            yield deleting(start + 1, end, "Two spaces stand where one belongs.")


def _habitual(text: str) -> frozenset[int]:
    """Where the pairs of spaces begin that are an author's habit after sentences.

    Told by the sentences around and not by the whole text, which may have two hands: a novel and its licence.
    """
    stops = [match.span(1) for match in _AFTER_SENTENCE.finditer(text)]
    doubled = [end - start == 2 for start, end in stops]
    run = min(_RUN, len(stops))
    if run < _FEWEST:
        return frozenset()
    needed = _MOST if run == _RUN else run
    starts = [at for at in range(len(stops) - run + 1) if sum(doubled[at : at + run]) >= needed]
    within = {place for at in starts for place in range(at, at + run) if doubled[place]}
    return frozenset(stops[place][0] for place in within)


def _is_laid_out(text: str, at: int, word: int) -> bool:
    """Whether the line around the spaces from *at* to the *word* is arranged with spaces, in a frame or without; long lines are prose."""
    if _BOX.search(text, max(0, at - 200), at + 200):
        return True
    start, end = text.rfind("\n", max(0, at - 400), at) + 1, text.find("\n", at, at + 400)
    if (number := _NUMBER.match(text, start)) and number.end() > at:
        return True
    if (start == 0 and at > 400) or (end < 0 and len(text) > at + 400):
        return False
    end = len(text) if end < 0 else end
    if end - start > 400:
        return False
    return (
        text[start : start + 1] in (" ", "\t")
        or bool(_TABLE_LINE.search(text, start, end))
        or (_is_label(text, start, at) and _has_labels_beside(text, start, end))
        or _has_column_beside(text, start, end, word - start)
    )


def _is_label(text: str, line: int, at: int) -> bool:
    """Whether the spaces at *at* follow the first word or two of the *line* that starts there."""
    label = _LABEL.match(text, line)
    return label is not None and label.end() > at


def _has_labels_beside(text: str, start: int, end: int) -> bool:
    """Whether the line before or after is parted as this one is: ``Name  Ana`` over ``Place  Lisbon``."""
    before = text.rfind("\n", max(0, start - 400), max(0, start - 1)) + 1
    return any(_LABEL.match(text, line) for line in (before, end + 1) if line != start)


def _has_column_beside(text: str, start: int, end: int, column: int) -> bool:
    """Whether in the line before or after, too, a word follows spaces in that *column*: rows of a log, or of keys and what they do."""
    before = text.rfind("\n", max(0, start - 400), max(0, start - 1)) + 1
    return any(
        text[word - 2 : word] == "  " and text[word : word + 1].strip()
        for line in (before, end + 1)
        if line != start and (word := line + column) - 2 > line and "\n" not in text[line:word]
    )


_WORD_NEXT = re.compile(r" [a-z]\w")
_SPACED_SMILE = re.compile(r": [()DPpOo](?![^\s.,!?])")
"""A face that somebody typed with a space in it."""


@rule(
    "space-before-punctuation",
    "fluency.punctuation.spacing",
    fixes=[
        ("He came , saw and left .", "He came, saw and left."),
        ("Really ? Yes !", "Really? Yes!"),
        ("He said “yes” , then left .", "He said “yes”, then left."),
        ('He said "yes" , then left "home" .', 'He said "yes", then left "home".'),
        ("So said the mayor . “We left.”", "So said the mayor. “We left.”"),
        ("“Come in .” She came, “of course !”", "“Come in.” She came, “of course!”"),
        (
            "He left (so they say) . Nobody saw it [2] .",
            "He left (so they say). Nobody saw it [2].",
        ),
    ],
    leaves=[
        "Use .NET or .env here, and “.txt” or “ .”.",
        "Wait ... what?",
        "A smile :-) and :wq",
        "A smile :) , f() ; and 8) .",
        "The map y 1 , … , y N {\\displaystyle y_{1},\\dots ,y_{N}} is so.",
        "No, it is not : P, and the other is : )",
        "It cost 1 , 000 in the U . S . of old.",
        "It is 5 :3 now",
        "The odds are 3 : 2 at 10 : 30.",
        "It needs demo>=2.0 ; and demo_name : text, not more.",
        "See https://example.org/demo . It is old.",
        "name  : str\nother\t: int",
        'Take the list ["a" , "b" , "c"] or call f("a" , b) with "a" : 1 here.',
        'One of "yes" , "no" and a board of 5" , 6" or 7" .',
        'The fields are "name" , size = 3, and "a" , f(b).',
        'He typed "git add -u/-A ." and left.',
        "What should ? do here? That means that ? is deep, and so we use ? operators.",
        "The ! character is a shout, and without a ? here nobody asks.",
        "A picture, ! [the harbour](https://a.example/h.png) at noon, and caf& eacute ; too.",
        "An Arabic question ends in ؟ and a Hindi sentence in । as a rule.",
        "Hello :name, you have :count new, and : total old messages.",
        "See the list: The sea : a history / Ann Lee. — 2nd ed. — Boston : Quay Press ; London : Pier, 2004.",
    ],
    suggests=[
        ("Note : it is late.", "Note: it is late."),
        (
            "You have :count new, and so : name, the others.",
            "You have :count new, and so: name, the others.",
        ),
        ("Here we call .\n\nfind on it.", "Here we call.\n\nfind on it."),
        ("Whoever wants that sets ! behind it.", "Whoever wants that sets! behind it."),
    ],
    failures=[("It is 5 :3 now and so on.", "It is 5:3 now and so on.")],
)
def space_before_punctuation(passage: Passage) -> Iterator[Fix]:
    """A space stands before a comma, colon, full stop or other closing mark.

    Tokenised text and some scripts leave it behind, and the mark may start the next line.

    Left alone: ; : ! ? in French, which sets a space before them, and in a text whose language is
    not known; names that start with a dot, ellipses, smileys, ratios, tables, addresses and what
    stands after code; the records of libraries.  Near the start of a line, where lists define terms, a colon is a suggestion.

    Source: ISBD (IFLA), A.3, of the spaces around the marks of a record.
    """
    french = primary(passage.language) in _FRENCH
    for match in _BEFORE_MARK.finditer(passage.text):
        if french and match.group() in ";:!?":
            continue
        if passage.is_protected(*match.span()):
            continue  # a sign that is code: begin with a <code>:</code> and a word
        if match.group() in _ENDS and passage.text[match.end() + 1 : match.end() + 2].islower():
            continue  # a name with a dot, or a mark of another script that is spoken of
        start = _end_of_word(passage.text, match.start())
        if start < 0 or _is_meant(passage, start, match.start()):
            continue
        if match.group() == "?" and _GOES_ON_SMALL.match(passage.text, match.end()):
            continue  # "what should ? do": an operator, and no question
        fix = deleting(start, match.start(), "A space stands before a punctuation mark.")
        doubtful = _introduces(passage.text, start, match.start()) or _may_be_torn(passage, match)
        if match.group() in _ENDS and _SMALL_BELOW.match(passage.text, match.end()):
            doubtful = True  # the name of a method that a line's end took from its dot
        if match.group() == "!" and _GOES_ON_SMALL.match(passage.text, match.end()):
            doubtful = True  # a sign that is spoken of: put a ! behind it
        yield fix.suggested() if doubtful else fix


def _is_meant(passage: Passage, start: int, mark: int) -> bool:
    """Whether the space before the mark is part of how something is written.

    It is in a ratio (``3 : 2``), in a number or initials torn apart (``1 , 000``), in a table (more than one space, or a tab), after an address, which
    the mark would become part of, after the option of a command, after an article, which ends nothing and names the
    mark, and before the semicolon or colon that follows a name in code.
    """
    text = passage.text
    if mark - start > 1 or text[start:mark] == "\t" or passage.is_protected(start - 1, start):
        return True
    if any(
        torn.start() < mark < torn.end()
        for torn in TORN_APART.finditer(text, max(0, mark - 24), mark + 24)
    ):
        return True  # all of its spaces go, or none
    if text[mark] == ";" and _TORN_ENTITY.search(text, max(0, start - 12), start):
        return True
    if _TORN_PICTURE.match(text, mark) or _stands_before_link(passage, mark):
        return True
    if text[mark] in "!?:;" and _NAMED.search(text, max(0, start - 5), start + 4):
        return True  # "the ! character"
    if text[mark] == "." and _OPTION.search(text, max(0, start - 48), start):
        return True  # "add -A ." is about the folder it stands in
    if _SPACED_SMILE.match(text, mark):
        return True
    if text[mark] == ":" and text[start - 1].isdigit() and text[mark + 2 : mark + 3].isdigit():
        return True
    if text[mark] in ":;" and _is_in_record(text, mark):
        return True
    if text[mark] == ":" and ":" in passage.families and _WORD_NEXT.match(text, mark + 1):
        return True  # a torn placeholder, ": name" beside ":count" and ":total"
    return text[mark] in ":;" and _CODE_BEFORE.search(text, max(0, start - 40), start) is not None


def _is_in_record(text: str, mark: int) -> bool:
    """Whether the mark is in a library's record of a book, whose marks have a space on either side: ``Boston : Quay Press``."""
    start = text.rfind("\n", max(0, mark - _LONGEST_RECORD), mark) + 1
    start = max(start, mark - _LONGEST_RECORD)
    end = text.find("\n", mark, mark + _LONGEST_RECORD)
    line = start, end if end >= 0 else mark + _LONGEST_RECORD
    return _AREA.search(text, *line) is not None and not _TOKENIZED.search(text, *line)


def _stands_before_link(passage: Passage, mark: int) -> bool:
    """Whether a shout is the sign of a picture that was torn from its brackets, of which a format shows the text alone."""
    return passage.text[mark] == "!" and mark + 2 in passage.link_starts


def _may_be_torn(passage: Passage, mark: re.Match[str]) -> bool:
    """Whether a colon may belong to the word after it, since the text has another that does: ``: name`` beside ``:count``."""
    return (
        mark.group() == ":"
        and _WORD_NEXT.match(passage.text, mark.end()) is not None
        and ":" in passage.possible_families
    )


def _introduces(text: str, start: int, mark: int) -> bool:
    """Whether a colon stands after the first words of its line, where lists define their terms."""
    if text[mark] != ":":
        return False
    line = text.rfind("\n", max(0, start - 40), start) + 1
    return (line > 0 or start <= 40) and len(text[line:start].split()) <= 3


def _end_of_word(text: str, at: int) -> int:
    """Where the spaces before *at* start, if a word ends there; else -1."""
    start = at
    while start and text[start - 1] in " \t":
        start -= 1
    if not start:
        return -1
    last = text[start - 1]
    if last in ")]":  # of words, not of a call, a smile or a pair of numbers
        inside = text[start - 2 : start - 1]
        spoken = (
            inside.isalpha() or inside in ".!?”" or _NOTE.search(text, max(0, start - 5), start)
        )
        return start if spoken and text[at] in ".,!?" else -1
    if last == '"':
        quoted = _QUOTED.search(text, max(0, start - 404), start)
        return start if quoted and _GOES_ON.match(text, at) else -1
    return start if last.isalnum() or last in "”’%»" or category(last) in _VOWEL_SIGNS else -1


@rule(
    "space-on-wrong-side",
    "fluency.punctuation.spacing",
    fixes=[
        ("Use the gate ,which is open .Then go in.", "Use the gate, which is open. Then go in."),
        ("He said ,“ I know.” She left.", "He said, “ I know.” She left."),
        (
            'He said "yes" .Then he left "home" ,which was dark.',
            'He said "yes". Then he left "home", which was dark.',
        ),
        ("Salió de casa ,y no volvió nunca más.", "Salió de casa, y no volvió nunca más."),
        ("Он вышел ,и больше не вернулся домой.", "Он вышел, и больше не вернулся домой."),
        ("הוא יצא ,ולא חזר.", "הוא יצא, ולא חזר."),
    ],
    leaves=[
        "Newton& rsquo ;s law",
        "Use .Net or .Mac here.",
        "Wait .. what?",
        "See a , b and c ,d.",
        'Call f("a" ,with_name) or ["a" ,"b"].',
        "The .Now domain",
    ],
    traits=[Trait.SPACED],
    suggests=[("Wait here ,Anna said.", "Wait here, Anna said.")],
)
def space_on_wrong_side(passage: Passage) -> Iterator[Fix]:
    """The space stands before the mark and is missing after it.

    The mark was moved with the word it follows in the source, or set by hand in a hurry.

    Before a name it only suggests: lists of values are written so.

    Left alone: a full stop before anything but a word that starts sentences, and names such as
    ``.Net``.
    """
    for match in _WRONG_SIDE.finditer(passage.text):
        following, mark = match["next"], match.group()
        if mark == ";" and primary(passage.language) in _FRENCH:
            continue
        start = _end_of_word(passage.text, match.start())
        if mark == ";" and _TORN_ENTITY.search(passage.text, max(0, start - 12), start):
            continue  # "& rsquo ;s" is one sign
        if start < 0 or (following and (following not in STARTERS or following == "Now")):
            continue
        reason = f"The space stands before “{mark}”, not after it."
        fix = replacing(start, match.end(), f"{mark} ", reason)
        yield fix.suggested() if match["name"] else fix


@rule(
    "space-inside-brackets",
    "fluency.punctuation.spacing",
    fixes=[("The ship ( built in 1904 ) sank.", "The ship (built in 1904) sank.")],
    leaves=["The ship (built in 1904) sank.", "f( x )", "A smile :-) here", "---(  Links  )---"],
    failures=[("The man( as he said ) left.", "The man (as he said) left.")],
    needs="(",
)
def space_inside_brackets(passage: Passage) -> Iterator[Fix]:
    """A space stands right inside a round bracket.

    It comes from tokenised text or wide brackets of another script.

    Left alone: brackets that have the space on one side of their content only, and those that
    follow a name directly, as in code.
    """
    text = passage.text
    if "( " not in text:
        return
    for match in re.finditer(r"(?<![^\W_])\(( )([^\s()](?:[^()\r\n]{0,298}[^\s()])?)( )\)", text):
        yield Fix(
            (
                deleting(*match.span(1), "").edits[0],
                deleting(*match.span(3), "").edits[0],
            ),
            "Spaces stand inside the brackets.",
        )


_BEFORE_HIGH_MARK = re.compile(
    r"(?<=[\w)»”’%\]])([ \u00a0\u202f]?)([;:!?](?=[\s\u00a0\u202f»)]|\Z)"
    r"|(?:(?<=\d)|(?<=\d[ \u00a0\u202f]))%(?=[\s\u00a0\u202f»),.;:!?]|\Z))"
)
_NO_BREAK = ("\u00a0", "\u202f")


@rule(
    "lost-no-break-space",
    "fluency.punctuation.spacing",
    fixes=[
        (
            "Il dit\u00a0: «oui», puis « non ». Pourquoi? Elle rit : «Bien»; « assez ».",
            "Il dit\u00a0: «\u00a0oui\u00a0», puis «\u00a0non\u00a0». Pourquoi? Elle rit\u00a0: «\u00a0Bien\u00a0»; «\u00a0assez\u00a0».",
        ),
        (
            "Il dit\u00a0: «\u00a0oui\u00a0». Elle dit\u00a0: « non\u00a0». Ils disent : «\u00a0bien\u00a0».",
            "Il dit\u00a0: «\u00a0oui\u00a0». Elle dit\u00a0: «\u00a0non\u00a0». Ils disent\u00a0: «\u00a0bien\u00a0».",
        ),
        (
            "Il a 5\u00a0% de 3\u00a0%, 20 % de 10% et 7\u00a0%.",
            "Il a 5\u00a0% de 3\u00a0%, 20\u00a0% de 10\u00a0% et 7\u00a0%.",
        ),
    ],
    leaves=[
        "Il a 5 % de 3%, puis 10% ou a%20b.",
        "Il dit : « oui ». Elle dit\u00a0: «\u00a0non\u00a0».",
        "Il dit : « oui ». Pourquoi ? Elle rit ; lui aussi !",
        "Il dit\u00a0: «\u00a0oui\u00a0». Pourquoi? Elle rit; lui aussi!",
        "Il est 12:30 ; voir https://example.org/?a:b ou «oui».",
        "Il dit : oui. Elle dit: non. Ils disent: bien.",
        "Il dit\u00a0: «\u00a0oui\u00a0». Elle dit\u00a0: «\u00a0non\u00a0» [2].\n\n[2]: https://example.org/",
        "Il dit\u00a0: oui\u00a0; elle, non\u00a0; lui\u00a0; moi\u00a0; ceux-là\u00a0!\n\nAgenda;Rappel;",
    ],
    languages=("fr",),
    needs=";:!?%«»",
)
def lost_no_break_space(passage: Passage) -> Iterator[Fix]:
    """A space that belongs to a French mark is missing or may break the line: ``dit :``, ``«oui»``.

    French sets a no-break space inside « » and before ; : ! ? and %.  Scrapers and engines make it a
    plain one, which strands the mark on the next line, or drop it.

    Left alone: documents that do not show that spaces were lost, by some marks that have one and
    some that have none, or by two no-break ones for each plain one; where no space is a no-break one, at least half of the marks must have a space.  A house may set
    none, as many do before ; ! ? in Canada, or plain ones throughout.
    """
    if not passage.typography.spaced:
        return
    lost = inside_is_lost(passage)
    yield from (fix for fault, fix in mark_faults(passage) if fault is Fault.INSIDE)
    for marks in (":", ";!?", "%"):
        found = [m for m in _BEFORE_HIGH_MARK.finditer(passage.text) if m[2] in marks]
        spaces = [m[1] for m in found]
        closed = spaces.count("")
        no_break = any(space in _NO_BREAK for space in spaces)
        if marks == "%" and not no_break:
            continue  # many write 5% and 5 % as it comes
        most = (0.8 if no_break else 0.5) * len(spaces)
        spaced = len(spaces) - closed
        if spaced and (lost or 0.2 * len(spaces) <= closed <= most):
            gone = frozenset(("", " "))
        elif no_break and (1 + MOST_NO_BREAK) * spaces.count(" ") <= spaced:
            gone = frozenset(" ")
        else:
            continue
        wanted = next((space for space in spaces if space in _NO_BREAK), "\u00a0")
        for match in found:
            if match[2] == ";" and is_among_keywords(passage.text, match.start(2)):
                continue
            if match[2] == ":" and passage.text[match.start() - 1] == "]":
                continue  # what a note or a link is called
            if match[1] in gone and not passage.is_protected(match.start(2), match.end(2)):
                yield replacing(
                    *match.span(1), wanted, f"French sets a no-break space before “{match[2]}”."
                )


RULES = (
    lost_no_break_space,
    double_space,
    space_before_punctuation,
    space_on_wrong_side,
    space_inside_brackets,
)
