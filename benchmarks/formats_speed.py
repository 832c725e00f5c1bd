"""What reading a file and writing it back costs beside the rules' own time, for each format; and hostile files.

    python benchmarks/formats_speed.py               a file of 1 MB of each format
    python benchmarks/formats_speed.py --hostile     files made to take for ever, each in a process of its own

Seconds are those of the processor.  The share should be 15 % at most; a hostile file should end in a line within 10 s.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mtclean.documents import DocumentProblem, Reading, SourceFormat, read_as
from mtclean.formats import Choices
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.workers.collector import collect_seldom
from tests.formats.test_epub import book, page
from tests.formats.test_odt import odt
from tests.formats.word import paragraph, run, word

SIZE = 1_000_000  # bytes
_TIMES = 3  # each is done, of which the shortest counts
_LONGEST = 60  # seconds until a hostile file is given up
MOST_SHARE, MOST_SECONDS = 0.15, 10
CHOICES = Choices(columns=("target",), fields=("text",))
WORDS = [
    "the",
    "gate",
    "bridge",
    "harbour",
    "keeper",
    "river",
    "council",
    "letter",
    "night",
    "water",
    "stone",
    "old",
    "quiet",
    "shut",
    "open",
    "said",
    "went",
    "knew",
    "found",
    "of",
    "in",
    "on",
    "by",
    "with",
    "and",
    "before",
    "after",
    "again",
    "never",
]
T = TypeVar("T")
Make = Callable[[str], str]
"""A piece of a file with a sentence in it."""

FILES: dict[str, tuple[str, Make, str]] = {
    "csv": ("id,target\n", lambda s: f'7,"{s}"\n', ""),
    "html": ("<!doctype html><title>Gate</title>\n", lambda s: f"<p>The <b>gate</b>: {s}</p>\n", ""),
    "json": ("[\n", lambda s: json.dumps({"id": 7, "text": s}) + ",\n", '""]\n'),
    "markdown": ("# Gate\n\n", lambda s: f"The *gate*: {s}\n\n", ""),
    "mdx": ("import a from 'a'\n\n", lambda s: f"The {{gate}}: {s}\n\n", ""),
    "po": ('msgid ""\nmsgstr ""\n\n', lambda s: f'#: a.c:1\nmsgid "{s[:9]}"\nmsgstr "{s}"\n\n', ""),
    "subs": ("", lambda s: f"1\n00:00:01,000 --> 00:00:02,000\n{s}\n\n", ""),
    "tmx": (
        '<tmx version="1.4"><header srclang="de"/><body>\n',
        lambda s: f'<tu><tuv xml:lang="de"><seg>Tor</seg></tuv><tuv xml:lang="en"><seg>{s}</seg></tuv></tu>\n',
        "</body></tmx>",
    ),
    "xliff": (
        '<xliff version="1.2"><file source-language="de" target-language="en"><body>\n',
        lambda s: f'<trans-unit id="a"><source>Tor</source><target>The <g id="1">gate</g>: {s}</target></trans-unit>\n',
        "</body></file></xliff>",
    ),
}  # fmt: skip

ARCHIVES: dict[str, tuple[Callable[[str], bytes], Make]] = {
    "docx": (word, lambda s: paragraph(run("The "), run("gate", "<w:b/>"), run(f": {s}"))),
    "epub": (lambda text: book(page(text)), lambda s: f"<p>The <b>gate</b>: {s}</p>\n"),
    "odt": (
        odt,
        lambda s: f'<text:p>The <text:span text:style-name="T3">gate</text:span>: {s}</text:p>',
    ),
}
"""Of files that are archives what makes one of a text, and a piece of that."""

DEEP, MANY = 100_000, 50_000_000
HOSTILE: dict[str, Callable[[], str | bytes]] = {
    "android bomb": lambda: _bomb("resources"),
    "android deep": lambda: "<resources><string>" + "<b>" * DEEP,
    "android marks": lambda: "<resources><string>" + '\\"' * (MANY // 200) + "</string></resources>",
    "android tags": lambda: (
        "<resources><string>" + "&lt;b " * (MANY // 500) + "</string></resources>"
    ),
    "csv one field": lambda: "target\n" + "a" * MANY,
    "csv quoted": lambda: 'target\n"' + "a" * MANY + '"\n',
    "csv one mark": lambda: "target\n" + '"' * (MANY // 100),
    "csv marks": lambda: "target," + ",".join(map(str, range(DEEP))) + "\n" + "," * (MANY // 100),
    "epub bomb": lambda: book(page("<p>" + "a" * (2 * MANY))),
    "epub deep": lambda: book(page("<b>" * DEEP + "a" + "</b>" * DEEP)),
    "epub entities": lambda: book(_bomb("html")),
    "epub line": lambda: book(page("<p>" + "a " * (MANY // 20))),
    "epub many": lambda: book(**{f"{n}.xhtml": "<p/>" for n in range(DEEP // 8)}),
    "epub parts": lambda: book()[:-22] + b"PK\5\6" + bytes(18),
    "html deep": lambda: "<b>" * DEEP + "a" + "</b>" * DEEP,
    "html blocks": lambda: "<div>" * DEEP + "a" + "</div>" * DEEP,
    "html comments": lambda: "<!--" * (MANY // 100),
    "html tags": lambda: "<a " * (MANY // 100),
    "html line": lambda: "<p>" + "a " * (MANY // 20),
    "json deep": lambda: "[" * DEEP + "]" * DEEP,
    "json objects": lambda: '{"text":' * DEEP + '"a"' + "}" * DEEP,
    "json escapes": lambda: '{"text": "' + "\\n" * (MANY // 200) + '"}',
    "json line": lambda: '{"id": "' + "a" * MANY + '"}',
    "markdown deep": lambda: "> " * DEEP + "a",
    "markdown brackets": lambda: "[" * (MANY // 100),
    "markdown stars": lambda: "*a " * (MANY // 200),
    "mdx braces": lambda: "{" * (MANY // 100),
    "odt bomb": lambda: odt("<text:p>" + "a" * (2 * MANY)),
    "odt deep": lambda: odt("<text:span>" * DEEP),
    "odt entities": lambda: odt("", before=_bomb("a")),
    "odt spaces": lambda: odt("<text:p>a" + "<text:s/>" * DEEP + "b</text:p>"),
    "odt tokens": lambda: odt("<text:p>" + "a<text:tab/>" * (4 * DEEP) + "</text:p>"),
    "odt words": lambda: odt("<text:p>" + "a " * (MANY // 20) + "</text:p>"),
    "po line": lambda: 'msgid "a"\nmsgstr "' + "a" * (MANY // 10) + '"\n',
    "po escapes": lambda: 'msgid "a"\nmsgstr "' + '\\"' * (MANY // 200) + '"\n',
    "qt bomb": lambda: _bomb("TS"),
    "qt deep": lambda: "<TS><context>" + "<message>" * DEEP,
    "qt fetch": lambda: '<!DOCTYPE TS SYSTEM "file:///etc/passwd"><TS>&a;</TS>',
    "strings comments": lambda: "/*" * (MANY // 100),
    "strings line": lambda: '"a" = "' + "a" * MANY + '";',
    "strings marks": lambda: '"' * (MANY // 100),
    "strings slashes": lambda: '"a" = "' + "\\" * (MANY // 100 + 1),
    "subs no cue": lambda: "00:00:01,000 --> " * (MANY // 100),
    "subs braces": lambda: "1\n00:00:01,000 --> 00:00:02,000\n" + "{" * (MANY // 100),
    "subs line": lambda: "1\n00:00:01,000 --> 00:00:02,000\n" + "<" * (MANY // 100),
    "tmx deep": lambda: '<tmx version="1.4"><body>' + "<tu>" * DEEP,
    "tmx bomb": lambda: _bomb("tmx"),
    "xcstrings deep": lambda: '{"strings": {"a": ' * DEEP + "1" + "}}" * DEEP,
    "xcstrings line": lambda: '{"strings": {"' + "a" * MANY + '": {}}}',
    "xcstrings lists": lambda: '{"strings": {"a": {"b": ' + "[" * DEEP + "]" * DEEP + "}}}",
    "xliff deep": lambda: '<xliff version="1.2"><file>' + "<g>" * DEEP,
    "xliff bomb": lambda: _bomb("xliff"),
    "xliff fetch": lambda: '<!DOCTYPE xliff SYSTEM "file:///etc/passwd"><xliff>&a;</xliff>',
    "xliff line": lambda: "<xliff>" + "a" * MANY + "</xliff>",
    "yaml bomb": lambda: (
        "a0: &a0 [ha]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 12))
    ),
    "yaml deep": lambda: "[" * DEEP,
    "yaml maps": lambda: "{text: " * DEEP,
    "yaml lists": lambda: "- " * DEEP,
    "yaml line": lambda: "text: " + "a" * MANY,
    "yaml words": lambda: "text: " + "a " * (MANY // 20),
    "yaml lines": lambda: "text: |\n" + "  a\n" * (MANY // 100),
    "yaml blanks": lambda: "text: a\n" + "\n" * (MANY // 20) + "b: c\n",
    "yaml escapes": lambda: 'text: "' + "\\n" * (MANY // 200) + '"',
    "yaml keys": lambda: "text: a\n" * (MANY // 200),
}  # fmt: skip


def _bomb(root: str) -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE {root} [<!ENTITY e0 "ha">{entities}]><{root}>&e11;</{root}>'


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--one", help="a hostile file, in this process")
    parser.add_argument("--format", nargs="*")
    asked = parser.parse_args()
    if asked.one:
        _meet(asked.one)
    elif asked.hostile:
        survived = [_survives(name) for name in HOSTILE if _is_of(name, asked.format)]
        sys.exit(not all(survived))
    else:
        collect_seldom()  # as the program and its workers do
        names = sorted((*FILES, *ARCHIVES))
        quick = [_is_quick(name) for name in names if _is_of(name, asked.format)]
        sys.exit(not all(quick))


def _is_of(name: str, formats: list[str] | None) -> bool:
    return not formats or name.split()[0] in formats


def _is_quick(name: str) -> bool:
    data = _file(name)
    options = Options(grammar=False, language="en")
    reading, document = _least(
        lambda: read_as(Reading(SourceFormat(name), CHOICES), "a", data, Path("a"))
    )
    rules, work = _least(lambda: detect_artifacts(normalize(draft(document, options))))
    writing, cleaned = _least(lambda: cleaned_bytes(work))
    share = (reading + writing) / rules
    print(
        f"{name:10} {len(data) / 1e6:5.2f} MB  read {reading:5.2f} s  rules {rules:6.2f} s"
        f"  write {writing:5.2f} s  share {share:6.1%}  changed {cleaned != data}",
        flush=True,
    )
    return share <= MOST_SHARE


def _file(name: str) -> bytes:
    """A file of the format *name* with a megabyte of prose that has two faults in each sentence."""
    chance = random.Random(1)
    before, make, after = FILES.get(name) or ("", ARCHIVES[name][1], "")
    parts = [before]
    while 150 * len(parts) < SIZE:
        words = " ".join(chance.choices(WORDS, k=18))
        parts.append(make(f"{words.capitalize()}. {words[:30].capitalize()}’s gate.Shut ,again."))
    text = "".join((*parts, after))
    return ARCHIVES[name][0](text) if name in ARCHIVES else text.encode()


def _least(do: Callable[[], T]) -> tuple[float, T]:
    """What *do* takes when nothing is in its way, and what comes of it."""
    least = float("inf")
    for _ in range(_TIMES):
        gc.collect()
        start = process_time()
        done = do()
        least = min(least, process_time() - start)
    return least, done


def _survives(name: str) -> bool:
    command = [sys.executable, __file__, "--one", name]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_LONGEST
        )
    except subprocess.TimeoutExpired:
        print(f"{name:20} FAILED after {_LONGEST} s", flush=True)
        return False
    ok = done.returncode == 0 and done.stdout.count("\n") == 1
    print(
        f"{name:20} {'' if ok else 'FAILED '}{done.stdout.strip() or done.stderr[-300:]}",
        flush=True,
    )
    return ok


def _meet(name: str) -> None:
    made = HOSTILE[name]()
    data = made if isinstance(made, bytes) else made.encode()
    start = process_time()
    said = "read"
    try:
        format = SourceFormat(name.split()[0])
        document = read_as(Reading(format, CHOICES), "a", data, Path("a"))
        document.rewritten(())
    except DocumentProblem as problem:
        said = str(problem)
    took = process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{took:6.2f} s {memory:5.2f} GB  {said[:100]}")
    sys.exit(took > MOST_SECONDS or "\n" in said)


if __name__ == "__main__":
    main()
