"""What a scan or a PDF does to words: l for I, a hyphen of a line's end, an accent set apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mtclean.languages.english import frequency, is_english
from mtclean.rules.typography.words import is_prose_word
from mtclean.text import Fix, Passage, deleting, replacing, rule
from mtclean.text.led import Led

_DOTLESS = re.compile("\u0131[\u0300-\u036f]")

# Each begins with the letter that may be misread, so that the search can skip to it.
_I_AFTER_SMALL = re.compile(r"I(?<=[a-z]I)")
_L_BESIDE_CAPITALS = re.compile(r"l(?:(?=[A-Z])|(?<=[A-Z]{2}l))")
"""Small letters and capitals side by side, without which no word has one for the other inside."""
_I_IN_SMALL = re.compile(r"(?<![\w-])[a-z]{1,20}I[a-zI]{0,20}(?![\w-])")
_L_IN_CAPITALS = Led.by(
    "[A-Zl]",
    r"(?<![\w'’.-])(?:[A-Z]{1,20}l[A-Z]{2,20}|[A-Z]{2,20}l[A-Z]{0,20}|l[A-Z]{1,20})(?![\w-])",
)
_L_AT_START = re.compile(r"l(?<![\w'’.-]l)[b-df-hj-km-np-tv-xz][a-z]{2,20}(?![\w-])")
_I_AT_START = re.compile(r"I(?<=[a-z,;] I)[aeiou][a-z]{1,20}(?![\w'’-])")
_LONE_L = re.compile(
    r"[l|](?<![^\s“\"‘(].)(?<!\d .)(?<!^\|)(?<!^ \|)(?=['’](?:m|ve|d|ll)\b| (?:am|was|have|had|will|would|could|can|do|did|don['’]t|didn['’]t"
    r"|think|thought|know|knew|want|need|said|saw|went|never|cannot|can['’]t)\b(?! \|))",
    re.MULTILINE,
)
_IT_AT_START = re.compile(r"[l|](?=[tnfs] [a-z]{2})(?:(?<=^.)|(?<=[.!?] .))[tnfs]", re.MULTILINE)
_DIGIT_IN_WORD = re.compile(
    r"(?<![\w'’./@:#&=$~+\\-])(?:[A-Za-z][a-z]{0,20})?[01][a-z01]{1,20}(?![\w'@/:(=\\-]|\.\w)"
    r"|(?<![\w'’./@:#&=$~+\\-])[A-Za-z][a-z]{1,20}[01](?![\w'@/:(=\\-]|\.\w)"
)
_DIGIT_BY_LETTER = re.compile(r"[01](?:[a-z]|(?<=[A-Za-z].))")
_HEAD = re.compile(r"(?<!\w)[A-Za-z01]{0,41}\Z")
"""What a word has before a digit in it; the longest has 21 characters before its first, and 20 after that."""
_QUANTITY = re.compile(r"\d\d|1[a-z]{1,2}\Z|[A-Za-z]\d{2,}")
"""What begins as a figure and its unit does, ``100ms``, ``1am``, or a word that is counted and not written, ``a11y``."""
_OF_TWO = re.compile(r"[a-z]{2} 0[fnr] [a-z]{2}")
"""A small word between two others: elsewhere two characters are a name or a figure."""
_YEAR = re.compile(
    r"[lI12](?=[89O0])(?<=\b[a-z]{2} .)(?:(?<=[lI])[89]\d\d|(?<=[12])O\d\d|(?<=2)0O\d)(?![\w'’-])"
)
_BEGIN_YEARS = ("l8", "l9", "I8", "I9", "1O", "2O", "0O")
_BEGIN_NUMERALS = (" ll", " lV", " Vl", " Xl")
"""What stands in all that these two find: quicker to look for than the whole."""
_DIGITS = str.maketrans("lIO", "110")
_NUMERAL = re.compile(r"[lVX](?<=[a-z] .)(?:(?<=l)(?:l{1,2}|V)|(?<=[VX])l{1,3})(?![\w'’-])")
_NAME_BEFORE = re.compile(r"(?<![^\W_])[A-Z][a-z]{2,20} \Z")

_AT_LINE_END = re.compile(
    r"[-¬](?<=[a-z]{2}.)[^\S\r\n]{0,20}(?:\r\n|[\r\n])[^\S\r\n]{0,40}(?=[a-z]{2})"
)
_IN_LINE = re.compile(r"-(?<=[a-z]{2}-) (?=[a-z]{2})")
_HALF_BEFORE = re.compile(r"(?<![\w'’-])[A-Za-z][a-z]{1,20}\Z")
_HALF_AFTER = re.compile(r"[a-z]{2,20}(?![\w'’-])")


@rule(
    "accent-apart",
    "fluency.encoding",
    fixes=[("It is na\u0131\u0308ve.", "It is naïve.")],
    leaves=["It is naïve.", "Aydın and Diyarbakır are towns.", "An ı alone."],
    early=True,
    needs="\u0131",
)
def accent_apart(passage: Passage) -> Iterator[Fix]:
    """An accent stands on an i that lost its dot for it, as a sign of its own: ``ı`` and ``¨`` for ``ï``.

    A PDF draws the letter and the accent one over the other, and what reads it takes them for two.
    No search finds the word.

    Left alone: the dotless i of Turkish, which bears no accent.

    Source: Unicode, chapter 7.1 (Latin): an accent on an i takes its dot away by itself.
    """
    for match in _DOTLESS.finditer(passage.text):
        letter = unicodedata.normalize("NFC", "i" + match.group()[1])
        if len(letter) == 1:
            yield replacing(*match.span(), letter, f"The letter is “{letter}”, drawn as two.")


@rule(
    "misread-letter",
    "fluency.spelling",
    suggests=[
        ("But l think they went to lndiana.", "But I think they went to Indiana."),
        ("It is aIl right, and wiIl be.", "It is all right, and will be."),
        (
            "They saw Iots of ships, and Iater a whale.",
            "They saw lots of ships, and later a whale.",
        ),
        ("READlNG lN HASTE", "READING IN HASTE"),
        ("Then Henry ll and Henry Vlll came.", "Then Henry II and Henry VIII came."),
        (
            "lt rained. |t was late, and | had no coat.",
            "It rained. It was late, and I had no coat.",
        ),
        ("The counci1 0f the vi11age met in l931.", "The council of the village met in 1931."),
    ],
    leaves=[
        "It holds 5 l was it full; a length l is given.",
        "He said ll and lll; the iPhone, eBay, isInt, appId and menuItem.",
        "Call lstat, lspci and llama; DPlN and mlN.",
        "L’Oréal and l’amour; Henry II came. So did Ian, with Iodine and an Ionic column.",
        "Use mode1, panel1, w1k2 and f00; B12, H1N1, 10s, 1st, 1am, 100ms, a11y and the i386; call ln -s.",
        "| will | can |\n| do | did |",
        "The site o1d.example and the file vi11age.txt; the key w0rd_2.",
    ],
    languages=("en",),
)
def misread_letter(passage: Passage) -> Iterator[Fix]:
    """A small l, a bar or a 1 stands for a capital I, an I for an l, a 0 for an o: ``l think``, ``lndiana``, ``wiIl``, ``0f``.

    In much type they look the same, and whoever read the page by machine could not tell.

    Left alone: words that the word list does not know with the other letter, names that are a word and a number
    (*mode1*), and the l of litres and formulas, which no verb of a person follows.
    """
    text = passage.text
    for sign, pattern, misread, meant in (
        (_I_AFTER_SMALL, _I_IN_SMALL, "I", "l"),
        (_L_BESIDE_CAPITALS, _L_IN_CAPITALS, "l", "I"),
    ):
        for match in pattern.finditer(text) if sign.search(text) else ():
            word = match.group().replace(misread, meant)
            if is_prose_word(word):
                yield _read(match, word)
    for match in _L_AT_START.finditer(text):
        if _is_other_word(match.group()):
            yield _read(match, "I" + match.group()[1:])
    for match in _I_AT_START.finditer(text):
        if not frequency(match.group().lower()) and is_prose_word("l" + match.group()[1:]):
            yield _read(match, "l" + match.group()[1:])
    for match in _LONE_L.finditer(text):
        yield _read(match, "I")
    for match in _NUMERAL.finditer(text) if _has_one(text, _BEGIN_NUMERALS) else ():
        if _NAME_BEFORE.search(text, max(0, match.start() - 24), match.start()):
            yield _read(match, match.group().replace("l", "I"))
    for match in _IT_AT_START.finditer(text):
        yield _read(match, "I" + match.group()[1:])
    if not passage.characters.isdisjoint("01") and _DIGIT_BY_LETTER.search(text):
        yield from _with_digits(text)
    for match in _YEAR.finditer(text) if _has_one(text, _BEGIN_YEARS) else ():
        yield _read(match, match.group().translate(_DIGITS))


def _has_one(text: str, parts: tuple[str, ...]) -> bool:
    return any(part in text for part in parts)


def _with_digits(text: str) -> Iterator[Fix]:
    """Words with a 1 for an l or i, or a 0 for an o."""
    for match in _words_with_digits(text):
        said = match.group()
        rest = said.strip("01")
        if (
            _QUANTITY.match(said)
            or is_prose_word(rest)
            or (len(rest) < 2 and not _OF_TWO.search(text, *_around(match)))
        ):
            continue
        readings = (said.replace("0", "o").replace("1", one) for one in "li")
        word = next(filter(is_prose_word, readings), "")
        letters = sum(map(str.isalpha, said))
        if word and letters > (len(said) > 2) + said[0].isupper():
            yield _read(match, word)


def _words_with_digits(text: str) -> Iterator[re.Match[str]]:
    """Words that have letters and a 0 or 1 in them, in order."""
    last = -1
    for digit in _DIGIT_BY_LETTER.finditer(text):
        at = digit.start()
        head = _HEAD.search(text, max(0, at - 41), at)
        if head is None or head.start() == last:
            continue
        last = head.start()
        if word := _DIGIT_IN_WORD.match(text, last):
            yield word


def _around(match: re.Match[str]) -> tuple[int, int]:
    return max(0, match.start() - 3), match.end() + 3


def _is_other_word(word: str) -> bool:
    """Whether *word* is none, and is one with an i for the l it begins with."""
    return not frequency(word) and is_english("i" + word[1:])


def _read(match: re.Match[str], meant: str) -> Fix:
    reason = f"“{match.group()}” is “{meant}”, whose l or I was taken for the other."
    return replacing(*match.span(), meant, reason).suggested()


@rule(
    "hyphen-of-a-line-end",
    "fluency.spelling",
    fixes=[
        (
            "The govern-\nment fell, and the minis- ter too.",
            "The government fell, and the minister too.",
        ),
    ],
    suggests=[
        ("They sat in the sun-\nlight there.", "They sat in the sunlight there."),
        ("They sat in the sun¬\nlight there.", "They sat in the sunlight there."),
    ],
    leaves=[
        "A well-\nknown man, pre- and post-war, in- and output.",
        "It was re- or deformed; two- to three-year terms.",
        "The list:\n- ment\n- tion",
        "They had a co-operation and a sun-light.",
    ],
    languages=("en",),
    needs="-¬",
)
def hyphen_of_a_line_end(passage: Passage) -> Iterator[Fix]:
    """A word is still broken as it was at the end of a printed line: ``govern-`` and ``ment``.

    Meant are halves that the word list knows together.  Where the second half is no word by itself
    they are put together unasked.

    Left alone: compounds that keep their hyphen (*well-known*), and hyphens that wait for a second
    word (*pre- and post-war*).
    """
    text = passage.text
    for pattern in (_AT_LINE_END, _IN_LINE):
        for match in pattern.finditer(text):
            before = _HALF_BEFORE.search(text, max(0, match.start() - 22), match.start())
            after = _HALF_AFTER.match(text, match.end())
            if before is None or after is None:
                continue
            head, tail = before.group().lower(), after.group()
            if is_prose_word(head + tail) and not passage.words[f"{before.group()}-{tail}"]:
                fix = deleting(*match.span(), "The hyphen broke the word at a line's end.")
                broken = not is_english(tail) and not is_english(f"{head}-{tail}")
                yield fix if broken else fix.suggested()


RULES = (accent_apart, misread_letter, hyphen_of_a_line_end)
