"""Lines that speak of the text as of a thing, to who asked for it, in a text that speaks to nobody.

Known are no sayings, only what such a line is made of: small words, parts of a text, and what one does who hands it over.
"""

from __future__ import annotations

import re
from functools import cache

from mtclean.languages.english import grammar_words
from mtclean.languages.lists import words
from mtclean.text import Passage, known

_LONGEST = 220
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SPOKEN = re.compile(
    r"“[^“”\r\n]{0,2000}”?|\"[^\"\r\n]{0,2000}\"?|(?<!\w)[‘'][^‘’'\r\n]{3,2000}['’](?!\w)"
)
_PERSON = re.compile(r"(?:i|me|my|mine|you|your|yours|we|us|our)(?:['’]\w+)?")
_I = re.compile(r"(?:i|me|my)(?:['’]\w+)?")
_YOU = re.compile(r"your?(?:['’]\w+)?")
_ADDRESSES = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Yy]our?)\b")
_OTHERS = frozenset(["he", "she", "him", "his", "her", "hers"])
"""Who is spoken of in a story, and by no one who hands it over."""
_DRESSED = re.compile(
    r"[\[({<*=~#—–/.-]{1,6}\s?(?P<inside>[^\[\](){}<>]{2,160}?)\s?[\])}>*=~#—–/.-]{0,6}\Z"
)
_BEGINS = frozenset(
    ["continuing", "resuming", "moving", "picking", "proceeding", "carrying", "translating", "rendering", "ready", "happy", "glad", "want", "hope", "hopefully", "sorry", "unfortunately", "thanks", "sure", "certainly", "alright", "okay", "understood", "reached", "due", "type", "reply"]
)  # fmt: skip
"""How lines begin that say neither *I* nor *you* and mean them."""
_GOING_ON = frozenset(
    ["next", "rest", "remaining", "remainder", "following", "continued", "continuing", "continues", "continuation", "resuming", "moving", "picking", "second", "third", "fourth", "last"]
)  # fmt: skip
_ENDING = frozenset(
    [
        "end",
        "ends",
        "ended",
        "complete",
        "completed",
        "finished",
        "omitted",
        "shortened",
        "truncated",
        "cut",
        "skipped",
        "removed",
        "unchanged",
        "goes",
        "follows",
        "continued",
    ]
)
_OF_BOOKS = frozenset(["part", "parts", "chapter", "chapters", "section", "half"])
"""What books themselves print the end of."""
_POINTING = frozenset(["it", "this", "that"])
_LONGEST_SERVICE = 100
_LONGEST_LABEL = 4
_HANDED = frozenset(["text", "version", "output", "target", "rendition"])
_PLAIN, _BARE = 0.75, 0.9
"""The share of known words of a line that speaks to somebody, and of one that speaks of translating; of others all are."""
_FEWEST_LINES = 2


@known
def speaks_to_nobody(passage: Passage, asides: frozenset[int]) -> bool:
    """Whether nobody says *I* or *you* in the text, but in speech and in its *asides*, which are numbers of lines."""
    return _nobody_says(passage, _PERSON, asides)


@known
def nobody_says_i(passage: Passage, offer: int) -> bool:
    """Whether nobody says *I* in the text, but in speech and in the *offer*, which is the number of a line."""
    return _nobody_says(passage, _I, frozenset((offer,)))


def _nobody_says(passage: Passage, said: re.Pattern[str], but: frozenset[int]) -> bool:
    lines = [
        passage.text[slice(*line)]
        for number, line in enumerate(passage.paragraphs)
        if number not in but
    ]
    if len(lines) < _FEWEST_LINES:
        return False
    return not any(
        said.fullmatch(word.lower())
        for line in lines
        for word in _WORD.findall(_SPOKEN.sub("", line))
    )


def says_i_to_you(said: str) -> bool:
    """Whether one who says *I* or *me* speaks to *you* there."""
    found = [word.lower() for word in _WORD.findall(said)]
    return any(map(_I.fullmatch, found)) and any(map(_YOU.fullmatch, found))


def is_aside(said: str, ends: bool = False) -> bool:
    """Whether a line is made of what one says who hands a text over: parts of it, and what is done with them.

    It has to speak to somebody, to announce, or to stand in brackets or between dashes.  Where it *ends* the text, *it* is what
    was handed over.
    """
    if not said or len(said) > _LONGEST or said[0] in "“\"‘'«" or not _may_be_aside(said):
        return False
    found = [word.lower().replace("’", "'") for word in _WORD.findall(said)]
    if not found or not _OTHERS.isdisjoint(found):
        return False
    things = {word for word in found if word in _things() or (ends and word in _POINTING)}
    if not things:
        return False
    known = sum(map(_is_known, found))
    if known < _PLAIN * len(found):
        return False
    if any(map(_I.fullmatch, found)) or (known == len(found) and found[0] in _BEGINS):
        return True
    if any(map(_YOU.fullmatch, found)) and not (
        _YOU.fullmatch(found[0]) and things.isdisjoint(_strong())
    ):
        return True
    certain = _BARE if not things.isdisjoint(_strong()) else 1
    return known >= certain * len(found) and _announces_or_ends(said, found, things)


def _may_be_aside(said: str) -> bool:
    """Whether there is in the line what all asides have: few have to be looked through for the rest."""
    first = _WORD.match(said)
    return bool(
        said[-1] == ":"
        or _ADDRESSES.search(said)
        or (first and first.group().lower().replace("’", "'") in _BEGINS)
        or _DRESSED.match(said)
    )


def _announces_or_ends(said: str, found: list[str], things: set[str]) -> bool:
    """Whether a line that names nobody announces what comes next, or stands apart to say where the text ends."""
    if said[-1] == ":":
        goes_on = not _GOING_ON.isdisjoint(found) or len(things) > 1
        return goes_on and (found[0] != "the" or not things.isdisjoint(_strong()))
    return (
        _DRESSED.match(said) is not None
        and not _ENDING.isdisjoint(found)
        and things.isdisjoint(_OF_BOOKS)
    )


def is_of_service(said: str) -> bool:
    """Whether a line is what a translation service signs with: *Translated automatically by Google*."""
    if len(said) > _LONGEST_SERVICE:
        return False
    found = _WORD.findall(said)
    folded = [word.lower() for word in found]
    if words("task_words.txt").isdisjoint(folded) or words("service_marks.txt").isdisjoint(folded):
        return False
    of_service = words("service_marks.txt") | words("service_words.txt")
    known = sum(
        word[0].isupper() or low in of_service or _is_known(low)
        for word, low in zip(found, folded, strict=True)
    )
    return not any(map(_PERSON.fullmatch, folded)) and known >= _BARE * len(found)


def is_label(said: str) -> bool:
    """Whether a line names a text and nothing else: *Revised English:*, *Output (EN):*."""
    found = [word.lower() for word in _WORD.findall(said)]
    return (
        0 < len(found) <= _LONGEST_LABEL
        and said[-1] in ":])"
        and not (_strong() | _HANDED).isdisjoint(found)
        and all(
            word in words("text_labels.txt")
            or word in _things()
            or word in words("language_names.txt")
            for word in found
        )
    )


@cache
def _things() -> frozenset[str]:
    """What the asides are about: parts of a text, what is done to it, the language it is in."""
    languages = {name for name in words("language_names.txt") if len(name) > 3}
    return words("parts_of_text.txt") | words("task_words.txt") | languages


@cache
def _strong() -> frozenset[str]:
    """Those of them that hardly any text speaks of by the way."""
    return _things() - words("parts_of_text.txt")


@cache
def _expected() -> frozenset[str]:
    """The words that an aside is made of: the small ones, and what it is about."""
    return grammar_words() | words("words_of_asides.txt") | _things() | {"i", "no", "so", "me"}


def _is_known(word: str) -> bool:
    expected = _expected()
    return word in expected or word.isdigit() or word.partition("'")[0] in expected
