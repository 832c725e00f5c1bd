"""The kept server: found, proved, started anew, stopped; one start of it serves the whole test."""

from dataclasses import replace
from pathlib import Path

import psutil

from tasks.grammar import Grammar, kept

SLIP = "He go home every day."


def test_a_kept_server_is_used_replaced_and_stopped(own_cache: Path) -> None:
    assert kept.kept() is None
    assert not kept.stop()
    note = kept.start()
    try:
        assert kept.start() == note  # never two
        java = psutil.Process(note.java)
        with Grammar() as grammar:
            assert [m.rule for m in grammar.check(SLIP, "en").matches] == ["HE_VERB_AGR"]
            assert grammar.url.startswith(note.url)
            java.kill()
            assert [m.rule for m in grammar.check(SLIP, "en").matches] == ["HE_VERB_AGR"]
        again = kept.kept()
        assert again is not None  # the run has left it running
        assert again.java != note.java
        assert not replace(again, started=again.started - 1).is_true
        assert not replace(again, url="http://127.0.0.1:9/").is_true
        assert oct((own_cache / "server.json").stat().st_mode & 0o777) == "0o600"
    finally:
        assert kept.stop()
    assert kept.kept() is None
    assert not psutil.pid_exists(again.java)


def test_a_note_nobody_stands_behind_is_not_believed(own_cache: Path) -> None:
    for note in ("", "[]", '{"keeper": 1}', '{"keeper":1,"java":1,"started":0,"url":"http://127.0.0.1:9/",'
                 '"words_url":"http://127.0.0.1:8/","version":"6.8"}'):  # fmt: skip
        (own_cache / "server.json").write_text(note)
        assert kept.kept() is None
        assert not kept.stop()
