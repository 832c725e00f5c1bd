"""What LanguageTool said, kept from run to run: a passage it has been asked about is not asked again.

A SQLite file in the user's cache, which several processes may use at once.  It holds no text: a passage is
known by a hash of itself and of all that its answer depends on (:class:`~mtclean.grammar.languagetool.asking.Asking`),
and of its answer only what :meth:`~mtclean.grammar.match.Match.from_json` reads is kept.

It is a convenience and never a condition: whatever is wrong with the file, the server is asked.  The file may be
damaged or somebody else's, so it is opened only where it is a plain file of this user's, without a
rollback journal (which could name files to change), and every answer is looked at before it is believed.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from mtclean.grammar.languagetool.install import log_folder
from mtclean.grammar.match import MAX_REPLACEMENTS

ANSWERS = "answers.sqlite"
"""The file's name in the cache folder."""

SWITCH = "MTCLEAN_ANSWERS"
"""The environment variable that, set to ``off``, has no answers kept or read."""

LIMIT = 128 * 1024 * 1024
"""Bytes the file may grow to; then what was not used for longest makes room."""

_FORMAT = 2  # goes up when what is kept of an answer, or how a passage is cut, changes
_PAGE = 4096  # bytes
_PATIENCE = 2.0  # seconds to wait for another process
_LOOK_EVERY = 0.02  # seconds
_DAY = 24 * 3600
_TABLE = """
create table if not exists answers (
    passage blob primary key, said text not null, used integer not null
) without rowid
"""
_BY_USE = "create index if not exists by_use on answers (used)"
_TRIM = """
delete from answers where passage in (
    select passage from answers order by used limit (select count(*) / 4 + 1 from answers)
)
"""

Raw = Mapping[str, Any]
"""One match, as LanguageTool's JSON has it."""


def answers_file() -> Path:
    """Where answers are kept."""
    return log_folder() / ANSWERS


def are_wanted() -> bool:
    """Whether answers are to be kept at all."""
    return os.environ.get(SWITCH, "").strip().lower() not in {"off", "0", "no", "false"}


def answers_for(url: str | None, remembers: bool = False) -> Answers | None:
    """Where the answers of the server at *url*, or of our own, are to be kept, if at all.

    Somebody else's server may change without a word: its answers are kept for this process's life at most,
    by one that *remembers* for texts that are checked again and again.
    """
    if not url and are_wanted():
        return Answers(answers_file())
    return Answers(None) if remembers else None


def forget() -> bool:
    """Remove the file; whether there was one.  Raises :class:`OSError` where it cannot be removed."""
    file = answers_file()
    was_there = file.exists()
    _remove(file)
    return was_there


class Answers:
    """The answers that are kept.  All methods may be called from any thread."""

    def __init__(self, file: Path | None, limit: int = LIMIT) -> None:
        """Use the answers in *file*, in bytes at most *limit*; None keeps them while the process lives."""
        self._lock = threading.Lock()
        self._limit = limit
        self._file = file
        self._open: sqlite3.Connection | None = None
        with suppress(OSError, sqlite3.Error):
            self._open = self._opened(file)

    def about(self, identity: str, passage: str) -> list[dict[str, Any]] | None:
        """What was said of *passage* by a LanguageTool of that *identity*; None where that is not known."""
        key = _key(identity, passage)
        with self._lock:
            if self._open is None:
                return None
            try:
                row = self._open.execute(
                    "select said, used from answers where passage = ?", (key,)
                ).fetchone()
                if row is None:
                    return None
                said, used = row
                now = int(time.time())
                if not isinstance(used, int) or not 0 <= now - used < _DAY:
                    with suppress(sqlite3.OperationalError):  # somebody else is writing: no matter
                        self._open.execute(
                            "update answers set used = ? where passage = ?", (now, key)
                        )
            except sqlite3.OperationalError:
                return None
            except sqlite3.Error:
                self._clear()
                return None
        return _believed(said, passage)

    def keep(self, identity: str, passage: str, said: Sequence[Raw]) -> None:
        """Remember what was *said* of *passage*."""
        row = (_key(identity, passage), json.dumps([_kept(raw) for raw in said]), int(time.time()))
        with self._lock:
            if self._open is None:
                return
            try:
                self._put(row)
            except sqlite3.OperationalError:  # somebody else is writing, or the disk is full
                return
            except sqlite3.Error:
                self._clear()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._give_up()

    def _opened(self, file: Path | None) -> sqlite3.Connection:
        if file is None:
            return self._prepared(":memory:")
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            _check_ours(file)
            return self._prepared(str(file))
        except (sqlite3.OperationalError, PermissionError):  # busy, or not ours: left alone
            raise
        except sqlite3.Error:  # damaged, or no database at all
            _remove(file)
            _check_ours(file)
            return self._prepared(str(file))

    def _prepared(self, name: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            name, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("pragma trusted_schema = off")
            connection.execute("pragma cell_size_check = on")
            _share(connection)
            # A crash of the machine may cost the last answers and leaves the file whole.
            connection.execute("pragma synchronous = normal")
            connection.execute(f"pragma max_page_count = {max(16, self._limit // _PAGE)}")
            connection.execute("begin immediate")  # others see both or neither
            _check_schema(connection, or_none=True)
            connection.execute(_TABLE)
            connection.execute(_BY_USE)
            connection.execute("commit")
            _check_schema(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _put(self, row: tuple[bytes, str, int]) -> None:
        assert self._open is not None
        for _ in range(2):
            try:
                self._open.execute("insert or replace into answers values (?, ?, ?)", row)
                return
            except sqlite3.OperationalError as error:
                if "full" not in str(error):
                    raise
                self._open.execute(_TRIM)

    def _clear(self) -> None:
        """Do without what turned out to be damaged, and have the next run begin anew."""
        self._give_up()
        if self._file is not None:
            with suppress(OSError):
                _remove(self._file)

    def _give_up(self) -> None:
        if self._open is not None:
            with suppress(sqlite3.Error):
                self._open.close()
            self._open = None


def _files(file: Path) -> tuple[Path, ...]:
    """The file and what SQLite keeps with it."""
    return (file, *(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm", "-journal")))


def _remove(file: Path) -> None:
    for name in _files(file):
        name.unlink(missing_ok=True)


def _check_ours(file: Path) -> None:
    """Have *file* be there, a plain one of this user's that no other can read.

    Raises :class:`PermissionError` where it is another, and :class:`sqlite3.DatabaseError` where a process
    was killed when it made it.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(file, flags, 0o600)
    try:
        there = os.fstat(handle)
    finally:
        os.close(handle)
    foreign = hasattr(os, "getuid") and there.st_uid != os.getuid()
    beside = [name for name in _files(file)[1:] if os.path.lexists(name)]
    if (
        foreign
        or not stat.S_ISREG(there.st_mode)
        or there.st_nlink != 1
        or any(name.is_symlink() for name in beside)
    ):
        raise PermissionError(f"{file} is not mtclean's")
    if not _soon(lambda: not os.path.lexists(f"{file}-journal")):  # who makes the file has one
        raise sqlite3.DatabaseError("it was never whole")


def _share(connection: sqlite3.Connection) -> None:
    """Have several processes read and one write at a time.

    Where another process does just this SQLite says so at once and does not wait.
    """

    def is_shared() -> bool:
        with suppress(sqlite3.OperationalError):
            connection.execute("pragma journal_mode = wal")
            return True
        return False

    if not _soon(is_shared):
        raise sqlite3.OperationalError("another process has it")


def _soon(holds: Callable[[], bool]) -> bool:
    """Whether something *holds* before our patience ends."""
    deadline = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOOK_EVERY)
    return True


def _check_schema(connection: sqlite3.Connection, *, or_none: bool = False) -> None:
    """Raise :class:`sqlite3.DatabaseError` where anything but our table is in there: triggers, views; it may be empty *or_none*."""
    found = connection.execute(
        "select sql from sqlite_master where sql is not null order by type"
    ).fetchall()
    if or_none and not found:
        return
    ours = [(_BY_USE,), (_TABLE.strip(),)]
    if [(_plain(sql),) for (sql,) in found] != [(_plain(sql),) for (sql,) in ours]:
        raise sqlite3.DatabaseError("the tables are not ours")


def _plain(sql: str) -> str:
    return " ".join(sql.replace("if not exists ", "").split()).lower()


def _key(identity: str, passage: str) -> bytes:
    """What stands for a passage; its length keeps it apart from what it is asked with."""
    said = f"{_FORMAT}\n{len(identity)}\n{identity}\n{passage}"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest()


def _kept(raw: Raw) -> dict[str, Any]:
    """What :meth:`Match.from_json` reads; left out is what repeats the text."""
    rule = raw["rule"]
    return {
        "offset": raw["offset"],
        "length": raw["length"],
        "message": raw["message"],
        "replacements": [{"value": r["value"]} for r in raw["replacements"][:MAX_REPLACEMENTS]],
        "rule": {
            "id": rule["id"],
            "category": {"id": rule["category"]["id"], "name": rule["category"]["name"]},
            "issueType": rule["issueType"],
            "urls": [{"value": link["value"]} for link in rule.get("urls", ())[:1]],
        },
    }


def _believed(said: object, passage: str) -> list[dict[str, Any]] | None:
    """The matches in *said*; None where they cannot be about *passage*, or are none at all."""
    try:
        raw = json.loads(said) if isinstance(said, str) else None
        units = len(passage.encode("utf-16-le", "surrogatepass")) // 2
        return raw if [_checked(match, units) for match in raw or ()] == raw else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _checked(raw: Any, units: int) -> dict[str, Any]:  # noqa: ANN401 -- anything may stand in the file
    """*raw* put together anew; raises where it is no match within *units* of UTF-16."""
    match = _kept(raw)
    rule = match["rule"]
    texts = [
        match["message"],
        rule["id"],
        rule["category"]["id"],
        rule["category"]["name"],
        rule["issueType"],
        *(r["value"] for r in (*match["replacements"], *rule["urls"])),
    ]
    at, length = match["offset"], match["length"]
    if type(at) is not int or type(length) is not int or not 0 <= at <= at + length <= units:
        raise ValueError("not within the passage")
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("not text")
    return match
