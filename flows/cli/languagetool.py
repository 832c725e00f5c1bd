"""``mtclean server``: LanguageTool kept alive between runs."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from flows.cli.application import Trouble, say
from flows.outcomes import Exit


class Action(str, Enum):
    """What to do with the kept server."""

    start = "start"
    stop = "stop"
    status = "status"


def server(
    action: Annotated[Action, typer.Argument(help="start it, stop it, or say whether it runs.")],
) -> None:
    """Keep LanguageTool running between runs, on this machine only, until an hour after the last."""
    from tasks.grammar import GrammarUnavailable, kept

    if action is Action.stop:
        say("LanguageTool was stopped." if kept.stop() else "No LanguageTool was kept running.")
        return
    try:
        note = kept.start() if action is Action.start else kept.kept()
    except GrammarUnavailable as problem:
        raise Trouble(str(problem), Exit.NO_GRAMMAR) from problem
    if note is None:
        say("No LanguageTool is kept running; mtclean server start starts one.")
        raise typer.Exit(Exit.FOUND)
    say(f"LanguageTool {note.version} runs at {note.url} (process {note.java}).")
