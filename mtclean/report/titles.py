"""What a fix or finding is about, in the words of people: ``Name spelt two ways: Kolovin / Korovin``."""

from __future__ import annotations

from functools import lru_cache

from mtclean.report.difference import common_ends
from mtclean.report.record import FindingRecord, Item
from mtclean.report.visible import shown

_LANGUAGETOOL = "languagetool."
_KINDS = {
    "fluency.spelling": "Spelling",
    "fluency.casing": "Capital letter",
    "fluency.punctuation": "Punctuation",
    "fluency.typography": "Typography",
    "style": "Style",
    "style.collocation": "Words that go together",
    "accuracy.false-friend": "False friend",
}
"""What LanguageTool speaks of, whose ids are no words, by category."""
_LONGEST = 48
"""Code points of what a title quotes."""


def title_of(item: Item) -> str:
    """The title of *item*, on one line and without what cannot be seen."""
    kind, about = _kind(item.rule, item.category), _about(item)
    return f"{kind}: {shown(about, quiet=True)}" if about else kind


@lru_cache(maxsize=1024)
def _kind(rule: str, category: str) -> str:
    return shown(kind_of(rule, category))


@lru_cache(maxsize=1024)
def kind_of(rule: str, category: str = "") -> str:
    """What *rule* finds, in words: its id is the defect's name."""
    if rule.startswith(_LANGUAGETOOL):
        spelling = "SPELL" in rule or "MORFOLOGIK" in rule
        return "Spelling" if spelling else _KINDS.get(category, "Grammar")
    words = rule.rpartition(".")[2].replace("-", " ").strip()
    return words[:1].upper() + words[1:] if words else "No rule"


def _about(item: Item) -> str:
    """The words it is about; empty where only marks and spaces change."""
    if isinstance(item, FindingRecord):
        return " / ".join(filter(None, map(_brief, (item.excerpt, *item.suggestions[:2]))))
    parts = [_exchanged(edit.before, edit.after) for edit in item.edits]
    return ", ".join([part for part in parts if part][:2])


@lru_cache(maxsize=1024)
def _exchanged(before: str, after: str) -> str:
    """What goes and what comes; empty where that is only marks and spaces.  A document changes many a thing often."""
    start, end = common_ends(before, after)
    gone, come = (_brief(text[start : len(text) - end]) for text in (before, after))
    if not any(map(str.isalnum, gone + come)):
        return ""
    return f"{gone} → {come}" if gone and come else gone or come


def _brief(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
