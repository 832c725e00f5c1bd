"""``index.html``: all documents of an output folder, the worst first, as one page without network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from mtclean.report.page import page_json, rendered
from mtclean.report.summary import Summary, badness
from mtclean.report.terminal import by_severity
from mtclean.report.titles import kind_of
from mtclean.report.visible import shown
from mtclean.text import Severity


@dataclass(frozen=True, slots=True)
class Row:
    """A document of the batch.

    ``report`` is the report's path relative to the page, or empty.  ``message`` says why a document
    that has no figures was not cleaned, or what there is to know of one that has.
    """

    name: str
    report: str = ""
    summary: Summary | None = None
    status: str = "cleaned"
    message: str = ""

    @property
    def address(self) -> str:
        """The report's address as a relative link; names that are no UTF-8 keep their bytes."""
        return "./" + quote(self.report, errors="surrogateescape") if self.report else ""

    @property
    def findings(self) -> str:
        """What was found, the worst first."""
        return by_severity(self.summary) if self.summary else ""

    @property
    def penalty(self) -> int:
        """MQM's penalty points, for sorting by what was found."""
        counts = self.summary.findings if self.summary else {}
        return sum(severity.weight * count for severity, count in counts.items())


@dataclass(frozen=True, slots=True)
class RuleLine:
    """How often a rule spoke in the batch, and in how many documents."""

    rule: str
    times: int
    documents: int

    @property
    def title(self) -> str:
        """What the rule finds, in words."""
        return kind_of(self.rule)


_FIRST = 100
"""Documents that are on the page without scripts, too."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A document as the page's table has it: all of it may be seen by people.

    ``cells`` are those after the name, each what it is sorted by and what it says; the last is what is
    left to decide.
    """

    address: str
    name: str
    remarks: list[str]
    cells: list[tuple[float, str]]

    @classmethod
    def of(cls, row: Row, summary: Summary) -> _Line:
        parts = "1 part" if summary.unchecked == 1 else f"{summary.unchecked:,} parts"
        unchecked = f"{parts} not checked" if summary.unchecked else ""
        stale = f", {summary.stale:,} stale" if summary.stale else ""
        remarks = (row.message, *summary.warnings, summary.coverage or unchecked)
        changed, suggested = sum(summary.changes.values()), sum(summary.suggested.values())
        return cls(
            row.address,
            shown(row.name),
            [shown(remark) for remark in remarks if remark],
            [
                (badness(summary)[0], summary.score_in_words),
                *((number, f"{number:,}") for number in (summary.words, changed, suggested)),
                (row.penalty, row.findings),
                (
                    summary.undecided,
                    (f"{summary.undecided:,}" if summary.undecided else "–") + stale,
                ),
            ],
        )


def batch_page(rows: Iterable[Row], open: str = "") -> str:
    """The page of *rows*; it always encodes to UTF-8.

    *open* is the address of all that is open in them; empty where no server gathers it.
    """
    listed = list(rows)
    cleaned = sorted((row for row in listed if row.summary), key=worst_first)
    summaries = [row.summary for row in cleaned if row.summary]
    lines = [_Line.of(row, row.summary) for row in cleaned if row.summary]
    data = [[line.address, line.name, line.remarks, line.cells] for line in lines]
    return rendered(
        "index",
        rows=lines,
        first=lines[:_FIRST],
        open=open,
        data=Markup(page_json(data)),  # noqa: S704 - JSON without "<"
        others=[row for row in listed if not row.summary],
        rules=_rules(summaries),
        words=sum(summary.words for summary in summaries),
        changed=sum(sum(summary.changes.values()) for summary in summaries),
        found={s: sum(summary.findings.get(s, 0) for summary in summaries) for s in Severity},
        undecided=sum(summary.undecided for summary in summaries),
        asked=sum(summary.asked for summary in summaries),
        stale=sum(summary.stale for summary in summaries),
    )


def worst_first(row: Row) -> tuple[float, int, str]:
    """The key by which the page sorts documents that have figures."""
    assert row.summary is not None
    return badness(row.summary)


def _rules(summaries: Sequence[Summary]) -> list[RuleLine]:
    times: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for summary in summaries:
        times.update(summary.rules)
        documents.update(summary.rules.keys())
    lines = (RuleLine(rule, count, documents[rule]) for rule, count in times.items())
    return sorted(lines, key=lambda line: (-line.times, line.rule))
