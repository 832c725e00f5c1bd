"""What a run works with: worker processes and LanguageTool, both starting in the background."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flows.crew import DEADLINE, WORKERS, Crew
from flows.stages import Options
from tasks.grammar import Grammar, GrammarUnavailable


class Tools:
    """Workers and, where *options* want it, LanguageTool.

    ``workers`` is how many processes there are; ``deadline`` the seconds a document may take in
    one stage, and again for every million bytes.
    """

    def __init__(
        self, options: Options, workers: int | None = None, deadline: float | None = None
    ) -> None:
        self.no_grammar = ""
        """Why LanguageTool cannot be used; empty where it can, or is not wanted."""
        self.without_rules: Counter[str] = Counter()
        """Why documents were not checked because of their language, and how many."""
        self.grammar = Grammar(options.languagetool or None) if options.grammar else None
        self.crew = Crew(workers or WORKERS, deadline or DEADLINE)
        if self.grammar is not None:
            try:
                self.grammar.start()
            except GrammarUnavailable as problem:
                self.no_grammar = str(problem)

    def close(self) -> None:
        """End both, whatever they are doing."""
        self.crew.close()
        if self.grammar is not None:
            self.grammar.close()


_TOOLS: ContextVar[Tools | None] = ContextVar("tools", default=None)


@contextmanager
def at_hand(tools: Tools) -> Iterator[None]:
    """Lend *tools* to the run inside."""
    token = _TOOLS.set(tools)
    try:
        yield
    finally:
        _TOOLS.reset(token)


@contextmanager
def equipped(make: Callable[[], Tools]) -> Iterator[Tools]:
    """The tools that were lent; else new ones, closed at the end."""
    lent = _TOOLS.get()
    tools = lent or make()
    try:
        yield tools
    finally:
        if lent is None:
            tools.close()
