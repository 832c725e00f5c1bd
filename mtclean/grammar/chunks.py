"""Cut a text into pieces LanguageTool answers quickly: whole paragraphs, else whole sentences.

A piece that LanguageTool stalls on takes only itself along, and two can be checked at a time.
About 2,000 characters is where the cost of a request no longer shows (a few ms beside 200) and a
stall is still short: LanguageTool's worst cases grow with the square of a sentence's length.

A piece ends with a paragraph that a blank line follows, too, as soon as it is long enough.  So the pieces of a text
that was changed in one place are the same elsewhere, and what was said of them still holds (:mod:`mtclean.grammar.answers`).
Of LanguageTool's rules that are asked few look beyond a paragraph.  Where brackets are open it goes on:
one that is closed further down is no unpaired one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.text import Span

LIMIT = 2_000
"""Code points in a piece, at most."""

_ENOUGH = 240
"""Code points after which a piece ends where a paragraph does: a title goes with what stands below it."""

_UNBROKEN = 400
"""Code points in a piece cut from a run with no space in it: not prose, and the slowest text there
is (20,000 characters of ``a.a.a.`` take 31 s in pieces of 2,000 on a busy machine)."""

_PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")
# Each looks back from the limit for a better place to cut, down to the middle, and the last beyond;
# the first that finds one decides.
_CUTS = (
    re.compile(r"[.!?…][\"'”’»)\]]*\s+"),
    re.compile(r"[。！？]"),
    re.compile(r"\s+"),
)
_BRACKET = re.compile(r"[][(){}]")
_LETTER = re.compile(r"[^\W\d_]")


def chunks(text: str, limit: int = LIMIT) -> list[Span]:
    """The parts of *text* to check, in order: adjacent, of at most *limit* code points each.

    Parts without a single letter are left out; there is no grammar in them, only stalls.
    """
    packed = _packed(text, _pieces(text, limit), limit)
    return [span for span in packed if _LETTER.search(text, span.start, span.end)]


def _pieces(text: str, limit: int) -> Iterator[Span]:
    """Paragraphs with their line ends, the long ones cut."""
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        while end - start > limit:
            cut = _cut(text, start, start + limit)
            yield Span(start, cut)
            start = cut
        yield Span(start, end)


def _cut(text: str, start: int, end: int) -> int:
    """Where to end a piece that begins at *start*: at most *end*, and past half where it can be."""
    middle = start + (end - start) // 2
    for pattern, at in (*((pattern, middle) for pattern in _CUTS), (_CUTS[-1], start)):
        ends = [m.end() for m in pattern.finditer(text, at, end)]
        if ends:
            return ends[-1]
    return min(end, start + _UNBROKEN)


def _packed(text: str, pieces: Iterator[Span], limit: int) -> Iterator[Span]:
    """Neighbours joined while they fit, but for the parts of an unbroken run."""
    joined: Span | None = None
    open_brackets = 0
    for piece in pieces:
        if joined is not None and (
            piece.end - joined.start > limit or not text[joined.end - 1].isspace()
        ):
            yield joined
            joined, open_brackets = None, 0
        joined = Span(joined.start if joined else piece.start, piece.end)
        for bracket in _BRACKET.finditer(text, *piece):
            open_brackets = max(0, open_brackets + (1 if bracket[0] in "([{" else -1))
        if joined.end - joined.start >= _ENOUGH and not open_brackets and _ends_block(text, piece):
            yield joined
            joined = None
    if joined is not None:
        yield joined


def _ends_block(text: str, piece: Span) -> bool:
    """Whether a blank line follows."""
    return text.endswith("\n\n", piece.start, piece.end)
