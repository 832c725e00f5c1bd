"""Tables and JSON from end to end: what a person chose is read, changed, decided on, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mtclean.cli import _code
from mtclean.documents import Input, Reading, SourceFormat
from mtclean.formats import Choices
from mtclean.pipeline.config import chosen
from mtclean.pipeline.folder import decisions_file, documents, planned
from mtclean.pipeline.options import Options
from mtclean.pipeline.outcomes import Exit
from mtclean.pipeline.settings import RunSettings, Settings
from mtclean.pipeline.spec import RunSpec
from mtclean.review import write
from mtclean.text import Decision, Verdict

TABLE = 'id,source,target\n1,"It was ,so","The gate was shut.It was the the end ,they said."\n'
CLEANED = (
    TABLE.replace("shut.It", "shut. It").replace("the the", "the").replace("end ,th", "end, th")
)
ITEMS = '{"id": "a ,b", "items": [{"text": "The gate was shut.It was the the end."}]}\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("input").mkdir()
    Path("input/gate.csv").write_text(TABLE)
    Path("input/gate.json").write_text(ITEMS)
    Path("input/gate.txt").write_text("The gate was shut ,again.\n")


def do(*arguments: str) -> int:
    return _code([*arguments, "--no-grammar"])


def due(settings: RunSettings) -> dict[str, str]:
    """What a run would do, and why."""
    names = ("gate.csv", "gate.json", "gate.txt")
    inputs = [Input(Path("input", name), name) for name in names]
    plan = planned(inputs, Path("output"), RunSpec(chosen(settings), settings))
    return {item.name: reason for item, reason in plan.due}


def test_only_what_was_chosen_is_cleaned() -> None:
    assert do("clean", "input/gate.csv", "--column", "target") == Exit.OK
    assert Path("output/gate.csv").read_text() == CLEANED
    assert do("clean", "input/gate.json", "--field", "items[].text") == Exit.OK
    assert json.loads(Path("output/gate.json").read_text()) == {
        "id": "a ,b",
        "items": [{"text": "The gate was shut. It was the end."}],
    }


def test_the_settings_may_say_it_of_some_files() -> None:
    """And what is asked on the command line goes before them."""
    Path("mtclean.toml").write_text(
        'columns = ["id"]\n'
        '[files."*.csv"]\ncolumns = ["target"]\n'
        '[files."*.list"]\nsource_format = "csv"\ncolumns = ["3"]\n'
    )
    Path("input/gate.list").write_text(TABLE)
    for name in ("gate.csv", "gate.list"):
        assert do("clean", f"input/{name}") == Exit.OK
        assert Path("output", name).read_text() == CLEANED
    assert do("clean", "input/gate.csv", "--column", "source") == Exit.OK
    assert Path("output/gate.csv").read_text() == TABLE.replace("It was ,so", "It was, so")


def test_only_what_is_read_in_another_way_is_done_again() -> None:
    said = RunSettings(columns=["target"], fields=["text"], grammar=False)
    for name, flag in (("gate.csv", "--column=target"), ("gate.json", "--field=text")):
        assert do("clean", f"input/{name}", flag) == Exit.OK
    assert do("clean", "input/gate.txt") == Exit.OK
    assert due(said) == {}
    again = {"gate.csv": "changed: how it is read"}
    assert due(said.model_copy(update={"columns": ["target", "source"]})) == again


def test_what_was_chosen_holds_when_it_is_decided_on() -> None:
    do("clean", "input/gate.csv", "--column", "target")
    record = json.loads(Path("output/gate.csv.edits.json").read_text())
    wrong = next(fix for fix in record["fixes"] if fix["rule"] == "doubled-word")
    decision = Decision(wrong["id"], Verdict.REJECT, wrong["rule"])
    decisions_file(Path("output"), "gate.csv").write_text(write("gate.csv", [decision]))
    assert do("apply") == Exit.OK
    assert Path("output/gate.csv").read_text() == CLEANED.replace("the end", "the the end")
    (kept,) = documents(Path("output"))
    assert kept.item.reading == Reading(None, Choices(columns=("target",)))


def test_its_diff_is_of_the_file(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    do("clean", "input/gate.csv", "--column", "target")
    capsysbinary.readouterr()
    assert _code(["show", "gate.csv", "--as", "diff"]) == Exit.OK
    shown = capsysbinary.readouterr().out
    assert shown == Path("output/gate.csv.diff").read_bytes()
    subprocess.run(["patch", "-s", "input/gate.csv"], input=shown, check=True)
    assert Path("input/gate.csv").read_text() == CLEANED


def test_standard_input_is_what_it_is_said_to_be() -> None:
    command = [sys.executable, "-m", "mtclean.cli", "clean", "-", "--no-grammar", "--from", "csv"]
    done = subprocess.run(
        [*command, "--column", "target"], input=TABLE.encode(), capture_output=True, check=True
    )
    assert done.stdout.decode() == CLEANED


def test_a_choice_is_only_for_formats_that_ask() -> None:
    options = Options(columns=("a",), fields=("b",))
    assert options.reading_of(Input(Path("t.txt"), "t.txt")) == Reading()
    assert options.reading_of(Input(Path("t.po"), "t.po")) == Reading()
    tsv = options.reading_of(Input(Path("t.tsv"), "t.tsv"))
    assert tsv == Reading(None, Choices(columns=("a",)))
    said = Options(source_format=SourceFormat.JSON, fields=("b",))
    assert said.reading_of(Input(Path("t.txt"), "t.txt")).choices == Choices(fields=("b",))
    assert not chosen(Settings(columns=[])).columns
