"""The one account of a cleaned document from which every report is made.

A :class:`Record` holds the original text and everything the stages did to it or noticed in it, with
every place given in both texts.  JSON, HTML, unified diff, terminal and markdown are views of it;
none of them compares strings, because a comparison forgets which rule did what.

Offsets are code points, ranges half-open, as everywhere (:class:`mtclean.text.Span`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from mtclean.formats import Layout
from mtclean.text import (
    Applicability,
    Decision,
    Edit,
    Finding,
    Fix,
    Note,
    Placed,
    Severity,
    Span,
    Trail,
    Verdict,
)
from mtclean.text.decision import Place
from mtclean.text.identity import name_all
from mtclean.text.trail import apply

if TYPE_CHECKING:
    from mtclean.rules.bilingual.rule import AnyRule

State = Literal["applied", "suggested", "declined"]

EXCERPT = 200
"""Code points of a finding's place that are quoted; a longer place is cut and ends in ``…``."""


@dataclass(frozen=True, slots=True)
class Source:
    """The file a document was read from.

    ``sha256`` is the hex digest of the original *bytes*; ``newline`` names the style found
    (``lf``, ``crlf``, ``cr``, ``mixed`` or empty); ``language`` is an ISO 639-1 code or empty.
    """

    name: str
    sha256: str
    encoding: str = "utf-8"
    bom: bool = False
    newline: str = "lf"
    encoding_guessed: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class RunSignature:
    """What made the record: with the same signature and source the same record comes out."""

    mtclean: str
    ruleset: str = ""
    """A hash over the rules that ran."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Of the tools behind the stages, by name: ``{"languagetool": "6.8", "ftfy": "6.3.1"}``."""
    options: Mapping[str, str | int | float | bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A part of the original that *stage* did not look at, and why, in plain words."""

    stage: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text that a place is the translation of, and the place in it that is meant, if one is."""

    text: str
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class RuleNote:
    """What the record says about a rule that had something to say.

    All fields are empty for a rule mtclean has no text on, such as one of LanguageTool's.
    """

    category: str = ""
    summary: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """A place where the texts differ: ``before`` stands in the original, ``after`` in the output.

    Between two changes the texts are the same.  ``fixes`` are numbers of the fixes that made the
    change: several where a later fix touched what an earlier one wrote.
    """

    original: Span
    output: Span
    before: str
    after: str
    fixes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EditRecord:
    """One edit of a fix, with its place in both texts.

    ``before`` is what the edit found when it was made and ``after`` what it put there.  They are
    the slices ``original`` and ``output`` point at unless another fix changed the same place.
    """

    original: Span
    output: Span
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FixRecord:
    """What a person accepts or rejects.  A fix that was not applied shows where it would go.

    ``id`` is made from content and survives unrelated edits of the source; ``number`` is the
    fix's place in :attr:`Record.fixes` and does not.
    """

    id: str
    number: int
    rule: str
    stage: str
    category: str
    applicability: Applicability
    reason: str
    applied: bool
    edits: tuple[EditRecord, ...]
    decision: Verdict | None = None
    severity: Severity = Severity.MINOR
    """What the defect weighs as long as nobody has decided: its rule's severity, minor where that is not known."""
    note: Note | None = None
    """What was said of it, by whom and when, decided or not."""
    source: SourceText | None = None
    """What its unit is the translation of, where the file says so."""
    replacement: str = ""
    """The text that was decided on, a person's own or chosen of what was offered, made or not; empty for none."""
    place: Place | None = None
    """Where a person wrote, if no rule had anything to say there."""

    @property
    def counts(self) -> bool:
        """Whether the defect is still in the text, and nobody has said that it is none."""
        return self.state == "suggested"

    @property
    def state(self) -> State:
        """What became of the fix."""
        if self.applied:
            return "applied"
        return "declined" if self.decision is Verdict.REJECT else "suggested"

    @property
    def original(self) -> Span:
        """From the first edit's start to the last edit's end in the original."""
        if len(self.edits) == 1:  # as nearly all have
            return self.edits[0].original
        return Span(self.edits[0].original.start, max(e.original.end for e in self.edits))

    @property
    def output(self) -> Span:
        """From the first edit's start to the last edit's end in the output."""
        return Span(self.edits[0].output.start, max(e.output.end for e in self.edits))


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """Something a reader should look at.  ``excerpt`` is what stood there when it was found."""

    id: str
    rule: str
    stage: str
    category: str
    severity: Severity
    message: str
    suggestions: tuple[str, ...]
    original: Span
    output: Span
    excerpt: str
    decision: Verdict | None = None
    note: Note | None = None
    """What was said of it, by whom and when, decided or not."""
    source: SourceText | None = None
    """As in :class:`FixRecord`."""
    replacement: str = ""
    """As in :class:`FixRecord`."""

    @property
    def counts(self) -> bool:
        """Whether the finding weighs on the document: nobody has called it wrong."""
        return self.decision is not Verdict.REJECT


Item = FixRecord | FindingRecord
"""What people are shown, and may decide on."""


@dataclass(frozen=True, slots=True)
class Record:
    """The account of one cleaned document.  Changes, fixes and findings are in document order."""

    original: str
    source: Source
    run: RunSignature
    changes: tuple[ChangeRecord, ...] = ()
    fixes: tuple[FixRecord, ...] = ()
    findings: tuple[FindingRecord, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    warnings: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    """The stages that ran, in order, those with nothing to say too."""
    rules: Mapping[str, RuleNote] = field(default_factory=dict)
    """A note on each rule named by a fix or finding, by rule id."""
    stale: tuple[Decision, ...] = ()
    """Decisions that fit nothing in this text any more, to be made again."""
    layout: Layout | None = None
    """Where in the file the text is, if the file is more than that; not kept with the record."""

    def cleaned(self) -> str:
        """The output: the original with the changes made."""
        return apply(self.original, [Edit(*c.original, c.after) for c in self.changes])

    @property
    def items(self) -> tuple[Item, ...]:
        """The fixes, then the findings."""
        return (*self.fixes, *self.findings)

    @property
    def applied(self) -> tuple[FixRecord, ...]:
        """The fixes that were made."""
        return tuple(fix for fix in self.fixes if fix.applied)

    @property
    def held(self) -> tuple[FixRecord, ...]:
        """The fixes that wait for a person, or that a person has turned down."""
        return tuple(fix for fix in self.fixes if not fix.applied)

    @property
    def asked(self) -> tuple[Item, ...]:
        """What a person is asked to decide: what was not made unasked, and minor and major findings."""
        fixes = (fix for fix in self.fixes if fix.decision or not fix.applied)
        findings = (f for f in self.findings if f.decision or f.severity is not Severity.NEUTRAL)
        return (*fixes, *findings)

    @property
    def undecided(self) -> tuple[Item, ...]:
        """Those of :attr:`asked` on which nobody has decided."""
        return tuple(item for item in self.asked if item.decision is None)


def record_of(
    trail: Trail,
    source: Source,
    run: RunSignature,
    unchecked: Sequence[Unchecked] = (),
    warnings: Sequence[str] = (),
    stages: Sequence[str] = (),
    rules: Mapping[str, AnyRule] | None = None,
    decisions: Mapping[str, Decision] | None = None,
    layout: Layout | None = None,
) -> Record:
    """The record of what *trail* went through.

    ``stages`` are the stages that ran, in order; a stage that spoke and is not among them is put
    at the end.  ``rules`` gives category and explanation by rule id; ids that are not in it are
    let through without.  ``decisions`` are those the text was cleaned with, by id.  Costs
    O(text × layers), as applying the layers did.
    """
    known, decided = rules or {}, decisions or {}
    name_all(trail)
    placing = _Placing(trail, known, decided, layout)
    fixes, made = placing.fixes()
    findings = sorted(placing.findings(), key=attrgetter("original"))
    said = {*(fix.id for fix in fixes), *(finding.id for finding in findings)}
    return Record(
        trail.original,
        source,
        run,
        _changes(trail, made),
        tuple(fixes),
        tuple(findings),
        tuple(sorted(unchecked, key=lambda u: (u.span, u.stage))),
        tuple(warnings),
        tuple(dict.fromkeys((*stages, *_spoke(trail)))),
        _notes(known, {f.rule for f in fixes} | {f.rule for f in findings}),
        tuple(one for id, one in decided.items() if id not in said and one.decides),
        layout,
    )


def in_the_file(record: Record) -> Record:
    """*record* as one of the whole file, its changes alone: what a diff is made of.

    The same record where the file is nothing but the text, or an archive of several.
    """
    layout = record.layout
    if layout is None or layout.is_archive:
        return record
    source, shift = layout.sources[""], 0
    changes: list[ChangeRecord] = []
    for _, start, end, after in layout.edits(Edit(*c.original, c.after) for c in record.changes):
        output = Span(start + shift, start + shift + len(after))
        changes.append(ChangeRecord(Span(start, end), output, source[start:end], after, ()))
        shift += len(after) - (end - start)
    return replace(record, original=source, changes=tuple(changes), layout=None)


def _spoke(trail: Trail) -> list[str]:
    """The stages that had something to say, the one with the fewest layers under it first."""
    placed = sorted((*trail.applied, *trail.held, *trail.findings), key=lambda p: p.depth)
    return [item.stage for item in placed]


def _verdict(decision: Decision | None) -> Verdict | None:
    """What was decided; None where that is nothing yet."""
    return decision.verdict if decision and decision.decides else None


def _changes(trail: Trail, numbers: Mapping[int, int]) -> tuple[ChangeRecord, ...]:
    """The trail's changes with their texts, less those whose fixes undid one another."""
    places = (
        ChangeRecord(
            change.original,
            change.output,
            trail.original[slice(*change.original)],
            trail.text[slice(*change.output)],
            tuple(sorted(numbers[i] for i in change.fixes)),
        )
        for change in trail.changes
    )
    return tuple(place for place in places if place.before != place.after)


def _notes(rules: Mapping[str, AnyRule], used: Iterable[str]) -> dict[str, RuleNote]:
    return {
        id: RuleNote(rules[id].category, rules[id].sections.what, rules[id].explanation)
        if id in rules
        else RuleNote()
        for id in sorted(used)
    }


class _Placing:
    """Gives fixes and findings their places in both texts and the words they were about."""

    def __init__(
        self,
        trail: Trail,
        rules: Mapping[str, AnyRule],
        decisions: Mapping[str, Decision],
        layout: Layout | None,
    ) -> None:
        self._trail = trail
        self._layout = layout if layout and layout.segments else None
        self._rules = rules
        self._decisions = decisions

    def fixes(self) -> tuple[list[FixRecord], dict[int, int]]:
        """All fixes in the order of the original; and by their place in :attr:`Trail.applied` the numbers of those that were made."""
        placed = [*self._trail.applied, *self._trail.held]
        edits = [self._edits(one, said) for one, said in _with_what_was_said(self._trail, placed)]
        order = sorted(range(len(placed)), key=lambda at: edits[at][0].original)
        applied = len(self._trail.applied)
        return (
            [self._fix(n, placed[at], edits[at], at < applied) for n, at in enumerate(order)],
            {at: number for number, at in enumerate(order) if at < applied},
        )

    def findings(self) -> Iterator[FindingRecord]:
        """The findings, as they were noted."""
        for placed, (excerpt,) in _with_what_was_said(self._trail, self._trail.findings):
            yield self._finding(placed, excerpt)

    def _edits(self, placed: Placed, said: Sequence[str]) -> tuple[EditRecord, ...]:
        fix, trail = placed.item, self._trail
        assert isinstance(fix, Fix)
        return tuple(
            EditRecord(
                trail.original_span(edit.span, placed.depth),
                trail.output_span(edit.span, placed.depth),
                before,
                edit.replacement,
            )
            for edit, before in sorted(zip(fix.edits, said, strict=True))
        )

    def _fix(
        self, number: int, placed: Placed, edits: tuple[EditRecord, ...], applied: bool
    ) -> FixRecord:
        fix = placed.item
        assert isinstance(fix, Fix)
        rule, decision = self._rules.get(fix.rule), self._decisions.get(placed.name)
        return FixRecord(
            placed.name,
            number,
            fix.rule,
            placed.stage,
            rule.category if rule else "",
            fix.applicability,
            fix.reason,
            applied,
            edits,
            _verdict(decision),
            rule.severity if rule else Severity.MINOR,
            decision.note if decision else None,
            self._source(edits[0].original, fix.source),
            decision.replacement if decision else "",
            decision.place if decision else None,
        )

    def _finding(self, placed: Placed, excerpt: str) -> FindingRecord:
        finding = placed.item
        assert isinstance(finding, Finding)
        original = self._trail.original_span(finding.span, placed.depth)
        decision = self._decisions.get(placed.name)
        return FindingRecord(
            placed.name,
            finding.rule,
            placed.stage,
            finding.category,
            finding.severity,
            finding.message,
            finding.suggestions,
            original,
            self._trail.output_span(finding.span, placed.depth),
            excerpt if len(excerpt) <= EXCERPT else excerpt[: EXCERPT - 1] + "…",
            _verdict(decision),
            decision.note if decision else None,
            self._source(original, finding.source),
            decision.replacement if decision else "",
        )

    def _source(self, original: Span, place: Span | None) -> SourceText | None:
        """What the unit at *original* is the translation of, and the *place* in it that is meant."""
        segment = self._layout.segment_at(original.start) if self._layout else None
        return SourceText(segment.original, place) if segment and segment.original else None


def _with_what_was_said(
    trail: Trail, placed: Sequence[Placed]
) -> Iterator[tuple[Placed, tuple[str, ...]]]:
    """Each of *placed* with what stood at the places it is about.

    Spans are of the text as it was at that depth, which the trail does not keep: the layers are
    made once more, one text in memory at a time.
    """
    by_depth: defaultdict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(placed):
        by_depth[one.depth].append(number)
    said: list[tuple[str, ...]] = [()] * len(placed)
    for depth, text in enumerate(_texts(trail)) if placed else ():
        for number in by_depth[depth]:
            said[number] = tuple(text[slice(*span)] for span in _places_of(placed[number].item))
    return zip(placed, said, strict=True)


def _places_of(item: Fix | Finding) -> Iterable[Span]:
    return (edit.span for edit in item.edits) if isinstance(item, Fix) else (item.span,)


def _texts(trail: Trail) -> Iterator[str]:
    """The original, the text after the first layer, and so on to the output."""
    text = trail.original
    yield text
    for layer in trail.layers:
        text = apply(text, [edit for edit, _ in layer.edits])
        yield text
