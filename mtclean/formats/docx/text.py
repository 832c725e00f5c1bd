"""How prose stands in a run of a Word document: ``<w:t xml:space="preserve">late. </w:t>``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from mtclean.formats.docx.scan import end_of_tag
from mtclean.formats.layout import SourceEdit, Writing
from mtclean.formats.xml import escaped
from mtclean.text.model import Edit
from mtclean.text.trail import apply

SPACE = " \t\r\n"
"""White space to XML, which is not kept at the ends of a text unless it says so; a no-break space is."""
PRESERVE = ' xml:space="preserve"'

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Position(NamedTuple):
    """Where a text stands: its start tag, and what is between that and the end tag."""

    tag: int
    start: int
    end: int


def written(text: str) -> str:
    """*text* as it is written in a run, which has no line breaks."""
    return escaped(_ILLEGAL.sub("\ufffd", re.sub(r"\r\n?|[\n\t]", " ", text)))


class PlaceFinder:
    """Finds the texts of a part that code points are in; of one after the other in a text that is quick."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._last = Position(0, 0, -1)

    def at(self, at: int) -> Position:
        """The text that *at* is in."""
        if not self._last.start <= at <= self._last.end:
            tag = self._source.rfind("<", 0, at)
            start = end_of_tag(self._source, tag)
            self._last = Position(tag, start, self._source.find("<", start))
        return self._last


def preserving(source: str, edits: Sequence[SourceEdit]) -> list[SourceEdit]:
    """*edits*, in order, and with them what keeps the spaces that they leave at the ends of a text."""
    made: list[SourceEdit] = []
    finder = PlaceFinder(source)
    for place, group in groupby(edits, key=lambda edit: finder.at(edit.start)):
        own = list(group)
        tag, content = source[place.tag : place.start], source[place.start : place.end]
        if "xml:space" in tag:
            made += own
            continue
        # white space at its ends, which is not seen now, must not come to be
        start = place.start + len(content) - len(content.lstrip(SPACE))
        end = place.start + len(content.rstrip(SPACE))
        inside = [Edit(e.start - start, e.end - start, e.replacement) for e in own]
        after = apply(source[start:end], inside)
        if after == after.strip(SPACE):
            made += own
            continue
        part = own[0].part
        made.append(SourceEdit(part, place.start - 1, place.start - 1, PRESERVE))
        made += [SourceEdit(part, place.start, start, "")] * (place.start < start)
        made += own
        made += [SourceEdit(part, end, place.end, "")] * (end < place.end)
    return made


WRITING = Writing(only_in_pieces=True, completed=preserving, may_add=PRESERVE)
