"""Write outputs so that a reader never sees half a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mtclean.documents.below import Open, holding, is_below, walked
from mtclean.documents.errors import DocumentProblem

TEMPORARY = ".mtclean-"
"""How the names of unfinished files start."""

Content = bytes | Iterable[bytes]
"""The bytes of a file; where they are many, one part after the other, each made when it is written."""

FileAt = tuple[Open, str]
"""An open folder and a name in it."""

_AT_ONCE = 5
"""Files of a document."""


class _Staged(NamedTuple):
    """A temporary file that is still open, and where it is to go."""

    place: FileAt
    name: str
    descriptor: int


def write(path: Path, data: bytes) -> None:
    """Put *data* at *path*, a file that a person named; see :func:`write_together`.

    A pipe or a device, ``/dev/stdout``, is written to, and not replaced by a file.
    """
    if path.is_dir():
        raise DocumentProblem(
            "unwritable", f"its output cannot be written to {path}: it is a folder"
        )
    if not path.exists() or path.is_file():
        write_together(path.parent, {path.name: data})
        return
    try:
        with path.open("wb") as file:
            file.write(data)
    except OSError as error:
        raise DocumentProblem(
            "unwritable", f"its output cannot be written to {path}: {error.strerror}"
        ) from error


def is_one_file(path: Path, other: Path) -> bool:
    """Whether both are names of one file, be it by a link."""
    return path.exists() and other.exists() and path.samefile(other)


def write_together(root: Path, files: Mapping[str, Content]) -> None:
    """Put each file's bytes in its place below the folder *root*: all of them, or none.

    Every file is written to a temporary one beside it and synced to disk before the first is
    renamed.  Folders are made.  Raises :class:`DocumentProblem` where anything fails, a name that
    leads out of *root* included; what was there before is there then.
    """
    folder = root
    staged: list[_Staged] = []
    folders: dict[str, Open] = {}
    with ExitStack() as stack:
        try:
            try:
                for name, data in files.items():
                    folder = (root / name).parent
                    staged.append(_stage(_place(root, name, folders, stack), data))
                _sync([file.descriptor for file in staged])
                _rename(staged)
            finally:
                for file in staged:
                    os.close(file.descriptor)
                    file.place[0].unlink(file.name)
            for opened in folders.values():
                folder = opened.path
                opened.sync()
        except OSError as error:
            raise DocumentProblem(
                "unwritable", f"its output cannot be written to {folder}: {error.strerror}"
            ) from error


def sweep(folder: Path) -> int:
    """Remove what writers that were killed left anywhere below *folder*; how many files.

    Only for the one who holds the folder: a writer at work would lose its file.
    """
    swept = 0
    for below, names in walked(folder):
        for name in names or ():
            if name.startswith(TEMPORARY):
                with suppress(OSError):
                    (below / name).unlink()
                    swept += 1
    return swept


def _place(root: Path, name: str, folders: dict[str, Open], stack: ExitStack) -> FileAt:
    """Where *name* is to be; its folder, made where it is missing, stays open in *folders* until *stack* ends."""
    folder, _, last = name.rpartition("/")
    if folder not in folders or not is_below(name):
        folders[folder], last = stack.enter_context(holding(root, name, make=True))
    return folders[folder], last


def new_name() -> str:
    """A name for an unfinished file that nobody has used or can foresee."""
    return f"{TEMPORARY}{os.getpid()}-{os.urandom(8).hex()}"


def _stage(place: FileAt, data: Content) -> _Staged:
    """A new file with *data* in the folder of *place*; none where that fails."""
    folder, name = place[0], new_name()
    descriptor = folder.file(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        with os.fdopen(descriptor, "wb", closefd=False) as file:
            file.writelines([data] if isinstance(data, bytes) else data)
    except BaseException:
        os.close(descriptor)
        folder.unlink(name)
        raise
    return _Staged(place, name, descriptor)


def _sync(descriptors: Sequence[int]) -> None:
    """Have the files on disk.  Asked for side by side, a file system writes its journal once for all of them."""
    if len(descriptors) == 1:
        os.fsync(descriptors[0])
        return
    asked = [_syncing().submit(os.fsync, descriptor) for descriptor in descriptors]
    wait(asked)  # none may be closed before
    for one in asked:
        one.result()


@cache
def _syncing() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_AT_ONCE, "sync")


def _rename(staged: Sequence[_Staged]) -> None:
    """Move each temporary file to its place; where one fails, undo those before it."""
    undo: list[tuple[FileAt, str | None]] = []
    try:
        for place, temporary, _ in staged:
            folder, name = place
            undo.append((place, _second_name(folder, name)))
            folder.replace(temporary, name)
    except BaseException:
        for (folder, name), before in reversed(undo[:-1]):
            with suppress(OSError):
                _put_back(folder, before, name)
        raise
    finally:
        for (folder, _), before in undo:
            if before is not None:
                folder.unlink(before)


def _put_back(folder: Open, before: str | None, name: str) -> None:
    """Have *name* be what it was, even where nothing can be renamed any more."""
    if before is None:
        folder.unlink(name)
        return
    try:
        folder.replace(before, name)
    except OSError:
        folder.unlink(name)
        folder.link(before, name)


def _second_name(folder: Open, name: str) -> str | None:
    """Another name for the file *name*, by which it outlives being replaced; None without one.

    Where the file system knows no hard links, undoing removes the new file and leaves none.
    """
    second = new_name()
    try:
        folder.link(name, second)
    except (OSError, NotImplementedError):
        return None
    return second
