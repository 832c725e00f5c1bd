"""What LanguageTool is asked beside the text, known before a server is."""

from __future__ import annotations

import json
from dataclasses import dataclass

from mtclean.grammar.tables import unwanted

VARIANTS = {"en": "en-US", "pt": "pt-BR", "de": "de-DE", "ca": "ca-ES"}
"""The variant to check a language in: without one LanguageTool leaves spelling out."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A language (ISO 639-1, or a variant), and the one rule to check; all that are wanted where it is empty."""

    language: str
    only: str = ""

    @property
    def variant(self) -> str:
        """The language as LanguageTool is told."""
        return VARIANTS.get(self.language, self.language)

    @property
    def left_out(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The rules and the categories that are not to be checked."""
        return ((), ()) if self.only else unwanted()

    @property
    def signature(self) -> str:
        """All of it as one line, which changes where an answer might."""
        return json.dumps([self.variant, self.only, self.left_out])
