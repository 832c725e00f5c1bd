"""A part of a text that says what the other text does not: its words are not there, and without it the two are as near in meaning and of the lengths they should be."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from mtclean.rules.bilingual.echoes import Echoes, echoes, quietest, silence
from mtclean.rules.bilingual.lengths import Direction, letters, weight
from mtclean.rules.bilingual.vectors import similarities
from mtclean.text import Span

_BORDER = re.compile(r"[,;:،؛]\s|[、，；：]|\s[—–-]\s|—|\s(?=[(«“])|(?<=[)»”])\s")
_EDGE = " ,;:،、，"
_MOST_CLAUSES = 3
_MOST_PARTS = 14
_SAYS_LITTLE = 20
""":func:`~mtclean.rules.bilingual.lengths.weight` below which what is left says too little to be judged."""
_BIT = 0.6
"""Standard deviations that the other text must be too short."""
_PER_NEARNESS, _TERSE = 2.1, 0.5
"""The nearer the texts are, the shorter it must be: of 1,000 pairs with a clause taken out that spares 8, and nine tenths of the work."""
_MOST_SURPRISE = 4.0
_HARDLY_FURTHER = -0.03
"""How much less near the texts may be without the part."""


class Evidence(NamedTuple):
    """What each piece of evidence counts for a part that has no counterpart, in the logarithm of the odds.

    Fitted as :class:`~mtclean.rules.bilingual.coverage.Weights` are, on translations with a clause or an end taken out, or a clause put in;
    ``enough`` is set so that all that vectors add flags 5 in 1,000 of those that are right (``benchmarks/clauses.py``).
    """

    nearer: float
    """for how much nearer the texts are without the part"""
    near: float
    """for how near they are with it"""
    short: float
    """for each standard deviation that the other text is too short"""
    base: float
    enough: float
    least: int
    """:func:`~mtclean.rules.bilingual.lengths.weight` below which a part says too little"""
    share: float = 0.0
    """for the share of its text that the part is"""
    found: float = 0.0
    """for how near the part alone is to the other text"""
    says: float = 0.0
    """for the logarithm of how much the part says"""
    silent: float = 0.0
    """for :func:`~mtclean.rules.bilingual.echoes.silence` in it; where it counts for nothing, words are not looked at"""


LEFT_OUT = Evidence(
    short=0.7, says=2.29, near=2.26, nearer=17.8, silent=0.92, base=-12.16, enough=0.55, least=16
)
PUT_IN = Evidence(
    short=0.5, share=7.35, near=3.75, nearer=14.97, found=-10.53, base=-3.79, enough=1.9, least=26
)


class _Texts:
    """A text beside the other, of which a part may have no counterpart."""

    def __init__(self, ours: str, theirs: str, way: Direction, evidence: Evidence) -> None:
        self._ours, self._theirs = ours, theirs
        self._way, self._evidence = way, evidence
        self._letters = letters(ours), letters(theirs)
        self._short = -way.surprise(*self._letters)

    @property
    def are_open(self) -> bool:
        """Whether the other text may lack something: it is too short, and, where words would be looked at, not so near that it can only be terse."""
        if self._short < _BIT or not self._evidence.silent:
            return self._short >= _BIT
        return self._short >= _PER_NEARNESS * self._near - _TERSE

    def likeliest(self) -> tuple[float, Span] | None:
        """The part that is likeliest to have no counterpart, behind the logarithm of the odds; None where there is none that may have none."""
        odds = ((self._odds(part), part) for part in self._parts() if self._may_lack(part))
        return max(odds, default=None)

    @cached_property
    def _near(self) -> float:
        return _similarity(self._ours, self._theirs)

    @cached_property
    def _echoes(self) -> Echoes:
        return echoes(self._ours, self._theirs)

    def _parts(self) -> Iterator[Span]:
        """The clauses, and where words are looked at the part that they say least of."""
        yield from _parts(self._ours, self._evidence.least)
        quiet = quietest(self._echoes) if self._evidence.silent else None
        if quiet and _says_enough(self._ours, quiet, self._evidence.least):
            yield quiet

    def _may_lack(self, part: Span) -> bool:
        """Whether without *part* the lengths would fit better, and the texts would say the same as well."""
        return self._misfit(part) < self._short and self._nearer(part) > _HARDLY_FURTHER

    def _misfit(self, part: Span) -> float:
        ours, theirs = self._letters
        return abs(self._way.surprise(ours - letters(self._said(part)), theirs))

    def _nearer(self, part: Span) -> float:
        return _similarity(_without(self._ours, part), self._theirs) - self._near

    def _odds(self, part: Span) -> float:
        weigh, said = self._evidence, self._said(part)
        odds = (
            weigh.base
            + weigh.short * min(_MOST_SURPRISE, self._short)
            + weigh.share * letters(said) / self._letters[0]
            + weigh.says * math.log1p(weight(said))
            + weigh.near * self._near
            + weigh.nearer * self._nearer(part)
        )
        if weigh.found:
            odds += weigh.found * _similarity(said.strip(_EDGE), self._theirs)
        if weigh.silent:
            odds += weigh.silent * silence(self._echoes, self._ours, part)
        return odds

    def _said(self, part: Span) -> str:
        return self._ours[part.start : part.end]


def likeliest(
    ours: str, theirs: str, way: Direction, evidence: Evidence
) -> tuple[float, Span] | None:
    """The part of *ours* that is likeliest to have no counterpart in *theirs*, behind the logarithm of the odds; *way* leads from ours to theirs."""
    texts = _Texts(ours, theirs, way, evidence)
    return texts.likeliest() if texts.are_open else None


def unmatched(ours: str, theirs: str, way: Direction, evidence: Evidence) -> Span | None:
    """The likeliest part, if it is likely enough."""
    odds, part = likeliest(ours, theirs, way, evidence) or (-math.inf, None)
    return part if odds > evidence.enough else None


def _similarity(one: str, other: str) -> float:
    return similarities((one,), (other,))[0][0]


def _parts(text: str, least: int) -> list[Span]:
    """The clauses of *text*, alone and some in a row, that say something and leave something."""
    parts = (part for part in _rows(text) if _says_enough(text, part, least))
    return list(islice(parts, _MOST_PARTS))  # each looks at the whole text


def _says_enough(text: str, part: Span, least: int) -> bool:
    rest = weight(text[: part.start]) + weight(text[part.end :])
    return rest >= _SAYS_LITTLE and weight(text[part.start : part.end]) >= least


def _rows(text: str) -> Iterator[Span]:
    borders = [match.end() for match in _BORDER.finditer(text)]
    borders = sorted({0, *borders, len(text)})
    for size in range(1, _MOST_CLAUSES + 1):
        for start, end in zip(borders, borders[size:], strict=False):
            yield Span(start, end)


def _without(text: str, part: Span) -> str:
    return (text[: part.start] + text[part.end :]).strip(_EDGE)
