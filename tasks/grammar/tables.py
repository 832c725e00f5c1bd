"""The tables that say what LanguageTool's rules are worth, as data beside their reasons."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fnmatch import translate
from functools import cache
from pathlib import Path

from tasks.grammar.match import Match

_VERDICTS = Path(__file__).with_name("verdicts.tsv")
_SAFE = Path(__file__).with_name("safe_rules.tsv")
_OF_CATEGORY = "category:"
_NO_WEIGHT = {"style", "locale-violation", "register"}


class Verdict(str, Enum):
    """What becomes of a rule's matches."""

    OWNED = "owned"
    """An earlier stage sees to it: nothing is said."""
    OFF = "off"
    """Nothing is said."""
    NEUTRAL = "neutral"
    """Shown, without weight in the score."""
    REPORT = "report"
    """A finding, or a fix to accept."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and why it was given."""

    verdict: Verdict
    why: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often the first suggestion of a rule was right."""

    cases: int
    right: int
    precision: float


def judgement(match: Match) -> Judgement:
    """The judgement on the rule of *match*: the first line of the table that fits it."""
    return _judgement(match.rule, match.category, match.issue_type)


def evidence(rule: str) -> Evidence | None:
    """The figures that make the rule's first suggestion safe, or None where there are none."""
    return _safe_rules().get(rule)


@cache
def _judgement(rule: str, category: str, issue_type: str) -> Judgement:
    of_category = _OF_CATEGORY + category
    for pattern, found in _table():
        if pattern.match(rule) or pattern.match(of_category):
            return found
    if issue_type in _NO_WEIGHT:
        return Judgement(Verdict.NEUTRAL, "LanguageTool calls it a matter of style or region")
    return Judgement(Verdict.REPORT, "")


@cache
def _table() -> tuple[tuple[re.Pattern[str], Judgement], ...]:
    return tuple(
        (re.compile(translate(row["rule"])), Judgement(Verdict(row["verdict"]), row["why"]))
        for row in _rows(_VERDICTS)
    )


@cache
def _safe_rules() -> Mapping[str, Evidence]:
    return {
        row["rule"]: Evidence(int(row["cases"]), int(row["right"]), float(row["precision"]))
        for row in _rows(_SAFE)
    }


def _rows(path: Path) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line for line in lines if not line.startswith("#"))
    return list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))
