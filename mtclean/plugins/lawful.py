"""Fixes, findings and rules made of what a plug-in says; what breaks a law is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from mtclean.text import (
    Applicability,
    Dash,
    Edit,
    Finding,
    Fix,
    Marks,
    Passage,
    Quotes,
    Rule,
    SentenceSpace,
    Severity,
    Span,
    Style,
    illegible,
)
from mtclean.text.rule import Check

LONGEST = 1_000
"""Code points of a message."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CATEGORY = re.compile(r"[a-z]+(?:[.-][a-z]+)*")


class Lawless(Exception):
    """What a plug-in says does not hold; the text says why."""


def item_of(said: list[Any], passage: Passage) -> Fix | Finding:
    """The fix or finding that *said* is: a rule's id and what it is made of.  Raises :class:`Lawless`."""
    id, *parts = said
    return _fix(id, passage, *parts) if len(parts) == 3 else _finding(id, passage, *parts)


def _fix(id: str, passage: Passage, edits: list[Any], reason: object, is_safe: bool) -> Fix:
    made = tuple(_edit(id, edit, passage) for edit in edits)
    if not made or any(a.end > b.start or a.span == b.span for a, b in pairwise(made)):
        raise Lawless(f"{id} has a fix whose edits are none, or not in order and apart")
    how = Applicability.SAFE if is_safe else Applicability.SUGGESTED
    fix = Fix(made, _line(id, reason), how)
    if not fix.is_legible(passage.text):
        raise Lawless(f"{id} writes a character that cannot be seen")
    return fix


def _finding(
    id: str,
    passage: Passage,
    span: list[Any],
    message: object,
    severity: str,
    category: object,
    suggestions: list[Any],
) -> Finding:
    place = _span(id, span, passage)
    if place.start == place.end:
        raise Lawless(f"{id} points at nothing")
    if not all(isinstance(put, str) and not illegible(put) for put in suggestions):
        raise Lawless(f"{id} suggests what cannot be seen")
    kind = _category(id, category) if category else ""
    line, weight = _line(id, message), Severity(severity)
    return Finding(place, line, weight, kind, suggestions=tuple(suggestions))


def _edit(id: str, edit: list[Any], passage: Passage) -> Edit:
    *place, replacement = edit
    span = _span(id, place, passage)
    before = passage.text[slice(*span)]
    if not isinstance(replacement, str) or before == replacement:
        raise Lawless(f"{id} has an edit that changes nothing")
    if passage.is_protected(*span) and span not in passage.entities:
        raise Lawless(f"{id} changes what is protected: {before!a:.40}")
    return Edit(*span, replacement)


def _span(id: str, place: list[Any], passage: Passage) -> Span:
    start, end = place
    if type(start) is int and type(end) is int and 0 <= start <= end <= len(passage.text):
        return Span(start, end)
    raise Lawless(f"{id} speaks of a place outside the text: {start!a:.20} to {end!a:.20}")


def _line(id: str, text: object) -> str:
    if not isinstance(text, str) or len(text) > LONGEST or illegible(text) or "\n" in text:
        raise Lawless(f"{id} has a message that is no line of text")
    return text


def _category(id: str, category: object) -> str:
    if not isinstance(category, str) or not _CATEGORY.fullmatch(category):
        raise Lawless(f"{id} has a category that is none: {category!a:.40}")
    return category


def rule_of(plugin: str, fields: dict[str, Any], check: Callable[[str, bool], Check]) -> Rule:
    """The rule or checker that *plugin* says it has; its id and whether it is a checker make its *check*.

    Raises :class:`Lawless`.
    """
    id = fields["id"]
    if not isinstance(id, str) or not _ID.fullmatch(id) or len(id) > 60:
        raise Lawless(f"{id!a:.40} is no id: small letters, digits, and hyphens between")
    name, category = f"{plugin}.{id}", _category(id, fields["category"])
    words = str(fields["documentation"])
    if "severity" not in fields:
        return Rule(name, category, check(id, True), documentation=words)
    quotes, marks, dash, sentence_space = fields["style"]
    return Rule(
        name,
        category,
        check(id, False),
        _pairs(id, fields["fixes"]),
        _pairs(id, fields["suggests"]),
        _pairs(id, fields["finds"]),
        _texts(id, fields["leaves"]),
        severity=Severity(fields["severity"]),
        style=Style(Quotes(quotes), Marks(marks), Dash(dash), SentenceSpace(sentence_space)),
        opt_in=bool(fields["opt_in"]),
        early=bool(fields["early"]),
        languages=_texts(id, fields["languages"]),
        needs=frozenset(_texts(id, fields["needs"])),
        documentation=words,
    )


def _texts(id: str, parts: list[Any]) -> tuple[str, ...]:
    if not all(isinstance(part, str) for part in parts):
        raise Lawless(f"{id} has an example, a language or a character that is no text")
    return tuple(parts)


def _pairs(id: str, examples: list[Any]) -> tuple[tuple[str, str], ...]:
    if not all(isinstance(pair, list) and len(pair) == 2 for pair in examples):
        raise Lawless(f"{id} has an example that is no pair")
    return tuple((before, after) for before, after in (_texts(id, pair) for pair in examples))
