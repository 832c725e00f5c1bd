"""``mtclean run``: folders of documents as a Prefect flow."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from flows import settings
from flows.cli.application import (
    Config,
    Language,
    LanguageToolUrl,
    NoGrammar,
    Output,
    Profile,
    QuoteStyle,
    chosen_options,
    say,
)
from flows.outcomes import Exit, Run, Status


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
) -> None:
    """Clean documents as a Prefect flow and write text, edits, diff and report of each."""
    from flows import progress
    from tasks.documents import discover

    places = paths or [Path("input")]
    discover(places, output)  # a wrong path is said at once, before anything is started
    options = chosen_options(config, profile, no_grammar, language, quotes, languagetool)
    console = Console(stderr=True)
    if options.grammar and not options.languagetool:
        _install()  # before the progress bar: the download has its own
    with progress.shown(console) as meter:
        meter.stage("Starting Prefect")
        settings.silence()
        from flows.clean import clean as flow

        state: Any = flow(  # Prefect types a flow by what it returns, not by return_state
            paths=[str(path) for path in places],
            output=str(output),
            config=str(config) if config else None,
            profile=profile,
            grammar=False if no_grammar else None,
            language=language,
            quotes=quotes.value if quotes else None,
            languagetool=languagetool,
            return_state=True,
        )
        result: Run = state.result()
    _report(result, output)
    if result.exit_code is not Exit.OK:
        raise typer.Exit(result.exit_code)


def _install() -> None:
    """Fetch LanguageTool if it is missing; where that fails the run says so and goes on."""
    from tasks.grammar import GrammarUnavailable, install

    try:
        install()
    except GrammarUnavailable:
        return  # the flow meets it again and reports it


def _report(result: Run, output: Path) -> None:
    from tasks.report import summary_table
    from tasks.report.visible import shown

    console = Console()
    if not console.is_terminal:
        console = Console(width=200)  # nobody's window: rows stay whole for grep
    if result.rows:
        console.print(summary_table(result.rows))
    for outcome in result.outcomes:
        if outcome.status is not Status.CLEANED:
            say(f"{outcome.status.value}: {shown(outcome.path)}: {outcome.message}")
    if result.no_grammar:
        say(f"grammar not checked: {result.no_grammar}")
    done, left = result.count(Status.CLEANED), len(result.outcomes)
    console.print(f"{done} of {left} cleaned into {shown(str(output))}", highlight=False)
