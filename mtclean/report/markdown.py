"""A summary in markdown, for an artifact in Prefect's pages: an index to the reports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from mtclean.report.summary import Summary
from mtclean.report.terminal import by_severity, by_stage
from mtclean.report.visible import shown

_SPECIAL = re.compile(r"""[\\`*_{}\[\]()#+\-.!|~$^=:@"']""")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SAFE_IN_URL = "/:#?=%"


def markdown_summary(rows: Iterable[tuple[Summary, str]]) -> str:
    """A table of documents with links to their reports, then totals and warnings.

    The second part of a row is the report's address (``file:///…``, a path, or empty).  Names and
    messages are escaped: nothing in them becomes markup, a link or an image.
    """
    listed = list(rows)
    table = [
        "| Document | Changed | Suggested | Findings | Score | Report |",
        "| :-- | :-- | --: | :-- | --: | :-- |",
        *(_row(summary, report) for summary, report in listed),
    ]
    warnings = [
        f"- {escaped(summary.name)}: {escaped(warning)}"
        for summary, _ in listed
        for warning in summary.warnings
    ]
    parts = [_totals([summary for summary, _ in listed]), "\n".join(table)]
    if warnings:
        parts.append("**Warnings**\n\n" + "\n".join(warnings))
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """*text* as it reads, on one line, whatever it holds."""
    literal = _SPECIAL.sub(r"\\\g<0>", shown(text))
    return "".join(_ENTITIES.get(c, c) for c in literal)


def _row(summary: Summary, report: str) -> str:
    link = f"[report](<{_address(report)}>)" if report else "–"
    cells = [
        escaped(summary.name),
        escaped(by_stage(summary)),
        str(sum(summary.suggested.values()) or "–"),
        escaped(by_severity(summary)),
        summary.score_in_words,
        link,
    ]
    return f"| {' | '.join(cells)} |"


def _address(report: str) -> str:
    """*report* with everything percent-encoded that could end the link or the cell."""
    return quote(report, safe=_SAFE_IN_URL, errors="surrogateescape")


def _totals(summaries: list[Summary]) -> str:
    changed = sum(sum(s.changes.values()) for s in summaries)
    found = sum(sum(s.findings.values()) for s in summaries)
    documents = f"{len(summaries)} document{'' if len(summaries) == 1 else 's'}"
    return f"{documents}, {changed} fixes made, {found} findings"
