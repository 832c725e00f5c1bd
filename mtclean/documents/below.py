"""The one door to what lies below an output folder.

A folder may come from somebody else, and then all that is in it is hostile: names that climb out of
it, and links in place of files and folders.  So nothing below one is opened by its path.  The way
down is gone folder by folder, no link is followed on it, and what is found at its end is read only
where it is a regular file.  The folder itself is the one a person named, and may be a link.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

LARGEST_OUTPUT = 400_000_000
"""Bytes; mtclean writes nothing larger of a document it takes, and reads nothing larger back."""

_LONGEST = 255  # bytes of a name, as file systems have it
_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT: int = getattr(os, "O_NONBLOCK", 0)  # a pipe would keep us until somebody writes to it
_FOLDER: int = getattr(os, "O_DIRECTORY", 0)
_BINARY: int = getattr(os, "O_BINARY", 0)
_JUNCTION: int = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)
_HAS_HANDLES = sys.platform != "win32"  # folders cannot be opened there


class Outside(OSError):
    """What was asked for is not below the folder, or no file; ``strerror`` says so."""

    def __init__(self, why: str) -> None:
        super().__init__(errno.ELOOP, why)

    def __str__(self) -> str:
        return str(self.strerror)


def is_below(name: str) -> bool:
    """Whether *name*, a path with ``/`` in it, can only stand for something below a folder."""
    parts = name.split("/")
    if "\0" in name or not {"", ".", ".."}.isdisjoint(parts):
        return False
    if sys.platform == "win32" and any(set(part) & set('\\:*?"<>|') for part in parts):
        return False
    if name.isascii() and len(name) <= _LONGEST:  # as nearly all are
        return True
    return max(map(len, map(os.fsencode, parts))) <= _LONGEST


@dataclass(frozen=True, slots=True)
class Open:
    """An open folder: what is done with a name in it is done there, whatever its path means by now.

    ``handle`` is None where the system has none; paths are looked at before they are used then.
    """

    path: Path
    handle: int | None

    def at(self, name: str) -> str:
        """*name* as :mod:`os` wants it together with ``dir_fd=handle``."""
        return name if self.handle is not None else str(self.path / name)

    def look(self, name: str) -> os.stat_result:
        """What *name* itself is, a link being a link."""
        return os.stat(self.at(name), dir_fd=self.handle, follow_symlinks=False)

    def file(self, name: str, flags: int = os.O_RDONLY) -> int:
        """A descriptor of the regular file *name*.  Raises :class:`Outside` where it is anything else."""
        if self.handle is None:
            with suppress(FileNotFoundError):
                self._refuse_link(name)
        flags |= _NO_LINK | _NO_WAIT | _BINARY
        try:
            descriptor = os.open(self.at(name), flags, 0o666, dir_fd=self.handle)
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise Outside(f"{self.path / name} is a link, which is not followed") from error
            raise
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise Outside(f"{self.path / name} is no regular file")
        return descriptor

    def replace(self, old: str, new: str) -> None:
        """Rename *old* to *new*, which stands for another file no more."""
        os.replace(self.at(old), self.at(new), src_dir_fd=self.handle, dst_dir_fd=self.handle)

    def link(self, old: str, new: str) -> None:
        """Give *old* the second name *new*."""
        os.link(
            self.at(old),
            self.at(new),
            src_dir_fd=self.handle,
            dst_dir_fd=self.handle,
            follow_symlinks=False,
        )

    def unlink(self, name: str) -> None:
        """Remove *name*, where it is there."""
        with suppress(FileNotFoundError):
            os.unlink(self.at(name), dir_fd=self.handle)

    @property
    def identity(self) -> tuple[int, int]:
        """What tells the folder from any other, whatever its path."""
        status = self.path.stat() if self.handle is None else os.fstat(self.handle)
        return status.st_dev, status.st_ino

    def sync(self) -> None:
        """Have the names in the folder on disk."""
        if self.handle is not None:
            os.fsync(self.handle)

    def folder(self, name: str, *, make: bool) -> Open:
        """The folder *name*, to be closed; made where it is missing and *make* says so."""
        if make:
            with suppress(FileExistsError):
                os.mkdir(self.at(name), dir_fd=self.handle)
        self._refuse_link(name)
        return _open(self.path / name, name, self.handle, _NO_LINK)

    def close(self) -> None:
        """Let go of the folder."""
        if self.handle is not None:
            os.close(self.handle)

    def _refuse_link(self, name: str) -> None:
        status = self.look(name)
        if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION:
            raise Outside(f"{self.path / name} is a link, which is not followed")


@contextmanager
def holding(root: Path, name: str, *, make: bool = False) -> Iterator[tuple[Open, str]]:
    """The folder that holds *name*, a path below *root*, open, and the last part of the name.

    With *make*, folders that are missing are made.  Raises :class:`OSError`, :class:`Outside` among
    them.
    """
    if not is_below(name):
        raise Outside(f"{name!a:.80} is no name of a file below {root}")
    if make:
        root.mkdir(parents=True, exist_ok=True)
    *way, last = name.split("/")
    folder = _open(root, str(root), None, 0)
    try:
        for part in way:  # one folder open at a time, however deep it goes
            above, folder = folder, folder.folder(part, make=make)
            above.close()
        yield folder, last
    finally:
        folder.close()


def walked(
    root: Path, enters: Callable[[Path], bool] = lambda folder: True
) -> Iterator[tuple[Path, list[str] | None]]:
    """*root* and every folder below it with the sorted names of its files; None where it cannot be read.

    Links are neither gone into nor files, and what *enters* refuses is left out.
    :func:`os.walk` does as much, but up to Python 3.11 it fails some hundred folders down.
    """
    left = [root]
    while left:
        here = left.pop()
        folders: list[str] = []
        files: list[str] = []
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    if not entry.is_symlink():
                        (folders if _is_folder(entry) else files).append(entry.name)
        except OSError:
            yield here, None
            continue
        yield here, sorted(files)
        below = (here / name for name in sorted(folders, reverse=True))
        left += filter(enters, below)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _open(path: Path, name: str, within: int | None, flags: int) -> Open:
    if not _HAS_HANDLES:
        return Open(path, None)
    return Open(path, os.open(name, os.O_RDONLY | _FOLDER | flags, dir_fd=within))


def read_below(root: Path, name: str) -> bytes:
    """All bytes of the file *name* below *root*.  Raises :class:`OSError`."""
    with holding(root, name) as (folder, last), os.fdopen(folder.file(last), "rb") as file:
        data = file.read(LARGEST_OUTPUT + 1)
    if len(data) > LARGEST_OUTPUT:
        raise Outside(f"{root / name} is larger than {LARGEST_OUTPUT // 1_000_000} MB")
    return data


def digest_below(root: Path, name: str) -> str:
    """SHA-256 of the bytes of the file *name* below *root* as hex; empty where there is none to read."""
    try:
        return hashlib.sha256(read_below(root, name)).hexdigest()
    except OSError:
        return ""


def is_there(root: Path, name: str) -> bool:
    """Whether there is a regular file *name* below *root*."""
    try:
        with holding(root, name) as (folder, last):
            return stat.S_ISREG(folder.look(last).st_mode)
    except OSError:
        return False


def files_below(root: Path) -> set[str]:
    """The names of all regular files below *root*, with ``/`` between folders: one look at a folder for all that is asked of it.

    What cannot be read has none; links are neither files nor gone into.
    """
    found: set[str] = set()
    left = [""]
    while left:
        way = left.pop()
        with suppress(OSError), os.scandir(root / way) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    found.add(way + entry.name)
                elif entry.is_dir(follow_symlinks=False):
                    left.append(f"{way}{entry.name}/")
    return found
