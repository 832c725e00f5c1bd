"""Every rule of two texts keeps its word: its examples hold, in several languages, and its documentation is whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from mtclean.rules.bilingual import compare, vectors
from mtclean.rules.bilingual.examples import documents_of, failures
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import Example, PairRule, RowsRule, pair_rule, rows_rule
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Finding, Fix, Span, replacing

EVERY = pytest.mark.parametrize("rule", BUILT_IN.bilingual, ids=lambda rule: rule.id)
ENGLISH_TO_GERMAN = ("en", "de")


@EVERY
def test_examples_hold(rule: PairRule | RowsRule) -> None:
    assert list(failures(rule)) == []


@EVERY
def test_examples_hold_without_vectors(
    rule: PairRule | RowsRule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "_SPOKEN", frozenset())
    assert list(failures(rule)) == []


@EVERY
def test_examples_are_of_both_kinds_and_in_several_languages(rule: PairRule | RowsRule) -> None:
    assert len(rule.finds) >= 3
    assert len(rule.leaves) >= 3
    for kind, document in documents_of(rule):
        speaks = any(example.excerpt or example.fixed for example in document)
        assert speaks == (kind == "finds"), document
    spoken = {code for _, document in documents_of(rule) for one in document for code in one.of}
    assert len(spoken - {"", "en"}) >= 2


@EVERY
def test_says_what_it_does(rule: PairRule | RowsRule) -> None:
    what, why, holds_back, _ = rule.sections
    assert re.fullmatch(r".{1,119}\.", what)
    assert what == rule.explanation.partition("\n")[0], "one line"
    assert why
    assert holds_back


@EVERY
def test_a_good_pair_of_another_rule_is_left_alone(rule: PairRule | RowsRule) -> None:
    """What is right is right for all rules."""
    for other in BUILT_IN.bilingual:
        for document in (document for kind, document in documents_of(other) if kind == "leaves"):
            pairs = [replace(example.pair, document="a") for example in document]
            said = [item for _, item in compare(pairs) if item.rule == rule.id]
            assert not said, (other.id, document)


def _shouts(pair: Pair) -> Iterator[Fix | Finding]:
    """A translation shouts where its source does not."""
    at = pair.target.text.find("!")
    if at >= 0 and "!" not in pair.source.text:
        yield replacing(at, at + 1, ".", "The source does not shout.")


def _repeated(pairs: Iterable[Pair]) -> Iterator[tuple[int, Finding]]:
    texts = [pair.target.text for pair in pairs]
    for number, text in enumerate(texts):
        if text in texts[:number]:
            yield number, Finding(Span(0, len(text)), "It stands there twice.", source=Span(0, 1))


QUIET = Example(ENGLISH_TO_GERMAN, "Come in.", "Kommen Sie herein.")
LOUD = Example(ENGLISH_TO_GERMAN, "Come in.", "Kommen Sie herein!", "!", fixed="Kommen Sie herein.")


def of_one(finds: Example, leaves: Example = QUIET) -> PairRule:
    return pair_rule("shout", "style", finds=[finds], leaves=[leaves])(_shouts)


def test_an_example_that_holds_is_no_failure() -> None:
    assert list(failures(of_one(LOUD))) == []


@pytest.mark.parametrize(
    ("rule", "came"),
    [
        (of_one(LOUD._replace(excerpt="Kommen")), "nothing is pointed at there"),
        (of_one(LOUD._replace(fixed="Herein.")), "Kommen Sie herein."),
        (of_one(LOUD._replace(fixed="")), "Kommen Sie herein."),
        (of_one(LOUD, LOUD._replace(excerpt="", fixed="")), "it speaks of it: The source does not shout."),
    ],
)  # fmt: skip
def test_an_example_that_does_not_hold_is_one(rule: PairRule, came: str) -> None:
    assert [failure.came for failure in failures(rule)] == [came]


def test_examples_of_documents_say_which_unit_is_pointed_at() -> None:
    again = QUIET._replace(excerpt="Kommen")
    right = rows_rule("twice", "style", finds=[(QUIET, again)])(_repeated)
    assert list(failures(right)) == []
    wrong = rows_rule("twice", "style", finds=[(again, QUIET)])(_repeated)
    assert len(list(failures(wrong))) == 2
    nowhere = rows_rule("twice", "style", finds=[(QUIET, again._replace(source=""))])(_repeated)
    assert [failure.came for failure in failures(nowhere)] == [
        "it points at no place of the source"
    ]


def test_what_is_not_translated_is_told_once() -> None:
    """Its length says nothing, and it is no second wording."""
    said = "The fare that passengers pay when they board the ferry without a ticket."
    pairs = [
        Pair.of(said, target, ("en", "zh"), document="a")
        for target in (said, "乘客无票登上渡船时所付的票价。", said.capitalize())
    ]
    found = [(number, item.rule) for number, item in compare(pairs)]
    assert found == [(0, "untranslated-source"), (2, "untranslated-source")]
