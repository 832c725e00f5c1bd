"""The border to LanguageTool: it counts in UTF-16 units, mtclean in code points."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import count

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Utf16:
    """Turns UTF-16 offsets of one text into code points.

    Only characters beyond U+FFFF take two units, so remembering where those start is enough.
    """

    __slots__ = ("_astral",)

    def __init__(self, text: str) -> None:
        self._astral = [m.start() + k for k, m in zip(count(), _ASTRAL.finditer(text))]

    def code_point(self, units: int) -> int:
        """The code point at *units*; the middle of a surrogate pair counts as its start."""
        return units - bisect_left(self._astral, units)


def sendable(text: str) -> str:
    """*text* of the same length with a space for what cannot be sent.

    Lone surrogates have no UTF-8; control characters reach no rule but can end a request early.
    """
    return _UNSENDABLE.sub(" ", text)
