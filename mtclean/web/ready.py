"""Pages that are made before they are asked for."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import count, islice
from typing import NamedTuple

from mtclean.documents import DocumentProblem
from mtclean.pipeline.folder import Kept
from mtclean.report import Body, Record, body_of

_MOST = 2
"""Documents that are kept: the one that is read, and the one that comes next."""


class Made(NamedTuple):
    """A document as the last run wrote it, and what its page shows of it."""

    record: Record
    body: Body


class Ready:
    """The documents that are likely asked for next, each for as long as its outputs are the same.

    *record* reads one; it raises :class:`DocumentProblem` where it has to be done again.
    """

    def __init__(self, record: Callable[[Kept], Record]) -> None:
        self._record = record
        self._turn = threading.Lock()
        self._made: dict[str, tuple[Kept, Future[Made | None]]] = {}
        self._makers = ThreadPoolExecutor(_MOST, "pages")

    def begin(self, document: Kept) -> Future[Made | None]:
        """Have the document made, unless it is."""
        with self._turn:
            known, made = self._made.pop(document.report, (None, None))
            if made is None or known != document:
                made = self._makers.submit(self._make, document)
            self._made[document.report] = document, made
            for report in list(self._made)[:-_MOST]:
                self._made.pop(report)[1].cancel()
            return made

    def get(self, document: Kept) -> Made | None:
        """The document; None where it has to be done again."""
        return self.begin(document).result()

    def finish(self) -> None:
        """Make no more."""
        self._makers.shutdown(wait=False, cancel_futures=True)

    def _make(self, document: Kept) -> Made | None:
        try:
            record = self._record(document)
        except DocumentProblem:
            return None
        body = body_of(record, document.summary)  # the ledger has it of the same run
        text, rest, data = map(_Shared, (body.text, body.rest, body.data))
        body = replace(body, text=text, rest=rest, data=data)
        self._makers.submit(lambda: [deque(part, 0) for part in (text, rest, data)])
        return Made(record, body)


class _Shared:
    """Parts that are made once, by whoever is the first to come to them; where that fails, it fails for everybody."""

    def __init__(self, parts: Iterable[str]) -> None:
        self._ahead = iter(parts)
        self._made: list[str] = []
        self._turn = threading.Lock()
        self._failed: Exception | None = None

    def __iter__(self) -> Iterator[str]:
        for at in count():
            with self._turn:
                if at == len(self._made):
                    self._make_one_more()
            if at == len(self._made):
                return
            yield self._made[at]

    def _make_one_more(self) -> None:
        if self._failed:
            raise self._failed
        try:
            self._made.extend(islice(self._ahead, 1))
        except Exception as error:
            self._failed = error
            raise
