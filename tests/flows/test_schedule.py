"""Schedules, for real: a server, `mtclean schedule`, and runs that appear and finish by themselves."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from flows.outcomes import Exit
from tests.conftest import clean_environment

WITHIN = 90.0  # seconds until a scheduled run has finished on a busy machine


def count(api: str, state: str) -> int:
    """How many of the schedule's runs are in *state*."""
    only = {"deployments": {"name": {"any_": ["clean into nightly"]}}}
    only["flow_runs"] = {"state": {"name": {"any_": [state]}}}
    return int(httpx.post(f"{api}/flow_runs/count", json=only, trust_env=False).json())


def test_a_schedule_cleans_by_itself(
    prefect_home: Path, prefect_api: str, samples: Path, tmp_path: Path
) -> None:
    out = tmp_path / "nightly"
    command = [
        sys.executable,
        "-m",
        "flows.cli",
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
    try:
        deadline = time.monotonic() + WITHIN
        while not count(prefect_api, "Completed"):
            assert time.monotonic() < deadline
            assert server.poll() is None, server.stderr and server.stderr.read()
            time.sleep(1)
        assert count(prefect_api, "Scheduled")
        assert len(list(out.glob("*.report.html"))) == 3
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(30)
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
        [sys.executable, "-m", "flows.cli", "schedule", *arguments],
        env=clean_environment(prefect_home),
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == Exit.USAGE
    assert said in done.stderr
