"""What the rules of two texts say of pairs, and those of one of loops in the translation, as the bilingual set's scorer reads it.

    python benchmarks/bilingual.py IN.jsonl OUT.jsonl [--glossary FOLDER] [--judged benchmarks/judged_pairs.tsv] [--also RULE]

IN is what the set's ``inputs.py`` writes; rows with the same ``doc`` are one file, in the order of ``seg``.  Rows without ``seg`` are in no
order, and may be what several systems made of one source: each is by itself.  With a file of
verdicts (see ``judged.py``; the place is one of the target, its category the rule's id) it says of the good pairs how many were
flagged by right, by mistake, and where nobody has judged yet.
FOLDER has the glossaries of the rows that are about terms; each RULE is one that speaks only where it is named.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.judged import Place, Verdict, key, verdicts
from mtclean.rules.artifacts.circular import phrase_in_circles
from mtclean.rules.artifacts.repetition import looping_phrase
from mtclean.rules.bilingual import OF_ROWS, RULES, UNASKED, compare
from mtclean.rules.bilingual.glossary import NONE, Glossary, read_table
from mtclean.rules.bilingual.pair import Pair
from mtclean.text import Finding, Fix, Span

Row = dict[str, str]
_GOOD = ("c_", "b_natural_ok")
"""How the sets of good pairs begin."""
_LOOPS = (looping_phrase, phrase_in_circles)
_CATEGORIES = {rule.id: rule.category for rule in (*RULES, *OF_ROWS, *_LOOPS)}
_OPT_IN = {rule.id: rule for rule in RULES if rule.opt_in}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("given", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--glossary", type=Path)
    parser.add_argument("--judged", type=Path)
    parser.add_argument("--also", action="append", default=[], choices=sorted(_OPT_IN))
    asked = parser.parse_args(arguments)
    with asked.given.open(encoding="utf-8") as lines:
        rows: list[Row] = [json.loads(line) for line in lines]
    rows.sort(key=in_order)
    pairs = pairs_of(rows, glossaries(asked.glossary))
    items = [*compare(pairs, [*UNASKED, *(_OPT_IN[name] for name in asked.also)]), *loops(pairs)]
    with asked.out.open("w", encoding="utf-8") as out:
        for number, item in items:
            out.write(json.dumps(found(rows[number]["id"], item), ensure_ascii=False) + "\n")
    if asked.judged:
        said = verdicts(asked.judged)
        good = ((rows[n], item) for n, item in items if is_good(rows[n]))
        for line in judged(good, said):
            print(line)


def loops(pairs: Sequence[Pair]) -> Iterator[tuple[int, Fix | Finding]]:
    """What the rules of one text say of loops in the translations: an engine that makes them has left its source."""
    for number, pair in enumerate(pairs):
        for rule in _LOOPS:
            for item in rule.run(pair.target):
                yield number, item


def in_order(row: Row) -> tuple[str, int]:
    """The units of a file together, as they stand there."""
    return row.get("doc") or "", int(row.get("seg") or 0)


def pairs_of(rows: Sequence[Row], terms: Mapping[tuple[str, str], Glossary]) -> list[Pair]:
    """A pair of each of *rows*; of those about terms, with the glossary of its languages among *terms*."""
    return [
        Pair.of(
            row["src"],
            row["text"],
            languages := (row["src_lang"], row["lang"]),
            terms.get(languages, NONE) if "glossary" in row["set"] else NONE,
            document=document(row),
        )
        for row in rows
    ]


def glossaries(folder: Path | None) -> dict[tuple[str, str], Glossary]:
    """Those of *folder* by their languages, which ``en-de.tsv`` names; none without one."""
    tables = sorted(folder.glob("??-??.tsv")) if folder else []
    return {
        (table.stem[:2], table.stem[3:]): read_table(table.read_text(encoding="utf-8"))
        for table in tables
    }


def document(row: Row) -> str:
    """The file of *row*, the twins of rows of a file being one of their own; empty where it is in none."""
    return f"{row['set']}:{row['doc']}" if row.get("doc") and "seg" in row else ""


def is_good(row: Row) -> bool:
    return row["set"].startswith(_GOOD) and not row["set"].endswith("~ok")


def judged(items: Iterable[tuple[Row, Fix | Finding]], said: Mapping[str, Verdict]) -> list[str]:
    """The places nobody has judged, by key, and how many pairs of each set are flagged, by what is known of them."""
    unjudged: list[str] = []
    pairs: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row, item in items:
        name = key(row["text"], Place(*item.span, item.rule))
        verdict = said.get(name)
        pairs[row["set"], row["id"]].add(verdict.value if verdict else "unjudged")
        if verdict is None:
            unjudged.append(f"{name}\t?\t{row['id']} {item.rule}")
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (of, _), found in pairs.items():
        # a pair is flagged by right only where all that is said of it is
        counts[of][next(v for v in ("unjudged", "false", "real") if v in found)] += 1
    return [*unjudged, *(f"{of}: {dict(count)}" for of, count in sorted(counts.items()))]


def found(id: str, item: Fix | Finding) -> dict[str, object]:
    span: Span = item.span
    category = item.category if isinstance(item, Finding) else _CATEGORIES[item.rule]
    return {
        "id": id, "start": span.start, "end": span.end,
        "category": category.replace("punctuation", "punct"), "check": item.rule,
        "why": item.message if isinstance(item, Finding) else item.reason,
    }  # fmt: skip


if __name__ == "__main__":
    main()
