"""The word lists the rules lean on, read once at first use and kept.

The project's own lists are files in ``data/``; how common a word is :mod:`mtclean.text.english` knows.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from mtclean.text.english import frequency

HOUSE_LISTS = {
    "names": "a word that is a name and spelt right, as written: Korovin",
    "acronyms": "capitals that are right as they stand: INTERPOL",
    "boilerplate": "a whole line of the page around the article, whatever its case",
    "sites": "a site's name that hangs on headlines, whatever its case",
    "closing-marks": "what an agency puts in brackets after the last word, whatever its case",
    "preambles": "how a line of a chatbot begins, whatever its case",
    "calques": "a phrase and plain English: hand in hand with = together with",
}
"""The lists a house may add to under ``[lists]`` of its configuration, and what an entry is."""

_COMMON = 60
"""How often the word list must have met a word before it counts as English.

Below that the list, which was counted in film subtitles, is mostly names and slips.
"""


_TRE = re.compile(r"tre\b")


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


def is_english(word: str, least: int = _COMMON) -> bool:
    """Whether *word*, in lower case, is in the English word list at least *least* times."""
    return frequency(word) >= least


def american(word: str) -> str:
    """*word*, in lower case, as Americans spell it, whose words the list has: *harbour* is *harbor*."""
    return _TRE.sub("ter", word).replace("our", "or").replace("is", "iz").replace("ll", "l")


@cache
def known_names() -> frozenset[str]:
    """Names whose spelling is settled, with their capitals."""
    nations = (name.capitalize() for name in words("names_never_lowercase.txt"))
    return words("places.txt") | words("lookalike_names.txt") | frozenset(nations)
