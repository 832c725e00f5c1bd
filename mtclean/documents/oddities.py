"""What a reader cannot see in a text and may have to know: it is said, never changed here."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ODDITIES = (
    (re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb\ufffe\uffff]"), "control characters"),
    (re.compile(r"[\u202a-\u202e\u2066-\u2069]"), "characters that turn the direction of reading"),
    (re.compile(r"[\u00ad\u180b-\u180d\u2060-\u2064\ufe00-\ufe0d\U000e0001-\U000e01ef]"), "invisible characters"),
    (re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4,}"), "heaps of accents"),
)  # fmt: skip


def oddities(text: str) -> Iterator[str]:
    """A sentence for each kind of character that hides, misleads or does harm on a terminal."""
    for pattern, kind in _ODDITIES:
        first = pattern.search(text)
        if first:
            times = sum(1 for _ in pattern.finditer(text))
            yield f"It has {kind} ({times}, the first is U+{ord(first[0][0]):04X})."
