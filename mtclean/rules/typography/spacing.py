"""Stray and missing spaces inside sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from mtclean.languages.language import Trait, primary
from mtclean.rules.typography.lexicon import STARTERS
from mtclean.rules.typography.marks import Fault, inside_is_lost
from mtclean.rules.typography.marks import faults as mark_faults
from mtclean.rules.typography.words import is_prose_word
from mtclean.text import (
    Applicability,
    Edit,
    Fix,
    Passage,
    Severity,
    deleting,
    inserting,
    replacing,
    rule,
)

_DOUBLE = re.compile(r"(?<=\S)(?<![|+\-]) {2,}(?=[^\s|+\-])")
_SMALL = "[a-zß-öø-ÿāăąćčďđēėęěğģīįıķļłńņňőœřśşšțťūůűźżžα-ωά-ώа-яёіїєґ]"
_BEFORE_MARK = re.compile(
    r"[,.;:!?،؛؟।](?<=[ \t].)(?:(?<!\.)(?=[ \t\r\n]|\Z)|(?<=\.)(?=[ \t](?:[^\Wa-z\d_]|[“‘\"'(„«])|[\r\n]|\Z)"
    r"|(?<=[,.!?])(?=[”’](?!\w)|\"(?:\s|\Z)))"
)
_WRONG_SIDE = re.compile(
    rf"[,;.!?](?<= .)(?:(?<=[,;])(?={_SMALL}{{2,}}(?:[ .,;:!?]|\Z)|{_SMALL} {_SMALL}{{2}}|“ )|(?<=[.!?])(?=(?P<next>[A-Z][a-z’']*) ))"
)
_COMMA = re.compile(
    r"[,;](?=\S)(?:(?<=[a-z]{2}.)(?=[a-z]{2,}[ ,.;:]|[A-Z][a-z]+ [a-z]|I(?:['’][a-z]+)? [a-z])"
    r"|(?<=[\d%],)(?=[a-z]{3,} )|(?<=[^\s”]”,)(?=[a-z]{2,}[ ,.;:])|(?<=[^\W\d_]\.,)(?=[A-Za-z][a-z]+ )"
    r"|(?<=[A-Z]{2},)(?=(?:which|who|and|but|or|the|where|while|it|is|was|were|are|has|had) |[A-Z][a-z]+ [A-Za-z]))"
)
_DAY_AND_YEAR = re.compile(r",(?:(?<=[a-z] \d,)|(?<=[a-z] \d\d,))(?=(?:1[5-9]|20)\d\d(?!\d))")
_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? \d{1,2}\Z"
)
_GOES_ON = re.compile(
    r"(?:and|but|or|so|yet|which|who|where|when|while|because|although|he|she|it|they|we|you|the|this|that|there|I(?:['’][a-z]+)?) "
)
_ENUMERATION = re.compile(r"(?:[^\W\d_]{1,24},){0,8}[^\W\d_]{1,24} (?:and|or) [^\W_]")
_ENTITY_END = re.compile(r"&(?:#?[a-zA-Z0-9]{1,10})\Z")
_TIGHT_COMMA = re.compile(r"[^\W\d_],(?=[^\W\d_])")
_COLON = re.compile(r":(?<=[a-z]{3}:)(?=(?P<next>[A-Za-z][\w’']*) [a-z])")
_LEADS_ON = frozenset(
    {
        "the",
        "a",
        "an",
        "we",
        "he",
        "she",
        "they",
        "it",
        "this",
        "these",
        "that",
        "there",
        "in",
        "if",
    }
)
_BRACKET = re.compile(r"\((?<!\]\()(?P<inside>[^()\r\n]{5,300})\)")
_BRACKETED_PROSE = re.compile(r"[A-Za-z][a-z’'-]*,? [^=_;{}<>]*\Z")
_CODE_BEFORE = re.compile(r"(?:[<>=~_/\\\[\]@]|\d\.)[^\s]*\Z")
_SPELT_OUT = re.compile(r"[A-Z][a-z]+ (?:(?:of|for|and|the|on) )*[A-Z][a-z]+")
_WORD_BEFORE = re.compile(r"[^\W_]+\Z")
_WORD_AFTER = re.compile(r"[a-z]{2,}[ ,.;]|[A-Z][a-z]+ ")
_FUNCTION_WORD = re.compile(
    r"(?:who|which|that|the|a|an|in|on|of|from|for|as|and|or|but|with|see|about|including|such|now|then|formerly|not|both) "
)
_TOLD = re.compile(
    _FUNCTION_WORD.pattern
    + r"[^\s,]+ [^\s,]|[a-z]{3,}(?:ed|en|wn|lt) (?:in|by|on|at|as|from|to|with|of) "
)
_CALLED = frozenset(
    {"print", "main", "open", "get", "set", "call", "exit", "return", "if", "while", "for"}
)
_VOWEL_SIGNS = ("Mc", "Mn")
"""Signs on the letter before, which are no word characters: the vowels of Hindi, the pointing of Arabic."""
_OTHERS_WORD = r"[^\W\d_][\w\u0900-\u0963\u064b-\u0652\u200c’'-]*"
_COMMA_ELSEWHERE = re.compile(
    r"[,;،؛](?<=[\w\u0900-\u0963\u064b-\u0652%)\]”»“’\"].)"
    rf"(?=(?P<next>{_OTHERS_WORD})(?:[\s,.;:!?،؟।)»”“]|\Z))"
)
_LAST_WORD = re.compile(rf"{_OTHERS_WORD}\Z")
_COMMA_REASON = "The space after the comma is missing."
_OPTION = re.compile(r"[\s/(“\"`]--?[A-Za-z][\w/=-]{0,40}\Z")
_NAMED = re.compile(r"(?<!\w)(?:[Tt]he|[Aa]n?)[ \t][!?:;] [a-z]\Z")
_LABEL = re.compile(r"[^\W_]+(?: [^\W_]+)? {2,}(?=\S)")
_TABLE_LINE = re.compile(r" {3,}| \| |\t")

_LOPSIDED = re.compile(
    r"[–—](?:(?<=[a-z]{2}[–—])(?P<before> )(?=[A-Za-z])|(?<=[a-z,;] [–—])(?=[a-z]))"
)
_HANGING = re.compile(r"(?:and|or|to|und|oder) ")
_WHOLE_WORD = re.compile(r"[a-z]{2,}[ ,—–]")

_NOTE = re.compile(r"\[\d{1,3}\]\Z")
_TORN_APART = re.compile(
    r"(?<![\w.,])\d{1,3}(?: , \d{3})+(?!\w)|(?<!\w)[A-Z](?: \. [A-Z])+(?: \.)?(?!\w)"
)

# An ending torn from its word; "'s" and the like stand by themselves nowhere else.
_ENDING = re.compile(
    r" (?<=[^\W\d_] )(?=['’](?:s|m|re|ve|ll|d)(?![\w'’/-]))| (?<=[a-z] )(?=n['’]t(?!\w))"
)
_NEGATED = re.compile(
    r"(?:do|does|did|is|are|was|were|has|have|had|ca|wo|could|would|should|must|need|might)\Z", re.I
)
_QUOTATION = re.compile(r"'[^'\r\n]{0,60}[a-z.,]'(?![\w'])")
_PRONOUN = re.compile(
    r"\b(?:I|you|he|she|it|we|they|that|this|there|here|who|what|where|when|how|why|one|let|everybody|somebody|nobody)\Z",
    re.IGNORECASE,
)

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
        "A single space.",
    ],
    failures=[("It was  late   and cold.", "It was late and cold.")],
    severity=Severity.NEUTRAL,
)
def double_space(passage: Passage) -> Iterator[Fix]:
    """Two spaces stand where one belongs.

    They are left over from justified lines and removed markup, and make other rules miss words.  A
    page shows them as one, so they weigh nothing.

    Left alone: lines that are laid out with spaces (indents, tables, columns of three and more
    spaces, labels in lines one below the other).
    """
    if "  " not in passage.text:
        return
    for match in _DOUBLE.finditer(passage.text):
        start, end = match.span()
        if not _is_laid_out(passage.text, start):
            yield deleting(start + 1, end, "Two spaces stand where one belongs.")


def _is_laid_out(text: str, at: int) -> bool:
    """Whether the line around *at* is arranged with spaces; long lines are prose."""
    start, end = text.rfind("\n", max(0, at - 400), at) + 1, text.find("\n", at, at + 400)
    if (start == 0 and at > 400) or (end < 0 and len(text) > at + 400):
        return False
    end = len(text) if end < 0 else end
    if end - start > 400:
        return False
    return (
        text[start : start + 1] in (" ", "\t")
        or bool(_TABLE_LINE.search(text, start, end))
        or (_is_label(text, start, at) and _has_labels_beside(text, start, end))
    )


def _is_label(text: str, line: int, at: int) -> bool:
    """Whether the spaces at *at* follow the first word or two of the *line* that starts there."""
    label = _LABEL.match(text, line)
    return label is not None and label.end() > at


def _has_labels_beside(text: str, start: int, end: int) -> bool:
    """Whether the line before or after is parted as this one is: ``Name  Ana`` over ``Place  Lisbon``."""
    before = text.rfind("\n", max(0, start - 400), max(0, start - 1)) + 1
    return any(_LABEL.match(text, line) for line in (before, end + 1) if line != start)


@rule(
    "space-before-punctuation",
    "fluency.punctuation.spacing",
    fixes=[
        ("He came , saw and left .", "He came, saw and left."),
        ("Really ? Yes !", "Really? Yes!"),
        ("He said “yes” , then left .", "He said “yes”, then left."),
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
        "It cost 1 , 000 in the U . S . of old.",
        "It is 5 :3 now",
        "The odds are 3 : 2 at 10 : 30.",
        "It needs demo>=2.0 ; and demo_name : text, not more.",
        "See https://example.org/demo . It is old.",
        "name  : str\nother\t: int",
        'He typed "git add -u/-A ." and left.',
        "The ! character is a shout, and without a ? here nobody asks.",
    ],
    suggests=[("Note : it is late.", "Note: it is late.")],
    failures=[("It is 5 :3 now and so on.", "It is 5:3 now and so on.")],
)
def space_before_punctuation(passage: Passage) -> Iterator[Fix]:
    """A space stands before a comma, colon, full stop or other closing mark.

    Tokenised text and some scripts leave it behind, and the mark may start the next line.

    Left alone: ; : ! ? in French, which sets a space before them, and in a text whose language is
    not known; names that start with a dot, ellipses, smileys, ratios, tables, addresses and what
    stands after code.  Near the start of a line, where lists define terms, a colon is a suggestion.
    """
    french = primary(passage.language) in _FRENCH
    for match in _BEFORE_MARK.finditer(passage.text):
        if french and match.group() in ";:!?":
            continue
        if match.group() == "." and passage.text[match.end() + 1 : match.end() + 2].islower():
            continue
        start = _end_of_word(passage.text, match.start())
        if start < 0 or _is_meant(passage, start, match.start()):
            continue
        fix = deleting(start, match.start(), "A space stands before a punctuation mark.")
        yield fix.suggested() if _introduces(passage.text, start, match.start()) else fix


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
        for torn in _TORN_APART.finditer(text, max(0, mark - 24), mark + 24)
    ):
        return True  # all of its spaces go, or none
    if text[mark] in "!?:;" and _NAMED.search(text, max(0, start - 5), start + 4):
        return True  # "the ! character"
    if text[mark] == "." and _OPTION.search(text, max(0, start - 48), start):
        return True  # "add -A ." is about the folder it stands in
    if text[mark] == ":" and text[start - 1].isdigit() and text[mark + 2 : mark + 3].isdigit():
        return True
    return text[mark] in ":;" and _CODE_BEFORE.search(text, max(0, start - 40), start) is not None


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
    return start if last.isalnum() or last in "”’%»" or category(last) in _VOWEL_SIGNS else -1


@rule(
    "space-on-wrong-side",
    "fluency.punctuation.spacing",
    fixes=[
        ("Use the gate ,which is open .Then go in.", "Use the gate, which is open. Then go in."),
        ("He said ,“ I know.” She left.", "He said, “ I know.” She left."),
        ("Salió de casa ,y no volvió nunca más.", "Salió de casa, y no volvió nunca más."),
        ("Он вышел ,и больше не вернулся домой.", "Он вышел, и больше не вернулся домой."),
    ],
    leaves=["Use .Net or .Mac here.", "Wait .. what?", "See a , b and c ,d.", "The .Now domain"],
    traits=[Trait.SPACED],
    failures=[("Wait here ,Anna said.", "Wait here, Anna said.")],
)
def space_on_wrong_side(passage: Passage) -> Iterator[Fix]:
    """The space stands before the mark and is missing after it.

    The mark was moved with the word it follows in the source, or set by hand in a hurry.

    Left alone: a full stop before anything but a word that starts sentences, and names such as
    ``.Net``.
    """
    for match in _WRONG_SIDE.finditer(passage.text):
        following, mark = match["next"], match.group()
        if mark == ";" and primary(passage.language) in _FRENCH:
            continue
        start = _end_of_word(passage.text, match.start())
        if start < 0 or (following and (following not in STARTERS or following == "Now")):
            continue
        reason = f"The space stands before “{mark}”, not after it."
        yield replacing(start, match.end(), f"{mark} ", reason)


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


@rule(
    "missing-space-after-comma",
    "fluency.punctuation.spacing",
    fixes=[
        ("They came,they saw and they left.", "They came, they saw and they left."),
        ("“Yes”,he said.", "“Yes”, he said."),
        ("The GDP,which grew by 6%,was up.", "The GDP, which grew by 6%, was up."),
        ("Dear Sir,I’m sorry and,yes,I know.", "Dear Sir, I’m sorry and, yes, I know."),
        (
            "The cats,dogs,and birds left,but he stayed.",
            "The cats, dogs, and birds left, but he stayed.",
        ),
        (
            "On May 5,2020,they met in the U.S.,Canada and so on.",
            "On May 5, 2020, they met in the U.S., Canada and so on.",
        ),
        (
            "On July 26,the talks went on; in 2019,none did.",
            "On July 26, the talks went on; in 2019, none did.",
        ),
        ("He sees Lisbon,Porto and then the sea.", "He sees Lisbon, Porto and then the sea."),
    ],
    leaves=[
        "Mix 1,234 of it.",
        "a,b,c",
        "See host,port,user=name.",
        "Yes, it is.",
        "name,first,last,age",
        "Miller,John,Lisbon,1972",
        "the isomers 1,2-dibromo and 2,4-D",
        "He paid &nbsp;ten euros for bed&ndash;and a meal.",
    ],
    traits=[Trait.SPACED],
    failures=[
        ("They saw Lisbon,Porto,Faro and the sea.", "They saw Lisbon, Porto, Faro and the sea.")
    ],
)
def missing_space_after_comma(passage: Passage) -> Iterator[Fix]:
    """A comma or semicolon touches the next word.

    The space was lost with a line break, or never there in the source script.

    Left alone: lines that are not prose; numbers, tables, lists of short names and code, unless the
    next word is one that goes on with a sentence or the list ends in *and*; the semicolon that ends
    an entity (``&nbsp;``).
    """
    if passage.language != "en":
        yield from _lost_after_comma(passage)
        return
    for match in _COMMA.finditer(passage.text):
        line_end = passage.text.find("\n", match.end(), match.end() + 200)
        following = passage.text[match.end() : line_end if line_end > 0 else match.end() + 60][:60]
        if "=" in following or _ENTITY_END.search(
            passage.text, max(0, match.start() - 12), match.start()
        ):
            continue
        if _is_of_prose(passage.text, match.end()) or not _is_list(passage.text, match.start()):
            yield inserting(match.end(), " ", _COMMA_REASON)
    for match in _DAY_AND_YEAR.finditer(passage.text):
        if _MONTH.search(passage.text, max(0, match.start() - 14), match.start()):
            yield inserting(match.end(), " ", _COMMA_REASON)


def _lost_after_comma(passage: Passage) -> Iterator[Fix]:
    """The same in other languages: between two words of their letters, and not in a row of tight commas."""
    text, lexicon = passage.text, passage.lexicon
    for match in _COMMA_ELSEWHERE.finditer(text):
        at, following = match.start(), match["next"]
        known = following.lower() in lexicon.function_words
        if len(following) < 2 and following.upper() not in lexicon.letters:
            continue
        before = text[at - 1]
        word = _LAST_WORD.search(text, max(0, at - 40), at)
        if before.isdigit() and (len(following) < 3 or following[0].isupper()):
            continue
        if word is not None and len(word.group()) < 2 and not known:
            continue
        if not passage.has(Trait.CASED) and word and (word.group() + following).isascii():
            continue  # code, or a list of names, among other letters
        if "=" in text[match.end() : match.end() + 40] or _ENTITY_END.search(
            text, max(0, at - 12), at
        ):
            continue
        if known or not _is_list(text, at):
            yield inserting(match.end(), " ", _COMMA_REASON)


def _is_of_prose(text: str, at: int) -> bool:
    """Whether what follows a comma goes on as a sentence does: ``came,and he``, ``cats,dogs and birds``."""
    return bool(_GOES_ON.match(text, at) or _ENUMERATION.match(text, at, at + 200))


def _is_list(text: str, at: int) -> bool:
    """Whether more commas without a space stand close by: a table or a list of codes."""
    near = (
        text[max(0, at - 40) : at].rpartition("\n")[2]
        + " "
        + text[at + 1 : at + 40].partition("\n")[0]
    )
    return len(_TIGHT_COMMA.findall(near)) > 1


@rule(
    "missing-space-after-colon",
    "fluency.punctuation.spacing",
    fixes=[
        ("He said:They came late.", "He said: They came late."),
        ("It has two parts:the north and the south.", "It has two parts: the north and the south."),
    ],
    leaves=[
        "Use std:String here.",
        "Open C:Users now.",
        "At 10:30 see Note:Rate.",
        "ratio a:The",
        "Set value:the rest to it, and foo:a bar.",
    ],
    failures=[("He said:old men came.", "He said: old men came.")],
    languages=("en",),
    needs=":",
)
def missing_space_after_colon(passage: Passage) -> Iterator[Fix]:
    """A colon touches the sentence it introduces.

    The colon of Chinese and Japanese type has its space built in; narrowed, it has none.

    Left alone: anywhere but after a small word and before a word that starts sentences, or a small
    one such as *the* after a word of prose.
    """
    for match in _COLON.finditer(passage.text):
        word = _WORD_BEFORE.search(passage.text, max(0, match.start() - 24), match.start())
        prose = word is not None and is_prose_word(word.group())
        if match["next"] in STARTERS or (match["next"] in _LEADS_ON and prose):
            yield inserting(match.start() + 1, " ", "The space after the colon is missing.")


@rule(
    "missing-space-at-bracket",
    "fluency.punctuation.spacing",
    fixes=[
        (
            "Lisbon, July 26(Reporter Ana Lima) The talks began.",
            "Lisbon, July 26 (Reporter Ana Lima) The talks began.",
        ),
        ("The ship (built in 1904)sank.", "The ship (built in 1904) sank."),
        ("The EU(European Union)agreed.", "The EU (European Union) agreed."),
        ("The old ship(which was built here) sank.", "The old ship (which was built here) sank."),
        ("It cost two euros(about $2 or so).", "It cost two euros (about $2 or so)."),
        (
            "The company(founded in 1999) met on Monday(July 26).",
            "The company (founded in 1999) met on Monday (July 26).",
        ),
    ],
    suggests=[("The old ship(from here) sank.", "The old ship (from here) sank.")],
    leaves=[
        "Call f(x) or print(the value) or main(int argc).",
        "The bike(s) and the (re)action and the (un)known land.",
        "See item 2(a) and 3(b) of the law.",
        "A plain (round) bracket.",
        "[the docs](See our site) for more.",
    ],
    failures=[("He came(late) to the hall.", "He came (late) to the hall.")],
    languages=("en",),
    needs="(",
)
def missing_space_at_bracket(passage: Passage) -> Iterator[Fix]:
    """A bracket touches the word outside of it.

    Brackets of Chinese and Japanese type have their spaces built in; narrowed, they have none.

    Left alone: brackets without words of prose inside, and where the name outside is all one could
    call.  Before a bracket that starts small, as in a call, it is a suggestion unless a word of
    prose stands outside and three and more inside.
    """
    text = passage.text
    for match in _BRACKET.finditer(text):
        start, end = match.span()
        inside = match["inside"]
        if not _BRACKETED_PROSE.match(inside):
            continue
        left = _WORD_BEFORE.search(text, max(0, start - 24), start)
        if left and not _looks_called(left.group(), inside):
            fix = inserting(start, " ", "The space before the bracket is missing.")
            word = left.group()
            prose = is_prose_word(word)
            told = prose and (_TOLD.match(inside) or inside[0].isupper())
            initials = word.isupper() and len(word) > 1 and _SPELT_OUT.match(inside)
            certain = told or (
                inside[0].isupper() and (word.isdigit() or word.islower() or initials)
            )
            yield fix if certain else fix.suggested()
        if text[start - 1 : start] in ("", " ", "\n") and _WORD_AFTER.match(text, end):
            yield inserting(end, " ", "The space after the bracket is missing.")


def _looks_called(name: str, inside: str) -> bool:
    """Whether *name* before the bracket is more likely a function than a word."""
    return not (name.isdigit() or name.isalpha()) or (
        inside[0].islower()
        and (name in _CALLED or not (_FUNCTION_WORD.match(inside) or _TOLD.match(inside)))
    )


@rule(
    "lopsided-dash",
    "fluency.punctuation.spacing",
    suggests=[
        ("The ministers– all of them –left early.", "The ministers – all of them – left early."),
        ("He came —at last— and sat.", "He came — at last — and sat."),
    ],
    leaves=[
        "He came—at last—and sat – quietly.",
        "In 1990– 1995 and pages 3 –7.",
        "“Wait—” he said. — Why?",
        "pre– and postwar; the –s ending",
    ],
    languages=("en",),
    needs="–—",
)
def lopsided_dash(passage: Passage) -> Iterator[Fix]:
    """A dash has a space on one side only.

    The other was lost with the line break or in the markup; the dash then looks like part of a
    word.  Meant are dashes between small words that are one of a pair of that kind or stand between
    whole words.

    Left alone: ranges, hanging parts (``pre– and``) and dashes at quotation marks.  Suggested only,
    since some printers do set dashes so.
    """
    text = passage.text
    for match in _LOPSIDED.finditer(text):
        start, end = match.span()
        dash = text[start]
        if match["before"] and dash == "–" and _HANGING.match(text, end):
            continue
        if not match["before"]:
            if not _WHOLE_WORD.match(text, end):
                continue
            start -= 1
        yield replacing(start, end, f" {dash} ", "A dash has its space on one side.").suggested()


@rule(
    "torn-apart",
    "fluency.punctuation.spacing",
    suggests=[
        ("It cost 1 , 000 , 000 euros.", "It cost 1,000,000 euros."),
        ("The U . S . team left.", "The U.S. team left."),
    ],
    leaves=[
        "In 2019 , 300 ships came; it was I . He left.",
        "Plan A . B is no plan, and 1,000 is a number.",
        "The U.S. and J. R. R. Tolkien.",
    ],
    languages=("en",),
)
def torn_apart(passage: Passage) -> Iterator[Fix]:
    """A number or a row of initials has spaces around its marks: ``1 , 000``, ``U . S .``.

    Tokenisers set them, and what put the text together again left them.

    Left alone: until somebody says yes, all of them, because a list of numbers looks the same.
    """
    if not (" , " in passage.text or " . " in passage.text):
        return
    for match in _TORN_APART.finditer(passage.text):
        if match.group()[-1].isupper():
            continue  # initials end with a stop
        gaps = [match.start() + m.start() for m in re.finditer(" ", match.group())]
        edits = tuple(Edit(at, at + 1, "") for at in gaps)
        yield Fix(edits, "Spaces stand around the marks inside of it.", Applicability.SUGGESTED)


_CLIPPED = re.compile(r"(?:(?<=\b[Gg]on)|(?<=\b[Ww]an)) (?=na\b)")
_TOKENIZED = re.compile(r"\w [.,](?=\s|\Z)")
"""A mark with a space before it, as tokenisers set every one."""
_SIGN_OF_TOKENS = re.compile(r"(?<=\w) @([-,./–])@ (?=\w)|-(?:LRB|LSB|LCB)- ?| ?-(?:RRB|RSB|RCB)-")
_BRACKETS_OF_TREES = {"LRB": "(", "RRB": ")", "LSB": "[", "RSB": "]", "LCB": "{", "RCB": "}"}


@rule(
    "tokenizer-sign",
    "fluency.markup.placeholder",
    fixes=[
        ("A well @-@ known ship of 1 @,@ 000 tons.", "A well-known ship of 1,000 tons."),
        ("The port -LRB- in Lima -RRB- is old.", "The port (in Lima) is old."),
    ],
    suggests=[("It was dealing @-@ all day.", "It was dealing-all day.")],
    leaves=["Meet me @ noon, or @-mention me.", "The LRB paper and the -l flag.", "a@b and @ - @"],
    needs="@-",
)
def tokenizer_sign(passage: Passage) -> Iterator[Fix]:
    """A sign that a tokeniser put for a mark inside a word or for a bracket was never taken back: ``@-@``, ``-LRB-``.

    Systems are trained on such texts and write them so.  Nothing else looks like it.

    Left alone: an @ or hyphen by itself, and names in brackets.  One that is alone in its text is suggested only: it may
    stand for a word that was lost.

    Source: Moses, tokenizer.perl -a (``@-@``); Penn Treebank, bracketing guidelines (``-LRB-``).
    """
    found = list(_SIGN_OF_TOKENS.finditer(passage.text))
    for match in found:
        piece = match.group().strip()
        ours = match[1] or _BRACKETS_OF_TREES[piece.strip("-")]
        fix = replacing(*match.span(), ours, f"“{piece}” is a tokeniser's sign for “{ours}”.")
        yield fix if len(found) > 1 else fix.suggested()


@rule(
    "torn-ending",
    "fluency.punctuation.spacing",
    fixes=[
        (
            "It was Ana 's boat, and they did n't see it.",
            "It was Ana's boat, and they didn't see it.",
        ),
        ("It 's late , and I 'm here , too .", "It's late , and I'm here , too ."),
        ("The mayor ’s house and the town ’s hall.", "The mayor’s house and the town’s hall."),
    ],
    suggests=[
        ("It 's late, and I 'm here.", "It's late, and I'm here."),
        ("We 're gon na go.", "We're gonna go."),
    ],
    leaves=[
        "Write 's' or 'd' there; the boys ' boat.",
        "He called it 's-Hertogenbosch, and it's so.",
        "The 's of the plural' is what he wrote.",
        "Ana's boat. Then run sed 's/.*/' on it, and sed 's/.*//' again.",
    ],
    failures=[
        (
            "The 's of the plural and the 's of the verb.",
            "The 's of the plural and the 's of the verb.",
        )
    ],
    languages=("en",),
)
def torn_ending(passage: Passage) -> Iterator[Fix]:
    """A space stands before the ending of a word: ``the mayor ’s house``, ``did n’t``.

    Tokenisers part endings from their words, and systems trained on their texts write them so.

    Left alone: until somebody says yes, one that stands alone in the text, and endings of pronouns
    where the text has no others and no marks that are set apart, too: printers once set ``it ’s`` and ``I ’ll`` with a space.
    """
    text = passage.text
    for match in _CLIPPED.finditer(text) if " na" in text else ():
        yield deleting(*match.span(), "The two are one word, clipped.").suggested()
    if not any(torn in text for torn in (" '", " ’", " n'", " n’")):
        return
    found = [m.start() for m in _ENDING.finditer(text) if _is_torn(text, m.start())]
    nouns = any(
        text[at + 1] in "'’" and not _PRONOUN.search(text, max(0, at - 12), at) for at in found
    )
    tokenized = len(_TOKENIZED.findall(text)) > 1
    for at in found:
        fix = deleting(at, at + 1, "The ending belongs to the word before it.")
        yield fix if (nouns or tokenized) and len(found) > 1 else fix.suggested()


def _is_torn(text: str, at: int) -> bool:
    """Whether what follows the space at *at* is an ending, and not a quotation that opens."""
    if text[at + 1] == "n":
        return _NEGATED.search(text, max(0, at - 8), at) is not None
    if text[at + 1] == "’":
        return True
    return not _QUOTATION.match(text, at + 1)


_BEFORE_HIGH_MARK = re.compile(
    r"(?<=[\w)»”’%\]])([ \u00a0\u202f]?)([;:!?])(?=[\s\u00a0\u202f»)]|\Z)"
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
    ],
    leaves=[
        "Il dit : « oui ». Pourquoi ? Elle rit ; lui aussi !",
        "Il dit\u00a0: «\u00a0oui\u00a0». Pourquoi? Elle rit; lui aussi!",
        "Il est 12:30 ; voir https://example.org/?a:b ou «oui».",
        "Il dit : oui. Elle dit: non. Ils disent: bien.",
    ],
    traits=[Trait.KNOWN],
    examples_in="fr",
    needs=";:!?«»",
)
def lost_no_break_space(passage: Passage) -> Iterator[Fix]:
    """A space that belongs to a French mark is missing or may break the line: ``dit :``, ``«oui»``.

    French sets a no-break space inside « » and before some marks.  Scrapers and engines make it a
    plain one, which strands the mark on the next line, or drop it.

    Left alone: documents that do not show that spaces were lost, by some marks that have one and
    some that have none; where no space is a no-break one, at least half of the marks must have a space.  A house may set
    none, as many do before ; ! ? in Canada, or plain ones throughout.
    """
    if not passage.typography.spaced:
        return
    lost = inside_is_lost(passage)
    yield from (fix for fault, fix in mark_faults(passage) if fault is Fault.INSIDE)
    for marks in (":", ";!?"):
        found = [m for m in _BEFORE_HIGH_MARK.finditer(passage.text) if m[2] in marks]
        spaces = [m[1] for m in found]
        closed = spaces.count("")
        no_break = any(space in _NO_BREAK for space in spaces)
        most = (0.8 if no_break else 0.5) * len(spaces)
        habit = len(spaces) > closed and (lost or 0.2 * len(spaces) <= closed <= most)
        if not habit:
            continue
        wanted = next((space for space in spaces if space in _NO_BREAK), "\u00a0")
        for match in found:
            if match[1] not in _NO_BREAK and not passage.is_protected(match.start(2), match.end(2)):
                yield replacing(
                    *match.span(1), wanted, f"French sets a no-break space before “{match[2]}”."
                )


RULES = (
    lost_no_break_space,
    double_space,
    space_before_punctuation,
    space_on_wrong_side,
    space_inside_brackets,
    missing_space_after_comma,
    missing_space_after_colon,
    missing_space_at_bracket,
    lopsided_dash,
    torn_apart,
    tokenizer_sign,
    torn_ending,
)
