"""Run-on sentences that lost their mark, too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.rules.typography.lexicon import METHODS
from mtclean.rules.typography.sentences.joint import RIGHT_WORD
from mtclean.rules.typography.words import is_prose_word
from mtclean.text import Finding, Passage, Span, rule

_GLUED = re.compile(r"[A-Z](?<=[a-z]{3}.)(?=[a-z]* [a-z])")
_WORDS_BEFORE = re.compile(r"(?<![^\s“‘\"'(])([a-z]{2,24}) ([a-z]{3,24})\Z")
_OPENERS = frozenset(
    [
        "The",
        "This",
        "That",
        "These",
        "Those",
        "There",
        "He",
        "She",
        "It",
        "They",
        "We",
        "You",
        "When",
        "Where",
        "What",
        "Why",
        "How",
        "But",
        "However",
        "His",
        "Her",
        "Their",
        "Our",
        "Its",
    ]
)


@rule(
    "lost-sentence-end",
    "fluency.punctuation.spacing",
    finds=[
        ("Here the text gets lostThere should be a space.", "lostThere"),
        ("It is finding its placeWhere is it?", "placeWhere"),
    ],
    leaves=[
        "Call findThe or isThere here, and getWhen in it.",
        "She uses YouTube and an iPhone, says McDonald there.",
        "Here the text ends. There it starts.",
        "The old hasThis flag is off. The hasThis flag was on.",
    ],
    languages=("en",),
)
def lost_sentence_end(passage: Passage) -> Iterator[Finding]:
    """A sentence runs into the next one, with neither a mark nor a space between them.

    A scraper joined two lines of which the first, a heading or an item, ended without a mark.
    Which mark was lost only the source can tell.

    Left alone: anywhere but between two small words of prose and a word that starts sentences, and
    where the text writes it so again: what code calls things by looks the same.
    """
    for match in _GLUED.finditer(passage.text):
        at = match.start()
        before = _WORDS_BEFORE.search(passage.text, max(0, at - 52), at)
        right = RIGHT_WORD.match(passage.text, at)
        if before is None or right is None or right.group() not in _OPENERS:
            continue
        left = before[2]
        if not (is_prose_word(before[1]) and is_prose_word(left)) or left in METHODS:
            continue
        if passage.words[left + right.group()] < 2:
            yield Finding(
                Span(before.start(2), right.end()), "Two sentences run into each other here."
            )
