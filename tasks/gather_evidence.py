"""Before the first stage: what the documents have in common."""

from __future__ import annotations

from prefect import task
from prefect.cache_policies import NO_CACHE

from mtclean.pipeline.evidence import Count
from mtclean.pipeline.spec import RunSpec


@task(name="gather evidence", cache_policy=NO_CACHE)
def gather_evidence(count: Count, spec: RunSpec) -> None:
    """Count the lines, names and marks of the documents that were not counted yet."""
    count.run(spec)
