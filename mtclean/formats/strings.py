r"""Strings of Apple's programs (``.strings``): the values are prose, keys and comments stay.

``"key" = "value";`` as Apple's "Resource Programming Guide" has it, in UTF-8 or UTF-16.  ``\n`` and ``\t`` belong to the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.formats.format import Choices, Format, Sources, Unreadable
from mtclean.formats.layout import WHITE, Builder, Layout
from mtclean.formats.xml import label_of
from mtclean.text.model import Span

_TOKEN = re.compile(
    r"(?P<gap>\s+|//[^\r\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)"
    r'|"(?P<string>[^"\\]*(?:\\.[^"\\]*)*)"'
    r"|(?P<bare>[\w.$:-]+)|(?P<mark>[=;])",
    re.DOTALL,
)
_PARTS = re.compile(r"\\(?:U[0-9a-fA-F]{4}|[0-7]{3}|.)|[^\\]+", re.DOTALL)
_SHOWN = {'\\"': '"', "\\'": "'", "\\\\": "\\"}
_OF_PROGRAM = {"\\n": "\n", "\\r": "\r", "\\t": "\t"}
_STRING = "s"
_ENTRIES = ("s=s;", "s;")  # the second is a key that is its own value


def escaped(text: str) -> str:
    """*text* as it is written between quotation marks."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def read(sources: Sources, choices: Choices) -> Layout:
    """The values in *sources*.  Raises :class:`Unreadable` where there is something else than entries."""
    source = sources[""]
    builder = Builder(source)
    for number, (key, value) in enumerate(_entries(source), 1):
        _add(builder, source, value)
        builder.end_segment(label_of(number, key), escape=escaped, key=key)
    return builder.layout()


def _entries(source: str) -> Iterator[tuple[str, Span]]:
    """The key of every entry that has a value, and where the content of that is."""
    strings: list[Span] = []
    shape, at = "", 0
    while at < len(source):
        token = _TOKEN.match(source, at)
        if token and not token["gap"]:
            shape += token["mark"] or _STRING
            if not token["mark"]:
                strings.append(Span(*token.span(token.lastgroup or 0)))
        if token is None or not any(known.startswith(shape) for known in _ENTRIES):
            line = source.count("\n", 0, at) + 1
            raise Unreadable(f"line {line}: there is no entry with a key, a value and a semicolon")
        at = token.end()
        if shape in _ENTRIES:
            if len(strings) == 2:
                yield source[slice(*strings[0])], strings[1]
            strings, shape = [], ""
    if shape:
        raise Unreadable("its last entry has no end")


def _add(builder: Builder, source: str, value: Span) -> None:
    text = source[slice(*value)]
    start, end = (
        value.start + len(text) - len(text.lstrip(WHITE)),
        value.end - len(text) + len(text.rstrip(WHITE)),
    )
    for part in _PARTS.finditer(source, start, max(start, end)):
        written, place = part.group(), part.span()
        if not written.startswith("\\"):
            builder.verbatim(*place)
        elif written in _SHOWN:
            builder.whole(_SHOWN[written], *place)
        elif written[1] == "U" and not 0xD800 <= int(written[2:], 16) < 0xE000:
            builder.whole(chr(int(written[2:], 16)), *place)
        else:
            builder.fixed(_OF_PROGRAM.get(written, written), *place)


FORMAT = Format(
    "strings", "a file of strings (.strings)", frozenset({".strings"}), read, of_strings=True
)
