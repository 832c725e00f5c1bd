"""What is long, as a page carries it: deflated, in base 64.  ``unpack`` in ``report.js`` reads it."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator

_LEVEL = 6
_PER_SIGN = 3  # bytes that four signs of base 64 stand for


def packed(parts: Iterable[str]) -> Iterator[str]:
    """*parts* in one, packed, part after part as they come."""
    deflate = zlib.compressobj(_LEVEL)
    left = b""
    for part in parts:
        left += deflate.compress(part.encode("utf-8", "replace"))
        whole = len(left) - len(left) % _PER_SIGN
        if whole:
            yield b64encode(left[:whole]).decode()
            left = left[whole:]
    yield b64encode(left + deflate.flush()).decode()
