"""``mtclean check`` on files and folders: what it takes, what it prints in each form, and what it ends with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mtclean.cli import _code
from mtclean.trouble import Exit
from tests.report.test_forms import sarif_schema

GLUED = "The talks went well.Both sides agreed.\n"
FINE = "The talks went well. Both sides agreed.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with documents at two depths, and what is none."""
    (tmp_path / "docs" / "deep").mkdir(parents=True)
    (tmp_path / "docs" / "a.txt").write_text(GLUED + "\nThe the end.\n")
    (tmp_path / "docs" / "deep" / "b, 5%.md").write_text("# Title\n\n" + GLUED)
    (tmp_path / "docs" / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (tmp_path / "docs" / "conf.py").write_text("x = 1\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path) -> dict[Path, int]:
    """When each file below *folder* was written last."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def check(*arguments: str) -> int:
    return _code(["check", "--no-grammar", *arguments])


def test_a_folder_is_searched_and_places_are_named_by_real_paths(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = written(folder)
    assert check("docs") == Exit.FOUND
    out, err = capsys.readouterr()
    assert [line.split(": ")[0] for line in out.splitlines()] == [
        "docs/a.txt:1:21",
        "docs/a.txt:3:4",
        "docs/deep/b, 5%.md:3:21",
    ]
    assert "docs/conf.py: it is source code" in err
    assert "docs/logo.png: it is not a text file" in err
    assert written(folder) == before
    assert check(str(folder / "docs" / "a.txt")) == Exit.FOUND
    assert capsys.readouterr().out.startswith(f"{folder}/docs/a.txt:1:21: ")


def test_each_file_is_checked_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check("docs/a.txt", "docs", "docs/deep", "docs/a.txt")
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_what_a_run_wrote_is_no_document(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["clean", "docs/a.txt", "--no-grammar", "--output", "done"]) == Exit.OK
    capsys.readouterr()
    check(".")
    assert "done" not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("path", "code", "says"),
    [
        ("docs/logo.png", Exit.FAILED, "docs/logo.png: it is not a text file"),
        ("docs/conf.py", Exit.FAILED, "docs/conf.py: it is source code"),
        ("nowhere.txt", Exit.FAILED, "nowhere.txt does not exist"),
        ("empty", Exit.USAGE, "there is nothing to check in empty"),
    ],
)
def test_who_names_what_cannot_be_checked_is_told(
    path: str, code: Exit, says: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty").mkdir()
    assert check(path) == code
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert says in err
    if code is Exit.FAILED:
        assert check(path, "docs/a.txt") == code
        assert "docs/a.txt:1:21: " in capsys.readouterr().out, "the others go on"


def test_what_is_no_prose_in_a_folder_is_no_failure_and_what_is_broken_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.txt", "deep/b, 5%.md"):
        (folder / "docs" / name).write_text(FINE)
    for number in range(9):
        (folder / "docs" / f"more{number}.py").write_text("x = 1\n")
    (folder / "docs" / "keys.yaml").write_text("a: 1\n")
    assert check("docs") == Exit.OK
    err = capsys.readouterr().err
    assert "docs/keys.yaml: nothing of it is read until --field" in err
    assert "10 documents: it is source code" in err
    assert err.count("\n") == 3
    (folder / "docs" / "half.txt").write_bytes(b"\xff\xfeA\0B\0C")
    assert check("docs") == Exit.FAILED
    assert "docs/half.txt: " in capsys.readouterr().err


def test_names_cannot_repaint_the_screen(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "docs" / "\x1b[31mred\n.txt").write_text(GLUED)
    (folder / "docs" / "\x1b[31mred\n.png").write_bytes(bytes(64))
    for form in ("text", "jsonl", "github", "sarif"):
        check("docs", "--format", form)
        assert "\x1b" not in "".join(capfd.readouterr())


def test_github_reads_each_annotation(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What ends a value is escaped as its runner reads it, and paths are those of the checkout."""
    assert check(str(folder / "docs"), "--format", "github") == Exit.FOUND
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].startswith(
        "::warning file=docs/deep/b%2C 5%25.md,line=3,col=21,title=missing-space-after-sentence::"
    )
    (folder / "docs" / "a.txt").write_text("It rose 5%, nobody 知道 when.\n")
    check("docs/a.txt", "--format", "github")
    assert any(
        line.startswith("::error file=docs/a.txt") for line in capsys.readouterr().out.splitlines()
    )


def test_sarif_is_one_run_of_all_documents(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check("docs", "--format", "sarif") == Exit.FOUND
    log: dict[str, Any] = json.loads(capsys.readouterr().out)
    jsonschema.Draft7Validator(sarif_schema()).validate(log)
    (run,) = log["runs"]
    uris = [artifact["location"]["uri"] for artifact in run["artifacts"]]
    assert uris == ["docs/a.txt", "docs/deep/b%2C%205%25.md"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert uris[place["index"]] == place["uri"]
    assert {result["ruleId"] for result in run["results"]} == set(rules)


def test_sarif_without_a_document_is_sarif(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check("docs/logo.png", "--format", "sarif") == Exit.FAILED
    jsonschema.Draft7Validator(sarif_schema()).validate(json.loads(capsys.readouterr().out))


def test_settings_of_some_files_hold_wherever_they_are_named_from(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "mtclean.toml").write_text(
        '[files."docs/*.txt"]\nignore = ["missing-space-after-sentence"]\n'
    )
    for place, path in ((folder, "docs"), (folder, str(folder / "docs" / "a.txt"))):
        monkeypatch.chdir(place)
        check(path)
        assert "a.txt:1:21" not in capsys.readouterr().out
