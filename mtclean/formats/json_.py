r"""JSON and JSON Lines: the chosen fields are prose; keys, numbers, order and white space stay.

Strings are those of RFC 8259.  A file of ASCII alone stays one: what is put in is written ``\u2019``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from mtclean.formats.fields import ALL, Fields
from mtclean.formats.format import Asked, Choices, Format, Sources, Unreadable
from mtclean.formats.layout import Builder, Escape, Layout
from mtclean.text.model import Span

_TOKEN = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}\[\],]')
_SEVERAL = re.compile(r"[^\W\d_]{2} +[^\W\d_]{2}")
_ABOUT, _OF_ALL = "@", "@@"
"""Before the key of a bundle's text stands the first of these where something is said of it, the second where of all of them."""
_LINES: Final = object()
"""In place of a file's one value, where there is one in each line."""
_FEWEST = 10
"""Texts of a catalog; in fewer there may be a value among them that only looks like one."""
_PARTS = re.compile(
    r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[0-9a-fA-F]{4}|\\.|[^\\]+"
)


def escaped(text: str) -> str:
    """*text* as a string of JSON has it."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def escaped_in_ascii(text: str) -> str:
    """The same in a file that has nothing but ASCII."""
    return json.dumps(text)[1:-1]


def read(sources: Sources, choices: Choices) -> Layout:
    """The chosen fields of what is in *sources*: one value, or one in each line.

    A field is named by its last keys, ``text`` or ``items.*.text``, and a list counts for its members (``items[].text``
    is ``items.text``); ``*`` is any key, and alone all strings there are.  Of a catalog, objects
    with nothing but texts in them, and of an Application Resource Bundle (ARB) nothing has to be chosen; what that says
    of a text, under the same key with ``@`` before it, is none.  Raises :class:`NotChosen` where none is or
    none is there, and :class:`Unreadable` where it is no JSON.
    """
    source = sources[""]
    value = _value(source)
    by_lines = value is _LINES
    is_messages = not choices.fields and not by_lines and is_catalog(value)
    locale = None if choices.fields or by_lines else _locale_of_bundle(value)
    del value  # it takes several times as much as the text
    fields = Fields((ALL,) if is_messages or locale is not None else choices.fields)
    builder = Builder(source)
    if is_messages and locale is None:
        builder.remark("No field was chosen: it holds nothing but texts, and all of them are read.")
    escape = escape_of(source)
    for path, span in strings(source, by_lines=by_lines):
        if locale is not None and path.startswith(_ABOUT):
            continue
        if fields.has(path.partition(": ")[2] if by_lines else path):
            add(builder, source, span)
            builder.end_segment(
                path, span, language=locale or "", escape=escape, key="" if by_lines else path
            )
    fields.check()
    return builder.layout()


def escape_of(source: str) -> Escape:
    """How text is written into a string of *source*."""
    return escaped_in_ascii if source.isascii() else escaped


def _value(source: str) -> object:
    """The value of *source*, or :data:`_LINES` where there is one in each line.  Raises :class:`Unreadable` where neither is."""
    text = source.lstrip("\ufeff")
    try:
        try:
            return json.loads(text)
        except ValueError as whole:
            lines = [line for line in text.splitlines() if line.strip()]
            if len(lines) < 2:
                raise Unreadable(str(whole)) from whole
            for line in lines:
                json.loads(line)
            return _LINES
    except Unreadable:
        raise
    except RecursionError as error:
        raise Unreadable("its values are nested too deeply") from error
    except ValueError as error:
        raise Unreadable(str(error)) from error


def is_catalog(value: object) -> bool:
    """Whether *value* is objects in objects that hold strings alone, most of them of several words."""
    texts: list[str] = []
    opened = [value]
    while opened:
        value = opened.pop()
        if isinstance(value, dict):
            opened.extend(value.values())
        elif isinstance(value, str):
            texts.append(value)
        else:
            return False
    several = sum(1 for text in texts if _SEVERAL.search(text))
    return len(texts) >= _FEWEST and 2 * several > len(texts)


def _locale_of_bundle(bundle: object) -> str | None:
    """The language that an Application Resource Bundle says it is in, perhaps none; None where *bundle* is no such one."""
    if not isinstance(bundle, dict):
        return None
    about = [key for key in bundle if key.startswith(_ABOUT)]
    if not about or any(key[1:] not in bundle for key in about if not key.startswith(_OF_ALL)):
        return None
    return str(bundle.get(f"{_OF_ALL}locale", "")).replace("_", "-")


def strings(source: str, *, by_lines: bool = False) -> Iterator[tuple[str, Span]]:
    """The path to every string that is a value, ``items[2].text``, and where its content is."""
    opened: list[str | int] = []
    """Of each value that is open, the key or the index of the member that is read."""
    path = [""]
    """The path to each value that is open, and to what is read now."""
    line, at = 1, 0
    for token in _TOKEN.finditer(source):
        text = token.group()
        if by_lines and not opened:
            line, at = line + source.count("\n", at, token.start()), token.start()
            path = [f"line {line}: "]
        if text in "{[":
            opened.append(0 if text == "[" else "")
            path.append(path[-1] + "[0]" * (text == "["))
        elif text in "}]":
            opened.pop()
            path.pop()
        elif text == ",":
            index = opened[-1]
            if isinstance(index, int):
                opened[-1] = index + 1
                path[-1] = f"{path[-2]}[{index + 1}]"
        elif token[2]:
            key = json.loads(text[: token.end(1) + 1 - token.start()])
            path[-1] = f"{path[-2]}.{key}" if opened[1:] else f"{path[-2]}{key}"
        else:
            yield path[-1], Span(*token.span(1))


def add(builder: Builder, source: str, span: Span) -> None:
    """Put the string whose content is in *span* into the segment."""
    for match in _PARTS.finditer(source, *span):
        text = match.group()
        if text.startswith("\\"):
            builder.whole(json.loads(f'"{text}"'), *match.span())
        else:
            builder.verbatim(*match.span())


FORMAT = Format(
    "json", "JSON", frozenset({".json", ".jsonl", ".ndjson", ".arb"}), read, asks=Asked.FIELD
)
