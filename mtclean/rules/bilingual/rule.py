"""A rule of two texts: what can be wrong with a translation, seen from its source.

As in :mod:`mtclean.text.rule`, a rule is one function with a name and examples.  What it says, it says of the target: spans are
code points there, and :attr:`mtclean.text.Finding.source` is the place in the source that it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mtclean.rules.bilingual.glossary import read_table
from mtclean.rules.bilingual.pair import Pair
from mtclean.text import Finding, Fix, Severity
from mtclean.text.rule import Documented, Rule, signed

PairCheck = Callable[[Pair], Iterable[Fix | Finding]]
RowsCheck = Callable[[Sequence[Pair]], Iterable[tuple[int, Finding]]]
"""Of the units of one document in order: what is found, each with the number of its unit."""


class Example(NamedTuple):
    """Two texts in the languages *of*, ``("de", "en")``, and the ``excerpt`` of the target that is pointed at.

    An empty excerpt: the rule says nothing.  ``fixed`` is what a safe fix makes of the target, where it makes one;
    ``terms`` is a glossary, as a table with tabs.
    """

    of: tuple[str, str]
    source: str
    target: str
    excerpt: str = ""
    fixed: str = ""
    terms: str = ""

    @property
    def pair(self) -> Pair:
        """The two texts."""
        terms = read_table(f"source\ttarget\tforbidden\tcase\n{self.terms}")
        return Pair.of(self.source, self.target, self.of, terms)


@dataclass(frozen=True, slots=True)
class PairRule(Documented):
    """What can be wrong with one unit.

    ``finds`` are examples with excerpts, ``leaves`` are pairs that look wrong and are right, at least three, in several
    languages.
    """

    id: str
    category: str
    check: PairCheck
    finds: tuple[Example, ...] = ()
    leaves: tuple[Example, ...] = ()
    severity: Severity = Severity.MAJOR
    opt_in: bool = False

    def run(self, pair: Pair) -> Sequence[Fix | Finding]:
        """What the rule has to say about *pair*, under its own name; nothing where a side is empty."""
        if not pair.is_translated:
            return ()
        return [signed(item, self.id, self.category) for item in self.check(pair)]


@dataclass(frozen=True, slots=True)
class RowsRule(Documented):
    """What can be wrong with the units of a document beside one another; the examples are documents."""

    id: str
    category: str
    check: RowsCheck
    finds: tuple[tuple[Example, ...], ...] = ()
    leaves: tuple[tuple[Example, ...], ...] = ()
    severity: Severity = Severity.MAJOR
    opt_in: bool = False

    def run(self, pairs: Sequence[Pair]) -> Iterator[tuple[int, Finding]]:
        """What the rule has to say about *pairs*, each with the number of the unit it is said of."""
        for number, item in self.check(pairs):
            yield number, signed(item, self.id, self.category)


AnyRule = Rule | PairRule | RowsRule
"""A rule of one text or of two."""


def pair_rule(
    id: str,
    category: str,
    *,
    finds: Iterable[Example] = (),
    leaves: Iterable[Example] = (),
    severity: Severity = Severity.MAJOR,
    opt_in: bool = False,
) -> Callable[[PairCheck], PairRule]:
    """Make a :class:`PairRule` of the decorated check.  It registers nothing."""

    def decorate(check: PairCheck) -> PairRule:
        return PairRule(id, category, check, tuple(finds), tuple(leaves), severity, opt_in)

    return decorate


def rows_rule(
    id: str,
    category: str,
    *,
    finds: Iterable[tuple[Example, ...]] = (),
    leaves: Iterable[tuple[Example, ...]] = (),
    severity: Severity = Severity.MAJOR,
    opt_in: bool = False,
) -> Callable[[RowsCheck], RowsRule]:
    """Make a :class:`RowsRule` of the decorated check.  It registers nothing."""

    def decorate(check: RowsCheck) -> RowsRule:
        return RowsRule(id, category, check, tuple(finds), tuple(leaves), severity, opt_in)

    return decorate
