"""Capitals that the document itself shows to be wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mtclean.rules.typography.lexicon import COMBINING, COUNTRIES, PREFIXES
from mtclean.text import Fix, Passage, known, replacing, rule

_SECOND_HALF = re.compile(r"-([A-Z][a-z]{2,})(?![\w-])")
_FIRST_HALF = re.compile(r"(?<![\w’'-])[a-z]{3,40}\Z")
_SHOUTED = re.compile(r"-(?<=[A-Z]{4}-)(?=[A-Z][a-z]{2})")
_SHOUTED_HALF = re.compile(r"(?<![\w-])[A-Z]{4,7}\Z")
# Where no sentence or line starts, so that the capital is the name's own.
_PAIR = re.compile(r"[A-Z](?<=[a-z,;] .)[a-z]{2,}-[A-Z][a-z]{2,}(?![\w-])")
# A function word with a capital right after a small word: no sentence starts there.
_STRAY = re.compile(
    r"(?:Unlike|Although|Because|However|Whereas|Despite|While|Since|Which|Whose|Therefore|Moreover)"
    r"(?= [a-z])"
)
_LEADS_IN = re.compile(r"\b(?:that|believes?|and|but|which|because|said|says|if|of|for) \Z")


@known
def _names(passage: Passage) -> Counter[str]:
    """How often each pair of names stands in the text inside a sentence."""
    return Counter(_PAIR.findall(passage.text))


@rule(
    "small-letter-in-name",
    "fluency.casing",
    fixes=[
        (
            "All Ardenia-Belmark trade grew. The ardenia-Belmark border is open.",
            "All Ardenia-Belmark trade grew. The Ardenia-Belmark border is open.",
        ),
        ("The china-Russia border is open.", "The China-Russia border is open."),
    ],
    leaves=[
        "The pre-Raphaelite painters and the anti-German press.",
        "A mid-Atlantic accent. The mid-Atlantic ridge.",
        "The bone-China plate and the turkey-Ham pie.",
        "Pro-France parties won. A pro-France paper agreed.",
        "Pure-Python code. It is a pure-Python library.",
    ],
    failures=[("The people of south Korea agreed.", "The people of South Korea agreed.")],
    languages=("en",),
    needs="-",
)
def small_letter_in_name(passage: Passage) -> Iterator[Fix]:
    """The first half of a pair of names lost its capital: ``china-Russia``.

    Systems that translate word by word restore the case of each half on its own.

    Left alone: pairs that are neither two countries nor written with both capitals elsewhere inside
    a sentence of the document; and any whose first half it writes small by itself.
    """
    for match in _SECOND_HALF.finditer(passage.text):
        half = _FIRST_HALF.search(passage.text, max(0, match.start() - 41), match.start())
        if half is None or half.group() in PREFIXES:
            continue
        first, second = half.group().capitalize(), match[1]
        names = _names(passage)
        if names[f"{first}-{second}"] + names[f"{second}-{first}"]:
            reason = f"The document writes “{first}” with a capital elsewhere."
        elif first in COUNTRIES and second in COUNTRIES:
            reason = f"“{first}” is the name of a country."
        else:
            continue
        if not passage.words[half.group()]:
            yield replacing(half.start(), half.start() + 1, first[0], reason)


@rule(
    "shouted-combining-form",
    "fluency.casing",
    fixes=[("The INDO-Pacific region grew.", "The Indo-Pacific region grew.")],
    leaves=["THE INDO-PACIFIC REGION", "A NATO-Russia council.", "The EURO-6 norm; Indo-European."],
    languages=("en",),
    needs="-",
)
def shouted_combining_form(passage: Passage) -> Iterator[Fix]:
    """The first part of a compound name is in capitals: ``INDO-Pacific``.

    An engine took the first part for initials.

    Left alone: all but the few forms that make such names, and lines of capitals.
    """
    for match in _SHOUTED.finditer(passage.text):
        half = _SHOUTED_HALF.search(passage.text, max(0, match.start() - 9), match.start())
        if half and half.group().capitalize() in COMBINING:
            reason = f"“{half.group()}” is the first part of a name, not initials."
            yield replacing(*half.span(), half.group().capitalize(), reason)


@rule(
    "capital-on-linking-word",
    "fluency.casing",
    fixes=[
        (
            "She believes that Unlike the rest, it works.",
            "She believes that unlike the rest, it works.",
        )
    ],
    leaves=[
        "He read that. Unlike the rest, it works.",
        "The novel Although was a success.",
        "They sang Because by the sea.",
        "She said: Because it is so.",
    ],
    failures=[("It shows that Some agree.", "It shows that some agree.")],
    languages=("en",),
)
def capital_mid_sentence(passage: Passage) -> Iterator[Fix]:
    """A function word has a capital in the middle of a sentence: ``that Unlike the West``.

    The sentence was translated in two parts, and the second kept the capital of its start.

    Left alone: anywhere but after a small word that leads on (*that*, *and*, *because*) and before
    another small word; titles of works may stand anywhere else.
    """
    for match in _STRAY.finditer(passage.text):
        if _LEADS_IN.search(passage.text, max(0, match.start() - 12), match.start()):
            yield replacing(
                match.start(),
                match.start() + 1,
                match.group()[0].lower(),
                "A function word has a capital in the middle of a sentence.",
            )


RULES = (small_letter_in_name, shouted_combining_form, capital_mid_sentence)
