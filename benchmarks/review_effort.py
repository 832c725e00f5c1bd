"""What a review costs a person: keys, clicks and waiting, by a scripted reader in a real Chromium.

    python benchmarks/review_effort.py TEXTS…            # cleans them, then reviews them twice
    python benchmarks/review_effort.py TEXTS… --seconds 3   # and reads each item as long
    python benchmarks/review_effort.py SET.jsonl… --most 30   # of all texts the 30 with most to decide
    python benchmarks/review_effort.py                   # the large page and the long index alone

The reader goes two ways: document by document (``a`` on what the page stands at, ``g`` where it first says
that a text is done), and by the one list of all that is open (``a`` on each group).  It looks before
each key whether what it decides on can be seen; it never scrolls.  Times are from the key to the frame
that shows the next item, Playwright's way to the browser included.

A set has an ``id`` and a ``text`` a line.  ``--most`` is the rule by which documents are chosen that make work: those
in which most is open, by the same run's own ledger, and of equal ones the first by name.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from shutil import which

from playwright.sync_api import Browser, Error, Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from mtclean.documents import document
from mtclean.pipeline.account import account
from mtclean.pipeline.folder import documents
from mtclean.pipeline.options import Options
from mtclean.pipeline.single import through_the_stages
from mtclean.report import Row, batch_page, html_report, summary_of

CLI = [sys.executable, "-m", "mtclean.cli"]
OPTIONS = Options(grammar=False, language="en")
SENTENCE = (
    "The ferry {n} left the harbour early in the morning ,as the crew had said.It was late again, "
    "and nobody on the quay could say why the lamps of house {n} were out. "
)
DOUBT = "Dear __NUM{n}__ guests, come in. "
FRAME = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


@dataclass
class Effort:
    """What one way through all documents took."""

    keys: int = 0
    clicks: int = 0
    decisions: int = 0
    unseen: int = 0
    waits: list[float] = field(default_factory=list)
    turns: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.decisions} decisions: {self.keys} keys, {self.clicks} clicks, {self.unseen} items out of sight; "
            f"{_times('decision to next item', self.waits)}; {_times('to the next document', self.turns)}"
        )


def _times(what: str, seconds: list[float]) -> str:
    if not seconds:
        return f"{what} –"
    ordered = sorted(seconds)
    worst, slow = ordered[-1], ordered[int(0.95 * (len(ordered) - 1))]
    return f"{what} {statistics.median(ordered):.3f} s (95 %: {slow:.3f}, worst {worst:.3f})"


@contextmanager
def served(output: Path) -> Iterator[str]:
    """The address a review of *output* prints."""
    command = [*CLI, "review", "--no-grammar", "--no-browser", "--output", str(output)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.send_signal(signal.SIGINT)


def opened(page: Page) -> None:
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    page.evaluate(FRAME)


def pressed(page: Page, key: str, effort: Effort) -> float:
    """Seconds from the key to the frame after."""
    began = time.perf_counter()
    page.keyboard.press(key)
    page.evaluate(FRAME)
    effort.keys += 1
    return time.perf_counter() - began


def left(page: Page) -> int:
    words = page.locator("#progress").inner_text().split()
    return 0 if words[0] == "Nothing" else int(words[0].replace(",", ""))


def look(page: Page, what: str, effort: Effort, seconds: float) -> None:
    """Count an item that cannot be seen where it stands, and read it."""
    effort.unseen += page.evaluate(
        """what => {
            const box = document.querySelector(what).getBoundingClientRect();
            const bar = document.getElementById("bar").getBoundingClientRect().bottom;
            return box.top < bar - 1 || Math.min(box.bottom, box.top + 100) > innerHeight ? 1 : 0;
        }""",
        what,
    )
    time.sleep(seconds)


def by_document(page: Page, seconds: float) -> Effort:
    """One key an item; ``g`` at the end of the first text, and from then on the last decision leads on."""
    effort = Effort()
    while True:
        opened(page)
        address = page.url.partition("#")[0]
        others = page.locator("#elsewhere").inner_text()
        here = left(page)
        while here:
            look(page, ".now", effort, seconds)
            began = time.perf_counter()
            effort.keys += 1
            page.keyboard.press("a")
            there = left_at(page, address)
            if there:
                effort.waits.append(time.perf_counter() - began)
            effort.decisions += here - there
            here = there
        if not others:
            return effort
        if not effort.turns:
            effort.keys += 1
            began = time.perf_counter()
            page.keyboard.press("g")
        page.wait_for_url(re.compile(f"^(?!{re.escape(address)})"))
        opened(page)
        effort.turns.append(time.perf_counter() - began)


def left_at(page: Page, address: str) -> int:
    """What is left on the page at *address* after the next frame; nothing where it has been left."""
    with suppress(Error):  # it goes while it is asked
        page.evaluate(FRAME)
        where, words = page.evaluate(
            "[location.href, document.getElementById('progress').innerText]"
        )
        if where.startswith(address) and words[:1].isdigit():
            return int(words.split()[0].replace(",", ""))
    return 0


def by_group(page: Page, seconds: float) -> Effort:
    """One key for all that is the same."""
    effort = Effort()
    opened(page)
    with page.expect_navigation():
        page.keyboard.press("o")
    effort.keys += 1
    opened(page)
    while here := left(page):
        look(page, ".group.here", effort, seconds)
        effort.waits.append(pressed(page, "a", effort))
        effort.decisions += here - left(page)
    page.locator("#saved").get_by_text("Saved").wait_for()
    return effort


def texts_in(given: list[Path], folder: Path) -> list[Path]:
    """The texts *given*, those of sets written into *folder*."""
    texts = [path for path in given if path.suffix != ".jsonl"]
    for path in given:
        for line in path.read_text(encoding="utf-8").splitlines() if path not in texts else ():
            member = json.loads(line)
            texts.append(folder / f"{re.sub('[^A-Za-z0-9-]', '_', member['id'])}.txt")
            texts[-1].write_text(member["text"], encoding="utf-8")
    return texts


def with_most_open(texts: list[Path], most: int, folder: Path) -> list[Path]:
    """The *most* of *texts* in which most is to be decided."""
    clean(texts, folder)
    is_open = {
        kept.source.path: kept.summary.undecided for kept in documents(folder) if kept.summary
    }
    ordered = sorted(texts, key=lambda path: (-is_open[path.resolve()], path.name))[:most]
    print(f"{len(ordered)} of {len(texts)} texts, {sum(is_open[p.resolve()] for p in ordered)} to decide")  # fmt: skip
    return ordered


def clean(texts: list[Path], output: Path) -> None:
    command = [*CLI, "run", "--no-grammar", "--output", str(output), *map(str, texts)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def reviews(browser: Browser, texts: list[Path], folder: Path, seconds: float) -> None:
    """Both ways through the texts, each from the beginning."""
    output = folder / "cleaned"
    clean(texts, output)
    for name, way in (("document by document", by_document), ("by what is the same", by_group)):
        copy = folder / name.replace(" ", "-")
        shutil.copytree(output, copy)
        with served(copy) as address:
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            page = context.new_page()
            page.goto(address)
            print(f"{name}: {way(page, seconds)}")
            context.close()


def large(browser: Browser, folder: Path) -> None:
    """Decisions on a page of 12,000 changes, as a file and on the server."""
    text = "".join(
        SENTENCE.format(n=n) + (DOUBT.format(n=n) + "\n\n" if n % 20 == 0 else "")
        for n in range(6_000)
    )
    source = folder / "large.txt"
    source.write_text(text)
    work, _ = through_the_stages(document("large.txt", text.encode()), OPTIONS, None)
    record = account(work)
    file = folder / "large.report.html"
    file.write_text(html_report(record), encoding="utf-8")
    print(
        f"{len(text):,} characters, {len(record.changes):,} changes, {len(record.undecided)} open"
    )
    output = folder / "served"
    for one in (source, source.with_name("next.txt")):
        one.write_text(text)
        command = [*CLI, "clean", str(one), "--no-grammar", "--output", str(output)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    with served(output) as address:
        for name, url in (("file", file.as_uri()), ("served", address)):
            page, effort = browser.new_page(), Effort()
            open_large(page, name, url)
            for _ in range(100):
                look(page, ".now", effort, 0)
                effort.waits.append(pressed(page, "a", effort))
            print(f"{name}: {_times('decision to next item', effort.waits)}, {effort.unseen} out of sight")  # fmt: skip
            if name == "served":
                page.keyboard.press("]")
                page.wait_for_url("**/next.txt.*")
                opened(page)
                tell_opened(page, "served, the next one")
            page.close()


def open_large(page: Page, name: str, url: str) -> None:
    """Open a page, and say what that took."""
    began = time.perf_counter()
    page.goto(url)
    opened(page)
    print(f"{name}: keys after {time.perf_counter() - began:.2f} s")
    tell_opened(page, name)


def tell_opened(page: Page, name: str) -> None:
    """Say when the text of a page was on the screen, from the moment it was asked for."""
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    print(f"{name}: text after {paint / 1000:.2f} s")


def index(browser: Browser, folder: Path) -> None:
    """The page of 10,000 documents: made, opened, searched."""
    text = SENTENCE.format(n=1) + DOUBT.format(n=2)
    work, _ = through_the_stages(document("text.txt", text.encode()), OPTIONS, None)
    summary = summary_of(account(work))
    rows = [
        Row(f"page {n:05}.txt", f"page {n:05}.txt.report.html", replace(summary, undecided=n % 3))
        for n in range(10_000)
    ]
    began = time.perf_counter()
    file = folder / "index.html"
    file.write_text(batch_page(rows), encoding="utf-8")
    made = time.perf_counter() - began
    page = browser.new_page()
    began = time.perf_counter()
    page.goto(file.as_uri())
    page.locator("#found:not(:empty)").wait_for(state="attached")
    shown = time.perf_counter() - began
    began = time.perf_counter()
    page.locator("#find").fill("0421")
    page.evaluate(FRAME)
    print(
        f"index of {len(rows):,} documents, {file.stat().st_size / 1e6:.1f} MB: made in {made:.2f} s, "
        f"shown in {shown:.2f} s, searched in {time.perf_counter() - began:.2f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=0.0, help="for which an item is read")
    parser.add_argument("--most", type=int, help="only that many texts: those with most open")
    arguments = parser.parse_args()
    print(f"load {os.getloadavg()}, {os.cpu_count()} cores")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = which("chromium") or which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if arguments.texts:
            sets = Path(folder, "sets")
            sets.mkdir()
            texts = texts_in(arguments.texts, sets)
            if arguments.most:
                texts = with_most_open(texts, arguments.most, Path(folder, "all"))
            reviews(browser, texts, Path(folder), arguments.seconds)
        else:
            large(browser, Path(folder))
            index(browser, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
