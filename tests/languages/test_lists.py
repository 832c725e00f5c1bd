"""The word lists: documented, read by somebody, and no word of a kind twice."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

import mtclean
from mtclean.languages.lists import abbreviations, abbreviations_that_keep, rows

FOLDER = files("mtclean.languages") / "en"
LISTS = sorted(path.name for path in FOLDER.iterdir() if path.name.endswith((".txt", ".tsv")))
PACKAGE = Path(mtclean.__path__[0])
SOURCE = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("name", LISTS)
def test_every_list_says_what_it_is(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "\r" not in text


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_read(name: str) -> None:
    assert f'"{name}"' in SOURCE


def test_no_abbreviation_stands_twice_in_a_kind() -> None:
    counted = Counter(
        (kind, word) for kind, _, line in rows("abbreviations.tsv") for word in line.split()
    )
    assert {kind for kind, _ in counted} == {"title", "date", "other", "word"}
    assert set(counted.values()) == {1}


def test_an_abbreviation_that_is_also_a_word_may_end_a_sentence() -> None:
    assert {"Sat", "Sun"} <= abbreviations("date")
    assert {"jan", "mr", "e.g", "no"} <= abbreviations_that_keep()
    assert not {"sat", "sun", "sec"} & abbreviations_that_keep()
