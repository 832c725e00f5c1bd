"""What the files that come of a document are called, below the output folder.

A document has the name of its file, ``letters/anna.md``; so has its cleaned text, and the others
have it with an ending behind.
"""

from __future__ import annotations

EDITS = ".edits.json"
DIFF = ".diff"
REPORT = ".report.html"
DECISIONS = ".decisions.json"

INDEX = "index.html"
"""The page of all documents."""


def edits_of(name: str) -> str:
    """The path of the edits of the document *name*."""
    return name + EDITS


def report_of(name: str) -> str:
    """The path of the report on the document *name*."""
    return name + REPORT


def decisions_of(name: str) -> str:
    """The path of what people decided on the document *name*."""
    return name + DECISIONS


def outputs_of(name: str) -> tuple[str, str, str, str]:
    """The files that a run writes for the document *name*: text, edits, diff and report."""
    return name, edits_of(name), name + DIFF, report_of(name)
