"""Which files are read again to know their sum, and which are known by how they look."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from mtclean.documents import Sums, opened, seen_before, sums
from mtclean.documents.ledger import LEDGER

pytestmark = pytest.mark.skipif(os.name == "nt", reason="every file is read there")


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that was written long ago."""
    monkeypatch.setattr(sums, "FRESH", -1)
    file = tmp_path / "a.txt"
    file.write_text("A text.")
    return file


def sum_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def kept(file: Path) -> dict[str, bytes]:
    """What is kept of the file once it was read."""
    seen = Sums({})
    assert seen.of(file) == sum_of(file.read_text())
    assert set(seen.new) == {str(file)}
    assert {len(look) for look in seen.new.values()} == {sums.LENGTH}
    return seen.new


def test_a_file_that_looks_the_same_is_not_read(
    text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(text)
    monkeypatch.setattr(sums, "digest", lambda path: "it was read")
    again = Sums(before)
    assert again.of(text) == sum_of("A text.")
    assert again.new == {}


def in_place(file: Path) -> None:
    """As many bytes, and the time it was written at set back."""
    before = file.stat()
    file.write_text("A tent.")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def another(file: Path) -> None:
    """A file with as many bytes and the same time takes its place."""
    new = file.with_name("b.txt")
    new.write_text("A tent.")
    os.utime(new, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    new.replace(file)


@pytest.mark.parametrize("change", [in_place, another])
def test_no_change_goes_unseen(text: Path, change: Callable[[Path], None]) -> None:
    before = kept(text)
    change(text)
    assert Sums(before).of(text) == sum_of("A tent.")


def test_a_file_that_changes_while_it_is_read_is_read_again(
    text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sums.digest

    def meanwhile(path: Path) -> str:
        sum_ = real(path)
        in_place(path)
        return sum_

    monkeypatch.setattr(sums, "digest", meanwhile)
    before = Sums({})
    assert before.of(text) == sum_of("A text.")
    monkeypatch.setattr(sums, "digest", real)
    assert Sums(before.new).of(text) == sum_of("A tent.")


def test_a_file_of_just_now_is_always_read(tmp_path: Path) -> None:
    """It could be changed once more at what its file system takes for the same time."""
    file = tmp_path / "a.txt"
    file.write_text("A text.")
    seen = Sums({})
    assert seen.of(file) == sum_of("A text.")
    assert seen.new == {}


def test_what_is_no_file_has_no_sum(text: Path) -> None:
    seen = Sums({})
    assert (seen.of(text.parent), seen.of(text.with_name("none")), seen.new) == ("", "", {})


@pytest.mark.parametrize("row", ["x'00'", "'a text'", "7"])
def test_a_row_that_says_nothing_is_passed_over(text: Path, tmp_path: Path, row: str) -> None:
    out = tmp_path / "out"
    with opened(out) as ledger:
        ledger.remember({}, kept(text))
    assert seen_before(out, [str(text), "another"]) == kept(text)
    with closing(sqlite3.connect(out / LEDGER)) as database, database:
        database.execute(f"update files set seen = {row}")
    assert Sums(seen_before(out, [str(text)])).of(text) == sum_of("A text.")
