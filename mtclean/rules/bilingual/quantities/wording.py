"""How quantities are spoken of in messages."""

from __future__ import annotations

from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.quantities.reader import Quantity
from mtclean.rules.bilingual.quantities.units import converted
from mtclean.text import Span


def whole(number: Quantity) -> Span:
    """Where *number* stands with what it counts."""
    if not number.beside.end:
        return number.span
    start, end = number.span
    return Span(min(start, number.beside.start), max(end, number.beside.end))


def difference(pair: Pair, source: Quantity, target: Quantity) -> str:
    """What the source has, and where *target* has another unit of the same kind what that is in it."""
    start, end = whole(source)
    written = pair.source.text[start:end]
    unit = pair.target.text[target.beside.start : target.beside.end]
    for one in sorted(source.unit - target.unit):
        for into in sorted(target.unit - source.unit):
            right = converted(source.values[0], one, into) if source.values else None
            if right is not None and target.values:
                return f"{written} = {right:.4g} {unit}; here {target.values[0]:.6g}."
    return f"The source has “{written}”."
