"""Files in and out: find, decode, name the language, write without leaving halves."""

from mtclean.documents.below import digest_below, files_below, is_below, is_there, read_below
from mtclean.documents.beside import beside, named, read, source_of
from mtclean.documents.decode import as_utf8, reads_as
from mtclean.documents.discover import Input, NothingToDo, discover, files_in
from mtclean.documents.document import Document, document, read_as, read_handed_in
from mtclean.documents.errors import DocumentProblem, FolderUnusable, WouldOverwrite
from mtclean.documents.folder_lock import FolderBusy, locked, this_process, turn
from mtclean.documents.formats import AS_IT_LOOKS, Reading, SourceFormat
from mtclean.documents.language import is_plain_english, language_beside, language_of
from mtclean.documents.ledger import (
    Counted,
    Counts,
    Entry,
    Ledger,
    Plan,
    Said,
    counted,
    has_ledger,
    is_listed,
    known,
    opened,
    plan,
    read_rows,
    said_of,
    seen_before,
)
from mtclean.documents.oddities import oddities
from mtclean.documents.sums import Sums, digest
from mtclean.documents.write import Unplaced, put_in_place, sweep, write, write_together

__all__ = [
    "AS_IT_LOOKS",
    "Counted",
    "Counts",
    "Document",
    "DocumentProblem",
    "Entry",
    "FolderBusy",
    "FolderUnusable",
    "Input",
    "Ledger",
    "NothingToDo",
    "Plan",
    "Reading",
    "Said",
    "SourceFormat",
    "Sums",
    "Unplaced",
    "WouldOverwrite",
    "as_utf8",
    "beside",
    "counted",
    "digest",
    "digest_below",
    "discover",
    "document",
    "files_below",
    "files_in",
    "has_ledger",
    "is_below",
    "is_listed",
    "is_plain_english",
    "is_there",
    "known",
    "language_beside",
    "language_of",
    "locked",
    "named",
    "oddities",
    "opened",
    "plan",
    "put_in_place",
    "read",
    "read_as",
    "read_below",
    "read_handed_in",
    "read_rows",
    "reads_as",
    "said_of",
    "seen_before",
    "source_of",
    "sweep",
    "this_process",
    "turn",
    "write",
    "write_together",
]
