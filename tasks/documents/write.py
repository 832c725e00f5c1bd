"""Write outputs so that a reader never sees half a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tasks.documents.errors import DocumentProblem

TEMPORARY = ".mtclean-"
"""How the names of unfinished files start."""


def write(path: Path, data: bytes) -> None:
    """Put *data* at *path*: to a temporary file beside it, synced to disk, then renamed.

    Folders above are made.  Raises :class:`DocumentProblem` where that fails; what was at *path*
    before is still there then.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o666 & ~_umask())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise DocumentProblem(
            "unwritable", f"its output cannot be written to {path.parent}: {error.strerror}"
        ) from error


def _umask() -> int:
    """The process's umask; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
