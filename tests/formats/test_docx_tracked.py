"""Tracked changes: accepting all is the cleaned text, rejecting all the original with its formatting."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.documents.document import laid_out
from mtclean.formats import Layout
from mtclean.formats.docx import FORMAT
from mtclean.formats.docx.comments import By
from mtclean.formats.docx.tracked import Change, Remark, tracked
from mtclean.text import Edit, Span
from tests.formats.laws import edits_of, seen
from tests.formats.word import PIECES, document, members, paragraph, run, word
from tests.patience import PATIENCE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"
DATE = "2026-11-26T00:00:00Z"
OFFICE = shutil.which("soffice") or ""

Seen = list[list[tuple[str, str]]]
"""Of each paragraph its characters, with the properties of their run."""


def layout_of(data: bytes) -> Layout:
    layout = laid_out("t.docx", data, FORMAT).layout
    assert layout is not None
    return layout


def characters(xml: str, *, accept: bool) -> Seen:
    """What Word shows when all that mtclean tracked was accepted, or rejected; other revisions stay as they are."""
    paragraphs: Seen = []

    def walk(element: ElementTree.Element, properties: str, open_: list[tuple[str, str]]) -> None:
        is_ours = element.get(f"{W}author") == "mtclean"
        if is_ours and element.tag == (f"{W}del" if accept else f"{W}ins"):
            return
        if element.tag == f"{W}p":
            open_ = []
            paragraphs.append(open_)
        if element.tag == f"{W}r":
            own = element.find(f"{W}rPr")
            properties = "" if own is None else ElementTree.tostring(own, encoding="unicode")
        if element.tag in (f"{W}t", f"{W}delText"):
            kept = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
            text = (element.text or "") if kept else (element.text or "").strip(" \t\r\n")
            open_ += [(character, properties) for character in text]
        elif not len(element) and element.tag not in _OURS:
            open_.append((element.tag, properties))
        for child in element if element.tag != f"{W}rPr" else ():
            walk(child, properties, open_)

    walk(ElementTree.fromstring(xml), "", [])
    return paragraphs


_OURS = (f"{W}r", f"{W}rPr", f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")


def revisions(xml: str) -> list[tuple[str, str]]:
    """What was taken out and put in, in order."""
    found = re.findall(r'<w:(ins|del) [^>]*w:author="mtclean"[^>]*>(.*?)</w:\1>', xml)
    return [(kind, re.sub("<[^>]*>", "", inside)) for kind, inside in found]


def test_what_people_change_and_say_is_theirs() -> None:
    """By the name that they gave and the time; whatever is in a name ends no attribute."""
    data = word(f"<w:p>{run('The gate was shut.')}</w:p>")
    ada = By('Ada "Al" <Lovelace>', "2026-11-26T09:30:00Z")
    changes = [Change(Edit(4, 8, "door"), ("why",), ada)]
    made = members(
        tracked(data, layout_of(data), changes, [Remark(Span(13, 17), "Is it?", ada)], DATE)
    )
    name = "Ada &quot;Al&quot; &lt;Lovelace&gt;"
    theirs = f'w:author="{name}" w:date="2026-11-26T09:30:00Z"'
    assert made[BODY].count(theirs) == 2
    assert 'w:author="mtclean"' not in made[BODY]
    comments = made["word/comments.xml"]
    assert f'{theirs} w:initials="A&quot;&lt;"' in comments
    assert f'w:author="mtclean" w:date="{DATE}" w:initials="mt"' in comments
    ElementTree.fromstring(made[BODY])
    ElementTree.fromstring(comments)


def test_a_change_is_tracked_in_the_formatting_of_its_run() -> None:
    data = word(f"<w:p>{run('The gate ,', '<w:b/>')}{run('too')}</w:p>")
    body = members(tracked(data, layout_of(data), [Change(Edit(8, 10, ", "))], date=DATE))[BODY]
    said = f'w:author="mtclean" w:date="{DATE}"'
    bold = "<w:rPr><w:b/></w:rPr>"
    assert (
        f'<w:p><w:r>{bold}<w:t xml:space="preserve">The gate</w:t></w:r>'
        f'<w:del w:id="1" {said}><w:r>{bold}<w:delText xml:space="preserve"> ,</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" {said}><w:r>{bold}<w:t xml:space="preserve">, </w:t></w:r></w:ins>'
        f'<w:r><w:t xml:space="preserve">too</w:t></w:r></w:p>'
    ) in body


@pytest.mark.parametrize(
    ("inside", "edit", "after"),
    [
        (run("all"), Edit(0, 3, "b"), [("del", "all"), ("ins", "b")]),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b.</w:t></w:r>", Edit(2, 4, ""), [("del", "b.")]),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b.</w:t><w:tab/></w:r>" + run("c"), Edit(4, 4, " "), [("ins", " ")]),
        ("<w:r><w:t>a </w:t></w:r>" + run("b"), Edit(1, 1, " x "), [("ins", " x ")]),
        ("<w:ins w:id='7' w:author='Ann'>" + run("new one") + "</w:ins>", Edit(3, 4, ""), [("del", " ")]),
        (run("a&amp;b"), Edit(1, 2, "<"), [("del", "&amp;"), ("ins", "&lt;")]),
        (run("a", "<w:b/>") + run("b"), Edit(0, 2, "c"), [("del", "a"), ("ins", "c"), ("del", "b")]),
    ],
)  # fmt: skip
def test_what_is_taken_out_and_put_in(
    inside: str, edit: Edit, after: list[tuple[str, str]]
) -> None:
    data = word(f"<w:p>{inside}</w:p>")
    made = tracked(data, layout_of(data), [Change(edit)])
    before, body = members(data)[BODY], members(made)[BODY]
    assert revisions(body) == after
    assert characters(body, accept=False) == characters(before, accept=False)
    assert seen(layout_of(made)) == seen(layout_of(data), [edit])
    assert "<w:t></w:t>" not in body
    assert not re.search(r"<w:t [^>]*></w:t>", body)
    assert {n: m for n, m in members(made).items() if n != BODY} == {
        n: m for n, m in members(data).items() if n != BODY
    }


def test_remarks_are_comments_in_a_part_of_their_own() -> None:
    data = word(paragraph("The gate was shut.", "It was late."))
    changes = [Change(Edit(18, 18, " "), ("a rule: & why",))]
    remarks = [Remark(Span(4, 8), "which gate?"), Remark(Span(17, 20), "over the change")]
    made = members(tracked(data, layout_of(data), changes, remarks, DATE))
    comments = ElementTree.fromstring(made["word/comments.xml"])
    said = {c.get(f"{W}id"): "".join(c.itertext()) for c in comments}
    assert said == {"1": "a rule: & why", "2": "which gate?", "3": "over the change"}
    assert {c.get(f"{W}author") for c in comments} == {"mtclean"}
    assert '<w:commentRangeStart w:id="2"/>' in made[BODY]
    assert re.search(r'commentRangeStart w:id="2"/>(?:<[^>]*>)*gate<', made[BODY])
    assert 'PartName="/word/comments.xml"' in made["[Content_Types].xml"]
    assert 'Target="comments.xml"' in made["word/_rels/document.xml.rels"]
    ids = re.findall(r'Id="(\w+)"', made["word/_rels/document.xml.rels"])
    assert len(ids) == len(set(ids))


def test_comments_that_there_are_stay_and_ids_are_new() -> None:
    comment = f'<w:comment w:id="4" w:author="Ann">{paragraph("mine ,mine")}</w:comment>'
    mark = '<w:bookmarkStart w:id="9" w:name="b"/><w:bookmarkEnd w:id="9"/>'
    data = word(f"<w:p>{mark}{run('The gate ,too')}</w:p>", comments=comment)
    made = members(tracked(data, layout_of(data), [Change(Edit(8, 9, ""), ("why",))]))
    assert comment in made["word/comments.xml"]
    assert '<w:comment w:id="5" w:author="mtclean"' in made["word/comments.xml"]
    assert 'w:del w:id="10"' in made[BODY]
    assert made["[Content_Types].xml"] == members(data)["[Content_Types].xml"]


def test_what_word_has_no_place_for_is_said_at_the_beginning() -> None:
    note = f'<w:footnote w:id="1">{paragraph("a note ,too")}</w:footnote>'
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('in ,it')}</w:txbxContent></w:pict></w:r>"
    data = word(paragraph(box) + paragraph("body") + paragraph("more"), footnotes=note)
    layout = layout_of(data)
    places = [match.start() for match in re.finditer(" ,", layout.view)]
    remarks = [Remark(Span(0, 2), "where?")]
    changes = [Change(Edit(at, at + 1, ""), ("why",)) for at in places]
    made = members(tracked(data, layout, changes, remarks))
    comments = ElementTree.fromstring(made["word/comments.xml"])
    assert ["".join(comment.itertext()) for comment in comments] == [
        "text box 1: why", "footnote 1: why", "text box 1, “in”: where?",
    ]  # fmt: skip
    assert revisions(made["word/footnotes.xml"]) == [("del", " ")]
    assert "comment" not in made["word/footnotes.xml"]
    assert re.search(r'(?:<w:commentRangeStart w:id="\d"/>){3}', made[BODY].partition(">body<")[0])


def test_nothing_to_say_is_the_same_file() -> None:
    data = word(paragraph("body"))
    assert tracked(data, layout_of(data), []) == data


@st.composite
def documents(draw: st.DrawFn) -> str:
    return document(f"<w:p>{''.join(draw(st.lists(st.sampled_from(PIECES), max_size=10)))}</w:p>")


@given(documents(), st.data())
def test_laws(body: str, data: st.DataObject) -> None:
    made = members(word(""))
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in (made | {BODY: body}).items():
            archive.writestr(name, content)
    layout = layout_of(file.getvalue())
    edits = data.draw(edits_of(layout))
    spans = data.draw(st.lists(st.tuples(*[st.integers(0, len(layout.view))] * 2), max_size=4))
    remarks = [Remark(Span(*sorted(s)), "r") for s in spans] if layout.segments else []
    after = tracked(file.getvalue(), layout, [Change(e, ("why",)) for e in edits], remarks)
    xml = members(after)[BODY]
    assert characters(xml, accept=False) == characters(body, accept=False)
    again = layout_of(after)
    assert seen(again) == seen(layout, edits) or len(again.segments) < len(layout.segments)
    for kind in ("ins|w:del", "commentRangeStart", "commentRangeEnd"):
        ids = re.findall(rf'<w:(?:{kind}) w:id="(\d+)" ?', xml)
        assert len(ids) == len(set(ids))


@pytest.mark.skipif(not OFFICE, reason="needs LibreOffice: apt-get install libreoffice-writer")
def test_libreoffice_keeps_every_change_and_comment(tmp_path: Path) -> None:
    note = f'<w:footnote w:id="1">{paragraph("a note ,too")}</w:footnote>'
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    inserted = f"<w:ins w:id='3' w:author='Ann' w:date='{DATE}'>{run('a new ,one')}</w:ins>"
    data = word(
        paragraph(run("The gate ,", "<w:b/>"), run("too ,was ", "<w:i/>"), run("shut.") + mark)
        + paragraph(run("So ") + inserted),
        footnotes=note,
    )
    layout = layout_of(data)
    spaces = [match.start() for match in re.finditer(" ,", layout.view)]
    changes = [Change(Edit(at, at + 2, ", "), (f"why {at}",)) for at in spaces]
    made = tracked(data, layout, changes, [Remark(Span(4, 8), "which?")], DATE)
    source = tmp_path / "made.docx"
    source.write_bytes(made)
    subprocess.run(
        [OFFICE, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to",
         "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "out"), str(source)],
        check=True, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
    saved = members((tmp_path / "out" / "made.docx").read_bytes())
    count = sum(len(revisions(saved[name])) for name in (BODY, "word/footnotes.xml"))
    assert count == 2 * len(spaces) == 8
    assert saved["word/comments.xml"].count("why ") == 4
    assert "which?" in saved["word/comments.xml"]
