"""The record in the user's own Word document: what was changed tracked, what is said as comments."""

from __future__ import annotations

from collections.abc import Iterator

from mtclean.formats.docx.comments import By
from mtclean.formats.docx.tracked import Change, Remark, tracked
from mtclean.report.pieces import decider_of, moment, words, words_of_people
from mtclean.report.record import FixRecord, Record
from mtclean.text import Edit
from mtclean.text.decision import Note


def tracked_docx(record: Record, data: bytes, date: str = "") -> bytes:
    """The Word document in *data*, which *record* is of, with the fixes that were made tracked.

    Each has its reason as a comment; suggestions and findings are comments, too, but for those a person has turned
    down.  Where people gave their names, what they decided and said is theirs, with its time.  *date* is when all else
    was made, as ``2026-11-26T00:00:00Z``.
    """
    assert record.layout is not None
    return tracked(data, record.layout, list(_changes(record)), list(_remarks(record)), date)


def _changes(record: Record) -> Iterator[Change]:
    """The changes; a fix is explained where it begins."""
    explained: set[int] = set()
    for change in record.changes:
        fixes = [record.fixes[number] for number in change.fixes if number not in explained]
        explained.update(change.fixes)
        edit, by = Edit(*change.original, change.after), _by(decider_of(change, record))
        yield Change(edit, tuple(map(_why, fixes)), by)


def _why(fix: FixRecord) -> str:
    return f"{fix.rule}: {fix.reason}" if fix.reason else fix.rule


def _remarks(record: Record) -> Iterator[Remark]:
    for fix in record.held:
        if fix.state == "suggested":
            yield Remark(fix.original, words(fix))
    for finding in record.findings:
        if finding.counts:
            yield Remark(finding.original, words(finding))
    for item in record.items:
        if said := words_of_people(item):
            yield Remark(item.original, said, _by(item.note))


def _by(note: Note | None) -> By:
    return By(note.by, moment(note.at)) if note and note.by else By()
