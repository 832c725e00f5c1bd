"""Names of a translation that are not spelt as in its source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from unicodedata import category

from mtclean.languages.english import frequency
from mtclean.languages.language import primary
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import Example, pair_rule
from mtclean.rules.bilingual.wording import (
    Word,
    Words,
    capitals_of,
    is_latin,
    is_mostly_latin,
    words_of,
)
from mtclean.text import replacing
from mtclean.text.model import Fix

_LEAST = 4
"""Letters of a name in which a slip is looked for; it may have lost one."""
_MOST = 30
"""A word of more letters is no name."""
_SURE = 5
"""So many has a name in which two letters changed places, or one is wrong or lost, where nothing but that tells; shorter words are too
often near to another, and one that is only wrong counts as a letter less."""
_LONG = 8
"""Letters of a name that nobody is likely to have met by chance."""
_ENDING = 2
"""The last letters of a word, which inflection changes."""
_INFLECTED = frozenset(
    ["be", "bg", "bs", "cs", "el", "et", "fi", "hr", "hu", "is", "la", "lt", "lv", "mk", "pl", "ro", "ru", "sk", "sl", "sq", "sr", "tr", "uk"]
)  # fmt: skip
"""Languages in which names have endings."""
_KNOWN = 20
"""How often the English word list has met a word that is spelt right."""
_EVERYDAY = 1000
"""How often it has met one of every day: *professor*."""
_COMMON = 300
"""The same where its capital may come from a label."""
_LONGEST_LABEL = 8
_FINAL = frozenset(".?!…")
_FAR = 20
_BEGINNING = re.compile(r"(?:\A|[.!?…:\n])[\W_]*\Z")
"""What is before a word that begins a sentence or a line, of so many signs."""
_VOWELS = frozenset("aeiouyаеиоуыэюяєії")
_SOUNDS = ("bpvfw", "dt", "gkcqxhj", "szcxt", "mn", "lr", "iyj", "uvw")
"""Consonants that languages write for one another."""
_ENDS = ("er", "re"), ("el", "le")
_BEFORE_ENDS = frozenset("bcdfgkptvz")
"""Ends that languages write for one another, and what stands before them then: *center*, *centre*."""
_BEFORE, _AFTER = frozenset("@#/.-_"), frozenset("@/_")
"""Signs that make a handle, a link, a path or a part of a word that touches them."""


class _Slip(Enum):
    """What makes one spelling of another."""

    EXCHANGED = "two letters changed places"
    LETTER = "a letter is wrong, lost or too much that no language writes so"
    SPELLING = "a letter is, that languages do write so"
    CONSONANT = "the same of a consonant for another"


@pair_rule(
    "name-misspelt",
    "accuracy.entity",
    finds=[
        Example(("de", "en"), "Frau Kolnavek wohnt in Ahrenfelde.", "Ms Kolnavek lives in Ahrefnelde.", "Ahrefnelde"),
        Example(("en", "fr"), "The mayor, Tordanic, resigned.", "Le maire, Tordnic, a démissionné.", "Tordnic"),
        Example(("ru", "uk"), "Там живёт Борданов.", "Там живе Бродканов, тобто Бордаонв.", "Бордаонв"),
        Example(("ja", "en"), "Glasmera社は東京にある。", "Galsmera is in Tokyo.", "Galsmera"),
        Example(("en", "zh"), "A film by Tilda Morren", "这是Tilda Moren的电影", "Moren"),
        Example(("en", "es"), "Ask Tilda Kolmer.", "Pregunte a Tilda Kolmar.", "Kolmar"),
        Example(("en", "ru"), "Open Korvid Maps tomorrow.", "Откройте завтра Korvid Mups.", "Mups"),
        Example(("de", "en"), "Er fuhr nach Nashville.", "He went to Nishville.", "Nishville"),
        Example(("en", "pt"), "She reads the Harsund Examiner.", "Ela lê o Harsund Examinre.", "Examinre"),
        Example(("en", "de"), "They met in Gartshollow.", "Sie trafen sich in Gurtshollow.", "Gurtshollow"),
        Example(("en", "es"), "Welcome to Harsund Aviation 😜", "Bienvenidos a la Aviación Harsnd 😜", "Harsnd"),
        Example(("en", "es"), "Tordanic saw that Tordanic was late.", "Tordanic vio que Tordanci tardaba.", "Tordanci"),
    ],
    leaves=[
        Example(("de", "en"), "Im Oktober kam der Präsident.", "The President came in October."),
        Example(("en", "pl"), "A letter from Brighton", "List z Brightonu"),
        Example(("fr", "en"), "Le Centre est fermé.", "The Center is closed."),
        Example(("en", "fr"), "Enter Kilometers", "Entrer des kilomètres"),
        Example(("en", "hu"), "Turkmenistan", "Türkmenisztán"),
        Example(("en", "it"), "Kazakhstan", "Kazakistan"),
        Example(("en", "nl"), "Phone Number", "Nummer"),
        Example(("en", "nb"), "&Password:", "&Passord:"),
        Example(("en", "fr"), "Required. Letters and numbers only.", "Obligatoire. Lettres et chiffres seulement."),
        Example(("en", "nb"), "Password and data are not encrypted!", "Passord og data er ikke kryptert!"),
        Example(("en", "es"), "Philippines and Tunisia", "Filipinas y Túnez"),
        Example(("en", "de"), "Tordanic met Tordnic.", "Tordanic traf Tordnic."),
        Example(("en", "it"), "He was born in Chile.", "È nato in Cile."),
        Example(("pl", "en"), "Rozmowa z Anną Kolmarą", "A talk with Anna Kolmara"),
        Example(("en", "fr"), "Alexander Pushkin", "Alexandre Pouchkine"),
        Example(("en", "it"), "Abbreviate (shortest)", "Abbreviare (più breve)"),
        Example(("en", "pt"), "Rectangular Selection", "Seleção Retangular"),
    ],
)  # fmt: skip
def name_misspelt(pair: Pair) -> Iterator[Fix]:
    """A name is written with a letter exchanged, wrong, lost or too much, where the source is in the same letters.

    A name that is misspelt is another person's, and no search finds it.

    Left alone: other endings, vowels and consonants that languages write for one another, and doubled letters, unless something says that the
    name was copied: the word beside it is the same in both, or the text around it is in other letters; or English has the one
    spelling and not the other.  What stands so in the source, too.  Names in other letters than the source's are not compared.
    """
    given, made = _names(pair.source.text), _names(pair.target.text)
    strange = [names[0] for plain, names in made.items() if plain not in given]
    near = _near(_of_like_shape(given, strange)) if strange else {}
    for name in strange:
        plain = name.plain
        others = {other for part in _parts(plain) for other in near.get(part, ())}
        meant = [
            given[other][0]
            for other in others
            if _is_slip(
                pair, name, given[other][0], is_there=len(given[other]) <= len(made.get(other, ()))
            )
        ]
        if len(meant) == 1:
            written = meant[0].text
            yield replacing(
                name.start, name.end, written, f"The source has “{written}”."
            ).suggested()


def _of_like_shape(names: Iterable[str], strange: Iterable[Word]) -> list[str]:
    """Those of *names* that begin as one that is *strange* and are as long, or a letter more or less: no slip makes others of it."""
    shapes = {(word.plain[0], len(word.plain) + more) for word in strange for more in (-1, 0, 1)}
    return [name for name in names if (name[0], len(name)) in shapes]


def _near(names: Iterable[str]) -> dict[str, list[str]]:
    """*names* by their :func:`_parts`."""
    near: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        for part in _parts(name):
            near[part].append(name)
    return near


def _parts(name: str) -> set[str]:
    """*name* itself and with any letter lost but the first; two that a slip lies between have one in common."""
    if len(name) > _MOST:
        return set()
    return {name, *(name[:at] + name[at + 1 :] for at in range(1, len(name)))}


@lru_cache(maxsize=4)
def _names(text: str) -> dict[str, list[Word]]:
    """The words of *text* that begin with a capital, by their plain letters; no handles, links and the like."""
    found: defaultdict[str, list[Word]] = defaultdict(list)
    for word in capitals_of(text):
        if (
            len(word.text) >= _LEAST - 1
            and word.text.isalpha()
            and not word.text.isupper()
            and text[word.start - 1 : word.start] not in _BEFORE
            and text[word.end : word.end + 1] not in _AFTER
        ):
            found[word.plain].append(word)
    return dict(found)


def _is_slip(pair: Pair, name: Word, other: Word, *, is_there: bool) -> bool:
    """Whether a slip makes *name* of the source's *other*; not what another spelling or an ending would change.

    Of one that *is there* as often as in the source, only letters that changed places make it.
    """
    one, two = name.plain, other.plain
    if len(two) < _LEAST or abs(len(one) - len(two)) > 1 or one[0] != two[0]:
        return False
    at = _first_difference(one, two)
    slip = _slip(one, two, at)
    if slip is None or _is_english(pair, one):
        return False
    if _is_a_word(pair, other) and (_begins(pair.target.text, name) or _is_label(pair.target.text)):
        return False
    if slip is _Slip.EXCHANGED and len(two) >= _SURE:
        return True
    is_island = _is_island(pair, name)
    if _is_entry(pair) and not is_island:
        return False
    if is_there or at > len(two) - 1 - (1 if is_island else _ending(pair)):
        return False
    least = _SURE + (len(one) == len(two))
    if is_island or _is_english(pair, two) or (slip is _Slip.LETTER and len(two) >= least):
        return True
    return slip is not _Slip.CONSONANT and (
        _is_rare(pair, two) or (not _is_everyday(pair, two) and _have_a_neighbor(pair, name, other))
    )


def _first_difference(one: str, two: str) -> int:
    """Where *one* and *two* begin to differ."""
    pairs = enumerate(zip(one, two, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(two)))


def _slip(one: str, two: str, at: int) -> _Slip | None:
    """What makes *one* of *two*, which differ first *at*; None where more than one slip does."""
    if len(one) == len(two):
        if one[at + 2 :] == two[at + 2 :] and one[at : at + 2] == two[at : at + 2][::-1]:
            return (
                None
                if one[at - 1] in _BEFORE_ENDS
                and (one[at:], two[at:]) in (*_ENDS, *(end[::-1] for end in _ENDS))
                else _Slip.EXCHANGED
            )
        if one[at + 1 :] != two[at + 1 :]:
            return None
        if one[at] in _VOWELS and two[at] in _VOWELS:
            return _Slip.SPELLING
        return _Slip.CONSONANT if _may_be_spelt(one[at], two[at]) else _Slip.LETTER
    more, less = (one, two) if len(one) > len(two) else (two, one)
    if more[at + 1 :] != less[at:]:
        return None
    may_be = _may_be_left_out(more, at) or (more is one and more[at] in _VOWELS)
    return _Slip.SPELLING if may_be else _Slip.LETTER


def _ending(pair: Pair) -> int:
    """How many of the last letters of a name may differ."""
    return _ENDING if _INFLECTED.intersection(map(primary, pair.languages)) else 1


def _is_english(pair: Pair, word: str) -> bool:
    """Whether the target is English, which has *word*."""
    return primary(pair.target.language) == "en" and frequency(word) >= _KNOWN


def _is_everyday(pair: Pair, word: str, least: int = _EVERYDAY) -> bool:
    """Whether *word* of an English source, met *least* times, is one that other languages have in a spelling of their own."""
    return primary(pair.source.language) == "en" and frequency(word) >= least


def _is_a_word(pair: Pair, word: Word) -> bool:
    """Whether *word* of an English source has its capital from a label, a headline or the sentence it begins, as far as English tells: *Enter Numbers*, *Stock*.

    In a label any word of English has.
    """
    if _is_label(pair.source.text):
        return _is_everyday(pair, word.plain, _KNOWN)
    return _begins(pair.source.text, word) and _is_everyday(pair, word.plain, _COMMON)


def _is_entry(pair: Pair) -> bool:
    """Whether both sides are one word, as in a list of countries or units: languages have their own for them, *Austria* and *Ausztria*."""
    return all(len(words_of(side.text)) == 1 for side in (pair.source, pair.target))


def _begins(text: str, word: Word) -> bool:
    """Whether *text*, or a sentence or line of it, begins with *word*, but for marks."""
    before = text[max(0, word.start - _FAR) : word.start]
    return _BEGINNING.search(before) is not None


@lru_cache(maxsize=4)
def _is_label(text: str) -> bool:
    """Whether *text* is of a few words, and no sentence, which a picture may end as a mark does."""
    last = text.rstrip()[-1:]
    return (
        len(words_of(text)) <= _LONGEST_LABEL
        and last not in _FINAL
        and category(last or " ") != "So"
    )


def _is_rare(pair: Pair, word: str) -> bool:
    """Whether *word* of an English source is a long one that English has never met: other languages have no spelling of their own for it."""
    is_english = primary(pair.source.language) == "en"
    return is_english and len(word) >= _LONG and frequency(word) == 0


def _have_a_neighbor(pair: Pair, name: Word, other: Word) -> bool:
    """Whether a name beside *name* stands beside the source's *other*, too, so that both were copied."""
    ours, theirs = words_of(pair.target.text), words_of(pair.source.text)
    return any(
        _neighbor(ours, name, step) == (text := _neighbor(theirs, other, step))
        and text[:1].isupper()
        for step in (-1, 1)
    )


def _neighbor(words: Words, word: Word, step: int) -> str:
    """The one of *words* beside *word*, where nothing but a blank or an apostrophe's length parts them; else nothing."""
    number = bisect_left(words, word.start, key=attrgetter("start"))
    if not 0 <= number + step < len(words):
        return ""
    first, second = sorted((number, number + step))
    is_beside = words[second].start - words[first].end == 1
    return words[number + step].text if is_beside else ""


def _is_island(pair: Pair, word: Word) -> bool:
    """Whether *word* was copied, since most letters of a text that has it are of another script."""
    latin = is_latin(word)
    return any(is_mostly_latin(side.text) != latin for side in (pair.source, pair.target))


def _may_be_spelt(one: str, other: str) -> bool:
    """Whether languages write *one* for *other*."""
    return any(one in sound and other in sound for sound in _SOUNDS)


def _may_be_left_out(word: str, at: int) -> bool:
    """Whether languages write *word* without its letter *at*: one that is doubled, mute, or a vowel beside another."""
    beside = word[at - 1] + word[at + 1 : at + 2]
    return (
        word[at] in beside
        or word[at] == "h"
        or (word[at] in _VOWELS and bool(set(beside) & _VOWELS))
    )


RULES = (name_misspelt,)
