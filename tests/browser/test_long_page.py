"""A page whose text and data are packed, as those with very many marks are: here each, from its second block on."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from mtclean.report import html, html_report
from tests.browser.conftest import ARTICLE, Open, cleaned

LONG = ARTICLE * 12


@pytest.fixture(autouse=True)
def packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "_MOST_MARKS", 0)
    monkeypatch.setattr(html, "_FIRST", 1)


def test_it_becomes_the_page_it_would_have_been(
    show: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = cleaned(LONG)
    page = show(record)
    assert page.locator("[data-packed]").count() == 0
    text, data = (
        page.evaluate(f"document.getElementById('{id}').textContent") for id in ("text", "data")
    )
    marks = page.locator("#text [data-i]").count()
    monkeypatch.setattr(html, "_MOST_MARKS", 20_000)
    plain = show(record)
    assert plain.locator("#text [data-i]").count() == marks > len(record.changes)
    assert plain.evaluate("document.getElementById('text').textContent") == text
    assert plain.evaluate("document.getElementById('data').textContent") == data


def test_what_is_decided_shows_in_the_text(show: Open) -> None:
    """On a server the answer is such a page again."""
    page = show(cleaned(LONG))
    left = page.locator("#progress").inner_text()
    page.keyboard.press("x")
    expect(page.locator("#progress")).not_to_have_text(left)
    if page.evaluate("document.documentElement.dataset.save"):
        expect(page.locator("#saved")).not_to_have_text("Saving …")
    page.keyboard.press("u")
    expect(page.locator("#progress")).to_have_text(left)
    assert page.locator("[data-packed]").count() == 0


def test_without_scripts_it_begins_and_says_that_it_goes_on(
    context: BrowserContext, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("page") / "a.html"
    file.write_text(html_report(cleaned(LONG)), encoding="utf-8")
    assert context.browser
    plain = context.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(file.as_uri())
    expect(page.locator("#text .b")).to_have_count(1)
    assert "needs scripts" in page.content()
    plain.close()
