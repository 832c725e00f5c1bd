"""Changes and remarks in a Word document as Word's own: tracked, and with comments.

Whoever accepts all has the cleaned text, whoever rejects all has the original, each with its formatting: a
run is cut where something changes, and every part of it keeps the properties it had.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import ClassVar, NamedTuple

from mtclean.formats.docx.comments import By, Comment, Comments, first_free_id, prefix_of
from mtclean.formats.docx.package import main_part
from mtclean.formats.docx.scan import Said, Scanner
from mtclean.formats.docx.text import PRESERVE, SPACE, PlaceFinder
from mtclean.formats.layout import Layout, Segment, Source, SourceEdit
from mtclean.formats.zip_ import opened
from mtclean.text.model import Edit, Span
from mtclean.text.trail import apply


class Change(NamedTuple):
    """A change of the view, what is to be said of it, if anything, and who made it."""

    edit: Edit
    remarks: tuple[str, ...] = ()
    by: By = By()


class Remark(NamedTuple):
    """Something to be said of a place of the view."""

    span: Span
    text: str
    by: By = By()


def tracked(
    data: bytes,
    layout: Layout,
    changes: Sequence[Change],
    remarks: Sequence[Remark] = (),
    date: str = "",
) -> bytes:
    """The document in *data*, laid out as *layout*, with *changes* tracked and *remarks* as comments.

    *changes* are in order and do not overlap; *date* is when they were made, as ``2026-11-26T00:00:00Z``.
    Where there is nothing to say the same bytes come out.  Raises :class:`mtclean.formats.layout.Unmappable`.
    """
    if not changes and not remarks:
        return data
    archive = opened(data)
    comments = Comments(archive)
    tracking = _Tracking(layout, main_part(archive), comments.first_free_id, date)
    for change in changes:
        tracking.change(change)
    for remark in remarks:
        tracking.remark(remark)
    contents = tracking.parts()
    if tracking.comments:
        contents |= comments.with_more(tracking.comments, date)
    return archive.rewritten({name: archive.encoded(name, text) for name, text in contents.items()})


class _Mark(NamedTuple):
    """What stands at a code point of a text, up to *end* in place of what was there.

    Of several at one place those of lower rank come first.
    """

    at: int
    rank: int
    xml: str
    end: int


_END, _START, _CHANGE, _LATE_END = range(4)


@dataclass(slots=True)
class _Run:
    start: int
    tag: str
    content: int
    """Where what is in it begins, its properties not counted."""
    properties: str = ""
    end: int = 0


@dataclass(slots=True)
class _Text:
    """A text in its run; ``content`` is what stands between its tags."""

    run: _Run
    start: int
    content: Span
    end: int
    is_first: bool
    is_last: bool = False
    keeps_space: bool = False


class _Tracking:
    """Gathers what stands where, and writes the parts with it."""

    def __init__(self, layout: Layout, main: Source, comment_id: int, date: str) -> None:
        self._layout, self._main = layout, main
        self._ids = count(first_free_id(layout.sources.values()))
        self._comment_ids = count(comment_id)
        self._date = date
        self._marks: defaultdict[Source, list[_Mark]] = defaultdict(list)
        self._edits: defaultdict[Source, list[SourceEdit]] = defaultdict(list)
        self._by: dict[SourceEdit, By] = {}
        self.comments: list[Comment] = []

    def change(self, change: Change) -> None:
        """Track it, and say why."""
        edits = self._layout.raw_edits(change.edit)
        self._edits[edits[0].part] += edits
        self._by |= dict.fromkeys(edits, change.by)
        place = Span(edits[0].start, edits[-1].end)
        for text in change.remarks:
            self._comment(edits[0].part, place, text, By(), change.edit.span, is_change=True)

    def remark(self, remark: Remark) -> None:
        """Say it at its place."""
        part, place = self._layout.prose_at(remark.span)
        self._comment(part, place, remark.text, remark.by, remark.span)

    def _comment(
        self, part: Source, place: Span, text: str, by: By, view: Span, is_change: bool = False
    ) -> None:
        """Put a comment there.  What Word has no place for is said at the beginning of the body."""
        segment = self._layout.segment_at(view.start)
        if not self._takes_comments(segment):
            first = next(filter(self._takes_comments, self._layout.segments), None)
            if first is None:
                return
            label = segment.label
            excerpt = self._layout.view[slice(*view)]
            text = f"{label}, “{excerpt}”: {text}" if excerpt.strip() else f"{label}: {text}"
            part, place = self._layout.prose_at(Span(first.view.start, first.view.start))
            is_change = False
        id, w = next(self._comment_ids), prefix_of(self._layout.sources[part])
        self.comments.append(Comment(id, text, by))
        begin = f'<{w}commentRangeStart {w}id="{id}"/>'
        end = f'<{w}commentRangeEnd {w}id="{id}"/><{w}r><{w}commentReference {w}id="{id}"/></{w}r>'
        rank = _LATE_END if is_change or place.start == place.end else _END
        self._marks[part] += [
            _Mark(place.start, _START, begin, place.start),
            _Mark(place.end, rank, end, place.end),
        ]

    def _takes_comments(self, segment: Segment) -> bool:
        return segment.part == self._main and not segment.label.startswith("text box")

    def parts(self) -> dict[Source, str]:
        """The parts that change, as they are then."""
        return {part: self._written(part) for part in {**self._edits, **self._marks}}

    def _written(self, part: Source) -> str:
        source, edits = self._layout.sources[part], sorted(self._edits[part])
        marks = [_outside(mark, edits) for mark in sorted(self._marks[part])]
        by_text: defaultdict[int, list[_Mark | SourceEdit]] = defaultdict(list)
        finder = PlaceFinder(source)
        for mark in marks:
            by_text[finder.at(mark.at).start].append(mark)
        for edit in edits:
            by_text[finder.at(edit.start).start].append(edit)
        texts = _Texts(source, by_text)
        texts.scan()
        w = prefix_of(source)
        made = [
            edit
            for text in texts.found
            for edit in self._cut(source, w, text, by_text[text.content.start])
        ]
        return apply(source, sorted(made, key=lambda edit: edit.start))

    def _cut(
        self, source: str, w: str, text: _Text, inside: Sequence[_Mark | SourceEdit]
    ) -> Iterator[Edit]:
        """The edits of *source* that put what is *inside* a text between the parts of its run."""
        pieces = list(self._pieces(source, w, text, inside))
        kept = [i for i, (is_text, _) in enumerate(pieces) if is_text]
        run = text.run
        reopened = f"{run.tag}{run.properties}"

        def beside(xml: str) -> str:
            return f"</{w}r>{xml}{reopened}"

        if not kept:
            yield from self._replaced(text, "".join(xml for _, xml in pieces), beside)
            return
        before = "".join(xml for _, xml in pieces[: kept[0]])
        behind = "".join(xml for _, xml in pieces[kept[-1] + 1 :])
        if before and text.is_first:
            yield Edit(run.start, run.start, before)
        elif before:
            yield Edit(text.start, text.start, beside(before))
        first = pieces[kept[0]][1]
        if not text.keeps_space and first != first.strip(SPACE):
            yield Edit(text.content.start - 1, text.content.start - 1, PRESERVE)
        again = f"{reopened}<{w}t{PRESERVE}>"
        body, is_open = "", True
        for is_text, piece in pieces[kept[0] : kept[-1] + 1]:
            body += ("" if is_open == is_text else again if is_text else f"</{w}t></{w}r>") + piece
            is_open = is_text
        yield Edit(*text.content, body)
        if behind and text.is_last:
            yield Edit(run.end, run.end, behind)
        elif behind:
            yield Edit(text.end, text.end, beside(behind))

    def _replaced(self, text: _Text, xml: str, beside: Callable[[str], str]) -> Iterator[Edit]:
        """The edits that put *xml* in the place of all of a text, and leave no run with nothing in it."""
        run, nothing = text.run, Edit(text.start, text.end, "")
        if text.is_first and text.is_last:
            yield Edit(run.start, run.end, xml)
        elif text.is_first:
            yield from (Edit(run.start, run.start, xml), nothing)
        elif text.is_last:
            yield from (nothing, Edit(run.end, run.end, xml))
        else:
            yield nothing._replace(replacement=beside(xml))

    def _pieces(
        self, source: str, w: str, text: _Text, inside: Sequence[_Mark | SourceEdit]
    ) -> Iterator[tuple[bool, str]]:
        """What a text becomes, in order: what is kept of it, and what stands beside its run."""
        marks = sorted(
            one if isinstance(one, _Mark) else self._mark(source, w, text, one) for one in inside
        )
        at, end = text.content
        if not text.keeps_space:  # white space at its ends is not seen, and must not come to be
            content = source[at:end]
            at += len(content) - len(content.lstrip(SPACE))
            end -= len(content) - len(content.rstrip(SPACE))
        for mark in marks:
            if mark.at > at:
                yield True, source[at : mark.at]
            yield False, mark.xml
            at = max(at, mark.end)
        if end > at:
            yield True, source[at:end]

    def _mark(self, source: str, w: str, text: _Text, edit: SourceEdit) -> _Mark:
        """What was taken out and what was put in, with the properties of their run."""
        old, new = source[edit.start : edit.end], edit.replacement
        by = self._by[edit].attributes(w, self._date)
        xml = self._tracked("del", "delText", w, by, text.run.properties, old) if old else ""
        xml += self._tracked("ins", "t", w, by, text.run.properties, new) if new else ""
        return _Mark(edit.start, _CHANGE, xml, edit.end)

    def _tracked(self, kind: str, name: str, w: str, by: str, properties: str, content: str) -> str:
        return (
            f'<{w}{kind} {w}id="{next(self._ids)}"{by}><{w}r>{properties}'
            f"<{w}{name}{PRESERVE}>{content}</{w}{name}></{w}r></{w}{kind}>"
        )


def _outside(mark: _Mark, edits: Sequence[SourceEdit]) -> _Mark:
    """*mark*, moved to an end of the one of *edits*, in order, that it would stand within."""
    i = bisect_right(edits, mark.at, key=lambda edit: edit.start) - 1
    if i < 0 or not edits[i].start < mark.at < edits[i].end:
        return mark
    at = edits[i].start if mark.rank == _START else edits[i].end
    return mark._replace(at=at, end=at)


class _Texts(Scanner):
    """Finds the texts whose content begins at the code points *wanted*, with their runs."""

    STARTS: ClassVar[Mapping[str, str]] = {"r": "_run", "rPr": "_properties", "t": "_text"}
    ENDS: ClassVar[Mapping[str, str]] = {
        "r": "_end_run",
        "rPr": "_end_properties",
        "t": "_end_text",
    }

    def __init__(self, source: str, wanted: Mapping[int, object]) -> None:
        super().__init__(source)
        self._wanted = wanted
        self._runs: list[_Run] = []
        self._properties_at: int | None = None
        self._last: dict[int, _Text] = {}
        """The text that was wanted last, by the beginning of its run."""
        self._here: tuple[int, int, bool] | None = None
        self.found: list[_Text] = []

    def _run(self, _: str, __: Said) -> None:
        start = self.here()
        content = self.behind()
        self._runs.append(_Run(start, self.source[start:content], content))

    def _end_run(self) -> None:
        run = self._runs.pop()
        closed = self.here()
        run.end = self.source.index(">", closed) + 1
        text = self._last.pop(run.start, None)
        if text is not None:
            text.is_last = not self.source[text.end : closed].strip()

    def _properties(self, _: str, __: Said) -> None:
        start = self.here()
        is_of_run = self._runs and not self.source[self._runs[-1].content : start].strip()
        self._properties_at = start if is_of_run else None

    def _end_properties(self) -> None:
        if self._properties_at is not None:
            end = self.here()
            if self.source.startswith("</", end):
                end = self.source.index(">", end) + 1
            run = self._runs[-1]
            run.properties, run.content = self.source[self._properties_at : end], end
            self._properties_at = None

    def _text(self, _: str, said: Said) -> None:
        start = self.here()
        self._here = (start, self.behind(), said.get("xml:space") == "preserve")

    def _end_text(self) -> None:
        if self._here is None or not self._runs:
            return
        (start, content, keeps_space), self._here = self._here, None
        if content not in self._wanted:
            return
        run, closed = self._runs[-1], self.here()
        is_first = not self.source[run.content : start].strip()
        end = self.source.index(">", closed) + 1
        text = _Text(run, start, Span(content, closed), end, is_first, keeps_space=keeps_space)
        self.found.append(text)
        self._last[run.start] = text
