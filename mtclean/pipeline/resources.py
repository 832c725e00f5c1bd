"""What a run works with: worker processes and LanguageTool, both starting in the background."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from mtclean.grammar import Grammar, GrammarUnavailable, answers_for
from mtclean.pipeline.settings import Runner
from mtclean.pipeline.spec import RunSpec
from mtclean.workers.pool import DEADLINE, Pool, ProcessPool, ThreadPool

_STEPS = "mtclean.pipeline.steps"
"""What workers do, with all the rules: it takes a second to load, in which Prefect's server starts."""


class Resources:
    """Workers, no more than there are *documents* where that is known, and LanguageTool where it is wanted."""

    def __init__(self, spec: RunSpec, documents: int | None = None) -> None:
        options = spec.options
        self.no_grammar = ""
        """Why LanguageTool cannot be used; empty where it can, or is not wanted."""
        url = options.languagetool or None
        self.grammar = Grammar(url, answers=answers_for(url)) if options.grammar else None
        self.pool = _pool(spec, documents)
        if self.grammar is not None:
            try:
                self.grammar.start()
            except GrammarUnavailable as problem:
                self.no_grammar = str(problem)

    def close(self) -> None:
        """End both, whatever they are doing."""
        self.pool.close()
        if self.grammar is not None:
            self.grammar.close()


def _pool(spec: RunSpec, documents: int | None = None) -> Pool:
    settings, size = spec.settings, spec.side_by_side
    if documents is not None:
        size = max(1, min(size, documents))
    if settings.runner is Runner.THREADS:
        return ThreadPool(size)
    if settings.runner is Runner.DASK and not settings.scheduler:
        size = 1  # beside each of as many Dask workers
    return ProcessPool(size, settings.deadline or DEADLINE, loads=_STEPS)


@contextmanager
def workers_for(spec: RunSpec) -> Iterator[Pool]:
    """The workers that were lent; else new ones, closed at the end."""
    if lent := _lent.get():
        yield lent.pool
        return
    pool = _pool(spec)
    try:
        yield pool
    finally:
        pool.close()


_lent: ContextVar[Resources | None] = ContextVar("resources", default=None)
_own: dict[str, Resources] = {}
_making = threading.Lock()


@contextmanager
def lending(resources: Resources) -> Iterator[None]:
    """Lend *resources* to the run inside."""
    token = _lent.set(resources)
    try:
        yield
    finally:
        _lent.reset(token)


@contextmanager
def resources_for(spec: RunSpec) -> Iterator[None]:
    """The resources that were lent; else new ones, closed at the end."""
    if _lent.get():
        yield
        return
    resources = Resources(spec)
    try:
        with lending(resources):
            yield
    finally:
        resources.close()


def resources_of(spec: RunSpec) -> Resources:
    """The resources that were lent; else this process's own for that run, made once and kept.

    A Dask worker has its own; :func:`release` ends them.
    """
    if lent := _lent.get():
        return lent
    with _making:
        if spec.run not in _own:
            _own[spec.run] = Resources(spec)
        return _own[spec.run]


def release(run: str) -> None:
    """End this process's own resources for *run*, if it has any."""
    with _making:
        if resources := _own.pop(run, None):
            resources.close()
