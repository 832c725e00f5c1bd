"""What stands around a word whose capital is in doubt: the heading it is in, its neighbours, signs that touch it."""

from __future__ import annotations

import re

from mtclean.languages.english import grammar_words
from mtclean.rules.artifacts.tokens import (
    Words,
    is_mostly_capital,
    sentences_of,
    words_in_sentences,
    words_of,
)
from mtclean.text import Passage, Span, known

GLUED = re.compile(r"[@#_/\\\d\[\]{}<>$=]")
_QUOTED = re.compile(
    r"“([^\s“”][^“”\r\n]{0,80})”|‘([^\s‘’][^‘’\r\n]{0,80})’(?!\w)|\"(?<![\w,.]\")([^\s\"][^\"\r\n]{0,80}(?<!\s))\""
)
"""What stands between quotation marks and is short enough for a title."""
MANY = 3
"""So many words of a kind are the document's own manner."""
SHORTEST_SHOUT = 4
ARTICLES = frozenset(("the", "a", "an", "this", "that", "these", "those"))
BEFORE_TITLES = frozenset(("see", "like", "called", "titled", "entitled", "named"))
TITLE_JOINTS = frozenset(("and", "of", "the", "in", "for", "to", "on", "with"))
TECHNICAL = frozenset(
    [
        "file",
        "files",
        "variable",
        "variables",
        "environment",
        "command",
        "commands",
        "package",
        "keyword",
        "option",
        "key",
        "button",
        "header",
        "field",
        "commit",
        "statement",
        "flag",
        "constant",
        "register",
        "mode",
        "macro",
        "parameter",
        "trial",
        "study",
        "page",
        "tab",
        "menu",
        "dialog",
    ]
)
"""What stands after a word that is in capitals because a computer wants it so, or that a program shows so, or that names a medical trial."""


def piece(passage: Passage, i: int) -> tuple[str, str]:
    """The characters left and right of word *i*."""
    all_words = words_of(passage)
    start, end = all_words.starts[i], all_words.ends[i]
    return passage.text[max(0, start - 1) : start], passage.text[end : end + 1]


@known
def in_headings(passage: Passage) -> frozenset[int]:
    """Indices of words in lines or sentences that are headings, in titles between quotation marks, or shouted as a whole."""
    all_words = words_of(passage)
    shouts = frozenset(word for word in all_words.cased if len(word) > 1 and word.isupper())
    capitals = frozenset(filter(_is_longer, all_words.capitalized))
    inside: set[int] = set()
    for span, here in zip(sentences_of(passage), words_in_sentences(passage), strict=True):
        texts = all_words.texts[here.start : here.stop]
        many = _of(capitals, texts)
        has_title = many > 0 and is_mostly_capital(many, sum(map(_is_longer, texts)))
        if (has_title and not _is_closed(passage.text, span, texts)) or (
            shouts and _of(shouts, texts) * 2 > len(texts)
        ):
            inside.update(here)
    for quoted in _QUOTED.finditer(passage.text):
        here = all_words.between(*quoted.span(quoted.lastindex or 0))
        if _is_title(all_words.texts[here.start : here.stop]):
            inside.update(here)
    return frozenset(inside)


def _is_title(texts: list[str]) -> bool:
    """Whether the words of a quotation are set as those of a title: all that are not small words of grammar have a capital."""
    longer = [word for word in texts if word.lower() not in grammar_words()] or texts
    return len(texts) > 1 and texts[0][0].isupper() and all(word[0].isupper() for word in longer)


def _is_longer(word: str) -> bool:
    """Whether *word* is one of those that have a capital in a heading."""
    return len(word) > 3


def _of(kind: frozenset[str], texts: list[str]) -> int:
    """How many of *texts* are of the *kind*."""
    return sum(map(kind.__contains__, texts))


def _is_closed(text: str, span: Span, texts: list[str]) -> bool:
    """Whether the sentence ends as prose does and has a few small words: full of names, but no heading."""
    return text[span.end - 1] in ".!?" and sum(word.islower() for word in texts) >= 5


def plain_neighbours(all_words: Words, i: int) -> bool:
    """Whether the words on both sides are written small."""
    return all_words.texts[i - 1 : i] != [] and all(
        word[0].islower() for word in (*all_words.texts[i - 1 : i], *all_words.texts[i + 1 : i + 2])
    )
