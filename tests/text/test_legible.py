"""Whoever proposes a fix, nothing is written that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from mtclean.text import (
    Decision,
    Edit,
    Finding,
    Fix,
    Passage,
    Placed,
    Rerun,
    Rule,
    Span,
    Trail,
    Verdict,
    as_decided,
    every_fix,
    illegible,
    place,
    settle,
)
from mtclean.text.identity import identity_of, names

ODD = "ab \n\r\t.é\x00\x1a\x1b\x7f\x85\ufffd\ufffe\ufdd0\ud83d\ude00\udc80\U0001fffe"
TEXTS = st.text(ODD, min_size=1, max_size=12)


@st.composite
def proposals(draw: st.DrawFn) -> tuple[str, list[Fix | Finding]]:
    """A text, and what some rule or program of tomorrow may want of it."""
    text = draw(TEXTS)
    items: list[Fix | Finding] = []
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        put = draw(st.text(ODD, max_size=4))
        if draw(st.booleans()):
            items.append(Fix((Edit(start, end, put),), "why", rule="any"))
        else:
            items.append(Finding(Span(start, end), "what", rule="any", suggestions=(put,)))
    return text, items


@given(proposals())
def test_no_rule_writes_what_cannot_be_read(proposed: tuple[str, list[Fix | Finding]]) -> None:
    text, items = proposed

    def check(passage: Passage) -> Iterator[Fix | Finding]:
        yield from items if passage.text == text else ()

    trail = Trail(text)
    settle(trail, "test", [Rule("any", "any", check)], Passage, every_fix)
    assert illegible(trail.text) <= illegible(text)
    assert not any(illegible(put) for f in trail.findings for put in f.item.suggestions)  # type: ignore[union-attr]


@given(proposals())
def test_no_other_program_does(proposed: tuple[str, list[Fix | Finding]]) -> None:
    """LanguageTool's replacements come this way."""
    text, items = proposed
    trail = Trail(text)
    place(trail, "test", items, Passage(text), every_fix)
    assert illegible(trail.text) <= illegible(text)
    assert not any(illegible(put) for f in trail.findings for put in f.item.suggestions)  # type: ignore[union-attr]


@given(proposals(), st.text(ODD, max_size=4))
def test_no_person_does(proposed: tuple[str, list[Fix | Finding]], put: str) -> None:
    text, items = proposed
    trail = Trail(text)
    place(trail, "test", items, Passage(text))
    ids = names(text, [identity_of(trail, o.item, o.depth) for o in _offered(trail)])
    decisions = {id: Decision(id, Verdict.EDIT, "any", replacement=put) for id in ids}
    made, _ = as_decided(trail, decisions, Rerun((), lambda decide: Trail("")))
    assert illegible(made.text) <= illegible(text)


def _offered(trail: Trail) -> list[Placed]:
    return [*trail.applied, *trail.held, *trail.findings]
