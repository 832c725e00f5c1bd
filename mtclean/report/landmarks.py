"""What a file has beside its prose that people want to see there: where its segments begin, and tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from mtclean.formats.layout import Kind, Layout, Piece, Segment
from mtclean.formats.xml import SEEN
from mtclean.report.visible import shown
from mtclean.text import Span

_HEADING, _ITEM, _CELL = "heading", "list item", "table cell"
_KINDS = frozenset((_HEADING, _ITEM, _CELL, "paragraph", "quotation", "note", "title"))
"""Labels that say what a segment is, and not which."""
_REACH = 60
_MARK = re.compile(
    r"(?:^|\n)[ \t>]*([-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?[\[*_`~]*$|<li\b[^<>]*>\s*(?:<[^<>]*>\s*)*$"
)
"""What a list's item begins with: a mark of Markdown, or an element."""
_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_LONGEST = 32
"""Code points of a tag that is shown as it is."""
_TAG = re.compile(r"<[^<>]*>")
_BEGIN = re.compile(r"</?[^\s<>/]{1,30}(?:\s[^\s=<>]{1,20}=(?:\"[^\"]{0,20}\"|'[^']{0,20}'))?")


class Landmark(NamedTuple):
    """Something that stands before the code point ``at`` of the text, in words for people."""

    at: int
    words: str


class Tag(NamedTuple):
    """A tag, in the file's own words.  One that ``is_seen`` is what the code point at ``at`` stands for."""

    at: int
    is_seen: bool
    words: str


class Shape(NamedTuple):
    """How a run of the text is laid out in its file: a ``heading``, or what parts two cells (``column``) or lines (``line``).

    There are two ends of lines between two segments; where one serves, the other is ``spare``.  What ``is_in_row`` ends
    no line at all.
    """

    span: Span
    name: str
    is_in_row: bool = False


def items(layout: Layout) -> Iterator[Landmark]:
    """Where the items of lists begin, with the marks that the file has for them."""
    for segment in layout.segments:
        if segment.label == _ITEM:
            start = segment.source.start
            before = layout.sources[segment.part][max(0, start - _REACH) : start]
            if mark := _MARK.search(before):
                yield Landmark(segment.view.start, mark[1] or "•")


def shapes(layout: Layout) -> Iterator[Shape]:
    """The layout of texts that have headings, lists and tables; in order."""
    for segment in layout.segments:
        if segment.label == _HEADING:
            yield Shape(segment.view, "heading")
    for before, behind in pairwise(layout.segments):
        if before.label == behind.label and behind.label in (_ITEM, _CELL):
            is_row = before.label == _CELL and not _is_new_row(layout, before, behind)
            at = before.view.end
            yield Shape(Span(at, at + 1), "column" if is_row else "line", is_row)
            yield Shape(Span(at + 1, behind.view.start), "spare", is_row)


def _is_new_row(layout: Layout, before: Segment, behind: Segment) -> bool:
    between = layout.sources[behind.part][before.source.end : behind.source.start]
    return bool(_ROW.search(between)) if "<" in between else "\n" in between


def segments(layout: Layout) -> Iterator[Landmark]:
    """The segments that have a name of their own; that much is a paragraph nobody need be told."""
    labels = Counter(segment.label for segment in layout.segments)
    for segment in layout.segments:
        if labels[segment.label] == 1 and segment.label not in _KINDS:
            yield Landmark(segment.view.start, shown(segment.label))


def tags(layout: Layout) -> Iterator[Tag]:
    """What stands for a tag in the text, and in translations the tags beside prose; in order.

    Tags around all of a text are the file's, and not told.
    """
    at = 0
    for segment in layout.segments:
        first = at
        while at < len(layout.pieces) and layout.pieces[at].view.start < segment.view.end:
            at += 1
        yield from _in_segment(layout, segment, layout.pieces[first:at])


def _in_segment(layout: Layout, segment: Segment, pieces: Iterable[Piece]) -> Iterator[Tag]:
    source = layout.sources[segment.part]
    behind = segment.source.start
    for piece in pieces:
        if piece.view.start < segment.view.start:  # what parts it from the one before
            continue
        if segment.original:
            for tag in _TAG.findall(source, behind, piece.source.start):
                yield Tag(piece.view.start, False, _brief(tag))
        if layout.view.startswith(SEEN, piece.view.start) and piece.kind is Kind.FIXED:
            yield Tag(piece.view.start, True, _brief(source[slice(*piece.source)]))
        behind = piece.source.end


def _brief(tag: str) -> str:
    """*tag* as far as people know it by: of one that is long, its name and what it says first."""
    words = " ".join(tag.split())
    if len(words) > _LONGEST:
        begin = _BEGIN.match(words)
        words = f"{begin[0] if begin else words[:_LONGEST]} …>"
    return shown(words)
