import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import psutil
import pytest
import requests

from mtclean.cli.installation import lesson
from mtclean.grammar import (
    Cause,
    CheckResult,
    Grammar,
    GrammarUnavailable,
    LanguageNotInstalled,
    Unanswered,
    install,
    languages_added,
)
from mtclean.grammar.check import DEADLINE, parted
from mtclean.grammar.chunks import chunks
from mtclean.grammar.languagetool.lockfile import VERSION
from mtclean.grammar.languagetool.server import Server
from mtclean.text import Span
from tests.grammar.processes import GONE, ended
from tests.patience import PATIENCE, Watch, comes

ROOT = Path(__file__).parents[2]
SLIP = "He go home every day."


def found(result: CheckResult, text: str) -> list[tuple[str, str]]:
    return [(match.rule, text[slice(*match.span)]) for match in result.matches]


def java_of(grammar: Grammar) -> psutil.Process:
    pid = grammar._started().wait_ready().pid
    assert pid is not None
    return psutil.Process(pid)


def test_a_slip_is_found_where_it_is(grammar: Grammar) -> None:
    result = grammar.check(SLIP, "en")
    assert found(result, SLIP) == [("HE_VERB_AGR", "go")]
    match = result.matches[0]
    assert match.category == "GRAMMAR"
    assert match.issue_type == "grammar"
    assert "goes" in match.replacements
    assert result.unchecked == ()


def test_offsets_are_code_points_of_the_whole_text(grammar: Grammar) -> None:
    text = (
        "😀😀 What a day, 𝒳! " + "All is well here. " * 200 + "\n\n🎉🎉 " + SLIP + " 👩‍👩‍👧 " + SLIP
    )
    result = grammar.check(text, "en")
    slips = [m.span for m in result.matches if m.rule == "HE_VERB_AGR"]
    first = text.index(SLIP) + 3
    assert slips == [Span(first, first + 2), Span(text.rindex(SLIP) + 3, text.rindex(SLIP) + 5)]


@pytest.mark.parametrize(
    "oddity",
    ["\ud800", "\udfff\ud800", "\x00", "\x0c", "\x1b[0m", "\u2028", "\r\n", "\xad", "\ufeff", "\u200d",
     "a\u0301\u0328", "\u202e", "👨‍👩‍👧‍👦", "&amp;", "<b>", "%00", "+"],
)  # fmt: skip
def test_odd_characters_move_no_offset(grammar: Grammar, oddity: str) -> None:
    text = f"It is so. {oddity} {oddity} {SLIP}"
    assert ("HE_VERB_AGR", "go") in found(grammar.check(text, "en"), text)


def test_suggestions_are_made_for_words_that_may_be_misspelt_and_not_for_names(
    grammar: Grammar,
) -> None:
    text = "Mrs Kolovinova will recieve the beautifull letter that Xhorvat wrote about goverment."
    result = grammar.check(text, "en")
    made = {text[slice(*m.span)]: m.replacements for m in result.matches if m.is_unknown_word}
    assert made == {
        "Kolovinova": (),
        "recieve": ("receive", "relieve"),
        "beautifull": ("beautiful", "beautifully"),
        "Xhorvat": (),
        "goverment": ("government",),
    }


def test_the_address_of_a_server_brings_the_same_answers(grammar: Grammar) -> None:
    text = "I recieve a letter."
    with Grammar(grammar.url) as shared:
        assert shared.url == grammar.url
        assert shared.check(text, "en") == grammar.check(text, "en")


def test_nothing_to_check(grammar: Grammar) -> None:
    assert grammar.check("", "en") == CheckResult(())
    assert grammar.check("\n\n 1234 …", "en") == CheckResult(())


def test_threads_share_a_server_and_get_their_own_answers(grammar: Grammar) -> None:
    texts = [f"{'😀' * n} {SLIP} " * (n + 1) for n in range(12)]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda text: grammar.check(text, "en"), texts))
    assert together == [grammar.check(text, "en") for text in texts]


def test_other_languages_are_checked_or_refused(grammar: Grammar) -> None:
    text = "La casa son blanca y el niña come."
    assert grammar.check(text, "es").matches
    with pytest.raises(LanguageNotInstalled, match="no rules for the language 'xx'"):
        grammar.check("Ein Satz.", "xx")
    with pytest.raises(LanguageNotInstalled, match="`mtclean languages add sl` gets them"):
        grammar.check("En stavek.", "sl")
    with pytest.raises(LanguageNotInstalled, match="not known: name it with --language"):
        grammar.check("Zxq vbn.", "")


@pytest.mark.skipif(not {"de", "fr"} <= {*languages_added()}, reason="mtclean languages add de fr")
@pytest.mark.parametrize(
    ("language", "text", "rule", "words"),
    [
        ("de", "Der Vertrag wurde gestern unterschriben.", "GERMAN_SPELLER_RULE", "unterschriben"),
        ("de", "Der Kran wurde am Montag abgebaut.", "", ""),
        ("fr", "Il faut que nous partons demain.", "SUBJ_SUBOR", "partons"),
        ("fr", "La grue du port a été démontée lundi.", "", ""),
    ],
)
def test_german_and_french(
    grammar: Grammar, language: str, text: str, rule: str, words: str
) -> None:
    expected = [(rule, words)] if rule else []
    assert found(grammar.check(text, language), text) == expected


def test_proxies_of_the_environment_are_ignored(
    grammar: Grammar, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with Grammar(grammar.url) as shared:
        assert found(shared.check(SLIP, "en"), SLIP) == [("HE_VERB_AGR", "go")]
        assert shared.version == VERSION


@pytest.mark.parametrize("form", ["{}", "{}/", "{}/v2", "{}/v2/"])
def test_an_address_may_be_written_in_several_ways(grammar: Grammar, form: str) -> None:
    with Grammar(form.format(grammar.url.partition("#")[0].rstrip("/"))) as shared:
        assert shared.url == grammar.url.partition("#")[0]


def test_an_address_where_nothing_answers() -> None:
    with (
        Grammar("http://127.0.0.1:9/") as nobody,
        pytest.raises(GrammarUnavailable, match="No Lang"),
    ):
        nobody.check(SLIP, "en")


def test_what_is_asked_together_gets_what_it_gets_alone(grammar: Grammar) -> None:
    text = f"{SLIP}\n\n{SLIP} 😀\n\n(So\n\nThe end) of it {SLIP}\n\n{lesson()[:6_000]}"
    alone = {
        (match.rule, start + match.span.start, start + match.span.end)
        for start, end in chunks(text)
        for match in grammar.check(text[start:end], "en").matches
    }
    assert len(alone) > 10
    assert {(match.rule, *match.span) for match in grammar.check(text, "en").matches} == alone


def test_a_match_beyond_its_passage_is_about_none() -> None:
    raw = [{"offset": at, "length": 2} for at in (0, 3, 6, 7)]
    assert parted(raw, ["a😀", "bcd"]) == {
        "a😀": [{"offset": 0, "length": 2}],
        "bcd": [{"offset": 1, "length": 2}],
    }


def test_a_killed_server_is_replaced_and_nothing_is_lost(grammar: Grammar) -> None:
    text = "\n".join(f"Paragraph {n}. {SLIP}" + " All is well here." * 100 for n in range(12))
    before = grammar.check(text, "en")
    java = java_of(grammar)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(grammar.check, text, "en")
        time.sleep(0.05)
        java.kill()
        after = waiting.result()
    assert after == before
    assert after.unchecked == ()
    assert not java.is_running()


def test_a_stall_costs_its_own_part_and_the_server_is_replaced(grammar: Grammar) -> None:
    server = grammar._started()
    old = java_of(grammar)
    hasty = Grammar(engine=server, deadline=0.02)
    slow = "a.a (b. " * 200
    result = hasty.check(slow, "en")
    assert result.unchecked
    assert not result.matches
    assert found(grammar.check(SLIP, "en"), SLIP) == [("HE_VERB_AGR", "go")]
    assert not old.is_running()


def test_the_first_check_in_a_language_may_take_its_time(tmp_path: Path) -> None:
    text = "La casa son blanca."
    with Grammar(engine=Server(install(), log=tmp_path / "log")) as first:
        first._started().wait_ready()  # its start is no part of a check
        began = time.monotonic()
        first.check(text, "es")
        loading = time.monotonic() - began
    with Grammar(engine=Server(install(), log=tmp_path / "log"), deadline=loading / 2) as fresh:
        result = fresh.check(text, "es")  # its rules take longer to load
    assert result.matches
    assert not result.unchecked


def test_when_patience_is_spent_the_rest_is_named_unchecked(grammar: Grammar) -> None:
    impatient = Grammar(engine=grammar._started(), patience=0.0)
    text = SLIP + "\n" + SLIP
    unchecked = (Unanswered(Span(0, len(text)), Cause.STALL),)
    assert impatient.check(text, "en") == CheckResult((), unchecked)


def test_poison_is_checked_within_the_deadline(grammar: Grammar) -> None:
    for poison in ('"', "a.", "😀"):  # at one go, each would take LanguageTool minutes
        text = poison * (20_000 // len(poison))
        watch = Watch()
        result = grammar.check(f"{SLIP}\n{text}", "en")
        assert watch.seconds < 2 * DEADLINE
        assert result.unchecked or ("HE_VERB_AGR", "go") in found(result, f"{SLIP}\n{text}")


def test_only_this_machine_can_reach_the_server(grammar: Grammar) -> None:
    sockets = java_of(grammar).net_connections("tcp")
    hosts = {s.laddr[0] for s in sockets if s.status == psutil.CONN_LISTEN}
    assert hosts <= {"127.0.0.1", "::1", "::ffff:127.0.0.1"}


HOLD = """
import sys, time
from mtclean.cli.installation import lesson
from mtclean.grammar import Grammar
with Grammar() as grammar:
    if "ready" in sys.argv:
        for language in sys.argv[2:]:
            grammar.check("Der Vertrag wurde unterschriben.", language)
        print(grammar._started().wait_ready().pid, flush=True)
    else:
        while grammar._started()._java is None:
            time.sleep(0.01)
        print(grammar._started()._java.pid, flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_java_dies_with_its_parent_however_that_dies_and_leaves_no_file(
    tmp_path: Path, how: signal.Signals
) -> None:
    # A speller of German unpacks its dictionary into the folder for temporary files.
    german = {"de"} & {*languages_added()}
    state = ["ready", *german] if how is signal.SIGKILL else ["starting"]
    parent = subprocess.Popen(
        [sys.executable, "-c", HOLD, *state],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert parent.stdout is not None
    java = psutil.Process(int(parent.stdout.readline()))
    if german and how is signal.SIGKILL:
        assert [*tmp_path.glob("*/de_DE*.dic")]
    parent.send_signal(how)
    parent.wait()
    assert comes(partial(ended, java), GONE)
    assert comes(lambda: not [*tmp_path.iterdir()], GONE)
    parent.stdout.close()


def test_java_dies_with_its_supervisor(grammar: Grammar) -> None:
    java = java_of(grammar)
    supervisor = java.parent()
    assert supervisor is not None
    supervisor.kill()
    if sys.platform == "linux":
        assert comes(partial(ended, java), GONE)
    assert found(grammar.check(SLIP, "en"), SLIP) == [("HE_VERB_AGR", "go")]


def test_a_server_that_cannot_start_says_where_to_look(tmp_path: Path) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho no such class\nexit 1\n")
    java.chmod(0o755)
    there = install()
    broken = replace(there, java=java)
    log = tmp_path / "languagetool.log"
    with (
        Grammar(engine=Server(broken, log=log)) as grammar,
        pytest.raises(
            GrammarUnavailable, match="was started 3 times and never got ready"
        ) as caught,
    ):
        grammar.check(SLIP, "en")
    assert str(log) in str(caught.value)
    assert "no such class" in log.read_text()


def test_a_server_that_never_answers_is_given_up(tmp_path: Path) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\nexec sleep 600\n")
    java.chmod(0o755)
    there = install()
    sleeper = Server(replace(there, java=java), log=tmp_path / "log", start_deadline=0.5)
    with Grammar(engine=sleeper) as grammar:
        with pytest.raises(GrammarUnavailable, match="did not answer within"):
            grammar.check(SLIP, "en")
        with pytest.raises(GrammarUnavailable, match="did not answer within"):  # and at once
            grammar.check(SLIP, "en")


def test_closing_while_starting_leaves_nothing(tmp_path: Path) -> None:
    server = Server(install(), log=tmp_path / "log")
    server.start()
    while server._java is None:
        time.sleep(0.01)
    java = psutil.Process(server._java.pid)
    server.close()
    assert not java.is_running()
    with pytest.raises(GrammarUnavailable, match="closed"):
        server.wait_ready()


def test_the_server_is_a_plain_languagetool(grammar: Grammar) -> None:
    with requests.Session() as session:
        session.trust_env = False
        assert session.get(
            f"{grammar._started().wait_ready().url}v2/languages", timeout=PATIENCE
        ).ok
    assert os.environ.get("LTP_PATH") is None  # nothing of language-tool-python's own download
