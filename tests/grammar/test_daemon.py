"""The kept server: found, proved, started anew, stopped; few starts, for each takes seconds."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from mtclean.grammar import Grammar, GrammarUnavailable, install
from mtclean.grammar.languagetool import daemon
from tests.grammar.processes import processes_of

SLIP = "He go home every day."


def test_a_kept_server_is_used_replaced_and_stopped(own_cache: Path) -> None:
    assert daemon.running() is None
    assert not daemon.stop()
    note = daemon.start()
    try:
        assert daemon.start() == note  # never two
        java = psutil.Process(note.java)
        with Grammar() as grammar:
            assert [m.rule for m in grammar.check(SLIP, "en").matches] == ["HE_VERB_AGR"]
            assert grammar.url.startswith(note.url)
            java.kill()
            assert [m.rule for m in grammar.check(SLIP, "en").matches] == ["HE_VERB_AGR"]
        again = daemon.running()
        assert again is not None  # the run has left it running
        assert again.java != note.java
        assert not replace(again, started=again.started - 1).is_true
        assert not replace(again, url="http://127.0.0.1:9/").is_true
        assert oct((own_cache / "server.json").stat().st_mode & 0o777) == "0o600"
    finally:
        assert daemon.stop()
    assert daemon.running() is None
    assert not psutil.pid_exists(again.java)


def test_a_note_nobody_stands_behind_is_not_believed(own_cache: Path) -> None:
    for note in ("", "[]", '{"keeper": 1}', '{"keeper":1,"java":1,"started":0,"url":"http://127.0.0.1:9/",'
                 '"words_url":"http://127.0.0.1:8/","version":"6.8"}'):  # fmt: skip
        (own_cache / "server.json").write_text(note)
        assert daemon.running() is None
        assert not daemon.stop()


def test_two_started_at_once_end_as_one(own_cache: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: daemon.start(), range(2))
    try:
        assert first == second == daemon.running()
        assert {p.pid for p in processes_of(own_cache) if p.name() == "java"} == {first.java}
    finally:
        assert daemon.stop()
    assert not processes_of(own_cache)


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_cache_shared_read_only_will_do(
    own_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != own_cache and access(path, mode))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with Grammar() as grammar:
        assert [m.rule for m in grammar.check(SLIP, "en").matches] == ["HE_VERB_AGR"]
    assert {entry.name for entry in own_cache.iterdir() if entry.name != "state"} == {
        install().folder.name
    }
    with pytest.raises(GrammarUnavailable, match="cannot be written to"):
        daemon.start()
