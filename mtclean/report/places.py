"""Where in its file a place of a document is: line and column, bytes, and the segment it is in."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from mtclean.formats import Source
from mtclean.report.record import Record
from mtclean.text import Span

_STEP = 4096
"""Code points between two places of which the byte is kept."""
_OF_STATES = ("utf-7", "iso2022", "hz")
"""Encodings in which what a byte stands for depends on those before it."""


class Position(NamedTuple):
    r"""A place as editors give it: both from 1, the column in code points; ``\n`` ends a line."""

    line: int
    column: int


class Places:
    """Finds offsets of a record's original in its file, in O(log lines).

    An archive has no lines: there they are found in its text, as the report shows it.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._segments = record.layout
        self.in_archive = record.layout is not None and record.layout.is_archive
        self._layout = None if self.in_archive else record.layout
        self._sources = {"": record.original} if self._layout is None else self._layout.sources

    def position(self, offset: int) -> Position:
        """Line and column of *offset*."""
        part, at = self._layout.source_at(offset) if self._layout else ("", offset)
        starts = self._starts[part]
        line = bisect_right(starts, at)
        return Position(line, at - starts[line - 1] + 1)

    def end(self, span: Span) -> Position:
        """Line and column of the end of *span*."""
        part, (_, at) = self._in_file(span)
        starts = self._starts[part]
        line = bisect_right(starts, at)
        return Position(line, at - starts[line - 1] + 1)

    def span(self, span: Span) -> Span:
        """The code points of the file's text that *span* is."""
        return self._in_file(span)[1]

    def label(self, span: Span) -> str:
        """The segment that *span* begins in, for people; empty where the file is nothing but a text."""
        layout = self._segments
        return layout.segment_at(span.start).label if layout and layout.segments else ""

    def bytes_of(self, span: Span) -> Span | None:
        """The bytes of the file that *span* is; None in an archive, and where bytes do not stand for themselves."""
        if self._bytes is None:
            return None
        start, end = self.span(span)
        return Span(self._byte(start), self._byte(end))

    def _in_file(self, span: Span) -> tuple[Source, Span]:
        return self._layout.source_span(span) if self._layout else ("", span)

    @cached_property
    def _starts(self) -> dict[Source, list[int]]:
        return {part: _line_starts(text) for part, text in self._sources.items()}

    @cached_property
    def _bytes(self) -> list[int] | None:
        """The byte that every so many code points begin at."""
        source = self._record.source
        if self.in_archive or source.encoding.startswith(_OF_STATES):
            return None
        text = self._sources[""]
        try:
            marks = [len("\ufeff".encode(source.encoding)) if source.bom else 0]
            for at in range(0, len(text), _STEP):
                marks.append(marks[-1] + len(self._encoded(at, at + _STEP)))
        except (
            UnicodeEncodeError,
            LookupError,
        ):  # it was read from a file of ours that somebody made
            return None
        return marks

    def _byte(self, at: int) -> int:
        assert self._bytes is not None
        step = at // _STEP
        return self._bytes[step] + len(self._encoded(step * _STEP, at))

    def _encoded(self, start: int, end: int) -> bytes:
        return self._sources[""][start:end].encode(self._record.source.encoding, "surrogateescape")


def _line_starts(text: str) -> list[int]:
    starts = [0]
    while (at := text.find("\n", starts[-1])) >= 0:
        starts.append(at + 1)
    return starts
