"""EPUB: which pages of a book are read, and the way back into it."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from mtclean.formats.epub import FORMAT
from mtclean.formats.layout import BETWEEN
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.text import Edit
from tests.formats.laws import edits_of, law_of_pieces
from tests.formats.word import members

CONTAINER = (
    '<?xml version="1.0"?><container><rootfiles><rootfile full-path="OPS/book.opf"'
    ' media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>en-GB</dc:language></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="css" href="a.css" media-type="text/css"/></manifest>
<spine><itemref idref="one"/><itemref idref="two"/></spine></package>"""
ONE = "<title/><p>The gate was shut ,again.</p><h2>Two</h2>"
TWO = "<p lang='fr'>Oui.</p>"


def page(body: str, head: str = "<!DOCTYPE html>") -> str:
    return f'<?xml version="1.0"?>{head}<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'


def book(one: str | bytes = page(ONE), **others: str) -> bytes:
    """A book of two pages and a list of contents; *others* are members beside them."""
    file = BytesIO()
    texts = {
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": PACKAGE,
        "OPS/text/two b.xhtml": page(TWO),
        "OPS/text/one.xhtml": one,
        "OPS/nav.xhtml": page("<nav><ol><li><a href='one'>First</a></li></ol></nav>"),
        "OPS/a.css": "p { quotes: none ,none }",
        **others,
    }
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("mimetype"), "application/epub+zip", ZIP_STORED)
        for name, text in texts.items():
            archive.writestr(ZipInfo(name), text, ZIP_DEFLATED)
    return file.getvalue()


def test_pages_are_read_in_the_order_of_the_book() -> None:
    layout = laid_out("t", book(), FORMAT).layout
    assert layout is not None
    assert layout.view.split(BETWEEN) == ["The gate was shut ,again.", "Two", "Oui.", "First"]
    labels = [(segment.label, segment.language) for segment in layout.segments]
    assert labels == [
        ("one.xhtml, paragraph 1", "en-GB"),
        ("one.xhtml, heading 2", "en-GB"),
        ("two b.xhtml, paragraph 1", "fr"),
        ("nav.xhtml, list item 1", "en-GB"),
    ]
    law_of_pieces(layout)


def test_only_the_page_that_changes_is_packed_anew() -> None:
    data = book()
    document = laid_out("t", data, FORMAT)
    assert document.rewritten(()) == data
    made = cleaned_bytes(detect_artifacts(normalize(draft(document, Options(grammar=False)))))
    before, after = members(data), members(made)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"OPS/text/one.xhtml"}
    assert "shut, again" in after["OPS/text/one.xhtml"]
    assert made.startswith(data[:58])  # the name of its kind, first and as it is
    assert b"mimetypeapplication/epub+zip" in made[:60]


@pytest.mark.parametrize(
    ("body", "view"),
    [
        ("<p>a<span id='p1'/>b <i/>c</p><script src='x'/><p>d</p>", ["ab c", "d"]),
        ("<p>a<br/>b<img src='x'/></p><hr/><p>c</p>", ["a\nb\ufffc", "c"]),
        ("<p>a<![CDATA[ > no <p>]]>b</p>", ["ab"]),
        ("<pre>no</pre><p>a&#160;b</p>", ["a\xa0b"]),
        ("<p><ruby>川<rp>(</rp><rt> no </rt><rp>)</rp></ruby>へ</p>", ["川へ"]),
        ("<!-- <package > --><p>a</p>", ["a"]),
    ],
)
def test_an_element_may_end_where_it_begins(body: str, view: list[str]) -> None:
    layout = laid_out("t", book(page(body)), FORMAT).layout
    assert layout is not None
    assert layout.view.split(BETWEEN)[: len(view)] == view


def test_what_is_put_in_is_escaped() -> None:
    document = laid_out("t", book(page("<p>a b</p>")), FORMAT)
    made = members(document.rewritten([Edit(1, 2, " & <")]))
    assert "<p>a &amp; &lt;b</p>" in made["OPS/text/one.xhtml"]


@pytest.mark.parametrize(
    ("encoding", "put"),
    [
        ("iso-8859-1", "&#8221;</p>"),
        ("windows-1252", "\u201d</p>"),
        ("us-ascii", "&#8221;</p>"),
        ("utf-8", "\u201d</p>"),
        ("utf-8-sig", "\u201d</p>"),
        ("utf-16", "\u201d</p>"),
    ],
)
def test_a_page_stays_in_the_encoding_that_it_declares(encoding: str, put: str) -> None:
    said = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    body = '<p>&#8220;The gate was shut,&#8221;he said. &#8220;It is late."</p>'
    source = page(body).replace('<?xml version="1.0"?>', said).encode(encoding)
    document = laid_out("t", book(source), FORMAT)
    assert document.layout is not None
    assert document.layout.segments[0].label == "one.xhtml, paragraph 1"
    assert document.rewritten(()) == document.data
    made = document.rewritten([Edit(*_place(document.text, '"'), "\u201d")])
    with ZipFile(BytesIO(made)) as archive:
        written = archive.read("OPS/text/one.xhtml")
    assert written.startswith(source[:20])
    assert put in written.decode(encoding)


def _place(text: str, part: str) -> tuple[int, int]:
    return text.index(part), text.index(part) + len(part)


_WORDS = ["a", "b.", " ", "  ", "c ,d", "é", "“", "&amp;", "\n", "\ufeff"]
MARKS = ["<p>", "</p>", "<i/>", "<br/>", "<b>", "</b>", "<ruby>", "<rt>", "</rt>", "</ruby>", "<![CDATA[", "]]>", "&#233;", "<!-- c -->", "<img src='x'/>", "<a href='x'>", "</a>", "<code>", "</code>"]  # fmt: skip
_BODIES = st.lists(st.sampled_from([*_WORDS, *MARKS]), max_size=12).map("".join)


@given(one=_BODIES, two=_BODIES, data=st.data())
def test_an_edit_changes_prose_or_nothing(one: str, two: str, data: st.DataObject) -> None:
    source = book(page(one), **{"OPS/text/two b.xhtml": page(two)})
    document = laid_out("t", source, FORMAT)
    assert document.rewritten([]) == source
    assert document.layout is not None
    law_of_pieces(document.layout)
    try:
        made = document.rewritten(data.draw(edits_of(document.layout)))
    except DocumentProblem:
        return  # it falls whole
    again = laid_out("t", made, FORMAT)
    assert again.layout is not None
    assert again.layout.has_the_frame_of(document.layout)


BOMB = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
LOCKED = (
    '<encryption><EncryptedData><CipherData><CipherReference URI="OPS/text/one.xhtml"/>'
    "</CipherData></EncryptedData></encryption>"
)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (book(page("<p>&b;</p>", BOMB)), "declares entities"),
        (book(**{"META-INF/encryption.xml": LOCKED}), "encrypted"),
        (book(**{"META-INF/encryption.xml": BOMB + "<a/>"}), "declares entities"),
        (book(**{"META-INF/container.xml": "<container/>"}), "not of a book"),
        (book(**{"OPS/book.opf": "<package>"}), "no element found"),
        (book(**{"OPS/book.opf": "<package/>"}), "no pages"),
        (book(page("é").replace("?>", " encoding='idna'?>", 1)), "in idna"),
        (book()[:-30], "cut off"),
        (b"The gate", "no zip archive"),
    ],
)
def test_what_is_no_book_is_refused_in_a_line(data: bytes, why: str) -> None:
    with pytest.raises(DocumentProblem, match=why) as caught:
        laid_out("t", data, FORMAT)
    assert "\n" not in str(caught.value)


def test_fonts_may_be_encrypted() -> None:
    locked = LOCKED.replace("text/one.xhtml", "a.ttf")
    data = book(**{"META-INF/encryption.xml": locked})
    assert "shut" in laid_out("t", data, FORMAT).text
