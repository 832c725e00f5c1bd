"""Word documents from end to end: cleaned, with changes tracked beside it, reported, and reviewed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mtclean.cli import _code
from mtclean.documents import discover
from mtclean.pipeline.folder import decisions_file
from mtclean.pipeline.outcomes import Exit
from mtclean.review import write
from mtclean.text import Decision, Verdict
from tests.formats.word import members, paragraph, run, word

BODY = "word/document.xml"
FIRST = "The gate was shut and it was late in the day."
SECOND = "It was the the end ,as they said in the town."
NOTE = "This note was written ,as it seems, by hand."


@pytest.fixture(autouse=True)
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.chdir(tmp_path)
    data = word(
        paragraph(FIRST) + paragraph(run(SECOND[:18], "<w:b/>"), run(SECOND[18:])),
        footnotes=f'<w:footnote w:id="1">{paragraph(NOTE)}</w:footnote>',
    )
    Path("letter.docx").write_bytes(data)
    return data


def do(*arguments: str) -> int:
    return _code([*arguments, "--no-grammar"])


def text_of(path: str, part: str = BODY) -> str:
    return re.sub("<[^>]*>", "", members(Path(path).read_bytes())[part].partition("?>")[2]).strip()


def test_it_is_cleaned_and_its_changes_are_tracked_beside_it(letter: bytes) -> None:
    assert do("clean", "letter.docx") == Exit.OK
    assert text_of("output/letter.docx") == FIRST + "It was the end, as they said in the town."
    assert "written, as" in text_of("output/letter.docx", "word/footnotes.xml")
    assert Path("letter.docx").read_bytes() == letter
    tracked = members(Path("output/letter.tracked.docx").read_bytes())
    assert tracked[BODY].count("<w:del ") == 2
    assert "doubled-word" in tracked["word/comments.xml"]
    assert re.search(r'w:date="\d{4}-\d\d-\d\dT00:00:00Z"', tracked[BODY])


def test_the_same_comes_of_it_twice() -> None:
    outputs = []
    for folder in ("one", "two"):
        assert do("clean", "letter.docx", "--output", folder) == Exit.OK
        outputs.append({file.name: file.read_bytes() for file in Path(folder).glob("letter*")})
    assert outputs[0] == outputs[1]
    assert set(outputs[0]) == {
        "letter.docx", "letter.docx.diff", "letter.docx.edits.json", "letter.docx.report.html",
        "letter.tracked.docx",
    }  # fmt: skip


def test_it_is_not_cleaned_again_while_all_outputs_are_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    do("clean", "letter.docx")
    capsys.readouterr()
    do("run", "letter.docx", "--dry-run")
    assert "letter.docx" not in capsys.readouterr().out
    Path("output/letter.tracked.docx").unlink()
    do("run", "letter.docx", "--dry-run")
    assert "letter.docx" in capsys.readouterr().out


def test_a_document_with_the_name_of_anothers_output_gets_another() -> None:
    Path("texts").mkdir()
    for name in ("letter.docx", "letter.tracked.docx"):
        Path("texts", name).touch()
    names = [item.name for item in discover([Path("texts")], Path("output"))]
    assert names == ["letter.docx", "letter.tracked-2.docx"]


def test_people_are_told_the_paragraph(capsys: pytest.CaptureFixture[str]) -> None:
    assert do("check", "letter.docx") == Exit.FOUND
    said = capsys.readouterr().out
    assert "letter.docx:paragraph 2: doubled-word" in said
    assert "letter.docx:footnote 1: " in said
    assert do("check", "letter.docx", "--format", "jsonl") == Exit.FOUND
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    doubled = next(item for item in found if item["rule"] == "doubled-word")
    assert (doubled["segment"], doubled["line"]) == ("paragraph 2", 3)
    assert do("check", "letter.docx", "--format", "github") == Exit.FOUND
    assert "file=letter.docx,title=doubled-word::paragraph 2: " in capsys.readouterr().out


def test_places_in_sarif_are_labels_and_no_lines(capsys: pytest.CaptureFixture[str]) -> None:
    do("check", "letter.docx", "--format", "sarif")
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert results
    for result in results:
        assert "region" not in result["locations"][0]["physicalLocation"]
        assert "fixes" not in result
    labels = {r["locations"][0]["logicalLocations"][0]["name"] for r in results}
    assert labels == {"paragraph 2", "footnote 1"}


def test_what_was_decided_on_it_is_done() -> None:
    do("clean", "letter.docx")
    record = json.loads(Path("output/letter.docx.edits.json").read_text())
    doubled = next(fix for fix in record["fixes"] if fix["rule"] == "doubled-word")
    decision = Decision(doubled["id"], Verdict.REJECT, doubled["rule"])
    decisions_file(Path("output"), "letter.docx").write_text(write("letter.docx", [decision]))
    assert do("apply", "letter.docx") == Exit.OK
    assert "It was the the end, as" in text_of("output/letter.docx")
    tracked = members(Path("output/letter.tracked.docx").read_bytes())
    assert tracked[BODY].count("<w:del ") == 1
    assert "doubled-word" not in tracked["word/comments.xml"]


def test_cleaned_once_it_stays() -> None:
    do("clean", "letter.docx")
    cleaned = Path("output/letter.docx").read_bytes()
    Path("letter.docx").write_bytes(cleaned)
    do("clean", "letter.docx")
    assert Path("output/letter.docx").read_bytes() == cleaned
    assert Path("output/letter.tracked.docx").read_bytes() == cleaned


def test_a_document_without_prose_comes_out_as_it_was() -> None:
    Path("letter.docx").write_bytes(word("<w:p/>"))
    assert do("clean", "letter.docx") == Exit.OK
    assert Path("output/letter.docx").read_bytes() == word("<w:p/>")
