"""Run rules over a text until they have nothing more to change."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence

from tasks.text.model import Edit, Finding, Fix, Span
from tasks.text.passage import Passage
from tasks.text.rule import Rule
from tasks.text.trail import Trail

Decide = Callable[[Fix], bool]
"""Whether a fix is made: by default the safe ones."""

MAX_ROUNDS = 6
"""More rounds than any text needed; a pair of rules that undo each other must not go on for ever."""


def safe_only(fix: Fix) -> bool:
    """Make what is safe, show what is suggested."""
    return fix.safe


def settle(
    trail: Trail,
    stage: str,
    rules: Sequence[Rule],
    view: Callable[[str], Passage],
    decide: Decide = safe_only,
) -> None:
    """Grow *trail* by what *rules* want changed, round by round, then note what is left.

    Fixes that claim the same place wait for the next round, as in ruff: the earlier rule in the
    list goes first.  A text is clean when a round makes no change, which is why cleaning twice is
    the same as cleaning once.
    """
    for round_ in range(MAX_ROUNDS + 1):
        fixes, findings = _ask(rules, view(trail.text))
        wanted = compatible(fix for fix in fixes if decide(fix))
        if not wanted or round_ == MAX_ROUNDS:
            break
        trail.make(stage, wanted)
    trail.hold(stage, (fix for fix in fixes if not decide(fix)))
    trail.note(stage, findings)


def place(
    trail: Trail, stage: str, items: Iterable[Fix | Finding], decide: Decide = safe_only
) -> None:
    """Grow *trail* by what was found once, by something that is no rule.

    Findings and held fixes are noted first, because they speak of the text as it stands.
    """
    given = list(items)
    fixes = [item for item in given if isinstance(item, Fix)]
    wanted = compatible(fix for fix in fixes if decide(fix))
    trail.hold(stage, (fix for fix in fixes if fix not in wanted))
    trail.note(stage, (item for item in given if isinstance(item, Finding)))
    trail.make(stage, wanted)


def _ask(rules: Sequence[Rule], passage: Passage) -> tuple[list[Fix], list[Finding]]:
    fixes: list[Fix] = []
    findings: list[Finding] = []
    for rule in rules:
        for item in rule.run(passage):
            if isinstance(item, Finding):
                findings.append(item)
            elif not any(passage.is_protected(e.start, e.end) for e in item.edits):
                fixes.append(item)
    return fixes, findings


def compatible(fixes: Iterable[Fix]) -> list[Fix]:
    """Those of *fixes* that can be made together; of two that clash the first stays."""
    taken: list[Span] = []
    chosen: list[Fix] = []
    for fix in fixes:
        if all(_free(edit, taken) for edit in fix.edits):
            chosen.append(fix)
            for edit in fix.edits:
                insort(taken, edit.span)
    return chosen


def _free(edit: Edit, taken: list[Span]) -> bool:
    """Whether *edit* touches no taken span: sharing a character, or inserting at the same point."""
    span = edit.span
    i = bisect_left(taken, span)
    if i < len(taken) and _clash(taken[i], span):
        return False
    return i == 0 or not _clash(taken[i - 1], span)


def _clash(a: Span, b: Span) -> bool:
    if a.start == a.end or b.start == b.end:
        return a == b or a.start < b.start < a.end or b.start < a.start < b.end
    return a.overlaps(b)
