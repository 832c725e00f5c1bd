"""One process at a time, by a lock of the operating system's on an open file.

It is dropped when the process ends, in whatever way: a crash leaves a file behind and no lock.  It stands alone, because the
process of Prefect's server needs it and nothing else of mtclean's.
"""

from __future__ import annotations

import sys
from typing import IO

if sys.platform == "win32":

    def lock(file: IO[str]) -> None:
        """Lock *file* until it is closed.  Raises :class:`OSError` at once where another has it."""
        import msvcrt

        # A byte far behind the text: Windows would not let others read a locked one.
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:

    def lock(file: IO[str]) -> None:
        """Lock *file* until it is closed.  Raises :class:`OSError` at once where another has it."""
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
