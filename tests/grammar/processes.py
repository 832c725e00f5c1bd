"""Which processes there are: Java's, and those that work with a folder."""

from contextlib import suppress
from pathlib import Path

import psutil

GONE = 2.0
"""Seconds after which nothing is left of what was killed, or of what its parent took with it."""


def ended(process: psutil.Process) -> bool:
    """Whether it runs no more; who started it need not have been told of its end."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE or not process.is_running()
    except psutil.NoSuchProcess:
        return True


def javas() -> list[psutil.Process]:
    """The Java processes below this one that are not dead."""
    found = []
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if child.name() == "java" and not ended(child):
                found.append(child)
    return found


def processes_of(folder: Path) -> list[psutil.Process]:
    """The processes whose command line names *folder*: Java and its supervisor do."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if any(str(folder) in part for part in process.cmdline()) and not ended(process):
                found.append(process)
    return found
