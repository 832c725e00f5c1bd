"""The fourth stage: a translation beside its source."""

from __future__ import annotations

from prefect import task
from prefect.cache_policies import NO_CACHE

from mtclean.documents import Input
from mtclean.pipeline import steps
from mtclean.pipeline.batch import Batch


@task(name="compare", cache_policy=NO_CACHE)
def compare(batch: Batch) -> Batch:
    """Compare the documents that are translations with their sources; others are not touched."""

    def has_pairs(item: Input) -> bool:
        return batch.requests[item].has_pairs

    for item, request in batch.each(steps.compare, lambda item: (batch.parcels[item],), has_pairs):
        batch.parcels[item], batch.requests[item] = request.parcel, request
    return batch
