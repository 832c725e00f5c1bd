"""The comments of a Word document: their part, or a new one with all that has to name it."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Sequence
from itertools import count
from typing import NamedTuple

from mtclean.formats.docx.package import TYPES, main_part, types
from mtclean.formats.docx.text import PRESERVE, written
from mtclean.formats.zip_ import Zip

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_KIND = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ROOT = re.compile(r"<(?P<prefix>[\w.-]+:)?(?P<name>\w+)(?=[\s/>])[^<]*?(?P<is_empty>/?)>")
_ID = re.compile(r"\bId\s*=\s*[\"']([^\"']*)[\"']")
_OF_PEOPLE = 2**30
"""Numbers above are not counted on from: they must fit into 31 bits."""


AUTHOR = "mtclean"


class By(NamedTuple):
    """Who changes or says something and when, as ``2026-11-26T00:00:00Z``; where that is empty, when all else was."""

    name: str = AUTHOR
    date: str = ""

    @property
    def initials(self) -> str:
        """What Word has room for beside a comment."""
        parts = self.name.split()
        return "".join(part[0] for part in parts[:3]) if self.name != AUTHOR and parts else "mt"

    def attributes(self, w: str, otherwise: str) -> str:
        """The two as attributes, whose prefix is *w*; *otherwise* is when all else was, and may be empty."""
        date = self.date or otherwise
        when = f' {w}date="{quoted(date)}"' if date else ""
        return f' {w}author="{quoted(self.name)}"{when}'


def quoted(text: str) -> str:
    """*text* as the value of an attribute."""
    return written(text).replace('"', "&quot;")


class Comment(NamedTuple):
    """A comment; its text is one paragraph."""

    id: int
    text: str
    by: By = By()


def prefix_of(source: str) -> str:
    """The prefix of the first element of a part, with its colon: ``w:``; empty where it has none."""
    match = _ROOT.search(source)
    return (match["prefix"] or "") if match else ""


def first_free_id(sources: Iterable[str]) -> int:
    """A number above all ids in *sources*."""
    used = (
        int(id)
        for source in sources
        for id in re.findall(rf"\b{prefix_of(source)}id\s*=\s*[\"'](\d{{1,9}})[\"']", source)
    )
    return max((id for id in used if id < _OF_PEOPLE), default=0) + 1


class Comments:
    """The comments of the document in *archive*, as they are and with more."""

    def __init__(self, archive: Zip) -> None:
        self._archive = archive
        self._main = main_part(archive)
        kinds = types(archive)
        self._name = next((name for name in archive.members if kinds.of(name) == _TYPE), "")
        self._source = archive.text(self._name) if self._name else ""

    @property
    def first_free_id(self) -> int:
        """A number above all ids of comments there are."""
        return first_free_id([self._source])

    def with_more(self, comments: Sequence[Comment], date: str) -> dict[str, str]:
        """The parts that change where *comments* are added, with what they hold then; *date* is of those that have none."""
        changed: dict[str, str] = {}
        name, source = self._name, self._source
        if not name:
            main = self._archive.text(self._main)
            folder = posixpath.dirname(self._main)
            names = (posixpath.join(folder, f"comments{n or ''}.xml") for n in count())
            name = next(name for name in names if name not in self._archive.members)
            source = _empty(main)
            changed |= self._named(name, "purl.oclc.org" in main[:10_000])
        w = prefix_of(source)
        said = (
            f'<{w}comment {w}id="{id}"{by.attributes(w, date)} {w}initials="{quoted(by.initials)}"><{w}p><{w}r>'
            f"<{w}t{PRESERVE}>{written(text)}</{w}t></{w}r></{w}p></{w}comment>"
            for id, text, by in comments
        )
        changed[name] = _with_inside(source, "".join(said))
        return changed

    def _named(self, name: str, is_strict: bool) -> dict[str, str]:
        """The two parts that say of a new part what it is, and whose."""
        folder, main = posixpath.split(self._main)
        relations = posixpath.join(folder, "_rels", f"{main}.rels")
        known = self._archive.text(TYPES)
        more = f'<{prefix_of(known)}Override PartName="/{name}" ContentType="{_TYPE}"/>'
        if relations in self._archive.members:
            tied = self._archive.text(relations)
        else:
            tied = f'{_DECLARATION}<Relationships xmlns="{_RELATIONS}"/>'
            if types(self._archive).of(relations) != _RELATIONS_TYPE:
                more += (
                    f'<{prefix_of(known)}Override PartName="/{relations}"'
                    f' ContentType="{_RELATIONS_TYPE}"/>'
                )
        used = set(map(html.unescape, _ID.findall(tied)))
        id = next(id for id in (f"rId{n}" for n in count(1)) if id not in used)
        relation = (
            f'<{prefix_of(tied)}Relationship Id="{id}" Target="{posixpath.basename(name)}"'
            f' Type="{_STRICT_KIND if is_strict else _KIND}"/>'
        )
        return {TYPES: _with_inside(known, more), relations: _with_inside(tied, relation)}


def _empty(main: str) -> str:
    """A part for comments with the name space of the *main* part."""
    prefix = prefix_of(main).rstrip(":")
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    match = re.search(rf"\s{name}\s*=\s*[\"']([^\"']*)[\"']", main)
    space = match[1] if match else ""
    return f'{_DECLARATION}<{prefix_of(main)}comments {name}="{space}"/>'


def _with_inside(source: str, xml: str) -> str:
    """A part with *xml* at the end of its first element."""
    root = _ROOT.search(source)
    assert root is not None, "a part that was read has an element"
    if root["is_empty"]:
        end = f"</{root['prefix'] or ''}{root['name']}>"
        return f"{source[: root.end() - 2]}>{xml}{end}{source[root.end() :]}"
    at = source.rfind("</")
    return source[:at] + xml + source[at:]
