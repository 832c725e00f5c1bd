"""The SHA-256 of files, of which those are not read again that are as they were when they were read.

What Git's index goes by: which file it is, its size, and when it and what is said of it were changed, which no program can set back.
A file that was changed just before could be changed once more without a trace of it, so such a one is always read.
"""

from __future__ import annotations

import os
import stat
import struct
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from mtclean.documents.document import FRESH, digest

_LOOK = struct.Struct("=QQQqq")
LENGTH = _LOOK.size + 32
"""Bytes of what is kept of a file: how it looked, and its sum."""


class Sums:
    """Sums of files; *before* is what is kept of some, by path, and ``new`` of those that were read."""

    def __init__(self, before: Mapping[str, bytes]) -> None:
        self._before = before
        self.new: dict[str, bytes] = {}

    def of(self, path: Path) -> str:
        """SHA-256 of the file's bytes as hex; empty where it is no file or cannot be read."""
        place = os.fspath(path)
        look = _look(
            place
        )  # before the file is read: one that is changed meanwhile looks another way
        before = self.new.get(place) or self._before.get(place) or b""
        if look and before.startswith(look):
            return before[_LOOK.size :].hex()
        sum_ = digest(path)
        if look and sum_:
            self.new[place] = look + bytes.fromhex(sum_)
        return sum_


def _look(path: str) -> bytes:
    """How the file looks; empty where that does not tell it from one with other bytes."""
    if sys.platform == "win32":  # it does not say when a file was changed, but when it was made
        return b""
    try:
        seen = os.stat(path)  # noqa: PTH116 - of 100,000
    except OSError:
        return b""
    if not stat.S_ISREG(seen.st_mode) or time.time() - seen.st_ctime < FRESH:
        return b""
    return _LOOK.pack(seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
