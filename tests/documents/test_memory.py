"""A text that will not fit into memory is refused before it is worked on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from mtclean.documents import DocumentProblem, Input, document, memory
from mtclean.documents.memory import BYTES_PER_CHARACTER, available, check_memory
from mtclean.pipeline import steps
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.stages import normalize
from mtclean.pipeline.steps import begin
from mtclean.text.evidence import NO_EVIDENCE


def test_what_is_there_is_no_more_than_the_machine_has() -> None:
    assert 0 < available() <= psutil.virtual_memory().total


def test_it_is_shared_among_those_who_work_side_by_side() -> None:
    fits = available() // BYTES_PER_CHARACTER // 2
    check_memory(fits)
    with pytest.raises(DocumentProblem, match=r"split it into parts of [0-9,]+ at most") as caught:
        check_memory(fits, 64)
    assert caught.value.code == "memory"
    assert "64 workers" in str(caught.value)
    with pytest.raises(DocumentProblem) as caught:
        check_memory(fits * 4)
    assert "workers" not in str(caught.value)


def test_a_text_of_nothing_but_faults_is_refused_once_they_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options = Options(grammar=False, language="en")
    good, bad = "The ferry left, and they stayed. " * 400, "The ferry left ,they stayed . " * 400
    few, many = (draft(document("a.txt", text.encode()), options) for text in (good, bad))
    monkeypatch.setattr(memory, "_ALWAYS_THERE", 0)
    monkeypatch.setattr(memory, "available", lambda: 500_000)
    assert normalize(few).stages == ["normalize"]
    with pytest.raises(DocumentProblem, match=r"its [0-9,]+ changes need .* split it") as caught:
        normalize(many)
    assert caught.value.code == "memory"


def test_two_texts_of_faults_do_not_both_take_what_is_there_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The ferry left ,they stayed . " * 400)
    alone, beside = (
        begin(Input(file, file.name), Options(grammar=False), tmp_path, workers, NO_EVIDENCE).parcel
        for workers in (1, 2)
    )
    monkeypatch.setattr(memory, "_ALWAYS_THERE", 0)
    monkeypatch.setattr(memory, "available", lambda: 2_000_000)
    steps.normalize(alone)
    with pytest.raises(DocumentProblem, match=r"for 2 workers: .* or use fewer --workers"):
        steps.normalize(beside)


@pytest.mark.parametrize(
    ("ours", "files"),
    [
        ("0::/", {"memory.max": "900", "memory.current": "700", "memory.stat": "anon 1\ninactive_file 50\n"}),
        ("0::/a/b", {"memory.max": "max", "memory.current": "9", "a/memory.max": "900", "a/memory.current": "700", "a/memory.stat": "inactive_file 50\n", "a/b/memory.max": "max"}),
        ("0::/only/outside", {"memory.max": "900", "memory.current": "650", "memory.stat": ""}),
        ("3:cpu:/x\n4:memory:/a\n0::/", {"memory/a/memory.limit_in_bytes": "900", "memory/a/memory.usage_in_bytes": "700", "memory/a/memory.stat": "total_inactive_file 50\n", "memory/memory.limit_in_bytes": "9223372036854771712", "memory/memory.usage_in_bytes": "5"}),
    ],
)  # fmt: skip
def test_a_container_has_less_than_the_machine(
    ours: str, files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cgroup").write_text(ours)
    for name, content in files.items():
        (tmp_path / "system" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "system" / name).write_text(content)
    monkeypatch.setattr(memory, "_OURS", tmp_path / "cgroup")
    monkeypatch.setattr(memory, "_SYSTEM", tmp_path / "system")
    assert available() == 250


def test_where_there_are_no_groups_the_machine_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_OURS", tmp_path / "none")
    assert available() > 250


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
def test_what_does_not_fit_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    import resource

    limit = 3 << 30
    (tmp_path / "short.txt").write_text("The talks went well.Both sides agreed.\n")
    (tmp_path / "long.txt").write_text("All is well. " * (limit // BYTES_PER_CHARACTER // 13))
    done = subprocess.run(
        [sys.executable, "-m", "mtclean.cli", "check", "--no-grammar", "long.txt", "short.txt"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )
    assert done.returncode == 3, done.stderr
    assert "missing-space-after-sentence" in done.stdout
    assert done.stderr.startswith("mtclean: long.txt: its ")
    assert done.stderr.count("\n") == 1
    assert "split it" in done.stderr
