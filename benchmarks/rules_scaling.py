"""How the cost of every rule grows with the text, over repeated patterns.

    python benchmarks/rules_scaling.py [--part 1/4] [--only NAME] [--patterns TEXT] [--size 60000] [--pairs]
                                       [--rules --language zh]

Every rule, everything the rules share, and every step before and after them is timed alone, in
seconds of CPU, on texts made of one pattern repeated: single characters, marks, words, halves of
things, and every example of every rule (``benchmarks/baits.py``).  What takes more than FLOOR and grows
faster than the text is timed again, the best of several at n, 2n and, if need be, 4n.  Exit code 1 where t(2n)/t(n) is
LIMIT or more at two doublings in a row: 2 is linear, 4 quadratic.
"""

from __future__ import annotations

import argparse
import gc
import inspect
import math
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.baits import by_hand, from_examples
from mtclean.documents import DocumentProblem, document, language_of, oddities
from mtclean.documents.decode import decode
from mtclean.grammar.chunks import chunks
from mtclean.grammar.match import CheckResult, Match
from mtclean.grammar.spelling import Doubts
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.stages import decide, detect_artifacts, judge, normalize
from mtclean.report import (
    Navigation,
    critic,
    edits_json,
    html_report,
    json_lines,
    marked_text,
    sarif,
    summary_of,
    text_lines,
    unified_diff,
)
from mtclean.rules import bilingual
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Decision, Fix, Passage, Span, Verdict
from mtclean.text.select import compatible

LIMIT = 2.3
FLOOR = 0.02
"""Seconds of CPU; what takes less on the longer text is not looked at."""

_SUSPECT = 1.2
"""Growth exponent from which a first measure is repeated; noise alone makes 1.1 of 1."""

_TIRED = 2.0
"""Seconds from which a first measure is not followed by one of a text four times as long."""

_REPEATS = 3
_AT_MOST = 12
"""How often a job is timed at each size, and how often one that still seems to grow too fast: what other processes
take from it makes a time longer, never shorter."""

_ENOUGH = 3
"""Patterns on which a job is found too slow before the others are spared it."""

Job = Callable[[], object]
Jobs = Callable[[str], Iterator[tuple[str, Job]]]


def _shared() -> dict[str, Any]:
    """What the rules work out once for a passage, by name: every function under ``@known`` that is asked for one."""
    rooms = ("mtclean.rules.typography", "mtclean.rules.artifacts", "mtclean.text")
    return {
        f"{name}.{part.__name__}": part
        for name, module in sorted(sys.modules.items())
        if name.startswith(rooms)
        for part in vars(module).values()
        if hasattr(part, "__wrapped__")
        and part.__module__ == name
        and list(inspect.signature(part).parameters) == ["passage"]
    }


SHARED = _shared()
PROPERTIES = [name for name, part in vars(Passage).items() if isinstance(part, cached_property)]


def _all_of(run: Callable[..., Iterable[object]], what: object) -> list[object]:
    return list(run(what))


def rules_on(text: str, language: str = "en") -> Iterator[tuple[str, Job]]:
    """Reading *text* in *language*, what the rules share, and each rule alone: what is shared is there by then."""
    yield "decode", lambda: decode(text.encode("utf-8", "surrogatepass"))
    yield "language_of", lambda: language_of(text)
    yield "oddities", lambda: list(oddities(text))
    yield "chunks", lambda: chunks(text)
    plain = Passage(text, language=language)
    for name in PROPERTIES:
        yield f"Passage.{name}", partial(getattr, plain, name)
        getattr(plain, name)
    yield "Doubts", lambda: Doubts(plain)
    for name, part in SHARED.items():
        yield name, partial(part.__wrapped__, plain)
        part(plain)
    for style, rules in groupby(BUILT_IN.monolingual, key=attrgetter("style")):
        passage = Passage(text, language=language, style=style)
        for name in PROPERTIES:
            getattr(passage, name)
        for part in SHARED.values():
            part(passage)
        for rule in rules:
            yield rule.id, partial(_all_of, rule.run, passage)
    fixes = [
        item for rule in BUILT_IN.monolingual for item in rule.run(plain) if isinstance(item, Fix)
    ]
    yield "compatible", lambda: compatible(fixes)


_OTHERWISE = str.maketrans("aeiou0123456789", "eioua1234567890")


def pairs_on(text: str) -> Iterator[tuple[str, Job]]:
    """Each rule of two texts on *text* beside one in which every word and number is another."""
    otherwise = text.translate(_OTHERWISE)
    for languages in (("en", "de"), ("zh", "en")):
        pair = Pair.of(text, otherwise, languages)
        for rule in bilingual.RULES:
            yield f"{rule.id} {'-'.join(languages)}", partial(_all_of, rule.run, pair)
    rows = [Pair.of(line, line.translate(_OTHERWISE), ("en", "de")) for line in text.splitlines()]
    for of_rows in bilingual.OF_ROWS:
        yield of_rows.id, partial(_all_of, of_rows.run, rows)


def stages_on(text: str) -> Iterator[tuple[str, Job]]:
    """The stages and reports on *text*, one after another as for a document."""
    options = Options(grammar=False, language="en")
    read = document("t", text.encode("utf-8", "surrogatepass"))
    work = draft(read, options)
    yield "normalise", lambda: normalize(work)
    yield "detect", lambda: detect_artifacts(work)
    said = _said_by_languagetool(work.trail.text)
    yield "judge", lambda: judge(work, said, "0")
    yield "account", lambda: account(work)
    record = account(work)
    written = edits_json.write(record)
    yield "edits_json.write", lambda: edits_json.write(record)
    yield "edits_json.read", lambda: edits_json.read(written, read.text)
    yield "html_report", lambda: html_report(record, Navigation())
    yield "unified_diff", lambda: unified_diff(record)
    yield "critic", lambda: critic.write(record)
    yield "sarif", lambda: sarif([(record, "t.txt")])
    yield "marked_text", lambda: marked_text(record)
    yield "text_lines", lambda: list(text_lines(record))
    yield "json_lines", lambda: list(json_lines(record))
    yield "summary_of", lambda: summary_of(record)
    decisions = {item.id: Decision(item.id, Verdict.ACCEPT, item.rule) for item in record.asked}
    decided = replace(work, decisions=decisions, warnings=[])
    yield "decide", lambda: decide(decided)
    yield "account, decided", lambda: account(decided)


CHAINED = {"normalise", "detect", "judge", "decide"}
"""Steps that change what the next one gets, so that they must be taken."""


def _said_by_languagetool(text: str) -> CheckResult:
    """What it might say at worst: something at every other word and bracket."""
    found = [*re.finditer(r"[^\W\d_]+|[(\[]", text)][::2]
    rules = ("MORFOLOGIK_RULE_EN_US", "IT_IS")
    matches = [
        Match(
            Span(*at.span()),
            "EN_UNPAIRED_BRACKETS" if at.group() in "([" else rules[number % 2],
            "TYPOS",
            "",
            "misspelling",
            "It may be wrong.",
            (at.group() + "x",),
        )
        for number, at in enumerate(found)
    ]
    return CheckResult(tuple(matches))


def timed(jobs: Jobs, text: str, only: Container[str] | None = None) -> dict[str, float]:
    """Seconds of CPU each job took on *text*; those not in *only* are passed over."""
    took: dict[str, float] = {}
    gc.collect()
    gc.freeze()  # word lists and models, some million objects, need not be looked through before each text
    gc.disable()
    try:
        for name, job in jobs(text):
            if only is None or name in only:
                began = time.process_time()
                job()
                took[name] = time.process_time() - began
            elif name in CHAINED:
                job()
    finally:
        gc.enable()
    return took


@dataclass(frozen=True)
class Growth:
    """What a job took on a pattern of ``size`` code points and of twice as many, in seconds."""

    job: str
    pattern: str
    size: int
    once: float
    twice: float

    @property
    def ratio(self) -> float:
        """t(2n)/t(n)."""
        return self.twice / max(self.once, 1e-4)

    @property
    def is_over(self) -> bool:
        """Whether it grows too fast, and takes long enough for that to be no noise."""
        return self.ratio >= LIMIT and self.twice >= FLOOR / 4

    @property
    def exponent(self) -> float:
        """The power of the length the time grows with."""
        return math.log2(self.ratio)

    def __str__(self) -> str:
        times = f"{self.once:8.3f} s -> {self.twice:8.3f} s"
        return (
            f"{self.ratio:5.2f}  n^{self.exponent:4.2f}  {times} at {2 * self.size:7}  "
            f"{self.job}: {self.pattern}"
        )


def suspects(
    jobs: Jobs, make: Callable[[int], str], size: int, floor: float
) -> tuple[int, set[str]]:
    """A size, and the jobs that seem to grow faster than the text up to it and take their time."""
    quarter = timed(jobs, make(size // 4))
    if max(quarter.values()) > _TIRED:
        return size // 8, {max(quarter, key=lambda name: quarter[name])}
    whole = timed(jobs, make(size))
    grown = {
        name
        for name, took in whole.items()
        if took >= floor and took / max(quarter[name], 1e-4) >= 4**_SUSPECT
    }
    return size // 2, grown


def confirmed(
    jobs: Jobs, pattern: str, make: Callable[[int], str], size: int, names: set[str]
) -> list[Growth]:
    """The growth of the jobs *names* from *size* to twice that, or where it was too fast, to four times.

    What grows too fast does so at every doubling; a cache outgrown or a threshold passed is met at one.
    """
    first = doubled(jobs, pattern, make, size, names)
    over = {growth.job for growth in first if growth.is_over}
    calm = [growth for growth in first if not growth.is_over]
    return calm + doubled(jobs, pattern, make, 2 * size, over) if over else calm


def doubled(
    jobs: Jobs, pattern: str, make: Callable[[int], str], size: int, names: set[str]
) -> list[Growth]:
    """The growth of the jobs *names* from *size* to twice that, by the best of several times."""
    once = dict.fromkeys(names, math.inf)
    twice = dict(once)
    grown = {}
    left = names
    for turn in range(_AT_MOST):
        for best, length in ((once, size), (twice, 2 * size)):
            for name, took in timed(jobs, make(length), left).items():
                best[name] = min(best[name], took)
        grown = {name: Growth(name, pattern, size, once[name], twice[name]) for name in names}
        if turn + 1 >= _REPEATS:
            left = {name for name in left if grown[name].is_over}
        if not left:
            break
    return [grown[name] for name in sorted(names)]


def scan(
    patterns: dict[str, Callable[[int], str]], kinds: list[Jobs], size: int, floor: float, only: str
) -> list[Growth]:
    """The growth of all that seems to grow faster than its text."""
    found: list[Growth] = []
    convicted: Counter[str] = Counter()
    for number, (pattern, make) in enumerate(patterns.items()):
        for jobs in kinds:
            try:
                middle, names = suspects(jobs, make, size, floor)
            except DocumentProblem:
                continue  # nothing to read in it
            names = {n for n in names if only in n and convicted[n] < _ENOUGH}
            if names:
                grown = confirmed(jobs, pattern, make, middle, names)
                found += grown
                over = [growth for growth in grown if growth.is_over]
                convicted.update(growth.job for growth in over)
                print(*over, sep="\n", end="\n" * bool(over), flush=True)
        if number % 50 == 49:
            print(f"  {number + 1} of {len(patterns)} patterns", file=sys.stderr, flush=True)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", default="1/1", help="this part of the patterns, as 1/4")
    parser.add_argument("--size", type=int, default=100_000, help="code points of the longer text")
    parser.add_argument("--floor", type=float, default=FLOOR, help="seconds of CPU, see FLOOR")
    parser.add_argument("--only", default="", help="only jobs whose name has this in it")
    parser.add_argument("--patterns", default="", help="only patterns whose name has this in it")
    parser.add_argument("--by-hand", action="store_true", help="without the rules' examples")
    parser.add_argument("--rules", action="store_true", help="the rules alone, without the stages")
    parser.add_argument("--pairs", action="store_true", help="the rules of two texts alone")
    parser.add_argument("--language", default="en", help="that of the texts for the rules alone")
    given = parser.parse_args()
    part, parts = map(int, given.part.split("/"))
    makers = by_hand() if given.by_hand else by_hand() | from_examples()
    named = [name for name in makers if given.patterns in name][part - 1 :: parts]
    rules = partial(rules_on, language=given.language)
    kinds: list[Jobs] = [rules, pairs_on, stages_on]
    if given.rules or given.pairs:
        asked = ((rules, given.rules), (pairs_on, given.pairs))
        kinds = [kind for kind, is_asked in asked if is_asked]
    began = time.process_time()
    found = scan({name: makers[name] for name in named}, kinds, given.size, given.floor, given.only)
    worst = sorted(found, key=lambda growth: -growth.ratio)[:15]
    print(f"{len(named)} patterns, {given.size} code points; what grew fastest:")
    print(*worst, sep="\n")
    over = [growth for growth in found if growth.is_over]
    print(f"{len(over)} at {LIMIT} or more; {time.process_time() - began:.0f} s of CPU")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
