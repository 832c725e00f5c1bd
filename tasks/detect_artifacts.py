"""The third stage: artefacts of translation."""

from __future__ import annotations

from prefect import task
from prefect.cache_policies import NO_CACHE

from mtclean.pipeline import steps
from mtclean.pipeline.batch import Batch


@task(name="detect artefacts", cache_policy=NO_CACHE)
def detect_artifacts(batch: Batch) -> Batch:
    """Find what machine translation and scraping left behind."""
    for item, request in batch.each(steps.detect_artifacts, lambda item: (batch.parcels[item],)):
        batch.parcels[item], batch.requests[item] = request.parcel, request
    return batch
