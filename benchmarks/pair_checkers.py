"""What pofilter and Okapi CheckMate say of pairs, beside ``bilingual.py`` and in the form of the same scorer.

    python benchmarks/pair_checkers.py pofilter IN.jsonl OUT.jsonl
    python benchmarks/pair_checkers.py checkmate IN.jsonl OUT.jsonl --jars FOLDER

IN is what the set's ``inputs.py`` writes.  The first needs ``translate-toolkit`` (measured with 3.20.4) in the environment that runs
it, the second a JDK of 11 or newer and the jars of ``net.sf.okapi.lib:okapi-lib-verification`` (1.47.0) with what they depend on, as
``mvn dependency:copy-dependencies`` puts them into a folder.  Both check with what they do unasked: pofilter's standard checks, and a
session of CheckMate as it opens.  They name no family of ours, so that the scorer's column *any* is the one to compare; a finding that
has no place is on the whole target.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_DRIVER = Path(__file__).with_name("CheckMate.java")


class Said(NamedTuple):
    """What a tool calls the fault it sees in a pair, where in the target, and its own words for it."""

    row: dict[str, str]
    check: str
    span: tuple[int, int]
    why: str = ""


def pofilter(rows: Sequence[dict[str, str]]) -> Iterator[Said]:
    """The failures of translate-toolkit's standard checks."""
    from translate.filters import checks  # type: ignore[import-not-found]
    from translate.storage import pypo  # type: ignore[import-not-found]

    checkers = {
        language: checks.StandardChecker(checks.CheckerConfig(targetlanguage=language))
        for language in {row["lang"] for row in rows}
    }
    for row in rows:
        unit = pypo.pounit(row["src"])
        unit.target = row["text"]
        for check in checkers[row["lang"]].run_filters(unit):
            yield Said(row, check, (0, len(row["text"])))


def checkmate(rows: Sequence[dict[str, str]], jars: Path) -> Iterator[Said]:
    """The issues of a session of CheckMate for each direction."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "pairs.tsv"
        with given.open("w", encoding="utf-8", newline="") as out:
            for number, row in enumerate(rows):
                said = (row["src_lang"], row["lang"], row["src"], row["text"])
                out.write("\t".join([str(number), *map(_in_a_cell, said)]) + "\n")
        done = subprocess.run(
            ["java", "-cp", str(jars / "*"), str(_DRIVER), str(given)],
            check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
    for line in done.stdout.splitlines():
        at, check, *place, why = line.split("\t")
        row = rows[int(at)]
        start, end = map(int, place)
        whole = (0, len(row["text"]))
        yield Said(row, check, _code_points(row["text"], start, end) if end > start else whole, why)


def _code_points(text: str, *offsets: int) -> tuple[int, int]:
    """*offsets* in units of UTF-16 as code points."""
    units = text.encode("utf-16-le")
    start, end = (len(units[: 2 * at].decode("utf-16-le", "ignore")) for at in offsets)
    return start, end


def _in_a_cell(text: str) -> str:
    return text.replace("\t", " ").replace("\r", " ").replace("\n", " ")


def main() -> None:
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("tool", choices=["pofilter", "checkmate"])
    ask.add_argument("given", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--jars", type=Path)
    asked = ask.parse_args()
    rows = [json.loads(line) for line in asked.given.read_text(encoding="utf-8").splitlines()]
    if asked.tool == "checkmate" and asked.jars is None:
        ask.error("CheckMate needs --jars")
    said = pofilter(rows) if asked.tool == "pofilter" else checkmate(rows, asked.jars)
    with asked.out.open("w", encoding="utf-8") as out:
        for row, check, (start, end), why in said:
            found = {
                "id": row["id"],
                "start": start,
                "end": end,
                "category": check,
                "check": check,
                "why": why,
            }
            out.write(json.dumps(found, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
