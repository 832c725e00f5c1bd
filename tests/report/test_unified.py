"""NAME.diff: what the patch program makes of it is the cleaned file."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mtclean.report.record import Record
from mtclean.report.unified import unified_diff, utf8
from mtclean.text import Edit, Fix, Trail

from .trails import SOURCE, letter, record_for, records

PATCH = shutil.which("patch")
needs_patch = pytest.mark.skipif(PATCH is None, reason="needs patch (Debian package: patch)")


def patched(original: bytes, diff: bytes) -> bytes:
    """What ``patch`` makes of *original*; it must take the diff as it is, without fuzz."""
    assert PATCH is not None
    with TemporaryDirectory() as room:
        before, after, change = (Path(room, name) for name in ("before", "after", "change"))
        before.write_bytes(original)
        change.write_bytes(diff)
        done = subprocess.run(
            [PATCH, "--binary", "--fuzz=0", "-o", after, before, change],
            capture_output=True,
            check=False,
            env={"LC_ALL": "C"},
        )
        assert done.returncode == 0, (done.stdout, done.stderr, diff)
        assert b"offset" not in done.stdout
        return after.read_bytes() if after.exists() else b""


def agrees(record: Record, encode: Callable[[str], bytes] = utf8, bom: bytes = b"") -> bool:
    diff = unified_diff(record, encode)
    if not diff:
        return not record.changes
    return patched(bom + encode(record.original), diff) == bom + encode(record.cleaned())


def changed(original: str, *edits: tuple[int, int, str]) -> Record:
    trail = Trail(original)
    trail.make("one", [Fix((Edit(*edit),), "") for edit in edits])
    return record_for(trail)


@needs_patch
@settings(max_examples=300, deadline=None)
@given(records)
@example(changed("", (0, 0, "new")))
@example(changed("", (0, 0, "new\n")))
@example(changed("gone", (0, 4, "")))
@example(changed("gone\n", (0, 5, "")))
@example(changed("a", (1, 1, "\n")))
@example(changed("a\n", (1, 2, "")))
@example(changed("a\nb", (1, 3, "")))
@example(changed("ab", (0, 1, "X"), (2, 2, "Y")))
@example(changed("a\nb\n", (2, 2, "new\n"), (4, 4, "end\n")))
@example(changed("a\r\nb\rc\x0cd\u2028e\x00f\n", (3, 4, "B"), (5, 6, "C")))
def test_patch_makes_the_cleaned_file_of_the_original(record: Record) -> None:
    assert agrees(record)


lines = st.lists(st.sampled_from(["a", "b.c", "", "d e"]), max_size=40)


@needs_patch
@settings(max_examples=200, deadline=None)
@given(lines, st.booleans(), st.data())
def test_hunks_far_and_near(lines: list[str], ends: bool, data: st.DataObject) -> None:
    """Long texts of short lines: several hunks, context shared and not."""
    text = "\n".join(lines) + "\n" * ends
    bounds = data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True).map(sorted))
    puts = data.draw(st.lists(st.sampled_from(["", "x", "\n", "y\n", "\nz"]), min_size=3))
    edits = zip(bounds[::2], bounds[1::2], puts, strict=False)
    assert agrees(changed(text, *edits))


@needs_patch
@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "shift_jis", "gb18030"])
def test_the_diff_is_in_the_encoding_of_the_file(encoding: str) -> None:
    record = changed("ein Wort.Das Ende\r\nund noch\r\n", (9, 9, " "), (0, 3, "Ein"))
    assert agrees(record, lambda text: text.encode(encoding))


@needs_patch
@pytest.mark.parametrize("original", ["ab\ncd\n", "ab", "", "a\nb\nc\nd\ne\n"])
def test_a_bom_stays_before_the_first_line(original: str) -> None:
    record = changed(original, (len(original), len(original), "new\n"))
    record = replace(record, source=replace(SOURCE, bom=True))
    assert agrees(record, bom=b"\xef\xbb\xbf")


def test_utf16_is_shown_in_its_utf8_form() -> None:
    record = changed("ab\n", (0, 1, "x"))
    wide = replace(record, source=replace(SOURCE, encoding="UTF-16-LE", bom=True))
    assert unified_diff(wide) == unified_diff(record)


def test_it_reads_like_any_other_diff() -> None:
    record = changed("one\ntwo.Three\nfour\nfive\nsix\nseven", (8, 8, " "))
    assert unified_diff(record).decode() == (
        "--- a/letter.txt\n+++ b/letter.txt\n"
        "@@ -1,5 +1,5 @@\n one\n-two.Three\n+two. Three\n four\n five\n six\n"
    )


def test_without_changes_there_is_nothing_to_apply() -> None:
    assert unified_diff(changed("one\n")) == b""


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("plain.txt", "--- a/plain.txt"),
        ("with space.txt", "--- a/with space.txt\t"),
        ("été.txt", "--- a/été.txt"),
        ("a\nb", '--- "a/a\\012b"'),
        ("a\n--- /etc/passwd\n+++ x", '--- "a/a\\012--- /etc/passwd\\012+++ x"'),
        ('quo"te\\', '--- "a/quo\\042te\\134"'),
        ("tab\there", '--- "a/tab\\011here"'),
        ("\u202etxt.exe", '--- "a/\\342\\200\\256txt.exe"'),
    ],
)
def test_a_hostile_name_stays_in_its_line(name: str, header: str) -> None:
    record = replace(letter(), source=replace(SOURCE, name=name))
    lines = unified_diff(record).decode().split("\n")
    assert lines[0] == header
    assert lines[1] == header.replace("---", "+++", 1).replace("a/", "b/", 1)
    assert lines[2].startswith("@@ ")


@needs_patch
@pytest.mark.parametrize("glue", ["", "\n"], ids=["one line", "a line each"])
def test_five_thousand_changes_cost_little(glue: str) -> None:
    """Also when all of them are in one line of a megabyte, which has quadratic pitfalls."""
    sentence = (
        "A sentence of some two hundred characters " + "and on " * 22 + "to its end.Next" + glue
    )
    original = sentence * 5_000
    at = sentence.index(".") + 1
    holes = range(at, len(original), len(sentence))
    record = changed(original, *((i, i, " ") for i in holes))
    start = time.process_time()
    diff = unified_diff(record)
    assert time.process_time() - start < 2
    assert patched(original.encode(), diff) == record.cleaned().encode()
