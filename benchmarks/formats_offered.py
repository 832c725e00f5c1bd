"""How much of what an independent parser calls prose is offered to the rules, for each format of a formats set.

    python benchmarks/formats_offered.py ../shared/benchmarks/formats [--format F ...] [--left]

Counted are letters and digits of the parser's text items.  Each item is looked for in the view, in order; where it is
not there in one run, word by word.  Not asked for, and counted by themselves, are what is *elsewhere* (other languages of
a memory than the one that is read, choices of a form), *code* (what a Word document's styles and fonts say is code,
imports and exports of MDX), and *held* what is shown in a text that nobody may change (final, approved, locked, fuzzy).

The share is that of the rest; some of it is *fixed*, which is shown and no prose to our reader, and some *absent*.
``--left`` prints both.  The command ends with 1 where a share is below 98 %.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from mtclean.formats.format import Choices
from mtclean.formats.layout import Kind, Layout
from mtclean.formats.registry import BY_NAME

LEAST = 0.98
_OFFERED, _LEFT = "offered", ("fixed", "absent")
_OTHER = re.compile(r"[\W_]+")
_TAGS = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_CODE = re.compile(r"code|literal|verbatim|courier|consolas", re.IGNORECASE)
_MODULE = re.compile(r"import |export ")
Item = tuple[str, Any]
Row = dict[str, Any]
Why = Callable[[str, Any], str]
"""Of each item in turn, why the reader is not asked for it."""


class Shown(NamedTuple):
    """The letters of a view, and what is done with each."""

    letters: str
    fates: list[str]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("set", type=Path, help="the folder of the set, with its probe.py")
    parser.add_argument("--format", nargs="*")
    parser.add_argument("--left", action="store_true", help="print what is not offered")
    asked = parser.parse_args()
    sys.path.insert(0, str(asked.set))
    probes = importlib.import_module("probe").PROBES
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for line in (asked.set / "manifest.jsonl").read_text().splitlines():
        row = json.loads(line)
        path = asked.set / row["file"]
        if path.exists() and (not asked.format or row["format"] in asked.format):
            data = path.read_bytes()
            items = probes[row["format"]](data, enc=row["encoding"], **row["options"])
            for fate, text in _fates(row, data, items):
                counts[row["format"]][fate] += len(text)
                if asked.left and fate in _LEFT:
                    print(f"{row['file']}: {fate}: {text:.100}")
    shares = [_share(name, count) for name, count in sorted(counts.items())]
    sys.exit(min(shares, default=0.0) < LEAST)


def _share(name: str, count: Counter[str]) -> float:
    """Print what became of the letters of a format, and the share that is offered."""
    share = count[_OFFERED] / max(sum(count[fate] for fate in (_OFFERED, *_LEFT)), 1)
    print(f"{name:10}{share:8.2%}  {dict(count)}")
    return share


def _fates(row: Row, data: bytes, items: list[Item]) -> Iterator[tuple[str, str]]:
    """What becomes of each text of *items*."""
    options = row["options"]
    choices = Choices(
        columns=tuple(filter(None, [options.get("column")])),
        fields=tuple(options.get("fields", ())),
    )
    try:
        layout = laid_out("t", data, BY_NAME[row["format"]], choices).layout
    except DocumentProblem as problem:
        if problem.code != "not_chosen":
            raise
        return
    assert layout is not None
    shown, at = _shown(layout), 0
    for why, text in _texts(row["format"], layout, items):
        letters = _OTHER.sub("", text)
        if why:
            yield why, letters
            continue
        found = _place(shown.letters, letters, at)
        if found >= 0:
            at = found + len(letters)
            yield from _by_fate(letters, shown.fates[found:at])
            continue
        for word in filter(None, _OTHER.split(text)):
            found = _place(shown.letters, word, at)
            own = shown.fates[found : found + len(word)] if found >= 0 else ["absent"] * len(word)
            yield from _by_fate(word, own)


def _place(letters: str, text: str, at: int) -> int:
    behind = letters.find(text, at)
    return behind if behind >= 0 else letters.find(text)


def _by_fate(letters: str, fates: Iterable[str]) -> Iterator[tuple[str, str]]:
    made: dict[str, str] = defaultdict(str)
    for letter, fate in zip(letters, fates, strict=True):
        made[fate] += letter
    yield from made.items()


def _shown(layout: Layout) -> Shown:
    letters, fates = list[str](), list[str]()
    for view, _, kind in layout.pieces:
        own = _OTHER.sub("", layout.view[slice(*view)])
        held = "held" if layout.segment_at(view.start).state else "fixed"
        letters.append(own)
        fates += [held if kind is Kind.FIXED else _OFFERED] * len(own)
    return Shown("".join(letters), fates)


def _texts(format: str, layout: Layout, items: list[Item]) -> Iterator[tuple[str, str]]:
    """The texts of *items*, and why the reader is not asked for it; empty where it is."""
    asked = _ASKED.get(format, _of_any)(layout)
    for kind, value in items:
        why = asked(kind, value)
        if kind == "text":
            yield why, _TAGS.sub("", value) if format == "subs" else value


def _element(value: Any) -> tuple[str, dict[str, str]]:
    """The name and the attributes of an element, without their namespaces; empty of anything else."""
    if not (isinstance(value, tuple) and isinstance(value[0], str)):
        return "", {}
    said = value[1] if len(value) > 1 and isinstance(value[1], list) else []
    return value[0].rpartition("}")[2], {name.rpartition("}")[2]: text for name, text in said}


def _of_any(_: Layout) -> Why:
    return lambda kind, value: ""


def _of_memory(layout: Layout) -> Why:
    language = ""

    def why(kind: str, value: Any) -> str:
        nonlocal language
        name, said = _element(value) if kind == "fixed" else ("", {})
        if name == "tuv":
            language = said.get("lang", "").lower()
        read = layout.segments[0].language.lower() if layout.segments else ""
        return "" if language == read else "elsewhere"

    return why


def _of_page(_: Layout) -> Why:
    around = ""

    def why(kind: str, value: Any) -> str:
        nonlocal around
        if kind == "fixed":
            around = _element(value)[0]
        return "elsewhere" if around == "option" else ""

    return why


def _of_word(_: Layout) -> Why:
    styles: dict[str, str] = {}

    def why(kind: str, value: Any) -> str:
        name, said = _element(value) if kind == "fixed" else ("", {})
        if name == "p":
            styles.clear()
        elif name == "r":
            styles.pop("rStyle", None)
            styles.pop("rFonts", None)
        elif name in ("pStyle", "rStyle", "rFonts"):
            styles[name] = " ".join(said.values())
        return "code" if any(map(_CODE.search, styles.values())) else ""

    return why


def _of_mdx(_: Layout) -> Why:
    is_new = is_code = False

    def why(kind: str, value: Any) -> str:
        nonlocal is_new, is_code
        if kind == "fixed" and value[0] in ("paragraph_open", "paragraph_close"):
            is_new, is_code = value[0] == "paragraph_open", False
        elif kind == "text":
            is_new, is_code = False, is_code or (is_new and bool(_MODULE.match(value)))
        return "code" if is_code else ""

    return why


_ASKED = {"tmx": _of_memory, "html": _of_page, "docx": _of_word, "mdx": _of_mdx}


if __name__ == "__main__":
    main()
