"""What was done to a document, as a record: the end of the way that all views begin with."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import groupby
from operator import attrgetter

from mtclean import __version__
from mtclean.formats import Layout
from mtclean.grammar.judge import PREFIX
from mtclean.languages.language import primary
from mtclean.pipeline.draft import Draft
from mtclean.pipeline.outcomes import LEFT_OUT
from mtclean.pipeline.signature import libraries, plugins_of, ruleset
from mtclean.report import (
    Record,
    RunSignature,
    Source,
    Unchecked,
    record_of,
    unchecked_by_rules,
)
from mtclean.report.coverage import COMPARE
from mtclean.rules.bilingual.rule import PairRule, RowsRule
from mtclean.text import (
    Decision,
    Policy,
    Span,
    Style,
)


def account(work: Draft) -> Record:
    """What was done to the document, and what there is to look at."""
    document = work.document
    return record_of(
        work.trail,
        Source(
            document.shown_name,
            document.sha256,
            document.decoded.encoding,
            bool(document.decoded.bom),
            document.newline,
            document.decoded.guessed,
            work.language,
        ),
        RunSignature(
            __version__,
            ruleset(),
            libraries() | plugins_of(work.registry) | work.versions,
            {"grammar": "grammar" in work.stages, **_settings(work.style, work.policy)},
        ),
        [*work.unchecked, *_unchecked_by_rules(work)],
        [*work.warnings, *(f"{name} {LEFT_OUT}: {why}." for name, why in work.left_out.items())],
        work.stages,
        work.registry.by_id,
        {id: decision for id, decision in work.decisions.items() if _was_asked(work, decision)},
        document.layout,
    )


def _was_asked(work: Draft, decision: Decision) -> bool:
    """Whether the rule that was decided on was asked this time; of one that was not, nothing is stale."""
    if decision.rule.startswith(PREFIX):
        asked = "languagetool" in work.versions and not work.unchecked
        return asked and work.policy.runs(decision.rule, "")
    rule = work.registry.by_id.get(decision.rule)
    if rule is None:  # of somebody else's, who was not asked or failed; or one we once had
        return "." not in decision.rule
    if isinstance(rule, PairRule | RowsRule) and COMPARE not in work.stages:
        return False
    return work.policy.asks(rule)


def _unchecked_by_rules(work: Draft) -> Iterator[Unchecked]:
    """What of the original no rule could speak of."""
    trail = work.trail
    is_asked = any(map(work.policy.asks, work.registry.monolingual))
    known = work.registry.languages if is_asked else {primary(work.language)}
    layout = work.document.layout
    settled = (
        [(trail.output_span(s, 0), why) for s, why in sorted(_settled(layout, work.language))]
        if layout
        else []
    )
    for part in unchecked_by_rules(work.passage(trail.text), work.language, known, settled):
        yield replace(part, span=trail.original_span(part.span, trail.depth))


def _settled(layout: Layout, language: str) -> Iterator[tuple[Span, str]]:
    """The segments that the file says are not to be changed or in another *language*, those that follow one another as one, and why."""
    for segment in layout.in_other_languages(language):
        yield segment.view, f"The file says that it is in another language ({segment.language})."
    count = Counter(segment.state for segment in layout.segments)
    for state, group in groupby(layout.segments, key=attrgetter("state")):
        if state:
            own = list(group)
            many = f"{count[state]} segments are" if count[state] > 1 else "1 segment is"
            yield Span(own[0].view.start, own[-1].view.end), f"{many} {state}."


def _settings(style: Style, policy: Policy) -> dict[str, str]:
    """What the house set that differs from the default, for the record."""
    return {
        field.name: json.dumps(getattr(part, field.name), default=sorted)
        for part in (style, policy)
        for field in fields(part)
        if getattr(part, field.name) != field.default
    }
