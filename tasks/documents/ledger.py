"""What earlier runs did to an output folder, so that a run does only what is left.

A SQLite file in the output folder; one row an input.  A row is taken out before a document's
outputs are touched and put in when they are on disk, so that a run that is killed in between
does the document again.  With the rows it keeps whether they are listed yet on the page that is
made of them all, which comes last.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from tasks.documents.discover import Input
from tasks.documents.errors import FolderUnusable

LEDGER = ".mtclean.sqlite"
"""The file's name in the output folder."""

_TABLE = """
create table if not exists inputs (
    name blob primary key, path blob not null, sha256 text not null, signature text not null,
    status text not null, code text not null, message text not null, outputs text not null,
    summary text not null
) without rowid
"""
# SQLite's number for its user's purposes changes with the rows or not at all.
_UNLISTED, _LISTED = "pragma user_version = 1", "pragma user_version = 0"
_CHUNK = 1 << 20  # bytes read at a time


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one input.

    ``sha256`` is of its bytes; ``signature`` is what else its outputs depend on, by name;
    ``outputs`` are the files that were written, relative to the output folder; ``summary`` is the
    document's figures as JSON, for whoever shows a batch as a whole, or empty.
    """

    name: str
    path: str
    sha256: str
    signature: Mapping[str, str]
    status: str
    code: str = ""
    message: str = ""
    outputs: tuple[str, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do: inputs with the reason for each, and what it can leave."""

    due: Sequence[tuple[Input, str]]
    kept: Sequence[Entry]
    gone: Sequence[Entry]
    """Documents whose input is no longer there; their outputs stay where they are."""


class Ledger:
    """The rows of one output folder; made by :func:`opened`."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def entries(self) -> dict[str, Entry]:
        """Every row by the document's name."""
        rows = self._database.execute("select * from inputs order by name")
        return {entry.name: entry for entry in map(_entry, rows)}

    def forget(self, names: Iterable[str]) -> None:
        """Take rows out, before their outputs are touched."""
        with self._database:
            self._database.executemany(
                "delete from inputs where name = ?", ((os.fsencode(name),) for name in names)
            )
            self._database.execute(_UNLISTED)

    def record(self, entries: Iterable[Entry]) -> None:
        """Put rows in, when their outputs are on disk."""
        with self._database:
            self._database.executemany(
                "insert or replace into inputs values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                map(_row, entries),
            )
            self._database.execute(_UNLISTED)

    def all_listed(self) -> None:
        """Remember that the page of all documents says what the rows say."""
        self._database.execute(_LISTED)


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """The ledger of *folder*; begun anew where the file is no ledger, or another version's.

    Raises :class:`FolderUnusable` where the folder cannot be written to, also while it is used.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(_opened(folder / LEDGER)) as database:
            yield Ledger(database)
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise FolderUnusable(f"{folder} cannot be written to: {why}") from error


def known(folder: Path) -> dict[str, Entry]:
    """What the ledger of *folder* says, nothing being written; empty where there is none."""
    if not (folder / LEDGER).is_file():
        return {}
    try:
        with closing(sqlite3.connect(folder / LEDGER)) as database:
            return Ledger(database).entries()
    except (sqlite3.Error, ValueError):
        return {}


def is_listed(folder: Path) -> bool:
    """Whether the page of all documents says what the ledger of *folder* says, as far as one can tell."""
    if not (folder / LEDGER).is_file():
        return True
    try:
        with closing(sqlite3.connect(folder / LEDGER)) as database:
            return bool(database.execute("pragma user_version").fetchone() == (0,))
    except sqlite3.Error:
        return True


def plan(
    inputs: Iterable[Input],
    folder: Path,
    depends_on: Callable[[str], Mapping[str, str]],
    *,
    force: bool = False,
    only_failed: bool = False,
) -> Plan:
    """What is to be done to *inputs*, given what the ledger of *folder* says.

    ``depends_on`` gives the signature of a document by its name.  An output that a person has
    changed is left alone as long as everything it was made from is the same; one that is missing is
    made again.
    """
    before = known(folder)
    due: list[tuple[Input, str]] = []
    kept: list[Entry] = []
    seen: set[str] = set()
    for item in inputs:
        seen.add(item.name)
        entry = before.get(item.name)
        reason = "asked for" if force else _reason(item, entry, folder, depends_on(item.name))
        failed = entry is not None and entry.status == "failed"
        if reason and (failed or not only_failed):
            due.append((item, reason))
        elif entry is not None and not reason:
            kept.append(entry)
    missing = (entry for name, entry in before.items() if name not in seen)
    return Plan(due, kept, [entry for entry in missing if not Path(entry.path).exists()])


def _reason(item: Input, entry: Entry | None, folder: Path, signature: Mapping[str, str]) -> str:
    """Why *item* has to be done (again), or an empty string."""
    if entry is None:
        return "new"
    if entry.status == "failed":
        return "failed before"
    if entry.path != str(item.path):
        return "another file had its name"
    changed = [part for part, value in signature.items() if entry.signature.get(part) != value]
    if changed:
        return f"changed: {', '.join(changed)}"
    if entry.sha256 != digest(item.path):
        return "its text changed"
    if not all((folder / output).is_file() for output in entry.outputs):
        return "an output is missing"
    return ""


def digest(path: Path) -> str:
    """SHA-256 of the file's bytes as hex; empty where it is no file or cannot be read."""
    try:
        if not path.is_file():
            return ""
        sum_ = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                sum_.update(chunk)
        return sum_.hexdigest()
    except OSError:
        return ""


def _opened(file: Path) -> sqlite3.Connection:
    database = _connected(file)
    if database is None:
        for ending in ("", "-wal", "-shm"):  # what it knew is lost, so everything is done again
            file.with_name(LEDGER + ending).unlink(missing_ok=True)
        database = _connected(file)
    assert database is not None
    return database


def _connected(file: Path) -> sqlite3.Connection | None:
    """The database in *file*; None where that is none, or has other columns."""
    database = sqlite3.connect(file)
    try:
        database.execute("pragma journal_mode = wal")
        database.execute(_TABLE)
        columns = [column[1] for column in database.execute("pragma table_info(inputs)")]
        if columns == [field.name for field in fields(Entry)]:
            return database
    except sqlite3.OperationalError:  # such as a full disk, which is no reason to forget anything
        database.close()
        raise
    except sqlite3.DatabaseError:
        pass
    database.close()
    return None


def _row(entry: Entry) -> tuple[str | bytes, ...]:
    return (
        os.fsencode(entry.name),  # names need not be Unicode, SQLite's text must
        os.fsencode(entry.path),
        entry.sha256,
        json.dumps(dict(entry.signature), sort_keys=True),
        entry.status,
        entry.code,
        entry.message.encode("utf-8", "backslashreplace").decode(),
        json.dumps(entry.outputs),
        entry.summary,
    )


def _entry(row: Sequence[str]) -> Entry:
    name, path, sha256, signature, status, code, message, outputs, summary = row
    return Entry(
        os.fsdecode(name),
        os.fsdecode(path),
        sha256,
        json.loads(signature),
        status,
        code,
        message,
        tuple(json.loads(outputs)),
        summary,
    )
