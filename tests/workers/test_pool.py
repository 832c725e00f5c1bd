"""Workers: a document that hangs, dies or fails costs no other, and what it was is said."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from mtclean.documents import DocumentProblem
from mtclean.workers.interruption import Stopped
from mtclean.workers.pool import Job, ProcessPool, ThreadPool
from tests.patience import PATIENCE


def double(number: int) -> int:
    return 2 * number


def hang() -> None:
    time.sleep(600)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise ZeroDivisionError


def refuse() -> None:
    raise DocumentProblem("whitespace_only", "there is nothing in it", skipped=True)


@pytest.fixture
def pool() -> Iterator[ProcessPool]:
    pool = ProcessPool(2, deadline=1.0, patience=5)
    yield pool
    pool.close()


def test_one_that_goes_wrong_costs_no_other(pool: ProcessPool) -> None:
    wrong = [Job(name, 9, call) for name, call in (("slow", hang), ("dead", die), ("bad", fail))]
    right = [Job(number, 1, double, number) for number in range(20)]
    done = dict(pool.each([*wrong, *right]))
    assert [done[number] for number in range(20)] == [2 * number for number in range(20)]
    problems = {name: done[name] for name in ("slow", "dead", "bad")}
    assert all(isinstance(problem, DocumentProblem) for problem in problems.values())
    assert [problem.code for problem in problems.values()] == ["too_slow", "crashed", "internal"]
    assert "--deadline" in str(problems["slow"])
    assert dict(pool.each([Job("next", 1, double, 4)])) == {"next": 8}


def test_one_that_goes_wrong_among_small_ones_that_travel_together(pool: ProcessPool) -> None:
    jobs = [
        Job(n, 1, die if n == 50 else fail if n == 60 else double, *[n] * (n not in (50, 60)))
        for n in range(128)
    ]
    done = dict(pool.each(jobs))
    assert {n: done.pop(n).code for n in (50, 60)} == {50: "crashed", 60: "internal"}
    assert done == {n: 2 * n for n in range(128) if n not in (50, 60)}


def test_what_came_at_once_comes_together_and_all_of_it_once(pool: ProcessPool) -> None:
    """So that who takes it down can do that at once, too: large ones alone, small ones with others."""
    jobs = [Job(n, 1 if n else 1_000_000, double, n) for n in range(129)]
    came = [dict(answers) for answers in pool.together(jobs)]
    assert {0: 0} in came
    assert min(len(answers) for answers in came if 0 not in answers) > 1
    assert sum(map(len, came)) == 129
    assert {n: twice for answers in came for n, twice in answers.items()} == {
        n: 2 * n for n in range(129)
    }


def work(seconds: float) -> float:
    """Use the processor for so long."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return seconds


def test_a_document_may_wait_for_the_processor_but_not_use_it_for_longer() -> None:
    """On a busy machine it takes a long time by the clock; a large one may work longer."""
    pool = ProcessPool(2, deadline=1.0, patience=PATIENCE)
    jobs = [("waits", 1, time.sleep, 1.5), ("works", 1, work, 2.0), ("large", 5_000_000, work, 2.0)]
    done = dict(pool.each([Job(*job) for job in jobs]))
    assert done["waits"] is None
    assert isinstance(done["works"], DocumentProblem)
    assert done["works"].code == "too_slow"
    assert done["large"] == 2.0
    pool.close()


@pytest.mark.parametrize("make", [lambda: ProcessPool(1), lambda: ThreadPool(1)])
def test_a_refusal_comes_back_whole_and_nothing_is_begun_after_the_end(
    make: type[ProcessPool],
) -> None:
    pool = make()
    ((_, problem),) = pool.each([Job("empty", 1, refuse)])
    assert isinstance(problem, DocumentProblem)
    assert (problem.code, problem.skipped) == ("whitespace_only", True)
    pool.close()
    with pytest.raises(Stopped):
        list(pool.each([Job("late", 1, double, 1)]))
