"""A review as it goes on: the documents of an output folder, what is left in them, what is decided."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timezone
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from mtclean.documents import DocumentProblem, Entry, FolderBusy, FolderUnusable, digest, known
from mtclean.grammar import Grammar
from mtclean.pipeline.account import account
from mtclean.pipeline.amend import Amendment, House, Proposal
from mtclean.pipeline.draft import read
from mtclean.pipeline.folder import (
    Kept,
    complete,
    decided_on,
    document_of,
    documents,
    is_behind,
    keep,
    recorded,
    rows,
)
from mtclean.pipeline.options import Options
from mtclean.pipeline.settings import ConfigError
from mtclean.pipeline.single import clean_into, evidence_for, through_the_stages
from mtclean.report import (
    Navigation,
    OpenDocument,
    Record,
    Rest,
    Row,
    batch_page,
    body_of,
    html_report,
    open_page,
    report_parts,
    worst_first,
)
from mtclean.text import Decision
from mtclean.web.house import Effect, effect_on, house_page
from mtclean.web.ready import Ready

OPEN = "/open"
"""The address of everything that is open."""

HOUSE = "/house"
"""The address of what is settled for good."""

Changes = Mapping[str, Decision | None]
"""What is decided, by id; None takes a decision back."""

Remember = Callable[[list[Decision]], str]
"""Takes rejected fixes whose rule is to stay off; says what was done."""


class Reviewer:
    """The documents of an output folder, under review by one person.

    ``options`` are asked for each time, since a rule that is remembered changes them.  ``name`` is the person's, and
    may be empty.  Where there is a ``house``, its settings may be amended.
    """

    def __init__(
        self,
        folder: Path,
        options: Callable[[], Options],
        grammar: Grammar | None,
        remember: Remember,
        name: str = "",
        house: House | None = None,
    ) -> None:
        self._folder = folder
        self._options = options
        self._grammar = grammar
        self._remember = remember
        self._name = name
        self._house = house
        self._amended: list[tuple[Proposal, list[Effect]]] = []
        self._made_of: dict[str, Entry] = {}
        self._made: dict[str, Row] = {}
        """The row of each document by its name, and what it was made of."""
        self._due: set[str] = set()
        """The reports of documents that are to be done again because the settings have changed."""
        self._cleaning = threading.Lock()
        self._counting = threading.Lock()
        self._left: dict[str, Set[str]] = {}
        """The ids that are open, by report, of documents whose outputs need not show all that was decided."""
        self._open: dict[str, Set[str]] = {}
        """The ids that are open there, or would be if what was decided on them were taken back."""
        self._order: dict[str, None] = {}
        """The reports in the order they are gone through, which stays as it is while scores change."""
        self._seen: dict[str, tuple[Entry, OpenDocument]] = {}
        self._later = ThreadPoolExecutor(1, "texts")
        self._ready = Ready(lambda document: recorded(self._folder, document))

    def index(self) -> str:
        """The page of all documents."""
        return batch_page(self._rows(), OPEN)

    def first(self) -> str:
        """The report of the first document with something open; empty where nothing is."""
        first = next(self._with_something_open(self._listed()), "")
        self._prepare(first)
        return first

    def page(self, report: str) -> Iterable[str] | None:
        """The page of the document whose report is at *report* below the folder, as it is made; None without one.

        Raises :class:`DocumentProblem` where it has to be done again and cannot be.
        """
        document = self._document(report)
        if document is None:
            return None
        made = self._ready.get(document) if self._is_current(document) else None
        if made is None:
            with self._cleaning:
                return [self._shown(document, *self._done_again(document))]
        self._note_left(document, made.record)
        after = next(iter(self._open_after(report, self._listed())), "")
        return self._then_prepare(report_parts(made.record, self._place(report), made.body), after)

    def everything_open(self) -> str:
        """The page of all that is open, in all documents."""
        return open_page(self._open_documents(), "/", HOUSE if self._house else "")

    def amendment(self, amendment: Amendment) -> str | None:
        """The page of what *amendment* would change; None where there is no house.  Raises :class:`ConfigError`."""
        if self._house is None:
            return None
        proposal = self._house.proposal(amendment)
        effects, unread = self._effects(amendment)
        return house_page(proposal, effects, unread, OPEN)

    def amend(self, amendment: Amendment | None) -> str | None:
        """Let *amendment* hold, or take the last one back; what was done, or None where there is no house.

        Raises :class:`ConfigError` and :class:`DocumentProblem`, and nothing is changed.
        """
        if self._house is None:
            return None
        if amendment is None:
            return self._take_back(self._house)
        proposal = self._house.proposal(amendment)
        effects = self._effects(amendment)[0]
        with self._cleaning:
            self._house.write(proposal)
        self._amended.append((proposal, effects))
        with self._counting:
            for effect in effects:
                self._left[effect.report] = self._left.get(effect.report, set()) - effect.settled
        self._do_again(effects)
        return f"Written to {proposal.file}; {_documents(len(effects))} follow."

    def _take_back(self, house: House) -> str:
        if not self._amended:
            raise ConfigError("there is nothing to take back")
        proposal, effects = self._amended[-1]
        with self._cleaning:
            house.undo(proposal)
        self._amended.pop()
        wait(self._do_again(effects))
        return f"{proposal.file} is as it was, and so are {_documents(len(effects))}."

    def _do_again(self, effects: Iterable[Effect]) -> list[Future[None]]:
        reports = [effect.report for effect in effects]
        self._due.update(reports)
        return [self._later.submit(self._follow, report) for report in reports]

    def _effects(self, amendment: Amendment) -> tuple[list[Effect], int]:
        """What *amendment* would change in each document, and how many could not be looked at.

        What was settled before has come to hold first.
        """
        self._later.submit(lambda: None).result()
        effects, unread = [], 0
        for document in documents(self._folder):
            summary = document.summary
            if amendment.rule and summary and amendment.rule not in summary.rules:
                continue
            record = self._as_written(document)
            if record is None:
                unread += 1
                continue
            self._note_left(document, record)
            if effect := effect_on(record, document.report, amendment):
                effects.append(effect)
        return effects, unread

    def decide(self, report: str, changes: Changes, seen: str = "") -> str | None:
        """Keep what was decided and do the document again.

        *seen* is the SHA-256 of the text that the reader's page shows by now: where that is what
        comes of it, the page comes back with figures alone.
        Raises :class:`DocumentProblem` where that fails; what was decided is kept all the same.
        """
        document = self._document(report)
        if document is None:
            return None
        self._keep(document, changes)
        said = self._remembered(changes)
        with self._cleaning:
            record, note = self._done_again(document)
        return self._shown(document, record, note or said, seen)

    def decide_all(self, changes: Mapping[str, Changes]) -> str | None:
        """Keep what was decided on documents, by report; their texts follow.

        What there is to know; None where one of the documents is not there, and nothing is kept.
        """
        listed = {kept.report: kept for kept in documents(self._folder)}
        if not changes.keys() <= listed.keys():
            return None
        said = []
        for report, decided in changes.items():
            self._keep(listed[report], decided)
            said.append(self._remembered(decided))
            self._later.submit(self._follow, report)
        return "; ".join(dict.fromkeys(filter(None, said)))

    def finish(self) -> None:
        """Wait until the texts are as was decided, and the page of all documents says so."""
        self._ready.finish()
        self._later.shutdown()
        with suppress(DocumentProblem, FolderUnusable, FolderBusy):  # the next run does it
            complete(self._folder)

    def _then_prepare(self, page: Iterator[str], after: str) -> Iterator[str]:
        """*page*, and only then what would slow it down."""
        yield from page
        self._prepare(after)

    def _prepare(self, report: str) -> None:
        """Have a page made that is likely to be asked for."""
        document = self._document(report) if report else None
        if document and not is_behind(self._folder, document):
            self._ready.begin(document)

    def _is_current(self, document: Kept) -> bool:
        """Whether its outputs show what was decided, of the text as it is.  Raises :class:`DocumentProblem`."""
        is_same = digest(document.source.path) == document.entry.sha256
        is_due = document.report in self._due or is_behind(self._folder, document)
        return is_same and not is_due

    def _follow(self, report: str) -> None:
        """Do a document again whose outputs do not show yet what was decided."""
        with suppress(DocumentProblem, FolderUnusable, ConfigError), self._cleaning:
            document = self._document(report)
            if document and (report in self._due or is_behind(self._folder, document)):
                self._note_left(document, self._done_again(document)[0])

    def _keep(self, document: Kept, changes: Changes) -> None:
        with self._counting:
            signed = {id: self._signed(one) for id, one in changes.items()}
            decided = _decided(keep(self._folder, document, signed))
            if document.report in self._left:
                self._left[document.report] = self._open[document.report] - decided

    def _signed(self, decision: Decision | None) -> Decision | None:
        if decision is None or decision.by or not self._name:  # an undo brings back who decided
            return decision
        return replace(decision, by=self._name, at=datetime.now(timezone.utc).isoformat())

    def _remembered(self, changes: Changes) -> str:
        return self._remember([d for d in changes.values() if d and d.remember])

    def _note_left(self, document: Kept, record: Record) -> None:
        """Know what is open in the document, by its record and what was decided since.

        Of one that the settings do not hold for yet, that is known already.
        """
        if document.report in self._due:
            return
        with self._counting:
            report = document.report
            decided = _decided(decided_on(self._folder, document.name).decisions)
            once_open = self._open.get(report, set()) & decided
            self._open[report] = {item.id for item in record.undecided} | once_open
            self._left[report] = self._open[report] - decided

    def _document(self, report: str) -> Kept | None:
        return document_of(self._folder, report)

    def _as_written(self, document: Kept) -> Record | None:
        """The record as the last run wrote it; None where it has to be done again."""
        try:
            return recorded(self._folder, document)
        except DocumentProblem:
            return None

    def _done_again(self, document: Kept) -> tuple[Record, str]:
        """The document as decided, and what the reader has to know."""
        options = self._options()
        try:
            done = clean_into(self._folder, document.source, options, self._grammar, listed=False)
            self._due.discard(document.report)
            unchecked = f"grammar not checked: {done.no_grammar}" if done.no_grammar else ""
            return done.record, unchecked
        except FolderBusy as busy:
            decisions = decided_on(self._folder, document.name).decisions
            item = document.source
            source = read(item, options)
            batch, _ = evidence_for(self._folder, item, source, options)
            work, _ = through_the_stages(source, options, self._grammar, decisions, batch)
            return account(work), f"Decisions saved; the files follow with the next run ({busy})"

    def _rows(self) -> list[Row]:
        """All documents, with what is open in them by now."""
        entries = known(self._folder)
        due = [entry for entry in entries.values() if self._made_of.get(entry.name) is not entry]
        for entry, row in zip(due, rows(due), strict=True):
            self._made_of[entry.name], self._made[entry.name] = entry, row
        return [self._counted(self._made[name]) for name in entries]

    def _counted(self, row: Row) -> Row:
        left = self._left.get(row.report)
        if left is None or row.summary is None:
            return row
        return replace(row, summary=replace(row.summary, undecided=len(left)))

    def _listed(self) -> dict[str, Row]:
        """The documents that have figures, by report, in the order they are gone through."""
        listed = [row for row in self._rows() if row.summary]
        new = [row for row in listed if row.report not in self._order]
        self._order.update(dict.fromkeys(row.report for row in sorted(new, key=worst_first)))
        there = {row.report: row for row in listed}
        return {report: there[report] for report in self._order if report in there}

    def _with_something_open(self, listed: Mapping[str, Row], after: str = "") -> Iterator[str]:
        order = list(listed)
        at = order.index(after) + 1 if after in listed else 0
        return (report for report in (*order[at:], *order[:at]) if _open_in(listed[report]))

    def _open_after(self, report: str, listed: Mapping[str, Row]) -> list[str]:
        """The other documents with something open, the next one first."""
        return [other for other in self._with_something_open(listed, report) if other != report]

    def _open_documents(self) -> Iterable[OpenDocument]:
        kept = {document.report: document for document in documents(self._folder)}
        for report in self._with_something_open(self._listed()):
            document = kept[report]
            before = self._seen.get(report)
            if before is None or before[0] != document.entry:
                record = self._as_written(document)
                if record is None:
                    continue  # its own page does it again, or says why not
                self._note_left(document, record)
                opened = OpenDocument.of(record, _address(report))
                self._seen[report] = before = (document.entry, opened)
            left = self._left.get(report)
            items = before[1].items
            yield replace(before[1], items=tuple(i for i in items if left is None or i.id in left))

    def _shown(self, document: Kept, record: Record, note: str = "", seen: str = "") -> str:
        self._note_left(document, record)
        is_seen = seen == sha256(record.cleaned().encode("utf-8", "surrogatepass")).hexdigest()
        place = self._place(document.report, note)
        return html_report(record, place, body_of(record, with_text=not is_seen))

    def _place(self, report: str, note: str = "") -> Navigation:
        listed = self._listed()
        order = list(listed)
        at = order.index(report) if report in listed else 0
        others = self._open_after(report, listed)
        ahead = listed[others[0]] if others else Row("")
        return Navigation(
            index="/",
            previous=_address(order[at - 1]) if at > 0 else "",
            next=_address(order[at + 1]) if at + 1 < len(order) else "",
            save=_address(report),
            note=note,
            open=OPEN,
            texts=str(self._folder),
            house=HOUSE if self._house else "",
            rest=Rest(
                sum(_open_in(listed[other]) for other in others),
                len(others),
                _address(ahead.report) if others else "",
                ahead.name,
                _open_in(ahead),
                len(order),
            ),
        )


def _decided(said: Mapping[str, Decision]) -> Set[str]:
    """The ids of what is decided, and not only commented on."""
    return {id for id, decision in said.items() if decision.decides}


def _documents(count: int) -> str:
    return f"{count:,} document" + "s" * (count != 1)


def _open_in(row: Row) -> int:
    return row.summary.undecided if row.summary else 0


def _address(report: str) -> str:
    return "/" + quote(report, errors="surrogateescape")
