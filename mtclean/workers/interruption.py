"""Ctrl-C and SIGTERM: what was finished is kept, the rest is dropped, and the program ends soon.

The work runs in a thread of its own, so that the main one is free to hear the signal at any moment,
and no library that is started, imported or waited for in between can delay or swallow it.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from types import FrameType
from typing import TypeVar

Result = TypeVar("Result")

GRACE = 3.0
"""Seconds the work has to come to its end after the signal."""

_LOOK_EVERY = 0.2
"""Seconds after which the main thread looks whether a signal came that did not wake it (seen in 2 of 18 runs on Linux)."""

_stop = threading.Event()
_ending: list[Callable[[Exception], None]] = []
"""What ends the work that is interruptible now; empty where there is none."""


class Stopped(Exception):
    """The run is to stop; raised in the work, between two documents."""


class Lost(Exception):
    """Something that the work cannot go on without is gone; the text says what."""


class Interrupted(Exception):
    """A signal came: SIGTERM, if ``is_term``, else Ctrl-C.  The work may still be going on in its thread."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.is_term = number == signal.SIGTERM


def check_stop() -> None:
    """Raise :class:`Stopped` if the run is to stop."""
    if _stop.is_set():
        raise Stopped


def give_up(why: Lost) -> None:
    """End the work that is interruptible now, from whatever thread, as a signal would."""
    for end in _ending:
        end(why)


def interruptible(
    work: Callable[[], Result], release: Callable[[], object], *, grace: float = GRACE
) -> Result:
    """Do *work*; at a signal call *release*, which ends what the work waits for.

    To be called from the main thread.  Raises what the work raises, and :class:`Interrupted` or
    :class:`Lost` at most *grace* seconds after a signal or :func:`give_up`: the caller is to
    leave by ``os._exit`` then.
    """
    outcome: Future[Result] = Future()
    heard: list[Exception] = []
    wake = threading.Event()

    def end(why: Exception) -> None:
        heard.append(why)
        _stop.set()
        wake.set()

    def hear(number: int, _: FrameType | None) -> None:
        end(Interrupted(number))

    def do() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:
            outcome.set_exception(error)
        wake.set()

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    _ending.append(end)
    try:
        threading.Thread(target=copy_context().run, args=(do,), daemon=True).start()
        while not wake.wait(_LOOK_EVERY):
            pass  # a signal that the system gives to another thread is heard only now
        if heard:
            threading.Thread(target=release, daemon=True).start()
            _ended(outcome, grace)
            raise heard[0]
        return outcome.result()
    finally:
        _ending.remove(end)
        for number, handler in before.items():
            signal.signal(number, handler)
        _stop.clear()


def _ended(outcome: Future[Result], grace: float) -> None:
    """Wait so many seconds for the work's end, however it comes."""
    ended = threading.Event()
    outcome.add_done_callback(lambda _: ended.set())
    ended.wait(grace)
