"""Places of parsers that work on bytes become ours."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from mtclean.formats.code_points import CodePoints


@given(st.text())
def test_each_character_is_found_at_its_byte(text: str) -> None:
    found = CodePoints(text.encode())
    assert all(found.at(len(text[:n].encode())) == n for n in range(len(text) + 1))


@given(st.text(), st.randoms(use_true_random=False))
def test_in_whatever_order_they_are_asked_for(text: str, chance: Random) -> None:
    text = text * 100  # beyond what counts as near
    found, places = CodePoints(text.encode()), list(range(0, len(text) + 1, 7))
    chance.shuffle(places)
    assert all(found.at(len(text[:n].encode())) == n for n in places)


def test_the_end_of_a_long_text_is_the_number_of_its_characters() -> None:
    text = "aé中😀" * 1000
    assert CodePoints(text.encode()).at(len(text.encode())) == len(text)
