"""How the place of two equal small words is read, and what the languages say of them."""

import re

import pytest

from mtclean.languages.language import language, written
from mtclean.rules.artifacts.clauses import Place
from mtclean.rules.artifacts.doubles import Standing, standing
from mtclean.rules.artifacts.tokens import words_of
from mtclean.text import Passage


def place(text: str, code: str) -> Place:
    """The first place in *text* where a word stands after its twin."""
    passage = Passage(text, code)
    words = words_of(passage)
    at = next(i for i in range(1, len(words)) if words.folded[i] == words.folded[i - 1])
    return Place(passage, words, at)


def said(found: Place, reach: range) -> str:
    """The words of *reach*."""
    return " ".join(found.words.texts[reach.start : reach.stop])


@pytest.mark.parametrize(
    ("text", "clause", "sentence"),
    [
        (
            "Er kam. Die Frau, die die Tür schloss, ging; er blieb.",
            "die die Tür schloss",
            "Die Frau die die Tür schloss ging",
        ),
        ("Was gut ist ist teuer", "Was gut ist ist teuer", "Was gut ist ist teuer"),
        ("Ja: die die. Nein", "die die", "die die"),
    ],
)
def test_reads_the_clause_and_the_sentence(text: str, clause: str, sentence: str) -> None:
    found = place(text, "de")
    assert said(found, found.clause) == clause
    assert said(found, found.sentence) == sentence


def test_looks_over_a_sentence_of_bounded_length() -> None:
    found = place("Haus " * 500 + "ist ist " + "Haus " * 500, "de")
    assert len(found.sentence) < 200


@pytest.mark.parametrize(
    ("code", "text", "surely", "perhaps"),
    [
        ("de", "Ich weiß, dass er da ist ist", True, True),
        ("de", "Die Stadt, in der er lange ist ist", False, True),
        ("de", "Er sah die Leute und ist ist froh", False, False),
        ("nl", "Zo dat huis was was groot", True, True),
        ("nl", "De man die er was was groot", False, True),
    ],
)
def test_knows_what_begins_a_subordinate_clause(
    code: str, text: str, surely: bool, perhaps: bool
) -> None:
    found = place(text, code)
    assert (found.is_subordinate, found.may_follow_subordinate) == (surely, perhaps)


PATTERNS = [
    (code, pattern)
    for code in written()
    for pattern in sorted(language(code).lexicon.pairs | language(code).lexicon.doubtful)
]


@pytest.mark.parametrize(("code", "pattern"), PATTERNS)
def test_every_pattern_of_a_language_finds_what_it_says(code: str, pattern: str) -> None:
    """A pattern whose pair is no small word, or that another kind of word hides, would be dead."""
    parts = re.split("_|(?<=[…~])|(?=[…~])", pattern)
    words = [
        re.sub("[…~+*]", "xyz"[i % 3], part.split("|")[0]) or "," for i, part in enumerate(parts)
    ]
    second = words.index("=")
    words[second] = words[second - 1]
    text = " ".join(words).replace(" ,", ",").removeprefix(",").replace(" ?", "?").strip()
    found = place(text, code)
    assert found.word in found.lexicon.function_words
    assert standing(found.passage, found.words, found.at) is not Standing.WRONG
