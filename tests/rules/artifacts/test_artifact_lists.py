"""The word lists: well formed, documented, and able to veto."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from mtclean.languages.language import written
from mtclean.languages.lists import entries, has, rows, words
from mtclean.rules.artifacts import RULES
from mtclean.rules.artifacts.casing.small_names import name_in_small_letters
from mtclean.rules.artifacts.names import name_spelt_two_ways
from mtclean.text import Passage


@pytest.mark.parametrize("line", entries("lookalike_names.txt"))
def test_names_that_only_look_alike_are_never_one_name(line: str) -> None:
    for one, other in combinations(line.split(), 2):
        text = f"In spring {one} was quiet and nobody complained. In autumn there was {other} to be seen."
        assert list(name_spelt_two_ways.run(Passage(text))) == []


@pytest.mark.parametrize("name", sorted(words("names_never_lowercase.txt")))
def test_every_name_is_known_in_small_letters(name: str) -> None:
    text = f"China and others said that {name} was there."
    found = [text[slice(*item.span)] for item in name_in_small_letters.run(Passage(text))]
    assert found == [name]


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("preambles.txt", "en"),
        ("offers.txt", "en"),
        ("residue_lines.txt", "en"),
        *(("page_labels.txt", code) for code in written() if has("page_labels.txt", code)),
    ],
)
def test_every_expression_compiles_and_matches_nothing_empty(name: str, language: str) -> None:
    for entry in entries(name, language):
        assert not re.compile(entry, re.IGNORECASE).fullmatch("")


@pytest.mark.parametrize("row", rows("calques.tsv"), ids=lambda row: row[0])
def test_every_calque_carries_its_evidence(row: tuple[str, ...]) -> None:
    phrase, source, plain, ratio, measured = row
    assert re.compile(phrase).groups == 0
    assert source
    assert plain
    assert int(ratio) >= 5
    assert re.fullmatch(r"\d+:\d+", measured) or set(measured.split()) & set(phrase.split())


def test_rule_ids_name_defects_and_are_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", id_) for id_ in ids)
    assert all(len(rule.leaves) >= 3 for rule in RULES)


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("Kim Jong spoke. Kim Jeong spoke again, and Kim Jong left.", ["Jeong"]),
        ("Zhang Wei went. Jang Wei was tired, and Zhang Wei slept.", ["Jang"]),
        ("Kim Jeong spoke. Kim Jong spoke again.", ["Jeong"]),
    ],
)
def test_of_two_spellings_the_rarer_alone_is_odd(text: str, odd: list[str]) -> None:
    said = name_spelt_two_ways.run(Passage(text))
    assert [text[slice(*item.span)] for item in said] == odd
