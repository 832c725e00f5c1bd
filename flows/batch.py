"""A batch of documents, and the stages it goes through: each is a Prefect task.

Documents are grouped, because a task run costs 8–15 ms in the flow and 55 CPU-ms in Prefect's
server (measured, Prefect 3.8.8); what a stage does to a document is one of :mod:`mtclean.pipeline.steps`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from itertools import accumulate, groupby
from math import ceil
from operator import itemgetter
from pathlib import Path
from typing import TypeVar

from prefect import Task as PrefectTask
from prefect import task
from prefect.cache_policies import NO_CACHE

from mtclean.documents import DocumentProblem, Input
from mtclean.grammar import GrammarUnavailable, LanguageNotInstalled
from mtclean.grammar.languagetool.server import CHECKS_AT_ONCE
from mtclean.pipeline import steps
from mtclean.pipeline.outcomes import Outcome, Status
from mtclean.pipeline.progress import meter
from mtclean.pipeline.stages import Options, signature
from mtclean.pipeline.steps import Answer, Asking, Parcel
from mtclean.workers.interruption import check_stop
from mtclean.workers.pool import Task
from mtclean.workers.resources import Tools, tools_of
from mtclean.workers.spec import Equipment

Result = TypeVar("Result")
Stage = PrefectTask[["Batch"], "Batch"]

DOCUMENTS_PER_BATCH = 512
BYTES_PER_BATCH = 2_000_000
"""One second of work or more for each stage, so that Prefect's share stays below 2 %."""
BYTES_PER_GRAMMAR_BATCH = 250_000
"""LanguageTool takes ten seconds for it; what a run that is killed has to do again."""


class Batch:
    """Documents that go through the stages together, in this process or on a Dask worker.

    Not a dataclass: Prefect would walk through every document to look for futures.
    """

    def __init__(self, inputs: Sequence[Input], equipment: Equipment, output: Path) -> None:
        self.inputs = inputs
        self.equipment = equipment
        self.output = output
        self.parcels: dict[Input, Parcel] = {}
        self.asking: dict[Input, Asking] = {}
        self.sums: dict[Input, tuple[str, str]] = {}
        """SHA-256 of the bytes and of the decisions that were read."""
        self.outcomes: dict[Input, Outcome] = {}
        self.no_grammar = ""
        """Why LanguageTool could not be used; empty where it could, or is not wanted."""
        self.without_rules: Counter[str] = Counter()
        """Why documents were not checked because of their language, and how many."""
        self.partly: Counter[str] = Counter()
        """Why documents were checked only in part, and how many."""
        self.cut_short: set[Input] = set()
        """Documents about which LanguageTool had more to say when it was lost."""
        self.finished: Callable[[Input], None] = lambda item: None
        """Told of every document whose outputs are on disk, where the ledger is: not on a Dask worker."""

    def __getstate__(self) -> dict[str, object]:
        """What goes to a Dask worker and back."""
        return {name: value for name, value in vars(self).items() if name != "finished"}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state, finished=lambda item: None)

    @cached_property
    def signature(self) -> dict[str, str]:
        """What all outputs of the batch depend on: worked out once, not for every document."""
        return signature(self.equipment.options)

    @property
    def tools(self) -> Tools:
        """What the stages work with in this process."""
        return tools_of(self.equipment)

    def each(
        self, step: Callable[..., Result], arguments: Callable[[Input], tuple[object, ...]]
    ) -> Iterator[tuple[Input, Result]]:
        """Have workers do *step* with every document left; one that fails is put aside."""
        check_stop()
        left = [item for item in self.inputs if item not in self.outcomes]
        calls = [Task(item, _size(item.path), step, *arguments(item)) for item in left]
        for item, result in self.tools.crew.each(calls):
            if isinstance(result, DocumentProblem):
                self.put_aside(item, result)
            else:
                yield item, result

    def advance(self, step: Callable[[Parcel], Parcel]) -> None:
        """Take every draft one step on."""
        self.parcels.update(self.each(step, lambda item: (self.parcels[item],)))

    def put_aside(self, item: Input, problem: DocumentProblem) -> None:
        """Record that *item* goes no further."""
        status = Status.SKIPPED if problem.skipped else Status.FAILED
        self.outcomes[item] = Outcome(str(item.path), status, str(problem), problem.code)
        self.parcels.pop(item, None)
        meter().done()


@task(name="read", cache_policy=NO_CACHE)
def read_batch(batch: Batch) -> Batch:
    """Read the batch's files and name each text's language."""
    for item, begun in batch.each(
        steps.begin,
        lambda item: (item, batch.equipment.options, batch.output, batch.equipment.side_by_side),
    ):
        batch.parcels[item] = begun.parcel
        batch.sums[item] = (begun.sha256, begun.decisions)
    return batch


@task(name="normalise", cache_policy=NO_CACHE)
def normalise_batch(batch: Batch) -> Batch:
    """Put spacing, quotation marks and the like right."""
    batch.advance(steps.normalise)
    return batch


@task(name="detect artefacts", cache_policy=NO_CACHE)
def detect_batch(batch: Batch) -> Batch:
    """Find what machine translation and scraping left behind."""
    for item, asking in batch.each(steps.detect, lambda item: (batch.parcels[item],)):
        batch.parcels[item], batch.asking[item] = asking.parcel, asking
    return batch


@task(name="check grammar", cache_policy=NO_CACHE)
def grammar_batch(batch: Batch) -> Batch:
    """Ask LanguageTool; where it cannot be asked, say so in each document and go on."""
    tools = batch.tools
    with ThreadPoolExecutor(CHECKS_AT_ONCE) as pool:
        asked = {item: pool.submit(_answer, batch.asking[item], tools) for item in batch.parcels}
    check_stop()
    answers = {item: future.result() for item, future in asked.items()}
    batch.no_grammar = tools.no_grammar
    batch.without_rules.update(answer.reason for answer in answers.values() if answer.no_rules)
    results = {item: answer.result for item, answer in answers.items() if answer.result}
    batch.partly.update(cause.value for result in results.values() for cause in result.causes)
    batch.cut_short = {item for item, result in results.items() if result.is_cut_short}
    judged = batch.each(steps.judge, lambda item: (batch.parcels[item], answers[item]))
    batch.parcels.update(judged)
    return batch


def _answer(asking: Asking, tools: Tools) -> Answer:
    if tools.no_grammar or tools.grammar is None:
        return Answer(None, reason=tools.no_grammar)
    try:
        return Answer(tools.grammar.check(asking.text, asking.language), tools.grammar.version)
    except LanguageNotInstalled as problem:
        return Answer(None, reason=str(problem), no_rules=True)
    except GrammarUnavailable as problem:
        tools.no_grammar = str(problem)
        return Answer(None, reason=str(problem))


@task(name="write", cache_policy=NO_CACHE)
def write_batch(batch: Batch) -> Batch:
    """Write every document's cleaned text, edits, diff and report."""
    for item, (summary, report) in batch.each(
        steps.write, lambda item: (batch.parcels.pop(item), batch.output)
    ):
        batch.outcomes[item] = Outcome(
            str(item.path), Status.CLEANED, summary=summary, report=report
        )
        batch.finished(item)
        meter().done()
    batch.asking.clear()
    return batch


def stages(options: Options) -> tuple[tuple[str, Stage], ...]:
    """The stages in order, each with what to call it while it goes on."""
    grammar = (("Checking grammar", grammar_batch),) if options.grammar else ()
    return (
        ("Reading", read_batch),
        ("Normalising", normalise_batch),
        ("Looking for artefacts", detect_batch),
        *grammar,
        ("Writing", write_batch),
    )


def batches(inputs: Sequence[Input], options: Options, places: int = 1) -> Iterator[list[Input]]:
    """*inputs* in groups of like size, in order; a single document may be larger than a group.

    As many for each of *places* that do batches side by side, if there are documents enough; none
    for no documents.
    """
    if not inputs:
        return
    most = BYTES_PER_GRAMMAR_BATCH if options.grammar else BYTES_PER_BATCH
    parts = [max(_size(item.path) / most, 1 / DOCUMENTS_PER_BATCH) for item in inputs]
    whole = sum(parts)
    many = places * ceil(whole / places)
    group_of = (int(before * many / whole) for before in accumulate(parts, initial=0.0))
    for _, group in groupby(zip(group_of, inputs, strict=False), key=itemgetter(0)):
        yield [item for _, item in group]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # reading it will say what is wrong
