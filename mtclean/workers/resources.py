"""What a run works with: worker processes and LanguageTool, both starting in the background."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from mtclean.grammar import Grammar, GrammarUnavailable
from mtclean.workers.pool import Crew, Threads
from mtclean.workers.spec import WORKERS, Equipment, Runner


class Tools:
    """Workers and, where it is wanted, LanguageTool."""

    def __init__(self, equipment: Equipment) -> None:
        options = equipment.options
        self.no_grammar = ""
        """Why LanguageTool cannot be used; empty where it can, or is not wanted."""
        self.grammar = Grammar(options.languagetool or None) if options.grammar else None
        self.crew = _crew(equipment)
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


def _crew(equipment: Equipment) -> Crew | Threads:
    size = equipment.workers or WORKERS
    if equipment.runner is Runner.THREADS:
        return Threads(size)
    if equipment.runner is Runner.DASK and not equipment.scheduler:
        size = 1  # beside each of as many Dask workers
    return Crew(size, equipment.deadline)


_lent: ContextVar[Tools | None] = ContextVar("tools", default=None)
_own: dict[str, Tools] = {}
_making = threading.Lock()


@contextmanager
def at_hand(tools: Tools) -> Iterator[None]:
    """Lend *tools* to the run inside."""
    token = _lent.set(tools)
    try:
        yield
    finally:
        _lent.reset(token)


@contextmanager
def equipped(equipment: Equipment) -> Iterator[None]:
    """The tools that were lent; else new ones, closed at the end."""
    if _lent.get():
        yield
        return
    tools = Tools(equipment)
    try:
        with at_hand(tools):
            yield
    finally:
        tools.close()


def tools_of(equipment: Equipment) -> Tools:
    """The tools that were lent; else this process's own for that run, made once and kept.

    A Dask worker has its own; :func:`put_away` ends them.
    """
    if lent := _lent.get():
        return lent
    with _making:
        if equipment.run not in _own:
            _own[equipment.run] = Tools(equipment)
        return _own[equipment.run]


def put_away(run: str) -> None:
    """End this process's own tools for *run*, if it has any."""
    with _making:
        if tools := _own.pop(run, None):
            tools.close()
