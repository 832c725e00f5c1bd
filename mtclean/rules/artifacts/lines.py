"""Take a whole line out of a text together with the blank lines on one side of it."""

from __future__ import annotations

from mtclean.text import Edit, Fix, Passage, Span
from mtclean.text.model import Applicability


def without_line(passage: Passage, number: int, reason: str) -> Fix:
    """Suggest to take out line *number*; the lines around it keep the distance they had."""
    lines = passage.paragraphs
    if number + 1 < len(lines):
        cut = Span(lines[number].start, lines[number + 1].start)
    elif number:
        cut = Span(lines[number - 1].end, lines[number].end)
    else:
        cut = lines[number]
    return Fix((Edit(cut.start, cut.end, ""),), reason, Applicability.SUGGESTED)
