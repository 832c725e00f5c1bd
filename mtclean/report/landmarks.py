"""What a file has beside its prose that people want to see there: where its segments begin, and tags."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

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
_LIST = re.compile(r"<(/?)(?:ul|ol|menu)\b", re.IGNORECASE)
_DEEPER = "\u2003\u2003"
"""What stands before the mark of an item for each that it is in."""
_DEEPEST = 6
_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_CELL_BEGINS = re.compile(r"<t[dh]\b|(?<!\\)\|", re.IGNORECASE)
_BAR = "\t│"
"""What parts two cells: to the next stop, where there is room for columns."""
_STOPS = (6, 9, 12, 16)
_WIDEST_ROW = 32
"""In heights of a letter, as the stops that columns are set at."""
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
    no line at all, and has ``words`` to be seen in its place; so have first cells without a text.
    """

    span: Span
    name: str
    is_in_row: bool = False
    words: str = ""


class Cell(NamedTuple):
    """A cell of a table, how many cells without a text stand before it in its row, and whether it begins one.

    ``width`` is about what it takes on the page, in heights of its letters.
    """

    segment: Segment
    skipped: int
    begins_row: bool
    width: float


def items(layout: Layout) -> Iterator[Landmark]:
    """Where the items of lists begin, with the marks that the file has for them, as deep as they are."""
    columns: list[int] = []  # of the marks of the items that the one before is in, and its own
    lists = _Lists(layout)
    for segment in layout.segments:
        if segment.label == _HEADING:
            columns = []
        if segment.label != _ITEM:
            continue
        start = segment.source.start
        source, first = layout.sources[segment.part], max(0, start - _REACH)
        mark = _MARK.search(source, first, start)
        if mark is None:
            continue
        if mark[1]:
            column = mark.start(1) - source.rfind("\n", first, mark.start(1))
            columns = [*(one for one in columns if one < column), column]
        depth = len(columns) if mark[1] else lists.around(segment)
        yield Landmark(segment.view.start, _DEEPER * min(_DEEPEST, depth - 1) + (mark[1] or "•"))


class _Lists:
    """How many of HTML's lists are open at a place of the file."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._known: dict[str, tuple[list[int], list[int]]] = {}

    def around(self, segment: Segment) -> int:
        if segment.part not in self._known:
            offsets, depths = [-1], [0]
            for tag in _LIST.finditer(self._layout.sources[segment.part]):
                offsets.append(tag.start())
                depths.append(max(0, depths[-1] + (-1 if tag[1] else 1)))
            self._known[segment.part] = offsets, depths
        offsets, depths = self._known[segment.part]
        return depths[bisect_left(offsets, segment.source.start) - 1]


def shapes(layout: Layout) -> Iterator[Shape]:
    """The layout of texts that have headings, lists and tables; in order."""
    for segment in layout.segments:
        if segment.label == _HEADING:
            yield Shape(segment.view, "heading")
    for before, behind in pairwise(layout.segments):
        if before.label == behind.label == _ITEM:
            yield from _parting(before, behind, Shape(_end_of(before), "line"))
    for is_table, some in groupby(layout.segments, lambda segment: segment.label == _CELL):
        if is_table:
            yield from _table(list(_cells(layout, some)))


def _table(cells: list[Cell]) -> Iterator[Shape]:
    style = f"column {_stop_of(cells)}".strip()
    for cell in cells:
        if cell.begins_row and cell.skipped:
            at = cell.segment.view.start
            yield Shape(Span(at, at), style, words=_BAR * cell.skipped + " ")
    for before, behind in pairwise(cells):
        shape = Shape(_end_of(before.segment), "line")
        if not behind.begins_row:
            shape = Shape(shape.span, style, True, _BAR * (1 + behind.skipped))
        yield from _parting(before.segment, behind.segment, shape)


def _parting(before: Segment, behind: Segment, shape: Shape) -> Iterator[Shape]:
    yield shape
    yield Shape(Span(shape.span.end, behind.view.start), "spare", shape.is_in_row)


def _end_of(segment: Segment) -> Span:
    return Span(segment.view.end, segment.view.end + 1)


def _cells(layout: Layout, some: Iterable[Segment]) -> Iterator[Cell]:
    before: Segment | None = None
    for segment in some:
        source = layout.sources[segment.part]
        is_near = before is not None and before.part == segment.part
        start = before.source.end if before and is_near else max(0, segment.source.start - _REACH)
        between = source[start : segment.source.start]
        row = max(
            (match.end() for match in _ROW.finditer(between)),
            default=-1 if "<" in between else between.rfind("\n"),
        )
        begins_row = row >= 0 or not is_near
        begun = len(_CELL_BEGINS.findall(between, max(0, row)))
        width = sum(map(_width, layout.view[slice(*segment.view)]))
        yield Cell(segment, max(0, begun - 1), begins_row, width)
        before = segment


def _stop_of(cells: list[Cell]) -> str:
    """The class of the stops at which the columns stand; none where there is no room for them."""
    inner = [before for before, behind in pairwise(cells) if not behind.begins_row]
    widest = max((cell.width for cell in inner), default=0)
    column = most = 0
    for cell in cells:
        column = (0 if cell.begins_row else column + 1) + cell.skipped
        most = max(most, column)
    fitting = (stop for stop in _STOPS if widest < stop - 1 and most * stop <= _WIDEST_ROW)
    return next((f"t{stop}" for stop in fitting), "")


def _width(letter: str) -> float:
    return 1 if east_asian_width(letter) in "WF" else 0.5


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
