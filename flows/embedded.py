"""A Prefect server for one run, where none is configured.  It answers to this run alone.

Prefect would start one by itself, but only when the flow is called, so that everything else waits
for it, and it would outlive a run that is killed, and end before it had written down what the run
did.  This one starts beside LanguageTool, ends with the run in whatever way that ends, and is
given time to write.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from uuid import UUID

import httpx

from mtclean import supervisor
from mtclean.flows import prefect_server
from mtclean.grammar.languagetool.install import cache_folder
from mtclean.pipeline.config import check_server_of_prefect, settings_of_prefect
from mtclean.pipeline.settings import ConfigError
from mtclean.trouble import Exit, Trouble
from mtclean.workers.interruption import Lost, check_stop, give_up

START_DEADLINE = 300.0
"""Seconds until the server answers: 4 on an idle machine, 35 the first time (measured), and as much
for each run that makes the database first.  For one that hangs; one that ends is noticed at once."""

WRITE_DEADLINE = 20.0
"""Seconds the server gets to write down the end of every task run."""

LAST_WORDS = 5.0
"""Seconds Prefect gets to tell its server what it still has to tell."""

_PROGRAM = (
    "import sys; port, sys.path[:] = int(sys.argv[1]), sys.argv[2:]; "
    "from mtclean.flows.prefect_server import main; main(port)"
)
_POLL = 0.1
_FINAL = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


class NoServer(Trouble):
    """Prefect's server does not answer; the text says what to do."""

    exit = Exit.NO_SERVER


@contextmanager
def answering() -> Iterator[None]:
    """Raises :class:`NoServer` where Prefect's server does not answer the run inside."""
    from prefect.settings import get_current_settings

    try:
        yield
    except Exception as error:
        cause: BaseException | None = error
        while cause and not isinstance(cause, httpx.TransportError):
            cause = cause.__cause__ or cause.__context__
        if cause is None:
            raise
        raise NoServer(
            f"Prefect's server at {get_current_settings().api.url} does not answer: start it with "
            "`prefect server start`, or unset PREFECT_API_URL, and a run brings its own"
        ) from error


class EmbeddedServer:
    """Prefect's server as a child process, starting from the moment this is made.

    As a context manager it is the server of the flows called inside.
    """

    def __init__(self) -> None:
        port = _free_port()
        self.url = f"http://{prefect_server.HOST}:{port}/api"
        self._secret = f"mtclean:{secrets.token_urlsafe(32)}"
        log = cache_folder() / "prefect.log"
        with suppress(OSError):  # no log, then
            log.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-c", _PROGRAM, str(port), *sys.path]
        ours = {
            "PREFECT_UI_ENABLED": "0",
            "PREFECT__SERVER_EPHEMERAL": "1",
            # A run needs no block: to register them loads every package that has some, Dask among them.
            "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "0",
            "PREFECT_SERVER_MEMOIZE_BLOCK_AUTO_REGISTRATION": "0",
            # Pages in a browser may not ask it anything, nor may others on this machine.
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": self.url.removesuffix("/api"),
            "PREFECT_SERVER_API_AUTH_STRING": self._secret,
            "PREFECT_API_AUTH_STRING": self._secret,
        }
        self._supervisor = subprocess.Popen(
            [sys.executable, "-I", "-S", supervisor.__file__, str(log), *command],
            env={**os.environ, **ours},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the run, which then closes the pipe
        )
        self._log = log
        self._closing = False
        self._settings = ExitStack()

    def wait_ready(self) -> None:
        """Block until the server answers.

        Raises :class:`NoServer` where it does not, and
        :class:`mtclean.workers.interruption.Stopped` when the run is to stop.
        """
        deadline = time.monotonic() + START_DEADLINE
        with self._client() as client:
            while self._supervisor.poll() is None and time.monotonic() < deadline:
                check_stop()
                with suppress(httpx.HTTPError):
                    if client.get(f"{self.url}/health").status_code == httpx.codes.OK:
                        threading.Thread(target=self._watch, daemon=True).start()
                        return
                time.sleep(_POLL)
        raise NoServer(f"Prefect's server did not start; its log is {self._log}")

    def _watch(self) -> None:
        """Give the run up when the server ends before it: Prefect would ask again for minutes."""
        self._supervisor.wait()
        if not self._closing:
            give_up(
                Lost(f"Prefect's server ended in the middle of the run; its log is {self._log}")
            )

    def wait_written(self, flow_run: UUID | None, task_runs: int) -> bool:
        """Wait until the database has the end of all *task_runs* of *flow_run*; whether it has.

        Prefect reports them in the background, and the server writes them in batches.
        """
        ended = {
            "flow_runs": {"id": {"any_": [str(flow_run)]}},
            "task_runs": {"state": {"type": {"any_": _FINAL}}},
        }
        deadline = time.monotonic() + WRITE_DEADLINE
        with self._client() as client, suppress(httpx.HTTPError):
            while time.monotonic() < deadline:
                count = client.post(f"{self.url}/task_runs/count", json=ended)
                if count.is_success and count.json() >= task_runs:
                    return True
                time.sleep(_POLL)
        return False

    def _client(self) -> httpx.Client:
        """What the run itself asks the server with; no proxy has any business with that.

        A server on a busy machine takes its time: one late answer is no lost server.
        """
        user, _, password = self._secret.partition(":")
        return httpx.Client(auth=(user, password), trust_env=False, timeout=WRITE_DEADLINE)

    def __enter__(self) -> EmbeddedServer:
        from prefect.settings import (
            PREFECT_API_AUTH_STRING,
            PREFECT_API_URL,
            PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
            temporary_settings,
        )

        ours = {
            PREFECT_API_URL: self.url,
            PREFECT_API_AUTH_STRING: self._secret,
            # Nobody listens, and each flow would wait for its heart to stop: 1.06 s for .09 (measured).
            PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
        }
        self._settings.enter_context(temporary_settings(ours))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        from prefect.events.worker import EventsWorker

        EventsWorker.drain_all(timeout=LAST_WORDS)  # it complains of a server that is gone
        self._settings.close()
        self.end()

    def end(self) -> None:
        """End the server, whatever it is doing; more than once does nothing more."""
        self._closing = True
        assert self._supervisor.stdin is not None
        self._supervisor.stdin.close()
        self._supervisor.wait()


def check_home() -> None:
    """Raises :class:`NoServer` where Prefect cannot keep what its own server writes down.

    Call it before Prefect is imported, which complains at length, and again where no server is
    configured: one that is needs a home only to be read.
    """
    home = Path(os.environ.get("PREFECT_HOME") or "~/.prefect").expanduser()
    try:
        home.mkdir(parents=True, exist_ok=True)
        if "prefect" in sys.modules:
            from prefect.settings import get_current_settings

            home = get_current_settings().home
            tempfile.TemporaryFile(dir=home).close()
    except OSError as error:
        raise NoServer(
            f"Prefect keeps its records in {home}, which cannot be written to: {error.strerror}; "
            "set PREFECT_HOME to a folder that can"
        ) from error


def server_configured() -> bool:
    """Whether the user has a Prefect server, by the environment or a profile of Prefect's.

    Raises :class:`mtclean.pipeline.config.ConfigError` where a file that lies in the working folder may have
    named one on another machine: it would be told of every document.
    """
    if os.environ.get("PREFECT_API_URL"):
        return True
    from prefect.settings import get_current_settings

    url = get_current_settings().api.url
    if url:
        check_server_of_prefect(url, Path.cwd())
    return bool(url)


def nothing_names_a_server() -> bool:
    """Whether nothing that Prefect would read so much as speaks of a server: then ours may start while Prefect is loaded here.

    Prefect alone knows (:func:`server_configured`), and takes a second to say it.
    """
    if any(name.startswith("PREFECT_API") for name in os.environ):
        return False
    home = Path(os.environ.get("PREFECT_HOME") or "~/.prefect").expanduser()
    profiles = Path(os.environ.get("PREFECT_PROFILES_PATH") or home / "profiles.toml")
    try:
        told = profiles.exists() and "PREFECT_API" in profiles.read_text(encoding="utf-8")
        return not told and not any(settings_of_prefect(Path.cwd()))
    except (OSError, ValueError, ConfigError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((prefect_server.HOST, 0))
        port: int = probe.getsockname()[1]
        return port
