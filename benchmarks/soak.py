"""A watched folder for half an hour, with everything happening to it that happens to folders.

    python benchmarks/soak.py [--minutes 30] [--every 20]

A real Prefect server, `mtclean schedule INBOX --every 20` with a LanguageTool of its own, and in the
meantime: texts come, change and go; the folder is emptied; another run holds the outputs; a text and
then the whole folder cannot be read; LanguageTool is killed twice, Prefect's server restarted once.

Every event is told as it happens, every run with its state and message as it ends, and every ten
seconds the processes and the memory of the scheduler are noted.  At the end: exit code 1 where a run
failed without saying why, an output is missing or is not what `mtclean clean` makes of the same text,
or the scheduler holds more processes or memory at the end than at the beginning.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mtclean.documents import FolderBusy, locked
from tests.conftest import clean_environment

SAMPLE_EVERY = 10.0  # seconds
GROWTH = 1.25  # times the memory of the first third that the last may have
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
# What a run may end as, and words its message must have to say why.
NAMED = {"FAILED": ("writes to", "cannot be"), "CRASHED": ("its process ended",)}
# Prefect's engine says so on the terminal alone, where its server was away when the run began.
AWAY = "Failed to reach API"
SENTENCES = (
    "The harbour was closed on Monday.The ships waited outside.",
    "He go home every day and nobody know why.",
    "“We shall see ,” said the mayor of Tarn , “what comes of it.”",
    "The familly of the pilot has lived there for ninety years.",
    "Nothing else was heard from the island that week.",
)


@dataclass
class Sample:
    """What the scheduler held at one moment: seconds since the start, processes, bytes."""

    at: float
    processes: int
    memory: int


@dataclass
class Soak:
    """The folder under test, its servers, and all that was seen."""

    base: Path
    every: int
    began: float = field(default_factory=time.monotonic)
    samples: list[Sample] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    states: Counter[str] = field(default_factory=Counter)
    restarts: int = 0
    crashes: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(17))

    def __post_init__(self) -> None:
        self.inbox, self.done = self.base / "inbox", self.base / "done"
        self.inbox.mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.api = f"http://127.0.0.1:{self.port}/api"
        self.environment = clean_environment(self.base / "prefect", PREFECT_API_URL=self.api)
        self.server = self.serve()
        self.schedule = self.scheduled()

    def say(self, what: str) -> None:
        """Tell what happens, with the minute it happens in."""
        print(f"{(time.monotonic() - self.began) / 60:5.1f} min  {what}", flush=True)

    def serve(self) -> subprocess.Popen[bytes]:
        """Prefect's server, once it answers."""
        command = ["-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port"]
        with (self.base / "server.log").open("ab") as log:
            server = subprocess.Popen(
                [sys.executable, *command, str(self.port)],
                env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        while server.poll() is None:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{self.api}/health", trust_env=False).status_code == httpx.codes.OK:
                    return server
            time.sleep(0.3)
        raise SystemExit((self.base / "server.log").read_text())

    def scheduled(self) -> psutil.Popen:
        """`mtclean schedule`; without root's right to read what nobody may read."""
        bound = "--bounding-set=-dac_override,-dac_read_search"
        humbly = ["setpriv", bound] if os.geteuid() == 0 and shutil.which("setpriv") else []
        command = ["-m", "mtclean.cli", "schedule", str(self.inbox), "--output", str(self.done)]
        with (self.base / "schedule.log").open("ab") as log:
            return psutil.Popen(
                [*humbly, sys.executable, *command, "--every", str(self.every)],
                env=self.environment, cwd=self.base, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def text(self) -> str:
        """A text nobody has seen before, with something for every stage."""
        some = self.chance.choices(SENTENCES, k=self.chance.randint(5, 40))
        return f"Paper {self.chance.randrange(10**9)}.\n\n" + "\n\n".join(some) + "\n"

    def put(self, count: int) -> None:
        """New texts."""
        for _ in range(count):
            name = f"paper-{len(list(self.inbox.iterdir())):03}-{self.chance.randrange(1000)}.txt"
            (self.inbox / name).write_text(self.text(), encoding="utf-8")

    def change(self) -> None:
        """Every fourth text gets a paragraph more."""
        for path in sorted(self.inbox.glob("*.txt"))[::4]:
            with path.open("a", encoding="utf-8") as file:
                file.write("\n" + self.text())

    def empty(self) -> None:
        """All texts go."""
        for path in self.inbox.glob("*.txt"):
            path.unlink()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another run holds the outputs, from when the one at work is done."""
        with ExitStack() as stack:
            while True:
                try:
                    stack.enter_context(locked(self.done))
                    break
                except FolderBusy:
                    self.rest(0.2)
            yield

    @contextmanager
    def closed(self, path: Path) -> Iterator[None]:
        """*path* cannot be read."""
        mode = path.stat().st_mode
        path.chmod(0)
        try:
            yield
        finally:
            path.chmod(mode)

    def kill_java(self) -> None:
        """Kill LanguageTool as soon as there is one."""
        while True:
            for child in self._children():
                with suppress(psutil.Error):
                    if child.name() == "java":
                        child.kill()
                        return
            self.rest(0.2)

    def restart(self) -> None:
        """End Prefect's server as a service manager does, and start it again."""
        self.restarts += 1
        self.server.send_signal(signal.SIGTERM)
        self.server.wait()
        self.server = self.serve()

    def rest(self, seconds: float) -> None:
        """Let things go on, and look at what ends and at what the scheduler holds."""
        until = time.monotonic() + seconds
        while True:
            self._tell_runs()
            if self.schedule.poll() is not None:
                raise SystemExit((self.base / "schedule.log").read_text())
            at = time.monotonic() - self.began
            if not self.samples or at - self.samples[-1].at >= SAMPLE_EVERY:
                self.samples.append(self._sample(at))
            left = until - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(1.0, left))

    def finish(self) -> None:
        """Wait until a run that began after now has ended, and look at everything."""
        before = sum(self.states.values())
        while sum(self.states.values()) < before + 3:
            self.rest(1)
        self.schedule.send_signal(signal.SIGINT)
        self.schedule.wait()
        self._compare()
        self._is_flat("processes", [float(s.processes) for s in self.samples])
        self._is_flat("memory", [float(s.memory) for s in self.samples])

    def close(self) -> None:
        """End what still runs."""
        for process in (self.schedule, self.server):
            if process.poll() is None:
                process.kill()

    def _children(self) -> list[psutil.Process]:
        with suppress(psutil.Error):
            return self.schedule.children(recursive=True)
        return []

    def _sample(self, at: float) -> Sample:
        """The scheduler itself and what it holds between runs; a run is a process of its own."""
        return Sample(at, len(self._children()), self.schedule.memory_info().rss)

    def _tell_runs(self) -> None:
        ended = {"flow_runs": {"state": {"type": {"any_": list(ENDED)}}}, "limit": 200}
        ended["sort"] = "END_TIME_DESC"
        try:
            runs = httpx.post(f"{self.api}/flow_runs/filter", json=ended, trust_env=False).json()
        except (httpx.HTTPError, ValueError):
            return  # while it is restarted
        for run in sorted(runs, key=lambda run: run["end_time"] or ""):
            if run["id"] in self.told:
                continue
            self.told.add(run["id"])
            state = run["state"]
            self.states[state["name"]] += 1
            self.say(f"  run: {state['name']}: {(state['message'] or '')[:150]}")
            if not self._is_named(state["type"], state["message"] or ""):
                self.troubles.append(f"run {run['name']}: {state['name']}: {state['message']}")

    def _is_named(self, kind: str, message: str) -> bool:
        """Whether a run that ended so said why; of Prefect's own crashes one for each restart may."""
        if kind not in NAMED or any(word in message for word in NAMED[kind]):
            return True
        self.crashes += 1
        said = (self.base / "schedule.log").read_text(encoding="utf-8").count(AWAY)
        return self.crashes <= self.restarts and said > 0

    def _compare(self) -> None:
        """Every text has its outputs, and they are what it gives on its own."""
        fresh = self.base / "fresh"
        command = ["-m", "mtclean.cli", "run", str(self.inbox), "--output", str(fresh)]
        subprocess.run([sys.executable, *command], env=self.environment, cwd=self.base, check=True)
        for path in self.inbox.glob("*.txt"):
            made, again = self.done / path.name, fresh / path.name
            if not made.exists():
                self.troubles.append(f"{path.name} has no output")
            elif made.read_bytes() != again.read_bytes():
                self.troubles.append(f"{path.name}: its output is of another text")

    def _is_flat(self, what: str, values: list[float]) -> None:
        third = max(1, len(values) // 3)
        first, last = statistics.median(values[:third]), statistics.median(values[-third:])
        self.say(f"{what}: {first:,.0f} in the first third, {last:,.0f} in the last")
        if last > first * GROWTH + 1:
            self.troubles.append(f"{what} grew from {first:,.0f} to {last:,.0f}")


def everything_that_happens(soak: Soak, seconds: float) -> None:
    """The events in order; each part of the time is a fifteenth of all."""
    part = seconds / 15

    def happen(what: str, event: Callable[[], object], parts: float) -> None:
        soak.say(what)
        event()
        soak.rest(parts * part)

    happen("an empty folder", lambda: None, 1)
    happen("30 texts come", lambda: soak.put(30), 2)
    happen("some change", soak.change, 1)
    happen("5 texts come, and LanguageTool is to be killed", lambda: soak.put(5), 0)
    happen("LanguageTool was killed", soak.kill_java, 2)
    soak.say("another run holds the outputs")
    with soak.locked():
        happen("2 texts come", lambda: soak.put(2), 1)
    soak.say("a text cannot be read")
    with soak.closed(min(soak.inbox.glob("*.txt"))):
        happen("some change", soak.change, 1)
    happen("it can be read again; the folder is emptied", soak.empty, 1)
    happen("20 texts come", lambda: soak.put(20), 1)
    happen("Prefect's server is restarted", soak.restart, 2)
    happen("5 texts come, and LanguageTool is to be killed", lambda: soak.put(5), 0)
    happen("LanguageTool was killed", soak.kill_java, 1)
    soak.say("the folder cannot be read")
    with soak.closed(soak.inbox):
        soak.rest(part)
    happen("it can be read again; some change", soak.change, 1)


def main() -> int:
    """Soak, and say what was wrong."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    ask.add_argument("--minutes", type=float, default=30)
    ask.add_argument("--every", type=int, default=20, help="seconds between two runs")
    given = ask.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
    with tempfile.TemporaryDirectory() as base:
        soak = Soak(Path(base), given.every)
        try:
            everything_that_happens(soak, given.minutes * 60)
            soak.finish()
        finally:
            soak.close()
    print("runs: " + ", ".join(f"{count} {state}" for state, count in soak.states.most_common()))
    for trouble in soak.troubles:
        print(f"TROUBLE {trouble}")
    return 1 if soak.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
