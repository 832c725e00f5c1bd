"""What is told of edits without reading the file again is what reading it tells."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mtclean.documents.document import laid_out
from mtclean.formats import NO_CHOICES, Format, Layout
from mtclean.formats.format import Sources, Unreadable
from mtclean.formats.layout import SourceEdit
from mtclean.formats.markup_edits import only_prose
from mtclean.formats.registry import BY_NAME
from mtclean.text import Edit
from tests.formats.test_epub import page
from tests.formats.word import document, field, run

UNIT = "<xliff><file><trans-unit><note>n</note><source>x</source><target>{}</target></trans-unit></file></xliff>"
BODIES = {
    "xliff": UNIT,
    "tmx": (
        "<tmx><header srclang='de'/><body><tu><tuv xml:lang='de'><seg>x</seg></tuv><tuv xml:lang='en'><seg>"
        "{}</seg></tuv></tu></body></tmx>"
    ),
    "qt": "<TS><message><source>x</source><translation>{}</translation></message></TS>",
    "docx": document(f"<w:p>{run('x')}<w:r><w:t>{{}}</w:t></w:r></w:p>"),
    "epub": page("<h1>x</h1><p>{}</p>"),
    "html": "<title>x</title><p>{}</p>",
    "odt": (
        "<office:document-content><office:body><text:p>x</text:p><text:p>{}</text:p></office:body>"
        "</office:document-content>"
    ),
}  # fmt: skip
OTHERS = {"epub": {"book.opf": "<package/>"}}
"""Parts of a file beside the one that is edited."""
_TEXT = ["a", "b.", " ", "c ,d", "é", "\n", ">", "{", "{n, ", "plural, ", "&amp;", "&lt;", "&lt;b", "&#233;", "<![CDATA[", "]]>", "<!-- c -->", "\u00a0", "\xad"]  # fmt: skip
_CODES = ["<g id='1'>", "</g>", "<x id='2'/>", "<ph>p</ph>", "<ph>p<sub>", "</sub></ph>", "<mrk mtype='protected'>", "</mrk>", "<mrk mtype='seg' mid='1'>"]  # fmt: skip
_TAGS = ["<b>", "</b>", "<code>", "</code>", "<br/>", "<p>", "</p>", "<td>", "<pre>", "</pre>", "<i class='x'></i>", "<a href='x'>", "</a>", "<sub>", "</sub>"]  # fmt: skip
MARKS = {
    **dict.fromkeys(["xliff", "tmx", "qt"], _CODES),
    **dict.fromkeys(["epub", "html"], _TAGS),
    "docx": ["</w:t></w:r>", "<w:r><w:t>", "<w:r><w:t xml:space='preserve'>", "<w:tab/>", "</w:p><w:p>", field("PAGE", "3"), run("f", '<w:rStyle w:val="C1"/>')],
    "odt": ["<text:span>", "</text:span>", "<text:s/>", "<text:tab/>", "<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note>", "</text:p><text:p>"],
}  # fmt: skip
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
    "\xad",
    "\x01",
    "b>",
]


def has_the_frame(format: Format, layout: Layout, written: Sources) -> bool:
    """What reading it says of a file as it is *written*."""
    try:
        return format.read(written, NO_CHOICES).has_the_frame_of(layout)
    except Unreadable:
        return False


@st.composite
def edits_of(draw: st.DrawFn, part: str, first: int, last: int) -> list[SourceEdit]:
    """Edits of *part* anywhere from *first* to *last*, in order, in prose or not."""
    cuts = sorted(draw(st.lists(st.integers(first, last), min_size=2, max_size=6)))
    return [
        SourceEdit(part, start, end, draw(st.sampled_from(NEW)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]


@pytest.mark.parametrize("name", BODIES)
@settings(max_examples=200)
@given(st.data())
def test_where_it_is_plain_reading_tells_the_same(name: str, data: st.DataObject) -> None:
    format, (before, behind) = BY_NAME[name], BODIES[name].split("{}")
    body = "".join(data.draw(st.lists(st.sampled_from([*_TEXT, *MARKS[name]]), max_size=9)))
    part = "a" if name in OTHERS else ""
    text = before + body + behind
    try:
        layout = format.read({**OTHERS.get(name, {}), part: text}, NO_CHOICES)
    except Unreadable:
        assume(False)
    edits = data.draw(
        edits_of(part, max(len(before) - 30, 0), min(len(text), len(text) - len(behind) + 9))
    )
    written = layout.written_with(edits)
    assert format.only_prose is not None
    if format.only_prose(layout, edits, written):
        assert has_the_frame(format, layout, written)


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
