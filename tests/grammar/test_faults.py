"""Java killed again and again while many documents are checked.

The short form runs with all tests; `make test-faults` runs it in full, 50 kills in 200 documents.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tasks.grammar import CheckResult, Grammar, install
from tasks.grammar.server import Server

SLIP = "He go home every day."


def javas() -> list[psutil.Process]:
    """The Java processes below this one that are not dead."""
    found = []
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if child.name() == "java" and child.status() != psutil.STATUS_ZOMBIE:
                found.append(child)
    return found


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("kills", "count"), [(2, 8), pytest.param(50, 200, marks=pytest.mark.faults)]
)
def test_every_part_is_checked_or_named_however_often_java_dies(
    tmp_path: Path, kills: int, count: int
) -> None:
    others = {java.pid for java in javas()}  # that of the session
    most_at_once = 0
    done = threading.Event()
    server = Server(install(), log=tmp_path / "log")
    texts = [f"Document {n}. {SLIP}\n" + "All is well here. " * 150 + SLIP for n in range(count)]
    checked: list[CheckResult] = []

    def watch() -> None:
        nonlocal most_at_once
        while not done.wait(0.05):
            most_at_once = max(most_at_once, len({j.pid for j in javas()} - others))

    watcher = threading.Thread(target=watch)
    watcher.start()
    with Grammar(engine=server) as grammar, ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(grammar.check, text, "en") for text in texts]
        for n in range(kills):
            victim = server.wait_ready().pid
            assert victim is not None
            while sum(future.done() for future in waiting) < n * count // kills:
                time.sleep(0.01)
            psutil.Process(victim).kill() if psutil.pid_exists(victim) else None
            psutil.wait_procs([p for p in javas() if p.pid == victim], timeout=5)
        checked = [future.result() for future in waiting]
    done.set()
    watcher.join()

    assert most_at_once <= 1
    for text, result in zip(texts, checked, strict=True):
        for start in (text.index(SLIP), text.rindex(SLIP)):
            found = any(start <= m.span.start < start + len(SLIP) for m in result.matches)
            named = any(s.start <= start < s.end for s in result.unchecked)
            assert found != named
    assert not {java.pid for java in javas()} - others
