"""``mtclean server`` and ``languages``: LanguageTool kept alive between runs, and what it knows."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from mtclean.cli.application import note, say
from mtclean.trouble import Exit, Trouble, did_you_mean


class Action(str, Enum):
    """What to do with the kept server."""

    start = "start"
    stop = "stop"
    status = "status"


def server(
    action: Annotated[Action, typer.Argument(help="start it, stop it, or say whether it runs.")],
) -> None:
    """Keep LanguageTool running between runs, on this machine only, until an hour after the last."""
    from mtclean.grammar.languagetool import daemon

    if action is Action.stop:
        note("LanguageTool was stopped." if daemon.stop() else "No LanguageTool was kept running.")
        return
    server = daemon.start() if action is Action.start else daemon.running()
    tell = say if action is Action.status else note
    if server is None:
        tell("No LanguageTool is kept running; mtclean server start starts one.")
        raise typer.Exit(Exit.FOUND)
    tell(f"LanguageTool {server.version} runs at {server.url} (process {server.java}).")


class LanguagesAction(str, Enum):
    """What to do about languages."""

    list = "list"
    add = "add"


def languages(
    action: Annotated[
        LanguagesAction, typer.Argument(help="list them, or add some.")
    ] = LanguagesAction.list,
    codes: Annotated[
        list[str] | None, typer.Argument(help="What to add: de, fr …", metavar="[CODE]…")
    ] = None,
) -> None:
    """List the languages grammar can be checked in, or add some (a download each)."""
    from mtclean.grammar import add_language, install, languages_added
    from mtclean.grammar.languagetool import daemon
    from mtclean.grammar.languagetool.lockfile import BUILT_IN, LANGUAGES

    if action is LanguagesAction.list:
        there = {*BUILT_IN, *languages_added()}
        for code, name in LANGUAGES.items():
            print(f"{code:4} {name:14} {'installed' if code in there else ''}".rstrip())
        return
    if not codes:
        raise Trouble("say which language: mtclean languages add de", Exit.USAGE)
    for code in codes:
        if code not in LANGUAGES:
            raise Trouble(_unknown(code, LANGUAGES), Exit.USAGE)
    install()
    added = [code for code in codes if add_language(code)]
    note(f"Ready: {', '.join(LANGUAGES[code] for code in codes)}.")
    if added and daemon.running():
        note("The server that is kept does not know it yet: mtclean server stop")


def _unknown(code: str, known: dict[str, str]) -> str:
    codes = {name.lower(): code for code, name in known.items()}
    hint = did_you_mean(code.lower(), [*known, *codes], codes) or ";"
    return f"LanguageTool has no language {code!r}{hint} `mtclean languages` lists them"
