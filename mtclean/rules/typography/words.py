"""What kind of word a word is, by the word list and the closed lists of the lexicon."""

from __future__ import annotations

import re

from mtclean.languages.english import american, frequency, is_derived
from mtclean.rules.typography.lexicon import CODE_WORDS

_COMMON = 500
"""How often the word list must have met a word for it to count as one of prose."""
_INFLECTION = re.compile(r"(?:s|es|d|ed|ing|ly|ness|less|er)\Z")


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
