"""One run at a time per output folder.

The operating system holds the lock for the process and drops it when that ends, in whatever way:
a crash leaves a file behind and no lock.  The file says who holds it.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tasks.documents.errors import FolderUnusable

LOCK = ".mtclean.lock"
"""The file's name in the output folder."""


class FolderBusy(Exception):
    """Another run writes to the folder; the message says which."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold *folder*, which is made where it is missing.

    Raises :class:`FolderBusy` at once where another run holds it, and :class:`FolderUnusable` where
    the folder cannot be written to.
    """
    with _lock_file(folder) as file:
        try:
            _lock(file)
        except OSError as error:
            raise FolderBusy(
                f"{_holder(file)} writes to {folder}; try again when it is done"
            ) from error
        with suppress(OSError):  # the disk is full: the lock holds without a name, too
            file.truncate(0)
            os.write(file.fileno(), f"{this_process()}\n".encode())
        yield


def _lock_file(folder: Path) -> IO[str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / LOCK).open("a+", encoding="utf-8")
    except OSError as error:
        raise FolderUnusable(f"{folder} cannot be written to: {error.strerror}") from error


def _holder(file: IO[str]) -> str:
    with suppress(OSError):
        file.seek(0)
        return file.readline(200).strip() or "another run"
    return "another run"


def this_process() -> str:
    """The process we are, as the lock file and Prefect's pages name it."""
    return f"process {os.getpid()} on {platform.node() or 'this machine'}"


if sys.platform == "win32":

    def _lock(file: IO[str]) -> None:
        import msvcrt

        # A byte far behind the text: Windows would not let others read a locked one.
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:

    def _lock(file: IO[str]) -> None:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
