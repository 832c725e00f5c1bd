"""Verdicts made by hand on what a detector finds where nobody put a fault.

A labelled set has the faults of its base texts, too, and a clean one has true faults: there a scorer counts a right
finding as a wrong one.  A file of verdicts says which: one line a place, with its key (:func:`key`), ``real`` or ``false``,
and a reason in our own words, divided by tabs.  A key is a hash, so that the file holds nobody's sentences.  Whoever judges
takes a place that is in doubt for false.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

CONTEXT = 30
"""Code points on each side of a finding that go into its key, so that copies of a place share a verdict."""


class Verdict(Enum):
    """What a person said of a place."""

    REAL = "real"
    FALSE = "false"


_VERDICTS = {verdict.value for verdict in Verdict}


class Place(NamedTuple):
    """Where a detector finds something in a text: code points ``[start, end)``, and what."""

    start: int
    end: int
    category: str


class Tally(NamedTuple):
    """How many findings of a category there are, and what is known of them."""

    found: int
    labelled: int
    real: int
    false: int

    @property
    def unjudged(self) -> int:
        """How many no label asks for and nobody has judged; they count as wrong."""
        return self.found - self.labelled - self.real - self.false

    @property
    def precision(self) -> float:
        """The share of labelled ones, those left out that were judged real."""
        counted = self.found - self.real
        return self.labelled / counted if counted else 1.0


def key(text: str, place: Place) -> str:
    """The name of a place in a file of verdicts: 16 hexadecimal digits of its category, words and neighbourhood."""
    before = text[max(0, place.start - CONTEXT) : place.start]
    after = text[place.end : place.end + CONTEXT]
    told = "\x1f".join((place.category, before, text[place.start : place.end], after))
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def verdicts(source: Path) -> dict[str, Verdict]:
    """The verdicts of a file by key.  Raises ``ValueError`` for a line that is none, or a key that comes twice."""
    found: dict[str, Verdict] = {}
    for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != 3 or fields[0] in found or fields[1] not in _VERDICTS:
            raise ValueError(f"{source}, line {number}: no verdict, or a second one: {line}")
        found[fields[0]] = Verdict(fields[1])
    return found


def is_labelled(place: Place, labels: Iterable[Place]) -> bool:
    """Whether a label of the same category shares a character with *place*, as the scorer asks."""
    return any(
        label.category == place.category and label.start < place.end and place.start < label.end
        for label in labels
    )


def tallies(
    rows: Iterable[tuple[str, Iterable[Place], Iterable[Place]]], said: Mapping[str, Verdict]
) -> dict[str, Tally]:
    """Findings by category, of *rows*: the text, what was found in it, and its labels."""
    counts: dict[str, Counter[str]] = {}
    for text, places, labels in rows:
        wanted = list(labels)
        for place in places:
            count = counts.setdefault(place.category, Counter())
            count["found"] += 1
            if is_labelled(place, wanted):
                count["labelled"] += 1
            elif verdict := said.get(key(text, place)):
                count[verdict.value] += 1
    return {
        category: Tally(count["found"], count["labelled"], count["real"], count["false"])
        for category, count in sorted(counts.items())
    }
