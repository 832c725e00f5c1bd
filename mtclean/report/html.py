"""``NAME.report.html``: the record as one page to read, without network, server or framework.

Nothing from the document can run: see :mod:`mtclean.report.page`.  The text's markup is made by
:mod:`mtclean.report.body`, which escapes everything, and data for the script is JSON in which ``<``
cannot occur.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import PurePosixPath
from typing import NamedTuple

from markupsafe import Markup

from mtclean.formats.layout import BETWEEN
from mtclean.report.body import blocks
from mtclean.report.direction import direction_of
from mtclean.report.edits_json import decided_object
from mtclean.report.excerpt import LONGEST, Excerpts, as_change, as_line, as_words
from mtclean.report.packing import packed
from mtclean.report.page import page_json, streamed
from mtclean.report.places import Places
from mtclean.report.record import (
    EXCERPT,
    FindingRecord,
    FixRecord,
    Item,
    Record,
    RuleNote,
    SourceText,
)
from mtclean.report.summary import Summary, penalty_of, summary_of
from mtclean.report.titles import kind_of, title_of
from mtclean.report.visible import shown
from mtclean.text import Applicability, Severity, Span

_PIECES = 200
"""Pieces of a page that are worth sending by themselves: its beginning with the style sheet, then some hundred marks each."""
_MOST_MARKS = 20_000
"""Marks of a page that is not packed: it is seven megabytes then."""
_FIRST = 300
"""Blocks of a packed page that can be read at once, and without scripts."""
_TOGETHER = 200
"""Items of the data that are written at once."""
_LONGEST_EDITED = 2_000
"""Code points of what a finding points at that are changed on a page, and not in an editor."""
_CANDIDATES = 5
"""How many texts a finding offers, each on a key."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left to decide in the other documents of a batch, and the next of them.

    ``href`` is where that stands, ``name`` what it is called and ``open`` what is left in it; the
    first is empty where there is none.  ``total`` counts all documents, this one too.
    """

    items: int = 0
    documents: int = 0
    href: str = ""
    name: str = ""
    open: int = 0
    total: int = 1


@dataclass(frozen=True, slots=True)
class Navigation:
    """Where a page stands: addresses, each empty where there is none, and a note for the reader.

    ``save`` is where a review server takes decisions; a page that is a file keeps them in the
    browser and exports them.  ``open`` is the page of everything that is open in all documents, and
    ``texts`` says where the cleaned texts are.  ``house`` is the page of what a rule's being settled for good would change.
    """

    index: str = ""
    previous: str = ""
    next: str = ""
    save: str = ""
    note: str = ""
    open: str = ""
    texts: str = ""
    house: str = ""
    rest: Rest = Rest()


@dataclass(frozen=True, slots=True)
class Body:
    """What takes its time of a page, and is the same wherever that stands: the text as HTML, the data, the figures.

    Text and data are made as they are read, once, in this order; empty for a page that shows the text already, and
    wants the figures.  Of one that ``is_packed`` the ``rest`` of the text and the data are as :mod:`mtclean.report.packing` has them.
    """

    text: Iterable[str]
    data: Iterable[str]
    summary: Summary
    stages: tuple[StageRows, ...]
    is_packed: bool = False
    rest: Iterable[str] = ()


def body_of(record: Record, summary: Summary | None = None, *, with_text: bool = True) -> Body:
    """The body of the page of *record*, whose *summary* is made where it is left out."""
    figures = summary or summary_of(record), tuple(_stages(record))
    if not with_text:
        return Body((), (), *figures)
    text, data = blocks(record), _data(record)
    if len(record.changes) + len(record.items) - len(record.applied) <= _MOST_MARKS:
        return Body(text, data, *figures)
    return Body(islice(text, _FIRST), packed(data), *figures, is_packed=True, rest=packed(text))


def html_report(record: Record, place: Navigation = Navigation(), body: Body | None = None) -> str:
    """The report page of *record*; it always encodes to UTF-8, in which it must be written.

    Its *body* is made where it is left out.
    """
    return "".join(report_parts(record, place, body or body_of(record)))


def report_parts(record: Record, place: Navigation, body: Body) -> Iterator[str]:
    """The report page of *record* in parts, as they are made: the text comes before there is any data."""
    pieces = _pieces(record, place, body)
    while some := [*islice(pieces, _PIECES)]:
        yield "".join(some)


def _pieces(record: Record, place: Navigation, body: Body) -> Iterator[str]:
    return streamed(
        "report",
        "item.js",
        "written.js",
        record=record,
        place=place,
        summary=body.summary,
        penalty=penalty_of(record),
        severities=list(Severity),
        stages=body.stages,
        direction=direction_of(record.source.language),
        data=map(Markup, body.data),  # JSON without "<"
        text=map(Markup, body.text),  # escaped where it is made
        is_packed=body.is_packed,
        rest=map(Markup, body.rest),
    )


class RuleRow(NamedTuple):
    """A line of the summary: how often a rule spoke, and where it first did.

    ``kind`` is what the rule finds, in words; ``first`` is empty where nothing is left to see, because other fixes undid the rule's.
    """

    kind: str
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
    kinds = {fix.rule: fix.category for fix in record.fixes}
    kinds |= {finding.rule: finding.category for finding in record.findings}
    rows: dict[str, list[RuleRow]] = {}
    for stage, rule in dict.fromkeys((stage, rule) for stage, rule, _ in spoken):
        key = (stage, rule)
        counts = {
            s: findings[stage, rule, s] for s in reversed(Severity) if findings[stage, rule, s]
        }
        note = record.rules[rule].summary if rule in record.rules else ""
        kind = kind_of(rule, kinds[rule])
        row = RuleRow(kind, rule, note, firsts.get(key, ""), applied[key], held[key], counts)
        rows.setdefault(stage, []).append(row)
    longest = max((row.total for part in rows.values() for row in part), default=1)
    for stage in (stage for stage in record.stages if stage in rows):
        part = rows[stage]
        yield StageRows(stage, sorted(part, key=lambda row: (-row.total, row.rule)), longest)


class Names:
    """Numbers for strings that are said often."""

    def __init__(self) -> None:
        self.all: dict[str, int] = {}

    def number(self, name: str) -> int:
        """The number of *name*, the same each time."""
        return self.all.setdefault(name, len(self.all))

    def shown(self) -> list[str]:
        """The strings in the order of their numbers, as people may see them."""
        return [shown(name) for name in self.all]


def _data(record: Record) -> Iterator[str]:
    """What the script shows in the card of a change or finding, as JSON that is safe in a page; made when it is asked for.

    Every string in it that is shown is spelt out already: the script only ever sets text.
    """
    names, places, excerpts = Names(), Places(record), Excerpts.of(record)

    def shown_item(item: Item) -> dict[str, object]:
        segment = places.label(item.original)
        where = {"segment": names.number(segment)} if segment else {}
        return {**item_data(excerpts, item, names), **where, **_source_data(item.source)}

    yield '{"changes": '
    yield from _listed(change.fixes for change in record.changes)
    yield ', "fixes": '
    yield from _listed(map(shown_item, record.fixes))
    yield ', "findings": '
    yield from _listed(map(shown_item, record.findings))
    rules = {names.number(id): _said_of(note) for id, note in record.rules.items()}
    others = {
        "rules": rules,
        "names": names.shown(),
        "document": record.source.name,
        "file": shown(PurePosixPath(record.source.name).name),
        "stale": [decision.as_object() for decision in record.stale],
    }
    yield f", {page_json(others)[1:]}"


def _listed(values: Iterable[object]) -> Iterator[str]:
    """*values* as a list in JSON, never whole in memory."""
    left, sign = iter(values), "["
    while some := list(islice(left, _TOGETHER)):
        yield sign + page_json(some)[1:-1]
        sign = ", "
    yield "]" if sign != "[" else "[]"


def item_data(excerpts: Excerpts, item: Item, names: Names) -> dict[str, object]:
    """What scripts need to show *item* and to decide on it; ``item.js`` reads it."""
    is_compared = item.source is not None and item.source.place is not None
    source = _source_data(item.source) if is_compared else {}
    if isinstance(item, FindingRecord):
        return {**_finding_data(excerpts, item, names), **source}
    return {**_fix_data(excerpts, item, names), **source}


def _source_data(source: SourceText | None) -> dict[str, object]:
    """The text that the unit is the translation of: what stands before the place that is meant, that, and what follows."""
    if source is None:
        return {}
    excerpts, place = Excerpts.of_source(source.text), source.place or Span(0, 0)
    if len(source.text) <= LONGEST:
        left, right = Span(0, place.start), Span(place.end, len(source.text))
        return {"source": [excerpts.inside(span, as_line) for span in (left, place, right)]}
    before, after = excerpts.around(place)
    return {"source": [before, excerpts.inside(place, as_words), after]}


def _fix_data(excerpts: Excerpts, fix: FixRecord, names: Names) -> dict[str, object]:
    return {
        "id": fix.id,
        "rule": names.number(fix.rule),
        "title": names.number(title_of(fix)),
        "stage": names.number(fix.stage),
        "state": fix.state,
        "reason": names.number(fix.reason),
        "edits": [excerpts.line(edit) for edit in fix.edits],
        "safe": fix.applicability is Applicability.SAFE,
        **decided_object(fix),
        **(_editable(fix.edits[0].after, fix.edits[0].original) if len(fix.edits) == 1 else {}),
    }


def _finding_data(excerpts: Excerpts, finding: FindingRecord, names: Names) -> dict[str, object]:
    place = finding.original
    left, right = excerpts.around(place)
    candidates = [text for text in finding.suggestions if _editable(text, finding.original)][
        :_CANDIDATES
    ]
    return {
        "id": finding.id,
        "isFinding": True,
        "rule": names.number(finding.rule),
        "title": names.number(title_of(finding)),
        "stage": names.number(finding.stage),
        "severity": finding.severity.value,
        "category": names.number(finding.category),
        "message": names.number(finding.message),
        "quote": [left, excerpts.quote(finding.excerpt, place, as_words), right],
        "candidates": [
            [text, excerpts.put(text, place, as_words if text.strip() else as_change)]
            for text in candidates
        ],
        **decided_object(finding),
        **(_editable(candidates[0], place) if candidates else _pointed_at(excerpts, finding)),
    }


def _editable(text: str, span: Span) -> dict[str, str]:
    """What a person starts from who writes their own text; nothing for what is long.

    It and what a finding offers are the only texts not spelt out: they go back into the text.
    """
    return {"text": text} if max(len(text), span.end - span.start) <= EXCERPT else {}


def _pointed_at(excerpts: Excerpts, finding: FindingRecord) -> dict[str, str]:
    """The same of what a finding points at, which may be a long sentence of one segment: people want to translate it."""
    text = excerpts.text[slice(*finding.original)]
    is_there = text[: EXCERPT - 1] == finding.excerpt[: EXCERPT - 1]
    is_one = len(text) <= _LONGEST_EDITED and BETWEEN not in text
    if len(text) > EXCERPT and is_there and is_one:
        return {"text": text}
    return _editable(finding.excerpt, finding.original)


@lru_cache(maxsize=1024)
def _said_of(note: RuleNote) -> tuple[str, str, tuple[str, ...]]:
    """Category, summary and the other paragraphs of the explanation."""
    paragraphs = tuple(map(shown, _paragraphs(note.explanation)))
    return shown(note.category), shown(note.summary), paragraphs[1:]


def _paragraphs(text: str) -> Iterable[str]:
    return (" ".join(part.split()) for part in text.split("\n\n") if part.strip())
