"""What a batch costs: workers against each other, Prefect's share, a rerun, memory.

    python benchmarks/batch.py [DOCUMENTS]

Without grammar, because LanguageTool's time is not ours to spread.  Figures are ratios of runs made
one after the other; the load of the machine before and after is printed beside them.
"""

from __future__ import annotations

import hashlib
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from flows import steps
from flows.crew import Crew, Task
from flows.stages import Options
from tasks.documents import Input, discover

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
    """Seconds the stages take without Prefect, workers started."""
    crew = Crew(workers)
    list(
        crew.each(
            [Task(i, 1, steps.begin, inputs[0], Options(grammar=False), out) for i in range(9)]
        )
    )
    began = time.monotonic()
    for at in range(0, len(inputs), 200):
        group = inputs[at : at + 200]
        begun = dict(
            crew.each([Task(i, 1, steps.begin, i, Options(grammar=False), out) for i in group])
        )
        parcels = {item: one.parcel for item, one in begun.items()}
        parcels = dict(crew.each([Task(i, 1, steps.normalise, p) for i, p in parcels.items()]))
        asking = dict(crew.each([Task(i, 1, steps.detect, p) for i, p in parcels.items()]))
        list(crew.each([Task(i, 1, steps.write, a.parcel, out) for i, a in asking.items()]))
    seconds = time.monotonic() - began
    crew.close()
    return seconds


def run(texts: Path, out: Path, *more: str) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds and the peak MB of all processes of `mtclean run`."""
    command = [sys.executable, "-m", "flows.cli", "run", str(texts), "--output", str(out), *more]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    process = subprocess.Popen([*command, "--no-grammar"], cwd=ROOT, stdout=subprocess.DEVNULL)
    with watched(process.pid) as peak:
        assert process.wait() == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, cpu, peak()


@contextmanager
def watched(pid: int) -> Iterator[Callable[[], int]]:
    """The most memory the process and its children held together, in MB, looked at every 0.2 s."""
    most, done = 0, threading.Event()

    def look() -> None:
        nonlocal most
        while not done.wait(0.2):
            try:
                process = psutil.Process(pid)
                family = [process, *process.children(recursive=True)]
                most = max(most, sum(one.memory_info().rss for one in family))
            except psutil.Error:
                continue

    thread = threading.Thread(target=look)
    thread.start()
    yield lambda: most // 1_000_000
    done.set()
    thread.join()


def digest(folder: Path) -> str:
    """One sum over every output's name and bytes."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("[!.]*")):
        if path.is_file():
            total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()[:16]


def main(many: int) -> None:
    room = Path(tempfile.mkdtemp())
    texts, few = room / "texts", room / "few"
    texts.mkdir()
    few.mkdir()
    documents(texts, many)
    documents(few, 1)
    inputs = discover([texts], room / "none")
    print(f"{many} documents, {sum(i.path.stat().st_size for i in inputs) / 1e6:.1f} MB")
    print(f"load before {os.getloadavg()}, {os.cpu_count()} cores")
    first: list[float] = []
    for workers in (1, 2, 1, 2):
        first.append(plainly(inputs, room / f"plain{workers}", workers))
        print(f"  {workers} worker(s), no Prefect: {first[-1]:.1f} s")
    print(f"two workers are {(first[0] + first[2]) / (first[1] + first[3]):.2f} times one")
    start, _, _ = run(few, room / "warm", "--force")
    start, _, _ = run(few, room / "warm", "--force")
    wall, cpu, peak = run(texts, room / "out2", "--workers", "2")
    plain = (first[1] + first[3]) / 2
    print(f"mtclean run: {wall:.1f} s, of which {start:.1f} s for one document; CPU {cpu:.1f} s")
    print(f"Prefect's share: {100 * (wall - start - plain) / plain:+.1f} % of {plain:.1f} s")
    print(f"most memory, all processes: {peak} MB")
    again, _, _ = run(texts, room / "out2")
    print(f"unchanged rerun: {again:.2f} s, {100 * again / wall:.1f} % of the first")
    for workers in (1, 4):
        run(texts, room / f"out{workers}", "--workers", str(workers))
    sums = {digest(room / f"out{workers}") for workers in (1, 2, 4)}
    print(f"same bytes for 1, 2 and 4 workers: {len(sums) == 1}")
    print(f"load after {os.getloadavg()}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
