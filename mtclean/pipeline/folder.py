"""What an output folder knows of its documents: what people decided, how each did, the page of all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mtclean.documents import (
    DocumentProblem,
    Entry,
    Input,
    Ledger,
    Plan,
    Reading,
    SourceFormat,
    digest,
    digest_below,
    files_below,
    is_listed,
    is_there,
    known,
    locked,
    opened,
    plan,
    read_below,
    read_rows,
    turn,
    write_together,
)
from mtclean.documents import read as read_document
from mtclean.documents.formats import AS_IT_LOOKS, reader_of
from mtclean.documents.ledger import DECISIONS, OTHERS, READING, SOURCE
from mtclean.documents.ours import can_mark, key_file
from mtclean.documents.outputs import INDEX, decisions_of, edits_of, outputs_of, report_of, reported
from mtclean.pipeline.outcomes import Outcome, Status, as_json, from_json
from mtclean.report import Record, Row, Summary, batch_page, edits_json
from mtclean.review import UnreadableDecisions, changed, read
from mtclean.review import write as written
from mtclean.text import Decision

if TYPE_CHECKING:  # with the rules, which who looks at an output folder does not need
    from mtclean.pipeline.options import Options
    from mtclean.pipeline.spec import RunSpec

Signature = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions on a document by id, and the SHA-256 of their file, empty where there is none."""

    decisions: Mapping[str, Decision] = field(default_factory=dict)
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A document that was cleaned, as the ledger has it."""

    entry: Entry

    @property
    def name(self) -> str:
        """Its name, which its outputs are called after."""
        return self.entry.name

    @property
    def item(self) -> Input:
        """Its input."""
        return Input(Path(self.entry.path), self.entry.name, reading=_reading(self.entry))

    @property
    def source(self) -> Input:
        """Its input, to be read.

        Raises :class:`DocumentProblem` where no run of this user's has read it: the folder may be
        somebody else's, and name any file at all.
        """
        if self.entry.ours:
            return self.item
        if not can_mark():
            raise DocumentProblem(
                "not_ours",
                f"whether a run of yours has read {self.entry.path!a} cannot be told, as no key can be "
                f"kept in {key_file().parent}; make that folder writable and run mtclean run again",
            )
        raise DocumentProblem(
            "not_ours",
            f"it was made by a run of somebody else, of {self.entry.path!a}; to use that file, run "
            "mtclean run with it and this output folder",
        )

    @property
    def report(self) -> str:
        """The path of its report below the folder."""
        return report_of(self.name)

    @property
    def summary(self) -> Summary | None:
        """Its figures; None where another version wrote them."""
        return from_json(self.entry.summary)

    @property
    def shown_name(self) -> str:
        """Its name as valid Unicode, as its report and its decisions have it."""
        return os.fsencode(self.name).decode("utf-8", "replace")


def decisions_file(folder: Path, name: str) -> Path:
    """Where the decisions on the document *name* are kept, in the output *folder*."""
    return folder / decisions_of(name)


def keep_decisions(folder: Path, name: str, data: bytes) -> None:
    """Write the file of decisions on the document *name*.  Raises :class:`DocumentProblem`."""
    write_together(folder, {decisions_of(name): data})


def decided_on(folder: Path, name: str) -> Decided:
    """What was decided on the document *name*.

    Raises :class:`DocumentProblem` where it cannot be read: what was decided is never passed over.
    """
    file = _decisions_in(folder, name)
    try:
        data = read_below(folder, file)
        return Decided(read(data.decode()), hashlib.sha256(data).hexdigest())
    except FileNotFoundError:
        return Decided()
    except (OSError, UnicodeDecodeError, UnreadableDecisions) as error:
        raise DocumentProblem(
            "decisions",
            f"its decisions in {file} cannot be read ({error}); mend or remove it",
        ) from error


def _decisions_in(folder: Path, name: str) -> str:
    return _called(name, partial(is_there, folder))


def _called(name: str, has: Callable[[str], bool]) -> str:
    """The file of decisions on the document *name* in a folder that *has* files: before 0.2.0 a text was called without its ``.txt``."""
    own, before = decisions_of(name), decisions_of(name.removesuffix(".txt"))
    return before if before != own and not has(own) and has(before) else own


def keep(
    folder: Path, document: Kept, changes: Mapping[str, Decision | None]
) -> dict[str, Decision]:
    """Add *changes* to what was decided on the document; None takes a decision back.

    What is decided now, by id: it is on disk when this returns, and so is what others decided meanwhile.  Raises
    :class:`DocumentProblem`.
    """
    name = document.name
    with turn(folder):
        made = changed(decided_on(folder, name).decisions, changes)
        keep_decisions(folder, name, written(document.shown_name, made.values()).encode())
    return made


def _nothing(name: str) -> str:
    """The digest of what nobody says about a document."""
    return ""


def depends_on(
    options: Options,
    folder: Path,
    others: Callable[[str], str] = _nothing,
    there: Container[str] | None = None,
    sum_of: Callable[[Path], str] = digest,
) -> Callable[[Input], Signature]:
    """What the outputs of a document depend on beside its bytes.

    *others* gives the digest of what the documents of the batch say about the one of a name, *sum_of* that of a file;
    *there* are the files below *folder*, looked for where it is left out.
    """
    from mtclean.pipeline.signature import signature

    common = signature(options)
    files = files_below(folder) if there is None else there

    def own(item: Input) -> Signature:
        decisions = _called(item.name, files.__contains__)
        return {
            **common,
            **_how_read(item, options.reading_of(item), sum_of),
            DECISIONS: digest_below(folder, decisions) if decisions in files else "",
            OTHERS: others(item.name),
        }

    return own


def _how_read(item: Input, reading: Reading, sum_of: Callable[[Path], str] = digest) -> Signature:
    """The part of a signature that says how a document is read, and beside which source."""
    source = {SOURCE: sum_of(Path(reading.source))} if reading.source else {}
    return {READING: reading.recorded(item.path), **source}


def planned(
    inputs: Iterable[Input],
    folder: Path,
    spec: RunSpec,
    others: Callable[[str], str] = _nothing,
    sum_of: Callable[[Path], str] = digest,
) -> Plan:
    """What a run that goes by *spec* has to do to *inputs*, given what earlier ones did; the rest as :func:`depends_on` has it."""
    asked = spec.settings
    there = files_below(folder)
    what = depends_on(spec.options, folder, others, there, sum_of)
    how = {"force": asked.force, "only_failed": asked.only_failed}
    return plan(inputs, folder, what, there, sum_of, **how)


def entry_of(
    item: Input,
    outcome: Outcome,
    reading: Reading,
    signature: Signature,
    sha256: str = "",
    decisions: str = "",
    unchecked: bool = False,
    others: str = "",
) -> Entry:
    """What the ledger is to know of a document.

    *reading* is how it was read; *signature* is that of the options (:func:`mtclean.pipeline.signature.signature`), the same
    for a whole batch.
    *sha256* is of the bytes that were read, *decisions* of the file of decisions and *others* of what other documents say
    about it.  Where grammar
    was to be checked and could not (*unchecked*), the next run does the document again.
    """
    what = {**signature, **_how_read(item, reading), DECISIONS: decisions, OTHERS: others}
    if unchecked:
        what["LanguageTool"] = ""
    return Entry(
        item.name,
        str(item.path),
        sha256 or digest(item.path),
        what,
        outcome.status.value,
        outcome.code,
        outcome.message,
        outputs_of(item.name, reading.format) if outcome.status is Status.CLEANED else (),
        as_json(outcome.summary),
    )


def documents(folder: Path) -> list[Kept]:
    """The documents that earlier runs cleaned into *folder*, by name."""
    return [Kept(entry) for entry in known(folder).values() if entry.outputs]


def document_of(folder: Path, report: str) -> Kept | None:
    """The document whose report is at *report* below *folder*; None where no earlier run cleaned one."""
    entry = known(folder).get(reported(report))
    return Kept(entry) if entry and entry.outputs else None


def _reading(entry: Entry) -> Reading:
    """How the document was read; of what was taken for a text the format is not asked about again."""
    reading = AS_IT_LOOKS
    with suppress(ValueError):  # it may be somebody else's
        reading = Reading.of_json(entry.signature.get(READING, ""))
    if reading.format is None and reader_of(Path(entry.path)) is None:
        return replace(reading, format=SourceFormat.TEXT)
    return reading


def recorded(folder: Path, document: Kept) -> Record:
    """What the last run did to the document, from what it wrote.

    Raises :class:`DocumentProblem` where the text is another by now, or the outputs are.
    """
    file = edits_of(document.name)
    item = document.source
    read = read_document(item.path, item.name, reading=item.reading or AS_IT_LOOKS)
    try:
        record = edits_json.read(read_below(folder, file).decode(), read.text)
        return replace(record, layout=read.layout)
    except (OSError, ValueError) as error:
        raise DocumentProblem(
            "behind", f"{file} is missing or of another text by now; mtclean run makes it anew"
        ) from error


def is_behind(folder: Path, document: Kept) -> bool:
    """Whether something was decided that the document's outputs do not show yet."""
    return _differs(document, digest_below(folder, _decisions_in(folder, document.name)))


def behind(folder: Path, documents: Iterable[Kept]) -> Iterator[Kept]:
    """Those of *documents* that :func:`is_behind` says it of; the files of the folder are looked for once."""
    there = files_below(folder)
    for document in documents:
        file = _called(document.name, there.__contains__)
        decided = digest_below(folder, file) if file in there else ""
        if _differs(document, decided):
            yield document


def _differs(document: Kept, decided: str) -> bool:
    """Whether *decided*, the digest of its decisions, is none that it was made by."""
    return document.entry.signature.get(DECISIONS, "") != decided


def rows(entries: Iterable[Entry]) -> Iterator[Row]:
    """A row of the page of all documents for each entry."""
    for entry in entries:
        report = report_of(entry.name) if entry.outputs else ""
        yield Row(entry.name, report, from_json(entry.summary), entry.status, entry.message)


def complete(folder: Path, kept: Iterable[Entry] = ()) -> str:
    """Put right what an earlier run could not, or was killed before it did; what there is to know.

    That is the page of all documents, a damaged ledger, and whose *kept* are, which this run has read.
    Raises :class:`mtclean.documents.FolderBusy` and :class:`mtclean.documents.DocumentProblem`.
    """
    before = read_rows(folder)
    strange = [entry for entry in kept if not entry.ours]
    listed = is_there(folder, INDEX) and is_listed(folder)
    if not (before.lost or strange) and (listed or not before.entries):
        return ""
    with locked(folder), opened(folder) as ledger:
        take_over(strange, ledger)
        write_index(folder, ledger)
        return ledger.trouble


def take_over(kept: Iterable[Entry], ledger: Ledger) -> None:
    """Make those documents ours that somebody else's run made of what this user has now named."""
    if strange := [replace(entry, ours=True) for entry in kept if not entry.ours]:
        ledger.record(strange)


def write_index(folder: Path, ledger: Ledger) -> None:
    """Write the page of all documents.  Raises :class:`DocumentProblem` where it cannot be."""
    write_together(folder, {INDEX: batch_page(rows(ledger.entries().values())).encode()})
    ledger.all_listed()
