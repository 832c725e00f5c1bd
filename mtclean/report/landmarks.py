"""What a file has beside its prose that people want to see there: where its segments begin, and tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from mtclean.formats.layout import BETWEEN, Layout, Piece, Segment
from mtclean.formats.xml import SEEN
from mtclean.report.visible import shown

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


def segments(layout: Layout) -> Iterator[Landmark]:
    """The segments that have a name of their own; that much is a paragraph nobody need be told."""
    labels = Counter(segment.label for segment in layout.segments)
    for segment in layout.segments:
        if labels[segment.label] == 1:
            yield Landmark(segment.view.start, shown(segment.label))


def tags(layout: Layout) -> Iterator[Tag]:
    """What stands for a tag in the text, and in translations the tags beside prose; in order.

    Tags around all of a text are the file's, and not told.
    """
    for segment, pieces in groupby(
        layout.pieces, lambda piece: layout.segment_at(piece.view.start)
    ):
        yield from _in_segment(layout, segment, pieces)


def _in_segment(layout: Layout, segment: Segment, pieces: Iterator[Piece]) -> Iterator[Tag]:
    source = layout.sources[segment.part]
    behind = segment.source.start
    for piece in pieces:
        looks = layout.view[slice(*piece.view)]
        if looks == BETWEEN and piece.view.start == segment.view.end:
            continue
        if segment.original:
            for tag in _TAG.findall(source, behind, piece.source.start):
                yield Tag(piece.view.start, False, _brief(tag))
        if looks == SEEN:
            yield Tag(piece.view.start, True, _brief(source[slice(*piece.source)]))
        behind = piece.source.end


def _brief(tag: str) -> str:
    """*tag* as far as people know it by: of one that is long, its name and what it says first."""
    words = " ".join(tag.split())
    if len(words) > _LONGEST:
        begin = _BEGIN.match(words)
        words = f"{begin[0] if begin else words[:_LONGEST]} …>"
    return shown(words)
