"""A joint: a place where a sentence may end without a space, and what stands around it.

The small words of its language go with it, so that every reading asks the same of all languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from mtclean.languages.language import language
from mtclean.rules.typography.lexicon import ABBREVIATIONS, CALENDAR, STARTERS, TITLES

# Terminators, brackets closed after them, and what starts right there: a letter, digit or bracket.
# Quotation marks are left to the quotes rules, which decide a paragraph's marks together.
# The mark comes first, so that the search can skip from mark to mark (here and in other rules).
_CANDIDATE = re.compile(
    r"([.!?…؟۔।॥](?! )(?<![.!?…؟۔।॥]{2})[.!?…؟۔।॥]*)((?:\)|\]|\[\d{1,3}\]|[”’\"'](?=[)\]]))*)(?=[^\W_]|[(\[¿¡]|[-–—•·▪‣◦→] [^\W_]|-- [^\W_]|[->][A-Z][a-z]|> [A-Z][a-z]|[$€£]\d|© \d|@[^\W\d]\w{1,30} @?[^\W_])"
)
_LEFT_WORD = re.compile(r"[^\W_]+(?:['’\-\u0301][^\W_]+)*\u0301?\Z")
RIGHT_WORD = re.compile(r"[^\W_]+(?:['’\-\u0301][^\W_]+)*")
_STRESS = "\u0301"
"""What dictionaries set on the vowel that is stressed, no part of the word: *го́род*."""
_WILD = re.compile(r"(?:\A|[\s/(\[{\"'`,])\*\Z")
"""The star of a pattern of file names: *the *.Doc files*."""
_LONGEST_WORD = 40  # code points looked at on either side; longer runs are not words
_NEXT = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*(?=[,;:!?.]?(?:\s|\Z))")
BULLETS = frozenset("-–—•·▪‣◦→>")
SIGNS = frozenset("$€£©@")
"""What stands before a number or a name that begins a sentence or a line: ``$3.7m``, ``© 2020``, ``@anna``."""


class Verdict(Enum):
    """What a candidate is."""

    BOUNDARY = "boundary"
    UNSURE = "unsure"
    INSIDE = "inside"


class SmallWords(NamedTuple):
    """The words of a language that tell the end of a sentence from another stop."""

    starters: frozenset[str]
    """Words that sentences start with, with their capital."""
    letters: frozenset[str]
    """Those of one letter that stand before another word: *A*."""
    abbreviations: frozenset[str]
    titles: frozenset[str]
    closing: frozenset[str] = frozenset()
    """Abbreviations that no name follows, without spaces and stops: *etc*, *usw*, *тд*, *EEUU*."""
    elided: frozenset[str] = frozenset()


ENGLISH = SmallWords(STARTERS, frozenset({"I", "A"}), ABBREVIATIONS | CALENDAR, TITLES)


@lru_cache(maxsize=64)
def small_words(code: str) -> SmallWords:
    """Those of the language *code*; English titles stand in texts of other languages, too."""
    if code == "en":
        return ENGLISH
    lexicon = language(code).lexicon
    openers = (word[:1].upper() + word[1:] for word in lexicon.function_words)
    starters = frozenset(word for word in openers if len(word) > 1) | lexicon.letters
    return SmallWords(
        starters, lexicon.letters, lexicon.abbreviations, TITLES, lexicon.closing, lexicon.elided
    )


@dataclass(frozen=True, slots=True)
class Joint:
    """A place where a sentence may end without a space.

    ``left`` and ``right`` are the words that touch it; ``glued_left`` is the character before the
    left word and ``glued_right`` the two characters after the right one, which tell a word of prose
    from a link in a chain such as ``System.Text.Json``.  ``opener`` is the bracket or the bullet that
    stands before the right word; ``after`` is the text that follows it, some 24 code points; ``start`` is
    the offset at which the left word begins.
    """

    start: int
    left: str
    before: str
    marks: str
    closers: str
    right: str
    opener: str
    glued_left: str
    glued_right: str
    after: str
    small: SmallWords

    @property
    def english(self) -> bool:
        """Whether the text is English, whose words are known."""
        return self.small is ENGLISH

    @property
    def starts(self) -> bool:
        """Whether the right word is one that sentences start with."""
        return self.right in self.small.starters

    @property
    def abbreviates(self) -> bool:
        """Whether the left word is an abbreviation, whose stop it may be."""
        return (
            self.left in self.small.abbreviations or self.left.lower() in self.small.abbreviations
        )

    @property
    def titles(self) -> bool:
        """Whether the left word is the abbreviated title of somebody."""
        return self.left in self.small.titles

    @property
    def in_chain(self) -> bool:
        """Whether a dot, slash or underscore ties either word to more of the same."""
        return self.glued_left in "._/\\@#=&-" or self.right_goes_on

    @property
    def something_ends(self) -> bool:
        """Whether a word, a closing mark or a sign stands before the stop: something a sentence ends with."""
        if self.left:
            return True
        last, before_last = self.before[-1], self.before[-2:-1]
        if last in " ," and before_last.strip():  # "Look !!!Now", "years,...Great"
            return (len(self.marks) > 1 or self.marks == "…") and self.right_in_prose
        if last in "\"'":
            return before_last.strip() != "" and before_last not in "([{="
        if unicodedata.category(last) == "So":
            return True  # "a crisp crust 🍕.For this"
        return last in ")]”’%°*€£$»…" or (not self.english and last in '“‘›‹«"')

    @property
    def right_goes_on(self) -> bool:
        """Whether the right word is followed by more code: ``Text.Json``, ``get_``, ``call(``."""
        mark, following = self.glued_right[:1], self.glued_right[1:2]
        if mark in ("_", "(", "=", "\\", "@", "["):
            return True
        if mark == "." and following.isupper() and len(self.right) > 1 and self._is_short_sentence:
            return False  # "It grew.Then.It fell": a short sentence between two others
        return mark in (".", "/", ":") and (following.isalnum() or following == "_")

    @property
    def fills_line(self) -> bool:
        """Whether the two words are all that stands in their line, as in the name of a site or a menu."""
        before = re.split(r"[\r\n]", self.before)[-1].strip()
        return before == self.left and bool(re.match(r"[^\S\r\n]*(?:[\r\n]|\Z)", self.after))

    @property
    def _is_short_sentence(self) -> bool:
        """Whether the right word may be a sentence of its own, before another that starts as prose does."""
        then = _NEXT.match(self.after, 1)
        if then is None:
            return False
        spelt = not (self.english or self.right.isascii()) and len(self.right) > 3  # no code
        return spelt or self.starts or "-" in self.right or then.group() in self.small.starters

    @property
    def right_in_prose(self) -> bool:
        """Whether the right word is followed as words of a sentence are."""
        stops = ".,;:!?" if "-" in self.right else ",;:!?"
        return bool(re.match(rf"[{stops}]?(?:\s|\Z)", self.after))


def joints(text: str, small: SmallWords = ENGLISH) -> Iterator[tuple[int, Joint]]:
    """Every place in *text* to judge, with the offset at which the space would go."""
    for match in _CANDIDATE.finditer(text):
        start, at = match.span()
        if _WILD.search(text, max(0, start - 2), start):
            continue
        left = _LEFT_WORD.search(text, max(0, start - _LONGEST_WORD), start)
        left_start = left.start() if left else start
        opener = "" if text[at].isalnum() else text[at]
        starts = at + len(opener)
        if opener in BULLETS | SIGNS:
            starts += 2 * text.startswith("- ", starts) or text.startswith(" ", starts)
        right = RIGHT_WORD.match(text, starts, starts + _LONGEST_WORD)
        right_end = right.end() if right else at + 1
        yield (
            at,
            Joint(
                start=left_start,
                left=left.group().replace(_STRESS, "") if left else "",
                before=text[max(0, start - 32) : start],
                marks=match[1],
                closers=match[2],
                right=right.group().replace(_STRESS, "") if right else "",
                opener=opener,
                glued_left=text[left_start - 1 : left_start] or " ",
                glued_right=text[right_end : right_end + 2],
                after=text[right_end : right_end + 24],
                small=small,
            ),
        )
