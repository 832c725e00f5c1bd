"""What a batch costs: workers and runners against each other, Prefect's share, a rerun, memory.

    python benchmarks/batch.py [DOCUMENTS]
    python benchmarks/batch.py DOCUMENTS --memory       one run, and only what it holds in memory

Without grammar, because LanguageTool's time is not ours to spread.  Figures are ratios of runs made
one after the other; the load of the machine before and after is printed beside them.  Prefect's
share is what a run takes beyond the same stages of the same batches called as plain functions, the
ledger and the page of all documents included.
"""

from __future__ import annotations

import hashlib
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from mtclean.documents import Input, discover
from mtclean.flows.clean import stages
from mtclean.flows.runners import through
from mtclean.pipeline import steps
from mtclean.pipeline.batch import Batch
from mtclean.pipeline.options import Options
from mtclean.pipeline.resources import resources_for, resources_of
from mtclean.pipeline.settings import RunSettings
from mtclean.pipeline.spec import RunSpec
from mtclean.workers.pool import Job

ROUNDS = 3
SENTENCES = 25  # in a document: about 5,000 characters


def documents(folder: Path, many: int) -> None:
    """Texts of sentences of the samples, each its own."""
    sentences = [
        sentence
        for path in sorted((ROOT / "input").glob("*.txt"))
        for sentence in path.read_text().replace("\n", " ").split(". ")
        if len(sentence) > 20
    ]
    for number in range(many):
        dice = random.Random(number)
        text = ".".join(dice.choice(sentences) + dice.choice([" ", ""]) for _ in range(SENTENCES))
        (folder / f"{number:05}.txt").write_text(text.replace(".", ". ", 40) + ".\n")


def plainly(inputs: list[Input], out: Path, workers: int) -> float:
    """Seconds the same stages of the same batches take as plain functions, workers started."""
    spec = RunSpec(Options(grammar=False), RunSettings(workers=workers))
    functions: Any = [(what, stage.fn) for what, stage in stages(inputs, spec.options)]
    with resources_for(spec):
        pool = resources_of(spec).pool
        list(pool.each([Job(i, 1, steps.begin, inputs[0], spec.options, out) for i in range(9)]))
        began = time.monotonic()
        for _ in through(
            functions, inputs, spec, lambda group: Batch(group, spec, out), lambda *_: None
        ):
            pass
        return time.monotonic() - began


def run(texts: Path, out: Path, *more: str) -> tuple[float, float, list[int]]:
    """Wall seconds, CPU seconds and the MB of all processes of `mtclean run`, five times a second."""
    command = [sys.executable, "-m", "mtclean.cli", "run", str(texts), "--output", str(out), *more]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    process = subprocess.Popen(
        [*command, "--no-grammar"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PREFECT_HOME": str(out.parent / "prefect")},
    )
    with watched(process.pid) as held:
        assert process.wait() == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, cpu, held


@contextmanager
def watched(pid: int) -> Iterator[list[int]]:
    """The memory the process and its children hold together, in MB, looked at every 0.2 s."""
    held: list[int] = []
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.2):
            try:
                process = psutil.Process(pid)
                family = [process, *process.children(recursive=True)]
                held.append(sum(one.memory_info().rss for one in family) // 1_000_000)
            except psutil.Error:
                continue

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield held
    finally:  # a run that failed, too
        done.set()
        thread.join()


def history(home: Path) -> Counter[str]:
    """How many task runs ended in which state, by Prefect's database."""
    with closing(sqlite3.connect(home / "prefect.db")) as database:
        return Counter(row[0] for row in database.execute("select state_name from task_run"))


def digest(folder: Path) -> str:
    """One sum over every output's name and bytes."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("[!.]*")):
        if path.is_file():
            total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()[:16]


def plain_and_whole(inputs: list[Input], texts: Path, few: Path, room: Path) -> list[float]:
    """Seconds for the documents but one: plainly by one worker, by two, and by a run with two.

    Sums of rounds, so that the machine's other work falls on all alike.
    """
    single = discover([few], room / "none")
    sums = [0.0, 0.0, 0.0]
    for number in range(ROUNDS):
        one, two = (
            plainly(inputs, room / f"plain{number}{workers}", workers)
            - plainly(single, room / f"plain{number}{workers}one", workers)
            for workers in (1, 2)
        )
        start, _, _ = run(few, room / "warm", "--force")
        wall, _, _ = run(texts, room / "out2", "--force", "--workers", "2")
        print(f"  without Prefect one worker {one:.1f} s, two {two:.1f} s;", end=" ")
        print(f"mtclean run {wall:.1f} s, of which {start:.1f} s for one document", flush=True)
        sums = [a + b for a, b in zip(sums, (one, two, wall - start), strict=True)]
    return sums


def between_task_runs(home: Path) -> float:
    """Which part of the longest run, from its first task run to its last, none was going on."""
    query = """select sum(julianday(end_time) - julianday(start_time)) as busy,
        julianday(max(end_time)) - julianday(min(start_time)) as whole
        from task_run group by flow_run_id order by whole desc limit 1"""
    with closing(sqlite3.connect(home / "prefect.db")) as database:
        busy, whole = database.execute(query).fetchone()
    return float(1 - busy / whole)


def memory(many: int, room: Path, texts: Path) -> None:
    wall, _, held = run(texts, room / "out")
    quarter = len(held) // 4
    peaks = [max(held[at * quarter : (at + 1) * quarter]) for at in range(4)]
    print(f"{wall:.0f} s; most memory of all processes, quarter by quarter: {peaks} MB")
    print(f"task runs in Prefect's database: {dict(history(room / 'prefect'))}")


def main(many: int, only_memory: bool) -> None:
    room = Path(tempfile.mkdtemp())
    texts, few = room / "texts", room / "few"
    texts.mkdir()
    few.mkdir()
    documents(texts, many)
    documents(few, 1)
    inputs = discover([texts], room / "none")
    print(f"{many} documents, {sum(i.path.stat().st_size for i in inputs) / 1e6:.1f} MB")
    print(f"load before {os.getloadavg()}, {os.cpu_count()} cores")
    if only_memory:
        memory(many, room, texts)
        return
    run(few, room / "warm")  # the first makes Prefect's database
    one, two, whole = plain_and_whole(inputs, texts, few, room)
    print(f"two workers are {one / two:.2f} times one")
    print(f"Prefect's share: {100 * (whole - two) / two:+.1f} % of {two / ROUNDS:.1f} s;", end=" ")
    print(f"between task runs: {100 * between_task_runs(room / 'prefect'):.1f} %")
    start, _, _ = run(few, room / "warm", "--force")
    wall, cpu, held = run(texts, room / "out2", "--force", "--workers", "2")
    print(f"mtclean run: {wall:.1f} s, of which {start:.1f} s for one document; CPU {cpu:.1f} s")
    print(f"most memory, all processes: {max(held)} MB")
    print(f"task runs in Prefect's database: {dict(history(room / 'prefect'))}")
    again, _, _ = run(texts, room / "out2")
    print(f"unchanged rerun: {again:.2f} s, {100 * again / wall:.1f} % of the first")
    for workers in (1, 4):
        run(texts, room / f"out{workers}", "--workers", str(workers))
    for runner in ("threads", "dask"):
        one, _, _ = run(few, room / "warm", "--force", "--runner", runner, "--workers", "2")
        took, _, held = run(texts, room / f"out{runner}", "--runner", runner, "--workers", "2")
        ratio = (took - one) / (wall - start)
        print(f"--runner {runner}: {took:.1f} s, of which {one:.1f} s for one document;", end=" ")
        print(f"its documents take {ratio:.2f} times the processes' time; {max(held)} MB")
    sums = {digest(room / f"out{how}") for how in (1, 2, 4, "threads", "dask")}
    print(f"same bytes for 1, 2 and 4 workers, threads and Dask: {len(sums) == 1}")
    print(f"load after {os.getloadavg()}")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    main(numbers[0] if numbers else 1000, "--memory" in sys.argv)
