"""What tests of flows share: `mtclean run` against the tests' own Prefect server."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import clean_environment
from tests.patience import PATIENCE, comes

Finished = subprocess.CompletedProcess[str]
CLI = [sys.executable, "-m", "mtclean.cli"]
STAGES = {"gather evidence", "read", "normalise", "detect artefacts", "compare", "write"}
"""The task runs of the samples' one batch, by name; without grammar."""

NEVER = "0 0 30 2 *"  # there is no such day: only what a test asks for is run
SERVE = """
import json, sys
from mtclean.flows.schedule import Schedule
Schedule(json.loads(sys.argv[1]), cron=sys.argv[2]).serve()
"""


@pytest.fixture
def run(prefect_home: Path, prefect_api: str) -> Callable[..., Finished]:
    """`mtclean run …` against the tests' Prefect server."""

    def start(*arguments: object, **environment: str) -> Finished:
        variables = clean_environment(
            prefect_home, **{"PREFECT_API_URL": prefect_api, **environment}
        )
        command = [*CLI, "run", *map(str, arguments)]
        done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
        done.stderr = without_progress(done.stderr)
        return done

    return start


def without_progress(log: str) -> str:
    """*log* without the lines that say how far a run has come: on a busy machine there are some."""
    return re.sub(r"^mtclean: .*; \d+ s\n", "", log, flags=re.MULTILINE)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below *folder* that is not mtclean's own, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith((".mtclean.sqlite", ".mtclean.lock"))
    }


@contextmanager
def serving(parameters: Mapping[str, object], home: Path, api: str, log: Path) -> Iterator[str]:
    """The id of a deployment of the flow, ``mtclean/clean into OUTPUT``, that is served meanwhile.

    *parameters* are the flow's; what the process says goes to *log*.
    """
    environment = clean_environment(home, PREFECT_API_URL=api, PREFECT_RUNNER_POLL_FREQUENCY="1")
    name = f"mtclean/clean into {Path(str(parameters['output'])).name}"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-c", SERVE, json.dumps(parameters), NEVER],
            env=environment, stdout=out, stderr=out,
        )  # fmt: skip
    try:
        yield _ready(api, name, server, log)
    finally:
        server.terminate()
        server.wait()


def _ready(api: str, name: str, server: subprocess.Popen[bytes], log: Path) -> str:
    address = f"{api}/deployments/name/{name}"
    found: dict[str, str] = {}

    def ready() -> bool:
        assert server.poll() is None, log.read_text()
        answer = httpx.get(address, trust_env=False, timeout=PATIENCE)
        found.update(answer.json() if answer.is_success else {})
        return found.get("status") == "READY"

    assert comes(ready, every=0.2), log.read_text()
    return found["id"]
