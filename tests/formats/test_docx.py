"""Word documents: what is read of them, that nothing else changes, and what is refused."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.documents import DocumentProblem
from mtclean.documents.document import Document, laid_out
from mtclean.formats import NO_CHOICES, Layout
from mtclean.formats.docx import FORMAT
from mtclean.formats.layout import BETWEEN
from mtclean.text import Edit, Span
from tests.formats.laws import edits_of, law_of_pieces, seen
from tests.formats.word import (
    PIECES,
    STYLES,
    archive,
    document,
    field,
    members,
    paragraph,
    part,
    run,
    word,
)  # fmt: skip

SEEN = "\ufffc"
BODY = "word/document.xml"


def layout_of(body: str) -> Layout:
    return FORMAT.read({BODY: document(body), "s": part("styles", STYLES)}, NO_CHOICES)


def opened(data: bytes) -> Document:
    return laid_out("t.docx", data, FORMAT)


@pytest.mark.parametrize(
    ("inside", "view"),
    [
        (run("The ga") + "<w:proofErr/>" + run("te", "<w:b/>"), "The gate"),
        (run("Tea &amp; &#x201C;milk"), "Tea & “milk"),
        ("<w:r><w:t>The</w:t><w:tab/><w:t> gate </w:t><w:br/><w:t>shut</w:t></w:r>", "The\tgate\nshut"),
        ("<w:r><w:t>re</w:t><w:softHyphen/><w:t>do</w:t><w:noBreakHyphen/><w:t>it</w:t></w:r>", "redo\u2011it"),
        (run("a ") + '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>' + run(" b"), f"a {SEEN} b"),
        (run("by ") + "<w:ins>" + run("new") + "</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "by new"),
        (run("a") + "<w:moveFrom>" + run("b") + "</w:moveFrom><w:moveTo>" + run("c") + "</w:moveTo>", "ac"),
        (run("word.") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + run(" Next"), "word. Next"),
        (run("call ") + run("f(a ,b)", '<w:rStyle w:val="C1"/>') + run(" now"), "call f(a ,b) now"),
        (run("seen") + run("not", "<w:vanish/>") + run("no", '<w:rStyle w:val="C3"/>'), "seen"),
        (run("page ") + field("PAGE", "3"), "page 3"),
        (field('HYPERLINK "http://a.b"', "a link"), "a link"),
        ("<m:oMath><m:r><m:t>x ,y</m:t></m:r></m:oMath>" + run(" is so"), f"{SEEN} is so"),
        ("<w:r><w:drawing><wp:inline/></w:drawing></w:r>" + run(" so"), f"{SEEN} so"),
        ("<w:r><w:drawing><wp:anchor/></w:drawing></w:r>" + run(" so"), "so"),
        ("<w:hyperlink>" + run("a link") + "</w:hyperlink><w:smartTag>" + run("!") + "</w:smartTag>", "a link!"),
        ("<w:r><w:t>a<!-- b -->c</w:t></w:r>" + run(" so"), f"{SEEN} so"),
        ("<w:r><w:ruby><w:rt>" + run("no") + "</w:rt><w:rubyBase>" + run("ab") + "</w:rubyBase></w:ruby></w:r>" + run("."), "ab."),
        ("<w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent>" + run("1 May") + "</w:sdtContent></w:sdt>" + run(" ,so"), "1 May ,so"),
    ],
)  # fmt: skip
def test_what_is_seen_of_a_paragraph(inside: str, view: str) -> None:
    assert layout_of(f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{inside}</w:p>").view == view


@pytest.mark.parametrize(
    ("inside", "fixed"),
    [
        (run("call ") + run("f(a ,b)", '<w:rStyle w:val="C1"/>') + run(" now"), ["f(a ,b)"]),
        (run("press ") + run("Q ,W", '<w:rStyle w:val="C2"/>') + run(" now"), ["Q ,W"]),
        (run("press ") + run("Q", '<w:rFonts w:ascii="Courier New"/>') + run(" now"), ["Q"]),
        (run("see ") + field("REF a", "Figure 3") + run(" and") + field("HYPERLINK b", " c"), ["Figure 3"]),
        (run("see ") + '<w:fldSimple w:instr="REF a">' + run("that") + "</w:fldSimple>", ["that"]),
        (run("on ") + "<w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent>" + run("1 May") + "</w:sdtContent></w:sdt>", ["1 May"]),
    ],
)  # fmt: skip
def test_what_is_not_prose_is_seen_and_fixed(inside: str, fixed: list[str]) -> None:
    layout = layout_of(f"<w:p>{inside}</w:p>")
    assert [layout.view[slice(*span)] for span in layout.fixed] == fixed


def test_styles_of_code_are_no_prose_and_what_stands_beside_code_is() -> None:
    styles = ("P1", "P2", "P3", "")
    layout = layout_of("".join(paragraph(f"in {style}", style=style) for style in styles))
    assert layout.view == f"in P3{BETWEEN}in"
    assert [segment.label for segment in layout.segments] == ["paragraph 3", "paragraph 4"]


def test_a_typewritten_document_is_prose() -> None:
    layout = layout_of(paragraph(run("All of it is typed.", '<w:rFonts w:ascii="Courier"/>')))
    assert not layout.fixed


def test_people_are_told_where_a_text_is() -> None:
    table = (
        f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
    )
    inside = f"<w:txbxContent>{paragraph('boxed')}</w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside}"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    notes = "".join(f'<w:r><w:footnoteReference w:id="{id}"/></w:r>' for id in (7, 3))
    body = paragraph(run("first") + box) + "<w:p/>" + table + paragraph(run("last") + notes)
    layout = opened(
        word(
            body,
            footnotes='<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
            f'<w:footnote w:id="3">{paragraph("three")}</w:footnote>'
            f'<w:footnote w:id="7">{paragraph("seven")}</w:footnote>',
            endnotes=f'<w:endnote w:id="3">{paragraph("end")}</w:endnote>',
            hdr1=paragraph("head"),
            ftr1=paragraph("foot"),
        )
    ).layout
    assert layout is not None
    assert [(layout.view[slice(*s.view)], s.label) for s in layout.segments] == [
        ("first", "paragraph 1"),
        ("boxed", "text box 1"),
        ("a", "table 1, row 1, column 1"),
        ("b", "table 1, row 1, column 2"),
        ("last", "paragraph 2"),
        ("three", "footnote 2"),
        ("seven", "footnote 1"),
        ("end", "endnote 1"),
        ("head", "header 1"),
        ("foot", "footer 1"),
    ]


def test_only_parts_that_change_are_packed_anew() -> None:
    data = word(paragraph("The gate ,too"), hdr1=paragraph("head"))
    document = opened(data)
    assert document.rewritten([]) == data
    made = document.rewritten([Edit(8, 10, ", ")])
    before, after = members(data), members(made)
    assert after == before | {BODY: before[BODY].replace("gate ,too", "gate, too")}
    assert list(after) == list(before)
    last = data[data.index(b"word/styles.xml") - 30 : data.index(b"PK\x01\x02")]
    assert made.count(last) == 1, "the others with their headers, as they were"


def test_sizes_behind_a_member_and_in_zip64_fields_give_way() -> None:
    file = BytesIO()
    parts = members(word(paragraph("The gate ,too")))

    class Pipe(BytesIO):
        def seekable(self) -> bool:
            return False

    file = Pipe()
    with ZipFile(file, "w") as made:
        for name, content in parts.items():
            with made.open(name, "w", force_zip64=True) as member:
                member.write(content.encode())
    data = file.getvalue()
    document = opened(data)
    assert document.rewritten([]) == data
    assert "gate,too" in members(document.rewritten([Edit(8, 9, "")]))[BODY]


@pytest.mark.parametrize(
    ("content", "edit", "after"),
    [
        ("<w:t>gate ,too</w:t>", Edit(4, 5, ""), "<w:t>gate,too</w:t>"),
        ("<w:t>gate.</w:t>", Edit(5, 5, " x "), '<w:t xml:space="preserve">gate. x </w:t>'),
        ("<w:t> gate. </w:t>", Edit(5, 5, " "), '<w:t xml:space="preserve">gate. </w:t>'),
        ("<w:t >gate.</w:t>", Edit(0, 0, " "), '<w:t  xml:space="preserve"> gate.</w:t>'),
        ('<w:t xml:space="preserve">gate. </w:t>', Edit(0, 4, "a&\n"), '<w:t xml:space="preserve">a&amp; . </w:t>'),
        ("<w:t>gate</w:t>", Edit(4, 4, "\u00a0"), "<w:t>gate\u00a0</w:t>"),
    ],
)  # fmt: skip
def test_spaces_that_an_edit_leaves_at_an_end_are_kept(
    content: str, edit: Edit, after: str
) -> None:
    body = f"<w:p><w:r>{content}</w:r>{run('end')}</w:p>"
    data = word(body)
    assert members(opened(data).rewritten([edit]))[BODY] == document(body.replace(content, after))


def test_a_space_goes_behind_the_number_of_a_note_and_a_quotation_mark_before_it() -> None:
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    layout = layout_of(f"<w:p>{run('end.')}{mark}{run('Next')}</w:p>")
    assert f"end.</w:t></w:r>{mark}" in layout.written([Edit(4, 4, " ")])[BODY]
    assert "> Next<" in layout.written([Edit(4, 4, " ")])[BODY]
    assert "end.”<" in layout.written([Edit(4, 4, "”")])[BODY]


def test_what_is_put_in_beside_something_else_goes_into_a_text() -> None:
    layout = layout_of(f"<w:p><w:r><w:tab/><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>{run('c')}</w:p>")
    assert layout.view == "a\tbc"
    assert "<w:tab/><w:t>,b</w:t>" in layout.written([Edit(2, 2, ",")])[BODY]
    assert "<w:t>a,</w:t>" in layout.written([Edit(1, 1, ",")])[BODY]


def test_utf16_comes_back_as_utf16() -> None:
    parts = members(word(paragraph("The gate ,too")))
    text = parts[BODY].replace("UTF-8", "UTF-16").encode("utf-16")
    file = BytesIO()
    with ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name, text if name == BODY else content)
    document = opened(file.getvalue())
    with ZipFile(BytesIO(document.rewritten([Edit(8, 9, "")]))) as made:
        assert "gate,too" in made.read(BODY).decode("utf-16")


def with_body(text: str) -> bytes:
    return archive({BODY: text, "word/styles.xml": part("styles", "")})


def bomb() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", compression=8) as made:
        made.writestr("[Content_Types].xml", members(word(""))["[Content_Types].xml"])
        with made.open(BODY, "w", force_zip64=False) as member:
            for _ in range(70):
                member.write(b" " * 1_000_000)
    return file.getvalue()


def lying_bomb() -> bytes:
    """Its directory says that there are a few bytes in it."""
    data = bytearray(bomb())
    sizes = (70_000_000).to_bytes(4, "little")
    at = -1
    while (at := data.find(sizes, at + 1)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def overlapping() -> bytes:
    """Two entries of the directory are about the same bytes."""
    data = bytearray(word(paragraph("a")))
    first, second = (data.index(b"PK\x01\x02", at) for at in (0, data.index(b"PK\x01\x02") + 1))
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def damaged() -> bytes:
    data = bytearray(word(paragraph("a")))
    data[data.index(b"word/document.xml") + 25] ^= 255
    return bytes(data)


def many() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as made:
        for number in range(10_001):
            made.writestr(str(number), "")
    return file.getvalue()


def twice() -> bytes:
    """Programs that know no capitals would read another part."""
    return archive({BODY: document(paragraph("a")), "WORD/document.xml": document(paragraph("b"))})


DECLARATION = '<!DOCTYPE w [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04", "no zip archive"),
        (b"just text", "no zip archive"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "password"),
        (word(paragraph("a"))[:-30], "no zip archive"),
        (archive({"word/styles.xml": part("styles", "")}), "not of one Word document"),
        (many(), "over 10,000 parts"),
        (bomb(), "larger than 64 MB"),
        (lying_bomb(), "damaged"),
        (overlapping(), "over one another"),
        (damaged(), "damaged"),
        (twice(), "twice"),
        (archive({BODY: document(""), "[Content_Types].xml": " " * 1_000_001}), "list of types"),
        (with_body(document("<w:p>" * 100_000)), "in one another"),
        (with_body(document("<w:p>")), "mismatched tag"),
        (with_body(DECLARATION + document(paragraph("&a;"))), "entities"),
        (with_body(document(paragraph("&a;"))), "entity"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_hostile_is_refused_in_a_line(data: bytes, why: str) -> None:
    with pytest.raises(DocumentProblem, match=r"^[^\n]+$") as problem:
        opened(data)
    assert why in str(problem.value)


def test_a_tag_of_many_attributes_is_read() -> None:
    many = " ".join(f"a{number}='>'" for number in range(50_000))
    assert layout_of(f"<w:p><w:r><w:t {many}>a</w:t></w:r></w:p>").view == "a"


def test_styles_that_are_based_on_thousands_of_others_cost_no_more() -> None:
    chain = "".join(
        f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(2_000)
    )
    body = "".join(paragraph("a", style=f"s{n}") for n in range(2_000))
    layout = FORMAT.read({BODY: document(body), "s": part("styles", chain)}, NO_CHOICES)
    assert len(layout.segments) == 2_000


def test_a_style_that_is_based_on_itself_says_what_it_says() -> None:
    styles = '<w:style w:styleId="a"><w:name w:val="Code"/><w:basedOn w:val="a"/></w:style>'
    body = paragraph("code", style="a") + paragraph("prose")
    layout = FORMAT.read({BODY: document(body), "s": part("styles", styles)}, NO_CHOICES)
    assert layout.view == "prose"


def test_what_has_too_many_runs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mtclean.formats.docx.reader.MOST_TOKENS", 100)
    assert opened(word(paragraph(*["a"] * 100)))
    with pytest.raises(DocumentProblem, match=r"over 100 runs of text$"):
        opened(word(paragraph(*["a"] * 101)))


def test_fields_that_never_end_cost_no_more_than_others() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>'
    fields = f"<w:p>{begun * 3_000}{run('made') * 3_000}</w:p>"
    assert layout_of(fields + paragraph("after")).view == ""


def test_white_space_beside_what_was_deleted_stays() -> None:
    """It is one too many only until somebody rejects the deletion."""
    gone = "<w:del><w:r><w:delText>of old</w:delText></w:r></w:del>"
    layout = layout_of(f"<w:p>{run('It was ')}{gone}{run(' shut.')}</w:p>")
    assert layout.view == "It was  shut."
    assert layout.fixed == (Span(7, 8),)


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join), st.data())
def test_laws(inside: str, data: st.DataObject) -> None:
    sources = {BODY: document(f"<w:p>{inside}</w:p>"), "s": part("styles", STYLES)}
    layout = FORMAT.read(sources, NO_CHOICES)
    law_of_pieces(layout)
    assert layout.written([]) == sources
    edits = data.draw(edits_of(layout))
    written = FORMAT.read(layout.written(edits), NO_CHOICES)
    assert written.has_the_frame_of(layout) or len(written.segments) < len(layout.segments)
    assert seen(written) == seen(layout, edits) or len(written.segments) < len(layout.segments)
