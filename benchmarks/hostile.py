"""Clean a corpus of hostile files and say which did not end as its manifest says.

    python benchmarks/hostile.py CORPUS

Then clean each alone, and say which took the longest, in seconds of CPU, and the most memory of all.

CORPUS is a folder with ``manifest.json``: cases with a path (its bytes percent-escaped), the
sha256 of the file, and what is expected: ``ok``, ``ok_warn``, ``skip`` or ``fail`` with a code.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote_to_bytes

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from mtclean.documents import Input, digest, read
from mtclean.documents.errors import DocumentProblem
from mtclean.documents.ledger import known
from mtclean.pipeline.options import Options
from mtclean.pipeline.single import clean_into


def state_of(corpus: Path) -> dict[Path, tuple[int, str]]:
    """Time and digest of every regular file: the inputs are to be as they were."""
    return {
        path: (path.lstat().st_mtime_ns, digest(path))
        for path in corpus.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def main(corpus: Path) -> None:
    cases = json.loads((corpus / "manifest.json").read_text())["cases"]
    before = state_of(corpus)
    out = Path(tempfile.mkdtemp()) / "out"
    command = [sys.executable, "-m", "mtclean.cli", "run", str(corpus), "--output", str(out)]
    began = time.monotonic()
    done = subprocess.run(
        [*command, "--no-grammar"], cwd=ROOT, capture_output=True, check=False, timeout=3600
    )
    seconds = time.monotonic() - began
    said = done.stdout + done.stderr
    raw = [byte for byte in set(said) if (byte < 32 and byte != 10) or byte == 127]
    print(f"{len(cases)} cases in {seconds:.0f} s, exit {done.returncode}")
    print(f"tracebacks {said.count(b'Traceback')}, raw control bytes {raw}")
    print(f"inputs untouched {state_of(corpus) == before}")
    entries = {entry.path: entry for entry in known(out).values()}
    held: Counter[str] = Counter()
    for case in cases:
        path = corpus / os.fsdecode(unquote_to_bytes(case["path"]))
        if case.get("kind") == "deep":  # whose path is a description
            path = max(corpus.rglob("*.txt"), key=lambda found: len(found.parts))
        wrong = judged(case["expect"], path, entries, out)
        held["held" if not wrong else "differs"] += 1
        if wrong:
            print(f"  {case['path'][:90]}: {wrong}")
    print(dict(held))
    print_slowest(corpus, cases)


def print_slowest(corpus: Path, cases: list[dict]) -> None:  # type: ignore[type-arg]
    """Time every case alone, in this process."""
    out = Path(tempfile.mkdtemp())
    took: list[tuple[float, float, str]] = []
    for number, case in enumerate(cases):
        path = corpus / os.fsdecode(unquote_to_bytes(case["path"]))
        began = time.process_time()
        with suppress(DocumentProblem):
            clean_into(out, Input(path, str(number)), Options(grammar=False), None)
        took.append((time.process_time() - began, case["expect"]["max_s"], case["path"]))
    for seconds, most, name in sorted(took, reverse=True)[:8]:
        print(f"  {seconds:6.2f} s of CPU (at most {most} s): {name[:60]}")
    over = [name for seconds, most, name in took if seconds > most]
    print(f"over their time: {over}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"most memory: {peak:.2f} GB")


def judged(expect: dict, path: Path, entries: dict, out: Path) -> str:  # type: ignore[type-arg]
    """How the case differs from what is expected; empty where it does not."""
    entry = entries.get(str(path))
    if entry is None:
        return "" if expect["status"] == "skip" else f"not taken, but {expect['status']} expected"
    status = {"cleaned": "ok", "skipped": "skip", "failed": "fail"}[entry.status]
    if status != expect["status"].removesuffix("_warn"):
        return f"{status} ({entry.code}), but {expect['status']} ({expect.get('code')}) expected"
    if status != "ok":
        return "" if entry.code == expect.get("code") else f"{entry.code}, not {expect.get('code')}"
    try:
        text = read(path, "x").decoded
    except DocumentProblem as problem:
        return f"now {problem.code}"
    sha256 = hashlib.sha256(text.text.encode("utf-8", "surrogatepass")).hexdigest()
    if expect.get("text_sha256") not in (None, sha256):
        return f"decoded as {text.encoding}, but another text expected"
    if expect["status"] == "ok_warn":
        record = json.loads((out / entry.outputs[1]).read_text())
        rules = {item["rule"] for item in (*record["fixes"], *record["findings"])}
        if not rules and not record["warnings"]:
            return f"nothing is said of {expect['code']}"
    return ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
