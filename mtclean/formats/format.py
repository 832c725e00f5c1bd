"""What a format is: how its files are named, and who finds the prose in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mtclean.formats.layout import Layout, Source

Sources = Mapping[Source, str]


class Unreadable(ValueError):
    """The file is not what its format wants; the text says where and why, in a line."""


class NotChosen(Unreadable):
    """Nobody said which columns or fields are prose; the text names those there are."""

    def __init__(self, what: str, names: Sequence[str]) -> None:
        there = f": {', '.join(map(repr, names))}" if names else ""
        super().__init__(f"choose with --{what} which of its {what}s are prose{there}")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person says about files whose format leaves it open.

    ``columns`` of a table and ``fields`` of JSON hold prose, by name (or by number from 1, ``#2``);
    ``targets`` maps a column to that of its source.  Of a translation memory only ``language`` is read.
    """

    columns: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    originals: tuple[tuple[str, str], ...] = ()
    language: str = ""


NO_CHOICES = Choices()


@dataclass(frozen=True, slots=True)
class Archive:
    """How the texts of an archive come out of its bytes, and into a copy of them again.

    ``unpack`` raises :class:`Unreadable`; ``pack`` gets the bytes and the sources that changed.
    """

    unpack: Callable[[bytes], dict[Source, str]]
    pack: Callable[[bytes, Sources], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A format with a reader; ``title`` is its name with an article, ``endings`` as file names end.

    ``read`` raises :class:`Unreadable`.  Where the file may hold ``references``, a character that its
    encoding lacks is written as ``&#8217;``.  ``declared`` is the encoding that a file says it is in, which
    then holds; empty where it says none.
    """

    name: str
    title: str
    endings: frozenset[str]
    read: Callable[[Sources, Choices], Layout]
    archive: Archive | None = None
    references: bool = False
    declared: Callable[[bytes], str] | None = None
