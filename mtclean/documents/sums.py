"""The SHA-256 of files, of which those are not read again that look as they did when they were read."""

from __future__ import annotations

import hashlib
import os
import stat
import struct
import sys
import time
from collections.abc import Mapping
from pathlib import Path

FRESH = 2.0
"""Seconds; the coarsest times of a file system."""

_LOOK = struct.Struct("=QQQqq")
_CHUNK = 1 << 20  # bytes read at a time
_known: dict[bytes, bytes] = {}  # the sums of files by how they look
_MOST_KNOWN = 1 << 18

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
        look = look_of(path)  # before it is read: one that is changed meanwhile looks another way
        before = self.new.get(place) or self._before.get(place) or b""
        if look and before.startswith(look):
            return before[_LOOK.size :].hex()
        sum_ = digest(path)
        if look and sum_:
            self.new[place] = look + bytes.fromhex(sum_)
        return sum_


def digest(path: Path) -> str:
    """SHA-256 of the file's bytes as hex; empty where it is no file or cannot be read.

    A file is read once by a process as long as it looks the same: a run is planned before Prefect is started and again
    when the folder is held.
    """
    look = look_of(path)
    if look in _known:
        return _known[look].hex()
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return ""
        sum_ = _sum_of(path, status.st_size)
    except OSError:
        return ""
    if look:
        if len(_known) == _MOST_KNOWN:
            _known.clear()
        _known[look] = sum_
    return sum_.hex()


def look_of(path: Path) -> bytes:
    """How the file looks: which it is, its size, when it and what is said of it were changed, which no program can set back.

    What Git's index goes by.  Empty where that does not tell it from one with other bytes: a file that was changed just before could
    be changed once more without a trace of it.
    """
    if sys.platform == "win32":  # it does not say when a file was changed, but when it was made
        return b""
    try:
        seen = os.stat(path)  # noqa: PTH116 - of 100,000
    except OSError:
        return b""
    if not stat.S_ISREG(seen.st_mode) or time.time() - seen.st_ctime < FRESH:
        return b""
    return _LOOK.pack(seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)


def _sum_of(path: Path, size: int) -> bytes:
    """SHA-256 of the file, which had *size* bytes."""
    sum_ = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(min(_CHUNK, size + 1)):  # room for more than there is is dear
            sum_.update(chunk)
    return sum_.digest()
