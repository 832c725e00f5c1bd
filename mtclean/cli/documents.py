"""``mtclean clean``: a single document, without Prefect; and what it shares with ``mtclean check``."""

from __future__ import annotations

import sys
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from mtclean.cli.application import asks, is_quiet, leave, note, options_of, say
from mtclean.pipeline.settings import Settings
from mtclean.trouble import Exit, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mtclean.documents import Document, Input
    from mtclean.grammar import Grammar
    from mtclean.pipeline.options import Options
    from mtclean.report import Record
    from mtclean.text.batch import Gathered

STDIN = "-"
Result = TypeVar("Result")

Evidence = Annotated[
    Path | None,
    typer.Option(
        "--evidence",
        metavar="FOLDER",
        help="Other documents of the same site or book, which show what lines and names are theirs; mtclean run sees "
        "all it cleans.",
    ),
]


@asks(Settings)
def clean(
    files: Annotated[
        list[str], typer.Argument(help="A text file, or - for standard input.", metavar="FILE")
    ],
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FILE",
            help="Write the cleaned text only, to this file; - is standard output.",
        ),
    ] = None,
    stdout: Annotated[bool, typer.Option("--stdout", help="The same as --to -.")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write the text, its report, edits and diff to this folder; output/ if left out.",
        ),
    ] = None,
    evidence: Evidence = None,
    *,
    settings: Settings,
) -> None:
    """Clean one document without Prefect."""
    from mtclean.documents.write import write

    if len(files) > 1:
        raise Trouble("clean takes one file; mtclean run takes several, and folders", Exit.USAGE)
    (file,) = files
    target = _target(file, to, stdout, output)
    options = options_of(settings)

    def work(stack: ExitStack) -> str:
        # What is printed is the safe fixes; without evidence LanguageTool makes none.
        grammar = languagetool_for(options, stack)
        others = others_in(evidence, options)
        if target is None:
            return _written(file, output or Path("output"), options, grammar, others)
        put = print_bytes if target == STDIN else partial(write, Path(target))
        return _cleaned(file, options, grammar, put, others)

    if until_stopped(work):
        raise typer.Exit(Exit.NO_GRAMMAR)


def _target(file: str, to: str | None, stdout: bool, output: Path | None) -> str | None:
    """Where the cleaned text of *file* alone goes; None where all that is made goes to a folder."""
    if to not in (None, STDIN) and stdout:
        raise Trouble("say where the text goes: --to or --stdout, one of them", Exit.USAGE)
    target = STDIN if stdout or (file == STDIN and to is None) else to
    if target is not None and output is not None:
        raise Trouble(
            "the text goes to one place: to a folder with its report (--output), or alone to a file "
            "or standard output (--to)",
            Exit.USAGE,
        )
    if target not in (None, STDIN):
        _check_target(file, Path(target))
    return target


def until_stopped(work: Callable[[ExitStack], Result]) -> Result:
    """Do *work* with what it puts on the stack; Ctrl-C and SIGTERM end both at once.

    In the main thread a library can swallow Ctrl-C: langdetect does, while it reads its profiles.
    """
    from mtclean.workers.interruption import Interrupted, interruptible

    with ExitStack() as stack:
        try:
            return interruptible(lambda: work(stack), stack.close)
        except Interrupted as signal:
            say("stopped; run the same command again")
            leave(Exit.TERMINATED if signal.is_term else Exit.INTERRUPTED)


def languagetool_for(options: Options, stack: ExitStack, remembers: bool = False) -> Grammar | None:
    """LanguageTool, starting in the background; None where it is not wanted.

    Where it cannot start, the first check says why.  One that *remembers* is for texts that are
    checked again and again.
    """
    from mtclean.grammar import Grammar, GrammarUnavailable, answers_for

    if not options.grammar:
        return None
    url = options.languagetool or None
    grammar = Grammar(url, answers=answers_for(url, remembers))
    stack.callback(grammar.close)
    with suppress(GrammarUnavailable):
        grammar.start()
    return grammar


def others_in(folder: Path | None, options: Options) -> Gathered | None:
    """The documents of *folder*, if one is named, for what they say about others."""
    from mtclean.pipeline.evidence import gathered_in

    if folder is None:
        return None
    if not folder.is_dir():
        raise Trouble(f"{folder} is no folder: --evidence takes one of documents", Exit.USAGE)
    return gathered_in(folder, options)


def read_input(item: Input | None, options: Options) -> Document:
    """The document in the file of *item*, or on standard input where there is none."""
    from mtclean.documents import Input, read_as
    from mtclean.pipeline.draft import read

    if item is not None:
        return read(item, options)
    name = Path("stdin")
    reading = options.reading_of(Input(name, name.name))
    return read_as(reading, name.name, sys.stdin.buffer.read(), name)


def _input(file: str) -> Input | None:
    """The *file* as an input; None for standard input."""
    from mtclean.documents import Input

    if file == STDIN:
        return None
    path = Path(file)
    if not path.exists():
        raise Trouble(f"{file} does not exist", Exit.USAGE)
    return Input(path, path.name)


def _check_target(file: str, target: Path) -> None:
    """Refuse a *target* that is the original, under whatever name, or no file."""
    from mtclean.documents.write import is_one_file

    if target.is_dir():
        raise Trouble(f"{target} is a folder: --output takes one, --to a file", Exit.USAGE)
    if file != STDIN and is_one_file(Path(file), target):
        raise Trouble(
            f"{target} is the original, which is never written over: name another file", Exit.USAGE
        )


def _cleaned(
    file: str,
    options: Options,
    grammar: Grammar | None,
    put: Callable[[bytes], None],
    others: Gathered | None,
) -> str:
    """Hand the cleaned text to *put*; why grammar was not checked, if it was not."""
    from mtclean.pipeline.account import account
    from mtclean.pipeline.evidence import evidence_from
    from mtclean.pipeline.save import cleaned_bytes
    from mtclean.pipeline.single import through_the_stages

    document = read_input(_input(file), options)
    batch = evidence_from(document, others)
    work, unavailable = through_the_stages(document, options, grammar, batch=batch)
    put(cleaned_bytes(work))
    _tell_unchecked(account(work), unavailable)
    return unavailable


def _written(
    file: str, output: Path, options: Options, grammar: Grammar | None, others: Gathered | None
) -> str:
    """Clean *file* into *output* and print the report's path; why grammar was not checked, if so."""
    from mtclean.documents import discover
    from mtclean.pipeline.single import clean_into
    from mtclean.report.visible import shown

    path = Path(file)
    if path.is_dir():
        raise Trouble(f"{file} is a folder: mtclean run cleans folders", Exit.USAGE)
    (item,) = discover([path], output)
    done = clean_into(output, item, options, grammar, others)
    if done.trouble:
        say(shown(done.trouble))
    if not is_quiet():
        print(shown(str(done.report)))
    _tell_unchecked(done.record, done.no_grammar)
    return done.no_grammar


def _tell_unchecked(record: Record, unavailable: str) -> None:
    for reason, tell in not_checked(record, unavailable):
        tell(reason)


def not_checked(record: Record, unavailable: str) -> Iterator[tuple[str, Callable[[str], None]]]:
    """How much was not checked, and why grammar was not: the server, the language, the time; each once.

    With each goes how to tell it: that LanguageTool is *unavailable*, or a rule failed, is trouble; the rest is
    good to know.
    """
    from mtclean.pipeline.outcomes import left_out
    from mtclean.report import GRAMMAR, summary_of

    if coverage := summary_of(record).coverage:
        yield coverage, note
    missed = (part.reason for part in record.unchecked if part.stage == GRAMMAR)
    for reason in dict.fromkeys(filter(None, (*missed, unavailable))):
        yield f"grammar not checked: {reason}", say if reason == unavailable else note
    for warning in left_out(record.warnings):
        yield warning, say
    for line in record.layout.unmatched if record.layout else ():
        yield line, note


def print_bytes(data: bytes) -> None:
    """Write the text as it is, but never a raw control character to a terminal."""
    if not sys.stdout.isatty():
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from mtclean.report.visible import shown

    for line in data.decode("utf-8", "replace").split("\n"):
        print(shown(line.rstrip("\r")))
