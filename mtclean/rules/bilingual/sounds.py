"""How names sound across scripts: what of a name is left when another writing system has taken it over."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache, reduce
from itertools import pairwise
from operator import or_
from typing import NamedTuple

from mtclean.rules.bilingual.wording import plain
from mtclean.text import Span

_SOUNDS = (
    ("f", "ph"),
    ("j", "dzh|dj|ch|j|g(?=[eiy])"),
    ("s", "tch|shch|sch|sh|sz|cz|zh|ts|tz|c(?=[eiy])|[sz]"),
    ("h", "th"),
    ("", "kh|gh(?![aeiou])|[h'`-]"),
    ("i", "[iy][aeiouyw]*"),
    ("e", "e[aeiouyw]*"),
    ("a", "a[aeiouyw]*"),
    ("o", "[ouw][aeiouyw]*"),
    ("ks", "x"),
    ("k", "ck|[kqc]"),
    ("g", "gh|g"),
    *((letter, letter) for letter in "bpfvdtmnlr"),
)
"""Sounds, and the Latin spellings of each, the longer ones first.  The kinds of *h* are not heard, and of vowels that stand together the first."""
_WITHOUT_VOWELS = str.maketrans("", "", "aeio")
_SPELLING = re.compile("|".join(f"({spelling})" for _, spelling in _SOUNDS))
_UNSPACED = ("\u3041", "\u9fff")
"""The first and the last of the characters of Japanese and Chinese."""
_WORD = re.compile(
    r"[\u3400-\u9fff]+|[\u3041-\u30fa\u30fc-\u30ff]+"
    r"|[^\W\d_\u3041-\u30ff\u3400-\u9fff]"
    r"[^\s\d_\u3041-\u30ff\u3400-\u9fff!-/:-@\[-`{-~\u00a0-\u00bf\u2010-\u206f\u3000-\u303f\u060c\u061b\u061f\u0964]*"
)
"""A run of Chinese characters or of Japanese syllables, or a word with its vowel signs."""
_PINYIN = str.maketrans("xq", "sj")
_HEBREW_VAV = re.compile(r"(?<=[\u05d0-\u05ea])ו(?!ו)")
"""Inside a word nearly always a vowel."""
_HEBREW = str.maketrans({"כ": "ק", "ך": "ק", "ה": None})
"""Kaf is a *k* in names from elsewhere, where it is not after a vowel; of he nothing is heard, and with a letter before it it would be read as one sound."""
_LONGER = 3
"""So many sounds more than a name are looked at where it may begin, for those that were added."""
_PREFIXED = 1
"""So many sounds may stand before a name in its word: articles and prepositions of Arabic and Hebrew."""
_ENDING = 2
"""So many sounds may follow a name in its word: cases and particles."""
_ENOUGH = 5
"""A name that is nearer than one sound in so many is found, and no nearer place is looked for."""


def _groups(*groups: str) -> Mapping[str, str]:
    """For each sound, those that it shares a group with."""
    like: defaultdict[str, str] = defaultdict(str)
    for group in groups:
        for sound in group:
            like[sound] += group
    return like


class Ear(Enum):
    """What is told apart: for each sound those that are taken for it, too."""

    LETTERS = _groups("iyj", "ckq", "sz", "vw", "uv")
    """Of two texts in one script, where names are copied: letters, not sounds."""
    SOUNDS = _groups("bpv", "fvp", "gkj", "js", "htds", "hf", "kh", "ie", "ea")
    """Of two scripts that have letters for most sounds."""
    CONSONANTS = _groups("bpv", "fvp", "gkj", "js", "htds", "hf", "kh")
    """Of scripts that write no vowels, or some."""
    SYLLABLES = _groups("bpv", "fvp", "gkj", "jst", "htds", "hf", "kh", "lr", "mn")
    """Of Japanese and Korean ones, which have fewer consonants, and vowels between all of them."""
    CHARACTERS = _groups("bpvf", "dth", "gkj", "jsh", "lr", "mn", "hf")
    """Of Chinese ones, which have fewer still."""

    @property
    def hears_vowels(self) -> bool:
        """Whether vowels are told apart, too."""
        return self in (Ear.LETTERS, Ear.SOUNDS)


@lru_cache(maxsize=50_000)
def sounds_of(word: str) -> str:
    """The sounds of *word*, in any script, a letter each; one that is doubled is heard once."""
    from anyascii import anyascii  # not before a name is compared: most runs compare none

    letters = anyascii(_HEBREW_VAV.sub("", word).translate(_HEBREW)).lower()
    if _is_unspaced(word):
        letters = letters.translate(_PINYIN)
    found, last = "", ""
    for match in _SPELLING.finditer(letters):
        sound = _SOUNDS[(match.lastindex or 0) - 1][0]
        if sound != last:
            found += sound
        last = sound
    return found


def _is_unspaced(word: str) -> bool:
    return _UNSPACED[0] <= word[0] <= _UNSPACED[1]


class _Sought:
    """Sounds, prepared to be looked for among others."""

    def __init__(self, sounds: str, ear: Ear) -> None:
        self.length = len(sounds)
        self._last = 1 << (self.length - 1)
        self._of: defaultdict[str, int] = defaultdict(int)
        for at, sound in enumerate(sounds):
            for like in ear.value.get(sound, sound):
                self._of[like] |= 1 << at

    def places_in(self, sounds: str) -> list[int]:
        """For each of *sounds* a bit-vector of the places among those that are sought where it may stand."""
        return [*map(self._of.__getitem__, sounds)]

    def lost_in(self, places: Sequence[int]) -> int:
        """How many of the sounds stand nowhere among those with *places*: the nearest is no nearer, and this takes a tenth of the time."""
        return self.length - reduce(or_, places, 0).bit_count()

    def nearest(self, places: Sequence[int], *, anywhere: bool = False) -> tuple[int, int]:
        """How many sounds are wrong, lost or too much in the nearest beginning of those with *places*, or in any part of them, and where that ends.

        By bit-vectors (G. Myers, *A fast bit-vector algorithm for approximate string matching*, 1999): a few operations for each
        the sounds.
        """
        above, below, last = -1, 0, self._last
        score = least = self.length
        end = 0
        for at, equal in enumerate(places):
            vertical = equal | below
            level = (((equal & above) + above) ^ above) | equal
            more, less = below | ~(level | above), above & level
            if more & last:
                score += 1
            elif less & last:
                score -= 1
                if score < least:
                    least, end = score, at
            more, less = (more << 1) | (not anywhere), less << 1
            above, below = less | ~(vertical | more), more & vertical
        return least, end


class Place(NamedTuple):
    """Where a name is found."""

    distance: int
    """how many of its sounds are wrong, lost or too much there"""
    span: Span
    """the word that it begins with, or the run of characters that it is in; empty where nothing is like it"""


class _Joined:
    """The sounds of words one after the other, and where each of them begins."""

    def __init__(self) -> None:
        self.sounds = ""
        self.starts: list[int] = []
        self.spans: list[Span] = []

    def add(self, sounds: str, span: Span) -> None:
        """The word at *span*, if something is heard of it."""
        if sounds:
            self.starts.append(len(self.sounds))
            self.spans.append(span)
            self.sounds += sounds


class Heard:
    """The words of *text* by what *ear* hears of them."""

    def __init__(self, text: str, ear: Ear) -> None:
        self._ear = ear
        self._found: dict[tuple[tuple[str, ...], float], Place] = {}
        self._spaced, self._unspaced = _Joined(), _Joined()
        for match in _WORD.finditer(text):
            words = self._unspaced if _is_unspaced(match.group()) else self._spaced
            words.add(self.sounds(match.group()), Span(*match.span()))

    def sounds(self, word: str) -> str:
        """What is heard of *word*."""
        if self._ear is Ear.LETTERS:
            return plain(word)
        sounds = sounds_of(word)
        return sounds if self._ear.hears_vowels else sounds.translate(_WITHOUT_VOWELS)

    def nearest(self, *name: str, share: float = 1.0) -> Place:
        """Where the text is nearest to the words of *name*, in this or the other order.

        Nothing is like it where more than *share* of its sounds would be otherwise: the smaller, the sooner that is known.
        """
        if (name, share) not in self._found:
            self._found[name, share] = self._nearest(name, share)
        return self._found[name, share]

    def changes_by_words(self, *name: str) -> int:
        """How many sounds of *name* are wrong or lost where each of its words is held against whole words of the text."""
        return sum(self._changes(self.sounds(word)) for word in name)

    def _changes(self, sounds: str) -> int:
        sought, least = _Sought(sounds, self._ear), len(sounds)
        for joined in (self._spaced, self._unspaced):
            places = sought.places_in(joined.sounds)
            for start, end in pairwise([*joined.starts, len(places)]):
                for at in range(start, min(start + self._prefixed, end - 1) + 1):
                    word = places[at:end]
                    if sought.lost_in(word) < least:
                        distance, last = sought.nearest(word)
                        behind = len(word) - 1 - last
                        least = min(least, distance + max(0, behind - _ENDING))
        return least

    @property
    def _prefixed(self) -> int:
        return _PREFIXED if self._ear is Ear.CONSONANTS else 0

    def _nearest(self, name: tuple[str, ...], share: float) -> Place:
        heard = [self.sounds(word) for word in name]
        length = sum(map(len, heard))
        best = Place(length, Span(0, 0))
        most = min(length, int(share * length) + 1)
        for sounds in dict.fromkeys(("".join(heard), "".join(reversed(heard)))):
            than = min(most, best.distance)
            for place in self._nearer(sounds, than) if length else ():
                best = place
                if _ENOUGH * best.distance <= length:
                    return best
        return best

    def _nearer(self, sounds: str, than: int) -> Iterator[Place]:
        """Where *sounds* are nearer *than* so many, each place nearer than the one before."""
        sought = _Sought(sounds, self._ear)
        longest = len(sounds) + _LONGER
        places = sought.places_in(self._spaced.sounds)
        for start, span in zip(self._spaced.starts, self._spaced.spans, strict=True):
            for at in range(start, start + self._prefixed + 1):
                window = places[at : at + longest]
                if sought.lost_in(window) < than:
                    distance, _ = sought.nearest(window)
                    if distance < than:
                        yield Place(than := distance, span)
        if self._unspaced.spans:
            distance, end = sought.nearest(sought.places_in(self._unspaced.sounds), anywhere=True)
            if distance < than:
                at = bisect_right(self._unspaced.starts, end) - 1
                yield Place(distance, self._unspaced.spans[at])


@lru_cache(maxsize=4)
def heard(text: str, ear: Ear) -> Heard:
    """*text* as *ear* hears it."""
    return Heard(text, ear)
