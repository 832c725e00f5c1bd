"""Documents that go through the stages together.

They are grouped, because a task run costs 8–15 ms in the flow and 55 CPU-ms in Prefect's server
(measured, Prefect 3.8.8); what a stage does to a document is one of :mod:`mtclean.pipeline.steps`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, groupby
from math import ceil
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from mtclean.documents import DocumentProblem, Input
from mtclean.pipeline.options import Options
from mtclean.pipeline.outcomes import Outcome, Said, Status
from mtclean.pipeline.progress import meter
from mtclean.pipeline.resources import Resources, resources_of
from mtclean.pipeline.signature import signature
from mtclean.pipeline.spec import RunSpec
from mtclean.pipeline.steps import GrammarRequest, Parcel
from mtclean.text.evidence import NO_EVIDENCE, Evidence
from mtclean.workers.interruption import check_stop
from mtclean.workers.pool import Job
from mtclean.workers.process import Pending

Result = TypeVar("Result")

DOCUMENTS_PER_BATCH = 512
BYTES_PER_BATCH = 2_000_000
"""One second of work or more for each stage, so that Prefect's share stays below 2 %."""
BYTES_PER_GRAMMAR_BATCH = 250_000
"""LanguageTool takes ten seconds for it; what a run that is killed has to do again."""


class Batch:
    """Documents that go through the stages together, in this process or on a Dask worker.

    Not a dataclass: Prefect would walk through every document to look for futures.
    """

    def __init__(
        self,
        inputs: Sequence[Input],
        spec: RunSpec,
        output: Path,
        evidence: Mapping[Input, Evidence] = MappingProxyType({}),
    ) -> None:
        self.inputs = inputs
        self.spec = spec
        self.output = output
        self.evidence = dict(evidence)
        """What the other documents say about each of these."""
        self.parcels: dict[Input, Parcel] = {}
        self.requests: dict[Input, GrammarRequest] = {}
        self.sums: dict[Input, tuple[str, str]] = {}
        """SHA-256 of the bytes and of the decisions that were read."""
        self.outcomes: dict[Input, Outcome] = {}
        self.no_grammar = ""
        """Why LanguageTool could not be used; empty where it could, or is not wanted."""
        self.without_rules: Counter[Said] = Counter()
        """Why documents were not checked because of their language, and how many."""
        self.partly: Counter[str] = Counter()
        """Why documents were checked only in part, and how many."""
        self.cut_short: set[Input] = set()
        """Documents about which LanguageTool had more to say when it was lost."""
        self.finished: Callable[[Sequence[Input]], None] = lambda items: None
        """Told of every document whose outputs are on disk, together with those that were put there with it, where the ledger is: not on a Dask worker."""

    def __getstate__(self) -> dict[str, object]:
        """What goes to a Dask worker and back."""
        return {name: value for name, value in vars(self).items() if name != "finished"}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state, finished=lambda items: None)

    @cached_property
    def signature(self) -> dict[str, str]:
        """What all outputs of the batch depend on: worked out once, not for every document."""
        return signature(self.spec.options)

    @property
    def resources(self) -> Resources:
        """What the stages work with in this process."""
        return resources_of(self.spec)

    def of_others(self, item: Input) -> Evidence:
        """What the other documents say about *item*."""
        return self.evidence.get(item, NO_EVIDENCE)

    def together(
        self,
        step: Callable[..., Result | Pending[Result]],
        arguments: Callable[[Input], tuple[object, ...]],
        is_due: Callable[[Input], bool] = lambda item: True,
    ) -> Iterator[Sequence[tuple[Input, Result]]]:
        """Have workers do *step* with every document left for which it *is_due*; one that fails is put aside.

        What comes at once comes together.
        """
        check_stop()
        left = [item for item in self.inputs if item not in self.outcomes and is_due(item)]
        calls = [Job(item, _size(item.path), step, *arguments(item)) for item in left]
        for answers in self.resources.pool.together(calls):
            done: list[tuple[Input, Result]] = []
            for item, result in answers:
                if isinstance(result, DocumentProblem):
                    self.put_aside(item, result)
                else:
                    done.append((item, result))
            if done:
                yield done

    def each(
        self,
        step: Callable[..., Result | Pending[Result]],
        arguments: Callable[[Input], tuple[object, ...]],
        is_due: Callable[[Input], bool] = lambda item: True,
    ) -> Iterator[tuple[Input, Result]]:
        """As :meth:`together`, one by one."""
        return chain.from_iterable(self.together(step, arguments, is_due))

    def advance(self, step: Callable[[Parcel], Parcel]) -> None:
        """Take every draft one step on."""
        self.parcels.update(self.each(step, lambda item: (self.parcels[item],)))

    def put_aside(self, item: Input, problem: DocumentProblem) -> None:
        """Record that *item* goes no further."""
        status = Status.SKIPPED if problem.skipped else Status.FAILED
        self.outcomes[item] = Outcome(str(item.path), status, str(problem), problem.code)
        self.parcels.pop(item, None)
        meter().done()


def batches(inputs: Sequence[Input], options: Options, places: int = 1) -> Iterator[list[Input]]:
    """*inputs* in groups of like size, in order; a single document may be larger than a group.

    As many for each of *places* that do batches side by side, if there are documents enough; none
    for no documents.
    """
    if not inputs:
        return
    most = BYTES_PER_GRAMMAR_BATCH if options.grammar else BYTES_PER_BATCH
    parts = [max(_size(item.path) / most, 1 / DOCUMENTS_PER_BATCH) for item in inputs]
    whole = sum(parts)
    many = places * ceil(whole / places)
    group_of = (int(before * many / whole) for before in accumulate(parts, initial=0.0))
    for _, group in groupby(zip(group_of, inputs, strict=False), key=itemgetter(0)):
        yield [item for _, item in group]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # reading it will say what is wrong
