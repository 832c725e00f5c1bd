"""Plug-ins: asked only where the user says so, and left out where they do not keep the laws."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import mtclean
from mtclean.cli import _code
from mtclean.pipeline.config import chosen, own_file
from mtclean.pipeline.settings import ConfigError, Settings
from mtclean.pipeline.signature import signature
from mtclean.plugins import host, plugged
from mtclean.trouble import Exit
from tests.conftest import ROOT

from .conftest import Install

TEXT = "They utilize it at https://a.org/utilize and the other things came.It rained.\n"
CLEANED = TEXT.replace("came.It", "came. It")

GOOD = """
def check(passage):
    '''Names it.'''
    at = passage.text.find("They")
    yield replacing(at, at + 4, "We", "Not they.") if at >= 0 else Fix((Edit(0, 0, ""),), "")
def once(passage):
    '''Names it.'''
    if "They" in passage.text:
        yield replacing(0, 4, "We", "Not they.")
"""


@pytest.fixture(autouse=True)
def here(workplace: Path) -> Path:
    (workplace / "a.txt").write_text(TEXT)
    return workplace


def cleaned(*names: str, text: str = TEXT) -> mtclean.Result:
    return mtclean.clean(text, chosen(Settings(plugins=list(names))))


def test_its_rules_and_checkers_speak_under_its_name(install: Install) -> None:
    install(
        "ours",
        GOOD
        + """
class Model:
    '''Estimates.'''
    id, category = "model", "style"
    def check(self, passage):
        yield Finding(Span(0, 2), f"It now begins with {passage.text[:2]}.")
PARTS = [a_rule(once, languages=("en",)), Model()]
""",
    )
    result = cleaned("ours")
    assert result.text == CLEANED.replace("They", "We")
    assert "ours.x" in {fix.rule for fix in result.fixes}
    (finding,) = result.findings
    assert (finding.rule, finding.stage, finding.message) == ("ours.model", "checkers", "It now begins with We.")  # fmt: skip
    assert result.record.run.versions["ours"].startswith("1.0 ")
    assert result.record.rules["ours.model"].summary == "Estimates."
    assert result.record.warnings == ()


def test_nobody_is_asked_for_being_installed(install: Install, here: Path) -> None:
    install("ours", GOOD + "PARTS = a_rule(once)")
    assert mtclean.clean(TEXT, chosen(Settings())).text == CLEANED
    (here / "mtclean.toml").write_text("plugins = ['ours']")
    with pytest.raises(ConfigError, match="such a file enables no plug-in: --plugin does"):
        chosen(Settings())
    (here / "mtclean.toml").write_text("[rules]\n'ours.x' = 'suggest'")
    assert mtclean.clean(TEXT, chosen(Settings())).text == CLEANED, (
        "of one that is not enabled, too"
    )
    own_file().parent.mkdir(parents=True)
    own_file().write_text("plugins = ['ours']")
    result = mtclean.clean(TEXT, chosen(Settings()))
    assert result.text == CLEANED
    assert [fix.state for fix in result.fixes if fix.rule == "ours.x"] == ["suggested"]


def test_one_that_is_not_there_is_a_mistake(install: Install) -> None:
    install("house", "PARTS = ()")
    with pytest.raises(ConfigError, match="there is no plug-in 'ours'; installed are house"):
        chosen(Settings(plugins=["ours"]))
    with pytest.raises(ConfigError, match="no plug-in can be called 'house'"):
        chosen(Settings(plugins=["house"]))


LAWLESS = [
    ("def c(p): raise ValueError('no')", "it raised ValueError('no')"),
    ("def c(p):\n    yield replacing(0, 4, 'We', 'r')\n    1 / 0", "it raised ZeroDivisionError"),
    ("def c(p): os._exit(3)", "its process died"),
    ("def c(p): time.sleep(60); return []", "it takes longer than 2 s"),
    ("def c(p): return ['text']", "it raised AttributeError"),
    ("def c(p): return [replacing(0, 9999, 'x', 'r')]", "x speaks of a place outside the text: 0 to 9999"),
    ("def c(p): return [Finding(Span(-1, 3), 'm')]", "x speaks of a place outside the text: -1 to 3"),
    ("def c(p): return [Finding(Span(0, True), 'm')]", "x speaks of a place outside the text: 0 to True"),
    ("def c(p): return [Fix((), 'r')]", "x has a fix whose edits are none"),
    ("def c(p): return [Fix((Edit(5, 9, 'a'), Edit(0, 6, 'b')), 'r')]", "not in order and apart"),
    ("def c(p): return [replacing(0, 4, 'They', 'r')]", "x has an edit that changes nothing"),
    ("def c(p): a = p.text.index('a.org'); return [replacing(a, a + 1, 'b', 'r')]", "x changes what is protected: 'a'"),
    ("def c(p): return [replacing(0, 4, 'a\\x07', 'r')]", "x writes a character that cannot be seen"),
    ("def c(p): return [replacing(0, 4, 'a', 'r\\nr')]", "x has a message that is no line of text"),
    ("def c(p): return [Finding(Span(0, 4), 'm', category='A B')]", "x has a category that is none"),
    ("def c(p): return [Finding(Span(0, 4), 'm')] * 5000", "it says more than 1003 things"),
    ("def c(p): return [replacing(0, 0, 'a', 'r')]", "what it changes, it changes again and again"),
    ("class F(Finding): pass\ndef c(p): return [F(Span(0, object()), 'm')]", "it raised TypeError"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "why"), LAWLESS)
def test_one_that_breaks_a_law_is_left_out_and_the_document_done_as_without_it(
    install: Install, code: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "sleep" in code:
        monkeypatch.setattr(host, "LIMIT", 2.0)
    install("ours", f"{code}\nPARTS = a_rule(c)")
    result = cleaned("ours")
    (warning,) = result.record.warnings
    assert warning.startswith("ours was left out of this document: ")
    assert why in warning
    assert result.text == CLEANED
    assert {fix.rule for fix in result.fixes} == {"missing-space-after-sentence"}


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("1 / 0", "it raised ZeroDivisionError"),
        ("sys.exit(1)", "its process died"),
        ("time.sleep(60)", "it takes longer than 2 s"),
        ("PARTS = 3", "int is neither a Rule nor a Checker"),
        ("PARTS = Rule('X Y', 'style', print)", "'X Y' is no id"),
        ("PARTS = Rule('x', 3, print)", "x has a category that is none"),
        ("PARTS = [Rule('x', 'style', print)] * 2", "two of its rules have one id"),
        ("PARTS = Rule('x', 'style', print, fixes=('a', 'b'))", "x has an example that is no pair"),
    ],
)
def test_one_that_cannot_be_loaded_is_left_out_and_named(
    install: Install, code: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "sleep" in code:
        monkeypatch.setattr(host, "LOADING", 2.0)
    install("ours", code)
    result = cleaned("ours")
    (warning,) = result.record.warnings
    assert warning.startswith("ours was left out of this document: ")
    assert why in warning
    assert result.text == CLEANED


def test_the_others_go_on(install: Install, capsys: pytest.CaptureFixture[str]) -> None:
    install("ours", GOOD + "PARTS = a_rule(once)")
    install("bad", "def c(p): raise ValueError\nPARTS = a_rule(c)")
    assert cleaned("bad", "ours").text == CLEANED.replace("They", "We")
    assert _code(["check", "a.txt", "a.txt", "--no-grammar", "--plugin", "bad", "--plugin", "ours"]) == Exit.FOUND  # fmt: skip
    assert "bad was left out of this document: it raised ValueError()" in capsys.readouterr().err


def test_its_code_stays_in_its_process(install: Install, capfd: pytest.CaptureFixture[str]) -> None:
    install("ours", "print('loaded')\nos.environ['OURS'] = '1'\n" + GOOD + "PARTS = a_rule(once)")
    assert cleaned("ours").text == CLEANED.replace("They", "We")
    assert "ours_plugin" not in sys.modules
    assert "OURS" not in os.environ
    assert capfd.readouterr().out == ""


def test_outputs_depend_on_its_code(install: Install) -> None:
    install("ours", GOOD + "PARTS = a_rule(once)")
    before = signature(chosen(Settings(plugins=["ours"])))
    install("ours", GOOD + "PARTS = a_rule(once)  # as before")
    for pool in host._pools.values():
        pool.close()
    host._pools.clear()
    plugged.cache_clear()
    assert signature(chosen(Settings(plugins=["ours"]))) != before


def test_the_example_of_the_docs_is_installed_and_runs(tmp_path: Path, here: Path) -> None:
    source = shutil.copytree(ROOT / "docs/examples/mtclean-plain", tmp_path / "source")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--no-index", "--target", tmp_path / "site", source], check=True)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}

    def mtclean_says(*arguments: str) -> tuple[int, str, str]:
        command = [sys.executable, "-m", "mtclean.cli", *arguments, "--plugin", "plain"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    assert mtclean_says("rules", "test") == (0, "1 rule; examples that do not hold: 0\n", "")
    (here / "b.txt").write_text(f"They utilize it. They {'come and ' * 20}go away.\n")
    code, out, err = mtclean_says("check", "b.txt", "--no-grammar", "--language", "en")
    assert (code, err) == (Exit.OK, ""), (
        "what only waits for a yes, or weighs nothing, fails no job"
    )
    assert "plain.heavy-word suggestion The plain word is use" in out
    assert "plain.long-sentence neutral It has 43 words" in out
