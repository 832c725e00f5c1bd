"""No rule looks at the same line of a text once for every word in it.

Counted in executed lines of Python, not timed: twice the text may cost little more than twice the lines.  What
regular expressions cost inside is measured by benchmarks/rules_scaling.py.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import pytest

from benchmarks.baits import by_hand
from mtclean.report.body import blocks
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Passage, Trail, every_fix, place
from mtclean.text.model import Edit, Fix
from tests.report.trails import record_for

SIZE = 1_500
ALLOWED = 2.3
"""Times the lines for twice the text."""

_SMALL = 4_000
"""Lines; what takes fewer is mostly what is done once for a text."""

PATTERNS = (
    "names after articles", "a foreign sentence, then ours", "all words different, a line each", "one line of speech",
    "prose broken at a margin", "remarks in one line", "a remark to a line", "a capital, then one word", "lines that hang",
    "'on july 16 in China' repeated", "'so\"' and a space",
)  # fmt: skip


def lines_run(job: Callable[[], object]) -> int:
    """How many lines of Python *job* executes."""
    count = 0

    def local(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return local

    before = sys.gettrace()
    sys.settrace(lambda frame, event, argument: local)
    try:
        job()
    finally:
        sys.settrace(before)
    return count


def all_rules(text: str) -> None:
    passage = Passage(text)
    for rule in BUILT_IN.monolingual:
        list(rule.run(passage))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_rules_run_twice_the_lines_for_twice_the_text(pattern: str) -> None:
    make = by_hand()[pattern]
    all_rules(make(2 * SIZE))  # word lists are read at their first use
    once, twice = (lines_run(partial(all_rules, make(size))) for size in (SIZE, 2 * SIZE))
    assert twice < max(_SMALL, ALLOWED * once)


def test_placing_runs_twice_the_lines_for_twice_the_fixes() -> None:
    def placed(count: int) -> int:
        fixes = [Fix((Edit(2 * at, 2 * at + 3, "x"),), "overlaps the next") for at in range(count)]
        text = "a " * (count + 1)
        return lines_run(lambda: place(Trail(text), "test", fixes, Passage(text), every_fix))

    assert placed(1_000) < ALLOWED * placed(500)


@pytest.mark.parametrize("glue", ["", "\n"], ids=["one line", "a line each"])
def test_a_report_runs_twice_the_lines_for_twice_the_changes(glue: str) -> None:
    def shown(count: int) -> int:
        sentence = "A sentence of some length, with words to its end.Next " + glue
        trail = Trail(sentence * count)
        at = sentence.index(".") + 1
        holes = range(at, len(trail.text), len(sentence))
        trail.make("test", [Fix((Edit(i, i, " "),), "A space.") for i in holes])
        record = record_for(trail)
        return lines_run(lambda: list(blocks(record)))

    assert shown(1_000) < ALLOWED * shown(500)
