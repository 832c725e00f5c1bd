"""What LanguageTool said about a text, in mtclean's terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tasks.grammar.offsets import Utf16
from tasks.text import Span

_SPELLERS = (
    "MORFOLOGIK_RULE_",
    "HUNSPELL_",
    "GERMAN_SPELLER_RULE",
    "AUSTRIAN_GERMAN_SPELLER_RULE",
    "SWISS_GERMAN_SPELLER_RULE",
    "FR_SPELLING_RULE",
)
"""How the ids of the rules begin that look each word up in a dictionary."""

MAX_REPLACEMENTS = 5
"""LanguageTool offers up to twenty replacements; nobody reads beyond a handful."""


@dataclass(frozen=True, slots=True)
class Match:
    """One place LanguageTool points at; ``span`` is in code points of the whole text."""

    span: Span
    rule: str
    category: str
    category_name: str
    issue_type: str
    message: str
    replacements: tuple[str, ...] = ()
    url: str = ""

    @property
    def is_unknown_word(self) -> bool:
        """Whether the place is one word that is not in the dictionary."""
        return self.rule.startswith(_SPELLERS)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any], offsets: Utf16, start: int) -> Match:
        """Read one element of ``matches``; *start* is where the checked part begins in the text."""
        rule = raw["rule"]
        at = raw["offset"]
        span = Span(offsets.code_point(at), offsets.code_point(at + raw["length"]))
        return cls(
            span=span.shifted(start),
            rule=rule["id"],
            category=rule["category"]["id"],
            category_name=rule["category"]["name"],
            issue_type=rule["issueType"],
            message=raw["message"],
            replacements=tuple(r["value"] for r in raw["replacements"][:MAX_REPLACEMENTS]),
            url=next((link["value"] for link in rule.get("urls", ())), ""),
        )


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found, and which parts of the text could not be checked; both in order."""

    matches: tuple[Match, ...]
    unchecked: tuple[Span, ...] = ()
