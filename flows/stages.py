"""The stages a batch of documents goes through, in order: each is a Prefect task."""

from __future__ import annotations

from prefect import Task

from mtclean.pipeline.batch import Batch
from mtclean.pipeline.options import Options
from mtclean.tasks.check_grammar import check_grammar
from mtclean.tasks.detect_artifacts import detect_artifacts
from mtclean.tasks.normalize import normalize
from mtclean.tasks.read import read
from mtclean.tasks.write import write

Stage = Task[[Batch], Batch]


def stages(options: Options) -> tuple[tuple[str, Stage], ...]:
    """The stages in order, each with what to call it while it goes on."""
    grammar = (("Checking grammar", check_grammar),) if options.grammar else ()
    return (
        ("Reading", read),
        ("Normalising", normalize),
        ("Looking for artefacts", detect_artifacts),
        *grammar,
        ("Writing", write),
    )
