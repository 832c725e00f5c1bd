r"""TOML: the chosen fields are prose; keys, numbers, dates, comments and the way each string is written stay.

Strings are those of TOML 1.0.  Python's own reader says whether the file is right; a string that is read otherwise here than there is left
alone.  A file that holds nothing but messages, as Hugo and go-i18n have them, needs no choice.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from mtclean.formats.fields import ALL, Fields
from mtclean.formats.format import Asked, Choices, Format, Sources, Unreadable
from mtclean.formats.json_ import is_catalog
from mtclean.formats.layout import Builder, Escape, Layout, Part, as_it_is, trimmed
from mtclean.text.model import Span

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_TOKEN = re.compile(
    r"(?P<gap>[ \t]+|#[^\n]*)|(?P<line>\r?\n)"
    r'|(?P<string>"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*')"
    r"|(?P<mark>\[\[|\]\]|[\[\]{}=,.])|(?P<bare>[^\s\[\]{}=,.#\"']+)",
    re.DOTALL,
)
_PARTS = {
    '"': re.compile(
        r"(?P<none>\\[ \t]*\r?\n\s*)|(?P<line>\r?\n)"
        r"|(?P<escape>\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.))|(?P<plain>[^\\\r\n]+|\r)"
    ),
    "'": re.compile(r"(?P<none>(?!))|(?P<line>\r?\n)|(?P<escape>(?!))|(?P<plain>[^\r\n]+|\r)"),
}
_QUANTITIES = ("zero", "one", "two", "few", "many", "other")
_ABOUT = ("id", "hash", "description", "leftDelim", "rightDelim")
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


class _String(NamedTuple):
    path: str
    span: Span
    """With its quotation marks."""
    marks: int
    """So many stand at either end."""


def escaped(text: str) -> str:
    """*text* as it is written between double quotation marks."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")


def finished(field: str) -> str:
    """*field*, a string in single quotation marks, in double ones if it has such a mark in it now."""
    inside = field[1:-1]
    return f'"{escaped(inside)}"' if "'" in inside else field


def read(sources: Sources, choices: Choices) -> Layout:
    """The chosen fields of what is in *sources*, named as those of JSON.

    Raises :class:`NotChosen` where none is or none is there, and :class:`Unreadable` where it is no TOML.
    """
    source = sources[""]
    value = _value(source)
    fields = Fields(choices.fields or _of_messages(value))
    known = dict(_flat(value, ""))
    builder = Builder(source)
    left = 0
    for string in _strings(source):
        if not fields.has(string.path):
            continue
        parts = list(_parts(source, string))
        if "".join(part.looks for part in parts) != known.get(string.path):
            left += 1
            continue
        _put(builder, parts, string)
    fields.check()
    if left:
        builder.remark(
            f"{left} {'text is' if left == 1 else 'texts are'} written in a way that is not read."
        )
    return builder.layout()


def _value(source: str) -> object:
    try:
        return tomllib.loads(source.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(str(error)) from error
    except RecursionError as error:
        raise Unreadable("its values are nested too deeply") from error


def _of_messages(value: object) -> tuple[str, ...]:
    """The fields that are prose in *value* where it is a catalog of messages; none where it is something else."""
    if isinstance(value, dict) and value and all(map(_is_message, value.values())):
        return _QUANTITIES
    return (ALL,) if is_catalog(value) else ()


def _is_message(value: object) -> bool:
    """Whether *value* is a message of go-i18n: forms by CLDR's categories, and what is said of them."""
    return isinstance(value, dict) and "other" in value and value.keys() <= {*_QUANTITIES, *_ABOUT}


def _flat(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every string in *value*, which is at *path*, by its path."""
    opened = [(value, path)]
    while opened:
        value, path = opened.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            opened.extend((own, f"{path}.{key}" if path else key) for key, own in value.items())
        elif isinstance(value, list):
            opened.extend((own, f"{path}[{index}]") for index, own in enumerate(value))


class _Scanner:
    """Goes through a file that is known to be right, and says where its strings are."""

    def __init__(self, source: str) -> None:
        start = 1 if source.startswith("\ufeff") else 0
        self._tokens = [m for m in _TOKEN.finditer(source, start) if not m["gap"]]
        self._at = 0
        self._tables: Counter[str] = Counter()
        """How many tables each array of tables has by now."""

    def strings(self) -> Iterator[_String]:
        table = ""
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token["line"]:
                self._at += 1
            elif token.group() in ("[", "[["):
                self._at += 1
                keys = self._keys()
                table = self._named(keys, is_array=token.group() == "[[")
                self._at += 1
            else:
                path = ".".join((*filter(None, [table]), *self._keys()))
                self._at += 1
                yield from self._of_value(path)

    def _named(self, keys: list[str], *, is_array: bool) -> str:
        path = ""
        for number, key in enumerate(keys, 1):
            path = f"{path}.{key}" if path else key
            if is_array and number == len(keys):
                self._tables[path] += 1
            if self._tables[path]:
                path = f"{path}[{self._tables[path] - 1}]"
        return path

    def _keys(self) -> list[str]:
        """The key that is next, part by part, up to what follows it."""
        keys: list[str] = []
        while (token := self._tokens[self._at]).group() not in ("=", "]", "]]"):
            if token["string"]:
                keys.append("".join(part.looks for part in _parts(token.string, _string(token))))
            elif token["bare"]:
                keys.append(token.group())
            self._at += 1
        return keys

    def _of_value(self, path: str) -> Iterator[_String]:
        """The strings in the value that is next; each list and table that is open has its path and what is read of it."""
        opened: list[tuple[str, int]] = []
        here = path
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            said = token.group()
            if token["line"] and not opened:
                return
            self._at += 1
            if token["string"]:
                yield _string(token, here)
            elif said in ("[", "[["):
                for _ in said:
                    opened.append((here, 0))
                    here = f"{here}[0]"
            elif said == "{":
                opened.append((here, -1))
                here = self._in_table(here)
            elif said in ("]", "]]", "}"):
                for _ in said:
                    here = opened.pop()[0]
            elif said == "," and opened:
                outer, index = opened[-1]
                if index < 0:
                    here = self._in_table(outer)
                else:
                    opened[-1] = outer, index + 1
                    here = f"{outer}[{index + 1}]"

    def _in_table(self, outer: str) -> str:
        """The path to the value that is next in the table at *outer*, behind its key; *outer* where there is none."""
        if self._tokens[self._at].group() == "}":
            return outer
        keys = self._keys()
        self._at += 1
        return ".".join((outer, *keys))


def _strings(source: str) -> Iterator[_String]:
    return _Scanner(source).strings()


def _string(token: re.Match[str], path: str = "") -> _String:
    said = token.group()
    marks = 3 if len(said) >= 6 and said[:3] in ('"""', "'''") else 1
    return _String(path, Span(*token.span()), marks)


def _parts(source: str, string: _String) -> Iterator[Part]:
    """What *string* is made of; the end of the first line of one that begins with it looks like nothing."""
    start, end = string.span.start + string.marks, string.span.end - string.marks
    if string.marks > 1:
        start += len("\r\n") if source.startswith("\r\n", start) else source.startswith("\n", start)
    for part in _PARTS[source[string.span.start]].finditer(source, start, end):
        said, span = part.group(), Span(*part.span())
        if part["plain"]:
            yield Part(said, span, is_prose=True)
        elif part["line"]:
            yield Part("\n", span, is_prose=False)
        elif part["escape"]:
            looks = _ESCAPES.get(said[1]) or chr(int(said[2:], 16))
            yield Part(looks, span, is_prose=looks.isprintable())


def _put(builder: Builder, parts: list[Part], string: _String) -> None:
    builder.put(trimmed(parts, attrgetter("looks")))
    mark = builder.source[string.span.start]
    escape: Escape = escaped if mark == '"' else as_it_is
    finish: Escape = finished if mark == "'" and string.marks == 1 else as_it_is
    builder.end_segment(string.path, string.span, escape=escape, finish=finish, key=string.path)


FORMAT = Format("toml", "TOML", frozenset({".toml"}), read, asks=Asked.FIELD)
