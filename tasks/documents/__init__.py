"""Files in and out: find, decode, name the language, write without leaving halves."""

from tasks.documents.discover import Input, NothingToDo, discover
from tasks.documents.document import Document, document, read
from tasks.documents.errors import DocumentProblem
from tasks.documents.language import language_of
from tasks.documents.write import write

__all__ = [
    "Document",
    "DocumentProblem",
    "Input",
    "NothingToDo",
    "discover",
    "document",
    "language_of",
    "read",
    "write",
]
