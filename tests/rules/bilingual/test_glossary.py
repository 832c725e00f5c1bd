"""Glossaries are read as houses have them, and terms are found in every form and no other word."""

from __future__ import annotations

import pytest

from mtclean.formats.format import Unreadable
from mtclean.rules.bilingual.glossary import Glossary, Term, TermBase, read_table, read_tbx
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.terms import candidates

TBX = """<?xml version="1.0"?><tbx><text><body><conceptEntry id="1">
<langSec xml:lang="en"><termSec><term>invoice</term></termSec></langSec>
<langSec xml:lang="de-DE"><termSec><term>Rechnung &amp; Beleg</term></termSec>
<termSec><term>Faktura</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>"""


@pytest.mark.parametrize(
    ("table", "term"),
    [
        ("invoice\tRechnung", Term("invoice", ("Rechnung",))),
        ("invoice,Rechnung|Beleg", Term("invoice", ("Rechnung", "Beleg"))),
        ("invoice\tRechnung\ninvoice\tBeleg", Term("invoice", ("Rechnung", "Beleg"))),
        ("Target,Source,Not\nRechnung,invoice,Faktura", Term("invoice", ("Rechnung",), ("Faktura",))),
        ("source\ttarget\tcase\nWord\tWort\tyes", Term("Word", ("Wort",), (), True)),
        ("Kolovin", Term("Kolovin")),
    ],
)  # fmt: skip
def test_tables(table: str, term: Term) -> None:
    assert read_table(table).terms == (term,)


def test_a_row_without_a_source_is_named() -> None:
    with pytest.raises(Unreadable, match="row 2"):
        read_table("invoice\tRechnung\n\tBeleg")


def test_tbx_in_both_directions() -> None:
    assert read_tbx(TBX, "en", "de").terms == (
        Term("invoice", ("Rechnung & Beleg",), ("Faktura",)),
    )
    assert [term.source for term in read_tbx(TBX, "de", "en").terms] == [
        "Rechnung & Beleg",
        "Faktura",
    ]
    assert read_tbx(TBX, "en", "fr").terms == ()


def test_words_that_stay_as_they_are_stand_beside_a_glossary() -> None:
    base = TermBase("invoice\tRechnung", keep=("Kolovin",))
    assert base.glossary(("en", "de")).terms == (
        Term("invoice", ("Rechnung",)),
        Term("Kolovin", exact=True),
    )
    assert TermBase().glossary(("en", "de")).terms == ()


@pytest.mark.parametrize(
    ("terms", "text", "found"),
    [
        (["invoice"], "Both invoices", ["invoices"]),
        (["cash", "cash flow"], "The cash flow", ["cash flow"]),
        (["минута"], "две минуты", ["минуты"]),
        (["請求書"], "この請求書は", ["請求書"]),
        (["minute"], "a last-minute deal", []),
        (["September"], "in mid-September", ["September"]),
        (["Mark"], "to mark", []),
        (["plane"], "two plans", []),
    ],
)
def test_terms_are_found(terms: list[str], text: str, found: list[str]) -> None:
    glossary = Glossary(tuple(Term(term, ("x",)) for term in terms))
    assert [text[one.start : one.end] for one in glossary.found_in(text)] == found


def test_words_that_go_together_are_candidates() -> None:
    pairs = [
        Pair.of(f"The ferry is in {place}.", f"Die Fähre ist in {place}.", ("en", "de"))
        for place in ("Ahof", "Behof", "Cehof")
    ]
    assert candidates(pairs) == [("ferry", "Fähre", 3, 1.0)]
