"""The house style a text is cleaned to, and the words and patterns that are right as they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from mtclean.text.pattern import HousePattern


class Quotes(str, Enum):
    """What becomes of straight quotation marks and apostrophes."""

    AUTO = "auto"
    """They turn curly in a text where most marks are curly."""
    CURLY = "curly"
    STRAIGHT = "straight"
    """They stay."""


class Marks(str, Enum):
    """Which marks a pair gets: those of the text, or those of a country's printers."""

    KEEP = "keep"
    US = "us"
    """“outer ‘inner’”"""
    UK = "uk"
    """‘outer “inner”’"""
    GERMAN = "german"
    """„outer ‚inner‘“"""
    FRENCH = "french"
    """«␣outer “inner”␣», with no-break spaces"""
    SWISS = "swiss"
    """«outer ‹inner›», also Italian, Spanish and Russian printers' first choice"""


class Dash(str, Enum):
    """How a dash between parts of a sentence is set."""

    KEEP = "keep"
    SPACED = "spaced"
    """An en dash between spaces – as in Britain."""
    CLOSED = "closed"
    """An em dash without spaces—as in America."""


class SentenceSpace(str, Enum):
    """What becomes of two spaces after a sentence, where an author sets them throughout."""

    KEEP = "keep"
    ONE = "one"


@dataclass(frozen=True)
class Style:
    """How the house writes.  The default follows each text and changes no style.

    ``words`` and what matches ``patterns`` (regular expressions) is never changed and never pointed
    at.  ``lists`` has more entries for the rules' own word lists, as (list, entries).
    """

    quotes: Quotes = Quotes.AUTO
    marks: Marks = Marks.KEEP
    dash: Dash = Dash.KEEP
    sentence_space: SentenceSpace = SentenceSpace.KEEP
    words: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def listed(self, name: str) -> tuple[str, ...]:
        """The house's own entries for the word list *name*."""
        return dict(self.lists).get(name, ())

    @cached_property
    def protected(self) -> tuple[HousePattern, ...]:
        """What finds the house's words and patterns in a text, each for itself: they may overlap.

        Longer words go first, so that a name is protected whole.
        """
        words = sorted(filter(None, self.words), key=lambda word: (-len(word), word))
        any_word = "|".join(map(re.escape, words))
        own = [rf"(?<!\w)(?:{any_word})(?!\w)"] if words else []
        return tuple(map(HousePattern, (*own, *self.patterns)))


AS_FOUND = Style()
"""The style of a house that has none: each text keeps its own."""
