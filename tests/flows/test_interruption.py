"""A run that is stopped or killed, at any moment: it ends soon, leaves no process and no half, goes on.

Real runs of `mtclean run`, with a Prefect server of their own, in a home of their own.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State, StateType
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Cancelled, Crashed, Running

from mtclean import supervisor
from mtclean.documents import known, this_process
from mtclean.flows.clean import clean
from mtclean.tasks.read import read
from tests.conftest import ROOT, clean_environment
from tests.flows.conftest import Finished, tree, without_progress
from tests.grammar.processes import GONE, ended
from tests.patience import PATIENCE, Watch, comes

SOON = 5.0
"""Seconds within which a signal ends a run."""

pytestmark = pytest.mark.timeout(4 * PATIENCE)

Moment = Callable[[subprocess.Popen[str], Path], bool]
"""Whether a run that writes to a folder has come to it."""

LONG = 12  # copies of the samples' text in a document, so that a run has something to do
DOCUMENTS = 24


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents that take a few seconds."""
    folder = tmp_path_factory.mktemp("texts")
    text = (ROOT / "input" / "river-talks.txt").read_text()
    for number in range(DOCUMENTS):
        (folder / f"{number:03}.txt").write_text(f"Paper {number}.\n\n" + text * LONG)
    return folder


@pytest.fixture(scope="module")
def undisturbed(texts: Path, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run that nobody disturbs writes."""
    out = tmp_path_factory.mktemp("undisturbed")
    assert started(texts, out, home).wait(PATIENCE) == 0
    return out


def started(
    texts: Path, out: Path, home: Path, *more: str, grammar: bool = False, api: str = ""
) -> subprocess.Popen[str]:
    """A run that has begun, with a Prefect server of its own if there is none at *api*."""
    command = [sys.executable, "-m", "mtclean.cli", "run", str(texts), "--output", str(out), *more]
    return subprocess.Popen(
        command if grammar else [*command, "--no-grammar"],
        env=clean_environment(home, **({"PREFECT_API_URL": api} if api else {})), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def starting(process: subprocess.Popen[str], out: Path) -> bool:
    """Python has begun; nothing of ours need be imported yet."""
    return True


def serving(process: subprocess.Popen[str], out: Path) -> bool:
    """Prefect's server is on its way."""
    return any(supervisor.__file__ in child.cmdline() for child in family(process))


def checking(process: subprocess.Popen[str], out: Path) -> bool:
    """LanguageTool is on its way."""
    return any(child.name() == "java" for child in family(process))


def holding(process: subprocess.Popen[str], out: Path) -> bool:
    """The run holds its output folder."""
    lock = out / ".mtclean.lock"
    return lock.exists() and f"process {process.pid} " in lock.read_text()


def writing(process: subprocess.Popen[str], out: Path) -> bool:
    """A document's outputs are there, made by this run."""
    began = psutil.Process(process.pid).create_time()
    return any(path.stat().st_mtime > began for path in out.glob("*.edits.json"))


def come_to(moment: Moment, process: subprocess.Popen[str], out: Path) -> bool:
    """Wait for the moment; whether it came before the run ended."""
    came = False

    def came_or_ended() -> bool:
        nonlocal came
        with suppress(psutil.Error, OSError):  # a child that ends, a file that is replaced
            came = process.poll() is None and moment(process, out)
        return came or process.poll() is not None

    assert comes(came_or_ended), moment.__doc__
    return came


def unfinished(home: Path) -> list[str]:
    """Runs and task runs that Prefect's database does not show as ended."""
    with sqlite3.connect(home / "prefect.db") as database:
        return [
            str(row)
            for table in ("flow_run", "task_run")
            for row in database.execute(
                f"select name, state_type from {table} where state_type in ('RUNNING', 'PENDING', 'CANCELLING')"
            )
        ]


def stopped(process: subprocess.Popen[str], number: signal.Signals) -> tuple[float, int, str]:
    """Send the signal; the seconds until the end by a watch, the exit code and what was said."""
    watch = Watch()
    process.send_signal(number)
    _, said = process.communicate(timeout=PATIENCE)
    return watch.seconds, process.returncode, said


def nothing_left(children: list[psutil.Process]) -> None:
    """All *children* are gone a moment after their parent."""
    assert comes(lambda: all(map(ended, children)), GONE), [
        child.cmdline() for child in children if not ended(child)
    ]


def took(texts: Path, out: Path, home: Path, api: str) -> float:
    """Seconds of a run that nobody disturbs."""
    began = time.monotonic()
    assert started(texts, out, home, "--force", api=api).wait(PATIENCE) == 0
    return time.monotonic() - began


def instants(many: int, seed: int) -> list[float]:
    """Parts of a run after which it is disturbed: the same ones every time."""
    dice = random.Random(seed)
    return [dice.uniform(0.0, 1.0) for _ in range(many)]


def disturb(
    texts: Path,
    out: Path,
    home: Path,
    after: float | Moment,
    number: signal.Signals,
    *,
    grammar: bool = False,
    api: str = "",
) -> None:
    """Stop or kill a run at a moment, or *after* so many seconds, and look at what it leaves."""
    process = started(texts, out, home, "--force", grammar=grammar, api=api)
    if callable(after):
        assert come_to(after, process, out), process.communicate()
    else:
        time.sleep(after)
    if process.poll() is not None:
        process.communicate()
        return
    children = family(process)
    seconds, code, said = stopped(process, number)
    assert seconds < SOON, (after, seconds, said)
    if number is signal.SIGKILL:
        assert code == -number
    elif code not in (0, -number) and not said.endswith("\nKeyboardInterrupt\n"):
        # It had not just finished, and Python itself was no longer starting.
        assert "Traceback" not in said, (after, said)
        assert code == 128 + number, (after, said)
        assert re.match("mtclean: (stopped|interrupted); ", without_progress(said)), (after, said)
    nothing_left(children)


def goes_on(
    texts: Path, out: Path, home: Path, undisturbed: Path | None = None, *, api: str = ""
) -> None:
    """The next run makes what an undisturbed one makes, and nothing seems to be running still."""
    process = started(texts, out, home, api=api)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert undisturbed is None or tree(out) == tree(undisturbed)
    assert not list(out.rglob(".mtclean-*"))


def test_a_run_that_is_disturbed_ends_soon_and_goes_on(
    texts: Path, undisturbed: Path, tmp_path: Path, home: Path
) -> None:
    """While it is imported, while Prefect starts, and while documents are cleaned."""
    for moment, number in (
        (starting, signal.SIGINT),
        (serving, signal.SIGTERM),
        (serving, signal.SIGKILL),
        (holding, signal.SIGINT),
        (writing, signal.SIGKILL),
        (writing, signal.SIGTERM),
    ):
        disturb(texts, tmp_path, home, moment, number)
    goes_on(texts, tmp_path, home, undisturbed)
    assert unfinished(home) == []


@pytest.mark.parametrize(
    ("ended", "tasks"),
    [
        pytest.param(Running(), {StateType.CRASHED}, id="killed"),
        pytest.param(Crashed(), {StateType.CRASHED}, id="stopped"),
        pytest.param(Cancelled(), {StateType.CRASHED, StateType.CANCELLED}, id="cancelled"),
    ],
)
def test_what_a_run_left_unfinished_in_prefect_the_next_one_ends(
    ended: State[None],
    tasks: set[StateType],
    run: Callable[..., Finished],
    prefect_api: str,
    tmp_path: Path,
) -> None:
    """One that is stopped ends before Prefect has written down that its tasks did.

    Those of a run that was cancelled a service of Prefect's ends, too, sooner or later than the next run.
    """
    (tmp_path / "one.txt").write_text("The talks went well.\n")
    with temporary_settings({PREFECT_API_URL: prefect_api}), get_client(sync_client=True) as client:
        gone = psutil.Popen([sys.executable, "-c", ""])
        gone.wait()
        tag = this_process().replace(f"process {os.getpid()} ", f"process {gone.pid} ")
        flow_run = client.create_flow_run(clean, state=Running(), tags=[tag])
        task_run = client.create_task_run(read, flow_run.id, "left", state=Running())
        client.set_flow_run_state(flow_run.id, ended, force=True)
        done = run(tmp_path / "one.txt", "--output", tmp_path / "out", "--no-grammar")
        assert done.returncode == 0, done.stderr
        assert client.read_task_run(task_run.id).state_type in tasks
        left = client.read_flow_run(flow_run.id).state_type
        assert left is (ended.type if ended.is_final() else StateType.CRASHED)


def test_what_a_killed_run_had_finished_is_known(texts: Path, tmp_path: Path, home: Path) -> None:
    """In the middle of its first batch; but for the document that is just being handed over."""
    process = started(texts, tmp_path, home, "--workers", "1")
    several = DOCUMENTS // 4
    assert come_to(lambda _, out: len(list(out.glob("*.diff"))) >= several, process, tmp_path)
    children = family(process)
    stopped(process, signal.SIGKILL)
    nothing_left(children)
    finished = {path.name.removesuffix(".diff") for path in tmp_path.glob("*.diff")}
    assert len(finished) < DOCUMENTS
    missing = finished - set(known(tmp_path))
    assert len(missing) <= 2, sorted(missing)


def test_a_run_with_languagetool_leaves_no_java(texts: Path, tmp_path: Path, home: Path) -> None:
    for moment, number in (
        (checking, signal.SIGTERM),
        (holding, signal.SIGINT),
        (holding, signal.SIGKILL),
    ):
        disturb(texts, tmp_path, home, moment, number, grammar=True)


@pytest.mark.faults
@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize(
    ("number", "many", "seed"),
    [(signal.SIGKILL, 200, 1), (signal.SIGINT, 25, 2), (signal.SIGTERM, 25, 3)],
)
def test_at_any_instant(
    number: signal.Signals,
    many: int,
    seed: int,
    texts: Path,
    undisturbed: Path,
    tmp_path: Path,
    home: Path,
    prefect_api: str,
) -> None:
    """In turn with a Prefect server of its own, which takes seconds to start, and with one at hand."""
    seconds = {api: took(texts, tmp_path, home, api) for api in ("", prefect_api)}
    for at, part in enumerate(instants(many, seed)):
        api = ("", prefect_api)[at % 2]
        disturb(texts, tmp_path, home, part * seconds[api], number, api=api)
        goes_on(texts, tmp_path, home, undisturbed, api=prefect_api)
    disturb(texts, tmp_path, home, 0.1, number)
    started(texts, tmp_path, home, "--force").wait(PATIENCE)
    assert unfinished(home) == []


def side_by_side(
    texts: Path, undisturbed: Path, out: Path, home: Path, api: str, many: int
) -> Counter[int]:
    """Two runs on one folder, again and again; how many ended with which exit code."""
    codes: Counter[int] = Counter()
    for _ in range(many):
        first = started(texts, out, home, "--force", api=api)
        assert come_to(holding, first, out), first.communicate()
        runs = [first, started(texts, out, home, "--force", api=api)]
        for run in runs:
            _, said = run.communicate(timeout=PATIENCE)
            assert run.returncode in (0, 75), said
            if run.returncode:
                assert "writes to" in said
                assert without_progress(said).count("\n") == 1, said
            codes[run.returncode] += 1
        assert any(run.returncode == 0 for run in runs)
        assert tree(out) == tree(undisturbed)
    return codes


def test_two_runs_on_one_folder(
    texts: Path, undisturbed: Path, tmp_path: Path, prefect_home: Path, prefect_api: str
) -> None:
    """The second is told to wait, and nothing is mixed; the first is made to stand still meanwhile."""
    first = started(texts, tmp_path, prefect_home, "--force", api=prefect_api)
    assert come_to(holding, first, tmp_path), first.communicate()
    first.send_signal(signal.SIGSTOP)
    second = started(texts, tmp_path, prefect_home, "--force", api=prefect_api)
    _, said = second.communicate(timeout=PATIENCE)
    first.send_signal(signal.SIGCONT)
    first.communicate(timeout=PATIENCE)
    assert (first.returncode, second.returncode) == (0, 75), said
    assert "writes to" in said
    assert without_progress(said).count("\n") == 1, said
    assert tree(tmp_path) == tree(undisturbed)


@pytest.mark.faults
@pytest.mark.timeout(3600)
def test_two_runs_on_one_folder_again_and_again(
    texts: Path, undisturbed: Path, tmp_path: Path, prefect_home: Path, prefect_api: str
) -> None:
    side_by_side(texts, undisturbed, tmp_path, prefect_home, prefect_api, 50)


@pytest.mark.parametrize("command", [["clean", "--stdout"], ["check"]])
def test_one_document_is_stopped_in_one_line(command: list[str], home: Path) -> None:
    """LanguageTool goes with it, and nothing half checked is printed."""
    text = str(ROOT / "input" / "river-talks.txt")
    for number in (signal.SIGINT, signal.SIGTERM):
        process = subprocess.Popen(
            [sys.executable, "-m", "mtclean.cli", *command, text], env=clean_environment(home),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert come_to(checking, process, ROOT), process.communicate()
        children = family(process)
        process.send_signal(number)
        out, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 128 + number, said
        assert (out, without_progress(said)) == (
            "",
            "mtclean: stopped; run the same command again\n",
        )
        nothing_left(children)
