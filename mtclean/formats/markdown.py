"""Markdown: paragraphs, headings, list items, table cells and notes are prose; code, links and markup are not.

The structure is that of pulldown-cmark (:mod:`pyromark`), CommonMark with GitHub's tables, notes, strokes,
task lists and alerts, lists of definitions, and front matter.  What other dialects add is left alone by its shape: Liquid and Jekyll
(``{% … %}``, ``{{ … }}``, ``{: .class}``), code between the tags of a site's builder, MyST's roles (``{func}`name` ``), what a wiki's link leads to (``[[page|``), admonitions (``:::`` and ``!!!``), formulas between dollars.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import cast

import pyromark
from pyromark import Options

from mtclean.formats.code_points import CodePoints
from mtclean.formats.format import Choices, Format, Sources
from mtclean.formats.layout import Builder, Layout
from mtclean.formats.lines import ENTRIES, SHORTEST_PROSE
from mtclean.text.model import Span
from mtclean.text.protect.shortcodes import shortcodes
from mtclean.text.span_set import SpanSet

_DIALECT = (
    Options.ENABLE_TABLES
    | Options.ENABLE_GFM
    | Options.ENABLE_DEFINITION_LIST
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_MATH
    | Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
    | Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
)
_INLINE = {"Emphasis", "Strong", "Strikethrough", "Link", "Superscript", "Subscript"}
_NO_PROSE = {"CodeBlock", "MetadataBlock", "HtmlBlock", "Image"}
_LABELS = {
    "Heading": "heading",
    "Item": "list item",
    "TableCell": "table cell",
    "FootnoteDefinition": "note",
    "BlockQuote": "quotation",
    "DefinitionListTitle": "term",
    "DefinitionListDefinition": "definition",
}
_AUTOLINKS = {"Autolink", "Email"}
_CODE_TAG = re.compile(r"<(/?)(?:code|pre|kbd|samp|var|tt|script|style|svg|math)\b", re.IGNORECASE)
_WIDE_TAG = re.compile(r"<(?:br|img|hr|input|wbr)\b", re.IGNORECASE)
_SETTING = r"[ \t]*(?:[\w.'\"-]{1,80}[ \t]*[=:](?=\s|['\"\w\[{])[^\n]*|\[[^\n]*\]|[-+{}()#][^\n]*)?[ \t]*\n"
_SETTINGS = re.compile(
    r"\{\{[<%][ \t]*(?P<name>[\w/-]{1,40})[^{}\n]*[>%]\}\}[ \t]*\n"
    rf"(?:{_SETTING}){{1,400}}?[ \t]*\{{\{{[<%][ \t]*/[ \t]*(?P=name)[ \t]*[>%]\}}\}}"
)
"""Settings between the halves of one of Hugo's shortcodes, ``{{< code-toggle >}}``: lines that give something a value."""
_OTHERS = re.compile(
    r"\{%[^%\n]*%\}|\{\{[^{}\n]*\}\}|\{:[^{}\n]*\}|\{ ?#[^{}\n]*\}|\{/\*[^{}\n]*\*/\}"
    r"|\{[a-z][\w:.+-]{0,40}\}(?=`)"
    r"|!?\[\[[^\[\]|\\\n]{1,200}(?:\\?\||\]\](?![(\[]))"
    r"|^[ \t]*(?::::|!!!|\?\?\?)[^\n]*"
    # where a link leads, beside one that only a site's builder can read: [1]: {{ site.url }}/en/
    r"|^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]*(?:\{\{|<?[a-z]{2,8}://|<?mailto:|\.{0,2}/|#)[^\n]*"
    r"|^[ \t]*\[\[?_?TOC_?\]\]?[ \t]*$",
    re.MULTILINE,
)
_QUOTED = re.compile(r"[ \t]*>")
_EXPRESSIONS = re.compile(
    r"^(?:import|export)\b[^\n]*(?:\n[^\S\n]*\S[^\n]*)*|\{(?:[^{}\n]|\{[^{}\n]*\})*\}", re.MULTILINE
)
"""Of MDX: programs up to a blank line, and ``{values}``."""
_SPECIAL = re.compile(r"([\\`*_\[\]<|])")

Events = Iterator[tuple["str | dict[str, object]", dict[str, int]]]
"""What happens in the text, and where in it, in bytes of UTF-8."""


def escaped(text: str) -> str:
    """*text* as it has to be written to be read as prose."""
    return _SPECIAL.sub(r"\\\1", text)


def read(sources: Sources, choices: Choices) -> Layout:
    """The prose of the one text in *sources*.  Takes time in proportion to it."""
    return _Reader(sources[""], _SETTINGS, _OTHERS).layout()


def read_mdx(sources: Sources, choices: Choices) -> Layout:
    """The same of MDX, whose elements and values are a program's."""
    source = sources[""]
    return _Reader(source, _SETTINGS, _OTHERS, _EXPRESSIONS).layout()


class _Reader:
    def __init__(self, source: str, *others: re.Pattern[str]) -> None:
        self._source = source
        self._builder = Builder(source)
        self._code_point = CodePoints(source.encode()).at
        self._others = SpanSet(
            [
                *(Span(*m.span()) for other in others for m in other.finditer(source)),
                *shortcodes(source),
            ]
        )
        self._other_ends = [span.end for span in self._others]
        self._label = ["paragraph"]
        self._code = 0
        """How many elements of HTML that hold no prose are open."""
        self._link: list[bool] = []
        """Whether each link that is open shows its address."""

    def layout(self) -> Layout:
        found = pyromark.events_with_range(self._source, options=_DIALECT)
        events = cast("Events", iter(found))
        for event, place in events:
            span = self._span(place)
            if isinstance(event, str):
                self._mark(event, span)
            elif "Start" in event:
                self._start(event["Start"], span, events)
            elif "End" in event:
                self._close(_name(event["End"]), span)
            else:
                ((kind, value),) = event.items()
                self._inline(kind, str(value), span)
        self._end_segment()
        return self._builder.layout()

    def _span(self, place: dict[str, int]) -> Span:
        return Span(self._code_point(place["start"]), self._code_point(place["end"]))

    def _start(self, tag: object, span: Span, events: Events) -> None:
        name = _name(tag)
        if name == "Image":
            _skip(events, name)
            self._fixed(span)
        elif name in _INLINE:
            self._builder.seam()
            if isinstance(tag, dict) and name == "Link":
                self._link.append(tag[name]["link_type"] in _AUTOLINKS)
                self._builder.open_link()
        else:
            self._end_segment()
            if name in _NO_PROSE:
                if name == "CodeBlock":
                    self._builder.skip()
                _skip(events, name)
            else:
                self._label.append(_LABELS.get(name, self._label[-1]))

    def _close(self, name: str, span: Span) -> None:
        if name in _INLINE:
            self._builder.seam()
        if name == "Link":
            self._link.pop()
            if not self._builder.close_link():
                self._fixed(span)  # a text is put in when the page is made
        elif name not in _INLINE:
            self._end_segment()
            self._label.pop()

    def _mark(self, event: str, span: Span) -> None:
        if event == "SoftBreak":
            self._soft_break(span)
        elif event == "HardBreak":
            self._builder.fixed("\n", *span)
        else:  # a rule between paragraphs
            self._end_segment()

    def _soft_break(self, span: Span) -> None:
        """A line that ends within a paragraph is shown as a space; in a quotation it stays, for the next begins with a mark."""
        if self._builder.is_in_segment:
            stays = self._others.covers(span) or _QUOTED.match(self._source, span.end)
            put = self._builder.fixed if stays else self._builder.whole
            self._builder.seam()  # lines are their author's
            put(" ", *span)

    def _inline(self, kind: str, value: str, span: Span) -> None:
        if kind == "Text":
            self._text(value, span)
        elif kind in ("InlineHtml", "Html"):
            self._tag(value, span)
        elif kind != "TaskListMarker":
            self._fixed(span)

    def _text(self, text: str, span: Span) -> None:
        if self._code or any(self._link):
            self._fixed(span)
        elif self._source[slice(*span)] != text:
            if text:
                self._builder.whole(text, *span)
        else:
            self._prose(span)

    def _prose(self, span: Span) -> None:
        """Prose, but for what other dialects have in it."""
        at = span.start
        for other in self._others[bisect_left(self._other_ends, at + 1) :]:
            if other.start >= span.end:
                break
            self._builder.verbatim(at, max(at, other.start))
            at, start = min(span.end, other.end), max(at, other.start)
            self._fixed(Span(start, at))
        self._builder.verbatim(at, span.end)

    def _tag(self, tag: str, span: Span) -> None:
        """A tag has no width in its line, but for those that are something to see."""
        if code := _CODE_TAG.match(tag):
            self._code = max(0, self._code - 1) if code[1] else self._code + 1
        self._builder.seam()
        if _WIDE_TAG.match(tag):
            self._fixed(span)

    def _fixed(self, span: Span) -> None:
        if span.start < span.end:
            self._builder.fixed(self._source[slice(*span)], *span)

    def _end_segment(self) -> None:
        if self._label[-1] == _LABELS["TableCell"]:
            self._builder.fix_short(SHORTEST_PROSE)
        label = self._label[-1]
        self._builder.end_segment(label, escape=escaped, is_entry=label in ENTRIES)
        self._code = 0


def _name(tag: object) -> str:
    """The name of an element, which comes with what is said of it, if there is anything."""
    return str(next(iter(tag)) if isinstance(tag, dict) else tag)


def _skip(events: Events, name: str) -> None:
    """Go on behind the end of the element *name* that was just begun."""
    depth = 1
    for event, _ in events:
        if isinstance(event, str):
            continue
        if "Start" in event:
            depth += _name(event["Start"]) == name
        elif "End" in event:
            depth -= _name(event["End"]) == name
            if not depth:
                return


FORMAT = Format("markdown", "a Markdown page", frozenset({".md", ".markdown", ".mdown"}), read)
MDX = Format("mdx", "an MDX page", frozenset({".mdx"}), read_mdx)
