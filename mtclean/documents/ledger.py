"""What earlier runs did to an output folder, so that a run does only what is left.

A SQLite file in the output folder; one row an input.  A row is marked before a document's outputs
are touched and put in anew when they are on disk, so that a run that is killed in between does the
document again, and the document is known all the while.  What all documents of a run depend on stands there once.  With the rows it keeps whether they are
listed yet on the page that is made of them all, which comes last.  A second table has what was counted in each document for the
batch (:mod:`mtclean.text.batch`), so that only what is new is read for that; a third what the counts of a folder said of each of its
documents, a fourth how the files looked that were read (:mod:`mtclean.documents.sums`): where nothing has changed, neither counts nor files are looked into.

The file may be damaged, or somebody else's (:mod:`mtclean.documents.below`).  So it is opened only where
it is a plain file without a rollback journal (which could name files to remove), its tables must be
ours to the letter, and every row is looked at before it is believed.  What does not hold is set aside,
and the rows that do hold are put into a new one.

A review asks for the rows with every decision.  They are read once, and again only where somebody else has
written to the file: what one decision costs is not to grow with the folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import stat
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from sys import intern
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from mtclean.documents.below import Open, files_below, holding, is_below, is_there
from mtclean.documents.discover import Input
from mtclean.documents.errors import FolderUnusable
from mtclean.documents.formats import Reading
from mtclean.documents.ours import is_ours, key_file, mark
from mtclean.documents.sums import digest
from mtclean.documents.write import new_name
from mtclean.text.batch import folder_of

LEDGER = ".mtclean.sqlite"
"""The file's name in the output folder."""

READING = "how it is read"
SOURCE = "source"
DECISIONS = "decisions"
OTHERS = "what other documents have in common with it"
"""The parts of a signature that are a document's own."""
_OWN = frozenset((READING, SOURCE, DECISIONS, OTHERS))

DAMAGED = f"{LEDGER}.damaged"
"""What a ledger that cannot be used is renamed to; the last such one is kept."""

_TABLE = """
create table if not exists inputs (
    name blob primary key, path blob not null, sha256 text not null, signature text not null,
    shared text not null, status text not null, code text not null, message text not null,
    outputs text not null, summary text not null, making integer not null, mark text not null
) without rowid
"""
_SIGNATURES = """
create table if not exists signatures (digest text primary key, shared text not null) without rowid
"""
_COUNTS = """
create table if not exists counts (
    name blob primary key, path blob not null, counted text not null, counts text not null
) without rowid
"""
_EVIDENCE = """
create table if not exists evidence (
    folder blob primary key, counted text not null, digests text not null
) without rowid
"""
_FILES = """
create table if not exists files (path blob primary key, seen blob not null) without rowid
"""
_TABLES = (_TABLE, _SIGNATURES, _COUNTS, _EVIDENCE, _FILES)
_ROWS = """
select name, path, sha256, signature, shared, status, code, message, outputs, summary, making, mark,
    typeof(name)
from inputs order by name
"""
_ROW = f"{_ROWS.partition('order')[0]} where name = ?"
_RANKS = {b"null": 0, b"integer": 1, b"real": 1, b"text": 2, b"blob": 3}  # SQLite's order of types
_BESIDE = ("-wal", "-shm")  # what SQLite keeps with the file
_JOURNAL = "-journal"  # what it would keep in another mode than ours
# SQLite's number for its user's purposes changes with the rows or not at all.
_UNLISTED, _LISTED = "pragma user_version = 1", "pragma user_version = 0"
_LONGEST_PATH = 4096  # bytes
_SUM = 32  # hexadecimal digits
_MOST_PARTS = 100  # of a signature, that documents have in common: every row has them

NONE: Mapping[str, str] = MappingProxyType({})

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one input.

    ``sha256`` is of its bytes; ``signature`` is what else its outputs depend on, by name;
    ``outputs`` are the files that were written, relative to the output folder; ``summary`` is the
    document's figures as JSON, for whoever shows a batch as a whole, or empty.  ``making`` says that
    a run has begun to make the outputs anew and not ended; ``ours`` that it was a run of this user's
    that read *path*, and the source beside it (:mod:`mtclean.documents.ours`).
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
    making: bool = False
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do: inputs with the reason for each, and what it can leave."""

    due: Sequence[tuple[Input, str]]
    kept: Sequence[Entry]
    gone: Sequence[Entry]
    """Documents whose input is no longer there; their outputs stay where they are."""


class _State(NamedTuple):
    """What tells a ledger that was written to from one that was not: its files as they are, and whose rows are ours by which key.

    Not asked is what stands in the file: who closes one that SQLite has open, too, takes its locks away.
    """

    files: tuple[tuple[int, ...], ...]
    key: Path


class Counted(NamedTuple):
    """What was counted in the document at ``path``: ``of`` says of which bytes, read how; ``counts`` are JSON."""

    path: str
    of: str
    counts: str


class Said(NamedTuple):
    """What the counts of a folder said of its documents: ``by`` sums the counts up; ``digests`` are the documents' by name."""

    by: str
    digests: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Counts:
    """What was counted in the documents of a folder, by name; the same object for as long as that is the same."""

    rows: Mapping[str, Counted]


@dataclass(slots=True)
class Rows:
    """What can be read of a ledger.  ``lost`` says why that is not all; empty where it is."""

    entries: dict[str, Entry]
    lost: str = ""


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What this process has read of a ledger, or written to it, when its files were in that *state*."""

    state: _State
    entries: Mapping[str, Entry] | None = None
    counts: Counts | None = None


_remembered: dict[Path, _Remembered] = {}
_MOST_REMEMBERED = 2  # folders


class Ledger:
    """The rows of one output folder; made by :func:`opened`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = key_file()
        self._entries: dict[str, Entry] = {}
        self._changed: set[str] = set()
        """The rows that were put in."""
        self.trouble = ""
        """What there is to know of a ledger that could not be used as it was, in a line; or empty."""
        _set_journal_aside(folder)
        rows = read_rows(folder)
        self._entries = rows.entries
        self._counts: Counts | None = counted(folder)
        try:
            self._database = self._anew(rows.lost) if rows.lost else _connected(folder / LEDGER)
        except sqlite3.Error as error:
            self._database = self._anew(str(error))

    def entries(self) -> dict[str, Entry]:
        """Every row by the document's name."""
        return dict(sorted(self._entries.items()))

    def begin(self, names: Iterable[str]) -> None:
        """Mark rows before their outputs are touched."""
        listed = [name for name in names if name in self._entries]
        for name in listed:
            self._entries[name] = replace(self._entries[name], making=True)
        self._write([self._entries[name] for name in listed], _UNLISTED)

    def record(self, entries: Iterable[Entry]) -> None:
        """Put rows in, when their outputs are on disk."""
        added = list(entries)
        self._entries |= {entry.name: entry for entry in added}
        self._write(added, _UNLISTED)

    def count(self, counts: Mapping[str, Counted], gone: Mapping[str, str] = NONE) -> None:
        """Put in what was counted in documents, by name, and forget those that are *gone*, with the paths of their files."""
        rows = (
            (os.fsencode(name), os.fsencode(row.path), row.of, row.counts)
            for name, row in counts.items()
        )
        if not counts and not gone:
            return
        self._counts = None
        with self._database as database:
            database.executemany("insert or replace into counts values (?, ?, ?, ?)", rows)
            database.executemany("delete from counts where name = ?", _keys(gone))
            database.executemany("delete from files where path = ?", _keys(gone.values()))
            database.executemany(
                "delete from evidence where folder = ?", _keys(map(folder_of, gone))
            )

    def remember(self, said: Mapping[str, Said], files: Mapping[str, bytes]) -> None:
        """Put in what the counts of folders *said*, by folder, and how *files* looked that were read, by path."""
        told = ((os.fsencode(way), one.by, "\n".join(one.digests)) for way, one in said.items())
        seen = ((os.fsencode(path), look) for path, look in files.items())
        if not said and not files:
            return
        with self._database as database:
            database.executemany("insert or replace into evidence values (?, ?, ?)", told)
            database.executemany("insert or replace into files values (?, ?)", seen)

    def all_listed(self) -> None:
        """Remember that the page of all documents says what the rows say."""
        self._write([], _LISTED)

    def close(self) -> None:
        """Close the file."""
        try:
            entries = self._as_read()
        finally:
            self._database.close()
        if entries is None:
            # Within one tick of the clock the file looks as it did with the rows of before.
            _remembered.pop(self._folder, None)
        # Whoever holds the folder is alone with the file, so that nothing else has changed in it.
        _remember(self._folder, _Remembered(_state(self._folder), entries, self._counts))

    def _as_read(self) -> Mapping[str, Entry] | None:
        """The rows as who opens the file next will read them; None where that has to be seen, or costs no more then than now."""
        if self.trouble or len(self._changed) > len(self._entries) / 2:
            return None
        self._database.text_factory = bytes
        entries = dict(self._entries)
        try:
            signatures = _Signatures(self._database)
            for name in self._changed:
                (row,) = self._database.execute(_ROW, (os.fsencode(name),))
                entries[name] = _entry(row, self._key, signatures)
        except (sqlite3.Error, ValueError, TypeError, RecursionError):
            return None
        return entries

    def _write(self, entries: Iterable[Entry], listed: str) -> None:
        """Into the file; where that fails, everything that is known goes into a new one."""
        added = list(entries)
        self._changed.update(entry.name for entry in added)
        try:
            _put(self._database, added, self._key, listed)
        except sqlite3.Error as error:
            self._database.close()
            self._database = self._anew(str(error))
            self._database.execute(listed)

    def _anew(self, why: str) -> sqlite3.Connection:
        """A new file with every row that is known, in place of one that cannot be used.

        Raises :class:`sqlite3.Error` or :class:`OSError` where it cannot be made; the old one stays then.
        """
        name = new_name()
        with holding(self._folder, LEDGER) as (folder, ledger):
            try:
                with closing(_connected(self._folder / name)) as database:
                    _put(database, self._entries.values(), self._key, _UNLISTED)
                _set_aside(folder, ledger)
                folder.replace(name, ledger)
            finally:
                for ending in ("", *_BESIDE, _JOURNAL):
                    with suppress(OSError):
                        folder.unlink(name + ending)
        self.trouble = (
            f"{self._folder / LEDGER} could not be used ({why}): it is {DAMAGED} now, and what it no "
            f"longer tells is done again ({len(self._entries)} documents are known)"
        )
        return _connected(self._folder / LEDGER)


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """The ledger of *folder*, for the one who holds it; begun anew where it is another version's.

    Raises :class:`FolderUnusable` where the folder cannot be written to, also while it is used.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(Ledger(folder)) as ledger:
            yield ledger
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise FolderUnusable(f"{folder} cannot be written to: {why}") from error


def known(folder: Path) -> dict[str, Entry]:
    """What the ledger of *folder* says, nothing being written; empty where there is none."""
    return read_rows(folder).entries


def read_rows(folder: Path) -> Rows:
    """The rows of the ledger of *folder* that hold, nothing being written; none where there is none."""
    before = _recalled(folder)
    if before.entries is not None:
        return Rows(dict(before.entries))
    rows = _read_anew(folder)
    if not rows.lost:
        _remember(folder, replace(before, entries=dict(rows.entries)))
    return rows


def _read_anew(folder: Path) -> Rows:
    rows = Rows({})
    try:
        if not _is_safe(folder):
            rows.lost = "" if _is_absent(folder) else "it is no plain file"
            return rows
        with closing(sqlite3.connect(folder / LEDGER)) as database:
            database.text_factory = bytes
            if _is_empty(database):
                return rows
            if not set(_schema(database)) <= set(_our_schema()):
                rows.lost = "it is another version's"
                return rows
            try:
                _read(database, rows)
            except sqlite3.Error as error:
                rows.lost = str(error)
                _read(database, rows, backwards=True)
    except FileNotFoundError:
        return rows
    except (sqlite3.Error, OSError) as error:
        rows.lost = rows.lost or str(error)
    return rows


def counted(folder: Path) -> Counts:
    """What was counted in the documents of *folder*, by name; of what cannot be read, nothing."""
    before = _recalled(folder)
    if before.counts is not None:
        return before.counts
    found = Counts(_counted_anew(folder))
    _remember(folder, replace(before, counts=found))
    return found


def _counted_anew(folder: Path) -> dict[str, Counted]:
    found: dict[str, Counted] = {}
    with (
        suppress(sqlite3.Error, OSError, ValueError, TypeError),
        _reading(folder, "counts") as ledger,
    ):
        for row in ledger.execute("select name, path, counted, counts from counts"):
            name, path, *texts = (_checked(value, bytes) for value in row)
            of, counts = (text.decode() for text in texts)
            found[_name(os.fsdecode(name))] = Counted(_path(os.fsdecode(path)), of, counts)
    return found


def said_of(folder: Path, ways: Iterable[str]) -> dict[str, Said]:
    """What the counts of the documents in each of the folders *ways* below the output *folder* said; of what cannot be read, nothing."""
    found: dict[str, Said] = {}
    for way, row in _looked_up(folder, "evidence", "folder", ways):
        with suppress(ValueError, TypeError):
            by, digests = (_checked(value, bytes).decode() for value in row[1:])
            found[way] = Said(by, tuple(digests.split("\n")))
    return found


def seen_before(folder: Path, paths: Iterable[str]) -> dict[str, bytes]:
    """How the files at *paths* looked when they were read for what is in *folder*; of what cannot be read, nothing."""
    rows = _looked_up(folder, "files", "path", paths)
    return {path: seen for path, (_, seen) in rows if isinstance(seen, bytes)}


def _looked_up(
    folder: Path, table: str, column: str, keys: Iterable[str]
) -> Iterator[tuple[str, Sequence[object]]]:
    """The row of each of the *keys* that *table* has: no more is held of a large folder than is asked for."""
    with suppress(sqlite3.Error, OSError), _reading(folder, table) as ledger:
        query = f"select * from {table} where {column} = ?"  # noqa: S608 - names of ours
        for key in keys:
            if row := ledger.execute(query, (os.fsencode(key),)).fetchone():
                yield key, row


@contextmanager
def _reading(folder: Path, table: str) -> Iterator[sqlite3.Connection]:
    """The ledger of *folder*, texts as bytes.  Raises :class:`OSError` where it is no plain file or lacks *table*, or :class:`sqlite3.Error`."""
    if not _is_safe(folder):
        raise OSError("it is no plain file")
    with closing(sqlite3.connect(folder / LEDGER)) as database:
        database.text_factory = bytes
        if not _has(database, table):
            raise OSError(f"it has no table {table}")
        yield database


def _keys(names: Iterable[str]) -> Iterator[tuple[bytes]]:
    return ((os.fsencode(name),) for name in names)


def _recalled(folder: Path) -> _Remembered:
    """What is remembered of the ledger of *folder* as its files are now."""
    state = _state(folder)
    before = _remembered.get(folder)
    return before if before and before.state == state else _Remembered(state)


def _remember(folder: Path, what: _Remembered) -> None:
    before = _remembered.pop(folder, what)
    if before.state == what.state:  # the rows were read by one, the counts by another
        entries = before.entries if what.entries is None else what.entries
        counts = before.counts if what.counts is None else what.counts
        what = replace(what, entries=entries, counts=counts)
    _remembered[folder] = what
    for other in list(_remembered)[:-_MOST_REMEMBERED]:
        _remembered.pop(other, None)


def _state(folder: Path) -> _State:
    """How the files of the ledger of *folder* are by now."""
    files: list[tuple[int, ...]] = []
    with suppress(OSError), holding(folder, LEDGER) as (place, ledger):
        for ending in ("", *_BESIDE[:1], _JOURNAL):
            with suppress(FileNotFoundError):
                status = place.look(ledger + ending)
                times = status.st_mtime_ns, status.st_ctime_ns
                if status.st_size:  # who only reads has an empty file beside it, too
                    files.append((status.st_dev, status.st_ino, status.st_size, *times))
            files.append(())
    return _State(tuple(files), key_file())


def has_ledger(folder: Path) -> bool:
    """Whether a run has written its outputs to *folder*."""
    return is_there(folder, LEDGER)


def is_listed(folder: Path) -> bool:
    """Whether the page of all documents says what the ledger of *folder* says, as far as one can tell."""
    try:
        if not _is_safe(folder):
            return True
        with closing(sqlite3.connect(folder / LEDGER)) as database:
            return bool(database.execute("pragma user_version").fetchone() == (0,))
    except (sqlite3.Error, OSError):
        return True


def plan(
    inputs: Iterable[Input],
    folder: Path,
    depends_on: Callable[[Input], Mapping[str, str]],
    there: Container[str] | None = None,
    sum_of: Callable[[Path], str] = digest,
    *,
    force: bool = False,
    only_failed: bool = False,
) -> Plan:
    """What is to be done to *inputs*, given what the ledger of *folder* says.

    ``depends_on`` gives the signature of a document and ``sum_of`` the digest of its file; *there* are the files in *folder*, looked for where they are left out.  An output that a person has
    changed is left alone as long as everything it was made from is the same; one that is missing is
    made again.
    """
    before = known(folder)
    files = files_below(folder) if there is None else there
    due: list[tuple[Input, str]] = []
    kept: list[Entry] = []
    seen: set[str] = set()
    for item in inputs:
        seen.add(item.name)
        entry = before.get(item.name)
        reason = "asked for" if force else _reason(item, entry, files, depends_on(item), sum_of)
        failed = entry is not None and entry.status == "failed"
        if reason and (failed or not only_failed):
            due.append((item, reason))
        elif entry is not None and not reason:
            kept.append(entry)
    missing = (entry for name, entry in before.items() if name not in seen and entry.ours)
    gone = [entry for entry in missing if not os.path.exists(entry.path)]  # noqa: PTH110 - it takes any path
    return Plan(due, kept, gone)


def _reason(
    item: Input,
    entry: Entry | None,
    there: Container[str],
    signature: Mapping[str, str],
    sum_of: Callable[[Path], str],
) -> str:
    """Why *item* has to be done (again), or an empty string; *there* are the files in the output folder."""
    if entry is None:
        return "new"
    if entry.making:
        return "a run did not finish it"
    if entry.status == "failed":
        return "failed before"
    if entry.path != str(item.path):
        return "another file had its name"
    changed = [part for part, value in signature.items() if entry.signature.get(part) != value]
    if changed:
        return f"changed: {', '.join(changed)}"
    if entry.sha256 != sum_of(item.path):
        return "its text changed"
    if not all(output in there for output in entry.outputs):
        return "an output is missing"
    return ""


def _is_safe(folder: Path) -> bool:
    """Whether SQLite may open the ledger: it follows links, and removes what a journal names."""
    with holding(folder, LEDGER) as (place, ledger):
        return (
            _plain(place, ledger)
            and not any(
                _there(place, ledger + ending) and not _plain(place, ledger + ending)
                for ending in _BESIDE
            )
            and not _there(place, ledger + _JOURNAL)
        )


def _is_absent(folder: Path) -> bool:
    with holding(folder, LEDGER) as (place, ledger):
        return not any(_there(place, ledger + ending) for ending in ("", *_BESIDE))


def _there(folder: Open, name: str) -> bool:
    try:
        folder.look(name)
    except FileNotFoundError:
        return False
    return True


def _plain(folder: Open, name: str) -> bool:
    """Whether *name* is a regular file, and nobody's by another name."""
    try:
        status = folder.look(name)
    except FileNotFoundError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_nlink == 1


def _set_journal_aside(folder: Path) -> None:
    with holding(folder, LEDGER) as (place, ledger):
        if _there(place, ledger + _JOURNAL):
            place.replace(ledger + _JOURNAL, DAMAGED + _JOURNAL)


def _set_aside(folder: Open, ledger: str) -> None:
    for ending in ("", *_BESIDE):
        with suppress(FileNotFoundError):
            folder.replace(ledger + ending, DAMAGED + ending)


def _connected(file: Path) -> sqlite3.Connection:
    """The database in *file*, made where it is missing."""
    database = sqlite3.connect(file)
    try:
        database.execute("pragma journal_mode = wal")
        # What a disk that loses power forgets of it is done again, as the outputs are not older than the row.
        database.execute("pragma synchronous = normal")
        for table in _TABLES:
            database.execute(table)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _is_empty(database: sqlite3.Connection) -> bool:
    """Whether nothing was ever put into it: a run was killed when it had just been made."""
    return not _schema(database) and database.execute("pragma page_count").fetchone() <= (1,)


def _schema(database: sqlite3.Connection) -> list[tuple[bytes, ...]]:
    what = "select cast(type as blob), cast(sql as blob) from sqlite_master"
    return database.execute(what).fetchall()


def _has(database: sqlite3.Connection, table: str) -> bool:
    """Whether it is a ledger of ours, or of an earlier version that had fewer tables, and has that one."""
    tables = set(_schema(database))
    return tables <= set(_our_schema()) and any(f" {table} (".encode() in sql for _, sql in tables)


def _our_schema() -> list[tuple[bytes, ...]]:
    with closing(sqlite3.connect(":memory:")) as database:
        for table in _TABLES:
            database.execute(table)
        return _schema(database)


def _read(database: sqlite3.Connection, rows: Rows, *, backwards: bool = False) -> None:
    """Put into *rows* what holds of the table, up to a page that cannot be read."""
    last, key, signatures = None, key_file(), _Signatures(database)
    for row in database.execute(f"{_ROWS} desc" if backwards else _ROWS):
        at = (_RANKS[row[-1]], row[0] or b"")
        if last and (at >= last if backwards else at <= last):
            rows.lost = "its pages are in disorder"  # which could lead round for ever
            return
        last = at
        try:
            entry = _entry(row, key, signatures)
        except (ValueError, TypeError, RecursionError):
            rows.lost = rows.lost or "not every row of it holds"
            continue
        rows.entries[entry.name] = entry


def _put(database: sqlite3.Connection, entries: Iterable[Entry], key: Path, listed: str) -> None:
    """Put the rows of *entries* in, marked by the *key* in that file, and in the same transaction whether all are *listed*."""
    shared: dict[str, str] = {}
    rows = [_row(entry, shared, key) for entry in entries]
    with database:
        database.executemany("insert or ignore into signatures values (?, ?)", shared.items())
        database.executemany(
            "insert or replace into inputs values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
        database.execute(listed)


def _row(entry: Entry, shared: dict[str, str], key: Path) -> tuple[str | bytes | int, ...]:
    """The row of *entry*; what of its signature others have, too, goes into *shared* by its digest."""
    own = {part: value for part, value in entry.signature.items() if part in _OWN}
    sum_, text = _in_common(
        tuple((part, value) for part, value in entry.signature.items() if part not in _OWN)
    )
    shared[sum_] = text
    return (
        os.fsencode(entry.name),  # names need not be Unicode, SQLite's text must
        os.fsencode(entry.path),
        entry.sha256,
        json.dumps(own, sort_keys=True),
        sum_,
        entry.status,
        entry.code,
        entry.message.encode("utf-8", "backslashreplace").decode(),
        json.dumps(entry.outputs),
        entry.summary,
        int(entry.making),
        mark(entry.name, entry.path, _source(entry.signature), key) if entry.ours else "",
    )


@lru_cache(maxsize=16)  # a run has one, and a row is put in for each document
def _in_common(parts: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """The *parts* of a signature that many documents have, as JSON, and before it its digest."""
    text = json.dumps(dict(parts), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_SUM], text


class _Signatures:
    """What documents depend on.  What many have in common is read once, so that a small file does not become large in memory."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._shared: dict[bytes, Mapping[str, str]] = {}
        self._made: dict[tuple[bytes, bytes], Mapping[str, str]] = {}
        last = b""
        with suppress(sqlite3.Error, ValueError, TypeError, RecursionError):
            for row in database.execute("select digest, shared from signatures order by digest"):
                sum_, text = (_checked(value, bytes) for value in row)
                if sum_ <= last:  # in disorder, which could lead round for ever
                    return
                parts = _parts(text)
                if len(parts) <= _MOST_PARTS:
                    self._shared[sum_] = parts
                last = sum_

    def of(self, sum_: bytes, own: bytes) -> Mapping[str, str]:
        """The signature of a document; the same object where it is the same.  Raises as :func:`_entry` does."""
        if sum_ not in self._shared:
            raise ValueError("what it depends on is not known")
        key = sum_, own
        if key not in self._made:
            self._made[key] = {**self._shared[sum_], **_parts(own)}
        return self._made[key]


def _parts(text: bytes) -> dict[str, str]:
    """The parts of a signature in JSON.  Raises as :func:`_entry` does."""
    parts = _checked(json.loads(text.decode()), dict)
    return {intern(part): _checked(value, str) for part, value in parts.items()}


def _entry(row: tuple[object, ...], key: Path, signatures: _Signatures) -> Entry:
    """The entry of a row, ours by the *key* in that file.  Raises :class:`ValueError`, :class:`TypeError` where it cannot be one."""
    name, path = (os.fsdecode(_checked(value, bytes)) for value in row[:2])
    making = _checked(row[10], int)
    own, sum_ = (_checked(value, bytes) for value in row[3:5])
    sha256, status, code, message, outputs, summary, marked = (
        _checked(value, bytes).decode() for value in (row[2], *row[5:10], row[11])
    )
    return Entry(
        _name(name),
        _path(path),
        sha256,
        depends_on := signatures.of(sum_, own),
        intern(status),  # one string for all rows
        code,
        message,
        tuple(_name(_checked(output, str)) for output in _checked(json.loads(outputs), list)),
        summary,
        bool(making),
        is_ours(marked, name, path, _source(depends_on), key),
    )


def _source(signature: Mapping[str, str]) -> str:
    """The path of the source that a document was read beside; empty where there was none."""
    with suppress(ValueError):
        return Reading.of_json(signature.get(READING, "")).source
    return ""


def _checked(value: object, kind: type[Kind]) -> Kind:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r:.40} is no {kind.__name__}")
    return value


def _name(name: str) -> str:
    if not is_below(name):
        raise ValueError(f"{name!r:.40} leads out of the folder")
    return name


def _path(path: str) -> str:
    if not path or "\0" in path or len(os.fsencode(path)) > _LONGEST_PATH:
        raise ValueError(f"{path!r:.40} is no path")
    return path
