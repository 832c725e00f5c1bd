"""Names that rules and categories had before: settings, ignores and decisions made with them go on to work."""

from __future__ import annotations

_FIRST = {
    "capital-on-linking-word": "capital-mid-sentence",
    "fluency.duplicated-word": "fluency.duplicated_word",
    "fluency.punctuation.fullwidth": "fluency.punct.fullwidth",
    "fluency.punctuation.mark": "fluency.punctuation",
    "fluency.punctuation.quote": "fluency.punct.quote",
    "fluency.punctuation.spacing": "fluency.punct.spacing",
}
"""The first name of each rule and category that was renamed.  None is ever taken out, and no old name given anew."""

_NOW = {first: now for now, first in _FIRST.items()}


def first_name(name: str) -> str:
    """The name that a rule or category now called *name* had at first, by which decisions know it."""
    return _FIRST.get(name, name)


def name_now(name: str) -> str:
    """What the rule or category once called *name* is called."""
    return _NOW.get(name, name)
