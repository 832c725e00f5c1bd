"""Places in a text as parsers that work on bytes tell them, and as ours are told."""

from __future__ import annotations

from itertools import accumulate

_BLOCK = 32  # bytes
_CONTINUED = bytes(range(0x80, 0xC0))
"""The bytes that begin no character in UTF-8."""


class CodePoints:
    """Which code point of a text stands at a byte of its UTF-8; where all are of one byte, the same."""

    def __init__(self, data: bytes) -> None:
        self._data = b"" if data.isascii() else data
        blocks = (self._data[at : at + _BLOCK] for at in range(0, len(self._data), _BLOCK))
        self._before = [*accumulate(map(_begun, blocks), initial=0)]

    def at(self, byte: int) -> int:
        """The code point that begins at *byte*, or the number of all where that is the end."""
        if not self._data:
            return byte
        block = byte // _BLOCK
        # what is cut off of a character was counted before
        return self._before[block] + len(
            self._data[block * _BLOCK : byte].decode("utf-8", "ignore")
        )


def _begun(data: bytes) -> int:
    """How many characters begin in *data*."""
    return len(data.translate(None, _CONTINUED))
