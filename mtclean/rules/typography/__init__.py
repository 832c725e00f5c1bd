"""Typography and spacing put right: one module a theme, one rule a defect.

The order is the order of precedence where two rules claim the same place: what the characters are,
then the quotation marks, then sentences, then spaces and capitals, then house style and layout.
"""

from mtclean.rules.typography import (
    capitals,
    encoding,
    foreign,
    fullwidth,
    house,
    layout,
    ligatures,
    links,
    missing_spaces,
    quotes,
    scans,
    sentences,
    spacing,
    stops,
    tokenizers,
    wide,
)

RULES = (
    *encoding.RULES,
    *ligatures.RULES,
    *scans.RULES,
    *fullwidth.RULES,
    *wide.RULES,
    *foreign.RULES,
    *stops.RULES,
    *quotes.RULES,
    *sentences.RULES,
    *spacing.RULES,
    *missing_spaces.RULES,
    *tokenizers.RULES,
    *links.RULES,
    *capitals.RULES,
    *house.RULES,
    *layout.RULES,
)
