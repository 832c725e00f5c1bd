"""What a chatbot says before and after a text, in the language of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mtclean.languages.identify import wide_letters
from mtclean.languages.language import Trait
from mtclean.text import Passage

_LONGEST = 160
"""Code points of a line that presents a text."""
_LONGEST_OFFER = 300
_LAST = 2
"""Lines at the end in which help is offered."""
_OFFERED = 2
"""So many words of an offer make one."""
_STEM = 4
"""Letters from which the beginning of a word tells it, whatever its ending."""
_WIDE_STEM = 2
_WORD = re.compile(r"[^\W\d_]+")
_DOT = "\u0307"
"""What is left above a Turkish İ that was made small."""
_PRESENTS = (":", "：")
_SAYS = (*_PRESENTS, "。")
"""What a line ends with that presents a text; where marks are wide, a full stop does."""


def framing(passage: Passage, lines: Sequence[str]) -> set[int]:
    """The numbers of those of *lines*, all of *passage*, that frame it in its own language: *Voici la traduction :* and, only below such a line, *N’hésitez pas …*."""
    if len(lines) < 2 or not _presents(passage, lines[0]):
        return set()
    last = range(max(1, len(lines) - _LAST), len(lines))
    offers = {number for number in last if _is_offer(passage, lines[number])}
    return {0, *offers} if len(offers) < len(lines) - 1 else {0}


def _presents(passage: Passage, line: str) -> bool:
    ends = _SAYS if passage.has(Trait.WIDE) else _PRESENTS
    if len(line) > _LONGEST or not line.endswith(ends):
        return False
    lexicon = passage.lexicon
    return bool(_said(passage, line, lexicon.presents) and _said(passage, line, lexicon.tasks))


def _is_offer(passage: Passage, line: str) -> bool:
    said = _said(passage, line, passage.lexicon.offers)
    return len(line) <= _LONGEST_OFFER and len(said) >= _OFFERED


def _said(passage: Passage, line: str, words: Iterable[str]) -> set[str]:
    """Which of *words* the *line* has, with whatever ending."""
    if not passage.has(Trait.SPACED):
        return {word for word in words if word in line}
    small = line.lower().replace(_DOT, "")
    spoken = set(_WORD.findall(small))
    return {
        word
        for word in words
        if word in spoken
        or (
            len(word) >= (_WIDE_STEM if wide_letters(word) else _STEM)
            and any(one.startswith(word) for one in spoken)
        )
    }
