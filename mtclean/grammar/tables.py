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

from mtclean.grammar.match import Match

_TREATMENTS = Path(__file__).with_name("treatments.tsv")

FIGURES = Path(__file__).with_name("rule_figures.tsv")
"""How often each rule was right, as benchmarks/grammar_rules.py measured it."""

SAFE_CASES = 30
SAFE_PRECISION = 0.99
"""What a rule must have reached for its first suggestion to be made without asking."""

_OF_CATEGORY = "category:"
_NAMED = "name:"
_NO_WEIGHT = {"style", "locale-violation", "register"}


class Treatment(str, Enum):
    """What becomes of a rule's matches."""

    OWNED = "owned"
    """An earlier stage sees to it: nothing is said."""
    OFF = "off"
    """Nothing is said."""
    NEUTRAL = "neutral"
    """Shown, without weight in the score."""
    REPORT = "report"
    """A finding, or a fix to accept."""


_MEANINGS = {
    Treatment.OWNED: "Nothing is said of its matches",
    Treatment.OFF: "Nothing is said of its matches",
    Treatment.NEUTRAL: "Its matches are shown without weight in the score",
    Treatment.REPORT: "Its matches are findings, or fixes to accept",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of a match, and why."""

    treatment: Treatment
    why: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often the first suggestion of a rule made the right text.

    ``damaged`` and ``clean`` count the failures: places in damaged text it did not mend, and
    suggestions for text that was right.
    """

    right: int
    damaged: int
    clean: int

    @property
    def cases(self) -> int:
        """How often there was a suggestion."""
        return self.right + self.damaged + self.clean

    @property
    def precision(self) -> float:
        """The part of the cases that was right."""
        return self.right / self.cases

    @property
    def is_safe(self) -> bool:
        """Whether that is enough for the suggestion to be made without asking."""
        return self.cases >= SAFE_CASES and self.precision >= SAFE_PRECISION


def judgement(match: Match) -> Judgement:
    """The judgement on the rule of *match*: the first line of the table that fits it."""
    return _judgement(match.rule, match.category, match.category_name, match.issue_type)


def evidence(rule: str) -> Evidence | None:
    """The figures of *rule*, without mtclean's prefix; None where none was ever met."""
    return _figures().get(rule)


def explained(rule: str) -> str:
    """What mtclean makes of LanguageTool's *rule*, named without mtclean's prefix, in a few lines.

    Its category may decide, too, which only a match tells.
    """
    found = _judgement(rule, "", "", "")
    lines = [f"{rule} is one of LanguageTool's rules; the report tells what it says, with a link."]
    lines.append(f"{_MEANINGS[found.treatment]}{f': {found.why}' if found.why else ''}.")
    figures = evidence(rule)
    if figures is None:
        lines.append("Its suggestions were never met in the development text: they are not safe.")
    else:
        lines.append(
            f"Its first suggestion was right in {figures.right} of {figures.cases} cases "
            f"({figures.precision:.3f}); of the others {figures.clean} were in text that was right "
            f"and {figures.damaged} did not mend what was wrong."
        )
        least = f"{SAFE_PRECISION:g} in {SAFE_CASES} cases"
        lines.append(f"It is{'' if figures.is_safe else ' not'} safe, for which {least} is needed.")
    return "\n".join(lines)


@cache
def unwanted() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of rules and of categories nothing is ever said of: LanguageTool need not try them.

    Those named with a ``*`` stay out of it, as LanguageTool takes whole ids only.
    """
    silent = (Treatment.OWNED.value, Treatment.OFF.value)
    names = [row["rule"] for row in _rows(_TREATMENTS) if row["treatment"] in silent]
    named = sorted(name for name in names if "*" not in name)
    rules = tuple(name for name in named if not name.startswith(_OF_CATEGORY))
    return rules, tuple(
        name.removeprefix(_OF_CATEGORY) for name in named if name.startswith(_OF_CATEGORY)
    )


@cache
def _judgement(rule: str, category: str, name: str, issue_type: str) -> Judgement:
    called = (rule, _OF_CATEGORY + category, _NAMED + name)
    for pattern, found in _table():
        if any(map(pattern.match, called)):
            return found
    if issue_type in _NO_WEIGHT:
        return Judgement(Treatment.NEUTRAL, "LanguageTool calls it a matter of style or region")
    return Judgement(Treatment.REPORT, "")


@cache
def _table() -> tuple[tuple[re.Pattern[str], Judgement], ...]:
    return tuple(
        (re.compile(translate(row["rule"])), Judgement(Treatment(row["treatment"]), row["why"]))
        for row in _rows(_TREATMENTS)
    )


@cache
def _figures() -> Mapping[str, Evidence]:
    return {
        row["rule"]: Evidence(int(row["right"]), int(row["damaged"]), int(row["clean"]))
        for row in _rows(FIGURES)
    }


def _rows(path: Path) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line for line in lines if not line.startswith("#"))
    return list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))
