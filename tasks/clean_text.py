"""One text, for flows of the user's own."""

from __future__ import annotations

from prefect import task
from prefect.cache_policies import NO_CACHE

from mtclean.library import Result, clean
from mtclean.pipeline.options import Options


@task(name="clean text", cache_policy=NO_CACHE)
def clean_text(text: str, options: Options | None = None) -> Result:
    """What :func:`mtclean.clean` makes of *text*, without grammar; raises as that does.

    Whole files and folders, with reports, grammar and a memory of what is done, are for
    :func:`mtclean.flows.clean.clean` as a subflow.
    """
    return clean(text, options)
