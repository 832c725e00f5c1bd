"""What is decided on stands where it was put, in the frame after the key and in those that follow."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import ARTICLE, Open, cleaned
from .test_report import wait_saved

# What is not on the screen is laid out late, and a line of one word makes it lower than was thought.
FAR = "".join(
    f"Dear __NUM{n}__ guests.\n\n"
    + "".join(f"Quay {n}, house {m}.\n" for m in range(120))
    + "".join(f"Ferry {n} left house {m} in the morning. " for m in range(100))
    + "\n\n"
    for n in range(12)
)
PLACES = """async then => {
    const places = [];
    const look = () => {
        const mark = document.querySelector(".now").getBoundingClientRect();
        places.push([mark.top, mark.bottom, document.getElementById("bar").getBoundingClientRect().bottom]);
    };
    const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    then();
    for (let n = 0; n < 12; n++) { await frame(); look(); }
    return places;
}"""
"""Where the mark is at the end of each frame, after something was done."""


def pressing(key: str) -> str:
    return f"() => document.body.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true}}))"


def places(page: Page, then: str) -> list[list[float]]:
    """Top and bottom of the mark in a number of frames, and the end of the bar."""
    return page.evaluate(f"({PLACES})({then})")


def is_kept(seen: list[list[float]], height: float) -> bool:
    (top, *_), *_ = seen
    return all(abs(one - top) < 2 and one >= bar and under <= height for one, under, bar in seen)


def test_a_mark_far_away_is_in_its_place_at_once(show: Open) -> None:
    page = show(cleaned(FAR))
    for key in "aajkuu":
        seen = places(page, pressing(key))
        assert is_kept(seen, page.viewport_size["height"]), (key, seen)
    wait_saved(page)


def test_the_first_mark_is_in_its_place_from_the_start(show: Open) -> None:
    page = show(cleaned(FAR.replace("__", "") + FAR))
    assert is_kept(places(page, "() => {}"), page.viewport_size["height"])


@pytest.mark.parametrize(
    "change",
    [
        "document.getElementById('saved').textContent = 'river-talks-and-more.txt is done. Undo goes back to it. '.repeat(3)",
        "document.querySelector('.figures').open = true",
        "document.querySelector('.b').style.fontSize = '2rem'",
    ],
)
def test_it_stays_when_the_page_is_laid_out_anew(show: Open, change: str) -> None:
    page = show(cleaned(FAR))
    page.keyboard.press("j")
    seen = places(page, "() => {}") + places(page, f"() => {{ {change} }}")
    assert is_kept(seen, page.viewport_size["height"]), seen


def test_it_stays_when_the_server_makes_another_text(show: Open) -> None:
    """Somebody else decided meanwhile: what comes back is not what stood there."""
    page = show(cleaned(ARTICLE + FAR))
    if page.url.startswith("file:"):
        pytest.skip("files have no server")
    for _ in range(6):
        page.keyboard.press("j")
    other = page.context.new_page()
    other.goto(page.url.partition("#")[0])
    other.locator("#progress:not(:empty)").wait_for(state="attached")
    other.locator("[data-do=reject-all]").evaluate("button => button.click()")
    wait_saved(other)
    other.close()
    page.locator(".b").first.evaluate("block => block.classList.add('old')")
    seen = places(page, pressing("a"))
    expect(page.locator(".b.old")).to_have_count(0)
    seen += places(page, "() => {}")
    assert is_kept(seen, page.viewport_size["height"]), seen


def test_what_is_said_of_saving_moves_no_button(show: Open) -> None:
    """It came and went between them, and a long one took a line of its own."""
    page = show(cleaned(ARTICLE))
    where = (
        "[...document.querySelectorAll('#bar button')].map(one => one.getBoundingClientRect().left)"
    )
    before = page.evaluate(f"[document.getElementById('bar').offsetHeight, {where}]")
    for said in ("", "Saved", "river-talks-and-much-more.txt is done. Undo goes back to it. " * 2):
        page.evaluate("said => document.getElementById('saved').textContent = said", said)
        assert page.evaluate(f"[document.getElementById('bar').offsetHeight, {where}]") == before
        card, sign = (page.locator(part).bounding_box() for part in ("#card", "#saved"))
        assert not said or sign["y"] + sign["height"] <= card["y"] + 1


def test_who_scrolls_is_left_alone(show: Open) -> None:
    page = show(cleaned(FAR))
    page.keyboard.press("j")
    before = page.evaluate("scrollY")
    page.mouse.move(300, 400)
    page.mouse.wheel(0, 1500)
    page.wait_for_function("before => scrollY > before + 1000", arg=before)
    page.evaluate("document.querySelector('.b').before('Something new. '.repeat(90))")
    page.evaluate(PLACES.replace("then()", ""))
    assert page.evaluate("scrollY") > before + 1000
