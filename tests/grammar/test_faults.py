"""What must hold whatever happens to Java, to the command and in the text.

The short forms run with all tests.  `make test-faults` runs them in full: 50 kills of Java in 200
documents, 20 ends of the command by each signal, ten kinds of poison, 100,000 matches.
"""

import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import psutil
import pytest

from mtclean.grammar import CheckResult, Grammar, install
from mtclean.grammar.languagetool.server import Server
from tests.grammar.processes import GONE, ended, javas, processes_of
from tests.patience import PATIENCE, Watch, comes

ROOT = Path(__file__).parents[2]
SLIP = "He go home every day."


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
            if psutil.pid_exists(victim):
                java = psutil.Process(victim)
                java.kill()
                assert comes(partial(ended, java))
        checked = [future.result() for future in waiting]
    done.set()
    watcher.join()

    assert most_at_once <= 1
    for text, result in zip(texts, checked, strict=True):
        for start in (text.index(SLIP), text.rindex(SLIP)):
            found = any(start <= m.span.start < start + len(SLIP) for m in result.matches)
            named = any(s.start <= start < s.end for s, _ in result.unchecked)
            assert found != named
    assert not {java.pid for java in javas()} - others


CHECK = """
from mtclean.grammar import Grammar
with Grammar() as grammar:
    grammar.check("He go home every day.\\n" * 20_000, "en")
"""


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("times", [1, pytest.param(20, marks=pytest.mark.faults)])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_java_is_left_two_seconds_after_its_user_was_ended(
    own_cache: Path, how: signal.Signals, times: int
) -> None:
    instants = random.Random(how.value)
    for _ in range(times):
        user = subprocess.Popen(
            [sys.executable, "-c", CHECK],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while not any(process.name() == "java" for process in processes_of(own_cache)):
            assert user.poll() is None
            time.sleep(0.02)
        time.sleep(instants.uniform(0, 8))  # loading, warming up, checking
        user.send_signal(how)
        assert comes(lambda: not processes_of(own_cache), GONE)
        user.wait(PATIENCE)


POISON = {
    "quotes": '"',
    "brackets": "(",
    "nested brackets": "[({",
    "initials": "a.",
    "dashes": "-",
    "emoji": "😀",
    "family": "👨\u200d👩\u200d👧",
    "zalgo": "a" + "\u0301\u0328\u0334" * 20,
    "one word": "ab",
    "dots": "x . ",
}


@pytest.mark.parametrize(
    "name",
    [
        "quotes",
        *(pytest.param(name, marks=pytest.mark.faults) for name in POISON if name != "quotes"),
    ],
)
def test_poison_costs_thirty_seconds_at_most_and_no_neighbour(grammar: Grammar, name: str) -> None:
    poison = POISON[name] * (20_000 // len(POISON[name]))
    text = f"{SLIP}\n\n{poison}\n\n{SLIP}"
    neighbours = [f"Paper {n}. {SLIP}" for n in range(20)]
    with ThreadPoolExecutor(4) as pool:
        poisoned = pool.submit(_timed, grammar, text)
        healthy = list(pool.map(lambda other: grammar.check(other, "en"), neighbours))
    result, seconds = poisoned.result()
    assert seconds <= 30
    for other, checked in zip(neighbours, healthy, strict=True):
        assert [m.span.start for m in checked.matches] == [other.index(SLIP) + 3]
        assert not checked.unchecked
    for start in (text.index(SLIP), text.rindex(SLIP)):
        found = any(m.span.start == start + 3 for m in result.matches)
        named = any(span.start <= start < span.end for span, _ in result.unchecked)
        assert found != named


def _timed(grammar: Grammar, text: str) -> tuple[CheckResult, float]:
    watch = Watch()
    return grammar.check(text, "en"), watch.seconds


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("count", [500, pytest.param(100_000, marks=pytest.mark.faults)])
def test_offsets_hold_among_astral_characters(grammar: Grammar, count: int) -> None:
    chance = random.Random(count)
    odd = ["", "😀", "𝒳 ", "👩\u200d👧 ", "🇫🇷", "é", "e\u0301 ", "\ud800 ", "漢", "\U000e0041"]
    at_once = 500
    for _ in range(0, count, at_once):
        text = ""
        starts = []
        for _ in range(at_once):
            text += f"{chance.choice(odd)}{chance.choice(odd)} See "
            starts.append(len(text))
            text += f"teh man.{chance.choice(chr(10) + ' ')}"
        result = grammar.check(text, "en")
        assert not result.unchecked
        words = {m.span.start: text[slice(*m.span)] for m in result.matches if m.is_unknown_word}
        assert [words.get(start) for start in starts] == ["teh"] * at_once
