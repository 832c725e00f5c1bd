"""Word documents made by hand, as small as Word opens them."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable="wps"'
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = {
    "document": "document.main", "hdr": "header", "ftr": "footer", "footnotes": "footnotes",
    "endnotes": "endnotes", "styles": "styles", "comments": "comments",
}  # fmt: skip
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="P1"><w:name w:val="Source Code"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="P2"><w:name w:val="Wide"/><w:basedOn w:val="P1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="P3"><w:name w:val="Code Caption"/><w:basedOn w:val="P1"/>'
    "</w:style>"
    '<w:style w:type="character" w:styleId="C1"><w:name w:val="Literal"/></w:style>'
    '<w:style w:type="character" w:styleId="C2"><w:name w:val="Keys"/><w:rPr>'
    '<w:rFonts w:ascii="Consolas"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="C3"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr>'
    "</w:style>"
)


def part(root: str, content: str) -> str:
    """A part of a document, with its declaration."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f"<w:{root} {SPACES}>{content}</w:{root}>"
    )


def document(body: str) -> str:
    """The part that holds the body."""
    return part("document", f"<w:body>{body}</w:body>")


def run(text: str, properties: str = "") -> str:
    """A run; outer spaces are kept."""
    own = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{own}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    """A paragraph of runs, or of plain texts."""
    own = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{own}{''.join(r if r.startswith('<') else run(r) for r in runs)}</w:p>"


def field(instruction: str, result: str) -> str:
    """A field with what it shows."""
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
    return f"{begin}{code}{separate}{run(result)}{end}"


def word(body: str, **others: str) -> bytes:
    """A Word document with this *body* and *others*, by the name of their first element and a number."""
    parts = {"document": document(body), "styles": part("styles", STYLES)}
    parts |= {name: part(name.rstrip("123"), content) for name, content in others.items()}
    return archive({f"word/{name}.xml": content for name, content in parts.items()})


def archive(parts: Mapping[str, str]) -> bytes:
    """A package of *parts*; all but the first in ``word/`` are tied to that."""
    names = [name for name in parts if name.startswith("word/")]
    kinds = {name: _KINDS[name[5:-4].rstrip("123")] for name in names}
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    tied = "".join(
        f'<Relationship Id="rId{i}" Type="{_RELATIONS}/{kinds[name]}" Target="{name[5:]}"/>'
        for i, name in enumerate(names[1:], 1)
    )
    everything = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        **parts,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{tied}'
        "</Relationships>",
    }
    file = BytesIO()
    with ZipFile(file, "w") as made:
        for name, content in everything.items():
            made.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return file.getvalue()


def members(data: bytes) -> dict[str, str]:
    """The parts of a document as another program reads them."""
    with ZipFile(BytesIO(data)) as made:
        assert made.testzip() is None
        return {name: made.read(name).decode() for name in made.namelist()}


PIECES = [
    run("a. "), run("b ,c"), run("&amp;d", "<w:b/>"), "<w:r><w:t>e </w:t></w:r>", "<w:r><w:tab/></w:r>",
    "<w:bookmarkStart/>", run("f", '<w:rStyle w:val="C1"/>'), '<w:r><w:footnoteReference w:id="1"/></w:r>',
    field("PAGE", "3"), "<w:ins>" + run("g ") + "</w:ins>", "<w:del><w:r><w:delText>h</w:delText></w:r></w:del>",
    f"<w:r><w:pict><w:txbxContent>{paragraph('in a box.')}</w:txbxContent></w:pict></w:r>",
    f'<w:hyperlink r:id="rId1">{run("a link ,")}</w:hyperlink>', field('HYPERLINK "b"', "i.j"),
    f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{run('k l')}</w:sdtContent></w:sdt>",
    f"<w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent>{run('1 May')}</w:sdtContent></w:sdt>",
    f"<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{paragraph('m ,n')}</w:txbxContent></mc:Choice>"
    f"<mc:Fallback><w:txbxContent>{paragraph('m ,n')}</w:txbxContent></mc:Fallback></mc:AlternateContent>"
    "<w:t>o </w:t><w:br/><w:t> p</w:t></w:r>", "<w:r><w:rPr/><w:t/></w:r>", run("q\n r"), run("’s"),
    "</w:p><w:p>",
]  # fmt: skip
"""What may stand in a paragraph, or end one and begin another."""
