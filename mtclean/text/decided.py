"""The text as people decided, made from what the rules offered before anybody had decided anything.

The rules go over a text as if nobody had decided, and what they say then is what can be decided on:
its names depend on no decision.  The text that comes of decisions is a function of that offer and
of all decisions together, so that it is the same in whatever order they were taken, and none of them
can change what another is about.  No rule speaks after people: what it would say about the text as
decided is for the next time that text is cleaned.

What goes before what:

1. A fix that was turned down is not made, nor what was made only because of it (a capital after a
   space that is not to be there): the rules are asked once more without it.  What something accepted stands on
   is made.
2. What a person wrote is made, what takes more text away first.
3. So is what was accepted, where that leaves room for it (:class:`_Claims`): a suggestion, and of what a finding
   offers the text that was chosen.
4. What was made unasked later than one of these was offered and is in its way is not made.

What finds no room is held with its decision, and named: nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter

from mtclean.text.decision import BY_HAND_RULE, Decision, Verdict
from mtclean.text.identity import Identity, identity_of, name_all
from mtclean.text.model import Applicability, Edit, Finding, Fix, Span
from mtclean.text.select import Decide
from mtclean.text.trail import OffsetMap, Placed, Trail, apply

HANDS = "review"
"""The stage of what people write."""

BY_HAND = "Written by hand in the review."
CHOSEN = "Chosen in the review."


@dataclass(frozen=True, slots=True)
class Rerun:
    """How to ask the rules of *stages* again, making what a :data:`Decide` says and nothing else."""

    stages: tuple[str, ...]
    trail: Callable[[Decide], Trail]


def as_decided(
    offered: Trail, decisions: Mapping[str, Decision], rerun: Rerun
) -> tuple[Trail, list[Decision]]:
    """The trail with *decisions* (by name) made, and those to make a change that is not made.

    Others left no room for them, or what a person wrote cannot be read.

    *offered* is the trail of a run in which nobody decided anything.  Decisions about nothing in it
    do nothing.
    """
    name_all(offered)
    if own := _written_anywhere(offered, decisions.values()):
        offered = copy(offered)
        offered.held = [*offered.held, *own]
    said = (*offered.applied, *offered.held, *offered.findings)
    taken = {
        one.name: decisions[one.name]
        for one in said
        if one.name in decisions and decisions[one.name].decides
    }
    if not taken:
        return offered, []
    return _Arrangement(offered, taken, rerun).made()


def _written_anywhere(offered: Trail, decisions: Iterable[Decision]) -> list[Placed]:
    """What people wrote in places that no rule speaks of, as if it had been offered; what is not found is left out."""
    named = {one.name for one in (*offered.applied, *offered.held, *offered.findings)}
    written: list[Placed] = []
    for decision in sorted(decisions, key=attrgetter("id")):
        span = decision.place.found_in(offered.original) if decision.place else None
        if span is not None and decision.id not in named:
            edit = Edit(*offered.output_span(span, 0), decision.replacement)
            fix = Fix((edit,), BY_HAND, Applicability.SUGGESTED, BY_HAND_RULE)
            written.append(Placed(fix, HANDS, offered.depth, decision.id))
    return written


def can_be_edited(item: Fix | Finding) -> bool:
    """Whether a person may put a text of their own in its place: it must be one place."""
    return isinstance(item, Finding) or len(item.edits) == 1


def _written(item: Fix | Finding, decision: Decision) -> Fix | None:
    """What a person wrote in the place of *item*, or what *item* is of theirs."""
    if item.rule == BY_HAND_RULE and isinstance(item, Fix):
        return item
    if decision.verdict is Verdict.EDIT and can_be_edited(item):
        return Fix((Edit(*item.span, decision.replacement),), BY_HAND, rule=item.rule)
    return None


def _chosen(item: Fix | Finding, decision: Decision) -> Fix | None:
    """What a person chose of what *item*, a finding, offers."""
    if decision.verdict is not Verdict.ACCEPT or not isinstance(item, Finding):
        return None
    if not decision.replacement or decision.replacement not in item.suggestions:
        return None
    return Fix((Edit(*item.span, decision.replacement),), CHOSEN, rule=item.rule)


class _Arrangement:
    """What is made of an offer and the decisions taken on it."""

    def __init__(self, offered: Trail, taken: Mapping[str, Decision], rerun: Rerun) -> None:
        self._offered = offered
        self._taken = taken
        self._rerun = rerun
        self._dropped = {i for i, one in enumerate(offered.applied) if self._is_refused(one)}
        """The fixes of the offer that are not made."""

    def made(self) -> tuple[Trail, list[Decision]]:
        """The trail as decided, and the decisions to make a change that is not made."""
        self._dropped |= self._followers()
        wanted = self._wanted()
        for fix in wanted:
            self._dropped |= self._in_the_way(fix)
        trail, differences = self._without_what_is_dropped()
        made = _made_last(trail, wanted, differences)
        self._show_the_rest(trail, differences, made)
        changes = [self._taken.get(one.name) for one in trail.held]
        noted = [(one.item, self._taken.get(one.name)) for one in trail.findings]
        return trail, [
            *(d for d in changes if d and d.verdict is not Verdict.REJECT),
            *(d for item, d in noted if d and (_written(item, d) or _chosen(item, d))),
        ]

    def _is_refused(self, placed: Placed) -> bool:
        decision = self._taken.get(placed.name)
        return decision is not None and decision.verdict is not Verdict.ACCEPT

    def _followers(self) -> set[int]:
        """The fixes nobody decided on that the rules would not make without those that are dropped."""
        applied = self._offered.applied
        first = min((applied[i].depth for i in self._dropped), default=self._offered.depth)
        candidates = [
            i
            for i, one in enumerate(applied)
            if one.depth > first and one.stage in self._rerun.stages and one.name not in self._taken
        ]
        if not candidates:
            return set()
        identities = [identity_of(self._offered, one.item, one.depth) for one in applied]
        again = self._rerun.trail(self._deciding(dict(zip(identities, applied, strict=True))))
        made = {identity_of(again, one.item, one.depth) for one in again.applied}
        needed = self._needed()
        return {i for i in candidates if identities[i] not in made and i not in needed}

    def _needed(self) -> set[int]:
        """The fixes of the offer on whose text something was made later that is accepted."""
        applied = self._offered.applied
        return {
            i
            for change in self._offered.changes
            for j in change.fixes
            if applied[j].name in self._taken and not self._is_refused(applied[j])
            for i in change.fixes
            if applied[i].depth < applied[j].depth
        }

    def _deciding(self, offered: Mapping[Identity, Placed]) -> Decide:
        """Make what was offered and is not refused, and in place of that what was written."""
        written: set[str] = set()

        def decide(trail: Trail, item: Fix | Finding) -> Fix | None:
            placed = offered.get(identity_of(trail, item, trail.depth))
            if placed is None or isinstance(item, Finding) or placed.name in written:
                return None
            if not self._is_refused(placed):
                return item
            written.add(placed.name)
            return _written(item, self._taken[placed.name])

        return decide

    def _wanted(self) -> list[Placed]:
        """What is to be made last: what was written first, then what was accepted; the larger first."""
        by_hand: list[Placed] = []
        accepted: list[Placed] = []
        for one in (*self._offered.applied, *self._offered.held, *self._offered.findings):
            decision = self._taken.get(one.name)
            if decision and (fix := _written(one.item, decision)):
                by_hand.append(replace(one, item=fix))
            if decision and (fix := _chosen(one.item, decision)):
                accepted.append(replace(one, item=fix))
        for one in self._offered.held:
            if one.name in self._taken and self._taken[one.name].verdict is Verdict.ACCEPT:
                accepted.append(one)
        return [*sorted(by_hand, key=_smallness), *sorted(accepted, key=_smallness)]

    def _in_the_way(self, wanted: Placed) -> set[int]:
        """The fixes made later than *wanted* was offered that it cannot be made with."""
        met: set[int] = set()
        for edit in _edits(wanted):
            for layer in self._offered.layers[wanted.depth :]:
                met |= layer.in_the_way(edit)
                edit = layer.offsets.carried(edit)
        return met

    def _without_what_is_dropped(self) -> tuple[Trail, list[_Difference]]:
        """The trail of the offer without those fixes and what was built on them, layer by layer.

        With it goes, for each depth, how its text differs from the text that was offered.
        """
        offered = self._offered
        trail, text = Trail(offered.original), offered.original
        difference = _Difference()
        differences = [difference]
        for layer in offered.layers:
            numbers = sorted({number for _, number in layer.edits})
            self._dropped.update(
                n for n in numbers if any(difference.meets(e) for e in _edits(offered.applied[n]))
            )
            kept = [n for n in numbers if n not in self._dropped]
            place = {n: i for i, n in enumerate(kept)}
            trail.make_layer(
                [difference.carried(offered.applied[n]) for n in kept],
                [(difference.forth(edit), place[n]) for edit, n in layer.edits if n in place],
            )
            edits = [edit for edit, _ in layer.edits]
            gone = [edit for edit, n in layer.edits if n in self._dropped]
            difference = difference.after(text, layer.offsets, gone)
            text = apply(text, edits)
            differences.append(difference)
        return trail, differences

    def _show_the_rest(
        self, trail: Trail, differences: Sequence[_Difference], made: set[str]
    ) -> None:
        """Hold and note on *trail* what was offered and is not among what was *made*.

        What was made unasked and is not made now is shown only where somebody decided on it: it goes
        with what it followed.
        """
        turned_down = (self._offered.applied[i] for i in sorted(self._dropped))
        held = (*(one for one in turned_down if one.name in self._taken), *self._offered.held)
        trail.held = [differences[o.depth].carried(o) for o in held if o.name not in made]
        trail.findings = [
            differences[o.depth].carried(o) for o in self._offered.findings if o.name not in made
        ]


def _made_last(
    trail: Trail, wanted: Sequence[Placed], differences: Sequence[_Difference]
) -> set[str]:
    """Make on *trail* what finds room of *wanted*, the first first; the names of what was made."""
    claims = _Claims()
    made: list[Placed] = []
    done_already: list[Placed] = []
    for one in wanted:
        fix = _as_it_stands_now(trail, one, differences[one.depth])
        left = claims.left_of(fix) if fix else None
        if fix and left is not None:
            (made if left else done_already).append(
                replace(one, item=replace(fix, edits=left or fix.edits))
            )
    if made or done_already:
        _make_at_once(trail, made)
    if done_already:
        offsets = trail.layers[-1].offsets
        _make_at_once(trail, [_of_nothing(one, offsets) for one in done_already])
    return {one.name for one in (*made, *done_already)}


class _Claims:
    """The places that decisions speak for: no two of them write in one, and what several take away goes once."""

    def __init__(self) -> None:
        self._only_deleted: dict[int, bool] = {}
        """By place (:attr:`Edit.claims`), whether nothing is written there."""

    def left_of(self, fix: Fix) -> tuple[Edit, ...] | None:
        """What is left to do of *fix* beside what was claimed before, now claimed too; None where they clash.

        All of it where its places are free.  Where others take away what it meets: the rest, if it
        only takes away, too; nothing, if all its places go with theirs, unless a person wrote it.
        """
        changing = [edit for edit in fix.edits if not edit.is_nothing]
        met = [self._only_deleted.get(at) for edit in changing for at in edit.claims]
        clashes = [deleted for deleted in met if deleted is not None]
        if not clashes:
            left = changing
        elif not all(clashes):
            return None
        elif all(edit.deletes for edit in changing):
            left = [piece for edit in changing for piece in self._free(edit)]
        elif len(clashes) == len(met) and fix.reason != BY_HAND:
            left = []
        else:
            return None
        for edit in changing:
            self._only_deleted.update(dict.fromkeys(edit.claims, edit.deletes or not left))
        return tuple(left)

    def _free(self, deletion: Edit) -> Iterator[Edit]:
        """The parts of *deletion* whose characters nobody took away."""
        characters = range(deletion.start, deletion.end)
        for taken, run in groupby(characters, lambda at: 2 * at + 1 in self._only_deleted):
            if not taken:
                first, *others = run
                yield Edit(first, first + len(others) + 1, "")


def _make_at_once(trail: Trail, placed: Sequence[Placed]) -> None:
    pairs = [(edit, i) for i, one in enumerate(placed) for edit in _edits(one)]
    trail.make_layer(placed, sorted(pairs, key=lambda pair: pair[0][:2]))


def _of_nothing(placed: Placed, offsets: OffsetMap) -> Placed:
    """*placed*, which has nothing left to do, as it is noted in the text after *offsets*."""
    fix = placed.item
    assert isinstance(fix, Fix)
    starts = [offsets.forth(edit.span).start for edit in fix.edits]
    return replace(placed, item=replace(fix, edits=tuple(Edit(at, at, "") for at in starts)))


def _as_it_stands_now(trail: Trail, placed: Placed, difference: _Difference) -> Fix | None:
    """The fix in *trail*'s text; None where a place of its is gone, or it cannot be read."""
    fix = placed.item
    assert isinstance(fix, Fix)
    places = [_place_now(trail, edit, placed.depth, difference) for edit in fix.edits]
    edits = tuple(edit for edit in places if edit is not None)
    now = replace(fix, edits=edits)
    return now if len(edits) == len(places) and now.is_legible(trail.text) else None


def _place_now(trail: Trail, edit: Edit, depth: int, difference: _Difference) -> Edit | None:
    """*edit*, offered at *depth*, in *trail*'s text; None where a part of its place is gone."""
    gone = difference.tears(edit.span)
    edit = difference.forth(edit)
    for layer in trail.layers[depth:]:
        gone = gone or bool(layer.in_the_way(edit))
        edit = layer.offsets.carried(edit)
    return None if gone and not edit.is_nothing else edit


def _smallness(placed: Placed) -> int:
    """A key that puts what takes more text away first."""
    return -sum(edit.end - edit.start for edit in _edits(placed))


def _edits(placed: Placed) -> tuple[Edit, ...]:
    return placed.item.edits if isinstance(placed.item, Fix) else ()


@dataclass(frozen=True, slots=True)
class _Difference:
    """The edits, in order, that make the text as decided of the text as offered, at one depth."""

    edits: tuple[Edit, ...] = ()
    _offsets: OffsetMap = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_offsets", OffsetMap(self.edits))

    def meets(self, edit: Edit) -> bool:
        """Whether *edit* of the offered text touches what differs."""
        return any(True for _ in self._offsets.met(edit.span))

    def tears(self, span: Span) -> bool:
        """Whether what differs lies partly in *span* and partly outside, or takes its place away."""
        return any(not span.covers(self.edits[i].span) for i in self._offsets.met(span))

    def forth(self, edit: Edit) -> Edit:
        """*edit* of the offered text as one of the text as decided."""
        return self._offsets.carried(edit)

    def carried(self, placed: Placed) -> Placed:
        """*placed* with its places in the text as decided."""
        item = placed.item
        if not self.edits:
            return placed
        if isinstance(item, Finding):
            return replace(placed, item=replace(item, span=self._offsets.forth(item.span)))
        return replace(placed, item=replace(item, edits=tuple(map(self.forth, item.edits))))

    def after(self, text: str, layer: OffsetMap, gone: Sequence[Edit]) -> _Difference:
        """The difference one layer on, of whose edits of *text*, the offered one, *gone* are not made."""
        return _Difference(
            tuple(
                Edit(*layer.forth(place), apply(text[slice(*place)], _within(place, known)))
                for place, known in _regions(self.edits, gone)
            )
        )


def _regions(known: Sequence[Edit], gone: Sequence[Edit]) -> Iterator[tuple[Span, list[Edit]]]:
    """The places that edits of both lists make together where they meet, with the *known* ones in each."""
    spans = sorted([(e.span, e) for e in known] + [(e.span, None) for e in gone], key=_span)
    place: Span | None = None
    inside: list[Edit] = []
    for span, edit in spans:
        if place is None or not place.meets(span):
            if place is not None:
                yield place, inside
            place, inside = span, []
        place = Span(place.start, max(place.end, span.end))
        if edit is not None:
            inside.append(edit)
    if place is not None:
        yield place, inside


def _span(pair: tuple[Span, Edit | None]) -> Span:
    return pair[0]


def _within(place: Span, edits: Iterable[Edit]) -> list[Edit]:
    return [Edit(*edit.span.shifted(-place.start), edit.replacement) for edit in edits]
