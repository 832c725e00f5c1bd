"""Which sources this user's own runs have read.

The ledger of an output folder names the file each document was read from, and whoever made the folder
could name any file of the user's there.  So a row carries a mark that only this user can make, with a
key that lies in their own folder; a row without it is shown, but the file it names is not opened.
"""

from __future__ import annotations

import hmac
import os
from contextlib import suppress
from functools import cache
from pathlib import Path

from platformdirs import user_state_path

_LENGTH = 32  # bytes of the key


def mark(name: str, path: str, source: str = "", file: Path | None = None) -> str:
    """What proves that this user's run read *path* for the document *name*, and its *source*, if it has one.

    The key is in *file*, or in :func:`key_file`.  Empty where none can be kept.
    """
    key = _key(file or key_file())
    if not key:
        return ""
    said = b"\0".join(map(os.fsencode, filter(None, (name, path, source))))
    return hmac.digest(key, said, "sha256").hex()


def is_ours(marked: str, name: str, path: str, source: str, file: Path) -> bool:
    """Whether :func:`mark` gave *marked* for these, by the key in *file*."""
    ours = mark(name, path, source, file)
    return bool(ours) and hmac.compare_digest(ours.encode(), marked.encode("utf-8", "replace"))


def can_mark() -> bool:
    """Whether there is a key: a home that cannot be written to keeps none."""
    return bool(_key(key_file()))


def key_file() -> Path:
    """Where the key is kept."""
    return user_state_path("mtclean", appauthor=False) / "key"


@cache
def _key(file: Path) -> bytes:
    """The key in *file*, made where there is none; empty where that cannot be done."""
    with suppress(OSError):
        return _read(file) or _made(file)
    return b""


def _read(file: Path) -> bytes:
    try:
        key = file.read_bytes()
    except FileNotFoundError:
        return b""
    return key if len(key) == _LENGTH else b""


def _made(file: Path) -> bytes:
    """A new key; of several processes that make one at once, all take the same."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}-{os.getpid()}-{os.urandom(4).hex()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as new:
            new.write(os.urandom(_LENGTH))
        if not _read(file):
            file.unlink(missing_ok=True)
        with suppress(FileExistsError):
            os.link(unfinished, file)
    finally:
        unfinished.unlink()
    return _read(file)
