"""Schedules, for real: a server, `mtclean schedule`, and runs that appear and finish by themselves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from mtclean.cli import _code
from mtclean.pipeline.folder import decisions_file
from mtclean.review import write
from mtclean.text import Decision, Verdict
from mtclean.trouble import Exit
from tests.conftest import ROOT, SAMPLES, a_server, clean_environment
from tests.flows.conftest import CLI
from tests.patience import PATIENCE, comes

Stop = Callable[[int, int], None]
SCHEDULE = [*CLI, "schedule"]


def count(api: str, state: str, deployment: str = "clean into nightly") -> int:
    """How many of the deployment's runs are in *state*."""
    only = {"deployments": {"name": {"any_": [deployment]}}}
    only["flow_runs"] = {"state": {"name": {"any_": [state]}}}
    answer = httpx.post(f"{api}/flow_runs/count", json=only, trust_env=False, timeout=PATIENCE)
    return int(answer.json())


def test_a_schedule_cleans_by_itself(
    prefect_home: Path, prefect_api: str, samples: Path, tmp_path: Path
) -> None:
    out = tmp_path / "nightly"
    server = subprocess.Popen(
        [*SCHEDULE, str(samples), "--every", "10", "--no-grammar", "--output", str(out)],
        env=clean_environment(prefect_home, PREFECT_API_URL=prefect_api),
        cwd=tmp_path, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip

    def completed() -> int:
        assert server.poll() is None, server.stderr and server.stderr.read()
        return count(prefect_api, "Completed")

    try:
        assert comes(completed, every=1)
        assert count(prefect_api, "Scheduled")
        assert len(list(out.glob("*.report.html"))) == len(SAMPLES)
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()


@pytest.mark.parametrize(
    ("number", "whom"),
    [
        pytest.param(signal.SIGINT, os.killpg, id="ctrl-c-at-a-terminal"),
        pytest.param(signal.SIGINT, os.kill, id="sigint"),
        pytest.param(signal.SIGTERM, os.kill, id="sigterm"),
    ],
)
def test_a_schedule_that_is_stopped_ends_its_run(
    prefect_home: Path, prefect_api: str, tmp_path: Path, number: int, whom: Stop
) -> None:
    """A run that would last for minutes is cancelled, and no other is handed out; without a word of Prefect's."""
    texts, out = tmp_path / "texts", tmp_path / f"{whom.__name__}-{number}"
    texts.mkdir()
    for name in range(400):
        (texts / f"{name}.txt").write_text("One ends here.Another begins , as they do.\n\n" * 200)
    errors = tmp_path / "errors"
    with errors.open("w") as log:
        schedule = subprocess.Popen(
            [*SCHEDULE, str(texts), "--every", "5", "--no-grammar", "--output", str(out)],
            env=clean_environment(prefect_home, PREFECT_API_URL=prefect_api),
            cwd=tmp_path, stderr=log, text=True, start_new_session=True,
        )  # fmt: skip

    def runs(state: str) -> int:
        return count(prefect_api, state, f"clean into {out.name}")

    def at_work() -> int:
        assert schedule.poll() is None, errors.read_text()
        return runs("Running")

    try:
        assert comes(at_work)
        whom(schedule.pid, number)
        assert schedule.wait(PATIENCE) == Exit.OK, errors.read_text()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(schedule.pid, signal.SIGKILL)
    assert "the schedule is paused" in errors.read_text()
    assert "Traceback" not in errors.read_text()
    assert runs("Cancelled")
    assert not runs("Running") + runs("Completed")
    assert _is_paused(prefect_api, f"clean into {out.name}")


def _is_paused(api: str, deployment: str) -> bool:
    address = f"{api}/deployments/name/mtclean/{deployment}"
    answer = httpx.get(address, trust_env=False, timeout=PATIENCE)
    return bool(answer.json()["paused"])


def test_a_schedule_whose_server_is_gone_ends_all_the_same(tmp_path: Path) -> None:
    """Where it cannot say that it pauses it says that, and its run ends with it."""
    home = tmp_path / "home"
    home.mkdir()
    with a_server(home) as (api, server):
        schedule = subprocess.Popen(
            [*SCHEDULE, str(tmp_path), "--every", "3600", "--no-grammar"],
            env=clean_environment(home, PREFECT_API_URL=api),
            cwd=tmp_path, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert comes(lambda: count(api, "Scheduled", "clean into output"))
            os.killpg(server.pid, signal.SIGSTOP)
            schedule.send_signal(signal.SIGINT)
            said = schedule.communicate(timeout=PATIENCE)[1]
        finally:
            os.killpg(server.pid, signal.SIGCONT)
            schedule.kill()
    assert schedule.returncode == Exit.NO_SERVER
    assert "'clean into output' may still be active there" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--cron or --every"),
        (["--cron", "0 6 * * *", "--every", "5"], "--cron or --every"),
        (["--cron", "at six"], "'at six' is no cron expression: give minute"),
        (["--every", "5"], "needs a Prefect server"),
    ],
)
def test_a_schedule_says_what_it_needs(
    prefect_home: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    done = subprocess.run(
        [*SCHEDULE, *arguments],
        env=clean_environment(prefect_home),
        cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == Exit.USAGE
    assert said in done.stderr


def test_the_deployment_runs_on_a_worker(
    prefect_home: Path,
    prefect_api: str,
    samples: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """prefect.yaml and the commands docs/scheduling.md gives, in a checkout of their own.

    What a person decided on a document before the run is honoured by it.
    """
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    for name in ("mtclean", "flows", "tasks", "prefect.yaml"):
        (checkout / name).symlink_to(ROOT / name)
    samples.rename(checkout / "input")
    (checkout / "mtclean.toml").write_text("grammar = false\n")
    monkeypatch.chdir(checkout)
    assert _code(["clean", "input/river-talks.txt"]) == Exit.OK
    record = json.loads(Path("output/river-talks.txt.edits.json").read_text())
    wrong = next(f for f in record["fixes"] if f["rule"] == "missing-space-after-sentence")
    decision = Decision(wrong["id"], Verdict.REJECT, wrong["rule"])
    decisions_file(Path("output"), "river-talks.txt").write_text(
        write("river-talks.txt", [decision])
    )
    environment = clean_environment(
        prefect_home, PREFECT_API_URL=prefect_api, PWD=str(checkout), PYTHONPATH=str(checkout)
    )

    def prefect(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "prefect", "--no-prompt", *arguments],
            env=environment, cwd=checkout, capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    prefect("work-pool", "create", "mtclean", "--type", "process")
    prefect("deploy", "--all")
    prefect("deployment", "run", "mtclean/nightly")
    prefect("worker", "start", "--pool", "mtclean", "--run-once")
    assert (checkout / "output" / "harbour-notice.txt.report.html").is_file()
    record = json.loads(Path("output/river-talks.txt.edits.json").read_text())
    assert [fix["id"] for fix in record["fixes"] if fix["decision"]] == [wrong["id"]]
    assert wrong["id"] not in [fix["id"] for fix in record["fixes"] if fix["applied"]]
    assert count(prefect_api, "Completed", "nightly") == 1
    assert count(prefect_api, "Scheduled", "nightly"), "and the schedule goes on"
