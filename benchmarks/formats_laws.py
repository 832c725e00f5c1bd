"""Edit files of every format at random, and say where more than prose changed.

    python benchmarks/formats_laws.py [--edits 100000] [--format F ...]

Files are made of each format's own marks (``tests/formats/laws.py``).  Without an edit a file has to be the same bytes;
with some it is written with its frame as it was, or not at all.  Word documents have laws of their own in the tests.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from tests.formats.laws import FILES, edits_of, law_of_pieces

_DRAWS = 1000  # files at a time


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=100_000)
    parser.add_argument("--format", nargs="*", choices=FILES, default=list(FILES))
    asked = parser.parse_args()
    counts = {name: Counter[str]() for name in asked.format}
    while (total := sum(count["edits"] for count in counts.values())) < asked.edits:
        for name, count in counts.items():
            _meet(name, count)
        print(f"{sum(count['edits'] for count in counts.values()):,} edits", flush=True)
        if total == sum(count["edits"] for count in counts.values()):
            break
    for name, count in counts.items():
        print(f"{name:10} {dict(count)}")
    sys.exit(any(count["failures"] for count in counts.values()))


def _meet(name: str, count: Counter[str]) -> None:
    """Count what becomes of some files of the format *name*."""
    format, choices, texts = FILES[name]

    @settings(
        max_examples=_DRAWS,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def law(data: st.DataObject) -> None:
        source = data.draw(texts).encode()
        try:
            document = laid_out("t", source, format, choices)
        except DocumentProblem:
            count["no such file"] += 1
            return
        assert document.layout is not None
        edits = data.draw(edits_of(document.layout))
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

    law()


if __name__ == "__main__":
    main()
