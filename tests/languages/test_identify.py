"""The language of a few words."""

from __future__ import annotations

import pytest

from mtclean.languages.identify import chances, chinese_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry leaves the harbor at noon.", "en"),
        ("Паром відпливає опівдні, тож не спізнюйтеся.", "uk"),
        ("Ferjan fer frá bryggjunni um hádegi.", "is"),
    ],
)
def test_the_likeliest_comes_first(text: str, language: str) -> None:
    found = chances(text)
    assert next(iter(found)) == language
    assert sorted(found.values(), reverse=True) == list(found.values())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("渡輪中午從碼頭開出，請準時到達。", "zh-Hant"),
        ("渡轮中午从码头开出，请准时到达。", "zh"),
        ("中午十二点", ""),  # one of the mainland's is too few
        ("上午十一時", ""),
        ("The ferry leaves at noon.", ""),
    ],
)
def test_chinese_is_told_by_its_characters(text: str, language: str) -> None:
    assert chinese_of(text) == language
