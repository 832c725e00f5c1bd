r"""A unified diff that ``patch`` applies to the original file and gives the cleaned one.

It is made from the changes: a run of lines is shown where a change touches it, and nothing is
compared.  Only ``\n`` ends a line, as for ``patch``: a carriage return, form feed or U+2028 is a
character like any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from mtclean.report.record import ChangeRecord, Record
from mtclean.report.visible import UNSEEN
from mtclean.text import Span

CONTEXT = 3
"""Unchanged lines shown before and after."""

_BOM = "\ufeff"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_NO_NEWLINE = b"\n\\ No newline at end of file\n"

Encode = Callable[[str], bytes]


def utf8(text: str) -> bytes:
    """*text* in UTF-8; lone surrogates as the bytes they came from, where they came from bytes."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def unified_diff(record: Record, encode: Encode = utf8) -> bytes:
    r"""The changes of *record* as a unified diff; empty where there are none.

    ``encode`` gives a line's bytes in the file's encoding and must not add a BOM of its own; its
    ``\n`` must be the byte 0x0A, as in UTF-8, Latin-1, the Windows code pages, Shift-JIS and GB
    18030.  ``patch`` knows no UTF-16 or UTF-32: leave ``encode`` out for these, and the diff is
    that of the text's UTF-8 form, without BOM.  Otherwise a BOM of the source stands in its first
    line.  The cost is linear in the text.
    """
    return b"".join(_diff(record, encode))


def _diff(record: Record, encode: Encode) -> Iterator[bytes]:
    bom = _BOM if record.source.bom and not _is_wide(record.source.encoding) else ""
    texts = _Texts(bom + record.original, bom + record.cleaned())
    blocks = _blocks(texts, record.changes, len(bom))
    if not blocks:
        return
    yield _header("---", "a", record.source.name)
    yield _header("+++", "b", record.source.name)
    above_old, above_new = _LineCount(texts.original), _LineCount(texts.output)
    for hunk in _hunks(texts, blocks):
        lead = texts.lines_back(hunk[0].original.start)
        back = sum(map(len, lead))
        above = (
            above_old.at(hunk[0].original.start - back),
            above_new.at(hunk[0].output.start - back),
        )
        yield from _hunk([*((b" ", line) for line in lead), *_body(texts, hunk)], above, encode)


def _is_wide(encoding: str) -> bool:
    return encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32", "utf16", "utf32"))


class _Block(NamedTuple):
    """Whole lines of the original and the whole lines that stand in their place."""

    original: Span
    output: Span


class _Texts(NamedTuple):
    """The two texts, whose lines are the same outside the blocks."""

    original: str
    output: str

    def begins_lines(self, original: int, output: int) -> bool:
        """Whether a line starts at both places."""
        return _begins_line(self.original, original) and _begins_line(self.output, output)

    def lines_back(self, at: int) -> list[str]:
        """Up to three whole lines of the original before *at*."""
        start = at
        for _ in range(CONTEXT):
            start = self.original.rfind("\n", 0, max(0, start - 1)) + 1
        return _LINE.findall(self.original, start, at)

    def lines_ahead(self, at: int, limit: int, most: int) -> list[str]:
        """Up to *most* whole lines of the original from *at* on, none from *limit* on."""
        lines: list[str] = []
        while at < limit and len(lines) < most:
            end = self.original.find("\n", at, limit) + 1 or limit
            lines.append(self.original[at:end])
            at = end
        return lines


def _begins_line(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n"


class _LineCount:
    """Counts the lines above a place; places are asked for in order."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._lines = text, 0, 0

    def at(self, place: int) -> int:
        self._lines += self._text.count("\n", self._at, place)
        self._at = place
        return self._lines


class _LineEnds:
    """Finds where lines end; places are asked for in order, and no stretch is searched twice."""

    def __init__(self, text: str) -> None:
        self._text, self._newline = text, -1

    def after(self, place: int) -> int:
        """Where the line ends that *place* is in: after its newline, or at the end of the text."""
        if self._newline < place:
            found = self._text.find("\n", place)
            self._newline = len(self._text) if found < 0 else found
        return min(self._newline + 1, len(self._text))


def _blocks(texts: _Texts, changes: Sequence[ChangeRecord], shift: int) -> list[_Block]:
    """*changes*, moved by *shift*, widened to whole lines; those of the same line make one block.

    The text between two changes is the same in both texts, so a line end found in the original
    is as far from the change in the output.
    """
    blocks: list[_Block] = []
    line_ends = _LineEnds(texts.original)
    for change in changes:
        original, output = change.original.shifted(shift), change.output.shifted(shift)
        if blocks and _same_line(texts, blocks[-1], original.start):
            first = blocks.pop()
            start, output_start = first.original.start, first.output.start
        else:
            limit = blocks[-1].original.end if blocks else 0
            start = texts.original.rfind("\n", limit, original.start) + 1 or limit
            output_start = output.start - (original.start - start)
        whole = texts.begins_lines(original.end, output.end)
        end = original.end if whole else line_ends.after(original.end)
        output_end = output.end + (end - original.end)
        blocks.append(_Block(Span(start, end), Span(output_start, output_end)))
    return blocks


def _same_line(texts: _Texts, block: _Block, start: int) -> bool:
    """Whether a change that starts at *start* of the original falls into the lines of *block*."""
    end = block.original.end
    return start < end or (start == end and not texts.begins_lines(end, block.output.end))


def _hunks(texts: _Texts, blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    """Blocks with no more than twice the context between them, together."""
    hunk = [blocks[0]]
    for block in blocks[1:]:
        end, start = hunk[-1].original.end, block.original.start
        if len(texts.lines_ahead(end, start, 2 * CONTEXT + 1)) > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    yield hunk


def _body(texts: _Texts, hunk: Sequence[_Block]) -> Iterator[tuple[bytes, str]]:
    """The marked lines of *hunk*, without the context before it."""
    for i, (original, output) in enumerate(hunk):
        for line in _LINE.findall(texts.original, *original):
            yield b"-", line
        for line in _LINE.findall(texts.output, *output):
            yield b"+", line
        last = i + 1 == len(hunk)
        limit = len(texts.original) if last else hunk[i + 1].original.start
        for line in texts.lines_ahead(original.end, limit, CONTEXT if last else 2 * CONTEXT):
            yield b" ", line


def _hunk(
    lines: Sequence[tuple[bytes, str]], above: tuple[int, int], encode: Encode
) -> Iterator[bytes]:
    """A hunk with ``above`` lines before it in the two texts."""
    old = sum(mark != b"+" for mark, _ in lines)
    new = sum(mark != b"-" for mark, _ in lines)
    ranges = f"-{_range(above[0], old)} +{_range(above[1], new)}"
    yield f"@@ {ranges} @@\n".encode()
    for mark, line in lines:
        yield mark + encode(line)
        if not line.endswith("\n"):
            yield _NO_NEWLINE


def _range(above: int, lines: int) -> str:
    """``start,length``; an empty range is named after the line before it."""
    return f"{above + 1 if lines else above},{lines}"


def _header(mark: str, side: str, name: str) -> bytes:
    """A header line whose name can neither end the line nor be taken for another.

    Names with anything unseen, quotes or backslashes are written as git and GNU diff write them:
    in double quotes, with octal escapes.  A tab ends a name with spaces, or ``patch`` would take
    what follows the first for a date.
    """
    path = f"{side}/{name}"
    if UNSEEN.search(path) or '"' in path or "\\" in path:
        escaped = "".join(
            "".join(f"\\{byte:03o}" for byte in utf8(c)) if UNSEEN.match(c) or c in '"\\' else c
            for c in path
        )
        path = f'"{escaped}"'
    elif " " in path:
        path += "\t"
    return utf8(f"{mark} {path}\n")
