"""What docutils makes of a page of reStructuredText, with the directives and roles that Sphinx adds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar
from unittest.mock import patch

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Directive, Parser, directives, roles
from docutils.utils import new_document

from mtclean.formats.rst import _DIRECTIVES, _OF_OBJECT, _VERSIONS, _Content

_OF_TEXT = (
    "names",
    "name",
    "ids",
    "refid",
    "refname",
    "refnames",
    "dupnames",
    "backrefs",
    "xml:space",
)
"""Attributes that are made of the text."""


class _Options(dict[str, Any]):
    """Options by any name."""

    def __missing__(self, name: str) -> Any:
        return lambda value: value

    def __bool__(self) -> bool:
        return True


class _Sphinx(Directive):
    """A directive of Sphinx: what stands below it is read, and its argument where that is prose."""

    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = _Options()

    def run(self) -> list[nodes.Node]:
        """A block of what it holds."""
        block = nodes.container(directive=self.name)
        words = _VERSIONS.get(self.name, 1) if self.content_is is _Content.VERSION else 0
        prose = (
            ""
            if self.content_is is _Content.NO_PROSE
            else " ".join(self.arguments).split(None, words)[words:]
        )
        if prose:
            block += nodes.paragraph("", "", *self.state.inline_text(prose[0], self.lineno)[0])
        self.state.nested_parse(self.content, self.content_offset, block)
        return [block]

    content_is = _Content.NO_PROSE


def _directive(name: str, *rest: object) -> tuple[type[Directive] | None, list[object]]:
    """The directive *name*: docutils' own, or one like Sphinx's."""
    content = _DIRECTIVES.get(name) or (_OF_OBJECT.match(name) and _Content.NO_PROSE)
    if name in directives._directive_registry or not content:
        return _OWN(name, *rest)
    arguments = 0 if content is _Content.PROSE else 100
    return type(name, (_Sphinx,), {"content_is": content, "optional_arguments": arguments}), []


_OWN = directives.directive


def _role(
    name: str, rawtext: str, text: str, lineno: int, inliner: object, *rest: object
) -> tuple[list[nodes.Node], list[nodes.Node]]:
    shown, _, target = text.partition("<")
    return [nodes.inline(rawtext, shown, role=name, target=target)], []


def parsed(text: str) -> nodes.document:
    """The tree of *text*; nothing of another file gets into it."""
    settings = get_default_settings(Parser)
    settings.report_level, settings.halt_level = 5, 6
    settings.file_insertion_enabled = settings.raw_enabled = False
    settings.syntax_highlight = "none"
    tree = new_document("page", settings)
    with (
        patch.object(roles, "role", lambda *_: (_role, [])),
        patch.object(directives, "directive", _directive),
    ):
        Parser().parse(text, tree)
    return tree


def structure(text: str) -> list[str]:
    """Every node of *text* with how deep it lies and its attributes, but for what is text."""
    return [*_described(parsed(text))]


def _described(tree: nodes.Node, depth: int = 0) -> Iterator[str]:
    if isinstance(tree, (nodes.system_message, nodes.problematic)):
        return
    if isinstance(tree, nodes.Element):
        attributes = {
            name: value
            for name, value in sorted(tree.attributes.items())
            if value and name not in _OF_TEXT
        }
        yield f"{depth} {tree.tagname} {attributes}"
        for child in tree.children:
            yield from _described(child, depth + 1)
