"""What the ledger gets to know of the documents of a batch."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from mtclean.documents import DocumentProblem, Entry, Ledger, discover, known
from mtclean.pipeline.options import Options
from mtclean.pipeline.outcomes import Outcome, Status
from mtclean.pipeline.settings import RunSettings
from mtclean.pipeline.spec import RunSpec
from mtclean.pipeline.work import at_work


def test_each_row_is_put_in_once_when_its_document_is_done_or_else_with_its_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put: list[list[str]] = []
    record = Ledger.record

    def noted(self: Ledger, entries: Iterable[Entry]) -> None:
        rows = list(entries)
        put.append([row.name for row in rows])
        record(self, rows)

    monkeypatch.setattr(Ledger, "record", noted)
    for name in ("a.txt", "b.txt", "refused.txt"):
        (tmp_path / name).write_text("The ferry left at noon.\n")
    out = tmp_path / "out"
    inputs = discover([tmp_path], out)
    spec = RunSpec(Options(grammar=False, language="en"), RunSettings())
    with at_work(inputs, out, spec, gather=lambda count, spec: None) as work:
        batch = work.begin(inputs)
        *done, refused = inputs
        for item in done:
            batch.outcomes[item] = Outcome(str(item.path), Status.CLEANED)
        batch.finished(done)
        batch.put_aside(refused, DocumentProblem("encoding", "it is in none"))
        work.record(batch)
    assert put == [["a.txt", "b.txt"], ["refused.txt"]]
    assert sorted(known(out)) == ["a.txt", "b.txt", "refused.txt"]
