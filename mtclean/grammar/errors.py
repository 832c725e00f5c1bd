"""What can go wrong between mtclean and LanguageTool, each with a line that says what to do."""

from __future__ import annotations


class GrammarUnavailable(Exception):
    """LanguageTool cannot be used; the message is one line and says what to do about it."""


class LanguageNotInstalled(GrammarUnavailable):
    """LanguageTool runs, but has no rules for the language of the text."""
