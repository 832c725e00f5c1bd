"""XML as a file has it: its tags and runs of text with their places, and the inline codes of translations.

expat says what is well-formed and where each thing begins.  No entity is expanded, none is fetched, and a
file that declares some is refused.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple
from xml.parsers import expat

from mtclean.formats.format import Unreadable
from mtclean.formats.layout import WHITE, Builder, Escape

DEEPEST = 200
"""Elements open at once; files of people have some twenty."""
_MOST_TOKENS = 100_000
"""Runs of text, references and codes in one text; each is a piece."""
SEEN = "\ufffc"  # OBJECT REPLACEMENT CHARACTER

_CHUNK = 1 << 20  # bytes given to expat at a time
_CDATA_BEGIN, _CDATA_END = "<![CDATA[", "]]>"
_MORE = re.compile(r"<!|<\?(?!xml\s)")
"""Of what may stand between two tags there is more than text of the file's own."""
_UNKNOWN = re.compile(r"&(?!#|(?:amp|lt|gt|quot|apos);)[^;]*;")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|>")
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
    """What is in the first element of *source*, in order.  Raises :class:`Unreadable`.  Takes time in proportion to it.

    expat says whether it is well-formed and which tags it has.  Where those are is plain then: between two of them
    stands nothing but text, comments and the like.
    """
    try:
        data = source.encode()
    except UnicodeEncodeError as error:
        raise Unreadable(
            f"{_line(source, error.start)}: there is a byte that is no character"
        ) from error
    tags, index = _Tags(data), source.index
    at, depth = -1, 0
    is_plain = is_empty = False
    for name, said in tags.met():
        prefix, local = "", name
        if ":" in name:
            prefix, _, local = name.rpartition(":")
        if is_empty:  # the end of <a/>, which was told of, too
            is_empty, depth = False, depth - 1
            yield Event(_END, at, at, local, prefix)
            continue
        if at < 0:
            at = tags.begin
            is_plain = not _MORE.search(source)
        begin = index("<", at)
        if is_plain:
            if begin > at:
                yield Event(_TEXT_, at, begin)
        else:
            for event in _between_tags(source, at):
                begin = event.end
                yield event
        at = index(">", begin) + 1
        if said is None:
            depth -= 1
            yield Event(_END, begin, at, local, prefix)
            continue
        depth += 1
        if depth > DEEPEST:
            line = _line(source, begin)
            raise Unreadable(f"{line}: there are over {DEEPEST} elements in one another")
        if said:
            if ":" in "".join(said):
                said = _without_prefixes(said)
            if ">" in "".join(said.values()):
                at = next(
                    mark.end() for mark in _QUOTED.finditer(source, begin) if mark.group() == ">"
                )
        is_empty = source[at - 2] == "/"
        yield Event(_START, begin, at, local, prefix, said)


class _Tags:
    """The tags in *data*, as expat tells of them: a start by its name and what it says, an end by its name."""

    def __init__(self, data: bytes) -> None:
        self.begin = 0
        """The code point at which the first of them begins, once it was met."""
        self._data = data
        self._met: list[tuple[str, dict[str, str] | None]] = []
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._first
        self._parser.EndElementHandler = lambda name, add=self._met.append: add((name, None))
        self._parser.EntityDeclHandler = self._entity

    def met(self) -> Iterator[tuple[str, dict[str, str] | None]]:
        """They, in order.  Raises :class:`Unreadable`."""
        data, met = self._data, self._met
        for at in range(0, max(len(data), 1), _CHUNK):
            problem = None
            try:
                self._parser.Parse(data[at : at + _CHUNK], at + _CHUNK >= len(data))
            except expat.ExpatError as error:
                problem = error  # behind what was met before it
            yield from met
            met.clear()
            if problem:
                why = expat.ErrorString(problem.code)
                raise Unreadable(f"line {problem.lineno}: {why}") from problem

    def _first(self, name: str, said: dict[str, str]) -> None:
        self.begin = len(self._data[: self._parser.CurrentByteIndex].decode())
        self._parser.StartElementHandler = lambda *tag: self._met.append(tag)
        self._met.append((name, said))

    def _entity(self, *_: object) -> None:
        line = self._parser.CurrentLineNumber
        raise Unreadable(f"line {line}: it declares entities, which are not read")


def _between_tags(source: str, at: int) -> Iterator[Event]:
    """What there is from *at* on up to the next tag."""
    while True:
        begin = source.index("<", at)
        yield from _text(source, at, begin)
        if source[begin + 1] not in "!?":
            return
        if source.startswith(_CDATA_BEGIN, begin):
            inside = begin + len(_CDATA_BEGIN)
            behind = source.index(_CDATA_END, inside)
            yield Event(_OTHER, begin, inside)
            if inside < behind:
                yield Event(_CDATA, inside, behind)
            begin, at = behind, behind + len(_CDATA_END)
        else:
            mark, end = ("<!--", "-->") if source.startswith("<!--", begin) else ("<?", "?>")
            at = source.index(end, begin + len(mark)) + len(end)
        yield Event(_OTHER, begin, at)


def _text(source: str, at: int, end: int) -> Iterator[Event]:
    """Text, and the references in it to what the file does not have."""
    for unknown in _UNKNOWN.finditer(source, at, end):
        if at < unknown.start():
            yield Event(_TEXT_, at, unknown.start())
        at = unknown.end()
        yield Event(_OTHER, *unknown.span())
    if at < end:
        yield Event(_TEXT_, at, end)


def _without_prefixes(said: Mapping[str, str]) -> dict[str, str]:
    return {
        key if key.startswith("xml:") else key.rpartition(":")[2]: value
        for key, value in said.items()
    }


def _line(source: str, at: int) -> str:
    return f"line {source.count(chr(10), 0, at) + 1}"


class Role(Enum):
    """How what an element stands for is seen in its line."""

    THROUGH = "no width, prose inside"
    OFF = "text that is not to be changed"
    NOTHING = "no width, no prose inside"
    CODE = "takes room, no prose inside"
    FLOW = "a text of its own"


_THROUGH, _OFF, _NOTHING, _CODE, _FLOW = Role
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
    has_prose: bool = False
    """Whether there is something to read in it beside its codes."""

    @property
    def text(self) -> str:
        """It as a reader sees it, without white space at its ends."""
        return "".join([token.looks for token in self.tokens]).strip()


class FlowReader:
    """Reads the content of a ``target``, ``source`` or ``seg``."""

    special = re.compile(r"[&\r\n]")
    """What a run of text has in it that is not seen as it stands there."""

    def __init__(self, source: str, *, preserve: bool) -> None:
        self._source = source
        self._preserve = preserve
        self._flows = [Flow()]
        self._roles = [_THROUGH]
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
        kind, start, end, _, _, _ = event
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
        return _ROLES.get(name, _CODE)

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
            role = _OFF
        if self._roles[-1] is not _THROUGH and role is not _FLOW:
            role = self._roles[-1] if self._roles[-1] is _OFF else _NOTHING
        is_segment = name == "mrk" and said.get("mtype") == "seg" and len(self._flows) == 1
        if role is _FLOW or is_segment:
            flow = Flow()
            if is_segment:
                self.segments.append((said.get("mid", str(len(self.segments) + 1)), flow))
                flow.attributes = said
            else:
                self._flows[-1].flows.append(flow)
            self._flows.append(flow)
        self._begun.append((_FLOW if is_segment else role, event.start, name, said))
        self._roles.append(_THROUGH if role is _FLOW else role)

    def _close(self, event: Event) -> None:
        role, start, name, said = self._begun.pop()
        self._roles.pop()
        if role is _FLOW:
            self._flows.pop()
        elif role is _CODE:
            looks = self.looks(name, said, self._source[start : event.end])
            if looks:
                self._add(looks, start, event.end, is_prose=False)

    def _text(self, start: int, end: int, *, in_cdata: bool) -> None:
        role = self._roles[-1]
        if role is not _THROUGH and role is not _OFF:
            return
        if not in_cdata and not self.special.search(self._source, start, end):
            self._add(self._source[start:end], start, end, is_prose=role is _THROUGH)
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

    def _add(
        self, looks: str, start: int, end: int, *, is_prose: bool, in_cdata: bool = False
    ) -> None:
        tokens = self._flows[-1].tokens
        if len(tokens) == _MOST_TOKENS:
            line = _line(self._source, start)
            raise Unreadable(f"{line}: a text has over {_MOST_TOKENS:,} references and codes")
        tokens.append(_Token(looks, start, end, is_prose, in_cdata))
        if is_prose and not looks.isspace():
            self._flows[-1].has_prose = True


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
    plural: str = "",
    quantity: str = "",
    escapes: tuple[Escape, Escape] = (escaped, escaped_in_cdata),
    key: str = "",
    context: str = "",
) -> None:
    """Add *flow* to *builder* as a segment, and the texts inside its codes as segments behind it.

    *escapes* write prose into it, between tags and in a CDATA section.
    """
    if flow.has_prose:
        tokens = _trimmed(builder.source, flow.tokens)
        is_all_cdata = all(token.in_cdata for token in tokens if token.is_prose)
        if not state and _ICU.search(flow.text):
            state = "in the syntax of ICU"
        for looks, start, end, is_prose, in_cdata in tokens:
            if state or not is_prose or (in_cdata and not (is_all_cdata and may_hold_cdata)):
                builder.fixed(looks, start, end)
            elif _stands_so(builder.source, looks, start, end):
                builder.verbatim(start, end)
            else:
                builder.whole(looks, start, end)
        builder.end_segment(
            label, language=language, original=original, escape=escapes[is_all_cdata], state=state,
            original_language=original_language, plural=plural, quantity=quantity,
            key=key, context=context,
        )  # fmt: skip
    for inner in flow.flows:
        put(
            builder, inner, f"{label}, text in a code", language=language, original="",
            original_language="", state=state,
            may_hold_cdata=may_hold_cdata, escapes=escapes,
        )  # fmt: skip


def _trimmed(source: str, tokens: Sequence[_Token]) -> list[_Token]:
    """*tokens* without white space at their ends, which is the file's; there is something else among them."""
    first, last = 0, len(tokens) - 1
    while not tokens[first].looks.strip(WHITE):
        first += 1
    while not tokens[last].looks.strip(WHITE):
        last -= 1
    own = [*tokens[first : last + 1]]
    looks, start, end, *_ = own[0]
    if looks[0] in WHITE and _stands_so(source, looks, start, end):
        body = looks.lstrip(WHITE)
        own[0] = own[0]._replace(looks=body, start=end - len(body))
    looks, start, end, *_ = own[-1]
    if looks[-1] in WHITE and _stands_so(source, looks, start, end):
        body = looks.rstrip(WHITE)
        own[-1] = own[-1]._replace(looks=body, end=start + len(body))
    return own


def _stands_so(source: str, looks: str, start: int, end: int) -> bool:
    """Whether what *looks* so stands in *source* as it looks."""
    return end - start == len(looks) and source.startswith(looks, start)
