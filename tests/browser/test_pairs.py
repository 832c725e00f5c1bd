"""The source stands beside the target in the card and in the list, both places lit, each in its own direction."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from mtclean.documents import Document, beside, document, read
from mtclean.pipeline.account import account
from mtclean.pipeline.options import Options
from mtclean.pipeline.single import through_the_stages
from mtclean.report import Record, html_report
from mtclean.report.open_items import OpenDocument, open_page

from .conftest import AXE, OPTIONS

HEBREW = "המעבורת יוצאת מרציף 12.\nהיא כחולה.\n"
ENGLISH = "The ferry leaves from pier 21.\nIt is blue .\n"


def compared() -> Record:
    both: Document = beside(
        document("a.en.txt", ENGLISH.encode()),
        document("a.he.txt", HEBREW.encode()),
        ("he", "en"),
    )
    return account(through_the_stages(both, OPTIONS, None)[0])


XLIFF = """<xliff version="1.2"><file original="a" source-language="en" target-language="de"><body>
<trans-unit id="price"><source>It costs <x id="2"/>12 euros.</source><target>Es kostet  <x id="2"/>12 Euro.</target></trans-unit>
<trans-unit id="a&lt;b"><source>Dear <g id="1">guests</g>, we are 120 people.</source><target>Liebe <g id="1">Gäste</g>, wir sind 210 Personen.</target></trans-unit>
</body></file></xliff>"""


def translated(folder: Path) -> Record:
    file = folder / "a.xlf"
    file.write_text(XLIFF)
    return account(through_the_stages(read(file, "a.xlf"), Options(grammar=False), None)[0])


def opened(context: BrowserContext, file: Path, page: str) -> Page:
    file.write_text(page, encoding="utf-8")
    shown = context.new_page()
    shown.goto(file.as_uri())
    return shown


def direction(line: Locator) -> str:
    return str(line.evaluate("line => getComputedStyle(line).direction"))


def test_the_card_has_both(context: BrowserContext, tmp_path: Path) -> None:
    page = opened(context, tmp_path / "a.html", html_report(compared()))
    page.locator("[data-i]", has_text="21").first.click()
    source, target = page.locator(".card .quote.source"), page.locator(".card .quote:not(.source)")
    expect(source.locator("mark")).to_have_text("12")
    expect(target.locator("del")).to_have_text("21")
    assert (direction(source), direction(target)) == ("rtl", "ltr")
    page.locator("[data-i]").last.click()
    expect(source).to_contain_text("כחולה")
    expect(source.locator("mark")).to_have_count(0)
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()


def test_segments_are_named_and_tags_are_seen(context: BrowserContext, tmp_path: Path) -> None:
    """Labels stand in the margin and tags in the text, without being text."""
    page = opened(context, tmp_path / "a.html", html_report(translated(tmp_path)))
    marks = page.locator("#text .seg, #text .tagged").evaluate_all(
        "marks => marks.map(m => m.dataset.l)"
    )
    assert marks == [
        "unit 1 (price)",
        '<x id="2"/>',
        "unit 2 (a<b)",
        '<g id="1">',
        "</g>",
    ]
    seen = page.locator("#text [data-c=fffc]")
    assert seen.evaluate_all("marks => marks.map(m => m.getClientRects().length)") == [0]
    assert page.locator("#text").inner_text().count("unit") == 0
    card = page.locator(".card")
    expect(card.locator("ins")).to_have_text("120")
    page.keyboard.press("a")
    expect(page.locator("#progress")).to_have_text("Nothing left")
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()


def test_the_card_shows_tags_and_ends_at_the_segment(
    context: BrowserContext, tmp_path: Path
) -> None:
    """A tag is one in the card, too, and nothing of the next segment is in it."""
    page = opened(context, tmp_path / "a.html", html_report(translated(tmp_path)))
    target, source = page.locator(".card .quote:not(.source)"), page.locator(".card .quote.source")
    expect(target).to_have_text('Liebe <g id="1">Gäste</g>, wir sind 210120 Personen.')
    expect(target.locator(".chip")).to_have_text(['<g id="1">', "</g>"])
    page.keyboard.press("K")
    expect(target).to_have_text('Es kostet ·<x id="2"/>12 Euro.')
    expect(target.locator(".chip")).to_have_text(['<x id="2"/>'])
    expect(source.locator(".chip")).to_have_text(["tag"])
    assert "U+FFFC" not in page.locator(".card").inner_text()


def test_the_list_has_what_was_compared(context: BrowserContext, tmp_path: Path) -> None:
    page = opened(
        context, tmp_path / "open.html", open_page([OpenDocument.of(compared(), "a.html")])
    )
    source = page.locator(".group .quote.source")
    expect(source.locator("mark")).to_have_text("12")
    assert direction(source) == "rtl"
    assert direction(page.locator(".group .quote:not(.source)")) == "ltr"
