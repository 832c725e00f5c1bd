"""A translation beside its source, where the file has both."""

from __future__ import annotations

from mtclean.formats import Layout
from mtclean.rules.registry import Registry
from mtclean.text import Placed, Trail

_OF_MARKUP = "fluency.markup."
_STOPS = (".", "!", "?", "…", "。", "！", "？")


def forget_what_the_source_has(trail: Trail, layout: Layout, registry: Registry) -> None:
    """Keep quiet about what a translation has from its source: markup, repeated units, ends without a stop."""
    if not any(segment.original for segment in layout.segments):
        return

    def is_news(placed: Placed) -> bool:
        span = trail.original_span(placed.item.span, placed.depth)
        rule = registry.by_id.get(placed.item.rule)
        original = layout.segment_at(span.start).original
        what = trail.original[span.start : span.end]
        return not (rule and original and _comes_from(original, what, rule.category))

    trail.held = [placed for placed in trail.held if is_news(placed)]
    trail.findings = [placed for placed in trail.findings if is_news(placed)]


def _comes_from(original: str, what: str, category: str) -> bool:
    """Whether *what*, found in a unit of a translation in a *category*, is as its *original* has it."""
    if category == "accuracy.addition.duplicate":
        return True  # in another unit, of a source that says it there, too
    if category == "accuracy.omission.truncated":
        return not original.rstrip().endswith(_STOPS)
    return category.startswith(_OF_MARKUP) and what in original
