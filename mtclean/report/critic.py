r"""The changes in CriticMarkup, for editors that know it: ``{++in++}``, ``{--out--}``, ``{~~old~>new~~}``.

Findings and what was only suggested are comments, ``{>>…<<}``, behind the place they are about.  A
token that stands in the text itself is escaped with a backslash, and so is a backslash, so that
:func:`read` gives both texts back from the file alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtclean.report.pieces import pieces, words
from mtclean.report.record import ChangeRecord, Record

_TOKENS = (r"\{\+\+", r"\+\+\}", r"\{--", r"--\}", r"\{~~", r"~>", r"~~\}", r"\{>>", r"<<\}", r"\{==", r"==\}")  # fmt: skip
_ESCAPED = re.compile(rf"\\|{'|'.join(_TOKENS)}")
_CLOSINGS = {"{++": "++}", "{--": "--}", "{>>": "<<}"}


class Texts(NamedTuple):
    """What a file in CriticMarkup says: with every change rejected, and with every one accepted."""

    original: str
    cleaned: str


def write(record: Record) -> str:
    """The original with the changes of *record* marked; the newlines are the text's own."""
    return "".join(_marked(record))


def read(text: str) -> Texts:
    """Both texts of a file :func:`write` made.  Raises :class:`ValueError` where a mark has no end."""
    original: list[str] = []
    cleaned: list[str] = []
    at = 0
    while at < len(text):
        opening = text[at : at + 3]
        if opening == "{~~":
            before, at = _until("~>", text, at + 3)
            after, at = _until("~~}", text, at)
            original.append(before)
            cleaned.append(after)
        elif opening in _CLOSINGS:
            inside, at = _until(_CLOSINGS[opening], text, at + 3)
            if opening == "{--":
                original.append(inside)
            if opening == "{++":
                cleaned.append(inside)
        else:
            character, at = _plain(text, at)
            original.append(character)
            cleaned.append(character)
    return Texts("".join(original), "".join(cleaned))


def _marked(record: Record) -> Iterator[str]:
    for piece in pieces(record):
        if isinstance(piece, str):
            yield _escaped(piece)
        elif isinstance(piece, ChangeRecord):
            yield _change(_escaped(piece.before), _escaped(piece.after))
        else:
            yield f"{{>>{_escaped(words(piece))}<<}}"


def _change(before: str, after: str) -> str:
    if not before:
        return f"{{++{after}++}}"
    return f"{{~~{before}~>{after}~~}}" if after else f"{{--{before}--}}"


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda token: "\\" + token[0], text)


def _until(closing: str, text: str, at: int) -> tuple[str, int]:
    """The text from *at* to *closing*, and where it goes on behind that."""
    inside: list[str] = []
    while not text.startswith(closing, at):
        if at >= len(text):
            raise ValueError(f"a mark has no {closing}")
        character, at = _plain(text, at)
        inside.append(character)
    return "".join(inside), at + len(closing)


def _plain(text: str, at: int) -> tuple[str, int]:
    """The text at *at* that stands for itself, and where it goes on: an escaped token is whole."""
    if text[at] == "\\" and (token := _ESCAPED.match(text, at + 1)):
        return token[0], token.end()
    return text[at], at + 1
