"""The examples that a rule gives, held against what it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mtclean.text import Clock, LeftOut, Passage, Rule, Span, Trail, every_fix, safe_only, settle
from mtclean.text.batch import Gathered, Observed
from mtclean.text.select import Decide


@dataclass(frozen=True, slots=True)
class Failure:
    """An example of *rule* that does not hold: ``kind`` is the field it stands in, ``came`` what came of ``text``."""

    rule: str
    kind: str
    text: str
    wanted: str
    came: str


def tried(
    rule: Rule,
    text: str,
    decide: Decide = safe_only,
    clock: Clock | None = None,
    language: str = "",
) -> Trail:
    """What the rule alone does to *text*, in *language* or that of its examples, and in the style that it names.

    Raises :class:`mtclean.text.LeftOut`.
    """
    trail, clock = Trail(text), clock or Clock()
    asked = replace(rule, opt_in=False)
    language = language or rule.examples_in or next(iter(rule.languages), "en")

    others = {str(number): Observed.of(other) for number, other in enumerate(rule.others)}
    batch = Gathered({"": Observed.of(text), **others}).of("")

    def view(now: str) -> Passage:
        return Passage(now, language, rule.style, clock=clock, batch=batch)

    settle(trail, "test", [asked], view, decide)
    return trail


def failures(rule: Rule, clock: Clock | None = None) -> Iterator[Failure]:
    """The examples of *rule* that do not hold; ``clock`` is for all of them together."""
    clock = clock or Clock()
    for kind, text, wanted in _examples(rule):
        try:
            came = _came(rule, kind, text, wanted, clock)
        except LeftOut as failure:
            came = f"it fails: {failure}"
        if came is not None:
            yield Failure(rule.id, kind, text, wanted, came)


def _examples(rule: Rule) -> Iterator[tuple[str, str, str]]:
    """Kind, text and what should come of it, or be pointed at, of every example."""
    for kind in ("fixes", "suggests", "finds"):
        for text, wanted in getattr(rule, kind):
            yield kind, text, wanted
    for text in rule.leaves:
        yield "leaves", text, text


def _came(rule: Rule, kind: str, text: str, wanted: str, clock: Clock) -> str | None:
    """What came of an example that does not hold; None where it does."""
    trail = tried(rule, text, every_fix if kind in ("suggests", "leaves") else safe_only, clock)
    if kind == "finds":
        return None if _points_at(trail, wanted) else "nothing is pointed at there"
    if trail.text != wanted:
        return trail.text
    if kind == "leaves" and trail.findings:
        return f"{trail.findings[0].item.rule} speaks of it"
    if kind == "suggests" and tried(rule, text, safe_only, clock).text != text:
        return "it is changed unasked"
    return None


def _points_at(trail: Trail, excerpt: str) -> bool:
    start = trail.text.find(excerpt)
    place = Span(start, start + len(excerpt))
    said = (*trail.findings, *trail.held)
    return start >= 0 and any(one.item.span.overlaps(place) for one in said)
