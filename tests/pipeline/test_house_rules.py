"""Rules in the settings: what is wrong with a table is said, and whose file it is says how far its rules go."""

from __future__ import annotations

from pathlib import Path

import pytest

import mtclean
from mtclean.cli import _code
from mtclean.pipeline.config import chosen, load, own_file
from mtclean.pipeline.settings import ConfigError, Settings
from mtclean.trouble import Exit

E_MAIL = r"""
[[rule]]
id = "e-mail"
pattern = '\b([Ee])-mail'
replacement = '\1mail'
safe = true
fixes = [["Send an e-mail.", "Send an email."]]
leaves = ["a mail in e"]
"""
UTILISE = r"""
[[rule]]
id = "utilise"
pattern = '\butilis\w+'
message = "Say use."
severity = "major"
languages = ["en"]
finds = [["They utilised it.", "utilised"]]
leaves = ["Its utility."]
"""
TEXT = "They utilised an e-mail and the other things that came with it.\n"
PUT = TEXT.replace("e-mail", "email")


@pytest.fixture
def here(workplace: Path) -> Path:
    """A working folder with a text, and an own file that is not there."""
    (workplace / "a.txt").write_text(TEXT)
    return workplace


def settings_here(text: str) -> Path:
    path = Path("mtclean.toml")
    path.write_text(text)
    return path.resolve()


def own_settings(text: str) -> None:
    own_file().parent.mkdir(parents=True)
    own_file().write_text(text)


def made(settings: Settings | None = None) -> str:
    return mtclean.clean(TEXT, chosen(settings or Settings())).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (E_MAIL + "patern = 'x'", "there is no key '[[rule]].1.patern'; did you mean 'pattern'?"),
        (E_MAIL + '[[rule]]\nid = "x"', "[[rule]].2.pattern: Field required"),
        (E_MAIL + "severity = 'bad'", "[[rule]].1.severity: Input should be"),
        (E_MAIL + "[[rule]]\nid = 'x'\npattern = '('\nmessage = 'm'", "[[rule]] 2 ('x'): pattern: '('"),
        (E_MAIL + "[[rule]]\nid = 'x'\npattern = 'y'", "[[rule]] 2 ('x'): it needs a replacement or a message"),
        (E_MAIL + E_MAIL, "[[rule]] 2 ('e-mail'): there is a rule 'house.e-mail' already"),
        (E_MAIL + E_MAIL.replace('"e-mail"', '"house.e-mail"'), "there is a rule 'house.e-mail' already"),
        (E_MAIL.replace('"e-mail"', '"double-space"'), "there is a rule 'double-space' already"),
        (E_MAIL + E_MAIL.replace("[[rule]]", "[[profiles.a.rule]]").replace("'\\b", "'("), "[[rule]] 1 ('e-mail'): pattern: "),
        (E_MAIL + "[rules]\n'house.email' = 'off'", "there is no rule 'house.email'; did you mean 'house.e-mail'?"),
        ("rule = 3", "[[rule]]: Input should be a valid tuple"),
        ("[rule]\nid = 'x'", "[[rule]]: Input should be a valid tuple"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line_that_helps(here: Path, text: str, said: str) -> None:
    path = settings_here(text)
    with pytest.raises(ConfigError) as problem:
        load(path)
    assert said in str(problem.value)
    assert str(path) in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_folder_has_no_text_changed_unasked(here: Path) -> None:
    """Whatever level it gives its rule, by whatever name."""
    for name in ("'house.e-mail'", "house", "'style.house'", "style", "all"):
        settings_here(f"{E_MAIL}[rules]\n{name} = 'safe'\n")
        assert made() == TEXT, name
        assert made(Settings(safe_rules=True)) == PUT
    settings_here(E_MAIL)
    assert made() == TEXT
    settings_here(E_MAIL + "[rules]\nhouse = 'off'\n")
    assert mtclean.clean(TEXT, chosen(Settings(safe_rules=True))).fixes == ()


def test_nor_by_a_profile(here: Path) -> None:
    settings_here(E_MAIL + "[profiles.a.rules]\n'house.e-mail' = 'safe'\n")
    assert made(Settings(profile="a")) == TEXT


def test_a_file_that_is_named_is_no_file_that_is_trusted(here: Path) -> None:
    """A schedule names the file it has found, too."""
    assert made(Settings(config=settings_here(E_MAIL))) == TEXT


def test_the_user_says_what_is_safe(here: Path) -> None:
    settings_here(E_MAIL)
    own_settings(f'trust = ["{here}"]')
    assert made() == PUT


def test_the_users_own_rules_go_everywhere(here: Path) -> None:
    own_settings(E_MAIL)
    assert made() == PUT
    settings_here(UTILISE + "[rules]\n'house.e-mail' = 'suggest'\n")
    result = mtclean.clean(TEXT, chosen(Settings()))
    assert (result.text, [f.rule for f in result.findings]) == (TEXT, ["house.utilise"])
    settings_here(E_MAIL)
    with pytest.raises(ConfigError, match=r"there is a rule 'house\.e-mail' already"):
        chosen(Settings())


def test_a_folder_does_not_make_the_users_suggestion_a_change(here: Path) -> None:
    own_settings(E_MAIL.replace("safe = true", ""))
    settings_here("[rules]\nall = 'safe'\n")
    assert made() == TEXT


def test_a_profile_adds_rules(here: Path) -> None:
    settings_here(E_MAIL + UTILISE.replace("[[rule]]", "[[profiles.a.rule]]"))
    assert chosen(Settings()).registry.by_id.keys() & {"house.utilise"} == set()
    assert {"house.utilise", "house.e-mail"} <= chosen(Settings(profile="a")).registry.by_id.keys()


def test_examples_hold_in_the_style_of_the_house(here: Path) -> None:
    settings_here(E_MAIL.replace("a mail in e", "the e-mail-o-mat") + "[protect]\nwords = ['e-mail-o-mat']\n")  # fmt: skip
    assert _code(["rules", "test"]) == Exit.OK


def test_rules_test_names_what_does_not_hold(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings_here(E_MAIL + UTILISE)
    assert _code(["rules", "test"]) == Exit.OK
    out, err = capsys.readouterr()
    assert out == "2 rules; examples that do not hold: 0\n"
    assert "only suggested" in err
    assert "house.e-mail; where it is yours, say --safe-rules" in err
    settings_here(E_MAIL.replace("an email.", "an eMail.") + UTILISE)
    assert _code(["rules", "test", "--safe-rules"]) == Exit.FOUND
    assert capsys.readouterr() == (
        "house.e-mail: fixes\n"
        "  before  Send an e-mail.\n"
        "  wanted  Send an eMail.\n"
        "  came    Send an email.\n"
        "2 rules; examples that do not hold: 1\n",
        "",
    )


def test_a_run_only_warns_of_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings_here(E_MAIL.replace("an email.", "an eMail.") + UTILISE)
    assert _code(["clean", "a.txt", "--stdout", "--no-grammar"]) == Exit.OK
    assert capsys.readouterr().err == (
        "mtclean: examples of house.e-mail do not hold: mtclean rules test shows them\n"
    )


def test_they_are_listed_and_explained(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings_here(UTILISE)
    assert _code(["rules"]) == Exit.OK
    assert "house.utilise                    style.house" in capsys.readouterr().out
    assert _code(["explain", "house.utilise"]) == Exit.OK
    assert "Say use." in capsys.readouterr().out
    settings_here("[rulez]")
    assert _code(["rules"]) == Exit.OK
    out, err = capsys.readouterr()
    assert "double-space" in out, "who is sent here by a mistake finds what to write"
    assert "there is no key 'rulez'" in err


def test_one_that_fails_is_named_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings_here("[[rule]]\nid = 'x'\npattern = 'a'\nreplacement = 'aa'\n" + UTILISE)
    for name in "bcdefg":
        (here / f"{name}.txt").write_text(TEXT)
    assert _code(["check", ".", "--no-grammar"]) == Exit.FOUND
    out, err = capsys.readouterr()
    assert out.count("house.utilise") == 7
    assert err.count("house.x") == 1
    assert (
        "mtclean: 7 documents: house.x was left out of this document: "
        "what it writes it would change again: 'aa'."
    ) in err.splitlines()
