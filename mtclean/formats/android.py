r"""Android's string resources: ``string``, and the items of ``plurals`` and ``string-array``, are prose.

XML with escapes of its own, ``\'`` and ``\u2019``, as "String resources" of Android's documentation has it.  Names,
comments, styles, what is marked ``translatable="false"`` and references (``@string/ok``) stay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from mtclean.formats.format import Choices, Format, Sources, Unreadable
from mtclean.formats.layout import Builder, Layout
from mtclean.formats.xml import (
    SEEN,
    Event,
    FlowReader,
    Kind,
    Role,
    declared,
    escaped_in_cdata,
    events,
    is_unicode,
    put,
)
from mtclean.formats.xml import escaped as escaped_in_xml

_LISTS = frozenset(["plurals", "string-array"])
_REFERENCE = re.compile(r"\s*[@?](?:\+?[\w.]{1,100}:)?[\w.]{1,40}/[\w.]{1,200}\s*")
_ESCAPES = {"\\'": "'", '\\"': '"', "\\\\": "\\", "\\@": "@", "\\?": "?"}
_OF_PROGRAM = {"\\n": "\n", "\\t": "\t"}
_OWN = r'|(?P<escape>\\(?:u[0-9a-fA-F]{4}|[^\r\n]))|(?P<mark>")'
_SPACE = r"(?P<space>(?!))|(?P<spaces>[ \t]*\r?\n[ \t\r\n]*|[ \t]{2,})"
_TEXT = re.compile(
    _SPACE + _OWN + r"|(?P<twice>&lt;[/!?a-zA-Z](?:(?!&[lg]t;)[^<>]){0,500}(?:>|&gt;))"
    r"|(?P<one>&#?[0-9a-zA-Z_:.-]{1,60};)"
    r"|(?P<plain>[^&\\\"\r\n \t]+(?: [^&\\\"\r\n \t]+)*|[ \t]|[\r&\\])"
)
_IN_CDATA = re.compile(
    _SPACE + _OWN + r"|(?P<twice>&#?[0-9a-zA-Z]{1,31};|<[/!?a-zA-Z][^<>]{0,500}>)|(?P<one>(?!))"
    r"|(?P<plain>[^&<\\\"\r\n \t]+(?: [^&<\\\"\r\n \t]+)*|[ \t]|[\r&<\\])"
)


def escaped(text: str) -> str:
    """*text* as it is written between tags."""
    return escaped_in_xml(_backslashed(text))


def escaped_cdata(text: str) -> str:
    """*text* as it is written in a CDATA section."""
    return escaped_in_cdata(_backslashed(text))


def _backslashed(text: str) -> str:
    return re.sub(r"[\\'\"@]", r"\\\g<0>", text).replace("\n", "\\n").replace("\t", "\\t")


class _Text(FlowReader):
    """Text with Android's escapes; what is in quotation marks keeps its white space, and they are not seen."""

    special = re.compile(r"[&\r\n\\\"]|[ \t]{2}")

    def __init__(self, source: str) -> None:
        super().__init__(source, preserve=True)
        self._is_quoted = False

    def role_of(self, name: str) -> Role:
        """Elements are those of HTML, but for what is not to be translated (``xliff:g``)."""
        return Role.CODE if name in ("g", "br") else Role.THROUGH

    def looks(self, name: str, said: Mapping[str, str], written: str) -> str:
        """What is not to be translated looks like its content."""
        if name == "br":
            return "\n"
        return html.unescape(written[written.find(">") + 1 : written.rfind("<")]).strip() or SEEN

    def pattern_of(self, *, in_cdata: bool) -> re.Pattern[str]:
        """As that of XML, and ``escape``, ``mark`` and ``spaces``."""
        return _IN_CDATA if in_cdata else _TEXT

    def shown(self, token: re.Match[str]) -> tuple[str, bool]:
        """What an escape, a quotation mark or a run of white space looks like, and whether it is prose."""
        text = token.group()
        if token["mark"]:
            self._is_quoted = not self._is_quoted
            return "", False
        if token["spaces"]:
            return (text if self._is_quoted else " "), True
        if text in _ESCAPES:
            return _ESCAPES[text], True
        if len(text) == 6 and not 0xD800 <= int(text[2:], 16) < 0xE000:
            return chr(int(text[2:], 16)), True
        return _OF_PROGRAM.get(text, text), False


def read(sources: Sources, choices: Choices) -> Layout:
    """The strings in *sources*.  Raises :class:`Unreadable`."""
    return _Reader(sources[""]).layout()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._builder = Builder(source)
        self._language = self._list = self._label = self._key = ""
        self._item = 0
        self._names: list[tuple[str, bool]] = []
        """Of each element that is open its name, and whether it is to be translated."""
        self._text: _Text | None = None
        self._depth = self._start = 0

    def layout(self) -> Layout:
        for event in events(self._source):
            if event.kind is Kind.END:
                self._names.pop()
                if self._text and len(self._names) == self._depth:
                    self._put(self._text, event)
                    self._text = None
            if self._text:
                self._text.take(event)
            if event.kind is Kind.START:
                self._open(event)
                self._names.append((event.name, self._is_translated(event)))
        return self._builder.layout()

    def _is_translated(self, event: Event) -> bool:
        return event.attributes.get("translatable") != "false" and all(
            translated for _, translated in self._names[-1:]
        )

    def _open(self, event: Event) -> None:
        said, depth = event.attributes, len(self._names)
        if depth == 0:
            if event.name != "resources":
                raise Unreadable(f"its first element is <{event.name[:40]}>")
            self._language = said.get("locale", "")
        if self._text or not self._is_translated(event):
            return
        if depth == 1 and event.name in _LISTS:
            self._list, self._item = said.get("name", ""), 0
        is_item = depth == 2 and event.name == "item" and self._names[-1][0] in _LISTS
        if is_item:
            self._item += 1
            quantity = said.get("quantity")
            self._label = f"{self._list}, {quantity or f'item {self._item}'}"
            self._key = self._list + (f".{quantity}" if quantity else f"[{self._item}]")
        elif depth == 1 and event.name == "string":
            self._label = self._key = said.get("name", "")
        else:
            return
        self._text, self._depth, self._start = _Text(self._source), depth, event.end

    def _put(self, text: _Text, event: Event) -> None:
        if _REFERENCE.fullmatch(self._source, self._start, event.start):
            return
        put(
            self._builder, text.flow, self._label, language=self._language, original="",
            original_language="", state="", may_hold_cdata=is_unicode(self._source),
            escapes=(escaped, escaped_cdata), key=self._key,
        )  # fmt: skip


FORMAT = Format(
    "android",
    "a file of Android's strings",
    frozenset({"strings.xml", "plurals.xml", "arrays.xml"}),
    read,
    references=True,
    declared=declared,
    of_strings=True,
)
