"""A plug-in for mtclean: a rule that prefers plain words, and a checker that counts words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.text import Finding, Fix, Passage, Severity, Span, replacing, rule

_PLAIN = {"utilize": "use", "commence": "begin", "prior to": "before"}
_HEAVY = re.compile(rf"\b(?:{'|'.join(_PLAIN)})\b")
_SENTENCE = re.compile(r"[^.!?\n]+")


@rule(
    "heavy-word",
    "style",
    suggests=[("They utilize it.", "They use it."), ("It was shut prior to May.", "It was shut before May.")],
    leaves=["They utilized it.", "Prior to May it was open.", "`utilize`"],
    languages=["en"],
)  # fmt: skip
def heavy_word(passage: Passage) -> Iterator[Fix]:
    """A long word stands where a short one would do.

    The short one is understood at once.

    Left alone: until somebody says yes, all of them, because a quotation keeps its words.
    """
    for match in _HEAVY.finditer(passage.text):
        if not passage.is_protected(*match.span()):
            plain = _PLAIN[match[0]]
            yield replacing(*match.span(), plain, f"The plain word is {plain}.").suggested()


class LongSentences:
    """A sentence has more words than a reader keeps in mind."""

    id = "long-sentence"
    category = "style"
    most = 40

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Point at sentences of more than 40 words."""
        for match in _SENTENCE.finditer(passage.text):
            if (words := len(match[0].split())) > self.most:
                yield Finding(Span(*match.span()), f"It has {words} words.", Severity.NEUTRAL)


PARTS = (heavy_word, LongSentences())
