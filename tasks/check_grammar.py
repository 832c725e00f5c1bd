"""The fourth stage: LanguageTool."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from prefect import task
from prefect.cache_policies import NO_CACHE

from mtclean.grammar import GrammarUnavailable, LanguageNotInstalled
from mtclean.grammar.languagetool.server import CHECKS_AT_ONCE
from mtclean.pipeline import steps
from mtclean.pipeline.batch import Batch
from mtclean.pipeline.steps import Answer, Asking
from mtclean.workers.interruption import check_stop
from mtclean.workers.resources import Tools


@task(name="check grammar", cache_policy=NO_CACHE)
def check_grammar(batch: Batch) -> Batch:
    """Ask LanguageTool; where it cannot be asked, say so in each document and go on."""
    tools = batch.tools
    with ThreadPoolExecutor(CHECKS_AT_ONCE) as pool:
        asked = {item: pool.submit(_answer, batch.asking[item], tools) for item in batch.parcels}
    check_stop()
    answers = {item: future.result() for item, future in asked.items()}
    batch.no_grammar = tools.no_grammar
    batch.without_rules.update(answer.reason for answer in answers.values() if answer.no_rules)
    results = {item: answer.result for item, answer in answers.items() if answer.result}
    batch.partly.update(cause.value for result in results.values() for cause in result.causes)
    batch.cut_short = {item for item, result in results.items() if result.is_cut_short}
    judged = batch.each(steps.judge, lambda item: (batch.parcels[item], answers[item]))
    batch.parcels.update(judged)
    return batch


def _answer(asking: Asking, tools: Tools) -> Answer:
    if tools.no_grammar or tools.grammar is None:
        return Answer(None, reason=tools.no_grammar)
    try:
        return Answer(tools.grammar.check(asking.text, asking.language), tools.grammar.version)
    except LanguageNotInstalled as problem:
        return Answer(None, reason=str(problem), no_rules=True)
    except GrammarUnavailable as problem:
        tools.no_grammar = str(problem)
        return Answer(None, reason=str(problem))
