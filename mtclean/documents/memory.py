"""How much memory a document takes on its way, and whether the machine has it.

A process that takes more than there is would be ended by the system, and what else runs beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from mtclean.documents.errors import DocumentProblem

BYTES_PER_CHARACTER = 200
"""Bytes in memory for each code point of a text, at the peak of all stages and the report.

Measured by ``benchmarks/memory.py``; a text with a fault in every line has the most.
"""

_LEFT_PER_CHARACTER = 25
_LEFT_PER_CHANGE = 1_400
"""Bytes for each code point and each change that are taken after a text was normalised, by record, edits and report.

Measured on 500,000 characters of which one in 7, 18 and 73 begins a fault: 61, 32 and 18 MB.
"""

_ALWAYS_THERE = 16_000_000
"""Bytes that are not worth asking for; Python alone takes more."""

_SYSTEM = Path("/sys/fs/cgroup")
_OURS = Path("/proc/self/cgroup")
_UNLIMITED = 1 << 60  # bytes; control groups of the first kind say so for "no limit"


def check_memory(characters: int, side_by_side: int = 1) -> None:
    """Raise :class:`DocumentProblem` where a text of that many code points does not fit.

    *side_by_side* documents are cleaned at once, and each may take its part of what is there.
    """
    needed = characters * BYTES_PER_CHARACTER * side_by_side
    if needed <= _ALWAYS_THERE:
        return
    there = available()
    if needed <= there:
        return
    fitting = there // side_by_side // BYTES_PER_CHARACTER
    among, hint = _shared(side_by_side)
    raise DocumentProblem(
        "memory",
        f"its {characters:,} characters need {_megabytes(characters * BYTES_PER_CHARACTER)} of memory "
        f"and there are {_megabytes(there)}{among}: split it into parts of {fitting:,} at most{hint}",
    )


def check_memory_for_changes(characters: int, changes: int, side_by_side: int = 1) -> None:
    """Raise :class:`DocumentProblem` where what is still to come of a text of that many code points, normalised by so many changes, does not fit.

    :func:`check_memory` cannot know how many faults a text has: one of nothing but faults takes more than it asks for.
    *side_by_side* is as there.
    """
    needed = characters * _LEFT_PER_CHARACTER + changes * _LEFT_PER_CHANGE
    of_all = needed * side_by_side
    if of_all <= _ALWAYS_THERE or of_all <= (there := available()):
        return
    among, hint = _shared(side_by_side)
    raise DocumentProblem(
        "memory",
        f"its {changes:,} changes need {_megabytes(needed)} of memory more and there are {_megabytes(there)}{among}: "
        f"split it into parts{hint}",
    )


def available() -> int:
    """Bytes this process can still get: of the machine's, its control group's and its own limit."""
    return max(0, min([psutil.virtual_memory().available, *_left_to_group(), *_left_to_process()]))


def _left_to_process() -> Iterator[int]:
    if sys.platform == "win32":
        return
    import resource

    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY:
        yield most - psutil.Process().memory_info().vms


def _left_to_group() -> Iterator[int]:
    """What is left to each control group that we are in: Linux gives containers their memory so."""
    with suppress(OSError):
        for line in _OURS.read_text(encoding="utf-8").splitlines():
            _, controllers, name = line.split(":", 2)
            if not controllers:
                yield from _left(_SYSTEM, name, "memory.max", "memory.current")
            elif "memory" in controllers.split(","):
                files = ("memory.limit_in_bytes", "memory.usage_in_bytes")
                yield from _left(_SYSTEM / "memory", name, *files)


def _left(root: Path, name: str, limit: str, usage: str) -> Iterator[int]:
    """For a group and those it is in.  In a container its name may be one that is only known outside."""
    group = root / name.strip("/")
    for folder in (group, *group.parents):
        if not folder.is_relative_to(root):
            return
        with suppress(OSError, ValueError):  # such as "max", or a group that has none of it
            most = int((folder / limit).read_text())
            if most < _UNLIMITED:
                yield most - int((folder / usage).read_text()) + _cached(folder)


def _cached(group: Path) -> int:
    """Bytes of files that the group counts as its own and gives back when they are needed."""
    for line in (group / "memory.stat").read_text().splitlines():
        key, _, value = line.partition(" ")
        if key in ("inactive_file", "total_inactive_file"):
            return int(value)
    return 0


def _shared(side_by_side: int) -> tuple[str, str]:
    """Among how many what is there is shared, and what may be done about that; nothing for one."""
    if side_by_side == 1:
        return "", ""
    return f" for {side_by_side} workers", " or use fewer --workers"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
