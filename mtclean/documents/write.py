"""Write outputs so that a reader never sees half a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
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
        raise _unwritable(path, "it is a folder")
    if not path.exists() or path.is_file():
        write_together(path.parent, {path.name: data})
        return
    try:
        with path.open("wb") as file:
            file.write(data)
    except OSError as error:
        raise _unwritable(path, error.strerror) from error


def _unwritable(place: Path, why: str | None) -> DocumentProblem:
    return DocumentProblem("unwritable", f"its output cannot be written to {place}: {why}")


def is_one_file(path: Path, other: Path) -> bool:
    """Whether both are names of one file, be it by a link."""
    return path.exists() and other.exists() and path.samefile(other)


def write_together(root: Path, files: Mapping[str, Content]) -> None:
    """Put each file's bytes in its place below the folder *root*: all of them, or none.

    Every file is written to a temporary one beside it and synced to disk before the first is
    renamed.  Folders are made.  Raises :class:`DocumentProblem` where anything fails, a name that
    leads out of *root* included; what was there before is there then.
    """
    (problem,) = put_in_place([Unplaced(root, files)])
    if problem:
        raise problem


class Unplaced:
    """The files of one document, each written beside its place; :func:`put_in_place` puts them there."""

    def __init__(self, root: Path, files: Mapping[str, Content]) -> None:
        """Write them; see :func:`write_together`."""
        self.staged: list[_Staged] = []
        self._folder = root
        self._folders: dict[str, Open] = {}
        self._stack = ExitStack()
        try:
            for name, data in files.items():
                self._folder = (root / name).parent
                place = _place(root, name, self._folders, self._stack)
                self.staged.append(_stage(place, data))
        except OSError as error:
            self.close()
            raise self.problem(error) from error
        except BaseException:
            self.close()
            raise

    def problem(self, error: OSError) -> DocumentProblem:
        """What is said of a document whose files cannot be put in their places."""
        return _unwritable(self._folder, error.strerror)

    def place(self) -> None:
        """Rename the files, all or none, and let go of them; where that fails, :meth:`close` does."""
        _rename(self.staged)
        while self.staged:
            os.close(self.staged.pop().descriptor)

    def sync(self, done: set[tuple[int, int]]) -> None:
        """Have the names in their folders on disk, but for those that are *done*, to which the others are added."""
        for folder in self._folders.values():
            if (identity := folder.identity) not in done:
                folder.sync()
                done.add(identity)

    def close(self) -> None:
        """Let go of everything; of files that are not in their places nothing stays."""
        with self._stack, suppress(OSError):
            self._let_go()

    def _let_go(self) -> None:
        while self.staged:
            file = self.staged.pop()
            os.close(file.descriptor)
            file.place[0].unlink(file.name)


def put_in_place(documents: Sequence[Unplaced]) -> list[DocumentProblem | None]:
    """Put the files of each of *documents* in their places, all of a document's or none; why those that are not there are not.

    Files and folders of many are synced for little more than those of one: all files side by side, each folder once.
    """
    failed: dict[int, OSError] = {}
    folders: set[tuple[int, int]] = set()
    try:
        owners = [n for n, document in enumerate(documents) for _ in document.staged]
        files = [file.descriptor for document in documents for file in document.staged]
        failed = {n: error for n, error in zip(owners, _sync(files), strict=True) if error}
        for step in (Unplaced.place, lambda document: document.sync(folders)):
            for n, document in enumerate(documents):
                if n not in failed:
                    try:
                        step(document)
                    except OSError as error:
                        failed[n] = error
    finally:
        for document in documents:
            document.close()
    return [
        document.problem(failed[n]) if n in failed else None for n, document in enumerate(documents)
    ]


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


def _sync(descriptors: Sequence[int]) -> list[OSError | None]:
    """Have the files on disk; what went wrong with each.  Asked for side by side, a file system writes its journal once for many."""
    if len(descriptors) == 1:
        return [_synced(descriptors[0])]
    # A share for each thread: to hand one file over costs a sixth of what it takes to sync it.
    shares = [descriptors[n::_AT_ONCE] for n in range(_AT_ONCE)]
    said = [*_syncing().map(lambda share: [*map(_synced, share)], shares)]
    return [said[n % _AT_ONCE][n // _AT_ONCE] for n in range(len(descriptors))]


def _synced(descriptor: int) -> OSError | None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        return error
    return None


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
