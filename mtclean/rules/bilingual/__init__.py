"""Rules of two texts: what a translation has, lacks or says otherwise than its source.

One module a theme; each lists its rules in ``RULES``, and those of whole documents in ``OF_ROWS``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from mtclean.rules.bilingual import (
    coverage,
    dates,
    languages,
    marks,
    markup,
    measures,
    names,
    negation,
    numbers,
    rows,
    strangers,
    terms,
)
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import PairRule, RowsRule
from mtclean.text import Finding, Fix

RULES: tuple[PairRule, ...] = (
    *numbers.RULES,
    *dates.RULES,
    *measures.RULES,
    *markup.RULES,
    *languages.RULES,
    *terms.RULES,
    *marks.RULES,
    *names.RULES,
    *negation.RULES,
    *strangers.RULES,
    *coverage.RULES,
)
OF_ROWS: tuple[RowsRule, ...] = (*rows.OF_ROWS, *marks.OF_ROWS)


_ALL: tuple[PairRule | RowsRule, ...] = (*RULES, *OF_ROWS)
UNASKED = tuple(rule for rule in _ALL if not rule.opt_in)
"""Those that speak without having been named."""


def compare(
    pairs: Sequence[Pair], rules: Sequence[PairRule | RowsRule] = UNASKED
) -> Iterator[tuple[int, Fix | Finding]]:
    """What *rules* say of *pairs*, each with the number of its pair."""
    of_pairs = [rule for rule in rules if isinstance(rule, PairRule)]
    for number, pair in enumerate(pairs):
        for rule in of_pairs:
            for item in rule.run(pair):
                yield number, item
    # A file may hold translations into several languages; each is a document of its own.
    documents: defaultdict[tuple[str, tuple[str, str]], list[int]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        if pair.document:
            documents[pair.document, pair.languages].append(number)
    for units in documents.values():
        for of_rows in (rule for rule in rules if isinstance(rule, RowsRule)):
            for number, finding in of_rows.run([pairs[n] for n in units]):
                yield units[number], finding
