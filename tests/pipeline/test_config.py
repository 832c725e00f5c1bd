"""The configuration file: what it sets, what it refuses, and what a text itself may ask for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtclean.cli import _code
from mtclean.documents import document
from mtclean.pipeline.account import account
from mtclean.pipeline.config import find, load, overridden
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.settings import ConfigError, RunSettings, Settings
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.text import Level, Quotes

FAULTY = "The cat  sat.Then it left.\n"


def cleaned(text: str, options: Options, name: str = "t") -> str:
    return detect_artifacts(normalize(draft(document(name, text.encode()), options))).trail.text


def config(folder: Path, text: str, name: str = "mtclean.toml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[rules]\ndouble-spcae = "off"', "there is no rule 'double-spcae'; did you mean 'double-space'?"),
        ('[ruless]\nx = "off"', "there is no key 'ruless'; did you mean 'rules'?"),
        ('[style]\nqoutes = "auto"', "there is no key 'style.qoutes'; did you mean 'quotes'?"),
        ('[style]\nquotes = "round"', "style.quotes: Input should be 'auto', 'curly' or 'straight'"),
        ('[rules]\ndouble-space = "no"', "rules.double-space: Input should be 'off', 'suggest' or 'safe'"),
        ('[profiles.a.files."x".ignoer]', "did you mean 'ignore'?"),
        ('[files."*"]\nignore = ["mojibke"]', "did you mean 'mojibake'?"),
        ('[protect]\npatterns = ["("]', "protect.patterns: '('"),
        ('[languages]\n"a/*" = "dee"', "there is no language 'dee'; did you mean 'de'?"),
        ("words = [", "is not TOML"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line_that_helps(tmp_path: Path, text: str, said: str) -> None:
    path = config(tmp_path, text)
    with pytest.raises(ConfigError) as problem:
        load(path)
    assert said in str(problem.value)
    assert str(path) in str(problem.value)
    assert "\n" not in str(problem.value)


def test_the_nearest_file_above_is_used(tmp_path: Path) -> None:
    own = config(tmp_path, "[tool.mtclean]\nlanguage = 'de'", "pyproject.toml")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    config(below.parent, "[tool.other]", "pyproject.toml")
    assert find(below) == own
    assert load(own).language == "de"


def test_rules_go_as_far_as_the_house_lets_them(tmp_path: Path) -> None:
    options = load(
        config(tmp_path, '[rules]\n"fluency.punctuation" = "suggest"\ndouble-space = "safe"')
    )
    assert options.policy.level("double-space", "fluency.punctuation.spacing") is Level.SAFE
    assert cleaned(FAULTY, options) == "The cat sat.Then it left.\n"
    work = detect_artifacts(normalize(draft(document("t", FAULTY.encode()), options)))
    assert [placed.item.rule for placed in work.trail.held] == ["missing-space-after-sentence"]


def test_a_profile_goes_on_top(tmp_path: Path) -> None:
    path = config(
        tmp_path,
        '[style]\nquotes = "curly"\n[profiles.draft.rules]\nmissing-space-after-sentence = "off"\n',
    )
    assert cleaned(FAULTY, load(path, "draft")) == "The cat sat.Then it left.\n"
    assert load(path, "draft").style.quotes is Quotes.CURLY
    with pytest.raises(ConfigError, match="there is no profile 'drafts'; did you mean 'draft'"):
        load(path, "drafts")


def test_what_is_protected_is_left_in_peace(tmp_path: Path) -> None:
    text = '[protect]\nwords = ["sat.Then"]\npatterns = ["cat  s"]'
    assert cleaned(FAULTY, load(config(tmp_path, text))) == FAULTY


def test_a_rule_can_be_off_in_some_files(tmp_path: Path) -> None:
    options = load(config(tmp_path, '[files."letters/*"]\nignore = ["double-space"]'))
    assert cleaned(FAULTY, options, "letters/one") == "The cat  sat. Then it left.\n"
    assert cleaned(FAULTY, options, "news/one") == "The cat sat. Then it left.\n"


def test_a_folder_can_have_a_language(tmp_path: Path) -> None:
    options = load(config(tmp_path, 'language = "en"\n[languages]\n"fr/*" = "fr-CA"\n"*" = "de"'))
    assert [options.language_for(name) for name in ("x/fr/one", "one")] == ["fr-CA", "de"]
    text = "Il dit: «oui», puis « non ». Ici: « non », là : « bien »."
    assert cleaned(text, options, "fr/one") != cleaned(text, options, "one")
    asked = overridden(options, Settings(language="es"))
    assert asked.language_for("fr/one") == "es"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was  so.Then it left. <!-- mtclean: ignore double-space -->\nSo it then  was.", "It was  so. Then it left. <!-- mtclean: ignore double-space -->\nSo it then was."),
        ("<!-- mtclean: ignore -->\n\nSee  the cat.The dog.\nThere it then  is.", "<!-- mtclean: ignore -->\n\nSee  the cat.The dog.\nThere it then is."),
        ("It  is.The end.\n<!--mtclean:ignore-file fluency.punct, mojibake-->", "It  is.The end.\n<!--mtclean:ignore-file fluency.punct, mojibake-->"),
    ],
)  # fmt: skip
def test_a_remark_in_the_text_keeps_rules_quiet(text: str, expected: str) -> None:
    work = detect_artifacts(normalize(draft(document("t", text.encode()), Options(language="en"))))
    assert work.trail.text == expected
    assert not [p for p in work.trail.findings if "mtclean" in text[slice(*p.item.span)]]


def test_a_house_asks_for_one_space_after_sentences(tmp_path: Path) -> None:
    text = "It was late.  He left.  She stayed.  Nobody came."
    assert cleaned(text, Options(), "t") == text
    options = load(config(tmp_path, '[style]\nsentence_space = "one"'))
    assert cleaned(text, options, "t") == text.replace("  ", " ")


def test_the_command_line_goes_before_the_file(tmp_path: Path) -> None:
    options = load(config(tmp_path, 'grammar = true\n[style]\nquotes = "straight"'))
    assert not overridden(options, Settings(grammar=False)).grammar
    assert overridden(options, Settings(quotes=Quotes.CURLY)).style.quotes is Quotes.CURLY
    assert overridden(options, Settings()) == options


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"quotes": "round"}, "quotes is 'round', which is none of auto, curly, straight"),
        ({"runner": "bicycles"}, "runner is 'bicycles', which is none of processes, threads, dask"),
        ({"grammar": "maybe"}, "grammar is 'maybe'; input should be a valid boolean"),
        ({"workers": 0}, "workers is 0; it must be at least 1"),
        ({"deadline": -1}, "deadline is -1; it must be more than 0"),
        ({"deadline": float("nan")}, "deadline is nan; input should be a finite number"),
        ({"grammer": False}, "there is no setting 'grammer'"),
        ({"runner": "threads", "deadline": 5}, "nothing can stop a thread"),
        ({"scheduler": "tcp://127.0.0.1:9"}, "a scheduler is for the runner dask"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_line(asked: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError) as problem:
        RunSettings.of(asked)
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)


def test_what_was_asked_comes_back_from_json() -> None:
    asked = RunSettings(config=Path("a/b.toml"), quotes=Quotes.CURLY, workers=2, grammar=False)
    assert asked.asked() == {
        "config": "a/b.toml",
        "quotes": "curly",
        "workers": 2,
        "grammar": False,
    }
    assert RunSettings.of(json.loads(json.dumps(asked.asked()))) == asked


def test_a_mistake_ends_a_command_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = config(tmp_path, "nonsense = 1")
    assert _code(["check", "x.txt", "--no-grammar", "--config", str(path)]) == 2
    assert "there is no key 'nonsense'" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--config", "--glossary", "--baseline"])
def test_a_file_without_an_end_is_not_read_to_it(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "x.txt"
    text.write_text("The cat sat.\n")
    assert _code(["check", str(text), "--no-grammar", option, "/dev/zero"]) == 2
    assert "it is larger than 100 MB" in capsys.readouterr().err


def test_the_record_says_what_the_house_set(tmp_path: Path) -> None:
    options = load(config(tmp_path, '[protect]\nwords = ["b", "a"]'))
    work = normalize(draft(document("t", b"Text."), options))
    assert account(work).run.options["words"] == '["a", "b"]'
