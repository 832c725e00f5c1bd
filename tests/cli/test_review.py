"""The loop: decisions are honoured by every way to clean, say what is left, and are never lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from mtclean.cli import _code
from mtclean.documents import counted, locked
from mtclean.pipeline.amend import switch_off
from mtclean.pipeline.folder import decisions_file
from mtclean.pipeline.settings import ConfigError
from mtclean.review import read, write
from mtclean.text import Decision, Verdict
from mtclean.trouble import Exit
from tests.conftest import ROOT

TEXT = (
    "The gate was shut.It was the the end ,as they said. A new research research centre opened.\n"
)
CLEANED = (
    "The gate was shut. It was the end, as they said. A new research research centre opened.\n"
)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one text, cleaned into output/."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gate.txt").write_text(TEXT)
    assert do("clean", "gate.txt") == Exit.OK
    assert output() == CLEANED
    return tmp_path


def do(*arguments: str) -> int:
    more = ("--no-grammar",) if arguments[0] in ("clean", "apply", "run") else ()
    return _code([*arguments, *more])


def output() -> str:
    return Path("output/gate.txt").read_text()


def said(rule: str) -> str:
    """The id of what *rule* said about the text: of what is to be decided, where there is any."""
    fixes = json.loads(Path("output/gate.txt.edits.json").read_text())["fixes"]
    return min((fix["applied"], fix["id"]) for fix in fixes if fix["rule"] == rule)[1]


def decide(verdict: Verdict, rule: str, replacement: str = "", remember: bool = False) -> str:
    """What a report exports that was left with one decision in it."""
    made = Decision(said(rule), verdict, rule, rule, replacement, remember)
    return write("gate.txt", [made])


def test_an_exported_decision_is_applied(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = work / "gate.txt.decisions.json"
    export.write_text(decide(Verdict.REJECT, "missing-space-after-sentence"))
    assert do("apply", str(export)) == Exit.OK
    assert output() == CLEANED.replace("shut. It", "shut.It")
    assert "gate.txt: " in capsys.readouterr().out
    assert read(decisions_file(Path("output"), "gate.txt").read_text()), "kept for the next run"
    assert export.exists()


def test_the_next_clean_honours_it(work: Path) -> None:
    decisions_file(Path("output"), "gate.txt").write_text(decide(Verdict.ACCEPT, "doubled-word"))
    assert do("clean", "gate.txt") == Exit.OK
    assert "new research centre" in output()


def test_decisions_outlive_an_edit_of_the_source(work: Path) -> None:
    decisions_file(Path("output"), "gate.txt").write_text(
        decide(Verdict.REJECT, "missing-space-after-sentence")
    )
    Path("gate.txt").write_text(f"Something was put in front.\n\n{TEXT}")
    assert do("clean", "gate.txt") == Exit.OK
    assert "shut.It" in output()


def test_what_fits_no_more_is_stale_and_status_says_so(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decisions_file(Path("output"), "gate.txt").write_text(
        decide(Verdict.REJECT, "missing-space-after-sentence")
    )
    Path("gate.txt").write_text("The window was open.It was summer.\n")
    assert do("clean", "gate.txt") == Exit.OK
    assert output() == "The window was open. It was summer.\n", "never applied by guess"
    capsys.readouterr()
    assert _code(["status"]) == Exit.FOUND
    assert "1 stale: review again" in capsys.readouterr().out


def test_status_goes_from_left_to_done(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["status"]) == Exit.FOUND
    assert "1 of 1 to decide" in capsys.readouterr().out
    decisions_file(Path("output"), "gate.txt").write_text(decide(Verdict.REJECT, "doubled-word"))
    assert _code(["status"]) == Exit.FOUND
    assert "not applied: mtclean apply" in capsys.readouterr().out
    assert do("apply") == Exit.OK
    assert _code(["status"]) == Exit.OK
    capsys.readouterr()
    assert do("apply") == Exit.OK
    assert "nothing to apply" in capsys.readouterr().out


def sent_back(name: str, *made: Decision, withdrawn: Iterable[str] = ()) -> str:
    """The name of a file in which somebody sends back what they decided in a report."""
    content = json.loads(write("gate.txt", made)) | {"withdrawn": list(withdrawn)}
    Path(name).write_text(json.dumps(content))
    return name


def test_what_several_people_decided_is_brought_together(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where they disagree nobody has decided, and it is said who wants what."""
    doubled, joined = said("doubled-word"), said("missing-space-after-sentence")
    ada = (
        Decision(doubled, Verdict.ACCEPT, "doubled-word", by="Ada"),
        Decision(joined, Verdict.REJECT, "missing-space-after-sentence", by="Ada"),
    )
    ben = Decision(doubled, Verdict.REJECT, "doubled-word", by="Ben")
    files = sent_back("ada.json", *ada), sent_back("ben.json", ben)
    assert do("apply", *files) == Exit.FOUND
    told = capsys.readouterr().err
    assert "Ada: accept; Ben: reject" in told
    assert "shut.It" in output(), "that is what only one of them decided"
    kept = read(decisions_file(Path("output"), "gate.txt").read_text())
    assert set(kept) == {joined}
    assert do("apply", "ben.json") == Exit.OK
    again = sent_back("again.json", withdrawn=[joined])
    assert do("apply", again) == Exit.OK
    assert set(read(decisions_file(Path("output"), "gate.txt").read_text())) == {doubled}
    assert "shut. It" in output()


def test_a_remembered_rejection_switches_the_rule_off(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("mtclean.toml").write_text("# ours\n[rules]\nmojibake = 'suggest' # they write so\n")
    export = work / "export.json"
    export.write_text(decide(Verdict.REJECT, "space-on-wrong-side", remember=True))
    assert do("apply", "export.json") == Exit.OK
    assert Path("mtclean.toml").read_text() == (
        "# ours\n[rules]\nmojibake = 'suggest' # they write so\nspace-on-wrong-side = \"off\"\n"
    )
    assert "the end ,as" in output()
    assert "switched off in" in capsys.readouterr().err


def test_precision_counts_what_people_said(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["rules", "--precision"]) == Exit.OK
    assert "nothing was decided" in capsys.readouterr().out
    decisions_file(Path("output"), "gate.txt").write_text(decide(Verdict.REJECT, "doubled-word"))
    assert _code(["rules", "--precision"]) == Exit.OK
    assert capsys.readouterr().out.splitlines()[1].split() == [
        "doubled-word", "0%", "1", "0", "0", "1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "content", "words"),
    [
        (["apply", "x.json"], "{", "not JSON"),
        (["apply", "x.json"], write("other", []), "no document 'other'"),
        (["apply", "gaet"], "", "did you mean gate.txt?"),
        (["apply", "missing.json"], "", "cannot be read"),
        (["review", "--no-browser", "gaet"], "", "did you mean gate.txt?"),
        (["status", "--output", "elsewhere"], "", "nothing was cleaned into elsewhere"),
    ],
)
def test_mistakes_get_one_line(
    work: Path,
    arguments: list[str],
    content: str,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("x.json").write_text(content)
    assert _code(arguments) == Exit.USAGE
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line


def test_decisions_that_cannot_be_read_stop_their_document_only(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decisions_file(Path("output"), "gate.txt").write_text("{")
    before = output()
    assert do("clean", "gate.txt") == Exit.FAILED
    assert "mend or remove it" in capsys.readouterr().err
    assert output() == before
    Path("other.txt").write_text(TEXT)
    assert do("clean", "other.txt") == Exit.OK


def test_what_was_decided_under_a_name_without_ending_is_kept(work: Path) -> None:
    """Before 0.2.0 a text was called without its .txt, and so were the decisions on it."""
    old, new = Path("output/gate.decisions.json"), decisions_file(Path("output"), "gate.txt")
    old.write_text(decide(Verdict.ACCEPT, "doubled-word"))
    assert do("clean", "gate.txt") == Exit.OK
    assert "research research" not in output()
    export = work / "gate.decisions.json"
    export.write_text(
        decide(Verdict.REJECT, "missing-space-after-sentence").replace("gate.txt", "gate")
    )
    assert do("apply", str(export), "--no-grammar") == Exit.OK
    assert len(read(new.read_text())) == 2
    assert "shut.It" in output()
    assert "research research" not in output()
    assert old.is_file(), "nobody's file is taken away"


def test_a_text_that_follows_its_decisions_is_not_due_again(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was read as the next run reads it, and what it has in common with others is as it was."""
    decisions_file(Path("output"), "gate.txt").write_text(decide(Verdict.REJECT, "doubled-word"))
    before = dict(counted(Path("output")).rows)
    assert do("apply") == Exit.OK
    assert counted(Path("output")).rows == before
    assert do("run", "gate.txt", "--dry-run") == Exit.OK
    assert "0 to clean, 1 unchanged" in capsys.readouterr().out


@pytest.mark.parametrize("at_once", [True, False])
def test_where_two_people_disagree_it_is_open_whenever_their_files_come(
    work: Path, at_once: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    files = []
    for name, verdict in (("Ada", Verdict.REJECT), ("Ben", Verdict.ACCEPT)):
        made = Decision(said("doubled-word"), verdict, "doubled-word", by=name)
        files.append(work / f"{name}.json")
        files[-1].write_text(write("gate.txt", [made]))
    if at_once:
        assert do("apply", *map(str, files)) == Exit.FOUND
    else:
        assert do("apply", str(files[0])) == Exit.OK
        assert do("apply", str(files[1])) == Exit.FOUND
    told = capsys.readouterr().err
    assert "decided differently" in told
    assert "Ada: reject; Ben: accept" in told
    assert not read(decisions_file(Path("output"), "gate.txt").read_text())
    assert output() == CLEANED


def test_a_busy_folder_is_left(work: Path) -> None:
    decisions_file(Path("output"), "gate.txt").write_text(decide(Verdict.REJECT, "doubled-word"))
    with locked(Path("output")):
        assert do("apply") == Exit.BUSY


def test_the_page_of_all_documents_lists_what_was_cleaned_one_by_one(work: Path) -> None:
    Path("deep").mkdir()
    Path("deep/other.txt").write_text(TEXT)
    assert do("clean", "deep/other.txt") == Exit.OK
    page = Path("output/index.html").read_text()
    assert "./gate.txt.report.html" in page
    assert "./other.txt.report.html" in page
    assert 'href="index.html"' in Path("output/gate.txt.report.html").read_text()


@pytest.mark.parametrize(
    "rule", ["no-such-rule", "fluency", "languagetool.a b", "", "\ud800", "x]\n[y"]
)
def test_only_rules_are_remembered(
    work: Path, rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown name in the settings would be an error in every command from then on."""
    export = work / "export.json"
    made = Decision(said("doubled-word"), Verdict.REJECT, rule, "", "", True)
    export.write_text(write("gate.txt", [made]))
    assert do("apply", "export.json") == Exit.OK
    assert not Path("mtclean.toml").exists()
    assert "there is no rule" in capsys.readouterr().err
    assert do("clean", "gate.txt") == Exit.OK
    assert _code(["rules", "--precision"]) == Exit.OK


@pytest.mark.parametrize("settings", ["rules = 3", "[rules", "rules = []"])
def test_settings_that_cannot_be_read_are_not_written_over(work: Path, settings: str) -> None:
    Path("broken.toml").write_text(settings)
    with pytest.raises(ConfigError):
        switch_off(Path("broken.toml"), ["doubled-word"])
    assert Path("broken.toml").read_text() == settings


KEEPER = """
import sys
from pathlib import Path
from mtclean.pipeline.folder import documents, keep
from mtclean.text import Decision, Verdict

(document,) = documents(Path("output"))
print(flush=True)
sys.stdin.readline()
for n in range(12):
    id = f"{sys.argv[1]}{n:011x}"
    keep(Path("output"), document, {id: Decision(id, Verdict.REJECT, "doubled-word")})
    print(id, flush=True)
"""


def test_no_decision_is_lost_where_processes_race(work: Path) -> None:
    """What was answered to be saved is in the file."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", KEEPER, str(n)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for n in range(4)
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout
        writer.stdout.readline()  # it is ready
    saved: set[str] = set()
    for writer in writers:
        assert writer.stdin
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        saved.update(writer.communicate()[0].split())
        assert writer.returncode == 0
    assert len(saved) == 48
    assert read(decisions_file(Path("output"), "gate.txt").read_text()).keys() == saved
