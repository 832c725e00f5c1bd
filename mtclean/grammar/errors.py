"""What can go wrong between mtclean and LanguageTool, each with a line that says what to do."""

from __future__ import annotations

from mtclean.trouble import Exit, Trouble


class GrammarUnavailable(Trouble):
    """LanguageTool cannot be used; the message is one line and says what to do about it."""

    exit = Exit.NO_GRAMMAR


class LanguageNotInstalled(GrammarUnavailable):
    """LanguageTool runs, but has no rules for the language of the text."""
