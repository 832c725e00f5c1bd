"""The Prefect server of one run answers that run, and nobody else on the machine or in a browser."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import psutil
import pytest
import websockets.sync.client
from websockets.exceptions import WebSocketException

from mtclean.flows.embedded import EmbeddedServer, nothing_names_a_server
from tests.conftest import clean_environment
from tests.flows.conftest import CLI, STAGES
from tests.patience import PATIENCE


@pytest.fixture(scope="module")
def server(prefect_home: Path) -> Iterator[EmbeddedServer]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in clean_environment(prefect_home).items():
            patch.setenv(name, value)
        running = EmbeddedServer()
    with running:
        running.wait_ready()
        yield running


def test_it_does_what_its_own_run_asks(server: EmbeddedServer) -> None:
    assert server.wait_written(uuid4(), 0)


@pytest.fixture
def stranger(server: EmbeddedServer) -> Iterator[httpx.Client]:
    """Who asks the server without knowing what the run knows."""
    with httpx.Client(base_url=server.url, trust_env=False, timeout=PATIENCE) as client:
        yield client


@pytest.mark.parametrize("path", ["flow_runs/filter", "task_runs/count", "variables/filter"])
def test_it_tells_nobody_else_anything(stranger: httpx.Client, path: str) -> None:
    assert stranger.post(path, json={}).status_code == 401


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example"])
def test_it_is_no_other_host(stranger: httpx.Client, host: str) -> None:
    assert stranger.get("health", headers={"Host": host}).status_code == 400


def test_a_page_elsewhere_may_not_ask_it(stranger: httpx.Client) -> None:
    asked = {
        "Origin": "https://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    for method in ("GET", "OPTIONS"):
        answer = stranger.request(method, "health", headers=asked)
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["events/in", "events/out", "logs/out"])
def test_no_stranger_listens_to_events_or_sends_them(server: EmbeddedServer, path: str) -> None:
    url = f"{server.url.replace('http', 'ws', 1)}/{path}"
    with pytest.raises(WebSocketException):
        _speak_to(url)


def _speak_to(url: str) -> None:
    with websockets.sync.client.connect(url, proxy=None, open_timeout=PATIENCE) as socket:
        socket.send("{}")
        socket.recv(PATIENCE)


def test_what_lets_one_in_is_on_no_command_line(server: EmbeddedServer) -> None:
    started = psutil.Process(server._supervisor.pid)
    words = [word for each in (started, *started.children(True)) for word in each.cmdline()]
    assert words
    assert not any(server._secret in word for word in words)


def test_it_is_told_how_every_stage_ended(
    tmp_path: Path, samples: Path, prefect_home: Path
) -> None:
    command = [*CLI, "run", str(samples), "--output", str(tmp_path / "told"), "--no-grammar"]
    subprocess.run(command, env=clean_environment(prefect_home), check=True, capture_output=True)
    with sqlite3.connect(os.fspath(prefect_home / "prefect.db")) as database:
        ended = database.execute(
            "select task_run.name, task_run.state_type from task_run join flow_run on flow_run.id = flow_run_id "
            "where flow_run.name like '%told'"
        ).fetchall()
    assert {(name.rsplit("-", 1)[0], state) for name, state in ended} == {
        (stage, "COMPLETED") for stage in STAGES
    }


@pytest.mark.parametrize(
    ("file", "text", "is_quiet"),
    [
        ("pyproject.toml", "[project]\nname = 'a'\n", True),
        ("pyproject.toml", "[tool.prefect.api]\nurl = 'http://a.example/api'\n", False),
        ("prefect.toml", "[api]\nurl = 'http://a.example/api'\n", False),
        (".env", "PREFECT_API_URL=http://a.example/api\n", False),
        ("home/profiles.toml", "[profiles.a]\nPREFECT_API_URL = 'http://a.example/api'\n", False),
        ("home/profiles.toml", "active = 'a'\n[profiles.a]\n", True),
    ],
)
def test_it_may_start_early_where_nothing_speaks_of_another(
    file: str, text: str, is_quiet: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.delenv("PREFECT_API_AUTH_STRING", raising=False)
    (tmp_path / "home").mkdir()
    (tmp_path / file).write_text(text)
    assert nothing_names_a_server() is is_quiet
    monkeypatch.setenv("PREFECT_API_URL", "http://a.example/api")
    assert not nothing_names_a_server()


def test_a_database_with_prefects_last_migration_is_left_as_it_is(tmp_path: Path) -> None:
    program = (
        "from mtclean.flows.prefect_server import _is_up_to_date, migrate; "
        "before = _is_up_to_date(); migrate(); print(before, _is_up_to_date())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=clean_environment(tmp_path / "home"), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["False", "True"]
