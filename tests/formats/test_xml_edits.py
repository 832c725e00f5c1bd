"""What is told of edits without reading the file again is what reading it tells."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mtclean.documents.document import laid_out
from mtclean.formats import NO_CHOICES, Format, Layout
from mtclean.formats.format import Unreadable
from mtclean.formats.layout import SourceEdit
from mtclean.formats.registry import BY_NAME
from mtclean.formats.xml_edits import only_prose
from mtclean.text import Edit

BODIES = {
    "xliff": (
        "<xliff><file><trans-unit><note>n</note><source>x</source><target>",
        "</target></trans-unit></file></xliff>",
    ),
    "tmx": (
        "<tmx><header srclang='de'/><body><tu><tuv xml:lang='de'><seg>x</seg></tuv><tuv xml:lang='en'><seg>",
        "</seg></tuv></tu></body></tmx>",
    ),
    "qt": ("<TS><message><source>x</source><translation>", "</translation></message></TS>"),
}
MARKS = [
    "a", "b.", " ", "c ,d", "é", "\n", ">", "{", "{n, ", "plural, ", "&amp;", "&lt;", "&lt;b", "&#233;", "<![CDATA[", "]]>",
    "<!-- c -->", "<g id='1'>", "</g>", "<x id='2'/>", "<ph>p</ph>", "<ph>p<sub>", "</sub></ph>", "<mrk mtype='protected'>",
    "</mrk>", "<mrk mtype='seg' mid='1'>", "\u00a0",
]  # fmt: skip
NEW = [
    "",
    "a",
    " ",
    ",",
    "#39;",
    "&",
    "&amp;",
    "<",
    "</g>",
    "]]>",
    "plural,",
    "{n,",
    "\n",
    "\u00a0",
    "\x01",
    "b>",
]


def has_the_frame(format: Format, layout: Layout, written: str) -> bool:
    """What reading it says of a file as it is *written*."""
    try:
        return format.read({"": written}, NO_CHOICES).has_the_frame_of(layout)
    except Unreadable:
        return False


@st.composite
def edits_of(draw: st.DrawFn, first: int, last: int) -> list[SourceEdit]:
    """Edits anywhere from *first* to *last*, in order, in prose or not."""
    cuts = sorted(draw(st.lists(st.integers(first, last), min_size=2, max_size=6)))
    return [
        SourceEdit("", start, end, draw(st.sampled_from(NEW)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]


@pytest.mark.parametrize("name", BODIES)
@settings(max_examples=200)
@given(st.lists(st.sampled_from(MARKS), max_size=9).map("".join), st.data())
def test_where_it_is_plain_reading_tells_the_same(
    name: str, body: str, data: st.DataObject
) -> None:
    format, (before, behind) = BY_NAME[name], BODIES[name]
    text = before + body + behind
    try:
        layout = format.read({"": text}, NO_CHOICES)
    except Unreadable:
        assume(False)
    edits = data.draw(edits_of(len(before) - 30, len(text) - len(behind) + 9))
    written = layout.written_with(edits)
    if only_prose(layout, edits, written):
        assert has_the_frame(format, layout, written[""])


UNIT = "".join(BODIES["xliff"]).replace("<target></target>", "<target>{}</target>")


@pytest.mark.parametrize(
    ("target", "old", "new"),
    [
        ("Das <g id='1'>Tor</g> ,zu", " ,", ", "),
        ("Das Tor &amp; so ,zu", " ,", ", "),
        ("Das {0} <g id='1'>Tor</g> ,zu", " ,", ", "),
        ("<![CDATA[Das Tor ,zu]]>", " ,", ", "),
    ],
)
def test_words_are_plain_and_what_may_be_more_is_read(target: str, old: str, new: str) -> None:
    """All of them are written, but only where nothing means more than it looks like without reading again."""
    format = BY_NAME["xliff"]
    document = laid_out("t", UNIT.format(target).encode(), format)
    at = document.text.index(old)
    edits = [Edit(at, at + len(old), new)]
    assert document.rewritten(edits) == UNIT.format(target.replace(old, new)).encode()
    assert document.layout is not None
    mapped = document.layout.edits(edits)
    is_plain = only_prose(document.layout, mapped, document.layout.written_with(mapped))
    assert is_plain == (target == "Das <g id='1'>Tor</g> ,zu")
