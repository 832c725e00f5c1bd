"""Which way a text runs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from unicodedata import bidirectional

from mtclean.languages.language import primary
from mtclean.report.visible import UNSEEN_IN_LINES

_LINE = re.compile(r"[^\n]+")
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


def turned_lines(text: str) -> Iterator[int]:
    """Where lines begin that run from right to left by most of their letters, but not by their first.

    A browser sets a line by its first letter, so a name from left to right (*Microsoft* and then Arabic) would turn all behind it round.
    So does the name that is shown for a character which cannot be seen.
    """
    for line in _LINE.finditer(text):
        ways = [way for way in map(bidirectional, line[0]) if way in _STRONG]
        counts = Counter(ways)
        begins = "L" if UNSEEN_IN_LINES.match(line[0]) else "".join(ways[:1])
        if begins == "L" and counts["R"] + counts["AL"] > counts["L"]:
            yield line.start()


_STRONG = frozenset(("L", "R", "AL"))
"""Bidirectional classes of letters (UAX #9, table 4)."""
