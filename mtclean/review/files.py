"""``NAME.decisions.json``: what was decided on a document, as the report exports it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from mtclean.text import Decision

SCHEMA = "mtclean.decisions"
VERSION = 1


class UnreadableDecisions(ValueError):
    """The text is not a decisions file of this version; the message says what is wrong."""


def write(name: str, decisions: Iterable[Decision]) -> str:
    """The decisions on the document *name* as JSON, one to a line, sorted by id; plain ASCII."""
    ordered = sorted(decisions, key=lambda decision: decision.id)
    lines = ",\n".join(f"  {_line(decision.as_object())}" for decision in ordered)
    body = f"[\n{lines}\n ]" if ordered else "[]"
    return (
        f'{{\n "decisions": {body},\n "document": {_line(name)},\n'
        f' "schema": {_line(SCHEMA)},\n "version": {VERSION}\n}}\n'
    )


def read(text: str) -> dict[str, Decision]:
    """The decisions of a file by id; the last of two on the same thing holds.

    Raises :class:`UnreadableDecisions`.
    """
    content = _content(text)
    try:
        decisions = [Decision.of_object(item) for item in content["decisions"]]
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableDecisions(f"not a valid {SCHEMA} file: {error}") from error
    return {decision.id: decision for decision in decisions}


def changed(
    decisions: Mapping[str, Decision], changes: Mapping[str, Decision | None]
) -> dict[str, Decision]:
    """*decisions* with *changes*, by id; None takes a decision back."""
    both = {**decisions, **changes}
    return {id: decision for id, decision in both.items() if decision}


def changes_of(text: str) -> dict[str, Decision | None]:
    """What the reader of a report decided, by id; None where they took back what was decided before.

    Raises :class:`UnreadableDecisions`.
    """
    withdrawn = _content(text).get("withdrawn", [])
    if not isinstance(withdrawn, list) or not all(isinstance(id, str) for id in withdrawn):
        raise UnreadableDecisions(f"not a valid {SCHEMA} file: what is withdrawn is no list of ids")
    return {**dict.fromkeys(withdrawn), **read(text)}


def document_of(text: str) -> str:
    """The name of the document the decisions are on.

    Raises :class:`UnreadableDecisions`.
    """
    name = _content(text).get("document")
    if not isinstance(name, str) or not name:
        raise UnreadableDecisions(f"a {SCHEMA} file names its document")
    return name


def _content(text: str) -> Mapping[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableDecisions(f"not JSON: {error}") from error
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        raise UnreadableDecisions(f"not a {SCHEMA} file")
    if content.get("version") != VERSION:
        raise UnreadableDecisions(
            f"version {content.get('version')!r:.20}; this mtclean reads version {VERSION}"
        )
    return content


def _line(value: object) -> str:
    return json.dumps(value, sort_keys=True)
