"""The word lists the rules lean on, read once at first use and kept.

The project's own lists are files in ``data/``; the list of English words comes with the package
``pyspellchecker``, of which nothing but the data is used.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.resources import files

_COMMON = 60
"""How often the word list must have met a word before it counts as English.

Below that the list, which was counted in film subtitles, is mostly names and slips.
"""


def _lines(name: str) -> list[str]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """The words of the data file *name*, which are divided by blanks."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def entries(name: str) -> tuple[str, ...]:
    """The lines of the data file *name*."""
    return tuple(line.strip() for line in _lines(name))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of the data file *name*, each cut at its tabs."""
    return tuple(tuple(line.split("\t")) for line in _lines(name))


@cache
def _english() -> dict[str, int]:
    packed = (files("spellchecker") / "resources" / "en.json.gz").read_bytes()
    counts: dict[str, int] = json.loads(gzip.decompress(packed))
    return counts


def is_english(word: str, least: int = _COMMON) -> bool:
    """Whether *word*, in lower case, is in the English word list at least *least* times."""
    return _english().get(word.replace("’", "'"), 0) >= least


@cache
def known_names() -> frozenset[str]:
    """Names whose spelling is settled, with their capitals."""
    nations = (name.capitalize() for name in words("names_never_lowercase.txt"))
    return words("places.txt") | words("lookalike_names.txt") | frozenset(nations)
