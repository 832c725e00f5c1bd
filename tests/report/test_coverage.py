"""What was not looked at is never given for faultless: in the figures, and in every view of them."""

from __future__ import annotations

import json

import pytest
from rich.console import Console

from mtclean.documents import document
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.outcomes import Outcome, Run, Status, as_json, from_json
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.report import (
    Record,
    Row,
    batch_page,
    edits_json,
    html_report,
    markdown_summary,
    sarif,
    summary_of,
    summary_table,
)
from mtclean.report.summary import Summary, badness
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Span

PROSE = "The harbour council met on Monday and decided that the old bridge will stay closed.\n"
CODE = "```\nint open_gate(int gate) {\n    return bridge(gate);\n}\n```\n"
JSON = '{"tags": ["a","b"], "note": ["He said:no ,and left.Then", {"open": "The the gate"}]}\n'
CHINESE = (
    "港务局星期一开会，决定旧桥继续关闭，直到明年春天才重新开放。记者报道说，居民对此表示不满。\n"
)
GREEK = "Η παλιά γέφυρα θα μείνει κλειστή μέχρι την άνοιξη, είπε το λιμεναρχείο.\n"


def cleaned(text: str, language: str = "") -> Record:
    work = draft(document("page", text.encode(), is_text=True), Options(language=language))
    return account(detect_artifacts(normalize(work)))


UNCHECKED = {
    "another script": (CHINESE * 3, ""),
    "another language": (GREEK * 3, ""),
    "a language the user named": (PROSE, "sv"),
    "code": (CODE, ""),
    "code and a row of dots": (f"…\n\n{CODE}\n\n***\n{CODE}", ""),
    "JSON": (JSON, ""),
    "JSON on many lines": (json.dumps(json.loads(JSON), indent=2), ""),
    "lines of JSON": (JSON * 3, ""),
    "addresses": ("https://www.example.org/harbour\nwww.example.org/bridge\n", ""),
    "too short to tell": ("港务局\n", ""),
}


@pytest.mark.parametrize(("text", "language"), UNCHECKED.values(), ids=UNCHECKED)
def test_what_nothing_could_be_said_of_has_no_score(text: str, language: str) -> None:
    record = cleaned(text, language)
    summary = summary_of(record)
    assert record.cleaned() == text
    assert (summary.score, summary.checked) == (None, 0)
    assert summary.coverage.startswith("not checked: ")
    assert [part.span for part in record.unchecked] == [Span(0, len(text))]
    assert from_json(as_json(summary)) == summary


@pytest.mark.parametrize("text", [CHINESE * 3, CODE], ids=["language", "code"])
def test_every_view_says_so(text: str) -> None:
    record = cleaned(text)
    summary = summary_of(record)
    why = summary.coverage.partition(": ")[2]
    console = Console(width=200)
    with console.capture() as capture:
        console.print(summary_table([(summary, "")]))
    row = Row("page", "page.report.html", summary)
    for view in (capture.get(), markdown_summary([(summary, "")]), batch_page([row])):
        assert "not checked" in view
        assert "100.0" not in view
    assert why in batch_page([row])
    report = html_report(record)
    assert "<b>not checked</b>" in report
    assert f"Not checked: {why}" in report
    content = json.loads(edits_json.write(record))
    assert content["score"] == {"value": None, "words": summary.words, "checked": 0}
    assert content["unchecked"]
    (invocation,) = json.loads(sarif([(record, "")]))["runs"][0]["invocations"]
    notes = invocation["toolExecutionNotifications"]
    assert notes[0]["message"]["text"] == summary.coverage
    run = Run([Outcome("page", Status.CLEANED, summary=summary)])
    assert run.not_checked == {summary.coverage: 1}


def test_part_of_a_text_that_was_not_checked_is_measured() -> None:
    record = cleaned(f"{PROSE}\n{CODE * 3}\n{PROSE}")
    summary = summary_of(record)
    words = 2 * 15
    assert summary.checked == pytest.approx(words / (words + 3 * 7), abs=0.05)
    assert summary.score is not None
    assert summary.coverage.endswith("% of the text was not checked: it is code, or protected")
    (part,) = record.unchecked
    missed = record.original[slice(*part.span)]
    assert missed.strip() == (CODE * 3).strip().strip("`").strip() or "open_gate" in missed
    assert "harbour" not in missed
    assert not Run([Outcome("page", Status.CLEANED, summary=summary)]).not_checked


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        f"{PROSE}See https://www.example.org/harbour for more, or `open_gate`.\n",
        f"{PROSE}https://www.example.org/harbour\n",
        "Gate.\n",
        "84 360\n",
        "…\n",
        PROSE.replace("Monday", "Понедельник"),
    ],
)
def test_silence_where_all_was_checked(text: str) -> None:
    record = cleaned(text)
    summary = summary_of(record)
    assert (summary.checked, summary.coverage, record.unchecked) == (1, "", ())


def test_places_are_those_of_the_original() -> None:
    text = f"It is shut.{PROSE}{PROSE}\n{CODE}"
    record = cleaned(text)
    assert record.changes
    (part,) = record.unchecked
    assert text[slice(*part.span)] in CODE
    assert edits_json.read(edits_json.write(record), text) == record


def test_what_may_be_anything_comes_first() -> None:
    unknown, good, empty = map(summary_of, map(cleaned, (CHINESE, PROSE, "…\n")))
    order: list[Summary] = sorted((good, empty, unknown), key=badness)
    assert [summary.score_in_words for summary in order] == ["not checked", "100.0", "–"]


def test_the_rules_know_a_language() -> None:
    assert "en" in BUILT_IN.languages
