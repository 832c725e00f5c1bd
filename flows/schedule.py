"""Runs at set times: the flow served by this process, one run at a time per output folder.

A run that comes while one is at work is cancelled, not queued: after downtime Prefect hands out
every run that was missed, and one is enough, because the ledger knows what is left to do.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import sys
from concurrent.futures import Future
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.runner import Runner
from prefect.types.entrypoint import EntrypointType

from mtclean.flows.clean import clean

ONE_AT_A_TIME = ConcurrencyLimitConfig(
    limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
)

_LOOK_EVERY = 0.05
"""Seconds between two looks whether the runner has begun, and whether a run has."""


def is_cron(text: str) -> bool:
    """Whether Prefect reads *text* as a cron expression."""
    try:
        CronSchedule(cron=text)
    except ValueError:
        return False
    return True


class Schedule:
    """The flow cleaning by *cron* or *every* so many seconds, from :meth:`serve` until :meth:`stop`.

    *parameters* are those of :func:`mtclean.flows.clean.clean`, with absolute paths.

    Prefect's ``Flow.serve`` is not used: at Ctrl-C it waits until the run at work has ended by itself, and at SIGTERM
    it does that and leaves the schedule active (3.8.8, measured).
    """

    def __init__(
        self, parameters: dict[str, Any], *, cron: str | None = None, every: int | None = None
    ) -> None:
        self.name = f"clean into {Path(parameters['output']).name}"
        self.is_paused = False
        """Whether it ended in order: no run is at work and none will be handed out."""
        self._deployment: dict[str, Any] = {
            "name": self.name,
            "cron": cron,
            "interval": every,
            "parameters": parameters,
            "concurrency_limit": ONE_AT_A_TIME,
            "entrypoint_type": EntrypointType.MODULE_PATH,
        }
        self._runner = Runner(name=self.name)
        self._loop: Future[asyncio.AbstractEventLoop] = Future()

    def serve(self) -> None:
        """Run at the set times; return when it is stopped.  For a thread beside the main one.

        Its runs do not hear Ctrl-C, which a terminal sends to them, too: they end when :meth:`stop` ends them.
        """
        if sys.platform != "win32":
            resource_tracker.ensure_running()  # which lets the signal through again where it starts
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        asyncio.run(self._serve())
        self.is_paused = True

    def stop(self) -> None:
        """Cancel the run at work and pause the schedule, so that no missed runs pile up.

        For another thread than that of :meth:`serve`, which returns when this is done.
        """
        loop = self._loop.result()
        if not loop.is_closed():
            asyncio.run_coroutine_threadsafe(self._stop(), loop)

    def kill(self) -> None:
        """End the run at work at once, where :meth:`stop` could not."""
        for run in multiprocessing.active_children():
            run.kill()

    async def _serve(self) -> None:
        self._loop.set_result(asyncio.get_running_loop())
        await self._runner.aadd_flow(clean, **self._deployment)
        await self._runner.start()

    async def _stop(self) -> None:
        while not self._runner.started:  # only a runner that has begun pauses its schedule
            await asyncio.sleep(_LOOK_EVERY)
        await self._runner.astop()
        # A run that was being handed out may begin only now; until the runner has ended, and this with it.
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            await self._runner.cancel_all()
