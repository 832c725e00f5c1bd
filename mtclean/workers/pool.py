"""Worker processes for what takes time: a few at once, each killed when a document overruns.

Plain subprocesses, not :mod:`multiprocessing`'s: those import the program's main module again, which
under a Prefect worker is Prefect itself (1.5 s and 100 MB each), and pools share one pipe for
results, which a worker that is killed may leave half written.  Here each has its own.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, Generic, TypeVar, cast

import psutil

from mtclean.documents import DocumentProblem
from mtclean.workers.interruption import Stopped
from mtclean.workers.process import Pending, answers_to

DEADLINE = 60.0
"""Seconds of the processor that a document may take in one stage, and again for every million bytes."""

PATIENCE = 10.0
"""So many times as long may it take by the clock: on a busy machine a process works a small part of the time, and one that
waits for what never comes does not work at all."""

WORKERS = min(4, os.cpu_count() or 1)
"""As many as there are cores, up to what one LanguageTool keeps busy."""

Key = TypeVar("Key")
Result = TypeVar("Result")

_TOGETHER = 16
_SMALL = 2_000
"""So many jobs at most, and so many bytes each, go to a worker in one bundle: for a tiny document the way costs as much as the work."""

_PROGRAM = (
    "import sys; loads, sys.path[:] = sys.argv[1], sys.argv[2:]; "
    "from mtclean.workers.process import main; main(loads)"
)


class Job(Generic[Key, Result]):
    """A call for a worker; ``size`` in bytes gives the order (largest first) and the deadline.

    *function* raises :class:`mtclean.documents.DocumentProblem` where the document cannot be cleaned.
    """

    __slots__ = ("arguments", "function", "key", "size")

    def __init__(
        self,
        key: Key,
        size: int,
        function: Callable[..., Result | Pending[Result]],
        *arguments: object,
    ) -> None:
        self.key = key
        self.size = size
        self.function = function
        self.arguments = arguments


_Bundle = Sequence[Job[Any, Any]]
"""Jobs that a worker is sent together."""
_Answered = SimpleQueue["Sequence[tuple[Any, Any]] | Exception"]
"""Keys of a bundle's jobs, each with what came of it; or why nothing does, such as that the pool was closed."""
_Queue = SimpleQueue["tuple[_Bundle, _Answered] | None"]


class Pool(ABC):
    """What has jobs done."""

    @abstractmethod
    def together(
        self, jobs: Sequence[Job[Key, Result]]
    ) -> Iterator[Sequence[tuple[Key, Result | DocumentProblem]]]:
        """Have all *jobs* done, and yield keys and results as they come: at once what came at once.

        Raises :class:`mtclean.workers.interruption.Stopped` once the pool was closed.
        """

    def each(
        self, jobs: Sequence[Job[Key, Result]]
    ) -> Iterator[tuple[Key, Result | DocumentProblem]]:
        """As :meth:`together`, one by one."""
        for answers in self.together(jobs):
            yield from answers

    @abstractmethod
    def close(self) -> None:
        """Begin nothing more."""


class ProcessPool(Pool):
    """Workers, started at once and at work until :meth:`close`.

    The *deadline* of a job is in seconds of the processor, and *patience* how many times as long it may take by the clock.  A worker
    *loads* the module of that name before its first job is there.
    """

    def __init__(
        self,
        size: int = WORKERS,
        deadline: float = DEADLINE,
        patience: float = PATIENCE,
        loads: str = "",
    ) -> None:
        self._jobs: _Queue = SimpleQueue()
        self._workers = [_Worker(self._jobs, deadline, patience, loads) for _ in range(size)]
        self._closed = False
        for worker in self._workers:
            worker.start()

    def together(
        self, jobs: Sequence[Job[Key, Result]]
    ) -> Iterator[Sequence[tuple[Key, Result | DocumentProblem]]]:
        """As :meth:`Pool.together`."""
        if self._closed:
            raise Stopped
        answered: _Answered = SimpleQueue()
        for bundle in _bundles(jobs, len(self._workers)):
            self._jobs.put((bundle, answered))
        left = len(jobs)
        while left:
            found = answered.get()
            if isinstance(found, Exception):
                raise found
            left -= len(found)
            yield found

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        self._closed = True
        for worker in self._workers:
            worker.close()
        for _ in self._workers:
            self._jobs.put(None)


class ThreadPool(Pool):
    """The same in threads of this process: less memory, one core, and no deadline.

    Nothing can stop a thread; what overruns keeps the run waiting.
    """

    def __init__(self, size: int = WORKERS) -> None:
        self._pool = ThreadPoolExecutor(size, "worker")
        self._closed = False

    def together(
        self, jobs: Sequence[Job[Key, Result]]
    ) -> Iterator[Sequence[tuple[Key, Result | DocumentProblem]]]:
        """As :meth:`Pool.together`."""
        if self._closed:
            raise Stopped
        keys = {
            self._pool.submit(answers_to, [(job.function, job.arguments)]): job.key for job in jobs
        }
        for future in as_completed(keys):
            if future.cancelled():
                raise Stopped
            (found,) = future.result()
            yield [(keys[future], cast("Result | DocumentProblem", found))]

    def close(self) -> None:
        """Begin nothing more."""
        self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)


def _bundles(jobs: _Bundle, workers: int) -> Iterator[_Bundle]:
    """The *jobs*, the largest first: small ones together, as long as every worker gets several bundles."""
    ordered = sorted(jobs, key=lambda job: job.size, reverse=True)
    large = sum(job.size > _SMALL for job in ordered)
    yield from ([job] for job in ordered[:large])
    many = max(1, min(_TOGETHER, (len(ordered) - large) // (4 * workers)))
    yield from (ordered[at : at + many] for at in range(large, len(ordered), many))


class _Watch(threading.Thread):
    """Kills a process once it has worked for so many *seconds*, or once so many have gone by on the *clock*."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float, clock: float) -> None:
        super().__init__(name="watch", daemon=True)
        self._process = process
        self._worked_before = _worked(process)
        self._seconds = seconds
        self._until = time.monotonic() + clock
        self._ended = threading.Event()
        self.overran = False

    def run(self) -> None:
        """Look whenever it may be too long."""
        left = self._seconds
        while not self._ended.wait(left):
            worked = _worked(self._process) - self._worked_before
            left = min(self._seconds - worked, self._until - time.monotonic())
            if left <= 0:
                self.overran = True
                self._process.kill()
                return

    def end(self) -> None:
        """The answer is there: kill nothing more."""
        self._ended.set()
        self.join()


def _worked(process: subprocess.Popen[bytes]) -> float:
    """How many seconds the processor has worked for *process*; of one that is gone nobody knows, nor does it matter."""
    with suppress(psutil.Error):
        times = psutil.Process(process.pid).cpu_times()
        return float(times.user + times.system)
    return 0.0


class _Worker(threading.Thread):
    """One process, and the thread that talks to it."""

    def __init__(self, jobs: _Queue, deadline: float, patience: float, loads: str) -> None:
        super().__init__(name="worker", daemon=True)
        self._jobs = jobs
        self._deadline = deadline
        self._patience = patience
        self._loads = loads
        self._closed = False
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Do jobs until there are no more."""
        with suppress(Stopped):
            self._ready()  # before there is anything to do: it takes half a second
        for bundle, answered in iter(self._jobs.get, None):
            self._do(bundle, answered)

    def _do(self, bundle: _Bundle, answered: _Answered) -> None:
        try:
            answers = self._answers(bundle)
        except DocumentProblem as problem:
            if len(bundle) > 1:  # which of them it was shows when each is done alone
                for job in bundle:
                    self._do([job], answered)
                return
            answers = [problem]
        except Exception as error:
            answered.put(error)
            return
        answered.put([(job.key, found) for job, found in zip(bundle, answers, strict=True)])

    def close(self) -> None:
        """End the process for good."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()
                self._process.wait()

    def _answers(self, bundle: _Bundle) -> Sequence[object]:
        process = self._ready()
        assert process.stdin is not None
        assert process.stdout is not None
        seconds = self._deadline * max(1.0, sum(job.size for job in bundle) / 1e6)
        watch = _Watch(process, seconds, seconds * self._patience)
        watch.start()
        try:
            calls = [(job.function, job.arguments) for job in bundle]
            pickle.dump(calls, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            answers: list[object] = pickle.load(process.stdout)  # noqa: S301 - only our own worker has this pipe
            return answers
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            process.kill()
            process.wait()
            if self._closed:
                raise Stopped from error
            raise self._lost(watch.overran, seconds) from error
        finally:
            watch.end()
            if watch.overran:  # perhaps with its answer already given
                process.wait()

    def _lost(self, overran: bool, seconds: float) -> DocumentProblem:
        """What to say of a document whose worker is gone."""
        if overran:
            return DocumentProblem(
                "too_slow",
                f"it took longer than {seconds:.0f} s in one stage; give it more with --deadline, "
                "or split it",
            )
        return DocumentProblem(
            "crashed", "the process that cleaned it died; is there enough memory?"
        )

    def _ready(self) -> subprocess.Popen[bytes]:
        """The process, started where there is none or the last was lost.

        Raises :class:`Stopped` once the pool was closed.
        """
        with self._lock:
            if self._closed:
                raise Stopped
            if self._process is not None and self._process.poll() is None:
                return self._process
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, self._loads, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for the run
            )
            return self._process
