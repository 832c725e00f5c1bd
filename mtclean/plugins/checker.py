"""What an external checker is: a model or an engine that has something to say of a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from mtclean.text import Finding, Passage


@runtime_checkable
class Checker(Protocol):
    """Something that finds in a text what no rule can: a quality-estimation model, another grammar engine.

    Rules are asked again whenever the text has changed; a checker once for each document, about the text as
    mtclean's own stages leave it.  It changes nothing.  Its docstring is its documentation.
    """

    id: str
    """Small letters, digits and hyphens; in reports and settings it stands behind the plug-in's name and a dot."""

    category: str
    """The category of its findings, as in docs/categories.md, where a finding names none itself."""

    def check(self, passage: Passage) -> Iterable[Finding]:
        """What there is to look at in *passage*; spans are half-open ranges of code points in ``passage.text``."""
        ...
