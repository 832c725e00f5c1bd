"""The normalise stage as one function, for the typography scorer's ``py:`` form."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tasks.normalize import RULES
from tasks.text import Passage, Quotes, Style, Trail, settle

CURLY = Style(quotes=Quotes.CURLY)


def clean(text: str) -> str:
    """*text* with every safe fix of the normalise stage; straight quotes made curly by option."""
    trail = Trail(text)
    settle(trail, "normalize", RULES, lambda current: Passage(current, style=CURLY))
    return trail.text
