"""The text of the HTML report: original and cleaned text in one, with everything marked.

Both texts stand in the page — ``<del>`` holds what only the original has, ``<ins>`` what only the
output has — so that a style sheet alone can show either, and the page still says everything
without scripts.  What a suggestion would put stands in ``<span class="ghost">``, which belongs to
neither text.  This is plain Python rather than a template because a page has tens of thousands
of marks.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from mtclean.report.difference import common_ends, narrowed
from mtclean.report.direction import direction_of, runs_against, turned_lines
from mtclean.report.landmarks import items, segments, shapes, tags
from mtclean.report.record import ChangeRecord, EditRecord, FixRecord, Record
from mtclean.report.visible import QUIET_CHARACTERS, UNSEEN_CHARACTERS, UNSEEN_IN_PROSE, label
from mtclean.text import Span
from mtclean.text.placeholders import placeholders

DEEPEST = 6
"""Marks that may lie over one another; a finding beyond that is marked as a point."""

# A block is what the browser lays out or skips as one.  From the soft limits on it ends with the
# next line; a line that goes on beyond the hard ones is divided, after a sentence if it can be.
_SOFT_LENGTH, _SOFT_MARKS = 2_500, 20
_HARD_LENGTH, _HARD_MARKS = 7_000, 60
_WINDOW = 600
_LINE_LENGTH = 72
_JOINT = re.compile(r"(?<=\w)[_./-]+(?=\w)")
"""What joins the words of a key, ``holidays_imported``: its line may end behind it, and not in one of them."""
_SHORT = 30
"""Code points of a placeholder that has room in any line."""

_ODD = re.compile(rf"([{UNSEEN_IN_PROSE}])\1*")
_ODD_OR_MARKUP = re.compile(rf"[&<>]|{_ODD.pattern}")
_LOUD = re.compile(rf"[&<>]|[ \n\t]|([{UNSEEN_CHARACTERS}{QUIET_CHARACTERS}])\1*")
_SPACES = {" ": "sp", "\n": "nl", "\t": "tab"}
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)]*\s")
_PIECE = re.compile(rf"[^\n]{{0,{_SOFT_LENGTH}}}\n|[^\n]{{1,{_SOFT_LENGTH}}}")


def blocks(record: Record) -> Iterator[str]:
    """The text of *record* as HTML, one ``<div class="b">`` after the other.

    ``data-i`` names what a mark is about: ``c3`` the fourth change, ``f0`` the first finding,
    ``s7`` the suggested fix of number 7.  Each fix and finding that can be seen has an anchor,
    ``e-<id>``, at its first mark.
    """
    writer = _Blocks()
    output = record.cleaned()
    anchors = _Anchors()
    sweep = _Sweep(_items(record, output, anchors))
    at = 0
    for number, change in enumerate(map(narrowed, record.changes)):
        _unchanged(writer, sweep, output, Span(at, change.output.start))
        _changed(writer, sweep, record, number, change, anchors)
        at = change.output.end
        yield from writer.ready()
    _unchanged(writer, sweep, output, Span(at, len(output)))
    for point in sweep.rest():
        writer.mark(point, "")
    yield from writer.finish()


def quiet(text: str) -> str:
    """*text* for where nothing changes: escaped, with what is never seen made visible."""
    if not _ODD.search(text):
        return escape(text, quote=False)
    return _ODD_OR_MARKUP.sub(_chip, text)


def loud(text: str) -> str:
    """*text* for where something changes: every space and joiner can be seen as well."""
    return _LOUD.sub(_chip, text)


def _chip(match: re.Match[str]) -> str:
    """Markup for one character, or a run of one that is never seen.

    What is never seen is not written into the page at all: an empty element names it.
    """
    found = match[0]
    if found in "&<>":
        return escape(found)
    if found in _SPACES:
        return f'<b class="{_SPACES[found]}">{found}</b>'
    if found == "\r" and match.string.startswith("\n", match.end()):
        return '<i class="c cr" data-c="d" data-l="CR"></i>'
    times = len(found)
    name, count = (f"{label(found[0])}×{times}", f' data-n="{times}"') if times > 1 else ("", "")
    name = name or label(found[0])
    return f'<i class="c" data-c="{ord(found[0]):x}"{count} data-l="{name}"></i>'


class _Anchors:
    """Gives every fix and finding one anchor in the page: an id may stand there once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def first(self, id: str) -> str:
        """The id attribute, or nothing where it has been given before."""
        if id in self._given:
            return ""
        self._given.add(id)
        return f' id="e-{escape(id)}"'


@dataclass(slots=True)
class _Item:
    """A finding or a suggested edit: something that lies over a span of the output."""

    span: Span
    opening: str
    anchor: str
    ghost: str = ""
    """What stands after the span: what a suggestion would put there."""
    is_in_row: bool = False
    """Whether an end of a line in it is shown as none."""

    def open(self) -> str:
        """The opening tag; the first time with the anchor."""
        anchor, self.anchor = self.anchor, ""
        return f"<span {self.opening}{anchor}>"

    def point(self) -> str:
        """The item where it has no width of its own."""
        return f"{self.open()}</span>{self.ghost}"


def _items(record: Record, output: str, anchors: _Anchors) -> list[_Item]:
    items = [item for fix in record.held for item in _suggested(fix, output, anchors)]
    for number, finding in enumerate(record.findings):
        opening = f'class="f {finding.severity.value}" data-i="f{number}"'
        if runs_against(output[slice(*finding.output)], record.source.language):
            opening += ' dir="ltr"'
        items.append(_Item(finding.output, opening, anchors.first(finding.id)))
    items += _landmarks(record)
    if direction_of(record.source.language) == "rtl":
        items += map(_placeholder, placeholders(output))
        items += (_Item(Span(at, at), 'class="rtl"', "") for at in turned_lines(output))
    return sorted(items, key=lambda item: (item.span.start, -item.span.end))


def _placeholder(span: Span) -> _Item:
    """A run of its own: its signs would take the direction of what is around, and be set apart where a line ends."""
    style = 'class="placeholder" ' if span.end - span.start <= _SHORT else ""
    return _Item(span, f'{style}dir="ltr"', "")


def _landmarks(record: Record) -> Iterator[_Item]:
    """How a file is laid out, where its segments begin, and the tags in translations; of text they hold nothing."""
    if record.layout is None:
        return
    layout = record.layout
    signs = [(mark.at, "seg", mark.words) for mark in segments(layout)]
    signs += [(mark.at, "item", mark.words) for mark in items(layout)]
    signs += [
        (tag.at, "tagged whole" if tag.is_seen else "tagged", tag.words) for tag in tags(layout)
    ]
    shaped = list(shapes(layout))
    offsets = {sign[0] for sign in signs} | {at for shape in shaped for at in shape.span}
    moved = _in_output(record, sorted(offsets))
    for shape in shaped:
        yield _Item(
            Span(*(moved[at] for at in shape.span)),
            f'class="{shape.name}"' + (f' data-l="{escape(shape.words)}"' if shape.words else ""),
            "",
            is_in_row=shape.is_in_row,
        )
    for at, kind, words in sorted(signs, key=lambda sign: sign[0]):
        shown = escape(words)
        if kind == "seg":
            shown = _JOINT.sub(r"\g<0>&#8203;", shown)
        yield _Item(Span(moved[at], moved[at]), f'class="{kind}" data-l="{shown}"', "")


def _in_output(record: Record, offsets: Iterable[int]) -> dict[int, int]:
    """*offsets* of the original, in order, and where they are in the output."""
    places = {}
    changes, moved = deque(record.changes), 0
    for at in offsets:
        while changes and changes[0].original.end <= at:
            change = changes.popleft()
            moved = change.output.end - change.original.end
        is_inside = changes and changes[0].original.start < at  # it is in what was changed
        places[at] = changes[0].output.end if is_inside else at + moved
    return places


def _suggested(fix: FixRecord, output: str, anchors: _Anchors) -> Iterator[_Item]:
    key = f'data-i="s{fix.number}"'
    for edit in fix.edits:
        span, after = _seen(edit, output)
        style = "sg" if after else "sg gone"
        ghost = f'<span class="ghost" {key}>{loud(after)}</span>' if after else ""
        yield _Item(span, f'class="{style}" {key}', anchors.first(fix.id), ghost)


def _seen(edit: EditRecord, output: str) -> tuple[Span, str]:
    """The place of the output where *edit* makes a difference, and what it puts there."""
    if output[slice(*edit.output)] != edit.before:  # another fix has changed it
        return edit.output, edit.after
    start, end = common_ends(edit.before, edit.after)
    span = Span(edit.output.start + start, edit.output.end - end)
    return span, edit.after[start : len(edit.after) - end]


class _Sweep:
    """Walks over the output once and says which items lie over each stretch."""

    def __init__(self, items: Iterable[_Item]) -> None:
        self._ahead = deque(items)
        self._over: list[_Item] = []

    def over(self, span: Span) -> Iterator[tuple[Span, list[_Item], str]]:
        """Stretches of *span*, the items over each, and markup that stands before the stretch.

        A last stretch may be empty: it brings the markup at the end.
        """
        at, between = span.start, ""
        while at < span.end:
            between += "".join(self._begin(at))
            limits = [span.end, *(item.span.end for item in self._over)]
            if self._ahead:
                limits.append(self._ahead[0].span.start)
            stop = min(limits)
            yield Span(at, stop), self._over, between
            at, between = stop, "".join(self._end(stop))
        if between:
            yield Span(at, at), [], between

    def _begin(self, at: int) -> Iterator[str]:
        while self._ahead and self._ahead[0].span.start <= at:
            item = self._ahead.popleft()
            if item.span.end <= at or len(self._over) == DEEPEST:
                yield item.point()
            else:
                self._over.append(item)

    def _end(self, at: int) -> Iterator[str]:
        yield from (item.ghost for item in self._over if item.span.end <= at)
        self._over = [item for item in self._over if item.span.end > at]

    def rest(self) -> Iterator[str]:
        """The points at the very end of the text."""
        while self._ahead:
            yield self._ahead.popleft().point()


def _unchanged(writer: _Blocks, sweep: _Sweep, output: str, span: Span) -> None:
    for stretch, over, between in sweep.over(span):
        if between:
            writer.mark(between, "")
        text = output[slice(*stretch)]
        if over:
            is_in_row = any(item.is_in_row for item in over)
            for piece in _PIECE.findall(text):
                writer.mark(_wrapped(quiet(piece), over), " " if is_in_row else piece)
        else:
            writer.plain(text)


def _changed(
    writer: _Blocks,
    sweep: _Sweep,
    record: Record,
    number: int,
    change: ChangeRecord,
    anchors: _Anchors,
) -> None:
    first, *others = [anchors.first(record.fixes[n].id) for n in change.fixes]
    if any(others):
        writer.mark("".join(f"<span{anchor}></span>" for anchor in others if anchor), "")
    attributes = f' data-i="c{number}"{first}'
    blank = ' class="w"' if change.before.isspace() else ""
    for piece in _PIECE.findall(change.before):
        writer.mark(f"<del{blank}{attributes}>{loud(piece)}</del>", piece)
        attributes = f' data-i="c{number}"'
    for stretch, over, between in sweep.over(change.output):
        if between:
            writer.mark(between, "")
        text = change.after[stretch.start - change.output.start : stretch.end - change.output.start]
        for piece in _PIECE.findall(text):
            writer.mark(_wrapped(f"<ins{attributes}>{loud(piece)}</ins>", over), piece)
            attributes = f' data-i="c{number}"'


def _wrapped(markup: str, over: Iterable[_Item]) -> str:
    openings = [item.open() for item in over]
    return "".join(openings) + markup + "</span>" * len(openings)


class _Blocks:
    """Gathers markup into blocks of a size that a browser lays out at once."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._start()

    def _start(self) -> None:
        self._parts: list[str] = []
        self._length = self._marks = self._lines = 0

    def mark(self, markup: str, text: str) -> None:
        """Take *markup* that shows *text* and cannot be divided."""
        self._take(markup, text)
        self._marks += 1
        if self._is_full(_SOFT_LENGTH, _SOFT_MARKS) and text.endswith("\n"):
            self._close()

    def plain(self, text: str) -> None:
        """Take unmarked text, which may be divided."""
        at = 0
        while at < len(text):
            cut = self._cut(text, at)
            stop = len(text) if cut is None else cut
            self._take(quiet(text[at:stop]), text[at:stop])
            at = stop
            if cut is not None:
                self._close()

    def ready(self) -> Iterator[str]:
        """The blocks that have become whole since this was asked."""
        done, self._done = self._done, []
        return iter(done)

    def finish(self) -> Iterator[str]:
        """The blocks that are left."""
        if self._parts:
            self._close()
        return self.ready()

    def _take(self, markup: str, text: str) -> None:
        self._parts.append(markup)
        self._length += len(text)
        self._lines += text.count("\n")

    def _is_full(self, length: int, marks: int) -> bool:
        return self._length >= length or self._marks >= marks

    def _cut(self, text: str, at: int) -> int | None:
        """Where the block should end in ``text[at:]``, or None where it should not."""
        soft = at + self._room(_SOFT_LENGTH, _SOFT_MARKS)
        hard = at + self._room(_HARD_LENGTH, _HARD_MARKS)
        newline = text.find("\n", max(at, soft - 1), hard + 1)
        if newline >= 0:
            return newline + 1
        if len(text) <= hard:
            return None
        sentence = _SENTENCE_END.search(text, hard, hard + _WINDOW)
        if sentence:
            return sentence.end()
        space = text.find(" ", hard, hard + _WINDOW)
        if space >= 0:
            return space + 1
        return hard + _WINDOW if len(text) > hard + _WINDOW else None

    def _room(self, length: int, marks: int) -> int:
        return 0 if self._marks >= marks else max(0, length - self._length)

    def _close(self) -> None:
        # The style sheet knows heights for powers of two, so that the scroll bar is about right
        # before a block has been laid out.
        lines = max(self._lines, self._length // _LINE_LENGTH) + 1
        size = min(10, (lines - 1).bit_length())
        self._done.append(f'<div class="b h{size}">{"".join(self._parts)}</div>')
        self._start()
