"""One Java process with LanguageTool in it: how it is told, started under its supervisor, watched and ended."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

import psutil

from mtclean import supervisor

CHECKS_AT_ONCE = min(4, os.cpu_count() or 1)
"""Requests the server works on at the same time, and LanguageTool pipelines it keeps."""

JAVA_OPTIONS = (
    "-Xmx1g",
    # Two cores, 70 translated news texts, second round: serial 34,900 chars/s in 440 MB, parallel
    # 32,200 in 665, G1 32,100 in 701.  The first compiler alone (TieredStopAtLevel=1) halves it.
    "-XX:+UseSerialGC",
    # In the first 260,000 characters half of the processor's time is the second compiler's.  It waits
    # four times as long as by default and inlines less: 59 and 63 s of the processor per million
    # characters for 77 and 78, in the second round 35 for 40 and 47.
    "-XX:Tier4InvocationThreshold=20000",
    "-XX:Tier4MinInvocationThreshold=2400",
    "-XX:Tier4CompileThreshold=60000",
    "-XX:Tier4BackEdgeThreshold=160000",
    "-XX:MaxInlineLevel=6",
    "-XX:InlineSmallCode=1200",
    "-Djava.awt.headless=true",
    # Without it the JDK's server waits for the peer's delayed ACK on a kept connection: 27,600.
    "-Dsun.net.httpserver.nodelay=true",
)

_KEPT = {"pipelineCaching": "true"}  # keep what was built for a language: the largest gain of all
TEXTS = _KEPT | {
    "maxPipelinePoolSize": str(CHECKS_AT_ONCE),
    "maxCheckThreads": str(CHECKS_AT_ONCE),
    "maxSpellingSuggestions": "-1",
}
WORDS = _KEPT | {"maxPipelinePoolSize": "1", "maxCheckThreads": "1"}

POLL = 0.05  # seconds between two looks at a starting server
_PATIENCE = 5.0  # seconds a supervisor gets to kill its Java; it needs a few hundredths


class Java:
    """One Java process under its supervisor, from start to death."""

    def __init__(
        self, java: Path, classpath: Sequence[Path], log: Path, options: Sequence[str] = ()
    ) -> None:
        """Start *java*, with *options* beside :data:`JAVA_OPTIONS`; what it says goes to the file *log*."""
        log.parent.mkdir(parents=True, exist_ok=True)
        self._ports = _free_ports(2)
        self.url, self.words_url = (f"http://127.0.0.1:{port}/" for port in self._ports)
        self._settings = [_settings_file(log.parent, door) for door in (TEXTS, WORDS)]
        temporary = f"-Djava.io.tmpdir={supervisor.TEMPORARY}"
        jars = os.pathsep.join(map(str, classpath))
        command = [str(java), *JAVA_OPTIONS, temporary, *options, "-cp", jars]
        doors = [str(x) for door in zip(self._ports, self._settings, strict=True) for x in door]
        self._supervisor = subprocess.Popen(
            [sys.executable, "-I", "-S", supervisor.__file__, str(log), *command, "Doors", *doors],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the parent, which then closes the pipe
        )
        assert self._supervisor.stdout is not None
        self.pid = int(self._supervisor.stdout.readline())

    def alive(self) -> bool:
        """Whether Java runs; its supervisor leaves with it."""
        return self._supervisor.poll() is None

    def listening(self, deadline: float) -> bool:
        """Wait until this very process, and no other, listens on its ports."""
        while self.alive() and time.monotonic() < deadline:
            with suppress(psutil.Error):
                sockets = psutil.Process(self.pid).net_connections("tcp")
                open_ports = {s.laddr[1] for s in sockets if s.status == psutil.CONN_LISTEN}
                if open_ports.issuperset(self._ports):
                    return True
            time.sleep(POLL)
        return False

    def end(self, patience: float) -> bool:
        """Have Java end in good order; whether it did within *patience* seconds."""
        with suppress(OSError):
            os.kill(self.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._supervisor.wait(patience)
        return not self.alive()

    def kill(self) -> None:
        """End Java and return when it is dead."""
        assert self._supervisor.stdin is not None
        assert self._supervisor.stdout is not None
        with suppress(OSError):
            self._supervisor.stdin.close()
        try:
            self._supervisor.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._supervisor.kill()
            with suppress(psutil.Error):
                psutil.Process(self.pid).kill()
            self._supervisor.wait()
        self._supervisor.stdout.close()


def _settings_file(folder: Path, settings: Mapping[str, str]) -> Path:
    """LanguageTool's own settings, which it takes from a file only, named by what is in it.

    So every server of every release of mtclean finds the file it wrote, whoever starts beside it.
    """
    content = "".join(f"{key}={value}\n" for key, value in settings.items()).encode("ascii")
    file = folder / f"languagetool-{hashlib.sha256(content).hexdigest()[:12]}.properties"
    if not file.exists():
        put(file, content)
    return file


def put(file: Path, content: bytes) -> None:
    """Write *file*, readable by this user only; it is seen complete or not at all."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as written:
        written.write(content)
    Path(name).replace(file)


def _free_ports(count: int) -> list[int]:
    """That many ports, no two the same: all are held until the last is found."""
    with ExitStack() as probes:
        held = [probes.enter_context(socket.socket()) for _ in range(count)]
        for probe in held:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in held]
