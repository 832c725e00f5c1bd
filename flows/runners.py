"""Where the stages of the batches are done: in this process, or on the workers of a Dask cluster.

Both make batches and yield them as they come out, with their outcomes.
"""

from __future__ import annotations

import logging
import os
import time
import warnings
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from prefect import Task

from mtclean.documents import DocumentProblem, Input
from mtclean.pipeline.batch import Batch, batches
from mtclean.pipeline.progress import meter
from mtclean.pipeline.resources import release, resources_for
from mtclean.pipeline.settings import NoDask, Runner
from mtclean.pipeline.spec import RunSpec
from mtclean.workers.interruption import check_stop

if TYPE_CHECKING:
    from prefect_dask.task_runners import DaskTaskRunner, PrefectDaskFuture

Begin = Callable[[Sequence[Input]], Batch]
Tell = Callable[[float], None]
Stages = Sequence[tuple[str, Task[[Batch], Batch]]]
"""Tasks in order, each with what to call it while it goes on."""

AHEAD = 2
"""Batches handed out for each Dask worker: one is worked on while the next waits there."""

_POLL = 0.05  # seconds between two looks at a batch on its way
_CONNECT = 10.0  # seconds a scheduler elsewhere has to answer
_LAST_WORDS = 10.0  # seconds Dask workers get to tell Prefect how their tasks ended


def through(
    stages: Stages, inputs: Sequence[Input], spec: RunSpec, begin: Begin, tell: Tell
) -> Iterator[Batch]:
    """Have all *stages* done to *inputs*, in batches, and yield each with its outcomes as it comes out.

    *begin* makes a batch, just before its first stage, and *tell* is told how far all are while one is still on its way
    here; on Dask there is nothing to tell before it comes out.  For no inputs nothing is started.  Raises
    :class:`NoDask`, and :class:`mtclean.workers.interruption.Stopped` where the run is to stop.
    """
    if not inputs:
        return iter(())
    if spec.settings.runner is Runner.DASK:
        return _on_dask(stages, inputs, spec, begin)
    return _here(stages, inputs, spec, begin, tell)


def _here(
    stages: Stages, inputs: Sequence[Input], spec: RunSpec, begin: Begin, tell: Tell
) -> Iterator[Batch]:
    """Stage by stage, one batch after the other.

    A batch that is stopped in the middle comes out, too, before the error goes on: what was
    finished of it counts.
    """
    before = 0
    with resources_for(spec):
        for group in batches(inputs, spec.options):
            batch = begin(group)
            try:
                for number, (what, stage) in enumerate(stages, 1):
                    meter().stage(what)
                    stage(batch)
                    tell(before + len(group) * number / len(stages))
            except Exception:
                yield batch
                raise
            before += len(group)
            yield batch


def _on_dask(
    stages: Stages, inputs: Sequence[Input], spec: RunSpec, begin: Begin
) -> Iterator[Batch]:
    """A batch to each Dask worker.

    A worker keeps what a stage made for the next, and has resources of its own, LanguageTool among them
    where no address of one was given.
    """
    with _cluster(spec) as cluster:
        meter().stage("Cleaning on Dask")
        waiting: deque[tuple[Batch, PrefectDaskFuture[Batch]]] = deque()
        places = _places(cluster)
        last_words = 0.0  # of a run that is stopped nobody waits for
        try:
            for group in batches(inputs, spec.options, places):
                batch = begin(group)
                waiting.append((batch, _handed_out(stages, batch, cluster)))
                if len(waiting) == AHEAD * places:
                    yield _come_back(*waiting.popleft())
            while waiting:
                yield _come_back(*waiting.popleft())
            last_words = _LAST_WORDS
        finally:
            with suppress(Exception):  # a scheduler that went away; what is written is written
                cluster.client.run(_leave, spec.run, last_words)


def _cluster(spec: RunSpec) -> DaskTaskRunner:
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise NoDask("Dask is not installed: pip install prefect-dask") from error
    _hush()
    if spec.settings.scheduler:
        return DaskTaskRunner(address=spec.settings.scheduler, client_kwargs={"timeout": _CONNECT})
    ours = {
        "n_workers": spec.side_by_side,
        "threads_per_worker": 1,
        "host": "127.0.0.1",
        "dashboard_address": None,  # it would listen to everybody
    }
    return DaskTaskRunner(cluster_kwargs=ours)


def _hush() -> None:
    """Keep Dask's own log, and Python's remarks on its end when it is stopped, off the terminal."""
    logging.getLogger("distributed").setLevel(logging.ERROR)
    # Another cluster on this machine is no news: nobody is told the port.
    warnings.filterwarnings("ignore", r"Port \d+ is already in use", UserWarning)
    os.environ.setdefault("PYTHONWARNINGS", "ignore:resource_tracker:UserWarning")


def _places(cluster: DaskTaskRunner) -> int:
    """How many batches Dask's workers do at once."""
    try:
        places = sum(cluster.client.nthreads().values())  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise NoDask(f"no Dask scheduler answers at {cluster.address}: {error}") from error
    if not places:
        raise NoDask(f"{cluster.address} has no workers: start some with `dask worker`")
    return places


def _handed_out(stages: Stages, batch: Batch, cluster: DaskTaskRunner) -> PrefectDaskFuture[Batch]:
    """The future of *batch* after its last stage."""
    first, *rest = (stage for _, stage in stages)
    future = cluster.submit(first, parameters={"batch": batch})
    for stage in rest:
        future = cluster.submit(stage, parameters={"batch": future})
    return future


def _come_back(batch: Batch, future: PrefectDaskFuture[Batch]) -> Batch:
    """*batch* as it came out, or with all its documents put aside where its worker died."""
    while not future.wrapped_future.done():  # type: ignore[no-untyped-call]
        check_stop()
        time.sleep(_POLL)
    try:
        done = future.result()
    except Exception as error:
        problem = DocumentProblem("crashed", f"the Dask worker that had it failed: {error}")
        for item in batch.inputs:
            batch.put_aside(item, problem)
        return batch
    for _ in done.outcomes:
        meter().done()
    return done


async def _leave(run: str, last_words: float) -> None:
    """On a Dask worker: end the resources, and for so many seconds tell Prefect what is still to tell."""
    from prefect.events.worker import EventsWorker

    release(run)
    said = EventsWorker.drain_all(timeout=last_words)
    if isinstance(said, Awaitable):  # it is, in Dask's event loop
        await said
