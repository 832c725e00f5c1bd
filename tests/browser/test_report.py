"""The report: everything a reviewer does with keys and mouse, as a file and on the review server."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from mtclean.documents import document
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import draft
from mtclean.pipeline.stages import decide, detect_artifacts, normalize
from mtclean.report import Navigation, Record, Row, batch_page, html_report, summary_of
from mtclean.review import read
from mtclean.text import Decision, Severity, Verdict

from .conftest import ARTICLE, AXE, OPTIONS, PRESSED_AND_READ, Open, cleaned


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
        # as a person does it: Chromium stops a page that goes on to save files by itself
        click = f"document.querySelector('[data-do={button}]').click()"
        browser = page.context.new_cdp_session(page)
        browser.send("Runtime.evaluate", {"expression": click, "userGesture": True})
    return Path(info.value.path()).read_bytes()


def exported(page: Page) -> dict[str, Decision]:
    return read(download(page, "export").decode())


def text_as_decided(page: Page) -> str:
    return download(page, "text").decode()


def stops(page: Page) -> list[str]:
    """The keys of all marks, in the order of the text."""
    return page.evaluate(
        "[...new Set([...document.querySelectorAll('[data-i]')].map(m => m.dataset.i))]"
    )


def filtered(page: Page, **chosen: str) -> None:
    """Choose in the filter and leave it."""
    press(page, "/")
    for field, value in chosen.items():
        page.locator(f"#filters [name={field}]").select_option(value)
    press(page, "Escape")


def is_open(key: str, record: Record) -> bool:
    number = int(key[1:])
    return key[0] == "s" or (
        key[0] == "f" and record.findings[number].severity is not Severity.NEUTRAL
    )


def test_it_opens_on_what_is_open_and_keys_go_over_that(show: Open) -> None:
    record = cleaned(ARTICLE)
    page = show(record)
    open_ = [key for key in stops(page) if is_open(key, record)]
    assert len(open_) >= 3
    seen = [now(page)]
    for _ in open_[1:]:
        press(page, "j")
        seen.append(now(page))
    assert seen == open_
    press(page, "j")
    assert now(page) == open_[0], "what was skipped comes again"
    press(page, "k", "k")
    assert now(page) == open_[-2]
    press(page, " ")
    assert now(page) == open_[-1]
    press(page, "Escape")
    assert now(page) == ""


def test_shift_goes_over_every_mark_and_each_has_a_card(show: Open) -> None:
    record = cleaned(ARTICLE)
    page = show(record)
    press(page, "Escape")
    seen, rules = [], set()
    for _ in stops(page):
        press(page, "J")
        seen.append(now(page))
        rules |= set(page.locator("#card .rule").all_inner_texts())
    assert seen == stops(page)
    assert rules == {item.rule for item in record.items}
    press(page, "K")
    assert now(page) == seen[-2]


def test_tab_goes_from_mark_to_mark_and_says_what_they_are(show: Open) -> None:
    record = cleaned(ARTICLE)
    page = show(record)
    page.locator("#text").focus()
    for key in stops(page)[:4]:
        press(page, "Tab")
        assert now(page) == key
        expect(page.locator(":focus")).to_have_attribute("data-i", key)
        expect(page.locator(":focus")).to_have_attribute("aria-label", re.compile(r"^\w+: \w+"))


def test_single_keys_can_be_switched_off(show: Open) -> None:
    page = show(cleaned(ARTICLE))
    first = now(page)
    press(page, "?")
    page.locator("#single").uncheck()
    press(page, "Escape")
    press(page, "j", "a", "x", "J")
    assert now(page) == first
    assert not exported(page)
    page.reload()
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    press(page, "j", "a")
    assert not exported(page), "it is remembered"
    page.locator("#card .accept").first.click()
    wait_saved(page)
    assert len(exported(page)) == 1


def test_without_single_keys_enter_leads_from_a_mark_to_its_buttons(show: Open) -> None:
    """Tab leads to the next mark, whose card takes the place: the buttons of all but the last were out of reach."""
    record = cleaned(ARTICLE)
    page = show(record)
    press(page, "?")
    page.locator("#single").uncheck()
    press(page, "Escape")
    page.locator("#text .now").first.focus()
    for left in range(len(record.asked) - 1, len(record.asked) - 3, -1):
        here = now(page)
        press(page, "Enter", "Enter")
        expect(page.locator("#progress")).to_have_text(f"{left} left")
        assert now(page) != here
        assert page.evaluate("document.activeElement.dataset.i") == now(page)


def test_titles_are_words_and_the_change_is_shown(show: Open) -> None:
    page = show(cleaned("The train stood still. It was the the first of May, and nobody knew why."))
    press(page, "J")
    expect(page.locator("#card h2")).to_have_text("Doubled word: the")
    expect(page.locator("#card .rule")).to_have_text("doubled-word")
    expect(page.locator("#card .quote del")).to_have_text("·the")


NAMES = (
    "Mr Kolovin came on Monday. Later Korovin spoke, and Korovin left. Nobody saw Korovin again."
)


def test_what_a_finding_offers_is_put_by_the_key_that_accepts(show: Open) -> None:
    for key in ("a", "1"):
        page = show(cleaned(NAMES))
        expect(page.locator("#card h2")).to_have_text("Name spelt two ways: Kolovin / Korovin")
        press(page, key)
        assert text_as_decided(page) == NAMES.replace("Kolovin", "Korovin")
        (decision,) = exported(page).values()
        assert (decision.verdict, decision.replacement) == (Verdict.ACCEPT, "Korovin")
        again = cleaned(NAMES, {decision.id: decision})
        assert again.cleaned() == NAMES.replace("Kolovin", "Korovin")
        press(page, "u")
        assert text_as_decided(page) == NAMES
        assert not exported(page)


def test_a_finding_can_be_true_and_stay_or_be_deleted(show: Open) -> None:
    page = show(cleaned(NAMES))
    press(page, "t")
    assert text_as_decided(page) == NAMES
    (decision,) = exported(page).values()
    assert (decision.verdict, decision.replacement) == (Verdict.ACCEPT, "")
    press(page, "u", "d")
    assert text_as_decided(page) == NAMES.replace("Kolovin ", " ", 1)


def test_the_key_that_says_true_says_it_of_what_offers_nothing(show: Open) -> None:
    """A finding has a button “True” or “True, leave it”, and one key for both; what is decided looks so."""
    text = "Dear __NUM0__ guests, the house is open. So is __NUM1__ now.\n"
    page = show(cleaned(text))
    first = page.locator("#text .f >> nth=0")
    before = first.evaluate("mark => getComputedStyle(mark).textDecorationStyle")
    press(page, "t")
    assert {one.verdict for one in exported(page).values()} == {Verdict.ACCEPT}
    assert text_as_decided(page) == text
    assert first.evaluate("mark => getComputedStyle(mark).textDecorationStyle") != before


def test_a_long_sentence_can_be_translated_on_the_page(
    context: BrowserContext, tmp_path: Path
) -> None:
    """It used to be pointed at, and could be called true or wrong."""
    forgotten = "The ferry leaves the harbour early in the morning, " + (
        "and whoever wants to see the old lighthouse from the water has to be there in time, " * 3
    )
    text = (
        "Die Fähre hält heute nicht an der alten Mole.\n\n"
        f"{forgotten}and should bring a coat.\n\nDanach fährt sie zurück in den Hafen der Stadt.\n"
    )
    work = draft(document("a.txt", text.encode()), replace(OPTIONS, language="de"), {})
    record = account(decide(detect_artifacts(normalize(work))))
    assert [one.rule for one in record.findings if not one.suggestions] == ["untranslated-sentence"]
    file = tmp_path / "a.report.html"
    file.write_text(html_report(record), encoding="utf-8")
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    press(page, "e")
    expect(page.locator("textarea")).to_have_value(f"{forgotten}and should bring a coat.")
    page.locator("textarea").fill("Sie fährt früh.")
    press(page, "Enter")
    put = text_as_decided(page)
    assert put.count("\n") == text.count("\n")
    assert "Sie fährt früh." in put
    again = {one.id: one for one in exported(page).values()}
    work = draft(document("a.txt", text.encode()), replace(OPTIONS, language="de"), again)
    assert account(decide(detect_artifacts(normalize(work)))).cleaned() == put


def test_the_excerpt_stays_while_one_writes(show: Open) -> None:
    page = show(cleaned(NAMES))
    press(page, "e")
    expect(page.locator("textarea")).to_be_focused()
    expect(page.locator("#card .quote")).to_contain_text("came on Monday")
    press(page, "Escape")
    expect(page.locator("#card .choices").first).to_be_visible()


def test_the_card_is_never_under_the_bar(show: Open) -> None:
    page = show(cleaned(ARTICLE + "A quiet line, and one more.\n\n" * 100 + "The the end.\n"))
    for width, height in (
        (1280, 700),
        (1000, 700),
        (1280, 380),
    ):  # one line, two, a card that is cut
        page.set_viewport_size({"width": width, "height": height})
        for _ in range(3):
            press(page, "j")
            bar = page.locator("#bar").bounding_box()
            for part in ("#card", ".now"):
                box = page.locator(part).first.bounding_box()
                assert box["y"] >= bar["y"] + bar["height"]


@pytest.mark.parametrize("size", [(390, 700), (1280, 420)])
def test_one_decides_without_going_down_in_the_card(show: Open, size: tuple[int, int]) -> None:
    """On a phone a long excerpt leaves no room for the buttons below it; they stay in sight."""
    page = show(cleaned("What they said " + "was read again and again, " * 14 + "of of all.\n"))
    page.set_viewport_size({"width": size[0], "height": size[1]})
    press(page, "j")
    for button in page.locator(".card .deciding button").all():
        expect(button).to_be_in_viewport(ratio=1)
    rooms = page.evaluate("[card.scrollHeight, card.clientHeight]")
    assert rooms[0] > rooms[1]


def test_the_steps_stand_on_the_card_of_a_phone(show: Open) -> None:
    """They used to float above a card that had little to say, over the text that is read."""
    page = show(cleaned(ARTICLE))
    page.set_viewport_size({"width": 390, "height": 844})
    for _ in range(4):
        press(page, "j")
        page.wait_for_function(
            """() => {
              const [steps, card] = [document.querySelector(".steps"), document.getElementById("card")];
              const gap = card.getBoundingClientRect().top - steps.getBoundingClientRect().bottom;
              return Math.abs(gap) < 1.5;
            }"""
        )


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
    press(page, "x", "a")
    assert [d.verdict for d in exported(page).values()].count(Verdict.REJECT) == 1
    assert len(exported(page)) == 2
    press(page, "u")
    assert [d.verdict for d in exported(page).values()] == [Verdict.REJECT]
    page.reload()
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    assert [d.verdict for d in exported(page).values()] == [Verdict.REJECT]
    press(page, "K")
    while "rejected" not in page.locator("#card .said").all_inner_texts():
        press(page, "K")
    press(page, "u")
    assert len(exported(page)) == 1, "what an earlier visit decided is not undone by accident"


def test_a_person_writes_their_own_text(show: Open) -> None:
    record = cleaned("The train was late.It came at nine.")
    page = show(record)
    press(page, "J", "e")
    expect(page.locator("textarea")).to_be_focused()
    page.locator("textarea").fill(" – ")
    press(page, "Enter")
    assert text_as_decided(page) == "The train was late. – It came at nine."
    (decision,) = exported(page).values()
    assert (decision.verdict, decision.replacement) == (Verdict.EDIT, " – ")
    again = cleaned(record.original, {decision.id: decision})
    assert again.cleaned() == "The train was late. – It came at nine."


def select(page: Page, words: str) -> None:
    """Select *words* in the text, as a mouse does; they stand in one piece of it."""
    page.evaluate(
        """words => {
          const walk = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          while (walk.nextNode() && !walk.currentNode.data.includes(words));
          const from = walk.currentNode.data.indexOf(words);
          getSelection().setBaseAndExtent(walk.currentNode, from, walk.currentNode, from + words.length);
        }""",
        words,
    )


def test_any_words_can_be_changed(show: Open) -> None:
    """Where no rule has anything to say: undone, remembered and exported like all else."""
    record = cleaned("The train was late.It came at nine. It left at nine, and nobody knew.")
    page = show(record)
    select(page, "left")
    press(page, "e")
    expect(page.locator("textarea")).to_have_value("left")
    page.locator("textarea").fill("went <b>on</b>")
    press(page, "Enter")
    wanted = record.cleaned().replace("left", "went <b>on</b>")
    assert text_as_decided(page) == wanted
    page.reload()
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    assert text_as_decided(page) == wanted
    expect(page.locator("#text b b")).to_have_count(0)


def test_words_that_were_changed_can_be_changed_back(show: Open) -> None:
    record = cleaned("The train was late.It came at nine. It left at nine, and nobody knew.")
    page = show(record)
    select(page, "nobody")
    press(page, "e")
    page.locator("textarea").fill("we all")
    press(page, "Enter")
    (decision,) = exported(page).values()
    assert decision.verdict is Verdict.WRITE
    press(page, "u")
    assert not exported(page)
    select(page, "nobody")
    press(page, "e")
    page.locator("textarea").fill("we all")
    press(page, "Enter")
    (decision,) = exported(page).values()
    again = cleaned(record.original, {decision.id: decision})
    assert again.cleaned() == record.cleaned().replace("nobody", "we all")
    press(page, "u")
    assert text_as_decided(page) == record.cleaned()
    assert not exported(page)


def test_of_equal_words_those_selected_are_changed(show: Open) -> None:
    record = cleaned("It came at nine.\n\nIt came at nine.\n\nIt came at nine. So it was.")
    page = show(record)
    select(page, "nine. So")
    press(page, "e")
    page.locator("textarea").fill("ten. So")
    press(page, "Enter")
    assert text_as_decided(page) == record.cleaned().replace("nine. So", "ten. So")


def test_words_with_a_mark_among_them_are_not_changed(show: Open) -> None:
    page = show(cleaned("The train was late.It went."))
    page.evaluate("getSelection().selectAllChildren(document.getElementById('text'))")
    page.keyboard.press("e")
    expect(page.locator("#saved")).to_have_text(re.compile("between two marks"))
    expect(page.locator("textarea")).to_have_count(0)


def test_a_comment_is_kept_and_decides_nothing(show: Open) -> None:
    record = cleaned("They came late.. Then they went home to eat.")
    page = show(record)
    left = page.locator("#progress").inner_text()
    press(page, "c")
    page.locator("textarea").fill("Is that so?")
    press(page, "Enter")
    expect(page.locator("#card .comment")).to_have_text("Is that so?")
    expect(page.locator("#progress")).to_have_text(left)
    (decision,) = exported(page).values()
    assert (decision.verdict, decision.comment) == (Verdict.COMMENT, "Is that so?")
    press(page, "a")
    (decision,) = exported(page).values()
    assert (decision.verdict, decision.comment) == (Verdict.ACCEPT, "Is that so?")


def test_a_decision_carries_a_name_where_one_is_given(
    context: BrowserContext, tmp_path: Path
) -> None:
    record = cleaned("They came late.. Then they went home to eat.")
    file = tmp_path / "sent.report.html"
    file.write_text(html_report(record), encoding="utf-8")
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    page.locator("#reader").evaluate(
        "field => { field.value = 'Ada'; field.dispatchEvent(new Event('change')); }"
    )
    press(page, "a")
    (decision,) = exported(page).values()
    assert (decision.by, decision.at[:2]) == ("Ada", "20")


def test_all_of_a_rule_at_once_and_one_undo(show: Open) -> None:
    record = cleaned(ARTICLE)
    page = show(record)
    rule = "missing-space-after-sentence"
    filtered(page, rule=rule)
    press(page, "J")
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
    filtered(page, show="suggested")
    press(page, "j")
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
    other.goto(f"{page.url.partition('#')[0]}#e-{last}")
    other.locator(".now").first.wait_for(state="attached")
    assert other.evaluate("document.querySelector('.now').id") == f"e-{last}"


def test_it_ends_and_says_so(show: Open) -> None:
    record = cleaned(ARTICLE)
    page = show(record)
    asked = len(record.asked)
    expect(page.locator("#progress")).to_have_text(f"{asked} left")
    for number in range(asked):
        press(page, "ax"[number % 2])
        left = asked - number - 1
        expect(page.locator("#progress")).to_have_text(f"{left} left" if left else "Nothing left")
    expect(page.locator("#card h2")).to_have_text("Nothing left; the text is done")
    press(page, "u")
    expect(page.locator("#progress")).to_have_text("1 left")
    expect(page.locator("#card .choices").first).to_be_visible()


def test_one_counter_is_always_true(show: Open) -> None:
    """Whatever is pressed: what is left is what was asked, less what was decided."""
    record = cleaned(ARTICLE + NAMES)
    asked = {item.id for item in record.asked}
    page = show(record)
    rng = Random(record.source.sha256)
    for number in range(60):
        press(
            page, rng.choice(["a", "x", "t", "d", "1", "u", "u", "j", "k", "J", "K", "Enter", " "])
        )
        left = page.locator("#progress").inner_text()
        if number % 10 == 9:
            decisions = exported(page)
            open_ = len(asked - decisions.keys())
            assert left == (f"{open_} left" if open_ else "Nothing left"), "it is right at once"
            expect(page.locator("#progress")).to_have_text(left)
            done = cleaned(record.original, decisions)
            assert len(done.undecided) == open_
            assert text_as_decided(page) == done.cleaned()


def test_undo_is_exact(show: Open) -> None:
    """Whatever is pressed: each step back gives the text, its marks and the counter as they were before the step."""
    record = cleaned(ARTICLE + NAMES)
    page = show(record)
    rng = Random(record.source.sha256)

    def state() -> tuple[str, list[str]]:
        """The text with its marks as they are painted, and the counter."""
        marks = page.locator("#text [data-i]").evaluate_all(
            "all => all.map(m => `${[...m.classList].filter(c => c !== 'now').sort()} ${m.textContent}`)"
        )
        return page.locator("#progress").inner_text(), marks

    before = [state()]
    for _ in range(40):
        press(page, rng.choice(["a", "x", "t", "d", "1", "2", "j", "J", "K"]))
        after = state()
        if after != before[-1]:
            before.append(after)
        if len(before) > 1 and rng.random() < 0.4:
            before.pop()
            press(page, "u")
            assert state() == before[-1]
    while len(before) > 1:
        before.pop()
        press(page, "u")
        assert state() == before[-1]


def test_a_foreign_word_stays_whole_in_a_text_from_right_to_left(
    context: BrowserContext, tmp_path: Path
) -> None:
    """The underscores of ``__NUM0__`` used to be torn off and set in two places of the line."""
    text = "عاد المركب إلى الميناء صباح الإثنين. Dear __NUM0__ أهلا بكم.\n"
    options = replace(OPTIONS, language="ar")
    work = detect_artifacts(normalize(draft(document("a.txt", text.encode()), options)))
    record = account(decide(work))
    assert [text[slice(*one.original)] for one in record.findings] == ["__NUM0__"]
    file = tmp_path / "a.report.html"
    file.write_text(html_report(record), encoding="utf-8")
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    for place in ("#text .f >> nth=0", "#card .quote mark"):
        pieces = page.locator(place).evaluate("mark => mark.getClientRects().length")
        assert pieces == 1, place


ENDS = """span => [[0, 1], [10, 11]].map(([start, end]) => {
  const range = document.createRange();
  range.setStart(span.firstChild, start);
  range.setEnd(span.firstChild, end);
  return range.getBoundingClientRect();
})"""
"""A script that says where the first and the last sign of ``{{ limit }}`` stand."""


FIRST_LETTER = """block => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    range.setStart(walker.nextNode(), 0);
    range.setEnd(walker.currentNode, 1);
    const [letter, box] = [range.getBoundingClientRect(), block.getBoundingClientRect()];
    return {left: letter.left - box.left, right: box.right - letter.right};
}"""
"""How far the first letter of a block is from its ends."""


def test_a_placeholder_stays_whole_in_a_text_from_right_to_left(
    context: BrowserContext, tmp_path: Path
) -> None:
    """Its braces used to be set in two lines the wrong way round; words around it can be changed all the same."""
    text = "هذه القيمة يجب ان تكون {{ limit }} حرف او اقل.\n"
    work = draft(document("a.txt", text.encode()), replace(OPTIONS, language="ar"), {})
    record = account(normalize(work))
    file = tmp_path / "a.html"
    file.write_text(html_report(record), encoding="utf-8")
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    placeholder = page.locator("#text [dir=ltr]")
    expect(placeholder).to_have_text("{{ limit }}")
    first, last = placeholder.evaluate(ENDS)
    assert first["left"] < last["left"]
    for width in range(380, 300, -8):  # wherever the line ends, it does not within the placeholder
        page.set_viewport_size({"width": width, "height": 700})
        assert placeholder.evaluate("span => span.getClientRects().length") == 1
        first, last = placeholder.evaluate(ENDS)
        assert first["top"] == last["top"]
    page.evaluate(
        """() => {
          const [before, , after] = document.querySelector("#text .b").childNodes;
          getSelection().setBaseAndExtent(before, before.data.indexOf("يجب"), after, " حرف".length);
        }"""
    )
    press(page, "e")
    expect(page.locator("textarea")).to_have_value("يجب ان تكون {{ limit }} حرف")
    page.locator("textarea").fill("هي {{ limit }} حرفا")
    press(page, "Enter")
    assert text_as_decided(page) == "هذه القيمة هي {{ limit }} حرفا او اقل.\n"
    press(page, "u")
    assert text_as_decided(page) == text


def test_a_placeholder_stays_whole_in_a_card_from_right_to_left(
    context: BrowserContext, tmp_path: Path
) -> None:
    text = "هذه القيمة يجب ان ان تكون {{ limit }} حرف او اقل.\n"
    work = draft(document("a.txt", text.encode()), replace(OPTIONS, language="ar"), {})
    file = tmp_path / "a.html"
    file.write_text(html_report(account(detect_artifacts(normalize(work)))), encoding="utf-8")
    page = context.new_page()
    page.goto(file.as_uri())
    press(page, "J")
    placeholder = page.locator("#card .quote .placeholder")
    expect(placeholder).to_have_text("{{ limit }}")
    for width in range(380, 250, -10):
        page.set_viewport_size({"width": width, "height": 700})
        first, last = placeholder.evaluate(ENDS)
        assert first["top"] == last["top"]
        assert first["left"] < last["left"]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Microsoft أعلنت اليوم عن النظام الجديد ,وقالت الشركة ذلك.", "right"),
        ("أعلنت Microsoft اليوم عن النظام الجديد ,وقالت الشركة ذلك.", "right"),
        ("The paper اليوم was read by all of them ,and by us.", "left"),
    ],
)
def test_a_line_runs_as_most_of_it_does(
    context: BrowserContext, tmp_path: Path, text: str, side: str
) -> None:
    """A line that begins with a name from left to right was laid out as if all of it ran so."""
    work = draft(document("a.txt", f"{text}\n".encode()), replace(OPTIONS, language="ar"), {})
    file = tmp_path / "a.html"
    file.write_text(html_report(account(detect_artifacts(normalize(work)))), encoding="utf-8")
    page = context.new_page()
    page.goto(file.as_uri())
    gaps = page.locator("#text .b").first.evaluate(FIRST_LETTER)
    assert (gaps["right"] < gaps["left"]) == (side == "right")


def test_a_title_quotes_words_in_their_own_direction(
    context: BrowserContext, tmp_path: Path
) -> None:
    """A phrase from right to left that holds a word of the other sort is not read backwards."""
    text = "הוא בא אל אל הבית הגדול, והבית היה ריק מאז.\n"
    work = draft(document("a.txt", text.encode()), replace(OPTIONS, language="he"), {})
    file = tmp_path / "a.html"
    file.write_text(html_report(account(detect_artifacts(normalize(work)))), encoding="utf-8")
    page = context.new_page()
    page.goto(file.as_uri())
    press(page, "J")
    expect(page.locator(".card h2")).to_have_text("Doubled word: אל")
    quoted = page.locator(".card h2 bdi")
    assert quoted.evaluate("words => getComputedStyle(words).unicodeBidi") == "isolate"
    assert quoted.evaluate("words => words.matches(':dir(rtl)')")


def test_undo_brings_back_all_that_was_said(show: Open) -> None:
    """A long text of one's own used to become a deletion, a comment to stay, and other people's names to go."""
    before = cleaned(ARTICLE)
    fix = next(item for item in before.items if item.rule == "doubled-stop")
    words = "the house is open again, " * 20
    at = "2026-11-26T09:30:00+00:00"
    kept = Decision(fix.id, Verdict.EDIT, fix.rule, "", words, by="Ada", at=at)
    page = show(cleaned(ARTICLE, {fix.id: kept}))
    text, said = text_as_decided(page), exported(page)
    assert words in text
    assert said[fix.id].replacement == words
    for keys in (("x",), ("a",), ("c", "Enter")):
        page.evaluate("id => { location.hash = ''; location.hash = `e-${id}`; }", fix.id)
        expect(page.locator("#card h2").first).to_contain_text("Doubled stop")
        page.keyboard.press(keys[0])
        if keys[0] == "c":
            page.locator("#card textarea").fill("So?")
        press(page, *keys[1:])
        assert exported(page)[fix.id].by == "", "who decided is who does it now"
        press(page, "u")
        assert exported(page) == said
    assert text_as_decided(page) == text


def test_what_was_chosen_stays_chosen_when_it_is_accepted_again(show: Open) -> None:
    """It is a fix by then; accepting it used to take the text away that had been chosen."""
    before = cleaned(ARTICLE + NAMES)
    finding = next(item for item in before.findings if "".join(item.suggestions[:1]))
    chosen = Decision(finding.id, Verdict.ACCEPT, finding.rule, "", finding.suggestions[0])
    after = cleaned(ARTICLE + NAMES, {finding.id: chosen})
    assert after.cleaned() != before.cleaned()
    page = show(after)
    page.evaluate("id => { location.hash = `e-${id}`; }", finding.id)
    expect(page.locator("#card [aria-pressed=true]").first).to_be_visible()
    press(page, "a")
    assert text_as_decided(page) == after.cleaned()
    assert exported(page)[finding.id].replacement == finding.suggestions[0]


def test_the_sign_is_of_the_last_decision(show: Open) -> None:
    """It used to say of a decision on its way that it was saved, since the one before was."""
    page = show(cleaned(ARTICLE))
    is_served = page.url.startswith("http")
    for _ in range(3):
        assert (page.evaluate(PRESSED_AND_READ, "x") == "Saving …") is is_served
        wait_saved(page)


def test_who_leaves_at_once_loses_nothing(context: BrowserContext, tmp_path: Path) -> None:
    """What is remembered waits for the next item to be shown; a page that was left before that forgot it."""
    record = cleaned(ARTICLE)
    file = tmp_path / "a.report.html"
    file.write_text(html_report(record), encoding="utf-8")
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    kept = f"""() => {{
        ({PRESSED_AND_READ})("x");
        window.dispatchEvent(new Event("pagehide"));
        return Object.values(localStorage).join();
    }}"""
    assert '"verdict":"reject"' in page.evaluate(kept)


def test_a_key_that_is_held_decides_once(show: Open) -> None:
    record = cleaned(ARTICLE)
    page = show(record)
    for _ in range(3):
        page.keyboard.down("x")
    page.keyboard.up("x")
    expect(page.locator("#progress")).to_have_text(f"{len(record.asked) - 1} left")
    press(page, "x")
    expect(page.locator("#progress")).to_have_text(f"{len(record.asked) - 2} left")


def test_on_paper_there_are_notes_and_a_legend(show: Open) -> None:
    page = show(cleaned(ARTICLE + NAMES))
    before = text_as_decided(page)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    notes = page.locator("#printed")
    expect(notes).to_be_visible()
    expect(notes.locator("ol")).to_contain_text("Name spelt two ways: Kolovin / Korovin “Kolovin”")
    expect(notes).to_contain_text("taken out")
    expect(notes.locator("ul").last).to_contain_text("Missing space after sentence: ")
    refs = page.locator("#text [data-ref]").evaluate_all(
        "marks => marks.map(m => m.dataset.ref).join()"
    )
    assert len(refs.replace(" ", "").split(",")) == notes.locator("ol > li").count()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("[data-ref]")).to_have_count(0)
    page.emulate_media(media="screen")
    assert text_as_decided(page) == before


def test_a_page_that_was_sent_alone_has_no_dead_link(
    context: BrowserContext, tmp_path: Path
) -> None:
    file = tmp_path / "sent.report.html"
    file.write_text(html_report(cleaned(ARTICLE), Navigation(index="index.html")), encoding="utf-8")
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    links = page.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert all(link.startswith("#") for link in links), links


def test_escape_closes_a_menu_before_it_leaves_a_mark(show: Open) -> None:
    page = show(cleaned(ARTICLE))
    here = now(page)
    page.locator("summary", has_text="More").click()
    press(page, "Escape")
    expect(page.locator(".menu[open]")).to_have_count(0)
    assert now(page) == here
    press(page, "Escape")
    assert now(page) == ""


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
    press(page, "x", "J")
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
    names = page.locator("#table tbody th bdi")
    assert names.all_inner_texts() == ["b"], "what is done is hidden"
    page.locator("#only").select_option("")
    assert names.all_inner_texts() == ["b", "a"], "the worst comes first"
    assert "it is <b>binary</b>" in page.locator(".troubles").inner_text()
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="Document").click()
    assert names.first.inner_text() == "a"
    page.locator("tbody a").first.click()
    page.wait_for_url("**/a.report.html*")
    page.locator("#progress:not(:empty)").wait_for(state="attached")  # it listens to keys now
    expect(page.locator("#elsewhere")).to_have_text("here, 1 in 1 document")
    press(page, "Enter")
    page.wait_for_url("**/b.report.html*")
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    press(page, "[")
    page.wait_for_url("**/a.report.html*")
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    press(page, "]")
    page.wait_for_url("**/b.report.html*")
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    press(page, "d")
    expect(page.locator("#card h2")).to_have_text("Nothing left; 2 documents done")
    page.goto(index.as_uri())
    expect(page.locator("#left")).to_have_text("0")
    assert names.all_inner_texts() == ["b", "a"], "what was decided in this browser counts"


def test_files_lead_on_by_themselves_where_that_is_wanted(
    context: BrowserContext, tmp_path: Path
) -> None:
    rows = []
    for name, text in {"a": "Dear __NUM0__ guests.", "b": "Dear __NUM1__ guests."}.items():
        record = cleaned(f"{text} Come in and be well.")
        (tmp_path / f"{name}.report.html").write_text(html_report(record), encoding="utf-8")
        rows.append(Row(name, f"{name}.report.html", summary_of(record)))
    (tmp_path / "index.html").write_text(batch_page(rows), encoding="utf-8")
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    page.goto((tmp_path / "a.report.html").as_uri())
    expect(page.locator(".left")).to_have_text("1 left here, 2 in 2 documents")
    page.keyboard.press("?")
    page.locator("#onward").check()
    page.keyboard.press("Escape")
    press(page, "d")
    page.wait_for_url("**/b.report.html*")
    expect(page.locator(".left")).to_have_text("1 left")
    expect(page.locator("#saved")).to_have_text("article.txt is done. Undo goes back to it.")
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url("**/a.report.html*")
    expect(page.locator(".left")).to_have_text("1 left here, 2 in 2 documents")
    assert exported(page) == {}
    press(page, "a")
    page.wait_for_url("**/b.report.html*")
    press(page, "a")
    expect(page.locator("#card h2")).to_have_text("Nothing left; 2 documents done")


def test_ten_thousand_documents_are_searched_and_turned(
    context: BrowserContext, tmp_path: Path
) -> None:
    record = cleaned("Dear __NUM0__ guests, come in.It is open.")
    open_, done = summary_of(record), replace(summary_of(record), undecided=0)
    rows = [
        Row(f"text {n:05}", f"{n}.report.html", done if n % 2 else open_) for n in range(10_000)
    ]
    index = tmp_path / "index.html"
    index.write_text(batch_page(rows), encoding="utf-8")
    page = context.new_page()
    page.goto(index.as_uri())
    lines = page.locator("#table tbody tr")
    expect(page.locator("#found")).to_have_text("5,000 of 10,000, page 1 of 50")
    assert lines.count() == 100
    page.get_by_role("button", name="Page after").click()
    expect(page.locator("#found")).to_have_text("5,000 of 10,000, page 2 of 50")
    page.locator("#find").fill("0421")
    expect(page.locator("#found")).to_have_text("5 of 10,000")
    page.locator("#only").select_option("done")
    expect(page.locator("#found")).to_have_text("6 of 10,000")


def test_an_export_names_its_document(show: Open) -> None:
    page = show(cleaned(ARTICLE))
    content = json.loads(download(page, "export"))
    assert content["document"] == "article.txt"


def test_what_is_only_to_go_goes_by_the_key_that_accepts(show: Open) -> None:
    page = show(cleaned("The house is <b>open</b> again, and many came to see it."))
    expect(page.locator("#card h2")).to_have_text("Leaked markup: <b>")
    expect(page.locator("#card .quote del")).to_have_text("<b>")
    press(page, "a", "d")
    assert text_as_decided(page) == "The house is open again, and many came to see it."


@pytest.mark.parametrize(
    ("language", "font"), [("zh", "Songti SC"), ("zh-Hant", "Songti TC"), ("ja", "Hiragino Mincho")]
)
def test_a_text_of_wide_letters_is_set_in_a_font_that_has_them(
    context: BrowserContext, tmp_path: Path, language: str, font: str
) -> None:
    """In the text and in what a card quotes of it: “ ” of a Latin font are half as wide as what they enclose."""
    text = "小船很晚才回到港口，可是那里没有人在等它。他点亮了__NUM0__灯。\n"
    work = draft(document("a.txt", text.encode()), replace(OPTIONS, language=language), {})
    file = tmp_path / "a.html"
    file.write_text(
        html_report(account(decide(detect_artifacts(normalize(work))))), encoding="utf-8"
    )
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator("#progress:not(:empty)").wait_for(state="attached")
    for place in (page.locator("#text"), page.locator("#card .quote")):
        assert font in place.evaluate("place => getComputedStyle(place).fontFamily")
        assert place.evaluate("place => place.scrollWidth <= place.clientWidth")
