"""Keep one process alive exactly as long as the process that wants it: Java, or Prefect's server.

Run as a script of its own, by path and with nothing but the standard library, so that it starts in
some 30 ms: ``python supervisor.py LOG java …``.  It prints the process id of what it started
and then waits for the first of three things: that ends, its standard input reaches the end (the
parent closed it, or died in whatever way), or the parent's process id changes (a forked sibling may
hold the pipe open).  Then it kills the process, sees it dead, and leaves.

A command that names :data:`TEMPORARY` gets a folder for temporary files there, which goes with the process: LanguageTool
unpacks dictionaries (German's are 5 MB) that it deletes only at an end in good order, and what is killed has none.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

LOG_LIMIT = 1 << 20
"""Bytes after which the log moves to ``NAME.1`` and starts again, so it never takes twice this."""

TEMPORARY = "{temporary}"
"""What stands in a command for the folder of its temporary files."""

_LOOK_EVERY = 1.0  # seconds between two looks at who the parent is
_LAST_WORDS = 1.0  # seconds to write them in; a child of Java's could hold its output open for ever
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main(arguments: list[str]) -> int:
    """Supervise ``arguments[1:]`` with its output in ``arguments[0]``; return its exit status."""
    log, *command = arguments
    parent = os.getppid()
    for ignored in (signal.SIGINT, signal.SIGTERM):  # the parent decides, by closing the pipe
        signal.signal(ignored, signal.SIG_IGN)
    if not any(TEMPORARY in part for part in command):
        return _supervise(command, Path(log), parent)
    with tempfile.TemporaryDirectory(prefix="mtclean-", ignore_cleanup_errors=True) as folder:
        told = [part.replace(TEMPORARY, folder) for part in command]
        return _supervise(told, Path(log), parent)


def _supervise(command: list[str], log: Path, parent: int) -> int:
    java = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=_prepare_child if sys.platform == "linux" else None,
    )
    print(java.pid, flush=True)
    assert java.stdout is not None
    done = threading.Event()
    logging = _in_background(keep_log, java.stdout, log)
    _in_background(_when_dead, java, done)
    _in_background(_at_end_of_input, sys.stdin.fileno(), done)
    while not done.wait(_LOOK_EVERY) and os.getppid() == parent:
        pass
    java.kill()
    status = java.wait()
    logging.join(_LAST_WORDS)  # why Java ended is in the last lines
    return status


def _in_background(watch: Callable[..., None], *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=watch, args=arguments, daemon=True)
    thread.start()
    return thread


def _when_dead(java: subprocess.Popen[bytes], done: threading.Event) -> None:
    java.wait()
    done.set()


def _at_end_of_input(descriptor: int, done: threading.Event) -> None:
    # Not through sys.stdin: a thread waiting inside it makes the interpreter abort when it leaves.
    while os.read(descriptor, 1024):
        pass
    done.set()


def _prepare_child() -> None:
    """Ask the kernel to kill Java should even the supervisor be killed; runs before exec."""
    import ctypes

    for restored in (signal.SIGINT, signal.SIGTERM):
        signal.signal(restored, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def keep_log(lines: IO[bytes], log: Path, limit: int = LOG_LIMIT) -> None:
    """Write *lines* to *log*, which never grows beyond *limit* bytes and one line.

    It reads to the end whatever happens to the disk: Java would stand still on a full pipe.
    """
    for line in lines:
        with suppress(OSError):
            if log.exists() and log.stat().st_size > limit:
                log.replace(log.with_name(log.name + ".1"))
            with log.open("ab") as file:
                file.write(line)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
