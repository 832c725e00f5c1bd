r"""AsciiDoc: paragraphs, titles, items of lists and what admonitions say are prose; code, macros, tables and markup are not.

The structure is that of Asciidoctor, line by line.  What stands in a block of a style that is not known to be prose, such as ``[source]``, stays,
and so do tables and the terms of lists, which are options of a command more often than words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape

from mtclean.formats.format import Choices, Format, Sources
from mtclean.formats.layout import Builder, Layout, Writing
from mtclean.formats.lines import ENTRIES, NO_BLANK, Folded, Mark, Sign, behind_header, lines_of
from mtclean.text.model import Span

_SKIPPED_LINE = re.compile(
    r":!?\w[\w-]*!?:(?:\s|$)"  # an attribute of the page
    r"|//(?!//)|'''$|<<<$|\+$|(?:-{3}|\*{3}|(?:- ){2}-|(?:\* ){2}\*)$"
    r"|[\w-]+::\S*\[[^\n]*\]$"  # an image, another file, a condition
    r"|\[\[[^\]\n]*\]\]$"
)
_STYLE = re.compile(r"\[(?:(?P<style>[\w-]+)(?![\w-]*=))?[^\n]*\]$")
_PROSE_STYLES = frozenset([
    "NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "quote", "example", "sidebar", "abstract",
    "partintro", "preface", "discrete", "float", "appendix", "dedication", "colophon", "acknowledgments", "glossary",
    "bibliography", "index", "horizontal", "qanda", "ordered", "arabic", "loweralpha", "upperalpha", "lowerroman",
    "upperroman", "decimal", "square", "circle", "disc", "none", "no-bullet", "unstyled", "lead",
])  # fmt: skip
"""What Asciidoctor calls blocks, lists and sections of prose."""
_FENCE = re.compile(
    r"(?P<code>-{4,}|\.{4,}|\+{4,}|/{4,}|`{3,}|[|,:!]={3,})|={4,}$|\*{4,}$|_{4,}$|--$"
)
"""Around a block of code, a table and the like, or one of prose."""
_TITLE = re.compile(r"(?:={1,6}|#{1,6})[ \t]+(?=\S)")
_UNDERLINE = re.compile(r"([=~^+-])\1+")
_CAPTION = re.compile(r"\.(?=[^\s.])")
_ITEM = re.compile(
    r"(?:-|\*{1,5}|\.{1,5}|\d{1,9}\.|[a-zA-Z]\.|[ivxIVX]{1,6}\)|<(?:\d{1,3}|\.)>)[ \t]+(?=\S)"
)
_TERM = re.compile(r"(?!//)\S[^\n]*?(?::{2,4}|;;)(?:$|[ \t]+)")
_ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+")
_BREAK = re.compile(r"[ \t]+\+$")
_INLINE = re.compile(
    r"(?P<escape>\\[^\w\s])"
    r"|(?P<code>(?P<ticks>`{1,2})(?!`)[^`]{1,400}(?P=ticks)(?!`)"
    r"|\+\+\+[^+]{1,400}\+\+\+|\+\+[^+]{1,400}\+\+|(?<![\w+])\+(?=\S)[^+\n]{1,400}(?<=\S)\+(?![\w+])|\$\$[^$]{1,400}\$\$)"
    r"|(?P<quotes>(?<!\w)[\"']`(?=\S)|(?<=\S)`[\"'])"
    r"|(?P<index>\(\(\((?:[^()]|\((?!\()|\)(?!\)\))){1,400}\)\)\)|\[\[[^\[\]\n]{1,200}\]\])"
    r"|(?P<note>footnote:\w{0,60}\[(?:[^\[\]]|\[[^\[\]]{0,200}\]){0,1000}\])"
    r"|(?P<flow>\(\([^()\n]{1,200}\)\))"
    r"|(?P<reference><<[^<>\n,]{1,200}>>)|(?P<lead><<[^<>\n,]{1,200},[ ]?)(?P<title>[^<>\n\[\]]{1,200})(?P<rest>>>)"
    r"|(?P<url>(?:(?:link|xref|mailto):[^\s\[\]]{1,300}|https?://[^\s\[\]<>]{1,300})\[)(?P<text>[^\[\]=\"^`]{1,200})(?P<end>\])"
    r"|(?P<macro>(?:\w[\w-]{0,40}:[^\s\[\]:]{0,300}|\{[\w-]{1,60}\}[^\s\[\]]{0,300}|https?://[^\s\[\]<>]{1,300})\[[^\[\]]{0,400}\])"
    r"|(?P<attribute>\{[\w-]{1,60}(?::[^{}\n]{0,100})?\})"
    r"|(?P<marked>(?:\[[^\[\]\n]{1,100}\])?#[^\s#][^#\n]{0,200}#|\^\S{1,40}?\^|~\S{1,40}?~)"
    r"|(?P<number><\d{1,3}>)"
    r"|(?P<entity>&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|[a-zA-Z]{2,8});)"
    r"|(?P<open>\*\*(?=\S)(?=[^*]{1,500}\*\*)|__(?=[^\s_])(?=[^_]{1,500}__)"
    r"|(?<![\w;:}*\\])\*(?=[^\s*])(?=[^*]{0,500}(?<=\S)\*(?![\w*]))|(?<![\w;:}_\\])_(?=[^\s_])(?=[^_]{0,500}(?<=\S)_(?![\w_])))"
    r"|(?P<torn>`)"
)
"""What in a passage is no prose, each bounded."""
_REFERRED_TO = re.compile(r"<<([^<>\n,#]{1,200})|xref:([^\[\]\n]{1,200})\[")
_WRITING = Writing(blank=NO_BLANK)


def read(sources: Sources, choices: Choices) -> Layout:
    """The prose of the one text in *sources*.  Takes time in proportion to it."""
    return _Reader(sources[""]).layout()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._builder = Builder(source)
        self._lines = lines_of(source)
        self._names = {(match[1] or match[2]).strip() for match in _REFERRED_TO.finditer(source)}
        self._at = 0
        """The number of the line that is read."""
        self._is_prose = True
        """Whether the style that was named for the next block is one of prose."""

    def layout(self) -> Layout:
        self._at = behind_header(self._source, self._lines)
        while self._at < len(self._lines):
            if self._lines[self._at].is_blank:
                self._at += 1
            else:
                self._block()
        return self._builder.layout(_WRITING)

    def _span(self, number: int) -> Span:
        """The line of that *number*, without white space around it; empty behind the last."""
        if number >= len(self._lines):
            return Span(len(self._source), len(self._source))
        return Span(*self._lines[number][:2])

    def _matches(self, pattern: re.Pattern[str], number: int) -> re.Match[str] | None:
        """*pattern* at the beginning of the line of that *number*, if that is not indented."""
        if number >= len(self._lines) or self._lines[number].column:
            return None
        return pattern.match(self._source, *self._span(number))

    def _block(self) -> None:
        at = self._at
        start, end = self._span(at)
        if self._matches(_SKIPPED_LINE, at):
            self._at += 1
        elif style := self._matches(_STYLE, at):
            self._is_prose = self._is_prose and (style["style"] or "NOTE") in _PROSE_STYLES
            self._at += 1
        elif self._is_underlined(at):
            self._at += 2
            self._title(Span(start, end))
        elif fence := self._matches(_FENCE, at):
            self._fenced(fence)
        elif title := self._matches(_TITLE, at):
            self._at += 1
            self._title(Span(title.end(), end))
            if len(title.group().strip()) == 1:
                self._skip_paragraph()  # the author and attributes of the page
        elif caption := self._matches(_CAPTION, at):
            self._at += 1
            self._add([Span(caption.end(), end)], "heading")
        else:
            self._words(start, end)

    def _is_underlined(self, number: int) -> bool:
        """Whether the line of that *number* is a title with a line below, which is as long, or one character more or less."""
        start, end = self._span(number)
        rule = self._matches(_UNDERLINE, number + 1)
        if not rule or rule.end() != self._span(number + 1).end or self._lines[number].column:
            return False
        has_word = any(map(str.isalnum, self._source[start:end]))
        return has_word and abs(len(rule.group()) - (end - start)) < 2

    def _title(self, title: Span) -> None:
        self._is_prose = True
        if self._source[slice(*title)] not in self._names:
            self._add([title], "heading")

    def _fenced(self, fence: re.Match[str]) -> None:
        """A block of code up to a line such as the one it begins with; one of prose is read as what is around it."""
        self._at += 1
        if not fence["code"] and self._is_prose:
            return
        self._is_prose = True
        rule = self._source[slice(*self._span(self._at - 1))]
        rule = "```" if rule.startswith("```") else rule
        while self._at < len(self._lines) and self._source[slice(*self._span(self._at))] != rule:
            self._at += 1
        self._at += 1
        self._builder.skip()

    def _skip_paragraph(self) -> None:
        while self._at < len(self._lines) and not self._lines[self._at].is_blank:
            self._at += 1

    def _words(self, start: int, end: int) -> None:
        """An item, what is said of a term, or a paragraph, which is code where it is indented."""
        item = _ITEM.match(self._source, start, end)
        term = None if item else _TERM.match(self._source, start, end)
        if not self._is_prose or (not item and not term and self._lines[self._at].column):
            self._is_prose = True
            self._skip_paragraph()
            self._builder.skip()
            return
        if item:
            self._passage(item.end(), "list item")
        elif term and term.end() < end:
            self._passage(term.end(), "definition")
        elif term:
            self._at += 1
            while self._matches(_TERM, self._at):  # several of them, of one meaning
                self._at += 1
            below = self._span(self._at)
            if below.start < below.end and not self._begins_another(self._at, in_list=True):
                self._passage(below.start, "definition")
        else:
            admonition = _ADMONITION.match(self._source, start, end)
            self._passage(admonition.end() if admonition else start, "paragraph")

    def _begins_another(self, number: int, *, in_list: bool) -> bool:
        """Whether the line of that *number* does not go on with the passage above it."""
        if self._lines[number].is_blank:
            return True
        if any(self._matches(one, number) for one in (_SKIPPED_LINE, _STYLE, _FENCE)):
            return True
        span = self._span(number)
        return in_list and any(one.match(self._source, *span) for one in (_ITEM, _TERM))

    def _passage(self, start: int, label: str) -> None:
        """A passage that begins at *start* in the line, up to its end; a line that ends in `` +`` stays one."""
        spans = list[Span]()
        while True:
            end = self._span(self._at).end
            hard = _BREAK.search(self._source, start, end)
            spans.append(Span(start, hard.start() if hard else end))
            self._at += 1
            ends = self._at >= len(self._lines) or self._begins_another(
                self._at, in_list=label != "paragraph"
            )
            if hard or ends:
                self._add(spans, label)
                spans = []
            if ends:
                return
            start = self._span(self._at).start

    def _add(self, spans: Sequence[Span], label: str) -> None:
        folded = Folded(self._source, spans)
        folded.add_to(self._builder, _marks(folded.text))
        self._builder.end_segment(label, is_entry=label in ENTRIES)


def _marks(text: str) -> Iterator[Mark]:
    """What in the passage *text* is no prose, in order and apart."""
    closing: list[tuple[int, int]] = []
    at = 0
    while found := _INLINE.search(text, at):
        while closing and closing[0][0] <= found.start():
            yield Mark(*closing[0])
            at = max(at, closing.pop(0)[1])
        if found.start() < at:
            continue  # it was what closes
        start, at = found.span()
        closing = [one for one in closing if one[0] >= at]
        kind = str(found.lastgroup)
        shown = found.group()
        if kind == "open":
            end = text.find(shown, at)
            closing = sorted([*closing, (end, end + len(shown))])
            yield Mark(start, at)
        elif kind in ("rest", "end"):
            words = found.span("title" if kind == "rest" else "text")
            yield Mark(start, words[0], Sign.LINK)
            yield Mark(words[1], at, Sign.LINK_END)
        elif kind == "index":
            yield Mark(start, at)
        elif kind == "note" and not text[start - 1 : start].isspace():
            yield Mark(start, at, Sign.NOTE)
        else:
            yield Mark(start, at, Sign.FIXED, _SHOWN.get(kind, str)(shown))
    yield from (Mark(*one) for one in closing)


_SHOWN: dict[str, Callable[[str], str]] = {
    "escape": lambda shown: shown[1:],
    "code": lambda shown: f"`{shown.strip('`+$')}`",
    "entity": unescape,
    "marked": lambda shown: shown.strip("#^~"),
    "note": lambda _: "[1]",
    "flow": lambda shown: shown[2:-2],
    "macro": lambda shown: f"`{shown.replace('`', '')}`",
    "attribute": lambda shown: f"`{shown}`",
    "reference": lambda shown: f"`{shown[2:-2]}`",
}
"""How something looks that is no prose."""

FORMAT = Format("asciidoc", "an AsciiDoc page", frozenset({".adoc", ".asciidoc"}), read)
