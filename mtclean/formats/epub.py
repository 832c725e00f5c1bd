"""Books in EPUB: the pages that its list of contents names, each read as an HTML page that is XML.

The archive, its other members and all markup stay as they are, byte for byte (EPUB 3.3, W3C: container and package
document).  Where pages are encrypted the book is refused; fonts may be.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from mtclean.formats.format import Archive, Choices, Format, Sources, Unreadable
from mtclean.formats.html import WRITING, add_page
from mtclean.formats.layout import Builder, Layout, Source
from mtclean.formats.markup_edits import only_prose
from mtclean.formats.xml import Kind, events
from mtclean.formats.zip_ import Zip, opened, pack

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_PAGE = "application/xhtml+xml"
_LARGEST_LIST = 4_000_000
"""Bytes of what lists the contents; it has some lines for each page."""
_DECLARES = re.compile(r"<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
_HEAD = 4000  # code points in which the first element of a part is looked for


def read(sources: Sources, choices: Choices) -> Layout:
    """The prose of the pages in *sources*, in the order of the book.  Takes time in proportion to them."""
    builder: Builder | None = None
    language = ""
    for part, source in sources.items():
        if builder is None:  # the package document
            builder, language = Builder(source, part), _language(source)
        else:
            builder.part(part, source)
            add_page(builder, is_xml=True, language=language, place=PurePosixPath(part).name)
    return (builder or Builder()).layout(WRITING)


def _language(package: str) -> str:
    """The language that the book says it is in; empty where it says none."""
    is_said = False
    for event in events(package):
        if event.kind is Kind.START:
            is_said = event.name == "language"
        elif is_said and event.kind is Kind.TEXT:
            return package[event.start : event.end].strip()
    return ""


def _unpack(data: bytes) -> dict[Source, str]:
    """The package document, which names the language, and the pages, in the order in which they are read."""
    archive = opened(data)
    package = _package(archive)
    names = _pages(archive, package)
    if not names:
        raise Unreadable("it names no pages that are read")
    locked = _encrypted(archive)
    if not locked.isdisjoint(names):
        raise Unreadable("its pages are encrypted")
    texts = archive.texts([package, *names])
    for name in names:
        if _DECLARES.search(texts[name], 0, _HEAD):
            raise Unreadable(f"{name!a} in it declares entities, which are not read")
    return texts


def _package(archive: Zip) -> str:
    """The name of the package document."""
    for said in _elements(archive, _CONTAINER, "rootfile"):
        name = said.get("full-path", "")
        if name in archive.members:
            return name
    raise Unreadable("it is an archive, but not of a book")


def _pages(archive: Zip, package: str) -> list[str]:
    """The names of the pages: those of the spine in its order, then others such as that of the contents."""
    folder = posixpath.dirname(package)
    items = {
        said.get("id", ""): _place(folder, said.get("href", ""))
        for said in _elements(archive, package, "item")
        if said.get("media-type", "").lower() == _PAGE
    }
    order = [said.get("idref", "") for said in _elements(archive, package, "itemref")]
    names = [items[id] for id in (*order, *items) if id in items]
    return [name for name in dict.fromkeys(names) if name in archive.members]


def _encrypted(archive: Zip) -> frozenset[str]:
    """The members that are encrypted by themselves."""
    if _ENCRYPTION not in archive.members:
        return frozenset()
    found = _elements(archive, _ENCRYPTION, "CipherReference")
    return frozenset(_place("", said.get("URI", "")) for said in found)


def _elements(archive: Zip, part: str, name: str) -> list[dict[str, str]]:
    """What the elements *name* of the member *part* say.  Raises :class:`Unreadable` where there is no such member."""
    if part not in archive.members:
        raise Unreadable("it is an archive, but not of a book")
    if archive.members[part].size > _LARGEST_LIST:
        raise Unreadable(f"{part!a} in it is larger than {_LARGEST_LIST // 1_000_000} MB")
    met = events(archive.text(part))
    return [dict(one.attributes) for one in met if one.kind is Kind.START and one.name == name]


def _place(folder: str, address: str) -> str:
    """The name of the member that *address* leads to, from a member in *folder*."""
    return posixpath.normpath(posixpath.join(folder, unquote(address.partition("#")[0])))


FORMAT = Format(
    "epub",
    "a book (EPUB)",
    frozenset({".epub"}),
    read,
    Archive(_unpack, pack),
    only_prose=only_prose,
)
