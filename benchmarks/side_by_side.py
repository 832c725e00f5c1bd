"""Measure mtclean beside the tools it stands on, in one run: `make bench`.

Three comparisons, each a ratio, because machines differ and are noisy:

* cold start: one article through `mtclean clean`, against a script that starts LanguageTool's own
  server and checks the same article once;
* normalisation: all normalise rules against `ftfy.fix_text` alone, in MB/s on one core;
* the whole flow on many documents against LanguageTool alone on the same cleaned texts.

The text is that of `input/`, varied so that no sentence is checked twice; `--text FOLDER` takes
other texts.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import ftfy

from mtclean.flows import settings as settings
from mtclean.grammar import Grammar
from mtclean.grammar.answers import SWITCH
from mtclean.rules.typography import RULES
from mtclean.text import Passage, Trail, settle

_COLD_LANGUAGETOOL = (
    "import sys; from pathlib import Path; from mtclean.grammar import Grammar\n"
    "with Grammar() as grammar: grammar.check(Path(sys.argv[1]).read_text(encoding='utf-8'), 'en')"
)


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds *work* takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(work: Callable[[], object], times: int = 3) -> float:
    """The middle of several runs."""
    return sorted(seconds(work) for _ in range(times))[times // 2]


def run(*arguments: str) -> Callable[[], object]:
    """A Python process in the project's folder."""
    return lambda: subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        check=False,
        capture_output=True,
        env={**os.environ, SWITCH: "off"},  # each time is a first one
    )


def normalised(text: str) -> str:
    """*text* after the normalise stage."""
    trail = Trail(text)
    settle(trail, "normalize", RULES, Passage)
    return trail.text


def cold_start(article: Path) -> None:
    ours = median(run("-m", "mtclean.cli", "clean", str(article), "--stdout"))
    theirs = median(run("-c", _COLD_LANGUAGETOOL, str(article)))
    print(
        f"cold start to first result   mtclean {ours:6.1f} s   LanguageTool {theirs:6.1f} s   ratio {ours / theirs:.2f}"
    )


def normalisation(texts: list[str]) -> None:
    size = sum(len(text.encode()) for text in texts) / 1e6
    ours = median(lambda: [normalised(text) for text in texts])
    theirs = median(lambda: [ftfy.fix_text(text) for text in texts])
    print(
        f"normalisation, one core      mtclean {size / ours:6.2f} MB/s   ftfy {size / theirs:6.2f} MB/s   ratio {theirs / ours:.2f}"
    )


def whole_flow(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, Grammar() as grammar:
        source, output = Path(folder) / "in", Path(folder) / "out"
        source.mkdir()
        for number, text in enumerate(texts):
            (source / f"{number:04}.txt").write_text(text, encoding="utf-8")
        for text in texts[:5]:
            grammar.check(text, "en")  # warm
        alone = seconds(lambda: [grammar.check(normalised(text), "en") for text in texts])
        command = ("-m", "mtclean.cli", "run", str(source), "--output", str(output))
        flow = seconds(run(*command, "--languagetool", grammar.url))
    print(
        f"{len(texts)} documents               mtclean {flow:6.1f} s   LanguageTool {alone:6.1f} s   ratio {flow / alone:.2f}"
    )


def many(texts: list[str], documents: int) -> list[str]:
    """As many documents, no two alike: the names and numbers of the samples vary."""
    return [
        texts[i % len(texts)]
        .replace("2023", str(1900 + i))
        .replace("Testov", f"Testov{chr(97 + i % 26)}")
        for i in range(documents)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, default=ROOT / "input")
    parser.add_argument("--documents", type=int, default=60)
    options = parser.parse_args()
    files = sorted(options.text.glob("*.txt"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    cold_start(max(files, key=lambda file: file.stat().st_size))
    normalisation(many(texts, 200))
    whole_flow(many(texts, options.documents))


if __name__ == "__main__":
    main()
