"""Which processes there are: Java's, and those that work with a folder."""

from contextlib import suppress
from pathlib import Path

import psutil


def javas() -> list[psutil.Process]:
    """The Java processes below this one that are not dead."""
    found = []
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if child.name() == "java" and child.status() != psutil.STATUS_ZOMBIE:
                found.append(child)
    return found


def processes_of(folder: Path) -> list[psutil.Process]:
    """The processes whose command line names *folder*: Java and its supervisor do."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            named = any(str(folder) in part for part in process.cmdline())
            if named and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found
