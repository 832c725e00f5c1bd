"""NAME.edits.json: valid, canonical, readable back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from mtclean.report import edits_json
from mtclean.report.record import Record
from mtclean.text import Edit, Fix, Trail

from .trails import SOURCE, letter, record_for, records

SCHEMA = json.loads(edits_json.SCHEMA_FILE.read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["schema"]["const"] == edits_json.SCHEMA
    assert SCHEMA["properties"]["version"]["const"] == edits_json.VERSION


@settings(deadline=None)
@given(records)
def test_what_is_written_is_valid_and_comes_back(record: Record) -> None:
    text = edits_json.write(record)
    VALIDATOR.validate(json.loads(text))
    assert edits_json.read(text, record.original) == record
    assert edits_json.write(edits_json.read(text, record.original)) == text


@given(records)
def test_it_is_utf8_with_nothing_unseen_but_its_own_line_ends(record: Record) -> None:
    text = edits_json.write(record)
    text.encode("utf-8")
    assert not any(c < " " and c != "\n" for c in text)
    assert not set("\x1b\x85\u202e\u2028\ufeff") & set(text)
    assert text.endswith("}\n")


def test_it_does_not_hold_the_original() -> None:
    assert "The train stood still" not in edits_json.write(letter())


def test_one_fix_is_one_line_and_keys_are_sorted() -> None:
    text = edits_json.write(letter())
    assert sum('"reason": "A space follows the end' in line for line in text.splitlines()) == 3
    content = json.loads(text)
    assert list(content) == sorted(content)
    assert list(content["fixes"][0]) == sorted(content["fixes"][0])


def test_the_order_of_mappings_does_not_show() -> None:
    record = letter()
    run = replace(record.run, versions={"b": "2", "a": "1"})
    turned = replace(record.run, versions={"a": "1", "b": "2"})
    assert edits_json.write(replace(record, run=run)) == edits_json.write(
        replace(record, run=turned)
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "{" * 100_000,
        '{"schema": "other", "version": 1}',
        '{"schema": "mtclean.edits", "version": 2}',
        '{"schema": "mtclean.edits", "version": 1}',
        '{"schema": "mtclean.edits", "version": 1, "source": 5}',
    ],
)
def test_what_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(edits_json.UnreadableEditsError):
        edits_json.read(text, "")


def test_another_original_is_refused() -> None:
    record = letter()
    text = edits_json.write(record)
    for other in ("", record.original + "!", "X" + record.original[1:]):
        with pytest.raises(edits_json.UnreadableEditsError, match="another text"):
            edits_json.read(text, other)


def test_a_tampered_file_is_refused() -> None:
    text = edits_json.write(letter()).replace('"after": " "', '"after": "!"')
    with pytest.raises(edits_json.UnreadableEditsError):
        edits_json.read(text, letter().original)


def test_a_change_that_no_fix_made_is_refused() -> None:
    content = json.loads(edits_json.write(letter()))
    content["changes"][0]["fixes"] = []
    with pytest.raises(edits_json.UnreadableEditsError, match="no fix made"):
        edits_json.read(json.dumps(content), letter().original)


def test_lone_surrogates_come_back() -> None:
    trail = Trail("a\udc80b")
    trail.make("one", [Fix((Edit(1, 2, "\udcff"),), "")])
    record = record_for(trail, replace(SOURCE, name="b\udc80d.txt"))
    assert edits_json.read(edits_json.write(record), record.original) == record
