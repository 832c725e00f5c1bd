"""The words a language has for quantities: numbers, months, weekdays, times of day, units, currencies.

They are CLDR's (``languages/cldr/quantities.tsv``) and what stands beside them in the language's own folder.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from mtclean.languages.lists import rows

FAMILIES = {
    "dollar": frozenset(["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD"]),
    "yuan": frozenset(["CNY", "USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD"]),
    "pound": frozenset(["GBP", "EGP"]),
    "crown": frozenset(["CZK", "SEK", "NOK", "DKK", "ISK"]),
    "franc": frozenset({"CHF"}),
    "peso": frozenset(["MXN", "ARS", "PHP"]),
    "rupee": frozenset(["INR", "PKR"]),
    "real": frozenset({"BRL"}),
}
"""Currencies of one name: *yuan* stands for the Chinese sign that every country's money may be written with."""

_FILE = "quantities.tsv"
_TOKEN = re.compile(r"[^\s\u00a0/.-]+")
_APOSTROPHES = str.maketrans("’ʼ", "''")


class Meaning(NamedTuple):
    """What a word means: ``kind`` is one of the files' first column, ``value`` a number, a unit or a currency there."""

    kind: str
    value: str


Phrase = tuple[tuple[str, ...], tuple[Meaning, ...]]
"""The words after the first, and what all of them together mean."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    ``phrases`` are found by their first word, in small letters, the longest first.  ``suffixes`` are endings that may hang
    on a word that is none of them.
    """

    phrases: dict[str, tuple[Phrase, ...]]
    suffixes: frozenset[str]

    def forms(self, *kinds: str) -> dict[str, tuple[Meaning, ...]]:
        """The forms of one word that mean something of *kinds*, as they are written where words are not parted."""
        return {
            first + "".join(rest): found
            for first, phrases in self.phrases.items()
            for rest, meanings in phrases
            if (found := tuple(m for m in meanings if m.kind in kinds))
        }


@cache
def words(language: str) -> Words:
    """What is known of *language*, an identifier as in :mod:`mtclean.languages`; of ``pt-BR`` also what is of ``pt``."""
    meanings: defaultdict[tuple[str, ...], dict[Meaning, None]] = defaultdict(dict)
    affixes: defaultdict[str, set[str]] = defaultdict(set)
    for kind, value, forms in _rows(language):
        for form in forms.split("|"):
            if kind in ("prefix", "suffix"):
                affixes[kind].add(form)
            elif parts := tuple(_TOKEN.findall(form.casefold().translate(_APOSTROPHES))):
                meanings[parts][Meaning(kind, value)] = None
    phrases: defaultdict[str, list[Phrase]] = defaultdict(list)
    for (first, *rest), found in meanings.items():
        phrases[first].append((tuple(rest), tuple(found)))
    for first in [word for word in phrases if len(word) > 1]:
        for prefix in affixes["prefix"]:
            if prefix + first not in phrases:
                phrases[prefix + first] = phrases[first]
    return Words(
        {
            first: tuple(sorted(found, key=lambda phrase: -len(phrase[0])))
            for first, found in phrases.items()
        },
        frozenset(affixes["suffix"]),
    )


def _rows(language: str) -> Iterator[tuple[str, ...]]:
    parts = language.split("-")
    for name in ["-".join(parts[:n]) for n in range(len(parts), 0, -1)]:
        for locale, *row in _cldr().get(name, ()):
            yield locale, *row
        if (files("mtclean.languages") / name / _FILE).is_file():
            yield from rows(_FILE, name)


@cache
def _cldr() -> dict[str, list[tuple[str, ...]]]:
    found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for language, *row in rows(_FILE, "cldr"):
        found[language].append(tuple(row))
    return found


@cache
def codes() -> frozenset[str]:
    """The codes of the currencies, as they stand in texts."""
    return frozenset(value for kind, value, _ in _cldr()["en"] if kind == "currency")
