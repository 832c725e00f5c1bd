"""`mtclean review` for real: its process, its address, its pages in a browser, and who is let in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from mtclean.documents import Input
from mtclean.pipeline.options import Options
from mtclean.pipeline.single import clean_into
from mtclean.review import read
from mtclean.text import Decision, Verdict
from tests.conftest import ROOT
from tests.patience import PATIENCE

from .conftest import ARTICLE, AXE, PRESSED_AND_READ

CLI = [sys.executable, "-m", "mtclean.cli"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, cleaned."""
    (tmp_path / "article.txt").write_text(ARTICLE)
    (tmp_path / "été #2.txt").write_text("All is well here.It is.\n")
    for name in ("article.txt", "été #2.txt"):
        command = [*CLI, "clean", str(tmp_path / name), "--no-grammar", "-o", str(tmp_path / "out")]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return tmp_path


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    """Where the review of the folder is, token and all."""
    with served(folder / "out") as address:
        yield address


def base_of(address: str) -> str:
    """The address of the page of all documents."""
    return f"http://{urlsplit(address).netloc}/"


@contextmanager
def served(output: Path, *more: str) -> Iterator[str]:
    """A review of an output folder; stopped as one stops it, with Ctrl-C."""
    command = [*CLI, "review", "--no-grammar", "--no-browser", "--output", str(output), *more]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:  # fmt: skip
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.send_signal(signal.SIGINT)
            _, err = server.communicate(timeout=PATIENCE)
        assert server.returncode == 0
        assert "decisions saved" in err
        assert "Traceback" not in err


def opened(context: BrowserContext, address: str, name: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.get_by_role("link", name="All documents").click()
    page.locator("#only").select_option("")
    page.get_by_role("link", name=name).click()
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    return page


def opened_list(context: BrowserContext, address: str) -> Page:
    """The list of all that is open in :func:`pages`, four things in three documents."""
    page = context.new_page()
    page.goto(address)
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    page.keyboard.press("o")
    shown_left(page, "4 left in 3 documents")
    return page


def first_change(page: Page) -> None:
    """Go to the first mark of the text, decided or not."""
    page.keyboard.press("Escape")
    page.keyboard.press("J")


def wait_saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_text("Saved")


def test_decisions_save_themselves_and_the_text_follows(
    context: BrowserContext, address: str, folder: Path
) -> None:
    text = folder / "out" / "article.txt"
    assert "hall. It" in text.read_text()
    page = opened(context, address, "article.txt")
    first_change(page)
    page.keyboard.press("x")
    wait_saved(page)
    assert "hall.It" in text.read_text()
    decisions = read((folder / "out" / "article.txt.decisions.json").read_text())
    assert [decision.verdict for decision in decisions.values()] == [Verdict.REJECT]
    page.keyboard.press("u")
    wait_saved(page)
    assert "hall. It" in text.read_text()
    page.reload()
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    assert "token" not in page.url


SIGNS_SINCE = """() => {
    globalThis.signs = [];
    const sign = document.getElementById("saved");
    new MutationObserver(() => signs.push(sign.textContent)).observe(sign, { childList: true, subtree: true });
}"""


def test_saved_is_said_of_the_last_decision(
    context: BrowserContext, address: str, folder: Path
) -> None:
    """From the key on, and although an earlier decision is answered meanwhile."""
    page = opened(context, address, "article.txt")
    first_change(page)
    page.keyboard.press("x")
    wait_saved(page)
    page.evaluate(SIGNS_SINCE)
    held: list[Route] = []
    page.route("**/article.txt.report.html?shown*", lambda route: held.append(route), times=1)
    with page.expect_request(lambda sent: sent.method == "PUT"):
        assert page.evaluate(PRESSED_AND_READ, "a") == "Saving …"
    assert page.evaluate(PRESSED_AND_READ, "x") == "Saving …"
    held[0].continue_()
    wait_saved(page)
    kept = read((folder / "out" / "article.txt.decisions.json").read_text())
    assert len(kept) == 3
    assert page.evaluate("signs.filter(words => words === 'Saved').length") == 1


def test_what_is_open_everywhere_is_said_to_be_saved_of_the_last_decision(
    context: BrowserContext, pages: Path
) -> None:
    with served(pages / "out") as address:
        page = opened_list(context, address)
        page.keyboard.press("a")
        wait_saved(page)
        assert page.evaluate(PRESSED_AND_READ, "a") == "Saving …"
        wait_saved(page)


def test_all_rejected_is_the_original_byte_for_byte(
    context: BrowserContext, address: str, folder: Path
) -> None:
    page = opened(context, address, "article.txt")
    page.locator("[data-do=reject-all]").evaluate("button => button.click()")
    wait_saved(page)
    assert (folder / "out" / "article.txt").read_bytes() == (folder / "article.txt").read_bytes()
    page.locator("[data-do=accept-all]").evaluate("button => button.click()")
    wait_saved(page)  # of the second: from the click on "Saved" of the first is gone
    assert "the the" not in (folder / "out" / "article.txt").read_text()


def test_a_rule_is_switched_off_from_its_card_after_it_was_shown(
    context: BrowserContext, folder: Path
) -> None:
    """What was decided before is kept; the settings are written when one has seen what that changes."""
    config = folder / "mtclean.toml"
    config.write_text("# ours\n")
    with served(folder / "out", "--config", str(config)) as address:
        page = opened(context, address, "article.txt")
        first_change(page)
        page.keyboard.press("c")
        page.locator("#card textarea").fill("Not in our house.")
        page.keyboard.press("Enter")
        page.locator("#card .same summary").first.click()
        page.get_by_role("button", name="Never again").first.click()
        expect(page.locator("#what")).to_contain_text("would change")
        assert config.read_text() == "# ours\n"
        page.locator("#write").click()
        expect(page.locator("#undo")).to_be_visible()
    assert config.read_text().startswith("# ours\n")
    assert 'missing-space-after-sentence = "off"' in config.read_text()
    assert "hall.It" in (folder / "out" / "article.txt").read_text()
    said = read((folder / "out" / "article.txt.decisions.json").read_text())
    assert [one.comment for one in said.values()] == ["Not in our house."]


def test_documents_follow_one_another(context: BrowserContext, address: str) -> None:
    page = opened(context, address, "article.txt")
    page.keyboard.press("]")
    page.wait_for_url("**/%C3%A9t%C3%A9%20%232.txt.report.html*")
    expect(page.locator("h1")).to_have_text("été #2.txt")
    page.get_by_role("link", name="All documents").click()
    expect(page.locator("h1")).to_have_text("2 documents")


def test_nobody_else_is_let_in(address: str, folder: Path) -> None:
    parts = urlsplit(address)
    base, host = f"http://{parts.netloc}", parts.netloc
    token = parts.query.removeprefix("token=")
    report = f"{base}/article.txt.report.html"
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        assert client.get(report).status_code == 403
        assert client.get(f"{base}/?token=wrong").status_code == 403
        assert client.get(address, headers={"Host": "evil.example:80"}).status_code == 421
        answer = client.get(address)
        assert answer.status_code == 303
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert token not in answer.headers["location"]
        assert client.get(report).status_code == 200
        assert client.get(report, headers={"Host": "evil.example:80"}).status_code == 421
        assert client.put(report, json={}).status_code == 403, "no origin"
        assert (
            client.put(report, json={}, headers={"Origin": "http://evil.example"}).status_code
            == 403
        )
        origin = {"Origin": f"http://{host}"}
        assert client.put(report, json={}, headers=origin).status_code == 200
        assert client.put(report, content="[", headers=origin).status_code == 422
        assert client.put(report, json={"x": {"id": "../../x"}}, headers=origin).status_code == 422
        for path in ("../article.txt", "%2e%2e/article.txt", "article.txt", ".mtclean.sqlite"):
            assert client.get(f"{base}/{path}").status_code == 404
    assert not (folder / "out" / "article.txt.decisions.json").read_text().count("verdict")


def test_a_lost_original_is_said_and_the_decision_kept(
    browser: Browser, address: str, folder: Path
) -> None:
    context = browser.new_context()  # its console is to say that the request failed
    page = opened(context, address, "article.txt")
    (folder / "article.txt").unlink()
    page.keyboard.press("x")
    expect(page.locator("#saved")).to_contain_text("Not saved: the file is no longer there")
    assert "reject" in (folder / "out" / "article.txt.decisions.json").read_text()
    context.close()


def test_any_name_a_file_can_have_is_served(tmp_path: Path) -> None:
    """A line's end, and bytes that are no Unicode; the rerun and the review find them again."""
    names = [b"bad\xff.txt", b"new\nline.txt", b"<b>&'.txt"]
    for name in names:
        file = tmp_path / os.fsdecode(name)
        file.write_text("It was shut.It is.")
        command = [*CLI, "clean", str(file), "--no-grammar", "-o", str(tmp_path / "out")]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with (
        served(tmp_path / "out") as address,
        httpx.Client(trust_env=False, timeout=PATIENCE) as client,
    ):
        client.get(address)
        base = base_of(address)
        for name in names:
            report = base + quote(name + b".report.html")
            origin = {"Origin": base.removesuffix("/")}
            assert client.get(report).status_code == 200
            assert client.put(report, json={}, headers=origin).status_code == 200
        index = client.get(base).text
        assert "<b>&" not in index
        assert index.count(".report.html") == 2 * len(names), "in the table, and for its script"


def test_two_servers_lose_nothing(folder: Path) -> None:
    """Each answers "saved" only for what is in the file, and stays, for itself and the other."""
    with (
        served(folder / "out") as first,
        served(folder / "out") as second,
        ThreadPoolExecutor(2) as pool,
    ):
        answers = list(pool.map(_decide_in_turn, (first, second), ("a", "b")))
    saved = {id for answer in answers for id in answer}
    assert len(saved) == 16
    assert read((folder / "out" / "article.txt.decisions.json").read_text()).keys() == saved


def _decide_in_turn(address: str, letter: str) -> list[str]:
    """The ids of the decisions that were answered to be saved."""
    base = base_of(address)
    saved = []
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        client.get(address)
        for n in range(8):
            id = f"{letter}{n:011x}"
            made = {id: {"id": id, "verdict": "reject", "rule": "doubled-word"}}
            origin = {"Origin": base.removesuffix("/")}
            answer = client.put(base + "article.txt.report.html", json=made, headers=origin)
            saved += [id] if answer.status_code == 200 else []
    return saved


def test_what_is_no_decision_is_refused_and_the_document_stays(address: str) -> None:
    base = base_of(address)
    page, origin = base + "article.txt.report.html", {"Origin": base.removesuffix("/")}
    good = {"id": "0" * 12, "verdict": "edit", "rule": "doubled-word"}
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        client.get(address)
        for bad in ({"\ud800": 1}, {"verdict": {}}, {"replacement": []}, {"remember": "yes"}):
            content = json.dumps({"0" * 12: {**good, **bad}})
            assert client.put(page, content=content, headers=origin).status_code == 422
        deep = "[" * 100_000
        assert client.put(page, content=deep, headers=origin).status_code == 422
        for field in ("rule", "about", "replacement"):
            for value in (
                "\ud800",
                "a\x00b",
                "x" * (10_000_000 if field != "replacement" else 100_000),
            ):
                content = json.dumps({"0" * 12: {**good, field: value}})
                assert client.put(page, content=content, headers=origin).status_code == 200
                assert client.get(page).status_code == 200
        assert client.put(page, json={"0" * 12: None}, headers=origin).status_code == 200


def test_a_body_of_no_said_length_is_cut_off(address: str, folder: Path) -> None:
    """Chunked, it says nowhere how long it will be."""
    base = base_of(address)
    chunks = (b" " * 1_000_000 for _ in range(40))
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        client.get(address)
        try:
            answer = client.put(
                base + "article.txt.report.html",
                content=chunks,
                headers={"Origin": base.removesuffix("/")},
            )
            assert answer.status_code == 413
        except (httpx.WriteError, httpx.ReadError):
            pass  # it hung up on us
        small = client.put(
            base + "article.txt.report.html",
            content=iter([b"{", b"}"]),
            headers={"Origin": base.removesuffix("/")},
        )
        assert small.status_code == 200


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Four documents of one site, three with its line in the title and one with nothing to decide."""
    for number in range(4):
        title = f"Ferry {number} is late again" + " - Harbour Daily" * bool(number)
        doubt = "Dear __NUM0__ guests, come in. " if number == 2 else ""
        text = (
            f"{title}\n\n{doubt}It left the quay number {number} in the morning. Nobody saw it.\n"
        )
        (tmp_path / f"page{number}.txt").write_text(text)
        command = [*CLI, "clean", str(tmp_path / f"page{number}.txt"), "--no-grammar"]
        subprocess.run(
            [*command, "-o", str(tmp_path / "out")], cwd=ROOT, check=True, capture_output=True
        )
    return tmp_path


def shown_left(page: Page, text: str) -> None:
    expect(page.locator(".left")).to_have_text(text)


def begun(context: BrowserContext, address: str) -> Page:
    """The review of *pages* with all decided that the first text asks."""
    page = context.new_page()
    page.goto(address)
    shown_left(page, "2 left here, 4 in 3 documents")
    expect(page.locator("h1")).to_have_text("page2.txt")
    page.keyboard.press("a")
    page.keyboard.press("d")
    return page


def test_a_review_begins_and_goes_on_where_something_is_open(
    context: BrowserContext, pages: Path
) -> None:
    """One key a decision, Enter between documents, and the counter is true on every page."""
    with served(pages / "out") as address:
        page = begun(context, address)
        shown_left(page, "Nothing left here, 2 in 2 documents")
        page.keyboard.press("Enter")  # before the text was done again
        for left in ("1 left here, 2 in 2 documents", "1 left"):
            shown_left(page, left)
            page.keyboard.press("a")
            page.keyboard.press("Enter")
        shown_left(page, "Nothing left")
        expect(page.locator("#card h2")).to_have_text("Nothing left; 4 documents done")
        expect(page.locator("#card")).to_contain_text("out")
        page.get_by_role("link", name="All documents").click()
        expect(page.locator("#left")).to_have_text("0")
    for number in range(4):
        text = (pages / "out" / f"page{number}.txt").read_text()
        assert "Daily" not in text
        assert "__NUM0__" not in text


def test_who_asks_for_it_is_led_on_and_can_take_that_back(
    context: BrowserContext, pages: Path
) -> None:
    """After ``g`` no key lies between two texts, and what led on is undone where it led to."""
    with served(pages / "out") as address:
        page = begun(context, address)
        expect(page.locator("#card")).to_contain_text("From now on by itself")
        page.keyboard.press("g")
        shown_left(page, "1 left here, 2 in 2 documents")
        expect(page.locator("#saved")).to_be_empty()
        page.keyboard.press("x")
        shown_left(page, "1 left")
        expect(page.locator("#saved")).to_have_text("page1.txt is done. Undo goes back to it.")
        page.keyboard.press("u")
        shown_left(page, "1 left here, 2 in 2 documents")
        wait_saved(page)
        expect(page.locator("#card .choices").first).to_be_visible()
        kept = (pages / "out" / "page1.txt.decisions.json").read_text()
        assert not any(one.decides for one in read(kept).values())
        page.keyboard.press("a")
        shown_left(page, "1 left")
        page.keyboard.press("g")
        expect(page.locator("#saved")).to_have_text("Texts stay until you go on.")
        page.keyboard.press("a")
        shown_left(page, "Nothing left")
        expect(page.locator("#card h2")).to_have_text("Nothing left; 4 documents done")
        wait_saved(page)
    assert "Daily" not in (pages / "out" / "page1.txt").read_text()


def test_the_filter_goes_from_document_to_document(context: BrowserContext, pages: Path) -> None:
    with served(pages / "out") as address:
        page = context.new_page()
        page.goto(f"{base_of(address)}page3.txt.report.html?{urlsplit(address).query}")
        page.locator("#progress:not(:empty)").wait_for(state="attached")
        page.keyboard.press("/")
        page.locator("#filters [name=rule]").select_option("site-name-in-title")
        page.keyboard.press("Escape")
        page.keyboard.press("a")
        page.keyboard.press("Enter")
        page.wait_for_url("**/page2.txt.report.html*")
        page.locator("#progress:not(:empty)").wait_for(state="attached")
        assert page.locator("#filters [name=rule]").input_value() == "site-name-in-title"
        expect(page.locator("#card h2")).to_contain_text("Site name in title")
        page.keyboard.press("a")
        expect(page.locator("#card h2")).to_have_text("Nothing more here by this filter")
        wait_saved(page)


def test_what_is_open_in_all_documents_is_decided_in_one_list(
    context: BrowserContext, pages: Path
) -> None:
    with served(pages / "out") as address:
        page = opened_list(context, address)
        groups = page.locator(".group:visible")
        assert groups.locator("h3").all_inner_texts() == [
            "Leaked placeholder: __NUM0__",
            "Site name in title: - Harbour Daily 3 times",
        ]
        found = Axe().run(page, options=AXE)
        assert found.violations_count == 0, found.generate_report()
        page.locator("#find").fill("ferry")
        assert groups.count() == 0
        page.locator("#find").fill("harbour")
        assert groups.count() == 1
        page.locator("#find").fill("")
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        page.keyboard.press("a")
        shown_left(page, "1 left in 1 document")
        page.keyboard.press("u")
        shown_left(page, "4 left in 3 documents")
        page.keyboard.press("a")
        page.keyboard.press("d")
        shown_left(page, "Nothing left")
        expect(page.locator("#saved")).to_have_text("Saved")
        page.get_by_role("link", name="All documents").click()
        expect(page.locator("#left")).to_have_text("0")
    for number in range(4):  # the texts were made before the review ended
        text = (pages / "out" / f"page{number}.txt").read_text()
        assert text.startswith(f"Ferry {number} is late again\n")
        assert "__NUM0__" not in text


def test_a_comment_stays_with_what_is_decided_in_the_list(
    context: BrowserContext, pages: Path
) -> None:
    """Undo there brings the comment back alone, with who made it."""
    with served(pages / "out", "--as", "Ada") as address:
        page = context.new_page()
        page.goto(address)
        shown_left(page, "2 left here, 4 in 3 documents")
        page.keyboard.press("c")
        page.locator("#card textarea").fill("Is it one?")
        page.keyboard.press("Enter")
        wait_saved(page)
        file = pages / "out" / "page2.txt.decisions.json"
        before = read(file.read_text())
        page.keyboard.press("o")
        shown_left(page, "4 left in 3 documents")
        page.keyboard.press("a")
        page.keyboard.press("a")
        shown_left(page, "Nothing left")
        wait_saved(page)
        assert "Is it one?" in {one.comment for one in read(file.read_text()).values()}
        page.keyboard.press("u")
        page.keyboard.press("u")
        shown_left(page, "4 left in 3 documents")
        wait_saved(page)
        assert read(file.read_text()) == before


def test_decisions_on_several_documents_are_kept_or_none_is(pages: Path) -> None:
    with (
        served(pages / "out") as address,
        httpx.Client(trust_env=False, timeout=PATIENCE) as client,
    ):
        client.get(address)
        base = base_of(address)
        origin = {"Origin": base.removesuffix("/")}
        made = {"0" * 12: {"id": "0" * 12, "verdict": "reject", "rule": "doubled-word"}}
        there = "/page1.txt.report.html"
        for bad in (
            {there: made, "/no.report.html": made},
            {there: {"1" * 12: made["0" * 12]}},
            {there: 7},
            7,
        ):
            assert client.put(base + "open", json=bad, headers=origin).status_code in (404, 422)
            assert not (pages / "out" / "page1.txt.decisions.json").exists()
        assert client.put(base + "open", json={there: made}).status_code == 403
        assert client.put(base + "open", json={there: made}, headers=origin).status_code == 200
        assert read((pages / "out" / "page1.txt.decisions.json").read_text()).keys() == made.keys()


def settled(page: Page, summary: str, way: str, shown: str) -> None:
    """Choose *way* in the list of what is open, see what it would change, and let it hold."""
    group = page.locator("details", has=page.get_by_text(summary)).locator("visible=true").last
    group.locator("summary").click()
    group.get_by_role("link", name=way).click()
    expect(page.locator("#what")).to_contain_text(shown)
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    page.locator("#write").click()
    expect(page.locator("#undo")).to_be_visible()


def test_a_house_settles_for_good_what_it_has_seen(context: BrowserContext, pages: Path) -> None:
    """A rule off or always made, words never touched: written to its settings, which stay as they are otherwise, and undone."""
    config = pages / "mtclean.toml"
    config.write_text("# ours\n")
    with served(pages / "out", "--config", str(config)) as address:
        page = context.new_page()
        page.goto(address)
        page.goto(base_of(address) + "open")
        shown_left(page, "4 left in 3 documents")
        settled(
            page,
            "This rule for good",
            "Never again",
            "0 places of the text would change, and 3 open items",
        )
        assert config.read_text() == '# ours\n\n[rules]\nsite-name-in-title = "off"\n'
        page.get_by_role("link", name="All that is open").click()
        shown_left(page, "1 left in 1 document")
        page.go_back()
        page.locator("#write").wait_for()  # it is another page now
        page.goto(base_of(address) + "open")
        shown_left(page, "1 left in 1 document")
        settled(page, "These words for good", "Never touch “__NUM0__”", "1 open item ")
        page.locator("#undo").click()
        expect(page.locator("#saved")).to_contain_text("as it was")
        assert config.read_text() == '# ours\n\n[rules]\nsite-name-in-title = "off"\n'
        page.get_by_role("link", name="All that is open").click()
        shown_left(page, "1 left in 1 document")
    assert "Daily" in (pages / "out" / "page1.txt").read_text()


def test_what_a_rule_suggests_is_always_made(context: BrowserContext, pages: Path) -> None:
    config = pages / "mtclean.toml"
    config.write_text("")
    with served(pages / "out", "--config", str(config)) as address:
        page = context.new_page()
        page.goto(address)
        page.goto(base_of(address) + "open")
        settled(
            page,
            "This rule for good",
            "Always: make",
            "3 places of the text would change, and 3 open items",
        )
        assert config.read_text() == '[rules]\nsite-name-in-title = "safe"\n'
        page.get_by_role("link", name="All that is open").click()
        shown_left(page, "1 left in 1 document")
    for number in range(4):
        assert "Daily" not in (pages / "out" / f"page{number}.txt").read_text()


def test_settings_that_may_not_be_written_say_what_to_write(pages: Path) -> None:
    config = pages / "mtclean.toml"
    config.write_text("[rules\n")
    good = pages / "good.toml"
    good.write_text("")
    with served(pages / "out", "--config", str(good)) as address, httpx.Client(trust_env=False, timeout=PATIENCE) as client:  # fmt: skip
        client.get(address)
        house, origin = base_of(address) + "house", {"Origin": base_of(address).removesuffix("/")}
        good.write_text("[rules]\nnothing = 1\n")
        assert (
            client.get(house, params={"standing": "never", "words": "Kolovin"}).status_code == 409
        )
        good.write_text("")
        for bad in (
            {"standing": "never"},
            {"standing": "often", "words": "x"},
            {"standing": "never", "rule": "no-such-rule"},
            {"standing": "always", "words": "art", "instead": "the art"},
            {"standing": "never", "words": "a\nb"},
            {"standing": "never", "words": 7},
            {"undo": True},
            7,
        ):
            assert client.put(house, json=bad, headers=origin).status_code in (409, 422), bad
            assert good.read_text() == ""
        wanted = {"standing": "always", "words": "quay", "instead": "pier"}
        assert client.put(house, json=wanted).status_code == 403, "no origin"
        assert "suggested each time" in client.get(house, params=wanted).text
        assert client.put(house, json=wanted, headers=origin).status_code == 200
        good.write_text(good.read_text() + "# mine\n")
        answer = client.put(house, json={"undo": True}, headers=origin)
        assert (answer.status_code, "was changed since" in answer.text) == (409, True)
        assert good.read_text().endswith("# mine\n")


@pytest.mark.parametrize("presses", [1, 2])
def test_ctrl_c_while_a_text_follows_what_was_decided(presses: int, tmp_path: Path) -> None:
    """It is waited for, unless Ctrl-C is pressed again; what was decided is kept either way, and nothing else is said."""
    text, out = tmp_path / "long.txt", tmp_path / "out"
    text.write_text("The train was late.It came at nine, and then it left.\n\n" * 1500)
    clean_into(out, Input(text, "long.txt"), Options(grammar=False, language="en"), None)
    fix = json.loads((out / "long.txt.edits.json").read_text())["fixes"][0]
    decision = Decision(fix["id"], Verdict.REJECT, fix["rule"]).as_object()
    command = [*CLI, "review", "--no-grammar", "--no-browser", "--output", str(out)]
    with (
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server,
        httpx.Client(trust_env=False, timeout=PATIENCE) as client,
        ThreadPoolExecutor(1) as pool,
    ):  # fmt: skip
        address = server.stdout.readline().strip()
        client.get(address)
        saying = pool.submit(
            client.put,
            base_of(address) + "long.txt.report.html",
            json={fix["id"]: decision},
            headers={"Origin": base_of(address).rstrip("/")},
        )
        while not (out / "long.txt.decisions.json").exists():
            assert not saying.done(), saying.result().text
        assert "reviewing" in server.stderr.readline()
        server.send_signal(signal.SIGINT)
        assert "Ctrl-C again" in server.stderr.readline()
        if presses > 1:
            server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=PATIENCE)
        assert (server.returncode, said.count("\n")) == (0, 1), said
        assert "decisions saved" in said
        if presses == 1:
            assert saying.result().status_code == 200
        else:
            wait([saying])
