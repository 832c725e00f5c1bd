"""``mtclean review``, ``status`` and ``apply``: what people decide, and what becomes of it."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtclean.cli.application import (
    READING,
    Output,
    asks,
    is_quiet,
    leave,
    note,
    options_of,
    say,
)
from mtclean.cli.documents import languagetool_for
from mtclean.cli.folder import documents_in, named
from mtclean.pipeline.settings import Settings
from mtclean.trouble import Exit, Trouble
from mtclean.workers.collector import collect_seldom

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mtclean.pipeline.folder import Kept
    from mtclean.pipeline.options import Options
    from mtclean.text import Decision

    Changes = Mapping[str, Decision | None]
    """What somebody decided, by id; None takes a decision back."""


FINISHING = "the text follows what was decided; Ctrl-C again leaves that to the next run"


@asks(Settings, but=READING)
def review(
    name: Annotated[
        str,
        typer.Argument(
            help="A document; the first with something open if left out.", metavar="[NAME]"
        ),
    ] = "",
    output: Output = Path("output"),
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port; any free one if left out.")
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open it in your browser.")
    ] = True,
    name_of: Annotated[
        str,
        typer.Option("--as", metavar="NAME", help="Who decides; it is kept with every decision."),
    ] = "",
    *,
    settings: Settings,
) -> None:
    """Review the reports of an output folder: decisions save themselves, the text follows at once."""
    import secrets
    import socket
    import webbrowser
    from urllib.parse import quote

    from mtclean.pipeline.amend import House
    from mtclean.pipeline.config import chosen
    from mtclean.web.reviewer import Reviewer
    from mtclean.web.server import Server, application

    def options() -> Options:
        return chosen(settings)

    documents = documents_in(output)
    asked = named(documents, name).report if name else ""
    with ExitStack() as stack:
        grammar = languagetool_for(options_of(settings), stack, remembers=True)
        door = stack.enter_context(socket.socket())
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except OSError as error:
            raise Trouble(f"port {port} cannot be used: {error.strerror}", Exit.USAGE) from error
        door.listen()  # who is told the address may come at once
        host = f"127.0.0.1:{door.getsockname()[1]}"
        token = secrets.token_urlsafe(24)
        collect_seldom()
        reviewer = Reviewer(
            output,
            options,
            grammar,
            lambda made: _remembered(made, settings),
            name_of,
            House(settings),
        )
        server = Server(application(reviewer, host, token), lambda: note(FINISHING))
        asked = asked or reviewer.first()
        address = f"http://{host}/{quote(asked, errors='surrogateescape')}?token={token}"
        print(address, flush=True)
        note("reviewing; every decision is saved as you make it; stop with Ctrl-C")
        if browser:
            webbrowser.open(address)
        with suppress(KeyboardInterrupt):  # that is how one stops; what was decided is on disk
            server.run(sockets=[door])
        with suppress(KeyboardInterrupt):  # what is not done now is done by the next run
            if not server.force_exit:
                reviewer.finish()
        note(f"decisions saved; {_counts(documents_in(output))}")
        if server.force_exit:
            stack.close()
            leave(Exit.OK)


def status(
    output: Output = Path("output"),
) -> None:
    """Say what is undecided or stale in an output folder; exit with 1 where anything is."""
    from mtclean.pipeline.folder import behind
    from mtclean.report.visible import shown

    documents = documents_in(output)
    late = {document.name for document in behind(output, documents)}
    open_ = 0
    for document in documents:
        summary = document.summary
        words = []
        if summary and summary.undecided:
            words.append(f"{summary.undecided} of {summary.asked} to decide")
        if summary and summary.stale:
            words.append(f"{summary.stale} stale: review again")
        if document.name in late:
            words.append("decisions not applied: mtclean apply")
        if words:
            open_ += 1
            print(f"{shown(document.shown_name)}: {', '.join(words)}")
    print(f"{len(documents)} documents, {open_} of them with something left to do")
    if open_:
        raise typer.Exit(Exit.FOUND)


@asks(Settings, but=READING)
def apply(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files a report exported, or names of documents; all whose decisions changed if "
            "left out.",
            metavar="[FILE|NAME]…",
        ),
    ] = None,
    output: Output = Path("output"),
    *,
    settings: Settings,
) -> None:
    """Do documents again as was decided on them."""
    from mtclean.documents import DocumentProblem
    from mtclean.pipeline.folder import behind, complete
    from mtclean.pipeline.single import clean_into
    from mtclean.report import summary_of
    from mtclean.report.visible import shown

    documents = documents_in(output)
    given = what or []
    asked = [named(documents, name) for name in given if not name.endswith(".json")]
    files = [Path(name) for name in given if name.endswith(".json")]
    adopted, conflicts = _adopted(documents, files, output, settings)
    asked += adopted
    due = asked or list(behind(output, documents))
    options = options_of(settings)
    worst, no_grammar_why = Exit.OK, ""
    with ExitStack() as stack:
        grammar = languagetool_for(options, stack) if due else None
        for document in {document.name: document for document in due}.values():
            try:
                done = clean_into(output, document.source, options, grammar, listed=False)
            except DocumentProblem as problem:
                say(f"{shown(str(document.item.path))}: {problem}")
                worst = Exit.FAILED
                continue
            if done.trouble:
                say(shown(done.trouble))
            summary = summary_of(done.record)
            stale = f", {summary.stale} stale" if summary.stale else ""
            left = f"{summary.undecided} of {summary.asked} to decide{stale}"
            if not is_quiet():
                print(f"{shown(document.shown_name)}: {left}; {shown(str(done.report))}")
            no_grammar_why = no_grammar_why or done.no_grammar
    if due:
        complete(output)
    elif not is_quiet():
        print("nothing to apply: every decision is in the outputs already")
    if no_grammar_why:
        say(f"grammar not checked: {no_grammar_why}")
        worst = worst if worst is Exit.FAILED else Exit.NO_GRAMMAR
    if worst is Exit.OK and conflicts:
        worst = Exit.FOUND
    if worst is not Exit.OK:
        raise typer.Exit(worst)


def _adopted(
    documents: list[Kept], files: Iterable[Path], output: Path, settings: Settings
) -> tuple[list[Kept], int]:
    """The documents that *files* from elsewhere decide on, with those decisions kept; and in how much they disagree."""
    from mtclean.documents import turn
    from mtclean.pipeline.folder import decided_on, decisions_file, keep_decisions
    from mtclean.review import merged, write

    by_document: dict[str, list[Changes]] = {}
    for file in files:
        document, changes = _exported(documents, file)
        own = decisions_file(output, document.name)
        taken = by_document.setdefault(document.name, [])
        if own.is_symlink() or not (own.exists() and own.samefile(file)):
            taken.append(changes)
    adopted = [document for document in documents if document.name in by_document]
    disagreed = 0
    for document in adopted:
        name, taken = document.name, by_document[document.name]
        with turn(output):
            together = merged(decided_on(output, name).decisions, taken)
            kept = write(document.shown_name, together.decisions.values())
            if taken:
                keep_decisions(output, name, kept.encode())
        disagreed += len(together.conflicts)
        _say_conflicts(document, together.conflicts)
        asked = [d for changes in taken for d in changes.values() if d and d.remember]
        if said := _remembered(asked, settings):
            say(said)
    return adopted, disagreed


def _exported(documents: list[Kept], file: Path) -> tuple[Kept, Changes]:
    """What somebody decided in a report that was sent to them, and on which document."""
    from mtclean.documents import read_handed_in
    from mtclean.review import UnreadableDecisions, changes_of, document_of

    try:
        text = read_handed_in(file).decode()
        changes = changes_of(text)
        return named(documents, document_of(text)), changes
    except OSError as error:
        raise Trouble(f"{file} cannot be read: {error.strerror}", Exit.USAGE) from error
    except (UnicodeDecodeError, UnreadableDecisions) as error:
        raise Trouble(f"{file}: {error}", Exit.USAGE) from error


def _say_conflicts(document: Kept, conflicts: Iterable[tuple[Decision, ...]]) -> None:
    """Where people disagree, a line each: it is left as it was, to be decided in the review."""
    from mtclean.report.visible import shown

    for different in conflicts:
        words = "; ".join(
            f"{decision.by or 'somebody'}: {decision.verdict.value}"
            + (f" “{decision.replacement}”" if decision.replacement else "")
            for decision in different
        )
        about = f"{different[0].rule}, {different[0].about}"
        say(shown(f"{document.shown_name}: decided differently, and left open: {about} ({words})"))


def _remembered(decisions: list[Decision], settings: Settings) -> str:
    """Switch off the rules that are to stay off, in the settings; what was done, in a line."""
    from mtclean.pipeline.amend import House
    from mtclean.pipeline.config import is_rule
    from mtclean.report.visible import shown
    from mtclean.text import Verdict

    rules = {decision.rule for decision in decisions if decision.verdict is Verdict.REJECT}
    house = House(settings)
    registry = house.options.registry
    changed = house.switch_off(sorted(rules))
    words = [f"switched off in {house.file}: {', '.join(changed)}"] if changed else []
    words += [
        f"there is no rule {shown(rule)!r} to switch off"
        for rule in sorted(rules)
        if not is_rule(rule, registry)
    ]
    return "; ".join(words)


def _counts(documents: Iterable[Kept]) -> str:
    summaries = [document.summary for document in documents]
    left = sum(summary.undecided for summary in summaries if summary)
    stale = sum(summary.stale for summary in summaries if summary)
    return f"{left} left to decide" + (f", {stale} stale" if stale else "")
