"""Where a thing is in its file: bytes, lines and segments, in every view that says so."""

from __future__ import annotations

import json
import re
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.documents.document import Document, laid_out, read_as
from mtclean.documents.formats import AS_IT_LOOKS
from mtclean.formats import po, properties
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.report import Record, edits_json, html_report, sarif, text_lines
from mtclean.report.body import blocks
from mtclean.report.places import Places
from mtclean.report.record import Source
from mtclean.text import Span, Trail
from tests.report.trails import record_for

CATALOGUE = (
    'msgid ""\nmsgstr ""\n"Language: en\\n"\n\n'
    'msgid "Gate"\nmsgstr "“Zürich” is the the gate \\"of\\" ours."\n'
)


def record_of_it(document: Document) -> Record:
    options = Options(grammar=False, language="en")
    return account(detect_artifacts(normalize(draft(document, options))))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_bytes_are_those_of_the_file(encoding: str) -> None:
    text = "“Zürich” is the the gate.\n" + "It is shut. " * 999 + "It was a a place.\n"
    data = text.encode(encoding)
    record = record_of_it(read_as(AS_IT_LOOKS, "t.txt", data, PurePath("t.txt")))
    changes = json.loads(edits_json.write(record))["changes"]
    assert len(changes) == 2
    bare = encoding.replace("-sig", "").replace("utf-16", "utf-16-le")
    for change in changes:
        assert data[slice(*change["bytes"])].decode(bare) == change["before"]


def test_of_a_file_that_is_more_than_a_text_they_are_too() -> None:
    data = CATALOGUE.encode()
    record = record_of_it(laid_out("t.po", data, po.FORMAT))
    content = json.loads(edits_json.write(record))
    (change,) = content["changes"]
    start, end = change["bytes"]
    assert data[:start].decode() + change["after"] + data[end:].decode() == CATALOGUE.replace(
        "the the", "the"
    )
    assert {fix["segment"] for fix in content["fixes"]} == {"entry 1, line 5"}


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.data())
def test_every_place_has_its_bytes(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    record = record_for(Trail(text))
    found = Places(record).bytes_of(Span(at, len(text)))
    assert found == Span(len(text[:at].encode()), len(text.encode()))


@pytest.mark.parametrize("encoding", ["iso2022_jp", "nonsense", "ascii"])
def test_where_no_byte_can_be_named_none_is(encoding: str) -> None:
    record = record_for(Trail("The gate ü"))
    other = Record(record.original, Source("t", "", encoding), record.run)
    assert Places(other).bytes_of(Span(0, 3)) is None


def test_every_view_names_the_segment() -> None:
    record = record_of_it(laid_out("t.po", CATALOGUE.encode(), po.FORMAT))
    lines = list(text_lines(record))
    assert lines
    assert all(line.endswith(" [entry 1, line 5]") for line in lines)
    assert lines[0].startswith("t.po:6:")
    (result, *_) = json.loads(sarif([(record, "t.po")]))["runs"][0]["results"]
    (place,) = result["locations"]
    assert place["logicalLocations"] == [{"name": "entry 1, line 5"}]
    page = html_report(record)
    data = json.loads(re.findall(r'id="data">(.*?)</script>', page)[0])
    assert data["names"][data["fixes"][0]["segment"]] == "entry 1, line 5"


def test_a_file_without_prose_has_places_too() -> None:
    record = record_of_it(laid_out("t.po", b'msgid "Gate"\nmsgstr ""\n', po.FORMAT))
    assert Places(record).label(Span(0, 0)) == ""
    assert json.loads(sarif([(record, "t.po")]))["runs"]


def test_the_key_of_a_unit_ends_its_line_between_its_words() -> None:
    record = record_of_it(laid_out("t", b"gate_was_opened=It is open.\n", properties.FORMAT))
    assert "gate_&#8203;was_&#8203;opened" in "".join(blocks(record))
