"""The record as a Word document with tracked changes, for those who review in Word.

A line of the text is a paragraph; what was taken out and put in is tracked, ends of lines too, and
what is only said is a comment.  Needs python-docx, the extra ``docx``.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from tasks.report.pieces import pieces
from tasks.report.record import ChangeRecord, FindingRecord, FixRecord, Record

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

AUTHOR = "mtclean"
_NEVER = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""

Kind = Literal["", "w:ins", "w:del"]


class DocxMissing(ImportError):
    """python-docx is not installed; the message says what to do."""


def docx(record: Record) -> bytes:
    """*record* as a ``.docx`` file; what XML cannot hold becomes U+FFFD.  Raises :class:`DocxMissing`."""
    try:
        from docx import Document
    except ImportError as error:
        raise DocxMissing('Word files need an extra: pip install "mtclean[docx]"') from error
    writer = _Writer(Document())
    for piece in pieces(record):
        if isinstance(piece, str):
            writer.put(piece)
        elif isinstance(piece, ChangeRecord):
            writer.put(piece.before, "w:del")
            writer.put(piece.after, "w:ins")
        else:
            writer.comment(_words(piece))
    file = BytesIO()
    writer.document.save(file)
    return file.getvalue()


def _words(piece: FixRecord | FindingRecord) -> str:
    if isinstance(piece, FindingRecord):
        return f"{piece.rule} ({piece.severity.value}): {piece.message}"
    edits = "; ".join(f"“{edit.before}” → “{edit.after}”" for edit in piece.edits)
    return f"{piece.rule}: {piece.reason} {edits}"


class _Writer:
    """Appends to a document, and numbers its tracked changes."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._paragraph: Paragraph = document.add_paragraph()
        self._run: Run | None = None
        self._changes = 0

    def put(self, text: str, kind: Kind = "") -> None:
        """Append *text*: kept, tracked as put in, or tracked as taken out."""
        lines = _NEVER.sub("\ufffd", re.sub("\r\n?", "\n", text)).split("\n")
        for number, line in enumerate(lines):
            if number:
                self._end_paragraph(kind)
            if line:
                self._append(line, kind)

    def comment(self, words: str) -> None:
        """Comment on what was put last."""
        run = self._run or self._paragraph.add_run()
        self.document.add_comment(run, _NEVER.sub("\ufffd", words), AUTHOR, "mt")

    def _append(self, line: str, kind: Kind) -> None:
        from docx.oxml import OxmlElement

        run = self._paragraph.add_run(line)
        self._run = run
        if not kind:
            return
        tracked = self._tracked(kind)
        run._r.addprevious(tracked)
        tracked.append(run._r)
        if kind == "w:del":  # Word wants what is taken out in an element of its own
            for text in run._r.findall(_name("w:t")):
                deleted = OxmlElement("w:delText")
                deleted.text = text.text
                deleted.set(_name("xml:space"), "preserve")
                text.getparent().replace(text, deleted)

    def _end_paragraph(self, kind: Kind) -> None:
        from docx.oxml import OxmlElement

        if kind:
            mark = OxmlElement("w:rPr")
            mark.append(self._tracked(kind))
            self._paragraph._p.get_or_add_pPr().append(mark)
        self._paragraph = self.document.add_paragraph()
        self._run = None

    def _tracked(self, kind: Kind):  # type: ignore[no-untyped-def]  # noqa: ANN202 - lxml has no types
        from docx.oxml import OxmlElement

        self._changes += 1
        element = OxmlElement(kind)
        element.set(_name("w:id"), str(self._changes))
        element.set(_name("w:author"), AUTHOR)
        return element


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    name: str = qn(tag)
    return name
