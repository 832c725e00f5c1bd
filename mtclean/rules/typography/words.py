"""What kind of word a word is, by the word list and the closed lists of the lexicon."""

from __future__ import annotations

import re

from mtclean.languages.english import american, frequency, is_derived
from mtclean.rules.typography.lexicon import CODE_WORDS

_COMMON = 500
"""How often the word list must have met a word for it to count as one of prose."""
_INFLECTION = re.compile(r"(?:s|es|d|ed|ing|ly|ness|less|er)\Z")
_KEYWORDS = re.compile(r"(?:[^\s;][^;\r\n]{0,60};){2,}\r?")
_LONGEST_LIST = 1000  # code points looked at on either side of a semicolon


def is_prose_word(word: str) -> bool:
    """Whether *word* is one of English prose: common, and not what code calls things by."""
    return frequency(word.lower()) >= _COMMON and word.lower() not in CODE_WORDS


def is_known(word: str, language: str) -> bool:
    """Whether the word list has *word*, or the parts of it that a hyphen joins, or their stems.

    British spellings and words made of its words count.  The list is of English; in other languages every word passes for one.
    """
    folded = word.lower()
    if language != "en" or frequency(folded) or frequency(american(folded)) or is_derived(folded):
        return True
    parts = (part.lower() for part in re.split(r"[-'’]", word) if part)
    return all(frequency(part) or frequency(_INFLECTION.sub("", part)) for part in parts)


def is_cased_as_prose(word: str) -> bool:
    """Whether *word* is capitalised or small as words of prose are, not as identifiers are."""
    tail = word[1:]
    if tail.islower() or not tail:
        return True
    if "-" in word or "'" in word or "’" in word:
        return all(is_cased_as_prose(part) for part in re.split(r"[-'’]", word) if part)
    return bool(re.match(r"(?:Mc|Mac)[A-Z][a-z]+\Z", word))


def is_among_keywords(text: str, at: int) -> bool:
    """Whether the line around *at* is nothing but items that a program parts by semicolons: ``Agenda;Event;Reminder;``."""
    start = text.rfind("\n", max(0, at - _LONGEST_LIST), at) + 1 or max(0, at - _LONGEST_LIST)
    end = text.find("\n", at, at + _LONGEST_LIST)
    end = min(len(text), at + _LONGEST_LIST) if end < 0 else end
    return _KEYWORDS.fullmatch(text, start, end) is not None
