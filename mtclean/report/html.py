"""``NAME.report.html``: the record as one page to read, without network, server or framework.

Nothing from the document can run: see :mod:`mtclean.report.page`.  The text's markup is made by
:mod:`mtclean.report.body`, which escapes everything, and data for the script is JSON in which ``<``
cannot occur.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from markupsafe import Markup

from mtclean.report.body import blocks
from mtclean.report.edits_json import one_line
from mtclean.report.page import rendered
from mtclean.report.places import Places
from mtclean.report.record import EXCERPT, EditRecord, FixRecord, Record
from mtclean.report.summary import penalty_of, summary_of
from mtclean.report.visible import shown
from mtclean.text import Applicability, Severity, Span

_CONTEXT = 36
"""Code points of the original a card shows on each side of a change."""
_SPACES = {ord(" "): "·", ord("\n"): "¶", ord("\t"): "⇥"}
_LONGEST = 400
"""Code points a card shows of one text; the page itself shows all."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: addresses, each empty where there is none, and a note for the reader.

    ``save`` is where a review server takes decisions; a page that is a file keeps them in the
    browser and exports them.
    """

    index: str = ""
    previous: str = ""
    next: str = ""
    save: str = ""
    note: str = ""


def html_report(record: Record, place: Place = Place()) -> str:
    """The report page of *record*; it always encodes to UTF-8, in which it must be written."""
    return rendered(
        "report",
        record=record,
        place=place,
        summary=summary_of(record),
        penalty=penalty_of(record),
        severities=list(Severity),
        stages=list(_stages(record)),
        data=Markup(_data(record)),  # noqa: S704 - JSON without "<"
        text=Markup("".join(blocks(record))),  # noqa: S704 - escaped where it is made
    )


class RuleRow(NamedTuple):
    """A line of the summary: how often a rule spoke, and where it first did.

    ``first`` is empty where nothing is left to see, because other fixes undid the rule's.
    """

    rule: str
    summary: str
    first: str
    applied: int
    suggested: int
    findings: dict[Severity, int]

    @property
    def total(self) -> int:
        """How often the rule spoke."""
        return self.applied + self.suggested + sum(self.findings.values())


class StageRows(NamedTuple):
    """A stage's lines of the summary, and the longest line of all stages."""

    stage: str
    rows: list[RuleRow]
    longest: int


def _stages(record: Record) -> Iterator[StageRows]:
    """The stages that spoke, in order, each with its rules, the busiest first."""
    spoken = [(fix.stage, fix.rule, fix.id) for fix in record.fixes]
    spoken += [(finding.stage, finding.rule, finding.id) for finding in record.findings]
    marked = {n for change in record.changes for n in change.fixes}
    unmarked = {fix.id for fix in record.applied if fix.number not in marked}
    firsts = {(stage, rule): id for stage, rule, id in reversed(spoken) if id not in unmarked}
    applied = Counter((fix.stage, fix.rule) for fix in record.applied)
    held = Counter((fix.stage, fix.rule) for fix in record.held)
    findings = Counter((f.stage, f.rule, f.severity) for f in record.findings)
    rows: dict[str, list[RuleRow]] = {}
    for stage, rule in dict.fromkeys((stage, rule) for stage, rule, _ in spoken):
        key = (stage, rule)
        counts = {
            s: findings[stage, rule, s] for s in reversed(Severity) if findings[stage, rule, s]
        }
        note = record.rules[rule].summary if rule in record.rules else ""
        row = RuleRow(rule, note, firsts.get(key, ""), applied[key], held[key], counts)
        rows.setdefault(stage, []).append(row)
    longest = max((row.total for part in rows.values() for row in part), default=1)
    for stage in (stage for stage in record.stages if stage in rows):
        part = rows[stage]
        yield StageRows(stage, sorted(part, key=lambda row: (-row.total, row.rule)), longest)


class _Names:
    """Numbers for strings that are said often."""

    def __init__(self) -> None:
        self.all: dict[str, int] = {}

    def number(self, name: str) -> int:
        return self.all.setdefault(name, len(self.all))

    def shown(self) -> list[str]:
        return [shown(name) for name in self.all]


def _data(record: Record) -> str:
    """What the script shows in the card of a change or finding, as JSON that is safe in a page.

    Every string in it that is shown is spelt out already: the script only ever sets text.
    """
    names, places = _Names(), Places(record)
    data: dict[str, object] = {
        "changes": [change.fixes for change in record.changes],
        "fixes": [_fix_data(record, fix, names, places) for fix in record.fixes],
        "findings": [
            {
                "id": f.id,
                "rule": names.number(f.rule),
                "stage": names.number(f.stage),
                "severity": f.severity.value,
                "category": names.number(f.category),
                "message": names.number(f.message),
                **_segment(f.original, names, places),
                "suggestions": [_brief(s) for s in f.suggestions[:5]],
                "excerpt": _brief(f.excerpt),
                "decision": f.decision.value if f.decision else None,
                **_editable(f.suggestions[0] if f.suggestions else f.excerpt, f.original),
            }
            for f in record.findings
        ],
        "rules": {
            names.number(id): [shown(note.category), shown(note.summary), _rest(note.explanation)]
            for id, note in record.rules.items()
        },
    }
    data["names"] = names.shown()
    data["document"] = record.source.name
    data["file"] = shown(PurePosixPath(record.source.name).name)
    data["stale"] = [decision.as_object() for decision in record.stale]
    text = one_line(data)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _fix_data(record: Record, fix: FixRecord, names: _Names, places: Places) -> dict[str, object]:
    return {
        "id": fix.id,
        "rule": names.number(fix.rule),
        "stage": names.number(fix.stage),
        "state": fix.state,
        "reason": names.number(fix.reason),
        **_segment(fix.original, names, places),
        "edits": [_edit_data(record.original, edit) for edit in fix.edits],
        "safe": fix.applicability is Applicability.SAFE,
        "decision": fix.decision.value if fix.decision else None,
        **(_editable(fix.edits[0].after, fix.edits[0].original) if len(fix.edits) == 1 else {}),
    }


def _segment(span: Span, names: _Names, places: Places) -> dict[str, int]:
    return {"segment": names.number(label)} if (label := places.label(span)) else {}


def _editable(text: str, span: Span) -> dict[str, str]:
    """What a person starts from who writes their own text; nothing for what is long.

    It is the only text that is not spelt out: it goes into an input field and back into the text.
    """
    return {"text": text} if max(len(text), span.end - span.start) <= EXCERPT else {}


def _edit_data(original: str, edit: EditRecord) -> list[str]:
    """Context, before, after, context; the context in whole words."""
    start, end = edit.original
    left = original[max(0, start - _CONTEXT) : start]
    right = original[end : end + _CONTEXT]
    if start > _CONTEXT:
        left = "…" + (left.partition(" ")[2] or left)
    if end + _CONTEXT < len(original):
        right = (right.rpartition(" ")[0] or right) + "…"
    return [shown(left), _changed(edit.before), _changed(edit.after), shown(right)]


def _changed(text: str) -> str:
    """A text of a change: all there is can be seen, spaces too."""
    return shown(_cut(text).translate(_SPACES), quiet=True)


def _brief(text: str) -> str:
    return shown(_cut(text), quiet=True)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _rest(explanation: str) -> list[str]:
    """The paragraphs of an explanation after its summary line."""
    return [shown(part) for part in _paragraphs(explanation.partition("\n")[2])]


def _paragraphs(text: str) -> Iterable[str]:
    return (" ".join(part.split()) for part in text.split("\n\n") if part.strip())
