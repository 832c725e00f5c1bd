"""XLIFF: targets are prose, what is settled is fixed, and nothing hostile is read for long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from mtclean.formats import NO_CHOICES, Layout
from mtclean.formats.layout import BETWEEN
from mtclean.formats.xliff import FORMAT
from mtclean.text import Edit
from tests.formats.laws import edits_of, law_places, law_same

SEEN = "\ufffc"


def page(target: str, unit: str = "", source: str = "The gate") -> str:
    return (
        '<xliff version="1.2"><file source-language="en" target-language="de"><body>'
        f'<trans-unit id="g" {unit}><source>{source}</source><target>{target}</target>'
        "</trans-unit></body></file></xliff>"
    )


def layout_of(text: str) -> Layout:
    return FORMAT.read({"": text}, NO_CHOICES)


@pytest.mark.parametrize(
    ("target", "view"),
    [
        ("Das <g id='1'>Tor</g> &amp; so", "Das Tor & so"),
        ("Das<x id='1' ctype='lb'/>Tor<x id='2'/>", f"Das\nTor{SEEN}"),
        ("Das <bpt id='1'>&lt;b></bpt>Tor<ept id='1'>&lt;/b></ept>", "Das Tor"),
        ("d&amp;#39;un &lt;b&gt;Tor", "d'un <b>Tor"),
        ("<![CDATA[Tor & so]]>", "Tor & so"),
        ("T<!-- no -->o<?no no?>r", "Tor"),
        ("Das\n    Tor\n", "Das\nTor"),
        ("Tor<ph id='1'>no<sub>Ein Bild</sub></ph>", f"Tor{SEEN}{BETWEEN}Ein Bild"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_seen(target: str, view: str) -> None:
    assert layout_of(page(target)).view == view


def test_what_a_segment_knows() -> None:
    (segment,) = layout_of(page("Das Tor", source="The <g id='1'>gate</g>")).segments
    assert (segment.label, segment.language, segment.original, segment.state) == (
        "unit 1 (g)", "de", "The gate", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "state"),
    [
        ('approved="yes"', "approved"),
        ('translate="no"', "not to be translated"),
        ('q:locked="locked" xmlns:q="q"', "locked"),
    ],
)
def test_what_is_settled_is_fixed(unit: str, state: str) -> None:
    layout = layout_of(page("Das Tor", unit))
    assert [segment.state for segment in layout.segments] == [state]
    assert layout.fixed == (layout.segments[0].view,)


def test_a_declared_encoding_wins_and_what_it_lacks_is_a_reference() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-2"?>' + page("Brána č")
    document = laid_out("t", text.encode("iso-8859-2"), FORMAT)
    at = document.text.index(" ")
    assert document.rewritten([Edit(at, at + 1, "’")]) == text.replace(
        "Brána č", "Brána&#8217;č"
    ).encode("iso-8859-2")


@pytest.mark.parametrize(
    "text",
    [
        page("<g>" * 100_000 + "a" + "</g>" * 100_000),
        page("&amp;" * 200_000),
        "<" * 1_000_000,
        page("a")[:-5],
        '<!DOCTYPE xliff [<!ENTITY a "b">]>' + page("&a;"),
        "<html/>",
        "<xliff>" + " " * 3_000_000,  # more than expat is given at a time
    ],
)
def test_what_cannot_be_read_is_refused_in_a_line(text: str) -> None:
    with pytest.raises(DocumentProblem, match=r"^[^\n]+$"):
        laid_out("t", text.encode(), FORMAT)


CODES = [
    "a",
    "b.",
    " ",
    ",",
    "&amp;",
    "<g id='1'>c</g>",
    "<x id='2'/>",
    "<!-- d -->",
    "&#233;",
    "\n ",
]


@given(st.lists(st.sampled_from(CODES), max_size=8).map("".join), st.data())
def test_laws(target: str, data: st.DataObject) -> None:
    text = page(target)
    law_same(FORMAT, text)
    law_places(FORMAT, text)
    layout = layout_of(text)
    edits = data.draw(edits_of(layout))
    written = layout_of(layout.written(edits)[""])
    assert written.has_the_frame_of(layout) or not written.view.strip()
