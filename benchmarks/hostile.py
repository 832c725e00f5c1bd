"""Clean a corpus of hostile files and say which did not end as its manifest says.

    python benchmarks/hostile.py CORPUS

CORPUS is a folder with ``manifest.json``: cases with a path (its bytes percent-escaped), the
sha256 of the file, and what is expected: ``ok``, ``ok_warn``, ``skip`` or ``fail`` with a code.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import unquote_to_bytes

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tasks.documents import read
from tasks.documents.errors import DocumentProblem
from tasks.documents.ledger import known


def state_of(corpus: Path) -> dict[Path, tuple[int, str]]:
    """Time and digest of every regular file: the inputs are to be as they were."""
    return {
        path: (path.lstat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in corpus.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def main(corpus: Path) -> None:
    cases = json.loads((corpus / "manifest.json").read_text())["cases"]
    before = state_of(corpus)
    out = Path(tempfile.mkdtemp()) / "out"
    command = [sys.executable, "-m", "flows.cli", "run", str(corpus), "--output", str(out)]
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
        wrong = judged(case["expect"], path, entries, out)
        held["held" if not wrong else "differs"] += 1
        if wrong:
            print(f"  {case['path'][:90]}: {wrong}")
    print(dict(held))


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
    digest = hashlib.sha256(text.text.encode("utf-8", "surrogatepass")).hexdigest()
    if expect.get("text_sha256") not in (None, digest):
        return f"decoded as {text.encoding}, but another text expected"
    if expect["status"] == "ok_warn":
        record = json.loads((out / entry.outputs[1]).read_text())
        rules = {item["rule"] for item in (*record["fixes"], *record["findings"])}
        if not rules and not record["warnings"]:
            return f"nothing is said of {expect['code']}"
    return ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
