"""Edit files of every format at random, and say where more than prose changed.

    python benchmarks/formats_laws.py [--edits 100000] [--format F ...] [--seed 1]

Files are made of each format's own marks (``tests/formats/laws.py``).  Without an edit a file has to be the same bytes;
with some it is written with its frame as it was, or not at all.  Word documents have laws of their own in the tests.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from mtclean.formats import Layout
from mtclean.text import Edit
from tests.formats.laws import (
    FILES,
    MOST_CUTS,
    MOST_PARTS,
    MOST_PUT_IN,
    PUT_IN,
    edits_between,
    law_of_pieces,
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=100_000)
    parser.add_argument("--format", nargs="*", choices=FILES, default=list(FILES))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    counts = {name: Counter[str]() for name in asked.format}
    for name, count in counts.items():
        while count["edits"] * len(counts) < asked.edits:
            _meet(name, count, chance)
        print(f"{name:10} {dict(count)}", flush=True)
    print(f"{sum(count['edits'] for count in counts.values()):,} edits")
    sys.exit(any(count["failures"] for count in counts.values()))


def _meet(name: str, count: Counter[str], chance: random.Random) -> None:
    """Count what becomes of a file of the format *name*."""
    format, choices, recipe = FILES[name]
    source = recipe.file(chance.choices(recipe.parts, k=chance.randint(0, MOST_PARTS))).encode()
    try:
        document = laid_out("t", source, format, choices)
    except DocumentProblem:
        count["no such file"] += 1
        return
    assert document.layout is not None
    edits = _edits(document.layout, chance)
    count["files"] += 1
    count["edits"] += len(edits)
    try:
        assert document.rewritten([]) == source
        law_of_pieces(document.layout)
        try:
            written = document.rewritten(edits)
        except DocumentProblem:
            count["not written"] += 1
            return
        again = format.read({"": written.decode()}, choices)
        assert again.has_the_frame_of(document.layout)
    except Exception as error:
        count["failures"] += 1
        print(f"{name}: {error!r:.200}\n  {source!r}\n  {edits}", flush=True)


def _edits(layout: Layout, chance: random.Random) -> list[Edit]:
    """Some edits that may be made in *layout*, in order."""
    places = range(len(layout.view) + 1)
    cuts = sorted(chance.sample(places, k=min(len(places), chance.randint(0, MOST_CUTS))))
    return edits_between(
        layout, cuts, lambda: "".join(chance.choices(PUT_IN, k=chance.randint(0, MOST_PUT_IN)))
    )


if __name__ == "__main__":
    main()
