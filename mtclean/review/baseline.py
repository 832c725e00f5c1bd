"""What a house knows of already: a check that goes by a baseline speaks of what is new."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mtclean.report import Record
from mtclean.report.record import ChangeRecord, FindingRecord, FixRecord, Item
from mtclean.report.terminal import in_order
from mtclean.text.identity import identity_in_lines
from mtclean.text.renames import name_now

SCHEMA = "mtclean.baseline"
VERSION = 1

Known = Counter[tuple[str, str]]
"""How often each thing was said of a document: by its rule, and by its content."""


class UnreadableBaseline(ValueError):
    """The text is not a baseline of this version; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was said of documents when it was made, by the path of each."""

    documents: Mapping[str, Known]

    def new(self, path: str, record: Record) -> Record:
        """*record*, which is of the document *path*, without what was known of it.

        Of what is said more often than it was, the last are new.  A place that a known and a new fix changed
        is new.
        """
        left = Counter(self.documents.get(path, Known()))
        new: list[Item] = []
        for item in in_order(record):
            key = key_of(record, item)
            if left[key] > 0:
                left[key] -= 1
            else:
                new.append(item)
        return _of(record, new)


def known_of(record: Record) -> Known:
    """What is said in *record*."""
    return Counter(key_of(record, item) for item in in_order(record))


def key_of(record: Record, item: Item) -> tuple[str, str]:
    """What is said, by rule and content: the same wherever the line stands."""
    if isinstance(item, FixRecord):
        places = [(edit.original, edit.after) for edit in item.edits]
    else:
        places = [(item.original, "")]
    is_fix = isinstance(item, FixRecord)
    return item.rule, identity_in_lines(record.original, item.rule, places, is_fix)


def write(documents: Mapping[str, Known]) -> str:
    """The baseline as JSON, sorted, each thing on a line of its own; plain ASCII."""
    files: dict[str, dict[str, dict[str, int]]] = {}
    for path, known in documents.items():
        for (rule, content), times in known.items():
            files.setdefault(path, {}).setdefault(rule, {})[content] = times
    made = {"schema": SCHEMA, "version": VERSION, "files": files}
    return json.dumps(made, indent=1, sort_keys=True) + "\n"


def read(text: str) -> Baseline:
    """The baseline in *text*.  Raises :class:`UnreadableBaseline`."""
    try:
        content = json.loads(text)
        if not isinstance(content, dict) or content.get("schema") != SCHEMA:
            raise UnreadableBaseline(f"it is no {SCHEMA} file")
        if content.get("version") != VERSION:
            raise UnreadableBaseline(
                f"it is of version {content.get('version')!r:.20}; this mtclean reads version {VERSION}"
            )
        return Baseline({path: _known(rules) for path, rules in content["files"].items()})
    except UnreadableBaseline:
        raise
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError) as error:
        raise UnreadableBaseline("it is damaged") from error


def _known(rules: Mapping[str, Mapping[str, Any]]) -> Known:
    return Counter(
        {
            (name_now(rule), content): int(times)
            for rule, contents in rules.items()
            for content, times in contents.items()
        }
    )


def _of(record: Record, items: Iterable[Item]) -> Record:
    """*record* with nothing but *items*, which are in its order."""
    fixes = [item for item in items if isinstance(item, FixRecord)]
    findings = tuple(item for item in items if isinstance(item, FindingRecord))
    numbers = {fix.number: number for number, fix in enumerate(fixes)}
    spoke = {fix.rule for fix in fixes} | {finding.rule for finding in findings}
    return replace(
        record,
        fixes=tuple(replace(fix, number=number) for number, fix in enumerate(fixes)),
        findings=findings,
        changes=tuple(_changes(record.changes, numbers)),
        rules={id: note for id, note in record.rules.items() if id in spoke},
    )


def _changes(changes: Iterable[ChangeRecord], numbers: Mapping[int, int]) -> Iterable[ChangeRecord]:
    for change in changes:
        if made := tuple(numbers[number] for number in change.fixes if number in numbers):
            yield replace(change, fixes=made)
