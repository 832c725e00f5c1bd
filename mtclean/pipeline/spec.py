"""What a run goes by; it travels to where the work is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from mtclean.pipeline.options import Options
from mtclean.pipeline.settings import RunSettings
from mtclean.workers.pool import WORKERS


@dataclass(frozen=True, slots=True)
class RunSpec:
    """What a run goes by: how documents are cleaned, and what was asked of the run itself.

    ``run`` names the resources that a Dask worker makes for this run.
    """

    options: Options
    settings: RunSettings = RunSettings()
    run: str = field(default_factory=lambda: uuid4().hex)

    @property
    def side_by_side(self) -> int:
        """How many documents are worked on at once, on each machine."""
        return self.settings.workers or WORKERS
