"""What a rerun leaves, what it does again and why; one run a folder; outputs together."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from mtclean.documents import (
    DocumentProblem,
    Entry,
    FolderBusy,
    FolderUnusable,
    Input,
    digest,
    files_below,
    is_listed,
    known,
    ledger,
    locked,
    opened,
    plan,
    sweep,
    write_together,
)
from mtclean.documents.ledger import LEDGER, OTHERS, READING, read_rows
from mtclean.pipeline.folder import INDEX, complete
from tests.conftest import ROOT

SIGNATURE = {"rules": "1", "LanguageTool": "6.8"}


@pytest.fixture
def done(tmp_path: Path) -> tuple[Input, Path, Entry]:
    """An input, the output folder, and the entry of a run that cleaned it."""
    text, out = tmp_path / "a.txt", tmp_path / "out"
    text.write_text("A text.")
    write_together(out, {"a.txt": b"A text."})
    entry = Entry("a", str(text), digest(text), SIGNATURE, "cleaned", outputs=("a.txt",))
    with opened(out) as ledger:
        ledger.record([entry])
    return Input(text, "a"), out, entry


def reasons(item: Input, out: Path, **how: bool) -> list[str]:
    return [reason for _, reason in plan([item], out, lambda name: SIGNATURE, **how).due]


def test_what_is_the_same_is_left(done: tuple[Input, Path, Entry]) -> None:
    item, out, entry = done
    work = plan([item], out, lambda name: SIGNATURE)
    assert (work.due, work.kept, work.gone) == ([], [entry], [])
    assert reasons(item, out, force=True) == ["asked for"]


def test_rows_that_come_together_are_one_change_of_the_file(
    done: tuple[Input, Path, Entry],
) -> None:
    """With the note that the page of all documents does not have them: the one is never there without the other."""
    _, out, entry = done
    said: list[str] = []
    with opened(out) as ledger:
        ledger.all_listed()
        ledger._database.set_trace_callback(said.append)
        ledger.record([replace(entry, name=f"{number}.txt") for number in range(9)])
        assert [what for what in said if what in ("BEGIN ", "COMMIT")] == ["BEGIN ", "COMMIT"]
        assert said.index("COMMIT") > said.index("pragma user_version = 1")
    assert len(known(out)) == 10
    assert not is_listed(out)


def test_a_page_that_lists_not_everything_is_made_anew(done: tuple[Input, Path, Entry]) -> None:
    """A run was killed between a document and the page of all, or the disk failed there."""
    _, out, entry = done
    page = out / INDEX
    page.write_text("of an earlier run")
    assert not is_listed(out)
    complete(out)
    assert is_listed(out)
    assert page.read_text().startswith("<!doctype html>")
    page.write_text("the same")
    complete(out)
    assert page.read_text() == "the same"
    with opened(out) as rows:
        rows.begin([entry.name])
    assert not is_listed(out)


def test_after_a_run_that_put_most_rows_in_no_earlier_ones_are_remembered(
    done: tuple[Input, Path, Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor where the file looks as it did: a clock of the file system may tick seldom."""
    _, out, entry = done
    state = ledger._state(out)
    monkeypatch.setattr(ledger, "_state", lambda folder: state)
    assert set(known(out)) == {"a"}
    rows = [replace(entry, name=f"{number}.txt", status="failed") for number in range(9)]
    with opened(out) as run:
        run.record([replace(entry, status="failed"), *rows])
    assert known(out) == {row.name: row for row in rows} | {"a": replace(entry, status="failed")}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda item, out: item.path.write_text("Another."), "its text changed"),
        (lambda item, out: (out / "a.txt").unlink(), "an output is missing"),
        (lambda item, out: (out / LEDGER).write_bytes(b"no database" * 99), "new"),
    ],
)
def test_what_changed_is_done_again(
    done: tuple[Input, Path, Entry], change: Callable[[Input, Path], object], reason: str
) -> None:
    item, out, _ = done
    change(item, out)
    assert reasons(item, out) == [reason]
    with opened(out) as ledger:  # a damaged ledger is begun anew
        ledger.begin(["a"])
    assert reasons(item, out) == ["new" if reason == "new" else "a run did not finish it"]


def test_a_new_version_is_named(done: tuple[Input, Path, Entry]) -> None:
    item, out, _ = done
    work = plan([item], out, lambda name: SIGNATURE | {"LanguageTool": "6.9"})
    assert [reason for _, reason in work.due] == ["changed: LanguageTool"]


def test_what_many_documents_depend_on_stands_in_the_file_once(
    done: tuple[Input, Path, Entry],
) -> None:
    """A row for each of 100,000 documents is to stay small."""
    _, out, entry = done
    own = {READING: '{"format": "csv"}', OTHERS: "1"}
    another = replace(entry, name="b", signature={**SIGNATURE, **own})
    with opened(out) as ledger:
        ledger.record([another])
    with closing(sqlite3.connect(out / LEDGER)) as database:
        assert database.execute("select count(*) from signatures").fetchone() == (1,)
    assert known(out) == {"a": entry, "b": another}


def test_files_below_a_folder_are_plain_files(tmp_path: Path) -> None:
    """A link to one outside is none, and a pipe would keep whoever reads it."""
    (tmp_path / "folder" / "in it").mkdir(parents=True)
    for name in ("a.txt", "folder/b", "folder/in it/c"):
        (tmp_path / name).touch()
    (tmp_path / "link").symlink_to(tmp_path / "a.txt")
    (tmp_path / "way").symlink_to(tmp_path / "folder")
    os.mkfifo(tmp_path / "pipe")
    assert files_below(tmp_path) == {"a.txt", "folder/b", "folder/in it/c"}
    assert files_below(tmp_path / "nowhere") == set()


def test_only_failed(done: tuple[Input, Path, Entry]) -> None:
    item, out, entry = done
    assert reasons(item, out, force=True, only_failed=True) == []
    with opened(out) as ledger:
        ledger.record([replace(entry, status="failed")])
    assert reasons(item, out, only_failed=True) == ["failed before"]


def test_a_deleted_input_is_told(done: tuple[Input, Path, Entry]) -> None:
    item, out, entry = done
    item.path.unlink()
    assert plan([], out, lambda name: SIGNATURE).gone == [entry]


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib, time; from mtclean.documents import locked\n"
        "with locked(pathlib.Path(sys.argv[1])): print(flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    with pytest.raises(FolderBusy, match=f"process {holder.pid} on "), locked(tmp_path):
        pass
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    with locked(tmp_path):
        pass


class Trouble:
    """Makes the n-th call of a function of the operating system fail."""

    def __init__(self, real: Callable[..., object], at: int) -> None:
        self.real, self.left = real, at

    def __call__(self, *given: object, **named: object) -> object:
        self.left -= 1
        if self.left == 0:
            raise OSError(28, "No space left on device")
        return self.real(*given, **named)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("call", ["fsync", "replace", "fdopen"])
@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_outputs_are_all_old_or_all_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bool, call: str, at: int
) -> None:
    names = [f"n.{ending}" for ending in ("txt", "json", "diff", "html")]
    if before:
        write_together(tmp_path, dict.fromkeys(names, b"old"))
    trouble = Trouble(getattr(os, call), at)
    monkeypatch.setattr(os, call, trouble)
    with pytest.raises(DocumentProblem, match="No space left"):
        write_together(tmp_path, dict.fromkeys(names, b"new"))
    assert [p.read_bytes() for p in sorted(tmp_path.iterdir())] == [b"old"] * 4 * before


def test_sweeping_takes_leftovers_only(tmp_path: Path) -> None:
    for name in (".mtclean-1", "sub/.mtclean-2", ".mtclean.lock", "a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert sweep(tmp_path) == 2
    assert sorted(p.name for p in tmp_path.rglob("*")) == [".mtclean.lock", "a.txt", "sub"]


def test_a_full_disk_is_no_reason_to_forget(
    done: tuple[Input, Path, Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    item, out, _ = done

    monkeypatch.setattr(ledger, "_TABLES", ["create table nowhere.full (name)"])
    with pytest.raises(FolderUnusable, match="cannot be written to"), opened(out):
        pass
    monkeypatch.undo()
    with pytest.raises(FolderUnusable, match="disk is full"), opened(out):
        raise sqlite3.OperationalError("database or disk is full")
    assert reasons(item, out) == []


def test_what_is_shared_makes_no_small_file_large_in_memory(
    done: tuple[Input, Path, Entry],
) -> None:
    """A ledger of somebody else's: every row has what stands in the file once."""
    _, out, entry = done
    with opened(out) as rows:
        rows.record([entry, *(replace(entry, name=f"{number}.txt") for number in range(200))])
    with closing(sqlite3.connect(out / LEDGER)) as database, database:
        many = json.dumps({f"part {number}": "" for number in range(5_000)})
        database.execute("update signatures set shared = ?", (many,))
        for number in range(200):  # each has something of its own beside it
            own = (json.dumps({"source": str(number)}), f"{number}.txt".encode())
            database.execute("update inputs set signature = ? where name = ?", own)
    tracemalloc.start()
    try:
        found = read_rows(out)
        assert tracemalloc.get_traced_memory()[1] < 20 * (out / LEDGER).stat().st_size
    finally:
        tracemalloc.stop()
    assert not found.entries
    assert found.lost
