"""Measure the grammar stage beside LanguageTool in a Java of its own without a server: what is there to win at most.

    python benchmarks/grammar_limit.py FOLDER_OR_JSONL… [--documents N] [--rounds N]

Both check the same pieces of the same documents in as many threads, without spelling suggestions and without the rules mtclean does not ask for,
in slices in turn, after a first sentence.  The first round is the first pass of both; in the later ones both are warm.  The other side is LanguageTool alone (``Limit.java``,
compiled here): without HTTP, JSON and Python, but also without our own Java and without what one learnt before.
Printed for each round: characters a second of the clock and of the processor, and the ratios, ours to the limit.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil

from benchmarks.grammar import documents, javas
from mtclean.grammar import Grammar, Installation, install
from mtclean.grammar.chunks import BETWEEN, chunks, together
from mtclean.grammar.languagetool.aot import AotCache
from mtclean.grammar.languagetool.process import CHECKS_AT_ONCE, JAVA_OPTIONS
from mtclean.grammar.languagetool.relock import compile_java
from mtclean.grammar.languagetool.server import Server
from mtclean.grammar.tables import unwanted

SLICE = 20_000  # characters


class Work(Protocol):
    """Check one slice; how many matches there are."""

    def __call__(self, pieces: list[str]) -> int: ...


class Side:
    """One of the two, its Java and its seconds."""

    def __init__(self, name: str, work: Work, java: psutil.Process) -> None:
        self.name = name
        self._work = work
        self._java = java
        self.forget()

    def forget(self) -> None:
        """Begin a round."""
        self.seconds = self.processor = 0.0
        self.matches = 0

    def work(self, pieces: list[str]) -> None:
        """Check one slice."""
        began, used = time.perf_counter(), self._used()
        self.matches += self._work(pieces)
        self.seconds += time.perf_counter() - began
        self.processor += self._used() - used

    def _used(self) -> float:
        java = self._java.cpu_times()
        return time.process_time() + java.user + java.system


@contextmanager
def limit(there: Installation) -> Iterator[tuple[Work, psutil.Process]]:
    """LanguageTool in a loop in a Java of its own, and that Java."""
    rules, categories = unwanted()
    with tempfile.TemporaryDirectory() as folder:
        classes = Path(folder)
        compile_java([Path(__file__).with_name("Limit.java")], there.jars, classes)
        classpath = ":".join(map(str, (classes, *there.jars)))
        command = [str(there.java), *JAVA_OPTIONS, "-cp", classpath, "Limit", str(CHECKS_AT_ONCE)]
        java = subprocess.Popen(
            [*command, ",".join(rules), ",".join(categories)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert java.stdin is not None
        assert java.stdout is not None
        told, said, texts = java.stdin, java.stdout, classes / "texts"

        def work(pieces: list[str]) -> int:
            texts.write_text("\0".join(pieces), encoding="utf-8")
            print(texts, file=told, flush=True)
            return int(said.readline())

        try:
            yield work, psutil.Process(java.pid)
        finally:
            java.kill()
            java.wait()


def slices_of(texts: list[str]) -> list[list[str]]:
    """What is sent with one request, in slices that both check in turn."""
    slices: list[list[str]] = [[]]
    passages = (text[slice(*span)] for text in texts for span in chunks(text))
    for request in together(passages):
        slices[-1].append(BETWEEN.join(request))
        if sum(map(len, slices[-1])) > SLICE:
            slices.append([])
    return [some for some in slices if some]


def measure(sides: list[Side], slices: list[list[str]], rounds: int) -> None:
    """Have both check all slices, round by round, and print the figures."""
    size = sum(len(piece) for some in slices for piece in some)
    for number in range(1, rounds + 1):
        for side in sides:
            side.forget()
        for i, some in enumerate(slices):
            for side in sides if i % 2 else sides[::-1]:
                side.work(some)
        print(f"round {number}")
        for side in sides:
            print(
                f"  {side.name:10} {size / side.seconds:9,.0f} characters/s"
                f" {size / side.processor:9,.0f} a second of the processor  {side.matches:,} matches"
            )
        ours, theirs = sides
        clock, processor = theirs.seconds / ours.seconds, theirs.processor / ours.processor
        print(f"  {'ratio':10} {clock:9.2f} {processor:22.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", type=Path, nargs="+")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    there = install()
    slices = slices_of(documents(asked.sources, asked.documents))
    learnt = "begins with" if AotCache(there).is_there else "begins without"
    print(f"{sum(map(len, slices)):,} pieces; ours {learnt} what a Java learnt before")
    with Grammar(engine=Server(there)) as grammar, ThreadPoolExecutor(CHECKS_AT_ONCE) as pool:
        grammar.check("It is.", "en-US")
        [our_java] = javas()

        def ours(pieces: list[str]) -> int:
            return sum(
                len(found.matches)
                for found in pool.map(lambda p: grammar.check(p, "en-US"), pieces)
            )

        with limit(there) as (theirs, their_java):
            theirs(["It is."])  # what it builds for that is no part of a round
            measure(
                [Side("mtclean", ours, our_java), Side("the limit", theirs, their_java)],
                slices,
                asked.rounds,
            )


if __name__ == "__main__":
    main()
