"""Of files that hold texts in many languages which one is read, and which one the name of a file says it is in."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAMED = 10  # languages in a remark
_IN_A_NAME = re.compile(
    r"(?:\A|/)(?:values-(?:b\+)?(?!car\b)(?P<android>[a-z]{2,3})(?:[-+][\w+]+)?/|(?P<apple>[a-z]{2,3})(?:[-_]\w+)?\.lproj/"
    r"|(?P<file>[a-z]{2,3})[-_][A-Z]{2}\.\w+\Z"
    r"|[^/]+_(?P<bundle>[a-z]{2,3})(?:_\w+)?\.(?:arb|properties)\Z|[^/]+\.(?P<resources>[a-z]{2,3})(?:-\w+){0,2}\.res[wx]\Z)"
)
"""As Android and Apple call the folder of a translation, Java, Flutter and .NET its file, and as people do: with the country."""


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


def language_named(name: str) -> str:
    """The language that the file *name* is in by its folder or its own name: ``values-oc/strings.xml``, ``oc-FR.json``; empty where they say none."""
    found = _IN_A_NAME.search(name)
    return next(filter(None, found.groups())) if found else ""
