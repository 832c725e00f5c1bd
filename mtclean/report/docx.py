"""The record as a Word document with tracked changes, for those who review in Word.

A line of the text is a paragraph; what was taken out and put in is tracked, ends of lines too, and
what is only said is a comment.  Needs python-docx, the extra ``docx``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from mtclean.formats.docx.comments import AUTHOR, By
from mtclean.report.pieces import Piece, decider_of, moment, pieces, words, words_of_people
from mtclean.report.record import ChangeRecord, Record
from mtclean.text.decision import Note
from mtclean.trouble import Trouble

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_NEVER = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""

Kind = Literal["", "w:ins", "w:del"]


class DocxMissing(Trouble):
    """python-docx is not installed; the message says what to do."""


def docx(record: Record) -> bytes:
    """*record* as a ``.docx`` file; what XML cannot hold becomes U+FFFD.  Raises :class:`DocxMissing`."""
    try:
        from docx import Document
    except ImportError as error:
        raise DocxMissing("Word files need python-docx: pip install python-docx") from error
    writer = _Writer(Document())
    for piece in _with_whole_line_ends(record):
        if isinstance(piece, tuple):
            writer.put(*piece)
        elif isinstance(piece, ChangeRecord):
            writer.by = decider_of(piece, record)
        elif not isinstance(piece, str):
            writer.comment(words(piece))
            if said := words_of_people(piece):
                writer.comment(said, piece.note)
    file = BytesIO()
    writer.document.save(file)
    return file.getvalue()


def _with_whole_line_ends(
    record: Record,
) -> Iterator[tuple[str, Kind] | Piece]:
    """The pieces, without each CR that an LF follows in its own text; a change goes before what it takes and puts.

    Word knows one end of a line.  Where a change takes away or brings in one half of a CR LF, the
    other half must end no further line, nor fail to end one.
    """
    cleaned = record.cleaned()
    old = new = 0  # how far the original and the cleaned text have been told
    for piece in pieces(record):
        if isinstance(piece, str):
            old, new = old + len(piece), new + len(piece)
            kept, came = _whole(piece, record.original, old), _whole(piece, cleaned, new)
            yield min(kept, came, key=len), ""
            if len(kept) != len(came):
                yield "\r", "w:del" if len(kept) > len(came) else "w:ins"
        elif isinstance(piece, ChangeRecord):
            old, new = piece.original.end, piece.output.end
            yield piece
            yield _whole(piece.before, record.original, old), "w:del"
            yield _whole(piece.after, cleaned, new), "w:ins"
        else:
            yield piece


def _whole(piece: str, text: str, end: int) -> str:
    """*piece*, which ends at *end* of *text*, without a CR whose LF is in the next piece."""
    return piece[:-1] if piece.endswith("\r") and text.startswith("\n", end) else piece


class _Writer:
    """Appends to a document, and numbers its tracked changes."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._paragraph: Paragraph = document.add_paragraph()
        self._run: Run | None = None
        self._changes = 0
        self.by: Note | None = None
        """Who made the changes that are put next, where a person did."""

    def put(self, text: str, kind: Kind = "") -> None:
        """Append *text*: kept, tracked as put in, or tracked as taken out."""
        lines = _NEVER.sub("\ufffd", re.sub("\r\n?", "\n", text)).split("\n")
        for number, line in enumerate(lines):
            if number:
                self._end_paragraph(kind)
            if line:
                self._append(line, kind)

    def comment(self, words: str, by: Note | None = None) -> None:
        """Comment on what was put last, in the name of who says so."""
        run = self._run or self._paragraph.add_run()
        author = By(_NEVER.sub("\ufffd", by.by)) if by and by.by else By()
        self.document.add_comment(run, _NEVER.sub("\ufffd", words), author.name, author.initials)

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
        by = self.by
        element.set(_name("w:author"), _NEVER.sub("\ufffd", by.by) if by else AUTHOR)
        if by and (date := moment(by.at)):
            element.set(_name("w:date"), date)
        return element


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    name: str = qn(tag)
    return name
