"""What LanguageTool said is kept from run to run, holds for what it was said of, and cannot hurt."""

import json
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mtclean.grammar import Grammar
from mtclean.grammar.answers import Answers, answers_for, forget
from mtclean.grammar.chunks import chunks
from mtclean.grammar.errors import GrammarUnavailable
from mtclean.grammar.languagetool.asking import Asking
from mtclean.grammar.languagetool.server import Engine, Running
from tests.conftest import ROOT

SLIP = "He go home every day."
SAID: list[dict[str, Any]] = [
    {
        "offset": 3,
        "length": 2,
        "message": "Use “goes”.",
        "replacements": [{"value": "goes"}],
        "rule": {
            "id": "HE_VERB_AGR",
            "category": {"id": "GRAMMAR", "name": "Grammar"},
            "issueType": "grammar",
            "urls": [],
        },
    }
]


class Asked:
    """A server that notes when it is needed; or, where it is *gone*, refuses to be."""

    def __init__(self, engine: Engine, gone: bool = False, identity: str = "") -> None:
        self._engine, self._gone = engine, gone
        self.identity = identity or engine.identity
        self.times = 0

    def start(self) -> None:
        pass

    def wait_ready(self) -> Running:
        if self._gone:
            raise GrammarUnavailable("gone")
        self.times += 1
        return self._engine.wait_ready()

    def after_stall(self, running: Running) -> None:
        self._engine.after_stall(running)

    def after_loss(self, running: Running) -> None:
        self._engine.after_loss(running)

    def close(self) -> None:
        pass


def paragraphs() -> list[str]:
    found = []
    for file in sorted((ROOT / "input").iterdir()):
        found += file.read_text(encoding="utf-8", errors="replace").split("\n\n")
    return [*found, SLIP, "I recieve the beautifull letter of Mrs Kolovinova (and of others) 😀."]


def test_a_text_that_was_checked_needs_no_server_and_gets_the_same(
    grammar: Grammar, tmp_path: Path
) -> None:
    text = "\n\n".join(paragraphs())
    with Grammar(engine=Asked(grammar._started()), answers=Answers(tmp_path / "a")) as first:
        expected = first.check(text, "en")
    assert expected.matches
    assert any(match.replacements for match in expected.matches if match.is_unknown_word)
    gone = Asked(grammar._started(), gone=True)
    with Grammar(engine=gone, answers=Answers(tmp_path / "a")) as later:
        assert later.check(text, "en") == expected
    assert grammar.check(text, "en") == expected


def test_after_a_change_the_rest_is_not_asked_and_all_is_as_if_it_were(
    grammar: Grammar, tmp_path: Path
) -> None:
    text = "\n\n".join(f"Paragraph {n} is here. {SLIP}" + " All is well." * 30 for n in range(9))
    changed = text.replace("Paragraph 4 is here.", "Now there is another beginning (of it), too.")
    engine = Asked(grammar._started())
    with Grammar(engine=engine, answers=Answers(tmp_path / "a")) as kept:
        kept.check(text, "en")
        before = engine.times
        assert kept.check(changed, "en") == grammar.check(changed, "en")
    assert engine.times == before + 1


@pytest.mark.parametrize("other", ["language", "server", "passage"])
def test_an_answer_holds_for_what_was_asked_and_nothing_else(
    grammar: Grammar, tmp_path: Path, other: str
) -> None:
    with Grammar(engine=Asked(grammar._started()), answers=Answers(tmp_path / "a")) as first:
        first.check(SLIP, "en")
    identity = "another" if other == "server" else ""
    gone = Asked(grammar._started(), gone=True, identity=identity)
    with (
        Grammar(engine=gone, answers=Answers(tmp_path / "a")) as later,
        pytest.raises(GrammarUnavailable, match="gone"),
    ):
        later.check(
            f"{SLIP}." if other == "passage" else SLIP, "en-GB" if other == "language" else "en"
        )


@pytest.mark.parametrize("behind", [" ", "\n", " \n\n", "\n\n \t"])
def test_what_was_said_of_a_sentence_holds_whatever_stands_behind_it(
    grammar: Grammar, tmp_path: Path, behind: str
) -> None:
    with Grammar(engine=Asked(grammar._started()), answers=Answers(tmp_path / "a")) as first:
        said = first.check(f"All is well.\n\n{SLIP}", "en")
    gone = Asked(grammar._started(), gone=True)
    with Grammar(engine=gone, answers=Answers(tmp_path / "a")) as later:
        again = later.check(f"All is well.\n\n{SLIP}{behind}", "en")
    assert again == said
    assert again.matches


def test_one_rule_and_all_are_asked_apart() -> None:
    signatures = {Asking(*of).signature for of in (("en",), ("en-GB",), ("en", "X"), ("es",))}
    assert len(signatures) == 4


def test_brackets_over_paragraphs_stay_in_one_piece() -> None:
    filler = "All is well here, and so it stays. " * 10
    text = f"{filler}(so\n\n{filler}\n\n{filler}) it was.\n\n{filler}"
    (over,) = (text[a:b] for a, b in chunks(text) if "\n\n" in text[a:b])
    assert "(so\n\n" in over
    assert over.endswith(" it was.\n\n")


def test_what_is_kept_holds_no_text(grammar: Grammar, tmp_path: Path) -> None:
    text = f"Nobody shall read of the Zanzibarian affair here. {SLIP}"
    with Grammar(engine=Asked(grammar._started()), answers=Answers(tmp_path / "a")) as kept:
        kept.check(text, "en")
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"HE_VERB_AGR" in content
    assert b"affair" not in content
    assert b"every day" not in content
    assert oct((tmp_path / "a").stat().st_mode & 0o777) == "0o600"


def kept(file: Path) -> None:
    answers = Answers(file)
    answers.keep("i", SLIP, SAID)
    answers.close()


def told(file: Path) -> object:
    answers = Answers(file)
    try:
        return answers.about("i", SLIP)
    finally:
        answers.close()


def test_a_kept_answer_comes_back(tmp_path: Path) -> None:
    kept(tmp_path / "a")
    assert told(tmp_path / "a") == SAID


@pytest.mark.parametrize(
    "content", [b"no database at all" * 99, b"", b"SQLite format 3\0" + b"\xff" * 9_000]
)
def test_a_damaged_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a"
    file.write_bytes(content)
    assert told(file) is None
    kept(file)
    assert told(file) == SAID


@pytest.mark.parametrize("at", range(0, 20_480, 1_024))
def test_a_torn_write_costs_answers_at_most(tmp_path: Path, at: int) -> None:
    file = tmp_path / "a"
    kept(file)
    content = file.read_bytes()
    file.write_bytes(content[:at] + b"\xa5" * 512 + content[at + 512 :])
    assert told(file) in (None, SAID)
    assert_is_kept_from_the_run_after_next(file)
    file.write_bytes(content[:at])
    assert told(file) in (None, SAID)
    assert_is_kept_from_the_run_after_next(file)


def assert_is_kept_from_the_run_after_next(file: Path) -> None:
    """The one that comes upon the damage may do without."""
    for _ in range(2):
        kept(file)
    assert told(file) == SAID


@pytest.mark.parametrize(
    "said",
    [
        "", "{", "null", "0", "{}", "[1]", "[{}]", "[" * 100_000,
        *(
            json.dumps([SAID[0] | change])
            for change in (
                {"offset": -1}, {"length": -1}, {"length": 999}, {"offset": 1e3}, {"offset": True},
                {"message": 3}, {"replacements": 7}, {"replacements": [{"value": []}]}, {"rule": None},
                {"more": 1},
            )
        ),
        b"\xff\x00", 12,
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_is_not_believed(tmp_path: Path, said: object) -> None:
    kept(tmp_path / "a")
    with sqlite3.connect(tmp_path / "a") as forged:
        forged.execute("update answers set said = ?", (said,))
    forged.close()
    assert told(tmp_path / "a") is None


@pytest.mark.parametrize(
    "forged",
    [
        "create trigger t after insert on answers begin delete from answers; end",
        "drop table answers; create table answers (passage, another)",
        "drop table answers; create view answers as select 1 as passage, '[]' as said, 0 as used",
        "drop index by_use; create table by_use (used)",
    ],
)
def test_other_tables_than_ours_are_not_used(tmp_path: Path, forged: str) -> None:
    kept(tmp_path / "a")
    with closing(sqlite3.connect(tmp_path / "a")) as database:
        database.executescript(forged)
    kept(tmp_path / "a")
    assert told(tmp_path / "a") == SAID


def test_a_journal_that_somebody_left_is_not_played_back(tmp_path: Path) -> None:
    """Who makes the file has one for a moment; one that stays is of a process that was killed, or worse."""
    file, journal = tmp_path / "a", tmp_path / "a-journal"
    kept(file)
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    assert told(file) is None
    assert not journal.exists()
    kept(file)
    assert told(file) == SAID


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_not_followed(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine")
    for link in ("a", "b-journal", "c-wal"):
        (tmp_path / link).symlink_to(mine)
    os.link(mine, tmp_path / "d")
    for name in "abcd":
        kept(tmp_path / name)
        assert told(tmp_path / name) is None
    assert mine.read_text() == "mine"


def test_it_stays_within_its_limit_and_keeps_what_is_new(tmp_path: Path) -> None:
    answers = Answers(tmp_path / "a", limit=1 << 20)
    long = [SAID[0] | {"message": "m" * 2_000}]
    for n in range(1_500):
        answers.keep("i", f"{n} {SLIP}", long)
    assert answers.about("i", f"{n} {SLIP}") == long
    answers.close()
    assert (tmp_path / "a").stat().st_size <= 1 << 20


_WRITER = """
import sys
from pathlib import Path
from mtclean.grammar.answers import Answers
answers = Answers(Path(sys.argv[1]))
for n in range(200):
    answers.keep("i", f"{sys.argv[2]} {n}", [])
answers.close()
"""


def test_processes_share_it(tmp_path: Path) -> None:
    def write(name: str) -> int:
        command = [sys.executable, "-c", _WRITER, str(tmp_path / "a"), name]
        return subprocess.run(command, cwd=ROOT, check=False).returncode

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(write, "xyz")) == [0, 0, 0]
    answers = Answers(tmp_path / "a")
    there = [answers.about("i", f"{name} {n}") for name in "xyz" for n in range(200)]
    answers.close()
    assert there == [[]] * 600


def test_one_setting_has_none_kept(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MTCLEAN_ANSWERS")
    there = answers_for(None)
    assert there is not None
    there.keep("i", SLIP, SAID)
    there.close()
    assert (own_cache / "answers.sqlite").exists()
    assert answers_for("http://127.0.0.1:9/") is None  # somebody else's may change without a word
    monkeypatch.setenv("MTCLEAN_ANSWERS", "off")
    assert answers_for(None) is None
    assert forget()
    assert not [file for file in own_cache.iterdir() if file.name.startswith("answers")]
    assert not forget()
