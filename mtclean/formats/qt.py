"""Translations of Qt (``.ts``): what stands in ``translation`` is prose, beside its ``source``.

The elements are those of Qt's "Linguist TS file format".  What is unfinished is shown and not changed, as
gettext's fuzzy entries are; what is vanished or obsolete is not read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mtclean.formats.format import Choices, Format, Sources, Unreadable
from mtclean.formats.layout import Builder, Layout
from mtclean.formats.markup_edits import only_prose
from mtclean.formats.xml import (
    Event,
    FlowReader,
    Kind,
    declared,
    events,
    is_unicode,
    label_of,
    put,
)

_TEXTS = frozenset(["name", "source", "comment", "translation", "numerusform", "lengthvariant"])
_SAID = frozenset(["name", "source", "comment"])
"""Of those the ones that are no translation."""
_GONE = frozenset(["vanished", "obsolete"])


@dataclass(slots=True)
class _Message:
    number: int
    type: str = ""
    source: str = ""
    comment: str = ""
    """What tells it from another message with the same source."""
    texts: list[FlowReader] = field(default_factory=list)


def read(sources: Sources, choices: Choices) -> Layout:
    """The translations in *sources*.  Raises :class:`Unreadable`."""
    return _Reader(sources[""]).layout()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._builder = Builder(source)
        self._languages = ("", "")
        self._context = ""
        self._message = _Message(0)
        self._text: FlowReader | None = None
        self._depth = self._gone = 0

    def layout(self) -> Layout:
        for event in events(self._source):
            if event.kind is Kind.START:
                self._depth += 1
                self._open(event)
            elif event.kind is Kind.END:
                self._depth -= 1
                self._close(event)
            elif self._text:
                self._text.take(event)
        if self._gone:
            texts = "text is" if self._gone == 1 else "texts are"
            self._builder.remark(f"{self._gone} {texts} no longer used and not looked at.")
        return self._builder.layout()

    def _open(self, event: Event) -> None:
        said = event.attributes
        if self._depth == 1:
            if event.name != "TS":
                raise Unreadable(f"its first element is <{event.name[:40]}>")
            self._languages = (said.get("sourcelanguage", ""), said.get("language", ""))
        elif event.name == "message":
            self._message = _Message(self._message.number + 1)
        elif event.name in _TEXTS:
            self._text = FlowReader(self._source, preserve=True)
            if event.name == "translation":
                self._message.type = said.get("type", "")
            if event.name not in _SAID:
                self._message.texts.append(self._text)
        elif self._text:
            self._text.take(event)

    def _close(self, event: Event) -> None:
        if event.name in _TEXTS:
            if event.name == "name" and self._text:
                self._context = self._text.flow.text
            elif event.name == "source" and self._text:
                self._message.source = self._text.flow.text
            elif event.name == "comment" and self._text:
                self._message.comment = self._text.flow.text
            self._text = None
        elif event.name == "message":
            self._put(self._message)
        elif self._text:
            self._text.take(event)

    def _put(self, message: _Message) -> None:
        texts = [text.flow for text in message.texts if text.flow.has_prose]
        if message.type in _GONE:
            self._gone += bool(texts)
            return
        own, target = (language.replace("_", "-") for language in self._languages)
        label = label_of(message.number, self._context)
        for number, flow in enumerate(texts, 1):
            put(
                self._builder,
                flow,
                label if len(texts) == 1 else f"{label}, form {number}",
                language=target,
                original=message.source,
                original_language=own,
                state="unfinished" if message.type == "unfinished" else "",
                may_hold_cdata=is_unicode(self._source),
                plural=message.source if len(texts) > 1 else "",
                quantity="one" if number == 1 else "",  # Qt has the forms in that order
                context=f"{self._context}\n{message.comment}",
            )


FORMAT = Format(
    "qt",
    "a file of Qt's translations (.ts)",
    frozenset(),  # .ts is TypeScript's, too
    read,
    references=True,
    declared=declared,
    only_prose=only_prose,
    has_sources=True,
    of_strings=True,
)
