"""Tables with a character between their columns: the chosen columns are prose, and nothing else is.

The lines are those of RFC 4180, with any of ``, ; |`` and tab between columns.  A field that needs
quotation marks once it was changed gets them; no other field does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from mtclean.formats.format import Asked, Choices, Format, NotChosen, Sources
from mtclean.formats.layout import WHITE, Builder, Layout, Writing, as_it_is
from mtclean.text.model import Span

_MARKS = ",;\t|"
_FIELD = re.compile(r'"([^"]*(?:""[^"]*)*)"(?=[,;\t|\r\n]|\Z)')
_PARTS = re.compile(r'""|[^"]+')
_NUMBER = re.compile(r"[0-9]{1,6}")


class _Field(NamedTuple):
    """A field's place, with its quotation marks and without."""

    whole: Span
    content: Span


def quoted(text: str) -> str:
    """*text* as it is written between quotation marks."""
    return text.replace('"', '""')


def finished(mark: str, field: str) -> str:
    """*field*, which had no quotation marks, with them if it needs them now."""
    return f'"{quoted(field)}"' if any(c in field for c in f'{mark}"\r\n') else field


def read(mark: str, sources: Sources, choices: Choices) -> Layout:
    """The chosen columns of the table in *sources*, whose columns *mark* keeps apart, if it is known.

    Raises :class:`NotChosen` where none is, and where one is not there.
    """
    source = sources[""]
    mark = mark or _mark_of(source)
    rows = _rows(source, mark)
    header = next(rows, [])
    names = [_shown(source, field) for field in header]
    if not choices.columns:
        raise NotChosen(Asked.COLUMN, _called(names))
    chosen = {_number(name, names): name for name in choices.columns}
    originals = {_number(a, names): _number(b, names) for a, b in choices.originals}
    builder = Builder(source)
    for number, row in enumerate(rows, 2):
        for column, name in chosen.items():
            if column < len(row):
                original = originals.get(column, len(row))
                _add(builder, source, row[column])
                is_quoted = row[column].whole != row[column].content
                builder.end_segment(
                    f"row {number}, column {name}",
                    row[column].whole,
                    original=_shown(source, row[original]) if original < len(row) else "",
                    escape=quoted if is_quoted else as_it_is,
                    finish=as_it_is if is_quoted else partial(finished, mark),
                )
    return builder.layout(Writing(may_be_quoted=True))


def _mark_of(source: str) -> str:
    """The mark that stands most often in the first line, outside quotation marks."""
    first = re.sub(r'"[^"]*"', "", source.split("\n", 1)[0])
    counts = Counter(character for character in first if character in _MARKS)
    return max(_MARKS, key=lambda mark: counts[mark])


def _rows(source: str, mark: str) -> Iterator[list[_Field]]:
    bare = re.compile(rf"[^{re.escape(mark)}\r\n]*")
    row: list[_Field] = []
    at = 0
    while at < len(source) or row:
        match = _FIELD.match(source, at)
        if match and source[match.end() : match.end() + 1] in (mark, "\r", "\n", ""):
            row.append(_Field(Span(*match.span()), Span(*match.span(1))))
        else:
            match = bare.match(source, at)
            assert match is not None
            row.append(_Field(Span(*match.span()), Span(*match.span())))
        at = match.end()
        if source.startswith(mark, at):
            at += 1
            continue
        if len(row) > 1 or row[0].whole.start < row[0].whole.end:
            yield row
        row = []
        at += 2 if source.startswith("\r\n", at) else 1


def _shown(source: str, field: _Field) -> str:
    return source[slice(*field.content)].replace('""', '"').strip("\ufeff")


def _number(name: str, names: Sequence[str]) -> int:
    """The column that is called *name*, or has that number.  Raises :class:`NotChosen` where it is not there."""
    if name in names:
        return names.index(name)
    if _NUMBER.fullmatch(name) and 0 < int(name) <= len(names):
        return int(name) - 1
    raise NotChosen(Asked.COLUMN, _called(names), [name])


def _called(names: Sequence[str]) -> list[str]:
    """What each column may be called."""
    return [name or str(number) for number, name in enumerate(names, 1)]


def _add(builder: Builder, source: str, field: _Field) -> None:
    start, end = field.content
    text = source[start:end]
    start, end = (
        start + len(text) - len(text.lstrip(WHITE)),
        end - len(text) + len(text.rstrip(WHITE)),
    )
    if field.whole == field.content:
        builder.verbatim(start, max(start, end))
        return
    for match in _PARTS.finditer(source, start, max(start, end)):
        if match.group() == '""':
            builder.whole('"', *match.span())
        else:
            builder.verbatim(*match.span())


CSV = Format(
    "csv", "a table", frozenset({".csv"}), partial(read, ""), asks=Asked.COLUMN, has_sources=True
)
TSV = Format(
    "tsv",
    "a table",
    frozenset({".tsv", ".tab"}),
    partial(read, "\t"),
    asks=Asked.COLUMN,
    has_sources=True,
)
