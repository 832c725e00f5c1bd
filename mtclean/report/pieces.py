"""A record as one stream, for the forms that show a text with its changes in place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

from mtclean.report.difference import narrowed
from mtclean.report.record import ChangeRecord, FindingRecord, Item, Record
from mtclean.text import Verdict
from mtclean.text.decision import Note

Piece = str | ChangeRecord | Item
"""Kept text, a change, or what is said about the text before: a suggestion or a finding."""


def pieces(record: Record) -> Iterator[Piece]:
    """The original with the changes in place, in order; nothing is left out and nothing twice.

    A suggestion or finding comes behind the place it is about, or behind the change that place is
    in.  What a person has called wrong is left out.
    """
    said = _said(record)
    at = 0
    for change in (*map(narrowed, record.changes), None):
        end = change.original.start if change else len(record.original)
        while said and said[-1].original.end <= end:
            remark = said.pop()
            if remark.original.end > at:
                yield record.original[at : remark.original.end]
                at = remark.original.end
            yield remark
        if end > at:
            yield record.original[at:end]
        if change:
            yield change
            at = change.original.end
    yield from reversed(said)


def _said(record: Record) -> list[Item]:
    """What is said and still open, the last first."""
    fixes = [fix for fix in record.held if fix.state == "suggested"]
    findings = [finding for finding in record.findings if finding.counts]
    return sorted([*fixes, *findings], key=lambda item: item.original.end, reverse=True)


def words(remark: Item) -> str:
    """What is said, in one line of the document's own characters: ``rule, minor: why``."""
    if isinstance(remark, FindingRecord):
        return f"{remark.rule}, {remark.severity.value}: {remark.message}"
    edits = "; ".join(f"“{edit.before}” → “{edit.after}”" for edit in remark.edits)
    return f"{remark.rule}, suggestion: {remark.reason} {edits}"


_SAID = {
    Verdict.ACCEPT: "Accepted",
    Verdict.REJECT: "Rejected",
    Verdict.EDIT: "Written by hand",
    Verdict.WRITE: "Written by hand",
}


def decider_of(change: ChangeRecord, record: Record) -> Note | None:
    """Who decided that *change* is to be made, where a person did who gave their name."""
    notes = (record.fixes[number].note for number in change.fixes if record.fixes[number].decision)
    return next((note for note in notes if note and note.by), None)


def words_of_people(item: Item) -> str:
    """What a person said of *item*: how they decided, where they gave their name, and their comment; empty for nothing."""
    if item.note is None:
        return ""
    said = _SAID[item.decision] if item.decision and item.note.by else ""
    return ": ".join(filter(None, (said, item.note.comment)))


def moment(at: str) -> str:
    """When something was said, as Word has it: ``2026-11-26T09:30:00Z``; empty where that is no time."""
    try:
        when = datetime.fromisoformat(at.replace("Z", "+00:00"))
    except ValueError:
        return ""
    return when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if when.tzinfo else ""
