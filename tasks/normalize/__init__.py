"""Typography and spacing put right: one module a theme, one rule a defect.

The order is the order of precedence where two rules claim the same place: what the characters are,
then the quotation marks, then sentences, then spaces and capitals.
"""

from tasks.normalize import capitals, encoding, fullwidth, quotes, sentences, spacing

STAGE = "normalize"

RULES = (
    *encoding.RULES,
    *fullwidth.RULES,
    *quotes.RULES,
    *sentences.RULES,
    *spacing.RULES,
    *capitals.RULES,
)
