"""The normalise stage against the typography development set.

As a program it runs the scorer in FOLDER and prints what was reached beside the goals:

    python benchmarks/typography.py FOLDER

For the scorer's own ``py:`` form the module has ``clean(text) -> str``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ftfy

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mtclean.rules.typography import RULES
from mtclean.text import Passage, Quotes, Style, Trail, settle

CURLY = Style(quotes=Quotes.CURLY)
ONE_LINE = (
    "The river rose again.Nobody had asked for it,and “the old mill”stood in it.It was late. "
)


def clean(text: str) -> str:
    """*text* with every safe fix of the normalise stage; straight quotes made curly by option."""
    trail = Trail(text)
    settle(trail, "normalize", RULES, lambda current: Passage(current, style=CURLY))
    return trail.text


def scored(folder: Path) -> dict[str, Any]:
    """What the scorer in *folder* says of :func:`clean` on the development split."""
    with tempfile.TemporaryDirectory() as scratch:
        result = Path(scratch) / "result.json"
        tool = f"py:{Path(__file__).resolve()}:clean"
        command = [sys.executable, "score.py", "--tool", tool, "--split", "dev"]
        command += ["--bench", "runon,clean,quotes,seed", "--json", str(result)]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        found: dict[str, Any] = json.loads(result.read_text("utf-8"))
        return found


def seconds(size: int) -> float:
    """CPU seconds for one line of *size* characters."""
    text = (ONE_LINE * (size // len(ONE_LINE) + 1))[:size]
    began = time.process_time()
    clean(text)
    return time.process_time() - began


def speed(folder: Path, tool: Callable[[str], str]) -> float:
    """MB/s of CPU time of *tool* over the texts of the development split, one paragraph at a time.

    The machine has other work, so that the scorer's own figure, by the clock, says little.
    """
    parts = (("runon", "t"), ("clean", "t"), ("quotes", "b"))
    texts = [
        json.loads(line)[field]
        for name, field in parts
        for line in (folder / "bench" / f"{name}.dev.jsonl").read_text("utf-8").splitlines()
    ]
    began = time.process_time()
    for text in texts:
        tool(text)
    return sum(len(text.encode()) for text in texts) / 1e6 / (time.process_time() - began)


def rows(folder: Path) -> list[tuple[str, str, str]]:
    """(what, reached, goal) for every line of the table."""
    score = scored(folder)
    run_on, quotes, sample = score["runon"], score["quotes"], score["seed"]
    clean_rates = {name: part["norm_per_1k"] for name, part in score["clean"].items()}
    half, whole = seconds(2_500_000), seconds(5_000_000)
    return [
        ("RUN-ON recall / precision, %", f"{run_on['recall']} / {run_on['precision']}", "97.5 / 99.3"),
        ("  by source", "; ".join(f"{k} {v}" for k, v in run_on["by_source"].items()), "GUM 99.5, 0 false"),
        ("CLEAN, changes per 1,000 words", str(clean_rates.pop("ALL")), "0.10"),
        ("  by source", "; ".join(f"{k} {v}" for k, v in clean_rates.items()), "GUM 0"),
        ("QUOTES repaired, %", str(quotes["ALL"]["repair"]), "97"),
        ("  MT style / balanced, %", f"{quotes['seed']['repair']} / {quotes['bal']['repair']}", "97 / 99"),
        ("  damage / in-word apostrophes, %", f"{quotes['ALL']['damage']} / {quotes['ALL']['apos_damage']}", "0.5 / 0"),
        ("  exact paragraphs, %", str(quotes["ALL"]["par_exact"]), "92"),
        ("sample article repaired / damage, %", f"{sample['repair']} / {sample['damage']}", "100 / 0"),
        ("speed, MB/s of CPU time (ftfy alone)", f"{speed(folder, clean):.2f} ({speed(folder, ftfy.fix_text):.2f})", "1"),
        ("5 MB on one line / 2.5 MB", f"{whole / half:.2f} ({whole:.1f} s)", "< 2.3"),
    ]  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for what, reached, goal in rows(Path(sys.argv[1])):
        print(f"{what:36} {reached:34} goal {goal}")
