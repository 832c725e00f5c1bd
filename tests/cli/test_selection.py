"""``--select``, ``--ignore`` and ``--baseline``: what is spoken of, and what a check fails for."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from mtclean.cli import _code
from mtclean.text.policy import Level, Policy
from mtclean.trouble import Exit

TEXT = (
    "The talks went well.Both sides agreed.\n\nThe the end is near.\n\nIt  was late , and dark.\n\n"
    "The gate was shut.Nobody came.\n"
)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "docs" / "page.txt"
    path.parent.mkdir()
    path.write_text(TEXT)
    return path


def rules(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The rules that speak, in the order of the text."""
    capsys.readouterr()
    _code(["check", "docs", "--no-grammar", "--format", "jsonl", *arguments])
    return [json.loads(line)["rule"] for line in capsys.readouterr().out.splitlines()]


def test_only_what_is_selected_speaks(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    every = rules(capsys)
    assert {"missing-space-after-sentence", "doubled-word", "double-space"} < set(every)
    assert rules(capsys, "--select", "all") == every
    assert rules(capsys, "--select", "doubled-word, double-space") == [
        "doubled-word",
        "double-space",
    ]
    assert rules(capsys, "--select", "doubled-word", "--select", "double-space") == [
        "doubled-word",
        "double-space",
    ]
    assert rules(capsys, "--ignore", "doubled-word") == [r for r in every if r != "doubled-word"]
    assert rules(capsys, "--ignore", "all") == []
    assert rules(capsys, "--select", "fluency", "--ignore", "all") == []
    assert set(rules(capsys, "--select", "fluency", "--ignore", "double-space")) < set(every)


def test_one_document_cleaned_by_some_rules(page: Path, tmp_path: Path) -> None:
    target = tmp_path / "clean.txt"
    command = ["clean", str(page), "--to", str(target), "--no-grammar", "--select", "doubled-word"]
    assert _code(command) == Exit.OK
    assert target.read_text() == TEXT.replace("The the", "The")


@pytest.mark.parametrize("flag", ["--select", "--ignore"])
def test_a_name_that_is_none_is_named_with_the_nearest(
    flag: str, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _code(["check", "docs", flag, "doubled-word,doubled-wrd"]) == Exit.USAGE
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "no rule or category 'doubled-wrd'; did you mean doubled-word" in err
    assert _code(["check", "docs", flag, "zzzzzzzz"]) == Exit.USAGE
    assert "mtclean rules lists them" in capsys.readouterr().err
    assert _code(["check", "docs", "--no-grammar", flag, "languagetool.EN_A_VS_AN"]) != Exit.USAGE


@pytest.mark.parametrize(
    ("levels", "selected", "level"),
    [
        ((), {"doubled-word"}, None),
        ((), {"fluency"}, None),
        ((), {"all"}, None),
        ((), {"accuracy"}, Level.OFF),
        ((("fluency", Level.OFF),), {"doubled-word"}, None),
        ((("doubled-word", Level.OFF),), {"doubled-word"}, None),
        ((("doubled-word", Level.OFF),), {"fluency"}, Level.OFF),
        ((("all", Level.OFF),), {"fluency"}, None),
        ((("fluency", Level.OFF),), {"all"}, Level.OFF),
        ((("doubled-word", Level.SUGGEST),), {"all"}, Level.SUGGEST),
        ((("all", Level.OFF), ("doubled-word", Level.SAFE)), (), Level.SAFE),
    ],
)
def test_what_is_named_more_closely_counts(
    levels: tuple[tuple[str, Level], ...], selected: set[str], level: Level | None
) -> None:
    policy = Policy(levels, selected=frozenset(selected))
    assert policy.level("doubled-word", "fluency.duplication") is level
    ignored = policy.ignoring(["doubled-word"])
    assert ignored.level("doubled-word", "fluency.duplication") is Level.OFF


def test_a_rule_that_is_off_unless_set_is_on_where_it_is_selected() -> None:
    assert not Policy(selected=frozenset({"all"})).runs("term", "terminology", opt_in=True)
    assert Policy(selected=frozenset({"term"})).runs("term", "terminology", opt_in=True)
    assert Policy(selected=frozenset({"terminology"})).runs("term", "terminology", opt_in=True)


def test_languagetool_is_not_started_for_rules_of_ours(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its address is one that nobody listens at: who asked it would end with 4."""
    nowhere = ["check", "docs", "--languagetool", "http://127.0.0.1:9"]
    assert _code([*nowhere, "--select", "doubled-word"]) == Exit.FOUND
    assert "grammar" not in capsys.readouterr().err


def test_only_what_is_new_fails(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["check", "docs", "--no-grammar", "--write-baseline", "known.json"]) == Exit.OK
    assert "known in 1 document: kept in known.json" in capsys.readouterr().err
    with_known = ["--baseline", "known.json"]
    assert _code(["check", "docs", "--no-grammar", *with_known]) == Exit.OK
    assert capsys.readouterr().out == ""
    page.write_text(TEXT + "\nIt rained ,and stopped.\n")
    assert rules(capsys, *with_known) == ["space-on-wrong-side"]
    assert _code(["check", "docs", "--no-grammar", *with_known]) == Exit.FOUND
    assert _code(["check", "docs", "--no-grammar", *with_known, "--severity", "major"]) == Exit.OK
    for form in ("text", "github", "sarif"):
        capsys.readouterr()
        _code(["check", "docs", "--no-grammar", *with_known, "--format", form])
        out = capsys.readouterr().out
        assert "space-on-wrong-side" in out
        assert "doubled-word" not in out


def test_what_is_known_goes_with_its_line(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Lines moved about, and others put between, are not new; one more of the same is."""
    _code(["check", "docs", "--no-grammar", "--write-baseline", "known.json"])
    lines = TEXT.splitlines()
    seeded = random.Random(1)
    for _ in range(5):
        seeded.shuffle(lines)
        page.write_text("\n\n".join(["A line that is new.", *lines, ""]))
        assert rules(capsys, "--baseline", "known.json") == []
    page.write_text(TEXT + "\nThe the end is near.\n")
    assert rules(capsys, "--baseline", "known.json") == ["doubled-word"]


def test_what_is_known_of_a_rule_outlives_its_old_name(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.write_text("She believes that Unlike the rest, it works.\n")
    assert "capital-on-linking-word" in rules(capsys)
    _code(["check", "docs", "--no-grammar", "--write-baseline", "known.json"])
    known = Path("known.json").read_text()
    Path("known.json").write_text(known.replace("capital-on-linking-word", "capital-mid-sentence"))
    assert rules(capsys, "--baseline", "known.json") == []


def test_a_baseline_is_the_same_from_wherever_one_stands(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _code(["check", "docs/page.txt", "--no-grammar", "--write-baseline", "known.json"])
    monkeypatch.chdir(page.parent)
    for path in ("page.txt", str(page)):
        assert _code(["check", path, "--no-grammar", "--baseline", "../known.json"]) == Exit.OK
    before = Path("../known.json").read_bytes()
    _code(["check", ".", "--no-grammar", "--write-baseline", "../known.json"])
    assert Path("../known.json").read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b"[",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"schema": "mtclean.baseline", "version": 2, "files": {}}',
        b'{"schema": "mtclean.baseline", "version": 1}',
        b'{"schema": "mtclean.baseline", "version": 1, "files": {"a": 3}}',
        b'{"schema": "mtclean.baseline", "version": 1, "files": {"a": {"b": {"c": "d"}}}}',
        None,
    ],
)
def test_what_is_no_baseline_is_one_line(
    content: bytes | None, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        Path("known.json").write_bytes(content)
    assert _code(["check", "docs", "--no-grammar", "--baseline", "known.json"]) == Exit.USAGE
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "known.json" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--diff", "--format", "sarif"],
        ["--diff", "--baseline", "known.json"],
        ["--diff", "--write-baseline", "known.json"],
        ["--baseline", "known.json", "--write-baseline", "known.json"],
    ],
)
def test_what_does_not_go_together_is_refused(
    arguments: list[str], page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _code(["check", "docs", "--no-grammar", *arguments]) == Exit.USAGE
    assert capsys.readouterr().err.count("\n") == 1
    assert not Path("known.json").exists()
