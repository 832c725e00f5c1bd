"""What is no text is refused in one line, by its ending or for sure by what is in it."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.documents import DocumentProblem, Reading, SourceFormat, document, read, read_as
from mtclean.documents.formats import FORMATS, of_name, of_text
from mtclean.formats import Choices
from mtclean.formats.registry import BY_ENDING, BY_NAME

ROWS = "id,name,town\n" + "".join(f'{n},"Kolovin, A.",Port {n}\n' for n in range(6))
CATALOGUE = (
    '# For the harbour\nmsgid ""\nmsgstr ""\n"Language: de\\n"\n\n'
    '#: gate.c:12\nmsgid "The gate is open ."\nmsgstr "Das Tor ist offen ."\n'
)

SURE = [
    ("a table of values", ROWS),
    ("a table of values", ROWS.replace(",", ";")),
    ("a table of values", "".join(f"Tor {n}\tgate {n}\n" for n in range(6))),
    ("a PO catalogue", CATALOGUE),
    ("an XLIFF file", '<?xml version="1.0"?>\n<xliff version="1.2">\n<file/></xliff>\n'),
    ("an XLIFF file", '<xliff version="2.0"></xliff>'),
    ("a translation memory", "<?xml version='1.0'?><!DOCTYPE tmx SYSTEM 'tmx14.dtd'><tmx></tmx>"),
    ("an HTML page", "\n<!DOCTYPE html>\n<html><body><p>The gate .</p></body></html>\n"),
    ("an HTML page", "<HTML><p>The gate .</p></HTML>"),
    ("an HTML page", "<?xml version='1.0'?>\n<html xmlns='x'><p>The gate .</p></html>"),
    ("XML", "<?xml version='1.0'?><resources><string>The gate .</string></resources>"),
    (
        "a list of strings with their keys",
        "".join(f"GATE_{n}  :Gate {n} {{NAME}} .\n" for n in range(6)),
    ),
    (
        "a list of strings with their keys",
        "# For the harbour\n" + "".join(f"gate.n{n} = Gate {n}\n" for n in range(6)),
    ),
    ("AsciiDoc", "=== The gate\n\n[source,console]\n----\n$ open ,it\n----\n"),
    ("AsciiDoc", "[[_gate]]\n== The gate\n\n[source]\n-----\n$ open ,it\n-----\n\nIt is open .\n"),
    ("an RTF document", "{\\rtf1\\ansi The gate is open.}"),
]

PROSE = [
    "The gate, the bridge, the tower.\n" * 9,
    "Monday,the gate,shut\nThe keeper said so, and went.\n" * 4,
    "One, two, three\n" * 9,
    "\tThe gate is open.\n" * 9,
    "1.\tThe gate is open.\n\tSo is the bridge.\n" * 9,
    "red,green,blue\n" * 4,
    "One line of prose.\n",
    '{"gate": "It is open ."}\n',  # no rule touches it, and it is said to be unchecked
    '{"gate": "open"} is what the file says.',
    "[The gate creaks.]\n",
    "[12]\n",
    "{name}, the gate is open.\n",
    "[See the note]\n[And this]\n",
    'Write it so:\nmsgid "gate"\nmsgstr "Tor"\n',
    'msgid "gate"\nmsgstr "Tor"\nThat is all of it.\nmsgid "x"\n',
    "SPEAKER_00: Is the gate open?\nSPEAKER_01: It is.\n" * 9,
    "".join(f"NOTE_{n}: The gate is open.\n" for n in range(9)) + "That is all.\n",
    "<p>The gate is open.</p>\n<p>The bridge is not.</p>\n",
    "<html> is how such a page starts.",
    "<!doctype html> stands first, and then comes <html>, they say.",
    "# A heading\n\n<b>The gate</b> is open.\n",
    "| gate | open |\n|---|---|\n" + "| bridge | shut |\n" * 9,
    "1\n00:00:01,000 --> 00:00:02,000\nThe gate is open.\n\n" * 4,
    "= The gate\n\n[source]\n----\nIt is open.\n",
    "# The gate\n\n[source]\n----\nIt is open.\n----\n",
    "“Open it,” she said; he did; it creaked.\n" * 9,
    "",
]


@pytest.mark.parametrize(("name", "text"), SURE, ids=range(len(SURE)))
def test_sure_of_it(name: str, text: str) -> None:
    for written in (text, text.replace("\n", "\r\n")):
        kind = of_text(written)
        assert kind is not None
        assert kind.name == name


@pytest.mark.parametrize("text", PROSE, ids=range(len(PROSE)))
def test_prose_may_quote_anything(text: str) -> None:
    assert of_text(text) is None


@pytest.mark.parametrize("text", [*PROSE, *(text for _, text in SURE)])
def test_a_word_of_prose_makes_it_a_text(text: str) -> None:
    assert of_text(f"The keeper wrote this, and no more:\n\n{text}\n\nSo he went.\n") is None


@given(st.lists(st.text(st.characters(codec="utf-8")), max_size=4))
def test_any_text_is_judged(parts: list[str]) -> None:
    of_text("\n".join(parts))


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
def test_every_ending_is_refused_unless_it_is_said_to_be_text(kind, tmp_path: Path) -> None:
    for ending in kind.endings:
        path = tmp_path / f"Letter.of May{ending.upper()}"
        path.write_text("The gate is open.\n")
        with pytest.raises(DocumentProblem, match="--from text") as caught:
            read(path, "letter")
        assert (caught.value.code, caught.value.skipped) == ("format", not kind.has_prose)
        assert "\n" not in str(caught.value)
        text = Reading(SourceFormat.TEXT)
        assert read(path, "letter", reading=text).text == "The gate is open.\n"


def test_no_ending_stands_for_two_formats() -> None:
    endings = [ending for kind in FORMATS for ending in kind.endings]
    assert len(endings) == len(set(endings))
    assert BY_ENDING.keys().isdisjoint(endings), "what is read is not refused"
    assert all(ending.startswith(".") and ending == ending.lower() for ending in endings)


@pytest.mark.parametrize(
    "name", ["a.txt", "a.text", "a.md", "a.markdown", "a", "a.2026", "www.kolovin.org", "a.srt", "a.vtt"]
)  # fmt: skip
def test_other_names_are_texts(name: str) -> None:
    assert of_name(Path(name)) is None


def test_what_was_refused_is_read_when_somebody_says_it_is_text() -> None:
    for _, text in SURE:
        data = text.encode()
        with pytest.raises(DocumentProblem):
            document("t", data)
        assert document("t", data, is_text=True).data == data


def test_what_may_be_said_is_text_and_every_format() -> None:
    assert {said.value for said in SourceFormat} == {"text", *BY_NAME}


def test_what_was_refused_says_as_what_it_would_be_read() -> None:
    """And is, where that is said."""
    path = Path("harbour.translation")
    with pytest.raises(DocumentProblem, match="it is a PO catalogue: say so with --from po"):
        read_as(Reading(), "t", CATALOGUE.encode(), path)
    read = read_as(Reading(SourceFormat.PO), "t", CATALOGUE.encode(), path)
    assert read.text == "Das Tor ist offen ."


def test_how_a_file_is_read_is_kept_as_json() -> None:
    for reading in (Reading(), Reading(SourceFormat.CSV, Choices(columns=("a", "2")))):
        assert Reading.of_json(reading.as_json()) == reading
    for text in ("{", "[]", '{"format": "docs"}', '{"choices": {"columns": 5}}'):
        with pytest.raises(ValueError, match="Reading"):
            Reading.of_json(text)


@pytest.mark.parametrize(
    "piece", ["[", '{"a":', "{", "[]\n", '{"a":1}\n', ",", "a,b,c\n", '"', 'msgid "\nmsgstr "\n', "<html ", "<?xml ", "\t\n", "\na\t"]
)  # fmt: skip
def test_hostile_text_takes_no_time(piece: str) -> None:
    texts = [start + piece * (300_000 // len(piece)) for start in ("", "{", "[", "<html>")]
    started = process_time()
    for text in texts:
        of_text(text)
    assert process_time() - started < 5  # a quadratic one takes minutes


def test_nesting_is_no_crash() -> None:
    for deep in ("[" * 100_000, '{"a":' * 100_000):
        assert of_text(deep) is None
        of_text(deep + "]" * 100_000)
