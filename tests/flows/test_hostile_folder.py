"""An output folder that somebody else has made: nothing outside it is written, read or shown.

Each trap is laid in the folder of an honest run; then everything is done with it that one does.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from mtclean.cli import _code
from mtclean.documents import (
    DocumentProblem,
    Entry,
    FolderBusy,
    FolderUnusable,
    Input,
    is_listed,
    known,
    locked,
    opened,
    plan,
    write_together,
)
from mtclean.documents.below import is_below
from mtclean.documents.folder_lock import LOCK
from mtclean.documents.ledger import DAMAGED, LEDGER
from mtclean.pipeline.folder import complete, documents
from mtclean.pipeline.options import Options
from mtclean.trouble import Exit
from mtclean.web.server import Reviewer

TEXT = "The gate was shut.It was the the end ,as they said.\n"
SECRET = "A secret of the  user.\n"
OPTIONS = Options(grammar=False, language="en")
COMMANDS = (
    ["status"],
    ["show", "gate.txt"],
    ["rules", "--precision"],
    ["apply", "gate.txt", "--no-grammar"],
    ["clean", "letters/gate.txt", "--no-grammar"],
)
HOSTILE_NAMES = (
    "../outside",
    "../../outside",
    "a/../../outside",
    "/tmp/outside",
    "./gate.txt",
    "a//b",
    "gate.txt\0",
    "x" * 5_000,
    "..",
    "",
)


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with a document that was cleaned, and a secret beside it."""
    top = tmp_path_factory.mktemp("honest")
    (top / "work" / "letters").mkdir(parents=True)
    (top / "secret.txt").write_text(SECRET)
    (top / "theirs").mkdir()
    (top / "theirs" / ".mtclean-1").write_text("not ours to sweep")
    (top / "work" / "letters" / "gate.txt").write_text(TEXT)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(top / "work")
        assert _code(["clean", "letters/gate.txt", "--no-grammar"]) == Exit.OK
    return top


@pytest.fixture
def output(honest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The output folder in a copy of it, which is worked in."""
    top = Path(shutil.copytree(honest, tmp_path / "top"))
    monkeypatch.chdir(top / "work")
    return top / "work" / "output"


def outside(output: Path) -> dict[str, bytes | None]:
    """All there is around the output folder."""
    top = output.parent.parent
    return {
        str(path): path.read_bytes() if path.is_file() and not path.is_symlink() else None
        for path in sorted(top.rglob("*"))
        if output not in (path, *path.parents)
    }


def everything(output: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Do everything with the folder; what was said.  Nothing may end in a traceback."""
    capsys.readouterr()
    said = ""
    for command in COMMANDS:
        code = _code(command)
        assert code in {*Exit}, command
        printed = capsys.readouterr()
        assert len(printed.err.splitlines()) <= 4, printed.err
        said += printed.out + printed.err
    reviewer = Reviewer(output, lambda: OPTIONS, None, lambda made: "")
    pages = [reviewer.index()]
    for document in documents(output):
        try:
            pages.append("".join(reviewer.page(document.report) or ()))
        except (DocumentProblem, FolderUnusable) as problem:
            said += str(problem)
    for page in pages:
        check_page(page)
    return said + "".join(pages)


class Page(HTMLParser):
    """What could act in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.acting: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        refreshes = tag == "meta" and (given.get("http-equiv") or "").lower() == "refresh"
        if refreshes or tag in ("iframe", "object", "embed", "base", "img"):
            self.acting.append(tag)
        self.acting += [name for name in given if name.startswith("on")]
        address = given.get("href") or ""
        if tag in ("a", "link") and address.partition(":")[0] in ("http", "https", "javascript"):
            self.acting.append(address)


def check_page(text: str) -> None:
    page = Page()
    page.feed(text)
    assert [act for act in page.acting if "themqm.org" not in act] == []
    assert "<script>alert" not in text


def link(output: Path, name: str, target: str) -> None:
    place = output / name
    place.unlink(missing_ok=True)
    place.symlink_to(output.parent.parent / target)


@pytest.mark.parametrize(
    "name",
    [
        LOCK,
        LEDGER,
        f"{LEDGER}-wal",
        f"{LEDGER}-shm",
        f"{LEDGER}-journal",
        DAMAGED,
        "index.html",
        "gate.txt",
        "gate.txt.edits.json",
        "gate.txt.diff",
        "gate.txt.report.html",
        "gate.txt.decisions.json",
    ],
)
@pytest.mark.parametrize("target", ["secret.txt", "theirs/new"])
def test_a_link_in_it_is_not_followed(
    output: Path, name: str, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    link(output, name, target)
    before = outside(output)
    said = everything(output, capsys)
    assert outside(output) == before
    assert "secret of the" not in said


@pytest.mark.parametrize("kind", ["hard link", "pipe", "folder"])
@pytest.mark.parametrize(
    "name", [LOCK, LEDGER, f"{LEDGER}-wal", "gate.txt", "gate.txt.decisions.json"]
)
def test_nor_is_what_only_looks_like_a_file(
    output: Path, name: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (output / name).unlink(missing_ok=True)
    if kind == "hard link":
        os.link(output.parent.parent / "secret.txt", output / name)
    elif kind == "pipe":
        os.mkfifo(output / name)
    else:
        (output / name).mkdir()
    before = outside(output)
    everything(output, capsys)
    assert outside(output) == before


def test_folders_in_it_are_no_links(output: Path) -> None:
    (output / "letters").symlink_to(output.parent.parent / "theirs")
    before = outside(output)
    for name in ("letters/gate.txt", "letters/deep/gate.txt", "../gate", "/gate", "a/../../gate"):
        with pytest.raises(DocumentProblem, match="cannot be written"):
            write_together(output, {name: b"text"})
    assert outside(output) == before


def changed(output: Path, **columns: object) -> None:
    """Change columns of the one row, as somebody who knows the ledger would."""
    with closing(sqlite3.connect(output / LEDGER)) as database, database:
        for column, value in columns.items():
            database.execute(f"update inputs set {column} = ?", (value,))


@pytest.mark.parametrize("name", HOSTILE_NAMES)
@pytest.mark.parametrize("column", ["name", "outputs"])
def test_a_name_that_leads_out_is_nobodys(
    output: Path, column: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not is_below(name)
    value = os.fsencode(name) if column == "name" else json.dumps([name])
    changed(output, **{column: value})
    before = outside(output)
    everything(output, capsys)
    assert outside(output) == before
    assert [document.item.name for document in documents(output)] == ["gate.txt"], "mended"


@pytest.mark.parametrize(
    "path", ["../secret.txt", "{top}/secret.txt", "~/secret.txt", "/etc/passwd"]
)
def test_only_what_a_run_of_ones_own_has_read_is_read(
    output: Path, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = path.replace("{top}", str(output.parent.parent))
    changed(output, path=os.fsencode(path))
    said = []
    for command in (["apply", "gate.txt", "--no-grammar"], ["show", "gate.txt"]):
        capsys.readouterr()
        assert _code(command) == Exit.FAILED
        (line,) = capsys.readouterr().err.splitlines()
        said.append(line)
        assert "somebody else" in line
        assert path in line
    reviewer = Reviewer(output, lambda: OPTIONS, None, lambda made: "")
    for act in (reviewer.page, lambda report: reviewer.decide(report, {})):
        with pytest.raises(DocumentProblem, match="somebody else"):
            act("gate.txt.report.html")
    assert (output / "gate.txt").read_text().startswith("The gate was shut. It")


def test_a_folder_of_somebody_else_is_taken_over_by_naming_the_texts(
    output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another"))
    (document,) = documents(output)
    with pytest.raises(DocumentProblem, match="somebody else"):
        _ = document.source
    complete(output, [document.entry])
    (document,) = documents(output)
    assert document.source == document.item


SPOILT = (
    ("fixes", 0, "id", '"><meta http-equiv="refresh" content="0;url=http://texts.example">'),
    ("fixes", 0, "number", '0"><img src=x onerror=alert(1)>'),
    ("fixes", 0, "stage", "<script>alert(1)</script>"),
    ("fixes", 0, "rule", "</script><script>alert(1)</script>"),
    ("fixes", 0, "severity", '"><iframe src="http://texts.example">'),
    ("fixes", 0, "reason", "<img src=x onerror=alert(1)>"),
    ("fixes", 0, "edits", []),
    ("findings", 0, "severity", '"><base href="http://texts.example">'),
    ("source", None, "name", '"><script>alert(1)</script>'),
    ("source", None, "language", '"><svg onload=alert(1)>'),
    ("changes", 0, "fixes", ['"><script>']),
    ("changes", 0, "fixes", [99]),
    ("run", None, "mtclean", "<iframe>"),
    ("rules", None, "<script>", {"category": "<svg>", "summary": "`<b>`", "explanation": "<i>"}),
)


@pytest.mark.parametrize("spoilt", SPOILT)
def test_nothing_of_the_edits_can_act_in_a_page(
    output: Path, spoilt: tuple[str, int | None, str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    part, at, key, value = spoilt
    file = output / "gate.txt.edits.json"
    content = json.loads(file.read_text())
    if content[part] or at is None:
        (content[part] if at is None else content[part][at])[key] = value
    file.write_text(json.dumps(content))
    before = outside(output)
    everything(output, capsys)
    assert outside(output) == before


@pytest.mark.parametrize("column", ["status", "code", "message", "signature", "summary", "sha256"])
def test_nothing_of_the_ledger_can_act_in_a_page(
    output: Path, column: str, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = '"><script>alert(1)</script><meta http-equiv="refresh" content="0;url=//x">'
    value = json.dumps({"decisions": evil}) if column == "signature" else evil
    changed(output, **{column: value})
    everything(output, capsys)


def test_the_lock_says_who_holds_it_and_nothing_to_the_terminal(output: Path) -> None:
    with locked(output):
        (output / LOCK).write_bytes(b"\x1b]0;evil\x07\xff process")
        with pytest.raises(FolderBusy) as busy, locked(output):
            pass
    assert str(busy.value).isprintable()


def wrong_values() -> Iterator[object]:
    yield from (None, 0, -1, 1.5, float("nan"), float("inf"), 2**62, "", "x", b"", b"\xff\xfe\0")
    yield from ("null", "[]", "{}", "[1, null]", '{"a": NaN}', '{"a": 1}', "[" * 9_999, "1" * 9_999)
    yield from ("\ud800".encode("utf-8", "surrogatepass"), "a\0b", '{"words": NaN}')


COLUMNS = (
    "name", "path", "sha256", "signature", "status", "code", "message", "outputs", "summary",
    "making", "mark",
)  # fmt: skip


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.faults)])
def test_any_value_in_any_column_is_taken_or_mended(output: Path, every: int) -> None:
    before = outside(output)
    item = Input(Path("letters/gate.txt"), "gate.txt")
    for number, column in enumerate(COLUMNS):
        for value in list(wrong_values())[number % every :: every]:
            try:
                changed(output, **{column: value})
            except sqlite3.IntegrityError:
                continue
            complete(output, plan([item], output, lambda name: {}).kept)
            documents(output)
            Reviewer(output, lambda: OPTIONS, None, lambda made: "").index()
            with opened(output) as ledger:
                ledger.begin(["gate.txt"])
                ledger.record([Entry("gate.txt", "letters/gate.txt", "", {}, "cleaned")])
        assert outside(output) == before


def works(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder is looked at, reviewed and cleaned into, and knows its document then."""
    capsys.readouterr()
    for command in (["status"], ["apply", "--no-grammar"]):
        assert _code(command) in (Exit.OK, Exit.FOUND, Exit.USAGE, Exit.FAILED)
    Reviewer(output, lambda: OPTIONS, None, lambda made: "").index()
    assert _code(["clean", "letters/gate.txt", "--no-grammar"]) == Exit.OK
    printed = capsys.readouterr()
    assert len(printed.err.splitlines()) <= 5, printed.err
    assert _code(["apply", "gate.txt", "--no-grammar"]) == Exit.OK
    printed = capsys.readouterr()
    assert not printed.err, "all is well again"


DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    lambda data, dice: data.__setitem__(dice.randrange(len(data)), dice.randrange(256)),
    lambda data, dice: data.__setitem__(slice(0, 100), dice.randbytes(100)),
    lambda data, dice: data.__setitem__(dice.randrange(100), dice.randrange(256)),
    lambda data, dice: data.__setitem__(slice(at := dice.randrange(len(data) // 4096) * 4096, at + 4096), dice.randbytes(4096)),
    lambda data, dice: data.__setitem__(slice(at := dice.randrange(len(data) // 4096) * 4096, at + 8), dice.randbytes(8)),
    lambda data, dice: data.__delitem__(slice(dice.randrange(len(data)), None)),
    lambda data, dice: data.__setitem__(slice(at := dice.randrange(len(data)), at + 64), bytes(64)),
)  # fmt: skip


@pytest.mark.parametrize("times", [2, pytest.param(60, marks=pytest.mark.faults)])
def test_a_damaged_ledger_stops_nothing(output: Path, times: int) -> None:
    """500 rows, damaged anywhere, again and again: it can be read and written, and tells what holds."""
    with opened(output) as ledger:
        (entry,) = ledger.entries().values()
        ledger.record(replace(entry, name=f"{n:03}", path=f"letters/{n}.txt") for n in range(500))
    whole = (output / LEDGER).read_bytes()
    assert len(whole) > 50 * 4096
    dice = random.Random(4)
    before = outside(output)
    for damage in DAMAGES * times:
        data = bytearray(whole)
        damage(data, dice)
        for ending in ("-wal", "-shm"):
            (output / (LEDGER + ending)).unlink(missing_ok=True)
        (output / LEDGER).write_bytes(data)
        known(output)
        is_listed(output)
        plan([Input(Path("letters/gate.txt"), "gate.txt")], output, lambda name: {})
        with opened(output) as ledger:
            ledger.begin(["gate.txt", "250"])
            ledger.record([entry])
            ledger.all_listed()
        with opened(output) as ledger:
            assert not ledger.trouble
            assert ledger.entries()["gate.txt"] == entry
    assert outside(output) == before


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_ledger_stops_no_command(
    output: Path, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    data = bytearray((output / LEDGER).read_bytes())
    dice = random.Random(seed)
    for damage in dice.choices(DAMAGES, k=3):
        damage(data, dice)
    (output / LEDGER).write_bytes(data)
    works(output, capsys)


def test_an_earlier_version_is_told_in_one_line(
    output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(output / LEDGER)) as database, database:
        database.execute("alter table inputs drop column mark")
    for command in (["status"], ["apply", "--no-grammar"], ["review", "--no-browser"]):
        assert _code(command) == Exit.USAGE
        (line,) = capsys.readouterr().err.splitlines()
        assert "mtclean run mends that" in line


def test_a_home_that_keeps_no_key_is_named_and_nobody_else(
    output: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Running again would not help, and the runs are one's own."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file" / "state"))
    for command in (["clean", "letters/gate.txt", "--no-grammar"], ["status"]):
        assert _code(command) in (Exit.OK, Exit.FOUND)
    capsys.readouterr()
    for command in (["apply", "gate.txt", "--no-grammar"], ["show", "gate.txt"]):
        assert _code(command) == Exit.FAILED
        (line,) = capsys.readouterr().err.splitlines()
        assert "no key can be kept" in line
        assert str(tmp_path / "file") in line
        assert "somebody else" not in line


def test_the_rows_of_whole_pages_are_saved(output: Path) -> None:
    with opened(output) as ledger:
        (entry,) = ledger.entries().values()
        ledger.record(replace(entry, name=f"{n:03}") for n in range(500))
    data = bytearray((output / LEDGER).read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = bytes(4096)
    (output / LEDGER).write_bytes(data)
    with opened(output) as ledger:
        assert 400 < len(ledger.entries()) < 501
        assert DAMAGED in ledger.trouble
    assert (output / DAMAGED).read_bytes()[middle:][:4096] == bytes(4096), (
        "set aside, not thrown away"
    )
    with opened(output) as ledger:
        assert not ledger.trouble
