"""The review as it goes on: what is left is counted right before the texts follow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mtclean.documents import Input, ledger
from mtclean.documents.outputs import INDEX
from mtclean.pipeline.options import Options
from mtclean.pipeline.single import clean_into
from mtclean.text import Decision, Verdict
from mtclean.web.reviewer import Reviewer
from tests.conftest import ROOT

OPTIONS = Options(grammar=False, language="en")
REPORT = "late.txt.report.html"


def shown(reviewer: Reviewer) -> str:
    """The page of the document."""
    return "".join(reviewer.page(REPORT) or ())


def test_what_is_taken_back_is_open_again_at_once(tmp_path: Path) -> None:
    """On a busy machine a text follows later; the counter waits for none."""
    text, out = tmp_path / "late.txt", tmp_path / "out"
    text.write_text("They came late.. Then they went home to eat.\n")
    (held,) = clean_into(out, Input(text, "late.txt"), OPTIONS, None).record.held
    reviewer = Reviewer(out, lambda: OPTIONS, None, lambda made: "")
    reviewer.page(REPORT)
    accepted = Decision(held.id, Verdict.ACCEPT, held.rule)
    comment = Decision(held.id, Verdict.COMMENT, held.rule, comment="Is it so?")
    with reviewer._cleaning:  # no text is done again meanwhile
        for said, left in ((accepted, 0), (None, 1), (accepted, 0), (comment, 1), (accepted, 0)):
            reviewer.decide_all({REPORT: {held.id: said}})
            (row,) = reviewer._rows()
            assert row.summary is not None
            assert row.summary.undecided == left, said
    reviewer.finish()
    assert (out / "late.txt").read_text() == "They came late. Then they went home to eat.\n"


def test_a_page_that_was_made_ahead_is_of_the_text_as_it_is(tmp_path: Path) -> None:
    """The next document is made while one reads; what is decided or written meanwhile is in it all the same."""
    text, out = tmp_path / "late.txt", tmp_path / "out"
    text.write_text("They came late.. Then they went home to eat.\n")
    (held,) = clean_into(out, Input(text, "late.txt"), OPTIONS, None).record.held
    reviewer = Reviewer(out, lambda: OPTIONS, None, lambda made: "")
    assert reviewer.first() == REPORT
    assert "They came late" in shown(reviewer)
    reviewer.decide(REPORT, {held.id: Decision(held.id, Verdict.REJECT, held.rule)})
    assert 'data-left="0"' in shown(reviewer)
    assert '"reject"' in shown(reviewer)
    text.write_text("They came early.. Then they went home to eat.\n")
    assert "They came early" in shown(reviewer)
    reviewer.finish()


def test_a_decision_costs_the_same_in_a_large_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What all documents are like is read once, and their page written when the review ends."""
    out = tmp_path / "out"
    for name in ("late.txt", "later.txt"):
        (tmp_path / name).write_text("They came late.. Then they went home to eat.\n")
        (held,) = clean_into(out, Input(tmp_path / name, name), OPTIONS, None).record.held
    before = (out / INDEX).read_bytes()
    reviewer = Reviewer(out, lambda: OPTIONS, None, lambda made: "")
    accepted, rejected = (
        Decision(held.id, verdict, held.rule) for verdict in (Verdict.ACCEPT, Verdict.REJECT)
    )
    reviewer.decide(REPORT, {held.id: accepted})
    read: list[Path] = []
    for whole in ("_read_anew", "_counted_anew"):
        monkeypatch.setattr(ledger, whole, lambda folder: read.append(folder))
    for decision in (rejected, accepted, None, rejected):
        assert reviewer.decide(REPORT, {held.id: decision})
        assert 'data-left="1"' in shown(reviewer)
    monkeypatch.undo()
    assert (read, (out / INDEX).read_bytes()) == ([], before)
    reviewer.finish()
    assert (out / INDEX).read_bytes() != before


def test_what_another_run_writes_is_seen_at_once(tmp_path: Path) -> None:
    """Rows are remembered for as long as nobody else has written any."""
    out = tmp_path / "out"
    (tmp_path / "late.txt").write_text("They came late.. Then they went home to eat.\n")
    clean_into(out, Input(tmp_path / "late.txt", "late.txt"), OPTIONS, None)
    reviewer = Reviewer(out, lambda: OPTIONS, None, lambda made: "")
    assert [row.name for row in reviewer._rows()] == ["late.txt"]
    (tmp_path / "new.txt").write_text("All is well.\n")
    command = [sys.executable, "-m", "mtclean.cli", "clean", "new.txt", "--no-grammar", "-o", "out"]
    subprocess.run(command, cwd=tmp_path, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert [row.name for row in reviewer._rows()] == ["late.txt", "new.txt"]
    assert set(ledger.counted(out).rows) == {"late.txt", "new.txt"}
    reviewer.finish()
