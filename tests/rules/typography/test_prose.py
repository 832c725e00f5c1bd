"""Normalisation over real prose: our own pages and samples, as they are and as a scraper leaves them."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtclean.rules.typography import RULES
from mtclean.rules.typography.quotes import quote_without_partner
from mtclean.text import Dash, Marks, Passage, Quotes, Style, Trail, settle
from mtclean.text.style import AS_FOUND

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "docs" / "config.md", ROOT / "LICENSE"]
_CODE = re.compile(r"(?ms:^```.*?^```)|(?m:^ {4}.*$|^\|.*$|^#.*$|^[-*] )|(?m:^> .*$)")
_INLINE = re.compile(r"`[^`]*`|<[^>]*>|\[[^\]]*\]\([^)]*\)")


def paragraphs() -> list[str]:
    """Paragraphs of prose without the code between them, each on one line."""
    blocks = (
        block
        for page in PAGES
        for block in re.split(r"\n\s*\n", _CODE.sub("", page.read_text("utf-8")))
    )
    prose = [" ".join(_INLINE.sub("this", block).split()) for block in blocks]
    return [text for text in prose if len(text) > 120 and "  " not in text]


PROSE = paragraphs()


def clean(text: str, style: Style = AS_FOUND) -> str:
    trail = Trail(text)
    settle(trail, "normalize", RULES, lambda now: Passage(now, style=style))
    return trail.text


def scraped(text: str, seed: int) -> str:
    """*text* with spaces lost, doubled and moved and quotation marks turned, as chance has it."""
    chance = random.Random(seed)
    turned = {"“": "”", "”": "“", "‘": "’", '"': "”"}

    def harm(match: re.Match[str]) -> str:
        found = match.group()
        if chance.random() < 0.7:
            return found
        if found in turned:
            return turned[found]
        return chance.choice([found.strip(), found + " ", " " + found.strip()])

    return re.sub(r"[.,!?;:)] |[“”‘\"]", harm, text)


def test_there_is_prose() -> None:
    assert len(PROSE) > 60


@pytest.mark.parametrize("text", PROSE, ids=range(len(PROSE)))
def test_clean_prose_stays(text: str) -> None:
    assert clean(text) == text


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PROSE), st.integers(0, 10_000))
def test_cleaning_scraped_prose_twice_is_cleaning_it_once(text: str, seed: int) -> None:
    once = clean(scraped(text, seed))
    assert clean(once) == once


HOUSES = [
    Style(quotes=Quotes.CURLY, marks=marks, dash=dash)
    for marks in Marks
    for dash in (Dash.SPACED, Dash.CLOSED)
]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PROSE), st.integers(0, 10_000), st.sampled_from(HOUSES))
def test_a_house_style_is_reached_in_one_cleaning(text: str, seed: int, house: Style) -> None:
    once = clean(scraped(text, seed), house)
    assert clean(once, house) == once


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (Marks.US, "“He said ‘never’,” she wrote—and it’s true."),
        (Marks.UK, "‘He said “never”,’ she wrote—and it’s true."),
        (Marks.GERMAN, "„He said ‚never‘,“ she wrote—and it’s true."),
        (Marks.FRENCH, "«\u00a0He said “never”,\u00a0» she wrote—and it’s true."),
        (Marks.SWISS, "«He said ‹never›,» she wrote—and it’s true."),
    ],
)
def test_each_country_gets_its_marks(marks: Marks, expected: str) -> None:
    for before in ("“He said ‘never’,” she wrote—and it’s true.", expected):
        assert clean(before, Style(marks=marks)) == expected


@pytest.mark.parametrize(
    "text", ["„Das ist ‚gut‘“, sagte er. „Ja.“", "« C’est cher », dit-il. « Oui. »"]
)
def test_other_printers_marks_are_left_in_peace(text: str) -> None:
    assert clean(text) == text


LETTER = """\
The council met on Monday and said, “We will build the new bridge over the
river before the winter comes, and
nobody will have to pay for it.” The mayor, who had asked for the same thing a
year before, called it “the best of all the
plans” and left the hall.
"""


def test_a_row_of_signs_keeps_its_straight_marks() -> None:
    text = "The “old” and the “new” keys. The row !\"#$%&'() stands on “them”."
    assert clean(text) == text


def test_quotations_go_on_over_the_lines_of_a_text_broken_at_a_margin() -> None:
    trail = Trail(LETTER)
    settle(trail, "normalize", RULES, Passage)
    assert trail.text == LETTER
    assert not trail.findings
    assert not trail.held
    assert clean(LETTER.replace("“the best", "”the best")) == LETTER


def test_a_text_of_one_paragraph_to_a_line_is_read_line_by_line() -> None:
    lines = "He spoke of the “second stage of it all, and then he left the old hall.\nNobody spoke of the third stage” after that.\n"
    trail = Trail(lines)
    settle(trail, "normalize", RULES, Passage)
    assert [trail.text[f.item.span.start] for f in trail.findings] == ["“", "”"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ta", "ஆ.ப.ஜெ.கலாம் வந்தார். அவர் நல்லவர்."),
        ("sv", "”Ja”, sade han. ”Det är ’bra’.” Han gick."),
        ("fi", "”Kyllä”, hän sanoi. ”Ei.” Hän lähti."),
        ("de", "„Er kam, und das war alles.\n„Dann ging er“, sagte sie.\nUnd fort war er.“"),
        ("fr", "« Bonjour ! » dit-il. « Ça va ? » Oui : très bien ; merci."),
        ("es", "—¿Qué dices? —preguntó Ana—. ¡No puede ser! El n.º 5 y el art. 3.o siguen."),
        ("zh", "他说：“你好，世界！”然后走了。《红楼梦》是一部小说……他在北京，上海等地工作。"),
        ("ja", "「こんにちは」と彼は言った。『本』を読む。２０２０年、東京で。"),
        ("ru", "«Да», — сказал он. — Нет! — Почему? Это было в 1990 г. и т. д."),
        ("hi", 'उसने “हाँ” कहा। उसने “ना” कहा। फिर "शायद" कहा, और "कल" भी।\nवह “आज” आया।'),
    ],
)
def test_other_languages_keep_their_marks_and_spaces(language: str, text: str) -> None:
    trail = Trail(text)
    settle(trail, "normalize", RULES, lambda now: Passage(now, language=language))
    assert trail.text == text
    assert not trail.held


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "C’est fini.Il est parti.", "C’est fini. Il est parti."),
        ("ru", "Он пришёл.Она ушла.", "Он пришёл. Она ушла."),
        ("de", "Er kam.Sie ging fort.", "Er kam. Sie ging fort."),
        ("it", 'Disse “sì” e “no”. Poi "forse".', "Disse “sì” e “no”. Poi “forse”."),
    ],
)
def test_faults_are_mended_in_other_languages(language: str, text: str, expected: str) -> None:
    trail = Trail(text)
    settle(trail, "normalize", RULES, lambda now: Passage(now, language=language))
    assert trail.text == expected


@pytest.mark.parametrize(("halves", "said"), [(2, 2), (12, 0)])
def test_a_printer_who_closes_no_speech_is_asked_nothing(halves: int, said: int) -> None:
    """Of a few marks the partner is lost; of many it is the text's manner."""
    text = (
        "«Il mare è calmo», disse.\n" * 6
        + "«Il mare è calmo, disse lei, e partì.\nPoi venne sera.\n" * halves
    )
    assert len([*quote_without_partner.run(Passage(text, language="it"))]) == said
