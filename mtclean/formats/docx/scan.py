"""A part of a Word document, element by element, by handlers that are named after the elements.

Of :func:`mtclean.formats.xml.events` it has what is needed here, in a fifth of the time: a page of Word is a thousand
elements, and most of them say nothing of its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar
from xml.parsers import expat

from mtclean.formats.code_points import CodePoints
from mtclean.formats.format import Unreadable
from mtclean.formats.xml import DEEPEST

_MOST_ELEMENTS = 2_000_000
"""In one part; a book of 1,000 pages has some 500,000."""
_QUOTE_OR_END = re.compile("[\"'>]")

Said = Mapping[str, str]
"""Attributes by their names, with their prefixes."""
Handler = Callable[..., None]


def end_of_tag(source: str, at: int) -> int:
    """The code point behind the tag that begins at *at*; an attribute may hold the mark that ends it."""
    while (match := _QUOTE_OR_END.search(source, at)) and match[0] != ">":
        at = source.index(match[0], match.end()) + 1
    assert match is not None, "a tag has an end"
    return match.end()


class Scanner:
    """Goes through a part and calls the methods that ``STARTS`` and ``ENDS`` name for elements of Word's own.

    ``FOREIGN`` are those of other namespaces.  Names are without prefix; which one is Word's is that of the first
    element.  A method for a start gets the name and the attributes, one for an end nothing.
    """

    STARTS: ClassVar[Mapping[str, str]] = {}
    FOREIGN: ClassVar[Mapping[str, str]] = {}
    ENDS: ClassVar[Mapping[str, str]] = {}

    def __init__(self, source: str) -> None:
        self.source = source
        try:
            self._data = source.encode()
        except UnicodeEncodeError as error:
            raise Unreadable(f"code point {error.start} of a part is no character") from error
        self._parser = expat.ParserCreate("utf-8")
        self._word = ""
        self._starts: dict[str, Handler | None] = {}
        self._ends: dict[str, Handler | None] = {}
        self._depth = self._elements = 0
        self._skipped_at = 0
        self._code_point = CodePoints(self._data).at

    def scan(self) -> None:
        """Go through the part.  Raises :class:`Unreadable`.  Takes time in proportion to it."""
        parser = self._parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(self._data, True)
        except expat.ExpatError as error:
            why = expat.ErrorString(error.code)
            raise Unreadable(f"line {error.lineno} of a part: {why}") from error
        finally:  # a parser that knows its reader is a circle
            parser.StartElementHandler = parser.EndElementHandler = None
            parser.StartDoctypeDeclHandler = None

    def skip(self) -> None:
        """Pass over all that is in the element that starts here."""
        self._skipped_at = self._depth

    def said(self, attributes: Said, name: str, otherwise: str = "") -> str:
        """What Word's attribute *name* says."""
        return attributes.get(self._word + name, otherwise)

    def here(self) -> int:
        """The code point of the tag that is being handled."""
        return self._code_point(self._parser.CurrentByteIndex)

    def behind(self) -> int:
        """The code point behind the start tag that is being handled."""
        return end_of_tag(self.source, self.here())

    def _start(self, name: str, attributes: Said) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > DEEPEST:
            raise Unreadable(f"there are over {DEEPEST} elements in one another")
        if self._elements > _MOST_ELEMENTS:
            raise Unreadable(f"a part of it has over {_MOST_ELEMENTS:,} elements")
        if self._skipped_at:
            return
        try:
            handler = self._starts[name]
        except KeyError:
            handler = self._starts[name] = self._handler(name, self.STARTS)
        if handler is not None:
            handler(attributes)

    def _end(self, name: str) -> None:
        if self._skipped_at:
            if self._skipped_at == self._depth:
                self._skipped_at = 0
            self._depth -= 1
            return
        self._depth -= 1
        try:
            handler = self._ends[name]
        except KeyError:
            handler = self._ends[name] = self._handler(name, self.ENDS)
        if handler is not None:
            handler()

    def _handler(self, name: str, known: Mapping[str, str]) -> Handler | None:
        """The method for elements that are so called."""
        prefix, colon, local = name.rpartition(":")
        if self._elements == 1 and known is self.STARTS:
            self._word = prefix + colon
        if prefix + colon != self._word:
            known = self.FOREIGN if known is self.STARTS else {}
        method = known.get(local)
        if method is None:
            return None
        return (
            getattr(self, method) if known is self.ENDS else partial(getattr(self, method), local)
        )

    def _doctype(self, *_: object) -> None:
        raise Unreadable("a part of it declares a document type, which may hold entities")
