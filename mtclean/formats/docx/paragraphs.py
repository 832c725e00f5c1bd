"""Paragraphs of a word processor, token by token, as segments: those of Word's documents and of OpenDocument texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from mtclean.formats.docx.text import written
from mtclean.formats.layout import Builder

MOST_TOKENS = 300_000
"""Runs of text and things that take room in a document; each is a piece."""


class TokenKind(Enum):
    """What a token is to its reader."""

    PROSE = "prose"
    TYPED = "prose, but in a font of one width"
    FIXED = "no prose"
    MARK = "without width"


class Token(NamedTuple):
    """What looks like *looks* and stands between *start* and *end* of its part."""

    looks: str
    start: int
    end: int
    kind: TokenKind


@dataclass(slots=True)
class Paragraph:
    """A paragraph as far as it was read; ``place`` says where it is, if it is not one of the body's."""

    part: str
    place: str
    style: str
    tokens: list[Token] = field(default_factory=list)
    is_cut: bool = False
    """Whether something was deleted here with changes tracked: white space behind belongs to it, too."""


def put(
    builder: Builder,
    paragraphs: Iterable[Paragraph],
    seen: Callable[[list[Token]], Sequence[Token]],
) -> None:
    """Make a segment of each paragraph with something to read in it.

    *seen* says which of its tokens belong to the paragraph as it is seen, and settles what is typed.
    """
    number = 0
    for paragraph in paragraphs:
        tokens = seen(paragraph.tokens)
        number += bool(tokens) and not paragraph.place
        if any(token.kind is TokenKind.PROSE and token.looks.strip() for token in tokens):
            _put_tokens(builder, tokens)
            builder.end_segment(paragraph.place or f"paragraph {number}", escape=written)


def _put_tokens(builder: Builder, tokens: Iterable[Token]) -> None:
    source = builder.source
    for looks, start, end, kind in tokens:
        if kind is TokenKind.MARK:
            builder.mark()
        elif kind is not TokenKind.PROSE:
            builder.fixed(looks, start, end)
        elif end - start == len(looks) and source.startswith(looks, start):
            builder.verbatim(start, end)
        else:
            builder.whole(looks, start, end)
