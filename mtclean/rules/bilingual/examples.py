"""The examples that a rule of two texts gives, held against what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mtclean.rules.bilingual.rule import Example, PairRule, RowsRule
from mtclean.rules.examples import Failure
from mtclean.text import Finding, Fix, Span, Trail
from mtclean.text.select import compatible

Document = tuple[Example, ...]


def documents_of(rule: PairRule | RowsRule) -> Iterator[tuple[str, Document]]:
    """Its examples as documents, that of a rule of one unit being one unit long, each after the field it stands in."""
    for kind, examples in (("finds", rule.finds), ("leaves", rule.leaves)):
        for example in examples:
            yield kind, (example,) if isinstance(example, Example) else example


def said(rule: PairRule | RowsRule, document: Document) -> list[tuple[int, Fix | Finding]]:
    """What *rule* says of *document*, each with the number of its unit."""
    pairs = [example.pair for example in document]
    if isinstance(rule, RowsRule):
        return list(rule.run(pairs))
    return [(number, item) for number, pair in enumerate(pairs) for item in rule.run(pair)]


def failures(rule: PairRule | RowsRule) -> Iterator[Failure]:
    """The examples of *rule* that do not hold."""
    for kind, document in documents_of(rule):
        items = said(rule, document)
        for number, example in enumerate(document):
            came = _came(example, [item for of, item in items if of == number])
            if came is not None:
                wanted = example.fixed or example.excerpt or example.target
                yield Failure(rule.id, kind, example.target, wanted, came)


def _came(example: Example, items: Sequence[Fix | Finding]) -> str | None:
    """What came of an example that does not hold; None where it does."""
    if not example.excerpt and not example.fixed:
        return f"it speaks of it: {_says(items[0])}" if items else None
    if example.excerpt and not any(_points_at(item, example) for item in items):
        return "nothing is pointed at there"
    if any(isinstance(item, Finding) and not _is_in(item.source, example.source) for item in items):
        return "it points at no place of the source"
    fixed = _fixed(example.target, items)
    return None if fixed == (example.fixed or example.target) else fixed


def _points_at(item: Fix | Finding, example: Example) -> bool:
    start = example.target.index(example.excerpt)
    place = Span(start, start + len(example.excerpt))
    at = item.span
    return at.overlaps(place) or place.start <= at.start == at.end <= place.end


def _is_in(span: Span | None, text: str) -> bool:
    return span is None or 0 <= span.start <= span.end <= len(text)


def _fixed(target: str, items: Sequence[Fix | Finding]) -> str:
    """*target* with what is made of it unasked."""
    trail = Trail(target)
    trail.make("test", compatible(item for item in items if isinstance(item, Fix) and item.safe))
    return trail.text


def _says(item: Fix | Finding) -> str:
    return item.reason if isinstance(item, Fix) else item.message
