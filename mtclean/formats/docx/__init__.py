"""Word documents: the text of their paragraphs is prose, wherever in them it is.

The archive, its other parts and all markup stay as they are, byte for byte.
"""

from mtclean.formats.docx.package import ARCHIVE
from mtclean.formats.docx.reader import read
from mtclean.formats.format import Format
from mtclean.formats.markup_edits import only_prose

FORMAT = Format(
    "docx",
    "a Word document",
    frozenset({".docx", ".docm", ".dotx", ".dotm"}),
    read,
    ARCHIVE,
    only_prose=only_prose,
    tracks=True,
)
