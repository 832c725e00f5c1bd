"""Of files that hold texts in many languages: which one is read."""

from __future__ import annotations

from collections.abc import Mapping

_NAMED = 10  # languages in a remark


def most(counts: Mapping[str, int]) -> str:
    """The language that has most texts, of *counts*; the first by name among equals, empty where there is none."""
    return max(sorted(counts), key=lambda language: counts[language], default="")


def left_out(counts: Mapping[str, int], target: str) -> list[str]:
    """A line on the texts in other languages than *target*, if there are some."""
    others = sorted(language for language in counts if language != target)
    if not others:
        return []
    count = sum(counts[language] for language in others)
    named = ", ".join(one or "none" for one in others[:_NAMED]) + (
        " …" if len(others) > _NAMED else ""
    )
    return [
        f"{target or 'No language'} is read, and {count} texts in other languages are not: {named}."
    ]
