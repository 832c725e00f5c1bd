"""Measure how long one article takes from a cold start, and against a kept server, in one run.

    python benchmarks/grammar_start.py [ARTICLE] [--rounds N]

Three whole processes in turn, each timed from its start to its end: a script that has
language-tool-python, as it is documented, start its server and check the article once; ``mtclean
clean ARTICLE``, which starts its own server, normalises, looks for artefacts, checks and writes; and
the same against a server kept by ``mtclean server start``.  A cache folder of the benchmark's own
keeps it away from the user's kept server.  Printed: the median and the best of each, and the ratios.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mtclean.grammar import install
from mtclean.grammar.answers import SWITCH
from mtclean.grammar.languagetool.install import CACHE_VARIABLE

_AS_IT_COMES = """
import sys
from pathlib import Path
from benchmarks.grammar import as_it_comes
from mtclean.grammar.languagetool.install import install
with as_it_comes(install()) as check:
    check(Path(sys.argv[1]).read_text(encoding="utf-8"))
"""


def run(*arguments: str) -> float:
    """The seconds a Python process takes.  Raises :class:`subprocess.CalledProcessError`."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - began


def mtclean(*arguments: str) -> float:
    """The seconds a command takes."""
    return run("-m", "mtclean.cli", *arguments)


def measure(article: Path, rounds: int) -> dict[str, list[float]]:
    """Seconds of each of the three, round by round."""
    clean = ("clean", str(article), "--stdout")
    seconds: dict[str, list[float]] = {"LanguageTool cold": [], "mtclean cold": [], "kept": []}
    for _ in range(rounds):
        seconds["LanguageTool cold"].append(run("-c", _AS_IT_COMES, str(article)))
        seconds["mtclean cold"].append(mtclean(*clean))
        mtclean("server", "start")
        try:
            mtclean(*clean)
            seconds["kept"].append(mtclean(*clean))
        finally:
            mtclean("server", "stop")
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("article", type=Path, nargs="?", default=ROOT / "input/river-talks.txt")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    jars = install().folder
    with tempfile.TemporaryDirectory() as cache:
        (Path(cache) / jars.name).symlink_to(jars, target_is_directory=True)
        os.environ[CACHE_VARIABLE] = cache
        os.environ[SWITCH] = "off"  # each round asks
        seconds = measure(options.article.resolve(), options.rounds)
    for name, taken in seconds.items():
        print(f"{name:18} median {median(taken):6.2f} s   best {min(taken):6.2f} s")
    ours, theirs = seconds["mtclean cold"], seconds["LanguageTool cold"]
    print(
        f"cold, ratio        {median(ours) / median(theirs):6.2f}     best {min(ours) / min(theirs):6.2f}   goal 1.15"
    )


if __name__ == "__main__":
    main()
