"""The first stage: files become drafts."""

from __future__ import annotations

from prefect import task
from prefect.cache_policies import NO_CACHE

from mtclean.pipeline import steps
from mtclean.pipeline.batch import Batch


@task(name="read", cache_policy=NO_CACHE)
def read(batch: Batch) -> Batch:
    """Read the batch's files and name each text's language."""
    for item, begun in batch.each(
        steps.begin,
        lambda item: (
            item,
            batch.spec.options,
            batch.output,
            batch.spec.side_by_side,
            batch.of_others(item),
        ),
    ):
        batch.parcels[item] = begun.parcel
        batch.sums[item] = (begun.sha256, begun.decisions)
    return batch
