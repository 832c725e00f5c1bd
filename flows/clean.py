"""The job: read documents, normalise them, detect translation artefacts, check grammar, write.

Prefect sees each stage of each batch as a task run.  Documents are grouped into batches, because a
task run costs 8–15 ms in the flow and 55 CPU-ms in Prefect's server (measured, Prefect 3.8.8).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.config import chosen, overridden
from flows.outcomes import Outcome, Run, Status, kept
from flows.progress import meter
from flows.stages import (
    Draft,
    Options,
    check_grammar,
    detect,
    draft,
    leave_unchecked,
    normalise,
    outputs_of,
    save,
    signature,
)
from tasks.documents import (
    DocumentProblem,
    Entry,
    Input,
    Ledger,
    Plan,
    digest,
    discover,
    held,
    opened,
    plan,
    read,
    sweep,
)
from tasks.grammar import Grammar, GrammarUnavailable
from tasks.report import markdown_summary, summary_of
from tasks.report.markdown import escaped
from tasks.report.visible import shown

DOCUMENTS_PER_BATCH = 32
BYTES_PER_BATCH = 2_000_000


class Batch:
    """Documents that go through the stages together.

    Not a dataclass: Prefect would walk through every edit of every document to look for futures.
    """

    def __init__(self, inputs: Sequence[Input], options: Options, grammar: Grammar | None) -> None:
        self.inputs = inputs
        self.options = options
        self.grammar = grammar
        self.drafts: dict[Input, Draft] = {}
        self.outcomes: dict[Input, Outcome] = {}
        self.digests: dict[Input, str] = {}
        self.no_grammar = ""

    def each(self, step: Callable[[Input, Draft], object]) -> None:
        """Take every draft one step on; one that fails is put aside and the others go on."""
        for item, work in list(self.drafts.items()):
            try:
                step(item, work)
            except DocumentProblem as problem:
                self.put_aside(item, problem)
            except Exception as error:
                get_run_logger().debug("%s failed", item.path, exc_info=True)
                self.put_aside(
                    item, DocumentProblem("internal", f"mtclean failed on it: {error!r}")
                )

    def put_aside(self, item: Input, problem: DocumentProblem) -> None:
        """Record that *item* goes no further."""
        status = Status.SKIPPED if problem.skipped else Status.FAILED
        self.outcomes[item] = Outcome(str(item.path), status, str(problem), problem.code)
        self.drafts.pop(item, None)
        meter().done()


@task(name="read", cache_policy=NO_CACHE)
def read_batch(batch: Batch) -> None:
    """Read the batch's files and name each text's language."""
    for item in batch.inputs:
        try:
            document = read(item.path, item.name)
            batch.digests[item] = document.sha256  # of what is cleaned, whatever comes later
            batch.drafts[item] = draft(document, batch.options)
        except DocumentProblem as problem:
            batch.put_aside(item, problem)


@task(name="normalise", cache_policy=NO_CACHE)
def normalise_batch(batch: Batch) -> None:
    """Put spacing, quotation marks and the like right."""
    batch.each(lambda _, work: normalise(work))


@task(name="detect artefacts", cache_policy=NO_CACHE)
def detect_batch(batch: Batch) -> None:
    """Find what machine translation and scraping left behind."""
    batch.each(lambda _, work: detect(work))


@task(name="check grammar", cache_policy=NO_CACHE)
def grammar_batch(batch: Batch) -> None:
    """Ask LanguageTool; where it cannot be asked, say so in each document and go on."""

    def check(_: Input, work: Draft) -> None:
        if batch.no_grammar or batch.grammar is None:
            leave_unchecked(work, batch.no_grammar)
            return
        try:
            check_grammar(work, batch.grammar)
        except GrammarUnavailable as problem:
            batch.no_grammar = str(problem)

    batch.each(check)


@task(name="write", cache_policy=NO_CACHE)
def write_batch(batch: Batch, output: Path) -> None:
    """Write every document's cleaned text, edits, diff and report."""

    def write(item: Input, work: Draft) -> None:
        record, report = save(work, output)
        batch.outcomes[item] = Outcome(
            str(item.path), Status.CLEANED, summary=summary_of(record), report=str(report)
        )
        meter().done()

    batch.each(write)


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
) -> State[Run]:
    """Clean every document in *paths* into the folder *output*, unless an earlier run did.

    *force* cleans all of them again; *only_failed* takes those that could not be cleaned before.

    *config* is the configuration file, by default the nearest ``mtclean.toml`` in or above the
    working folder; the parameters after *profile* go before it.  A document that cannot be cleaned
    is reported and the others go on; the run then ends in the state "Completed with failures".
    Raises :class:`tasks.documents.FolderBusy` where another run writes to *output*,
    :class:`tasks.documents.NothingToDo` where there is no input at all and
    :class:`flows.config.ConfigError` where the configuration cannot be used.
    """
    options = chosen(Path(config) if config else None, profile)
    options = overridden(options, grammar, language, quotes, languagetool)
    folder = Path(output)
    inputs = discover([Path(path) for path in paths or ["input"]], folder)
    with held(folder), opened(folder) as ledger:
        sweep(folder)
        work = plan(inputs, folder, signature(options), force=force, only_failed=only_failed)
        run = _done(work, options, folder, ledger)
    _publish(run)
    failed = run.count(Status.FAILED)
    name = "Completed with failures" if failed else "Completed"
    message = (
        f"{run.count(Status.CLEANED)} cleaned, {run.count(Status.UNCHANGED)} unchanged, "
        f"{run.count(Status.SKIPPED)} skipped, {failed} failed"
    )
    return Completed(name=name, message=message, data=run)


def _done(work: Plan, options: Options, folder: Path, ledger: Ledger) -> Run:
    """Clean what *work* says is due, batch by batch."""
    due = [item for item, _ in work.due]
    meter().expect(len(due))
    checker, no_grammar = _checker(options) if due else (None, "")
    outcomes: list[Outcome] = []
    try:
        for group in batches(due):
            batch = Batch(group, options, checker)
            batch.no_grammar = no_grammar
            ledger.forget(item.name for item in group)
            _through_the_stages(batch, folder)
            no_grammar = batch.no_grammar
            if not no_grammar:  # else the batch is done again when LanguageTool can be used
                ledger.record(_entries(batch))
            outcomes += (batch.outcomes[item] for item in group)
    finally:
        if checker is not None:
            checker.close()
    return Run.of(work, outcomes, no_grammar)


def _entries(batch: Batch) -> Iterator[Entry]:
    """What the ledger is to know of the batch."""
    depends_on = signature(batch.options)
    for item, outcome in batch.outcomes.items():
        cleaned = outcome.status is Status.CLEANED
        yield Entry(
            item.name,
            str(item.path),
            batch.digests.get(item) or digest(item.path),
            depends_on,
            outcome.status.value,
            outcome.code,
            outcome.message,
            outputs_of(item.name) if cleaned else (),
            kept(outcome.summary),
        )


def _through_the_stages(batch: Batch, output: Path) -> None:
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
    write_batch(batch, output)


def _checker(options: Options) -> tuple[Grammar | None, str]:
    """LanguageTool, starting while documents are read; or None and why not."""
    if not options.grammar:
        return None, ""
    checker = Grammar(options.languagetool or None)
    try:
        checker.start()
    except GrammarUnavailable as problem:
        return None, str(problem)
    return checker, ""


def batches(inputs: Sequence[Input]) -> Iterator[list[Input]]:
    """*inputs* in groups of up to 32 files or 2 MB, in order."""
    group: list[Input] = []
    size = 0
    for item in inputs:
        weight = _size(item.path)
        if group and (len(group) == DOCUMENTS_PER_BATCH or size + weight > BYTES_PER_BATCH):
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


def _publish(run: Run) -> None:
    """Put the summary where Prefect's pages show it."""
    rows = [(summary, Path(report).resolve().as_uri()) for summary, report in run.rows]
    text = markdown_summary(rows)
    troubles = [o for o in run.outcomes if o.status in (Status.SKIPPED, Status.FAILED)]
    if troubles:
        lines = "\n".join(
            f"- {o.status.value}: {escaped(f'{o.path}: {o.message}')}" for o in troubles
        )
        text += f"\n\n**Not cleaned**\n\n{lines}\n"
    create_markdown_artifact(
        text, key="mtclean-summary", description="What the run changed and found"
    )
    get_run_logger().info("%d documents cleaned", run.count(Status.CLEANED))


if __name__ == "__main__":
    from flows.cli import main

    main(["run"])
