"""One document, without Prefect: through all stages, and into an output folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mtclean.documents import Document, Input, locked, opened
from mtclean.grammar import Cause, Grammar, GrammarUnavailable
from mtclean.pipeline.folder import decided_on, entry_of, write_index
from mtclean.pipeline.options import Options
from mtclean.pipeline.outcomes import Outcome, Status
from mtclean.pipeline.stages import (
    Draft,
    check_grammar,
    compare,
    decide,
    detect_artifacts,
    draft,
    normalize,
    read,
    save,
    signature,
)
from mtclean.report import Record, summary_of
from mtclean.text import Decision
from mtclean.workers.interruption import check_stop


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a document; ``no_grammar`` says why grammar was not checked, if it was not."""

    record: Record
    report: Path
    no_grammar: str
    trouble: str = ""
    """What there is to know of the folder's ledger, in a line; or empty."""


def through_the_stages(
    document: Document,
    options: Options,
    grammar: Grammar | None,
    decisions: Mapping[str, Decision] | None = None,
) -> tuple[Draft, str]:
    """The document through all stages and as decided, and why its grammar was not checked to the end, if it was not.

    Raises :class:`mtclean.workers.interruption.Stopped` where LanguageTool went because the command is to stop.
    """
    started = draft(document, options, decisions)
    work, no_grammar = compare(detect_artifacts(normalize(started))), ""
    if grammar is not None:
        try:
            check_grammar(work, grammar)
            no_grammar = Cause.LOSS.value if work.cut_short else ""
        except GrammarUnavailable as problem:
            check_stop()
            no_grammar = str(problem)
    return decide(work), no_grammar


def clean_into(folder: Path, item: Input, options: Options, grammar: Grammar | None) -> Done:
    """Clean a document as was decided on it, write its outputs and the page of all documents.

    Raises :class:`mtclean.documents.FolderBusy` where another run writes to *folder*,
    :class:`mtclean.documents.FolderUnusable` where nothing can be written to it and
    :class:`mtclean.documents.DocumentProblem` where the document cannot be cleaned.
    """
    with locked(folder), opened(folder) as ledger:
        document = read(item, options)
        decided = decided_on(folder, item.name)
        work, no_grammar = through_the_stages(document, options, grammar, decided.decisions)
        ledger.begin([item.name])
        record, report = save(work, folder)
        outcome = Outcome(str(item.path), Status.CLEANED, summary=summary_of(record))
        sums = (document.sha256, decided.sha256)
        how = options.reading_of(item), signature(options)
        ledger.record([entry_of(item, outcome, *how, *sums, unchecked=bool(no_grammar))])
        write_index(folder, ledger)
    return Done(record, report, no_grammar, ledger.trouble)
