"""Words of a text, and whether one may be a form of another: without a dictionary, by how they begin."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize

_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1780-\u17ff"
_LETTER = rf"[^\W_{_UNSPACED}]"
"""A letter or figure of scripts that set spaces."""
_WORD = re.compile(rf"[{_UNSPACED}]|{_LETTER}+")
_BEYOND_CAPITALS = 0x10000
"""The first code point behind those of living scripts that have capitals; with one of those behind, the expression takes five times as long."""
_BEYOND_LATIN = "\u0250"
"""The first letter behind the Latin ones."""
_LATIN = re.compile("[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+")
_STEM = 4
"""So many letters at the beginning are looked up; the rest is compared."""
_ENDING = 3
"""The longest ending that a form may have and another not."""
_ENDING_HERE = 2
"""That of a source, where a term is looked for and must not be taken for another word; of short words anywhere."""
_LONG = 6
_PLURALS = frozenset(["", "s", "es", "n", "en"])
_VOWELS = frozenset("aeiouyαειουωηаеиоуыэюяйьіїє")


class Word(NamedTuple):
    """A word, its letters without case and accents, and its place."""

    text: str
    plain: str
    start: int
    end: int

    @property
    def stem(self) -> str:
        """What it is looked up by."""
        return stem(self.plain)

    def is_form_of(self, other: Word, *, exact: bool = False) -> bool:
        """Whether it is *other* or a form of it: with or without an *s*, or with other vowels at its end.

        Another in capitals is a name, and the word has to have them too; *exact*: all are as they are written.
        """
        if exact or (other.text[0].isupper() and not self.text[0].isupper()):
            return self.text == other.text
        one, another = _rests(self.plain, other.plain)
        return {one, another} <= _PLURALS or (
            len(other.plain) > _STEM and len(one) <= _ENDING_HERE and _are_vowels(one + another)
        )


Words = tuple[Word, ...]


@lru_cache(maxsize=256)
def words_of(text: str) -> Words:
    """The words of *text*; each sign is one in scripts that set no spaces."""
    return tuple([_word(match) for match in _WORD.finditer(text)])


def plain_words(text: str) -> frozenset[str]:
    """The letters of :func:`words_of`, for those who do not ask where they stand."""
    return frozenset(map(plain, _WORD.findall(text)))


# The rules of names ask one after the other, each for both sides.
@lru_cache(maxsize=4)
def capitals_of(text: str) -> Words:
    """Those of :func:`words_of` that begin with a capital; the others are not even looked at."""
    return tuple([_word(match) for match in _capitalized().finditer(text)])


@cache
def _capitalized() -> re.Pattern[str]:
    """Words that begin with a capital.  It is what the expression begins with, since for such a sign all others are passed over quickly."""
    capital = f"[{''.join(filter(str.isupper, map(chr, range(_BEYOND_CAPITALS))))}]"
    return re.compile(rf"{capital}(?<!{_LETTER}{capital}){_LETTER}*")


def is_latin(word: Word) -> bool:
    """Whether *word* is in Latin letters, as far as its last one tells."""
    return word.plain[-1] < _BEYOND_LATIN


@lru_cache(maxsize=4)
def is_mostly_latin(text: str) -> bool:
    """Whether half of the letters of *text* are Latin ones, or more."""
    if text.isascii():
        return True
    latin = sum(map(len, _LATIN.findall(text)))
    return 2 * latin >= sum(map(str.isalpha, text))


def _word(match: re.Match[str]) -> Word:
    word = match.group()
    return Word(word, plain(word), *match.span())


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """*word* in small letters without accents."""
    if word.isascii():
        return word.lower()
    parts = normalize("NFKD", word.casefold())
    return normalize("NFC", "".join(sign for sign in parts if not combining(sign)))


def stem(word: str) -> str:
    """The beginning of a *word* that is plain already, which its forms share."""
    return word[:_STEM]


def may_be_form(word: str, of: str) -> bool:
    """Whether plain *word* holds plain *of* or a form of it, as in compounds and with what is glued before it."""
    if of in word:
        return len(of) >= _ENDING or word.startswith(of)
    kept = len(of) - (_ENDING if len(of) > _LONG else _ENDING_HERE)
    if kept >= _STEM:
        return of[:kept] in word
    return (
        len(of) >= _STEM
        and word.startswith(of[: max(kept, _ENDING)])
        and len(word) <= len(of) + _ENDING_HERE
    )


def _rests(one: str, other: str) -> tuple[str, str]:
    """What is left of two words after what they begin with alike."""
    alike = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if alike is None:
        alike = min(len(one), len(other))
    return one[alike:], other[alike:]


def _are_vowels(letters: str) -> bool:
    return all(letter in _VOWELS for letter in letters)
