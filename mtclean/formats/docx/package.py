"""The parts of a Word document that hold its text, out of the archive and into a copy of it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mtclean.formats.format import Archive, Unreadable
from mtclean.formats.layout import Source
from mtclean.formats.xml import Kind, events
from mtclean.formats.zip_ import Zip, opened, pack

TYPES = "[Content_Types].xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN = frozenset(
    [
        f"{_WORD}document.main+xml",
        f"{_WORD}template.main+xml",
        "application/vnd.ms-word.document.macroenabled.main+xml",
        "application/vnd.ms-word.template.macroenabledtemplate.main+xml",
    ]
)
_READ = tuple(
    frozenset([f"{_WORD}{kind}+xml"]) for kind in ("styles", "footnotes", "endnotes", "header", "footer")
)  # fmt: skip
_LARGEST_TYPES = 1_000_000  # bytes; it has a line for each part


class Types(NamedTuple):
    """What the parts of a package are: by their names, and for those not named by their endings."""

    named: Mapping[str, str]
    endings: Mapping[str, str]

    def of(self, name: str) -> str:
        """The type of the part *name*, in small letters; empty where nothing is said."""
        own = name.lower()
        return self.named.get(own) or self.endings.get(own.rpartition(".")[2], "")


def types(archive: Zip) -> Types:
    """What the parts of *archive* are.  Raises :class:`Unreadable` where it does not say."""
    if TYPES not in archive.members:
        raise Unreadable("it is an archive, but not of a document")
    if archive.members[TYPES].size > _LARGEST_TYPES:
        raise Unreadable("its list of types is larger than 1 MB")
    named: dict[str, str] = {}
    endings: dict[str, str] = {}
    for event in events(archive.text(TYPES)):
        said, kind = event.attributes, event.attributes.get("ContentType", "").lower()
        if event.kind is Kind.START and event.name == "Override":
            named[said.get("PartName", "").lstrip("/").lower()] = kind
        elif event.kind is Kind.START and event.name == "Default":
            endings[said.get("Extension", "").lower()] = kind
    return Types(named, endings)


def main_part(archive: Zip) -> str:
    """The part that holds the body.  Raises :class:`Unreadable` where there is none."""
    kinds = types(archive)
    found = [name for name in archive.members if kinds.of(name) in _MAIN]
    if len(found) != 1:
        raise Unreadable("it is an archive, but not of one Word document")
    return found[0]


def unpack(data: bytes) -> dict[Source, str]:
    """The parts with text, the body first, and the styles.  Raises :class:`Unreadable`."""
    archive = opened(data)
    kinds = types(archive)
    names = [main_part(archive)]
    names += [name for kind in _READ for name in archive.members if kinds.of(name) in kind]
    return archive.texts(names)


ARCHIVE = Archive(unpack, pack)
