"""``mtclean compare``: which files it lays side by side, what it prints, and what it ends with."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest

from mtclean.cli import _code
from mtclean.trouble import Exit
from tests.report.test_forms import sarif_schema

ENGLISH = "The ferry leaves from pier 12.\nIt is blue.\n"
GERMAN = "Die Fähre fährt von Pier 21.\nSie ist blau .\n"
FOUND = "number-changed major The source has “12”: 21 → 12 [line 1]"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a translation beside its source, and the two in folders of their own."""
    for name, text in (
        ("both/a.en.txt", ENGLISH),
        ("both/a.de.txt", GERMAN),
        ("both/notes.txt", ENGLISH),
        ("en/a.txt", ENGLISH),
        ("de/a.txt", GERMAN),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def compare(*arguments: str) -> int:
    return _code(["compare", *arguments])


@pytest.mark.parametrize(
    ("asked", "name", "told"),
    [
        (["both/a.en.txt", "both/a.de.txt"], "both/a.de.txt", ""),
        (["both"], "both/a.de.txt", "mtclean: 1 file without a source: both/notes.txt\n"),
        (["en", "de"], "de/a.txt", ""),
    ],
)
def test_a_translation_is_found_with_its_source_and_nothing_else_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], asked: list[str], name: str, told: str
) -> None:
    assert compare(*asked) == Exit.FOUND
    assert tuple(capsys.readouterr()) == (f"{name}:1:26: {FOUND}\n", told)


def test_a_table_says_which_column_is_the_source(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = zip(["en", *ENGLISH.splitlines()], ["de", *GERMAN.splitlines()], strict=True)
    (folder / "t.tsv").write_text("\n".join(map("\t".join, rows)))
    assert compare("t.tsv") == Exit.USAGE
    assert "--source-column" in capsys.readouterr().err
    assert compare("t.tsv", "--column", "de", "--source-column", "en", "--format", "jsonl") == 1
    found = json.loads(capsys.readouterr().out)
    assert found["source"]["text"] == ENGLISH.splitlines()[0]
    assert found["segment"] == "row 2, column de"


def test_a_catalogue_is_enough_by_itself_and_sarif_says_what_the_source_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.po").write_text('msgid "Pier 12"\nmsgstr "Pier 21"\n')
    assert compare("a.po", "--format", "sarif") == Exit.FOUND
    log = json.loads(capsys.readouterr().out)
    jsonschema.validate(log, sarif_schema())
    (result,) = log["runs"][0]["results"]
    assert "Pier 12" in result["relatedLocations"][0]["message"]["text"]


def test_keys_that_only_one_file_has_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "en.strings").write_text('"a" = "Pier 12";\n"b" = "It is blue.";\n')
    (folder / "de.strings").write_text('"a" = "Pier 12";\n')
    assert compare("en.strings", "de.strings", "--source-language", "en") == Exit.OK
    wanted = "mtclean: de.strings: 1 of the keys in en.strings has no text in it: 'b'.\n"
    assert wanted in capsys.readouterr().err


def test_settings_and_a_baseline_hold(folder: Path) -> None:
    assert compare("en", "de", "--ignore", "accuracy.number") == Exit.OK
    assert compare("en", "de", "--select", "accuracy.date") == Exit.OK
    assert compare("en", "de", "--select", "double-space") == Exit.USAGE
    assert compare("en", "de", "--write-baseline", "known.json") == Exit.OK
    assert compare("en", "de", "--baseline", "known.json") == Exit.OK
    assert compare("en", "de", "--fail-under", "10") == Exit.OK


@pytest.mark.parametrize(
    ("asked", "code", "why"),
    [
        (["both/a.en.txt", "both"], Exit.USAGE, "two files, or two folders"),
        (
            ["gone.txt", "both/a.de.txt"],
            Exit.USAGE,
            "gone.txt does not exist: name a source and its translation",
        ),
        (["en/a.txt"], Exit.USAGE, "there are no sources in en/a.txt"),
        (["en", "lone"], Exit.USAGE, "no text in lone has its source in en"),
        (["both/a.en.txt", "both/a.de.txt", "en"], Exit.USAGE, "a source and its translation"),
        (["en/a.txt", "a.po"], Exit.USAGE, "a.po holds its sources itself"),
        (["long.txt", "de/a.txt"], Exit.FAILED, "2 lines in 1 paragraph, and long.txt has 3 lines"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_line(
    folder: Path, capsys: pytest.CaptureFixture[str], asked: list[str], code: Exit, why: str
) -> None:
    (folder / "long.txt").write_text(ENGLISH + "And more.\n")
    (folder / "a.po").write_text('msgid "Pier 12"\nmsgstr "Pier 21"\n')
    (folder / "lone").mkdir()
    (folder / "lone" / "z.txt").write_text(GERMAN)
    assert compare(*asked) == code
    out, err = capsys.readouterr()
    assert not out
    assert err.count("\n") == 1
    assert why in err


def test_check_does_both(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["check", "--no-grammar", "de", "--source", "en"]) == Exit.FOUND
    out, err = capsys.readouterr()
    assert [line.split(": ")[1].split()[0] for line in out.splitlines()] == [
        "number-changed",
        "space-before-punctuation",
    ]
    assert "only compared with its source" in err


def test_clean_into_a_folder_knows_the_source_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was cleaned beside a source is due when that changes, and reviewed beside it."""
    from mtclean.documents import Input, discover
    from mtclean.pipeline.config import chosen
    from mtclean.pipeline.folder import depends_on, documents, recorded
    from mtclean.pipeline.settings import Settings
    from mtclean.pipeline.single import clean_into

    output = folder / "out"
    arguments = ["--no-grammar", "--source", "en", "--output", "out"]
    assert _code(["clean", "de/a.txt", *arguments]) == Exit.OK
    (kept,) = documents(output)
    (finding,) = recorded(output, kept).findings
    assert finding.source
    assert finding.source.text == ENGLISH.splitlines()[0]
    options = chosen(Settings(grammar=False, source=Path("en")))
    (item,) = discover([Path("de")], output)
    assert isinstance(item, Input)
    before = depends_on(options, output)(item)
    assert before == kept.entry.signature
    again = clean_into(output, kept.source, chosen(Settings(grammar=False)), None)
    assert again.record.findings[0].source == finding.source, "as the review does it"
    shutil.copy("de/a.txt", "en/a.txt")
    assert depends_on(options, output)(item)["source"] != before["source"]


def test_a_folder_cannot_name_another_source(folder: Path) -> None:
    """Whoever writes to an output folder could have any file shown as a source there."""
    from mtclean.documents import DocumentProblem
    from mtclean.documents.ledger import LEDGER
    from mtclean.pipeline.folder import documents

    assert _code(["clean", "de/a.txt", "--no-grammar", "--source", "en", "--output", "out"]) == 0
    with closing(sqlite3.connect(folder / "out" / LEDGER)) as database, database:
        database.execute(
            "update inputs set signature = replace(signature, 'en/a.txt', 'secret.txt')"
        )
    (kept,) = documents(folder / "out")
    assert kept.item.reading
    assert kept.item.reading.source == "secret.txt"
    with pytest.raises(DocumentProblem, match="somebody else"):
        _ = kept.source
