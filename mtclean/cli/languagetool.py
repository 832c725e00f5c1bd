"""``mtclean server``, ``languages`` and ``answers``: LanguageTool kept alive between runs, what it knows and what it said."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from mtclean.cli.application import Output, note, say
from mtclean.cli.folder import documents_in
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


class AnswersAction(str, Enum):
    """What to do with the answers that are kept."""

    status = "status"
    forget = "forget"


def answers(
    action: Annotated[
        AnswersAction, typer.Argument(help="say where they are, or remove them.")
    ] = AnswersAction.status,
) -> None:
    """Say where LanguageTool's answers are kept, so that no passage is asked about twice, or remove them."""
    from mtclean.grammar.answers import answers_file, are_wanted, forget

    if action is AnswersAction.forget:
        note("The answers were removed." if forget() else "No answers were kept.")
        return
    file = answers_file()
    size = file.stat().st_size / 1e6 if file.exists() else 0
    say(f"{file}: {size:.1f} MB{'' if are_wanted() else '; not used, as MTCLEAN_ANSWERS is off'}")


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
    used: Annotated[
        bool, typer.Option("--used", help="Add those of the documents in the output folder.")
    ] = False,
    output: Output = Path("output"),
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
    codes = [*(codes or ()), *(_used(output) if used else ())]
    if not codes and used:
        note("The documents are in no language that LanguageTool has rules for.")
        return
    if not codes:
        raise Trouble("say which language: mtclean languages add de, or --used", Exit.USAGE)
    for code in codes:
        if code not in LANGUAGES:
            raise Trouble(_unknown(code, LANGUAGES), Exit.USAGE)
    install()
    added = [code for code in codes if add_language(code)]
    note(f"Ready: {', '.join(LANGUAGES[code] for code in codes)}.")
    if added and daemon.running():
        note("The server that is kept does not know it yet: mtclean server stop")


def _used(output: Path) -> list[str]:
    """The languages of the documents in the folder *output* that LanguageTool has, sorted; the others are named."""
    from mtclean.grammar.languagetool.lockfile import LANGUAGES
    from mtclean.languages.language import primary

    summaries = (document.summary for document in documents_in(output))
    codes = {primary(summary.language) for summary in summaries if summary} - {""}
    if missing := sorted(codes - LANGUAGES.keys()):
        note(f"LanguageTool has no rules for {', '.join(missing)}.")
    return sorted(codes & LANGUAGES.keys())


def _unknown(code: str, known: dict[str, str]) -> str:
    codes = {name.lower(): code for code, name in known.items()}
    hint = did_you_mean(code.lower(), [*known, *codes], codes) or ";"
    return f"LanguageTool has no language {code!r}{hint} `mtclean languages` lists them"
