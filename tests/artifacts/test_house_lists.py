"""The house's own entries, from ``[lists]`` of the configuration, reach the rules."""

from __future__ import annotations

from tasks.artifacts.names import name_spelt_two_ways
from tasks.artifacts.residue import scrape_residue
from tasks.text import Passage, Style

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
