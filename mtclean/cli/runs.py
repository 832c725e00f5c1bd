"""``mtclean run`` and ``mtclean schedule``: folders of documents as a Prefect flow."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from mtclean.cli.application import (
    MANY,
    Output,
    asks,
    is_quiet,
    is_verbose,
    leave,
    note,
    options_of,
    say,
)
from mtclean.documents.outputs import INDEX
from mtclean.flows.settings import set_ours
from mtclean.pipeline.outcomes import Run, Status, merged
from mtclean.pipeline.settings import Runner, RunSettings
from mtclean.trouble import Exit, Trouble

if TYPE_CHECKING:
    from mtclean.documents import Plan
    from mtclean.pipeline.resources import Resources

SETTLED = 5
"""Seconds a file in a watched folder must have been left alone: who writes it may not be done."""

SCHEDULE_GRACE = 15.0
"""Seconds a schedule has to end its run and to tell Prefect: that looks every three whether a run has ended."""

MOST = 20
"""Lines of a kind that are printed of a run, at most; the page of all documents has the rest."""


@asks(RunSettings)
def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files and folders; input/ if left out.", metavar="[PATH]…"),
    ] = None,
    output: Output = Path("output"),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be cleaned and why; write nothing.")
    ] = False,
    *,
    settings: RunSettings,
) -> None:
    """Clean documents as a Prefect flow and write text, edits, diff and report of each."""
    set_ours(silent=True)  # each failure has a line of its own, which more would bury
    from mtclean.pipeline import progress
    from mtclean.pipeline.folder import complete
    from mtclean.pipeline.resources import Resources
    from mtclean.pipeline.spec import RunSpec
    from mtclean.pipeline.work import planned_for
    from mtclean.workers.interruption import Interrupted, Lost, interruptible

    _check_scheduler(settings)
    places = paths or [Path("input")]
    lent: list[Resources] = []

    def work() -> Run:
        spec = RunSpec(options_of(settings), settings)
        todo = planned_for(places, output, spec, count_first=dry_run)
        if dry_run:
            _announce(todo)
            raise typer.Exit
        if not todo.due:  # neither Prefect nor LanguageTool is needed to do nothing
            idle = Run.of(todo)
            idle.trouble = complete(output, todo.kept)
            return idle
        if spec.options.grammar and not spec.options.languagetool:
            _install()  # before the progress bar: the download has its own
        many = len(todo.due)
        del todo  # the flow makes its own, and a large folder's is large
        with progress.displayed(meter):
            meter.stage("Starting Prefect")
            if settings.runner is not Runner.DASK:  # whose workers have their own
                lent.append(Resources(spec, many))
            return _under_prefect(lent, places, output, settings)

    def release() -> None:
        for resources in lent:
            resources.close()

    meter = progress.Meter(Console(stderr=True, quiet=is_quiet()))
    try:
        result = interruptible(work, release)
    except Interrupted as signal:
        meter.end()
        say(f"stopped; {meter.state}; the same command goes on from there")
        leave(Exit.TERMINATED if signal.is_term else Exit.INTERRUPTED)
    except Lost as lost:
        meter.end()
        say(f"{lost}; {meter.state}; the same command goes on from there")
        leave(Exit.NO_SERVER)
    finally:
        release()
    _finish(result, output)


def _check_scheduler(settings: RunSettings) -> None:
    """Say what Dask elsewhere needs before anything is started."""
    if settings.scheduler:
        from mtclean.flows.embedded import server_configured

        if not server_configured():
            raise Trouble(
                "Dask workers elsewhere report to a Prefect server: run `prefect server start` and "
                "set PREFECT_API_URL to an address they reach",
                Exit.USAGE,
            )


def _under_prefect(
    lent: list[Resources], paths: list[Path], output: Path, settings: RunSettings
) -> Run:
    """The flow's run, on the Prefect server there is or else on one of its own."""
    from contextlib import ExitStack

    from mtclean.flows.embedded import (
        EmbeddedServer,
        answering,
        check_home,
        nothing_names_a_server,
        server_configured,
    )

    check_home()
    with ExitStack() as stack:
        early = EmbeddedServer() if nothing_names_a_server() else None
        if early is not None:  # it loads Prefect while this process does
            stack.callback(early.end)
        server = None
        if not server_configured():
            check_home()
            server = stack.enter_context(early or EmbeddedServer())
        elif early is not None:
            early.end()
        from mtclean.flows.clean import clean as flow
        from mtclean.flows.pages import ours
        from mtclean.pipeline.resources import lending

        if server is not None:
            import fastapi.encoders  # noqa: F401 - which Prefect would load when the server answers

            server.wait_ready()
        for resources in lent:
            stack.enter_context(lending(resources))
        with answering(), ours():
            state: Any = flow(
                [str(path) for path in paths], str(output), **settings.asked(), return_state=True
            )
            run: Run = state.result()
        if server is not None:
            server.wait_written(state.state_details.flow_run_id, run.task_runs)
        return run


@asks(RunSettings, but={"force", "only_failed"})
def schedule(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files and folders; input/ if left out.", metavar="[PATH]…"),
    ] = None,
    cron: Annotated[
        str | None, typer.Option("--cron", help='When to run, such as "0 6 * * *" for six o’clock.')
    ] = None,
    every: Annotated[
        int | None,
        typer.Option(
            "--every", min=1, metavar="SECONDS", help="Run again and again, this far apart."
        ),
    ] = None,
    output: Output = Path("output"),
    *,
    settings: RunSettings,
) -> None:
    """Run at set times, for as long as this command runs; only what changed is cleaned."""
    set_ours()
    from mtclean.flows.embedded import answering, server_configured
    from mtclean.pipeline.config import find

    _check_scheduler(settings)
    if (cron is None) == (every is None):
        raise Trouble("say when to run: --cron or --every, one of them", Exit.USAGE)
    if cron is not None:
        _check_cron(cron)
    if not server_configured():
        raise Trouble(
            "a schedule needs a Prefect server: run `prefect server start` elsewhere and "
            "`prefect config set PREFECT_API_URL=http://127.0.0.1:4200/api`",
            Exit.USAGE,
        )
    options_of(settings)  # a mistake shows now
    file = settings.config or find(Path.cwd())
    lasting = {
        "config": file.resolve() if file else None,
        "settled": SETTLED if every else 0,
    }
    from mtclean.flows.schedule import Schedule
    from mtclean.workers.interruption import Interrupted, interruptible

    served = Schedule(
        {
            "paths": [str(path.resolve()) for path in paths or [Path("input")]],
            "output": str(output.resolve()),
            **settings.model_copy(update=lasting).asked(),
        },
        cron=cron,
        every=every,
    )

    def work() -> None:
        with answering():
            served.serve()

    note(f"cleaning {'by ' + cron if cron else f'every {every} s'}; stop with Ctrl-C")
    try:
        interruptible(work, served.stop, grace=SCHEDULE_GRACE)
    except Interrupted:
        if served.is_paused:
            note("stopped; the schedule is paused until this command runs again")
            leave(Exit.OK)
        served.kill()
        say(
            f"stopped; Prefect's server did not take it in: {served.name!r} may still be active there"
        )
        leave(Exit.NO_SERVER)


def _check_cron(cron: str) -> None:
    """Say what is expected where Prefect cannot read *cron*."""
    from mtclean.flows.schedule import is_cron

    if not is_cron(cron):
        raise Trouble(
            f"--cron {cron!r} is no cron expression: give minute, hour, day, month and weekday, "
            'such as "0 6 * * *" for six o’clock every day',
            Exit.USAGE,
        )


def _announce(work: Plan) -> None:
    """What a run would do, a line for each document."""
    from mtclean.report.visible import shown

    for item, reason in work.due:
        print(f"would clean {shown(str(item.path))}: {shown(reason)}")
    for entry in work.gone:
        print(f"no longer there: {shown(entry.path)}; its outputs stay")
    print(f"{len(work.due)} to clean, {len(work.kept)} unchanged")


def _finish(result: Run, output: Path) -> None:
    """Report, and end with the code of the worst that happened."""
    _report(result, output)
    if result.exit_code is not Exit.OK:
        raise typer.Exit(result.exit_code)


def _install() -> None:
    """Fetch LanguageTool if it is missing; where that fails the run says so and goes on."""
    from mtclean.grammar import GrammarUnavailable, install

    try:
        install()
    except GrammarUnavailable:
        return  # the flow meets it again and reports it


def _report(result: Run, output: Path) -> None:
    from mtclean.report.visible import shown

    _say_what_failed(result, output)
    if result.trouble:
        say(shown(result.trouble))
    for why, documents in result.left_out.items():
        say(f"{documents} of the documents: {why}")
    if result.no_grammar:
        say(f"grammar not checked: {result.no_grammar}")
    for reason, documents in result.partly.items():
        say(f"grammar checked only in part in {documents} of the documents: {reason}")
    for why, documents in result.not_checked.items():
        note(f"{documents} of the documents {why}")
    for reason, documents in result.without_rules.items():
        note(f"grammar not checked in {documents} of the documents: {reason}")
    if len(result.gone) >= MANY and not is_verbose():
        note(f"{len(result.gone)} documents are no longer there; their outputs were left")
    else:
        for path in result.gone:
            note(f"no longer there: {shown(path)}; its outputs were left")
    if not is_quiet():
        _print_summary(result, output)


def _say_what_failed(result: Run, output: Path) -> None:
    """A line for each document that was not cleaned, and one for many of which the same is to be said."""
    from mtclean.report.visible import shown

    for status, tell in ((Status.FAILED, say), (Status.SKIPPED, note)):
        ended = [outcome for outcome in result.outcomes if outcome.status is status]
        lines: list[str] = []
        for line, alike in merged(Counter((outcome.message, "") for outcome in ended)).items():
            those = [outcome for outcome in ended if (outcome.message, "") in alike]
            if len(those) < MANY or is_verbose():
                lines += (f"{shown(outcome.path)}: {outcome.message}" for outcome in those)
            else:
                lines.append(f"{len(those):,} documents: {line}")
        most = len(lines) if is_verbose() else MOST
        for line in lines[:most]:
            tell(f"{status.value}: {line}")
        if (more := len(lines) - most) > 0:
            tell(f"{status.value}: {more:,} more; {shown(str(output / INDEX))} lists them")
    refused = sum(outcome.code == "format" for outcome in result.outcomes)
    if refused > MANY:
        note(f"{refused} files are in formats that cannot be read yet")


def _print_summary(result: Run, output: Path) -> None:
    """The documents that were cleaned, the worst first and no more than can be read; and how many ended how."""
    from heapq import nsmallest

    from mtclean.report import badness, summary_table
    from mtclean.report.visible import shown

    console = Console()
    if not console.is_terminal:
        console = Console(width=200)  # nobody's window: rows stay whole for grep
    rows = result.rows
    if len(rows) > MOST and not is_verbose():
        rows = nsmallest(MOST, rows, key=lambda row: badness(row[0]))
        left = f"the worst {MOST} of {len(result.rows):,}; all: {shown(str(output / INDEX))}"
    else:
        left = ""
    if rows:
        console.print(summary_table(rows))
    if left:
        console.print(left, highlight=False, markup=False)
    counts = [
        f", {result.count(status):,} {status.value}"
        for status in (Status.UNCHANGED, Status.SKIPPED, Status.FAILED)
        if result.count(status)
    ]
    done = f"{result.count(Status.CLEANED)} of {len(result.outcomes)} cleaned"
    console.print(
        f"{done} into {shown(str(output))}{''.join(counts)}", highlight=False, markup=False
    )
    undecided = sum(o.summary.undecided for o in result.outcomes if o.summary)
    if undecided:
        folder = "" if output == Path("output") else f" --output {shown(str(output))}"
        console.print(
            f"{undecided} to decide: mtclean review{folder}", highlight=False, markup=False
        )
