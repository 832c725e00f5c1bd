"""What the rules of two texts say of pairs, as the bilingual set's scorer reads it.

    python benchmarks/bilingual.py IN.jsonl OUT.jsonl [--glossary FOLDER]

IN is what the set's ``inputs.py`` writes; rows with the same ``doc`` are one file, in the order of ``seg``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from mtclean.rules.bilingual import UNASKED, compare
from mtclean.rules.bilingual.pair import Pair
from mtclean.text import Finding, Fix, Span

Row = dict[str, str]
_CATEGORIES = {rule.id: rule.category for rule in UNASKED}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("given", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--glossary", type=Path)
    asked = parser.parse_args(arguments)
    with asked.given.open(encoding="utf-8") as lines:
        rows: list[Row] = [json.loads(line) for line in lines]
    rows.sort(key=lambda row: (row.get("doc") or "", row.get("seg") or 0))
    pairs = [
        Pair.of(row["src"], row["text"], (row["src_lang"], row["lang"]), document=document(row))
        for row in rows
    ]
    with asked.out.open("w", encoding="utf-8") as out:
        for number, item in compare(pairs):
            out.write(json.dumps(found(rows[number]["id"], item), ensure_ascii=False) + "\n")


def document(row: Row) -> str:
    """The file of *row*, the twins of rows of a file being one of their own."""
    return f"{row['set']}:{row['doc']}" if row.get("doc") else ""


def found(id: str, item: Fix | Finding) -> dict[str, object]:
    span: Span = item.span
    category = item.category if isinstance(item, Finding) else _CATEGORIES[item.rule]
    return {
        "id": id, "start": span.start, "end": span.end,
        "category": category.replace("punctuation", "punct"), "check": item.rule,
    }  # fmt: skip


if __name__ == "__main__":
    main()
