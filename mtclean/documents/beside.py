"""A text beside its source, each in a file of its own: which file that is, and which units are one another's.

Units are lines where both texts have as many of them, or else paragraphs; of a format with a reader, its segments,
by their keys where it has some.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePath
from typing import NamedTuple

from mtclean.documents.document import Document
from mtclean.documents.document import read as read_alone
from mtclean.documents.errors import DocumentProblem
from mtclean.documents.formats import AS_IT_LOOKS, Reading, SourceFormat
from mtclean.documents.keys import beside_by_key, have_keys
from mtclean.formats.format import Choices, Format, Sources
from mtclean.formats.layout import Kind, Layout, Piece, Segment
from mtclean.languages.language import Trait, language
from mtclean.text.model import Span
from mtclean.text.passage import Passage

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?")
_BUNDLES = frozenset([".arb", ".properties"])
"""Files whose names have their language behind a low line, as Flutter's and Java's: ``messages_pt_BR.properties``."""
_OF_BUNDLE = re.compile(rf"(.+?)_({_TAG.pattern})")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_PARAGRAPH = re.compile(r"\S[^\r\n]*(?:(?:\r\n|\r|\n)[^\S\r\n]*\S[^\r\n]*)*")


class Named(NamedTuple):
    """The name of a file without the language in it, and that: ``a.txt`` and ``de`` of ``a.de.txt``."""

    name: str
    language: str


def named(path: PurePath) -> Named:
    """What the name of *path* says: of ``a.de.txt``, ``de``; nothing of a name without the tag of a language we know."""
    if path.suffix in _BUNDLES and (parts := _OF_BUNDLE.fullmatch(path.stem)):
        stem, tag = parts.groups()
    else:
        inner = PurePath(path.stem)
        stem, tag = inner.stem, inner.suffix.removeprefix(".")
    if stem and _is_language(tag):
        return Named(f"{stem}{path.suffix}", tag.replace("_", "-"))
    return Named(path.name, "")


def source_of(path: Path, folder: Path, language: str = "") -> Path | None:
    """The source of the text *path* in *folder* or below; None where there is none, or it is not plain which.

    It has the same name, or the same but for the language in it, which is *language* if one is given; where *path* lies
    deeper, so may it.  A text that says it is in that language itself has no source, and a link is none.
    """
    own = named(path)
    if language and own.language == language:
        return None
    parts = [part for part in path.parts[:-1] if part not in (path.anchor, "..")]
    for at in range(len(parts) + 1):
        below = folder.joinpath(*parts[at:])
        same = below / path.name
        if same.is_file() and not same.is_symlink() and not same.samefile(path):
            return same
        others = [
            file
            for file, said in _named_in(below)
            if said.name == own.name and file != path.name and language in ("", said.language)
        ]
        if len(others) == 1:
            return below / others[0]
    return None


def read(
    path: Path,
    name: str,
    *,
    follow: bool = True,
    reading: Reading = AS_IT_LOOKS,
    side_by_side: int = 1,
) -> Document:
    """The document in the file at *path*, beside its source where *reading* names that.

    Raises as :func:`mtclean.documents.document.read` and :func:`beside` do.
    """
    own = read_alone(path, name, follow=follow, reading=reading, side_by_side=side_by_side)
    if not reading.source:
        return own
    source = Path(reading.source)
    try:
        other = read_alone(source, source.name, reading=replace(reading, source=""))
    except DocumentProblem as problem:
        raise DocumentProblem("source", f"its source, {source}: {problem}") from problem
    return beside(own, other, (named(source).language, named(path).language))


def beside(document: Document, source: Document, languages: tuple[str, str] = ("", "")) -> Document:
    """*document* with the text that each of its units is a translation of; *languages* are that of *source* and its own.

    A document that has the sources of its texts with it keeps them.  Raises :class:`DocumentProblem` where the two have
    not as many units.
    """
    if document.layout and any(segment.original for segment in document.layout.segments):
        return document
    if document.layout and source.layout and have_keys(document.layout):
        keyed = beside_by_key(document.layout, source.layout, source.shown_name, _is_language)
        if keyed is None:
            raise _not_parallel(f"no key of it is in {source.shown_name}")
        return replace(document, layout=_in_languages(keyed, languages))
    for unit, mine, theirs in _cuts(document, source):
        if len(mine) == len(theirs):
            originals = [source.text[slice(*span)] for span in theirs]
            if document.layout:
                pairs = zip(document.layout.segments, originals, strict=True)
                segments = tuple(segment._replace(original=original) for segment, original in pairs)
                layout = replace(document.layout, segments=segments)
                return replace(document, layout=_in_languages(layout, languages))
            return _cut_up(document, unit, mine, originals, languages)
    raise _not_parallel(
        f"it has {_counted(document)}, and {source.shown_name} has {_counted(source)}"
    )


def _is_language(tag: str) -> bool:
    return bool(_TAG.fullmatch(tag)) and language(_code(tag)).has(frozenset({Trait.KNOWN}))


def _code(tag: str) -> str:
    first, _, rest = tag.replace("_", "-").partition("-")
    return f"{first.lower()}-{rest}" if rest else first.lower()


def _named_in(folder: Path) -> tuple[tuple[str, Named], ...]:
    try:
        return _listed(folder, folder.stat().st_mtime_ns)
    except OSError:
        return ()


@lru_cache(maxsize=256)
def _listed(folder: Path, changed: int) -> tuple[tuple[str, Named], ...]:
    """The files in *folder*, which was last *changed* then: a run asks once for each of its texts."""
    names = sorted(
        entry.name for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False)
    )
    return tuple((name, named(PurePath(name))) for name in names)


def _cuts(document: Document, source: Document) -> Iterator[tuple[str, list[Span], list[Span]]]:
    """What the units may be, the likeliest first: a line that is empty on one side has no counterpart."""
    if document.layout or source.layout:
        yield "segment", _units(document), _units(source)
        return
    mine, theirs = document.text, source.text
    lines, more = _lines(mine), _lines(theirs)
    paragraphs = "paragraph", _paragraphs(mine), _paragraphs(theirs)
    if Passage(mine).is_hard_wrapped or Passage(theirs).is_hard_wrapped:
        yield paragraphs
    yield "line", lines, more
    yield "line", _filled(mine, lines), _filled(theirs, more)
    if len(paragraphs[1]) > 1:  # else a corpus that lost a line would be one unit
        yield paragraphs


def _units(document: Document) -> list[Span]:
    if document.layout:
        return [segment.view for segment in document.layout.segments]
    return _paragraphs(document.text)


def _lines(text: str) -> list[Span]:
    """The lines without their ends, up to the last with something in it."""
    end = len(text.rstrip())
    found = (m for m in _LINE.finditer(text) if m.start() < end)
    return [Span(m.start(), m.start() + len(m.group().rstrip("\r\n"))) for m in found]


def _filled(text: str, lines: Sequence[Span]) -> list[Span]:
    return [line for line in lines if text[slice(*line)].strip()]


def _paragraphs(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _PARAGRAPH.finditer(text)]


def _counted(document: Document) -> str:
    if document.layout:
        return _many(len(document.layout.segments), "segment")
    lines = _filled(document.text, _lines(document.text))
    return f"{_many(len(lines), 'line')} in {_many(len(_paragraphs(document.text)), 'paragraph')}"


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' if number != 1 else ''}"


def _not_parallel(why: str) -> DocumentProblem:
    return DocumentProblem("not_parallel", f"it cannot be laid beside its source: {why}")


def _in_languages(layout: Layout, languages: tuple[str, str]) -> Layout:
    """*layout*, the languages of its sources and its own being *languages* where it does not say."""
    theirs, mine = languages
    segments = (
        segment._replace(original_language=theirs, language=segment.language or mine)
        for segment in layout.segments
    )
    return replace(layout, segments=tuple(segments))


def _cut_up(
    document: Document,
    unit: str,
    spans: Sequence[Span],
    originals: Sequence[str],
    languages: tuple[str, str],
) -> Document:
    """*document*, a text, as the *spans* of it that have something in them, each called a *unit*."""
    theirs, mine = languages
    segments = (
        Segment(
            span,
            span,
            f"{unit} {number}",
            language=mine,
            original=original if original.strip() else "",
            original_language=theirs,
        )
        for number, (span, original) in enumerate(zip(spans, originals, strict=True), 1)
        if document.text[slice(*span)].strip()
    )
    whole = _whole({"": document.text}, document.choices)
    return replace(document, layout=replace(whole, segments=tuple(segments)), format=_TEXT)


def _whole(sources: Sources, choices: Choices) -> Layout:
    """A text as it stands: all of it is prose, and nothing is between its units but ends of lines."""
    text = sources[""]
    whole = Span(0, len(text))
    return Layout(text, (Piece(whole, whole, Kind.VERBATIM),), (), dict(sources))


_TEXT = Format(SourceFormat.TEXT.value, "a text", frozenset(), _whole)
