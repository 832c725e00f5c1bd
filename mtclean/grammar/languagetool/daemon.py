"""A server kept alive between runs, for those who asked for it: ``mtclean server start``.

A keeper, a process of its own, holds a :class:`~mtclean.grammar.languagetool.server.Server` and writes down in the
cache folder where it answers.  Whoever finds that note proves it before any text is sent: the Java
of that process id must be this user's, must have started at the noted moment and must itself listen
on the noted ports.  The keeper starts Java anew when it dies, and leaves an hour after the last use.

Run as ``python -m mtclean.grammar.languagetool.daemon``.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from mtclean.file_lock import lock
from mtclean.grammar.errors import GrammarUnavailable
from mtclean.grammar.languagetool.install import CACHE_VARIABLE, cache_folder, install, log_folder
from mtclean.grammar.languagetool.process import put
from mtclean.grammar.languagetool.server import START_DEADLINE, Running, Server, healthy

UNUSED = 3600.0
"""Seconds without a run after which the keeper leaves."""

_TAKEN = 75  # EX_TEMPFAIL of sysexits.h: another keeper runs
_LOOK_EVERY = 0.2  # seconds
_PATIENCE = 10.0  # seconds a keeper gets to leave; it needs a tenth of one


@dataclass(frozen=True, slots=True)
class Note:
    """What the keeper wrote down: the process ids of both, when Java started, and where it is."""

    keeper: int
    java: int
    started: float
    url: str
    words_url: str
    version: str
    identity: str = ""
    """What its answers depend on (:func:`~mtclean.grammar.languagetool.server.identity_of`)."""

    @property
    def is_true(self) -> bool:
        """Whether that very Java runs, is ours, and listens where the note says."""
        ports = {urlsplit(url).port for url in (self.url, self.words_url)}
        with suppress(psutil.Error):
            java = psutil.Process(self.java)
            if java.create_time() != self.started or java.username() != psutil.Process().username():
                return False
            sockets = java.net_connections("tcp")
            return ports <= {s.laddr[1] for s in sockets if s.status == psutil.CONN_LISTEN}
        return False


def running() -> Note | None:
    """The note of a kept server that runs and is ours, or None.  Takes some milliseconds."""
    note = _read()
    return note if note is not None and note.is_true else None


def start() -> Note:
    """Start a keeper unless one runs; return when its server is warm.

    Raises :class:`GrammarUnavailable`.
    """
    there = running()
    if there is not None:
        return there
    cache = install().folder.parent
    if not os.access(cache, os.W_OK):
        raise GrammarUnavailable(
            f"A server cannot be kept running, for {cache} cannot be written to. "
            f"Set {CACHE_VARIABLE} to a folder you may write to."
        )
    keeper = _keeper()
    deadline = time.monotonic() + START_DEADLINE
    while time.monotonic() < deadline:
        ended = keeper.poll()  # looked at first: it may leave for there is a server now
        there = running()
        if there is not None:
            return there
        time.sleep(_LOOK_EVERY)
        if ended == _TAKEN:  # somebody else starts one just now, or ends one
            keeper = _keeper()
        elif ended is not None:
            break
    with suppress(OSError):
        keeper.terminate()
    raise GrammarUnavailable(
        f"The server did not start; {log_folder() / 'languagetool.log'} may say why."
    )


def _keeper() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", __name__],
        cwd=Path(__file__).parents[3],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def stop() -> bool:
    """End the keeper and its Java; whether there was one."""
    note = _read()
    if note is None or not (note.is_true or _is_keeper(note)):
        return False
    with suppress(psutil.Error):
        keeper = psutil.Process(note.keeper)
        keeper.terminate()
        keeper.wait(_PATIENCE)
    _path().unlink(missing_ok=True)
    return True


class Daemon:
    """The kept server as an engine; one of our own where its keeper has left."""

    def __init__(self, note: Note) -> None:
        self._note: Note | None = note
        self._running = _running(note)
        self._identity = _identity(note)
        self._own: Server | None = None
        self._lock = threading.Lock()

    @property
    def identity(self) -> str:
        """What the keeper wrote down, or that of our own."""
        with self._lock:
            return self._own.identity if self._own is not None else self._identity

    def start(self) -> None:
        """It runs already."""
        with suppress(OSError):
            os.utime(_path())  # used now

    def wait_ready(self) -> Running:
        """The kept server, waited for while its keeper starts it anew."""
        with self._lock:
            if self._own is None and self._note is None:
                self._find_again()
            return self._own.wait_ready() if self._own is not None else self._running

    def after_stall(self, running: Running) -> None:
        """Kill Java; its keeper starts it anew."""
        with self._lock:
            if self._own is not None:
                self._own.after_stall(running)
            elif running is self._running and self._note is not None:
                if self._note.is_true:
                    with suppress(psutil.Error):
                        psutil.Process(self._note.java).kill()
                self._note = None

    def after_loss(self, running: Running) -> None:
        """Look for the new one if *running* is dead."""
        if not healthy(running.url):
            self.after_stall(running)

    def close(self) -> None:
        """Leave it running, but for one of our own."""
        with self._lock:
            if self._own is not None:
                self._own.close()

    def _find_again(self) -> None:
        deadline = time.monotonic() + START_DEADLINE
        while time.monotonic() < deadline:
            written = _read()
            if written is None or not _is_keeper(written):
                break
            if written.is_true:
                self._note, self._running = written, _running(written)
                self._identity = _identity(written)
                return
            time.sleep(_LOOK_EVERY)
        self._own = Server(install())


def _identity(note: Note) -> str:
    """What its answers depend on; of the keeper of an older mtclean, which does not say, this start of Java."""
    return note.identity or f"{note.java} {note.started}"


def _running(note: Note) -> Running:
    return Running(note.url, note.version, note.java, note.words_url)


def _path() -> Path:
    return cache_folder() / "server.json"


def _read() -> Note | None:
    try:
        return Note(**json.loads(_path().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _is_keeper(note: Note) -> bool:
    """Whether the process that wrote *note* still runs."""
    with suppress(psutil.Error):
        return __name__ in psutil.Process(note.keeper).cmdline()
    return False


def _write(running: Running, identity: str) -> Note:
    assert running.pid is not None
    note = Note(
        os.getpid(),
        running.pid,
        psutil.Process(running.pid).create_time(),
        running.url,
        running.words_url,
        running.version,
        identity,
    )
    put(_path(), json.dumps(asdict(note)).encode())
    return note


def _keep() -> int:
    """Hold a server until told to stop, or unused for an hour; return the exit status."""
    with (cache_folder() / "keeper.lock").open("a", encoding="utf-8") as only:
        try:
            lock(only)
        except OSError:
            return _TAKEN
        _keep_alone()
    return 0


def _keep_alone() -> None:
    leaving = threading.Event()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: leaving.set())
    server = Server(install())
    try:
        running = server.wait_ready()
        note = _write(running, server.identity)
        while not leaving.wait(_LOOK_EVERY):
            if _read() != note or time.time() - _path().stat().st_mtime > UNUSED:
                break  # the cache was emptied, or nobody came
            if not note.is_true:
                server.after_stall(running)
                running = server.wait_ready()
                note = _write(running, server.identity)
    finally:
        server.close()
        written = _read()
        if written is not None and written.keeper == os.getpid():
            _path().unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(_keep())
