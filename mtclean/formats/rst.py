r"""reStructuredText: paragraphs, titles, items, definitions, notes and what admonitions say are prose; code, names and markup are not.

The structure is that of docutils' parser with the directives and roles of Sphinx.  A directive whose content is not known to be prose is left
alone with all that is indented below it, and so are tables that are drawn with the columns of the page.  A title whose underline is too short for
it is no prose either: so no change makes one longer than its underline.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import ClassVar, NamedTuple

from mtclean.formats.format import Choices, Format, Sources
from mtclean.formats.layout import Builder, Layout, Writing
from mtclean.formats.lines import (
    ENTRIES,
    NO_BLANK,
    SHORTEST_PROSE,
    Folded,
    Line,
    behind_header,
    column_behind,
    columns_of,
    lines_of,
)
from mtclean.formats.rst_inline import SIMPLE_NAME, is_escaped, marks_in, name_of, names_referred_to
from mtclean.text.model import Span

_GAP = r"(?:[ \t]+|$)"
_ROMAN = r"(?=[mdclxvi])m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_NUMBER = rf"(?:\d+|[a-zA-Z]|\#|{_ROMAN}|(?i-s:{_ROMAN}))"
_ARGUMENT = r"(?:[a-zA-Z][a-zA-Z0-9_-]*|<[^<>]+>)"
_OPTION = (
    rf"(?:[-+][a-zA-Z0-9](?: ?{_ARGUMENT})?|(?:--|/)[a-zA-Z0-9][a-zA-Z0-9_-]*(?:[ =]{_ARGUMENT})?)"
)
_BLOCK = re.compile(
    rf"(?P<explicit>\.\.{_GAP})"
    rf"|(?P<anonymous>__{_GAP})"
    rf"|(?P<bullet>[-+*\u2022\u2023\u2043]{_GAP})"
    rf"|(?P<enumerator>(?:\({_NUMBER}\)|{_NUMBER}[.)]){_GAP})"
    rf"|(?P<field>:(?![: ])(?:[^:\\]|\\.|:(?![ `]|$))*(?<! ):{_GAP})"
    rf"|(?P<option>{_OPTION}(?:, {_OPTION})*(?:[ \t]{{2,}}| ?$))"
    rf"|(?P<doctest>>>>{_GAP})"
    rf"|(?P<verse>\|{_GAP})"
    r"|(?P<grid>\+-[-+]+-\+$)"
    r"|(?P<columns>=+(?:[ \t]+=+)+$)"
    r"|(?P<rule>(?P<sign>[!-/:-@\[-`{-~])(?P=sign)*$)"
)
"""What a line begins with that is no text, as ``docutils.parsers.rst.states`` tells it."""
_UNDERLINE = re.compile(r"([!-/:-@\[-`{-~])\1*")
_SHORTEST_RULE = 4
"""Characters; a shorter one is text, unless it is as long as a title."""
_COLUMNS = re.compile(r"=+(?:[ \t]+=+)+")
_NOTE = re.compile(rf"\[(?:\d+|\#(?:{SIMPLE_NAME})?|\*|{SIMPLE_NAME})\]{_GAP}")
_DIRECTIVE = re.compile(rf"({SIMPLE_NAME})[ \t]?::{_GAP}")
_OF_OBJECT = re.compile(r"[a-z]\w*:[a-z]")
"""A directive of one of Sphinx's domains, ``py:method``, describes an object."""
_OPTION_OF_DIRECTIVE = re.compile(r":(?![: ])(?:[^:\\\n]|\\.)*(?<! ):(?:\s|$)")
_NO_SENTENCE = re.compile(
    r"(?:type|rtype|vartype|orphan|tocdepth|nocomments|nosearch)\b", re.IGNORECASE
)
"""Fields that hold no prose."""
_VERSE = re.compile(rf"\|{_GAP}")
_WORD = re.compile(r"\S+[ \t]*")
_CLASSIFIER = re.compile(r"[ \t]+:[ \t]+")


class _Content(Enum):
    """What the argument of a directive is whose content is prose."""

    PROSE = "the beginning of its content"
    TITLE = "a title"
    NO_PROSE = "no prose"
    VERSION = "a version, and perhaps prose"


_DIRECTIVES = {
    name: content
    for content, names in {
        _Content.PROSE: "attention caution danger error hint important note tip warning seealso todo"
        " epigraph highlights pull-quote compound glossary hlist impl-detail",
        _Content.TITLE: "admonition topic sidebar rubric centered list-table table csv-table",
        _Content.NO_PROSE: "figure container class rst-class only tab tabs tab-set tab-item dropdown"
        " function method classmethod staticmethod coroutinefunction coroutinemethod attribute property data exception"
        " decorator decoratormethod module describe object option cmdoption envvar confval setting type member macro var"
        " enum enumerator struct union opcode pdbcommand templatetag templatefilter fieldlookup django-admin"
        " django-admin-option",
        _Content.VERSION: "versionadded versionchanged versionremoved deprecated deprecated-removed",
    }.items()
    for name in names.split()
}
"""Directives of docutils and Sphinx, and of Python's and Django's own documentation, whose content is prose."""
_VERSIONS = {"deprecated-removed": 2}
_ONLY_TITLE = {"csv-table", "rubric", "centered"}
_LABELS = {"list-table": "table cell"}


_WRITING = Writing(blank=NO_BLANK)


class _Context(NamedTuple):
    """What is open: its content begins at the column ``indent``."""

    indent: int
    label: str


def escaped(text: str) -> str:
    """*text* as it has to be written to be read as prose."""
    return re.sub(r"([\\*`|_])", r"\\\1", text)


def read(sources: Sources, choices: Choices) -> Layout:
    """The prose of the one text in *sources*.  Takes time in proportion to it."""
    return _Reader(sources[""]).layout()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._builder = Builder(source)
        self._lines = lines_of(source)
        self._next = self._next_lines()
        self._borders = [
            number for number, line in enumerate(self._lines)
            if source.startswith("=", line.first) and _COLUMNS.fullmatch(source, line.first, line.end)
        ]  # fmt: skip
        self._names = names_referred_to(source)
        self._at = 0
        """The number of the line that is read."""
        self._column = 0
        """The column of the element that is read, in that line."""
        self._contexts = [_Context(0, "paragraph")]
        self._is_in_front = True
        """Whether nothing but titles was read, below which fields say what the page is."""

    def layout(self) -> Layout:
        self._at = behind_header(self._source, self._lines)
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.is_blank:
                self._at += 1
                continue
            self._enter(line.column)
            self._column = line.column
            start: int | None = line.first
            while start is not None:  # several may begin in one line: - 1. a
                start = self._element(start)
        return self._builder.layout(_WRITING)

    def _next_lines(self) -> list[int]:
        """For each line the number of the next that is not blank, or how many there are."""
        following = len(self._lines)
        numbers = [following] * len(self._lines)
        for number in range(len(self._lines) - 1, -1, -1):
            numbers[number] = following
            following = following if self._lines[number].is_blank else number
        return numbers

    def _enter(self, column: int) -> None:
        """Close what ends before something at *column*; what is indented further is a quotation, or goes on as what is open."""
        while column < self._contexts[-1].indent:
            self._contexts.pop()
        if column > self._contexts[-1].indent:
            label = self._contexts[-1].label
            self._contexts.append(_Context(column, "quotation" if label == "paragraph" else label))

    def _element(self, start: int) -> int | None:
        """Read the element at *start*; where another begins in its first line, that one's place."""
        line = self._lines[self._at]
        block = _BLOCK.match(self._source, start, line.end)
        kind = block.lastgroup if block else None
        read = self._readers.get(str(kind))
        if block is None or read is None:
            self._text(start)
            return None
        return read(self, start, block)

    # what an element is made of

    def _goes_on(self, number: int) -> bool:
        """Whether the line of that *number* is one of the same passage as the one before."""
        if number >= len(self._lines):
            return False
        line = self._lines[number]
        return not line.is_blank and line.column == self._contexts[-1].indent

    def _skip_below(self) -> None:
        """Go on behind the line and all that is indented below it."""
        indent = self._contexts[-1].indent
        self._at = self._next[self._at]
        while self._at < len(self._lines) and self._lines[self._at].column > indent:
            self._at = self._next[self._at]

    def _skip_paragraph(self) -> None:
        """Go on behind the next blank line, or before one that is indented less."""
        indent = self._contexts[-1].indent
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.is_blank or line.column < indent:
                return
            self._at += 1

    def _hang(self, label: str) -> None:
        """Open what is indented below the line, however far."""
        indent = self._contexts[-1].indent
        column, number = 0, self._next[self._at]
        while number < len(self._lines) and self._lines[number].column > indent:
            column = min(column or self._lines[number].column, self._lines[number].column)
            number += 1  # up to a blank line
        self._contexts.append(_Context(column or indent + 1, label))

    def _behind(self, block: re.Match[str]) -> int | None:
        """Where the content begins in the line, behind its mark; None, and the next line, where it begins below."""
        if block.end() == self._lines[self._at].end:
            self._at += 1
            return None
        self._column = column_behind(self._column, block.group())
        return block.end()

    def _add(self, spans: Sequence[Span], label: str) -> None:
        """A passage of the lines *spans*."""
        folded = Folded(self._source, spans)
        folded.add_to(self._builder, marks_in(folded.text, self._names))
        self._end_segment(label)

    def _end_segment(self, label: str) -> None:
        if label in ("table cell", "field"):
            self._builder.fix_short(SHORTEST_PROSE)
        self._builder.end_segment(label, escape=escaped, is_entry=label in ENTRIES)

    # lists

    def _item(self, start: int, block: re.Match[str]) -> int | None:
        if block.end() == self._lines[self._at].end:
            self._hang(self._item_label)
            self._at += 1
            return None
        behind = self._behind(block)
        self._contexts.append(_Context(self._column, self._item_label))
        return behind

    @property
    def _item_label(self) -> str:
        label = self._contexts[-1].label
        return label if label == "table cell" else "list item"

    def _enumerated(self, start: int, block: re.Match[str]) -> int | None:
        """An item with a number, unless the next line shows that it is a sentence: *A. Smith was there*."""
        following = self._at + 1
        if self._goes_on(following):
            line = self._lines[following]
            below = _BLOCK.match(self._source, line.first, line.end)
            if not below or below.lastgroup != "enumerator":
                self._text(start)
                return None
        return self._item(start, block)

    def _field(self, start: int, block: re.Match[str]) -> int | None:
        name = block.group().strip()[1:-1]
        if (self._is_in_front and len(self._contexts) == 1) or _NO_SENTENCE.match(name):
            self._skip_below()
            return None
        self._hang("field")
        return self._behind(block)

    def _option(self, start: int, block: re.Match[str]) -> int | None:
        """Options of a command and what is said of them; without that, they are text."""
        following = self._at + 1
        has_more = following < len(self._lines) and not self._lines[following].is_blank
        is_below = has_more and self._lines[following].column > self._contexts[-1].indent
        if block.end() == self._lines[self._at].end and not is_below:
            self._text(start)
            return None
        self._hang("definition")
        return self._behind(block)

    def _verse(self, start: int, block: re.Match[str]) -> None:
        """Lines that stay lines."""
        begun: re.Match[str] | None = block
        while begun:
            self._add([Span(begun.end(), self._lines[self._at].end)], "line")
            self._at += 1
            if not self._goes_on(self._at):
                return
            line = self._lines[self._at]
            begun = _VERSE.match(self._source, line.first, line.end)
        self._skip_paragraph()

    # what is no prose

    def _skipped(self, start: int, block: re.Match[str]) -> None:
        """A target, a comment and the like, with all that is indented below."""
        self._skip_below()

    def _drawn(self, start: int, block: re.Match[str]) -> None:
        """A table drawn as a grid, or an example of what a program is told: up to a blank line."""
        self._at += 1
        self._skip_paragraph()

    def _in_columns(self, start: int, block: re.Match[str]) -> None:
        """A table between lines of ``=``, the second or the third of which ends it."""
        first = bisect_right(self._borders, self._at)
        for number, is_last in zip(self._borders[first : first + 2], (False, True), strict=False):
            if is_last or self._next[number] > number + 1:
                self._at = number + 1
                return
        self._drawn(start, block)

    def _literal(self) -> None:
        """Code, to which the paragraph before it leads: what is indented, or lines that begin with the same sign."""
        first = (
            self._at
            if self._at < len(self._lines) and not self._lines[self._at].is_blank
            else self._next[self._at - 1]
        )
        if first >= len(self._lines):
            return
        line = self._lines[first]
        indent = self._contexts[-1].indent
        sign = self._source[line.first]
        if line.column > indent:
            self._at = first - 1
            self._skip_below()
        elif line.column == indent and _UNDERLINE.match(sign):
            self._at = first
            self._skip_paragraph()
        else:
            return
        self._builder.skip()

    # explicit markup

    def _explicit(self, start: int, block: re.Match[str]) -> int | None:
        end = self._lines[self._at].end
        self._column = column_behind(self._column, block.group())
        if note := _NOTE.match(self._source, block.end(), end):
            self._hang("note")
            return self._behind(note)
        directive = _DIRECTIVE.match(self._source, block.end(), end)
        if directive:
            return self._directive(directive)
        if block.end() == end and self._next[self._at] > self._at + 1:
            self._at += 1  # it comments on nothing
        else:
            self._skip_below()
        return None

    def _directive(self, directive: re.Match[str]) -> int | None:
        name = directive[1].lower()
        content = _DIRECTIVES.get(name) or (_OF_OBJECT.match(name) and _Content.NO_PROSE)
        if not content:
            if "code" in name or "literal" in name:
                self._builder.skip()
            self._skip_below()
            return None
        first = self._at
        self._hang(_LABELS.get(name, self._contexts[-1].label))
        behind = self._argument_end()
        if content is _Content.PROSE:
            return self._behind(directive)
        has_argument = directive.end() < self._lines[first].end
        spans = [Span(line.first, line.end) for line in self._lines[first:behind]]
        spans[0] = Span(directive.end(), spans[0].end)
        self._at = behind
        if content is _Content.VERSION:
            spans = self._without_words(spans, _VERSIONS.get(name, 1))
        if content is not _Content.NO_PROSE and spans and (has_argument or spans[1:]):
            self._add(spans, "heading" if content is _Content.TITLE else "paragraph")
        if name in _ONLY_TITLE:
            self._contexts.pop()
            self._at -= 1
            self._skip_below()
        return None

    def _argument_end(self) -> int:
        """Behind which line the argument of the directive ends that was opened just now; its options are not seen any more."""
        indent, number = self._contexts[-1].indent, self._at + 1
        end = 0
        while (
            number < len(self._lines)
            and not (line := self._lines[number]).is_blank
            and line.column >= indent
        ):
            if end or _OPTION_OF_DIRECTIVE.match(self._source, line.first, line.end + 1):
                end = end or number
                self._lines[number] = Line(line.end, line.end, 0)
            number += 1
        if end:
            self._next[end - 1 : number] = [self._next[number - 1]] * (number - end + 1)
        return end or number

    def _without_words(self, spans: list[Span], words: int) -> list[Span]:
        """*spans* without so many words at their beginning."""
        for number, (start, end) in enumerate(spans):
            while start < end:
                word = _WORD.match(self._source, start, end)
                if not words or not word:
                    return [Span(start, end), *spans[number + 1 :]]
                words -= 1
                start = word.end()
        return []

    # text

    def _rule(self, start: int, block: re.Match[str]) -> None:
        """A line between two parts, or the one above a title; with neither, docutils reads nothing of what follows at once."""
        line, below = self._lines[self._at], self._lines[self._at + 1 : self._at + 3]
        rule = self._source[start : line.end]
        title = below[0] if below and not below[0].is_blank else None
        is_rule = title and _UNDERLINE.fullmatch(self._source, title.first, title.end)
        if title and not is_rule and self._source[below[-1].first : below[-1].end] == rule:
            self._at += 3
            self._title(Span(title.first, title.end), len(rule))
        elif len(rule) < _SHORTEST_RULE:
            self._text(start)
        else:
            self._at += 1 if not title else 2 if is_rule else 3

    def _title(self, title: Span, width: int) -> None:
        """A title over, or between, lines of so many columns."""
        text = self._source[slice(*title)]
        if columns_of(text) <= width and name_of(text) not in self._names:
            self._add([title], "heading")

    def _text(self, start: int) -> None:
        first, label = self._at, self._contexts[-1].label
        lines = self._lines
        spans = [Span(start, lines[first].end)]
        end = first + 1
        if self._goes_on(end) and self._is_underline(end, spans[0]):
            self._at = end + 1
            self._title(spans[0], lines[end].end - lines[end].first)
            return
        while self._goes_on(end):
            spans.append(Span(lines[end].first, lines[end].end))
            end += 1
        self._is_in_front = False
        self._at = end
        leads_on = self._leads_to_code(spans)
        is_above = end < len(lines) and lines[end].column > self._contexts[-1].indent
        if is_above and not leads_on:
            self._terms(spans)
        elif spans[-1].start < spans[-1].end or spans[1:]:
            self._add(spans, label)
        if leads_on:
            self._literal()

    def _is_underline(self, number: int, title: Span) -> bool:
        """Whether the line of that *number* makes a title of the one above."""
        line = self._lines[number]
        if not _UNDERLINE.fullmatch(self._source, line.first, line.end):
            return False
        width = line.end - line.first
        return width >= _SHORTEST_RULE or width >= columns_of(self._source[slice(*title)])

    def _leads_to_code(self, spans: list[Span]) -> bool:
        """Whether the passage of *spans* ends in ``::``; what of that is not shown is taken away from them."""
        start, end = spans[-1]
        text = self._source[start:end]
        if not text.endswith("::") or is_escaped(text, len(text) - 2):
            return False
        bare = text[:-2].rstrip()
        spans[-1] = Span(start, end - 1 if bare == text[:-2] and bare else start + len(bare))
        if not bare and spans[1:]:
            spans.pop()
        return True

    def _terms(self, spans: Sequence[Span]) -> None:
        """Terms, each in its line, above what defines them, without what they are classified as."""
        for start, end in spans:
            classifier = _CLASSIFIER.search(self._source, start, end)
            self._add([Span(start, classifier.start() if classifier else end)], "term")
        self._hang("definition")

    _readers: ClassVar[Mapping[str, Callable[[_Reader, int, re.Match[str]], int | None]]] = {
        "explicit": _explicit,
        "anonymous": _skipped,
        "bullet": _item,
        "enumerator": _enumerated,
        "field": _field,
        "option": _option,
        "doctest": _drawn,
        "verse": _verse,
        "grid": _drawn,
        "columns": _in_columns,
        "rule": _rule,
    }


FORMAT = Format("rst", "a reStructuredText page", frozenset({".rst", ".rest"}), read)
