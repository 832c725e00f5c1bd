"""The pass that counts what documents have in common, before any of them is cleaned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path

from mtclean.documents import (
    Counted,
    Counts,
    Document,
    DocumentProblem,
    Input,
    counted,
    digest,
    files_in,
    language_of,
)
from mtclean.pipeline.draft import read
from mtclean.pipeline.options import Options
from mtclean.pipeline.resources import workers_for
from mtclean.pipeline.spec import RunSpec
from mtclean.text.batch import VERSION, Gathered, Observed
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
        self._counts = counted(folder)
        before = self._before = self._counts.rows
        self._named = {item.name for item in inputs}
        self._of = {item.name: _what(item, options) for item in inputs}
        self.due = [
            item
            for item in inputs
            if item.name not in before or before[item.name].of != self._of[item.name]
        ]
        self.new: dict[str, Counted] = {}
        """What was counted now, by name."""

    @cached_property
    def gone(self) -> list[str]:
        """Documents of earlier runs whose files are no longer there."""
        return [
            name
            for name, row in self._before.items()
            if name not in self._named and not Path(row.path).exists()
        ]

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

    def gathered_before(self) -> Gathered:
        """The same where nothing is due, for one document after another: made once for as long as the counts are the same.

        Whether a file went meanwhile is looked at by the next run.
        """
        return _gathered(self._counts)


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


def _what(item: Input, options: Options) -> str:
    """Of what is counted in the document: its bytes, how they are read, and how it is counted."""
    return f"{VERSION} {digest(item.path)} {options.reading_of(item).recorded(item.path)}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
