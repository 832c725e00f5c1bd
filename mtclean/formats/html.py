r"""HTML: what a browser shows as running text is prose; scripts, code, attributes and comments are not.

Tags, comments, texts of scripts and references are told apart as the HTML Standard's tokenizer does
(WHATWG, 13.2.5), in one pass: what is not closed goes on to the end of the file.  White space is one
space over tags, as it is shown; what is no prose but stands in a line looks like ``\ufffc``, or like itself
where it is text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mtclean.formats.charsets import charset
from mtclean.formats.format import Choices, Format, Sources
from mtclean.formats.layout import Builder, Layout, SourceEdit, Writing
from mtclean.formats.markup_edits import only_words
from mtclean.text.model import Span

_MARKUP = re.compile(r"<(?:/?[a-zA-Z]|!--|[!?/])")
_PROGRAM = re.compile(r"<\?(?:php|=)?\s(?:[^?]|\?(?!>))*(?:\?>|\Z)")
"""An instruction to a program, as those of PHP, of which the last in a file need not end."""
_NAME = re.compile(r"[^\s/>]+")
_COMMENT_END = re.compile(r"--!?>")
_ATTRIBUTE = re.compile(r"[>=]")
_QUOTE = re.compile(r"\s*([\"'])")
_SAID = re.compile(
    r"(?<![^\s\"'/])(lang|xml:lang|translate|class|role|epub:type)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))",
    re.IGNORECASE,
)
_TEXT = re.compile(
    r"([ \t\n\r\f]+)|(&(?:#[xX]?[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?"
    r"|(?:(?<![\xc2-\xde])|(?<=[A-Z\xc0-\xde][\xc2-\xde]))\xad)"
    r"|[^ \t\n\r\f&\xad]+(?: [^ \t\n\r\f&\xad]+){0,200}|[&\xad]"
)

_META = re.compile(rb"<meta\s[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_HEAD = 1024  # bytes in which a page names its encoding (WHATWG, 13.2.3.2)
_AS_BROWSERS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gbk", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
"""Encodings that browsers take for those with more characters (WHATWG, Encoding, 4.2)."""

_HYPHEN = "\xad"
"""Where a browser may part a word (``&shy;``): somebody's layout, which has no width in the line, like ``<wbr>``.

Behind one of the capitals that a letter of two bytes begins with when it was spoilt (``indÃ\xadgenas``) it is half of that.
"""

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "blink",
        "cite",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "nobr",
        "q",
        "rb",
        "rp",
        "rt",
        "ruby",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "wbr",
    ]
)
_CODE = frozenset(["code", "kbd", "samp", "var", "tt"])
_RAW = frozenset(
    ["script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "textarea"]
)
"""Elements whose content is no markup up to their own end tag."""
_OFF = frozenset(
    ["pre", "template", "svg", "math", "object", "canvas", "audio", "video", "select", "rt", "rp"]
)
"""Elements of whose texts nothing is seen in the line; ``rt`` and ``rp`` are the reading beside Asian characters."""
_SHOWN = frozenset(
    [
        "img",
        "svg",
        "math",
        "object",
        "canvas",
        "audio",
        "video",
        "input",
        "button",
        "select",
        "embed",
        "iframe",
    ]
)
"""What takes room in a line."""
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "frame",
    ]
)
_SIBLINGS = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "tr": ("tr", "td", "th"), "td": ("td", "th"),
    "th": ("td", "th"), "option": ("option",), "tbody": ("tr", "td", "th"), "tfoot": ("tr", "td", "th"),
}  # fmt: skip
"""Elements that end where one of these begins beside them."""
_LABELS = {
    "title": "title", "li": "list item", "td": "table cell", "th": "table cell", "dt": "term", "dd": "definition",
    "figcaption": "caption", "caption": "caption", "blockquote": "quotation",
}  # fmt: skip
_ENTRIES = _LABELS.keys() - {"blockquote"}
_HEADING = re.compile(r"h[1-6]")
_BARE = {"<": "&lt;", "&": "&amp;"}
_LINK = "a"
_CDATA = "<![CDATA["
_SEEN = "\ufffc"  # OBJECT REPLACEMENT CHARACTER
_BYTE_ORDER_MARK = "\ufeff"
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?=[ \t]*[\w\"'#-][^\r\n]*\r?\n|---)(?:(?!---[ \t]*[\r\n])[^\n]*\n){0,400}---[ \t]*(?:\r?\n|\Z)"
)
"""Settings of a page that a generator of sites (Jekyll, Eleventy) takes from its beginning."""
_ENDED = re.compile(r"\s*</")
_ADDRESS = re.compile(r"(?<![^\s\"'])href\s*=", re.IGNORECASE)


def escaped(text: str) -> str:
    """*text* as it has to be written to be shown."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def completed(source: str, edits: Sequence[SourceEdit]) -> Sequence[SourceEdit]:
    """*edits*, and with them a ``<`` or ``&`` of *source* that would begin markup once they are made."""
    made: list[SourceEdit] = []
    for number, edit in reversed([*enumerate(edits)]):
        at_once = made[-1].replacement if made and made[-1].start == edit.end else ""
        after = edit.replacement + at_once + source[edit.end : edit.end + 1]
        is_left = not number or edits[number - 1].end < edit.start
        mark = _BARE.get(source[edit.start - 1 : edit.start], "") if is_left else ""
        if mark and (after[:1].isalnum() or after.startswith(("/", "!", "?", "#"))):
            made.append(SourceEdit(edit.part, edit.start - 1, edit.end, mark + edit.replacement))
        else:
            made.append(edit)
    return made[::-1]


WRITING = Writing(completed=completed)


def read(sources: Sources, choices: Choices) -> Layout:
    """The prose of the one page in *sources*.  Takes time in proportion to it."""
    builder = Builder(sources[""])
    add_page(builder)
    return builder.layout(WRITING)


def add_page(
    builder: Builder, *, is_xml: bool = False, language: str = "", place: str = ""
) -> None:
    """Add the page that *builder* is at, whose segments are called by its *place*, if it has one, and their number.

    Where it *is_xml*, an element may end where it begins, and what is empty stays so.  *language* holds where it
    names none.
    """
    _Reader(builder, is_xml, language, place).read()


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that is open; what is inside is no prose where it is *off*."""

    name: str
    off: bool
    language: str
    is_note: bool = False
    """Whether it is the number of a note, which has no width in the line."""


class _Reader:
    def __init__(self, builder: Builder, is_xml: bool, language: str, place: str) -> None:
        self._source = builder.source
        self._builder = builder
        self._is_xml = is_xml
        self._place = place
        self._number = 0
        """How many segments there were."""
        self._stack: list[_Open] = [_Open("", off=False, language=language)]
        self._places: dict[str, list[int]] = {}
        """Where in the stack the elements of each name are."""
        self._pictures = 0
        """How many elements are open that take room in a line."""
        self._space: Span | None = None
        """White space that is shown if something of the same segment follows."""
        self._space_is_prose = True
        self._hidden: list[Span] = []
        """White space behind that, which is not seen since it follows."""
        self._fresh = True
        """Whether white space here is at the beginning of a line, and not shown."""

    def read(self) -> None:
        source = self._source
        at = int(source.startswith(_BYTE_ORDER_MARK))
        if not self._is_xml and (settings := _FRONT_MATTER.match(source, at)):
            at = settings.end()
        while match := _MARKUP.search(source, at):
            self._text(at, match.start())
            at = self._markup(match)
        self._text(at, len(source))
        self._pictures = 0  # one that is not closed ends with the page
        self._break()

    @property
    def _top(self) -> _Open:
        return self._stack[-1]

    def _markup(self, match: re.Match[str]) -> int:
        """Take the tag or comment that *match* begins; where it ends."""
        source, start = self._source, match.start()
        if match.group() == "<!--":
            if source.startswith((">", "->"), start + 4):
                return source.index(">", start) + 1
            end = _COMMENT_END.search(source, start + 4)
            return end.end() if end else len(source)
        if self._is_xml and source.startswith(_CDATA, start):
            end_at = source.find("]]>", start)
            return end_at + 3 if end_at >= 0 else len(source)
        program = None if self._is_xml else _PROGRAM.match(source, start)
        if program is not None:
            self._instruction(*program.span())
            return program.end()
        if not match.group()[-1].isalpha():
            end_at = source.find(">", start)
            return end_at + 1 if end_at >= 0 else len(source)
        return self._tag(match.end() - 1, start)

    def _instruction(self, start: int, end: int) -> None:
        """Show that a program may print something there, as in ``before <?= $year ?>``."""
        if not self._top.off or self._in_line():
            self._put_space()
            self._builder.fixed(_SEEN, start, end)
            self._fresh = False

    def _tag(self, name_at: int, start: int) -> int:
        name_match = _NAME.match(self._source, name_at)
        assert name_match is not None
        name = name_match.group().lower()
        end = self._tag_end(name_match.end())
        if self._source[start + 1] == "/":
            self._close(name)
            return end
        said = self._source[name_match.end() : end]
        self._open(name, said, start, end)
        if self._is_xml and said.endswith("/>"):
            if name not in _VOID:
                self._close(name)
            return end
        if name not in _RAW and name != "title":
            return end
        close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self._source, end)
        inside = close.start() if close else len(self._source)
        if name == "title":
            self._text(end, inside)
        return inside

    def _tag_end(self, at: int) -> int:
        """Where the tag ends whose attributes begin at *at*: quotation marks hide its ``>`` only after ``=``."""
        source = self._source
        while match := _ATTRIBUTE.search(source, at):
            if match.group() == ">":
                return match.end()
            at = match.end()
            if quote := _QUOTE.match(source, at):
                close = source.find(quote[1], quote.end())
                if close < 0:
                    break
                at = close + 1
        return len(source)

    def _open(self, name: str, said: str, start: int, end: int) -> None:
        if name == "br":
            self._shown("\n", start, end)
            self._space, self._fresh = None, True
            return
        for sibling in _SIBLINGS.get(name, ()):
            self._close_if_near(sibling)
        inline = name in _INLINE or name in _CODE or name in _SHOWN
        if not inline:
            self._close_if_near("p")
            self._break()
            if name == "pre":
                self._builder.skip()
        elif name in _SHOWN or self._is_filled_later(name, said, end):
            self._shown(_SEEN, start, end)
        if name in _VOID:
            return
        attributes = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _SAID.finditer(said)}
        is_note = name == _LINK and _leads_to_note(attributes)
        off = (
            name in _CODE or name in _RAW or name in _OFF or name in _SHOWN or _is_shut(attributes)
        )
        language = attributes.get("lang") or attributes.get("xml:lang") or self._top.language
        self._places.setdefault(name, []).append(len(self._stack))
        self._pictures += name in _SHOWN
        self._stack.append(_Open(name, self._top.off or off or is_note, language, is_note))
        if is_note:
            self._builder.mark()
        if name == _LINK:
            self._builder.open_link(ahead=int(self._space is not None))

    def _is_filled_later(self, name: str, said: str, end: int) -> bool:
        """Whether a style or a script shows something in an element that is empty here; a target of links is never seen."""
        is_target = name == _LINK and not _ADDRESS.search(said)
        return (
            not self._is_xml
            and name in _INLINE
            and name not in _VOID
            and not is_target
            and said.strip(" \t\r\n\f/>") != ""
            and _ENDED.match(self._source, end) is not None
        )

    def _close(self, name: str) -> None:
        if not (name in _INLINE or name in _CODE or name in _SHOWN):
            self._break()
        if places := self._places.get(name):
            self._pop(places[-1])

    def _close_if_near(self, name: str) -> None:
        """End an element whose end tag may be left out, if nothing else than inline elements is open in it."""
        for depth in range(len(self._stack) - 1, max(0, len(self._stack) - 8), -1):
            if self._stack[depth].name == name:
                self._break()
                self._pop(depth)
                return
            if self._stack[depth].name not in _INLINE:
                return

    def _pop(self, depth: int) -> None:
        while len(self._stack) > depth:
            name = self._stack.pop().name
            self._places[name].pop()
            self._pictures -= name in _SHOWN
            if name == _LINK:
                self._builder.close_link()

    def _text(self, start: int, end: int) -> None:
        if start >= end or (self._top.off and not self._in_line()):
            return
        add: Callable[[int, int], None] = self._fixed if self._top.off else self._builder.verbatim
        for match in _TEXT.finditer(self._source, start, end):
            if match[1]:
                if self._space is not None and not self._top.off:
                    self._hidden.append(Span(*match.span()))
                elif not self._fresh:
                    self._space, self._space_is_prose = Span(*match.span()), not self._top.off
                    self._hidden = []
                continue
            shown = html.unescape(match.group()) if match[2] else match.group()
            if shown == _HYPHEN and match[2]:
                continue
            self._put_space()
            if shown == match.group():
                add(*match.span())
            elif self._top.off:
                self._builder.fixed(shown, *match.span())
            else:
                self._builder.whole(shown, *match.span())
            self._fresh = False

    def _in_line(self) -> bool:
        """Whether what is off here stands in a line of prose, and is text: code, or what is not to be translated."""
        return not any(
            o.is_note or o.name in _OFF or o.name in _RAW or o.name in _SHOWN
            for o in self._stack[-8:]
        )

    def _fixed(self, start: int, end: int) -> None:
        self._builder.fixed(self._source[start:end], start, end)

    def _shown(self, looks: str, start: int, end: int) -> None:
        if self._top.off:
            return
        self._put_space()
        self._builder.fixed(looks, start, end)
        self._fresh = False

    def _put_space(self) -> None:
        if self._space is None:
            return
        start, end = self._space
        if self._hidden and self._space_is_prose:
            self._builder.hide(self._space, self._hidden)
        if not self._space_is_prose:
            self._builder.fixed(" ", start, end)
        elif self._source[start:end] == " ":
            self._builder.verbatim(start, end)
        else:
            self._builder.whole(" ", start, end)
        self._space = None

    def _break(self) -> None:
        """A block begins or ends: so does a segment, but for what is inside a picture."""
        if self._pictures:
            return
        self._space, self._fresh = None, True
        block = next((o.name for o in reversed(self._stack) if o.name not in _INLINE), "")
        label = "heading" if _HEADING.fullmatch(block) else _LABELS.get(block, "paragraph")
        if self._place and self._builder.is_in_segment:
            self._number += 1
            label = f"{self._place}, {label} {self._number}"
        self._builder.end_segment(
            label,
            language=self._top.language,
            escape=escaped,
            is_entry=bool(_HEADING.fullmatch(block)) or block in _ENTRIES,
        )


def _is_shut(attributes: dict[str, str]) -> bool:
    """Whether an element says that it is not to be translated."""
    return (
        attributes.get("translate", "").lower() == "no"
        or "notranslate" in attributes.get("class", "").split()
    )


def _declared(data: bytes) -> str:
    """The encoding that the page names, as browsers take it; empty where it is in Unicode, or its bytes are in another."""
    match = _META.search(data, 0, _HEAD)
    said = charset(match[1].decode()) if match else ""
    name = _AS_BROWSERS.get(said, said)
    return name if name and not _is_in(data, "utf-8") and _is_in(data, name) else ""


def _is_in(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _leads_to_note(attributes: dict[str, str]) -> bool:
    """Whether a link says that it is the number of a note, as books do (DPUB-ARIA, EPUB's structural semantics)."""
    return (
        attributes.get("role", "") == "doc-noteref"
        or "noteref" in attributes.get("epub:type", "").split()
    )


FORMAT = Format(
    "html",
    "an HTML page",
    frozenset({".html", ".htm", ".xhtml"}),
    read,
    references=True,
    declared=_declared,
    only_prose=only_words,
)
