"""The report in a real Chromium: how fast a large one is, and whether anything in one can act.

    python benchmarks/page.py                 # 1 MB on one line with thousands of changes
    python benchmarks/page.py CLEANED         # every page of an output folder, as file and served

Times are of this machine, in seconds; the load is printed beside them.  For the second form clean a
folder of hostile files first; what counts is that there is no request but for the page itself, no
dialog, no window, no script error and no navigation.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from shutil import which
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Dialog, Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from mtclean.documents import document
from mtclean.pipeline.account import account
from mtclean.pipeline.options import Options
from mtclean.pipeline.single import through_the_stages
from mtclean.report import html_report

SENTENCE = "The ferry {n} left the harbour early in the morning ,as the crew had said.It was late again, and nobody on the quay could say why the lamps of house {n} were out. "
OPTIONS = Options(grammar=False, language="en")


def large(browser: Browser, folder: Path) -> None:
    """First paint, and the time of a hundred steps, of a page with 5,800 changes and more."""
    text = "".join(SENTENCE.format(n=n) for n in range(5800))[:1_000_000] + "\n"
    work, _ = through_the_stages(document("large", text.encode()), OPTIONS, None)
    record = account(work)
    file = folder / "large.report.html"
    file.write_text(html_report(record), encoding="utf-8")
    size = file.stat().st_size / 1e6
    print(f"{len(text):,} characters on one line, {len(record.changes):,} changes: {size:.1f} MB")
    paints, steps = [], []
    for _ in range(5):
        page = browser.new_page()
        page.goto(file.as_uri())
        paints.append(
            page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        )
        page.keyboard.press("J")  # reads the data, once
        steps += [step(page) for _ in range(40)]
        page.close()
    paint = statistics.median(paints) / 1000
    print(f"first paint {paint:.2f} s (median of {len(paints)}, worst {max(paints) / 1000:.2f})")
    slow = statistics.quantiles(steps, n=20)[-1]
    print(
        f"J: {statistics.median(steps):.3f} s, 95th percentile {slow:.3f}, worst {max(steps):.3f}"
    )


def step(page: Page) -> float:
    """Seconds from the key to the next frame, playwright's own way to the browser included."""
    began = time.perf_counter()
    page.keyboard.press("J")
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    return time.perf_counter() - began


class Watch:
    """Counts what a page must not do."""

    def __init__(self, page: Page, own: str) -> None:
        self.seen: Counter[str] = Counter()
        self.own = own
        page.on("request", lambda request: self._request(request.url))
        page.on("dialog", self._dismiss)
        page.on("popup", lambda _: self._count("windows"))
        page.on("pageerror", lambda _: self._count("script errors"))

    def _dismiss(self, dialog: Dialog) -> None:
        self._count("dialogs")
        dialog.dismiss()

    def _count(self, what: str) -> None:
        self.seen[what] += 1

    def _request(self, url: str) -> None:
        if url.split("#")[0] != self.own:
            self._count("requests")


def pages(browser: Browser, folder: Path) -> None:
    """Open every page of *folder*, go over it with keys, and count what it must not do."""
    reports = sorted(folder.rglob("*.report.html"), key=os.fsencode)
    command = [sys.executable, "-m", "mtclean.cli", "review", "--no-grammar", "--no-browser"]
    server = subprocess.Popen(
        [*command, "--output", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    address = server.stdout.readline().strip()
    base = f"http://{urlsplit(address).netloc}/"
    context = browser.new_context()
    context.new_page().goto(address)
    total: Counter[str] = Counter()
    for report in [*reports, folder / "index.html"]:
        path = quote(os.fsencode(report.relative_to(folder)))
        for url in (f"file://{quote(os.fsencode(report.resolve()))}", base + path):
            page = context.new_page()
            watch = Watch(page, url)
            answer = page.goto(url)
            if answer is not None and answer.status >= 400:
                total[f"answer {answer.status}"] += 1
                print(answer.status, path, page.inner_text("body")[:100])
            for key in ("J", "e", "Escape", "v", "v", "v", "v", "?", "Escape"):
                page.keyboard.press(key)
            if page.url.split("#")[0] != url:
                watch.seen["navigations"] += 1
            if watch.seen:
                print(path, dict(watch.seen))
            total["pages"] += 1
            total += watch.seen
            page.close()
    server.send_signal(signal.SIGINT)
    server.wait(20)
    print(dict(total), "and nothing else")


def main() -> None:
    with sync_playwright() as playwright:
        chromium = which("chromium") or which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if len(sys.argv) > 1:
            pages(browser, Path(sys.argv[1]))
        else:
            with tempfile.TemporaryDirectory() as folder:
                print(f"load {os.getloadavg()}, {os.cpu_count()} cores")
                large(browser, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
