"""Long work says how far it has come, whoever looks."""

from __future__ import annotations

import io
import re
import threading

from rich.console import Console

from mtclean.pipeline.progress import Meter, displayed, meter
from tests.patience import PATIENCE


class Log(io.StringIO):
    """Where no terminal is; ``written`` is set once something stands there."""

    def __init__(self) -> None:
        super().__init__()
        self.written = threading.Event()

    def write(self, text: str) -> int:
        written = super().write(text)
        self.written.set()
        return written


def test_a_log_gets_lines_with_what_is_done_and_left() -> None:
    log = Log()
    ours = Meter(Console(file=log), pace=0.001)
    with displayed(ours):
        meter().stage("Checking [grammar]")
        meter().expect(2_000)
        for _ in range(3):
            meter().done()
        while "1,997" not in log.getvalue():
            log.written.clear()
            assert log.written.wait(PATIENCE)
    line = "mtclean: Checking [grammar]: 3 of 2,000 done, 1,997 left; 0 s"
    assert re.sub(r"\d+ s$", "0 s", log.getvalue().splitlines()[-1]) == line
    assert ours.state == "3 of 2000 were done and are kept"


def test_work_that_is_over_says_no_more() -> None:
    log = Log()
    ours = Meter(Console(file=log), pace=0.001)
    with displayed(ours):
        assert log.written.wait(PATIENCE)
    before = log.getvalue()
    assert all(thread.name != "progress" for thread in threading.enumerate())
    assert log.getvalue() == before


def test_short_work_and_quiet_work_say_nothing() -> None:
    for console in (Console(file=(log := Log())), Console(file=(still := Log()), quiet=True)):
        with displayed(Meter(console, pace=0.001 if console.quiet else 60)):
            meter().done()
    assert log.getvalue() == still.getvalue() == ""
