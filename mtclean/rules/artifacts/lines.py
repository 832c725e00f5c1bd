"""Lines of a text: what words they are of, and how to take them out together with the blank lines on one side of them."""

from __future__ import annotations

import re

from mtclean.text import Edit, Fix, Passage, Span
from mtclean.text.model import Applicability

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
"""A word of letters, with what is joined to it: *don't*, *sign-up*."""


def in_small(word: str) -> str:
    """*word* in small letters and with straight apostrophes, as lists have it."""
    return word.lower().replace("’", "'")


def without_line(passage: Passage, number: int, reason: str) -> Fix:
    """Suggest to take out line *number*; the lines around it keep the distance they had."""
    return without_lines(passage, number, number, reason)


def without_lines(passage: Passage, first: int, last: int, reason: str) -> Fix:
    """The same for the lines from *first* to *last*, both counted."""
    lines = passage.paragraphs
    if last + 1 < len(lines):
        cut = Span(lines[first].start, lines[last + 1].start)
    elif first:
        cut = Span(lines[first - 1].end, lines[last].end)
    else:
        cut = Span(lines[first].start, lines[last].end)
    return Fix((Edit(cut.start, cut.end, ""),), reason, Applicability.SUGGESTED)
