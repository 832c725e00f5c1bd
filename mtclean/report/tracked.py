"""The record in the user's own Word document: what was changed tracked, what is said as comments."""

from __future__ import annotations

from collections.abc import Iterator

from mtclean.formats.docx.tracked import Change, Remark, tracked
from mtclean.report.pieces import words
from mtclean.report.record import FixRecord, Record
from mtclean.text import Edit


def tracked_docx(record: Record, data: bytes, date: str = "") -> bytes:
    """The Word document in *data*, which *record* is of, with the fixes that were made tracked.

    Each has its reason as a comment; suggestions and findings are comments, too, but for those a person has turned
    down.  *date* is when it was made, as ``2026-11-26T00:00:00Z``.
    """
    assert record.layout is not None
    return tracked(data, record.layout, list(_changes(record)), list(_remarks(record)), date)


def _changes(record: Record) -> Iterator[Change]:
    """The changes; a fix is explained where it begins."""
    explained: set[int] = set()
    for change in record.changes:
        fixes = [record.fixes[number] for number in change.fixes if number not in explained]
        explained.update(change.fixes)
        yield Change(Edit(*change.original, change.after), tuple(map(_why, fixes)))


def _why(fix: FixRecord) -> str:
    return f"{fix.rule}: {fix.reason}" if fix.reason else fix.rule


def _remarks(record: Record) -> Iterator[Remark]:
    for fix in record.held:
        if fix.state == "suggested":
            yield Remark(fix.original, words(fix))
    for finding in record.findings:
        if finding.counts:
            yield Remark(finding.original, words(finding))
