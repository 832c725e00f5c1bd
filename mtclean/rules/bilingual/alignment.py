"""Sentences of two texts laid beside one another by what they mean and how long they are.

Sentences go in order into beads: one, two or three of the one text beside those of the other that say the same, and some beside nothing.  A bead is
worth its likeness for every sentence in it.  Of all ways to lay two texts out the best is compared with the best in which a sentence stands
alone, or in which it does not: what that gains says whether it has a counterpart.

Source: B. Thompson and P. Koehn, Vecalign, 2019, for beads of whole vectors; W. A. Gale and K. W. Church, 1993, for lengths.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import product

from mtclean.rules.bilingual.lengths import Direction
from mtclean.rules.bilingual.vectors import similarities

_BEADS = ((1, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3))
_STEPS = (*_BEADS, (1, 0), (0, 1))
_LONGEST = 3
_ALONE = 0.2
"""What a sentence beside nothing is worth."""
_PER_SURPRISE = 0.02
_MOST_SURPRISE = 3.0
"""What a bead is worth less for the square of the standard deviations by which one of its sides is too short, so many at most."""
_NEVER = -1e9

_Place = tuple[int, int]
"""How many sentences of the one text, and of the other, are laid out."""
_Bead = tuple[int, int, int, int]
"""The sentences ``[0]`` to ``[1]`` of the one text and ``[2]`` to ``[3]`` of the other."""


class Alignment:
    """The sentences *ours* beside *theirs*; *lengths* of each text are in letters, and *way* says how long ours are in theirs."""

    def __init__(
        self,
        ours: Sequence[str],
        theirs: Sequence[str],
        lengths: tuple[Sequence[int], Sequence[int]],
        way: Direction,
    ) -> None:
        self._size = (len(ours), len(theirs))
        self._lengths = lengths
        self._way = way
        windows, others = _windows(len(ours)), _windows(len(theirs))
        near = similarities(_joined(ours, windows), _joined(theirs, others))
        self._near = {
            (start, end, first, last): near[row][column]
            for row, (start, end) in enumerate(windows)
            for column, (first, last) in enumerate(others)
        }

    @cached_property
    def alone(self) -> list[float]:
        """Of each of ours what the best layout in which it stands alone gains on the best one in which it does not."""
        beads = self._beads
        before, after = self._best(beads), self._best_after(beads)
        ours, theirs = self._size
        beside = [_NEVER] * ours
        for (start, end, first, last), worth in beads.items():
            whole = before[start, first] + worth + after[end, last]
            for number in range(start, end):
                beside[number] = max(beside[number], whole)
        return [
            max(
                before[number, place] + _ALONE + after[number + 1, place]
                for place in range(theirs + 1)
            )
            - beside[number]
            for number in range(ours)
        ]

    @cached_property
    def nearest(self) -> list[float]:
        """How near the nearest of theirs, or several in a row, is to each of ours."""
        ours, theirs = self._size
        return [
            max(self._near[number, number + 1, start, end] for start, end in _windows(theirs))
            for number in range(ours)
        ]

    @cached_property
    def _beads(self) -> dict[_Bead, float]:
        """What each bead is worth that has something on both sides."""
        ours, theirs = self._size
        return {
            bead: self._worth(bead)
            for one, other in _BEADS
            for start in range(ours - one + 1)
            for first in range(theirs - other + 1)
            for bead in [(start, start + one, first, first + other)]
        }

    def _worth(self, bead: _Bead) -> float:
        start, end, first, last = bead
        ours, theirs = self._lengths
        surprise = self._way.surprise(sum(ours[start:end]), sum(theirs[first:last]))
        likeness = self._near[bead] - _PER_SURPRISE * min(_MOST_SURPRISE, abs(surprise)) ** 2
        return likeness * (end - start + last - first)

    def _best(self, beads: dict[_Bead, float]) -> dict[_Place, float]:
        """What the best layout up to each place is worth."""
        ours, theirs = self._size
        best: dict[_Place, float] = {}
        for end, last in product(range(ours + 1), range(theirs + 1)):
            ways = [
                best[end - one, last - other]
                + beads.get((end - one, end, last - other, last), _ALONE)
                for one, other in _STEPS
                if one <= end and other <= last
            ]
            best[end, last] = max(ways, default=0.0)
        return best

    def _best_after(self, beads: dict[_Bead, float]) -> dict[_Place, float]:
        """What the best layout from each place on is worth: that up to it, of the texts read backwards."""
        ours, theirs = self._size
        backwards = {
            (ours - end, ours - start, theirs - last, theirs - first): worth
            for (start, end, first, last), worth in beads.items()
        }
        best = self._best(backwards)
        return {(ours - one, theirs - other): worth for (one, other), worth in best.items()}


def _windows(count: int) -> list[tuple[int, int]]:
    """All that are in a row among *count* sentences, up to the longest side of a bead."""
    return [
        (start, start + size)
        for size in range(1, _LONGEST + 1)
        for start in range(count - size + 1)
    ]


def _joined(sentences: Sequence[str], windows: Sequence[tuple[int, int]]) -> list[str]:
    # What is shouted says the same; the encoder hardly knows it, nor among sentences that are not.
    calm = [one.capitalize() if one.isupper() else one for one in sentences]
    return [" ".join(calm[start:end]) for start, end in windows]
