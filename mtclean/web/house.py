"""What an amendment of the house's settings would change in documents, told from what was found in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mtclean.pipeline.amend import Amendment, Proposal, Standing, pattern_of
from mtclean.report import Record
from mtclean.report.direction import direction_of
from mtclean.report.excerpt import Excerpts, Line
from mtclean.report.page import rendered
from mtclean.report.record import FixRecord, Item
from mtclean.report.titles import kind_of, title_of
from mtclean.text import HousePattern, Span
from mtclean.text.span_set import SpanSet

_DOCUMENTS, _LINES = 50, 5
"""Documents, and lines of each, that the page shows; it counts them all."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What would change in the document whose report is at ``report``.

    ``lines`` are of its text: what stands before, what goes, what comes, what stands after.  ``settled`` are the ids of
    what is open there, and would be no more.
    """

    report: str
    name: str
    language: str
    lines: tuple[Line, ...]
    settled: frozenset[str]
    titles: tuple[str, ...]
    """What is settled, in words."""

    def __bool__(self) -> bool:
        return bool(self.lines or self.settled)

    @property
    def direction(self) -> str:
        """The direction of its text, as HTML names it."""
        return direction_of(self.language)


def effect_on(record: Record, report: str, amendment: Amendment) -> Effect:
    """What *amendment* would change in the document of *record*, whose report is at *report*."""
    meant, excerpts = list(_meant(record, amendment)), Excerpts.of(record)
    open_ = {item.id for item in record.undecided}
    if amendment.standing is Standing.NEVER:
        lines = [line for item in meant for line in _undone(excerpts, item)]
        settled = {item.id for item in meant} & open_
    elif amendment.rule:
        made = [item for item in meant if isinstance(item, FixRecord) and item.id in open_]
        lines = [excerpts.line(edit) for item in made for edit in item.edits]
        settled = {item.id for item in made}
    else:
        lines = list(_replaced(record.cleaned(), amendment))
        settled = {item.id for item in meant} & open_
    source = record.source
    titles = tuple(title_of(item) for item in meant if item.id in settled)
    return Effect(report, source.name, source.language, tuple(lines), frozenset(settled), titles)


def house_page(proposal: Proposal, effects: Iterable[Effect], unread: int, back: str) -> str:
    """The page of what *proposal* would change; *unread* documents could not be looked at, *back* is where one comes from."""
    listed = sorted(filter(None, effects), key=lambda effect: -len(effect.lines))
    amendment = proposal.amendment
    return rendered(
        "house",
        proposal=proposal,
        amendment=amendment,
        title=_title(amendment),
        effects=listed[:_DOCUMENTS],
        lines=_LINES,
        documents=len(listed),
        places=sum(len(effect.lines) for effect in listed),
        settled=sum(len(effect.settled) for effect in listed),
        unread=unread,
        back=back,
    )


def _title(amendment: Amendment) -> str:
    is_never = amendment.standing is Standing.NEVER
    if amendment.rule:
        kind = kind_of(amendment.rule)
        return f"Never again: {kind}" if is_never else f"Always: {kind}"
    if is_never:
        return f"Never touch “{amendment.words}”"
    if amendment.instead:
        return f"Always “{amendment.instead}” for “{amendment.words}”"
    return f"Always without “{amendment.words}”"


def _meant(record: Record, amendment: Amendment) -> Iterator[Item]:
    """What was said that the amendment is about."""
    if amendment.rule:
        yield from (item for item in record.items if item.rule == amendment.rule)
        return
    places = SpanSet(HousePattern(pattern_of(amendment.words)).find(record.original))
    yield from (item for item in record.items if places.touches(item.original))


def _undone(excerpts: Excerpts, item: Item) -> Iterator[Line]:
    """What would be in the text again as it was."""
    if isinstance(item, FixRecord) and item.state == "applied":
        for edit in item.edits:
            left, before, after, right = excerpts.line(edit)
            yield left, after, before, right


def _replaced(text: str, amendment: Amendment) -> Iterator[Line]:
    excerpts = Excerpts(text)
    for span in HousePattern(pattern_of(amendment.words)).find(text):
        left, right = excerpts.around(Span(*span))
        yield left, amendment.words, amendment.instead, right
