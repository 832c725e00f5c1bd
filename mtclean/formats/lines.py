"""Lines of a page whose structure is told by lines and their indentation, and paragraphs folded from several of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from mtclean.formats.layout import Builder
from mtclean.text.model import Span

_LINE = re.compile(r"([^\S\r\n]*)([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_HEADER = re.compile(r"[A-Z][\w-]{0,40}:(?:\s|$)")
"""A line of the header of an e-mail, as proposals (PEP) begin."""
_TAB = 8
"""Columns from one tab stop to the next."""

NO_BLANK = r"(?!)"
"""For :class:`Writing`: where a line begins says what it is, so that all white space has to stay that is no prose."""
SHORTEST_PROSE = 3
"""Words from which a cell of a table is prose; shorter ones are names, values and commands."""
ENTRIES = frozenset({"heading", "list item", "table cell", "term"})
"""Labels of what needs no stop at its end."""


class Line(NamedTuple):
    """A line: its text is ``source[first:end]``, without white space around it, and begins at ``column``."""

    first: int
    end: int
    column: int

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return self.first >= self.end


def lines_of(source: str) -> list[Line]:
    """The lines of *source*."""
    lines: list[Line] = []
    at = 0
    while at < len(source) and (match := _LINE.match(source, at)):
        first, text = match.start(2), match[2].rstrip()
        lines.append(Line(first, first + len(text), column_behind(0, match[1]) if text else 0))
        at = match.end()
    return lines


def behind_header(source: str, lines: Sequence[Line]) -> int:
    """The number of the line behind those at the beginning that are as those of an e-mail; 0 where there are none."""
    first = next((number for number, line in enumerate(lines) if not line.is_blank), 0)
    for number, line in enumerate(lines[first:], first):
        if line.is_blank:
            return number if number > first + 1 else 0
        if not line.column and not _HEADER.match(source, line.first, line.end + 1):
            break
    return 0


def column_behind(column: int, text: str) -> int:
    """The column behind *text*, which begins at *column*."""
    *before, last = text.split("\t")
    for part in before:
        column = (column + len(part)) // _TAB * _TAB + _TAB
    return column + len(last)


def columns_of(text: str) -> int:
    """How many columns *text* takes in a terminal, where Asian characters are wide."""
    if text.isascii():
        return len(text)
    return sum((east_asian_width(c) in "WF") + 1 - bool(combining(c)) for c in text)


class Sign(Enum):
    """What something in a passage is that is no prose as it stands."""

    SEAM = "has no width in its line"
    FIXED = "is no prose"
    WHOLE = "stands for something else"
    NOTE = "is a note to what is before it, and has no width"
    LINK = "begins a link, and has no width"
    LINK_END = "ends a link, and has no width"


class Mark(NamedTuple):
    """``text[start:end]`` of a passage is a ``sign``, and ``looks`` so where it has a width."""

    start: int
    end: int
    sign: Sign = Sign.SEAM
    looks: str = ""


class Folded:
    """Runs of a source, a line each, that are one passage: ``text`` has a newline between two of them."""

    def __init__(self, source: str, spans: Sequence[Span]) -> None:
        self.text = "\n".join(source[slice(*span)] for span in spans)
        self._places = [span.start for span in spans]
        self._starts = [0]
        for span in spans[:-1]:
            self._starts.append(self._starts[-1] + span.end - span.start + 1)

    def place(self, at: int) -> int:
        """Where *at* of the text is in the source."""
        line = bisect_right(self._starts, at) - 1
        return self._places[line] + at - self._starts[line]

    def add_to(self, builder: Builder, marks: Iterable[Mark]) -> None:
        """Add the passage to the segment of *builder*: all is prose but for *marks*, which are in order and apart."""
        at = 0
        for mark in marks:
            self._prose(builder, at, mark.start)
            self._mark(builder, mark)
            at = mark.end
        self._prose(builder, at, len(self.text))

    def _mark(self, builder: Builder, mark: Mark) -> None:
        place = self.place(mark.start), self.place(mark.end)
        if mark.sign is Sign.FIXED:
            builder.fixed(mark.looks.replace("\n", " "), *place)
        elif mark.sign is Sign.WHOLE:
            builder.whole(mark.looks, *place)
        else:
            builder.seam()
        if mark.sign is Sign.NOTE:
            builder.mark()
        elif mark.sign is Sign.LINK:
            builder.open_link()
        elif mark.sign is Sign.LINK_END:
            builder.close_link()

    def _prose(self, builder: Builder, start: int, end: int) -> None:
        """Prose from *start* to *end*, where the end of a line is a space, as it is shown."""
        while start < end:
            newline = self.text.find("\n", start, end)
            stop = end if newline < 0 else newline
            builder.verbatim(self.place(start), self.place(stop))
            if newline >= 0 and builder.is_in_segment:
                builder.seam()  # lines are their author's
                builder.whole(" ", self.place(newline), self.place(newline + 1))
            start = stop + 1
