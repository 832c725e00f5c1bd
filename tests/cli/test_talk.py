"""How much a command tells: nothing that is not needed with -q, more with -v, and no 2,000 lines of a big run."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import typer

from mtclean.cli import _code, app
from mtclean.cli.application import talking
from mtclean.cli.runs import _report
from mtclean.pipeline.outcomes import Outcome, Run, Status
from mtclean.report import Summary
from mtclean.trouble import Exit

GLUED = "The talks went well.Both sides agreed.\n"
SUMMARY = Summary("a", 120, 3, {"normalize": 2}, {}, Counter(), 0, 97.5)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "page.txt"
    path.write_text(GLUED)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "conf.py").write_text("x = 1\n")
    (tmp_path / "docs" / "page.txt").write_text(GLUED)
    return path


def test_every_command_can_be_quiet_or_talk_more() -> None:
    commands = typer.main.get_command(app)
    context = commands.make_context("mtclean", [], resilient_parsing=True)
    for name in commands.list_commands(context):
        command = commands.get_command(context, name)
        options = {option for part in command.params for option in part.opts}
        assert {"-q", "--quiet", "-v", "--verbose"} <= options, name


def test_quiet_leaves_errors_and_the_result(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["check", "docs", "--no-grammar"]) == Exit.FOUND
    out, err = capsys.readouterr()
    assert "docs/conf.py" in err
    assert _code(["check", "docs", "--no-grammar", "-q"]) == Exit.FOUND
    assert capsys.readouterr() == (out, "")
    assert _code(["check", "docs", "nowhere.txt", "--no-grammar", "-q"]) == Exit.FAILED
    assert capsys.readouterr().err == "mtclean: nowhere.txt does not exist\n"
    assert _code(["clean", "page.txt", "--no-grammar", "-q"]) == Exit.OK
    assert capsys.readouterr() == ("", "")
    assert _code(["show", "page", "--as", "diff", "--to", "page.diff", "-q"]) == Exit.OK
    assert capsys.readouterr() == ("", "")


def test_verbose_tells_the_figures_of_each(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _code(["check", "page.txt", "--no-grammar", "-v"])
    assert "page.txt: 7 words (en), 1 fix, 0 findings, score 100.0" in capsys.readouterr().err


def test_not_both(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["check", "page.txt", "-q", "-v"]) == Exit.USAGE
    assert capsys.readouterr().err.count("\n") == 1


def big() -> Run:
    cleaned = [
        Outcome(f"in/{n}.txt", Status.CLEANED, summary=replace(SUMMARY, name=f"{n}.txt", score=n / 20), report=f"out/{n}")
        for n in range(1_900)
    ]  # fmt: skip
    images = [Outcome(f"in/{n}.png", Status.SKIPPED, "it is not a text file") for n in range(60)]
    broken = [
        Outcome(f"in/{n}.csv", Status.FAILED, f"line {n} is broken", "format") for n in range(40)
    ]
    kept = [Outcome(f"in/{n}", Status.UNCHANGED, summary=SUMMARY) for n in range(7)]
    return Run([*cleaned, *images, *broken, *kept], gone=[f"in/{n}.old" for n in range(12)])


def reported(run: Run, *flags: str) -> None:
    """Print what a run that was called with *flags* reports."""
    command = typer.Typer()
    command.command()(talking(lambda: _report(run, Path("out"))))
    command(args=list(flags), standalone_mode=False)


def test_of_a_big_run_the_worst_are_shown_and_where_the_rest_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    reported(big())
    out, err = capsys.readouterr()
    assert [line.split()[0] for line in out.splitlines()[1:21]] == [f"{n}.txt" for n in range(20)]
    assert out.splitlines()[21:] == [
        "the worst 20 of 1,900; all: out/index.html",
        "1900 of 2007 cleaned into out, 7 unchanged, 60 skipped, 40 failed",
    ]
    assert "skipped: 60 documents: it is not a text file" in err
    assert "failed: in/0.csv: line 0 is broken" in err
    assert "failed: 20 more; out/index.html lists them" in err
    assert "12 documents are no longer there" in err
    assert len(err.splitlines()) < 30


def test_who_wants_all_of_a_big_run_gets_all(capsys: pytest.CaptureFixture[str]) -> None:
    reported(big(), "--verbose")
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1_902
    assert "failed: in/39.csv: line 39 is broken" in err
    reported(big(), "--quiet")
    out, err = capsys.readouterr()
    assert out == ""
    assert all(line.startswith("mtclean: failed: ") for line in err.splitlines())


@pytest.mark.parametrize("way", [["--to", "b.txt"], ["--to", "-"], ["--stdout"]])
def test_the_text_goes_to_one_place(
    way: list[str], page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _code(["clean", "page.txt", "--no-grammar", "--output", "out", *way]) == Exit.USAGE
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "the text goes to one place" in err
    assert not Path("out").exists()
    assert not Path("b.txt").exists()


def test_both_names_of_standard_output_print_the_same(
    page: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for way in (["--stdout"], ["--to", "-"], ["--to", "-", "--stdout"]):
        assert _code(["clean", "page.txt", "--no-grammar", *way]) == Exit.OK
        assert capfdbinary.readouterr().out == GLUED.replace(".B", ". B").encode()
