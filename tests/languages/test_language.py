"""What is known of languages: from CLDR, from their own folders, and of none that is unknown."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from mtclean.languages.language import NEUTRAL, Pair, Trait, language, written
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Passage, Trail, settle

KEYS = {"quotes", "also", "inside", "spaced", "letters", "abbreviations",
    "calls", "meeting", "closing", "governed", "oblique", "prepositions", "elided", "words", "doubles", "relatives",
    "finite", "subordinates", "presents", "tasks", "offers", "labels", "originals", "parts", "notes",
    "regrets", "joins", "subjects", "outside", "particles", "stranding", "phrasal", "pairs", "doubtful", "signs", "dangling"}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "outer"),
    [
        ("de", "„“"),
        ("de-AT", "„“"),
        ("de-CH", "«»"),
        ("no", "«»"),
        ("sl", "„“"),
        ("zh-TW", "「」"),
        ("pt-PT", "“”"),
        ("fr-CA", "«»"),
    ],
)
def test_marks_are_its_own_or_those_of_the_language_it_is_a_kind_of(code: str, outer: str) -> None:
    assert language(code).typography.quotes[0] == Pair(*outer)


@pytest.mark.parametrize("code", ["", "xx", "cldr", "..", "en/../de", "tlh"])
def test_of_what_is_no_language_nothing_is_known(code: str) -> None:
    assert language(code) == NEUTRAL
    assert not language(code).traits


def test_a_kind_of_a_language_has_its_words() -> None:
    assert language("fr-CH").lexicon == language("fr").lexicon
    assert language("fr-CA").typography.spaced < language("fr").typography.spaced


def test_letters_spaces_and_width() -> None:
    assert Trait.CASED in language("ru").traits
    assert Trait.CASED not in language("ar").traits
    assert Trait.SPACED not in language("ja").traits
    assert Trait.WIDE in language("zh-Hant").traits


@pytest.mark.parametrize("code", written())
def test_the_facts_are_well_formed(code: str) -> None:
    from mtclean.languages.lists import rows

    facts = rows("language.tsv", code)
    assert {row[0] for row in facts} <= KEYS
    assert all(len(row) == 2 and row[1].strip() for row in facts)
    lexicon = language(code).lexicon
    assert all(len(letter) == 1 and letter == letter.upper() for letter in lexicon.letters)
    framing = lexicon.presents | lexicon.tasks | lexicon.offers | lexicon.labels
    framing |= lexicon.originals | lexicon.parts | lexicon.notes | lexicon.regrets
    assert all(word == word.lower() for word in (*lexicon.function_words, *framing))
    assert lexicon.relatives <= lexicon.right_doubles
    asked = (lexicon.subjects & lexicon.right_doubles, lexicon.particles, lexicon.joins)
    assert lexicon.function_words.issuperset(chain.from_iterable(asked))
    patterns = [re.split("[_…~]", pattern) for pattern in lexicon.pairs | lexicon.doubtful]
    pairs = (parts[parts.index("=") - 1].split("|") for parts in patterns)
    assert lexicon.function_words.issuperset(chain.from_iterable(pairs))
    assert all(parts[1:].count("=") == 1 for parts in patterns)


UNKNOWN = [
    "Er kam.Sie ging,und er blieb. „Ja„, sagte sie.",
    "Il dit »oui« et «non».Elle vint,et il partit.",
    "它来了,然后 走了。",
]


@pytest.mark.parametrize("text", UNKNOWN)
def test_a_text_in_no_known_language_is_not_taken_for_english(text: str) -> None:
    trail = Trail(text)
    settle(trail, "test", BUILT_IN.normalizing, lambda now: Passage(now, ""))
    assert trail.text == text


def test_every_rule_that_speaks_of_an_unknown_language_names_no_word() -> None:
    neutral = [rule for rule in BUILT_IN.monolingual if rule.knows("")]
    assert not [rule.id for rule in neutral if rule.languages]
    assert len(neutral) < len(BUILT_IN.monolingual)
    assert not set(chain.from_iterable(rule.traits for rule in neutral))


@pytest.mark.parametrize("code", ["ar", "el", "fa", "hi"])
def test_a_sign_is_written_for_another(code: str) -> None:
    signs = language(code).typography.signs
    assert signs
    assert all(len(latin) == len(own) == 1 for latin, own in signs.items())
    assert not language("de").typography.signs
