"""TMX: of each unit of a translation memory, the text in the language that is translated into.

A memory may hold many languages; one of them is read, and the others are named in a remark.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from mtclean.formats.format import Choices, Format, Sources, Unreadable
from mtclean.formats.languages import left_out, most
from mtclean.formats.layout import Builder, Layout
from mtclean.formats.markup_edits import only_prose
from mtclean.formats.xml import (
    Flow,
    FlowReader,
    Kind,
    declared,
    events,
    is_unicode,
    label_of,
    put,
)

_ANY = "*all*"  # as TMX names it where every language may be the source


def read(sources: Sources, choices: Choices) -> Layout:
    """The texts of the memory in *sources* in one target language.  Takes time in proportion to it.

    That is the language of *choices*; else the one that most units have beside the source's.
    """
    source = sources[""]
    said, units = _units(source)
    languages = _Languages(said, units)
    target = choices.language.lower() or languages.target
    builder, may_hold_cdata = Builder(source), is_unicode(source)
    for number, unit in enumerate(units, 1):
        own = unit.source.lower() or languages.source
        original = next((f.text for said, f in unit.texts if _is(said, own)), "")
        label = label_of(number, unit.name)
        for said, flow in unit.texts:
            if _is(said, target) and not _is(said, own):
                put(
                    builder, flow, label, language=said, original=original, original_language=own,
                    state="", may_hold_cdata=may_hold_cdata,
                )  # fmt: skip
    for remark in languages.left_out(target):
        builder.remark(remark)
    return builder.layout()


@dataclass(slots=True)
class _Unit:
    name: str
    source: str
    """Its own source language, if it says another than the file does."""
    texts: list[tuple[str, Flow]] = field(default_factory=list)


class _Languages:
    """Which languages a memory has that *said* what its source is; compared without case."""

    def __init__(self, said: str, units: list[_Unit]) -> None:
        texts = [language.lower() for unit in units for language, _ in unit.texts]
        self._units = Counter(texts)
        said = said.lower()
        self.source = said if said not in ("", _ANY) else next(iter(texts), "")

    @property
    def target(self) -> str:
        """What most units have beside the source; the first by name among equals."""
        return most({one: n for one, n in self._units.items() if not _is(one, self.source)})

    def left_out(self, target: str) -> list[str]:
        """A line on the languages that are neither the source nor *target*."""
        counts = {
            one: count
            for one, count in self._units.items()
            if not _is(one, self.source) and not _is(one, target)
        }
        return left_out(counts, target)


@lru_cache(maxsize=1024)
def _is(said: str, wanted: str) -> bool:
    """Whether *said* is the language *wanted*, which may leave the region open: ``en`` is ``en-us`` too."""
    said, wanted = said.lower().replace("_", "-"), wanted.lower().replace("_", "-")
    return bool(wanted) and (said == wanted or said.startswith(wanted + "-"))


def _units(source: str) -> tuple[str, list[_Unit]]:
    """The source language that the memory says it has, and its units.  Raises :class:`Unreadable`."""
    said, units = "", list[_Unit]()
    preserve, language = [False], ""
    start, end = Kind.START, Kind.END
    met = events(source)
    for kind, _, _, name, _, attributes in met:
        if kind is end:
            preserve.pop()
        if kind is not start:
            continue
        if len(preserve) == 1 and name != "tmx":
            raise Unreadable(f"its first element is <{name[:40]}>")
        space = attributes.get("xml:space")
        keeps = space == "preserve" if space else preserve[-1]
        if name == "seg" and units:
            reader = FlowReader(source, preserve=keeps)
            units[-1].texts.append((language, reader.flow))
            reader.read(met)
            continue
        preserve.append(keeps)
        if name == "header":
            said = attributes.get("srclang", "")
        elif name == "tu":
            source_language = attributes.get("srclang", "")
            own = "" if source_language == _ANY else source_language
            units.append(_Unit(attributes.get("tuid", ""), own))
        elif name == "tuv":
            language = attributes.get("xml:lang") or attributes.get("lang", "")
    return said, units


FORMAT = Format(
    "tmx",
    "a translation memory (TMX)",
    frozenset({".tmx"}),
    read,
    references=True,
    declared=declared,
    only_prose=only_prose,
    has_sources=True,
)
