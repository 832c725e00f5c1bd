"""OpenDocument texts: what is prose in them, and the way back into the archive."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mtclean.documents import DocumentProblem
from mtclean.documents.document import Document, laid_out
from mtclean.formats.layout import BETWEEN, Kind
from mtclean.formats.odt import FORMAT
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.text import Edit
from tests.formats.laws import edits_of, law_of_pieces
from tests.formats.word import members
from tests.patience import PATIENCE

SEEN = "\ufffc"
OFFICE = shutil.which("soffice") or ""
_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
)  # fmt: skip
AUTOMATIC = (
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Preformatted_20_Text"/>'
    '<style:style style:name="T1" style:family="text"><style:text-properties style:font-name="Liberation Mono"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="T3" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
)
STYLES = (
    f'<office:document-styles {_NAMES} office:version="1.3"><office:styles>'
    '<style:style style:name="Preformatted_20_Text" style:display-name="Preformatted Text" style:family="paragraph"/>'
    '<style:style style:name="Source_20_Text" style:display-name="Source Text" style:family="text"/>'
    '</office:styles><office:automatic-styles><style:page-layout style:name="L1"/></office:automatic-styles>'
    '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L1"><style:header>'
    "<text:p>Above ,all</text:p></style:header></style:master-page></office:master-styles></office:document-styles>"
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def odt(body: str, kind: str = "text", before: str = "", **others: str) -> bytes:
    """A text with this *body*; *others* are members by their names."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {_NAMES} office:version="1.3">'
        f"<office:automatic-styles>{AUTOMATIC}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    texts = {
        "content.xml": content,
        "styles.xml": STYLES,
        "META-INF/manifest.xml": MANIFEST,
        **others,
    }
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            ZipInfo("mimetype"), f"application/vnd.oasis.opendocument.{kind}", ZIP_STORED
        )
        for name, text in texts.items():
            archive.writestr(ZipInfo(name), text, ZIP_DEFLATED)
    return file.getvalue()


def seen(body: str) -> list[str]:
    """What is read of a body, without the header."""
    return laid_out("t", odt(body), FORMAT).text.split(BETWEEN)[:-1]


def cleaned(data: bytes) -> bytes:
    options = Options(grammar=False, language="en")
    return cleaned_bytes(detect_artifacts(normalize(draft(laid_out("t", data, FORMAT), options))))


@pytest.mark.parametrize(
    ("body", "view"),
    [
        ("<text:h>One</text:h><text:p> two\n  <text:span>th</text:span>ree </text:p>", ["One", "two three"]),
        ("<text:p>a<text:s/>b<text:s text:c='2'/><text:tab/>c<text:line-break/>d</text:p>", ["a b  \tc\nd"]),
        ("<text:p>a&amp;b<text:bookmark/> <text:page-number>3</text:page-number> c</text:p>", ["a&b 3 c"]),
        (
            "<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p>"
            "</text:note-body></text:note> b</text:p>",
            ["a b", "n"],
        ),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>no</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes><text:p>a<text:change/>b</text:p>",
            ["ab"],
        ),
        ("<text:p>a<text:date/> <text:placeholder>&lt;<text:s/>b ,c&gt;</text:placeholder></text:p>", [f"a{SEEN} <b ,c>"]),
        ("<text:p>a<office:annotation><text:p>no</text:p></office:annotation>b</text:p>", ["ab"]),
        ("<text:p text:style-name='P1'>no</text:p><text:p>Run <text:span text:style-name='T1'>x ,y</text:span></text:p>", ["Run x ,y"]),
        ("<text:p>a<text:span text:style-name='T2'>no</text:span>b</text:p>", ["ab"]),
        ("<text:table-of-content><text:index-body><text:p>no</text:p></text:index-body></text:table-of-content><text:p>a</text:p>", ["a"]),
        (
            "<text:p>a<draw:frame text:anchor-type='as-char'><svg:title>no</svg:title><draw:image/></draw:frame>"
            "<draw:frame><draw:text-box><text:p>in</text:p></draw:text-box></draw:frame>b</text:p>",
            [f"a{SEEN}b", "in"],
        ),
        ("<text:section text:protected='true'><text:p>no</text:p></text:section><text:section><text:p>a</text:p></text:section>", ["a"]),
        ("<text:p/><text:p> <text:s/></text:p>", []),
        ("<text:p>a <![CDATA[no]]> b</text:p>", [f"a {SEEN} b"]),
        ("<x:footer xmlns:x='u'/><text:p>a</text:p>", ["a"]),
    ],
)  # fmt: skip
def test_what_is_prose(body: str, view: list[str]) -> None:
    assert seen(body) == view


def test_code_is_shown_and_fixed() -> None:
    body = (
        "<text:p>Run <text:span text:style-name='Source_20_Text'>x ,y</text:span> <text:span text:style-name='T3'>"
        "now <text:span text:style-name='T1'>z</text:span></text:span></text:p>"
    )
    layout = laid_out("t", odt(body), FORMAT).layout
    assert layout is not None
    fixed = [layout.view[slice(*span)] for span in layout.fixed]
    assert [text for text in fixed if text != BETWEEN] == ["x ,y", "z"]


def test_people_are_told_the_place() -> None:
    cell = "<table:table-cell><text:p>c</text:p></table:table-cell>"
    note = "<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note>"
    body = (
        f"<text:p>a</text:p><text:p>b{note}</text:p>"
        f"<table:table><table:table-row>{cell}{cell}</table:table-row></table:table>"
    )
    layout = laid_out("t", odt(body), FORMAT).layout
    assert layout is not None
    assert [segment.label for segment in layout.segments] == [
        "paragraph 1", "paragraph 2", "footnote 1", "table 1, row 1, column 1", "table 1, row 1, column 2", "header 1",
    ]  # fmt: skip


BODY = (
    "<text:p>The gate was <text:span text:style-name='T3'>shut.</text:span>It was the the end"
    "<text:s/><text:s/>of it ,they said.</text:p>"
)


def test_it_is_cleaned_and_all_else_is_as_it_was() -> None:
    data = odt(BODY, **{"Pictures/a.txt": "a ,b"})
    assert laid_out("t", data, FORMAT).rewritten(()) == data
    before, after = members(data), members(made := cleaned(data))
    assert {name for name in before if before[name] != after[name]} == {"content.xml", "styles.xml"}
    assert made.startswith(data[:77])  # the name of its kind, first and as it is
    want = "shut. </text:span>It was the end<text:s/>of it, they said."
    assert want in after["content.xml"]
    assert "Above, all" in after["styles.xml"]
    assert cleaned(made) == made


def test_white_space_beside_what_was_deleted_stays() -> None:
    """It is one too many only until somebody rejects the deletion."""
    data = odt(
        "<text:p>It was shut <text:change text:change-id='c1'/><text:s/>and left ,again.</text:p>"
    )
    want = "It was shut <text:change text:change-id='c1'/><text:s/>and left, again."
    assert want in members(cleaned(data))["content.xml"]


def test_what_is_put_in_is_escaped_and_has_no_line_breaks() -> None:
    document = laid_out("t", odt("<text:p>a b</text:p>"), FORMAT)
    made = members(document.rewritten([Edit(1, 2, "\n& <")]))
    assert "<text:p>a &amp; &lt;b</text:p>" in made["content.xml"]


PIECES = [
    "a. ", "b ,c", "  ", "\n", "&amp;", "é", "<text:s/>", "<text:tab/>", "<text:span text:style-name='T3'>d </text:span>",
    "<text:span text:style-name='T1'>e</text:span>", "<text:date>1 May</text:date>", "<text:bookmark/>", "<text:change text:change-id='c'/>", "<!-- no -->",
    "<text:note><text:note-body><text:p>n ,o</text:p></text:note-body></text:note>", "<![CDATA[x]]>", "</text:p><text:p>",
    "<draw:frame><draw:text-box><text:p>in a box</text:p></draw:text-box></draw:frame>", "<text:a>f ,g</text:a>",
]  # fmt: skip


def of(pieces: list[str]) -> Document:
    return laid_out("t", odt(f"<text:p>{''.join(pieces)}</text:p>"), FORMAT)


@given(st.lists(st.sampled_from(PIECES), max_size=10), st.data())
def test_nothing_but_prose_moves(pieces: list[str], data: st.DataObject) -> None:
    document = of(pieces)
    assert document.layout is not None
    assert document.rewritten(()) == document.data
    law_of_pieces(document.layout)
    edits = data.draw(edits_of(document.layout))
    try:
        written = document.written(edits)
    except DocumentProblem:
        return
    assert FORMAT.read(written, document.choices).has_the_frame_of(document.layout)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=7))
@example(["b ,c", "<text:change text:change-id='c'/>", " ", "<text:tab/>", "a. "])
@example(["é", "<text:s/>", "a. "])
@example(["<text:span text:style-name='T1'>e</text:span>", "\n", "é"])
def test_words_may_go_whatever_is_left_beside_them(pieces: list[str]) -> None:
    document = of(pieces)
    assert document.layout is not None
    for view, _, kind in document.layout.pieces:
        if kind is not Kind.FIXED:
            document.written([Edit(*view, "")])


BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
LOCKED = MANIFEST.replace(
    "/></manifest:manifest>",
    "><manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (odt("<text:p>&b;</text:p>", before=BOMB), "declares entities"),
        (odt("", **{"META-INF/manifest.xml": LOCKED}), "password"),
        (odt("", kind="spreadsheet"), "not of a text"),
        (odt("<text:p>"), "mismatched tag"),
        (odt("<text:span>" * 300), "elements in one another"),
        (odt("")[:-30], "cut off"),
    ],
)
def test_what_is_no_text_is_refused_in_a_line(data: bytes, why: str) -> None:
    with pytest.raises(DocumentProblem, match=why) as caught:
        laid_out("t", data, FORMAT)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(
    not OFFICE, reason="there is no LibreOffice: apt-get install libreoffice-writer-nogui"
)
def test_libreoffice_has_the_cleaned_text(tmp_path: Path) -> None:
    path = tmp_path / "gate.odt"
    path.write_bytes(cleaned(odt(BODY)))
    command = [OFFICE, f"-env:UserInstallation={(tmp_path / 'user').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "txt:Text (encoded):UTF8", "--outdir", tmp_path, path],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    text = (tmp_path / "gate.txt").read_text("utf-8-sig")
    assert text.strip() == "The gate was shut. It was the end of it, they said."
