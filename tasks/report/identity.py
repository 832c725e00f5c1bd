"""Names for fixes and findings that are made from content, so that a decision outlives offsets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2s

from tasks.text import Span

CONTEXT = 16
"""Code points of the original on each side of a place that are part of its identity."""


class Identities:
    """Hands out ids for one document.  Ask in document order: equal content is told apart by it.

    An id is a hash of what a person decides about — rule, text taken, text put, and the original
    a few words around — so it stays the same when the source is edited elsewhere.  Where the same
    happens twice in the same words, the second gets an ordinal into its hash.
    """

    def __init__(self, original: str) -> None:
        self._original = original
        self._times: dict[str, int] = {}

    def of(self, kind: str, rule: str, places: Sequence[tuple[Span, str]]) -> str:
        """Twelve hex digits for what *rule* says about *places*: (original span, text put there).

        Unique within the document.
        """
        key = [kind, rule, *(self._content(span, put) for span, put in places)]
        name = _digest(key)
        ordinal = self._times.get(name, 0)
        self._times[name] = ordinal + 1
        while ordinal and (name := _digest([*key, ordinal])) in self._times:
            ordinal += 1
        self._times.setdefault(name, 1)
        return name

    def _content(self, span: Span, put: str) -> list[str]:
        text = self._original
        return [
            text[max(0, span.start - CONTEXT) : span.start],
            text[slice(*span)],
            text[span.end : span.end + CONTEXT],
            put,
        ]


def _digest(key: object) -> str:
    """JSON frames the parts unmistakably, and its ASCII form carries lone surrogates too."""
    return blake2s(json.dumps(key).encode("ascii"), digest_size=6).hexdigest()
