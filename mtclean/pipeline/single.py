"""One document, without Prefect: through all stages, and into an output folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mtclean.documents import Document, Input, locked, opened
from mtclean.grammar import Cause, Grammar, GrammarUnavailable
from mtclean.pipeline.draft import Draft, draft, read
from mtclean.pipeline.evidence import Count, observed
from mtclean.pipeline.folder import decided_on, entry_of, write_index
from mtclean.pipeline.options import Options
from mtclean.pipeline.outcomes import Outcome, Status
from mtclean.pipeline.save import save
from mtclean.pipeline.signature import signature
from mtclean.pipeline.stages import check_grammar, compare, decide, detect_artifacts, normalize
from mtclean.report import Record
from mtclean.text import Decision
from mtclean.text.batch import Gathered
from mtclean.text.evidence import NO_EVIDENCE, Evidence
from mtclean.workers.interruption import check_stop


def evidence_for(
    folder: Path, item: Input, document: Document, options: Options, others: Gathered | None = None
) -> tuple[Evidence, Count]:
    """What *others*, or where none are given the documents of *folder*, say about *document*; and what is counted there."""
    count = Count([item], folder, options)
    if others is None and not count.due:
        return count.gathered_before().of(item.name), count
    own = observed(document)
    count.add(item, own.as_json())
    known = others.about(own) if others is not None else count.gathered().of(item.name)
    return known, count


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
    batch: Evidence = NO_EVIDENCE,
) -> tuple[Draft, str]:
    """The document through all stages and as decided, and why its grammar was not checked to the end, if it was not.

    *batch* is what other documents say about it.  Raises :class:`mtclean.workers.interruption.Stopped` where LanguageTool went because the command is to stop.
    """
    started = draft(document, options, decisions, batch)
    work, no_grammar = compare(detect_artifacts(normalize(started))), ""
    if grammar is not None:
        try:
            check_grammar(work, grammar)
            no_grammar = Cause.LOSS.value if work.cut_short else ""
        except GrammarUnavailable as problem:
            check_stop()
            no_grammar = str(problem)
    return decide(work), no_grammar


def clean_into(
    folder: Path,
    item: Input,
    options: Options,
    grammar: Grammar | None,
    others: Gathered | None = None,
    *,
    listed: bool = True,
) -> Done:
    """Clean a document as was decided on it, write its outputs and the page of all documents.

    That page is left as it is where it need not be *listed*: :func:`mtclean.pipeline.folder.complete` writes it when all is done.
    Evidence are *others*, or where none are given the documents of *folder*.  Raises :class:`mtclean.documents.FolderBusy` where another run writes to *folder*,
    :class:`mtclean.documents.FolderUnusable` where nothing can be written to it and
    :class:`mtclean.documents.DocumentProblem` where the document cannot be cleaned.
    """
    with locked(folder), opened(folder) as ledger:
        document = read(item, options)
        decided = decided_on(folder, item.name)
        batch, count = evidence_for(folder, item, document, options, others)
        ledger.count(count.new)
        work, no_grammar = through_the_stages(document, options, grammar, decided.decisions, batch)
        ledger.begin([item.name])
        saved = save(work, folder)
        outcome = Outcome(str(item.path), Status.CLEANED, summary=saved.summary)
        sums = (document.sha256, decided.sha256)
        how = options.reading_of(item), signature(options)
        unchecked = bool(no_grammar)
        ledger.record(
            [entry_of(item, outcome, *how, *sums, unchecked=unchecked, others=batch.digest)]
        )
        if listed:
            write_index(folder, ledger)
    return Done(saved.record, saved.report, no_grammar, ledger.trouble)
