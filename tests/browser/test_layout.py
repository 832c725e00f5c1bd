"""What has headings, lists and tables in its file has them on the page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext

from mtclean.documents import read
from mtclean.pipeline.account import account
from mtclean.pipeline.single import through_the_stages
from mtclean.report import html_report

from .conftest import OPTIONS
from .test_report import text_as_decided

LISTED = """# The ferry

| Day | What one has to know | Price |
| --- | --- | --- |
| Monday | The boat waits for the the train from town. | 12 |
ROWS
1. First one pays.
2. Then one goes on board ,and waits.

   That takes a while.
""".replace(
    "ROWS",
    "".join(
        f"| Day {n} | No boat leaves when there is ice on the river. | {n} |\n" for n in range(30)
    ),
)


def test_lists_and_tables_are_laid_out_as_in_their_file(
    context: BrowserContext, tmp_path: Path
) -> None:
    """A row is a line, an item has its mark, a heading is one; the text is what it was for all that."""
    source = tmp_path / "a.md"
    source.write_text(LISTED)
    record = account(through_the_stages(read(source, "a.md"), OPTIONS, None)[0])
    file = tmp_path / "a.html"
    file.write_text(html_report(record), encoding="utf-8")
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator("[data-show=cleaned]").click()
    lines = [line for line in page.locator("#text").inner_text().splitlines() if line]
    assert lines == [
        "The ferry",
        "Day What one has to know Price",
        "Monday The boat waits for the train from town. 12",
        *[f"Day {day} No boat leaves when there is ice on the river. {day}" for day in range(30)],
        "First one pays.",
        "Then one goes on board, and waits.",
        "That takes a while.",
    ]
    marks = page.locator("#text .item").evaluate_all("marks => marks.map(m => m.dataset.l)")
    assert marks == ["1.", "2."]
    bold = page.locator("#text .heading").evaluate(
        "heading => getComputedStyle(heading).fontWeight"
    )
    assert bold == "600"
    assert text_as_decided(page) == record.cleaned()
    page.locator("[data-do=reject-all]").evaluate("button => button.click()")
    assert text_as_decided(page) == record.original


TABLE = """| | Spring | Autumn | What is said of it |
| --- | --- | --- | --- |
| Monday | ten | 12 | The boat waits for the the train. |
| Friday | | nine | Nobody comes, and nobody goes. |
"""
LEFT_OF = """word => {
    const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(word);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + word.length);
        return range.getBoundingClientRect().left;
    }
}"""


def test_columns_stand_under_one_another(context: BrowserContext, tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text(TABLE)
    record = account(through_the_stages(read(source, "a.md"), OPTIONS, None)[0])
    file = tmp_path / "a.html"
    file.write_text(html_report(record), encoding="utf-8")
    page = context.new_page()
    page.goto(file.as_uri())
    for column in (("ten",), ("Autumn", "12", "nine"), ("What", "The boat", "Nobody")):
        lefts = [page.evaluate(LEFT_OF, word) for word in column]
        assert max(lefts) - min(lefts) < 1, (column, lefts)
    spring, ten = (page.evaluate(LEFT_OF, word) for word in ("Spring", "ten"))
    assert (
        abs(spring - ten) < 12
    )  # its first cell is a sign alone, without the margin of a line's end
    assert text_as_decided(page) == record.cleaned()
