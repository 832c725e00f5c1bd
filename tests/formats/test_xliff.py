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
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.report import summary_of
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


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ('<target state="needs-translation">The gate</target>', "not translated yet"),
        ('<target state="new">The gate</target>', "not translated yet"),
        ('<target state="new">Das Tor</target>', ""),
        ('<target state="needs-review-translation">The gate</target>', ""),
        ("<target>The gate</target>", ""),
    ],
)
def test_a_copy_that_nobody_has_translated_yet_is_let_be(target: str, wanted: str) -> None:
    text = page("x").replace("<target>x</target>", target)
    assert [segment.state for segment in layout_of(text).segments] == [wanted]


def test_a_message_of_icu_is_fixed_and_a_placeholder_alone_makes_none() -> None:
    message = "{n, plural, one {Ein Tor ,zu} other {# Tore ,zu}}"
    (segment,) = layout_of(page(message)).segments
    assert segment.state == "in the syntax of ICU"
    assert layout_of(page(message)).fixed == (segment.view,)
    assert layout_of(page("{n} Tore, {m} zu")).fixed == ()


def test_markup_that_was_escaped_twice_is_fixed() -> None:
    layout = layout_of(page('d&amp;#39;un &lt;b class="x ,y"&gt;Tor&lt;/b&gt;'))
    assert [layout.view[slice(*span)] for span in layout.fixed] == [
        "'", '<b class="x ,y">', "</b>",
    ]  # fmt: skip


def test_what_is_settled_is_said() -> None:
    """In one line for all that follow one another, and no share of it counts as checked."""
    text = page("The gate is shut.", 'approved="yes"')
    unit = text[text.index("<trans-unit") : text.index("</body>")]
    document = laid_out("t", text.replace(unit, unit * 3).encode(), FORMAT)
    record = account(draft(document, Options(language="en")))
    assert [part.reason for part in record.unchecked] == ["3 segments are approved."]
    assert summary_of(record).coverage == "not checked: 3 segments are approved"


def test_segments_that_share_an_id_are_all_read() -> None:
    def marked(*texts: str) -> str:
        return "".join(f'<mrk mtype="seg" mid="1">{text}</mrk>' for text in texts)

    text = page(marked("Das Tor.", "Es ist zu.")).replace(
        "</source>", f"</source><seg-source>{marked('The gate.', 'It is shut.')}</seg-source>"
    )
    layout = layout_of(text)
    assert layout.view == f"Das Tor.{BETWEEN}Es ist zu."
    assert [segment.original for segment in layout.segments] == ["The gate.", "It is shut."]


XLIFF_2 = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.1" version="2.1" srcLang="en" trgLang="de">
 <file id="f"><unit id="u"><notes><note>a ,b</note></notes><originalData><data id="d">&lt;b></data></originalData>
  <segment id="s1"><source>The <pc id="1" dataRefStart="d">gate</pc>.</source><target>Das <pc id="1" dataRefStart="d">Tor</pc>.</target></segment>
  <ignorable><source> </source><target> </target></ignorable>
  <segment id="s2" state="final"><source>It is shut<ph id="2"/>.</source><target>Es ist zu<ph id="2"/>.</target></segment>
  <mtc:matches xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><mtc:match ref="#s1"><source>The gate</source><target>Tor ,alt</target></mtc:match></mtc:matches>
 </unit>
 <unit id="v" translate="no"><segment><source>GATE</source><target>GATE</target></segment></unit></file>
</xliff>
"""
SDL = """<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2" sdl:version="1.0">
<file original="a" source-language="en" target-language="de"><header/><body>
<trans-unit id="t"><source>The gate. It is shut.</source>
<seg-source><mrk mtype="seg" mid="1">The gate.</mrk> <mrk mtype="seg" mid="2">It is shut.</mrk></seg-source>
<target><mrk mtype="seg" mid="1">Das <x id="3"/>Tor.</mrk> <mrk mtype="seg" mid="2">Es ist zu.</mrk></target>
<sdl:seg-defs><sdl:seg id="1" conf="Translated"/><sdl:seg id="2" locked="true"/></sdl:seg-defs></trans-unit>
</body></file></xliff>
"""


def test_xliff_2() -> None:
    layout = layout_of(XLIFF_2)
    assert [(s.label, s.original, s.state) for s in layout.segments] == [
        ("unit 1 (u), segment 1", "The gate.", ""),
        ("unit 1 (u), segment 2", f"It is shut{SEEN}.", "final"),
        ("unit 2 (v)", "GATE", "not to be translated"),
    ]
    assert layout.view.split(BETWEEN) == ["Das Tor.", f"Es ist zu{SEEN}.", "GATE"]
    assert layout.language == "de"


def test_segments_of_trados() -> None:
    layout = layout_of(SDL)
    assert [(s.label, s.original, s.state) for s in layout.segments] == [
        ("unit 1 (t), segment 1", "The gate.", ""),
        ("unit 1 (t), segment 2", "It is shut.", "locked"),
    ]


def test_suggestions_are_not_read() -> None:
    text = page("Das Tor").replace(
        "</trans-unit>", "<alt-trans><target>Tor ,alt</target></alt-trans></trans-unit>"
    )
    assert layout_of(text).view == "Das Tor"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_unicode_in_other_bytes_comes_back_as_it_was(encoding: str) -> None:
    said = encoding.removesuffix("-le").removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{said}"?>' + page("Das ‚Tor‘ ist zu.")
    document = laid_out("t", text.encode(encoding), FORMAT)
    assert document.rewritten(()) == document.data
    at = document.text.index(" ist")
    written = document.rewritten([Edit(at, at, "’")])
    assert written.decode(encoding) == document.data.decode(encoding).replace("‘ ist", "‘’ ist")


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
