"""Which of a language's plural forms are for one number alone."""

from __future__ import annotations

from functools import cache

from mtclean.languages.language import lineage
from mtclean.languages.lists import rows


def only_number(quantity: str, language: str) -> int | None:
    """The only number for which *language* has its form for *quantity*, a category of CLDR (``one``) or a number; None where there are several."""
    if quantity.isdecimal():
        return int(quantity)
    known = _only_numbers()
    forms = next((known[name] for name in lineage(language) if name in known), {})
    return forms.get(quantity)


@cache
def _only_numbers() -> dict[str, dict[str, int]]:
    """Of each language, or kind of it, its categories that are for one number."""
    return {
        language: dict(map(_form, forms.split())) for language, forms in rows("plurals.tsv", "cldr")
    }


def _form(written: str) -> tuple[str, int]:
    category, _, number = written.partition("=")
    return category, int(number)
