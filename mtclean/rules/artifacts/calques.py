"""Turns of phrase that are the source language in English words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from mtclean.languages.lists import rows
from mtclean.rules.artifacts.tokens import Words, words_of
from mtclean.text import Finding, Fix, Passage, Severity, Span, rule

_RARE = 5
"""Hits below which a ratio is no figure to tell people."""


_HEAD = re.compile(r"(?:\(\?:([a-z|]+)\)|([a-z]+))(?=[ -])")


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:" + "|".join(f"({row[0]})" for row in rows("calques.tsv")) + r")\b", re.IGNORECASE
    )


@cache
def _first_words() -> frozenset[str]:
    """The words that the phrases begin with: each with a word, or with one of several in brackets."""
    heads = (_HEAD.match(row[0]) for row in rows("calques.tsv"))
    return frozenset(word for head in heads for word in (head[1] or head[2]).split("|"))  # type: ignore[index]  # or the list is wrong


@rule(
    "calque",
    "style.calque",
    finds=(
        ("Relevant departments of both countries signed it.", "Relevant departments"),
        ("The number of new crown pneumonia cases rose.", "new crown pneumonia"),
        ("It rained at the National Grand Theatre.", "National Grand Theatre"),
    ),
    leaves=(
        "They stood shoulder to shoulder for a win-win result.",
        "The relevant department head signed it.",
        "A new crown was made for the queen.",
        "The tree has taken root, and it is reported that he came.",
    ),
    severity=Severity.NEUTRAL,
)
def calque(passage: Passage) -> Iterator[Fix | Finding]:
    """A phrase is word for word the source's, and no English writer says it so.

    *The new crown pneumonia*, *relevant departments*: each on the list was chosen by hand, with
    what the source says, plain English, and how much oftener machines write it than people do: five
    times at least, as measured.  It is information and does not count against a document.  More go
    under `calques` in `[lists]` of mtclean.toml.

    Left alone: a phrase that was spoken of already; it is said once of each, with how often it
    stands.

    Source: `mtclean/languages/en/calques.tsv`, which says how each phrase was measured.
    """
    yield from _of_the_house(passage)
    if passage.language != "en":
        return
    found = list(_found(passage.text, words_of(passage)))
    times = Counter(match.lastindex for match in found)
    for match in found:
        count = times.pop(match.lastindex, 0)
        if not count:
            continue
        _, source, plain, ratio, measured = rows("calques.tsv")[(match.lastindex or 1) - 1]
        again = f" It stands in the text {count} times." if count > 1 else ""
        yield Finding(
            Span(*match.span()),
            f"“{match.group()}” is “{source}” word for word{_evidence(ratio, measured)}: consider “{plain}”.{again}",
            Severity.NEUTRAL,
        )


def _found(text: str, all_words: Words) -> Iterator[re.Match[str]]:
    """The phrases in *text*, in order and apart: looked for only at words that one begins with."""
    first = _first_words() & all_words.vocabulary
    end = 0
    for i in all_words.places(first) if first else ():
        if all_words.starts[i] >= end and (match := _phrases().match(text, all_words.starts[i])):
            end = match.end()
            yield match


def _evidence(ratio: str, measured: str) -> str:
    """What may be said of how often machines write a phrase, by how it was *measured* (see calques.tsv)."""
    hits, is_count, _ = measured.partition(":")
    if not is_count:
        return (
            f", and machines write it {ratio} times as often as people who translate the same text"
        )
    if int(hits) < _RARE:
        return ", and was met in translations only"
    return f", and machine translations have it {ratio} times as often as English texts"


def _of_the_house(passage: Passage) -> Iterator[Finding]:
    """The phrases of the house's own list, each with the plain English it gives."""
    plain = dict(_parted(entry) for entry in passage.style.listed("calques"))
    phrases = sorted(filter(None, plain), key=lambda phrase: (-len(phrase), phrase))
    if not phrases:
        return
    any_phrase = "|".join(map(re.escape, phrases))
    for match in re.finditer(rf"(?<!\w)(?:{any_phrase})(?!\w)", passage.text, re.IGNORECASE):
        better = plain.get(match.group().lower(), "")
        advice = f"consider “{better}”." if better else "say it in plain English."
        message = f"“{match.group()}” is on your list of phrases translated word for word: {advice}"
        yield Finding(Span(*match.span()), message, Severity.NEUTRAL)


def _parted(entry: str) -> tuple[str, str]:
    """Phrase, in lower case, and plain English of an entry ``phrase = plain``."""
    phrase, _, plain = entry.partition("=")
    return phrase.strip().lower(), plain.strip()


RULES = (calque,)
