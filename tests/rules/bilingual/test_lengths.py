"""A name that is said again in Latin letters counts once: it is no part of what a translation should be as long as."""

import pytest

from mtclean.rules.bilingual.coverage import RULES
from mtclean.rules.bilingual.lengths import direction, letters
from mtclean.rules.bilingual.pair import Pair


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


def test_the_same_share_is_missed_the_more_the_longer_the_text_is() -> None:
    """A long translation goes the way of all; how long one of a few words is says little."""
    way = direction(("en", "cs"))
    assert way is not None
    surprises = [way.surprise(letters, 0.6 * letters) for letters in (10, 30, 100, 300, 1000)]
    assert surprises == sorted(surprises, reverse=True)
    assert surprises[0] > -2.5 > -3.6 > surprises[-1]


_WHOLE = "The old bridge over the river, closed since the storm in January, was opened by the mayor on Sunday morning."


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        (_WHOLE, "Starý most přes řeku otevřel v neděli ráno starosta města.", 1),
        (
            _WHOLE,
            "Starý most přes řeku, zavřený od lednové bouře, otevřel v neděli ráno starosta.",
            0,
        ),
        ("The bridge, which was closed, opened on Sunday morning.", "Most se otevřel v neděli.", 0),
    ],
)
def test_without_vectors_a_clause_is_missed_by_length_in_a_text_that_says_enough(
    source: str, target: str, found: int
) -> None:
    pair = Pair.of(source, target, ("en", "cs"))
    said = [item.message for rule in RULES for item in rule.run(pair)]
    assert len(said) == found
    assert all(message.startswith("By length only") for message in said)
