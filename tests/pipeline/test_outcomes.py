"""What a run knows of a document survives in the ledger."""

from __future__ import annotations

from collections import Counter

from mtclean.pipeline.outcomes import kept, restored
from mtclean.report import Summary
from mtclean.text import Severity

SUMMARY = Summary(
    "a",
    120,
    3,
    {"normalize": 2},
    {"artifacts": 1},
    Counter({Severity.MINOR: 1, Severity.MAJOR: 2}),
    0,
    97.5,
    rules=Counter({"closing-mark": 2}),
    warnings=("Its encoding was guessed.",),
)


def test_a_summary_comes_back_as_it_was() -> None:
    assert restored(kept(SUMMARY)) == SUMMARY
    assert kept(None) == ""


def test_a_summary_of_another_version_is_none() -> None:
    assert restored("") is None
    assert restored("[]") is None
    assert restored('{"name": "a", "findings": {}, "warnings": []}') is None
    assert restored(kept(SUMMARY).replace('"minor"', '"grave"')) is None
