"""A part of a text that says what the other text does not: without it the two are nearer in meaning, and of the lengths they should be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from mtclean.rules.bilingual.lengths import Direction, letters, weight
from mtclean.rules.bilingual.vectors import similarities
from mtclean.text import Span

_BORDER = re.compile(r"[,;:،؛]\s|[、，；：]|\s[—–-]\s|—|\s(?=[(«“])|(?<=[)»”])\s")
_EDGE = " ,;:،、，"
_MOST_CLAUSES = 3
_MOST_PARTS = 14
_SAYS_LITTLE = 26
""":func:`~mtclean.rules.bilingual.lengths.weight` below which a part, or the rest, says too little to be judged."""
_BIT = 0.5
"""Standard deviations that the other text must be too short."""
_MOST_SURPRISE = 4.0


class Evidence(NamedTuple):
    """What each piece of evidence counts for a part that has no counterpart, in the logarithm of the odds.

    Fitted as :class:`~mtclean.rules.bilingual.coverage.Weights` are, on translations with a clause or an end taken out, or a clause put in;
    ``enough`` is set so that all that vectors add flags 5 in 1,000 of those that are right.
    """

    nearer: float
    """for how much nearer the texts are without the part"""
    near: float
    """for how near they are with it"""
    short: float
    """for each standard deviation that the other text is too short"""
    share: float
    """for the share of its text that the part is"""
    found: float
    """for how near the part alone is to the other text"""
    base: float
    enough: float


LEFT_OUT = Evidence(11.32, -4.95, 1.74, 3.07, -1.22, 0.75, 2.5)
PUT_IN = Evidence(14.97, 3.75, 0.50, 7.35, -10.53, -3.79, 1.5)


def unmatched(ours: str, theirs: str, way: Direction, evidence: Evidence) -> Span | None:
    """The part of *ours* that is likeliest to have no counterpart in *theirs*, if that is likely enough; *way* leads from ours to theirs."""
    there = letters(theirs)
    surprise = way.surprise(letters(ours), there)
    if surprise > -_BIT:
        return None
    short = min(_MOST_SURPRISE, -surprise)
    best, found = evidence.enough, None
    for part in _parts(ours):
        said, rest = ours[part.start : part.end], _without(ours, part)
        if abs(way.surprise(letters(rest), there)) >= -surprise:
            continue
        (near,), (without,), (alone,) = similarities((ours, rest, said.strip(_EDGE)), (theirs,))
        score = (
            evidence.base
            + evidence.nearer * (without - near)
            + evidence.near * near
            + evidence.short * short
            + evidence.share * letters(said) / letters(ours)
            + evidence.found * alone
        )
        if score > best:
            best, found = score, part
    return found


def _parts(text: str) -> list[Span]:
    """The clauses of *text*, alone and some in a row, that say something and leave something."""
    parts = (
        part
        for part in _rows(text)
        if weight(text[part.start : part.end]) >= _SAYS_LITTLE
        and weight(text[: part.start]) + weight(text[part.end :]) >= _SAYS_LITTLE
    )
    return list(islice(parts, _MOST_PARTS))  # each looks at the whole text


def _rows(text: str) -> Iterator[Span]:
    borders = [match.end() for match in _BORDER.finditer(text)]
    borders = sorted({0, *borders, len(text)})
    for size in range(1, _MOST_CLAUSES + 1):
        for start, end in zip(borders, borders[size:], strict=False):
            yield Span(start, end)


def _without(text: str, part: Span) -> str:
    return (text[: part.start] + text[part.end :]).strip(_EDGE)
