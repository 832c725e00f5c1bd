"""What a person decided about a fix or a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import Enum
from typing import Any

from mtclean.text.identity import NAME
from mtclean.text.renames import name_now

_LONGEST = 1000
"""Code points of a decision's rule and ``about`` that are kept."""


class Verdict(str, Enum):
    """What a person says to a fix or finding."""

    ACCEPT = "accept"
    """The fix is made; the finding is true, and the text chosen of what it offers is put."""
    REJECT = "reject"
    """The fix is not made; the finding is wrong and counts no more."""
    EDIT = "edit"
    """Something else is put in its place."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.  ``id`` is made from content (see :mod:`mtclean.text.identity`), not from offsets.

    ``about`` says in one line what was decided on, for people who meet it when it no longer fits.
    ``replacement`` is the person's own text where the verdict is ``edit``, and where a finding is accepted the one of
    its suggestions that takes its place; empty where nothing does.  ``remember`` asks to switch the rule off for good.
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

        What is only shown of it, rule and ``about``, is made valid Unicode and cut where nobody reads
        on.  Raises :class:`TypeError`, :class:`KeyError` or :class:`ValueError` where it is none.
        """
        decision = cls(**{**content, "verdict": Verdict(content["verdict"])})
        if not NAME.fullmatch(decision.id):
            raise ValueError(f"{decision.id!r:.40} is not the id of a decision")
        for field in fields(cls):
            value = getattr(decision, field.name)
            if not isinstance(value, bool if field.name == "remember" else str):
                raise TypeError(f"{field.name} is {value!r:.40}")
        rule = name_now(_readable(decision.rule))
        return replace(decision, rule=rule, about=_readable(decision.about))


def _readable(text: str) -> str:
    return text[:_LONGEST].encode("utf-8", "replace").decode()
