"""Evidence from the batch: what is counted in each document, and what the counts of all say about one.

The counts are sets, so that they are the same in any order and with any number of workers.  Documents are compared within
their folder.  Copies of one (the same page by two extractors, two drafts) are one page: what they share is the text itself.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TypeAlias, TypeVar

from mtclean.text.evidence import NO_EVIDENCE, Evidence, line_key
from mtclean.text.placeholders import (
    family,
    possible_placeholders,
    settled_families,
    states_sums,
)

_T = TypeVar("_T")
_Numbers: TypeAlias = frozenset[int]
_Texts: TypeAlias = frozenset[str]

VERSION = 4
"""Of what is counted, and how."""

_PROSE = 120
"""Code points from which a line is the text's own, by which copies are told."""
_MOST_COPIES = 8
"""A long line in more documents is the site's, and tells no copies."""
_ALIKE = 0.5
"""Share of long lines that copies have in common."""
_SETTLED = 3
"""On so many pages a name is spelt as it should be, and a language is the folder's."""
_NEARLY_ALL = 0.9
_RARE = 0.02
"""Below this share of the pages a line is no habit of the site."""
_SHORTEST_SLIP = 6
SUMS = "$0"
"""Said among the placeholders of a document in which ``$1`` may be a price."""
_MOST_CLOSINGS = 3
_MOST_OPEN = 2
"""Folders: a run goes through one after the other, and whoever asks about single documents asks about the top."""
_CLOSING = re.compile(r"[(（\[【] ?([^()（）\[\]【】\r\n]{3,30}?) ?[)）\]】] ?[.。]?\Z")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?![\w-])")
_SMALL = re.compile(r"(?<![\w'’-])[a-z]{4,}(?![\w-])")


@dataclass(frozen=True, slots=True)
class Observed:
    """What is counted in one document, each thing once.

    ``lines`` are by :func:`mtclean.text.evidence.line_key`, the long ones of them in ``prose``, too; ``names`` are
    capitalized in mid-sentence and nowhere small; ``closings`` stand in brackets at the end of the last lines;
    ``placeholders`` are what a program may fill in and prose may have, too, and :data:`SUMS` where sums of money stand.  ``language`` is the document's
    code, empty where it is not plain.
    """

    lines: frozenset[int]
    prose: frozenset[int]
    names: frozenset[str]
    closings: frozenset[str]
    placeholders: frozenset[str] = frozenset()
    language: str = ""

    @classmethod
    def of(cls, text: str, language: str = "") -> Observed:
        """What there is to count in *text*, which is in *language*, in time proportional to its length."""
        lines = [line for line in text.splitlines() if line and not line.isspace()]
        keys = [line_key(line) for line in lines]
        closed = (_CLOSING.search(line.rstrip()) for line in lines[-_MOST_CLOSINGS:])
        return cls(
            frozenset(keys) - {0},
            frozenset(k for k, line in zip(keys, lines, strict=True) if len(line) >= _PROSE) - {0},
            frozenset(_NAME.findall(text)).difference(
                word.capitalize() for word in _SMALL.findall(text)
            ),
            frozenset(mark.group(1).lower() for mark in closed if mark),
            possible_placeholders(text) | ({SUMS} if states_sums(text) else set()),
            language,
        )

    @classmethod
    def together(cls, copies: Sequence[Observed]) -> Observed:
        """What is counted in all *copies* of a page, in no language."""
        if len(copies) == 1:
            return copies[0]
        parts = zip(*(one._parts for one in copies), strict=True)
        lines, prose, names, closings, written = (frozenset().union(*each) for each in parts)
        return cls(lines, prose, names, closings, written)

    def as_json(self) -> str:
        """The counts as JSON, which :meth:`of_json` reads."""
        said = [*(sorted(part) for part in self._parts), self.language]
        return json.dumps(said, separators=(",", ":"))

    @property
    def _parts(self) -> tuple[_Numbers, _Numbers, _Texts, _Texts, _Texts]:
        return self.lines, self.prose, self.names, self.closings, self.placeholders

    @classmethod
    def of_json(cls, said: str) -> Observed:
        """What :meth:`as_json` wrote.  Raises :class:`ValueError` where it is something else, since it may be anybody's."""
        try:
            *parts, language = json.loads(said)
            lines, prose, names, closings, written = map(frozenset, parts)
            numbers, texts = lines | prose, names | closings | written | {language}
            if not all(type(n) is int for n in numbers) or not all(type(t) is str for t in texts):
                raise ValueError("it is no count")
            return cls(lines, prose, names, closings, written, language)
        except (TypeError, RecursionError) as error:
            raise ValueError("it is no count") from error


class Gathered:
    """The counts of the documents of a batch, by name; a document is compared with those of its folder.

    *observed* is looked into a folder at a time, and what was made of the last few folders is kept: where it reads a document's
    counts only when they are asked for, a batch holds no more of them than its largest folders have.
    """

    def __init__(self, observed: Mapping[str, Observed]) -> None:
        self._observed = observed
        names: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(observed):
            names[folder_of(name)].append(name)
        self.names: Mapping[str, Sequence[str]] = dict(names)
        """Those of the documents of each folder, in order."""
        self._opened: dict[str, _Folder] = {}

    def of(self, name: str) -> Evidence:
        """What the others say about the document *name*; nothing of one that was not counted."""
        folder = self._opened_at(folder_of(name))
        own = folder.documents.get(name)
        return folder.about(own) if own else NO_EVIDENCE

    def about(self, own: Observed) -> Evidence:
        """What the documents at the top say about one that may be among them.

        It costs what there is in *own*, once the others are counted: to ask about each of many documents is not quadratic.
        """
        folder = self._opened_at("")
        return folder.about(own) if folder.documents and own.lines else NO_EVIDENCE

    def _opened_at(self, way: str) -> _Folder:
        """The documents in the folder *way*, of which there may be none; those asked about longest ago are let go."""
        folder = self._opened.pop(way, None)
        if folder is None:
            counted = ((name, self._observed[name]) for name in self.names.get(way, ()))
            folder = _Folder({name: one for name, one in counted if one.lines})
        self._opened[way] = folder
        for longest_ago in list(self._opened)[:-_MOST_OPEN]:
            self._opened.pop(longest_ago, None)
        return folder


def folder_of(name: str) -> str:
    """The folder that the document *name* is compared in."""
    return name.rpartition("/")[0]


class _Folder:
    """The documents of one folder."""

    def __init__(self, documents: Mapping[str, Observed]) -> None:
        self.documents = documents

    def about(self, own: Observed) -> Evidence:
        """What the documents say about one of them, or about one more."""
        copied = [self._whole_pages[number] for number in self._copied_by(own)]
        pages = len(self._pages) - len(copied) + 1
        if pages < 2:
            return NO_EVIDENCE

        def counted(counts: Counter[_T], of: Callable[[Observed], frozenset[_T]]) -> dict[_T, int]:
            """On how many pages stands each thing that *own* has, its copies and itself being one."""
            parts = [of(page) for page in copied]
            return {
                thing: counts[thing] - sum(thing in part for part in parts) + 1 for thing in of(own)
            }

        least = max(2, _RARE * pages)
        lines = counted(self._lines, lambda one: one.lines)
        closings = counted(self._closings, lambda one: one.closings)
        names = counted(self._names, lambda one: one.names)
        settled = {word: many for word, many in names.items() if many >= _SETTLED}
        lone = [word for word, many in names.items() if many == 1]
        known = (self._settled, _by_nearness(settled)) if lone else ()
        slips = {word: _usual(word, known) for word in lone}
        return Evidence(
            pages,
            {key: many for key, many in lines.items() if many >= least},
            settled,
            {word: usual for word, usual in slips.items() if usual},
            {mark: many for mark, many in closings.items() if many >= least},
            self._families & {family(one) for one in own.placeholders},
            "" if own.language else self._language,
        )

    @cached_property
    def _pages(self) -> list[list[Observed]]:
        """The documents, copies of a page together."""
        return _with_copies(self._in_order)

    @cached_property
    def _whole_pages(self) -> list[Observed]:
        """What is counted in all copies of each page together; a page may have as many as there are documents."""
        return [Observed.together(page) for page in self._pages]

    @cached_property
    def _in_order(self) -> list[Observed]:
        return list(self.documents.values())

    @cached_property
    def _page_of(self) -> dict[Observed, int]:
        """Which page each document is a copy of."""
        return {one: number for number, page in enumerate(self._pages) for one in page}

    @cached_property
    def _having(self) -> dict[int, list[int]]:
        """The numbers of the documents that have each long line."""
        return _having(self._in_order)

    def _copied_by(self, own: Observed) -> set[int]:
        """The numbers of the pages that *own* is a copy of."""
        if own in self._page_of:
            return {self._page_of[own]}
        having = (self._having.get(key, []) for key in own.prose)
        shared = Counter(n for numbers in having if len(numbers) < _MOST_COPIES for n in numbers)
        alike = ((self._in_order[number], many) for number, many in shared.items())
        return {self._page_of[one] for one, many in alike if _is_copy(one, own, many)}

    def _on_pages(self, of: Callable[[Observed], frozenset[_T]]) -> Counter[_T]:
        """On how many pages stands what *of* gives of a page."""
        return Counter(thing for page in self._whole_pages for thing in of(page))

    @cached_property
    def _lines(self) -> Counter[int]:
        return self._on_pages(lambda one: one.lines)

    @cached_property
    def _names(self) -> Counter[str]:
        return self._on_pages(lambda one: one.names)

    @cached_property
    def _closings(self) -> Counter[str]:
        return self._on_pages(lambda one: one.closings)

    @cached_property
    def _families(self) -> frozenset[str]:
        """The families of which different placeholders stand on these pages, one of them on many."""
        many = self._on_pages(lambda one: one.placeholders)
        return settled_families(many, SUMS in many)

    @cached_property
    def _language(self) -> str:
        """The language of nearly all pages of which it is plain; empty where they are few, or in several."""
        said = Counter(
            code for page in self._pages for code in {one.language for one in page} - {""}
        )
        code, many = max(said.items(), key=lambda of: (of[1], of[0]), default=("", 0))
        return code if many >= max(_SETTLED, _NEARLY_ALL * said.total()) else ""

    @cached_property
    def _settled(self) -> dict[str, str]:
        """The names of many pages, by nearness."""
        return _by_nearness(name for name, many in self._names.items() if many >= _SETTLED)


def _by_nearness(names: Iterable[str]) -> dict[str, str]:
    """*names* by what each is with a letter left out, or as it is; of two the one first in the alphabet."""
    found: dict[str, str] = {}
    for name in sorted(names):
        if len(name) >= _SHORTEST_SLIP:
            for near in _near(name):
                found.setdefault(near, name)
    return found


def _usual(word: str, known: Iterable[Mapping[str, str]]) -> str:
    """The name among the *known*, by nearness, that *word* is one letter from; empty where there is none."""
    if len(word) < _SHORTEST_SLIP:
        return ""
    found = ([names[near] for names in known if near in names] for near in _near(word))
    return next((min(names) for names in found if names), "")


def _near(name: str) -> Iterator[str]:
    """*name*, and what it is with one letter left out, from the first on."""
    yield name
    yield from (name[:i] + name[i + 1 :] for i in range(len(name)))


def _with_copies(documents: list[Observed]) -> list[list[Observed]]:
    """*documents* in groups, each of copies of one page."""
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in _having(documents).values():
        if len(numbers) <= _MOST_COPIES:
            shared.update(combinations(numbers, 2))
    first = list(range(len(documents)))
    alike: dict[Observed, int] = {}
    for number, one in enumerate(documents):
        first[number] = alike.setdefault(one, number)
    for (a, b), many in sorted(shared.items()):
        if _is_copy(documents[a], documents[b], many):
            low, high = sorted((_root(first, a), _root(first, b)))
            first[high] = low
    groups: defaultdict[int, list[Observed]] = defaultdict(list)
    for number, one in enumerate(documents):
        groups[_root(first, number)].append(one)
    return list(groups.values())


def _having(documents: Iterable[Observed]) -> dict[int, list[int]]:
    """The numbers of the documents that have each long line."""
    having: defaultdict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(documents):
        for key in one.prose:
            having[key].append(number)
    return having


def _is_copy(one: Observed, other: Observed, shared: int) -> bool:
    """Whether two documents that have so many long lines in common are copies of a page."""
    return shared >= _ALIKE * min(len(one.prose), len(other.prose))


def _root(first: list[int], number: int) -> int:
    while first[number] != number:
        first[number] = first[first[number]]
        number = first[number]
    return number
