"""The Prefect server that a run brings along: the first in a home, beside others, and when it is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from mtclean.trouble import Exit
from tests.conftest import clean_environment, free_port
from tests.flows.conftest import CLI, without_progress
from tests.patience import Watch, comes

TEXT = "The talks went well.Both sides agreed on what was to be done in the next year.\n\n"
NOTICED = 15.0
"""Seconds from the server's end to the run's; Prefect asks again for two minutes."""


def begun(texts: Path, out: Path, home: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*CLI, "run", str(texts), "--output", str(out), "--no-grammar", "--workers", "1", *more],
        env=clean_environment(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_three_first_runs_at_once(tmp_path: Path) -> None:
    """In a home where Prefect's database has yet to be made."""
    (tmp_path / "one.txt").write_text(TEXT)
    runs = [begun(tmp_path / "one.txt", tmp_path / f"out{n}", tmp_path / "home") for n in range(3)]
    for run in runs:
        said = without_progress(run.communicate()[1])
        assert (run.returncode, said) == (Exit.OK, "")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that nobody writes to")
@pytest.mark.parametrize("home", ["file/below", "/sys"])
@pytest.mark.parametrize("command", [["run", "one.txt", "--no-grammar"]])
def test_a_home_that_cannot_be_written_to_is_one_line(
    home: str, command: list[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "one.txt").write_text(TEXT)
    done = subprocess.run(
        [*CLI, *command],
        cwd=tmp_path, env=clean_environment(tmp_path / home), capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = without_progress(done.stderr)
    assert done.returncode == Exit.NO_SERVER, said
    assert said.count("\n") == 1, said
    assert "cannot be written to" in said


def test_a_server_that_ends_in_the_middle_ends_the_run(tmp_path: Path) -> None:
    """Soon, with a line and a code; what was finished is kept."""
    texts, out = tmp_path / "texts", tmp_path / "out"
    texts.mkdir()
    for number in range(60):
        (texts / f"{number:02}.txt").write_text(TEXT * 400)
    (texts / "00.txt").write_text(TEXT)
    run = begun(texts, out, tmp_path / "home")

    def begins() -> bool:
        assert run.poll() is None, run.communicate()
        return (out / ".mtclean.lock").exists()

    assert comes(begins)
    server_of(run).kill()
    watch = Watch()
    said = without_progress(run.communicate()[1])
    assert watch.seconds < NOTICED
    assert run.returncode == Exit.NO_SERVER
    assert said.count("\n") == 1, said
    assert "Prefect's server ended in the middle of the run" in said
    again = begun(texts, out, tmp_path / "home")
    said = without_progress(again.communicate()[1])
    assert (again.returncode, said) == (0, "")
    assert len(list(out.glob("*.report.html"))) == 60


def test_what_can_no_longer_be_told_to_a_server_is_not_told_to_the_user(tmp_path: Path) -> None:
    """A run says in a line that its server is gone; Prefect says it for each of its services."""
    program = (
        "from mtclean.flows.settings import set_ours; set_ours(silent=True)\n"
        "from prefect.events import emit_event\n"
        "from prefect.events.worker import EventsWorker\n"
        "from prefect.logging.configuration import setup_logging\n"
        "setup_logging()  # as a flow does\n"
        "emit_event('kept', {'prefect.resource.id': 'text'})\n"
        "EventsWorker.drain_all()\n"
        "EventsWorker.instance()._logger.warning('Still processing items: 2 items remaining...')\n"
    )
    nobody = clean_environment(tmp_path, PREFECT_API_URL=f"http://127.0.0.1:{free_port()}/api")
    done = subprocess.run(
        [sys.executable, "-c", program], env=nobody, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""


def server_of(run: subprocess.Popen[str]) -> psutil.Process:
    """The process that is Prefect's server, below the supervisor that keeps it."""
    (server,) = (
        below
        for below in psutil.Process(run.pid).children(recursive=True)
        if "mtclean.flows.prefect_server" in " ".join(below.cmdline()) and not below.children()
    )
    return server
