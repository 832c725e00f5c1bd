"""Files in and out: find, decode, name the language, write without leaving halves."""

from tasks.documents.below import digest_below, is_below, is_there, read_below
from tasks.documents.decode import as_utf8, reads_as
from tasks.documents.discover import Input, NothingToDo, discover
from tasks.documents.document import Document, digest, document, read
from tasks.documents.errors import DocumentProblem, FolderUnusable, WouldOverwrite
from tasks.documents.formats import SourceFormat
from tasks.documents.language import language_of
from tasks.documents.ledger import (
    Entry,
    Ledger,
    Plan,
    is_listed,
    known,
    opened,
    plan,
    read_rows,
)
from tasks.documents.lock import FolderBusy, held, this_process, turn
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
    "SourceFormat",
    "WouldOverwrite",
    "as_utf8",
    "digest",
    "digest_below",
    "discover",
    "document",
    "held",
    "is_below",
    "is_listed",
    "is_there",
    "known",
    "language_of",
    "oddities",
    "opened",
    "plan",
    "read",
    "read_below",
    "read_rows",
    "reads_as",
    "sweep",
    "this_process",
    "turn",
    "write",
    "write_together",
]
