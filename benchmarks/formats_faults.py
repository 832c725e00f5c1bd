"""Why each fault of a formats set that was not put right in its file is left: what the rules make of the bare text says it.

    python ../shared/benchmarks/formats/score_formats.py --py benchmarks/formats.py:convert --half dev --keep OUT
    python benchmarks/formats_faults.py ../shared/benchmarks/formats OUT

The bare text is that of the file's segments, a blank line between two, cleaned as a text in the language of the file.  A fault that is put
right there has to be put right in the file, or stand where nothing may be changed; all others end the command with 1.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mtclean.documents import Document
from mtclean.documents.decode import Decoded
from mtclean.documents.document import laid_out
from mtclean.formats.format import Choices
from mtclean.formats.layout import Kind, Layout, Piece
from mtclean.formats.registry import BY_NAME
from mtclean.pipeline.draft import Draft, draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.text.model import Span

REPAIRED, FAILS = "repaired", "put right in the bare text alone"
Row = dict[str, Any]


class Place(NamedTuple):
    """A fault in the file it was put into."""

    fault: Row
    start: int
    end: int


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("set", type=Path, help="the folder of the set, with its probe.py")
    parser.add_argument("kept", type=Path, help="what score_formats.py --keep wrote")
    parser.add_argument("--format", nargs="*")
    asked = parser.parse_args()
    sys.path.insert(0, str(asked.set))
    probes = importlib.import_module("probe").PROBES
    faults = {row["file"]: row["defects"] for row in _rows(asked.set / "defects.jsonl")}
    counts = Counter[str]()
    for row in _rows(asked.set / "manifest.jsonl"):
        made = asked.kept / "out" / row["file"]
        if (asked.format and row["format"] not in asked.format) or not made.exists():
            continue
        probe = probes[row["format"]]
        before, after = (
            probe((asked.kept / folder / row["file"]).read_bytes(), enc=row["encoding"], **row["options"])
            for folder in ("base", "out")
        )  # fmt: skip
        left = [one for one in faults[row["file"]] if before[one["item"]] != after[one["item"]]]
        counts[REPAIRED] += len(faults[row["file"]]) - len(left)
        for fault, why in _reasons(
            asked.set / "injected" / row["file"], row, faults[row["file"]], left
        ):
            counts[why.partition(":")[0]] += 1
            print(f"{row['file']}: {fault['kind']} {fault['injected']!r:.40}: {why}", flush=True)
    for why, count in counts.most_common():
        print(f"{count:5}  {why}")
    sys.exit(FAILS in counts)


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def _reasons(path: Path, row: Row, faults: list[Row], left: list[Row]) -> Iterator[tuple[Row, str]]:
    """Why each fault in *left* is in the file still."""
    if not left:
        return
    options = row["options"]
    choices = Choices(
        columns=tuple(filter(None, [options.get("column")])),
        fields=tuple(options.get("fields", ())),
    )
    document = laid_out("t", path.read_bytes(), BY_NAME[row["format"]], choices)
    layout = document.layout
    assert layout is not None
    bare = _bare(document)
    for place in _placed(faults):
        if place.fault in left:
            yield place.fault, _reason(layout, place, bare)


def _bare(document: Document) -> Draft:
    """What the rules make of the text of *document*, without its file."""
    language = draft(document, Options(grammar=False)).language
    text = Document(
        "t", document.text.encode(), Decoded(document.text, "utf-8", b"", guessed=False)
    )
    return detect_artifacts(normalize(draft(text, Options(grammar=False, language=language))))


def _placed(faults: list[Row]) -> Iterator[Place]:
    """*faults* where they stand once all are made: each moves those behind it in its part."""
    for part in {fault["part"] for fault in faults}:
        own = sorted((one for one in faults if one["part"] == part), key=lambda one: one["start"])
        moved = accumulate(
            (len(one["injected"]) - one["end"] + one["start"] for one in own), initial=0
        )
        for fault, by in zip(own, moved, strict=False):
            start = fault["start"] + by
            yield Place(fault, start, start + len(fault["injected"]))


def _reason(layout: Layout, place: Place, bare: Draft) -> str:
    pieces = [piece for piece in layout.pieces if _meets(layout, piece, place)]
    if not pieces:
        return "not to be changed: it is not read"
    segment = layout.segment_at(pieces[0].view.start)
    if segment.state:
        return f"not to be changed: its text is {segment.state}"
    if any(piece.kind is Kind.FIXED for piece in pieces):
        return f"not to be changed: {layout.view[slice(*pieces[0].view)]!r:.60} is no prose"
    near = Span(pieces[0].view.start, pieces[-1].view.end)
    if all(piece.kind is Kind.VERBATIM for piece in pieces):
        shift = pieces[0].source.start - pieces[0].view.start
        near = Span(place.start - shift, place.end - shift)
    around = Span(max(near.start - 1, 0), near.end + 1)
    trail = bare.trail
    if any(around.meets(change.original) for change in trail.changes):
        return f"{FAILS}: {trail.original[slice(*around)]!r}"
    for kind, said in (("suggested", trail.held), ("found", trail.findings)):
        rules = {
            one.item.rule
            for one in said
            if around.meets(trail.original_span(one.item.span, one.depth))
        }
        if rules:
            return f"only {kind} in the bare text: {', '.join(sorted(rules))}"
    context = trail.original[max(near.start - 30, 0) : near.end + 30]
    return f"not seen in the bare text: {context!r}"


def _meets(layout: Layout, piece: Piece, place: Place) -> bool:
    part = place.fault["part"] or ""
    return (
        piece.source.start < place.end
        and place.start < piece.source.end
        and layout.segment_at(piece.view.start).part == part
    )


if __name__ == "__main__":
    main()
