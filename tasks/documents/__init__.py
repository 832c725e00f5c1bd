"""Files in and out: find, decode, name the language, write without leaving halves."""

from tasks.documents.discover import Input, NothingToDo, discover
from tasks.documents.document import Document, document, read
from tasks.documents.errors import DocumentProblem, FolderUnusable, WouldOverwrite
from tasks.documents.language import language_of
from tasks.documents.ledger import Entry, Ledger, Plan, digest, is_listed, known, opened, plan
from tasks.documents.lock import FolderBusy, held, this_process
from tasks.documents.oddities import oddities
from tasks.documents.write import sweep, write, write_together

__all__ = [
    "Document",
    "DocumentProblem",
    "Entry",
    "FolderBusy",
    "FolderUnusable",
    "Input",
    "Ledger",
    "NothingToDo",
    "Plan",
    "WouldOverwrite",
    "digest",
    "discover",
    "document",
    "held",
    "is_listed",
    "known",
    "language_of",
    "oddities",
    "opened",
    "plan",
    "read",
    "sweep",
    "this_process",
    "write",
    "write_together",
]
