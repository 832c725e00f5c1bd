"""Decisions on what LanguageTool and our own rules say of neighbouring lines: any order, any way, one text."""

from pathlib import Path

import pytest

from mtclean.cli import _code
from mtclean.documents import Input
from mtclean.grammar import Grammar
from mtclean.grammar.judge import PREFIX
from mtclean.pipeline.options import Options
from mtclean.pipeline.single import clean_into
from mtclean.report.record import Record
from mtclean.review import write
from mtclean.text import Decision, Verdict
from mtclean.trouble import Exit
from mtclean.web.server import Reviewer

TEXT = (
    "The visit was long.\n[Editor: Chen Haifeng]\n[Editor: Li Ning]\n"
    "The city is a hour fast.. Then he go home.\nThe city is a hour fast.. Then he go home.\n"
    "She have a new research research centre.The the door stayed shut.\n"
)


def test_what_grammar_and_rules_suggest_is_decided_in_any_order(
    grammar: Grammar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("town.txt").write_text(TEXT)
    options = Options(language="en")
    item = Input(Path("town.txt").absolute(), "town.txt")

    def cleaned(folder: Path) -> Record:
        return clean_into(folder, item, options, grammar).record

    offer = cleaned(tmp_path / "offer")
    chosen = [Decision(fix.id, Verdict.ACCEPT, fix.rule) for fix in offer.held]
    chosen += [
        Decision(found.id, Verdict.EDIT, found.rule, "", found.suggestions[0])
        for found in offer.findings
        if found.suggestions
    ]
    of_grammar = sum(decision.rule.startswith(PREFIX) for decision in chosen)
    assert of_grammar >= 3, chosen
    assert len(chosen) >= of_grammar + 3, chosen

    texts = set()
    for n, order in enumerate((chosen, chosen[::-1])):
        folder = tmp_path / f"order{n}"
        cleaned(folder)
        reviewer = Reviewer(folder, lambda: options, grammar, lambda made: "")
        for decision in order:
            assert reviewer.decide("town.txt.report.html", {decision.id: decision})
        texts.add((folder / "town.txt").read_text())
    at_once = tmp_path / "at_once"
    cleaned(at_once)
    every = {decision.id: decision for decision in chosen}
    assert Reviewer(at_once, lambda: options, grammar, lambda made: "").decide(
        "town.txt.report.html", every
    )
    texts.add((at_once / "town.txt").read_text())
    by_file = tmp_path / "by_file"
    cleaned(by_file)
    export = tmp_path / "town.txt.decisions.json"
    export.write_text(write("town.txt", chosen))
    made = ["apply", str(export), "--output", str(by_file), "--language", "en"]
    assert _code([*made, "--languagetool", grammar.url]) == Exit.OK
    texts.add((by_file / "town.txt").read_text())

    [text] = texts
    assert text.count(" an hour fast. Then he") == 2, text
    assert "Editor" not in text
    assert "research research" not in text
    assert not cleaned(at_once).undecided
