r"""A file as rules see it: its prose as one text, and the way back from there into the file.

Rules see the *view*: the prose of all segments, a blank line between two of them.  Runs of the view
are *pieces*, each of which stands for a run of a source:

* *verbatim*: the same characters stand in both;
* *whole*: something else stands in the file (``&amp;``, ``\"``, white space that a browser takes for one
  space), so it is replaced as a whole or not at all;
* *fixed*: no prose, but it takes room in the line (code, an image, a placeholder): never touched.

What has no width in the line (``<b>``, a mark of emphasis) is no piece: it is in the file between two
pieces, and stays there.  Offsets are code points of the view, and code points of a source.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import groupby
from typing import NamedTuple, TypeVar

from mtclean.text.model import Edit, Span
from mtclean.text.trail import apply

Source = str
"""The name of a part of the file that is a text by itself; empty where the file is one text."""

Escape = Callable[[str], str]
"""From prose to how it is written in a place of the file; a function of a module, since layouts travel."""

_LONGEST_CELL = 64  # pieces of a cell that may still be a short one

_QUOTES = ('"', "'")  # as fields are put in

LONGEST_LABEL = 120
"""Code points of a segment's label; names in files are of any length."""

_BLANKS = (" ", "\t", "\r", "\n", "\f")

WHITE = " \t\r\n\v\f"
"""White space that is the file's at the ends of a text.  Any other may be a letter that was spoilt (``Ã\xa0``)."""

BETWEEN = "\n\n"
"""What stands between two segments of a view: no rule takes them for one paragraph."""


class Kind(Enum):
    """What a piece of the view may become."""

    VERBATIM = "verbatim"
    WHOLE = "whole"
    FIXED = "fixed"


_VERBATIM, _WHOLE, _FIXED = Kind
# an attribute of an enumeration is slow to get, and these are asked for at each piece


class Piece(NamedTuple):
    """A run of the view and the run of the source it stands for, which may be empty where it is fixed."""

    view: Span
    source: Span
    kind: Kind


class Part(NamedTuple):
    """A run of a text in a file: how it ``looks`` to who reads it, and where it stands."""

    looks: str
    span: Span
    is_prose: bool


_Run = TypeVar("_Run")


def trimmed(parts: Iterable[_Run], looks: Callable[[_Run], str]) -> list[_Run]:
    """*parts* without those at the ends that *looks* says are white space, which is the file's."""
    own = [*parts]
    while own and not looks(own[0]).strip(WHITE):
        own.pop(0)
    while own and not looks(own[-1]).strip(WHITE):
        own.pop()
    return own


class Unmappable(ValueError):
    """A change of the view reaches into what is no prose; the gate before the trail should not let it."""


class SourceEdit(NamedTuple):
    """Replace ``sources[part][start:end]``, as it was read, by ``replacement``."""

    part: Source
    start: int
    end: int
    replacement: str


def as_it_is(text: str) -> str:
    """Nothing has to be escaped there."""
    return text


def no_more(source: str, edits: Sequence[SourceEdit]) -> Sequence[SourceEdit]:
    """Nothing else has to be changed."""
    return edits


class Hidden(NamedTuple):
    """White space in *part* that is not seen as long as there is some in *shown*, which stands before it."""

    part: Source
    shown: Span
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """How a format is written where prose may not stand everywhere.

    ``only_in_pieces``: what is put in goes into a piece that is prose, or nowhere.  Of white space that is put in
    at one of the ``marks`` of the view, which have no width, it is known that it belongs behind.  ``completed``
    makes of a source and the edits in it, in order, all that has to be changed there; ``may_add`` is markup that it
    puts in, and that says nothing of its own.  White space that is ``hidden`` goes with that which hides it.  A field that ``may_be_quoted`` gets quotation marks when it needs them.
    ``blank`` is a pattern of what is white space there.
    """

    only_in_pieces: bool = False
    marks: frozenset[int] = frozenset()
    completed: Callable[[str, Sequence[SourceEdit]], Sequence[SourceEdit]] = no_more
    may_add: str = ""
    may_be_quoted: bool = False
    hidden: tuple[Hidden, ...] = ()
    blank: str = r"\s+"

    def without_blanks(self, text: str) -> str:
        """*text* without white space, however it is written."""
        return re.sub(self.blank, "", text)


PLAIN = Writing()


class Segment(NamedTuple):
    """One unit of prose.

    ``view`` is its run of the view and ``source`` the whole field it fills in *part*, marks around it
    not included.  ``label`` says where it is, for people: ``unit 17``, ``row 12, column target``.
    ``language`` is empty where the file says nothing; ``original`` is the text it is a translation of, in
    ``original_language``, where the file has one and says so.  ``escape`` writes prose into it, and ``finish`` makes a right field of what
    stands in ``source`` once all is written (a comma wants quotation marks in a table).  ``state`` says why
    nothing of it may be changed (``final``, ``locked``): then all of it is fixed.  Empty elsewhere.  It ``is_entry`` where it
    is a heading, an item of a list or a cell, which need no stop at their end.  Where it is one of several
    translations, of which a program takes the one that fits a number, ``plural`` is the original for numbers of most kinds, and ``quantity`` the category
    of CLDR that this one is for, or its only number; empty where the file tells neither.  It ``leads`` where code or the like, which
    is not in the view, stands right behind it.  By its ``key`` a program asks for it, in the file of each language;
    empty where it has none.  The ``context`` is what the file says of where the program uses it, which parts texts of the same source.
    """

    view: Span
    source: Span
    label: str
    part: Source = ""
    language: str = ""
    original: str = ""
    escape: Escape = as_it_is
    finish: Escape = as_it_is
    state: str = ""
    original_language: str = ""
    is_entry: bool = False
    plural: str = ""
    quantity: str = ""
    leads: bool = False
    key: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A file as rules see it.  Pieces and segments are in the order of the view.

    ``remarks`` are lines for people on what of the file is not in it, ``unmatched`` those on what its source has and it has not, or the
    other way round.  ``links`` are the places of the view that
    lead somewhere, in order: where one ends a space may have been lost that nobody sees in the view.  ``seams`` are the
    offsets in the view, in order, at which marks without width stand that are read by what is beside them, such as ``**``.
    """

    view: str
    pieces: tuple[Piece, ...]
    segments: tuple[Segment, ...]
    sources: dict[Source, str]
    remarks: tuple[str, ...] = ()
    writing: Writing = PLAIN
    links: tuple[Span, ...] = ()
    seams: tuple[int, ...] = ()
    unmatched: tuple[str, ...] = ()
    _starts: list[int] = field(init=False, repr=False)
    """Where each piece starts in the view."""
    _segment_starts: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", [piece.view.start for piece in self.pieces])
        object.__setattr__(self, "_segment_starts", [one.view.start for one in self.segments])

    @property
    def fixed(self) -> tuple[Span, ...]:
        """The places of the view that nothing may change, in order and apart."""
        return tuple(piece.view for piece in self.pieces if piece.kind is _FIXED)

    @property
    def prose(self) -> str:
        """The view with a space, or what parts two segments, for everything fixed."""
        return "".join(
            self.view[slice(*piece.view)]
            if piece.kind is not _FIXED or self.view[slice(*piece.view)] == BETWEEN
            else " "
            for piece in self.pieces
        )

    @property
    def entries(self) -> tuple[Span, ...]:
        """The places of the view that are entries: see :class:`Segment`."""
        return tuple(segment.view for segment in self.segments if segment.is_entry)

    @property
    def leading(self) -> tuple[Span, ...]:
        """The places of the view that lead to what is not in it: see :class:`Segment`."""
        return tuple(segment.view for segment in self.segments if segment.leads)

    @property
    def skeleton(self) -> dict[Source, str]:
        """What is no prose: the same before and after, or the file is no longer what it was."""
        cuts: dict[Source, list[Span]] = {part: [] for part in self.sources}
        only = next(iter(self.sources)) if len(self.sources) == 1 else None
        for piece in self.pieces:
            if piece.kind is not _FIXED:
                part = self.segment_at(piece.view.start).part if only is None else only
                cuts[part].append(piece.source)
        if self.writing.may_be_quoted:
            for segment in self.segments:
                cuts[segment.part] += self._marks_around(segment)
        # a text inside a code of another is read behind it
        frames = {part: _without(text, sorted(cuts[part])) for part, text in self.sources.items()}
        if self.writing.may_be_quoted:  # nor are there any around what is empty now
            frames = {
                part: frame.replace('""', "").replace("''", "") for part, frame in frames.items()
            }
        if self.writing.may_add:
            frames = {
                part: frame.replace(self.writing.may_add, "") for part, frame in frames.items()
            }
        return frames

    def _marks_around(self, segment: Segment) -> tuple[Span, ...]:
        """The quotation marks that the field of *segment* is in, if it is in some."""
        (start, end), text = segment.source, self.sources[segment.part]
        if end - start > 1 and text[start] == text[end - 1] and text[start] in _QUOTES:
            return Span(start, start + 1), Span(end - 1, end)
        return ()

    @property
    def is_archive(self) -> bool:
        """Whether the file is no text by itself, but has some in its parts: lines and columns say nothing there."""
        return set(self.sources) != {""}

    @property
    def language(self) -> str:
        """The language of most of it, as the file says, without a region; empty where it says none."""
        sizes: Counter[str] = Counter()
        for segment in self.segments:
            sizes[segment.language.partition("-")[0].lower()] += len(range(*segment.view))
        return max(sizes, key=lambda language: sizes[language], default="")

    def in_other_languages(self, language: str) -> tuple[Segment, ...]:
        """The segments that the file says are neither in *language* nor in that of most of it, but for those that have an original."""
        own = {"", self.language, language.partition("-")[0].lower()}
        return tuple(
            segment
            for segment in self.segments
            if not segment.original and segment.language.partition("-")[0].lower() not in own
        )

    def has_the_frame_of(self, other: Layout) -> bool:
        """Whether what is no prose is the same in both, but for white space at the ends of what is."""
        mine, others = self.skeleton, other.skeleton
        if mine == others:
            return True
        bare = self.writing.without_blanks
        return (
            all(bare(mine[part]) == bare(others[part]) for part in mine)
            and self._white_breaks == other._white_breaks
        )

    @property
    def _white_breaks(self) -> int:
        """How many things that are no prose stand as white space in the file, such as the end of a line that is kept."""
        places = (piece for piece in self.pieces if piece.kind is _FIXED)
        return sum(
            self._is_white(piece) for piece in places if piece.source.start < piece.source.end
        )

    def _is_white(self, piece: Piece) -> bool:
        part = self.segment_at(piece.view.start).part
        return self.sources[part][slice(*piece.source)].isspace()

    def segment_at(self, at: int) -> Segment:
        """The segment that the code point *at* of the view stands in, or follows."""
        return self.segments[max(bisect_right(self._segment_starts, at) - 1, 0)]

    def source_at(self, at: int) -> tuple[Source, int]:
        """The part of the file, and the code point in it, that *at* of the view stands for."""
        if not self.pieces:  # there is no prose in it
            return next(iter(self.sources), ""), 0
        piece = self._piece_at(at)
        into = at - piece.view.start
        within = into if piece.kind is _VERBATIM else 0
        past = at >= piece.view.end and piece.kind is not _VERBATIM
        place = piece.source.end if past else piece.source.start + within
        return self.segment_at(at).part, place

    def source_span(self, span: Span) -> tuple[Source, Span]:
        """The part of the file, and the run of it, that *span* of the view stands for; a point where it has no end there."""
        part, start = self.source_at(span.start)
        if span.start == span.end or not self.pieces:
            return part, Span(start, start)
        last = self.pieces[max(bisect_left(self._starts, span.end) - 1, 0)]
        is_verbatim = last.kind is _VERBATIM
        end = last.source.start + span.end - last.view.start if is_verbatim else last.source.end
        is_here = self.segment_at(last.view.start).part == part
        return part, Span(start, max(start, end) if is_here else start)

    def written(self, changes: Iterable[Edit]) -> dict[Source, str]:
        """The sources with *changes* of the view made in them.

        They are in order and do not overlap.  Without any, the sources are as they were.  Raises
        :class:`Unmappable` where one reaches into something fixed.
        """
        return self.written_with(self.edits(changes))

    def written_with(self, edits: Iterable[SourceEdit]) -> dict[Source, str]:
        """The sources with *edits* made in them, which are part by part and in order."""
        made = dict(self.sources)
        for part, own in groupby(edits, key=lambda edit: edit.part):
            made[part] = apply(made[part], [Edit(*edit[1:]) for edit in own])
        return made

    def edits(self, changes: Iterable[Edit]) -> list[SourceEdit]:
        """What *changes* of the view are in the sources, part by part and in order.  Raises as :meth:`written`."""
        edits = [edit for change in self._widened(changes) for edit in self._edits(*change)]
        finished = sorted(self._finished(edits))
        if self.writing.hidden and finished:
            finished = sorted((*finished, *self._uncovered(finished)))
        if self.writing.completed is no_more:
            return finished
        return [
            edit
            for part, own in groupby(finished, key=lambda edit: edit.part)
            for edit in self.writing.completed(self.sources[part], list(own))
        ]

    def _uncovered(self, edits: Sequence[SourceEdit]) -> Iterator[SourceEdit]:
        """What takes away the white space that would be seen once *edits* are made."""
        starts = [(edit.part, edit.start) for edit in edits]
        ends = [(edit.part, edit.end) for edit in edits]
        for part, shown, spans in self.writing.hidden:
            first, behind = (
                bisect_left(ends, (part, shown.start)),
                bisect_right(starts, (part, shown.end)),
            )
            own = edits[first:behind]
            if not own:
                continue
            start, end = min(own[0].start, shown.start), max(own[-1].end, shown.end)
            inside = [Edit(e.start - start, e.end - start, e.replacement) for e in own]
            if not apply(self.sources[part][start:end], inside).endswith(_BLANKS):
                yield from (SourceEdit(part, *span, "") for span in spans)

    def _widened(self, changes: Iterable[Edit]) -> Iterator[tuple[Edit, Piece | None]]:
        """*changes* with the rest of the pieces they begin or end in, where those are replaced as a whole.

        Beside each stands the verbatim piece that all of it is in, if there is one.
        """
        reached, own = Span(0, 0), list[Edit]()
        inside: Piece | None = None
        for change in changes:
            piece = self._verbatim_around(change)
            if piece:
                span = change.span
            else:
                span = Span(self._around(change.start).start, self._around(change.end).end)
            if own and span.start < reached.end:
                reached, inside = Span(reached.start, max(reached.end, span.end)), None
                own.append(change)
                continue
            if own:
                yield self._as_one(own, reached), inside
            reached, own, inside = span, [change], piece
        if own:
            yield self._as_one(own, reached), inside

    def _as_one(self, changes: Sequence[Edit], span: Span) -> Edit:
        """*changes* and what stays between them in *span*."""
        if len(changes) == 1 and changes[0].span == span:
            return changes[0]
        inside = [Edit(e.start - span.start, e.end - span.start, e.replacement) for e in changes]
        return Edit(*span, apply(self.view[slice(*span)], inside))

    def _verbatim_around(self, change: Edit) -> Piece | None:
        """The piece that all of *change* replaces something of, if that stands in the file as it is seen."""
        start, end, _ = change
        if start == end or not self.pieces:
            return None
        piece = self._piece_at(start)
        view = piece.view
        return (
            piece if piece.kind is _VERBATIM and view.start <= start and end <= view.end else None
        )

    def _piece_at(self, at: int) -> Piece:
        """The piece that *at* of the view stands in, or follows; there are some."""
        return self.pieces[max(bisect_right(self._starts, at) - 1, 0)]

    def _around(self, at: int) -> Span:
        """The piece that is replaced as a whole and that *at* of the view lies inside; else nothing, at *at*."""
        if self.pieces:
            view, _, kind = self._piece_at(at)
            if kind is _WHOLE and view.start < at < view.end:
                return view
        return Span(at, at)

    def raw_edits(self, change: Edit) -> list[SourceEdit]:
        """What *change* is in the sources before fields are finished, in order.  Raises :class:`Unmappable`."""
        return [edit for one in self._widened([change]) for edit in self._edits(*one)]

    def prose_at(self, span: Span) -> tuple[Source, Span]:
        """The part, and the place in it, of the prose in *span* of the view, or next to it in its segment."""
        segment = self.segment_at(span.start)
        start, end = span.start, min(max(span.end, span.start + 1), segment.view.end)
        inside = [piece for piece in self._places(Span(start, end)) if piece.kind is not _FIXED]
        if inside and span.start < span.end:
            return segment.part, Span(inside[0].source.start, inside[-1].source.end)
        if inside:
            return segment.part, Span(inside[0].source.start, inside[0].source.start)
        first, behind = (bisect_left(self._starts, at) for at in segment.view)
        own = [piece for piece in self.pieces[first:behind] if piece.kind is not _FIXED]
        near = [piece.source.end for piece in own if piece.view.end <= start]
        at = near[-1] if near else own[0].source.start if own else segment.source.start
        return segment.part, Span(at, at)

    def _edits(self, change: Edit, inside: Piece | None) -> Iterator[SourceEdit]:
        """What *change*, all of it *inside* a verbatim piece perhaps, is in the sources.

        What is new goes to one of its pieces that are taken away.
        """
        segment = self.segment_at(change.start)
        if change.start == change.end:
            at = self._insertion(change, segment)
            yield SourceEdit(segment.part, at, at, segment.escape(change.replacement))
            return
        left = change.replacement
        if inside:
            shift = inside.source.start - inside.view.start
            start, end = change.start + shift, change.end + shift
            yield SourceEdit(segment.part, start, end, segment.escape(left))
            return
        places = list(self._places(change.span))
        while len(places) > 1 and left.startswith(kept := self._seen(places[0])):
            left, places = left[len(kept) :], places[1:]
        while len(places) > 1 and left.endswith(kept := self._seen(places[-1])):
            left, places = left[: len(left) - len(kept)], places[:-1]
        if any(place.kind is _FIXED for place in places):
            raise Unmappable(f"there is something in {self._label(change)} that is no prose")
        home = self._home(places, left)
        for place in places:
            new = segment.escape(left) if place is home else ""
            yield SourceEdit(segment.part, *place.source, new)

    def _home(self, places: Sequence[Piece], new: str) -> Piece:
        """Which of *places* gets what is *new*: the one whose words are in it again, else the first."""
        words = ((place, self._seen(place).strip()) for place in places)
        return next((place for place, seen in words if seen and seen in new), places[0])

    def _label(self, change: Edit) -> str:
        return self.segment_at(change.start).label or repr(self.view[slice(*change.span)])

    def _seen(self, piece: Piece) -> str:
        return self.view[slice(*piece.view)]

    def _places(self, span: Span) -> Iterator[Piece]:
        """The pieces of *span*, those that are verbatim cut to it."""
        first = bisect_right(self._starts, span.start) - 1
        for piece in self.pieces[first : bisect_left(self._starts, span.end)]:
            start, end = max(span.start, piece.view.start), min(span.end, piece.view.end)
            if piece.kind is _VERBATIM:
                shift = piece.source.start - piece.view.start
                yield Piece(Span(start, end), Span(start + shift, end + shift), piece.kind)
            else:
                yield piece

    def _insertion(self, change: Edit, segment: Segment) -> int:
        """Where in the source something is put in: behind the text before it, in the same segment."""
        at, writing = change.start, self.writing
        before = bisect_left(self._starts, at) - 1
        behind = bisect_left(self._starts, at)
        starts_here = behind < len(self.pieces) and self.pieces[behind].view.start == at
        may_follow = before >= 0 and at != segment.view.start
        goes_behind = at in writing.marks and change.replacement.isspace()
        if writing.only_in_pieces:
            may_follow = may_follow and self.pieces[before].kind is not _FIXED
            starts_here = starts_here and self.pieces[behind].kind is not _FIXED
            if not (may_follow or starts_here):
                raise Unmappable(f"there is no place for text in {self._label(change)}")
        if may_follow and not (goes_behind and starts_here):
            piece = self.pieces[before]
            inside = piece.kind is _VERBATIM
            return piece.source.start + at - piece.view.start if inside else piece.source.end
        return self.pieces[behind].source.start if starts_here else segment.source.start

    def _finished(self, edits: Sequence[SourceEdit]) -> Iterator[SourceEdit]:
        """*edits*, those of a segment that has to be finished made one."""

        def key(edit: SourceEdit) -> tuple[Source, int]:
            return edit.part, edit.start

        to_finish = [segment for segment in self.segments if segment.finish is not as_it_is]
        if not to_finish:
            yield from edits
            return
        ordered = sorted(edits, key=key)
        where = [(segment.part, segment.source.start) for segment in to_finish]
        for number, group in groupby(ordered, key=lambda edit: bisect_right(where, key(edit)) - 1):
            own = list(group)
            segment = to_finish[number] if number >= 0 else None
            if segment is None or not _all_in(own, segment):
                yield from own
                continue
            start, end = segment.source
            field_ = self.sources[segment.part][start:end]
            inside = [Edit(e.start - start, e.end - start, e.replacement) for e in own]
            yield SourceEdit(segment.part, start, end, segment.finish(apply(field_, inside)))


def _without(text: str, cuts: Iterable[Span]) -> str:
    """*text* without *cuts*, which are in order."""
    parts, at = list[str](), 0
    for start, end in cuts:
        parts.append(text[at:start])
        at = max(at, end)
    return "".join((*parts, text[at:]))


def _all_in(edits: Sequence[SourceEdit], segment: Segment) -> bool:
    span = segment.source
    return all(
        e.part == segment.part and span.start <= e.start and e.end <= span.end for e in edits
    )


class Builder:
    """Grows a layout, segment by segment, in the order in which people read the file."""

    def __init__(self, source: str = "", part: Source = "") -> None:
        self._sources = {part: source}
        self._part = part
        self._view: list[str] = []
        self._length = 0
        self._pieces: list[Piece] = []
        self._segments: list[Segment] = []
        self._begun: int | None = None
        self._first = 0
        """Which of the pieces is the first since the last segment."""
        self._remarks: list[str] = []
        self._marks: set[int] = set()
        self._links: list[Span] = []
        self._seams: list[int] = []
        self._hidden: list[Hidden] = []
        self._link_start = 0

    @property
    def source(self) -> str:
        """The part of the file that is being read."""
        return self._sources[self._part]

    @property
    def is_in_segment(self) -> bool:
        """Whether something was added since the last segment."""
        return self._begun is not None

    def remark(self, line: str) -> None:
        """Tell people that something of the file is not read."""
        self._remarks.append(line)

    def part(self, name: Source, source: str) -> None:
        """Go on with another part of the file."""
        self._part = name
        self._sources[name] = source

    def verbatim(self, start: int, end: int) -> None:
        """``source[start:end]`` is prose as it stands there."""
        if start == end:
            return
        text = self._sources[self._part][start:end]
        if self._begun is not None:
            view, source, kind = self._pieces[-1]
            if source.end == start and kind is _VERBATIM and view.end == self._length:
                self._say(text)
                whole = Span(view.start, self._length), Span(source.start, end)
                self._pieces[-1] = Piece(*whole, kind)
                return
        self._add(text, Span(start, end), _VERBATIM)

    def whole(self, text: str, start: int, end: int) -> None:
        """``source[start:end]`` stands for *text*, which is not empty, and is replaced as a whole."""
        self._add(text, Span(start, end), _WHOLE)

    def fixed(self, text: str, start: int, end: int) -> None:
        """``source[start:end]`` is no prose, and looks like *text*, which is not empty, in its line."""
        self._add(text, Span(start, end), _FIXED)

    def put(self, parts: Iterable[Part]) -> None:
        """Add *parts*: prose that stands in the file as it looks may be changed sign by sign, other prose as a whole."""
        for looks, span, is_prose in parts:
            if not is_prose:
                self.fixed(looks, *span)
            elif looks == self.source[slice(*span)]:
                self.verbatim(*span)
            else:
                self.whole(looks, *span)

    def fix_short(self, words: int) -> None:
        """What was added since the last segment is no prose after all, if it has fewer *words*."""
        if self._begun is None:
            return
        parts: list[str] = []
        while sum(map(len, parts)) < self._length - self._begun:
            parts.insert(0, self._view[-1 - len(parts)])
            if len(parts) > _LONGEST_CELL:
                return
        if len("".join(parts).split()) < words:
            own = self._pieces[self._first :]
            self._pieces[self._first :] = [piece._replace(kind=_FIXED) for piece in own]

    def end_segment(
        self,
        label: str,
        source: Span | None = None,
        *,
        language: str = "",
        original: str = "",
        escape: Escape = as_it_is,
        finish: Escape = as_it_is,
        state: str = "",
        original_language: str = "",
        is_entry: bool = False,
        plural: str = "",
        quantity: str = "",
        key: str = "",
        context: str = "",
    ) -> None:
        """What was added since the last segment is one, unless there is nothing to read in it.

        *source* is the field it fills, if that is more than its pieces.
        """
        if self._begun is None:
            return
        view = Span(self._begun, self._length)
        label = label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
        if source is None:
            source = Span(self._pieces[self._first].source.start, self._pieces[-1].source.end)
        self._segments.append(
            Segment(
                view, source, label, self._part, language, original, escape, finish, state,
                original_language, is_entry, plural, quantity, key=key, context=context,
            )
        )  # fmt: skip
        self._begun = None

    def skip(self) -> None:
        """Here is code or the like, to which the segment that was ended last leads."""
        if self._segments:
            self._segments[-1] = self._segments[-1]._replace(leads=True)

    def mark(self) -> None:
        """Here is something without width that belongs to what is before it, such as the number of a note."""
        if self._begun is not None:
            self._marks.add(self._length)

    def seam(self) -> None:
        """Here is a mark without width that is read by what is beside it, or a line ends."""
        if self._begun is not None:
            self._seams.append(self._length)

    def hide(self, shown: Span, spans: Sequence[Span]) -> None:
        """The white space in *spans* is not seen behind that in *shown*."""
        self._hidden.append(Hidden(self._part, shown, tuple(spans)))

    def open_link(self, ahead: int = 0) -> None:
        """A link begins here, or *ahead* of here, behind a space that is still to come; it is in no other."""
        self._link_start = self._length + ahead

    def close_link(self) -> bool:
        """The link ends here; white space that is put in at its end goes behind it.  Whether there is anything in it."""
        if self._begun is None:
            return False
        start = max(self._link_start, self._begun)
        if start >= self._length:
            return False
        self._links.append(Span(start, self._length))
        self.mark()
        return True

    def layout(self, writing: Writing = PLAIN) -> Layout:
        """What has been added, as a layout."""
        writing = replace(writing, marks=frozenset(self._marks), hidden=tuple(self._hidden))
        return Layout(
            "".join(self._view),
            tuple(self._pieces),
            tuple(self._segments),
            dict(self._sources),
            tuple(self._remarks),
            writing,
            tuple(self._links),
            tuple(self._seams),
        )

    def _add(self, text: str, source: Span, kind: Kind) -> None:
        if self._begun is None:
            if self._segments:
                start = self._length
                self._say(BETWEEN)
                at = source.start
                self._pieces.append(Piece(Span(start, self._length), Span(at, at), _FIXED))
            self._begun = self._length
            self._first = len(self._pieces)
        start = self._length
        self._say(text)
        self._pieces.append(Piece(Span(start, self._length), source, kind))

    def _say(self, text: str) -> None:
        self._view.append(text)
        self._length += len(text)
