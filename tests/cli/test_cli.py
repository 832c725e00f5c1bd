"""The commands on single documents: what they print, and the exit codes they promise."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mtclean.cli import _code
from mtclean.trouble import Exit

GLUED = "The talks went well.Both sides agreed.\n"


@pytest.fixture
def glued(tmp_path: Path) -> Path:
    path = tmp_path / "glued.txt"
    path.write_text(GLUED)
    return path


def test_clean_prints_the_cleaned_text(
    glued: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert _code(["clean", str(glued), "--stdout", "--no-grammar"]) == Exit.OK
    assert capfdbinary.readouterr().out == b"The talks went well. Both sides agreed.\n"


def test_clean_reads_standard_input() -> None:
    command = [sys.executable, "-m", "mtclean.cli", "clean", "-", "--no-grammar"]
    done = subprocess.run(command, input=GLUED.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"The talks went well. Both sides agreed.\n"


def test_single_documents_start_no_prefect(glued: Path) -> None:
    program = (
        "import sys; from mtclean.cli import _code;"
        f"_code(['check', {str(glued)!r}, '--no-grammar']);"
        "sys.exit('prefect' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_check_lists_and_exits_with_1(glued: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["check", str(glued), "--no-grammar"]) == Exit.FOUND
    assert "missing-space-after-sentence" in capsys.readouterr().out
    assert _code(["check", str(glued), "--no-grammar", "--severity", "major"]) == Exit.OK
    assert glued.read_text() == GLUED


def test_a_score_can_gate_a_job(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Score of the words that follow: one major finding is 5 points."""
    page = tmp_path / "page.txt"
    page.write_text("The old bridge over the river is closed, and nobody 知道 when it opens.\n")
    gate = ["check", str(page), "--no-grammar", "--fail-under"]
    assert _code([*gate, "0"]) == Exit.OK
    assert _code([*gate, "100"]) == Exit.FOUND
    assert "page.txt: its score is" in capsys.readouterr().err
    page.write_text("The old bridge over the river is closed, and nobody knows why.\n")
    assert _code([*gate, "100"]) == Exit.OK


@pytest.mark.parametrize(
    "text",
    ["港务局星期一开会，决定旧桥继续关闭，直到明年春天才重新开放。\n", "```\nopen(gate);\n```\n"],
    ids=["language", "code"],
)
def test_what_was_not_checked_passes_no_gate(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(text, encoding="utf-8")
    assert _code(["check", str(page), "--no-grammar"]) == Exit.OK
    assert "page.txt: not checked: " in capsys.readouterr().err
    assert _code(["check", str(page), "--no-grammar", "--fail-under", "0"]) == Exit.FOUND
    assert "page.txt: its score is not known" in capsys.readouterr().err


def test_check_speaks_json_lines(glued: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _code(["check", str(glued), "--no-grammar", "--format", "jsonl"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["rule"] for line in lines] == ["missing-space-after-sentence"]


def test_what_is_no_text_is_named_and_left(
    glued: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    table = tmp_path / "prices.csv"
    table.write_text("quay,price\nNorth ,1,5\n")
    assert _code(["check", str(table), str(glued), "--no-grammar"]) == Exit.FAILED
    out, err = capfdbinary.readouterr()
    assert b"missing-space-after-sentence" in out
    assert err.count(b"\n") == 1
    assert b"prices.csv: nothing of it is read until --column says which columns are prose" in err
    clean = ["clean", str(table), "--no-grammar"]
    into = ["--output", str(tmp_path / "out")]
    assert _code([*clean, "--stdout"]) == Exit.FAILED
    assert _code([*clean, *into]) == Exit.FAILED
    assert not list((tmp_path / "out").glob("prices*"))
    capfdbinary.readouterr()
    assert _code([*clean, "--from", "text", "--stdout"]) == Exit.OK
    assert capfdbinary.readouterr().out.startswith(b"quay,price\n")
    assert _code([*clean, *into, "--from", "text"]) == Exit.OK
    assert _code(["apply", "prices.csv", "--no-grammar", "--output", str(tmp_path / "out")]) == 0
    assert _code([*clean, "--from", "table"]) == Exit.USAGE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_standard_output_that_is_full_is_named_in_one_line(glued: Path) -> None:
    for command in (["rules"], ["check", str(glued), "--no-grammar"]):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "mtclean.cli", *command],
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert done.returncode == Exit.NO_OUTPUT
        assert done.stderr.count(b"\n") == 1
        assert done.stderr.startswith(b"mtclean: standard output cannot be written to")


def test_who_reads_only_the_first_line_is_no_failure() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "mtclean.cli", "rules"], stdout=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.wait() == Exit.OK


def test_a_pattern_that_never_ends_costs_the_document_and_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "mtclean.toml"
    settings.write_text('[protect]\npatterns = ["(x+x+)+y", "[A-Z]{2,}-\\\\d+"]\n')
    (tmp_path / "bad.txt").write_text("The code is " + "x" * 5_000 + ".\n")
    (tmp_path / "good.txt").write_text("The code is AB-1 .It holds.\n")
    check = ["check", str(tmp_path / "bad.txt"), str(tmp_path / "good.txt"), "--no-grammar"]
    assert _code([*check, "--config", str(settings)]) == Exit.FAILED
    out, err = capsys.readouterr()
    assert "good.txt:1:" in out
    assert err.startswith(
        f"mtclean: {tmp_path / 'bad.txt'}: the pattern '(x+x+)+y' of the settings"
    )
    assert err.count("\n") == 1


def test_standard_input_is_judged_by_what_is_in_it() -> None:
    command = [sys.executable, "-m", "mtclean.cli", "clean", "-", "--no-grammar"]
    data = b"<!DOCTYPE html>\n<p>The gate is open .</p>\n"
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (Exit.FAILED, b"")
    assert b"it is an HTML page" in done.stderr
    done = subprocess.run([*command, "--from", "text"], input=data, capture_output=True, check=True)
    assert done.stdout


def test_check_goes_on_after_a_bad_file(
    glued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").touch()
    code = _code(["check", str(tmp_path / "empty.txt"), str(glued), "--no-grammar"])
    out, err = capsys.readouterr()
    assert code == Exit.FAILED
    assert err.count("\n") == 1
    assert "the file is empty" in err
    assert "missing-space" in out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["clean", "nowhere.txt"], Exit.USAGE, "does not exist"),
        (["check", "pyproject.toml", "--from", "docx"], Exit.FAILED, "leave that out"),
        (["explain", "mojibak"], Exit.USAGE, "did you mean mojibake"),
        (["frobnicate"], Exit.USAGE, "No such command"),
        (["check", "x", "--format", "xml"], Exit.USAGE, "'--format': 'xml' is not one of"),
    ],
)
def test_mistakes_get_one_clear_line(
    arguments: list[str], code: Exit, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _code(arguments) == code
    assert says in capsys.readouterr().err


def test_originals_are_never_written_over(
    glued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither where the output folder is theirs, nor where a folder's outputs would land in it."""
    deeper = tmp_path / tmp_path.name
    deeper.mkdir()
    (tmp_path / "link").symlink_to(tmp_path)
    (deeper / "glued.txt").write_text(GLUED)  # whose output would be the first one's place
    for arguments in (
        ["clean", str(glued), "--output", str(tmp_path)],
        ["run", str(tmp_path), "--output", str(tmp_path)],
        ["run", str(tmp_path), "--output", str(tmp_path / "link")],
        ["run", str(tmp_path), "--output", str(tmp_path.parent)],
    ):
        assert _code([*arguments, "--no-grammar"]) == Exit.USAGE, arguments
        assert "choose another --output" in capsys.readouterr().err
    assert glued.read_text() == GLUED


def test_a_folder_that_cannot_be_written_to_is_one_line(
    glued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        assert _code(["clean", str(glued), "--no-grammar", "-o", str(folder)]) == Exit.NO_OUTPUT
        assert capsys.readouterr().err.startswith(f"mtclean: {folder} cannot be written to: ")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit of file sizes")
@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("most", [1, 13_000, 30_000])
def test_a_disk_that_is_full(most: int, before: bool, glued: Path, tmp_path: Path) -> None:
    """A real fault of the system, at the lock, the ledger, the outputs, the page of all documents."""
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "mtclean.cli",
        "clean",
        str(glued),
        "--no-grammar",
        "-o",
        str(out),
    ]
    if before:
        subprocess.run(command, check=True, capture_output=True)
        glued.write_text(GLUED * 2)
    limited = ["import os, resource, sys; os.dup2(2, 1)"]
    limited.append(f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))")
    limited.append("os.execv(sys.argv[1], sys.argv[1:])")
    old = outputs(out)
    done = subprocess.run(
        [sys.executable, "-c", ";".join(limited), *command],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (Exit.NO_OUTPUT, Exit.FAILED), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert "cannot be written to" in done.stderr
    assert outputs(out) == old or most == 30_000
    assert not list(out.rglob(".mtclean-*"))
    subprocess.run(command, check=True, capture_output=True)
    assert (out / "glued.txt").read_text() == glued.read_text().replace(".B", ". B")


def outputs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("[!.]*")}


def test_rules_and_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["rules"]) == Exit.OK
    assert "mojibake" in capsys.readouterr().out
    assert _code(["explain", "mojibake"]) == Exit.OK
    out = capsys.readouterr().out
    headings = ["What:", "Why:", "When it holds back:", "Leaves alone:"]
    assert [line for line in out.splitlines() if line in headings] == headings


def test_rules_are_listed_by_the_language_they_speak(capsys: pytest.CaptureFixture[str]) -> None:
    listed = {}
    for language in ("en", "de", "zh", "xx"):
        assert _code(["rules", "--language", language]) == Exit.OK
        listed[language] = {line.split()[0] for line in capsys.readouterr().out.splitlines()}
    assert "torn-ending" in listed["en"] - listed["de"]
    assert "missing-space-after-comma" in listed["de"] - listed["zh"]
    assert "narrow-mark" in listed["zh"] - listed["de"]
    assert "mojibake" in listed["xx"]
    assert listed["xx"] < listed["de"]


def test_help_ends_in_worked_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["--help"]) == Exit.OK
    out = capsys.readouterr().out
    assert "mtclean clean article.txt --stdout" in out
    assert "130  interrupted" in out


def test_one_file_goes_to_one_file(glued: Path, tmp_path: Path) -> None:
    """The text alone is written, the same as is printed, and nothing beside it."""
    target = tmp_path / "to" / "clean.txt"
    target.parent.mkdir()
    assert _code(["clean", str(glued), "--to", str(target), "--no-grammar"]) == Exit.OK
    assert target.read_bytes() != glued.read_bytes()
    assert [file.name for file in target.parent.iterdir()] == ["clean.txt"]


@pytest.mark.parametrize("link", [None, Path.symlink_to, Path.hardlink_to])
def test_the_original_is_never_written_over(
    glued: Path,
    tmp_path: Path,
    link: Callable[[Path, Path], None] | None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Not under another name of it, either."""
    before, target = glued.read_bytes(), glued
    if link:
        target = tmp_path / "link.txt"
        link(target, glued)
    assert _code(["clean", str(glued), "--to", str(target), "--no-grammar"]) == Exit.USAGE
    assert "never written over" in capsys.readouterr().err
    assert glued.read_bytes() == before


def test_several_files_are_sent_to_run(glued: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["clean", str(glued), str(glued), "--to", "out.txt"]) == Exit.USAGE
    assert "mtclean run" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["run"], ["clean"], ["check"]])
def test_help_is_short_to_ask_for(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert _code([*command, "-h"]) == Exit.OK
    assert "Usage: mtclean" in capsys.readouterr().out
