"""Cut a text into passages LanguageTool answers quickly: sentences, or what cannot be parted into them for certain.

What was said of a passage holds wherever it stands (:mod:`mtclean.grammar.answers`), so the smaller it is, the less of a text
that was changed is asked about again.  Of LanguageTool's rules that are asked only those of what is left open look beyond a sentence: of
the 1,800 matches in 250 documents in English, French and Spanish, each sentence asked alone, no other differed.  So a passage goes on
while a bracket is open or, in its paragraph, a quotation.

A request costs a few milliseconds beside the five or ten of a sentence, so several passages go together
(:func:`together`), each as a paragraph of its own.  A stall takes those along that were sent with it, and LanguageTool's
worst cases grow with the square of a sentence's length: so a request is short, and no passage is longer than 2,000 characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate

from mtclean.text import Span

LIMIT = 2_000
"""Code points in a passage, at most."""

BETWEEN = "\n\n"
"""What parts the passages of a request: LanguageTool takes each for a paragraph."""

_ENOUGH = 500
"""Code points after which a request takes no more passages."""

_UNBROKEN = 400
"""Code points in a piece cut from a run with no space in it: not prose, and the slowest text there
is (20,000 characters of ``a.a.a.`` take 31 s in pieces of 2,000 on a busy machine)."""

_PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")
_STOP = re.compile(r"[^\W\d_]{5}[.!?…][\"'”’»)\]]*(?=\s)[^\S\n]*\n*")
"""The end of a sentence after a word that is longer than abbreviations are, with the spaces and line ends after it."""
_OPENING = re.compile(r"\s*[\"'“‘«„¿¡(\[]*([^\W\d_])")
"""The first letter of a sentence."""
# Each looks back from the limit for a better place to cut, down to the middle, and the last beyond;
# the first that finds one decides.
_CUTS = (
    re.compile(r"[.!?…][\"'”’»)\]]*\s+"),
    re.compile(r"[。！？]"),
    re.compile(r"\s+"),
)
_BRACKET = re.compile(r"[][(){}]")
_QUOTES = ('"', "“”„‟", "«»", "「」", "『』")
"""Marks that are partners of one another; a quotation in a quotation has others."""
_LETTER = re.compile(r"[^\W\d_]")


def chunks(text: str, limit: int = LIMIT) -> list[Span]:
    """The passages of *text* to check, in order: adjacent, of at most *limit* code points each.

    Parts without a single letter are left out; there is no grammar in them, only stalls.
    """
    ends = _ends(text)
    packed = _packed(text, _pieces(text, ends, limit), ends, limit)
    return [span for span in packed if _LETTER.search(text, span.start, span.end)]


def together(passages: Iterable[str]) -> Iterator[list[str]]:
    """The *passages* of each request, in order.

    One with a bracket or a quotation mark that has no partner goes alone: another's might be taken for it.
    """
    group: list[str] = []
    for passage in passages:
        alone = not _is_paired(passage)
        if group and (alone or sum(map(len, group)) >= _ENOUGH):
            yield group
            group = []
        group.append(passage)
        if alone:
            yield group
            group = []
    if group:
        yield group


def _ends(text: str) -> set[int]:
    """Where a sentence ends for certain, and one begins with a capital."""
    stops = ((stop.end(), _OPENING.match(text, stop.end())) for stop in _STOP.finditer(text))
    return {end for end, opening in stops if opening and opening[1].isupper()}


def _pieces(text: str, ends: set[int], limit: int) -> Iterator[Span]:
    """Sentences with what follows them, each within a paragraph, the long ones cut."""
    for paragraph in _PARAGRAPH.finditer(text):
        start, last = paragraph.span()
        for end in [*sorted(ends.intersection(range(start + 1, last))), last]:
            while end - start > limit:
                cut = _cut(text, start, start + limit)
                yield Span(start, cut)
                start = cut
            yield Span(start, end)
            start = end


def _cut(text: str, start: int, end: int) -> int:
    """Where to end a piece that begins at *start*: at most *end*, and past half where it can be."""
    middle = start + (end - start) // 2
    for pattern, at in (*((pattern, middle) for pattern in _CUTS), (_CUTS[-1], start)):
        ends = [m.end() for m in pattern.finditer(text, at, end)]
        if ends:
            return ends[-1]
    return min(end, start + _UNBROKEN)


def _packed(text: str, pieces: Iterator[Span], ends: set[int], limit: int) -> Iterator[Span]:
    """Neighbours joined to sentences and to paragraphs, while they fit, but for the parts of an unbroken run."""
    joined: Span | None = None
    open_brackets = 0
    for piece in pieces:
        if joined is not None and (
            piece.end - joined.start > limit or not text[joined.end - 1].isspace()
        ):
            yield joined
            joined, open_brackets = None, 0
        joined = Span(joined.start if joined else piece.start, piece.end)
        for step in _brackets(text[slice(*piece)]):
            open_brackets = max(0, open_brackets + step)
        if not open_brackets and (
            _ends_block(text, piece)
            or (piece.end in ends and not _is_quoting(text[slice(*joined)]))
        ):
            yield joined
            joined = None
    if joined is not None:
        yield joined


def _ends_block(text: str, piece: Span) -> bool:
    """Whether a blank line follows."""
    return text.endswith("\n\n", piece.start, piece.end)


def _brackets(text: str) -> Iterator[int]:
    """1 for each bracket that opens in *text*, -1 for each that closes."""
    return (1 if bracket[0] in "([{" else -1 for bracket in _BRACKET.finditer(text))


def _is_paired(passage: str) -> bool:
    """Whether each bracket and each quotation mark in *passage* may have a partner there."""
    depths = [0, *accumulate(_brackets(passage))]
    return min(depths) == depths[-1] == 0 and not _is_quoting(passage)


def _is_quoting(text: str) -> bool:
    """Whether a quotation mark in *text* has no partner there."""
    return any(sum(map(text.count, marks)) % 2 for marks in _QUOTES)
