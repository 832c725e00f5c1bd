"""A set of spans answers as its spans would one by one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mtclean.text import Span, SpanSet

POINTS = st.integers(0, 12)
SPANS = st.tuples(POINTS, POINTS).map(lambda ends: Span(*sorted(ends)))
RANGES = SPANS.filter(lambda span: span.start < span.end)


@given(st.lists(RANGES))
def test_it_is_in_order_and_apart_and_loses_nothing(spans: list[Span]) -> None:
    known = SpanSet(spans)
    assert list(known) == sorted(known)
    assert not any(a.end > b.start for a, b in pairwise(known))
    assert {at for span in known for at in range(*span)} == {
        at for span in spans for at in range(*span)
    }


@given(st.lists(RANGES), SPANS)
def test_it_touches_what_one_of_its_spans_does(spans: list[Span], asked: Span) -> None:
    known = SpanSet(spans)
    inside = any(span.start < asked.start < span.end for span in known)
    shares = any(span.overlaps(asked) for span in spans)
    assert known.touches(asked) is (shares or (asked.start == asked.end and inside))


@given(st.lists(RANGES), SPANS)
def test_it_covers_what_one_of_its_spans_does(spans: list[Span], asked: Span) -> None:
    known = SpanSet(spans)
    assert known.covers(asked) is any(span.covers(asked) for span in known)


def test_neighbours_are_one_only_where_that_is_asked_for() -> None:
    spans = [Span(5, 8), Span(2, 5), Span(9, 10)]
    assert SpanSet(spans) == (Span(2, 5), Span(5, 8), Span(9, 10))
    assert SpanSet(spans, adjacent=True) == (Span(2, 8), Span(9, 10))
