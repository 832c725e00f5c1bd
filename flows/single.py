"""One document, without Prefect: through all stages, and into an output folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.folder import decided_on, entry_of, write_index
from flows.interruption import check_stop
from flows.outcomes import Outcome, Status
from flows.stages import (
    Draft,
    Options,
    check_grammar,
    decide,
    detect,
    draft,
    normalise,
    read,
    save,
    signature,
)
from tasks.documents import Document, Input, held, opened
from tasks.grammar import Cause, Grammar, GrammarUnavailable
from tasks.report import Record, summary_of
from tasks.text import Decision


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

    Raises :class:`flows.interruption.Stopped` where LanguageTool went because the command is to stop.
    """
    work, no_grammar = detect(normalise(draft(document, options, decisions))), ""
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

    Raises :class:`tasks.documents.FolderBusy` where another run writes to *folder*,
    :class:`tasks.documents.FolderUnusable` where nothing can be written to it and
    :class:`tasks.documents.DocumentProblem` where the document cannot be cleaned.
    """
    with held(folder), opened(folder) as ledger:
        document = read(item, options)
        decided = decided_on(folder, item.name)
        work, no_grammar = through_the_stages(document, options, grammar, decided.decisions)
        ledger.begin([item.name])
        record, report = save(work, folder)
        outcome = Outcome(str(item.path), Status.CLEANED, summary=summary_of(record))
        sums = (document.sha256, decided.sha256)
        common = signature(options)
        ledger.record([entry_of(item, outcome, common, *sums, unchecked=bool(no_grammar))])
        write_index(folder, ledger)
    return Done(record, report, no_grammar, ledger.trouble)
