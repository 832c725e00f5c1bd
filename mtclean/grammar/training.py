"""Have Java learn LanguageTool once, so that each one that is started begins with that (:mod:`mtclean.grammar.languagetool.aot`)."""

from __future__ import annotations

import shutil

from mtclean.file_lock import lock
from mtclean.grammar.check import Grammar
from mtclean.grammar.errors import GrammarUnavailable
from mtclean.grammar.languagetool.aot import AotCache
from mtclean.grammar.languagetool.install import Installation
from mtclean.grammar.languagetool.server import Server

_DEADLINE = 300.0
"""Seconds Java may take to write down what it learnt: 5 on an idle machine with two cores."""


def train(installation: Installation, text: str) -> bool:
    """Have a Java check *text*, which is English, and keep what it learnt; whether that is there now.

    Nothing is done where it is there already or another process is at it.  Where it cannot be kept, work goes on without.
    """
    cache = AotCache(installation)
    if cache.is_there:
        return True
    try:
        with cache.folder.with_name("aot.lock").open("a", encoding="utf-8") as only:
            lock(only)
            shutil.rmtree(cache.folder, ignore_errors=True)  # of one that was killed, or is damaged
            try:
                return _learn(installation, cache, text)
            finally:
                if not cache.is_there:
                    shutil.rmtree(cache.folder, ignore_errors=True)
    except (OSError, GrammarUnavailable):
        return False


def _learn(installation: Installation, cache: AotCache, text: str) -> bool:
    server = Server(installation, launch=cache.prepare())
    with Grammar(engine=server) as grammar:
        grammar.check(text, "en")
        return server.end(_DEADLINE) and cache.complete()
