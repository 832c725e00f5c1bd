"""Lines that are no prose, by where they stand: fences, front matter, tables, code without a fence.

The rules for fences are CommonMark's (0.31, 4.5): three marks or more, indented up to three columns
within the quotation or list item they stand in, closed by as many of the same, or else open to the
end of what they stand in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from mtclean.text.model import Span
from mtclean.text.protect.code import is_code, is_prose
from mtclean.text.protect.shortcodes import shortcodes

_LINE_END = re.compile(r"[\r\n](?:(?<=\r)\n)?")
_QUOTED = re.compile(r"(?: {0,3}> ?)+")
_ITEM = re.compile(r"( {0,12}|\t{1,3})(?:[-*+•]|\d{1,9}[.)])([ \t]{1,4})(?=\S)")
_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`\r\n]*$)|~{3,})([^\r\n]*)$", re.MULTILINE)
_INDENTED = re.compile(r"^(?: {4}|\t| {1,3}\t)", re.MULTILINE)
_MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|\||[ >]{0,6}```|\[[^\[\]\r\n]{1,80}\]: ?\S|[-=]{3,}[^\S\r\n]*$)|\]\([^()\s]",
    re.MULTILINE,
)
_ASCIIDOC = re.compile(
    r"^(?:\[(?:source|listing|verse|horizontal|role=)|\[\[[\w-]{1,60}\]\]\s*$|(?:image|include|ifn?def|endif)::|:doctype:)"
    r"|\b(?:link|xref|linkgit):[^\s\[\]]{1,200}\[[^\[\]\r\n]*\]",
    re.MULTILINE,
)
"""What no text has but one of AsciiDoc, in which rules of four and more signs stand around a listing."""
_LISTING = re.compile(r"(?:-{4,}|\.{4,})\s*\Z")
_BEFORE_LISTING = re.compile(r"\s*\Z|\[[^\[\]]*\]\s*\Z|\.\S|\+\s*\Z")
"""What stands above the rule that opens a listing: nothing, or what is said of it; a rule below words underlines a heading."""
_HUNK = re.compile(r"@@ -\d{1,9}(?:,(?P<old>\d{1,9}))? \+\d{1,9}(?:,(?P<new>\d{1,9}))? @@")
"""The head of a part of a patch: how many lines of the old and of the new file follow, one each where it says nothing."""
_YAML_LINE = re.compile(r"\s*(?:[\w.-]{1,60} ?:|-\s|#|\]|\})|\s+\S|\s*\Z")
_YAML_KEY = re.compile(r"[\w.-]{1,60} ?:")
_TOML_LINE = re.compile(r"\s*(?:[\w.\"-]{1,60} ?=|\[|#|\]|\}|\"|')|\s*\Z")
_SETTING = re.compile(r"[ \t]*(?:[\w.-]{1,60}=|\[[^\[\]]{1,200}\][ \t]*\Z|[;#])")
"""A line of a file of settings, or of one that lists a program's texts by their keys: *[menu]*, *open=Open a boat*."""
_DELIMITER_ROW = re.compile(
    r"[ \t]*(?:\|[ \t]*)?:?-{1,200}:?[ \t]*(?:\|[ \t]*:?-{1,200}:?[ \t]*){0,60}(?:\|[ \t]*)?\Z"
)
_GRID = re.compile(r"[ \t]*\+(?:[-=]{1,200}\+){1,60}[ \t]*\Z")
_BORDER = re.compile(
    r"[ \t]*(?:={2,200}(?: {1,40}={2,200}){1,60}|-{3,200}(?: {1,40}-{3,200}){1,60})[ \t]*\Z"
)
"""What parts a table that is drawn with the columns of the page: grids of reStructuredText, Org and Pandoc, and simple ones."""
_RAW = re.compile(r"<(script|style|pre|textarea|svg|math)\b", re.IGNORECASE)
_LONG_COMMENT = 100
"""Code points; a shorter one in a line may be left over from a page, and is spoken of."""
_LONGEST_COMMENT = 5_000
"""Code points; what is longer has lost the end of its comment."""
_LONGEST_FRONT = 400
"""Lines of front matter; more between two rules is a text between two rules."""
_LONGEST_TABLE = 400
"""Lines of a table that is drawn."""
_SHORTEST_PROGRAM = 4
"""Lines; where most lines of a longer text are code, it is a program, and lines of other shape are its comments."""


_ANNOUNCING = ("::", " >", "\t>")
"""How a line ends after which the text of reStructuredText, and that of Vim's help, has code."""


class _Line(NamedTuple):
    start: int
    end: int
    """Without the newline."""
    text: str

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @property
    def indent(self) -> int:
        return _columns(self.text)


def code_blocks(text: str) -> Iterator[Span]:
    """The blocks of *text* that are code or data, whole lines; in no order, and they may overlap."""
    lines = _lines(text)
    yield from _raw_elements(text)
    yield from shortcodes(text)
    done = _front_matter(lines)
    if done:
        yield Span(lines[0].start, lines[done - 1].end)
    fenced = [False] * len(lines)
    fenced[:done] = [True] * done
    if "```" in text or "~~~" in text:
        yield from _fences(lines, fenced)
    if _ASCIIDOC.search(text):
        yield from _listings(lines, fenced)
    if "@@ -" in text:
        yield from _hunks(lines, fenced)
    if any(sign in text for sign in _ANNOUNCING):
        yield from _announced(lines)
    if "=" in text:
        yield from _settings(lines, fenced)
    if "--" in text or "==" in text:
        yield from _drawn_tables(lines, fenced)
    yield from _unfenced(lines, fenced, text)


def table_cells(text: str) -> Iterator[Span]:
    """What of *text* holds a table of Markdown together, and its cells, but for those that are sentences."""
    if "|" not in text or "-" not in text:
        return
    lines = _lines(text)
    i = 1
    while i < len(lines):
        row = lines[i].text
        if "-" in row and "|" in lines[i - 1].text and _DELIMITER_ROW.match(row):
            first = i - 1
            while i + 1 < len(lines) and "|" in lines[i + 1].text:
                i += 1
            for line in lines[first : i + 1]:
                yield from _cells(line)
        i += 1


def _cells(line: _Line) -> Iterator[Span]:
    """The line but for the sentences in its cells."""
    at = line.start
    for cell in re.finditer(r"[^|]+", line.text):
        if is_prose(cell.group()):
            inner = cell.group()
            start = line.start + cell.start() + len(inner) - len(inner.lstrip())
            if at < start:
                yield Span(at, start)
            at = line.start + cell.start() + len(inner.rstrip())
    if at < line.end:
        yield Span(at, line.end)


def _lines(text: str) -> list[_Line]:
    found, start = [], 0
    for match in _LINE_END.finditer(text):
        found.append(_Line(start, match.start(), text[start : match.start()]))
        start = match.end()
    if start < len(text):
        found.append(_Line(start, len(text), text[start:]))
    return found


def _columns(text: str) -> int:
    """How far *text* is indented; a tab goes to the next multiple of four."""
    columns = 0
    for c in text:
        if c == " ":
            columns += 1
        elif c == "\t":
            columns += 4 - columns % 4
        else:
            break
    return columns


def _raw_elements(text: str) -> Iterator[Span]:
    """Comments and elements of HTML in which no prose stands, with their tags; none that is not closed."""
    yield from _comments(text)
    if "</" not in text:
        return
    folded = text.lower() if text.isascii() else ""
    at = 0
    never: set[str] = set()
    for match in _RAW.finditer(text):
        name = match[1].lower()
        if match.start() < at or name in never:
            continue
        closing = f"</{name}"
        end = (folded or text).find(closing, match.end())
        if end < 0:
            never.add(name)
            continue
        at = end + len(closing) + 1
        yield Span(match.start(), min(at, len(text)))


def _comments(text: str) -> Iterator[Span]:
    """Comments of HTML that are long, or longer than a line: what an author keeps, and no page shows."""
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            return
        again = text.find("<!--", start + 4)
        if again < 0 or again > end:
            long = end - start > _LONG_COMMENT or "\n" in text[start:end]
            if long and end - start < _LONGEST_COMMENT:
                yield Span(start, end + 3)
        start = again


def _front_matter(lines: Sequence[_Line]) -> int:
    """How many lines at the top are YAML or TOML between two rules."""
    if len(lines) < 3 or (mark := lines[0].text.rstrip()) not in ("---", "+++"):
        return 0
    ends = ("---", "...") if mark == "---" else ("+++",)
    shape = _YAML_LINE if mark == "---" else _TOML_LINE
    keys = 0
    for number, line in enumerate(lines[1:_LONGEST_FRONT], 1):
        if line.text.rstrip() in ends:
            return number + 1 if keys else 0
        if not shape.match(line.text):
            return 0
        keys += bool(_YAML_KEY.match(line.text)) if mark == "---" else "=" in line.text
    return 0


class _Container(NamedTuple):
    """What a line stands in: how deep quoted, and the column the list item's text begins in."""

    quotes: int
    column: int


def _fences(lines: Sequence[_Line], fenced: list[bool]) -> Iterator[Span]:
    """Each fenced block with its fences; marks its lines in *fenced*."""
    tally = _Tally(lines)
    column = 0  # where the text of the list item we are in begins
    i = 0
    while i < len(lines):
        if fenced[i]:
            i += 1
            continue
        depth, body = _unquoted(lines[i].text)
        column = _column(body, column)
        item = _ITEM.match(body)
        inner = body[item.end() :] if item else body
        opening = _FENCE.match(inner)
        if opening is None or (not item and _columns(body) > column + 3):
            i += 1
            continue
        last = _last_of_fence(lines, i, opening[1], _Container(depth, column))
        if opening[1][0] == "~" and not opening[2].strip() and tally.is_prose(i + 1, last + 1):
            i += 1
            continue
        if (
            Span(i, last) == tally.all_that_is_written
            and _is_closed(lines, i, last)
            and opening[2].strip().lower() in _OF_TEXT
            and tally.is_prose(i + 1, last)
        ):
            return
        fenced[i : last + 1] = [True] * (last + 1 - i)
        yield Span(lines[i].start, lines[last].end)
        i = last + 1


def _listings(lines: Sequence[_Line], fenced: list[bool]) -> Iterator[Span]:
    """Each block of AsciiDoc that holds code or what a program prints, with its rules; marks its lines in *fenced*."""
    first: int | None = None
    for number, line in enumerate(lines):
        if first is not None:
            if line.text.rstrip() == lines[first].text.rstrip():
                fenced[first : number + 1] = [True] * (number + 1 - first)
                yield Span(lines[first].start, line.end)
                first = None
        elif not fenced[number] and _LISTING.match(line.text):
            above = lines[number - 1].text if number else ""
            first = number if _BEFORE_LISTING.match(above) else None


def _hunks(lines: Sequence[_Line], fenced: list[bool]) -> Iterator[Span]:
    """The lines of patches, quoted in an e-mail or not, as their heads count them; marks them in *fenced*.

    What somebody answers between them stands in another depth of quotation, and is left.
    """
    depth = old = new = 0
    for number, line in enumerate(lines):
        deep, body = _unquoted(line.text)
        if head := _HUNK.match(body):
            depth, old, new = deep, int(head["old"] or 1), int(head["new"] or 1)
        elif deep != depth or max(old, new) <= 0:
            continue
        else:
            sign = body[:1]
            if sign not in ("", " ", "\t", "+", "-", "\\"):
                old = new = 0
                continue
            old -= sign not in ("+", "\\")
            new -= sign not in ("-", "\\")
        if not fenced[number]:
            fenced[number] = True
            yield Span(line.start, line.end)


def _settings(lines: Sequence[_Line], fenced: Sequence[bool]) -> Iterator[Span]:
    """Each run of lines that say something to a program by its key, one of them at least with a value."""
    for run in _runs(lines, fenced):
        is_set = len(run) > 1 and all(_SETTING.match(line.text) for line in run)
        if is_set and any("=" in line.text for line in run):
            yield Span(run[0].start, run[-1].end)


def _drawn_tables(lines: Sequence[_Line], fenced: list[bool]) -> Iterator[Span]:
    """Each table whose columns are told by where they stand in their lines, so that no edit may move them; marks its lines."""
    borders = [number for number, line in enumerate(lines) if _BORDER.match(line.text)]
    closing = [n for n in borders if n + 1 == len(lines) or lines[n + 1].is_blank]
    among = frozenset(borders)
    done = 0
    for number, line in enumerate(lines):
        if number < done or fenced[number]:
            continue
        if number in among:
            first, done = _simple_table(lines, number, done, closing)
        elif _GRID.match(line.text):
            first, done = number, _last_of_grid(lines, number) + 1
        else:
            continue
        if done > first + 2:
            fenced[first:done] = [True] * (done - first)
            yield Span(lines[first].start, lines[done - 1].end)


def _last_of_grid(lines: Sequence[_Line], first: int) -> int:
    last = first
    while last + 1 < len(lines) and lines[last + 1].text.lstrip()[:1] in ("|", "+"):
        last += 1
    return last


def _simple_table(
    lines: Sequence[_Line], border: int, done: int, closing: Sequence[int]
) -> tuple[int, int]:
    """Where the table with this *border*, its first, begins and ends; not before line *done*.

    Between borders of ``=`` blank lines may stand, and below the last one, which is one of *closing*, does; one of ``-`` is under a row of heads.
    """
    if "=" in lines[border].text:
        after = bisect_right(closing, border)
        last = closing[after] if after < len(closing) else border
        return border, (last if last < border + _LONGEST_TABLE else border) + 1
    first, most = border, min(border + _LONGEST_TABLE, len(lines))
    while first > done and not lines[first - 1].is_blank:
        first -= 1
    return first, next((n for n in range(border + 1, most) if lines[n].is_blank), most)


def _is_closed(lines: Sequence[_Line], first: int, last: int) -> bool:
    """Whether the fence that opens on the line *first* ends in a fence on the line *last*, with something between."""
    return last > first + 1 and lines[last].text.strip()[:3] in ("```", "~~~")


def _column(body: str, before: int) -> int:
    """The column the text of the list item begins in, of which *body* is a line; 0 outside of lists."""
    item = _ITEM.match(body)
    if item:
        return _columns(body) + len(item.group().lstrip())
    if not body.strip():
        return before
    return before if _columns(body) >= before else 0


def _unquoted(line: str) -> tuple[int, str]:
    """How often *line* is quoted, and what is."""
    quoted = _QUOTED.match(line)
    return (quoted.group().count(">"), line[quoted.end() :]) if quoted else (0, line)


def _last_of_fence(lines: Sequence[_Line], first: int, marks: str, inside: _Container) -> int:
    closing = re.compile(rf"[ \t]*{re.escape(marks)}{re.escape(marks[0])}*[ \t]*\Z")
    last = first
    for number in range(first + 1, len(lines)):
        depth, body = _unquoted(lines[number].text) if inside.quotes else (0, lines[number].text)
        if depth < inside.quotes:
            return last
        if inside.column and body.strip() and _columns(body) < inside.column:
            return number if closing.match(body) else last
        if closing.match(body) and _columns(body) <= inside.column + 3:
            return number
        last = number
    return last


_OF_TEXT = frozenset(["", "text", "txt", "plain", "plaintext", "markdown", "md"])
"""What a fence says of what it holds where that is no code."""


class _Tally:
    """What is asked of all lines, once for all fences: where something is written, and which are sentences.

    Of tildes that close nothing each may reach to the end.
    """

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._lines = lines

    @cached_property
    def _written(self) -> list[int]:
        """Before each line: in how many there stands anything but tildes."""
        return [0, *accumulate(bool(line.text.strip("~ \t")) for line in self._lines)]

    @cached_property
    def _sentences(self) -> list[int]:
        return [
            0,
            *accumulate(
                bool(line.text.strip("~ \t")) and is_prose(line.text) for line in self._lines
            ),
        ]

    @cached_property
    def all_that_is_written(self) -> Span:
        """The numbers of the first and the last line in which something is written; there is one."""
        solid = [number for number, line in enumerate(self._lines) if not line.is_blank]
        return Span(solid[0], solid[-1])

    def is_prose(self, start: int, end: int) -> bool:
        """Whether most of what is written in the lines ``[start, end)`` are sentences: tildes set them apart."""
        written = self._written[end] - self._written[start]
        return not written or 2 * (self._sentences[end] - self._sentences[start]) > written


def _announced(lines: Sequence[_Line]) -> Iterator[Span]:
    """The lines below one that announces code, for as long as they are indented deeper than it is."""
    above: _Line | None = None
    first = last = None
    for line in lines:
        if line.is_blank:
            continue
        if above is not None and line.indent > above.indent:
            first, last = first or line, line
            continue
        if first is not None and last is not None:
            yield Span(first.start, last.end)
            first = last = None
        above = line if line.text.rstrip().endswith(_ANNOUNCING) else None
    if first is not None and last is not None:
        yield Span(first.start, last.end)


def _unfenced(lines: Sequence[_Line], fenced: Sequence[bool], text: str) -> Iterator[Span]:
    """Code that nothing says is code: indented in a text that is Markdown, or known by its shape."""
    indented = ("    " in text or "\t" in text) and _INDENTED.search(text) is not None
    markdown = indented and _MARKDOWN.search(text) is not None
    written = [
        line for line, done in zip(lines, fenced, strict=True) if not done and not line.is_blank
    ]
    judged = {line.start: _is_code(line.text) for line in written}
    if not markdown and not any(judged.values()):
        return
    program = len(written) > _SHORTEST_PROGRAM and _is_most(judged.values())
    column = 0
    goes_on = False  # a block of code does over blank lines, for as long as its lines are indented
    for run in _runs(lines, fenced):
        deep = _indented_code(run, column, goes_on or judged[run[0].start]) if markdown else 0
        goes_on = deep == len(run)
        if deep:
            yield Span(run[0].start, run[deep - 1].end)
        rest = run[deep:]
        mostly = program or (len(rest) > 1 and _is_most(judged[line.start] for line in rest))
        for line in rest:
            if judged[line.start] or (mostly and not is_prose(line.text)):
                yield Span(line.start, line.end)
        for line in run:
            column = _column(line.text, column)


def _is_code(line: str) -> bool:
    """Whether *line* is one of a program, or quotes one."""
    depth, quoted = _unquoted(line)
    return is_code(line) or (depth > 0 and is_code(quoted))


def _is_most(judged: Iterable[bool]) -> bool:
    answers = list(judged)
    return 2 * sum(answers) >= len(answers)


def _runs(lines: Sequence[_Line], fenced: Sequence[bool]) -> Iterator[Sequence[_Line]]:
    """The lines outside of fences in runs without a blank one between them."""
    run: list[_Line] = []
    for line, done in zip(lines, fenced, strict=True):
        if done or line.is_blank:
            if run:
                yield run
            run = []
        else:
            run.append(line)
    if run:
        yield run


def _indented_code(run: Sequence[_Line], column: int, sure: bool) -> int:
    """How many lines at the beginning of *run* are indented code, in a text that is Markdown.

    Where it is not *sure* to be code, sentences in it are paragraphs whose lines somebody indented.
    """
    deep = 0
    while deep < len(run) and run[deep].indent >= column + 4:
        deep += 1
    sentences = sum(is_prose(line.text) for line in run[:deep])
    return 0 if 2 * sentences > deep and not sure else deep
