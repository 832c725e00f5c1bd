"""How many pairs a second of CPU the rules of two texts look at beside Okapi CheckMate, in one run.

    python benchmarks/pair_speed.py IN.jsonl --jars FOLDER [--repeat 3]

IN is what the bilingual set's ``inputs.py`` writes, FOLDER as ``pair_checkers.py`` wants it.  Both look at the same pairs in turns, so that what
else the machine does is as bad for either, and CPU is counted, of all threads.  Not counted is what either takes for its first pair: starting,
compiling, reading word lists.  Sentence vectors are left out.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.bilingual import in_order
from benchmarks.pair_checkers import checkmate
from benchmarks.stages import Row, apart, comparing


def of_checkmate(rows: Sequence[Row], jars: Path) -> float:
    """Seconds of CPU that CheckMate takes for *rows*, its start among them."""
    before = _of_children()
    for _ in checkmate(rows, jars):
        pass
    return _of_children() - before


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("given", type=Path)
    parser.add_argument("--jars", type=Path, required=True)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args(arguments)
    with asked.given.open(encoding="utf-8") as lines:
        rows: list[Row] = sorted(map(json.loads, lines), key=in_order)
    ratios: list[float] = []
    for _ in range(asked.repeat):
        seconds = apart(partial(comparing, rows)).total()
        theirs = of_checkmate(rows, asked.jars) - of_checkmate(rows[:1], asked.jars)
        ratios.append(theirs / seconds)
        print(
            f"mtclean {len(rows) / seconds:,.0f}, CheckMate {len(rows) / theirs:,.0f} pairs per CPU second: {ratios[-1]:.2f} times as many"
        )
    print(f"{len(rows):,} pairs, median of {asked.repeat}: {median(ratios):.2f} times as many")


if __name__ == "__main__":
    main()
