"""The work of one run in an output folder: what is due there, and what the ledger gets to know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from mtclean.documents import (
    DocumentProblem,
    Entry,
    FolderUnusable,
    Input,
    Ledger,
    Plan,
    discover,
    locked,
    opened,
    sweep,
)
from mtclean.pipeline.batch import Batch
from mtclean.pipeline.evidence import Count
from mtclean.pipeline.folder import entry_of, planned, take_over, write_index
from mtclean.pipeline.outcomes import Outcome, Run, Said
from mtclean.pipeline.spec import RunSpec
from mtclean.text.batch import Gathered


class Work:
    """What a run has to do in a folder that it holds, and what came of it so far."""

    def __init__(
        self,
        plan: Plan,
        spec: RunSpec,
        folder: Path,
        ledger: Ledger,
        others: Gathered,
        was_counted: bool,
    ) -> None:
        self.due = [item for item, _ in plan.due]
        self.done: list[Outcome] = []
        self.batches = 0
        """How many came back."""
        self.was_counted = was_counted
        """Whether something was counted for it."""
        self._plan = plan
        self._spec = spec
        self._folder = folder
        self._ledger = ledger
        self._others = others
        self._recorded: set[str] = set()
        """The names of documents of batches at work whose row was put in when they were finished."""
        self._no_grammar = ""
        self._without_rules: Counter[Said] = Counter()
        self._partly: Counter[str] = Counter()

    def begin(self, group: Sequence[Input]) -> Batch:
        """A batch of *group*, just before its first stage."""
        self._ledger.begin(item.name for item in group)
        others = {item: self._others.of(item.name) for item in group}
        batch = Batch(group, self._spec, self._folder, others)
        # As soon as they are on disk: a run that is killed then leaves no outputs that nobody knows of.
        batch.finished = partial(self._record_now, batch)
        return batch

    def _record_now(self, batch: Batch, items: Sequence[Input]) -> None:
        self._ledger.record(_entry(batch, item) for item in items)
        self._recorded.update(item.name for item in items)

    def record(self, batch: Batch) -> None:
        """Take down what came of *batch*, which may have been stopped in the middle."""
        left = (item for item in batch.outcomes if item.name not in self._recorded)
        self._ledger.record(_entry(batch, item) for item in left)
        self._recorded.difference_update(item.name for item in batch.inputs)
        self.done += (batch.outcomes[item] for item in batch.inputs if item in batch.outcomes)
        self.batches += 1
        self._without_rules += batch.without_rules
        self._no_grammar = self._no_grammar or batch.no_grammar
        self._partly += batch.partly

    def run(self, task_runs: int = 0) -> Run:
        """What became of all inputs, of which Prefect was told in so many *task_runs*."""
        run = Run.of(
            self._plan,
            self.done,
            self._no_grammar,
            task_runs,
            self._without_rules,
            self._partly,
        )
        run.trouble = self._ledger.trouble
        return run


def planned_for(paths: list[Path], folder: Path, spec: RunSpec, *, count_first: bool) -> Plan:
    """What a run of *paths* would find to do in *folder*, which is not held meanwhile.

    Where *count_first* does not say so, what is new is not looked into for what documents have in common: it is due anyway.
    Raises :class:`mtclean.documents.NothingToDo` and :class:`mtclean.documents.WouldOverwrite`.
    """
    inputs = discover(paths, folder)
    count = Count(inputs, folder, spec.options)
    if count_first and count.due:
        count.run(spec)
    return planned(inputs, folder, spec, count.said(count.gathered()).of, count.sums.of)


@contextmanager
def at_work(
    inputs: Sequence[Input],
    folder: Path,
    spec: RunSpec,
    gather: Callable[[Count, RunSpec], object] = Count.run,
) -> Iterator[Work]:
    """Hold *folder* for the work of a run that goes by *spec*, and list all its documents in the end.

    *gather* counts what documents have in common, where that is not known yet; it is called at most once.  Of what was finished by a run that is stopped, too.  Raises :class:`mtclean.documents.FolderBusy` and
    :class:`mtclean.documents.FolderUnusable`.
    """
    with locked(folder), opened(folder) as ledger:
        sweep(folder)
        count = Count(inputs, folder, spec.options)
        if count.due:
            gather(count, spec)
        ledger.count(count.new, count.gone)
        others, was_counted = count.gathered(), bool(count.due)
        said = count.said(others)
        ledger.remember(said.new, count.sums.new)
        plan = planned(inputs, folder, spec, said.of, count.sums.of)
        del count, said  # of a large folder they are large
        take_over(plan.kept, ledger)
        try:
            yield Work(plan, spec, folder, ledger, others, was_counted)
        finally:
            _list_all(folder, ledger)


def _entry(batch: Batch, item: Input) -> Entry:
    """What the ledger is to know of a document of the batch."""
    sums = batch.sums.get(item, ("", ""))
    unchecked = bool(batch.no_grammar) or item in batch.cut_short
    how = batch.spec.options.reading_of(item), batch.signature
    others = batch.of_others(item).digest
    return entry_of(item, batch.outcomes[item], *how, *sums, unchecked=unchecked, others=others)


def _list_all(folder: Path, ledger: Ledger) -> None:
    """Write the page of all documents.  Raises :class:`FolderUnusable`."""
    try:
        write_index(folder, ledger)
    except DocumentProblem as problem:
        raise FolderUnusable(f"the page of all documents: {problem}") from problem
