"""The laws of the model, over random texts and edits."""

from __future__ import annotations

import gc
import pickle
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.text import Edit, Finding, Fix, Placed, Span, Trail
from mtclean.text.select import compatible
from mtclean.text.trail import Change, Layer, OffsetMap, OverlappingEdits, apply

TEXTS = st.text("ab \n\r.”é😀", max_size=12)


@st.composite
def trails(draw: st.DrawFn) -> Trail:
    trail = Trail(draw(TEXTS))
    for _ in range(draw(st.integers(0, 4))):
        size = len(trail.text)
        spans = draw(st.lists(st.tuples(st.integers(0, size), st.integers(0, size)), max_size=4))
        trail.make(
            "stage",
            compatible(
                Fix((Edit(min(span), max(span), draw(st.text("XY", max_size=2))),), "why")
                for span in spans
            ),
        )
    return trail


@given(trails())
def test_changes_tell_the_whole_difference(trail: Trail) -> None:
    edits = [Edit(*change.original, trail.text[slice(*change.output)]) for change in trail.changes]
    assert apply(trail.original, edits) == trail.text


@given(trails())
def test_undoing_the_changes_gives_the_original(trail: Trail) -> None:
    undo = [
        Edit(*change.output, trail.original[slice(*change.original)]) for change in trail.changes
    ]
    assert apply(trail.text, undo) == trail.original


@given(trails())
def test_every_fix_made_stands_in_a_change(trail: Trail) -> None:
    named = {number for change in trail.changes for number in change.fixes}
    assert named == set(range(len(trail.applied)))


@given(trails())
def test_a_trail_comes_out_of_a_parcel_as_it_went_in(trail: Trail) -> None:
    trail.note("stage", [Finding(Span(0, 1), "why", suggestions=("a",), source=Span(1, 2))])
    again = pickle.loads(pickle.dumps(trail))
    for part in ("original", "text", "applied", "held", "findings", "changes"):
        assert getattr(again, part) == getattr(trail, part)
    assert [layer.edits for layer in again.layers] == [layer.edits for layer in trail.layers]
    for at in range(len(trail.text) + 1):
        span = Span(at, len(trail.text))
        assert again.original_span(span, trail.depth) == trail.original_span(span, trail.depth)


def test_what_a_trail_has_many_of_is_pickled_by_its_fields() -> None:
    """Python's own way asks a frozen dataclass with slots, and a named tuple, in several steps."""
    trail = Trail("a, b")
    trail.make("stage", [Fix((Edit(1, 1, "x"),), "why")])
    trail.note("stage", [Finding(Span(0, 1), "why")])
    kinds: set[type] = set()
    left: list[object] = [trail]
    while left:
        one = left.pop()
        if type(one).__module__.startswith("mtclean.text") and not isinstance(one, Enum | type):
            kinds.add(type(one))
        if isinstance(one, list | tuple) or type(one) in kinds:
            left += gc.get_referents(one)
    assert {Fix, Finding, Placed, Layer, Change, Edit, Span} <= kinds
    frozen = {kind for kind in kinds if hasattr(kind, "__setstate__") or issubclass(kind, tuple)}
    assert [kind for kind in frozen if kind.__reduce__ is object.__reduce__] == []


@given(trails(), st.data())
def test_kept_text_is_found_again(trail: Trail, data: st.DataObject) -> None:
    """A character no change touches is the same character in both texts."""
    touched = {i for change in trail.changes for i in range(*change.original)}
    kept = [i for i in range(len(trail.original)) if i not in touched]
    if kept:
        at = data.draw(st.sampled_from(kept))
        span = trail.output_span(Span(at, at + 1), 0)
        assert trail.text[slice(*span)] == trail.original[at]
        assert trail.original_span(span, trail.depth) == Span(at, at + 1)


def test_an_insertion_maps_back_to_the_place_it_was_made() -> None:
    offsets = OffsetMap([Edit(2, 2, " ")])
    assert offsets.back(Span(2, 3)) == Span(2, 2)
    assert offsets.back(Span(1, 4)) == Span(1, 3)
    assert offsets.forth(Span(1, 2)) == Span(1, 2)
    assert offsets.forth(Span(2, 3)) == Span(3, 4)


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(OverlappingEdits):
        apply("abc", [Edit(0, 2, ""), Edit(1, 3, "")])


def test_of_two_fixes_for_one_place_the_first_stays() -> None:
    first = Fix((Edit(0, 2, "x"),), "first")
    second = Fix((Edit(1, 3, "y"), Edit(5, 6, "z")), "second")
    third = Fix((Edit(4, 4, "!"),), "third")
    assert compatible([first, second, third]) == [first, third]
