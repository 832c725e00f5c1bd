"""The job: read documents, normalise them, detect translation artefacts, compare with the source, check grammar, write.

Documents go in batches (:mod:`mtclean.pipeline.batch`) through the stages, each a Prefect task, here or on
Dask (:mod:`mtclean.flows.runners`); the ledger knows what came of each (:mod:`mtclean.pipeline.work`).
"""

from __future__ import annotations

if __name__ == "__main__":  # before Prefect is imported, which reads its settings then
    from mtclean.cli import main

    main(["run"])

from collections.abc import Iterable
from pathlib import Path

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Cancelled, Completed, Failed

from mtclean.documents import Input, discover
from mtclean.flows import pages
from mtclean.flows.runners import Stages, through
from mtclean.pipeline.config import chosen
from mtclean.pipeline.house import broken_examples
from mtclean.pipeline.options import Options
from mtclean.pipeline.outcomes import Run, Status
from mtclean.pipeline.pairs import may_have_pairs
from mtclean.pipeline.progress import meter
from mtclean.pipeline.settings import ConfigError, RunSettings, with_settings
from mtclean.pipeline.spec import RunSpec
from mtclean.pipeline.work import at_work
from mtclean.report.visible import shown
from mtclean.tasks.check_grammar import check_grammar
from mtclean.tasks.compare import compare
from mtclean.tasks.detect_artifacts import detect_artifacts
from mtclean.tasks.gather_evidence import gather_evidence
from mtclean.tasks.normalize import normalize
from mtclean.tasks.read import read
from mtclean.tasks.write import write
from mtclean.trouble import Trouble
from mtclean.workers.interruption import Stopped


def stages(inputs: Iterable[Input], options: Options) -> Stages:
    """The stages of every batch in order, each with what to call it while it goes on."""
    pairs = any(may_have_pairs(item, options) for item in inputs)
    compared = (("Comparing with the source", compare),) if pairs else ()
    grammar = (("Checking grammar", check_grammar),) if options.grammar else ()
    return (
        ("Reading", read),
        ("Normalising", normalize),
        ("Looking for artefacts", detect_artifacts),
        *compared,
        *grammar,
        ("Writing", write),
    )


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
    try:
        settings = RunSettings.of(asked)
        spec = RunSpec(chosen(settings), settings)
        if broken := broken_examples(spec.options.registry):
            get_run_logger().warning("%s", broken)
        inputs = discover(_places(paths), Path(output), settings.settled)
        sequence = stages(inputs, spec.options)
        with (
            pages.claimed(),
            at_work(inputs, Path(output), spec, gather_evidence) as work,
            pages.progress(len(work.due)) as tell,
        ):
            meter().expect(len(work.due))
            for batch in through(sequence, work.due, spec, work.begin, tell):
                work.record(batch)
    except Stopped:
        return Cancelled(message="stopped; what was finished is kept, and the next run goes on")
    except Trouble as problem:
        return Failed(name=type(problem).__name__, message=str(problem), data=problem)
    run = work.run(task_runs=work.was_counted + work.batches * len(sequence))
    pages.publish(run, Path(output), settings.reports)
    return _completed(run)


def _places(paths: list[str] | None) -> list[Path]:
    if isinstance(paths, str):
        raise ConfigError(f"paths is {paths!r}, which is not a list")
    return [Path(path) for path in paths or ["input"]]


def _completed(run: Run) -> State[Run]:
    """The state of a run that came to its end."""
    if run.trouble:
        get_run_logger().warning("%s", run.trouble)
    get_run_logger().info("%d documents cleaned", run.count(Status.CLEANED))
    name = "Completed with failures" if run.count(Status.FAILED) else "Completed"
    return Completed(name=name, message=run.in_words, data=run)
