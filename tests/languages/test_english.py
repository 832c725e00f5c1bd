"""Words that the list lacks and that are made of words it has, and slips that are not."""

import pytest

from mtclean.languages.english import is_derived


@pytest.mark.parametrize(
    "word", ["labelers", "beachgoers", "photothermal", "signposted", "counterclaim", "tunnelling"]
)
def test_words_made_of_common_words_are_words(word: str) -> None:
    assert is_derived(word)


@pytest.mark.parametrize(
    "word", ["govenor", "recieve", "embarrased", "postively", "appartment", "xqzvbn"]
)
def test_slips_are_made_of_none(word: str) -> None:
    assert not is_derived(word)
