"""Names across scripts: what is heard of them, and where a text has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.rules.bilingual.sounds import Ear, Heard, heard

_SOUNDS = st.text("bdgklmnprst", max_size=12)


@pytest.mark.parametrize(
    ("ear", "text", "name"),
    [
        (Ear.CONSONANTS, "قال جراهام دورانس ذلك", ("Graham", "Dorrans")),
        (Ear.CONSONANTS, "כך אמר מרווין שפירא", ("Marvin", "Shapira")),
        (Ear.SOUNDS, "Так сказал Сергей Кузнецов", ("Sergei", "Kuznetsov")),
        (Ear.SOUNDS, "एडुआर्डो रोड्रिगेज ने कहा", ("Eduardo", "Rodríguez")),
        (Ear.SOUNDS, "Το είπε ο Γιώργος Παππάς", ("Giorgos", "Pappas")),
        (Ear.SYLLABLES, "ドナルド・クレイマーが言った", ("Donald", "Kramer")),
        (Ear.SYLLABLES, "홀리 스나이더는 말했다", ("Holly", "Snyder")),
        (Ear.CHARACTERS, "保罗·迪卡尼奥说", ("Paolo", "Dicanio")),
        (Ear.LETTERS, "powiedział Jeremy’emu Kolvinowi", ("Jeremy", "Kolvin")),
    ],
)
def test_a_name_is_heard_in_the_other_script(ear: Ear, text: str, name: tuple[str, ...]) -> None:
    found = heard(text, ear)
    length = sum(len(found.sounds(word)) for word in name)
    assert found.nearest(*name).distance <= length / 4
    assert found.nearest(*reversed(name)).distance <= length / 4
    assert found.nearest("Wolfgang", "Tschaikin").distance > length / 4


def test_it_says_where_the_name_begins() -> None:
    found = heard("Вчера Олег Гаврилов обогнал Ивана Брандова", Ear.SOUNDS)
    assert found.nearest("Oleg", "Gavrilov").span.start == 6
    assert found.nearest("Ivan", "Brandov").span.start == 28


@given(_SOUNDS.filter(bool), st.lists(_SOUNDS, max_size=4))
def test_the_distance_is_that_of_the_nearest_beginning(name: str, words: list[str]) -> None:
    text = " ".join(words)
    expected = min(
        [len(name), *(_distance(name, start) for start in _starts(words, len(name) + 3))]
    )
    found = Heard(text, Ear.LETTERS).nearest(name).distance
    assert found == expected or 5 * found <= len(name)


def _starts(words: list[str], length: int) -> list[str]:
    """What the text says from each of *words* on, without blanks."""
    spoken = [word for word in words if word]
    return ["".join(spoken[number:])[:length] for number in range(len(spoken))]


def _distance(name: str, text: str) -> int:
    """Edits that make *name* of the beginning of *text* that is nearest, by the book."""
    row = list(range(len(text) + 1))
    for number, sound in enumerate(name, 1):
        above, row = row, [number]
        for at, other in enumerate(text, 1):
            row.append(min(above[at] + 1, row[-1] + 1, above[at - 1] + (sound != other)))
    return min(row)
