"""The fifth stage: LanguageTool."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from prefect import task
from prefect.cache_policies import NO_CACHE

from mtclean.grammar import GrammarUnavailable, LanguageNotInstalled
from mtclean.grammar.languagetool.process import CHECKS_AT_ONCE
from mtclean.pipeline import steps
from mtclean.pipeline.batch import Batch
from mtclean.pipeline.resources import Resources
from mtclean.pipeline.steps import GrammarRequest, GrammarResponse
from mtclean.workers.interruption import check_stop


@task(name="check grammar", cache_policy=NO_CACHE)
def check_grammar(batch: Batch) -> Batch:
    """Ask LanguageTool; where it cannot be asked, say so in each document and go on."""
    resources = batch.resources
    with ThreadPoolExecutor(CHECKS_AT_ONCE) as pool:
        asked = {
            item: pool.submit(_response, batch.requests[item], resources) for item in batch.parcels
        }
    check_stop()
    responses = {item: future.result() for item, future in asked.items()}
    batch.no_grammar = resources.no_grammar
    batch.without_rules.update(
        (response.reason, batch.requests[item].language)
        for item, response in responses.items()
        if response.no_rules
    )
    results = {item: response.result for item, response in responses.items() if response.result}
    batch.partly.update(cause.value for result in results.values() for cause in result.causes)
    batch.cut_short = {item for item, result in results.items() if result.is_cut_short}
    judged = batch.each(steps.judge, lambda item: (batch.parcels[item], responses[item]))
    batch.parcels.update(judged)
    return batch


def _response(request: GrammarRequest, resources: Resources) -> GrammarResponse:
    if resources.no_grammar or resources.grammar is None:
        return GrammarResponse(None, reason=resources.no_grammar)
    try:
        return GrammarResponse(
            resources.grammar.check(request.text, request.language), resources.grammar.version
        )
    except LanguageNotInstalled as problem:
        return GrammarResponse(None, reason=str(problem), no_rules=True)
    except GrammarUnavailable as problem:
        resources.no_grammar = str(problem)
        return GrammarResponse(None, reason=str(problem))
