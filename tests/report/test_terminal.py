"""Lines and tables: right places, nothing raw."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from mtclean.report.markdown import escaped, markdown_summary
from mtclean.report.places import Places
from mtclean.report.record import Record
from mtclean.report.summary import summary_of
from mtclean.report.terminal import json_lines, summary_table, text_lines
from mtclean.report.visible import shown
from mtclean.text import Trail

from .trails import SOURCE, letter, record_for, records

RAW = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\u202e", "\u2028", "\ufeff"}


def test_a_line_says_where_what_and_why() -> None:
    assert list(text_lines(letter())) == [
        "letter.txt:1:1: languagetool.STIFF neutral A stiff greeting: Dear Sir",
        "letter.txt:3:13: spacing.sentence fix A space follows the end of a sentence: "
        "late.The → late. The",
        "letter.txt:3:35: spacing.sentence fix A space follows the end of a sentence: "
        "still.I → still. I",
        "letter.txt:3:52: spacing.sentence fix A space follows the comma, none precedes it: "
        "it ,as → it, as",
        "letter.txt:5:9: quotes.pair fix The pair opens with “: ”wait → “wait; here“ → here”",
        "letter.txt:5:30: spacing.sentence fix A space follows the end of a sentence: "
        "went.It → went. It",
        "letter.txt:5:37: repetition.word suggestion The word is doubled: the the → the",
        "letter.txt:5:37: repetition.word major “the” twice: the the",
    ]


@given(records)
def test_lines_are_lines_and_hold_nothing_raw(record: Record) -> None:
    hostile = replace(record, source=replace(SOURCE, name="a\x1b[31m\nb\u202e"))
    lines = list(text_lines(hostile))
    assert len(lines) == len(record.fixes) + len(record.findings)
    for line in (*lines, *json_lines(hostile)):
        assert not RAW & set(line)
        line.encode("utf-8")


@given(records)
def test_json_lines_are_objects_with_places(record: Record) -> None:
    objects = [json.loads(line) for line in json_lines(record)]
    assert [o["kind"] for o in objects].count("fix") == len(record.fixes)
    for found in objects:
        at = found["edits"][0]["original"][0] if found["kind"] == "fix" else found["original"][0]
        start = sum(len(line) + 1 for line in record.original.split("\n")[: found["line"] - 1])
        assert start + found["column"] - 1 == at


@given(st.text(st.sampled_from("ab\n\r")), st.data())
def test_positions(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    line, column = Places(record_for(Trail(text))).position(at)
    assert line == text[:at].count("\n") + 1
    assert column == at - (text.rfind("\n", 0, at) + 1) + 1


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain é 😀 “x”", "plain é 😀 “x”"),
        ("\x1b[2J", "[ESC][2J"),
        ("a\u202eb", "a[U+202E]b"),
        ("\x9b31m", "[U+009B]31m"),
        ("tab\tnl\n", "tab[TAB]nl[LF]"),
        ("\udc80", "[U+DC80]"),
        ("\U000e0041", "[U+E0041]"),
    ],
)
def test_what_is_not_seen_is_spelt_out(text: str, seen: str) -> None:
    assert shown(text) == seen


@given(st.text())
def test_what_is_shown_is_printable_utf8(text: str) -> None:
    for seen in (shown(text), shown(text, quiet=True)):
        seen.encode("utf-8")
        assert not RAW & set(seen)


def _table(*rows: tuple[Record, str]) -> str:
    console = Console(file=io.StringIO(), width=160, color_system=None)
    console.print(summary_table((summary_of(record), path) for record, path in rows))
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def test_the_table_has_a_row_for_each_document() -> None:
    hostile = replace(letter(), source=replace(SOURCE, name="[red]x[/red]\x1b[31m\n"))
    printed = _table((letter(), "output/letter.report.html"), (hostile, ""))
    assert "4 normalize, 1 quotes" in printed
    assert "1 major, 1 neutral" in printed
    assert "output/letter.report.html" in printed
    assert "[red]x[/red][ESC][31m[LF]" in printed


def test_the_table_without_anything_to_say() -> None:
    assert "–" in _table((record_for(Trail("")), ""))


def test_markdown_links_to_the_reports() -> None:
    text = markdown_summary([(summary_of(letter()), "file:///out/my letter.report.html")])
    assert "1 document, 5 fixes made, 2 findings" in text
    assert "[report](<file:///out/my%20letter.report.html>)" in text
    assert "the encoding is a guess" in text


@pytest.mark.parametrize(
    "name",
    [
        "a|b",
        "a\n| x | y |",
        "[click](javascript:alert(1))",
        "![x](http://example.org/x.png)",
        "<img src=x onerror=alert(1)>",
        "`code` *bold* _it_ ~~s~~",
        "# heading",
        "&lt;b&gt;",
        "http://example.org",
        "\x1b[31m\u202e",
    ],
)
def test_markdown_takes_no_markup_from_a_name(name: str) -> None:
    record = replace(letter(), source=replace(SOURCE, name=name))
    text = markdown_summary([(summary_of(record), f"file:///out/{name}>)[x](y")])
    row = next(line for line in text.splitlines() if escaped(name) in line)
    assert row.count("](<") == 1
    assert row.replace("\\|", "").count("|") == 7
    cell = row.split(" | ")[0]
    assert "<" not in cell
    assert not RAW & set(row)
    bare = escaped(name).replace("\\\\", "")
    for mark in "`*_[]()#!|:":
        assert f"\\{mark}" in bare or mark not in bare
