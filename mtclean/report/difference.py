"""What really differs where one text takes another's place, for people to see.

A rule that puts a space beside a quotation mark writes mark and space anew.  Whoever reads the change
wants to see a space.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mtclean.report.record import ChangeRecord
from mtclean.text import Span

# What belongs to the letter before it: marks over and under it, joiners, variation selectors.
_LEANS = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903"
    "\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff]")  # fmt: skip


def narrowed(change: ChangeRecord) -> ChangeRecord:
    """*change* without what it puts back as it was; what is written to files goes by the whole."""
    start, end = common_ends(change.before, change.after)
    if not start and not end:
        return change
    return replace(
        change,
        original=Span(change.original.start + start, change.original.end - end),
        output=Span(change.output.start + start, change.output.end - end),
        before=change.before[start : len(change.before) - end],
        after=change.after[start : len(change.after) - end],
    )


def common_ends(before: str, after: str) -> tuple[int, int]:
    """How many code points at the start and at the end of both texts are the same.

    A word that differs does so as a whole, and no letter is parted from its marks.
    """
    if not before or not after:
        return 0, 0
    start = _common(before, after)
    while start and (_is_inside(before, start) or _is_inside(after, start)):
        start -= 1
    longest = min(len(before), len(after)) - start
    end = min(longest, _common(before[::-1], after[::-1]))
    while end and (_is_inside(before, len(before) - end) or _is_inside(after, len(after) - end)):
        end -= 1
    return start, end


def _common(one: str, other: str) -> int:
    at = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        at += 1
    return at


def _is_inside(text: str, at: int) -> bool:
    """Whether *at* is inside a word, or between a letter and what belongs to it."""
    if not 0 < at < len(text):
        return False
    if _LEANS.match(text, at) or text[at - 1] == "\u200d" or text[at - 1 : at + 1] == "\r\n":
        return True
    return text[at - 1].isalnum() and text[at].isalnum()
