"""Ctrl-C and SIGTERM are heard, whichever thread the system gives them to."""

from __future__ import annotations

import subprocess
import sys

from tests.patience import PATIENCE

PROGRAM = f"""
import os, signal, sys, threading, time
from mtclean.workers.interruption import Interrupted, interruptible

stopped = threading.Event()

def where_main_is():
    time.sleep(0)  # others may go on
    frame = sys._current_frames()[threading.main_thread().ident]
    return frame.f_code.co_name, frame.f_lasti

def main_sleeps():
    places = {{where_main_is() for _ in range(1_000)}}
    return len(places) == 1 and places.pop()[0] == "wait"

def work():
    while not main_sleeps():
        pass
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])  # so that it comes here
    os.kill(os.getpid(), signal.SIGINT)
    print("heard" if stopped.wait({PATIENCE}) else "not heard", flush=True)

signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
try:
    interruptible(work, stopped.set)
except Interrupted:
    print("interrupted")
"""


def test_a_signal_that_another_thread_gets_is_heard() -> None:
    """The main one sleeps on: the system wakes only the thread that it gives a signal to."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("heard\ninterrupted\n", "")
