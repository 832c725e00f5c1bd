"""What a format is: how its files are named, and who finds the prose in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from mtclean.formats.layout import Layout, Source, SourceEdit

Sources = Mapping[Source, str]

_SHOWN = 12
"""Columns and fields that are named where none was chosen."""


class Unreadable(ValueError):
    """The file is not what its format wants; the text says where and why, in a line."""


class NotChosen(Unreadable):
    """Nobody said which columns or fields are prose, or those are *missing*; the text names what there is."""

    def __init__(self, what: Asked, names: Sequence[str], missing: Sequence[str] = ()) -> None:
        self.is_mistake = bool(missing)
        why = (
            f"it has no {what.value} {' or '.join(map(repr, missing))}"
            if missing
            else (f"nothing of it is read until --{what.value} says which {what.value}s are prose")
        )
        super().__init__(f"{why}; there are {listed(names)}" if names else why)


class Asked(str, Enum):
    """What somebody has to choose of a file, as its option is called."""

    COLUMN = "column"
    FIELD = "field"


def listed(names: Sequence[str]) -> str:
    """*names* for people, the first of many."""
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(map(repr, names[:_SHOWN])) + more


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person says about files whose format leaves it open.

    ``columns`` of a table, by name or by number from 1, and ``fields`` of JSON hold prose;
    ``originals`` are (column, that of its source).  Of a translation memory only ``language`` is read.
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

    ``read`` raises :class:`Unreadable`; where it ``asks`` something, :class:`NotChosen`.  Where the file may hold
    ``references``, a character that its encoding lacks is written as ``&#8217;``.  ``declared`` is the encoding
    that a file says it is in, which then holds; empty where it says none.  Where ``only_prose`` says so of edits in the
    sources and of what these became, it is plain that they change nothing else; elsewhere the file is read again to see.  ``telling`` gives the bytes that tell
    the encoding, where the rest says nothing of it.  Of a format that ``tracks`` what is changed is also written
    as revisions.  One that ``has_sources`` may hold the texts that its own are translations of; one ``of_strings`` holds
    texts of a program, which have placeholders and need no stop.
    """

    name: str
    title: str
    endings: frozenset[str]
    read: Callable[[Sources, Choices], Layout]
    archive: Archive | None = None
    references: bool = False
    declared: Callable[[bytes], str] | None = None
    asks: Asked | None = None
    telling: Callable[[bytes], bytes] | None = None
    only_prose: Callable[[Layout, Sequence[SourceEdit], Sources], bool] | None = None
    tracks: bool = False
    has_sources: bool = False
    of_strings: bool = False
