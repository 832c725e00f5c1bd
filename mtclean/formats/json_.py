r"""JSON and JSON Lines: the chosen fields are prose; keys, numbers, order and white space stay.

Strings are those of RFC 8259.  A file of ASCII alone stays one: what is put in is written ``\u2019``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from mtclean.formats.format import Choices, Format, NotChosen, Sources, Unreadable
from mtclean.formats.layout import Builder, Layout
from mtclean.text.model import Span

_TOKEN = re.compile(r'"((?:[^"\\\x00-\x1f]|\\.)*)"|[{}\[\],:]|[^\s{}\[\],:"]+')
_PARTS = re.compile(
    r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[0-9a-fA-F]{4}|\\.|[^\\]+"
)
_SHOWN = 12
"""Fields that are named where none was chosen."""


def escaped(text: str) -> str:
    """*text* as a string of JSON has it."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def escaped_in_ascii(text: str) -> str:
    """The same in a file that has nothing but ASCII."""
    return json.dumps(text)[1:-1]


def read(sources: Sources, choices: Choices) -> Layout:
    """The chosen fields of what is in *sources*: one value, or one in each line.

    A field is named by its last keys, ``text`` or ``items.*.text``; a list counts for its members.
    Raises :class:`NotChosen` where none is, and :class:`Unreadable` where it is no JSON.
    """
    source = sources[""]
    _check(source)
    wanted = [tuple(field.split(".")) for field in choices.fields]
    builder = Builder(source)
    escape = escaped_in_ascii if source.isascii() else escaped
    seen: dict[str, None] = {}
    for path, span, number in _strings(source):
        seen.setdefault(".".join(path))
        if any(_fits(path, names) for names in wanted):
            _add(builder, source, span)
            builder.end_segment(f"{'.'.join(path)}, number {number}", span, escape=escape)
    if not wanted:
        raise NotChosen("field", [name for name in seen if name][:_SHOWN])
    return builder.layout()


def _check(source: str) -> None:
    """Raises :class:`Unreadable` where *source* is neither a value nor one in each line."""
    text = source.lstrip("\ufeff")
    try:
        try:
            json.loads(text)
        except ValueError as whole:
            lines = [line for line in text.splitlines() if line.strip()]
            if len(lines) < 2:
                raise Unreadable(str(whole)) from whole
            for line in lines:
                json.loads(line)
    except Unreadable:
        raise
    except RecursionError as error:
        raise Unreadable("its values are nested too deeply") from error
    except ValueError as error:
        raise Unreadable(str(error)) from error


def _strings(source: str) -> Iterator[tuple[tuple[str, ...], Span, int]]:
    """Every string that is a value: the keys that lead to it, where its content is, and its number."""
    path: list[str] = []
    depth: list[bool] = []
    """For each value that is open, whether it is an object, whose key is the last of the path."""
    key, number = "", 0
    tokens = list(_TOKEN.finditer(source))
    for i, token in enumerate(tokens):
        text = token.group()
        if text in "{[":
            depth.append(text == "{")
            path.append("")
        elif text in "}]" and depth:
            depth.pop()
            path.pop()
        elif text.startswith('"'):
            is_key = (
                bool(depth) and depth[-1] and tokens[i + 1 : i + 2] and tokens[i + 1].group() == ":"
            )
            if is_key:
                key = json.loads(text)
                path[-1] = key
            else:
                number += 1
                yield tuple(name for name in path if name), Span(*token.span(1)), number


def _fits(path: tuple[str, ...], names: tuple[str, ...]) -> bool:
    end = path[len(path) - len(names) :] if len(names) <= len(path) else ()
    return bool(end) and all(name in ("*", own) for name, own in zip(names, end, strict=True))


def _add(builder: Builder, source: str, span: Span) -> None:
    for match in _PARTS.finditer(source, *span):
        text = match.group()
        if text.startswith("\\"):
            builder.whole(json.loads(f'"{text}"'), *match.span())
        else:
            builder.verbatim(*match.span())


FORMAT = Format("json", "JSON", frozenset({".json", ".jsonl", ".ndjson"}), read)
