"""How many clauses and ends that were taken out of good translations are missed by meaning, at several levels of good pairs flagged.

    python benchmarks/clauses.py CLEAN.jsonl [--put-in] [--every N]

CLEAN has a good pair a line: ``doc``, ``src_lang``, ``lang``, ``src``, ``text``; pairs in languages without vectors are left out.  Out of the target (out of the source with
``--put-in``, so that the target has it too many) goes once what stands between two commas, and once the end; dice that know the line's number choose.  A set has a hundred or two such
rows, and this makes thousands.  For two thirds of the documents and for the third that is laid aside it prints what share is found where 2, 3, 5, 7 and 10 of 1,000 good pairs are flagged,
and the odds from which that is so, which is what ``enough`` in :mod:`mtclean.rules.bilingual.clauses` is set by; then the same for ``enough`` as it is.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from mtclean.rules.bilingual.clauses import LEFT_OUT, PUT_IN, Evidence, likeliest
from mtclean.rules.bilingual.lengths import direction, weight
from mtclean.rules.bilingual.vectors import speaks

Row = dict[str, str]

_COMMA = re.compile("[,，、،]")
_LEAST = 10
""":func:`~mtclean.rules.bilingual.lengths.weight` of the least that is taken out."""
_MOST = 0.5
"""What is taken out at most, of a text."""
_FIRST_END, _LAST_END = 0.55, 0.88
"""Between which parts of a text it ends early."""
_LEVELS = (0.002, 0.003, 0.005, 0.007, 0.01)
_PARTS = ("two thirds", "two thirds", "aside")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("clean", type=Path)
    parser.add_argument("--put-in", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="take one pair of so many")
    asked = parser.parse_args(arguments)
    evidence = PUT_IN if asked.put_in else LEFT_OUT
    with asked.clean.open(encoding="utf-8") as lines:
        rows: list[Row] = [json.loads(line) for line in lines]
    odds: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for number, row in enumerate(rows):
        if number % asked.every or not speaks(row["src_lang"], row["lang"]):
            continue
        part = odds[_PARTS[sha256(row["doc"].encode()).digest()[0] % len(_PARTS)]]
        for kind, ours, theirs in shortened(row, asked.put_in, random.Random(number)):
            part[kind].append(odds_of(row, asked.put_in, ours, theirs, evidence))
    for name, of in sorted(odds.items()):
        for line in report(of, evidence):
            print(name, line)


def shortened(row: Row, put_in: bool, dice: random.Random) -> Iterator[tuple[str, str, str]]:
    """The longer and the shorter text of the pair of *row* as it is, and with something taken out of the shorter."""
    ours, theirs = (row["text"], row["src"]) if put_in else (row["src"], row["text"])
    yield "good", ours, theirs
    for kind, shorter in (
        ("clause", without_clause(theirs, dice)),
        ("end", without_end(theirs, dice)),
    ):
        if shorter:
            yield kind, ours, shorter


def without_clause(text: str, dice: random.Random) -> str:
    """*text* without what stands between two commas; empty where there is nothing of a fitting length."""
    commas = [match.start() for match in _COMMA.finditer(text)]
    clauses = [
        (start, end)
        for start, end in pairwise(commas)
        if _LEAST <= weight(text[start:end]) <= _MOST * weight(text)
    ]
    if not clauses:
        return ""
    start, end = dice.choice(clauses)
    return text[:start] + text[end:]


def without_end(text: str, dice: random.Random) -> str:
    """*text* up to a word in its second half; empty where it is short."""
    borders = [match.start() for match in re.finditer(r"\s", text)] or range(len(text))
    first, last = _FIRST_END * len(text), _LAST_END * len(text)
    ends = [place for place in borders if first <= place <= last]
    return f"{text[: dice.choice(ends)]}." if ends and weight(text) >= 5 * _LEAST else ""


def odds_of(row: Row, put_in: bool, ours: str, theirs: str, evidence: Evidence) -> float:
    """The logarithm of the odds of the part of *ours* that is likeliest to be missing in *theirs*."""
    way = direction((row["src_lang"], row["lang"]))
    assert way is not None
    found = likeliest(ours, theirs, way.back if put_in else way, evidence)
    return found[0] if found else -math.inf


def report(odds: Mapping[str, Sequence[float]], evidence: Evidence) -> Iterator[str]:
    good = sorted(odds["good"], reverse=True)
    limits = [(f"{level:.1%}", good[int(level * len(good))]) for level in _LEVELS]
    flagged = sum(one > evidence.enough for one in good) / len(good)
    for name, limit in [*limits, (f"{flagged:.2%}, as it is", evidence.enough)]:
        shares = (
            f"{kind} {sum(one > limit for one in of) / len(of):.1%} of {len(of)}"
            for kind, of in odds.items()
            if kind != "good"
        )
        yield f"{name} of {len(good)} good pairs, from {limit:.2f} on: {', '.join(shares)}"


if __name__ == "__main__":
    main()
