"""The job: read documents, normalise them, detect translation artefacts, check grammar, write.

Documents go in batches (:mod:`mtclean.pipeline.batch`) through the stages, here or on Dask
(:mod:`mtclean.flows.runners`); the ledger knows what came of each.
"""

from __future__ import annotations

if __name__ == "__main__":  # before Prefect is imported, which reads its settings then
    from mtclean.cli import main

    main(["run"])

import math
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Cancelled, Completed, Failed

from mtclean.documents import (
    DocumentProblem,
    Entry,
    FolderUnusable,
    Input,
    Ledger,
    NothingToDo,
    Plan,
    discover,
    held,
    opened,
    sweep,
)
from mtclean.flows import pages
from mtclean.flows.runners import through_the_stages
from mtclean.flows.stages import stages
from mtclean.pipeline.batch import Batch
from mtclean.pipeline.config import chosen
from mtclean.pipeline.folder import entry_of, planned, take_over, write_index
from mtclean.pipeline.outcomes import Outcome, Run, Status
from mtclean.pipeline.progress import meter
from mtclean.pipeline.settings import ConfigError, RunSettings, with_settings
from mtclean.pipeline.spec import RunSpec
from mtclean.report.visible import shown
from mtclean.trouble import Trouble
from mtclean.workers.interruption import Stopped


def _run_name() -> str:
    given = flow_run.parameters
    paths = [Path(str(path)).name or str(path) for path in given.get("paths") or ["input"]]
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return shown(f"clean {paths[0]}{more} into {given.get('output') or 'output'}")


@flow(name="mtclean", flow_run_name=_run_name, validate_parameters=False, log_prints=False)
@with_settings(RunSettings)
def clean(paths: list[str] | None = None, output: str = "output", **asked: object) -> State[Run]:
    """Clean every document in *paths* into the folder *output*, unless an earlier run did.

    What else can be *asked* are the fields of :class:`mtclean.pipeline.settings.RunSettings`, each a
    keyword.  ``config`` is by default the nearest ``mtclean.toml`` in or above the working folder; what
    is asked goes before what it says.

    A document that cannot be cleaned is reported and the others go on; the run then ends in the state
    "Completed with failures".  Where there can be no run, it ends in a failed state named for what it raises:
    :class:`mtclean.documents.FolderBusy` where another run writes to *output*,
    :class:`mtclean.documents.FolderUnusable` where nothing can be written to it,
    :class:`mtclean.documents.WouldOverwrite` where it holds the texts,
    :class:`mtclean.documents.NothingToDo` where there is no input at all,
    :class:`mtclean.pipeline.settings.ConfigError` where the configuration or what was asked cannot be used and
    :class:`mtclean.pipeline.settings.NoDask` where there is no Dask to run on.
    """
    folder = Path(output)
    try:
        if isinstance(paths, str):
            raise ConfigError(f"paths is {paths!r}, which is not a list")
        settings = RunSettings.of(asked)
        spec = RunSpec(chosen(settings), settings)
        inputs = _inputs([Path(path) for path in paths or ["input"]], folder, settings.settled)
        with pages.claimed(), held(folder), opened(folder) as ledger:
            sweep(folder)
            work = planned(inputs, folder, spec)
            take_over(work.kept, ledger)
            try:
                run = _done(work, spec, folder, ledger)
                run.trouble = ledger.trouble
            finally:  # of what was finished by a run that is stopped, too
                _list_all(folder, ledger)
    except Stopped:
        return Cancelled(message="stopped; what was finished is kept, and the next run goes on")
    except Trouble as problem:
        return Failed(name=type(problem).__name__, message=str(problem), data=problem)
    pages.publish(run)
    if run.trouble:
        get_run_logger().warning("%s", run.trouble)
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


def _done(work: Plan, spec: RunSpec, folder: Path, ledger: Ledger) -> Run:
    """Clean what *work* says is due, batch by batch."""
    due = [item for item, _ in work.due]
    meter().expect(len(due))
    outcomes: list[Outcome] = []
    without_rules: Counter[str] = Counter()
    no_grammar = ""
    partly: Counter[str] = Counter()
    finished = 0

    def begin(group: Sequence[Input]) -> Batch:
        ledger.begin(item.name for item in group)
        batch = Batch(group, spec, folder)
        # One by one: a run that is killed then leaves no outputs that nobody knows of.
        batch.finished = lambda item: ledger.record([_entry(batch, item)])
        return batch

    with pages.progress(len(due)) as progress:
        for batch in through_the_stages(due, spec, begin):
            ledger.record(_entry(batch, item) for item in batch.outcomes)
            outcomes += (batch.outcomes[i] for i in batch.inputs if i in batch.outcomes)
            without_rules += batch.without_rules
            no_grammar = no_grammar or batch.no_grammar
            partly += batch.partly
            finished += 1
            progress(len(outcomes))
    task_runs = finished * len(stages(spec.options))
    return Run.of(work, outcomes, no_grammar, task_runs, without_rules, partly)


def _entry(batch: Batch, item: Input) -> Entry:
    """What the ledger is to know of a document of the batch."""
    sums = batch.sums.get(item, ("", ""))
    unchecked = bool(batch.no_grammar) or item in batch.cut_short
    return entry_of(item, batch.outcomes[item], batch.signature, *sums, unchecked=unchecked)


def _list_all(folder: Path, ledger: Ledger) -> None:
    """Write the page of all documents.  Raises :class:`FolderUnusable`."""
    try:
        write_index(folder, ledger)
    except DocumentProblem as problem:
        raise FolderUnusable(f"the page of all documents: {problem}") from problem
