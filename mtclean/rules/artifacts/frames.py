"""What a chatbot says before and after a text, in the language of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mtclean.languages.identify import wide_letters
from mtclean.languages.language import Trait
from mtclean.text import Passage, Span
from mtclean.text.span_set import SpanSet

_LONGEST = 160
"""Code points of a line that presents a text."""
_LONGEST_OFFER = 300
_EDGE = 2
"""Lines at the end in which help is offered, and at both ends in which the work is spoken of."""
_OFFERED = 2
"""So many words of an offer make one."""
_NAMED = 2
"""So many things of a text make a remark on how it was translated: *names*, *the original*."""
_STEM = 4
"""Letters from which the beginning of a word tells it, whatever its ending."""
_WIDE_STEM = 2
_LETTER = "(?:[^\\W\\d_]|[\u064b-\u0652\u0900-\u0963\u200c])"
"""With the signs for vowels, and what parts letters inside a word, of scripts that have them."""
_WORD = re.compile(f"{_LETTER}+")
_LABEL = re.compile(f"{_LETTER}{{2,20}}(?: {_LETTER}{{1,20}}){{0,2}}[ \u00a0\u202f]?[:：]")
"""So few words and a colon: *Traducción al español:*."""
_WIDE_LABEL = re.compile(r"[^\W\d_]{1,8}[:：]")
_BEFORE_COLON = re.compile(r"([^:：\r\n]{1,20}?)[\s\u202f\u00a0]?[:：]")
_DOT = "\u0307"
"""What is left above a Turkish İ that was made small."""
_PRESENTS = (":", "：")
_SAYS = (*_PRESENTS, "。")
"""What a line ends with that presents a text; where marks are wide, a full stop does."""
_QUOTES = tuple("“„«‚‘\"'「『»")


def framing(passage: Passage, lines: Sequence[str]) -> set[int]:
    """The numbers of those of *lines*, all of *passage*, that frame it in its own language.

    *Voici la traduction :* and *Traduction :* do at its beginning, below such a line *N’hésitez pas …*, and at both ends what
    speaks of the translation as its maker does: a remark, a regret, an offer to change it, where nothing else speaks of it.
    """
    if len(lines) < 2:
        return set()
    last = range(max(1, len(lines) - _EDGE), len(lines))
    framed = {n for n in {*range(_EDGE), *last} if _is_of_the_work(passage, lines, n)}
    if _presents(passage, lines[0]) or _is_label(passage, lines):
        framed |= {0, *(number for number in last if _is_offer(passage, lines[number]))}
    return framed if len(framed) < len(lines) else {0}


def _presents(passage: Passage, line: str) -> bool:
    ends = _SAYS if passage.has(Trait.WIDE) else _PRESENTS
    if len(line) > _LONGEST or not line.endswith(ends):
        return False
    lexicon = passage.lexicon
    return bool(_said(passage, line, lexicon.presents) and _said(passage, line, lexicon.tasks))


def _is_label(passage: Passage, lines: Sequence[str]) -> bool:
    """Whether the first of *lines* says that a translation follows, and nothing else, and no other speaks of one."""
    form = _LABEL if passage.has(Trait.SPACED) else _WIDE_LABEL
    labels = passage.lexicon.labels
    return form.fullmatch(lines[0]) is not None and [
        number for number, line in enumerate(lines) if _said(passage, line, labels)
    ] == [0]


def _is_offer(passage: Passage, line: str) -> bool:
    said = _said(passage, line, passage.lexicon.offers)
    return len(line) <= _LONGEST_OFFER and len(said) >= _OFFERED


def _is_of_the_work(passage: Passage, lines: Sequence[str], number: int) -> bool:
    """Whether line *number* speaks of the translation as who made it, and no other line speaks of one.

    A page that asks its readers to mend it has a link there.
    """
    line = lines[number]
    if not line or len(line) > _LONGEST_OFFER or line.startswith(_QUOTES):
        return False
    lexicon = passage.lexicon
    of_work = _said(passage, line, lexicon.labels | lexicon.tasks)
    named = of_work | _said(passage, line, lexicon.originals)
    if not named:
        return False
    remarks = _remarks(passage, line) and len(named | _said(passage, line, lexicon.parts)) >= _NAMED
    regrets = of_work and _said(passage, line, lexicon.regrets)
    offers = of_work and number > 1 and _is_offer(passage, line)
    return bool(remarks or regrets or offers) and not (
        _has_link(passage, number)
        or any(
            _said(passage, other, lexicon.labels | named)
            for n, other in enumerate(lines)
            if n != number and not (n == 0 and _presents(passage, other))
        )
    )


def _remarks(passage: Passage, line: str) -> bool:
    """Whether the *line* begins as a remark: *Hinweis: …*."""
    before = _BEFORE_COLON.match(line)
    return before is not None and bool(_said(passage, before[1], passage.lexicon.notes))


def _has_link(passage: Passage, number: int) -> bool:
    line = passage.paragraphs[number]
    return "://" in passage.text[slice(*line)] or SpanSet(passage.links).touches(Span(*line))


def _said(passage: Passage, line: str, words: frozenset[str]) -> set[str]:
    """The words of the *line* that are one of *words*, with whatever ending."""
    if not passage.has(Trait.SPACED):
        return {word for word in words if word in line}
    spoken = set(_WORD.findall(line.lower().replace(_DOT, "")))
    stems = _stems(words)
    return spoken & words | {one for one in spoken if one.startswith(stems)}


@lru_cache(maxsize=256)
def _stems(words: frozenset[str]) -> tuple[str, ...]:
    """Those of *words* that are long enough to stand with any ending."""
    return tuple(w for w in words if len(w) >= (_WIDE_STEM if wide_letters(w) else _STEM))
