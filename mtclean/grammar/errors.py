"""What can go wrong between mtclean and LanguageTool, each with a line that says what to do."""

from __future__ import annotations

from mtclean.trouble import Exit, Trouble


class GrammarUnavailable(Trouble):
    """LanguageTool cannot be used; the message is one line and says what to do about it."""

    exit = Exit.NO_GRAMMAR


class LanguageNotInstalled(GrammarUnavailable):
    """LanguageTool runs, but has no rules for the language of the text."""


class CheckError(Exception):
    """A request that brought no answer."""


class DeadlineError(CheckError):
    """The server was still at it when the time was up."""


class ConnectionLostError(CheckError):
    """The server could not be reached, or went away before it answered."""


class RefusedError(CheckError):
    """The server answered with an error."""
