"""The prose of a Word document, paragraph by paragraph, in the order of its parts.

Words that are split over runs are one text again.  What is deleted, hidden, made by Word (fields, tables of
contents), code, or there a second time for programs of before 2010 (``mc:Fallback``) is no prose.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from mtclean.formats.docx.paragraphs import MOST_TOKENS, Paragraph, Token, TokenKind, put
from mtclean.formats.docx.scan import Said
from mtclean.formats.docx.styles import BARE, Look, LookScanner, Styles, is_monospace, styles
from mtclean.formats.docx.text import SPACE, WRITING
from mtclean.formats.format import Choices, Sources, Unreadable
from mtclean.formats.layout import Builder, Layout
from mtclean.formats.xml import SEEN

_LONGEST_INSTRUCTION = 100  # code points from which no more of it is read
_TYPEWRITTEN = 0.8
"""Share of characters in fonts of one width from which a document is typewritten, and they say nothing of code."""

_ROOT = re.compile(r"<(?:[\w.-]+:)?(\w+)[\s>/]")
_IN_TEXT = re.compile(r"&#?\w+;|\r\n|[\r\n]|[^&\r\n]+|&")
_ODD = re.compile(r"[&\r\n]")
_ABSOLUTE = re.compile(r"position\s*:\s*absolute")
_PASSED_OVER = frozenset(
    ["del", "moveFrom", "rt", "pPrChange", "rPrChange", "sectPr", "tblGrid", "tblPr", "tcPr", "trPr"]
)  # fmt: skip
_REVISIONS = frozenset(["del", "moveFrom"])
_LOOKS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "sym": SEEN,
    "object": SEEN, "pgNum": SEEN, "dayShort": SEEN, "dayLong": SEEN, "monthShort": SEEN,
    "monthLong": SEEN, "yearShort": SEEN, "yearLong": SEEN,
}  # fmt: skip
"""What takes room in the line, and what it looks like there."""
_CONTROLS = frozenset(
    [
        "dropDownList", "comboBox", "date", "checkbox", "dataBinding", "showingPlcHdr", "picture",
        "citation", "bibliography", "equation", "repeatingSection",
    ]
)  # fmt: skip
"""What a content control may be that no one writes prose into."""
_STORIES = {"footnotes": "footnote", "endnotes": "endnote", "hdr": "header", "ftr": "footer"}


@dataclass(slots=True)
class _Paragraph(Paragraph):
    is_in_run: bool = False


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    has_result: bool = False

    @property
    def is_made(self) -> bool:
        """Whether Word makes its result."""
        return self.instruction.split(None, 1)[:1] != ["HYPERLINK"]  # that somebody wrote


class _Fields:
    """The fields that are open; a damaged document leaves many so."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self.waiting = 0
        """How many of them have no result yet: nothing of those is shown."""
        self.made = 0
        """Those whose result Word made."""

    def begin(self) -> None:
        self._open.append(_Field())
        self.waiting += 1

    def instruct(self, instruction: str) -> None:
        """Go on with the instruction of the innermost; its first word is enough."""
        if self._open and len(self._open[-1].instruction) < _LONGEST_INSTRUCTION:
            self._open[-1].instruction += instruction

    def separate(self) -> None:
        if self._open and not self._open[-1].has_result:
            self._open[-1].has_result = True
            self.waiting -= 1
            self.made += self._open[-1].is_made

    def end(self) -> None:
        if self._open:
            field = self._open.pop()
            self.waiting -= not field.has_result
            self.made -= field.has_result and field.is_made


@dataclass(slots=True)
class _Table:
    number: int
    row: int = 0
    column: int = 0


def read(sources: Sources, choices: Choices) -> Layout:
    """The paragraphs of the parts in *sources*.  Takes time in proportion to them."""
    kinds = {part: _root(source) for part, source in sources.items()}
    said = styles(next((sources[part] for part in sources if kinds[part] == "styles"), ""))
    found = _Found()
    for part, source in sources.items():
        if kinds[part] != "styles":
            _Reader(part, source, kinds[part], said, found).scan()
    return _laid_out(sources, found.paragraphs)


def _root(source: str) -> str:
    """The name of the first element of a part."""
    match = _ROOT.search(source)
    return match[1] if match else ""


def _laid_out(sources: Sources, paragraphs: list[_Paragraph]) -> Layout:
    typed = prose = 0
    by_part: dict[str, list[_Paragraph]] = {part: [] for part in sources}
    for paragraph in paragraphs:
        by_part[paragraph.part].append(paragraph)
        for looks, _, _, kind in paragraph.tokens:
            if kind is TokenKind.PROSE:
                prose += len(looks)
            elif kind is TokenKind.TYPED:
                typed += len(looks)
    is_typewritten = typed > _TYPEWRITTEN * (typed + prose)
    builder: Builder | None = None
    for part, source in sources.items():
        if builder is None:
            builder = Builder(source, part)
        else:
            builder.part(part, source)
        put(builder, by_part[part], lambda tokens: _settled(_trimmed(tokens), is_typewritten))
    return (builder or Builder()).layout(WRITING)


def _settled(tokens: list[Token], is_typewritten: bool) -> list[Token]:
    """*tokens* with what is typed made prose in a typewritten document, and code in all others."""
    kind = TokenKind.PROSE if is_typewritten else TokenKind.FIXED
    return [
        token._replace(kind=kind) if token.kind is TokenKind.TYPED else token for token in tokens
    ]


def _trimmed(tokens: list[Token]) -> list[Token]:
    """*tokens* without white space at their ends, which is the document's."""
    first = next((i for i, token in enumerate(tokens) if token.looks.strip()), None)
    if first is None:
        return []
    last = next(i for i in range(len(tokens) - 1, -1, -1) if tokens[i].looks.strip())
    kept = tokens[first : last + 1]
    looks, start, end, kind = kept[0]
    if looks[0].isspace() and end - start == len(looks):
        bare = looks.lstrip()
        kept[0] = Token(bare, end - len(bare), end, kind)
    looks, start, end, kind = kept[-1]
    if looks[-1].isspace() and end - start == len(looks):
        bare = looks.rstrip()
        kept[-1] = Token(bare, start, start + len(bare), kind)
    return kept + [token for token in tokens[last + 1 :] if token.kind is TokenKind.MARK]


@dataclass(slots=True)
class _Found:
    """What was met so far in all parts."""

    paragraphs: list[_Paragraph] = field(default_factory=list)
    tokens: int = 0
    tables: int = 0
    boxes: int = 0
    notes: dict[tuple[str, str], int] = field(default_factory=dict)
    """The numbers of notes, by their kind and id."""
    numbers: dict[str, int] = field(default_factory=dict)
    """How many notes, headers and footers there were."""

    def number_of_note(self, kind: str, id: str) -> int:
        """The number of a note: they are counted in the order of their marks."""
        if (kind, id) not in self.notes:
            self.numbers[kind] = self.notes[kind, id] = self.numbers.get(kind, 0) + 1
        return self.notes[kind, id]


class _Reader(LookScanner):
    """Reads one part, element by element, and adds its paragraphs to what was found."""

    STARTS: ClassVar[Mapping[str, str]] = {
        **LookScanner.LOOKS,
        **dict.fromkeys(_PASSED_OVER, "_passed_over"),
        **dict.fromkeys(_LOOKS, "_thing"),
        **dict.fromkeys(_CONTROLS, "_what_control"),
        "lock": "_lock",
        "p": "_paragraph",
        "pStyle": "_style",
        "r": "_run",
        "rPr": "_properties",
        "t": "_text_start",
        "instrText": "_text_start",
        "fldChar": "_field_mark",
        "fldSimple": "_simple_field",
        "tbl": "_table",
        "tr": "_row",
        "tc": "_cell",
        "txbxContent": "_box",
        "footnote": "_note",
        "endnote": "_note",
        "footnoteReference": "_note_mark",
        "endnoteReference": "_note_mark",
        "sdt": "_control",
        "ruby": "_ruby",
        "pict": "_picture",
    }
    FOREIGN: ClassVar[Mapping[str, str]] = {
        "oMath": "_formula",
        "oMathPara": "_formula",
        "Fallback": "_passed_over",
        "inline": "_foreign_thing",
        "checkbox": "_what_control",
        "repeatingSection": "_what_control",
        **dict.fromkeys(("shape", "rect", "group", "line", "oval", "roundrect"), "_shape"),
    }
    ENDS: ClassVar[Mapping[str, str]] = {
        "p": "_end_paragraph",
        "r": "_end_run",
        "t": "_text_end",
        "instrText": "_instruction_end",
        "fldSimple": "_end_simple_field",
        "tbl": "_end_table",
        "txbxContent": "_end_box",
        "sdt": "_end_control",
        "ruby": "_end_ruby",
        "pict": "_end_picture",
    }

    def __init__(self, part: str, source: str, root: str, styles: Styles, found: _Found) -> None:
        super().__init__(source)
        self._part, self._styles, self._found = part, styles, found
        self._story = _STORIES.get(root, "")
        if root in ("hdr", "ftr"):
            number = found.numbers[root] = found.numbers.get(root, 0) + 1
            self._story += f" {number}"
        self._open: list[_Paragraph] = []
        self._outer_looks: list[Look] = []
        """Of the runs that hold text boxes which are open."""
        self._tables: list[_Table] = []
        self._boxes: list[tuple[str, list[_Table]]] = []
        self._fields = _Fields()
        self._controls: list[bool] = []
        """For each content control that is open, whether nobody writes into it."""
        self._rubies = 0
        self._text: int | None = None
        self._keeps_space = False
        self._floats = False

    def _passed_over(self, name: str, _: Said) -> None:
        if self._open and name in _REVISIONS:
            self._open[-1].is_cut = True
        self.skip()

    # what has content of its own

    def _paragraph(self, _: str, __: Said) -> None:
        paragraph = _Paragraph(self._part, self._where(), self._styles.paragraph)
        self._found.paragraphs.append(paragraph)
        self._open.append(paragraph)

    def _where(self) -> str:
        if self._tables:
            table = self._tables[-1]
            here = f"table {table.number}, row {table.row}, column {table.column}"
            return f"{self._story}, {here}" if self._story else here
        return self._story

    def _end_paragraph(self) -> None:
        self._open.pop()

    def _style(self, _: str, said: Said) -> None:
        if self._open and not self._open[-1].is_in_run:
            self._open[-1].style = self.said(said, "val")

    def _run(self, _: str, __: Said) -> None:
        self.look = BARE
        if self._open:
            self._open[-1].is_in_run = True

    def _end_run(self) -> None:
        if self._open:
            self._open[-1].is_in_run = False

    def _properties(self, _: str, __: Said) -> None:
        if not self._is_in_run:
            self.skip()  # those of a paragraph's end

    @property
    def _is_in_run(self) -> bool:
        return bool(self._open) and self._open[-1].is_in_run

    def _table(self, _: str, __: Said) -> None:
        self._found.tables += 1
        self._tables.append(_Table(self._found.tables))

    def _row(self, _: str, __: Said) -> None:
        if self._tables:
            self._tables[-1].row += 1
            self._tables[-1].column = 0

    def _cell(self, _: str, __: Said) -> None:
        if self._tables:
            self._tables[-1].column += 1

    def _end_table(self) -> None:
        self._tables.pop()

    def _box(self, _: str, __: Said) -> None:
        self._found.boxes += 1
        self._boxes.append((self._story, self._tables))
        self._outer_looks.append(self.look)
        self._story, self._tables = f"text box {self._found.boxes}", []

    def _end_box(self) -> None:
        self._story, self._tables = self._boxes.pop()
        self.look = self._outer_looks.pop()

    def _note(self, name: str, said: Said) -> None:
        if self.said(said, "type", "normal") != "normal":
            self.skip()  # the line above the notes
            return
        number = self._found.number_of_note(name, self.said(said, "id"))
        self._story, self._fields = f"{name} {number}", _Fields()

    def _note_mark(self, name: str, said: Said) -> None:
        self._found.number_of_note(name.removesuffix("Reference"), self.said(said, "id"))
        self._add("", self.here(), self.here())

    def _control(self, _: str, __: Said) -> None:
        self._controls.append(False)

    def _lock(self, _: str, said: Said) -> None:
        if self._controls and self.said(said, "val").lower().endswith("contentlocked"):
            self._controls[-1] = True

    def _what_control(self, _: str, __: Said) -> None:
        if self._controls:
            self._controls[-1] = True

    def _end_control(self) -> None:
        self._controls.pop()

    def _ruby(self, _: str, __: Said) -> None:
        self._rubies += 1

    def _end_ruby(self) -> None:
        self._rubies -= 1

    # fields

    def _field_mark(self, _: str, said: Said) -> None:
        kind = self.said(said, "fldCharType")
        if kind == "begin":
            self._fields.begin()
        elif kind == "separate":
            self._fields.separate()
        elif kind == "end":
            self._fields.end()

    def _simple_field(self, _: str, said: Said) -> None:
        self._fields.begin()
        self._fields.instruct(self.said(said, "instr"))
        self._fields.separate()

    def _end_simple_field(self) -> None:
        self._fields.end()

    # what stands in a line

    def _text_start(self, _: str, said: Said) -> None:
        self._text = self.behind()
        self._keeps_space = said.get("xml:space") == "preserve"

    def _instruction_end(self) -> None:
        if self._text is not None:
            self._fields.instruct(self.source[self._text : self.here()])
        self._text = None

    def _text_end(self) -> None:
        if self._text is None or not self._is_in_run:
            return
        start, end, self._text = self._text, self.here(), None
        content = self.source[start:end]
        if not self._keeps_space:
            start += len(content) - len(content.lstrip(SPACE))
            end = max(start, end - (len(content) - len(content.rstrip(SPACE))))
        content = self._behind_deletion(start, end)
        start = end - len(content)
        if "<" in content:  # a remark, or a CDATA section
            self._add(SEEN, start, end)
            return
        if not _ODD.search(content):
            if start < end:
                self._add(self.source[start:end], start, end, kind=TokenKind.PROSE)
            return
        for match in _IN_TEXT.finditer(self.source, start, end):
            text = match.group()
            if text[0] == "&":
                text = html.unescape(text)
            elif text[0] in "\r\n":
                text = " "
            self._add(text, *match.span(), kind=TokenKind.PROSE)

    def _behind_deletion(self, start: int, end: int) -> str:
        """A text without the white space that belongs to what was deleted before it."""
        content, paragraph = self.source[start:end], self._open[-1]
        bare = content.lstrip(SPACE) if paragraph.is_cut else content
        paragraph.is_cut = False
        if blanks := len(content) - len(bare):
            behind = start + blanks
            self._add(
                " " * blanks, behind, behind
            )  # white space of the file's, as at a text's ends
        return bare

    def _thing(self, name: str, _: Said) -> None:
        if self._is_in_run:  # there are tabs among the properties of a paragraph, too
            self._add(_LOOKS[name], self.here(), self.behind())

    def _foreign_thing(self, _: str, __: Said) -> None:
        self._add(SEEN, self.here(), self.behind())

    def _formula(self, _: str, __: Said) -> None:
        self._add(SEEN, self.here(), self.behind())
        self.skip()

    def _picture(self, _: str, __: Said) -> None:
        self._floats = False

    def _shape(self, _: str, said: Said) -> None:
        self._floats = self._floats or bool(_ABSOLUTE.search(said.get("style", "")))

    def _end_picture(self) -> None:
        if not self._floats:
            self._add(SEEN, self.here(), self.here())

    def _add(self, looks: str, start: int, end: int, kind: TokenKind = TokenKind.FIXED) -> None:
        """Something in the line of the paragraph; what has no look is a mark."""
        if not self._open or self._fields.waiting:
            return
        paragraph = self._open[-1]
        known = self._styles.known(self.look.style, paragraph.style)
        if known.hidden if self.look.hidden is None else self.look.hidden:
            return
        if not looks:
            kind = TokenKind.MARK
        elif kind is TokenKind.PROSE and (known.is_code or self._is_made):
            kind = TokenKind.FIXED
        elif kind is TokenKind.PROSE and is_monospace(self.look.font or known.font):
            kind = TokenKind.TYPED
        self._found.tokens += 1
        if self._found.tokens > MOST_TOKENS:
            raise Unreadable(f"it has over {MOST_TOKENS:,} runs of text")
        paragraph.tokens.append(Token(looks, start, end, kind))

    @property
    def _is_made(self) -> bool:
        """Whether nobody wrote what stands here as prose."""
        return bool(self._rubies or self._fields.made) or any(self._controls)
