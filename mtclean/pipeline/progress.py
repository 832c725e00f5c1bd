"""Progress of long work: a bar on the terminal, lines where there is none; nothing at all for short work."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

PATIENCE = 2.0
"""Seconds of work before the bar appears."""

PACE = 10.0
"""Seconds between two lines, at least."""

_SHARE = 0.1  # of the time so far, which lies at least between two lines: long work says less often how it goes


class Meter:
    """How far a run has come, in documents; shown on *console* once it takes longer.

    *pace* is the least time between two lines, in seconds, where nobody has a terminal.
    """

    def __init__(self, console: Console, pace: float = PACE) -> None:
        self._console = console
        self._pace = pace
        self._started = time.monotonic()
        self._ended = threading.Event()
        self._teller = threading.Thread(target=self._tell, name="progress", daemon=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task("Starting", total=None)
        self._timer = threading.Timer(PATIENCE, self._bar.start)
        self._timer.daemon = True

    def begin(self) -> None:
        """Start to wait for the moment at which there is something to show, if anybody looks."""
        if self._console.is_terminal:
            self._timer.start()
        elif not self._console.quiet:
            self._teller.start()

    def end(self) -> None:
        """Take the bar away; no line comes after."""
        self._ended.set()
        if self._teller.is_alive():
            self._teller.join()
        self._timer.cancel()
        if self._bar.live.is_started:
            self._bar.stop()

    def _tell(self) -> None:
        """A line from time to time, for a log: who reads it sees that the work goes on, and how."""
        while not self._ended.wait(max(self._pace, self._seconds * _SHARE)):
            self._console.print(
                f"mtclean: {self.line}", highlight=False, markup=False, soft_wrap=True
            )

    @property
    def _seconds(self) -> float:
        return time.monotonic() - self._started

    @property
    def line(self) -> str:
        """What goes on, how much was done and is left, and how long that took."""
        task = self._bar.tasks[self._task]
        took = f"{self._seconds:.0f} s"
        if task.total is None:
            return f"{task.description}; {took}"
        done, left = int(task.completed), int(task.total - task.completed)
        return f"{task.description}: {done:,} of {task.total:,.0f} done, {left:,} left; {took}"

    @property
    def state(self) -> str:
        """How far it has come, in words."""
        task = self._bar.tasks[self._task]
        if task.total is None:
            return "nothing was cleaned yet"
        return f"{task.completed:.0f} of {task.total:.0f} were done and are kept"

    def stage(self, what: str) -> None:
        """Say what is being done now."""
        self._bar.update(self._task, description=what)

    def expect(self, documents: int) -> None:
        """Say how many documents there are."""
        self._bar.update(self._task, total=documents)

    def done(self) -> None:
        """One document more is finished."""
        self._bar.advance(self._task)


_METER: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def displayed(meter: Meter) -> Iterator[None]:
    """Show progress of the work inside on *meter*."""
    token = _METER.set(meter)
    meter.begin()
    try:
        yield
    finally:
        meter.end()
        _METER.reset(token)


def meter() -> Meter:
    """The meter of the work going on; one that shows nothing where nobody looks."""
    return _METER.get() or Meter(Console(quiet=True))
