"""Of the lines around an article only the page's are shown."""

import pytest

from mtclean.rules.artifacts.page_lines import speaks_for_page
from mtclean.rules.artifacts.residue import scrape_residue
from mtclean.text import Passage

ARTICLE = "\n\n".join(
    f"It rained for {days} in the south, and the river rose higher than the people of the town can remember, said the mayor."
    for days in ("a day", "two days", "a week", "a month")
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Share\n\n7 May 2019\n\nThe mayor of the town\n\n{ARTICLE}", {"Share"}),
        (
            f"{ARTICLE}\n\nShare this article\n\nHarbour and quay\n\nLeave a comment\n\n{ARTICLE[:99]}.",
            {"Share this article", "Harbour and quay", "Leave a comment"},
        ),
        (f"{ARTICLE}\n\nSign up for our daily briefing", {"Sign up for our daily briefing"}),
        (f"Sign up for our daily briefing\n\n{ARTICLE}", set()),
    ],
    ids=["what stands before the article", "between two of the page's", "a call at the end", "a headline"],
)  # fmt: skip
def test_only_lines_of_the_page_are_shown(text: str, shown: set[str]) -> None:
    found = list(scrape_residue.run(Passage(text)))
    assert {text[slice(*item.span)].strip() for item in found} == shown


@pytest.mark.parametrize(
    ("language", "leads"), [("en", True), ("en-GB", True), ("de", False), ("de-CH", False)]
)
def test_words_that_lead_elsewhere_in_english_do_so_in_each_of_its_kinds(
    language: str, leads: bool
) -> None:
    assert speaks_for_page("Also: The man who built a bridge", language) == leads
