"""Passages that are to be translated or taken out whole, in which smaller faults are nobody's work."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from mtclean.text import Finding, Placed, Rule, Span, SpanSet, Trail

_CATEGORIES = (
    "accuracy.untranslated.sentence",
    "accuracy.addition.boilerplate",
    "accuracy.addition.preamble",
)
"""What is to be translated or taken out whole."""

_ROUNDS = "accuracy.addition.loop"
"""A phrase said over and over: all rounds but one go, and the marks of the rest with them."""


def whole_passages(
    trail: Trail, rules: Iterable[Rule], categories: Collection[str] = (*_CATEGORIES, _ROUNDS)
) -> SpanSet:
    """What the *rules* want dealt with whole, by *categories*: places in the original."""
    category = {rule.id: rule.category for rule in rules}
    spans: list[Span] = []
    for placed in (*trail.held, *trail.findings):
        item = placed.item
        kind = item.category if isinstance(item, Finding) else category.get(item.rule, "")
        if kind in categories:
            spans.append(trail.original_span(item.span, placed.depth))
    return SpanSet(spans, adjacent=True)


def suppress(trail: Trail, stage: str, rules: Iterable[Rule]) -> None:
    """Forget what is small in passages that the *rules* want dealt with whole.

    A lost quotation mark in a Chinese sentence, a French *42 millions* or a space in a share button is no work for an
    editor who will have the one translated and the other deleted.  *stage*, the one before, keeps quiet about
    what touches such a passage, the *rules* themselves about what is inside.  Of a loop one round stays, so that the *rules*
    have their say about its words; only the *stage* before, which sees a lost mark in every round, keeps quiet there, too.
    What was changed stays changed.
    """
    category = {rule.id: rule.category for rule in rules}
    touched = whole_passages(trail, rules)
    if not touched:
        return
    passages = whole_passages(trail, rules, _CATEGORIES)

    def stays(placed: Placed) -> bool:
        place = trail.original_span(placed.item.span, placed.depth)
        if placed.stage == stage:
            return not touched.touches(place)
        kind = category.get(placed.item.rule)
        return kind is None or kind in _CATEGORIES or not passages.covers(place)

    trail.held = [placed for placed in trail.held if stays(placed)]
    trail.findings = [placed for placed in trail.findings if stays(placed)]
