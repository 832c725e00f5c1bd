"""The whole job on one document against the languages set: 34 languages and varieties other than English.

    python benchmarks/languages.py FOLDER [--lang de,fr] [--bench runon,cjk,quotes,general,clean] [--aside | --all]
                                   [--misses N] [--json OUT] [--judged benchmarks/judged_languages.tsv [--unjudged]]

FOLDER holds the scorer (``score.py``) and its ``bench/``.  A third of the documents is laid aside, the same articles in every
language, so that what was found by reading misses is measured on others in the end: ``--aside`` scores only those.

``clean(text, lang)`` has the scorer's form.  It is told the language and makes no use of it but to count in ``NAMED`` how
often the document's own was found.

Clean texts have faults of their own, and a change that mends one is no false alarm: with --judged those that somebody read and
called real are left out of a second column of ``clean`` (see ``judged.py``; the category of a change is what it puts there).
--unjudged prints those that nobody has read, with their keys.  Changes of a mark's style and of a space's kind are not asked for.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import mtclean
from benchmarks.judged import Place, Verdict, key, verdicts

NAMED: dict[str, Counter[str]] = defaultdict(Counter)
"""What each language was taken for, a count for each answer."""
CLEANED: dict[str, str] = {}
"""What came of each text."""

COLUMNS = (
    ("runon/runon", "run-on"),
    ("cjk/cjk", "cjk"),
    ("quotes/facing", "facing"),
    ("quotes/minor-straight", "min-straight"),
    ("quotes/minor-other", "min-other"),
    ("quotes/frspace", "fr-space"),
    ("quotes/apostrophe", "apostrophe"),
    ("general/general", "general"),
)
KINDS = ("dup-common", "comma-glued", "space-before", "fullwidth", "space-doubled")


def clean(text: str, lang: str) -> str:
    """*text* with every safe fix of our own rules, in the language that was found."""
    result = mtclean.clean(text)
    NAMED[lang][result.language] += 1
    CLEANED[text] = result.text
    return result.text


def is_aside(document: str) -> bool:
    """Whether a document is of the third that is not looked at; its translations are, too."""
    _, _, article = document.partition(".")
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % 3 == 0


def scorer(folder: Path, part: str) -> ModuleType:
    """The scorer in *folder*, made to see only a *part* of the documents: near, aside or all."""
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    load = module.load
    wanted = {"near": (False,), "aside": (True,), "all": (False, True)}[part]
    vars(module)["load"] = lambda name, half: [
        row for row in load(name, half) if is_aside(row["id"]) in wanted
    ]
    return module


def changes(module: ModuleType, text: str) -> Iterator[tuple[str, Place]]:
    """What was changed in a clean *text*, but for style, with the text that the places are of."""
    before, after = (module.style(module.nn(t)) for t in (text, CLEANED[text].strip("\n")))
    for start, end, begin, stop in module.ops(before, after):
        yield before, Place(start, end, after[begin:stop])


def unreal(module: ModuleType, said: Mapping[str, Verdict], show: bool) -> Counter[str]:
    """How many changes of clean texts nobody called real, by language; *show* prints those that nobody has judged."""
    found: Counter[str] = Counter()
    for row in module.load("texts", "dev"):
        if row["t"] not in CLEANED:
            continue
        for text, place in changes(module, row["t"]):
            name = key(text, place)
            found[row["l"]] += said.get(name) is not Verdict.REAL
            if show and name not in said:
                shown = text[max(0, place.start - 60) : place.start], text[place.start : place.end]
                print(name, row["l"], row["id"], *map(repr, (*shown, place.category)), sep="\t")
                print("", repr(text[place.end : place.end + 60]), sep="\t")
    return found


def scored(module: ModuleType, langs: str, bench: str, misses: int) -> dict[str, Any]:
    """What the scorer says of :func:`clean`."""
    chosen = set(filter(None, langs.split(",")))
    tool = module.Tool(f"py:{Path(__file__).resolve()}:clean")
    tool.f = clean
    parts = [name for name in bench.split(",") if name in ("runon", "cjk", "quotes", "general")]
    counts: dict[Any, Counter[str]] = {}
    if parts:
        counts.update(module.faults(tool, "dev", chosen, parts, misses))
    if "clean" in bench.split(","):
        counts.update(module.clean(tool, "dev", chosen, misses)[0])
    if "mt" in bench.split(","):
        counts.update(module.clean(tool, "dev", chosen, misses, "mt")[0])
    table: dict[str, Any] = defaultdict(dict)
    for (language, room, name), count in counts.items():
        table[language][f"{room}/{name}"] = dict(count)
    rate = tool.bytes / tool.wall / 1e6 if tool.wall else 0
    return {"failed": tool.fail, "MBps": rate, "languages": table, "named": NAMED}


def _share(counts: Mapping[str, int]) -> str:
    """Recall and precision in a hundred."""
    hits, sites, wrong = (counts.get(name, 0) for name in ("hits", "sites", "wrong"))
    if not sites:
        return "-"
    right = f"{100 * hits / (hits + wrong):.1f}" if hits + wrong else "-"
    return f"{100 * hits / sites:.1f}/{right}"


def report(score: dict[str, Any]) -> str:
    """A line for each language: recall/precision of each part, changes of clean text, language found."""
    names = [name for _, name in COLUMNS]
    lines = [
        f"{'':6}{'clean':>7}{'unreal':>7}{'named':>7}"
        + "".join(f"{n:>14}" for n in (*names, *KINDS))
    ]
    for language, parts in score["languages"].items():
        tidy = parts.get("texts/clean", {})
        words = tidy.get("words", 0)
        rate = 1000 * tidy["norm"] / words if words else 0.0
        read = 1000 * score["unreal"][language] / words if words else 0.0
        found = score["named"][language]
        code = _CODES.get(language, language.partition("-")[0])
        named = 100 * found[code] / max(1, sum(found.values()))
        cells = [_share(parts.get(key, {})) for key, _ in COLUMNS]
        for kind in KINDS:
            one = parts.get(f"general/general:{kind}", {})
            cells.append(f"{100 * one['hits'] / one['sites']:.0f}" if one else "-")
        lines.append(
            f"{language:6}{rate:7.2f}{read:7.2f}{named:7.1f}"
            + "".join(f"{cell:>14}" for cell in cells)
        )
    lines.append(f"failed {score['failed']}, {score['MBps']:.2f} MB/s of CPU time")
    return "\n".join(lines)


_CODES = {"nb": "no", "zh-TW": "zh-Hant"}
"""Languages the detector calls by another code."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", default="")
    parser.add_argument("--bench", default="runon,cjk,quotes,general,clean")
    parser.add_argument("--aside", action="store_const", dest="part", const="aside", default="near")
    parser.add_argument("--all", action="store_const", dest="part", const="all")
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--judged", type=Path)
    parser.add_argument("--unjudged", action="store_true")
    given = parser.parse_args()
    said = verdicts(given.judged) if given.judged else {}
    module = scorer(given.folder, given.part)
    score = scored(module, given.lang, given.bench, given.misses)
    score["unreal"] = unreal(module, said, given.unjudged)
    if given.json:
        given.json.write_text(json.dumps(score, ensure_ascii=False, indent=1), encoding="utf-8")
    print(report(score))


if __name__ == "__main__":
    main()
