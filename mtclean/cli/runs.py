"""``mtclean run`` and ``mtclean schedule``: folders of documents as a Prefect flow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from mtclean.cli.application import (
    Config,
    From,
    Language,
    LanguageToolUrl,
    NoGrammar,
    Output,
    Profile,
    QuoteStyle,
    Trouble,
    chosen_options,
    leave,
    say,
)
from mtclean.flows import settings
from mtclean.pipeline.outcomes import Exit, Run, Status
from mtclean.workers.spec import DEADLINE, Runner, RunSpec

if TYPE_CHECKING:
    from mtclean.documents import Plan
    from mtclean.workers.resources import Resources

SETTLED = 5
"""Seconds a file in a watched folder must have been left alone: who writes it may not be done."""

MANY = 5
"""From more lines of one kind on, their number is said in the end."""

Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="Processes; one for each core up to 4 if left out."),
]
Deadline = Annotated[
    float | None,
    typer.Option(
        "--deadline",
        min=0.1,
        metavar="SECONDS",
        help="What a document may take in one stage, and again for every MB; 60 if left out.",
    ),
]

RunnerOption = Annotated[
    Runner,
    typer.Option("--runner", help="What works on the documents; docs/growing.md compares them."),
]
Scheduler = Annotated[
    str,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="A Dask cluster of yours, as tcp://host:8786; without one, Dask starts here.",
    ),
]


def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files and folders; input/ if left out.", metavar="[PATH]…"),
    ] = None,
    output: Output = Path("output"),
    config: Config = None,
    profile: Profile = "",
    no_grammar: NoGrammar = False,
    language: Language = None,
    quotes: QuoteStyle = None,
    languagetool: LanguageToolUrl = None,
    source_format: From = None,
    force: Annotated[
        bool, typer.Option("--force", help="Clean again what has not changed, too.")
    ] = False,
    only_failed: Annotated[
        bool, typer.Option("--only-failed", help="Take only what could not be cleaned before.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be cleaned and why; write nothing.")
    ] = False,
    workers: Workers = None,
    deadline: Deadline = None,
    runner: RunnerOption = Runner.PROCESSES,
    scheduler: Scheduler = "",
) -> None:
    """Clean documents as a Prefect flow and write text, edits, diff and report of each."""
    settings.set_ours("CRITICAL")  # each failure has a line of its own, which more would bury
    from mtclean.documents import discover, plan
    from mtclean.pipeline import progress
    from mtclean.pipeline.folder import complete, depends_on
    from mtclean.workers.interruption import Interrupted, Lost, interruptible
    from mtclean.workers.resources import Resources

    _check_runner(runner, scheduler, deadline)
    places = paths or [Path("input")]
    lent: list[Resources] = []

    def work() -> Run:
        inputs = discover(places, output)  # a wrong path is said before anything is started
        options = chosen_options(
            config, profile, no_grammar, language, quotes, languagetool, source_format
        )
        what = depends_on(options, output)
        todo = plan(inputs, output, what, force=force, only_failed=only_failed)
        if dry_run:
            _announce(todo)
            raise typer.Exit
        if not todo.due:  # neither Prefect nor LanguageTool is needed to do nothing
            idle = Run.of(todo)
            idle.trouble = complete(output, todo.kept)
            return idle
        if options.grammar and not options.languagetool:
            _install()  # before the progress bar: the download has its own
        with progress.shown(meter):
            meter.stage("Starting Prefect")
            if runner is not Runner.DASK:  # whose workers have their own
                wanted = RunSpec(options, runner, workers or 0, deadline or DEADLINE)
                lent.append(Resources(wanted))
            return _under_prefect(
                lent,
                paths=[str(path) for path in places],
                output=str(output),
                config=str(config) if config else None,
                profile=profile,
                grammar=False if no_grammar else None,
                language=language,
                quotes=quotes.value if quotes else None,
                languagetool=languagetool,
                source_format=source_format.value if source_format else None,
                force=force,
                only_failed=only_failed,
                workers=workers,
                deadline=deadline,
                runner=runner.value,
                scheduler=scheduler,
            )

    def release() -> None:
        for resources in lent:
            resources.close()

    meter = progress.Meter(Console(stderr=True))
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


def _check_runner(runner: Runner, scheduler: str, deadline: float | None) -> None:
    """Say what does not go together before anything is started."""
    if runner is Runner.THREADS and deadline:
        raise Trouble(
            "--deadline needs --runner processes or dask: nothing can stop a thread", Exit.USAGE
        )
    if scheduler and runner is not Runner.DASK:
        raise Trouble("--scheduler is for --runner dask", Exit.USAGE)
    if scheduler:
        from mtclean.flows.embedded import server_configured

        if not server_configured():
            raise Trouble(
                "Dask workers elsewhere report to a Prefect server: run `prefect server start` and "
                "set PREFECT_API_URL to an address they reach",
                Exit.USAGE,
            )


def _under_prefect(lent: list[Resources], **parameters: object) -> Run:
    """The flow's run, on the Prefect server there is or else on one of its own."""
    from contextlib import ExitStack

    from mtclean.flows.embedded import EmbeddedServer, answering, check_home, server_configured

    check_home()
    with ExitStack() as stack:
        server = None
        if not server_configured():
            check_home()
            server = stack.enter_context(EmbeddedServer())
        from mtclean.flows.clean import clean as flow
        from mtclean.flows.pages import ours
        from mtclean.workers.resources import lending

        if server is not None:
            server.wait_ready()
        for resources in lent:
            stack.enter_context(lending(resources))
        with answering(), ours():
            state: Any = flow(**parameters, return_state=True)
            run: Run = state.result()
        if server is not None:
            server.wait_written(state.state_details.flow_run_id, run.task_runs)
        return run


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
    config: Config = None,
    profile: Profile = "",
    no_grammar: NoGrammar = False,
    language: Language = None,
    quotes: QuoteStyle = None,
    languagetool: LanguageToolUrl = None,
    source_format: From = None,
    workers: Workers = None,
    deadline: Deadline = None,
    runner: RunnerOption = Runner.PROCESSES,
    scheduler: Scheduler = "",
) -> None:
    """Run at set times, for as long as this command runs; only what changed is cleaned."""
    settings.set_ours()
    from mtclean.flows.embedded import answering, server_configured
    from mtclean.pipeline.config import find

    _check_runner(runner, scheduler, deadline)
    if (cron is None) == (every is None):
        raise Trouble("say when to run: --cron or --every, one of them", Exit.USAGE)
    if not server_configured():
        raise Trouble(
            "a schedule needs a Prefect server: run `prefect server start` elsewhere and "
            "`prefect config set PREFECT_API_URL=http://127.0.0.1:4200/api`",
            Exit.USAGE,
        )
    chosen_options(
        config, profile, no_grammar, language, quotes, languagetool, source_format
    )  # a mistake shows now
    settings_file = config or find(Path.cwd())
    from mtclean.flows.schedule import serve

    say(f"cleaning {'by ' + cron if cron else f'every {every} s'}; stop with Ctrl-C")
    with answering():
        serve(
            {
                "paths": [str(path.resolve()) for path in paths or [Path("input")]],
                "output": str(output.resolve()),
                "config": str(settings_file.resolve()) if settings_file else None,
                "profile": profile,
                "grammar": False if no_grammar else None,
                "language": language,
                "quotes": quotes.value if quotes else None,
                "languagetool": languagetool,
                "source_format": source_format.value if source_format else None,
                "workers": workers,
                "deadline": deadline,
                "runner": runner.value,
                "scheduler": scheduler,
                "settled": SETTLED if every else 0,
            },
            cron=cron,
            every=every,
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
    from mtclean.report import summary_table
    from mtclean.report.visible import shown

    console = Console()
    if not console.is_terminal:
        console = Console(width=200)  # nobody's window: rows stay whole for grep
    if result.rows:
        console.print(summary_table(result.rows))
    for outcome in result.outcomes:
        if outcome.status in (Status.SKIPPED, Status.FAILED):
            say(f"{outcome.status.value}: {shown(outcome.path)}: {outcome.message}")
    if result.trouble:
        say(shown(result.trouble))
    for why, documents in result.not_checked.items():
        say(f"{documents} of the documents {why}")
    refused = sum(outcome.code == "format" for outcome in result.outcomes)
    if refused > MANY:
        say(f"{refused} files are in formats that cannot be read yet")
    if result.no_grammar:
        say(f"grammar not checked: {result.no_grammar}")
    for reason, documents in result.partly.items():
        say(f"grammar checked only in part in {documents} of the documents: {reason}")
    for reason, documents in result.without_rules.items():
        say(f"grammar not checked in {documents} of the documents: {reason}")
    for path in result.gone:
        say(f"no longer there: {shown(path)}; its outputs were left")
    done, left = result.count(Status.CLEANED), len(result.outcomes)
    unchanged = result.count(Status.UNCHANGED)
    note = f", {unchanged} unchanged" if unchanged else ""
    console.print(f"{done} of {left} cleaned into {shown(str(output))}{note}", highlight=False)
    undecided = sum(o.summary.undecided for o in result.outcomes if o.summary)
    if undecided:
        folder = "" if output == Path("output") else f" --output {shown(str(output))}"
        console.print(f"{undecided} to decide: mtclean review{folder}", highlight=False)
