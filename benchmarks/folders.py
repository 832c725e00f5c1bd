"""What a large folder costs beside the cleaning of its texts: finding, counting, planning and listing them.

    python benchmarks/folders.py [DOCUMENTS …]      1,000, 10,000 and 100,000 if left out

A folder of small texts is made, and an output folder as a run leaves it: the ledger with its rows and counts, and
every output.  Then, in a process of its own, what ``mtclean run`` does where nothing has changed, and what it does only where
something has, the page of all documents.  Seconds are those of the processor, MB the most that the process held, beyond what it holds of no documents;
each with what it is for one document, so that one sees what grows faster than the folder.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time, sleep

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mtclean.documents import discover, known, opened
from mtclean.documents.ledger import LEDGER
from mtclean.documents.outputs import INDEX, outputs_of
from mtclean.documents.sums import FRESH
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import read
from mtclean.pipeline.evidence import Count, count_in
from mtclean.pipeline.folder import entry_of, planned, write_index
from mtclean.pipeline.options import Options
from mtclean.pipeline.outcomes import Outcome, Status
from mtclean.pipeline.settings import RunSettings
from mtclean.pipeline.signature import signature
from mtclean.pipeline.single import through_the_stages
from mtclean.pipeline.spec import RunSpec
from mtclean.report import summary_of
from mtclean.workers.collector import collect_seldom

SIZES = (1_000, 10_000, 100_000)
OPTIONS = Options(grammar=False, language="en")
SENTENCES = (
    "The ferry of {n} left the harbour at noon .",
    "It was late,and nobody on quay {n} knew why.",
    "She said that lamp {n} was out.",
    "The council of Korovin met in house {n}.",
)


def texts(folder: Path, many: int) -> None:
    """Write so many texts of three sentences, a hundred to a folder."""
    dice = random.Random(1)
    for number in range(many):
        file = folder / f"{number // 100:05}" / f"{number:07}.txt"
        file.parent.mkdir(exist_ok=True)
        sentences = dice.sample(SENTENCES, 3)
        file.write_text(" ".join(sentences).replace("{n}", str(number)) + "\n")
    sleep(2 * FRESH)  # what was written just before is read again


def pretend(texts: Path, out: Path) -> None:
    """Leave in *out* what a run of *texts* leaves there, with the figures of the first in all rows, and empty files."""
    inputs = discover([texts], out)
    count = Count(inputs, out, OPTIONS)
    for item in count.due:
        count.add(item, count_in(item, OPTIONS))
    said = count.said(count.gathered())
    work, _ = through_the_stages(read(inputs[0], OPTIONS), OPTIONS, None)
    summary = summary_of(account(work))
    outcome, shared = Outcome(inputs[0].name, Status.CLEANED, summary=summary), signature(OPTIONS)
    with opened(out) as ledger:
        ledger.count(count.new)
        ledger.remember(said.new, count.sums.new)
        entries = []
        for item in inputs:
            reading, digest = OPTIONS.reading_of(item), said.of(item.name)
            entries.append(entry_of(item, outcome, reading, shared, others=digest))
            for name in outputs_of(item.name, reading.format):
                (out / name).parent.mkdir(exist_ok=True)
                (out / name).touch()
        ledger.record(entries)
        write_index(out, ledger)


def peak() -> float:
    """The most MB that this process held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def steps(texts: Path, out: Path) -> tuple[dict[str, float], dict[str, float]]:
    """CPU seconds of each step of a run in which nothing has changed, and MB of the process without the page and with it."""
    seconds: dict[str, float] = {}

    @contextmanager
    def timed(what: str) -> Iterator[None]:
        began = process_time()
        yield
        seconds[what] = process_time() - began

    collect_seldom()  # as the program does
    spec = RunSpec(OPTIONS, RunSettings())
    with timed("find the texts"):
        inputs = discover([texts], out)
    with timed("read the ledger"):
        known(out)
    with timed("look for what to count"):
        count = Count(inputs, out, OPTIONS)
    with timed("gather the evidence"):
        said = count.said(count.gathered())
    with timed("plan"):
        plan = planned(inputs, out, spec, said.of, count.sums.of)
    if plan.due or len(plan.kept) != len(inputs):
        raise SystemExit(f"{len(plan.due)} are to be done again: {plan.due[0][1]}")
    memory = {"memory": peak()}
    with opened(out) as ledger, timed("write the page of all"):
        write_index(out, ledger)
    return seconds, memory | {"memory with the page": peak()}


def main(sizes: list[int]) -> None:
    nothing: dict[str, float] = {}
    for many in (1, *sizes):
        with tempfile.TemporaryDirectory() as scratch:
            given, out = Path(scratch, "texts"), Path(scratch, "out")
            given.mkdir()
            texts(given, many)
            fresh = multiprocessing.get_context("spawn")
            with fresh.Pool(1, maxtasksperchild=1) as pool:
                pool.apply(pretend, (given, out))
                found, memory = pool.apply(steps, (given, out))
            if many == 1:
                nothing = memory
                continue
            sizes_of = {name: (out / name).stat().st_size for name in (LEDGER, INDEX)}
        print(f"{many:,} documents")
        for what, seconds in (*found.items(), ("in all", sum(found.values()))):
            print(f"  {what:24}{seconds:8.2f} s {seconds / many * 1e6:8.0f} µs a document")
        for what, most in memory.items():
            held = most - nothing[what]
            print(f"  {what:24}{held:8.0f} MB{held / many * 1e6:8.0f} bytes a document")
        for name, size in sizes_of.items():
            print(f"  {name:24}{size / 1e6:8.1f} MB{size / many:8.0f} bytes a document")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
