"""Edit files of every format at random, and say where more than prose changed.

    python benchmarks/formats_laws.py [--edits 100000] [--format F ...] [--seed 1]

Files are made of each format's own marks (``tests/formats/laws.py``).  Without an edit a file has to be the same bytes;
with some it is written with its frame as it was, or not at all.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from mtclean.formats import NO_CHOICES, Format, Layout
from mtclean.formats.format import Sources
from mtclean.formats.registry import BY_NAME
from mtclean.text import Edit
from tests.formats import test_epub, test_odt, word
from tests.formats.laws import (
    FILES,
    MOST_CUTS,
    MOST_PARTS,
    MOST_PUT_IN,
    PUT_IN,
    Recipe,
    edits_between,
    law_of_pieces,
)

ARCHIVES: dict[str, tuple[Recipe, Callable[[str], bytes]]] = {
    "docx": (Recipe("<w:p>", word.PIECES, "</w:p>"), word.word),
    "epub": (
        Recipe("<p>", test_epub.MARKS, "</p>"),
        lambda body: test_epub.book(test_epub.page(body)),
    ),
    "odt": (Recipe("<text:p>", test_odt.PIECES, "</text:p>"), test_odt.odt),
}
"""Of files that are archives what is in them, and what makes one of that."""

NAMES = [*FILES, *ARCHIVES]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=100_000)
    parser.add_argument("--format", nargs="*", choices=NAMES, default=NAMES)
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
    format, choices = FILES[name][:2] if name in FILES else (BY_NAME[name], NO_CHOICES)
    recipe, packed = ARCHIVES[name] if name in ARCHIVES else (FILES[name][2], str.encode)
    source = packed(recipe.file(chance.choices(recipe.parts, k=chance.randint(0, MOST_PARTS))))
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
        again = format.read(_sources(format, written), choices)
        assert again.has_the_frame_of(document.layout)
    except Exception as error:
        count["failures"] += 1
        print(f"{name}: {error!r:.200}\n  {source!r}\n  {edits}", flush=True)


def _sources(format: Format, data: bytes) -> Sources:
    """The texts in *data*, which may be none at all."""
    return format.archive.unpack(data) if format.archive else {"": data.decode()}


def _edits(layout: Layout, chance: random.Random) -> list[Edit]:
    """Some edits that may be made in *layout*, in order."""
    places = range(len(layout.view) + 1)
    cuts = sorted(chance.sample(places, k=min(len(places), chance.randint(0, MOST_CUTS))))
    return edits_between(
        layout, cuts, lambda: "".join(chance.choices(PUT_IN, k=chance.randint(0, MOST_PUT_IN)))
    )


if __name__ == "__main__":
    main()
