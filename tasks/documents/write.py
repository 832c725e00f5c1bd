"""Write outputs so that a reader never sees half a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tasks.documents.errors import DocumentProblem

_UMASK = os.umask(0)  # it can only be read by setting it, which threads must not do side by side
os.umask(_UMASK)

TEMPORARY = ".mtclean-"
"""How the names of unfinished files start."""


def write(path: Path, data: bytes) -> None:
    """Put *data* at *path*; see :func:`write_together`."""
    write_together({path: data})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Put each file's bytes in its place: all of them, or none.

    Every file is written to a temporary one beside it and synced to disk before the first is
    renamed.  Folders above are made.  Raises :class:`DocumentProblem` where anything fails; what
    was there before is there then.
    """
    folder = next(iter(files)).parent
    staged: dict[Path, Path] = {}
    try:
        try:
            for path, data in files.items():
                folder = path.parent
                folder.mkdir(parents=True, exist_ok=True)
                staged[path] = _temporary(folder, data)
            _rename(staged)
        finally:
            for temporary in staged.values():
                temporary.unlink(missing_ok=True)
        for folder in {path.parent for path in files}:
            _sync_folder(folder)
    except OSError as error:
        raise DocumentProblem(
            "unwritable", f"its output cannot be written to {folder}: {error.strerror}"
        ) from error


def sweep(folder: Path) -> int:
    """Remove what writers that were killed left anywhere below *folder*; how many files.

    Only for the one who holds the folder: a writer at work would lose its file.
    """
    swept = 0
    for root, _, names in os.walk(folder):
        for name in names:
            if name.startswith(TEMPORARY):
                with suppress(OSError):
                    (Path(root) / name).unlink()
                    swept += 1
    return swept


def _temporary(folder: Path, data: bytes) -> Path:
    """A new synced file with *data* in *folder*; none where that fails."""
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_UMASK)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _rename(staged: Mapping[Path, Path]) -> None:
    """Move each temporary file to its place; where one fails, undo those before it."""
    undo: list[tuple[Path, Path | None]] = []
    try:
        for path, temporary in staged.items():
            undo.append((path, _second_name(path)))
            temporary.replace(path)
    except BaseException:
        for path, before in reversed(undo[:-1]):
            with suppress(OSError):
                _put_back(before, path)
        raise
    finally:
        for _, before in undo:
            if before is not None:
                before.unlink(missing_ok=True)


def _put_back(before: Path | None, path: Path) -> None:
    """Have *path* be what it was, even where nothing can be renamed any more."""
    if before is None:
        path.unlink(missing_ok=True)
        return
    try:
        before.replace(path)
    except OSError:
        path.unlink()
        os.link(before, path)


def _second_name(path: Path) -> Path | None:
    """Another name for the file at *path*, by which it outlives being replaced; None without one.

    Where the file system knows no hard links, undoing removes the new file and leaves none.
    """
    name = path.with_name(f"{TEMPORARY}{os.getpid()}-{os.urandom(6).hex()}")
    try:
        os.link(path, name, follow_symlinks=False)
    except (OSError, NotImplementedError):
        return None
    return name


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
