"""How common an English word is, of what others it is made, and which are the small ones of grammar."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mtclean.languages.frequencies import counts
from mtclean.languages.lists import words

_COMMON = 60
"""How often the word list must have met a word before it counts as English.

Below that the list, which was counted in film subtitles, is mostly names and slips.
"""

_PART = 1000
"""The same of a word that makes up another: *beach* and *goers*; rarer ones are as often what a slip leaves."""

_ENDINGS = (
    *(
        "s",
        "es",
        "ed",
        "ing",
        "ings",
        "er",
        "ers",
        "or",
        "ors",
        "ly",
        "ness",
        "less",
        "like",
        "able",
        "ability",
    ),
    *(
        "ish",
        "ism",
        "ist",
        "ists",
        "ment",
        "ments",
        "al",
        "ally",
        "ship",
        "hood",
        "wise",
        "dom",
        "ful",
        "ize",
        "ise",
    ),
    *(
        "ized",
        "ised",
        "izing",
        "ising",
        "ization",
        "isation",
        "ic",
        "ity",
        "ian",
        "ians",
        "y",
        "ier",
        "iest",
        "goer",
        "goers",
    ),
)
"""What derives a word of another."""

_TRE = re.compile(r"tre\b")
_ENCE = re.compile(r"(def|off|lic|pret)ence")


def frequency(word: str) -> int:
    """How often the list has met *word*, which is in lower case; 0 for a word it does not have."""
    return counts("en").get(word.replace("’", "'"), 0)


def is_english(word: str, least: int = _COMMON) -> bool:
    """Whether *word*, in lower case, is in the English word list at least *least* times."""
    return frequency(word) >= least


@cache
def grammar_words() -> frozenset[str]:
    """The small words of English grammar, in lower case: its function words and its prepositions."""
    return words("function_words.txt") | words("prepositions.txt")


def american(word: str) -> str:
    """*word*, in lower case, as Americans spell it, whose words the list has: *harbour* is *harbor*."""
    return (
        _ENCE.sub(r"\1ense", _TRE.sub("ter", word))
        .replace("our", "or")
        .replace("is", "iz")
        .replace("ll", "l")
    )


@lru_cache(maxsize=20_000)
def is_derived(word: str) -> bool:
    """Whether *word*, in lower case, is made of words that the list has: *labelers*, *photothermal*, *beachgoers*.

    It says nothing of words of the list.  What a slip makes of a word is seldom taken for one: the parts must be common.
    """
    if _has_stem(word):
        return True
    begins = (
        word[:at] for at in range(2, len(word) - 3) if word[:at] in words("learned_forms.txt")
    )
    if any(_is_part(word[len(begin) :]) for begin in begins):
        return True
    return any(_is_part(word[:at]) and _is_part(word[at:]) for at in range(4, len(word) - 3))


def _is_part(word: str) -> bool:
    return len(word) > 3 and (is_english(word, _PART) or _has_stem(word))


def _has_stem(word: str) -> bool:
    """Whether *word* is a common word with an ending, its last letter doubled, dropped or changed for it."""
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 4:
            continue
        forms = [stem, stem + "e"]
        if stem[-1] == stem[-2]:
            forms.append(stem[:-1])
        if stem[-1] == "i":
            forms.append(stem[:-1] + "y")
        if any(is_english(form, _PART) for form in forms):
            return True
    return False
