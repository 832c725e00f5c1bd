"""``mtclean check``: what there is to say about files and folders; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtclean.cli.application import asks, options_of, say
from mtclean.cli.checking import Checked, Checking, keep_as_known, only_new, read_baseline
from mtclean.cli.documents import STDIN, Evidence, languagetool_for, others_in, until_stopped
from mtclean.pipeline.settings import Settings
from mtclean.text import Severity
from mtclean.trouble import Exit, Trouble

if TYPE_CHECKING:
    from mtclean.documents import Input
    from mtclean.pipeline.options import Options
    from mtclean.report import Record


class Format(str, Enum):
    """How ``check`` prints."""

    text = "text"
    jsonl = "jsonl"
    sarif = "sarif"
    github = "github"


Form = Annotated[
    Format,
    typer.Option(
        "--format",
        help="text for people, jsonl for programs, sarif for code-review tools, github for the "
        "annotations of a workflow.",
    ),
]
Diff = Annotated[
    bool,
    typer.Option(
        "--diff",
        help="Print what mtclean clean would change as a diff, for git apply or patch -p1.",
    ),
]
KnownFile = Annotated[
    Path | None,
    typer.Option(
        "--baseline", metavar="FILE", help="Leave out what was there when FILE was written."
    ),
]
NewBaseline = Annotated[
    Path | None,
    typer.Option(
        "--write-baseline", metavar="FILE", help="Keep what is there now in FILE, as known."
    ),
]
Least = Annotated[
    Severity,
    typer.Option("--severity", help="Exit with 1 from this severity on; a change counts as minor."),
]
FailUnder = Annotated[
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
]


@dataclass(frozen=True)
class Telling:
    """How what there is to say is told, and what of it is a fault."""

    format: Format
    diff: bool
    baseline: Path | None
    write_baseline: Path | None
    severity: Severity
    fail_under: float | None

    def __post_init__(self) -> None:
        if self.diff and (self.format is not Format.text or self.baseline):
            raise Trouble(
                "a diff is a form of its own and of all that is changed: leave out the rest"
            )
        if (self.baseline or self.diff) and self.write_baseline:
            raise Trouble("--write-baseline only writes one: leave out --baseline and --diff")

    @property
    def by_path_from_here(self) -> bool:
        """Whether documents are called by their paths from the working folder."""
        return self.diff or self.format in (Format.sarif, Format.github)

    def tell(
        self,
        options: Options,
        find: Callable[[], Sequence[Input | None]],
        evidence: Path | None = None,
    ) -> None:
        """Say of what there is to *find* what there is to say, and exit with what that comes to.

        *evidence* is a folder of other documents.
        """
        known = read_baseline(self.baseline) if self.baseline else None

        def work(stack: ExitStack) -> Exit:
            inputs = find()
            others = others_in(evidence, options)
            checking = Checking(options, languagetool_for(options, stack), others)
            documents = checking.documents(inputs)
            if self.baseline and known:
                documents = only_new(documents, known, self.baseline)
            if self.write_baseline:
                keep_as_known(documents, self.write_baseline)
            elif self.diff:
                checking.print_diffs(checking.gated(documents, self._passes))
            else:
                _print(checking.gated(documents, self._passes), self.format)
            checking.tell()
            return checking.worst

        if worst := until_stopped(work):
            raise typer.Exit(worst)

    def _passes(self, record: Record) -> bool:
        if self.fail_under is not None:
            return not _is_under(record, self.fail_under)
        return not _is_found(record, self.severity)


@asks(Settings)
def check(
    paths: Annotated[
        list[str], typer.Argument(help="Files and folders; - is standard input.", metavar="PATH…")
    ],
    format: Form = Format.text,
    diff: Diff = False,
    baseline: KnownFile = None,
    write_baseline: NewBaseline = None,
    severity: Least = Severity.MINOR,
    fail_under: FailUnder = None,
    evidence: Evidence = None,
    *,
    settings: Settings,
) -> None:
    """Print what would be changed and what there is to look at, with its place; write nothing."""
    options = options_of(settings)
    telling = Telling(format, diff, baseline, write_baseline, severity, fail_under)
    telling.tell(options, lambda: inputs_of(paths, telling.by_path_from_here), evidence)


def inputs_of(paths: Sequence[str], from_here: bool) -> list[Input | None]:
    """The files in *paths*; None stands for standard input, which goes first.

    They are called by their paths as they were typed or, *from_here* and below the working folder, by their
    paths from there.
    """
    from mtclean.documents import Input, NothingToDo, files_in, has_ledger

    named = [Path(path) for path in paths if path != STDIN]
    inputs: list[Input | None] = [None] if STDIN in paths else []
    for file in files_in(named, has_ledger):
        inputs.append(Input(file, _from_here(file) if from_here else str(file), file in named))
    if not inputs:
        raise NothingToDo(f"there is nothing to check in {', '.join(paths)}")
    return inputs


def _from_here(path: Path) -> str:
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _print(documents: Iterable[Checked], format: Format) -> None:
    from mtclean.report import json_lines, sarif, text_lines, workflow_commands

    if format is Format.sarif:
        print(sarif((one.record, one.name) for one in documents), end="")
        return
    forms = {Format.text: text_lines, Format.jsonl: json_lines, Format.github: workflow_commands}
    for one in documents:
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
