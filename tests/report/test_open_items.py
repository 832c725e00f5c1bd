"""The page of all that is open: what is the same is one group, the worst comes first, and no text can act."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from mtclean.report.open_items import OpenDocument, open_page
from mtclean.report.record import Record
from mtclean.report.titles import kind_of, title_of
from mtclean.text import Edit, Finding, Fix, Severity, Span, Trail

from .test_html import INJECTIONS, INNOCENT, Page, filled_with
from .trails import SOURCE, letter, record_for


def page_of(*records: Record) -> Page:
    return Page(open_page([OpenDocument.of(r, f"/{n}.report.html") for n, r in enumerate(records)]))


def data_of(page: Page) -> Any:
    return json.loads("".join(part for part in page.get("data").inside if isinstance(part, str)))


def site(title: str, finding: Severity | None = None) -> Record:
    trail = Trail(f"{title} - Daily\n\nIt is so.")
    at = len(title)
    trail.hold("one", [Fix((Edit(at, at + 8, ""),), "The site's.", rule="site-name").suggested()])
    if finding:
        trail.note("one", [Finding(Span(0, 3), "Look.", finding, "x", "odd-word", ("One", "Two"))])
    return record_for(trail, replace(SOURCE, name=title))


def test_the_same_in_many_documents_is_one_group_and_the_worst_comes_first() -> None:
    data = data_of(page_of(site("Abc"), site("Def", Severity.MAJOR), site("Ghi", Severity.NEUTRAL)))
    names = data["names"]
    groups = [
        (section["kind"], [(names[g["title"]], g["items"]) for g in section["groups"]])
        for section in data["sections"]
    ]
    assert groups == [
        ("Odd word", [("Odd word: Def / One / Two", [2])]),
        ("Site name", [("Site name: - Daily", [0, 1, 3])]),
    ]
    assert [item["document"] for item in data["items"]] == [0, 1, 1, 2]
    assert data["documents"][1][:2] == ["/1.report.html", "Def"]


def test_what_was_decided_is_not_on_it() -> None:
    record = letter()
    (held,) = record.held
    assert {i["id"] for i in data_of(page_of(record))["items"]} == {i.id for i in record.undecided}
    assert held.id in {i.id for i in record.undecided}


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_acts(text: str) -> None:
    page = page_of(filled_with(text), filled_with(INNOCENT))
    calm = page_of(filled_with(INNOCENT), filled_with(INNOCENT))
    tags = [[(e.tag, sorted(e.attributes)) for e in one.root.all()] for one in (page, calm)]
    assert tags[0] == tags[1]
    raw = open_page([OpenDocument.of(filled_with(text), "/x")])
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]", raw)
    assert all(isinstance(name, str) for name in data_of(page)["names"])


@pytest.mark.parametrize(
    ("rule", "category", "kind"),
    [
        ("name-spelt-two-ways", "", "Name spelt two ways"),
        ("spacing.missing-space", "", "Missing space"),
        ("languagetool.MORFOLOGIK_RULE_EN_US", "", "Spelling"),
        ("languagetool.EN_A_VS_AN", "", "Grammar"),
        ("languagetool.X", "style", "Style"),
        ("", "", "No rule"),
    ],
)
def test_a_rule_is_said_in_words(rule: str, category: str, kind: str) -> None:
    assert kind_of(rule, category) == kind


def test_a_title_says_what_it_is_about() -> None:
    record = site("Def\u202e", Severity.MAJOR)
    titles = [title_of(item) for item in record.items]
    assert titles == ["Site name: - Daily", "Odd word: Def / One / Two"]
    space = Trail("One,two.")
    space.hold("one", [Fix((Edit(3, 4, ", "),), "", rule="missing-space").suggested()])
    assert [title_of(fix) for fix in record_for(space).fixes] == ["Missing space"]
