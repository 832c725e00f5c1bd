"""The word lists the rules lean on, read once at first use and kept: files in a folder named for their language.

Lines that begin with ``#`` say what a list holds, and who reads it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def _lines(name: str, language: str) -> list[str]:
    text = (files(__package__) / language / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def has(name: str, language: str) -> bool:
    """Whether there is a list *name* for *language*."""
    return (files(__package__) / language / name).is_file()


@cache
def words(name: str, language: str = "en") -> frozenset[str]:
    """The words of the list *name*, which are divided by blanks."""
    return frozenset(word for line in _lines(name, language) for word in line.split())


@cache
def entries(name: str, language: str = "en") -> tuple[str, ...]:
    """The lines of the list *name*."""
    return tuple(line.strip() for line in _lines(name, language))


@cache
def rows(name: str, language: str = "en") -> tuple[tuple[str, ...], ...]:
    """The lines of the list *name*, each cut at its tabs."""
    return tuple(tuple(line.split("\t")) for line in _lines(name, language))


@cache
def abbreviations(kind: str = "", stop: str = "") -> frozenset[str]:
    """English abbreviations without their last stop, of one *kind* and *stop* or of all: see ``en/abbreviations.tsv``."""
    return frozenset(
        word
        for its_kind, its_stop, line in rows("abbreviations.tsv")
        if kind in ("", its_kind) and stop in ("", its_stop)
        for word in line.split()
    )


@cache
def abbreviations_that_keep() -> frozenset[str]:
    """Those of all kinds, in lower case, after whose stop no sentence is divided."""
    return frozenset(word.lower() for word in abbreviations(stop="keeps"))
