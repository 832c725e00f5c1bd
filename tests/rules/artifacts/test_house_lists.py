"""The house's own entries, from ``[lists]`` of the configuration, reach the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtclean.pipeline.config import load
from mtclean.pipeline.settings import ConfigError
from mtclean.rules.artifacts import HOUSE_LISTS
from mtclean.rules.artifacts.calques import calque
from mtclean.rules.artifacts.casing.shouted import odd_acronym
from mtclean.rules.artifacts.names import name_spelt_two_ways
from mtclean.rules.artifacts.preamble import chatbot_preamble
from mtclean.rules.artifacts.residue import closing_mark, scrape_residue, site_name_in_title
from mtclean.text import Passage, Rule, Style

TWO_DIRECTORS = "Kolovin, a director, spoke first. The West has no partners, Korovin said."


def test_a_listed_name_is_no_misspelling() -> None:
    assert list(name_spelt_two_ways.run(Passage(TWO_DIRECTORS)))
    both = Style(lists=(("names", ("Kolovin", "Korovin")),))
    assert not list(name_spelt_two_ways.run(Passage(TWO_DIRECTORS, style=both)))


def test_a_listed_line_is_residue_whatever_its_case() -> None:
    text = "The ships came.\nBrought to you by the Harbour Club"
    assert not list(scrape_residue.run(Passage(text)))
    own = Style(lists=(("boilerplate", ("brought to you by the harbour club",)),))
    assert [fix.rule for fix in scrape_residue.run(Passage(text, style=own))] == ["scrape-residue"]


def test_a_listed_line_within_a_sentence_stays() -> None:
    own = Style(lists=(("boilerplate", ("the harbour club",)),))
    assert not list(scrape_residue.run(Passage("We met at the Harbour Club in May.", style=own)))


@pytest.mark.parametrize(
    ("rule", "name", "entry", "text"),
    [
        (closing_mark, "closing-marks", "Harbour Desk", "The ships came.(harbour desk)"),
        (site_name_in_title, "sites", "Harbour Herald", "Ships come - Harbour Herald\n\nThey did."),
        (
            chatbot_preamble,
            "preambles",
            "Aye aye, captain",
            "Aye aye, captain: the text.\nShips came.",
        ),
        (calque, "calques", "hand in paw = together", "They went Hand in Paw."),
    ],
)
def test_a_listed_entry_is_seen(rule: Rule, name: str, entry: str, text: str) -> None:
    assert not list(rule.run(Passage(text)))
    assert len(list(rule.run(Passage(text, style=Style(lists=((name, (entry,)),)))))) == 1


def test_a_listed_acronym_stays() -> None:
    text = "The INDO-Pacific fleet came."
    assert list(odd_acronym.run(Passage(text)))
    assert not list(odd_acronym.run(Passage(text, style=Style(lists=(("acronyms", ("INDO",)),)))))


def test_an_entry_is_no_expression() -> None:
    own = Style(lists=(("calques", ("a.c = b", "(", "")),))
    assert [item.span for item in calque.run(Passage("abc (", style=own))] == [(4, 5)]


def test_a_list_that_does_not_exist_is_an_error_that_names_those_that_do(tmp_path: Path) -> None:
    config = tmp_path / "mtclean.toml"
    config.write_text('[lists]\nnmaes = ["Korovin"]', encoding="utf-8")
    with pytest.raises(ConfigError, match="did you mean 'names'") as raised:
        load(config)
    assert all(name in str(raised.value) for name in HOUSE_LISTS)


def test_every_list_is_in_the_settings_page() -> None:
    page = (Path(__file__).parents[3] / "docs" / "config.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in page for name in HOUSE_LISTS)
