"""Of some plural forms it is known that they are for one number."""

from __future__ import annotations

import pytest

from mtclean.languages.plurals import only_number


@pytest.mark.parametrize(
    ("quantity", "language", "number"),
    [
        ("one", "de", 1),
        ("one", "de-CH", 1),
        ("one", "pl", 1),
        ("one", "ru", None),
        ("one", "fr", None),
        ("one", "pt-BR", None),
        ("one", "pt-PT", 1),
        ("two", "ar", 2),
        ("zero", "ar", 0),
        ("few", "cs", None),
        ("other", "de", None),
        ("1", "ru", 1),
        ("", "de", None),
        ("one", "", None),
    ],
)
def test_the_only_number_of_a_form(quantity: str, language: str, number: int | None) -> None:
    assert only_number(quantity, language) == number
