"""The second stage: typography."""

from __future__ import annotations

from prefect import task
from prefect.cache_policies import NO_CACHE

from mtclean.pipeline import steps
from mtclean.pipeline.batch import Batch


@task(name="normalise", cache_policy=NO_CACHE)
def normalize(batch: Batch) -> Batch:
    """Put spacing, quotation marks and the like right."""
    batch.advance(steps.normalize)
    return batch
