"""How fast each language is cleaned beside English: the whole job on one document, in CPU seconds, as ratios.

    python benchmarks/languages_speed.py FOLDER ENGLISH.jsonl [--lang de,fr] [--characters 60000] [--rounds 3]

FOLDER holds the languages set; of ENGLISH each line has a text under ``t``.  Texts of a language are brought together and cut at
line ends into documents of like size, since a short one costs more a character.  English and the others take turns, and the
quickest round of each counts: the machine has other work.  A ratio of 0.5 is half the English rate.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import mtclean

DOCUMENT = 4000
"""Code points of a document, about."""


class Rate(NamedTuple):
    """What a second of CPU time cleans."""

    characters: float
    bytes: float


def texts_of(file: Path) -> Iterator[tuple[str, str]]:
    """Language and text of each line of *file*; English where it names none."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row.get("l", "en"), row["t"]


def documents(texts: Iterable[str], characters: int) -> list[str]:
    """Documents of like size made of *texts*, so many of them, evenly spread, that they have about *characters* together."""
    made: list[str] = []
    lines: list[str] = []
    for line in "\n".join(texts).splitlines(keepends=True):
        lines.append(line)
        if sum(map(len, lines)) >= DOCUMENT:
            made.append("".join(lines))
            lines = []
    step = max(1, len(made) * DOCUMENT // characters)
    return made[::step]


def seconds(texts: Iterable[str]) -> float:
    """CPU seconds that cleaning *texts* takes."""
    began = time.process_time()
    for text in texts:
        mtclean.clean(text)
    return time.process_time() - began


def rate(texts: list[str], took: float) -> Rate:
    """The rate at which *texts* were cleaned in *took* seconds."""
    return Rate(sum(map(len, texts)) / took, sum(len(t.encode()) for t in texts) / took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("english", type=Path)
    parser.add_argument("--lang", default="")
    parser.add_argument("--characters", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    chosen = set(filter(None, given.lang.split(",")))
    by_language: dict[str, list[str]] = defaultdict(list)
    for language, text in texts_of(given.folder / "bench" / "texts.dev.jsonl"):
        if not chosen or language in chosen:
            by_language[language].append(text)
    english = documents((text for _, text in texts_of(given.english)), given.characters)
    work = {code: documents(texts, given.characters) for code, texts in by_language.items()}
    for texts in (english, *work.values()):
        seconds(texts[:1])  # word lists are read once
    best: dict[str, float] = {}
    for _ in range(given.rounds):
        for code, texts in {"en": english, **work}.items():
            best[code] = min(best.get(code, float("inf")), seconds(texts))
    own = rate(english, best["en"])
    print(f"English: {own.characters:,.0f} characters, {own.bytes:,.0f} bytes a CPU second")
    print(f"{'':8}{'characters':>12}{'bytes':>8}   beside English")
    for code, texts in work.items():
        reached = rate(texts, best[code])
        print(
            f"{code:8}{reached.characters / own.characters:12.2f}{reached.bytes / own.bytes:8.2f}"
        )


if __name__ == "__main__":
    main()
