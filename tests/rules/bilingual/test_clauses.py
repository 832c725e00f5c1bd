"""Clauses of long texts."""

from __future__ import annotations

import pytest

from mtclean.rules.bilingual import clauses
from mtclean.rules.bilingual.lengths import weight


def test_the_clauses_of_a_long_sentence_are_looked_for_no_longer_than_they_are_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A hostile row is one sentence of thousands of clauses; each look is at the whole of it."""
    weighed = 0

    def counting(text: str) -> float:
        nonlocal weighed
        weighed += len(text)
        return weight(text)

    monkeypatch.setattr(clauses, "weight", counting)
    text = "the quick brown fox jumped over the lazy dog at noon, " * 2_000
    assert len(clauses._parts(text, least=26)) == clauses._MOST_PARTS
    assert weighed < 2 * clauses._MOST_PARTS * len(text)
