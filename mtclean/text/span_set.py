"""Many spans as one: ranges in order and apart, which can be asked about a place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from mtclean.text.model import Span


class SpanSet(tuple[Span, ...]):
    """Spans in order, those that overlap made one; with *adjacent* those, too, of which one ends where the next begins.

    Made in O(n log n); a question takes O(log n).
    """

    __slots__ = ()

    def __new__(cls, spans: Iterable[Span] = (), *, adjacent: bool = False) -> SpanSet:
        """The set of *spans*, which may come in any order."""
        apart: list[Span] = []
        for span in sorted(spans):
            if apart and span.start < apart[-1].end + adjacent:
                apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
            else:
                apart.append(span)
        return super().__new__(cls, apart)

    def touches(self, span: Span) -> bool:
        """Whether *span* shares a code point with one of them, or is a point inside one."""
        i = bisect_left(self, (span.end,))
        return i > 0 and self[i - 1].end > span.start

    def covers(self, span: Span) -> bool:
        """Whether *span* lies in one of them; a point at either end does."""
        i = bisect_right(self, (span.start, float("inf")))
        return i > 0 and self[i - 1].end >= span.end
