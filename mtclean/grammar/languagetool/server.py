"""The LanguageTool server: one Java process, started in the background, replaced when it dies.

``start()`` returns at once; ``wait_ready()`` blocks until the server has answered its first check,
which is the slow one (3 s on an idle machine, minutes on a busy one).  Whoever sees the server
fail says so with ``after_stall()`` or ``after_loss()``; of many who do, the first has it replaced.
There are never two: the new one starts when the old one is known to be dead.

The one process has two doors.  Nine tenths of the words LanguageTool does not know in translated
news are names, and half of its time goes into suggestions for them, over and over.  So the first
door, for texts, makes none; the second tells those for the few words somebody will read about.
"""

from __future__ import annotations

import hashlib
import threading
import time
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from mtclean.grammar.errors import CheckError, GrammarUnavailable, LanguageNotInstalled
from mtclean.grammar.languagetool.aot import AotCache, Launch
from mtclean.grammar.languagetool.asking import Asking
from mtclean.grammar.languagetool.install import Installation, log_folder
from mtclean.grammar.languagetool.lockfile import DOORS, VERSION
from mtclean.grammar.languagetool.process import POLL, TEXTS, WORDS, Java

if TYPE_CHECKING:
    import requests

START_DEADLINE = 120.0
"""Seconds a server may take to its first answer: 5 s on an idle machine with two cores, 20 s cold
and busy; the rest is for machines we have not seen."""

_STARTS = 3  # a port can be taken between finding it free and using it, or Java be killed
_ABSENT = 20.0  # seconds somebody else's server may be away before it counts as gone: a restart
_HEALTH_DEADLINE = 3.0  # seconds; a sound server answers in a few ms while it checks


@dataclass(frozen=True, slots=True, eq=False)
class Running:
    """A server that has answered; compared by identity, so it stands for this one start of it.

    ``url`` is its base address, ending in a slash; ``version`` is LanguageTool's; ``pid`` is
    Java's, or None for a server somebody else runs.  ``words_url`` is the base address to ask for
    suggestions for single words at; it is empty where the server makes them for whole texts, too.
    """

    url: str
    version: str
    pid: int | None = None
    words_url: str = ""

    @property
    def address(self) -> str:
        """Both addresses as one, for :class:`RemoteServer`: ``url``, and ``words_url`` after #."""
        return f"{self.url}#{self.words_url}" if self.words_url else self.url


class Engine(Protocol):
    """Where checks are sent: a server of our own, or somebody else's."""

    @property
    def identity(self) -> str:
        """What its answers depend on beside what is asked; empty where that cannot be known.

        One that has it has two doors.
        """
        ...

    def start(self) -> None:
        """Begin to start, and return at once."""

    def wait_ready(self) -> Running:
        """Block until checks can be sent.  Raises :class:`GrammarUnavailable`."""
        ...

    def after_stall(self, running: Running) -> None:
        """Do what is needed after *running* was still busy at a deadline.  Returns at once."""

    def after_loss(self, running: Running) -> None:
        """Do what is needed after a connection to *running* broke.

        Raises :class:`GrammarUnavailable` where there is no use in trying again.
        """

    def close(self) -> None:
        """Stop for good."""


class RemoteServer:
    """A LanguageTool server somebody else runs; it is neither started nor replaced."""

    def __init__(self, url: str) -> None:
        """Prepare to use the server at *url*: ``/v2`` may end it, :attr:`Running.address` will do."""
        base, _, self._words_url = url.partition("#")
        self._url = base.rstrip("/").removesuffix("/v2") + "/"
        self._running: Running | None = None
        self._closed = threading.Event()

    @property
    def identity(self) -> str:
        """Unknown: the same version answers otherwise with other data beside it."""
        return ""

    def start(self) -> None:
        """It runs already."""

    def wait_ready(self) -> Running:
        """The server, once it has answered.  Raises :class:`GrammarUnavailable`."""
        if self._running is None:
            version = _version_after_check(self._url, START_DEADLINE)
            if not version:
                raise GrammarUnavailable(
                    f"No LanguageTool answers at {self._url}. Start it there, or leave out "
                    "--languagetool to have mtclean run its own."
                )
            self._running = Running(self._url, version, words_url=self._words_url)
        return self._running

    def after_stall(self, running: Running) -> None:
        """It is not ours to restart."""

    def after_loss(self, running: Running) -> None:
        """Wait until it answers again.

        Raises :class:`GrammarUnavailable` where that takes longer than a restart.
        """
        deadline = time.monotonic() + _ABSENT
        while not healthy(self._url) and time.monotonic() < deadline:
            if self._closed.wait(POLL):
                break
        self._running = None
        self.wait_ready()

    def close(self) -> None:
        """It is not ours to stop."""
        self._closed.set()


class Server:
    """A LanguageTool server of our own.  All methods may be called from any thread."""

    def __init__(
        self,
        installation: Installation,
        *,
        log: Path | None = None,
        start_deadline: float = START_DEADLINE,
        launch: Launch | None = None,
    ) -> None:
        """Prepare a server.

        ``log`` is the file its output goes to (``languagetool.log`` in :func:`log_folder`);
        ``start_deadline`` is in seconds; ``launch`` is what Java is started with, where that is not as quick a
        start as there is.
        """
        self._installation = installation
        self._given = launch
        self._log = log or log_folder() / "languagetool.log"
        self._start_deadline = start_deadline
        self._lock = threading.Lock()
        self._future: Future[Running] | None = None
        self._java: Java | None = None
        self._closed = False

    @property
    def identity(self) -> str:
        """A hash of LanguageTool's jars and the settings they run with."""
        return identity_of(self._installation)

    def start(self) -> None:
        """Begin to start, unless that is done already.  Returns at once."""
        with self._lock:
            if self._future is None:
                self._future = self._launch()

    def wait_ready(self) -> Running:
        """Block until the server has answered its first check.

        Raises :class:`GrammarUnavailable` when it did not within the start deadline.
        """
        self.start()
        assert self._future is not None
        return self._future.result()

    def after_stall(self, running: Running) -> None:
        """Kill *running* and start anew, unless that is done already.  Returns at once.

        A thread of LanguageTool that stalls cannot be stopped alone and keeps a core busy.
        """
        with self._lock:
            future = self._future
            if future is None or not future.done() or future.exception() is not None:
                return
            if future.result() is running and not self._closed:
                self._future = self._launch()

    def after_loss(self, running: Running) -> None:
        """Start anew if *running* is dead; a kept connection may also just have been closed."""
        if not healthy(running.url):
            self.after_stall(running)

    def end(self, patience: float) -> bool:
        """Have Java end in good order, for which it gets *patience* seconds; whether it did."""
        with self._lock:
            self._closed = True
            return self._java is not None and self._java.end(patience)

    def close(self) -> None:
        """Kill the server, whatever it is doing."""
        with self._lock:
            self._closed = True
            self._stop()

    def _launch(self) -> Future[Running]:
        future: Future[Running] = Future()
        threading.Thread(target=self._bring_up, args=(future,), daemon=True).start()
        return future

    def _bring_up(self, future: Future[Running]) -> None:
        try:
            deadline = time.monotonic() + self._start_deadline
            future.set_result(self._first_answer(deadline))
        except Exception as error:
            with self._lock:
                self._stop()
            future.set_exception(error)

    def _first_answer(self, deadline: float) -> Running:
        self._installation.check()
        for _ in range(_STARTS):
            java = self._spawn()
            if java.listening(deadline) and self._answers(java, deadline):
                return Running(java.url, VERSION, java.pid, java.words_url)
            if self._closed:
                raise GrammarUnavailable("LanguageTool was closed while it started.")
            if time.monotonic() >= deadline:
                raise GrammarUnavailable(
                    f"LanguageTool did not answer within {self._start_deadline:.0f} s. Try again "
                    f"when the machine is less busy, or use --no-grammar; its log is {self._log}."
                )
        raise GrammarUnavailable(
            f"LanguageTool was started {_STARTS} times and never got ready. Its log may say why: "
            f"{self._log}. Use --no-grammar to go on without it."
        )

    def _answers(self, java: Java, deadline: float) -> bool:
        """Have the first check made; whether the answer is that of our LanguageTool."""
        version = _version_after_check(java.url, max(1.0, deadline - time.monotonic()))
        return version == VERSION and java.alive()

    def _spawn(self) -> Java:
        with self._lock:
            self._stop()
            if self._closed:
                raise GrammarUnavailable("LanguageTool was closed while it started.")
            try:
                launch = self._given or AotCache(self._installation).launch
                self._java = Java(
                    self._installation.java, launch.classpath, self._log, launch.options
                )
            except (OSError, ValueError) as error:
                raise GrammarUnavailable(
                    f"Java could not be started ({error}). Run `mtclean setup`, or use "
                    "--no-grammar."
                ) from error
            return self._java

    def _stop(self) -> None:
        if self._java is not None:
            self._java.kill()
            self._java = None


def identity_of(installation: Installation) -> str:
    """What the answers of a server of ours depend on beside what is asked, as a hash.

    The jars are those of the lock file: no other runs (:meth:`Installation.check`).
    """
    doors = hashlib.sha256(DOORS.read_bytes()).hexdigest()
    told = [VERSION, *installation.sums, doors, sorted(TEXTS.items()), sorted(WORDS.items())]
    return hashlib.sha256(repr(told).encode("ascii")).hexdigest()


def healthy(url: str) -> bool:
    """Whether a server answers at all."""
    import requests

    with _direct_session() as session, suppress(requests.RequestException):
        return session.get(f"{url}v2/healthcheck", timeout=_HEALTH_DEADLINE).ok
    return False


def _version_after_check(url: str, timeout: float) -> str:
    """Have a check made, and return the LanguageTool version in the answer; empty without one.

    It asks as all others will, so that what the server builds for it serves them, too.  ``timeout``
    is in seconds.
    """
    from mtclean.grammar.languagetool.client import Client

    try:
        with closing(Client(url, Asking("en"), timeout)) as client:
            return client.warm_up()
    except (CheckError, LanguageNotInstalled, KeyError, TypeError):
        return ""


def _direct_session() -> requests.Session:
    """A session that ignores the environment's proxies: they have no business with the text."""
    import requests

    session = requests.Session()
    session.trust_env = False
    return session
