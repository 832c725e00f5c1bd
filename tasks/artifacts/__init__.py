"""Rules that see what machine translation and scraping leave in a text."""

from tasks.artifacts import (
    calques,
    casing,
    duplicates,
    markup,
    names,
    numbers,
    preamble,
    pronouns,
    repetition,
    residue,
    truncation,
    untranslated,
)
from tasks.artifacts.lexicon import HOUSE_LISTS
from tasks.artifacts.whole import hush
from tasks.text import Rule

RULES: tuple[Rule, ...] = (
    *preamble.RULES,
    *residue.RULES,
    *markup.RULES,
    *untranslated.RULES,
    *numbers.RULES,
    *duplicates.RULES,
    *repetition.RULES,
    *truncation.RULES,
    *names.RULES,
    *casing.RULES,
    *calques.RULES,
)
"""All rules of the room, what stands around the text first: where two claim a place the first has it."""

OFF_BY_DEFAULT: tuple[Rule, ...] = pronouns.RULES
"""Rules that are too often wrong to run unasked."""

__all__ = ["HOUSE_LISTS", "OFF_BY_DEFAULT", "RULES", "hush"]
