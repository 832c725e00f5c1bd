"""How surely the words of one text are in another language's, by the vectors of single words.

A word whose counterpart is there is nearest to it, and it to the word.  One without has a nearest word, too, but that is nearer to another: the
two compete for it.  Words beside one another are mostly translated by words beside one another, so each is helped by what its neighbors found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from mtclean.languages.letters import WIDE
from mtclean.rules.bilingual.vectors import similarities
from mtclean.text import Span

_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff"
_KATAKANA = "\u30a0-\u30ff"
_HANGUL = "\uac00-\ud7a3"
_WORD = re.compile(
    rf"[{_HAN}]+|[{_KATAKANA}]+|[^\W_{WIDE}]+(?:['’-][^\W_{WIDE}]+)*",
)
"""Words, and in scripts that part none their runs of one script; hiragana is grammar, for the most part."""
_IS_HAN = re.compile(f"[{_HAN}]")
_IS_HANGUL = re.compile(f"[{_HANGUL}]")
_IS_WIDE = re.compile(f"[{WIDE}]")
_WIDE = 3
"""What a letter of a script that parts no words counts for."""
_COMPOUND = 4
"""Han characters that may be one word; of more, each two in a row are asked for."""
_FEWEST, _FEWEST_HANGUL = 3, 2
"""Letters below which a word is grammar: *of*, *la*."""
_MOST = 300
"""Words from which a text is not looked at: each is held against each of the other."""
_RIVALRY = 4
_NEIGHBORS = 0.3
_AT_RANDOM = 0.2
"""How much the likeness of the two neighbors counts, and how like two words at random are."""
_LEAST = 0.01
_THERE = 0.55
"""Sureness above which a letter speaks for being there, and below which against it."""
MOST_SILENT, _LEAST_SILENT = 2.5, -1.0

Echoes = Sequence[float | None]
"""Of each code point of a text how surely the word it is in is in the other, from 0 to about 1; None of what is in no word."""


def echoes(ours: str, theirs: str) -> Echoes:
    """Those of *ours* in *theirs*; nothing where either has no words."""
    words, others = _words(ours), _words(theirs)
    sure: list[float | None] = [None] * len(ours)
    if not words or not others or max(len(words), len(others)) > _MOST:
        return sure
    near = similarities(_said(ours, words), _said(theirs, others))
    for word, found in zip(words, _found(near), strict=True):
        for at in range(word.start, word.end):
            sure[at] = max(sure[at] or 0.0, found)
    return sure


def silence(heard: Echoes, text: str, part: Span) -> float:
    """How many tens of letters of *part* of *text* have no echo, less those that have; in bounds, since at some length more of them say no more."""
    silent = sum(
        (_THERE - sure) * (_WIDE if _IS_WIDE.match(text[at]) else 1)
        for at in range(part.start, part.end)
        if (sure := heard[at]) is not None
    )
    return max(_LEAST_SILENT, min(silent / 10, MOST_SILENT))


def quietest(heard: Echoes) -> Span | None:
    """The part of a text that has the fewest echoes for its length; None where every word has one."""
    best, found = 0.0, None
    total, start = 0.0, 0
    for at, sure in enumerate(heard):
        if sure is None:
            continue
        if total <= 0:
            total, start = 0.0, at
        total += _THERE - sure
        if total > best:
            best, found = total, Span(start, at + 1)
    return found


def _found(near: Sequence[Sequence[float]]) -> Iterator[float]:
    """For each row of *near*, how near the nearest column is that no other row is nearer to."""
    helped = [
        [_helped(near, row, column) for column in range(len(near[0]))] for row in range(len(near))
    ]
    best = [max(column) for column in zip(*helped, strict=True)]
    for row in helped:
        yield max(
            likeness * (likeness / most) ** _RIVALRY
            for likeness, most in zip(row, best, strict=True)
        )


def _helped(near: Sequence[Sequence[float]], row: int, column: int) -> float:
    """The likeness in *row* and *column* with what its neighbors on both sides say for it."""
    before = near[row - 1][column - 1] if row and column else 0.0
    is_last = row + 1 == len(near) or column + 1 == len(near[0])
    after = 0.0 if is_last else near[row + 1][column + 1]
    return max(_LEAST, near[row][column] + _NEIGHBORS * (before + after - 2 * _AT_RANDOM))


def _words(text: str) -> list[Span]:
    return list(islice(_all_words(text), _MOST + 1))


def _all_words(text: str) -> Iterator[Span]:
    for match in _WORD.finditer(text):
        start, end = match.span()
        if not _IS_HAN.match(text[start]):
            if end - start >= _fewest(text[start]):
                yield Span(start, end)
            continue
        if end - start <= _COMPOUND:
            yield Span(start, end)
        if end - start > 2:
            for first, last in pairwise(range(start, end)):
                yield Span(first, last + 1)


def _fewest(first: str) -> int:
    """How many letters a word has at least that begins with *first*; a number may be short."""
    if first.isdigit():
        return 1
    return _FEWEST_HANGUL if _IS_HANGUL.match(first) else _FEWEST


def _said(text: str, words: Sequence[Span]) -> list[str]:
    return [text[word.start : word.end] for word in words]
