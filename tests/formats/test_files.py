"""Files of a format from end to end: cleaned, reported, reviewed, and still what they were."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from mtclean.cli import _code
from mtclean.documents import Input
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import draft, read
from mtclean.pipeline.folder import decisions_file
from mtclean.pipeline.options import Options
from mtclean.pipeline.outcomes import Exit
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import decide
from mtclean.review import write
from mtclean.text import Decision, Verdict
from mtclean.text.decision import BY_HAND_RULE, Place

PAGES = {
    "notes.md": (
        "---\ntitle: The gate ,as it was\n---\n\n# The *gate*\n\n"
        "The gate was shut.It was the the end ,as they said in `a ,b.C` today.\n\n```\nx ,y.Z\n```\n",
        "---\ntitle: The gate ,as it was\n---\n\n# The *gate*\n\n"
        "The gate was shut. It was the end, as they said in `a ,b.C` today.\n\n```\nx ,y.Z\n```\n",
    ),
    "page.html": (
        "<html lang=en><style>p ,b{}</style><p title='a ,b.C'>The gate was <b>shut.</b>It was the the\n"
        "  end ,as they said.<script>var a ,b;</script></html>\n",
        "<html lang=en><style>p ,b{}</style><p title='a ,b.C'>The gate was <b>shut. </b>It was the\n"
        "  end, as they said.<script>var a ,b;</script></html>\n",
    ),
    "page.mdx": (
        "import A from './a ,b'\n\nThe gate was shut.It was {a ,b} the the end.\n",
        "import A from './a ,b'\n\nThe gate was shut. It was {a ,b} the end.\n",
    ),
}  # fmt: skip


@pytest.fixture(params=sorted(PAGES))
def page(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path(request.param).write_text(PAGES[request.param][0], newline="")
    return str(request.param)


def do(*arguments: str) -> int:
    return _code([*arguments, "--no-grammar"])


def test_only_its_prose_is_cleaned(page: str) -> None:
    assert do("clean", page) == Exit.OK
    assert Path("output", page).read_text() == PAGES[page][1]
    assert Path(page).read_text() == PAGES[page][0]


def test_its_diff_makes_the_cleaned_file(page: str) -> None:
    do("clean", page)
    Path("copy").write_bytes(Path(page).read_bytes())
    command = ["patch", "--binary", "--quiet", "copy", f"output/{page}.diff"]
    subprocess.run(command, check=True)
    assert Path("copy").read_bytes() == Path("output", page).read_bytes()


def test_places_are_those_of_the_file(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert do("check", page, "--format", "jsonl") == Exit.FOUND
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    lines = PAGES[page][0].splitlines()
    doubled = next(item for item in said if item["rule"] == "doubled-word")
    assert lines[doubled["line"] - 1][doubled["column"] - 1 :].split()[0] == "the"


def test_what_was_decided_on_it_is_done(page: str) -> None:
    do("clean", page)
    record = json.loads(Path(f"output/{page}.edits.json").read_text())
    wrong = next(fix for fix in record["fixes"] if fix["rule"] == "missing-space-after-sentence")
    decision = Decision(wrong["id"], Verdict.REJECT, wrong["rule"])
    decisions_file(Path("output"), page).write_text(write(page, [decision]))
    assert do("apply", page) == Exit.OK
    text = Path("output", page).read_text()
    assert "shut. " not in text
    assert "the the" not in text


def test_cleaned_once_it_stays(page: str) -> None:
    do("clean", page)
    Path(page).write_bytes(Path("output", page).read_bytes())
    do("clean", page)
    assert Path("output", page).read_text() == PAGES[page][1]
    assert Path(f"output/{page}.diff").read_bytes() == b""


def test_it_can_be_taken_for_a_text(page: str) -> None:
    assert do("clean", page, "--from", "text") == Exit.OK
    record = json.loads(Path(f"output/{page}.edits.json").read_text())
    assert record["output"]["length"] == len(Path("output", page).read_text())
    assert do("apply", page) == Exit.OK, "and is when it is decided on"


@pytest.mark.parametrize(
    ("words", "put", "after"),
    [(" It helps", " It does", "Read **this.** It does us all.\n"), (" It", "it", None)],
)
def test_what_a_person_writes_is_prose_of_the_file_or_is_not_written(
    words: str, put: str, after: str | None, tmp_path: Path
) -> None:
    """Emphasis that a letter follows is none any more."""
    file = tmp_path / "page.md"
    file.write_text("Read **this.** It helps us all.\n")
    options = Options(grammar=False, language="en")
    page = read(Input(file, file.name), options)
    place = Place("this.", words, page.text.partition(words)[2])
    decision = Decision("0" * 12, Verdict.WRITE, BY_HAND_RULE, "", put, place=place)
    work = decide(draft(page, options, {decision.id: decision}))
    assert cleaned_bytes(work).decode() == (after or file.read_text())
    assert len(account(work).stale) == (after is None)
