"""Rules of two texts: what a translation has, lacks or says otherwise than its source.

One module a theme; each lists its rules in ``RULES``, and those of whole documents in ``OF_ROWS``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import PairRule, RowsRule
from mtclean.text import Finding, Fix

RULES: tuple[PairRule, ...] = ()
OF_ROWS: tuple[RowsRule, ...] = ()


def compare(pairs: Sequence[Pair]) -> Iterator[tuple[int, Fix | Finding]]:
    """What all rules say of *pairs*, each with the number of its pair."""
    for number, pair in enumerate(pairs):
        for rule in RULES:
            for item in rule.run(pair):
                yield number, item
    documents: defaultdict[str, list[int]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        if pair.document:
            documents[pair.document].append(number)
    for numbers in documents.values():
        for of_rows in OF_ROWS:
            for number, finding in of_rows.run([pairs[n] for n in numbers]):
                yield numbers[number], finding
