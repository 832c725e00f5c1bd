"""OpenDocument texts: the paragraphs of the body, of tables, notes, text boxes, headers and footers are prose.

The archive, its other members and all markup stay as they are, byte for byte (OpenDocument 1.3, OASIS: part 3).  White
space is one space, as it is shown; ``text:s`` is more of it.  What the program makes (fields, indexes), what is
deleted with changes recorded, code and remarks are no prose.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from mtclean.formats.docx.paragraphs import MOST_TOKENS, Paragraph, Token, TokenKind, put
from mtclean.formats.docx.styles import Look, Style, Styles, is_monospace
from mtclean.formats.format import Archive, Choices, Format, Sources, Unreadable
from mtclean.formats.layout import Builder, Layout, Source, Writing
from mtclean.formats.markup_edits import only_prose
from mtclean.formats.xml import SEEN, Event, Kind, events
from mtclean.formats.zip_ import opened, pack

_CONTENT, _STYLES, _MANIFEST, _TYPE = (
    "content.xml",
    "styles.xml",
    "META-INF/manifest.xml",
    "mimetype",
)
_KIND = "application/vnd.oasis.opendocument.text"
_LONGEST_TYPE = 100  # bytes
_MOST_SPACES = 100
"""What one ``text:s`` may stand for; more are not told from layout."""

_THROUGH = frozenset(
    [
        "span",
        "a",
        "meta",
        "ruby",
        "ruby-base",
        "note",
        "list",
        "list-item",
        "list-header",
        "section",
    ]
)
"""Of ``text:``, what has prose inside."""
_NO_WIDTH = re.compile(
    r"(?:bookmark|reference-mark|change|.*-mark)(?:-start|-end)?|soft-page-break"
)
_NOT_READ = frozenset(
    [
        "text:tracked-changes", "text:ruby-text", "text:note-citation", "text:number", "text:hidden-text",
        "text:hidden-paragraph", "text:table-of-content", "text:illustration-index", "text:table-index",
        "text:object-index", "text:user-index", "text:alphabetical-index", "text:bibliography",
        "office:annotation", "office:forms", "office:scripts", "svg:title", "svg:desc",
    ]
)  # fmt: skip
_BOXES = frozenset(["draw:text-box", "draw:custom-shape"])
_DRAWN = frozenset(["draw:frame", "draw:a", "draw:g"])
"""What is drawn, with something to read inside perhaps."""
_MARGINS = {
    f"{prefix}:{kind}{pages}": kind
    for prefix in ("style", "loext")
    for kind in ("header", "footer")
    for pages in ("", "-left", "-first")
}
_RUN = re.compile(r"([ \t\r\n]+)|&#?\w+;|[^& \t\r\n]+(?: [^& \t\r\n]+){0,200}|&")
_ODD = re.compile(r"[&\t\r\n]|  ")
"""What a text has in it that is not seen as it stands there."""
_TAG = re.compile(r"<[^<>]*>")
_BLANK = r"\s+|<text:s\b[^<>]*/>|<text:s\b[^<>]*></text:s>"
_SPACE_IN_NAME = re.compile(r"_20_")


@dataclass(slots=True)
class _Paragraph(Paragraph):
    spans: list[str] = field(default_factory=list)
    """The styles of the spans that are open in it."""
    after_space: bool = True
    """Whether white space here is not shown, as it is at the beginning and behind other."""


class _Open(NamedTuple):
    """An element that is open."""

    name: str
    may_leave: bool
    """Whether it ends a paragraph, a span or a place."""


@dataclass(slots=True)
class _Found:
    """What was met so far in all parts."""

    paragraphs: list[_Paragraph] = field(default_factory=list)
    tokens: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    """How many tables, notes and the like there were."""

    def number(self, kind: str) -> int:
        """The number of the next *kind*."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]


def read(sources: Sources, choices: Choices) -> Layout:
    """The paragraphs of the parts in *sources*.  Takes time in proportion to them."""
    found, said = _Found(), Styles()
    for part in sorted(
        sources, reverse=True
    ):  # those of the document stand above those of its body
        _add_styles(said, sources[part])
    for part, source in sources.items():
        _Reader(part, source, said, found).read()
    builder = Builder()
    for number, (part, source) in enumerate(sources.items()):
        if number:
            builder.part(part, source)
        else:
            builder = Builder(source, part)
        own = [paragraph for paragraph in found.paragraphs if paragraph.part == part]
        put(builder, own, _trimmed)
    return builder.layout(Writing(only_in_pieces=True, blank=_BLANK))


def _add_styles(said: Styles, source: str) -> None:
    """Add the styles that a part has to those that others *said*."""
    own: Style | None = None
    family = ""
    for event in events(source):
        if event.name == "body":  # behind the styles
            return
        if event.kind is not Kind.START or event.prefix != "style":
            continue
        named, family = event.attributes, event.attributes.get("family", family)
        if event.name == "style":
            name = named.get("display-name") or _SPACE_IN_NAME.sub(" ", named.get("name", ""))
            based_on = named.get("parent-style-name", "")
            own = Style(name, f"{family}:{based_on}" if based_on else "")
            said.by_id[f"{family}:{named.get('name', '')}"] = own
        elif event.name == "default-style":
            own = None
        elif event.name == "text-properties":
            font = named.get("font-name") or named.get("font-family", "")
            hidden = named["display"] == "none" if "display" in named else None
            if own is not None:
                own.look = Look("", font, hidden)
            elif family == "paragraph":
                said.default = Look("", font, hidden)


def _trimmed(tokens: list[Token]) -> list[Token]:
    """*tokens* without white space at their ends, which is the document's."""
    seen = [number for number, token in enumerate(tokens) if token.looks.strip()]
    return tokens[seen[0] : seen[-1] + 1] if seen else []


class _Reader:
    """Reads one part, element by element, and adds its paragraphs to what was found."""

    def __init__(self, part: str, source: str, styles: Styles, found: _Found) -> None:
        self._part, self._source, self._styles, self._found = part, source, styles, found
        self._open: list[_Open] = []
        self._looks: dict[tuple[str, ...], tuple[bool, bool]] = {}
        self._skipped_at = 0
        """How many elements were open with the one of which nothing is read; 0 where there is none."""
        self._field: int | None = None
        """Where the field begins that is passed over."""
        self._paragraphs: list[_Paragraph] = []
        self._places: list[tuple[str, list[list[int]]]] = []
        """Notes, boxes and margins that are open, and the tables around each."""
        self._cells: list[list[int]] = []
        """Number, row and column of each table that is open here."""

    def read(self) -> None:
        """Go through the part.  Raises :class:`Unreadable`."""
        for event in events(self._source):
            if event.kind is Kind.START:
                self._start(event)
            elif event.kind is Kind.END:
                self._end(event)
            elif not self._skipped_at and self._paragraphs:
                if event.kind is Kind.TEXT:
                    self._text(event.start, event.end)
                elif event.kind is Kind.CDATA:
                    self._add(SEEN, event.start, event.end, TokenKind.FIXED)
                    self._paragraphs[-1].after_space = False

    def _start(self, event: Event) -> None:
        name = f"{event.prefix}:{event.name}"
        may_leave = not self._skipped_at
        self._open.append(_Open(name, may_leave))
        if self._skipped_at:
            return
        said = event.attributes
        is_shut = said.get("display") == "none" or said.get("protected") == "true"
        if name in _NOT_READ or (name == "text:section" and is_shut):
            self._skip()
        elif name in ("text:p", "text:h"):
            style = f"paragraph:{said.get('style-name', '')}"
            self._paragraphs.append(_Paragraph(self._part, self._where(), style))
            self._found.paragraphs.append(self._paragraphs[-1])
        elif name == "text:note-body" or name in _BOXES or name in _MARGINS:
            self._places.append((self._place(name), self._cells))
            self._cells = []
        elif name.startswith("table:"):
            self._table(event.name)
        elif self._paragraphs:
            self._inline(name, event)

    def _inline(self, name: str, event: Event) -> None:
        """An element in a paragraph."""
        paragraph, said = self._paragraphs[-1], event.attributes
        if event.prefix == "text" and event.name in _THROUGH:
            if event.name == "span":
                paragraph.spans.append(f"text:{said.get('style-name', '')}")
            elif event.name == "note":
                self._add("", event.start, event.start, TokenKind.MARK)
            return
        if name in _DRAWN:
            if name == "draw:frame" and said.get("anchor-type") == "as-char":
                self._add(SEEN, event.start, event.start, TokenKind.FIXED)
            return
        if name == "text:change":
            paragraph.is_cut = True
        if event.prefix == "text" and not _NO_WIDTH.fullmatch(event.name):
            self._field = event.start
        self._skip()

    def _skip(self) -> None:
        self._skipped_at = len(self._open)

    def _where(self) -> str:
        story = self._places[-1][0] if self._places else ""
        if not self._cells:
            return story
        number, row, column = self._cells[-1]
        here = f"table {number}, row {row}, column {column}"
        return f"{story}, {here}" if story else here

    def _place(self, name: str) -> str:
        kind = "footnote" if name == "text:note-body" else _MARGINS.get(name, "text box")
        return f"{kind} {self._found.number(kind)}"

    def _table(self, name: str) -> None:
        if name == "table":
            self._cells.append([self._found.number("table"), 0, 0])
        elif self._cells and name == "table-row":
            self._cells[-1][1:] = [self._cells[-1][1] + 1, 0]
        elif self._cells and name in ("table-cell", "covered-table-cell"):
            self._cells[-1][2] += 1

    def _end(self, event: Event) -> None:
        name, may_leave = self._open.pop()
        if len(self._open) + 1 == self._skipped_at:
            self._skipped_at = 0
            if self._field is not None:
                self._made(name, self._field, event)
            self._field = None
            return
        if not may_leave:
            return
        if name in ("text:p", "text:h"):
            self._paragraphs.pop()
        elif name == "text:span" and self._paragraphs:
            self._paragraphs[-1].spans.pop()
        elif name == "text:note-body" or name in _BOXES or name in _MARGINS:
            self._cells = self._places.pop()[1]
        elif name == "table:table":
            self._cells.pop()

    def _made(self, name: str, start: int, event: Event) -> None:
        """Something that stands for itself in the line ends: white space or a field."""
        if name == "text:s":
            self._add(" " * self._spaces(start, event.end), start, event.end, TokenKind.PROSE)
        else:
            shown = " ".join(html.unescape(_TAG.sub("", self._source[start : event.end])).split())
            looks = {"text:tab": "\t", "text:line-break": "\n"}.get(name, shown or SEEN)
            self._add(looks, start, event.end, TokenKind.FIXED)
        self._paragraphs[-1].after_space = False

    def _spaces(self, start: int, end: int) -> int:
        """How many spaces the element stands for."""
        count = re.search(r"\bc\s*=\s*[\"'](\d{1,6})[\"']", self._source[start:end])
        return max(1, min(int(count[1]), _MOST_SPACES)) if count else 1

    def _text(self, start: int, end: int) -> None:
        paragraph = self._paragraphs[-1]
        if not _ODD.search(self._source, start, end):
            self._words(paragraph, start, end)
            return
        for match in _RUN.finditer(self._source, start, end):
            looks = match.group()
            if match[1]:
                if paragraph.after_space:
                    continue
                looks = " "
            elif looks[0] == "&":
                looks = html.unescape(looks)
            paragraph.after_space = bool(match[1])
            self._add(looks, *match.span(), TokenKind.PROSE)

    def _words(self, paragraph: _Paragraph, start: int, end: int) -> None:
        """Add a text that stands as it is seen; a space at an end may be the document's and is a token by itself."""
        first = start + (self._source[start] == " ")
        last = max(end - (self._source[end - 1] == " "), first)
        if start < first and not paragraph.after_space:
            self._add(" ", start, first, TokenKind.PROSE)
        if first < last:
            self._add(self._source[first:last], first, last, TokenKind.PROSE)
        if last < end:
            self._add(" ", last, end, TokenKind.PROSE)
        paragraph.after_space = self._source[end - 1] == " "

    def _add(self, looks: str, start: int, end: int, kind: TokenKind) -> None:
        paragraph = self._paragraphs[-1]
        is_hidden, is_code = self._look((paragraph.style, *paragraph.spans))
        if is_hidden:
            return
        if paragraph.is_cut and kind is TokenKind.PROSE and looks.isspace():
            start, kind = end, TokenKind.FIXED  # white space of the file's, as at a text's ends
        elif kind is TokenKind.PROSE and is_code:
            kind = TokenKind.FIXED
        paragraph.is_cut = False
        self._found.tokens += 1
        if self._found.tokens > MOST_TOKENS:
            raise Unreadable(f"it has over {MOST_TOKENS:,} runs of text")
        paragraph.tokens.append(Token(looks, start, end, kind))

    def _look(self, styles: tuple[str, ...]) -> tuple[bool, bool]:
        """Whether a text is hidden, and whether it is code, in the style of a paragraph and those of the spans in it."""
        if styles not in self._looks:
            paragraph, *spans = styles
            known = [self._styles.known(span, paragraph) for span in spans or [""]]
            is_code = any(one.is_code for one in known) or self._is_typed(known[-1].font)
            self._looks[styles] = any(one.hidden for one in known), is_code
        return self._looks[styles]

    def _is_typed(self, font: str) -> bool:
        """Whether a text is in a font of one width, and what has none of its own is not."""
        return is_monospace(font) and not is_monospace(self._styles.default.font)


def _unpack(data: bytes) -> dict[Source, str]:
    """The body, and the styles with the headers and footers.  Raises :class:`Unreadable`."""
    archive = opened(data)
    if _TYPE not in archive.members or archive.members[_TYPE].size > _LONGEST_TYPE:
        raise Unreadable("it is an archive, but not of a document")
    if not archive.text(_TYPE).strip().startswith(_KIND) or _CONTENT not in archive.members:
        raise Unreadable("it is an archive, but not of a text")
    names = [name for name in (_CONTENT, _STYLES, _MANIFEST) if name in archive.members]
    texts = archive.texts(names)
    listed = events(texts.pop(_MANIFEST, "<a/>"))
    if any(event.name == "encryption-data" for event in listed):
        raise Unreadable("it is protected by a password")
    return texts


FORMAT = Format(
    "odt",
    "an OpenDocument text",
    frozenset({".odt", ".ott"}),
    read,
    Archive(_unpack, pack),
    only_prose=only_prose,
)
