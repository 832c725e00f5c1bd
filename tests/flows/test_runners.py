"""Whatever works on the documents, the same comes out: processes, threads, Dask here and elsewhere."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from mtclean.documents import Input
from mtclean.pipeline.batch import batches
from mtclean.pipeline.options import Options
from tests.conftest import ROOT, clean_environment, free_port
from tests.flows.conftest import CLI, Finished, tree, without_progress
from tests.patience import comes

Run = Callable[..., Finished]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Copies of the samples, enough for two of whatever works on them."""
    folder = tmp_path / "texts"
    for number in range(4):
        shutil.copytree(ROOT / "input", folder / str(number))
    return folder


@pytest.mark.parametrize("runner", ["threads", "dask"])
def test_every_runner_writes_the_same_bytes(
    run: Run, texts: Path, tmp_path: Path, runner: str
) -> None:
    """Whatever else is going on here: the port that Dask likes best may be taken."""
    with_processes = run(texts, "--output", tmp_path / "first", "--no-grammar")
    with socket.socket() as taken:
        with suppress(OSError):  # somebody else has it: as good
            taken.bind(("", 8787))
            taken.listen()
        done = run(
            texts,
            "--output",
            tmp_path / "other",
            "--no-grammar",
            "--workers",
            2,
            "--runner",
            runner,
        )
    assert (done.returncode, without_progress(done.stderr)) == (0, ""), done.stderr
    assert done.stdout.replace("/other", "/first") == with_processes.stdout
    assert tree(tmp_path / "other") == tree(tmp_path / "first")


def test_a_dask_cluster_of_the_users(
    run: Run, texts: Path, tmp_path: Path, prefect_home: Path, prefect_api: str
) -> None:
    """Two workers, each with a LanguageTool of its own, which is gone when the run is."""
    here = run(texts, "--output", tmp_path / "here")
    assert here.returncode == 0, here.stderr
    environment = clean_environment(prefect_home, PREFECT_API_URL=prefect_api)
    with cluster(environment, 2) as (address, workers), most_javas(workers) as javas:
        done = run(
            texts, "--output", tmp_path / "there", "--runner", "dask", "--scheduler", address
        )
        assert done.returncode == 0, done.stderr
        assert javas() == [1, 1]
        assert [java_below(worker) for worker in workers] == [0, 0]
    assert tree(tmp_path / "there") == tree(tmp_path / "here")


@contextmanager
def cluster(
    environment: dict[str, str], size: int
) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A Dask scheduler and *size* workers, as a user starts them."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    worker = ["worker", address, "--nthreads", "1", "--no-dashboard"]
    with ExitStack() as stack:
        started = []
        for what in (scheduler, *[worker] * size):
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *what],
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            started.append(process)
        wait_for(port, started[0])
        yield address, started[1:]


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    def listens() -> bool:
        assert process.poll() is None, "the Dask scheduler ended"
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    assert comes(listens)


def java_below(process: subprocess.Popen[bytes]) -> int:
    children = psutil.Process(process.pid).children(recursive=True)
    return sum(child.name() == "java" for child in children if child.is_running())


@contextmanager
def most_javas(workers: list[subprocess.Popen[bytes]]) -> Iterator[Callable[[], list[int]]]:
    """The most Java processes each worker had at once, looked at ten times a second."""
    most = [0] * len(workers)
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.1):
            for at, worker in enumerate(workers):
                try:
                    most[at] = max(most[at], java_below(worker))
                except psutil.Error:
                    continue

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield lambda: most
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--runner", "threads", "--deadline", "5"], "nothing can stop a thread"),
        (["--scheduler", "tcp://127.0.0.1:9"], "a scheduler is for the runner dask"),
        (["--runner", "dask", "--scheduler", "tcp://127.0.0.1:9"], "PREFECT_API_URL"),
    ],
)
def test_what_does_not_go_together_is_said(given: list[str], said: str, tmp_path: Path) -> None:
    environment = clean_environment(tmp_path)
    done = subprocess.run(
        [*CLI, "run", *given], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_scheduler_that_is_not_there(run: Run, texts: Path, tmp_path: Path) -> None:
    given = ("--runner", "dask", "--scheduler", "tcp://127.0.0.1:9")
    done = run(texts, "--output", tmp_path / "out", *given)
    assert done.returncode == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr


def test_batches_are_of_like_size(tmp_path: Path) -> None:
    """However many fit into one, by their number or by their bytes."""
    assert [len(group) for group in batches(texts_of(tmp_path, [9] * 700), Options())] == [350, 350]
    split = batches(texts_of(tmp_path, [60_000] * 6 + [2_000_000] + [9]), Options())
    assert [len(group) for group in split] == [4, 3, 1]


@pytest.mark.parametrize("places", [1, 3])
def test_no_documents_are_no_batches(places: int) -> None:
    assert list(batches([], Options(), places)) == []


def test_each_worker_gets_as_many_batches(tmp_path: Path) -> None:
    inputs = texts_of(tmp_path, [4000] + [1000] * 9)
    assert [len(group) for group in batches(inputs, Options())] == [10]
    split = list(batches(inputs, Options(), 3))
    assert [item for group in split for item in group] == inputs
    assert [len(group) for group in split] == [2, 4, 4]


def texts_of(folder: Path, sizes: Sequence[int]) -> list[Input]:
    """Documents of so many bytes each."""
    paths = [folder / f"{number}.txt" for number in range(len(sizes))]
    for path, size in zip(paths, sizes, strict=True):
        path.write_text("x" * size)
    return [Input(path, path.stem) for path in paths]
