"""Grammar: LanguageTool installed, started, asked and judged.

``with Grammar() as grammar:`` starts a server in the background; ``grammar.check(text, "en")``
brings a :class:`CheckResult`, and ``judged(result, passage, claimed)`` what is worth saying of it.
Everything that can keep LanguageTool from being used is a
:class:`GrammarUnavailable` whose message says what to do.
"""

from mtclean.grammar.answers import answers_for
from mtclean.grammar.check import Grammar
from mtclean.grammar.errors import GrammarUnavailable, LanguageNotInstalled
from mtclean.grammar.judge import judged
from mtclean.grammar.languagetool.install import (
    Installation,
    add_language,
    install,
    installed,
    languages_added,
)
from mtclean.grammar.match import Cause, CheckResult, Match, Unanswered
from mtclean.grammar.tables import explained

__all__ = [
    "Cause",
    "CheckResult",
    "Grammar",
    "GrammarUnavailable",
    "Installation",
    "LanguageNotInstalled",
    "Match",
    "Unanswered",
    "add_language",
    "answers_for",
    "explained",
    "install",
    "installed",
    "judged",
    "languages_added",
]
