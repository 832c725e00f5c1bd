"""A name that is said again in Latin letters counts once: it is no part of what a translation should be as long as."""

import pytest

from mtclean.rules.bilingual.lengths import letters


@pytest.mark.parametrize(
    ("glossed", "plain"),
    [
        ("시장 마리아 베르크(Maria Berg)가 말했다", "시장 마리아 베르크가 말했다"),
        ("市长玛丽亚·贝格（Maria Berg）说", "市长玛丽亚·贝格说"),
        ("мэр Мария Берг (Maria Berg) сказала", "мэр Мария Берг сказала"),
    ],
)
def test_a_gloss_in_latin_letters_adds_none(glossed: str, plain: str) -> None:
    assert letters(glossed) == letters(plain)


@pytest.mark.parametrize(
    "text", ["die Bürgermeisterin (Maria Berg)", "мэр (Мария Берг)", "’90s (Maria Berg)"]
)
def test_other_brackets_are_prose(text: str) -> None:
    assert letters(text) == sum(map(str.isalnum, text))
