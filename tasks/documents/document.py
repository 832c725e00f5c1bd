"""A document: what was read from one file, and where what comes of it goes."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from tasks.documents.decode import Decoded, decode
from tasks.documents.errors import DocumentProblem

LARGEST = 100_000_000
"""Bytes; a larger file is refused rather than read into memory."""

_VISIBLE = re.compile(r"[^\s\u200b-\u200f\u2060-\u2064\ufeff]")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_NEWLINE_NAMES = {"\n": "lf", "\r\n": "crlf", "\r": "cr"}


@dataclass(frozen=True, slots=True)
class Document:
    """One text to clean.

    ``name`` is the path its outputs get below the output folder, without an ending.
    """

    name: str
    data: bytes
    decoded: Decoded

    @property
    def text(self) -> str:
        """The text, newlines as in the file, without the byte-order mark."""
        return self.decoded.text

    @property
    def sha256(self) -> str:
        """Hex digest of the file's bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def newline(self) -> str:
        """``lf``, ``crlf``, ``cr``, ``mixed`` or ``none``."""
        found = set(_NEWLINE.findall(self.text))
        if len(found) > 1:
            return "mixed"
        return _NEWLINE_NAMES[found.pop()] if found else "none"

    @property
    def shown_name(self) -> str:
        """The name as valid Unicode, for people and for JSON."""
        return os.fsencode(self.name).decode("utf-8", "replace")


def document(name: str, data: bytes) -> Document:
    """The document in *data*.  Raises :class:`DocumentProblem` where there is none."""
    decoded = decode(data)
    if not _VISIBLE.search(decoded.text):
        raise DocumentProblem(
            "whitespace_only", "there is nothing but white space in it", skipped=True
        )
    return Document(name, data, decoded)


def read(path: Path, name: str) -> Document:
    """The document in the file at *path*.

    Raises :class:`DocumentProblem` where the file cannot be read, is no text, or is over
    :data:`LARGEST` bytes.
    """
    try:
        if path.is_dir():  # found in a folder and not looked into
            raise DocumentProblem("unreadable", "the folder cannot be read")
        if not os.path.lexists(path):
            raise DocumentProblem("unreadable", "the file is no longer there")
        if not path.is_file():
            raise DocumentProblem("special_file", "it is not a regular file", skipped=True)
        if path.stat().st_size > LARGEST:
            raise DocumentProblem(
                "too_large", f"it is larger than {LARGEST // 1_000_000} MB; split it"
            )
        return document(name, path.read_bytes())
    except OSError as error:
        raise DocumentProblem("unreadable", f"it cannot be read: {error.strerror}") from error
