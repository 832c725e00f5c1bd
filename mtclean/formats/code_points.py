"""Places in a text as parsers that work on bytes tell them, and as ours are told."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate

_BLOCK = 32  # bytes
_NEAR = 1024  # bytes behind the place that was asked for last, which are counted from there
_CONTINUED = bytes(range(0x80, 0xC0))
"""The bytes that begin no character in UTF-8."""


class CodePoints:
    """Which code point of a text stands at a byte of its UTF-8; where all are of one byte, the same."""

    def __init__(self, data: bytes) -> None:
        self._data = b"" if data.isascii() else data
        self._last = self._found = 0
        """The byte that was asked for last, and the code point there: most ask in order."""

    def at(self, byte: int) -> int:
        """The code point that begins at *byte*, or the number of all where that is the end."""
        if not self._data:
            return byte
        if self._last <= byte <= self._last + _NEAR:
            self._found += len(self._data[self._last : byte].decode("utf-8", "ignore"))
        else:
            block = byte // _BLOCK
            # what is cut off of a character was counted before
            cut = self._data[block * _BLOCK : byte].decode("utf-8", "ignore")
            self._found = self._before[block] + len(cut)
        self._last = byte
        return self._found

    @cached_property
    def _before(self) -> list[int]:
        """How many characters begin before each block."""
        blocks = (self._data[at : at + _BLOCK] for at in range(0, len(self._data), _BLOCK))
        return [*accumulate(map(_begun, blocks), initial=0)]


def _begun(data: bytes) -> int:
    """How many characters begin in *data*."""
    return len(data.translate(None, _CONTINUED))
