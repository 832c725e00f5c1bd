"""What is found once in a text for all rules says the same as looking at each place."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mtclean.languages.lists import rows
from mtclean.rules.artifacts.calques import _first_words, calque
from mtclean.rules.artifacts.duplicates import _SHINGLE, _shingles_again
from mtclean.rules.artifacts.repetition import _LONGEST_PERIOD, _runs
from mtclean.rules.artifacts.tokens import (
    WIDE,
    Words,
    pairs_again,
    twins_of,
    words_in_sentences,
    words_of,
)
from mtclean.text import Passage

_WORD = re.compile(rf"[{WIDE}]|[^\W_{WIDE}]+(?:['’](?=[^\W\d_{WIDE}])[^\W_{WIDE}]*)*")
_TEXTS = st.text("aAb1_'’-. \n京é٣", max_size=60)
_SAID = st.lists(st.sampled_from("abc"), max_size=40).map(" ".join)


@given(_TEXTS)
def test_words_are_where_they_stand(text: str) -> None:
    words = Words(text)
    found = list(_WORD.finditer(text))
    assert words.texts == [match.group() for match in found]
    assert words.folded == [match.group().lower() for match in found]
    assert [*zip(words.starts, words.ends, strict=True)] == [match.span() for match in found]
    assert words.vocabulary == {*words.folded}
    assert words.forms.keys() == {*words.texts}


@given(_TEXTS)
def test_a_small_word_of_the_text_is_never_overlooked(text: str) -> None:
    for word in re.findall(r"[^\W\d_]+", text.lower()):
        if not re.search(rf"[{WIDE}]|[_\d]", text):
            assert words_of(Passage(text)).may_have(frozenset([word]))


@given(_SAID)
def test_twins_and_runs_are_those_that_a_walk_over_all_words_finds(text: str) -> None:
    passage = Passage(text)
    folded = words_of(passage).folded
    assert twins_of(passage) == [i for i in range(1, len(folded)) if folded[i] == folded[i - 1]]
    for run in _runs(passage):
        assert 0 < run.period <= _LONGEST_PERIOD
        said = folded[run.first : run.last + 1]
        assert said[run.period :] == said[: -run.period]


@given(_SAID)
def test_a_pair_stands_again_where_a_walk_over_all_others_finds_it(text: str) -> None:
    folded = words_of(Passage(text)).folded
    pairs = [*pairwise(folded)]
    again = [i for i, pair in enumerate(pairs) if pairs.count(pair) > 1]
    assert [*pairs_again(Passage(text))] == again
    said = [tuple(folded[i : i + _SHINGLE]) for i in range(len(folded) - _SHINGLE + 1)]
    assert sorted(_shingles_again(Passage(text))) == sorted(
        hash(shingle) for shingle, many in Counter(said).items() for _ in range(many - 1)
    )


@given(_TEXTS)
def test_words_with_capitals_and_signs_are_told_apart(text: str) -> None:
    words = Words(text)
    assert {*words.cased} == {word for word in words.texts if word != word.lower()}
    assert words.capitalized == {word for word in words.texts if word[0].isupper()}
    assert {*words.signed} == {word for word in words.texts if not word.isalnum()}


@given(_TEXTS)
def test_the_words_of_the_sentences_are_all_words(text: str) -> None:
    passage = Passage(text)
    inside = [i for here in words_in_sentences(passage) for i in here]
    assert inside == [*range(len(words_of(passage)))]


@given(_TEXTS)
def test_a_kind_of_character_is_held_where_it_is_found(text: str) -> None:
    for kind in map(re.compile, (r"[0-9]", r"[京]", r"[\u0660-\u0669]")):
        assert Passage(text).holds(kind) is (kind.search(text) is not None)


@given(st.text("ab\n\r ", max_size=30))
def test_paragraphs_are_the_lines_with_something_in_them(text: str) -> None:
    assert [*Passage(text).paragraphs] == [m.span() for m in re.finditer(r"[^\r\n]+", text)]


def test_each_phrase_on_the_list_is_looked_for_at_its_first_word() -> None:
    for pattern, *_ in rows("calques.tsv"):
        said = re.sub(r"\(\?:([^()|]*)[^()]*\)", r"\1", pattern).replace("?", "")
        assert said.split()[0].partition("-")[0] in _first_words()
        assert [*calque.run(Passage(f"They spoke of it: {said} was there."))], said
