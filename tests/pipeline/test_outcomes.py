"""What a run knows of a document survives in the ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from mtclean.pipeline.outcomes import Outcome, Run, Status, as_json, from_json, merged
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
    language="en",
)


def test_a_summary_comes_back_as_it_was() -> None:
    assert from_json(as_json(SUMMARY)) == SUMMARY
    assert as_json(None) == ""


def test_a_summary_of_another_version_is_none() -> None:
    assert from_json("") is None
    assert from_json("[]") is None
    assert from_json('{"name": "a", "findings": {}, "warnings": []}') is None
    assert from_json(as_json(SUMMARY).replace('"minor"', '"grave"')) is None


def test_what_is_the_same_of_many_languages_is_one_line() -> None:
    missing = "LanguageTool has no rules for the language {0!r} here; `mtclean languages add {0}` gets them."
    said = {
        (missing.format(code), code): times for code, times in (("no", 2), ("sl", 5), ("is", 2))
    }
    (line,) = merged(said)
    assert line == missing.format("sl 5, is 2, no 2").replace(
        "add sl 5, is 2, no 2", "add sl is no"
    )
    (alone,) = merged({(missing.format("sl"), "sl"): 3})
    assert alone == missing.format("sl"), "of one language nothing is counted"
    code = "{} % of the text was not checked: it is code"
    assert list(merged({(code.format(5), "en"): 1, (code.format(17), "de"): 1})) == [
        "part of the text was not checked: it is code"
    ]
    assert len(merged({("a", ""): 1, ("b", ""): 2})) == 2


def test_documents_of_many_languages_are_said_to_be_unchecked_in_one_line() -> None:
    outcomes = [
        Outcome(
            code, Status.CLEANED,
            summary=replace(SUMMARY, score=None, coverage=f"not checked: no rules ({code}) yet", language=code),
        )
        for code in ("zh", "ja", "zh")
    ]  # fmt: skip
    assert Run(outcomes).not_checked == {"not checked: no rules (zh 2, ja 1) yet": 3}


def test_tables_whose_columns_nobody_has_chosen_are_one_line() -> None:
    why = "nothing of it is read until --field says which fields are prose"
    said = {(f"{why}; there are '{name}', 'id'", ""): 1 for name in "abc"}
    assert list(merged(said)) == [why]
