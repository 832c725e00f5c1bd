"""Schedules, for real: a server, `mtclean schedule`, and runs that appear and finish by themselves."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from mtclean.cli import _code
from mtclean.pipeline.folder import decisions_file
from mtclean.review import write
from mtclean.text import Decision, Verdict
from mtclean.trouble import Exit
from tests.conftest import ROOT, SAMPLES, clean_environment
from tests.patience import PATIENCE, comes


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
    command = [
        sys.executable,
        "-m",
        "mtclean.cli",
        "schedule",
        str(samples),
        "--every",
        "10",
        "--no-grammar",
    ]
    server = subprocess.Popen(
        [*command, "--output", str(out)],
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
    ("arguments", "said"),
    [
        ([], "--cron or --every"),
        (["--cron", "0 6 * * *", "--every", "5"], "--cron or --every"),
        (["--every", "5"], "needs a Prefect server"),
    ],
)
def test_a_schedule_says_what_it_needs(
    prefect_home: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mtclean.cli", "schedule", *arguments],
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
