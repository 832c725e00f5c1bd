"""Resources of .NET (``.resx``, and ``.resw`` of Windows apps): the value of each text is prose.

XML of ``data`` with a ``value``.  Names, comments, what is of a type (pictures, sizes), files, and what the forms'
designer notes for itself (``>>name``) stay.
"""

from __future__ import annotations

from mtclean.formats.format import Choices, Format, Sources, Unreadable
from mtclean.formats.layout import Builder, Layout
from mtclean.formats.markup_edits import only_prose
from mtclean.formats.xml import FlowReader, Kind, declared, events, is_unicode, put

_OF_DESIGNER = ">>"
_PATH = ("root", "data", "value")


def read(sources: Sources, choices: Choices) -> Layout:
    """The texts in *sources*.  Raises :class:`Unreadable`."""
    source = sources[""]
    builder = Builder(source)
    path: list[str] = []
    key = ""
    text: FlowReader | None = None
    for event in events(source):
        if event.kind is Kind.END:
            if text and len(path) == len(_PATH):
                put(
                    builder, text.flow, key, language="", original="", original_language="",
                    state="", may_hold_cdata=is_unicode(source), key=key,
                )  # fmt: skip
                text = None
            path.pop()
        if text:
            text.take(event)
        if event.kind is Kind.START:
            path.append(event.name)
            if path[0] != _PATH[0]:
                raise Unreadable(f"its first element is <{event.name[:40]}>")
            if path == [*_PATH[:2]]:
                said = event.attributes
                name = said.get("name", "")
                is_text = not ({"type", "mimetype"} & said.keys() or name.startswith(_OF_DESIGNER))
                key = name if is_text else ""
            elif key and path == [*_PATH]:
                text = FlowReader(source, preserve=True)
    return builder.layout()


FORMAT = Format(
    "resx",
    "a file of resources of .NET (.resx)",
    frozenset({".resx", ".resw"}),
    read,
    references=True,
    declared=declared,
    only_prose=only_prose,
    of_strings=True,
)
