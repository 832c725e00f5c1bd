"""Measure what the grammar of a batch costs where one paragraph of each document was changed.

    python benchmarks/grammar_again.py FOLDER_OR_JSONL… [--documents N] [--together N]

Each round has a server of its own, as each run of a schedule has: all documents for the first time, all again,
and all with a sentence put into the paragraph in the middle.  The last is checked once more without kept answers,
and must say the same.  Printed are seconds from the server's first answer on, and those of the processor that Java
and Python used for them; the ratio is of the changed to the first.  ``--together`` makes one document of as many texts.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.grammar import documents, javas
from mtclean.grammar import CheckResult, Grammar, install
from mtclean.grammar.answers import Answers
from mtclean.grammar.languagetool.process import CHECKS_AT_ONCE
from mtclean.grammar.languagetool.server import Server

_ADDED = " This sentence was added on the day after that."


@dataclass(frozen=True)
class Round:
    """What one run over all documents took, in seconds, and said."""

    seconds: float
    processor: float
    results: list[CheckResult]


def checked(texts: list[str], answers: Answers | None) -> Round:
    """Check all *texts* with a new server."""
    with Grammar(engine=Server(install()), answers=answers) as grammar:
        _ = grammar.version  # it has answered
        [java] = javas()
        began, used = time.perf_counter(), sum(java.cpu_times()[:2]) + time.process_time()
        with ThreadPoolExecutor(CHECKS_AT_ONCE) as pool:
            results = list(pool.map(lambda text: grammar.check(text, "en-US"), texts))
        seconds = time.perf_counter() - began
        processor = sum(java.cpu_times()[:2]) + time.process_time() - used
    return Round(seconds, processor, results)


def changed(text: str) -> str:
    """*text* with a sentence more in the paragraph in the middle."""
    paragraphs = text.split("\n\n")
    paragraphs[len(paragraphs) // 2] += _ADDED
    return "\n\n".join(paragraphs)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", type=Path, nargs="+")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--together", type=int, default=1)
    options = parser.parse_args()
    found = documents(options.sources, options.documents)
    step = options.together
    texts = ["\n\n".join(found[i : i + step]) for i in range(0, len(found), step)]
    later = [changed(text) for text in texts]
    paragraphs = sum(len(text.split("\n\n")) for text in texts)
    print(f"{len(texts)} documents, {sum(map(len, texts)):,} characters, {paragraphs:,} paragraphs")
    print(f"load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answers.sqlite"
        rounds = {
            "first": checked(texts, Answers(file)),
            "again": checked(texts, Answers(file)),
            "changed": checked(later, Answers(file)),
        }
    rounds["changed, nothing kept"] = checked(later, None)
    first = rounds["first"]
    for name, taken in rounds.items():
        print(
            f"{name:22} {taken.seconds:7.1f} s  {taken.seconds / first.seconds:5.2f}"
            f"   processor {taken.processor:7.1f} s  {taken.processor / first.processor:5.2f}"
        )
    same = rounds["again"].results == first.results
    same_changed = rounds["changed"].results == rounds["changed, nothing kept"].results
    print(f"the same: again {same}, changed {same_changed}; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
