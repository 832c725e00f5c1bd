"""The last stage: the cleaned text and everything that is shown of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prefect import task
from prefect.cache_policies import NO_CACHE

from mtclean.documents import Input
from mtclean.pipeline import steps
from mtclean.pipeline.batch import Batch
from mtclean.pipeline.outcomes import Outcome, Status
from mtclean.pipeline.progress import meter
from mtclean.report import Summary


@task(name="write", cache_policy=NO_CACHE)
def write(batch: Batch) -> Batch:
    """Write every document's cleaned text, edits, diff and report."""
    written: Iterator[Sequence[tuple[Input, tuple[Summary, str]]]] = batch.together(
        steps.write, lambda item: (batch.parcels.pop(item), batch.output)
    )
    for together in written:
        for item, (summary, report) in together:
            batch.outcomes[item] = Outcome(
                str(item.path), Status.CLEANED, summary=summary, report=report
            )
        batch.finished([item for item, _ in together])
        for _ in together:
            meter().done()
    batch.requests.clear()
    return batch
