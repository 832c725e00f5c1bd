"""Sentences that have the capitals of a title."""

from __future__ import annotations

from collections.abc import Iterator

from mtclean.languages.english import grammar_words, is_english
from mtclean.languages.lists import words
from mtclean.rules.artifacts.casing.surroundings import MANY
from mtclean.rules.artifacts.lexicon import known_names
from mtclean.rules.artifacts.tokens import Words, sentences_of, words_in_sentences, words_of
from mtclean.text import Applicability, Edit, Finding, Fix, Passage, rule

_SHORTEST_TITLED = 12
"""Words of a sentence in title case; shorter ones are headings and lines of a shop."""


@rule(
    "sentence-in-title-case",
    "fluency.casing",
    suggests=(
        (
            "The Mayor Said On Monday That The Old Market In Porto Was Open To All Ships. It rained.",
            "The mayor said on Monday that the old market in Porto was open to all ships. It rained.",
        ),
    ),
    leaves=(
        "A Short Guide To The Birds Of The Harbour And Of The River",
        "The Lord Of The Rings was read aloud to them on the day they met at the inn.",
        "HE SAID THAT THE OLD HARBOUR WAS OPEN TO ALL OF THE SHIPS.",
        "The Buyer Has To Pay For The Return.",
    ),
    languages=("en",),
)
def sentence_in_title_case(passage: Passage) -> Iterator[Fix | Finding]:
    """A whole sentence has its words written with capitals, as titles are.

    An engine that met the sentence beside a heading goes on as it began.  It is shown once, and not word by word.

    Left alone: headings and short lines, which have no full stop or few small words, and what is a heading or an item by itself.
    """
    all_words = words_of(passage)
    entries = frozenset(passage.entries)
    for span, here in zip(sentences_of(passage), words_in_sentences(passage), strict=True):
        if len(here) < _SHORTEST_TITLED or passage.text[span.end - 1] != ".":
            continue
        if span in entries:
            continue
        texts = all_words.texts[here.start : here.stop]
        if sum(map(all_words.capitalized.__contains__, texts)) < MANY:
            continue
        if 5 * sum(word[0].islower() for word in texts) <= len(texts) and _has_title_case(texts):
            yield from _made_small(passage, all_words, here)


def _has_title_case(texts: list[str]) -> bool:
    """Whether nearly all words have a capital, the small words of grammar among them, and few are all capitals."""
    spelt = [word for word in texts if word[0].isalpha()]
    if 5 * sum(word[0].isupper() for word in spelt) < 4 * len(spelt):
        return False
    small = grammar_words()
    grammar = [word for word in spelt[1:] if word.lower() in small]
    shouted = sum(word.isupper() and len(word) > 1 for word in spelt)
    if 3 * shouted > len(spelt) or len(grammar) < MANY:
        return False
    return 10 * sum(word[0].isupper() for word in grammar) >= 7 * len(grammar)


def _made_small(passage: Passage, all_words: Words, here: range) -> Iterator[Fix]:
    """The sentence *here* with small letters where the list has the word, and no list of names."""
    names = known_names() | words("places.txt")
    edits = tuple(
        Edit(all_words.starts[i], all_words.ends[i], all_words.folded[i])
        for i in here[1:]
        if all_words.texts[i][0].isupper()
        and not (all_words.texts[i].isupper() and len(all_words.texts[i]) > 1)
        and all_words.texts[i] not in names
        and all_words.folded[i] not in words("names_never_lowercase.txt")
        and is_english(all_words.folded[i], 500)
        and not passage.is_protected(*all_words.span(i, i))
    )
    if edits:
        reason = "The sentence is written as a title is, with capitals throughout."
        yield Fix(edits, reason, Applicability.SUGGESTED)
