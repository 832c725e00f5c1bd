"""What the files that come of a document are called, below the output folder.

A document has the name of its file, ``letters/anna.md``; so has its cleaned text, and the others
have it with an ending behind.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from mtclean.documents.formats import SourceFormat, reader_of

EDITS = ".edits.json"
DIFF = ".diff"
REPORT = ".report.html"
DECISIONS = ".decisions.json"
TRACKED = ".tracked"
"""Before the ending of the name."""

INDEX = "index.html"
"""The page of all documents."""


def edits_of(name: str) -> str:
    """The path of the edits of the document *name*."""
    return name + EDITS


def report_of(name: str) -> str:
    """The path of the report on the document *name*."""
    return name + REPORT


def reported(report: str) -> str:
    """The name of the document whose report is at the path *report*; empty where that is no report's."""
    return report[: -len(REPORT)] if report.endswith(REPORT) else ""


def decisions_of(name: str) -> str:
    """The path of what people decided on the document *name*."""
    return name + DECISIONS


def tracked_of(name: str) -> str:
    """The path of the document *name* with its changes tracked; empty where its ending is of no format that has such."""
    format = reader_of(name)
    if not (format and format.tracks):
        return ""
    path = PurePosixPath(name)
    return str(path.with_stem(path.stem + TRACKED))


def outputs_of(name: str, format: SourceFormat | None = None) -> tuple[str, ...]:
    """The files that a run writes for the document *name*: text, edits, diff and report, and its changes tracked.

    *format* is what it is said to be, whatever its name says.
    """
    files = (name, edits_of(name), name + DIFF, report_of(name))
    tracked = tracked_of(name) if format in (None, SourceFormat.DOCX) else ""
    return (*files, tracked) if tracked else files
