"""The pass that counts what documents have in common, before any of them is cleaned."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from hashlib import sha256
from itertools import chain
from pathlib import Path

from mtclean.documents import (
    Counted,
    Counts,
    Document,
    DocumentProblem,
    Input,
    Reading,
    Said,
    Sums,
    counted,
    files_in,
    language_of,
    said_of,
    seen_before,
)
from mtclean.pipeline.draft import read
from mtclean.pipeline.options import Options
from mtclean.pipeline.resources import workers_for
from mtclean.pipeline.signature import ruleset
from mtclean.pipeline.spec import RunSpec
from mtclean.text.batch import VERSION, Gathered, Observed, folder_of
from mtclean.text.evidence import NO_EVIDENCE, Evidence
from mtclean.workers.pool import Job

_TELLING = 2_000
"""Code points that are asked for their language."""
_EMPTY = Observed.of("").as_json()


class Count:
    """What is counted in the documents of an output folder: what its ledger has, and what is due.

    *inputs* are those of a run; documents of earlier runs count as long as their files are there.  Not a dataclass:
    Prefect would walk through it to look for futures.
    """

    def __init__(self, inputs: Sequence[Input], folder: Path, options: Options) -> None:
        self._folder = folder
        self._counts = counted(folder)
        before = self._before = self._counts.rows
        readings = [options.reading_of(item) for item in inputs]
        paths = (str(item.path) for item in inputs)
        sources = (reading.source for reading in readings if reading.source)
        self.sums = Sums(seen_before(folder, chain(paths, sources)))
        """Of the texts and their sources."""
        self._of: dict[str, str] = {}
        self.due: list[Input] = []
        for item, reading in zip(inputs, readings, strict=True):
            what, known = self._what(item, reading), before.get(item.name)
            is_same = known is not None and known.of == what
            self._of[item.name] = known.of if known and is_same else what
            if not is_same:
                self.due.append(item)
        self.new: dict[str, Counted] = {}
        """What was counted now, by name."""

    def _what(self, item: Input, reading: Reading) -> str:
        """Of what is counted in the document: its bytes, how they are read, and how it is counted."""
        return f"{VERSION} {self.sums.of(item.path)} {reading.recorded(item.path)}"

    @cached_property
    def gone(self) -> dict[str, str]:
        """Documents of earlier runs whose files are no longer there, and the paths of those."""
        return {
            name: row.path
            for name, row in self._before.items()
            if name not in self._of and not os.path.exists(row.path)  # noqa: PTH110 - of 100,000
        }

    def add(self, item: Input, counts: str) -> None:
        """Take down what was counted in a document, as JSON."""
        self.new[item.name] = Counted(str(item.path), self._of[item.name], counts)

    def run(self, spec: RunSpec) -> None:
        """Count what is due, in the workers of the run; of what cannot be read there is nothing to count."""
        with workers_for(spec) as pool:
            jobs = [
                Job(item, _size(item.path), count_in, item, spec.options, spec.side_by_side)
                for item in self.due
            ]
            for item, counts in pool.each(jobs):
                self.add(item, _EMPTY if isinstance(counts, DocumentProblem) else counts)

    def gathered(self) -> Gathered:
        """The evidence of what was counted so far."""
        stale = {*self.gone, *(item.name for item in self.due)}
        rows = {name: row for name, row in self._before.items() if name not in stale}
        return Gathered(_Opened(rows | self.new))

    def said(self, others: Gathered) -> Digests:
        """The digests of what *others*, as :meth:`gathered` has them, say about each document."""

        def of(name: str) -> str:
            return self._of.get(name) or self._before[name].of

        return Digests(others, of, said_of(self._folder, others.names))

    def gathered_before(self) -> Gathered:
        """The same where nothing is due, for one document after another: made once for as long as the counts are the same.

        Whether a file went meanwhile is looked at by the next run.
        """
        return _gathered(self._counts)


class Digests:
    """The digests of what the documents of each folder say about each of them.

    *of* is of what a document is counted, by its name; where that is as it was *before* in all of a folder, nothing is compared there.
    """

    def __init__(
        self, others: Gathered, of: Callable[[str], str], before: Mapping[str, Said]
    ) -> None:
        self._names = others.names
        self._said = dict(before)
        self.new: dict[str, Said] = {}
        """Of the folders in which something has changed."""
        for way, names in self._names.items():
            by, known = _summed(names, of), before.get(way)
            if known is None or known.by != by or len(known.digests) != len(names):
                self.new[way] = Said(by, tuple(others.of(name).digest for name in names))
        self._said |= self.new

    def of(self, name: str) -> str:
        """The digest of what is said about the document *name*; empty of one that was not counted."""
        names = self._names.get(way := folder_of(name), ())
        at = bisect_left(names, name)
        return self._said[way].digests[at] if names[at : at + 1] == [name] else ""


def _summed(names: Sequence[str], of: Callable[[str], str]) -> str:
    """What there is of the documents of a folder to compare, and the code that does."""
    sum_ = sha256(ruleset().encode())
    for name in names:
        sum_.update(os.fsencode(f"{name}\0{of(name)}\0"))
    return sum_.hexdigest()


@lru_cache(maxsize=1)
def _gathered(counts: Counts) -> Gathered:
    there = {name: row for name, row in counts.rows.items() if Path(row.path).exists()}
    return Gathered(_Opened(there))


def count_in(item: Input, options: Options, side_by_side: int = 1) -> str:
    """What is to be counted in a document, as JSON.  Raises :class:`DocumentProblem`."""
    return observed(read(item, options, side_by_side)).as_json()


def gathered_in(folder: Path, options: Options) -> Gathered:
    """The evidence of all documents below *folder* as one batch; those that cannot be read are left out."""
    found: list[Observed] = []
    for file, name in files_in([folder], lambda _: False).items():
        with suppress(DocumentProblem):
            found.append(observed(read(Input(file, name), options)))
    return Gathered({str(number): one for number, one in enumerate(found)})


def evidence_from(document: Document, others: Gathered | None) -> Evidence:
    """What *others*, if there are any, say about *document*, which may be among them."""
    return NO_EVIDENCE if others is None else others.about(observed(document))


def observed(document: Document) -> Observed:
    """What is counted in *document*; a few lines of its prose say which language it is in."""
    return Observed.of(document.text, language_of(document.prose[:_TELLING]))


class _Opened(Mapping[str, Observed]):
    """Counts by name, each read when it is asked for; of what is none, since anybody may have written it, nothing is counted."""

    def __init__(self, counts: Mapping[str, Counted]) -> None:
        self._counts = counts

    def __getitem__(self, name: str) -> Observed:
        try:
            return Observed.of_json(self._counts[name].counts)
        except ValueError:
            return Observed.of("")

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
