"""What a person decided about a fix or a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import Enum
from typing import Any, NamedTuple

from mtclean.text.identity import NAME
from mtclean.text.model import Span
from mtclean.text.renames import name_now

BY_HAND_RULE = "written-by-hand"
"""The rule of what people write where no rule had anything to say."""

_LONGEST = 1000
"""Code points of what is only shown of a decision, such as ``about``, that are kept."""


class Verdict(str, Enum):
    """What a person says to a fix or finding."""

    ACCEPT = "accept"
    """The fix is made; the finding is true, and the text chosen of what it offers is put."""
    REJECT = "reject"
    """The fix is not made; the finding is wrong and counts no more."""
    EDIT = "edit"
    """Something else is put in its place."""
    WRITE = "write"
    """There was nothing to decide: a person changes a place of the text that no rule speaks of."""
    COMMENT = "comment"
    """Nothing is decided: the comment is for whoever does."""


class Place(NamedTuple):
    """Words of the original with what stands around them, by which they are found where the text is changed elsewhere."""

    before: str
    words: str
    after: str

    def found_in(self, original: str) -> Span | None:
        """Where the words stand; None where that is nowhere, or in more than one place."""
        whole = "".join(self)
        at = original.find(whole)
        if at < 0 or not whole or original.find(whole, at + 1) >= 0:
            return None
        start = at + len(self.before)
        return Span(start, start + len(self.words))


@dataclass(frozen=True, slots=True)
class Note:
    """What a person adds to what they decide.  ``at`` is when, as ISO 8601 has it; all may be empty."""

    comment: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.  ``id`` is made from content (see :mod:`mtclean.text.identity`), not from offsets.

    ``about`` says in one line what was decided on, for people who meet it when it no longer fits.
    ``replacement`` is the person's own text where the verdict is ``edit``, and where a finding is accepted the one of
    its suggestions that takes its place; empty where nothing does.  ``remember`` asks to switch the rule off for good.
    ``comment``, ``by`` and ``at`` are a :class:`Note`.  ``place`` is what a text is put for that somebody writes.
    """

    id: str
    verdict: Verdict
    rule: str
    about: str = ""
    replacement: str = ""
    remember: bool = False
    comment: str = ""
    by: str = ""
    at: str = ""
    place: Place | None = None

    @property
    def decides(self) -> bool:
        """Whether it is more than a comment."""
        return self.verdict is not Verdict.COMMENT

    @property
    def note(self) -> Note | None:
        """What the person adds; None where that is nothing."""
        note = Note(self.comment, self.by, self.at)
        return note if note != Note() else None

    def says_what(self, other: Decision) -> bool:
        """Whether it decides what *other* does, whoever took it and when."""
        return (self.verdict, self.replacement) == (other.verdict, other.replacement)

    def as_object(self) -> dict[str, object]:
        """The decision as JSON has it; of what there need not be, only what there is."""
        content = {**asdict(self), "verdict": self.verdict.value}
        return {
            name: value for name, value in content.items() if value or name not in _MAY_BE_MISSING
        }

    @classmethod
    def of_object(cls, content: Mapping[str, Any]) -> Decision:
        """The decision :meth:`as_object` made *content* of.

        What is only shown of it, rule and ``about``, is made valid Unicode and cut where nobody reads
        on.  Raises :class:`TypeError`, :class:`KeyError` or :class:`ValueError` where it is none.
        """
        given = {**content, "verdict": Verdict(content["verdict"])}
        if given.get("place") is not None:
            given["place"] = Place(*given["place"])
        decision = cls(**given)
        if not NAME.fullmatch(decision.id):
            raise ValueError(f"{decision.id!r:.40} is not the id of a decision")
        _check_types(decision)
        if (decision.verdict is Verdict.WRITE) != (decision.place is not None):
            raise ValueError("what is written by hand has a place, and nothing else has")
        return replace(
            decision,
            rule=name_now(_readable(decision.rule)),
            about=_readable(decision.about),
            comment=_readable(decision.comment),
            by=_readable(decision.by),
            at=_readable(decision.at),
        )


_MAY_BE_MISSING = ("comment", "by", "at", "place")


def _check_types(decision: Decision) -> None:
    """Raise :class:`TypeError` where a value is not of the type it is to have."""
    for field in fields(decision):
        value = getattr(decision, field.name)
        if field.name == "place":
            right = value is None or all(isinstance(part, str) for part in value)
        else:
            right = isinstance(value, bool if field.name == "remember" else str)
        if not right:
            raise TypeError(f"{field.name} is {value!r:.40}")


def _readable(text: str) -> str:
    return text[:_LONGEST].encode("utf-8", "replace").decode()
