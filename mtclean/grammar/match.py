"""What LanguageTool said about a text, in mtclean's terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from mtclean.grammar.offsets import Utf16
from mtclean.text import Span

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


class Cause(str, Enum):
    """Why there is no answer about a part of a text, as a sentence for people."""

    STALL = "LanguageTool did not answer in time."
    REFUSAL = "LanguageTool reported an error."
    LOSS = "LanguageTool ended each time it was asked."
    """The part need not be to blame: the next run asks again."""


class Unanswered(NamedTuple):
    """A part of the text, in code points, about which LanguageTool gave no answer."""

    span: Span
    cause: Cause


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found, which parts could not be checked, and which unknown words have no suggestions.

    Each is in order.
    """

    matches: tuple[Match, ...]
    unchecked: tuple[Unanswered, ...] = ()
    unsuggested: tuple[Unanswered, ...] = ()

    @property
    def causes(self) -> frozenset[Cause]:
        """Why not everything was checked; empty where it was."""
        return frozenset(part.cause for part in (*self.unchecked, *self.unsuggested))

    @property
    def is_cut_short(self) -> bool:
        """Whether another check might say more of the same text.

        A part the server stalled on would make it stall again.
        """
        lost = any(part.cause is Cause.LOSS for part in self.unchecked)
        return lost or bool(self.unsuggested)
