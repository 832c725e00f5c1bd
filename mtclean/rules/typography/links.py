"""Links and code of Markdown, and the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.languages.english import frequency, grammar_words
from mtclean.text import Edit, Fix, Passage, Span, inserting, rule

_LINK = re.compile(r"\[([^\[\]\r\n]{1,200})\]\((?:https?://|/|#)[^\s()]{1,400}\)")
_BEGINS = re.compile(r"[\w“‘\"'(\[]")
_ENDS = re.compile(r"[\w.,;:!?%)\]”’\"']")
_WORD_BEFORE = re.compile(r"[A-Za-z]{1,20}\Z")
_WORD_AFTER = re.compile(r"[A-Za-z]{1,20}")
_REASON = "The word beside it is no part of it: the space between them was lost."


@rule(
    "missing-space-at-link",
    "fluency.punctuation.spacing",
    fixes=(
        (
            "They met in[Lisbon](https://a.example/l)and in [Porto](https://a.example/p).",
            "They met in [Lisbon](https://a.example/l) and in [Porto](https://a.example/p).",
        ),
    ),
    suggests=(
        (
            "Run`npm install`first, then open `app.js`.",
            "Run `npm install` first, then open `app.js`.",
        ),
    ),
    leaves=(
        "See the [page](https://a.example/p)s of un[known](https://a.example/k) people.",
        "The `word`s and the pre`fix` of it; ``a`b``.",
        "A [link](https://a.example), then.",
        "All the in[formation](https://a.example/i) is on[line](https://a.example/l).",
    ),
    languages=("en",),
)
def missing_space_at_link(passage: Passage) -> Iterator[Fix]:
    """A link, or code of Markdown, touches the word beside it: ``in[Lisbon](…)and``.

    A space was lost in translation; the link then shows a word that is none.  It is put back
    unasked where the word is a small one of grammar, which is part of no longer word.

    Left alone: endings, as in ``[page](…)s``, and words of which a part is linked: ``in[formation](…)``.
    """
    text = passage.text
    for outer, inner in _links(passage):
        yield from (inserting(at, " ", _REASON) for at in _glued(text, outer, inner))
    for code in passage.code if "`" in text else ():
        glued = _words_beside(text, *code) if text[code.start] == "`" else []
        if len(glued) == 2 and all(len(word) > 2 for _, word in glued):
            yield Fix(tuple(Edit(at, at, " ") for at, _ in glued), _REASON).suggested()


def _links(passage: Passage) -> Iterator[tuple[Span, Span]]:
    """Every link, and what it shows: those the file's format knows, and those written in Markdown."""
    yield from ((link, link) for link in passage.links if not passage.is_code(link))
    for match in _LINK.finditer(passage.text) if "[" in passage.text else ():
        if not passage.is_code(Span(*match.span())):
            yield Span(*match.span()), Span(*match.span(1))


def _glued(text: str, outer: Span, inner: Span) -> Iterator[int]:
    """Where a small word touches the link *outer* that shows *inner*, and both together are no word."""
    for at, word in _words_beside(text, *outer):
        if at == outer.start:
            edge, near = _BEGINS.match(text, *inner), _WORD_AFTER.match(text, *inner)
            whole = word + near.group() if near else ""
        else:
            edge, near = _ENDS.match(text, inner.end - 1), _WORD_BEFORE.search(text, *inner)
            whole = near.group() + word if near else ""
        if edge and _is_small(word) and not frequency(whole.lower()):
            yield at


def _words_beside(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The words that touch ``[start, end)``, each with where it does."""
    before = _WORD_BEFORE.search(text, max(0, start - 20), start)
    after = _WORD_AFTER.match(text, end)
    return [(at, found.group()) for at, found in ((start, before), (end, after)) if found]


def _is_small(word: str) -> bool:
    return len(word) > 1 and word in grammar_words()


RULES = (missing_space_at_link,)
