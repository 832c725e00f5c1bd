"""A real Chromium, Debian's, and pages of a real run in it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import astuple
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from mtclean.documents import Input, document
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import draft
from mtclean.pipeline.folder import decisions_file
from mtclean.pipeline.options import Options
from mtclean.pipeline.single import clean_into
from mtclean.pipeline.stages import decide, detect_artifacts, normalize
from mtclean.report import Record, html_report
from mtclean.report.record import FixRecord, Item
from mtclean.review import write
from mtclean.text import Decision, Note
from mtclean.web.reviewer import Reviewer
from mtclean.web.server import application
from tests.patience import PATIENCE

ARTICLE = (
    "The Council met on Monday in the old hall.It spoke about the the dams on the river. "
    "”We waited for a year,” said Mr. Testov.Nobody had asked him ,as far as we know.\n\n"
    "Dear __NUM0__ guests, the house is open again.. It was shut <b>long</b> & often.Many came.\n"
)
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
OPTIONS = Options(grammar=False, language="en")


def cleaned(text: str, decisions: dict[str, Decision] | None = None) -> Record:
    work = draft(document("article.txt", text.encode()), OPTIONS, decisions or {})
    return account(decide(detect_artifacts(normalize(work))))


@pytest.fixture(scope="package")  # Playwright's event loop must be gone when others start theirs
def browser() -> Iterator[Browser]:
    """Chromium; on CI it is a failure that there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if found is None and not os.environ.get("CI"):
        pytest.skip("no Chromium on the path: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        expect.set_options(timeout=1000 * PATIENCE)
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that remembers nothing, and fails the test where a script does or a request is made."""
    made = browser.new_context(accept_downloads=True)
    made.set_default_timeout(1000 * PATIENCE)
    wrong: list[str] = []
    made.on("weberror", lambda error: wrong.append(str(error.error)))
    made.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    made.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    yield made
    made.close()
    assert not wrong, wrong


PRESSED_AND_READ = """key => {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    return document.getElementById("saved").textContent;
}"""
"""A script that presses a key, and reads the sign of saving before anything else can happen."""

Open = Callable[[Record], Page]


@pytest.fixture(params=["file", "server"])
def show(request: pytest.FixtureRequest, context: BrowserContext, tmp_path: Path) -> Iterator[Open]:
    """Opens the report of a record: as a file, and from a review server that saves what is decided."""
    with ExitStack() as stack:

        def opened(record: Record) -> Page:
            if request.param == "file":
                file = tmp_path / "article.txt.report.html"
                file.write_text(html_report(record), encoding="utf-8")
                address = file.as_uri()
            else:
                address = stack.enter_context(_served(record, tmp_path))
            page = context.new_page()
            page.goto(address)
            page.locator("#progress:not(:empty)").wait_for(state="attached")
            return page

        yield opened


def _kept(item: Item) -> Decision:
    """The decision on *item*, as it is in the file of decisions."""
    assert item.decision
    place = item.place if isinstance(item, FixRecord) else None
    note = astuple(item.note or Note())
    return Decision(item.id, item.decision, item.rule, "", item.replacement, False, *note, place)


@contextmanager
def _served(record: Record, folder: Path) -> Iterator[str]:
    """The address of the record's report on a real server, which cleans the same text anew."""
    source = folder / "article.txt"
    source.write_bytes(record.original.encode())
    output = folder / "out"
    output.mkdir(exist_ok=True)
    made = [_kept(item) for item in record.items if item.decision]
    decisions_file(output, "article.txt").write_text(write("article.txt", made))
    clean_into(output, Input(source, "article.txt"), OPTIONS, None)
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        host = f"127.0.0.1:{door.getsockname()[1]}"
        reviewer = Reviewer(output, lambda: OPTIONS, None, lambda made: "")
        app = application(reviewer, host, "token")
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        yield f"http://{host}/article.txt.report.html?token=token"
        server.should_exit = True
        thread.join()
