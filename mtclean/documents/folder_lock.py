"""One run at a time per output folder.

The file that is locked says who holds it.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from mtclean.documents.below import Outside, holding
from mtclean.documents.errors import DocumentProblem, FolderUnusable
from mtclean.file_lock import lock
from mtclean.trouble import Exit, Trouble

LOCK = ".mtclean.lock"
"""The file's name in the output folder."""


TURNS = ".mtclean.decisions.lock"
"""The file that is locked while decisions are read, changed and written back."""

_PATIENCE = 20.0  # seconds; a turn takes milliseconds
_PAUSE = 0.01


class FolderBusy(Trouble):
    """Another run writes to the folder; the message says which."""

    exit = Exit.BUSY


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold *folder*, which is made where it is missing.

    Raises :class:`FolderBusy` at once where another run holds it, and :class:`FolderUnusable` where
    the folder cannot be written to.
    """
    with _lock_file(folder, LOCK) as file:
        try:
            lock(file)
        except OSError as error:
            raise FolderBusy(
                f"{_holder(file)} writes to {folder}; try again when it is done"
            ) from error
        with suppress(OSError):  # the disk is full: the lock holds without a name, too
            file.truncate(0)
            os.write(file.fileno(), f"{this_process()}\n".encode())
        yield


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Have the decisions kept in *folder* to oneself, after all who came before; for moments only.

    Raises :class:`FolderUnusable` where nothing can be written to the folder and
    :class:`DocumentProblem` where the turn does not come.
    """
    with _lock_file(folder, TURNS) as file:
        given_up = time.monotonic() + _PATIENCE
        while True:
            try:
                lock(file)
                break
            except OSError as error:
                if time.monotonic() > given_up:
                    raise DocumentProblem(
                        "busy", f"another process holds the decisions in {folder}; try again"
                    ) from error
                time.sleep(_PAUSE)
        yield


def _lock_file(folder: Path, called: str) -> IO[str]:
    try:
        with holding(folder, called, make=True) as (opened, name):
            descriptor = opened.file(name, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        file = os.fdopen(descriptor, "a+", encoding="utf-8", errors="replace")
        if os.fstat(descriptor).st_nlink > 1:  # it is written to, and so would the other be
            file.close()
            raise Outside(f"{folder / called} is a second name of another file; remove it")
        return file
    except OSError as error:
        raise FolderUnusable(f"{folder} cannot be written to: {error.strerror}") from error


def _holder(file: IO[str]) -> str:
    with suppress(OSError):
        file.seek(0)
        said = "".join(filter(str.isprintable, file.readline(200))).strip()
        return said or "another run"
    return "another run"


def this_process() -> str:
    """The process we are, as the lock file and Prefect's pages name it."""
    return f"process {os.getpid()} on {platform.node() or 'this machine'}"
