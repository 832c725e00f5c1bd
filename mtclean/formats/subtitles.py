r"""SubRip and WebVTT: the text of cues is prose, and a sentence goes on from line to line and cue to cue.

Numbers, times, settings, notes and styles stay, and so does every line's end: nothing is moved from
one line to another.  Tags and placings (``<i>``, ``{\an8}``, ``<00:01.000>``) have no width.  The lines are
those of WebVTT (W3C) and of SubRip, of which there is no standard, as players take them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtclean.formats.format import Choices, Format, Sources, Unreadable
from mtclean.formats.layout import Builder, Layout, as_it_is
from mtclean.text.model import Span

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_CUE = re.compile(
    rf"^[ \t]*({_TIME})[ \t]*-->[ \t]*{_TIME}[^\r\n]*(?:\r\n|[\r\n]|\Z)", re.MULTILINE
)
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|[\r\n]|\Z)")
_NUMBER = re.compile(r"[ \t]*\d+[ \t]*")
_MARKUP = re.compile(r"<[^<>\n]{0,200}>|\{[^{}\n]{0,200}\}|&(?:amp|lt|gt|nbsp|lrm|rlm);")
_ENDS = re.compile(r"[.!?…。！？♪♫:)\]\"”’»›]\s*\Z")
_BEGINS = re.compile(r"\s*(?:[-–—‐]|>>|♪|♫|[\[(](?!\s{0,3}[-+]?\d))")
"""How a line begins that does not go on with the one before: speech, song, a sound in brackets; ``[0, 1]`` is said."""
_ENTITY = "&"


def escaped(text: str) -> str:
    """*text* as WebVTT has it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a cue without white space at its ends, and the cue it is in."""

    span: Span
    label: str


def read(sources: Sources, choices: Choices) -> Layout:
    """The spoken text in *sources*.  Raises :class:`Unreadable` where there is no cue."""
    source = sources[""]
    builder = Builder(source)
    escape = escaped if source.startswith("WEBVTT") else as_it_is
    said, label, end = "", "", 0
    for line in _lines(source):
        if said and (_ENDS.search(said) or _BEGINS.match(source, *line.span)):
            builder.end_segment(label, escape=escape)
            said = ""
        if said:
            builder.fixed(" ", end, line.span.start)
        label = label if said else line.label
        if shown := _add(builder, source, line.span):
            said, end = shown, line.span.end
    builder.end_segment(label, escape=escape)
    return builder.layout()


def _lines(source: str) -> Iterator[_Line]:
    """The lines of all cues.  Raises :class:`Unreadable` where there is none."""
    cues = list(_CUE.finditer(source))
    if not cues:
        raise Unreadable("there is no cue with its times")
    for number, cue in enumerate(cues, 1):
        until = cues[number].start() if number < len(cues) else len(source)
        lines = list(_text_lines(source, cue.end(), until))
        is_numbered = lines and until < len(source) and _NUMBER.fullmatch(source, *lines[-1])
        if is_numbered and not _is_apart(source, lines[-1], until):
            lines.pop()  # the number of the next cue
        for span in lines:
            yield _Line(span, f"cue {number}, {cue[1].partition(',')[0].partition('.')[0]}")


def _text_lines(source: str, at: int, until: int) -> Iterator[Span]:
    """The lines of a cue, up to the blank line that ends it."""
    while at < until and (line := _LINE.match(source, at)):
        text = line[1]
        if not text.strip():
            return
        start = line.start() + len(text) - len(text.lstrip())
        yield Span(start, line.start() + len(text.rstrip()))
        at = line.end()


def _is_apart(source: str, line: Span, until: int) -> bool:
    """Whether a blank line stands between *line* and the next cue: it is no number of that."""
    return source[line.end : until].replace("\r\n", "\n").count("\n") > 1


def _add(builder: Builder, source: str, span: Span) -> str:
    """Put a line into the segment; what is seen of it."""
    at, seen = span.start, ""
    for markup in _MARKUP.finditer(source, *span):
        builder.verbatim(at, markup.start())
        seen += source[at : markup.start()]
        at = markup.end()
        if markup.group().startswith(_ENTITY):
            builder.whole(html.unescape(markup.group()), *markup.span())
            seen += "x"
    builder.verbatim(at, span.end)
    return seen + source[at : span.end]


def telling(data: bytes) -> bytes:
    """The lines that have letters beyond ASCII in them, without the numbers and times between."""
    return b"\n".join(line for line in data.splitlines() if not line.isascii())


FORMAT = Format("subs", "subtitles", frozenset({".srt", ".vtt"}), read, telling=telling)
