"""Names of a translation that are not spelt as in its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import Example, pair_rule
from mtclean.rules.bilingual.wording import plain
from mtclean.text import replacing
from mtclean.text.model import Fix

_LATIN, _CYRILLIC = "A-Za-zÀ-ÖØ-öø-ɏ", "Ѐ-ӿ"
_NAME = re.compile(
    "|".join(
        rf"(?<![\d@#/.{letters}-])[{letters}]{{5,}}(?![\d@/{letters}]|\.\w)"
        for letters in (_LATIN, _CYRILLIC)
    )
)
"""A word of letters of one script, also in a text of another, which may set no spaces."""
_LEAST = 6
"""So many letters has a name in which one is wrong or lost; shorter words are too often near to another."""
_VOWELS = frozenset("aeiouyаеиоуыэюя")
_SOUNDS = ("bpvfw", "dt", "gkcqxhj", "szcxt", "mn", "lr", "iyj", "uvw")
"""Consonants that languages write for one another."""


@pair_rule(
    "name-misspelt",
    "accuracy.entity",
    finds=[
        Example(("de", "en"), "Frau Kolnavek wohnt in Ahrenfelde.", "Ms Kolnavek lives in Ahrefnelde.", "Ahrefnelde"),
        Example(("en", "fr"), "The mayor, Tordanic, resigned.", "Le maire, Tordnic, a démissionné.", "Tordnic"),
        Example(("ru", "uk"), "Там живёт Борданов.", "Там живе Бродканов, тобто Бордаонв.", "Бордаонв"),
        Example(("ja", "en"), "Glasmera社は東京にある。", "Galsmera is in Tokyo.", "Galsmera"),
    ],
    leaves=[
        Example(("de", "en"), "Im Oktober kam der Präsident.", "The President came in October."),
        Example(("en", "pl"), "A letter from Brighton", "List z Brightonu"),
        Example(("fr", "en"), "Le Centre est fermé.", "The Center is closed."),
        Example(("en", "es"), "Philippines and Tunisia", "Filipinas y Túnez"),
        Example(("en", "de"), "Tordanic met Tordnic.", "Tordanic traf Tordnic."),
    ],
)  # fmt: skip
def name_misspelt(pair: Pair) -> Iterator[Fix]:
    """A name is written with two letters exchanged, or with a wrong one, where the source is in the same letters.

    A name that is misspelt is another person's, and no search finds it.

    Left alone: other endings, vowels and consonants that languages write for one another, doubled letters, and what stands so in
    the source, too. Names in other letters than the source's are not compared.
    """
    given, made = _names(pair.source.text), _names(pair.target.text)
    for name, (start, end) in made.items():
        if name in given:
            continue
        near = [other for other in given if other not in made and _is_slip(name, other)]
        if len(near) == 1:
            at = given[near[0]]
            written = pair.source.text[slice(*at)]
            yield replacing(start, end, written, f"The source has “{written}”.").suggested()


def _names(text: str) -> dict[str, tuple[int, int]]:
    """The words of *text* that begin with a capital, of five letters or more, and where each stands first."""
    found: dict[str, tuple[int, int]] = {}
    for match in _NAME.finditer(text):
        if match.group()[0].isupper():
            found.setdefault(plain(match.group()), match.span())
    return found


def _is_slip(one: str, other: str) -> bool:
    """Whether a slip of one letter inside makes *one* of *other*; not what another spelling would change."""
    if one[0] != other[0] or one[-1] != other[-1] or abs(len(one) - len(other)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    if len(one) == len(other) and one[at + 2 :] == other[at + 2 :]:
        exchanged = one[at] == other[at + 1] and one[at + 1] == other[at]
        wrong = one[at + 1] == other[at + 1] and not _may_be_spelt(one[at], other[at])
        return exchanged or (wrong and len(other) >= _LEAST)
    lost = len(one) < len(other) and one[at:] == other[at + 1 :]
    return lost and len(other) >= _LEAST and at < len(one) - 1 and not _may_be_left_out(other, at)


def _may_be_spelt(one: str, other: str) -> bool:
    """Whether languages write *one* for *other*."""
    vowels = (one in _VOWELS) + (other in _VOWELS)
    return vowels == 2 or any(one in sound and other in sound for sound in _SOUNDS)


def _may_be_left_out(word: str, at: int) -> bool:
    """Whether languages write *word* without its letter *at*: one that is doubled, mute, or a vowel beside another."""
    beside = word[at - 1] + word[at + 1]
    return (
        word[at] in beside
        or word[at] == "h"
        or (word[at] in _VOWELS and bool(set(beside) & _VOWELS))
    )


RULES = (name_misspelt,)
