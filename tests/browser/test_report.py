"""The report: everything a reviewer does with keys and mouse, as a file and on the review server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from mtclean.report import Row, batch_page, html_report, summary_of
from mtclean.review import read
from mtclean.text import Decision, Verdict

from .conftest import ARTICLE, Open, cleaned

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
    wait_saved(page)


def wait_saved(page: Page) -> None:
    """Until the server, where there is one, has taken what was decided and the page shows it."""
    expect(page.locator("#saved")).not_to_have_text("Saving …")


def now(page: Page) -> str:
    """The key of the mark the page stands at."""
    return page.evaluate("document.querySelector('.now')?.dataset.i ?? ''")


def download(page: Page, button: str) -> bytes:
    wait_saved(page)
    with page.expect_download() as info:
        page.locator(f"[data-do={button}]").first.evaluate("button => button.click()")
    return Path(info.value.path()).read_bytes()


def exported(page: Page) -> dict[str, Decision]:
    return read(download(page, "export").decode())


def text_as_decided(page: Page) -> str:
    return download(page, "text").decode()


def test_keys_go_from_mark_to_mark(show: Open) -> None:
    page = show(cleaned(ARTICLE))
    press(page, "j")
    first = now(page)
    press(page, "j")
    second = now(page)
    assert first
    assert second not in ("", first)
    press(page, "k")
    assert now(page) == first
    press(page, " ")
    assert now(page) == second
    press(page, "Escape")
    assert now(page) == ""


def test_every_stop_has_a_card_that_says_which_rule_and_why(show: Open) -> None:
    record = cleaned(ARTICLE)
    page = show(record)
    rules = set()
    for _ in page.evaluate(
        "[...new Set([...document.querySelectorAll('[data-i]')].map(m => m.dataset.i))]"
    ):
        press(page, "j")
        rules |= set(page.locator("#card h3").all_inner_texts())
    assert rules == {item.rule for item in (*record.fixes, *record.findings)}


def test_reject_all_gives_the_original(show: Open) -> None:
    page = show(cleaned(ARTICLE))
    page.locator("[data-do=reject-all]").evaluate("button => button.click()")
    assert text_as_decided(page) == ARTICLE
    decisions = exported(page)
    assert cleaned(ARTICLE, decisions).cleaned() == ARTICLE


def test_accept_all_gives_the_full_cleaned_text(show: Open) -> None:
    page = show(cleaned(ARTICLE))
    page.locator("[data-do=accept-all]").evaluate("button => button.click()")
    full = cleaned(ARTICLE, exported(page))
    assert not full.held
    assert text_as_decided(page) == full.cleaned()


def test_without_decisions_the_text_is_the_cleaned_one(show: Open) -> None:
    record = cleaned(ARTICLE)
    assert text_as_decided(show(record)) == record.cleaned()


def test_what_the_views_show_is_their_text(show: Open) -> None:
    record = cleaned("The train was late.It came at nine.. Nobody had waited.")
    page = show(record)
    seen = {}
    for view in ("original", "cleaned"):
        page.locator(f"[data-show={view}]").click()
        seen[view] = page.locator("#text").inner_text()
    assert seen == {"original": record.original, "cleaned": record.cleaned()}
    page.locator("[data-show=side]").click()
    sides = page.locator("#text > .b")
    expect(sides.nth(0)).to_have_text(record.original, use_inner_text=True)
    expect(sides.nth(1)).to_have_text(record.cleaned(), use_inner_text=True)
    boxes = [sides.nth(i).bounding_box() for i in (0, 1)]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] < boxes[1]["x"]


def test_a_decision_is_made_by_key_undone_and_remembered(show: Open) -> None:
    page = show(cleaned(ARTICLE))
    press(page, "j", "x", "a")
    assert [d.verdict for d in exported(page).values()].count(Verdict.REJECT) == 1
    assert len(exported(page)) == 2
    press(page, "u")
    assert [d.verdict for d in exported(page).values()] == [Verdict.REJECT]
    page.reload()
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    assert [d.verdict for d in exported(page).values()] == [Verdict.REJECT]
    press(page, "k")
    expect(page.locator("#card .said")).to_have_text("rejected")
    press(page, "u")
    assert len(exported(page)) == 1, "what an earlier visit decided is not undone by accident"


def test_a_person_writes_their_own_text(show: Open) -> None:
    record = cleaned("The train was late.It came at nine.")
    page = show(record)
    press(page, "j", "e")
    expect(page.locator("textarea")).to_be_focused()
    page.locator("textarea").fill(" – ")
    press(page, "Enter")
    assert text_as_decided(page) == "The train was late. – It came at nine."
    (decision,) = exported(page).values()
    assert (decision.verdict, decision.replacement) == (Verdict.EDIT, " – ")
    again = cleaned(record.original, {decision.id: decision})
    assert again.cleaned() == "The train was late. – It came at nine."


def test_all_of_a_rule_at_once_and_one_undo(show: Open) -> None:
    record = cleaned(ARTICLE)
    page = show(record)
    rule = "missing-space-after-sentence"
    page.locator("#filters [name=show]").focus()
    page.locator("#filters [name=rule]").select_option(rule)
    press(page, "Escape", "j")
    page.locator("#card .same summary").first.click()
    page.get_by_role("button", name="Reject: all").first.click()
    decided = exported(page)
    of_rule = {fix.id for fix in record.fixes if fix.rule == rule}
    assert set(decided) == of_rule
    assert len(of_rule) > 2
    press(page, "Escape", "u")
    assert not exported(page)


def test_reject_and_remember_asks_for_the_rule_to_be_switched_off(
    show: Open, tmp_path: Path
) -> None:
    page = show(cleaned(ARTICLE))
    press(page, "j")
    page.locator("#card .same summary").first.click()
    page.get_by_role("button", name="Reject and remember").first.click()
    decided = exported(page)
    assert decided
    saved = tmp_path / "out" / "article.txt.decisions.json"
    if saved.exists():  # the server has done it, and what it kept says that it was asked
        decided = read(saved.read_text())
    assert all(decision.remember for decision in decided.values())


def test_filters_are_kept_in_the_address(show: Open) -> None:
    record = cleaned(ARTICLE)
    page = show(record)
    press(page, "/")
    expect(page.locator("#filters [name=show]")).to_be_focused()
    page.locator("#filters [name=show]").select_option("suggested")
    press(page, "Escape", "j")
    assert now(page).startswith("s")
    address = page.url
    assert "show=suggested" in address
    assert "#e-" in address
    other = page.context.new_page()
    other.goto(address)
    other.locator(".now").first.wait_for(state="attached")
    assert now(other) == now(page)
    assert other.locator("#filters [name=show]").input_value() == "suggested"
    other.locator("#clear").click()
    assert "show=" not in other.url


def test_a_permalink_opens_its_change(show: Open, context: BrowserContext) -> None:
    record = cleaned(ARTICLE)
    page = show(record)
    last = record.applied[-1].id
    other = context.new_page()
    other.goto(f"{page.url}#e-{last}")
    other.locator(".now").first.wait_for(state="attached")
    assert other.evaluate("document.querySelector('.now').id") == f"e-{last}"


def test_progress_counts_what_is_to_be_decided(show: Open) -> None:
    record = cleaned(ARTICLE)
    page = show(record)
    asked = len(record.asked)
    expect(page.locator("#progress")).to_have_text(f"0 of {asked} decided")
    page.locator("#filters [name=show]").focus()
    page.locator("#filters [name=show]").select_option("undecided")
    press(page, "Escape")
    for _ in range(asked):
        press(page, "j" if not now(page) else "Shift", "a")
    expect(page.locator("#progress")).to_have_text(f"{asked} of {asked} decided")


def test_help_lists_the_keys(show: Open) -> None:
    page = show(cleaned(ARTICLE))
    press(page, "?")
    expect(page.locator("#keys")).to_be_visible()
    press(page, "Escape")
    expect(page.locator("#keys")).not_to_be_visible()


def test_the_scroll_marks_lead_to_their_place(show: Open) -> None:
    record = cleaned(ARTICLE + "A quiet line, and one more.\n\n" * 300 + "The end.It came.\n")
    page = show(record)
    assert page.locator("#map rect").count() >= 2
    page.locator("#map").click(
        position={"x": 4, "y": page.locator("#map").bounding_box()["height"] - 2}
    )
    assert now(page) == f"c{len(record.changes) - 1}"


def test_decisions_of_the_record_are_shown(show: Open) -> None:
    record = cleaned(ARTICLE)
    fix = record.applied[0]
    again = cleaned(ARTICLE, {fix.id: Decision(fix.id, Verdict.REJECT, fix.rule)})
    page = show(again)
    assert text_as_decided(page) == again.cleaned()
    assert set(exported(page)) == {fix.id}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible(show: Open, scheme: str, width: int) -> None:
    page = show(cleaned(ARTICLE))
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    press(page, "j", "x", "j")
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    press(page, "?")
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()


BAITS = [
    "<script>document.title='ran'</script>",
    "</script><script>document.title='ran'</script>",
    "<img src=x onerror=\"document.title='ran'\">",
    "\"><svg onload=\"document.title='ran'\">",
    "<iframe srcdoc=\"<script>parent.document.title='ran'</script>\">",
    "<a href=javascript:alert(1)>a.b</a> <base href=//example.org>",
    "<link rel=stylesheet href=//example.org/x.css><meta http-equiv=refresh content=0;url=//example.org>",
    "\u202egnp.exe \x1b[31m \u2066",
]  # fmt: skip


@pytest.mark.parametrize("bait", BAITS)
def test_nothing_of_the_document_runs_or_loads(
    context: BrowserContext, tmp_path: Path, bait: str
) -> None:
    """Wherever a text can come from: the document, its name, and a decision."""
    text = f"He said {bait}.And then {bait} ,too.. The the end.\n" * 3
    work = cleaned(text)
    decisions = {
        item.id: Decision(item.id, Verdict.EDIT, item.rule, bait, bait)
        for item in [*work.fixes[:2], *work.findings[:2]]
    }
    decisions["0" * 12] = Decision("0" * 12, Verdict.REJECT, bait, bait)
    record = cleaned(text, decisions)
    requests: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: requests.append(request.url))
    file = tmp_path / "x.report.html"
    file.write_text(html_report(record), encoding="utf-8")
    page.goto(file.as_uri())
    press(page, "j", "a", "j", "x", "j", "e", "Escape", "v", "v", "v", "v")
    page.locator("[data-do=accept-all]").evaluate("button => button.click()")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    assert "ran" not in page.title()
    assert page.url.startswith("file:")
    assert requests == [file.as_uri()]


def test_documents_are_stepped_through_in_the_order_of_the_index(
    context: BrowserContext, tmp_path: Path
) -> None:
    rows = []
    for name, text in {
        "a": "All is well here.",
        "b": "Dear __NUM0__ guests, come in.It is open.",
    }.items():
        record = cleaned(text)
        (tmp_path / f"{name}.report.html").write_text(html_report(record), encoding="utf-8")
        rows.append(Row(name, f"{name}.report.html", summary_of(record)))
    rows.append(Row("c<b>", status="failed", message="it is <b>binary</b>"))
    index = tmp_path / "index.html"
    index.write_text(batch_page(rows), encoding="utf-8")
    page = context.new_page()
    page.goto(index.as_uri())
    names = page.locator("tbody th bdi")
    assert names.first.inner_text() == "b", "the worst comes first"
    assert "it is <b>binary</b>" in page.locator(".troubles").inner_text()
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="Document").click()
    assert names.first.inner_text() == "a"
    page.locator("tbody a").first.click()
    page.wait_for_url("**/a.report.html*")
    page.locator("#progress:not(:empty)").wait_for(state="attached")  # it listens to keys now
    press(page, "]")
    page.wait_for_url("**/b.report.html*")
    press(page, "[")
    page.wait_for_url("**/a.report.html*")


def test_an_export_names_its_document(show: Open) -> None:
    page = show(cleaned(ARTICLE))
    content = json.loads(download(page, "export"))
    assert content["document"] == "article.txt"
