"""``check --diff``: what it prints, ``git apply`` and ``patch`` make of the files what ``clean`` would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mtclean.cli import _code
from mtclean.trouble import Exit

FILES = {
    "plain.txt": b"The talks went well.Both sides agreed.\nIt  was late.\n",
    "no newline.txt": b"The talks went well.Both sides agreed.",
    "crlf.txt": b"The talks went well.Both sides agreed.\r\nAll was well.\r\n",
    "bom.txt": b"\xef\xbb\xbfThe the talks went well.\n",
    "latin.txt": "The café of the Müllers closed.Nobody knew why, à vrai dire.\n".encode("cp1252"),
    "deep/page.md": b"# Title\n\nThe gate was shut.Nobody came.\n\n    x  = 1\n",
    "deep/page.html": b"<p>The gate &amp; the  door were shut.Nobody came.</p>\n",
    'deep/odd "name" \xc3\xa9.txt'.encode("latin-1").decode(): b"The the end.\n",
    "fine.txt": b"All is well.\n",
}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet")
    for name, data in FILES.items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(data)
    if sys.platform == "linux":
        (tmp_path / "docs" / os.fsdecode(b"\xff.txt")).write_bytes(b"The the end.\n")
    return tmp_path


def git(*arguments: str, given: bytes = b"") -> None:
    subprocess.run(["git", *arguments], input=given, check=True, capture_output=True)


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("docs/**/*") if path.is_file()}


def cleaned(paths: dict[Path, bytes], room: Path) -> dict[Path, bytes]:
    """What ``clean`` makes of each."""
    target = room / ".cleaned"
    made = {}
    for path in paths:
        assert _code(["clean", str(path), "--no-grammar", "--to", str(target)]) == Exit.OK
        made[path] = target.read_bytes()
    return made


@pytest.mark.parametrize("absolute", [False, True])
@pytest.mark.parametrize("program", ["git", "patch"])
def test_the_diff_makes_what_clean_makes(
    program: str, absolute: bool, repository: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    before = contents(repository)
    after = cleaned(before, repository)
    assert sum(before[path] != after[path] for path in before) == len(before) - 1
    path = str(repository / "docs") if absolute else "docs"
    capfdbinary.readouterr()
    assert _code(["check", path, "--no-grammar", "--diff"]) == Exit.FOUND
    diff = capfdbinary.readouterr().out
    assert contents(repository) == before
    if program == "git":
        git("apply", given=diff)
    else:
        subprocess.run(["patch", "-p1", "--binary"], input=diff, check=True, capture_output=True)
    assert contents(repository) == after


def test_it_goes_by_the_folder_one_stands_in(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    after = cleaned(contents(repository), repository)
    monkeypatch.chdir(repository / "docs")
    capfdbinary.readouterr()
    _code(["check", ".", "--no-grammar", "--diff"])
    git("apply", given=capfdbinary.readouterr().out)
    assert contents(repository) == after


def test_a_file_no_diff_can_be_made_of_is_named_and_left(
    repository: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (repository / "wide.txt").write_bytes("The the end.\n".encode("utf-16"))
    (repository / "fine wide.txt").write_bytes("The end.\n".encode("utf-16"))
    command = ["check", "wide.txt", "fine wide.txt", "docs/plain.txt", "--no-grammar", "--diff"]
    assert _code(command) == Exit.FAILED
    out, err = capfdbinary.readouterr()
    assert err.startswith(b"mtclean: wide.txt: no diff can be made")
    assert err.count(b"\n") == 1
    git("apply", given=out)
    assert (repository / "wide.txt").read_bytes() == "The the end.\n".encode("utf-16")


def test_nothing_to_change_is_no_diff(
    repository: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert _code(["check", "docs/fine.txt", "--no-grammar", "--diff"]) == Exit.OK
    assert capfdbinary.readouterr() == (b"", b"")
