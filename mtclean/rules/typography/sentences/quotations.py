"""Where a sentence ends and a quotation begins right behind it, or the other way round.

Marks that the quotes rules read as pairs are theirs; what is here are marks that face one way, and two signs typed for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mtclean.languages.language import Trait
from mtclean.rules.typography.marks import ONE_WAY, own_pair
from mtclean.rules.typography.sentences.beyond_english import HANGUL
from mtclean.text import Passage, known

_SINGLE_QUOTED = re.compile(r"[.!?](?<=\w{2}.)‘(?=[^\W\d_])|[.!?](?<=\w{3}.)’(?=[^\W\d_a-z])")
_TYPED_QUOTES = re.compile(r"[.!?](?<=[^\W_]{2}.)(?=,, ?[^\W_])|''(?<=[.!?]'')(?=[^\W\da-z_])")
"""Where a quotation begins or ends with two signs for its mark: ``kwam.,,Ja`` and ``ja.''Hij``."""
_APOSTROPHES = frozenset("’‘'")


def at_quotations(passage: Passage) -> Iterator[int]:
    """Every place in the passage where a space belongs between a sentence and a quotation."""
    yield from _beside_one_way_marks(passage)
    if passage.language != "en":
        yield from (match.end() for match in _TYPED_QUOTES.finditer(passage.text))
    if passage.typography.quotes[0].opening == "‘":
        for match in _SINGLE_QUOTED.finditer(passage.text):
            yield match.end() - (match.group()[-1] == "‘")


def _beside_one_way_marks(passage: Passage) -> Iterator[int]:
    """Where a sentence ends and a quotation begins right behind it, or the other way round: ``år.«Et``, ``falt.»To``.

    Only at marks that face one way in the document, whose partner may be lost; pairs of them are the quotes rules' own.
    English has a reading for all its marks.
    """
    if passage.language == "en" or not passage.has(Trait.SPACED):
        return
    opening, closing = _one_way(passage)
    if not passage.characters.isdisjoint(opening):
        for match in _ends_before(opening).finditer(passage.text):
            if _starts(passage, match["next"]):
                yield match.end()
    if not passage.characters.isdisjoint(closing):
        for match in _starts_behind(closing, opening).finditer(passage.text):
            if _starts(passage, match["next"]):
                yield match.end()


def _starts(passage: Passage, letter: str) -> bool:
    """Whether a sentence may start with *letter*: a capital, where letters have case; particles follow a mark in Korean."""
    if letter[0].isdigit():
        return True  # a number of something
    if passage.has(Trait.CASED) or letter.isascii():
        return letter.isupper()
    return letter.isalpha() and not HANGUL.match(letter)


@known
def _one_way(passage: Passage) -> tuple[str, str]:
    """The quotation marks that can only open, and those that can only close, in the document's own use or the language's."""
    own = own_pair(passage)
    if (
        own == ONE_WAY
        or passage.typography.quotes[0].opening == passage.typography.quotes[0].closing
    ):
        return "", ""  # the two marks look alike, or one stands for the other
    pairs = passage.typography.pairs if own is None else (own,)
    if own is None and passage.characters.issuperset(pairs[0]):
        pairs = pairs[:1]
    opening, closing = {pair.opening for pair in pairs}, {pair.closing for pair in pairs}
    first, last = opening - closing, closing - opening
    return "".join(sorted(first - _APOSTROPHES)), "".join(sorted(last - _APOSTROPHES))


@lru_cache(maxsize=64)
def _ends_before(opening: str) -> re.Pattern[str]:
    return re.compile(
        rf"[.!?…](?:(?<=[^\W_]{{2}}.)|(?<=[)%”“»\"].))(?=[{opening}][\u00a0\u202f]?(?P<next>[^\W\d_]))"
    )


@lru_cache(maxsize=64)
def _starts_behind(closing: str, opening: str) -> re.Pattern[str]:
    after = rf"(?:[{opening}][\u00a0\u202f]?)?" if opening else ""
    return re.compile(
        rf"[{closing}](?:(?<=[.!?…].)|(?<=[.!?…][\u00a0\u202f].))(?={after}(?P<next>[^\W\d_]|\d{{1,4}}[^\W\d_]?\.? [^\W\d_A-Z]))"
    )
