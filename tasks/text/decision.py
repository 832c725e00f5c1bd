"""What a person decided about a fix or a finding, and how the decision is kept in the next run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import Enum
from typing import Any

from tasks.text.identity import NAME, content_of, identity_of, name_of
from tasks.text.model import Edit, Finding, Fix
from tasks.text.select import Decide, safe_only
from tasks.text.trail import Trail

BY_HAND = "Written by hand in the review."


class Verdict(str, Enum):
    """What a person says to a fix or finding."""

    ACCEPT = "accept"
    """The fix is made; the finding is true."""
    REJECT = "reject"
    """The fix is not made; the finding is wrong and counts no more."""
    EDIT = "edit"
    """Something else is put in its place."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.  ``id`` is made from content (see :mod:`tasks.text.identity`), not from offsets.

    ``about`` says in one line what was decided on, for people who meet it when it no longer fits.
    ``replacement`` is the person's own text where the verdict is ``edit``.  ``remember`` asks to
    switch the rule off for good.
    """

    id: str
    verdict: Verdict
    rule: str
    about: str = ""
    replacement: str = ""
    remember: bool = False

    def as_object(self) -> dict[str, str | bool]:
        """The decision as JSON has it."""
        return {**asdict(self), "verdict": self.verdict.value}

    @classmethod
    def of_object(cls, content: Mapping[str, Any]) -> Decision:
        """The decision :meth:`as_object` made *content* of.

        Raises :class:`TypeError`, :class:`KeyError` or :class:`ValueError` where it is none.
        """
        decision = cls(**{**content, "verdict": Verdict(content["verdict"])})
        if not NAME.fullmatch(decision.id):
            raise ValueError(f"{decision.id!r:.40} is not the id of a decision")
        for field in fields(cls):
            value = getattr(decision, field.name)
            if not isinstance(value, bool if field.name == "remember" else str):
                raise TypeError(f"{field.name} is {value!r:.40}")
        return decision


def deciding(decisions: Mapping[str, Decision]) -> Decide:
    """What is made of each fix and finding, given the decisions by id; the others go as usual.

    What a person wrote is final: no rule touches it without asking.
    """
    if not decisions:
        return safe_only
    contents = {content_of(id) for id in decisions}

    def decide(trail: Trail, item: Fix | Finding) -> Fix | None:
        identity = identity_of(trail, item, trail.depth)
        decision = None
        if identity.content in contents:
            decision = decisions.get(name_of(trail.original, identity))
        if decision is None:
            return None if _touches_what_was_written(trail, item) else safe_only(trail, item)
        return _decided(item, decision)

    return decide


def can_be_edited(item: Fix | Finding) -> bool:
    """Whether a person may put a text of their own in its place: it must be one place."""
    return isinstance(item, Finding) or len(item.edits) == 1


def _decided(item: Fix | Finding, decision: Decision) -> Fix | None:
    if decision.verdict is Verdict.EDIT and can_be_edited(item):
        edit = Edit(*item.span, decision.replacement)
        return Fix((edit,), BY_HAND, rule=item.rule, id=decision.id)
    if decision.verdict is Verdict.ACCEPT and isinstance(item, Fix):
        return item
    return None


def _touches_what_was_written(trail: Trail, item: Fix | Finding) -> bool:
    written = (
        trail.output_span(placed.item.span, placed.depth)
        for placed in trail.applied
        if isinstance(placed.item, Fix) and placed.item.id
    )
    return any(span.overlaps(item.span) for span in written)
