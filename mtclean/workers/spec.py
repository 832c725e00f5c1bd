"""What a run wants to work with; :mod:`mtclean.workers.resources` makes it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from mtclean.pipeline.stages import Options

DEADLINE = 60.0
"""Seconds a document may take in one stage, and again for every million bytes."""

WORKERS = min(4, os.cpu_count() or 1)
"""As many as there are cores, up to what one LanguageTool keeps busy."""


class Runner(str, Enum):
    """What works on the documents of a batch."""

    PROCESSES = "processes"
    THREADS = "threads"
    DASK = "dask"


class NoDask(Exception):
    """There is no Dask to run on; the text says what to do."""


@dataclass(frozen=True, slots=True)
class RunSpec:
    """What a run wants to work with; it travels to where that is made.

    ``workers`` is how many there are, at 0 as many as cores up to four; ``deadline`` the seconds a
    document may take in one stage, and again for every million bytes (a thread cannot be stopped:
    it says nothing there).  ``scheduler`` is the address of a Dask cluster of the user's; without
    one, ``workers`` Dask workers are started on this machine.  ``run`` names the resources that a
    Dask worker makes for this run.
    """

    options: Options
    runner: Runner = Runner.PROCESSES
    workers: int = 0
    deadline: float = DEADLINE
    scheduler: str = ""
    run: str = field(default_factory=lambda: uuid4().hex)

    @property
    def side_by_side(self) -> int:
        """How many documents are worked on at once, on each machine."""
        return self.workers or WORKERS
