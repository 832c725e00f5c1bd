"""A real Chromium, Debian's, and pages of a real run in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from flows.stages import Options, account, detect, draft, normalise
from tasks.documents import document
from tasks.report import Record, html_report
from tasks.text import Decision

ARTICLE = (
    "The Council met on Monday in the old hall.It spoke about the the dams on the river. "
    "”We waited for a year,” said Mr. Testov.Nobody had asked him ,as far as we know.\n\n"
    "Dear __NUM0__ guests, the house is open again.. It was shut <b>long</b> & often.Many came.\n"
)
OPTIONS = Options(grammar=False, language="en")


def cleaned(text: str, decisions: dict[str, Decision] | None = None) -> Record:
    work = draft(document("article", text.encode()), OPTIONS, decisions or {})
    return account(detect(normalise(work)))


@pytest.fixture(scope="package")  # Playwright's event loop must be gone when others start theirs
def browser() -> Iterator[Browser]:
    """Chromium; on CI it is a failure that there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if found is None and not os.environ.get("CI"):
        pytest.skip("no Chromium on the path: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that remembers nothing, and fails the test where a script does or a request is made."""
    made = browser.new_context(accept_downloads=True)
    wrong: list[str] = []
    made.on("weberror", lambda error: wrong.append(str(error.error)))
    made.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    made.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    yield made
    made.close()
    assert not wrong


Open = Callable[[Record], Page]


@pytest.fixture
def show(context: BrowserContext, tmp_path: Path) -> Open:
    """Opens the report of a record as a file."""

    def opened(record: Record) -> Page:
        file = tmp_path / "article.report.html"
        file.write_text(html_report(record), encoding="utf-8")
        page = context.new_page()
        page.goto(file.as_uri())
        page.wait_for_function("document.getElementById('progress').textContent !== ''")
        return page

    return opened
