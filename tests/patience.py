"""How tests wait, and how they tell that something was quick, on whatever machine.

What comes is waited for until it is there, and PATIENCE ends only what hangs.  Where it is a promise that something
comes soon, a :class:`Watch` says how soon it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 600.0
"""Seconds after which what a test waits for counts as hanging, on the busiest machine too."""

_PRESSURE = Path("/proc/pressure")


class Watch:
    """The seconds since it was made, but for those in which something on this machine had to wait for its turn.

    By the clock anything lasts as long as others let it: a process that ends in one second did in fifteen.  What does
    nothing, and what has a core to itself, lasts as long by this watch.  Where the system does not say what
    waited, which Linux does, all seconds count.
    """

    def __init__(self) -> None:
        self._began = _now()

    @property
    def seconds(self) -> float:
        return _now() - self._began


def _now() -> float:
    return time.monotonic() - _waited("cpu") - _waited("io")


def _waited(what: str) -> float:
    """Seconds since the machine started in which something that could go on waited for a core, or for the disk."""
    try:
        some = (_PRESSURE / what).read_text().partition("\n")[0]
    except OSError:
        return 0.0
    return int(some.rpartition("total=")[2]) / 1e6


def comes(event: Callable[[], object], within: float = PATIENCE, *, every: float = 0.02) -> bool:
    """Look for the *event* every so many seconds; whether it comes, and comes *within* so many of a watch."""
    watch, hangs = Watch(), time.monotonic() + PATIENCE
    while not event():
        if watch.seconds > within or time.monotonic() > hangs:
            return False
        time.sleep(every)
    return True
