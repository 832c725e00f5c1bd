"""``mtclean setup``: everything that needs the network, once."""

from __future__ import annotations

from flows.cli.application import Trouble, say
from flows.outcomes import Exit


def setup() -> None:
    """Download LanguageTool and prepare Prefect's database, so that later runs work offline."""
    from tasks.grammar import GrammarUnavailable, install

    try:
        install()
    except GrammarUnavailable as problem:
        raise Trouble(str(problem), Exit.NO_GRAMMAR) from problem
    from flows.settings import prepare_database

    prepare_database()
    say("Ready: LanguageTool is installed and Prefect's database is in place.")
