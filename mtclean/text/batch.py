"""Evidence from the batch: what is counted in each document, and what the counts of all say about one.

The counts are sets, so that they are the same in any order and with any number of workers.  Documents are compared within
their folder.  Copies of one (the same page by two extractors, two drafts) are one page: what they share is the text itself.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TypeVar

from mtclean.text.evidence import NO_EVIDENCE, Evidence, line_key

_T = TypeVar("_T")

VERSION = 2
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
_MOST_CLOSINGS = 3
_CLOSING = re.compile(r"[(（\[【] ?([^()（）\[\]【】\r\n]{3,30}?) ?[)）\]】] ?[.。]?\Z")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?![\w-])")
_SMALL = re.compile(r"(?<![\w'’-])[a-z]{4,}(?![\w-])")


@dataclass(frozen=True, slots=True)
class Observed:
    """What is counted in one document, each thing once.

    ``lines`` are by :func:`mtclean.text.evidence.line_key`, the long ones of them in ``prose``, too; ``names`` are
    capitalized in mid-sentence and nowhere small; ``closings`` stand in brackets at the end of the last lines.  ``language`` is
    the document's code, empty where it is not plain.
    """

    lines: frozenset[int]
    prose: frozenset[int]
    names: frozenset[str]
    closings: frozenset[str]
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
            language,
        )

    def as_json(self) -> str:
        """The counts as JSON, which :meth:`of_json` reads."""
        said = [*(sorted(part) for part in self._parts), self.language]
        return json.dumps(said, separators=(",", ":"))

    @property
    def _parts(self) -> tuple[frozenset[int], frozenset[int], frozenset[str], frozenset[str]]:
        return self.lines, self.prose, self.names, self.closings

    @classmethod
    def of_json(cls, said: str) -> Observed:
        """What :meth:`as_json` wrote.  Raises :class:`ValueError` where it is something else, since it may be anybody's."""
        try:
            lines, prose, names, closings, language = json.loads(said)
            numbers, texts = (*lines, *prose), (*names, *closings, language)
            if not all(type(n) is int for n in numbers) or not all(type(t) is str for t in texts):
                raise ValueError("it is no count")
            names, closings = frozenset(names), frozenset(closings)
            return cls(frozenset(lines), frozenset(prose), names, closings, language)
        except (TypeError, RecursionError) as error:
            raise ValueError("it is no count") from error


class Gathered:
    """The counts of the documents of a batch, by name; a document is compared with those of its folder."""

    def __init__(self, observed: Mapping[str, Observed]) -> None:
        folders: defaultdict[str, dict[str, Observed]] = defaultdict(dict)
        for name in sorted(observed):
            if observed[name].lines:
                folders[_folder(name)][name] = observed[name]
        self._folders = {folder: _Folder(inside) for folder, inside in folders.items()}

    def of(self, name: str) -> Evidence:
        """What the others say about the document *name*; nothing of one that was not counted."""
        folder = self._folders.get(_folder(name))
        return folder.of(name) if folder else NO_EVIDENCE


NOTHING = Gathered({})


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


class _Folder:
    """The documents of one folder."""

    def __init__(self, documents: Mapping[str, Observed]) -> None:
        self._documents = documents

    def of(self, name: str) -> Evidence:
        own = self._documents.get(name)
        if own is None or len(self._pages) < 2:
            return NO_EVIDENCE
        least = max(2, _RARE * len(self._pages))
        own_names = {word: self._names[word] for word in own.names}
        return Evidence(
            len(self._pages),
            {key: many for key in own.lines if (many := self._lines[key]) >= least},
            {word: many for word, many in own_names.items() if many >= _SETTLED},
            {
                word: usual
                for word, many in own_names.items()
                if many == 1 and (usual := self._usual(word))
            },
            {mark: many for mark in own.closings if (many := self._closings[mark]) >= least},
            "" if own.language else self._language,
        )

    @cached_property
    def _pages(self) -> list[list[Observed]]:
        """The documents, copies of a page together."""
        return _with_copies(list(self._documents.values()))

    def _on_pages(self, of: Callable[[Observed], frozenset[_T]]) -> Counter[_T]:
        """On how many pages stands what *of* gives of a document."""
        none: frozenset[_T] = frozenset()
        return Counter(thing for page in self._pages for thing in none.union(*map(of, page)))

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
    def _language(self) -> str:
        """The language of nearly all pages of which it is plain; empty where they are few, or in several."""
        said = self._on_pages(lambda one: frozenset([one.language]) - {""})
        code, many = max(said.items(), key=lambda of: (of[1], of[0]), default=("", 0))
        return code if many >= max(_SETTLED, _NEARLY_ALL * said.total()) else ""

    @cached_property
    def _settled(self) -> dict[str, str]:
        """The names of many pages by what each is with a letter left out, or as it is; of two the one first in the alphabet."""
        found: dict[str, str] = {}
        for name in sorted(self._names):
            if self._names[name] >= _SETTLED and len(name) >= _SHORTEST_SLIP:
                for near in _near(name):
                    found.setdefault(near, name)
        return found

    def _usual(self, word: str) -> str:
        """The name of many pages that *word* is one letter from; empty where there is none."""
        if len(word) < _SHORTEST_SLIP:
            return ""
        return next((self._settled[near] for near in _near(word) if near in self._settled), "")


def _near(name: str) -> Iterator[str]:
    """*name*, and what it is with one letter left out, from the first on."""
    yield name
    yield from (name[:i] + name[i + 1 :] for i in range(len(name)))


def _with_copies(documents: list[Observed]) -> list[list[Observed]]:
    """*documents* in groups, each of copies of one page."""
    having: defaultdict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(documents):
        for key in one.prose:
            having[key].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in having.values():
        if len(numbers) <= _MOST_COPIES:
            shared.update(combinations(numbers, 2))
    first = list(range(len(documents)))
    alike: dict[Observed, int] = {}
    for number, one in enumerate(documents):
        first[number] = alike.setdefault(one, number)
    for (a, b), many in sorted(shared.items()):
        if many >= _ALIKE * min(len(documents[a].prose), len(documents[b].prose)):
            low, high = sorted((_root(first, a), _root(first, b)))
            first[high] = low
    groups: defaultdict[int, list[Observed]] = defaultdict(list)
    for number, one in enumerate(documents):
        groups[_root(first, number)].append(one)
    return list(groups.values())


def _root(first: list[int], number: int) -> int:
    while first[number] != number:
        first[number] = first[first[number]]
        number = first[number]
    return number
