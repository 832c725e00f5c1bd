"""What kind of word a word is, by the word list and the closed lists of the lexicon."""

from __future__ import annotations

from mtclean.languages.english import frequency
from mtclean.rules.typography.lexicon import CODE_WORDS

_COMMON = 500
"""How often the word list must have met a word for it to count as one of prose."""


def is_prose_word(word: str) -> bool:
    """Whether *word* is one of English prose: common, and not what code calls things by."""
    return frequency(word.lower()) >= _COMMON and word.lower() not in CODE_WORDS
