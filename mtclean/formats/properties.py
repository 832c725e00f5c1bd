r"""Bundles of messages of Java's programs (``.properties``): the values are prose, keys and comments stay.

Lines, escapes and continued lines are those of ``java.util.Properties.load``.  A file that has nothing beyond ASCII, or beyond
ISO 8859-1, stays one: what is put in is written ``\u2019``.  In a message with arguments, ``{0}``, two apostrophes
are one, as ``java.text.MessageFormat`` has it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from mtclean.formats.fields import ALL, Fields
from mtclean.formats.format import Asked, Choices, Format, Sources
from mtclean.formats.layout import WHITE, Builder, Layout, trimmed
from mtclean.formats.xml import label_of
from mtclean.text.model import Span

_END = r"(?:\r\n|[\r\n])"
_SPACE = rf"(?:\\{_END}|[ \t\f])*"
_ENTRY = re.compile(
    r"[ \t\f]*(?:[#!][^\r\n]*|"
    rf"(?P<key>(?:\\{_END}[ \t\f]*|\\[^\r\n]|[^\\\r\n=: \t\f])*){_SPACE}(?:[=:]{_SPACE})?"
    rf"(?P<value>(?:\\(?:\r\n|.)|[^\\\r\n])*\\?))(?:{_END}|\Z)",
    re.DOTALL,
)
_PARTS = re.compile(
    rf"(?P<continued>\\{_END}[ \t\f]*|\\\Z)"
    r"|(?P<pair>\\u+[dD][89abAB][0-9a-fA-F]{2}\\u+[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?P<code>\\u+[0-9a-fA-F]{4})|(?P<escape>\\.)|(?P<twice>'')|(?P<plain>'|[^\\']+)",
    re.DOTALL,
)
_OF_PROGRAM = {"\\n": "\n", "\\r": "\r", "\\t": "\t", "\\f": "\f", "\\u": "\\u"}
_CODE = re.compile("[0-9a-fA-F]{4}")
_ARGUMENT = re.compile(r"\{\d{1,2}[,}]|[^\W\d_]''[^\W\d_]")
_TEXT = re.compile(r"[^\W\d_]{2}[,;]? +\(?[^\W\d_]{2}|[^\W\d_A-Za-z]|\A[A-Z][a-z]+[.:!?…]{0,3}\Z")
"""What a message says and a setting does not: several words, letters that no program asks for, or one word as on a button."""
_ASCII, _LATIN, _ALL = 0x7F, 0xFF, 0x10FFFF


class _Entry(NamedTuple):
    key: str
    value: Span


def read(sources: Sources, choices: Choices) -> Layout:
    """The values in *sources* whose keys are among the fields of *choices*, or all where most of them are messages.

    Raises :class:`NotChosen` where none is chosen and it looks like a file of settings.
    """
    source = sources[""]
    entries = list(_entries(source))
    fields = Fields(choices.fields or ((ALL,) if _are_messages(source, entries) else ()))
    builder = Builder(source)
    last = _last(source)
    for number, (key, value) in enumerate(entries, 1):
        if fields.has(key):
            is_pattern = _ARGUMENT.search(source, *value) is not None
            _add(builder, value, is_pattern=is_pattern)
            escape = partial(escaped, last=last, is_pattern=is_pattern)
            builder.end_segment(label_of(number, key), escape=escape, key=key)
    fields.check()
    return builder.layout()


def escaped(text: str, *, last: int = _ALL, is_pattern: bool = False) -> str:
    """*text* as it is written in a value, in a message with arguments if it *is_pattern*; characters beyond *last* by their codes."""
    text = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    if is_pattern:
        text = text.replace("'", "''")
    return "".join(sign if ord(sign) <= last else _codes(sign) for sign in text)


def _codes(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _last(source: str) -> int:
    """The last character that a file may have as it stands, by those that it has."""
    return next(last for last in (_ASCII, _LATIN, _ALL) if ord(max(source, default="")) <= last)


def _entries(source: str) -> Iterator[_Entry]:
    at = 0
    while at < len(source):
        entry = _ENTRY.match(source, at)
        assert entry is not None  # every line is an entry, a remark or blank
        if entry["value"]:
            yield _Entry(_plain(entry["key"]), Span(*entry.span("value")))
        at = entry.end()


def _plain(key: str) -> str:
    return "".join(looks for looks, _, _ in _parts(key, Span(0, len(key))))


def _are_messages(source: str, entries: list[_Entry]) -> bool:
    """Whether most of *entries* are messages for people."""
    said = sum(1 for _, value in entries if _TEXT.search(_plain(source[slice(*value)])))
    return 2 * said > len(entries)


def _parts(source: str, value: Span) -> Iterator[tuple[str, re.Match[str], bool]]:
    """What *value* is made of: how each part looks, and whether it is prose; ends of lines look like nothing."""
    for part in _PARTS.finditer(source, *value):
        written = part.group()
        if part["plain"] or part["twice"]:
            yield written, part, True
        elif part["continued"]:
            yield "", part, False
        elif part["escape"]:
            is_prose = written not in _OF_PROGRAM
            yield _OF_PROGRAM.get(written, written[1]), part, is_prose
        else:
            units = "".join(_CODE.findall(written))
            looks = bytes.fromhex(units).decode("utf-16-be", "surrogatepass")
            is_prose = looks.isprintable() or unicodedata.category(looks) == "Zs"
            yield looks if is_prose else written, part, is_prose


def _add(builder: Builder, value: Span, *, is_pattern: bool) -> None:
    """Put *value* into the segment, without the white space at its ends."""
    parts = trimmed(_parts(builder.source, value), itemgetter(0))
    for number, (looks, part, is_prose) in enumerate(parts, 1):
        start, end = part.span()
        if is_pattern and looks == "''":
            builder.whole("'", start, end)
        elif looks and (not is_prose or (is_pattern and looks == "'")):
            builder.fixed(looks, start, end)
        elif is_prose and looks == part.group():
            start += (len(looks) - len(looks.lstrip(WHITE))) * (number == 1)
            end -= (len(looks) - len(looks.rstrip(WHITE))) * (number == len(parts))
            builder.verbatim(start, end)
        elif is_prose:
            builder.whole(looks, start, end)


FORMAT = Format(
    "properties",
    "a bundle of messages (.properties)",
    frozenset({".properties"}),
    read,
    asks=Asked.FIELD,
    of_strings=True,
)
