"""How many bytes of memory each character of a text takes, at the peak of all stages and the report.

    python benchmarks/memory.py TEXT OUT

Run it on texts of two sizes: the difference of the peaks over that of the lengths is what
``mtclean/documents/memory.py`` has to allow for.  Fixed costs (word lists, language profiles) are 60 MB.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from mtclean.documents import document
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import save
from mtclean.pipeline.single import through_the_stages
from mtclean.workers.collector import collect_seldom


def main(text: Path, out: Path) -> None:
    """Clean *text* into *out* in this process, and print the peak."""
    collect_seldom()  # as the program does
    read = document(text.stem, text.read_bytes(), is_text=True)
    work, _ = through_the_stages(read, Options(grammar=False), grammar=None)
    record = save(work, out).record
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(
        f"{len(read.text):,} characters, {len(record.changes):,} changes, peak {peak / 1e6:,.0f} MB"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
