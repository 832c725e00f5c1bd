"""Files in and out: nothing is lost, and every refusal is one line."""

from __future__ import annotations

import hashlib
import inspect
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from langdetect import detector_factory

from mtclean.documents import (
    DocumentProblem,
    NothingToDo,
    digest,
    discover,
    document,
    language_beside,
    language_of,
    oddities,
    read,
    read_below,
    sweep,
    write,
    write_together,
)
from mtclean.documents.outputs import INDEX, decisions_of, outputs_of

GERMAN = "Das Gerät wurde pünktlich geliefert, und die Anleitung erklärt, wie man es einbaut. "
RUSSIAN = "Устройство было доставлено вовремя, а руководство объясняет, как его установить. "


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-32"),
        (GERMAN, "cp1252"),
        (RUSSIAN * 4, "cp1251"),
        (RUSSIAN * 4, "koi8-r"),
        ("A plain text, as everyone writes it.\r\n" * 3, "utf-16-le"),
    ],
)
def test_bytes_come_back(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    found = document("t", data)
    assert found.text == text
    assert found.decoded.encode(found.text) == data


@pytest.mark.parametrize(
    ("data", "code", "skipped"),
    [
        (b"", "empty", True),
        (b"\xef\xbb\xbf", "empty", True),
        (b" \n\t\n", "whitespace_only", True),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(64)), "binary", True),
        (b"\0" * 400, "binary", True),
        (b"\xff\xfeA\0B\0C", "decode_error", False),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str, skipped: bool) -> None:
    with pytest.raises(DocumentProblem) as caught:
        document("t", data)
    assert (caught.value.code, caught.value.skipped) == (code, skipped)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "style"),
    [("a\nb", "lf"), ("a\r\nb", "crlf"), ("a\rb", "cr"), ("a\r\nb\n", "mixed"), ("a", "none")],
)
def test_newline_styles(text: str, style: str) -> None:
    assert document("t", text.encode()).newline == style


def test_a_missing_and_an_unreadable_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentProblem) as caught:
        read(tmp_path, "folder")
    assert caught.value.code == "unreadable"
    with pytest.raises(NothingToDo, match="does not exist"):
        discover([tmp_path / "nowhere"], tmp_path / "out")
    with pytest.raises(NothingToDo, match="there is no text"):
        discover([tmp_path], tmp_path / "out")


def test_discovery_is_ordered_and_leaves_out_outputs_links_and_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", "a", ".hidden.txt", "out/old.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    found = discover([tmp_path], tmp_path / "out")
    assert [item.name for item in found] == ["a", "a.txt", "b.txt", "sub/c.txt"]


def test_no_output_is_written_over_another(tmp_path: Path) -> None:
    names = ("a.md", "a.md.diff", "a.md.report.html", "b/a.md", "index.html", "notes", "notes.txt")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = discover([tmp_path, tmp_path / "b"], tmp_path / "out")
    written = [
        output for item in found for output in (*outputs_of(item.name), decisions_of(item.name))
    ]
    assert len(set(written)) == len(written)
    assert INDEX not in written
    named = {item.path.relative_to(tmp_path).as_posix(): item.name for item in found}
    assert named["a.md"] == "a.md"
    assert named["index.html"] == "index-2.html"
    assert (named["notes"], named["notes.txt"]) == ("notes", "notes.txt")


def test_writing_replaces_the_whole_file_or_nothing(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "file.txt"
    write(target, b"old")
    write(target, b"new")
    assert target.read_bytes() == b"new"
    assert [entry.name for entry in target.parent.iterdir()] == ["file.txt"]
    (tmp_path / "plain").write_text("in the way")
    with pytest.raises(DocumentProblem, match="cannot be written"):
        write(tmp_path / "plain" / "file.txt", b"x")


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write(pipe, b"cleaned")
    assert os.read(reading, 99) == b"cleaned"
    assert pipe.is_fifo()
    os.close(reading)
    with pytest.raises(DocumentProblem, match="it is a folder"):
        write(tmp_path, b"")


def test_a_folder_is_no_document_and_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(DocumentProblem, match="it is a folder: name the files in it"):
        read(tmp_path, "harbour")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        (RUSSIAN, "ru"),
        ("The ships left the harbour before the storm came in.", "en"),
        ("Ok.", ""),
        ("He said “never”.", "en"),
        ("It is di ffi cult to tell how e ff ects di ff er.", "en"),
        (
            "He met in[Lisbon](https://a.example/l)and in[Porto](https://a.example/p)on Monday.",
            "en",
        ),
        ("Let's go.Then we return.", "en"),
        ("The effect is adverse adverse adverse adverse.", "en"),
        ("Tell ’em to wait ’til noon.", "en"),
        ("The queen&#39;s R&amp;D costs &euro;5 a week.", "en"),
        ("Non lo so.", ""),
        ("Er sagte: Komm her.", ""),
        ("Vous nous avez vus.", ""),
        (
            "用 `git log` 看历史：运行 git log --oneline，再运行 git show HEAD，就能看到最近的提交和改动的内容。",
            "zh",
        ),
        (
            "コミットを見るには `git log --oneline` を使う。それから git show HEAD を実行する。",
            "ja",
        ),
        ("Grande festa al mare", ""),
        ("Ik ga naar huis toe", ""),
        ("這本書很有意思，我們應該讓大家都讀一讀，學一點東西。", "zh-Hant"),
        ("这本书很有意思，我们应该让大家都读一读，学一点东西。", "zh"),
        ("커밋을 보려면 `git log --oneline` 명령을 쓴다. 다음에 git show HEAD 명령을 쓴다.", "ko"),
        ("Það er orðið áliðið, og þau fóru heim með börnin; þar beið þeirra góður matur.", "is"),
        ("დღეს კარგი ამინდია და ჩვენ ბავშვებთან ერთად მდინარეზე მივდივართ.", "ka"),
        (
            "The gate is called 城门 here, and the bridge beside it is called 长桥 by everybody.",
            "en",
        ),
    ],
)
def test_the_language_of_a_document(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_short_text_is_in_the_language_of_those_beside_it() -> None:
    assert language_beside("Grande festa al mare", "it") == "it"
    assert language_beside("Der Fluss ist breit, und wir gehen nach Hause.", "it") == "de"
    assert language_beside("Lorem amet " * 20, "it") != "it"


def test_names_too_long_for_their_endings_are_cut_and_kept_apart(tmp_path: Path) -> None:
    for last in "ab":
        (tmp_path / ("é" * 124 + last + ".tx")).write_text("A text.")
    names = [item.name for item in discover([tmp_path], tmp_path / "out")]
    assert len(set(names)) == 2
    assert all(len(name.encode()) <= 235 for name in names)


@pytest.mark.parametrize("name", ["a.txt~", "a.tmp", "~$a.txt", "a.txt.part", ".a.txt"])
def test_temporary_files_of_other_programs_are_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("A text.")
    (tmp_path / name).write_text("A text.")
    assert [item.name for item in discover([tmp_path], tmp_path / "out")] == ["a.txt"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("red \x1b[31m", "control characters (1, the first is U+001B)"),
        ("a\u202eb", "direction of reading"),
        ("a\u2062b\u2062", "invisible characters (2"),
        ("z\u0301\u0302\u0303\u0304", "heaps of accents"),
    ],
)
def test_what_cannot_be_seen_is_said(text: str, said: str) -> None:
    assert said in " ".join(oddities(text))
    assert list(oddities("A tab\t, a mark ‘é’ and a family 👨‍👩‍👧 ❤️.\r\n")) == []


def test_japanese_in_seven_bits_is_not_read_as_ascii() -> None:
    data = "テキストです。".encode("iso2022_jp")
    assert document("a", data).text == "テキストです。"


def test_threads_agree_on_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also the first ones, which come while langdetect reads its profiles."""
    monkeypatch.setattr(detector_factory, "_factory", None)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(language_of, [GERMAN * 3] * 8)) == {"de"}


def test_a_file_is_what_it_is_when_it_is_opened(tmp_path: Path) -> None:
    """It may be put away, or be replaced by a link out of the folder, after it was found."""
    (tmp_path / "secret").write_text("Not for the report.")
    for name in ("gone.txt", "link.txt", "pipe.txt"):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).touch()
    found = {item.name: item for item in discover([tmp_path / "in"], tmp_path / "out")}
    for item in found.values():
        item.path.unlink()
    found["link.txt"].path.symlink_to(tmp_path / "secret")
    os.mkfifo(found["pipe.txt"].path)
    codes = {}
    for name, item in found.items():
        with pytest.raises(DocumentProblem) as caught:
            read(item.path, name, follow=item.follow)
        codes[name] = caught.value.code
    assert codes == {
        "gone.txt": "vanished",
        "link.txt": "special_file",
        "pipe.txt": "special_file",
    }
    (named,) = discover([found["link.txt"].path], tmp_path / "out")
    assert read(named.path, "link", follow=named.follow).text == "Not for the report."


def test_folders_may_be_deep(tmp_path: Path) -> None:
    """As an archive brings them: no step down costs a frame, of which Python has a thousand."""
    name = "/".join(["a"] * 300)
    allowed = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 200)
    try:
        write_together(tmp_path / "texts", {f"{name}.txt": b"deep"})
        (found,) = discover([tmp_path / "texts"], tmp_path / "out")
        assert read_below(tmp_path / "texts", found.name) == b"deep"
        assert sweep(tmp_path / "texts") == 0
    finally:
        sys.setrecursionlimit(allowed)


def test_a_folder_that_cannot_be_looked_into_is_an_input_of_its_own_name() -> None:
    """And its outputs would not lie beside it, whatever else is there."""
    with tempfile.TemporaryDirectory() as base:
        Path(base).chmod(0o755)
        inbox = Path(base) / "inbox"
        inbox.mkdir(mode=0)
        with not_root():
            [item] = discover([inbox], Path(base) / "done")
    assert (item.path, item.name) == (inbox, "inbox")


@contextmanager
def not_root() -> Iterator[None]:
    """As a user who may not read everything."""
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(me)


def test_a_digest_is_of_the_file_as_it_is_now(tmp_path: Path) -> None:
    """It is remembered, but not where the file is another by now; not even in the same instant."""
    path = tmp_path / "text"
    for text in (b"one", b"two", b"six"):
        path.write_bytes(text)
        os.utime(path, (1, 1))
        assert digest(path) == hashlib.sha256(text).hexdigest()


def test_a_file_that_is_being_written_is_left_for_the_next_run(tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    inbox.mkdir()
    assert discover([inbox], out, 5) == [], "an inbox may be empty"
    with pytest.raises(NothingToDo):
        discover([inbox], out, 0)
    with pytest.raises(NothingToDo):
        discover([tmp_path / "missing"], out, 5)
    (inbox / "new.txt").write_text("Half a sen")
    old = inbox / "old.txt"
    old.write_text("A sentence.")
    os.utime(old, (time.time() - 60, time.time() - 60))
    assert [item.name for item in discover([inbox], out, 5)] == ["old.txt"]
    assert [item.name for item in discover([inbox], out, 0)] == ["new.txt", "old.txt"]
