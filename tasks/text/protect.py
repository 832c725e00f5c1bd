"""Find the places no rule may touch: URLs, e-mail addresses, paths, code and placeholders.

Every pattern is linear: it starts at a literal or a rare character and never backtracks over what
another alternative could match, so a text of regex baits costs no more than any other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from tasks.text.model import Span

_FENCE = re.compile(r"^(```|~~~).*?^\1[^\S\r\n]*$", re.MULTILINE | re.DOTALL)
_INLINE_CODE = re.compile(r"`[^`\r\n]{1,500}`")
# From the mark on, which is rare; no \b before the name of the scheme: a letter that encoding repair
# makes of two marks must not change what is an address.
_URL = re.compile(
    r"(?:(?::(?<=http:)|:(?<=https:)|:(?<=ftp:)|:(?<=file:))//|:(?<=mailto:)|\.(?<=www\.))[^\s<>\"“”»]+",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"(?<![A-Za-z])(?:https?|ftp|file|mailto|www)\Z", re.IGNORECASE)
_AT = re.compile(r"@")
_LOCAL_PART = re.compile(r"[\w.+%-]{1,64}\Z")
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{2,63}){1,8}")
_WINDOWS_PATH = re.compile(r"(?:\b[A-Za-z]:|\\)\\[^\s\"“”<>|*?]+")
_UNIX_PATH = re.compile(r"/[\w.@+-]+(?:/[\w.@+-]*)+")
_UNIX_ROOT = re.compile(r"(?<![\w/.])(?:\.{1,2}|~)?\Z")
_PLACEHOLDER = re.compile(
    r"%\(\w{1,40}\)[sdifrx]|%\d{0,2}\$?[sdifrx]\b|\$\{\{?[\w.:! -]{0,60}\}\}?|\{\{?[\w.:! -]{0,60}\}\}?|__[A-Z][A-Z0-9_]{0,40}__"
    r"|</?[A-Za-z0-9][^<>\r\n]{0,200}>|\{\"[^{}\r\n]{0,300}\}|=(?<=\w=)\"[^\"\r\n]{0,200}\""
)
_ENTITY = re.compile(r"&#?\w{2,8};")
_SENTENCE_GLUED_ON = re.compile(r"[.!?]+(?=[A-Z][a-z]+(?:[^\w./?#&=%@:-]|$))")
_TRAILING = ".,;:!?)]}'’\"”*_"


def protected_spans(
    text: str, own: Iterable[re.Pattern[str]] = (), more: Iterable[Span] = ()
) -> tuple[Span, ...]:
    """Spans of *text*, in order and without overlap, in which nothing may change.

    *own* finds what else the house protects; *more* is protected as well.
    """
    return _merged([*_entities(text), *_others(text, own, more)])


def free_entities(
    text: str, own: Iterable[re.Pattern[str]] = (), more: Iterable[Span] = ()
) -> frozenset[Span]:
    """The protected places that are an entity, ``&eacute;``, and no part of code, an address or the like.

    Such a one may give way as a whole to the character it stands for.
    """
    found = list(_entities(text))
    others = _merged(_others(text, own, more)) if found else ()
    starts = [span.start for span in others]
    return frozenset(
        span
        for span in found
        if (i := bisect_left(starts, span.end)) == 0 or others[i - 1].end <= span.start
    )


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _entities(text: str) -> Iterator[Span]:
    return _matches(_ENTITY, text, "&" in text)


def _others(text: str, own: Iterable[re.Pattern[str]], more: Iterable[Span]) -> Iterator[Span]:
    yield from more
    for pattern in own:
        yield from (Span(*m.span()) for m in pattern.finditer(text) if m.group())
    yield from _matches(_FENCE, text, "```" in text or "~~~" in text)
    yield from _matches(_INLINE_CODE, text, "`" in text)
    yield from _urls(text)
    yield from _emails(text)
    yield from _matches(_WINDOWS_PATH, text, "\\" in text)
    yield from _unix_paths(text)
    yield from _matches(_PLACEHOLDER, text, any(mark in text for mark in "%{_<="))


def _matches(pattern: re.Pattern[str], text: str, worth_it: bool) -> Iterator[Span]:
    """Matches of *pattern*; none where a cheap look showed there can be none."""
    if worth_it:
        yield from (Span(*m.span()) for m in pattern.finditer(text))


def _unix_paths(text: str) -> Iterator[Span]:
    if "/" not in text:
        return
    for match in _UNIX_PATH.finditer(text):
        root = _UNIX_ROOT.search(text, max(0, match.start() - 3), match.start())
        if root:
            yield Span(root.start(), match.end())


def _urls(text: str) -> Iterator[Span]:
    for match in _URL.finditer(text):
        scheme = _SCHEME.search(text, max(0, match.start() - 7), match.start())
        if scheme is None:
            continue
        start, end = scheme.start(), match.end()
        glued = _SENTENCE_GLUED_ON.search(text, start + 8, end)
        if (
            glued
        ):  # "see www.example.org.The next sentence": the boundary is not part of the address
            end = glued.start()
        while end > start and text[end - 1] in _TRAILING:
            end -= 1
        yield Span(start, end)


def _emails(text: str) -> Iterator[Span]:
    for at in _AT.finditer(text):
        local = _LOCAL_PART.search(text, max(0, at.start() - 64), at.start())
        host = _HOST.match(text, at.end())
        if local and host:
            glued = _SENTENCE_GLUED_ON.search(text, at.end(), host.end() + 1)
            yield Span(local.start(), glued.start() if glued else host.end())
