"""How documents are cleaned: what the stages obey, of the configuration file and of what a person asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

from mtclean.documents import Input, Reading, SourceFormat, source_of
from mtclean.documents.formats import AS_IT_LOOKS, reader_of
from mtclean.formats import Asked, Choices
from mtclean.rules.bilingual.glossary import NO_TERMS, TermBase
from mtclean.rules.registry import BUILT_IN, Registry
from mtclean.text import Policy, Style


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are cleaned; the same options and input give the same bytes.

    ``language`` is an ISO 639-1 code, or empty to detect it; ``languages`` are (pattern of the end of a document's path as
    in :mod:`fnmatch`, the language of such documents), of which the first that fits goes before it.  ``languagetool`` is the address of a
    server to use instead of our own.  ``source_format`` is what all files are said to be, or None to
    judge by name and content; ``columns`` of tables and ``fields`` of JSON are prose.  ``readings`` say so of some
    files: (such a pattern, what holds in place of those).  ``ignores``
    are (pattern, ids and categories of rules that are off there).  ``registry`` has the rules there are.
    ``terms`` are the house's, which translations are held to.
    ``source_column`` of a table has the sources of ``columns``;
    ``source`` is the folder with the sources of the texts, and ``source_language`` what those are in; both may be empty.
    """

    grammar: bool = True
    language: str = ""
    languages: tuple[tuple[str, str], ...] = ()
    languagetool: str = ""
    source_format: SourceFormat | None = None
    columns: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    style: Style = Style()
    policy: Policy = Policy()
    readings: tuple[tuple[str, Reading], ...] = ()
    ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    registry: Registry = BUILT_IN
    terms: TermBase = NO_TERMS
    source: str = ""
    source_column: str = ""
    source_language: str = ""

    def language_for(self, name: str) -> str:
        """The language the document *name* is said to be in; empty where it is to be detected."""
        return next((code for glob, code in self.languages if _fits(name, glob)), self.language)

    def policy_for(self, name: str) -> Policy:
        """How far each rule may go in the document *name*."""
        names = [rule for glob, rules in self.ignores if _fits(name, glob) for rule in rules]
        return self.policy.ignoring(names)

    def reading_of(self, item: Input) -> Reading:
        """How the file of *item* is to be read, and beside which; of what may be chosen, only what its format asks."""
        if item.reading is not None:
            return item.reading
        reading = self._read_alone(item)
        if not self.source:
            return reading
        source = source_of(item.path, Path(self.source), self.source_language)
        return replace(reading, source=str(source)) if source else reading

    def _read_alone(self, item: Input) -> Reading:
        own = [reading for glob, reading in self.readings if _fits(item.name, glob)]
        said = next((reading.format for reading in own if reading.format), self.source_format)
        format = said.reader if said else reader_of(item.path)
        asks = format.asks if format else None
        if asks is Asked.COLUMN:
            columns = next((r.choices.columns for r in own if r.choices.columns), self.columns)
            column = self.source_column
            originals = tuple((name, column) for name in columns) if column else ()
            return Reading(said, Choices(columns=columns, originals=originals))
        if asks is Asked.FIELD:
            fields = next((r.choices.fields for r in own if r.choices.fields), self.fields)
            return Reading(said, Choices(fields=fields))
        return Reading(said) if said else AS_IT_LOOKS


def _fits(name: str, glob: str) -> bool:
    """Whether *glob* fits *name* or the end of it from a folder on: one calls a document from where one stands."""
    parts = name.split("/")
    return any(fnmatch("/".join(parts[at:]), glob) for at in range(len(parts)))
