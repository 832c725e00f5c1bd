"""The law of decisions: which were taken is all that counts, not in what order, and none is lost.

:func:`law_decisions` tries it on one text; :func:`random_text` builds texts of what makes rules speak.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from mtclean.documents import document
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import Draft, draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.stages import decide, detect_artifacts, normalize
from mtclean.report import edits_json
from mtclean.report.record import EditRecord, FindingRecord, FixRecord, Item, Record
from mtclean.review import changed, merged, read, write
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Applicability, Decision, Severity, Span, Verdict
from mtclean.text.decision import BY_HAND_RULE, Place

OPTIONS = Options(grammar=False, language="en")
BY_HAND = ("", " ", "and so on", "x.Y ", "the the", "“", ".\n")
BY_PEOPLE = (Verdict.EDIT, Verdict.WRITE)
NOTES = ((), ("", "Ada", "2026-11-26T09:30:00Z"), ("Is this so?", "Ben", ""))
JOINTS = ("", " ", " ", "\n", "\n", "\n\n", ".", ", ", ".", "\r\n")
BITS = (
    ".", ",", " ", "  ", "”", "“", "’", "‘", '"', "(", ")", "the the ", "It", "the", "..", " ,", "\u200b", "&quot;", "&amp;",
    "It was shut.It is.", "They came late.. Then", "”We waited,” said", "a new research research centre", "__NUM0__",
)  # fmt: skip

Decisions = dict[str, Decision]
Changes = dict[str, Decision | None]


@cache
def pieces() -> tuple[str, ...]:
    """What the rules give as examples of what they speak about, the short ones."""
    said = [
        example[0]
        for rule in BUILT_IN.monolingual
        for example in (*rule.fixes, *rule.suggests, *rule.finds)
    ]
    return tuple(dict.fromkeys(piece for piece in said if len(piece) <= 160))


def random_text(rng: random.Random) -> str:
    """One to six pieces, the same ones more than once, whole or cut, on neighbouring lines or glued."""
    few = [rng.choice(pieces()) for _ in range(rng.randint(1, 4))]
    text = ""
    for _ in range(rng.randint(1, 6)):
        piece = rng.choice(few) if rng.random() < 0.7 else rng.choice(BITS)
        if rng.random() < 0.15:
            piece = piece[rng.randrange(len(piece) + 1) :]
        text += piece + rng.choice(JOINTS)
    return text


def law_decisions(text: str, rng: random.Random) -> None:
    """Decide at random on what is offered for *text*; :class:`AssertionError` where the law is broken.

    A text that is no document (nothing to read in it) keeps every law.
    """
    try:
        read_text = document("t", text.encode())
    except Exception:
        return
    work = detect_artifacts(normalize(draft(read_text, OPTIONS)))
    before = work.trail.text
    offer = account(decide(work))
    offered = {item.id: item for item in offer.items}
    assert len(offered) == len(offer.fixes) + len(offer.findings), "two things have one name"
    decisions = _some_decisions(offered, rng)
    own = _own_words(offer, rng)
    decisions |= own
    items = offered | {id: _as_item(read_text.text, decision) for id, decision in own.items()}

    record = _as_decided(work, decisions)
    _check(record, items, decisions)
    assert work.trail.text == before, "what is offered depends on what was decided"

    steps = list(decisions.items())
    rng.shuffle(steps)
    so_far: Decisions = {}
    while steps[len(so_far) :]:  # one by one, and now and then some at once, as a person does
        so_far.update(steps[len(so_far) :][: rng.choice((1, 1, 2, 5))])
        step = _as_decided(work, so_far)
        _check(step, items, so_far)
    last = step if steps else _as_decided(work, {})
    assert edits_json.write(last) == edits_json.write(record), "the order counts"
    kept = read(write("t", decisions.values()))
    again = account(decide(detect_artifacts(normalize(draft(read_text, OPTIONS, kept)))))
    assert edits_json.write(again) == edits_json.write(record), "the next run says otherwise"

    _check_merging(work, items, decisions, record, rng)
    _check_undo(work, items, decisions, rng)

    rejected = _as_decided(work, _all(offered.values(), Verdict.REJECT))
    assert rejected.cleaned() == rejected.original, "rejecting all gives another text"
    assert not rejected.changes
    accepted = _as_decided(work, _all(offer.applied, Verdict.ACCEPT))
    assert accepted.cleaned() == offer.cleaned(), "accepting what was made changes the text"
    all_of_it = _all(offered.values(), Verdict.ACCEPT)
    _check(_as_decided(work, all_of_it), offered, all_of_it)


def _as_decided(offered: Draft, decisions: Mapping[str, Decision]) -> Record:
    work = decide(replace(offered, decisions=dict(decisions), warnings=list(offered.warnings)))
    record = account(work)
    assert record.cleaned() == work.trail.text
    return record


def _check_merging(
    work: Draft, items: Mapping[str, Item], decisions: Decisions, record: Record, rng: random.Random
) -> None:
    """What people decided apart is what one decided alone; where they disagree, it is open, and said."""
    people = _divided(decisions, rng)
    together = merged({}, people)
    assert (together.decisions, together.conflicts) == (decisions, ()), "somebody is not heard"
    shuffled = merged({}, rng.sample(people, len(people)))
    assert shuffled.decisions == decisions, "the order of people counts"
    in_turn: Decisions = {}
    for own in people:
        in_turn = merged(in_turn, [own]).decisions
    assert edits_json.write(_as_decided(work, in_turn)) == edits_json.write(record)

    decided = [id for id, decision in sorted(decisions.items()) if decision.decides]
    disputed = {id for id in decided if rng.random() < 0.3}
    other = {id: _otherwise(decisions[id]) for id in disputed}
    withdrawn = {id: None for id in decided if id not in disputed and rng.random() < 0.3}
    apart = merged({}, [*people, other])
    assert {one[0].id for one in apart.conflicts} == disputed, "a conflict is not said"
    assert apart.decisions == {k: v for k, v in decisions.items() if k not in disputed}
    _check(_as_decided(work, apart.decisions), items, apart.decisions)
    theirs = {id: replace(decision, by="Cy") for id, decision in other.items()}
    later = merged(decisions, [theirs])
    assert {one[0].id for one in later.conflicts} == {id for id in theirs if decisions[id].by}
    assert later.decisions.keys() == decisions.keys() - {one[0].id for one in later.conflicts}
    kept = merged(decisions, [withdrawn, decisions])
    assert kept.decisions == {k: v for k, v in decisions.items() if k not in withdrawn}
    assert not kept.conflicts, "what somebody left as it was is nothing they took"


def _check_undo(
    work: Draft, items: Mapping[str, Item], decisions: Decisions, rng: random.Random
) -> None:
    """Steps as a page takes them, each with what brings back what was said before it: the file and the record are what they were."""
    kept: Decisions = {}
    past: list[tuple[Changes, str, str]] = []

    def undo() -> None:
        nonlocal kept
        back, file, record = past.pop()
        kept = read(write("t", changed(kept, back).values()))
        assert write("t", kept.values()) == file, "undo leaves another file of decisions"
        assert edits_json.write(_as_decided(work, kept)) == record, "undo leaves another text"

    for _ in range(rng.choice((2, 4, 6)) if decisions else 0):
        if past and rng.random() < 0.3:
            undo()
            continue
        ids = rng.sample(sorted(decisions), min(len(decisions), rng.choice((1, 1, 2, 5))))
        step: Changes = {id: _said_again(decisions[id], kept.get(id), rng) for id in ids}
        now = _as_decided(work, kept)
        before = write("t", kept.values()), edits_json.write(now)
        past.append(({id: kept.get(id) for id in ids}, *before))
        kept = read(write("t", changed(kept, step).values()))
        _check(_as_decided(work, kept), items, kept)
    while past:
        undo()
    assert not kept


def _said_again(decision: Decision, before: Decision | None, rng: random.Random) -> Decision | None:
    """What somebody says of a thing that *decision* is about, who may have said something *before*: that, else, or nothing any more."""
    if before and rng.random() < 0.3:
        return None
    is_own = decision.verdict is Verdict.WRITE
    return decision if is_own or rng.random() < 0.6 else _otherwise(decision)


def _divided(decisions: Decisions, rng: random.Random) -> list[Decisions]:
    """*decisions* by two or three people's files; some took the same ones, and the last all that nobody else did."""
    people = [
        {id: one for id, one in decisions.items() if rng.random() < 0.5}
        for _ in range(rng.choice((1, 2)))
    ]
    rest = {id: one for id, one in decisions.items() if not any(id in own for own in people)}
    return [read(write("t", own.values())) for own in (*people, rest)]


def _otherwise(decision: Decision) -> Decision:
    """What somebody else decided on the same thing."""
    verdict = Verdict.ACCEPT if decision.verdict is Verdict.REJECT else Verdict.REJECT
    return replace(decision, verdict=verdict, replacement="", place=None)


def _some_decisions(items: Mapping[str, Item], rng: random.Random) -> Decisions:
    share = rng.choice((0.3, 0.7, 1.0))
    verdicts = rng.choice(
        ([Verdict.ACCEPT], [Verdict.ACCEPT, Verdict.ACCEPT, Verdict.REJECT], list(Verdict))
    )
    verdicts = [verdict for verdict in verdicts if verdict is not Verdict.WRITE]
    decisions: Decisions = {}
    for id, item in sorted(items.items()):
        if rng.random() > share:
            continue
        verdict = rng.choice(verdicts)
        if verdict is Verdict.EDIT and isinstance(item, FixRecord) and len(item.edits) > 1:
            verdict = Verdict.REJECT
        put = rng.choice(BY_HAND) if verdict is Verdict.EDIT else ""
        if verdict is Verdict.ACCEPT and isinstance(item, FindingRecord):
            put = rng.choice(("", *item.suggestions))
        note = rng.choice(NOTES) if verdict is not Verdict.COMMENT else NOTES[-1]
        decisions[id] = Decision(id, verdict, item.rule, "", put, False, *note)
    return decisions


def _own_words(offer: Record, rng: random.Random) -> Decisions:
    """What somebody writes in places that they chose, where nothing was changed."""
    original = offer.original
    decisions: Decisions = {}
    for _ in range(rng.choice((0, 0, 1, 3))):
        start, end = sorted(rng.choices(range(len(original) + 1), k=2))
        end = min(end, start + 12)
        before, after = original[max(0, start - 20) : start], original[end : end + 20]
        place = Place(before, original[start:end], after)
        if any(_near(change.original, Span(start, end)) for change in offer.changes):
            continue
        if start < end and place.found_in(original) == (start, end):
            id = f"{rng.getrandbits(48):012x}"
            put = rng.choice(BY_HAND)
            decisions[id] = Decision(id, Verdict.WRITE, BY_HAND_RULE, "", put, place=place)
    return decisions


def _as_item(original: str, decision: Decision) -> Item:
    """What somebody wrote as the fix that it becomes."""
    span = decision.place.found_in(original) if decision.place else None
    assert span is not None
    edit = EditRecord(span, span, original[slice(*span)], decision.replacement)
    return FixRecord(
        decision.id, 0, BY_HAND_RULE, "review", "", Applicability.SUGGESTED, "", True, (edit,)
    )


def _all(items: Iterable[Item], verdict: Verdict) -> Decisions:
    return {item.id: Decision(item.id, verdict, item.rule) for item in items}


def _check(record: Record, items: Mapping[str, Item], decisions: Mapping[str, Decision]) -> None:
    """What was decided is done or has its reason, and nothing is offered that was not before."""
    assert not record.stale, f"stale: {record.stale}"
    shown = {item.id: item for item in record.items}
    assert len(shown) == len(record.fixes) + len(record.findings), "two things have one name"
    assert shown.keys() <= items.keys(), "something new is offered"
    missing = [
        id
        for id, item in items.items()
        if id not in shown and not (isinstance(item, FixRecord) and item.applied)
    ]
    assert not missing, f"no longer offered: {[items[id].rule for id in missing]}"
    decided = {id for id, decision in decisions.items() if decision.decides}
    open_before = {i.id for i in items.values() if _is_asked(i)} - decided
    assert {item.id for item in record.undecided} == open_before, "what is left is counted wrongly"
    text = record.cleaned()
    for id, decision in decisions.items():
        item = shown.get(id)
        if item is None and not decision.decides:
            continue  # it goes with what it is about
        assert item is not None, f"lost: {decision}"
        assert item.decision is (decision.verdict if decision.decides else None)
        assert item.note == decision.note
        if not decision.decides:
            continue
        if isinstance(item, FindingRecord):
            offered = items[id]
            assert isinstance(offered, FindingRecord)
            chosen = (
                decision.verdict is Verdict.ACCEPT and decision.replacement in offered.suggestions
            )
            if decision.verdict is Verdict.EDIT or (chosen and decision.replacement):
                assert _has_company(item, items, decisions), f"not written: {decision}"
            continue
        if decision.verdict is Verdict.REJECT:
            assert not item.applied, f"made: {decision}"
        elif not item.applied:
            assert _has_company(items[id], items, decisions), f"not made: {decision}"
        elif decision.verdict in BY_PEOPLE or isinstance(items[id], FindingRecord):
            (edit,) = item.edits
            gone_with_more = not edit.before and _has_company(items[id], items, decisions)
            assert gone_with_more or text[slice(*edit.output)] == decision.replacement, (
                f"overwritten: {decision}"
            )
    if not any(
        d.verdict is Verdict.EDIT or isinstance(items[d.id], FixRecord) for d in decisions.values()
    ):
        both = ((items[id], item) for id, item in shown.items())
        assert all(
            before.applied == after.applied
            for before, after in both
            if isinstance(before, FixRecord) and isinstance(after, FixRecord)
        )


def _is_asked(item: Item) -> bool:
    return (
        item.severity is not Severity.NEUTRAL
        if isinstance(item, FindingRecord)
        else not item.applied
    )


def _has_company(item: Item, items: Mapping[str, Item], decisions: Mapping[str, Decision]) -> bool:
    """Whether another decision is about words that *item* is about, too: one of them has to give way."""
    return any(
        _near(a, b)
        for id in decisions
        if id != item.id
        for a in _places(item)
        for b in _places(items[id])
    )


def _places(item: Item) -> list[Span]:
    return [e.original for e in item.edits] if isinstance(item, FixRecord) else [item.original]


def _near(a: Span, b: Span) -> bool:
    return a.start <= b.end and b.start <= a.end
