"""Check a whole text: passage by passage, a few requests at a time, each under a deadline."""

from __future__ import annotations

import threading
import time
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import accumulate, groupby
from operator import itemgetter
from types import TracebackType
from typing import TYPE_CHECKING, Any

from mtclean.grammar.answers import Answers
from mtclean.grammar.chunks import BETWEEN, chunks, together
from mtclean.grammar.errors import (
    CheckError,
    ConnectionLostError,
    DeadlineError,
    LanguageNotInstalled,
)
from mtclean.grammar.languagetool.asking import Asking
from mtclean.grammar.languagetool.daemon import Daemon, running
from mtclean.grammar.languagetool.install import install
from mtclean.grammar.languagetool.process import CHECKS_AT_ONCE
from mtclean.grammar.languagetool.server import (
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
"""Seconds one request may take, of some 500 characters and at most 2,500; a twentieth of a second is usual."""

PATIENCE = 18.0
"""Seconds of stalls one text may cost before the rest of it is left unchecked.

With a start of the server in between, poison so costs less than half a minute on a busy machine.
"""

_WORDS_AT_ONCE = 40
"""Unknown words in one question: a second of work at most."""

_TRIES = 4
"""How often a request is sent, when the server dies under it."""

_Answer = list[dict[str, Any]] | Cause
"""The raw matches in a passage, or why there are none to be had."""

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
        answers: Answers | None = None,
    ) -> None:
        """Prepare to check.

        ``url`` is the base address of a LanguageTool server that runs already; without it the kept
        one is used (:mod:`mtclean.grammar.languagetool.daemon`), or one is started here, and installed first where
        it is missing.  ``deadline`` and ``patience`` are
        in seconds, per piece and per text.  ``answers`` are those that were given before, and where new ones
        are kept; they are closed with this.
        """
        _hush()
        self._engine: Engine | None = engine or (RemoteServer(url) if url else None)
        self._deadline = deadline
        self._patience = patience
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(CHECKS_AT_ONCE, thread_name_prefix="grammar")
        self._mine = _Clients()
        self._warming = threading.Lock()
        self._warm: set[tuple[Running, Asking]] = set()
        self._known: _Suggestions = {}
        self._answers = answers

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
        # Without the spaces behind it: a sentence is the same where another follows and where its paragraph ends.
        passages = {span: sendable(text[slice(*span)].rstrip()) for span in chunks(text)}
        answers = self._answers_about(engine, passages.values(), Asking(language), allowance)
        matches: list[Match] = []
        unchecked: list[Unanswered] = []
        for span, passage in passages.items():
            answer = answers[passage]
            if isinstance(answer, Cause):
                _add_unanswered(unchecked, span, answer)
            else:
                offsets = Utf16(passage)
                matches += (Match.from_json(match, offsets, span.start) for match in answer)
        matches, unsuggested = self._with_suggestions(engine, matches, text, language, allowance)
        return CheckResult(tuple(matches), tuple(unchecked), tuple(unsuggested))

    def close(self) -> None:
        """Stop the server, if it is ours."""
        if self._engine is not None:
            self._engine.close()
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._answers is not None:
            self._answers.close()

    def _started(self) -> Engine:
        with self._lock:
            if self._engine is None:
                note = running()
                self._engine = Daemon(note) if note else Server(install())
            self._engine.start()
            return self._engine

    def _answers_about(
        self, engine: Engine, passages: Iterable[str], asking: Asking, allowance: _Allowance
    ) -> dict[str, _Answer]:
        """What is said of each of the *passages*, told before or now; of what is unknown several are asked about together."""
        answers: dict[str, _Answer] = {}
        unknown: list[str] = []
        for passage in dict.fromkeys(passages):
            known = self._told_before(engine, asking, passage)
            if known is None:
                unknown.append(passage)
            else:
                answers[passage] = known
        waiting = [
            self._pool.submit(self._ask_together, engine, group, asking, allowance)
            for group in together(unknown)
        ]
        try:
            for future in waiting:
                answers |= future.result()
        finally:
            for future in waiting:
                future.cancel()
        return answers

    def _told_before(
        self, engine: Engine, asking: Asking, passage: str
    ) -> list[dict[str, Any]] | None:
        """The raw matches in *passage*, where it was asked about in this run or in another one."""
        if self._answers is None:
            return None
        return self._answers.about(engine.identity + asking.signature, passage)

    def _ask_together(
        self, engine: Engine, passages: Sequence[str], asking: Asking, allowance: _Allowance
    ) -> dict[str, _Answer]:
        """What is said of each of the *passages* of one request."""
        identity = engine.identity
        raw = self._asked(engine, BETWEEN.join(passages), asking, allowance)
        if isinstance(raw, Cause):
            return dict.fromkeys(passages, raw)
        answers = parted(raw, passages)
        for passage, said in answers.items():
            self._keep(engine, identity, asking, passage, said)
        return dict(answers)

    def _keep(
        self,
        engine: Engine,
        identity: str,
        asking: Asking,
        part: str,
        raw: list[dict[str, Any]],
    ) -> None:
        """Keep the answer about *part*, unless the server that was asked became another meanwhile."""
        if self._answers is not None and engine.identity == identity:
            self._answers.keep(identity + asking.signature, part, raw)

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
        if not unknown or not (engine.identity or engine.wait_ready().words_url):
            return matches, []
        doubts = Doubts(Passage(text, language))
        words = {m: (m.rule, text[slice(*m.span)]) for m in unknown}
        asked = {words[m] for m in unknown if doubts.about(m)}
        failed = self._learn(engine, sorted(asked), language, allowance)
        # Only of what was asked here: what is said of a text does not hang on those before it.
        made = {(r, word): self._known[language, r, word] for r, word in asked - failed.keys()}
        suggested = [
            replace(match, replacements=made.get(words[match], ()))
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
            asking = Asking(language, rule)
            words = [word for _, word in group if not self._is_known(engine, word, asking)]
            for i in range(0, len(words), _WORDS_AT_ONCE):
                some = words[i : i + _WORDS_AT_ONCE]
                lines = "\n\n".join(some)  # each is a sentence of its own
                identity = engine.identity
                raw = self._asked(engine, sendable(lines), asking, allowance)
                if isinstance(raw, Cause):
                    failed |= {(rule, word): raw for word in some}
                    continue
                offsets = Utf16(lines)
                known: _Suggestions = {(language, rule, word): () for word in some}
                said: dict[str, dict[str, Any]] = {}
                for one in raw:
                    match = Match.from_json(one, offsets, 0)
                    word = lines[slice(*match.span)]
                    known[language, rule, word] = match.replacements
                    said[word] = {**one, "offset": 0}
                self._known |= known
                for word in some:
                    self._keep(engine, identity, asking, word, [said[word]] if word in said else [])
        return failed

    def _is_known(self, engine: Engine, word: str, asking: Asking) -> bool:
        """Whether suggestions for *word* were made before, by this or, as it is kept, by another run."""
        key = (asking.language, asking.only, word)
        if key not in self._known and (said := self._told_before(engine, asking, word)) is not None:
            offsets = Utf16(word)
            found = (Match.from_json(match, offsets, 0).replacements for match in said)
            self._known[key] = next(found, ())
        return key in self._known

    def _asked(
        self, engine: Engine, part: str, asking: Asking, allowance: _Allowance
    ) -> list[dict[str, Any]] | Cause:
        """The raw matches in *part*, which can be sent; or why there is no answer."""
        for _ in range(_TRIES):
            if allowance.left <= 0:  # asked first: after a stall it takes seconds to start anew
                return Cause.STALL
            running = engine.wait_ready()
            deadline = min(self._deadline, allowance.left)
            if deadline <= 0:
                return Cause.STALL
            began = time.monotonic()
            try:
                client = self._mine.client(running, asking)
                self._warm_up(client, (running, asking))
                began = time.monotonic()
                client.deadline = deadline
                return client.matches(part)
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

    def _warm_up(self, client: Client, what: tuple[Running, Asking]) -> None:
        """Have the server build what it needs for a language, under a deadline of its own.

        That takes seconds, on a busy machine more than a piece may take: its first piece would be
        called a stall and the server be killed, again and again.
        """
        with self._warming:
            if what not in self._warm:
                client.deadline = START_DEADLINE
                client.warm_up()
                self._warm.add(what)


def parted(
    raw: Iterable[dict[str, Any]], passages: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    """The matches of each of the *passages* that were sent together, with offsets in it alone.

    *raw* are those of the whole request; one that begins in a passage and ends behind it is about neither.
    """
    sizes = [len(passage.encode("utf-16-le")) // 2 for passage in passages]
    starts = [0, *accumulate(size + len(BETWEEN) for size in sizes)][:-1]
    found: dict[str, list[dict[str, Any]]] = {passage: [] for passage in passages}
    for match in raw:
        at = bisect_right(starts, match["offset"]) - 1
        offset = match["offset"] - starts[at]
        if offset + match["length"] <= sizes[at]:
            found[passages[at]].append({**match, "offset": offset})
    return found


def _add_unanswered(unchecked: list[Unanswered], span: Span, cause: Cause) -> None:
    """Add *span* to what is *unchecked*, as one with what stands before it and is so for the same reason."""
    if unchecked and unchecked[-1].cause is cause and unchecked[-1].span.end == span.start:
        span = Span(unchecked.pop().span.start, span.end)
    unchecked.append(Unanswered(span, cause))


class _Allowance:
    """The seconds of stalls one text may still cost."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self._lock = threading.Lock()

    def spend(self, seconds: float) -> None:
        """Take *seconds* off."""
        with self._lock:
            self.left -= seconds


def _hush() -> None:
    """Keep what urllib3 says while requests is imported off the terminal, whichever thread imports it.

    requests hides it for the moment; but Prefect saves the filters of warnings and puts them back in threads of its
    own, and what was hidden between is shown then.
    """
    warnings.filterwarnings("ignore", "SOCKS support in urllib3 requires")


class _Clients(threading.local):
    """Each thread's clients of the present server, by what they ask."""

    def __init__(self) -> None:
        self._running: Running | None = None
        self._clients: dict[Asking, Client] = {}

    def client(self, running: Running, asking: Asking) -> Client:
        """The thread's client for *asking*; where that is one speller, at the door for words."""
        if running is not self._running:
            for client in self._clients.values():
                client.close()
            self._running, self._clients = running, {}
        if asking not in self._clients:
            from mtclean.grammar.languagetool.client import Client

            url = running.words_url if asking.only else running.url
            self._clients[asking] = Client(url, asking, DEADLINE)
        return self._clients[asking]
