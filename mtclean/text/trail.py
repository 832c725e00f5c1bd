"""Apply fixes, remember every step, and tell where each character went.

A :class:`Trail` is the history of one text: layers of edits from the original to the output.
Everything shown or written is made from it; nothing is ever found again by comparing strings,
because a diff forgets which rule did what.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from operator import add, sub

from mtclean.text.model import ByFields, Edit, Finding, Fix, Span


class OverlappingEdits(ValueError):
    """Two edits of one layer claim the same place; the selection before should not let them."""


def apply(text: str, edits: Sequence[Edit]) -> str:
    """*text* with *edits* made; they are in order and do not overlap.

    Raises :class:`OverlappingEdits` where they do.
    """
    parts: list[str] = []
    at = 0
    for start, end, replacement in edits:
        if start < at or end < start:
            raise OverlappingEdits(f"an edit at {start} follows one that ends at {at}")
        parts += (text[at:start], replacement)
        at = end
    parts.append(text[at:])
    return "".join(parts)


class OffsetMap:
    """Carries spans over one layer of edits, in both directions."""

    __slots__ = ("_after", "_before")

    def __init__(self, edits: Sequence[Edit]) -> None:
        starts, ends = [e.start for e in edits], [e.end for e in edits]
        lengths = [len(e.replacement) for e in edits]
        grown = accumulate(map(add, lengths, map(sub, starts, ends)), initial=0)
        after = [*map(add, starts, grown)]
        self._before = _Side(starts, ends)
        self._after = _Side(after, map(add, after, lengths))

    def met(self, span: Span) -> Iterator[int]:
        """The numbers of the edits that meet *span* of the text before them."""
        before = self._before
        near = range(bisect_left(before.ends, span.start), bisect_right(before.starts, span.end))
        return (i for i in near if span.meets(Span(before.starts[i], before.ends[i])))

    def back(self, span: Span) -> Span:
        """The span of the text before the edits that became *span*."""
        return self._after.carry(span, self._before)

    def forth(self, span: Span) -> Span:
        """The span of the text after the edits that *span* became."""
        return self._before.carry(span, self._after)

    def carried(self, edit: Edit) -> Edit:
        """*edit* of the text before as one of the text after; what changes nothing takes nothing in."""
        start, end = self.forth(edit.span)
        return Edit(start, start if edit.is_nothing else end, edit.replacement)


class _Side:
    """The edited ranges as one of the two texts has them: of a large document there are hundreds of thousands."""

    __slots__ = ("ends", "starts")

    def __init__(self, starts: Iterable[int], ends: Iterable[int]) -> None:
        self.starts = array("q", starts)
        self.ends = array("q", ends)

    def carry(self, span: Span, other: _Side) -> Span:
        """*span* as the other side has it.

        An end that falls inside an edited range takes in the whole range.  Where nothing but an
        insertion or deletion touches it, the span stays tight and takes in neither.
        """
        start, end = self._start(span.start, other), self._end(span.end, other)
        return Span(min(start, end), max(start, end))

    def _start(self, at: int, other: _Side) -> int:
        i = bisect_right(self.starts, at) - 1
        if i < 0:
            return at
        return other.ends[i] + at - self.ends[i] if at >= self.ends[i] else other.starts[i]

    def _end(self, at: int, other: _Side) -> int:
        i = bisect_left(self.starts, at) - 1
        if i < 0:
            return at
        return other.ends[i] + max(0, at - self.ends[i])


@dataclass(frozen=True, slots=True)
class Change(ByFields):
    """One place where output and original differ, and the fixes that made it.

    The text between two changes is the same in both.  ``fixes`` are indices into
    :attr:`Trail.applied`; more than one where later fixes touched what earlier ones wrote.
    """

    original: Span
    output: Span
    fixes: tuple[int, ...]

    def further_on(self, by: int) -> Change:
        """The same change, *by* code points further on in the output."""
        return Change(self.original, self.output.shifted(by), self.fixes) if by else self


@dataclass(frozen=True, slots=True)
class Placed(ByFields):
    """A fix or finding, the stage it came from, and the number of layers under it.

    ``name`` is by what people decide on it, once all that is offered is known
    (:func:`mtclean.text.identity.name_all`).
    """

    item: Fix | Finding
    stage: str
    depth: int
    name: str = ""

    def named(self, name: str) -> Placed:
        """The same under *name*."""
        return Placed(self.item, self.stage, self.depth, name)


@dataclass(frozen=True, slots=True)
class Layer(ByFields):
    """Edits made at once, in order, each with the number of its fix in :attr:`Trail.applied`."""

    edits: tuple[tuple[Edit, int], ...]
    offsets: OffsetMap

    def met(self, span: Span) -> Iterator[tuple[Edit, int]]:
        """The edits that meet *span*."""
        return (self.edits[i] for i in self.offsets.met(span))

    def in_the_way(self, edit: Edit) -> set[int]:
        """The fixes that *edit*, made later, cannot be made with: they change a part of its place and more.

        What lies wholly inside goes with the place.  Two that delete take away what either does.
        """
        return {
            fix
            for other, fix in self.met(edit.span)
            if not edit.span.covers(other.span)
            and not (edit.deletes and other.deletes)
            and not other.is_nothing
        }


@dataclass(slots=True)
class Trail:
    """The history of one text, grown layer by layer by the stages."""

    original: str
    text: str = field(init=False)
    applied: list[Placed] = field(default_factory=list)
    held: list[Placed] = field(default_factory=list)
    """Fixes that were shown and not made: suggested ones, and those a person rejected."""
    findings: list[Placed] = field(default_factory=list)
    layers: list[Layer] = field(default_factory=list)
    _changes: list[Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = self.original

    @property
    def changes(self) -> tuple[Change, ...]:
        """Where output and original differ, in order."""
        return tuple(self._changes)

    @property
    def depth(self) -> int:
        """The number of layers so far: what spans of the text as it stands are to be read with."""
        return len(self.layers)

    def make(self, stage: str, fixes: Iterable[Fix]) -> None:
        """Apply one layer of fixes to the text as it stands.

        Raises :class:`OverlappingEdits` where two of them claim the same place.
        """
        placed = [Placed(fix, stage, len(self.layers)) for fix in fixes]
        edits = [(edit, i) for i, fix in enumerate(placed) for edit in _edits(fix)]
        if edits:
            self.make_layer(placed, sorted(edits, key=lambda pair: pair[0][:2]))

    def make_layer(self, placed: Sequence[Placed], edits: Sequence[tuple[Edit, int]]) -> None:
        """Apply *edits*, in order and each with the number of its fix in *placed*, as one layer.

        A layer may be empty.  Raises :class:`OverlappingEdits` where two claim the same place.
        """
        before = len(self.applied)
        numbered = tuple((edit, before + i) for edit, i in edits)
        ordered = [edit for edit, _ in numbered]
        self.text = apply(self.text, ordered)
        depth = len(self.layers)
        self.applied += (fix if fix.depth == depth else replace(fix, depth=depth) for fix in placed)
        self.layers.append(Layer(numbered, OffsetMap(ordered)))
        self._changes = _compose(self._changes, numbered)

    def hold(self, stage: str, fixes: Iterable[Fix]) -> None:
        """Remember fixes of the text as it stands that are not made."""
        self.held += (Placed(fix, stage, len(self.layers)) for fix in fixes)

    def note(self, stage: str, findings: Iterable[Finding]) -> None:
        """Remember findings in the text as it stands."""
        self.findings += (Placed(finding, stage, len(self.layers)) for finding in findings)

    def withdraw(self, stage: str) -> None:
        """Forget what *stage* held and found: it is to say anew what it has to say of the text as it stands."""
        self.held = [placed for placed in self.held if placed.stage != stage]
        self.findings = [placed for placed in self.findings if placed.stage != stage]

    def original_span(self, span: Span, depth: int) -> Span:
        """*span* of the text after *depth* layers, as the original has it."""
        for layer in reversed(self.layers[:depth]):
            span = layer.offsets.back(span)
        return span

    def output_span(self, span: Span, depth: int) -> Span:
        """*span* of the text after *depth* layers, as the output has it."""
        for layer in self.layers[depth:]:
            span = layer.offsets.forth(span)
        return span


def _edits(placed: Placed) -> tuple[Edit, ...]:
    return placed.item.edits if isinstance(placed.item, Fix) else ()


def _compose(changes: Sequence[Change], edits: Sequence[tuple[Edit, int]]) -> list[Change]:
    """The changes original → middle, followed by edits middle → new, as changes original → new.

    One sweep over both lists, O(len(changes) + len(edits)): where an edit touches a change they
    become one change; all others keep apart, and most touch nothing.
    """
    composed: list[Change] = []
    to_original = 0  # what takes a kept middle offset to the original
    to_new = 0  # what takes a kept middle offset to the new text
    i = j = 0
    while i < len(changes) or j < len(edits):
        group = _Group(to_original, to_new)
        if j == len(edits) or (i < len(changes) and changes[i].output <= edits[j][0].span):
            change = changes[i]
            if _none_before(change.output.end, changes, i + 1, edits, j):
                composed.append(change.further_on(to_new))
                to_original = change.original.end - change.output.end
                i += 1
                continue
            group.take_change(change)
            i += 1
        else:
            edit, fix = edits[j]
            start, end, replacement = edit
            if _none_before(end, changes, i, edits, j + 1):
                original = Span(start + to_original, end + to_original)
                output = Span(start + to_new, start + to_new + len(replacement))
                composed.append(Change(original, output, (fix,)))
                to_new += len(replacement) - (end - start)
                j += 1
                continue
            group.take_edit(edit, fix)
            j += 1
        growing = True
        while growing:
            growing = False
            if i < len(changes) and group.span.meets(changes[i].output):
                group.take_change(changes[i])
                i, growing = i + 1, True
            if j < len(edits) and group.span.meets(edits[j][0].span):
                group.take_edit(*edits[j])
                j, growing = j + 1, True
        composed.append(group.change())
        to_original, to_new = group.to_original, group.to_new
    return composed


def _none_before(
    end: int, changes: Sequence[Change], i: int, edits: Sequence[tuple[Edit, int]], j: int
) -> bool:
    """Whether the next of *changes* and of *edits* begin behind *end*, and so touch nothing that ends there."""
    return (i == len(changes) or changes[i].output.start > end) and (
        j == len(edits) or edits[j][0].start > end
    )


class _Group:
    """Changes and edits that touch one another, gathered into one change."""

    def __init__(self, to_original: int, to_new: int) -> None:
        self.before_original = self.to_original = to_original
        self.before_new = self.to_new = to_new
        self.middle: Span | None = None
        self.fixes: set[int] = set()

    @property
    def span(self) -> Span:
        """The place in the middle text that is gathered so far."""
        assert self.middle is not None
        return self.middle

    def take_change(self, change: Change) -> None:
        self._widen(change.output)
        self.to_original = change.original.end - change.output.end
        self.fixes.update(change.fixes)

    def take_edit(self, edit: Edit, fix: int) -> None:
        self._widen(edit.span)
        self.to_new += len(edit.replacement) - (edit.end - edit.start)
        self.fixes.add(fix)

    def _widen(self, span: Span) -> None:
        middle = self.middle or span
        self.middle = Span(min(middle.start, span.start), max(middle.end, span.end))

    def change(self) -> Change:
        start, end = self.span
        return Change(
            Span(start + self.before_original, end + self.to_original),
            Span(start + self.before_new, end + self.to_new),
            tuple(sorted(self.fixes)),
        )
