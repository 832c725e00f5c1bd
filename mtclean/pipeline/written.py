"""The texts of a file as its fixes make them, and which fixes they cannot be made with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mtclean.documents import Document, DocumentProblem
from mtclean.formats import Source
from mtclean.pipeline.draft import Draft
from mtclean.rules.artifacts.torn import TORN
from mtclean.text import Edit

_MOST_TRIED = 60
"""So often a file is written and read again for the fixes that tear it; a dozen of them among thousands are found with that."""


class _Made(NamedTuple):
    """A change of the text, and whether it gives the file markup back that was torn."""

    edit: Edit
    mends: bool
    fixes: tuple[int, ...]


def written(work: Draft) -> Mapping[Source, str]:
    """The texts of the file of *work*, whose text it is not alone, with what was changed in its prose.

    Raises :class:`DocumentProblem` where more than that would have changed.
    """
    if work.written is None or work.written[0] is not work.trail:
        work.written = work.trail, _with(work.document, _made(work))
    return work.written[1]


def tearing(work: Draft) -> frozenset[str]:
    """The names of the fixes without which the file of *work* can be written; none where it can be with them, or they are too many to be found."""
    if work.document.is_text or _can_be_written(work):
        return frozenset()
    search = _Search(work.document)
    torn = search.within(_made(work))
    if search.has_given_up:
        return frozenset()
    applied = work.trail.applied
    return frozenset(applied[number].name for made in torn for number in made.fixes)


def _can_be_written(work: Draft) -> bool:
    try:
        written(work)
    except DocumentProblem:
        return False
    return True


def _made(work: Draft) -> list[_Made]:
    trail = work.trail
    return [
        _Made(
            Edit(*change.original, trail.text[slice(*change.output)]),
            all(_mends_markup(work, number) for number in change.fixes),
            change.fixes,
        )
        for change in trail.changes
    ]


def _mends_markup(work: Draft, number: int) -> bool:
    """Whether the fix of this *number* gives the file markup back that was torn."""
    rule = work.registry.by_id.get(work.trail.applied[number].item.rule)
    return rule is not None and rule.category == TORN


def _with(document: Document, made: Sequence[_Made]) -> dict[Source, str]:
    return document.written([one.edit for one in made], [one.edit for one in made if one.mends])


class _Search:
    """Looks for the changes that tear a file, by halves."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._tried = 0

    @property
    def has_given_up(self) -> bool:
        return self._tried > _MOST_TRIED

    def within(self, made: Sequence[_Made]) -> list[_Made]:
        """Those of *made*, with which the file cannot be written, without which it can; of two that only together tear it, the later half."""
        half = len(made) // 2
        if not half:
            return [*made]
        first, second = self._among(made[:half]), self._among(made[half:])
        return [*first, *second] or [*made[half:]]

    def _among(self, made: Sequence[_Made]) -> list[_Made]:
        return [] if self._may_stay(made) else self.within(made)

    def _may_stay(self, made: Sequence[_Made]) -> bool:
        self._tried += 1
        if self.has_given_up:
            return True
        try:
            _with(self._document, made)
        except DocumentProblem:
            return False
        return True
