"""Short documents as they come out of engines and scrapers, and what must be seen in them."""

from __future__ import annotations

import pytest

from mtclean.rules.artifacts import RULES
from mtclean.rules.artifacts.duplicates import duplicate_passage
from mtclean.rules.artifacts.preamble import chatbot_preamble
from mtclean.text import Finding, Passage, Span, Trail, settle

SEEN = {
    "chatbot-preamble": 2,
    "site-name-in-title": 0,  # the preamble is the first line, so the title is not
    "scrape-residue": 1,
    "closing-mark": 1,
    "calque": 1,
    "looping-phrase": 1,
    "stray-capital": 1,
    "odd-acronym": 1,
    "myriad-number": 1,
    "name-in-small-letters": 1,
    "name-spelt-two-ways": 1,
    "capital-in-mid-sentence": 1,
    "untranslated-sentence": 1,
    "duplicate-passage": 1,
    "leaked-placeholder": 1,
    "doubled-word": 1,
    "untranslated-script": 1,
    "truncated-paragraph": 1,
}


def _ids(text: str) -> list[str]:
    passage = Passage(text)
    return [item.rule for rule in RULES for item in rule.run(passage)]


@pytest.mark.parametrize(("rule", "times"), SEEN.items())
def test_every_planted_artefact_is_seen_once(scraped: str, rule: str, times: int) -> None:
    assert _ids(scraped).count(rule) == times


def test_nothing_else_is_said_about_the_scraped_page(scraped: str) -> None:
    assert set(_ids(scraped)) == {rule for rule, times in SEEN.items() if times}


def test_good_prose_is_left_in_peace(clean: str) -> None:
    assert _ids(clean) == []


def test_safe_fixes_settle_and_touch_only_what_is_certain(scraped: str) -> None:
    trail = Trail(scraped)
    settle(trail, "artifacts", RULES, Passage)
    assert [placed.item.rule for placed in trail.applied] == ["doubled-word"]
    again = Trail(trail.text)
    settle(again, "artifacts", RULES, Passage)
    assert again.text == trail.text


def test_every_finding_says_what_and_what_to_do(scraped: str) -> None:
    passage = Passage(scraped)
    for rule in RULES:
        for item in rule.run(passage):
            said = item.message if isinstance(item, Finding) else item.reason
            assert len(said) > 40
            assert said.rstrip().endswith((".", "”"))


GERMAN = "Die Regierung hat gestern beschlossen, das Gesetz nicht zu ändern."
CHINESE = "他来了，然后走了。"


@pytest.mark.parametrize(
    ("language", "text"), [("de", GERMAN), ("zh", CHINESE), ("", f"{GERMAN}\n{CHINESE}")]
)
def test_texts_in_their_own_language_are_not_called_untranslated(language: str, text: str) -> None:
    """Nor those in none that is known."""
    passage = Passage(text, language=language)
    assert [item for rule in RULES for item in rule.run(passage)] == []


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [("de", f"{GERMAN} {CHINESE}", CHINESE), ("zh", f"{CHINESE}{GERMAN}", GERMAN)],
)
def test_a_sentence_in_another_language_is_untranslated(
    language: str, text: str, left: str
) -> None:
    [found] = [item for rule in RULES for item in rule.run(Passage(text, language=language))]
    assert text[slice(*found.span)] == left


def test_links_that_name_a_page_in_its_languages_are_not_untranslated() -> None:
    menu = "Read it in English ∙ 日本語 ∙ 한국어 ∙ 简体中文版本文档."
    names = ("日本語", "한국어", "简体中文版本文档")
    links = tuple(Span(menu.index(name), menu.index(name) + len(name)) for name in names)
    wanted = {"untranslated-script", "untranslated-sentence"}
    rules = [rule for rule in RULES if rule.id in wanted]
    assert any(list(rule.run(Passage(menu, "en"))) for rule in rules)
    assert not any(list(rule.run(Passage(menu, "en", links=links))) for rule in rules)


def test_what_a_model_says_between_its_pieces_is_known_whatever_it_says_around_them() -> None:
    text = (
        "<think>The user wants me to translate this.</think>\n\nThe harbour was shut on Monday.\n\n[End of translation]\n\n"
        "Note: I kept the names in the original form.\n\nThe mayor was away.\n\nI'm sorry, but I can't help with that request.\n\n"
        "The ships came in at noon.\n\nNobody saw them.\n\nThe crew left.\n\nThe harbour was open again on Friday.\n"
    )  # fmt: skip
    passage = Passage(text)
    marked = "".join(
        text[slice(*edit.span)] for fix in chatbot_preamble.run(passage) for edit in fix.edits
    )
    for line in text.split("\n\n"):
        assert (line in marked) == any(sign in line for sign in ("think", "[", "Note", "sorry"))


def test_what_begins_a_link_is_a_name() -> None:
    text = "Visit our Policies repository at the harbour. The policies are old."
    link = Span(text.index("Policies"), text.index(" at"))
    (rule,) = (rule for rule in RULES if rule.id == "stray-capital")
    assert list(rule.run(Passage(text, "en")))
    assert not list(rule.run(Passage(text, "en", links=(link,))))


_CARE = "Set the lamp on the quay before the night. Keep the glass of the lamp clean at all times."


@pytest.mark.parametrize(
    ("as_cells", "between", "times"),
    [(False, "A boat came.", 1), (True, "A boat came.", 0), (True, "", 0)],
)
def test_cells_may_say_the_same(as_cells: bool, between: str, times: int) -> None:
    """What is said of one thing in a table is said so of the next."""
    text = f"{_CARE}\n{between} {between} {between}\n{_CARE}"
    entries = (Span(0, len(_CARE)), Span(len(text) - len(_CARE), len(text)))
    found = [*duplicate_passage.run(Passage(text, entries=entries if as_cells else ()))]
    assert len(found) == times
