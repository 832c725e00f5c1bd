"""Documents one after another through the stages, for ``mtclean check``: what comes of them, and what is known."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mtclean.cli.application import MANY, counted, detail, is_verbose, note, say
from mtclean.cli.documents import not_checked, print_bytes, read_input
from mtclean.trouble import Exit, Trouble

if TYPE_CHECKING:
    from mtclean.documents import DocumentProblem, Input
    from mtclean.grammar import Grammar
    from mtclean.pipeline.draft import Draft
    from mtclean.pipeline.options import Options
    from mtclean.pipeline.outcomes import Said
    from mtclean.report import Record
    from mtclean.review.baseline import Baseline
    from mtclean.text.batch import Gathered

_BADNESS = (Exit.OK, Exit.FOUND, Exit.NO_GRAMMAR, Exit.FAILED)
"""What a check can end with: of all that happened, the worst."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that went through the stages; ``path`` is None for standard input."""

    path: Path | None
    work: Draft
    record: Record

    @property
    def name(self) -> str:
        """What it is called on the command line."""
        return self.work.document.name


class Checking:
    """Puts documents through the stages; keeps what is to be told of all in the end, and what to end with."""

    def __init__(
        self, options: Options, grammar: Grammar | None, others: Gathered | None = None
    ) -> None:
        self._options = options
        self._others = others
        self._grammar = grammar
        self._told: dict[Callable[[str], None], dict[Said, list[str]]] = {say: {}, note: {}}
        """Names of documents, by how to tell what of them."""
        self.worst = Exit.OK

    def documents(self, inputs: Iterable[Input | None]) -> Iterator[Checked]:
        """What comes of *inputs*; those that cannot be read are named and left."""
        from mtclean.documents import DocumentProblem

        for item in inputs:
            try:
                checked = self._checked(item)
            except DocumentProblem as problem:
                self._leave(item, problem)
            else:
                yield checked

    def gated(
        self, documents: Iterable[Checked], passes: Callable[[Record], bool]
    ) -> Iterator[Checked]:
        """*documents*, each judged when it has been used."""
        for checked in documents:
            yield checked
            _detail(checked)
            if not passes(checked.record):
                self._meet(Exit.FOUND)

    def print_diffs(self, documents: Iterable[Checked]) -> None:
        """Print what would be changed in *documents* as one diff."""
        from mtclean.documents import DocumentProblem
        from mtclean.pipeline.save import diff_of
        from mtclean.report.visible import shown

        for checked in documents:
            try:
                print_bytes(diff_of(checked.work))
            except DocumentProblem as problem:
                say(f"{shown(checked.name)}: {problem}")
                self._meet(Exit.FAILED)

    def tell(self) -> None:
        """Say what is the same of many documents once."""
        from mtclean.pipeline.outcomes import merged
        from mtclean.report.visible import shown

        for tell, told in self._told.items():
            for line, alike in merged({said: len(told[said]) for said in told}).items():
                many = sum(len(told[said]) for said in alike)
                if many >= MANY and not is_verbose():
                    tell(f"{many:,} documents: {line}")
                    continue
                for said in alike:
                    for name in told[said]:
                        tell(f"{shown(name)}: {said[0]}")

    def _checked(self, item: Input | None) -> Checked:
        from mtclean.pipeline.account import account
        from mtclean.pipeline.evidence import evidence_from
        from mtclean.pipeline.single import through_the_stages

        document = read_input(item, self._options)
        batch = evidence_from(document, self._others)
        work, unavailable = through_the_stages(document, self._options, self._grammar, batch=batch)
        if unavailable:
            self._meet(Exit.NO_GRAMMAR)
        record = account(work)
        for reason, tell in not_checked(record, unavailable):
            said = reason, record.source.language
            self._told[tell].setdefault(said, []).append(document.name)
        return Checked(item.path if item else None, work, record)

    def _leave(self, item: Input | None, problem: DocumentProblem) -> None:
        """Name what cannot be read.  Of what was only found in a folder it is no fault that it is no prose."""
        from mtclean.report.visible import shown

        name, was_named = ("stdin", True) if item is None else (item.name, item.follow)
        if problem.skipped and not was_named:
            self._told[note].setdefault((str(problem), ""), []).append(name)
            return
        is_missing = was_named and problem.code == "vanished"
        say(f"{shown(name)} does not exist" if is_missing else f"{shown(name)}: {problem}")
        if was_named or problem.code != "format":
            self._meet(Exit.FAILED)

    def _meet(self, what: Exit) -> None:
        self.worst = max(self.worst, what, key=_BADNESS.index)


def _detail(checked: Checked) -> None:
    """The document's figures, for who wants to know more."""
    from mtclean.report import summary_of
    from mtclean.report.visible import shown

    summary = summary_of(checked.record)
    language = checked.record.source.language or "language not known"
    detail(
        f"{shown(checked.name)}: {counted(summary.words, 'word')} ({language}), "
        f"{counted(len(checked.record.fixes), 'fix', 'fixes')}, "
        f"{counted(len(checked.record.findings), 'finding')}, score {summary.score_in_words}"
    )


def read_baseline(file: Path) -> Baseline:
    """The baseline in *file*.  Raises :class:`Trouble` where there is none."""
    from mtclean.documents import read_handed_in
    from mtclean.review.baseline import read

    try:
        return read(read_handed_in(file).decode())
    except FileNotFoundError as error:
        raise Trouble(f"there is no {file}: --write-baseline {file} makes one") from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise Trouble(f"{file} cannot be used as a baseline: {why}") from error


def only_new(documents: Iterable[Checked], known: Baseline, file: Path) -> Iterator[Checked]:
    """*documents* without what the baseline in *file* has *known* of them."""
    for checked in documents:
        yield replace(checked, record=known.new(_path_from(file, checked), checked.record))


def keep_as_known(documents: Iterable[Checked], file: Path) -> None:
    """Write all there is to say of *documents* to *file*, as a baseline."""
    from mtclean.documents import write
    from mtclean.review import baseline

    known = {_path_from(file, checked): baseline.known_of(checked.record) for checked in documents}
    write(file, baseline.write(known).encode())
    things = sum(sum(said.values()) for said in known.values())
    note(f"{things:,} known in {counted(len(known), 'document')}: kept in {file}")


def _path_from(file: Path, checked: Checked) -> str:
    """The document's path from the folder of *file*, so that it is the same from wherever one stands."""
    if checked.path is None:
        return checked.name
    try:
        return Path(os.path.relpath(checked.path, file.parent)).as_posix()
    except ValueError:  # another drive
        return checked.path.absolute().as_posix()
