"""Runs at set times: the flow served by this process, one run at a time per output folder.

A run that comes while one is at work is cancelled, not queued: after downtime Prefect hands out
every run that was missed, and one is enough, because the ledger knows what is left to do.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.types.entrypoint import EntrypointType

from mtclean.flows.clean import clean

ONE_AT_A_TIME = ConcurrencyLimitConfig(
    limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
)


def serve(parameters: dict[str, Any], *, cron: str | None = None, every: int | None = None) -> None:
    """Clean by *cron* or *every* so many seconds, until this process is stopped.

    *parameters* are those of :func:`mtclean.flows.clean.clean`, with absolute paths.  Stopping the process
    pauses the schedule, so that no missed runs pile up; starting it again goes on.
    """
    clean.serve(
        name=f"clean into {Path(parameters['output']).name}",
        cron=cron,
        interval=every,
        parameters=parameters,
        global_limit=ONE_AT_A_TIME,
        entrypoint_type=EntrypointType.MODULE_PATH,
        print_starting_message=False,
    )
