"""The watch of the tests stands still where the machine keeps them waiting, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from tests.patience import Watch, comes

BUSY = "while True: pass"


def test_what_hangs_is_noticed() -> None:
    assert not comes(lambda: False, within=0.2)
    watch = Watch()
    time.sleep(1)
    assert watch.seconds <= 1.5


@pytest.mark.skipif(not Path("/proc/pressure/cpu").exists(), reason="the system does not tell")
def test_a_crowd_takes_no_time() -> None:
    crowd = [
        subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(2 * (os.cpu_count() or 1))
    ]
    try:
        began, watch = time.monotonic(), Watch()
        time.sleep(2)
        assert watch.seconds < 0.5 * (time.monotonic() - began)
    finally:
        for process in crowd:
            process.kill()
            process.wait()


def test_what_comes_is_waited_for() -> None:
    times = count()
    assert comes(lambda: next(times) > 3)
