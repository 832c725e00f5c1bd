"""Java killed at the moments that hurt: while it starts, and while it makes suggestions."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from mtclean.documents import Input, plan
from mtclean.grammar import Cause, Grammar, check, install
from mtclean.grammar.languagetool.server import Server
from mtclean.pipeline.folder import depends_on
from mtclean.pipeline.options import Options
from mtclean.pipeline.single import clean_into
from tests.grammar.processes import javas

SLIP = "He go home every day."
UNKNOWN = "The familly came home at noon and sat down."

Moment = Callable[[psutil.Process], bool]


def spawned(java: psutil.Process) -> bool:
    return True


def listening(java: psutil.Process) -> bool:
    """It answers soon, and is asked for its first check from now on."""
    listening = [s for s in java.net_connections("tcp") if s.status == psutil.CONN_LISTEN]
    return len(listening) == 2


@contextmanager
def killed_once(moment: Moment) -> Iterator[threading.Event]:
    """Kill the first Java to be started inside at *moment*; the event says that it was."""
    others = {java.pid for java in javas()}  # that of the session
    done, over = threading.Event(), threading.Event()

    def watch() -> None:
        while not over.wait(0.002) and not done.is_set():
            for java in javas():
                with suppress(psutil.Error):
                    if java.pid not in others and moment(java):
                        java.kill()
                        done.set()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield done
    finally:
        over.set()
        watcher.join()


def asked_for_suggestions(server: Server) -> Moment:
    """The moment somebody has connected to the door for words."""

    def connected(java: psutil.Process) -> bool:
        port = urlsplit(server.wait_ready().words_url).port
        sockets = java.net_connections("tcp")
        return any(s.laddr[1] == port and s.status == psutil.CONN_ESTABLISHED for s in sockets)

    return connected


@pytest.mark.parametrize("moment", [spawned, listening])
def test_a_server_killed_while_it_starts_is_started_again(tmp_path: Path, moment: Moment) -> None:
    with (
        killed_once(moment) as killed,
        Grammar(engine=Server(install(), log=tmp_path / "log")) as grammar,
    ):
        result = grammar.check(SLIP, "en")
        assert killed.is_set()
    assert [match.rule for match in result.matches] == ["HE_VERB_AGR"]
    assert not result.is_cut_short


def test_suggestions_are_asked_for_again(tmp_path: Path) -> None:
    server = Server(install(), log=tmp_path / "log")
    with (
        killed_once(asked_for_suggestions(server)) as killed,
        Grammar(engine=server) as grammar,
    ):
        result = grammar.check(UNKNOWN, "en")
        assert killed.is_set()
    [match] = result.matches
    assert "family" in match.replacements
    assert not result.unsuggested


def test_suggestions_that_could_not_be_had_are_named_and_asked_for_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "_TRIES", 1)
    server = Server(install(), log=tmp_path / "log")
    source = tmp_path / "a.txt"
    source.write_text(UNKNOWN)
    item, output, options = Input(source, "a"), tmp_path / "out", Options()
    with (
        killed_once(asked_for_suggestions(server)) as killed,
        Grammar(engine=server) as grammar,
    ):
        done = clean_into(output, item, options, grammar)
        assert killed.is_set()
    assert done.no_grammar == Cause.LOSS.value
    assert done.record.warnings == (f"1 unknown words have no suggestions: {Cause.LOSS.value}",)
    [(due, reason)] = plan([item], output, depends_on(options, output)).due
    assert due == item
    assert reason == "changed: LanguageTool"
