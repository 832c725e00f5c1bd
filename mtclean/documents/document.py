"""A document: what was read from one file, and where what comes of it goes."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from mtclean.documents.decode import Decoded, decode
from mtclean.documents.errors import DocumentProblem
from mtclean.documents.formats import (
    AS_IT_LOOKS,
    Reading,
    SourceFormat,
    of_name,
    of_text,
    reader_of,
)
from mtclean.documents.memory import check_memory
from mtclean.formats import NO_CHOICES, Choices, Format, Layout, Source, Unreadable
from mtclean.formats.format import NotChosen
from mtclean.formats.layout import Unmappable
from mtclean.text.model import Edit

LARGEST = 100_000_000
"""Bytes; a larger file is refused rather than read into memory."""

_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT: int = getattr(os, "O_NONBLOCK", 0)  # a pipe would keep us until somebody writes to it
_SHUT = "the folder cannot be read"
_NO_FILE = (errno.ELOOP, errno.ENXIO)  # a link that is not to be followed, a socket

_VISIBLE = re.compile(r"[^\s\u200b-\u200f\u2060-\u2064\ufeff]")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_NEWLINE_NAMES = {"\n": "lf", "\r\n": "crlf", "\r": "cr"}


@dataclass(frozen=True, slots=True)
class Document:
    """One text to clean.

    ``name`` is its path below the output folder, where the cleaned text gets it.  ``layout`` says where
    its prose is, if it is more than a text.
    """

    name: str
    data: bytes
    decoded: Decoded
    layout: Layout | None = None
    format: Format | None = None
    choices: Choices = NO_CHOICES

    @property
    def text(self) -> str:
        """The text as rules see it: newlines as in the file, without the byte-order mark."""
        return self.layout.view if self.layout else self.decoded.text

    @property
    def prose(self) -> str:
        """The text without what the file's format says is no prose: what tells its language.  Its offsets are its own."""
        return self.layout.prose if self.layout else self.decoded.text

    @property
    def is_of_strings(self) -> bool:
        """Whether it holds texts of a program."""
        return self.format is not None and self.format.of_strings

    @property
    def is_text(self) -> bool:
        """Whether the file is nothing but a text, be it cut into units or not."""
        return self.format is None or self.format.name == SourceFormat.TEXT.value

    def written(self, changes: Sequence[Edit], mending: Sequence[Edit] = ()) -> dict[Source, str]:
        """The texts of the file with *changes* made in its prose.

        *mending* are those of them that give torn markup back to the file, by blanks alone: what they make of it is what
        the others have to leave as it is.  Raises :class:`DocumentProblem` where it would no longer be what it was.
        """
        assert self.layout is not None
        assert self.format is not None
        try:
            edits = self.layout.edits(changes)
            written = self.layout.written_with(edits)
            if written == self.layout.sources:
                return written
            only_prose = self.format.only_prose
            if only_prose and not mending and only_prose(self.layout, edits, written):
                return written
            again = self.format.read(written, self.choices)
            framed = self._mended(mending) if mending else self.layout
        except (Unmappable, Unreadable) as problem:
            raise DocumentProblem("structure", f"not written: {problem}") from problem
        if not again.has_the_frame_of(framed):
            raise DocumentProblem(
                "structure", "not written: more of the file than its prose would have changed"
            )
        return written

    def _mended(self, mending: Sequence[Edit]) -> Layout:
        """The file with its torn markup mended.  Raises :class:`Unmappable` where more than blanks would change."""
        assert self.layout is not None
        assert self.format is not None
        mended = self.layout.written(mending)
        for part, text in self.layout.sources.items():
            if "".join(text.split()) != "".join(mended[part].split()):
                raise Unmappable("more than its markup's blanks would have changed")
        return self.format.read(mended, self.choices)

    def encoded(self, written: Mapping[Source, str]) -> bytes:
        """The file with the texts *written*: the same bytes where they are the same.

        Raises :class:`UnicodeEncodeError` where its encoding lacks a character, and the format has no other
        way to write it.
        """
        assert self.layout is not None
        assert self.format is not None
        changed = {p: text for p, text in written.items() if text != self.layout.sources[p]}
        if not changed:
            return self.data
        if self.format.archive:
            return self.format.archive.pack(self.data, changed)
        if self.format.references and not self.decoded.lost:
            return self.decoded.bom + written[""].encode(self.decoded.encoding, "xmlcharrefreplace")
        return self.decoded.encode(written[""])

    def rewritten(self, changes: Sequence[Edit]) -> bytes:
        """The bytes of the file with *changes* made in its prose.  Raises as the two above do."""
        return self.encoded(self.written(changes))

    @property
    def encoding_kept(self) -> str:
        """The encoding of a file that stays in it although it lacks some characters; empty for any other."""
        is_free = self.is_text or (self.format is not None and self.format.archive is not None)
        may_refer = self.format is not None and self.format.references and not self.decoded.lost
        is_wide = self.decoded.encoding.startswith("utf")
        return "" if is_free or may_refer or is_wide else self.decoded.encoding

    @property
    def sha256(self) -> str:
        """Hex digest of the file's bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def newline(self) -> str:
        """``lf``, ``crlf``, ``cr``, ``mixed`` or ``none``."""
        found = set(_NEWLINE.findall(self.decoded.text or self.text))
        if len(found) > 1:
            return "mixed"
        return _NEWLINE_NAMES[found.pop()] if found else "none"

    def line_of(self, at: int) -> int:
        """The number of the line of the file the code point *at* of it stands in, from 1 on."""
        return 1 + sum(1 for _ in _NEWLINE.finditer(self.decoded.text, 0, at))

    @property
    def shown_name(self) -> str:
        """The name as valid Unicode, for people and for JSON."""
        return os.fsencode(self.name).decode("utf-8", "replace")


def document(name: str, data: bytes, *, is_text: bool = False, side_by_side: int = 1) -> Document:
    """The document in *data*.

    Raises :class:`DocumentProblem` where there is none, where it is in a format that cannot be read
    (unless somebody said that it *is_text*), and where it does not fit into memory while
    *side_by_side* documents are worked on.
    """
    decoded = decode(data)
    if not is_text and (kind := of_text(decoded.text)):
        raise kind.problem
    check_memory(len(decoded.text), side_by_side)
    if not _VISIBLE.search(decoded.text):
        raise DocumentProblem(
            "whitespace_only", "there is nothing but white space in it", skipped=True
        )
    return Document(name, data, decoded)


def laid_out(
    name: str, data: bytes, format: Format, choices: Choices = NO_CHOICES, side_by_side: int = 1
) -> Document:
    """The document in *data*, which is in *format*.

    Raises :class:`DocumentProblem` where it is not, and where it does not fit into memory while *side_by_side*
    documents are worked on.  There may be nothing to read in it; it comes out as it was.
    """
    try:
        if format.archive:
            sources = format.archive.unpack(data)
            decoded = Decoded("", "utf-8", b"", guessed=False)
        else:
            declared = format.declared(data) if format.declared else ""
            decoded = decode(data, declared, format.telling)
            sources = {"": decoded.text}
        check_memory(sum(map(len, sources.values())), side_by_side)
    except Unreadable as problem:
        raise DocumentProblem("format", f"it is not {format.title}: {problem}") from problem
    layout = layout_of(format, sources, choices)
    return Document(name, data, decoded, layout, format, choices)


def layout_of(format: Format, sources: Mapping[Source, str], choices: Choices) -> Layout:
    """Where the prose of *sources* is, which are in *format*.  Raises :class:`DocumentProblem` where they are not."""
    try:
        return format.read(sources, choices)
    except NotChosen as problem:
        raise DocumentProblem(
            "not_chosen", str(problem), skipped=not problem.is_mistake
        ) from problem
    except Unreadable as problem:
        raise DocumentProblem("format", f"it is not {format.title}: {problem}") from problem


def read_as(
    reading: Reading, name: str, data: bytes, path: PurePath, side_by_side: int = 1
) -> Document:
    """The document in the *data* of the file *path*.

    It is what *reading* says it is; else what the ending of its name stands for; else a text, unless it is sure
    to be something else.  Raises as :func:`document` and :func:`laid_out` do.
    """
    said = reading.format
    format = said.reader if said else reader_of(path)
    if format:
        try:
            return laid_out(name, data, format, reading.choices, side_by_side)
        except DocumentProblem as problem:
            if problem.code != "format" or not said or format is reader_of(path):
                raise
            raise DocumentProblem(
                "format",
                f"{problem}; --from says it is one: leave that out, or name another format",
            ) from problem
    if data and not said and (kind := of_name(path, data)):
        raise kind.problem
    return document(name, data, is_text=said is SourceFormat.TEXT, side_by_side=side_by_side)


def read(
    path: Path,
    name: str,
    *,
    follow: bool = True,
    reading: Reading = AS_IT_LOOKS,
    side_by_side: int = 1,
) -> Document:
    """The document in the file at *path*, which may be a link where *follow* says so.

    Raises :class:`DocumentProblem` where the file cannot be read or is over :data:`LARGEST` bytes, and as
    :func:`read_as` does.
    """
    try:
        return read_as(reading, name, _bytes_of(path, follow), path, side_by_side)
    except FileNotFoundError as error:
        raise DocumentProblem("vanished", "the file is no longer there") from error
    except IsADirectoryError as error:
        # named where a file is wanted, or found in a folder and not to be looked into
        why = (
            "it is a folder: name the files in it" if os.access(path, os.R_OK | os.X_OK) else _SHUT
        )
        raise DocumentProblem("unreadable", why) from error
    except OSError as error:
        if error.errno in _NO_FILE:
            raise _special() from error
        raise DocumentProblem("unreadable", f"it cannot be read: {error.strerror}") from error


def _bytes_of(path: Path, follow: bool) -> bytes:
    """All bytes of the file, looked at once it is open: its name may stand for another by then."""

    def descriptor(name: str, flags: int) -> int:
        return os.open(name, flags | _NO_WAIT | (0 if follow else _NO_LINK))

    with open(path, "rb", opener=descriptor) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise _special()
        data = file.read(LARGEST + 1)  # one may grow while it is read
    if len(data) > LARGEST:
        raise DocumentProblem("too_large", f"it is larger than {LARGEST // 1_000_000} MB; split it")
    return data


def read_handed_in(path: Path) -> bytes:
    """All bytes of a file that people hand in beside their texts: settings, a glossary, decisions.  It may be a pipe.

    Raises :class:`OSError`, also where it has more than :data:`LARGEST` bytes: a device may have no end.
    """
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise OSError(errno.EFBIG, f"it is larger than {LARGEST // 1_000_000} MB", str(path))
    return data


def _special() -> DocumentProblem:
    return DocumentProblem("special_file", "it is not a regular file", skipped=True)
