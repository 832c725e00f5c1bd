"""Places of a text for where it is not shown as a whole: a few words on each side, tags named."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mtclean.formats.xml import SEEN
from mtclean.report.difference import common_ends
from mtclean.report.landmarks import Tag, tags
from mtclean.report.record import EditRecord, Record
from mtclean.report.visible import shown
from mtclean.text import Span

_CONTEXT = 36
"""Code points of the original that are shown on each side of a change."""
_SPACES = {ord(" "): "·", ord("\n"): "¶", ord("\t"): "⇥"}
LONGEST = 400
"""Code points that are shown of one text; the page itself shows all."""
_TAG = "tag"
"""What a tag is called whose words are not known."""

Seen = str | list[str]
"""A text as people see it; with tags in it, text and tags in turn."""

Line = tuple[Seen, Seen, Seen, Seen]
"""A place of a text as people see it: what stands before, what goes, what comes, what stands after."""

Spelling = Callable[[str], str]
"""How a text is written for people."""


@dataclass(frozen=True, slots=True)
class Excerpts:
    """A text that is shown in parts.

    No part goes beyond one of the ``segments``, which are in order; where there are none, the text is one.  ``tags`` are
    in order, too.
    """

    text: str
    segments: Sequence[Span] = ()
    tags: Sequence[Tag] = ()

    @classmethod
    def of(cls, record: Record) -> Excerpts:
        """The original of *record*."""
        layout = record.layout
        if layout is None:
            return cls(record.original)
        return cls(
            record.original, [segment.view for segment in layout.segments], list(tags(layout))
        )

    @classmethod
    def of_source(cls, text: str) -> Excerpts:
        """The source of a translation, of whose tags it is known only where they are."""
        return cls(text, (), [Tag(at, True, _TAG) for at, sign in enumerate(text) if sign == SEEN])

    def around(self, span: Span) -> tuple[Seen, Seen]:
        """What stands before and after *span*, in whole words."""
        start, end = self._bounds(span)
        first, last = max(start, span.start - _CONTEXT), min(end, span.end + _CONTEXT)
        if first > start:
            first += self.text[first : span.start].find(" ") + 1
        if last < end:
            space = self.text.rfind(" ", span.end, last)
            last = space if space >= 0 else last
        # What is put in stands before a tag that is there, and what is taken out behind it.
        before = self._tags(2 * first, 2 * span.start + (span.start < span.end))
        after = self._tags(2 * span.end, 2 * last + (last == end))
        left = self._with(before, first, span.start, as_line)
        right = self._with(after, span.end, last, as_line)
        return (
            _joined("…", left) if first > start else left,
            _joined(right, "…") if last < end else right,
        )

    def inside(self, span: Span, spelling: Spelling) -> Seen:
        """What stands at *span*."""
        return self._with(self._tags(*_ranks(span)), *span, spelling)

    def line(self, edit: EditRecord) -> Line:
        """Context, before, after, context; what is the same before and after is context, too."""
        start, end = common_ends(edit.before, edit.after)
        after = edit.after[start : len(edit.after) - end]
        if self.text[edit.original.start : edit.original.end] == edit.before:
            span = Span(edit.original.start + start, edit.original.end - end)
            left, right = self.around(span)
            return left, self.inside(span, as_change), self.put(after, span, as_change), right
        left, right = self.around(edit.original)  # another fix came before it
        before = edit.before[start : len(edit.before) - end]
        kept = edit.before[:start], edit.before[len(edit.before) - end :]
        return (
            _joined(left, as_line(kept[0])),
            as_change(before),
            self.put(after, edit.original, as_change),
            _joined(as_line(kept[1]), right),
        )

    def quote(self, text: str, span: Span, spelling: Spelling) -> Seen:
        """*text*, which was found at *span*, perhaps when something else stood there."""
        is_there = self.text[slice(*span)] == text
        return self.inside(span, spelling) if is_there else self.put(text, span, spelling)

    def put(self, text: str, span: Span, spelling: Spelling) -> Seen:
        """*text*, which takes the place of *span* and keeps its tags."""
        if SEEN not in text or not self.tags:
            return spelling(text)
        there = [tag.words for tag in self._tags(*_ranks(span)) if tag.is_seen]
        first, *others = text.split(SEEN)
        names = there if len(there) == len(others) else [_TAG] * len(others)
        pairs = zip(names, others, strict=True)
        return [spelling(first), *(part for name, text in pairs for part in (name, spelling(text)))]

    def _bounds(self, span: Span) -> Span:
        """The segments that *span* is in."""
        if not self.segments:
            return Span(0, len(self.text))
        # of the segments that begin there or before, the last
        first, last = (
            max(0, bisect_left(self.segments, (at + 1,)) - 1)
            for at in (span.start, max(span.start, span.end - 1))
        )
        start, end = self.segments[first].start, self.segments[last].end
        return Span(min(start, span.start), max(end, span.end))

    def _tags(self, first: int, end: int) -> Sequence[Tag]:
        """The tags from one rank to another."""
        if not self.tags:  # as in every text that is all of its file
            return ()
        return self.tags[slice(*(bisect_left(self.tags, divmod(rank, 2)) for rank in (first, end)))]

    def _with(self, named: Sequence[Tag], start: int, end: int, spelling: Spelling) -> Seen:
        """What stands from *start* to *end*, *named* tags among it."""
        if not named:
            return spelling(self.text[start:end])
        parts, at = [], start
        for tag in named:
            parts += [spelling(self.text[at : tag.at]), tag.words]
            at = tag.at + tag.is_seen
        return [*parts, spelling(self.text[at:end])]


def as_line(text: str) -> str:
    """*text* on one line; ends of lines have the sign they have wherever they change."""
    return shown(text.replace("\r\n", "\n").replace("\n", "¶"))


def as_change(text: str) -> str:
    """A text of a change: all there is can be seen, spaces too."""
    return shown(_cut(text).translate(_SPACES), quiet=True)


def as_words(text: str) -> str:
    """A text that is pointed at or offered."""
    return shown(_cut(text).replace("\r\n", "\n").replace("\n", "¶"), quiet=True)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _ranks(span: Span) -> tuple[int, int]:
    """The ranks of the tags inside *span*; those beside it are not.

    Of two tags at a place that without width stands before the code point: its rank is twice its offset, the other's one more.
    """
    return 2 * span.start + 1, 2 * span.end


def _joined(left: Seen, right: Seen) -> Seen:
    """Both, one behind the other."""
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    before, after = ([one] if isinstance(one, str) else one for one in (left, right))
    return [*before[:-1], before[-1] + after[0], *after[1:]]
