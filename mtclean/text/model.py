"""The four things a stage may say about a text: a span, an edit, a fix, a finding.

Text is immutable.  A stage never returns a new string; it returns fixes and findings, and
:mod:`mtclean.text.trail` applies the fixes.  Offsets are code points everywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

_ILLEGIBLE = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
"""What no reader and no program can do anything with: control characters but for tab and newlines, lone
surrogates, noncharacters, and the sign for a character that was lost."""


def illegible(text: str) -> Counter[str]:
    """The characters of *text* that cannot be read, and how often each stands there."""
    return Counter(_ILLEGIBLE.findall(text))


def lacking(text: str, encoding: str) -> str:
    """The characters of *text* that *encoding* lacks, each once; where none is named, it has all.

    A lone surrogate stands for a byte, which any has.
    """
    if not encoding or text.isascii():
        return ""
    return "".join(
        character for character in dict.fromkeys(text) if not _is_in(character, encoding)
    )


@lru_cache(maxsize=4096)
def _is_in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


class ByFields:
    """What is pickled as its class and its fields in order.

    Python reads and sets a frozen dataclass with slots field by field and by name, and a named tuple by way of two functions.
    A draft holds hundreds of thousands, and goes from process to process after every stage.
    """

    __slots__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """How to make it again."""
        return type(self), tuple([getattr(self, name) for name in self.__slots__])


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of code points; empty when ``start == end``."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return max(self.start, other.start) < min(self.end, other.end)

    def meets(self, other: Span) -> bool:
        """Whether the two share a code point, or one is a point inside the other or the same point."""
        if self.start == self.end or other.start == other.end:
            inside = self.start < other.start < self.end or other.start < self.start < other.end
            return inside or self == other
        return self.overlaps(other)

    def covers(self, other: Span) -> bool:
        """Whether *other* lies in this range, which is not empty."""
        return self.start <= other.start and other.end <= self.end and self.start < self.end

    def shifted(self, by: int) -> Span:
        """The same span, *by* code points further on."""
        return Span(self.start + by, self.end + by)

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """As :class:`ByFields`."""
        return Span, (self.start, self.end)


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``replacement``: an insertion when the range is empty."""

    start: int
    end: int
    replacement: str

    @property
    def span(self) -> Span:
        """The range the edit takes away, in the text it is made for."""
        return Span(self.start, self.end)

    @property
    def claims(self) -> range:
        """The places that are the edit's alone: characters are the odd ones, points between them the even ones.

        The points at the ends of what it takes away are free for others.
        """
        return range(
            2 * self.start + (self.start < self.end), 2 * self.end + (self.start == self.end)
        )

    @property
    def deletes(self) -> bool:
        """Whether the edit does nothing but take text away."""
        return self.start < self.end and not self.replacement

    @property
    def is_nothing(self) -> bool:
        """Whether the edit changes no text."""
        return self.start == self.end and not self.replacement

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """As :class:`ByFields`."""
        return Edit, (self.start, self.end, self.replacement)


class Applicability(str, Enum):
    """Whether a fix is applied without asking (after ruff's ``Applicability``)."""

    SAFE = "safe"
    """Applied by default: there is evidence that it never makes a good text worse."""
    SUGGESTED = "suggested"
    """Shown, and applied only when a person accepts it."""


class Severity(str, Enum):
    """How much a finding hurts a reader, in MQM's terms, and what it weighs in the score."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"

    @property
    def weight(self) -> int:
        """Penalty points: 0, 1 and 5, MQM's default multipliers (MQM Council, scoring models)."""
        return {"neutral": 0, "minor": 1, "major": 5}[self.value]

    def at_least(self, other: Severity) -> bool:
        """Whether this severity is *other* or worse."""
        order = list(Severity)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Fix(ByFields):
    """Edits that only make sense together, such as both marks of a quote pair.

    It is the unit a person accepts or rejects.  ``rule`` is stamped by :class:`mtclean.text.rule.Rule`,
    so that a rule's function does not repeat its own name.
    """

    edits: tuple[Edit, ...]
    reason: str
    applicability: Applicability = Applicability.SAFE
    rule: str = ""
    source: Span | None = None
    """As in :class:`Finding`."""

    @property
    def span(self) -> Span:
        """From the first edit's start to the last edit's end."""
        return Span(self.edits[0].start, self.edits[-1].end)

    @property
    def safe(self) -> bool:
        """Whether the fix is applied without asking."""
        return self.applicability is Applicability.SAFE

    def suggested(self) -> Fix:
        """The same fix, to be decided by a person."""
        return replace(self, applicability=Applicability.SUGGESTED)

    @property
    def written(self) -> str:
        """All that the fix puts in."""
        return "".join(edit.replacement for edit in self.edits)

    def is_legible(self, text: str) -> bool:
        """Whether the fix brings nothing into *text* that cannot be read; what it takes away it may write again."""
        written = self.written
        return not _ILLEGIBLE.search(written) or illegible(written) <= illegible(
            "".join(text[edit.start : edit.end] for edit in self.edits)
        )


@dataclass(frozen=True, slots=True)
class Finding(ByFields):
    """Something a reader should look at; it changes nothing.

    ``category`` is a stable id whose first part is an MQM dimension (``fluency.casing``).
    ``rule`` is stamped as in :class:`Fix`; an empty category stands for the rule's own.
    """

    span: Span
    message: str
    severity: Severity = Severity.MINOR
    category: str = ""
    rule: str = ""
    suggestions: tuple[str, ...] = ()
    """What could stand in the span instead, best first; empty where nothing is certain."""
    source: Span | None = None
    """The place in the source that it is about, where the text is the translation of one."""


def shifted(item: Fix | Finding, by: int) -> Fix | Finding:
    """*item* of a part of a text as one of the whole, in which the part begins *by* code points further on."""
    if isinstance(item, Finding):
        return replace(item, span=item.span.shifted(by))
    moved = (Edit(*edit.span.shifted(by), edit.replacement) for edit in item.edits)
    return replace(item, edits=tuple(moved))


def replacing(start: int, end: int, by: str, reason: str) -> Fix:
    """A safe fix of a single edit."""
    return Fix((Edit(start, end, by),), reason)


def inserting(at: int, what: str, reason: str) -> Fix:
    """A safe fix that takes nothing away."""
    return Fix((Edit(at, at, what),), reason)


def deleting(start: int, end: int, reason: str) -> Fix:
    """A safe fix that puts nothing in place."""
    return Fix((Edit(start, end, ""),), reason)
