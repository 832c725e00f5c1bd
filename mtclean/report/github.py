"""The record as workflow commands of GitHub Actions, which shows them beside the lines they are about.

``::warning file=a.md,line=3,col=5,title=doubled-word::The word is doubled: the the → the``; what would end a
value is escaped as GitHub's runner reads it (docs.github.com, “Workflow commands”).
"""

from __future__ import annotations

from collections.abc import Iterator

from mtclean.report.places import Places
from mtclean.report.record import FixRecord, Item, Record
from mtclean.report.terminal import in_order, message_of
from mtclean.report.visible import shown
from mtclean.text import Severity

_COMMANDS = {Severity.NEUTRAL: "notice", Severity.MINOR: "warning", Severity.MAJOR: "error"}


def workflow_commands(record: Record) -> Iterator[str]:
    """A line for each fix and finding of *record*, in the order of the original."""
    places = Places(record)
    file = _property(shown(record.source.name))
    for item in in_order(record):
        line, column = places.position(item.original.start)
        title = _property(shown(item.rule) or "mtclean")
        said = message_of(record, item)
        place = f"file={file},line={line},col={column}"
        if places.in_archive:
            place, said = f"file={file}", f"{places.label(item.original)}: {said}"
        yield f"::{_COMMANDS[_severity(item)]} {place},title={title}::{_data(said)}"


def _severity(item: Item) -> Severity:
    """A change counts as minor, whatever its rule's defects weigh in a text they stay in."""
    return Severity.MINOR if isinstance(item, FixRecord) and item.applied else item.severity


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
