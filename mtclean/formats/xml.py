"""XML as a file has it: its tags and runs of text with their places, and the inline codes of translations.

expat says what is well-formed and where each thing begins.  No entity is expanded, none is fetched, and a
file that declares some is refused.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple
from xml.parsers import expat

from mtclean.formats.code_points import CodePoints
from mtclean.formats.format import Unreadable
from mtclean.formats.layout import WHITE, Builder, Escape

DEEPEST = 200
"""Elements open at once; files of people have some twenty."""
_MOST_TOKENS = 100_000
"""Runs of text, references and codes in one text; each is a piece."""
SEEN = "\ufffc"  # OBJECT REPLACEMENT CHARACTER

_CHUNK = 1 << 20  # bytes given to expat at a time
_LABEL = 60  # code points of an id that a label shows
_DECLARED = re.compile(rb"<\?xml\s[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_SAID = re.compile(r"<\?xml\s[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")


class Kind(Enum):
    """What expat met."""

    START = "start"
    END = "end"
    TEXT = "text"
    CDATA = "cdata"
    OTHER = "other"


class Event(NamedTuple):
    """One thing in the file, at code points of it; ``name`` is without its prefix, attributes too but ``xml:``."""

    kind: Kind
    start: int
    end: int
    name: str = ""
    prefix: str = ""
    attributes: Mapping[str, str] = {}


_NONE: Mapping[str, str] = {}
# what is asked for at each event: an attribute of an enumeration is slow to get
_START, _END, _TEXT_, _CDATA, _OTHER = Kind


def declared(data: bytes) -> str:
    """The encoding an XML file is in, as it says or as none said means; empty where its bytes tell (UTF-16)."""
    if b"\0" in data[:4]:
        return ""
    match = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    return match[1].decode().lower() if match else "utf-8"


def is_unicode(source: str) -> bool:
    """Whether the encoding that *source* says it is in has every character."""
    match = _SAID.match(source)
    return match is None or match[1].lower().startswith("utf")


def escaped(text: str) -> str:
    """*text* as it is written between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escaped_in_cdata(text: str) -> str:
    """*text* as it is written in a CDATA section, where nothing has to be escaped but its end."""
    return text.replace("]]>", "]]]]><![CDATA[>")


def events(source: str) -> Iterator[Event]:
    """What is in *source*, in order.  Raises :class:`Unreadable`.  Takes time in proportion to it."""
    try:
        data = source.encode()
    except UnicodeEncodeError as error:
        raise Unreadable(
            f"{_line(source, error.start)}: there is a byte that is no character"
        ) from error
    met: list[Event] = []
    parser, finish = _parser(data, met)
    for at in range(0, max(len(data), 1), _CHUNK):
        try:
            parser.Parse(data[at : at + _CHUNK], at + _CHUNK >= len(data))
        except expat.ExpatError as error:
            raise Unreadable(f"line {error.lineno}: {expat.ErrorString(error.code)}") from error
        yield from met
        met.clear()
    finish()
    yield from met


def _parser(data: bytes, met: list[Event]) -> tuple[expat.XMLParserType, Callable[[], None]]:
    """A parser of *data* that adds to *met* what it meets, and what adds the last.

    Each thing ends where the next begins, so it is added when that is met, which may be in the next chunk.
    """
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = False
    code_point = CodePoints(data).at
    depth, in_cdata = 0, False
    kind: Kind | None = None
    begin, name, attributes = 0, "", _NONE

    def meet(new: Kind | None, at: int, new_name: str, said: Mapping[str, str]) -> None:
        nonlocal kind, begin, name, attributes
        at = code_point(at)
        if kind is not None:
            prefix, local = "", name
            if ":" in name:
                prefix, _, local = name.rpartition(":")
            met.append(Event(kind, begin, at, local, prefix, attributes))
        kind, begin, name, attributes = new, at, new_name, said

    def start(name: str, said: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            line = parser.CurrentLineNumber
            raise Unreadable(f"line {line}: there are over {DEEPEST} elements in one another")
        if said and ":" in "".join(said):
            said = {
                key if key.startswith("xml:") else key.rpartition(":")[2]: value
                for key, value in said.items()
            }
        meet(_START, parser.CurrentByteIndex, name, said)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        meet(_END, parser.CurrentByteIndex, name, _NONE)

    def text(_: str) -> None:
        new = _CDATA if in_cdata else _TEXT_
        if kind is not new:
            meet(new, parser.CurrentByteIndex, "", _NONE)

    def other(*_: object) -> None:
        meet(_OTHER, parser.CurrentByteIndex, "", _NONE)

    def cdata(begins: bool) -> None:
        nonlocal in_cdata
        in_cdata = begins
        other()

    def entity(*_: object) -> None:
        line = parser.CurrentLineNumber
        raise Unreadable(f"line {line}: it declares entities, which are not read")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartCdataSectionHandler = lambda: cdata(True)
    parser.EndCdataSectionHandler = lambda: cdata(False)
    parser.CommentHandler = other
    parser.ProcessingInstructionHandler = other
    parser.DefaultHandler = other
    parser.EntityDeclHandler = entity
    return parser, lambda: meet(None, len(data), "", _NONE)


def _line(source: str, at: int) -> str:
    return f"line {source.count(chr(10), 0, at) + 1}"


class Role(Enum):
    """How what an element stands for is seen in its line."""

    THROUGH = "no width, prose inside"
    OFF = "text that is not to be changed"
    NOTHING = "no width, no prose inside"
    CODE = "takes room, no prose inside"
    FLOW = "a text of its own"


_THROUGH, _OFF = Role.THROUGH, Role.OFF
_ROLES = {
    "g": Role.THROUGH, "pc": Role.THROUGH, "mrk": Role.THROUGH, "hi": Role.THROUGH,
    "bpt": Role.NOTHING, "ept": Role.NOTHING, "it": Role.NOTHING, "bx": Role.NOTHING,
    "ex": Role.NOTHING, "sc": Role.NOTHING, "ec": Role.NOTHING, "sm": Role.NOTHING,
    "em": Role.NOTHING, "sub": Role.FLOW,
}  # fmt: skip
"""The inline elements of XLIFF 1.2, 2.x and TMX; what is not here takes room."""
_BREAK = re.compile(r"\s*<br\b[^<>]*>\s*", re.IGNORECASE)
_TAG = re.compile(r"\s*</?(?!img\b|input\b|button\b|svg\b)[a-zA-Z][^<>]*>\s*", re.IGNORECASE)
_WORDS = re.compile(r"[\w.,:;!?%’' -]{1,80}")
_TEXT = re.compile(
    r"(?P<space>[ \t]*\r?\n[ \t\r\n]*)"
    r"|(?P<twice>&amp;(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
    r"|&lt;[/!?a-zA-Z](?:(?!&[lg]t;)[^<>]){0,500}(?:>|&gt;))"
    r"|(?P<one>&#?[0-9a-zA-Z_:.-]{1,60};)"
    r"|(?P<plain>[^&\r\n \t]+(?: [^&\r\n \t]+)*|[ \t]+|[\r&])"
)
_IN_CDATA = re.compile(
    r"(?P<space>[ \t]*\r?\n[ \t\r\n]*)"
    r"|(?P<twice>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
    r"|<[/!?a-zA-Z][^<>]{0,500}>)"
    r"|(?P<one>(?!))"
    r"|(?P<plain>[^&<\r\n \t]+(?: [^&<\r\n \t]+)*|[ \t]+|[\r&<])"
)
_ENTITIES = frozenset(["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"])
_ICU = re.compile(r"\{\s*\w{1,60}\s*,\s*(?:plural|select|selectordinal)\s*,")


class _Token(NamedTuple):
    looks: str
    start: int
    end: int
    is_prose: bool
    in_cdata: bool = False


@dataclass(slots=True)
class Flow:
    """One text with its inline codes, as far as it was read."""

    tokens: list[_Token] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    """Texts inside its codes, which are read by themselves."""
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """It as a reader sees it, without white space at its ends."""
        return "".join([token.looks for token in self.tokens]).strip()

    @property
    def has_prose(self) -> bool:
        """Whether there is something to read in it beside its codes."""
        return any(token.is_prose and not token.looks.isspace() for token in self.tokens)


class FlowReader:
    """Reads the content of a ``target``, ``source`` or ``seg``."""

    special = re.compile(r"[&\r\n]")
    """What a run of text has in it that is not seen as it stands there."""

    def __init__(self, source: str, *, preserve: bool) -> None:
        self._source = source
        self._preserve = preserve
        self._flows = [Flow()]
        self._roles = [Role.THROUGH]
        self.segments: list[tuple[str, Flow]] = []
        """The parts of it that are marked as segments (``mrk mtype="seg"``) with their ids, of which some are given twice."""
        self._begun: list[tuple[Role, int, str, Mapping[str, str]]] = []

    @property
    def flow(self) -> Flow:
        """All of it that is not in a segment of its own."""
        return self._flows[0]

    def read(self, events: Iterator[Event]) -> None:
        """Go on with *events* up to the end of the element."""
        for event in events:
            if event.kind is _END and not self._begun:
                return
            self.take(event)

    def take(self, event: Event) -> None:
        """Go on with *event*, which is inside the element."""
        kind, start, end = event[:3]
        if kind is _TEXT_ or kind is _CDATA:
            self._text(start, end, in_cdata=kind is _CDATA)
        elif kind is _START:
            self._open(event)
        elif kind is _END:
            self._close(event)
        elif self._source.startswith("&", start):
            self._add(SEEN, start, end, is_prose=False)

    def role_of(self, name: str) -> Role:
        """How the inline element *name* is seen."""
        return _ROLES.get(name, Role.CODE)

    def pattern_of(self, *, in_cdata: bool) -> re.Pattern[str]:
        """What text is made of: runs that are called ``space``, ``twice`` (escaped), ``one`` (reference) and ``plain``."""
        return _IN_CDATA if in_cdata else _TEXT

    def looks(self, name: str, said: Mapping[str, str], written: str) -> str:
        """What an element that stands alone looks like; empty where it is a tag without width."""
        return _looks(name, said, written)

    def shown(self, token: re.Match[str]) -> tuple[str, bool]:
        """What a run that is called something else looks like, and whether it is prose."""
        return token.group(), True

    def _open(self, event: Event) -> None:
        name, said = event.name, event.attributes
        role = self.role_of(name)
        if name == "mrk" and (said.get("mtype") == "protected" or said.get("translate") == "no"):
            role = Role.OFF
        if self._roles[-1] is not Role.THROUGH and role is not Role.FLOW:
            role = self._roles[-1] if self._roles[-1] is Role.OFF else Role.NOTHING
        is_segment = name == "mrk" and said.get("mtype") == "seg" and len(self._flows) == 1
        if role is Role.FLOW or is_segment:
            flow = Flow()
            if is_segment:
                self.segments.append((said.get("mid", str(len(self.segments) + 1)), flow))
                flow.attributes = said
            else:
                self._flows[-1].flows.append(flow)
            self._flows.append(flow)
        self._begun.append((Role.FLOW if is_segment else role, event.start, name, said))
        self._roles.append(Role.THROUGH if role is Role.FLOW else role)

    def _close(self, event: Event) -> None:
        role, start, name, said = self._begun.pop()
        self._roles.pop()
        if role is Role.FLOW:
            self._flows.pop()
        elif role is Role.CODE:
            looks = self.looks(name, said, self._source[start : event.end])
            if looks:
                self._add(looks, start, event.end, is_prose=False)

    def _text(self, start: int, end: int, *, in_cdata: bool) -> None:
        role = self._roles[-1]
        if role is not _THROUGH and role is not _OFF:
            return
        if not in_cdata and not self.special.search(self._source, start, end):
            self._plain(start, end, is_prose=role is _THROUGH)
            return
        for match in self.pattern_of(in_cdata=in_cdata).finditer(self._source, start, end):
            text, is_prose = match.group(), role is _THROUGH
            if match["space"] and not self._preserve and text[-1] not in "\r\n":
                text = "\n\n" if text.count("\n") > 1 else "\n"
            elif match["twice"]:
                text, is_prose = _once(text if in_cdata else html.unescape(text)), False
            elif match["one"]:
                is_known = text in _ENTITIES or text[1] == "#"
                text, is_prose = (html.unescape(text), is_prose) if is_known else (SEEN, False)
            elif not (match["plain"] or match["space"]):
                text, may_change = self.shown(match)
                is_prose = is_prose and may_change
            if text:
                self._add(text, *match.span(), is_prose=is_prose, in_cdata=in_cdata)

    def _plain(self, start: int, end: int, *, is_prose: bool) -> None:
        """Add what is seen as it stands there, the white space at its ends apart: it may be the file's."""
        text = self._source[start:end]
        body = text.strip(" \t")
        if len(body) == len(text) or not body:
            self._add(text, start, end, is_prose=is_prose)
            return
        first = start + text.index(body)
        last = first + len(body)
        for begin, behind in ((start, first), (first, last), (last, end)):
            if begin < behind:
                self._add(self._source[begin:behind], begin, behind, is_prose=is_prose)

    def _add(
        self, looks: str, start: int, end: int, *, is_prose: bool, in_cdata: bool = False
    ) -> None:
        tokens = self._flows[-1].tokens
        if len(tokens) == _MOST_TOKENS:
            line = _line(self._source, start)
            raise Unreadable(f"{line}: a text has over {_MOST_TOKENS:,} references and codes")
        tokens.append(_Token(looks, start, end, is_prose, in_cdata))


def _looks(name: str, said: Mapping[str, str], written: str) -> str:
    """What an element that stands alone looks like; empty where it is a tag without width."""
    kind = said.get("ctype") or said.get("type") or said.get("subType") or ""
    if kind == "lb" or kind.endswith((":lb", "-br", ":br")):
        return "\n"
    if name == "x" and said.get("id", "").startswith(
        ("START_", "CLOSE_")
    ):  # Angular's halves of a pair
        return ""
    shown = next((said[key] for key in ("disp", "equiv", "equiv-text") if key in said), None)
    if shown is None:
        shown = (
            html.unescape(written[written.find(">") + 1 : written.rfind("<")])
            if name == "ph"
            else SEEN
        )
    elif not shown:
        return ""
    if _BREAK.fullmatch(shown):
        return "\n"
    if _TAG.fullmatch(shown):
        return ""
    return shown if _WORDS.fullmatch(shown) and shown.strip() else SEEN


def _once(text: str) -> str:
    """What markup that was escaped a second time looks like: the character it stands for, or itself."""
    character = html.unescape(text)
    return character if len(character) == 1 else text


def label_of(number: int, name: str) -> str:
    """How a unit is called."""
    name = " ".join(name.split())
    name = name if len(name) <= _LABEL else name[: _LABEL - 1] + "…"
    return f"unit {number} ({name})" if name else f"unit {number}"


def put(
    builder: Builder,
    flow: Flow,
    label: str,
    *,
    language: str,
    original: str,
    original_language: str,
    state: str,
    may_hold_cdata: bool,
    escapes: tuple[Escape, Escape] = (escaped, escaped_in_cdata),
) -> None:
    """Add *flow* to *builder* as a segment, and the texts inside its codes as segments behind it.

    *escapes* write prose into it, between tags and in a CDATA section.
    """
    tokens = _trimmed(flow.tokens)
    if flow.has_prose:
        source = builder.source
        is_all_cdata = all(token.in_cdata for token in tokens if token.is_prose)
        if not state and _ICU.search(flow.text):
            state = "in the syntax of ICU"
        for looks, start, end, is_prose, in_cdata in tokens:
            is_fixed = (
                bool(state) or not is_prose or (in_cdata and not (is_all_cdata and may_hold_cdata))
            )
            if is_fixed:
                builder.fixed(looks, start, end)
            elif end - start == len(looks) and source.startswith(looks, start):
                builder.verbatim(start, end)
            else:
                builder.whole(looks, start, end)
        escape = escapes[is_all_cdata]
        builder.end_segment(
            label, language=language, original=original, escape=escape, state=state,
            original_language=original_language,
        )  # fmt: skip
    for inner in flow.flows:
        put(
            builder, inner, f"{label}, text in a code", language=language, original="",
            original_language="", state=state,
            may_hold_cdata=may_hold_cdata, escapes=escapes,
        )  # fmt: skip


def _trimmed(tokens: Iterable[_Token]) -> list[_Token]:
    """*tokens* without white space at their ends, which is the file's."""
    own = list(tokens)
    first = next((i for i, token in enumerate(own) if token.looks.strip(WHITE)), len(own))
    last = next((i for i in range(len(own), first, -1) if own[i - 1].looks.strip(WHITE)), first)
    return own[first:last]
