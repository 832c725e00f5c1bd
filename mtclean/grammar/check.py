"""Check a whole text: in pieces, a few at a time, each under a deadline, none at another's cost."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from types import TracebackType
from typing import TYPE_CHECKING, Any

from mtclean.grammar.chunks import chunks
from mtclean.grammar.errors import (
    CheckError,
    ConnectionLostError,
    DeadlineError,
    LanguageNotInstalled,
)
from mtclean.grammar.languagetool.daemon import Daemon, running
from mtclean.grammar.languagetool.install import install
from mtclean.grammar.languagetool.server import (
    CHECKS_AT_ONCE,
    START_DEADLINE,
    Engine,
    RemoteServer,
    Running,
    Server,
)
from mtclean.grammar.match import Cause, CheckResult, Match, Unanswered
from mtclean.grammar.offsets import Utf16, sendable
from mtclean.grammar.spelling import Doubts
from mtclean.text import Passage, Span

if TYPE_CHECKING:
    from mtclean.grammar.languagetool.client import Client

DEADLINE = 12.0
"""Seconds one piece of up to 2,000 characters may take; a fifth of a second is usual."""

PATIENCE = 18.0
"""Seconds of stalls one text may cost before the rest of it is left unchecked.

With a start of the server in between, poison so costs less than half a minute on a busy machine.
"""

_WORDS_AT_ONCE = 40
"""Unknown words in one question: a second of work at most."""

_TRIES = 4
"""How often a piece is sent, when the server dies under it."""

_Suggestions = dict[tuple[str, str, str], tuple[str, ...]]
"""Suggestions by language, rule and word."""


class Grammar:
    """LanguageTool for texts: a context manager whose server starts while other work goes on.

    ``check`` may be called from many threads; they share one server and one limit of requests.
    """

    def __init__(
        self,
        url: str | None = None,
        *,
        engine: Engine | None = None,
        deadline: float = DEADLINE,
        patience: float = PATIENCE,
        remembers: bool = False,
    ) -> None:
        """Prepare to check.

        ``url`` is the base address of a LanguageTool server that runs already; without it the kept
        one is used (:mod:`mtclean.grammar.languagetool.daemon`), or one is started here, and installed first where
        it is missing.  ``deadline`` and ``patience`` are
        in seconds, per piece and per text.  What *remembers* keeps every answer: for a text that is
        checked again after each small change, not for a thousand texts.
        """
        self._engine: Engine | None = engine or (RemoteServer(url) if url else None)
        self._deadline = deadline
        self._patience = patience
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(CHECKS_AT_ONCE, thread_name_prefix="grammar")
        self._mine = _Clients()
        self._warming = threading.Lock()
        self._warm: set[tuple[Running, str, str]] = set()
        self._known: _Suggestions = {}
        self._remembers = remembers
        self._answers: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def __enter__(self) -> Grammar:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the server and return at once; the first call ever downloads LanguageTool.

        Raises :class:`~mtclean.grammar.errors.GrammarUnavailable`.
        """
        self._started()

    @property
    def version(self) -> str:
        """The version of LanguageTool that checks; waits for the server."""
        return self._started().wait_ready().version

    @property
    def url(self) -> str:
        """The address of the server, to be shared with other processes; waits for it."""
        return self._started().wait_ready().address

    def check(self, text: str, language: str) -> CheckResult:
        """Check *text*, which is in *language* (ISO 639-1, or a variant such as ``en-GB``).

        Spans of the result are code points of *text*.  Parts without an answer are listed as
        unchecked.  Unknown words that can be nothing but names come without suggestions.
        Raises :class:`~mtclean.grammar.errors.LanguageNotInstalled`, also where *language* is empty, which is no language
        to check in, and other :class:`~mtclean.grammar.errors.GrammarUnavailable`.
        """
        if not language:
            raise LanguageNotInstalled("its language is not known: name it with --language")
        engine = self._started()
        allowance = _Allowance(self._patience)
        spans = chunks(text)
        waiting = [
            self._pool.submit(self._check_piece, engine, text, span, language, allowance)
            for span in spans
        ]
        try:
            answers = [future.result() for future in waiting]
        finally:
            for future in waiting:
                future.cancel()
        matches: list[Match] = []
        unchecked: list[Unanswered] = []
        for span, answer in zip(spans, answers, strict=True):
            if isinstance(answer, Cause):
                unchecked.append(Unanswered(span, answer))
            else:
                matches += answer
        matches, unsuggested = self._with_suggestions(engine, matches, text, language, allowance)
        return CheckResult(tuple(matches), tuple(unchecked), tuple(unsuggested))

    def close(self) -> None:
        """Stop the server, if it is ours."""
        if self._engine is not None:
            self._engine.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> Engine:
        with self._lock:
            if self._engine is None:
                note = running()
                self._engine = Daemon(note) if note else Server(install())
            self._engine.start()
            return self._engine

    def _check_piece(
        self, engine: Engine, text: str, span: Span, language: str, allowance: _Allowance
    ) -> tuple[Match, ...] | Cause:
        """The matches in one piece, or why it could not be checked."""
        part = text[span.start : span.end]
        known = self._answers.get((language, part))
        raw = self._asked(engine, part, language, allowance) if known is None else known
        if isinstance(raw, Cause):
            return raw
        if self._remembers:
            self._answers[language, part] = raw
        offsets = Utf16(part)
        return tuple(Match.from_json(match, offsets, span.start) for match in raw)

    def _with_suggestions(
        self,
        engine: Engine,
        matches: list[Match],
        text: str,
        language: str,
        allowance: _Allowance,
    ) -> tuple[list[Match], list[Unanswered]]:
        """*matches*, with suggestions for the unknown words for which the texts' door makes none.

        Beside them the words for which none could be had.
        """
        unknown = [m for m in matches if m.is_unknown_word]
        if not unknown or not engine.wait_ready().words_url:
            return matches, []
        doubts = Doubts(Passage(text, language))
        words = {m: (m.rule, text[slice(*m.span)]) for m in unknown}
        asked = {words[m] for m in unknown if doubts.about(m)}
        failed = self._learn(engine, sorted(asked), language, allowance)
        suggested = [
            replace(match, replacements=self._known.get((language, *words[match]), ()))
            if match.is_unknown_word
            else match
            for match in matches
        ]
        missing = [Unanswered(m.span, failed[words[m]]) for m in unknown if words[m] in failed]
        return suggested, missing

    def _learn(
        self,
        engine: Engine,
        asked: list[tuple[str, str]],
        language: str,
        allowance: _Allowance,
    ) -> dict[tuple[str, str], Cause]:
        """Have suggestions made for the words (rule, word) that were not asked for before.

        Gives those for which none could be had.
        """
        failed: dict[tuple[str, str], Cause] = {}
        for rule, group in groupby(asked, itemgetter(0)):
            words = [word for _, word in group if (language, rule, word) not in self._known]
            for i in range(0, len(words), _WORDS_AT_ONCE):
                some = words[i : i + _WORDS_AT_ONCE]
                lines = "\n\n".join(some)  # each is a sentence of its own
                raw = self._asked(engine, lines, language, allowance, only=rule)
                if isinstance(raw, Cause):
                    failed |= {(rule, word): raw for word in some}
                    continue
                offsets = Utf16(lines)
                known: _Suggestions = {(language, rule, word): () for word in some}
                for match in (Match.from_json(match, offsets, 0) for match in raw):
                    known[language, rule, lines[slice(*match.span)]] = match.replacements
                self._known |= known
        return failed

    def _asked(
        self, engine: Engine, part: str, language: str, allowance: _Allowance, only: str = ""
    ) -> list[dict[str, Any]] | Cause:
        """The raw matches in *part*, of all rules or *only* one; or why there is no answer."""
        for _ in range(_TRIES):
            if allowance.left <= 0:  # asked first: after a stall it takes seconds to start anew
                return Cause.STALL
            running = engine.wait_ready()
            deadline = min(self._deadline, allowance.left)
            if deadline <= 0:
                return Cause.STALL
            began = time.monotonic()
            try:
                client = self._mine.client(running, language, only)
                self._warm_up(client, (running, language, only))
                began = time.monotonic()
                client.deadline = deadline
                return client.matches(sendable(part))
            except DeadlineError:
                allowance.spend(time.monotonic() - began)
                engine.after_stall(running)
                return Cause.STALL
            except ConnectionLostError:
                engine.after_loss(running)
                continue
            except CheckError:  # LanguageTool itself reports an error about this piece
                return Cause.REFUSAL
        return Cause.LOSS

    def _warm_up(self, client: Client, what: tuple[Running, str, str]) -> None:
        """Have the server build what it needs for a language, under a deadline of its own.

        That takes seconds, on a busy machine more than a piece may take: its first piece would be
        called a stall and the server be killed, again and again.
        """
        with self._warming:
            if what not in self._warm:
                client.deadline = START_DEADLINE
                client.warm_up()
                self._warm.add(what)


class _Allowance:
    """The seconds of stalls one text may still cost."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self._lock = threading.Lock()

    def spend(self, seconds: float) -> None:
        """Take *seconds* off."""
        with self._lock:
            self.left -= seconds


class _Clients(threading.local):
    """Each thread's clients of the present server, by language."""

    def __init__(self) -> None:
        self._running: Running | None = None
        self._clients: dict[tuple[str, str], Client] = {}

    def client(self, running: Running, language: str, only: str) -> Client:
        """The thread's client for *language*; *only* is one speller, or empty for all rules."""
        if running is not self._running:
            for client in self._clients.values():
                client.close()
            self._running, self._clients = running, {}
        if (language, only) not in self._clients:
            from mtclean.grammar.languagetool.client import Client

            url = running.words_url if only else running.url
            self._clients[language, only] = Client(url, language, DEADLINE, only)
        return self._clients[language, only]
