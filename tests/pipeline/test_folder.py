"""What an output folder knows of many documents at once is what it knows of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtclean.documents import Entry, opened
from mtclean.pipeline.folder import behind, documents, is_behind

NAMES = ("none.txt", "own.txt", "early.txt", "both.txt", "below/own.txt", "link.txt", "place.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents whose files of decisions are of every kind, and that were made without any."""
    out = tmp_path / "out"
    with opened(out) as ledger:
        ledger.record(Entry(n, f"/in/{n}", "", {}, "cleaned", outputs=(n,)) for n in NAMES)
    (out / "below").mkdir()
    (out / "place.txt.decisions.json").mkdir()
    for name in ("own.txt", "early", "both.txt", "both", "below/own.txt"):
        (out / f"{name}.decisions.json").write_text(name)
    (out / "link.txt.decisions.json").symlink_to(out / "own.txt.decisions.json")
    return out


def test_those_behind_are_those_that_each_is_said_to_be(folder: Path) -> None:
    known = documents(folder)
    late = [document.name for document in behind(folder, known)]
    assert late == [document.name for document in known if is_behind(folder, document)]
    assert set(late) == {"own.txt", "early.txt", "both.txt", "below/own.txt"}
