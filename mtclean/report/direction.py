"""Which way a text runs."""

from __future__ import annotations

from unicodedata import bidirectional

from mtclean.languages.language import primary

_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi")
)


def direction_of(language: str) -> str:
    """The direction texts in *language*, a code or empty, run in, as HTML names it."""
    return "rtl" if primary(language) in _RIGHT_TO_LEFT else "ltr"


def runs_against(text: str, language: str) -> bool:
    """Whether *text* is of words from left to right in a text, in *language*, from right to left.

    Signs at its ends would take the direction of what is around, and ``__NUM0__`` be torn apart.
    """
    if direction_of(language) == "ltr":
        return False
    ways = set(map(bidirectional, text))
    return "L" in ways and not ways & {"R", "AL"}
