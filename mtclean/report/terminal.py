"""Changes, suggestions and findings as lines for people, lines for programs, and a table.

Nothing of a document reaches the terminal raw: what cannot be seen is spelt out, so that no
escape sequence or right-to-left override in a text or name can repaint the screen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.table import Table
from rich.text import Text

from mtclean.report.edits_json import finding_object, fix_object, one_line
from mtclean.report.pieces import pieces, words
from mtclean.report.places import Places
from mtclean.report.record import ChangeRecord, EditRecord, FindingRecord, FixRecord, Item, Record
from mtclean.report.summary import Summary, badness
from mtclean.report.visible import shown
from mtclean.text import Severity

_CONTEXT = 16
"""Code points of the original shown on each side of an edit, at most; whole words."""
_STATES = {"applied": "fix", "suggested": "suggestion", "declined": "declined"}
_LONGEST = 72
"""Code points shown of one text before it is cut."""


def text_lines(record: Record) -> Iterator[str]:
    """A line for each fix and finding, in the order of the original, for ``mtclean check``.

    ``NAME:line:col: rule severity message`` for a finding, with what could stand instead;
    ``NAME:line:col: rule fix reason: before → after`` for a fix, and ``suggestion`` or ``declined``
    in place of ``fix`` where it was not made.  Places are those of the original; the segment it is in stands
    at the end, in brackets, or in an archive, which has no lines, in place of line and column.
    """
    places = Places(record)
    name = shown(record.source.name)
    for item in in_order(record):
        line, column = places.position(item.original.start)
        kind = _STATES[item.state] if isinstance(item, FixRecord) else item.severity.value
        label = shown(places.label(item.original))
        where = label if places.in_archive else f"{line}:{column}"
        segment = f" [{label}]" if label and not places.in_archive else ""
        said = message_of(record, item)
        yield f"{name}:{where}: {shown(item.rule) or '-'} {kind} {said}{segment}"


def in_order(record: Record) -> list[Item]:
    """Fixes and findings together, by their place in the original."""
    return sorted(record.items, key=lambda item: item.original)


def message_of(record: Record, item: Item) -> str:
    """What is said of *item*, on one line: why and what a fix does, what is to be looked at."""
    if isinstance(item, FixRecord):
        return f"{_because(item)}{before_after(record, item)}{_meant(item)}"
    return f"{_message(item)}{_meant(item)}"


def _meant(item: Item) -> str:
    """The place in the source that *item* is about, unless what is said quotes it."""
    if item.source is None or item.source.place is None:
        return ""
    meant = _brief(item.source.text[slice(*item.source.place)])
    said = (item.reason,) if isinstance(item, FixRecord) else (item.message, item.excerpt)
    is_told = not meant or any(meant in shown(part, quiet=True) for part in said)
    return "" if is_told else f" (in the source: {meant})"


def json_lines(record: Record) -> Iterator[str]:
    """A JSON object for each fix and finding, in the order of the original, one to a line.

    The object is that of ``NAME.edits.json``, with ``kind`` (``fix`` or ``finding``), the
    document's ``name``, and ``line`` and ``column`` of its place in the original.
    """
    places = Places(record)
    for item in in_order(record):
        line, column = places.position(item.original.start)
        is_fix = isinstance(item, FixRecord)
        content = (
            fix_object(item, places)
            if isinstance(item, FixRecord)
            else finding_object(item, places)
        )
        place = {"name": record.source.name, "line": line, "column": column}
        yield one_line({**content, **place, "kind": "fix" if is_fix else "finding"})


def before_after(record: Record, fix: FixRecord) -> str:
    """What *fix* does, each edit among the words around it: ``late.The → late. The``."""
    return "; ".join(_among_words(record.original, edit) for edit in fix.edits)


def summary_table(rows: Iterable[tuple[Summary, str]]) -> Table:
    """A table of documents, the worst first, each with the path of its report (or an empty string)."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("document", overflow="fold")
    table.add_column("changed", overflow="fold")
    table.add_column("suggested", justify="right")
    table.add_column("findings", overflow="fold")
    table.add_column("score", justify="right")
    table.add_column("report", overflow="fold")
    for summary, report in sorted(rows, key=lambda row: badness(row[0])):
        table.add_row(
            Text(shown(summary.name)),
            Text(by_stage(summary)),
            Text(str(sum(summary.suggested.values()) or "–")),
            findings_text(summary),
            Text(summary.score_in_words),
            Text(shown(report)),
        )
    return table


def by_stage(summary: Summary) -> str:
    """The fixes made: ``35 normalize, 2 grammar``, or a dash."""
    return ", ".join(f"{n} {shown(stage)}" for stage, n in summary.changes.items()) or "–"


def by_severity(summary: Summary) -> str:
    """The findings, the worst first: ``2 major, 5 minor``, or a dash."""
    counts = Counter(summary.findings)
    return ", ".join(f"{counts[s]} {s.value}" for s in reversed(Severity) if counts[s]) or "–"


def findings_text(summary: Summary) -> Text:
    """:func:`by_severity` in the colours of the report."""
    text = Text(by_severity(summary))
    text.highlight_regex(r"\d+ major", "red")
    text.highlight_regex(r"\d+ minor", "yellow")
    return text


def _because(fix: FixRecord) -> str:
    return f"{shown(fix.reason).rstrip('.')}: " if fix.reason else ""


def _message(finding: FindingRecord) -> str:
    """The message, the words it is about unless it quotes them, and what could stand instead."""
    message = shown(finding.message).rstrip(".")
    excerpt = _brief(finding.excerpt)
    if excerpt and excerpt not in message:
        message += f": {excerpt}"
    if finding.suggestions:
        message += f" → {' / '.join(_brief(s) for s in finding.suggestions[:3])}"
    return message


def _among_words(original: str, edit: EditRecord) -> str:
    start, end = edit.original
    left = original[max(0, start - _CONTEXT) : start]
    right = original[end : end + _CONTEXT]
    left = left[len(left) - len(_last_word(left)) :]
    right = _first_word(right)
    before, after = _brief(edit.before), _brief(edit.after)
    return f"{shown(left)}{before}{shown(right)} → {shown(left)}{after}{shown(right)}"


def _last_word(text: str) -> str:
    parts = text.split()
    return parts[-1] if parts and not text[-1].isspace() else ""


def _first_word(text: str) -> str:
    parts = text.split(maxsplit=1)
    return parts[0] if parts and not text[0].isspace() else ""


def _brief(text: str) -> str:
    return shown(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…", quiet=True)


def marked_text(record: Record, coloured: bool = False) -> Text:
    """The whole text with its changes in place, as ``[-old-]{+new+}`` where there is no colour.

    What is said about a place stands behind it, in brackets.  Lines end as in the text; everything
    else that cannot be seen is spelt out, and in what changes every space that is not plain and
    every end of a line (``¶``).
    """
    text = Text()
    for piece in pieces(record):
        if isinstance(piece, str):
            text.append(_by_line(piece, "\n"))
        elif isinstance(piece, ChangeRecord):
            if piece.before:
                out = _by_line(piece.before, "¶\n", quiet=True)
                text.append(out if coloured else f"[-{out}-]", "red strike")
            if piece.after:
                new = _by_line(piece.after, "¶\n", quiet=True)
                text.append(new if coloured else f"{{+{new}+}}", "green underline")
        else:
            text.append(f"[{shown(words(piece), quiet=True)}]", "dim italic")
    return text


def _by_line(text: str, ending: str, quiet: bool = False) -> str:
    return ending.join(shown(line, quiet) for line in text.replace("\r\n", "\n").split("\n"))
