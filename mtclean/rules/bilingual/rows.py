"""The rows of a file beside one another: translations that slipped, changed places, stand twice or differ."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from mtclean.rules.bilingual.coverage import anchors_of
from mtclean.rules.bilingual.lengths import direction, letters, weight
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import Example, rows_rule
from mtclean.rules.bilingual.stories import again, repeated, right, slipped, swapped
from mtclean.rules.bilingual.vectors import similarities, speaks
from mtclean.text import Finding, Passage, Severity, Span

_LEAST = 12
"""Letters below which rows may well be alike: *Yes.*, *Open*."""
_LEAST_FAR_OFF = 40
"""The same of rows that are no neighbors: two sources of a file may well have one translation (*Delete page*, *Remove page*)."""
_COMPARED = 200
_ALIKE = 0.75
"""Share of their first characters, so many, from which two sources may have one translation."""
_SURPRISE = 0.4
_MOST_SURPRISE = 8.0
_ANCHOR = 1.5
_ALONE = 0.5
_MOST_ALONE = 4
_MARK = 1.0
_NEAR = 12.0
"""What the fit of two texts gains by a number or name that both have, loses by one that one has, gains by a final mark, and by vectors
that are the same."""
_SWAPPED = 3.1
"""How much better two rows must fit in each other's place: of 5,600 neighbors in files that were right, none reached 3.1."""
_SLIPPED = 7.0
"""The same for a run of rows, all together."""
_OF_A_FILE = 40
"""Rows of the files for which those were set.  A file is put together wrongly as rarely as another, so in one with more rows, each
of which may look so by chance, they are raised by the logarithm of how many times as many there are."""
_SLACK = 1.5
"""How much worse a single row of a run may fit."""
_FEWEST = 4
"""Rows that make a run."""
_KEY_MARK = re.compile(r"[&_](?=[^\W_])")
"""What stands before the letter of a label that is its key (Qt, GTK)."""
_FINAL = " .:!…。：！"
_CLOSING = " \"”»“’'」』)）"
_MARKS = {"？": "?", "؟": "?", "！": "!", "：": ":", "。": ".", "।": "."}

Rows = Sequence[Pair]


class _Run(NamedTuple):
    """Rows ``[first, last]`` whose targets belong to the rows that are ``by`` further on."""

    gain: float
    first: int
    last: int
    by: int


@rows_rule(
    "slipped-row",
    "alignment.drift",
    finds=[slipped("de", 2, 6), slipped("fr", 2, 6), slipped("ru", 2, 6)],
    leaves=[right("de"), right("fr"), right("ru")],
)  # fmt: skip
def slipped_row(pairs: Rows) -> Iterator[tuple[int, Finding]]:
    """The translations of several rows in a run belong to their neighbors.

    A line was lost or counted twice when the file was put together, and from there on everything is beside the wrong source.  Rows are told by
    lengths, numbers, names and final marks, and by vectors where they are to be had.

    Left alone: runs of less than four rows, and languages whose lengths were never measured.
    """
    for run in _layout(tuple(pairs)).slipped:
        for number in range(run.first, run.last + 1):
            yield (
                number,
                _belongs(pairs, number, number + run.by, "the rows around it slipped, too"),
            )


@rows_rule(
    "swapped-row",
    "alignment.swap",
    finds=[swapped("de", 2), swapped("fr", 3), swapped("ru", 6)],
    leaves=[right("de"), right("fr"), right("ru")],
)  # fmt: skip
def swapped_row(pairs: Rows) -> Iterator[tuple[int, Finding]]:
    """The translations of two neighboring rows changed places.

    Each is right by itself, so that no reader of the translation alone can see it.

    Left alone: neighbors of about the same length that share no number, name or mark, unless vectors tell them apart.
    """
    for first in _layout(tuple(pairs)).swapped:
        yield first, _belongs(pairs, first, first + 1, "the two changed places")
        yield first + 1, _belongs(pairs, first + 1, first, "the two changed places")


@rows_rule(
    "repeated-row",
    "alignment.duplicate",
    finds=[repeated("de", 4), repeated("fr", 2), repeated("ru", 4)],
    leaves=[
        right("de"),
        right("fr"),
        (
            Example(("es", "en"), "Guarde los cambios ahora.", "Save the changes now."),
            Example(("es", "en"), "Guarda los cambios ahora.", "Save the changes now."),
        ),
    ],
)  # fmt: skip
def repeated_row(pairs: Rows) -> Iterator[tuple[int, Finding]]:
    """The translation of one row stands beside another source, too.

    It was pasted twice, and the translation of the second source is lost.

    Left alone: sources that are nearly the same, short rows, of rows that are no neighbors those of a few words, and runs that `slipped-row` speaks of.
    """
    layout = _layout(tuple(pairs))
    first_with: dict[str, int] = {}
    for number, pair in enumerate(pairs):
        said = _folded(pair.target)
        earlier = first_with.setdefault(said, number)
        if earlier == number or layout.has_slipped(number):
            continue
        if weight(said) < (_LEAST if number - earlier == 1 else _LEAST_FAR_OFF):
            continue
        if _are_alike(pairs[earlier].source, pair.source):
            continue
        yield number, _belongs(pairs, number, earlier, "it stands beside both")


@rows_rule(
    "source-in-two-ways",
    "consistency.source",
    finds=[
        again("de", 5, "When is the tower open to visitors?", "When"),
        again("fr", 5, "What does a tart cost?", "What"),
        again("ru", 4, "Afterwards everyone eats together.", "Afterwards"),
    ],
    leaves=[
        again("de", 5, "When can you visit the tower?"),
        again("fr", 7, "Try it!"),
        (
            Example(("es", "en"), "Guarde los cambios ahora.", "Save the changes now."),
            Example(("es", "en"), "GUARDE LOS CAMBIOS AHORA.", "SAVE THE CHANGES NOW."),
        ),
        (
            Example(("en", "it"), "Required field is present", "Il campo obbligatorio è presente"),
            Example(("en", "it"), "required field is present", "campo obbligatorio presente"),
        ),
        (
            Example(("en", "de"), "Save the changes", "&Änderungen speichern"),
            Example(("en", "de"), "Save the changes", "Änderungen &speichern…"),
        ),
    ],
    severity=Severity.MINOR,
)  # fmt: skip
def source_in_two_ways(pairs: Rows) -> Iterator[tuple[int, Finding]]:
    """The same source is translated another way than elsewhere in the file.

    Readers take two wordings for two things, and whoever checks the file has to judge one sentence twice.  It is told once for each wording, at the
    first row that has it.

    Left alone: short sources, such as *Open* and *Yes*, which depend on what is around them; sources whose capitals differ (*Entry type*, and *entry type* inside a
    sentence), or whose file says that they are used in different places (`msgctxt`); capitals, spaces, final marks and marks of keys of the translation;
    what is not translated yet; forms for several numbers, as Polish has more than English.
    """
    wordings: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for number, pair in enumerate(pairs):
        if pair.plural or pair.is_copy or weight(pair.source.text) < _LEAST:
            continue
        source = " ".join(pair.source.text.split())
        said, known = _wording(pair.target), wordings[pair.context, source]
        if not said or said in known:
            continue
        if known:
            first = pairs[next(iter(known.values()))]
            yield (
                number,
                Finding(
                    _whole(pair.target),
                    f"{_named(first)} has the same source and another translation: “{first.target.text.strip()}”.",
                    Severity.MINOR,
                    source=_whole(pair.source),
                ),
            )
        known[said] = number


OF_ROWS = (slipped_row, swapped_row, repeated_row, source_in_two_ways)


class _Layout:
    """How the targets of a file lie beside its sources."""

    def __init__(self, pairs: tuple[Pair, ...]) -> None:
        self._pairs = pairs
        self._fits: dict[tuple[int, int], float] = {}
        self._caution = max(0.0, math.log(max(1, len(pairs)) / _OF_A_FILE))
        self.slipped = tuple(self._runs())
        self.swapped = tuple(self._swaps())

    def fit(self, source: int, target: int) -> float:
        """How well the source of the one row fits the target of the other, in no unit."""
        key = (source, target)
        if key not in self._fits:
            self._fits[key] = _fit(self._pairs[source].source, self._pairs[target].target)
        return self._fits[key]

    def has_slipped(self, number: int) -> bool:
        return any(run.first <= number <= run.last for run in self.slipped)

    def _gain(self, number: int, by: int) -> float:
        """How much better the target of row *number* fits the source *by* rows further on than its own."""
        other = number + by
        if not 0 <= other < len(self._pairs) or not self._is_open(number, other):
            return -_SLIPPED
        return self.fit(other, number) - self.fit(number, number)

    def _is_open(self, *rows: int) -> bool:
        """Whether *rows* are translated, and by their languages can be compared."""
        pairs = [self._pairs[row] for row in rows]
        return direction(pairs[0].languages) is not None and all(
            pair.languages == pairs[0].languages and pair.target.text.strip() for pair in pairs
        )

    def _runs(self) -> Iterator[_Run]:
        taken: set[int] = set()
        for run in sorted((*self._candidates(-1), *self._candidates(1)), reverse=True):
            rows = set(range(run.first, run.last + 1))
            if run.gain > _SLIPPED + self._caution and len(rows) >= _FEWEST and not rows & taken:
                taken |= rows
                yield run

    def _candidates(self, by: int) -> Iterator[_Run]:
        """The runs of rows that all fit better, or hardly worse, *by* rows further on."""
        gains = [self._gain(row, by) for row in range(len(self._pairs))]
        for fits, rows in groupby(range(len(gains)), lambda row: gains[row] > -_SLACK):
            better = [row for row in rows if gains[row] > 0]
            if fits and better:
                first, last = better[0], better[-1]
                yield _Run(sum(gains[first : last + 1]), first, last, by)

    def _swaps(self) -> Iterator[int]:
        taken = -1
        for first in range(len(self._pairs) - 1):
            there, back = self._gain(first, 1), self._gain(first + 1, -1)
            is_free = (
                first > taken and not self.has_slipped(first) and not self.has_slipped(first + 1)
            )
            if is_free and min(there, back) > 0 and there + back > _SWAPPED + self._caution:
                taken = first + 1
                yield first


@lru_cache(maxsize=1)
def _layout(pairs: tuple[Pair, ...]) -> _Layout:
    return _Layout(pairs)


def _fit(source: Passage, target: Passage) -> float:
    languages = (source.language, target.language)
    way = direction(languages)
    if way is None:
        return 0.0
    surprise = way.surprise(letters(source.text), letters(target.text))
    ours, theirs = anchors_of(source.text), anchors_of(target.text)
    known = speaks(*languages)
    return (
        _ANCHOR * len(ours & theirs)
        - min(_MOST_SURPRISE, _SURPRISE * surprise**2)
        - _ALONE * min(_MOST_ALONE, len(ours ^ theirs))
        + _MARK * _of_marks(_last_mark(source.text), _last_mark(target.text))
        + (_NEAR * similarities([source.text], [target.text])[0][0] if known else 0)
    )


def _of_marks(one: str, other: str) -> int:
    """What two final marks say: a full stop that both have says nothing."""
    return -1 if one != other else int(one != ".")


def _last_mark(text: str) -> str:
    last = text.rstrip(_CLOSING)[-1:]
    mark = _MARKS.get(last, last)
    return mark if mark in (".", "?", "!", ":") else ""


def _folded(passage: Passage) -> str:
    return " ".join(passage.text.split()).casefold()


def _wording(passage: Passage) -> str:
    """*passage* without what makes no other wording: capitals, final marks, and the marks of the letters that are keys."""
    return _KEY_MARK.sub("", _folded(passage)).rstrip(_FINAL)


def _are_alike(one: Passage, other: Passage) -> bool:
    ours, theirs = _folded(one)[:_COMPARED], _folded(other)[:_COMPARED]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _belongs(pairs: Rows, number: int, other: int, why: str) -> Finding:
    pair = pairs[number]
    return Finding(
        _whole(pair.target),
        f"This is the translation of {_named(pairs[other])}: {why}.",
        Severity.MAJOR,
        source=_whole(pair.source),
    )


def _named(pair: Pair) -> str:
    return pair.name or f"“{pair.source.text.strip()}”"


def _whole(passage: Passage) -> Span:
    return Span(0, len(passage.text))
