"""What tests share: a real Prefect server of their own, and a folder of samples."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import hypothesis
import pytest

from mtclean.flows import settings
from tests.patience import PATIENCE, comes

ROOT = Path(__file__).parent.parent
LANGUAGETOOL = "LanguageTool"
SAMPLES = sorted(path.name for path in (ROOT / "input").iterdir())
"""Names of the project's sample documents."""

settings.set_ours()  # before a test imports Prefect: nothing is sent anywhere

# On CI a law is tried on the same texts every time: what fails there was broken by the change.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.register_profile("here", deadline=None)  # no test is a stopwatch
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of a file stay together where several processes share them, and all that use LanguageTool.

    Those come first: they are the longest that cannot be shared.
    """
    groups = {
        item: LANGUAGETOOL if "grammar" in getattr(item, "fixturenames", ()) else str(item.path)
        for item in items
    }
    for item, group in groups.items():
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: groups[item] != LANGUAGETOOL)


@pytest.fixture(scope="session", autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What the person who runs the tests has set and keeps for mtclean is neither read nor written."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name))
        patch.setenv("MTCLEAN_ANSWERS", "off")  # LanguageTool itself is asked, every time
        yield home


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """A copy of the project's sample texts."""
    return Path(shutil.copytree(ROOT / "input", tmp_path / "input"))


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Prefect home of the tests' own: nobody's runs are read or written."""
    return tmp_path_factory.mktemp("prefect")


@pytest.fixture(scope="session")
def prefect_api(prefect_home: Path) -> Iterator[str]:
    """The address of a real Prefect server with its scheduler running."""
    with a_server(prefect_home) as (api, _):
        yield api


@contextmanager
def a_server(home: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A real Prefect server with its scheduler, and the address of its API."""
    port = free_port()
    log = home / "server.log"
    environment = clean_environment(home)
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
            env=environment, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
        try:
            _wait_until_healthy(f"http://127.0.0.1:{port}/api/health", server, log)
            yield f"http://127.0.0.1:{port}/api", server
        finally:
            server.terminate()
            try:
                server.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                server.kill()


def free_port() -> int:
    """A port of this machine that nothing answers on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """The environment without any Prefect setting of the person who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {
        **kept,
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PYTHONPATH": str(ROOT),
        **more,
    }


def _wait_until_healthy(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    def healthy() -> bool:
        assert server.poll() is None, log.read_text()
        with suppress(httpx.HTTPError):
            return httpx.get(url, trust_env=False).is_success
        return False

    assert comes(healthy, every=0.3), log.read_text()


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and an own settings file that is not there."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return folder
