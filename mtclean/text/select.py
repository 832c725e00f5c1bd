"""Run rules over a text until they have nothing more to change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from mtclean.text.model import Applicability, Edit, Finding, Fix, Severity, Span, illegible
from mtclean.text.passage import Passage
from mtclean.text.policy import AS_WRITTEN, Policy
from mtclean.text.rule import Rule
from mtclean.text.trail import Trail

Decide = Callable[[Trail, Fix | Finding], Fix | None]
"""The fix to make for what a rule said of the text as it stands, or None: it is only shown."""

MAX_ROUNDS = 6
"""More rounds than any text needed; a pair of rules that undo each other must not go on for ever."""


def safe_only(trail: Trail, item: Fix | Finding) -> Fix | None:
    """Make what is safe, show what is suggested."""
    return item if isinstance(item, Fix) and item.safe else None


def every_fix(trail: Trail, item: Fix | Finding) -> Fix | None:
    """Make what is suggested, too."""
    return item if isinstance(item, Fix) else None


def settle(
    trail: Trail,
    stage: str,
    rules: Sequence[Rule],
    view: Callable[[str], Passage],
    decide: Decide = safe_only,
    policy: Policy = AS_WRITTEN,
) -> None:
    """Grow *trail* by what *rules* want changed, round by round, then note what is left.

    ``policy`` says how far each rule may go; one that does not know the language of the text says nothing.

    Fixes that claim the same place wait for the next round, as in ruff: the earlier rule in the
    list goes first.  Early rules have had their say before the others begin: what pairs the marks of a paragraph must
    not see `&quot;` for one of them.  A text is clean when a round makes no change, which is why cleaning twice is
    the same as cleaning once.
    """
    view = lru_cache(maxsize=1)(view)  # what is known of a text stays known until it changes
    active = [rule for rule in rules if policy.asks(rule)]
    if early := [rule for rule in active if rule.early]:
        _in_rounds(trail, stage, early, view, decide, policy)
    _show(trail, stage, _in_rounds(trail, stage, active, view, decide, policy))


def _in_rounds(
    trail: Trail,
    stage: str,
    rules: Sequence[Rule],
    view: Callable[[str], Passage],
    decide: Decide,
    policy: Policy,
) -> list[Fix | Finding]:
    """Make what *rules* want changed until a round makes no change; what they only show."""
    for _ in range(MAX_ROUNDS):
        wanted, rest = _sorted_out(trail, _ask(rules, view(trail.text), policy), decide)
        made = compatible(wanted)
        if not made:
            return rest
        trail.make(stage, made)
    return _sorted_out(trail, _ask(rules, view(trail.text), policy), decide)[1]


def _category(item: Fix | Finding) -> str:
    return item.category if isinstance(item, Finding) else ""


def in_prose(fix: Fix, passage: Passage) -> bool:
    """Whether *fix* changes nothing in a protected place.

    As a whole an entity may give way, and an address, a tag and the like be offered for deletion with what is around them.
    """
    return not any(
        passage.is_protected(edit.start, edit.end)
        and edit.span not in passage.entities
        and not (fix.applicability is Applicability.SUGGESTED and _takes_whole(edit, passage))
        for edit in fix.edits
    )


def outside_code(fix: Fix, passage: Passage) -> bool:
    """Whether *fix* changes no code and nothing of the house's; addresses, tags and placeholders it may."""
    return not any(
        places.touches(edit.span)
        for places in (passage.code, passage.house_places)
        for edit in fix.edits
    )


def place(
    trail: Trail,
    stage: str,
    items: Iterable[Fix | Finding],
    passage: Passage,
    decide: Decide = safe_only,
    policy: Policy = AS_WRITTEN,
    category_of: Callable[[Fix | Finding], str] = _category,
    may_change: Callable[[Fix, Passage], bool] = in_prose,
) -> None:
    """Grow *trail* by what was found once in *passage*, its text as it stands.

    Findings and held fixes are noted first, because they speak of the text as it stands.
    """
    given = [
        allowed
        for item in items
        if (allowed := _allowed(item, category_of(item), passage, policy)) is not None
        and (isinstance(allowed, Finding) or may_change(allowed, passage))
    ]
    wanted, rest = _sorted_out(trail, given, decide)
    made = compatible(wanted)
    done = frozenset(made)
    _show(trail, stage, [*rest, *(fix for fix in wanted if fix not in done)])
    trail.make(stage, made)


def _sorted_out(
    trail: Trail, items: Iterable[Fix | Finding], decide: Decide
) -> tuple[list[Fix], list[Fix | Finding]]:
    """The fixes to make for *items*, and those of them that are only shown.

    What a person wrote in place of an item is a fix like any other: one that cannot be read is not made.
    """
    wanted: list[Fix] = []
    rest: list[Fix | Finding] = []
    for item in items:
        fix = decide(trail, item)
        if fix is None or (fix is not item and not fix.is_legible(trail.text)):
            rest.append(item)
        else:
            wanted.append(fix)
    return wanted, rest


def _show(trail: Trail, stage: str, items: Sequence[Fix | Finding]) -> None:
    trail.hold(stage, (item for item in items if isinstance(item, Fix)))
    trail.note(stage, (item for item in items if isinstance(item, Finding)))


def _ask(rules: Sequence[Rule], passage: Passage, policy: Policy) -> list[Fix | Finding]:
    said: list[Fix | Finding] = []
    for rule in rules:
        for item in rule.run(passage):
            allowed = _allowed(item, rule.category, passage, policy)
            if allowed is not None and (isinstance(allowed, Finding) or in_prose(allowed, passage)):
                said.append(allowed)
    return said


def _takes_whole(edit: Edit, passage: Passage) -> bool:
    """Whether *edit* deletes every protected place it touches as a whole, and no code and nothing of the house's."""
    return (
        not edit.replacement
        and not passage.code.touches(edit.span)
        and not passage.house_places.touches(edit.span)
        and not passage.is_protected(edit.start, edit.start)
        and not passage.is_protected(edit.end, edit.end)
    )


def _allowed(
    item: Fix | Finding, category: str, passage: Passage, policy: Policy
) -> Fix | Finding | None:
    """*item* as policy and the text's own remarks let it pass, or None.

    A fix that writes what cannot be read is none, whoever proposes it; nor is such a suggestion one.  One that writes
    what the file's encoding lacks is only pointed at.
    """
    if isinstance(item, Fix) and not item.is_legible(passage.text):
        return None
    if isinstance(item, Fix) and passage.lacking(item.written):
        item = _pointing(item, category, passage)
    if isinstance(item, Finding) and not all(_may_stand(put, passage) for put in item.suggestions):
        fit = tuple(put for put in item.suggestions if _may_stand(put, passage))
        item = replace(item, suggestions=fit)
    if passage.remarks.spans and passage.remarks.ignores(item.span, item.rule, category):
        return None
    if isinstance(item, Finding) and (
        passage.is_code(item.span) or passage.is_house_matter(item.span)
    ):
        return None
    return policy.adjusted(item, category)


def _may_stand(text: str, passage: Passage) -> bool:
    """Whether *text* can be read, and the file can hold it."""
    return not illegible(text) and not passage.lacking(text)


def _pointing(fix: Fix, category: str, passage: Passage) -> Finding:
    """What is said instead of *fix*, which would write characters that the file cannot hold."""
    start, end = fix.span
    if start == end:  # something has to be there to be pointed at
        start, end = (start - 1, end) if start else (0, min(1, len(passage.text)))
    missing = passage.lacking(fix.written)
    why = f"{fix.reason} It was left: the file is in {passage.encoding}, which has no {missing}."
    return Finding(Span(start, end), why, Severity.MINOR, category, fix.rule, source=fix.source)


def compatible(fixes: Iterable[Fix]) -> list[Fix]:
    """Those of *fixes* that can be made together; of two that clash the first stays.

    Places are kept one by one: a sorted list of spans took O(n) for each question, which showed on
    lines of some hundred thousand edits.
    """
    claimed: set[int] = set()
    chosen: list[Fix] = []
    for fix in fixes:
        if all(claimed.isdisjoint(edit.claims) for edit in fix.edits):
            chosen.append(fix)
            for edit in fix.edits:
                claimed.update(edit.claims)
    return chosen
