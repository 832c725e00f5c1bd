"""Progress of long work on the terminal; nothing at all for short work."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

PATIENCE = 2.0
"""Seconds of work before the bar appears."""


class Meter:
    """How far a run has come, in documents; shown on stderr once it takes longer."""

    def __init__(self, console: Console) -> None:
        self._console = console
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
        """Start to wait for the moment at which the bar appears, if anybody looks."""
        if self._console.is_terminal:
            self._timer.start()

    def end(self) -> None:
        """Take the bar away."""
        self._timer.cancel()
        if self._bar.live.is_started:
            self._bar.stop()

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
def shown(meter: Meter) -> Iterator[None]:
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
