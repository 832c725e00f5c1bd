"""A disk that fails at any moment: a document's files are all the old ones or all the new ones."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from mtclean.documents import DocumentProblem, Unplaced, put_in_place, sweep, write_together

CALLS = ("open", "fsync", "link", "replace", "unlink", "mkdir")
"""What of :mod:`os` may touch a disk when files are written."""

OLD = {"a.txt": b"old text", "a.diff": b"old diff", "a.html": b"old page"}
NEW = {"a.txt": b"new text", "a.diff": b"new diff, longer", "a.html": b"new page" * 999}


class BrokenDisk:
    """Every call of a kind fails, from the one numbered *first* on; or that one alone."""

    def __init__(self, calls: tuple[str, ...], code: int, first: int, *, for_good: bool) -> None:
        self.calls = calls
        self.code = code
        self.first = first
        self.for_good = for_good
        self.seen = 0

    def breaking(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def broken(*args: Any, **more: Any) -> Any:
            self.seen += 1
            if self.seen == self.first or (self.for_good and self.seen > self.first):
                raise OSError(self.code, os.strerror(self.code))
            return call(*args, **more)

        return broken

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            for call in self.calls:
                patch.setattr(os, call, self.breaking(getattr(os, call)))
            yield


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("for_good", [False, True])
@pytest.mark.parametrize("before", [OLD, {}])
@pytest.mark.parametrize("calls", [*((call,) for call in CALLS), ("fsync", "open", "replace")])
def test_old_or_new_never_a_mix(
    calls: tuple[str, ...], before: dict[str, bytes], for_good: bool, code: int, tmp_path: Path
) -> None:
    for first in range(1, 30):
        folder = tmp_path / str(first)
        if before:
            write_together(folder, before)
        disk = BrokenDisk(calls, code, first, for_good=for_good)
        with disk.at_work(), suppress(DocumentProblem):
            write_together(folder, NEW)
            assert files(folder) == NEW
        sweep(folder)
        assert files(folder) in (before, NEW), first
        if disk.seen < first:  # it did not fail any more
            return
    pytest.fail("there were more calls than that")


@pytest.mark.parametrize("for_good", [False, True])
@pytest.mark.parametrize("call", CALLS)
def test_of_documents_that_are_put_in_place_together_each_is_old_or_new(
    call: str, for_good: bool, tmp_path: Path
) -> None:
    """Whoever is told that it is in its place is new; a folder is synced once for all."""
    for first in range(1, 60):
        folder = tmp_path / str(first)
        for name in "ab":
            write_together(folder, {f"{name}/{file}": text for file, text in OLD.items()})
        disk = BrokenDisk((call,), errno.EIO, first, for_good=for_good)
        problems: list[DocumentProblem | None] = []
        with disk.at_work(), suppress(DocumentProblem):
            documents = [
                Unplaced(folder / name, NEW | {"extra.txt": b"one file more"}) for name in "ab"
            ]
            problems = put_in_place(documents)
        sweep(folder)
        for name, problem in zip("ab", problems or ["", ""], strict=True):
            there = files(folder / name)
            assert {file: there[file] for file in OLD} in (OLD, NEW), first
            if problem is None:
                assert there == NEW | {"extra.txt": b"one file more"}, first
        if disk.seen < first:
            assert problems == [None, None]
            return
    pytest.fail("there were more calls than that")


def test_a_folder_is_synced_once_for_all_documents_in_it(tmp_path: Path) -> None:
    disk = BrokenDisk(("fsync",), errno.EIO, 0, for_good=False)
    with disk.at_work():
        documents = [Unplaced(tmp_path, {f"{n}.txt": b"text", f"{n}.html": b""}) for n in range(4)]
        assert put_in_place(documents) == [None] * 4
    assert len(files(tmp_path)) == 8
    assert disk.seen == 8 + 1


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="there are no limits to set")
@pytest.mark.parametrize("bytes_", [0, 1, 4096, 7991])
def test_half_written_is_not_written(bytes_: int, tmp_path: Path) -> None:
    """The kernel itself ends the write, at so many bytes of the longest file."""
    write_together(tmp_path, OLD)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, hard))
    try:
        with pytest.raises(DocumentProblem, match="cannot be written"):
            write_together(tmp_path, NEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files(tmp_path) == OLD


def test_nothing_is_asked_of_files_that_are_in_their_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call costs a tiny document as much as a rule does."""
    asked: list[str] = []
    monkeypatch.setattr(os, "unlink", lambda name, **_: asked.append(name))
    write_together(tmp_path, NEW)
    assert files(tmp_path) == NEW
    assert asked == []
