"""What comes of a draft, as files: the cleaned text, the diff, and all that is written beside them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path
from typing import NamedTuple

from mtclean.documents import (
    DocumentProblem,
    Unplaced,
    as_utf8,
    put_in_place,
    reads_as,
)
from mtclean.documents.outputs import INDEX, outputs_of, report_of, tracked_of
from mtclean.documents.write import Content
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import Draft
from mtclean.pipeline.written import written
from mtclean.report import (
    Navigation,
    Record,
    Summary,
    body_of,
    edits_json,
    in_the_file,
    report_parts,
    summary_of,
    unified_diff,
)
from mtclean.report.tracked import tracked_docx


def cleaned_bytes(work: Draft) -> bytes:
    """The cleaned text as a file: encoding, newlines and byte-order mark as in the original.

    Where a repaired character is not in that encoding, or the file would be read as another text, it is UTF-8
    and a warning says so.
    """
    text, decoded = work.trail.text, work.document.decoded
    if not work.document.is_text:
        return _file_with(work)
    try:
        data = decoded.encode(text)
        if text == decoded.text or reads_as(data, text):
            return data
        reason = f"The cleaned text would be misread in {decoded.encoding}"
    except UnicodeEncodeError as error:
        reason = (
            f"The cleaned text has {error.object[error.start]!a}, which {error.encoding} cannot "
            "write"
        )
    work.warnings.append(f"{reason}: it was saved as UTF-8, and so was the diff.")
    return as_utf8(text)


def _file_with(work: Draft) -> bytes:
    """The file of *work* with what was changed in its prose."""
    try:
        return work.document.encoded(written(work))
    except UnicodeEncodeError as error:
        character = error.object[error.start]
        raise DocumentProblem(
            "encoding", f"not written: it would get {character!a}, which {error.encoding} lacks"
        ) from error


def diff_of(work: Draft) -> bytes:
    """The unified diff that makes the cleaned file of the original by ``patch`` or ``git apply``; empty where none is due.

    Raises :class:`DocumentProblem` where no diff can do that, as in an archive or in UTF-16.
    """
    cleaned = cleaned_bytes(work)
    if cleaned == work.document.data:
        return b""
    record = in_the_file(account(work))
    record = replace(record, source=replace(record.source, name=work.document.name))
    diff = _diff_of_lines(work, record, cleaned) if record.layout is None else None
    if diff is not None:
        return diff
    raise DocumentProblem(
        "no_diff",
        "no diff can be made of a file in its format or encoding; mtclean clean writes it",
    )


def _diff(work: Draft, record: Record, cleaned: bytes) -> bytes:
    """The diff in the document's encoding, where that goes line by line; else of the UTF-8 form."""
    record = in_the_file(record)
    diff = _diff_of_lines(work, record, cleaned)
    return unified_diff(record) if diff is None else diff


def _diff_of_lines(work: Draft, record: Record, cleaned: bytes) -> bytes | None:
    """The diff in the document's encoding; None where that does not go line by line."""
    decoded = work.document.decoded
    with suppress(UnicodeEncodeError):
        if decoded.by_lines and cleaned == decoded.encode(record.cleaned()):
            return unified_diff(record, decoded.encode_line)
    return None


def _today() -> date:
    """The day, wherever the machine is."""
    return datetime.now(timezone.utc).date()


class Saved(NamedTuple):
    """What was written of a document, its figures, and where its report is."""

    record: Record
    summary: Summary
    report: Path


def save(work: Draft, output: Path) -> Saved:
    """Write the outputs below the folder *output*.

    They appear together, or none does.  Raises :class:`mtclean.documents.DocumentProblem` where they
    cannot be written.
    """
    saved, files = prepared(work, output)
    (problem,) = put_in_place([files])
    if problem:
        raise problem
    return saved


def prepared(work: Draft, output: Path) -> tuple[Saved, Unplaced]:
    """What :func:`save` gives, and the outputs, written beside their places.

    Changes in a Word document are tracked with the day as their date.  Raises :class:`mtclean.documents.DocumentProblem` where they
    cannot be written.
    """
    cleaned = cleaned_bytes(work)
    record = account(work)
    summary = summary_of(record)
    name = work.document.name
    place = Navigation(index="../" * name.count("/") + INDEX)
    body = body_of(record, summary)
    contents: list[Content] = [
        cleaned,
        (part.encode() for part in edits_json.parts(record, summary)),
        _diff(work, record, cleaned),
        (part.encode("utf-8", "replace") for part in report_parts(record, place, body)),
    ]
    if work.document.format and work.document.format.tracks and tracked_of(name):
        contents.append(tracked_docx(record, work.document.data, f"{_today()}T00:00:00Z"))
    files = dict(zip(outputs_of(name), contents, strict=False))
    return Saved(record, summary, output / report_of(name)), Unplaced(output, files)
