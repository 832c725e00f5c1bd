"""The state every run ends in: whoever starts it, and whatever there is to do.

A run may be a call from Python, a part of a user's own flow, or due on a schedule; there may be
nothing to do, or nothing that can be done.  None of it is told by a traceback.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from mtclean.cli import _code
from mtclean.documents import locked
from mtclean.trouble import Exit
from tests.conftest import ROOT, clean_environment
from tests.flows.conftest import Finished, serving
from tests.patience import PATIENCE, comes

Parameters = dict[str, Any]
Run = Callable[..., Finished]
State = tuple[str, str, str]
"""Its type, its name and what it says."""

FROM_PYTHON = """
import json, sys
from mtclean.flows.clean import clean
for given in json.load(sys.stdin):
    state = clean(**given, return_state=True)
    try:
        said = clean(**given).in_words
    except Exception as error:
        said = type(error).__name__
    print(json.dumps([state.type.value, state.name, state.message, said]))
"""

IN_A_FLOW = """
import json, sys
from prefect import flow
from mtclean.flows.clean import clean

@flow
def of_the_users(given):
    state = clean(**given, return_state=True)
    return [state.type.value, state.name, state.message]

for given in json.load(sys.stdin):
    print(json.dumps(of_the_users(given)))
"""


class Situation:
    """A folder of texts and one for the outputs, and what the run of one into the other is to say."""

    def __init__(self, room: Path) -> None:
        self.texts = room / "texts"
        self.out = room / "out"
        self.texts.mkdir(parents=True)
        self.parameters: Parameters = {
            "paths": [str(self.texts)],
            "output": str(self.out),
            "grammar": False,
            "workers": 1,
            "settled": 0,  # said, or a scheduled run takes what its deployment was served with
        }

    def with_text(self, name: str = "one.txt") -> Situation:
        (self.texts / name).write_text("The talks went well.Both sides agreed.\n")
        return self

    def watched(self) -> Situation:
        self.parameters["settled"] = 5
        return self

    def cleaned(self) -> Situation:
        arguments = ["clean", str(self.texts / "one.txt"), "--output", str(self.out)]
        assert _code([*arguments, "--no-grammar"]) == Exit.OK
        return self

    def failing(self) -> Situation:
        (self.texts / "broken.txt").write_bytes(b"\xff\xfeA\0B")
        return self

    def given(self, **parameters: object) -> Situation:
        self.parameters |= parameters
        return self


COMPLETED = ("COMPLETED", "Completed")
SITUATIONS: dict[str, tuple[Callable[[Situation], Situation], tuple[str, str], str]] = {
    "an empty watched folder": (lambda s: s.watched(), COMPLETED, "0 cleaned, 0 unchanged"),
    "one new": (lambda s: s.with_text(), COMPLETED, "1 cleaned"),
    "nothing new": (lambda s: s.with_text().cleaned(), COMPLETED, "0 cleaned, 1 unchanged"),
    "all failing": (
        lambda s: s.failing(),
        ("COMPLETED", "Completed with failures"),
        "0 cleaned, 0 unchanged, 0 skipped, 1 failed",
    ),
    "another run writes": (lambda s: s.with_text(), ("FAILED", "FolderBusy"), "writes to"),
    "no folder": (
        lambda s: s.with_text().given(output=str(s.texts / "one.txt")),
        ("FAILED", "FolderUnusable"),
        "cannot be written to",
    ),
    "the folder of the texts": (
        lambda s: s.with_text().given(output=str(s.texts)),
        ("FAILED", "WouldOverwrite"),
        "choose another",
    ),
    "no text": (lambda s: s, ("FAILED", "NothingToDo"), "there is no text"),
    "no such folder": (
        lambda s: s.watched().given(paths=[str(s.texts / "missing")]),
        ("FAILED", "NothingToDo"),
        "does not exist",
    ),
    "a profile that is none": (
        lambda s: s.with_text().given(profile="strict"),
        ("FAILED", "ConfigError"),
        "there is no profile",
    ),
    "a runner that is none": (
        lambda s: s.with_text().given(runner="bicycles"),
        ("FAILED", "ConfigError"),
        "none of processes, threads, dask",
    ),
    "no worker": (
        lambda s: s.with_text().given(workers=-1),
        ("FAILED", "ConfigError"),
        "at least 1",
    ),
    "no time": (
        lambda s: s.with_text().given(deadline=-1),
        ("FAILED", "ConfigError"),
        "more than 0",
    ),
    "a path that is no list": (
        lambda s: s.with_text().given(paths=str(s.texts)),
        ("FAILED", "ConfigError"),
        "not a list",
    ),
    "no Dask": (
        lambda s: s.with_text().given(runner="dask"),
        ("FAILED", "NoDask"),
        "pip install",
    ),
}
ON_SCHEDULE = (*list(SITUATIONS)[:5], "a profile that is none")
"""What a scheduled run is tried with, at some five seconds each; the flow is the same."""


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Callable[[str], Parameters]]:
    """The parameters of a run in the situation of that name."""
    with ExitStack() as stack:

        def make(name: str) -> Parameters:
            number = list(SITUATIONS).index(name)
            situation = SITUATIONS[name][0](Situation(tmp_path / f"{number}"))
            if name == "another run writes":
                stack.enter_context(locked(situation.out))
            return situation.parameters

        yield make


def as_promised(name: str, state: State) -> None:
    _, type_and_name, says = SITUATIONS[name]
    assert state[:2] == type_and_name, (name, state)
    assert says in state[2], (name, state)


@pytest.mark.parametrize("program", [FROM_PYTHON, IN_A_FLOW], ids=["from Python", "in a flow"])
def test_a_call_ends_in_a_state_of_that_name(
    program: str, made: Callable[[str], Parameters], prefect_home: Path, prefect_api: str
) -> None:
    without_dask = "import sys; sys.modules['prefect_dask'] = None\n"  # however it is installed
    at_once = (  # each flow would wait a second for its heart to stop
        "from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings\n"
        "no_heart = temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})\n"
        "no_heart.__enter__()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", without_dask + at_once + program],
        input=json.dumps([made(name) for name in SITUATIONS]),
        env=clean_environment(prefect_home, PREFECT_API_URL=prefect_api),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    for name, line in zip(SITUATIONS, done.stdout.splitlines(), strict=True):
        type_, state, message, *said = json.loads(line)
        as_promised(name, (type_, state, message))
        if said:
            again = "0 cleaned" if type_ == "COMPLETED" else state
            assert said[0].startswith(again), (name, said)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("another run writes", Exit.BUSY),
        ("no folder", Exit.NO_OUTPUT),
        ("the folder of the texts", Exit.USAGE),
        ("no text", Exit.USAGE),
        ("a profile that is none", Exit.USAGE),
        ("no Dask", Exit.USAGE),
    ],
)
def test_the_command_line_says_it_in_one_line(
    name: str, code: Exit, made: Callable[[str], Parameters], run: Run, tmp_path: Path
) -> None:
    """Wherever it is met: before the flow, in it, or where it asks for a library that is missing."""
    (tmp_path / "missing").mkdir()
    (tmp_path / "missing" / "prefect_dask.py").write_text("raise ImportError")
    given = made(name)
    more = [f"--{option}={given[option]}" for option in ("profile", "runner") if option in given]
    arguments = [*given["paths"], "--output", given["output"], "--no-grammar", *more]
    done = run(*arguments, PYTHONPATH=f"{tmp_path / 'missing'}{os.pathsep}{ROOT}")
    assert done.returncode == code, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert SITUATIONS[name][2] in done.stderr


def test_a_scheduled_run_ends_in_a_state_of_that_name(
    made: Callable[[str], Parameters], prefect_home: Path, prefect_api: str, tmp_path: Path
) -> None:
    first = made(ON_SCHEDULE[0])
    log = tmp_path / "log"
    with serving(first, prefect_home, prefect_api, log) as deployment:
        for name in ON_SCHEDULE:
            given = first if name == ON_SCHEDULE[0] else made(name)
            as_promised(name, ran(prefect_api, deployment, given))
        assert "Traceback" not in log.read_text()  # Prefect prints one when it is stopped at work


def ran(api: str, deployment: str, parameters: Parameters) -> State:
    """The state that a run with *parameters* ends in."""
    asked = {"parameters": parameters, "state": {"type": "SCHEDULED"}}
    run: dict[str, Any] = {}

    def ended(client: httpx.Client) -> bool:
        if run:
            answer = client.get(f"/flow_runs/{run['id']}")
        else:
            answer = client.post(f"/deployments/{deployment}/create_flow_run", json=asked)
        if answer.is_success:  # a server whose database is busy asks to be asked again
            run.update(answer.json())
        return run.get("state_type") in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")

    with httpx.Client(base_url=api, trust_env=False, timeout=PATIENCE) as client:
        assert comes(partial(ended, client), every=0.2), run
    return run["state_type"], run["state_name"], run["state"]["message"]
