"""Tables and JSON: the chosen columns and fields are prose, and nothing else is touched."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from mtclean.formats import NO_CHOICES, Choices, json_, tables
from mtclean.formats.format import NotChosen
from mtclean.formats.layout import BETWEEN
from mtclean.text import Edit
from tests.formats.laws import edits_of, law_places, law_same

TABLE = 'id,text,note\r\n1,"The ""gate"" was, shut",a ,b\r\n2,Open now,"x\ny"\r\n'
TEXT = Choices(columns=("text",))
ITEMS = '{"a": {"text": "The \\u201cgate\\u201d", "id": "x ,y"},\n "b": [{"text": "Shut"}, 1.50, "text"]}\n'


def test_the_chosen_column_is_prose() -> None:
    layout = tables.CSV.read({"": TABLE}, TEXT)
    assert layout.view.split(BETWEEN) == ['The "gate" was, shut', "Open now"]
    assert [segment.label for segment in layout.segments] == [
        "row 2, column text",
        "row 3, column text",
    ]
    numbered = tables.CSV.read({"": TABLE}, Choices(columns=("2",), originals=(("2", "note"),)))
    assert [segment.original for segment in numbered.segments] == ["a ", "x\ny"]


def test_a_field_gets_quotation_marks_when_it_needs_them() -> None:
    layout = tables.CSV.read({"": TABLE}, TEXT)
    at = layout.view.index(" now")
    assert layout.written([Edit(at, at, ",")])[""] == TABLE.replace("Open now", '"Open, now"')
    assert layout.written([Edit(at, at, '"')])[""] == TABLE.replace("Open now", '"Open"" now"')
    assert layout.written([Edit(3, 4, ' "')])[""] == TABLE.replace('"The ""', '"The """"')


def test_nothing_chosen_is_said_and_what_there_is() -> None:
    for format, data, names in (
        (tables.CSV, TABLE, "'id', 'text', 'note'"),
        (json_.FORMAT, ITEMS, "'a.text', 'a.id', 'b.text', 'b'"),
    ):
        with pytest.raises(DocumentProblem, match=names) as caught:
            laid_out("t", data.encode(), format)
        assert caught.value.skipped


def test_what_is_not_there_is_a_mistake() -> None:
    with pytest.raises(DocumentProblem, match="has no column 'txt'; there are 'id'") as caught:
        laid_out("t", TABLE.encode(), tables.CSV, Choices(columns=("text", "txt")))
    assert not caught.value.skipped
    with pytest.raises(DocumentProblem, match="has no field 'txt'; there are"):
        laid_out("t", ITEMS.encode(), json_.FORMAT, Choices(fields=("txt",)))
    assert json_.FORMAT.read({"": "[1, {}]"}, Choices(fields=("txt",))).view == ""


def test_the_chosen_field_is_prose() -> None:
    layout = json_.FORMAT.read({"": ITEMS}, Choices(fields=("text",)))
    assert layout.view.split(BETWEEN) == ["The “gate”", "Shut"]
    written = layout.written([Edit(4, 5, "«"), Edit(9, 10, "»")])[""]
    assert written == ITEMS.replace("\\u201c", "\\u00ab").replace("\\u201d", "\\u00bb"), (
        "it is ASCII, and stays it"
    )
    assert json.loads(written)["a"]["text"] == "The «gate»"


@pytest.mark.parametrize(
    ("field", "places"),
    [
        ("a.text", ["a.text"]),
        ("*.text", ["a.text", "b[0].text"]),
        ("b[].text", ["b[0].text"]),
        ("b", ["b[2]"]),
        ("*", ["a.text", "a.id", "b[0].text", "b[2]"]),
        ("a", []),
    ],
)
def test_a_field_is_named_by_its_last_keys(field: str, places: list[str]) -> None:
    """And its place is the path to it."""
    chosen = Choices(fields=(field, "nowhere", "id.none"))
    if not places:
        with pytest.raises(NotChosen):
            json_.FORMAT.read({"": ITEMS}, chosen)
        return
    segments = json_.FORMAT.read({"": ITEMS}, chosen).segments
    assert [segment.label for segment in segments] == places


def test_of_json_lines_the_line_is_told() -> None:
    text = '{"t": "The gate", "menu.open": "Open"}\n\n{"t": {"u": ["Shut"]}}\n'
    layout = json_.FORMAT.read({"": text}, Choices(fields=("*",)))
    assert [segment.label for segment in layout.segments] == [
        "line 1: t", "line 1: menu.open", "line 3: t.u[0]",
    ]  # fmt: skip
    assert json_.FORMAT.read({"": text}, Choices(fields=("menu.open",))).view == "Open"


@pytest.mark.parametrize("text", ["{", '{"a": 1,}', "[" * 100_000, '"a" "b"', ""])
def test_what_is_no_json_is_said_in_a_line(text: str) -> None:
    with pytest.raises(DocumentProblem) as caught:
        laid_out("t", text.encode(), json_.FORMAT, Choices(fields=("a",)))
    assert "\n" not in str(caught.value)


fields = st.text('ab ,"\n;é', max_size=5)
rows = st.lists(st.tuples(fields, fields), max_size=4)


def as_table(given: list[tuple[str, str]]) -> str:
    def written(field: str) -> str:
        return tables.finished(",", field)

    return "x,text\n" + "".join(f"{written(a)},{written(b)}\n" for a, b in given)


@given(rows, st.data())
def test_a_table_stays_one(given_rows: list[tuple[str, str]], data: st.DataObject) -> None:
    text = as_table(given_rows)
    law_same(tables.CSV, text, TEXT)
    law_places(tables.CSV, text, TEXT)
    layout = tables.CSV.read({"": text}, TEXT)
    written = layout.written(data.draw(edits_of(layout)))[""]
    first = Choices(columns=("x",))
    assert tables.CSV.read({"": written}, first).view == tables.CSV.read({"": text}, first).view


@given(st.lists(st.text(max_size=6), max_size=4), st.booleans(), st.data())
def test_json_stays_json(texts: list[str], ascii_: bool, data: st.DataObject) -> None:
    text = json.dumps([{"t": one, "k": [1, one]} for one in texts], ensure_ascii=ascii_)
    chosen = Choices(fields=("t",))
    law_same(json_.FORMAT, text, chosen)
    layout = json_.FORMAT.read({"": text}, chosen)
    written = json.loads(layout.written(data.draw(edits_of(layout)))[""])
    assert [item["k"] for item in written] == [[1, one] for one in texts]


def test_a_field_that_gets_quotation_marks_is_written() -> None:
    document = laid_out("t.csv", b'text,"b"\nOpen now,"c"\nOnce more,d\n', tables.CSV, TEXT)
    at, gone = document.text.index(" now"), document.text.index("Once")
    written = document.rewritten([Edit(at, at, ","), Edit(gone, len(document.text), "")])
    assert written == b'text,"b"\n"Open, now","c"\n,d\n'


CATALOG = {
    "app": {f"key{n}": "The gate is shut" for n in range(9)},
    "ok": "Yes",
    "menu": {"x": "Go on"},
}


def test_of_a_catalog_of_messages_nothing_has_to_be_chosen() -> None:
    layout = json_.FORMAT.read({"": json.dumps(CATALOG)}, NO_CHOICES)
    assert len(layout.segments) == 11
    assert "nothing but texts" in layout.remarks[0]


@pytest.mark.parametrize(
    "more", [{"n": 1}, {"l": ["It is so"]}, {f"k{n}": f"value-{n}" for n in range(12)}]
)
def test_where_there_is_more_than_messages_it_has(more: dict[str, object]) -> None:
    with pytest.raises(NotChosen):
        json_.FORMAT.read({"": json.dumps({**CATALOG, **more})}, NO_CHOICES)
