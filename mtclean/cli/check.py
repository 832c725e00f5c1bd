"""``mtclean check``: what there is to say about files and folders; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtclean.cli.application import asks, say
from mtclean.cli.documents import STDIN, languagetool_for, not_checked, read_input, until_stopped
from mtclean.pipeline.settings import Settings
from mtclean.text import Severity
from mtclean.trouble import Exit

if TYPE_CHECKING:
    from mtclean.documents import DocumentProblem, Input
    from mtclean.grammar import Grammar
    from mtclean.pipeline.options import Options
    from mtclean.report import Record

MANY = 5
"""From more documents on of which the same is to be said, their number is said in place of their names."""

_BADNESS = (Exit.OK, Exit.FOUND, Exit.NO_GRAMMAR, Exit.FAILED)
"""What a check can end with: of all that happened, the worst."""


class Format(str, Enum):
    """How ``check`` prints."""

    text = "text"
    jsonl = "jsonl"
    sarif = "sarif"
    github = "github"


@asks(Settings)
def check(
    paths: Annotated[
        list[str], typer.Argument(help="Files and folders; - is standard input.", metavar="PATH…")
    ],
    format: Annotated[
        Format,
        typer.Option(
            "--format",
            help="text for people, jsonl for programs, sarif for code-review tools, github for the "
            "annotations of a workflow.",
        ),
    ] = Format.text,
    severity: Annotated[
        Severity,
        typer.Option(
            "--severity", help="Exit with 1 from this severity on; a change counts as minor."
        ),
    ] = Severity.MINOR,
    fail_under: Annotated[
        float | None,
        typer.Option(
            "--fail-under",
            min=0,
            max=100,
            metavar="SCORE",
            help="Exit with 1 where a document's score is below this, or not known because nothing of "
            "it could be checked, whatever --severity says. "
            "The score is MQM's: 100 less a tenth for every penalty point in 1,000 words; a minor "
            "finding or suggestion is 1 point, a major one 5.",
        ),
    ] = None,
    *,
    settings: Settings,
) -> None:
    """Print what would be changed and what there is to look at, with its place; write nothing."""
    from mtclean.pipeline.config import chosen

    options = chosen(settings)

    def passes(record: Record) -> bool:
        if fail_under is not None:
            return not _is_under(record, fail_under)
        return not _is_found(record, severity)

    def work(stack: ExitStack) -> Exit:
        checking = _Checking(options, languagetool_for(options, stack))
        inputs = _inputs(paths, as_typed=format in (Format.text, Format.jsonl))
        _print(checking.documents(inputs, passes), format)
        checking.tell()
        return checking.worst

    if worst := until_stopped(work):
        raise typer.Exit(worst)


def _inputs(paths: Sequence[str], as_typed: bool) -> list[Input | None]:
    """The files in *paths*; None stands for standard input, which goes first.

    They are called by their paths as they were typed, or else, where they lie below the working folder, by
    their paths from there.
    """
    from mtclean.documents import Input, NothingToDo, files_in, has_ledger

    named = [Path(path) for path in paths if path != STDIN]
    inputs: list[Input | None] = [None] if STDIN in paths else []
    for file in files_in(named, has_ledger):
        inputs.append(Input(file, str(file) if as_typed else _from_here(file), file in named))
    if not inputs:
        raise NothingToDo(f"there is nothing to check in {', '.join(paths)}")
    return inputs


def _from_here(path: Path) -> str:
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


@dataclass(frozen=True, slots=True)
class _Checked:
    """A document that went through the stages, under its name on the command line."""

    name: str
    record: Record


class _Checking:
    """Puts documents through the stages, one after another; keeps what is to be told of all in the end."""

    def __init__(self, options: Options, grammar: Grammar | None) -> None:
        self._options = options
        self._grammar = grammar
        self._told: dict[str, list[str]] = {}
        """Names of documents, by what is to be told of them."""
        self.worst = Exit.OK

    def documents(
        self, inputs: Iterable[Input | None], passes: Callable[[Record], bool]
    ) -> Iterator[_Checked]:
        """What comes of *inputs*; those that cannot be read are named and left."""
        from mtclean.documents import DocumentProblem

        for item in inputs:
            try:
                checked = self._checked(item)
            except DocumentProblem as problem:
                self._leave(item, problem)
                continue
            yield checked
            if not passes(checked.record):
                self._meet(Exit.FOUND)

    def tell(self) -> None:
        """Say what is the same of many documents once."""
        from mtclean.report.visible import shown

        for what, names in self._told.items():
            if len(names) < MANY:
                for name in names:
                    say(f"{shown(name)}: {what}")
            else:
                say(f"{len(names)} documents: {what}")

    def _checked(self, item: Input | None) -> _Checked:
        from mtclean.pipeline.single import through_the_stages
        from mtclean.pipeline.stages import account

        document = read_input(item, self._options)
        work, unavailable = through_the_stages(document, self._options, self._grammar)
        if unavailable:
            self._meet(Exit.NO_GRAMMAR)
        record = account(work)
        for reason in not_checked(record, unavailable):
            self._told.setdefault(reason, []).append(document.name)
        return _Checked(document.name, record)

    def _leave(self, item: Input | None, problem: DocumentProblem) -> None:
        """Name what cannot be read.  Of what was only found in a folder it is no fault that it is no prose."""
        from mtclean.report.visible import shown

        name, was_named = ("stdin", True) if item is None else (item.name, item.follow)
        if problem.skipped and not was_named:
            self._told.setdefault(str(problem), []).append(name)
            return
        is_missing = was_named and problem.code == "vanished"
        say(f"{shown(name)} does not exist" if is_missing else f"{shown(name)}: {problem}")
        if was_named or problem.code != "format":
            self._meet(Exit.FAILED)

    def _meet(self, what: Exit) -> None:
        self.worst = max(self.worst, what, key=_BADNESS.index)


def _print(checked: Iterable[_Checked], format: Format) -> None:
    from mtclean.report import json_lines, sarif, text_lines, workflow_commands

    if format is Format.sarif:
        print(sarif((one.record, one.name) for one in checked), end="")
        return
    forms = {Format.text: text_lines, Format.jsonl: json_lines, Format.github: workflow_commands}
    for one in checked:
        for line in forms[format](one.record):
            print(line)


def _is_found(record: Record, least: Severity) -> bool:
    if record.applied and Severity.MINOR.at_least(least):
        return True
    return any(finding.severity.at_least(least) for finding in record.findings)


def _is_under(record: Record, least: float) -> bool:
    """Whether the document's score is below *least*, or not known, which is said.

    A text without words has no score, and nothing to be under it.
    """
    from mtclean.report import summary_of
    from mtclean.report.visible import shown

    summary = summary_of(record)
    name = shown(record.source.name)
    if summary.score is None and summary.words:
        say(f"{name}: its score is not known, so it does not pass {least:g}")
        return True
    if summary.score is None or summary.score >= least:
        return False
    say(f"{name}: its score is {summary.score:.1f}, which is under {least:g}")
    return True
