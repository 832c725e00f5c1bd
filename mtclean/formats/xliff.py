"""XLIFF 1.2 and 2.x: the targets are prose, their sources are what they are translations of.

What is final, approved, locked or not to be translated is shown and not changed, and neither is what a state says
to be untranslated yet and is as its source.  Suggestions
(``alt-trans``, ``mtc:match``) are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mtclean.formats.format import Choices, Format, Sources, Unreadable
from mtclean.formats.layout import Builder, Layout
from mtclean.formats.markup_edits import only_prose
from mtclean.formats.xml import (
    Event,
    Flow,
    FlowReader,
    Kind,
    declared,
    events,
    is_unicode,
    label_of,
    put,
)

_UNITS = frozenset(["trans-unit", "unit"])
_TEXTS = frozenset(["source", "seg-source", "target"])
_SUGGESTIONS = frozenset(["alt-trans", "match", "ignorable", "bin-unit"])
_INHERITED = frozenset(
    ["target-language", "trgLang", "source-language", "srcLang", "xml:space", "translate"]
)
_NOT_YET = frozenset(["new", "initial", "needs-translation"])
"""States of XLIFF 1.2 and 2 before anybody has translated a unit."""
_LOCKED = frozenset(["true", "yes", "1", "locked"])


def read(sources: Sources, choices: Choices) -> Layout:
    """The targets of the file in *sources*.  Takes time in proportion to it."""
    return _Reader(sources[""]).layout()


@dataclass(slots=True)
class _Pair:
    """A source and its target, in a unit or one segment of it."""

    attributes: Mapping[str, str]
    texts: dict[str, FlowReader] = field(default_factory=dict)
    target: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Unit:
    attributes: Mapping[str, str]
    pairs: list[_Pair]
    locked: set[str] = field(default_factory=set)
    """Ids of the segments that SDL's ``seg-defs`` say are locked."""


@dataclass(frozen=True, slots=True)
class _Scope:
    """What an element says of all that is in it."""

    language: str = ""
    source_language: str = ""
    preserve: bool = False
    translate: bool = True

    def inside(self, said: Mapping[str, str]) -> _Scope:
        """What holds inside an element of this one that says *said*."""
        if said.keys().isdisjoint(_INHERITED):
            return self
        space, translate = said.get("xml:space"), said.get("translate")
        return _Scope(
            said.get("target-language") or said.get("trgLang") or self.language,
            said.get("source-language") or said.get("srcLang") or self.source_language,
            space == "preserve" if space else self.preserve,
            translate != "no" if translate else self.translate,
        )


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._builder = Builder(source)
        self._scopes = [_Scope()]
        """Those of the elements that are open, and that of the file."""
        self._prefix = ""
        self._unit: _Unit | None = None
        self._number = 0
        self._suggested = 0
        """How many of the open elements hold suggestions."""
        self._may_hold_cdata = is_unicode(source)

    def layout(self) -> Layout:
        start, end = Kind.START, Kind.END
        met = events(self._source)
        for event in met:
            if event.kind is start:
                self._open(event, met)
            elif event.kind is end:
                self._close(event.name)
        return self._builder.layout()

    def _open(self, event: Event, met: Iterator[Event]) -> None:
        if len(self._scopes) == 1:
            if event.name != "xliff":
                raise Unreadable(f"its first element is <{event.name[:40]}>")
            self._prefix = event.prefix
        scope = self._scopes[-1].inside(event.attributes)
        if (
            self._unit
            and event.name in _TEXTS
            and not self._suggested
            and event.prefix == self._prefix
        ):
            self._read(event, scope, self._unit.pairs[-1], met)
            return
        self._scopes.append(scope)
        if event.name in _SUGGESTIONS:
            self._suggested += 1
        if self._suggested:
            return
        if event.name == "seg" and self._unit and _is_locked(event.attributes):
            self._unit.locked.add(event.attributes.get("id", ""))
        if event.prefix != self._prefix:
            return
        if event.name in _UNITS:
            self._number += 1
            self._unit = _Unit(event.attributes, [_Pair({})])
        elif self._unit and event.name == "segment":
            self._unit.pairs.append(_Pair(event.attributes))

    def _read(self, begin: Event, scope: _Scope, pair: _Pair, met: Iterator[Event]) -> None:
        """The text that *begin* opens, to its end."""
        text = pair.texts[begin.name] = FlowReader(self._source, preserve=scope.preserve)
        if begin.name == "target":
            pair.target = begin.attributes
        text.read(met)

    def _close(self, name: str) -> None:
        scope = self._scopes.pop()
        if name in _SUGGESTIONS:
            self._suggested -= 1
        elif name in _UNITS and self._unit and not self._suggested:
            self._put(self._unit, scope)
            self._unit = None

    def _put(self, unit: _Unit, scope: _Scope) -> None:
        label = label_of(self._number, unit.attributes.get("id", ""))
        flows = [
            (pair, mid, flow, original)
            for pair in unit.pairs
            for mid, flow, original in _flows(pair)
            if flow.has_prose or flow.flows
        ]
        for number, (pair, mid, flow, original) in enumerate(flows, 1):
            state = _state(unit.attributes, pair.attributes, pair.target, flow.attributes)
            if not state and mid in unit.locked:
                state = "locked"
            if not state and flow.text == original and _is_new(pair.attributes, pair.target):
                state = "not translated yet"
            put(
                self._builder,
                flow,
                label if len(flows) == 1 else f"{label}, segment {number}",
                language=pair.target.get("xml:lang") or scope.language,
                original=original,
                original_language=scope.source_language,
                state=state if scope.translate else "not to be translated",
                may_hold_cdata=self._may_hold_cdata,
            )


def _flows(pair: _Pair) -> list[tuple[str, Flow, str]]:
    """The segments of the target with their ids and what they are translations of."""
    target, source = pair.texts.get("target"), pair.texts.get("source")
    if target is None:
        return []
    original = source.flow.text if source else ""
    cut = pair.texts.get("seg-source")
    originals: dict[str, list[str]] = {}
    for mid, flow in cut.segments if cut else ():
        originals.setdefault(mid, []).append(flow.text)
    parts = [
        (mid, flow, originals[mid].pop(0) if originals.get(mid) else "")
        for mid, flow in target.segments
    ]
    return [*parts, ("", target.flow, "" if parts else original)]


def _state(*said: Mapping[str, str]) -> str:
    """Why nothing may be changed in a target, as its unit, its segment or itself says; empty where it may."""
    for attributes in said:
        if attributes.get("state") == "final":
            return "final"
        if attributes.get("approved") == "yes":
            return "approved"
        if _is_locked(attributes):
            return "locked"
    return ""


def _is_new(*said: Mapping[str, str]) -> bool:
    """Whether a segment or its target says that nobody has translated it yet."""
    return any(attributes.get("state") in _NOT_YET for attributes in said)


def _is_locked(attributes: Mapping[str, str]) -> bool:
    return attributes.get("locked", "").lower() in _LOCKED


FORMAT = Format(
    "xliff",
    "an XLIFF file",
    frozenset({".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"}),
    read,
    references=True,
    declared=declared,
    only_prose=only_prose,
    has_sources=True,
)
