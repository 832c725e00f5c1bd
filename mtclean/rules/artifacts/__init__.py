"""Rules that see what machine translation and scraping leave in a text."""

from mtclean.rules.artifacts import (
    calques,
    casing,
    circular,
    duplicates,
    elsewhere,
    filler,
    furniture,
    homoglyphs,
    markup,
    names,
    numbers,
    preamble,
    pronouns,
    repetition,
    residue,
    terms,
    torn,
    truncation,
    untranslated,
)
from mtclean.rules.artifacts.lexicon import HOUSE_LISTS
from mtclean.rules.artifacts.whole import suppress
from mtclean.text import Rule

RULES: tuple[Rule, ...] = (
    *preamble.RULES,
    *elsewhere.RULES,
    *residue.RULES,
    *furniture.RULES,
    *filler.RULES,
    *markup.RULES,
    *torn.RULES,
    *untranslated.RULES,
    *numbers.RULES,
    *duplicates.RULES,
    *repetition.RULES,
    *circular.RULES,
    *truncation.RULES,
    *names.RULES,
    *casing.RULES,
    *terms.RULES,
    *pronouns.RULES,
    *calques.RULES,
)
"""All rules of the room, what stands around the text first: where two claim a place the first has it."""

EARLY: tuple[Rule, ...] = (*markup.EARLY, *homoglyphs.EARLY)
"""Rules of the room that are asked before the text is normalised: what they put back are marks and letters."""

__all__ = ["EARLY", "HOUSE_LISTS", "RULES", "suppress"]
