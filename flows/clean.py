"""The job: read documents, normalise them, detect translation artefacts, check grammar, write.

Prefect sees each stage of each batch as a task run.  Documents are grouped into batches, because a
task run costs 8–15 ms in the flow and 55 CPU-ms in Prefect's server (measured, Prefect 3.8.8); what
a stage does to a document is done by a worker process (:mod:`flows.steps`).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Cancelled, Completed

from flows import pages, steps
from flows.config import chosen, overridden
from flows.crew import Task
from flows.folder import depends_on, entry_of, write_index
from flows.interruption import Stopped, check_stop
from flows.outcomes import Outcome, Run, Status
from flows.progress import meter
from flows.stages import Options, signature
from flows.steps import Answer, Asking, Parcel
from flows.tools import Tools, equipped
from tasks.documents import (
    DocumentProblem,
    Entry,
    Input,
    Ledger,
    NothingToDo,
    Plan,
    discover,
    held,
    opened,
    plan,
    sweep,
)
from tasks.grammar import GrammarUnavailable, LanguageNotInstalled
from tasks.grammar.server import CHECKS_AT_ONCE
from tasks.report.visible import shown

Result = TypeVar("Result")

DOCUMENTS_PER_BATCH = 256
BYTES_PER_BATCH = 1_000_000
"""One second of work or more for each stage, so that Prefect's share stays below 2 %."""
BYTES_PER_GRAMMAR_BATCH = 250_000
"""LanguageTool takes ten seconds for it; what a run that is killed has to do again."""


class Batch:
    """Documents that go through the stages together.

    Not a dataclass: Prefect would walk through every document to look for futures.
    """

    def __init__(
        self, inputs: Sequence[Input], options: Options, tools: Tools, output: Path
    ) -> None:
        self.inputs = inputs
        self.options = options
        self.tools = tools
        self.output = output
        self.parcels: dict[Input, Parcel] = {}
        self.asking: dict[Input, Asking] = {}
        self.sums: dict[Input, tuple[str, str]] = {}
        """SHA-256 of the bytes and of the decisions that were read."""
        self.outcomes: dict[Input, Outcome] = {}

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
def read_batch(batch: Batch) -> None:
    """Read the batch's files and name each text's language."""
    for item, begun in batch.each(steps.begin, lambda item: (item, batch.options, batch.output)):
        batch.parcels[item] = begun.parcel
        batch.sums[item] = (begun.sha256, begun.decisions)


@task(name="normalise", cache_policy=NO_CACHE)
def normalise_batch(batch: Batch) -> None:
    """Put spacing, quotation marks and the like right."""
    batch.advance(steps.normalise)


@task(name="detect artefacts", cache_policy=NO_CACHE)
def detect_batch(batch: Batch) -> None:
    """Find what machine translation and scraping left behind."""
    for item, asking in batch.each(steps.detect, lambda item: (batch.parcels[item],)):
        batch.parcels[item], batch.asking[item] = asking.parcel, asking


@task(name="check grammar", cache_policy=NO_CACHE)
def grammar_batch(batch: Batch) -> None:
    """Ask LanguageTool; where it cannot be asked, say so in each document and go on."""
    with ThreadPoolExecutor(CHECKS_AT_ONCE) as pool:
        asked = {
            item: pool.submit(_answer, batch.asking[item], batch.tools) for item in batch.parcels
        }
    check_stop()
    answers = {item: future.result() for item, future in asked.items()}
    batch.tools.without_rules.update(
        answer.reason for answer in answers.values() if answer.no_rules
    )
    judged = batch.each(steps.judge, lambda item: (batch.parcels[item], answers[item]))
    batch.parcels.update(judged)


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
def write_batch(batch: Batch) -> None:
    """Write every document's cleaned text, edits, diff and report."""
    for item, (summary, report) in batch.each(
        steps.write, lambda item: (batch.parcels.pop(item), batch.output)
    ):
        batch.outcomes[item] = Outcome(
            str(item.path), Status.CLEANED, summary=summary, report=report
        )
        meter().done()


def _run_name() -> str:
    given = flow_run.parameters
    paths = [Path(str(path)).name or str(path) for path in given.get("paths") or ["input"]]
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return shown(f"clean {paths[0]}{more} into {given.get('output') or 'output'}")


@flow(name="mtclean", flow_run_name=_run_name, validate_parameters=True, log_prints=False)
def clean(
    paths: list[str] | None = None,
    output: str = "output",
    config: str | None = None,
    profile: str = "",
    grammar: bool | None = None,
    language: str | None = None,
    quotes: str | None = None,
    languagetool: str | None = None,
    force: bool = False,
    only_failed: bool = False,
    workers: int | None = None,
    deadline: float | None = None,
    settled: float = 0,
) -> State[Run]:
    """Clean every document in *paths* into the folder *output*, unless an earlier run did.

    *force* cleans all of them again; *only_failed* takes those that could not be cleaned before.
    *workers* is the number of processes, by default one for each core up to four; *deadline* the
    seconds a document may take in one stage, and again for every million bytes (60).

    *settled* is for a folder that others write to: a file that was changed less than so many seconds
    ago is left for the next run, and an empty folder is no mistake.

    *config* is the configuration file, by default the nearest ``mtclean.toml`` in or above the
    working folder; the parameters after *profile* go before it.  A document that cannot be cleaned
    is reported and the others go on; the run then ends in the state "Completed with failures".
    Raises :class:`tasks.documents.FolderBusy` where another run writes to *output*,
    :class:`tasks.documents.NothingToDo` where there is no input at all and
    :class:`flows.config.ConfigError` where the configuration cannot be used.
    """
    pages.claim()
    options = chosen(Path(config) if config else None, profile)
    options = overridden(options, grammar, language, quotes, languagetool)
    folder = Path(output)
    inputs = _inputs([Path(path) for path in paths or ["input"]], folder, settled)
    try:
        with held(folder), opened(folder) as ledger:
            sweep(folder)
            work = plan(
                inputs, folder, depends_on(options, folder), force=force, only_failed=only_failed
            )
            with equipped(lambda: Tools(options, workers, deadline)) as tools:
                try:
                    run = _done(work, options, tools, folder, ledger)
                finally:  # of what was finished by a run that is stopped, too
                    _list_all(folder, ledger)
    except Stopped:
        return Cancelled(message="stopped; what was finished is kept, and the next run goes on")
    pages.publish(run)
    get_run_logger().info("%d documents cleaned", run.count(Status.CLEANED))
    name = "Completed with failures" if run.count(Status.FAILED) else "Completed"
    return Completed(name=name, message=run.in_words, data=run)


def _inputs(paths: Sequence[Path], output: Path, settled: float) -> list[Input]:
    """What there is to clean that nobody has changed for *settled* seconds."""
    try:
        found = discover(paths, output)
    except NothingToDo:
        if settled and all(path.exists() for path in paths):
            return []
        raise
    return [item for item in found if not settled or _age(item.path) >= settled]


def _age(path: Path) -> float:
    """Seconds since the file was changed; reading one that cannot be looked at says what is wrong."""
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return math.inf


def _done(work: Plan, options: Options, tools: Tools, folder: Path, ledger: Ledger) -> Run:
    """Clean what *work* says is due, batch by batch."""
    due = [item for item, _ in work.due]
    meter().expect(len(due))
    outcomes: list[Outcome] = []
    task_runs = 0
    with pages.progress(len(due)) as progress:
        for group in batches(due, options):
            batch = Batch(group, options, tools, folder)
            ledger.forget(item.name for item in group)
            try:
                task_runs += _through_the_stages(batch)
            finally:
                ledger.record(_entries(batch))
            outcomes += (batch.outcomes[item] for item in group)
            progress(len(outcomes))
    return Run.of(work, outcomes, tools.no_grammar, task_runs, tools.without_rules)


def _through_the_stages(batch: Batch) -> int:
    """Have every stage done; how many task runs that took."""
    meter().stage("Reading")
    read_batch(batch)
    meter().stage("Normalising")
    normalise_batch(batch)
    meter().stage("Looking for artefacts")
    detect_batch(batch)
    if batch.options.grammar:
        meter().stage("Checking grammar")
        grammar_batch(batch)
    meter().stage("Writing")
    write_batch(batch)
    return 5 if batch.options.grammar else 4


def _entries(batch: Batch) -> Iterator[Entry]:
    """What the ledger is to know of the batch."""
    common = signature(batch.options)
    unchecked = bool(batch.tools.no_grammar)
    for item, outcome in batch.outcomes.items():
        sums = batch.sums.get(item, ("", ""))
        yield entry_of(item, outcome, common, *sums, unchecked=unchecked)


def _list_all(folder: Path, ledger: Ledger) -> None:
    """Write the page of all documents; the documents are what counts, so it fails no run."""
    try:
        write_index(folder, ledger)
    except DocumentProblem as problem:
        get_run_logger().warning("the page of all documents: %s", problem)


def batches(inputs: Sequence[Input], options: Options) -> Iterator[list[Input]]:
    """*inputs* in groups, in order; a single document may be larger than a group."""
    most = BYTES_PER_GRAMMAR_BATCH if options.grammar else BYTES_PER_BATCH
    group: list[Input] = []
    size = 0
    for item in inputs:
        weight = _size(item.path)
        if group and (len(group) == DOCUMENTS_PER_BATCH or size + weight > most):
            yield group
            group, size = [], 0
        group.append(item)
        size += weight
    if group:
        yield group


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # reading it will say what is wrong


if __name__ == "__main__":
    from flows.cli import main

    main(["run"])
