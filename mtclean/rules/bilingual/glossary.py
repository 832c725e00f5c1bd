"""A glossary: terms and what they are to be in another language; read from tables (TSV, CSV) and TBX."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from mtclean.formats.format import Unreadable
from mtclean.formats.xml import Kind, events
from mtclean.languages.language import primary
from mtclean.rules.bilingual.wording import Words, words_of

_COLUMNS = {
    "source": "source", "term": "source", "target": "target", "translation": "target",
    "forbidden": "forbidden", "not": "forbidden", "case": "case", "case sensitive": "case",
    "pos": "part", "part of speech": "part",
}  # fmt: skip
_YES = frozenset(["1", "yes", "true", "x"])
_CONCEPTS = frozenset(["termEntry", "conceptEntry"])
_LANGUAGES = frozenset(["langSet", "langSec"])
_TERMS = frozenset(["tig", "ntig", "termSec"])
_FORBIDDEN = ("deprecated", "forbidden", "superseded", "obsolete")

_JOINED_AFTER = re.compile(r"-[^\W\d_]")
_JOINED_BEFORE = re.compile(r"(\w+)-\Z")
_LONGEST = 40  # code points of a word


class Term(NamedTuple):
    """A *source* term, the *targets* it may be (the first is the one to use), and what it must not be.

    Without targets it is not translated at all, unless something is *forbidden*.  ``exact``: capitals matter as they are written.
    ``part`` is the part of speech, for people to tell two terms apart.
    """

    source: str
    targets: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    exact: bool = False
    part: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether it is to stand in the translation as it is."""
        return not self.targets and not self.forbidden


class Found(NamedTuple):
    """A *term*, and where in a text it stands."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True)
class Glossary:
    """The terms of a house from one language into another; of any, where ``languages`` are empty."""

    terms: tuple[Term, ...] = ()
    languages: tuple[str, str] = ("", "")

    def is_for(self, languages: tuple[str, str]) -> bool:
        """Whether it speaks of pairs in *languages*; variants of a language are one."""
        return all(
            not own or not asked or _same(own, asked)
            for own, asked in zip(self.languages, languages, strict=True)
        )

    @cached_property
    def _by_first(self) -> Mapping[str, list[tuple[Words, Term]]]:
        index: defaultdict[str, list[tuple[Words, Term]]] = defaultdict(list)
        for term in self.terms:
            if words := words_of(term.source):
                index[words[0].stem].append((words, term))
        for entries in index.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return index

    def found_in(self, text: str) -> Iterator[Found]:
        """The terms in *text*, the longest at each place, none within another."""
        if not self.terms:
            return
        words = words_of(text)
        at = 0
        while at < len(words):
            found = next(self._at(text, words, at), None)
            if found is None:
                at += 1
                continue
            length, term = found
            yield Found(term, words[at].start, words[at + length - 1].end)
            at += length

    def _at(self, text: str, words: Words, at: int) -> Iterator[tuple[int, Term]]:
        for wanted, term in self._by_first.get(words[at].stem, ()):
            here = words[at : at + len(wanted)]
            if (
                len(here) == len(wanted)
                and not _is_in_compound(text, here)
                and all(
                    word.is_form_of(other, exact=term.exact)
                    for word, other in zip(here, wanted, strict=True)
                )
            ):
                yield len(wanted), term


def _is_in_compound(text: str, here: Words) -> bool:
    """Whether a hyphen joins *here* to more words: “last-minute” is not about minutes, “mid-May” and “19th-century” are."""
    start, end = here[0].start, here[-1].end
    if _JOINED_AFTER.match(text, end):
        return True
    before = _JOINED_BEFORE.search(text, max(0, start - _LONGEST), start)
    return before is not None and text[start].islower() and before[1].isalpha()


@dataclass(slots=True)
class _Entry:
    targets: dict[str, None] = field(default_factory=dict)
    forbidden: dict[str, None] = field(default_factory=dict)
    exact: bool = False
    part: str = ""


def read_table(text: str) -> Glossary:
    """The glossary in *text*, a table with tabs or commas: source, target, forbidden, case, pos.

    A first line that names columns may have them in another order; ``|`` parts synonyms, and so do several rows of one
    source.  No target: it stays as it is.  Raises :class:`~mtclean.formats.format.Unreadable` where a row has no source.
    """
    dialect = csv.excel_tab if "\t" in text.partition("\n")[0] else csv.excel
    try:
        rows = [row for row in csv.reader(io.StringIO(text), dialect) if any(row)]
    except csv.Error as error:
        raise Unreadable(f"it is no table: {error}") from error
    names = (
        [_COLUMNS.get(cell.strip().lower().replace("_", " "), "") for cell in rows[0]]
        if rows
        else []
    )
    if "source" in names:
        rows = rows[1:]
    else:
        names = ["source", "target", "forbidden", "case", "part"]
    return _glossary(_rows(rows, names))


_Row = tuple[str, str, Sequence[str], Sequence[str], bool]


def _rows(rows: Iterable[Sequence[str]], names: Sequence[str]) -> Iterator[_Row]:
    for number, row in enumerate(rows, 1):
        cells = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name}
        if not cells.get("source"):
            raise Unreadable(f"row {number} has no source term")
        targets, forbidden = (_synonyms(cells.get(name, "")) for name in ("target", "forbidden"))
        case = cells.get("case", "").lower() in _YES
        yield cells["source"], cells.get("part", ""), targets, forbidden, case


def _synonyms(cell: str) -> list[str]:
    return [one.strip() for one in cell.split("|") if one.strip()]


def _glossary(rows: Iterable[_Row], languages: tuple[str, str] = ("", "")) -> Glossary:
    entries: defaultdict[tuple[str, str], _Entry] = defaultdict(_Entry)
    for source, part, targets, forbidden, exact in rows:
        entry = entries[source, part]
        entry.targets |= dict.fromkeys(targets)
        entry.forbidden |= dict.fromkeys(forbidden)
        entry.exact |= exact
    terms = (
        Term(source, tuple(e.targets), tuple(e.forbidden), e.exact, part)
        for (source, part), e in entries.items()
    )
    return Glossary(tuple(terms), languages)


def read_tbx(text: str, source: str, target: str) -> Glossary:
    """The terms of a TBX file from *source* into *target*, codes of languages.

    A term that its file deprecates is forbidden.  Raises :class:`~mtclean.formats.format.Unreadable`.

    Source: ISO 30042 (TBX), in DCA and in DCT style.
    """
    rows = (row for concept in _concepts(text) for row in _of_concept(concept, source, target))
    return _glossary(rows, (source, target))


class _Named(NamedTuple):
    """A term of a concept."""

    language: str
    term: str
    is_bad: bool
    part: str


def _concepts(text: str) -> Iterator[list[_Named]]:
    """The terms of each concept of a TBX file."""
    concept: list[_Named] = []
    language = term = part = kind = said = ""
    is_bad = False
    for event in events(text):
        if event.kind in (Kind.TEXT, Kind.CDATA):
            said += html.unescape(text[event.start : event.end])
        elif event.kind is Kind.START:
            said, kind = "", event.attributes.get("type", event.name)
            if event.name in _LANGUAGES:
                language = event.attributes.get("xml:lang", event.attributes.get("lang", ""))
            elif event.name in _TERMS:
                term, part, is_bad = "", "", False
        elif event.kind is Kind.END:
            if event.name == "term":
                term = said.strip()
            elif kind == "partOfSpeech":
                part = said.strip()
            elif kind == "administrativeStatus":
                is_bad |= said.strip().lower().startswith(_FORBIDDEN)
            if event.name in _TERMS and term:
                concept.append(_Named(language, term, is_bad, part))
            elif event.name in _CONCEPTS:
                yield concept
                concept = []
            said = kind = ""


def _of_concept(concept: Sequence[_Named], source: str, target: str) -> Iterator[_Row]:
    """A row for each source term of a *concept* that has terms in both languages."""
    own, other = ([n for n in concept if _same(n.language, code)] for code in (source, target))
    targets, forbidden = ([n.term for n in other if n.is_bad is bad] for bad in (False, True))
    if other:
        for named in own:
            yield named.term, named.part, targets, forbidden, False


def _same(language: str, other: str) -> bool:
    """Whether two codes name one language, whatever the country."""
    return primary(language).lower() == primary(other).lower()


@dataclass(frozen=True)
class TermBase:
    """A house's terms as it has them: the *text* of a table or, with *is_tbx*, of a TBX file; *keep* is never translated."""

    text: str = ""
    is_tbx: bool = False
    keep: tuple[str, ...] = ()

    def glossary(self, languages: tuple[str, str]) -> Glossary:
        """The terms from the first of *languages* into the second.

        Raises :class:`~mtclean.formats.format.Unreadable`.
        """
        return _read(self, languages)


NO_TERMS = TermBase()
"""A house without any."""


@lru_cache(maxsize=32)
def _read(base: TermBase, languages: tuple[str, str]) -> Glossary:
    if not (base.text or base.keep):
        return NONE
    read = read_tbx(base.text, *languages) if base.is_tbx else read_table(base.text)
    return Glossary((*read.terms, *(Term(word, exact=True) for word in base.keep)), languages)


NONE = Glossary()
"""No terms."""
