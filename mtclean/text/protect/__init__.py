"""Know what each character is before any rule speaks: prose, or something no rule may touch.

:mod:`~mtclean.text.protect.blocks` reads the lines: fences, front matter, tables, indented code;
:mod:`~mtclean.text.protect.code` tells a line of a program by its shape; :mod:`~mtclean.text.protect.inline`
finds what stands inside a line of prose: addresses, paths, code, placeholders.  All of it is linear:
patterns start at a literal or a rare character and never go back over what another alternative could
match, so a text of regex baits costs no more than any other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from mtclean.text.model import Span
from mtclean.text.protect.blocks import code_blocks
from mtclean.text.protect.inline import entities, inline_code, others

__all__ = ["code_spans", "free_entities", "protected_spans"]


def code_spans(text: str) -> tuple[Span, ...]:
    """What in *text* is a program's and no reader's, in order and apart: blocks of code and front matter, code in a line.

    Nothing is changed there, and nothing said of it.
    """
    blocks = merged(code_blocks(text))
    return merged([*blocks, *_apart_from(blocks, inline_code(text))])


def protected_spans(
    text: str,
    more: Iterable[Span] = (),
    code: Iterable[Span] | None = None,
) -> tuple[Span, ...]:
    """Spans of *text*, in order and without overlap, in which nothing may change.

    *more* is protected as well, such as what the house says; *code* is :func:`code_spans`
    of the text, where it is known.
    """
    known = code_spans(text) if code is None else code
    return merged([*entities(text), *known, *others(text, more)])


def free_entities(
    text: str,
    more: Iterable[Span] = (),
    code: Iterable[Span] | None = None,
) -> frozenset[Span]:
    """The protected places that are an entity, ``&eacute;``, and no part of code, an address or the like.

    Such a one may give way as a whole to the character it stands for.
    """
    found = list(entities(text))
    if not found:
        return frozenset()
    known = code_spans(text) if code is None else code
    return frozenset(_apart_from(merged([*known, *others(text, more)]), found))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """*spans* in order, those that overlap made one."""
    apart: list[Span] = []
    for span in sorted(spans):
        if apart and span.start < apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return tuple(apart)


def _apart_from(taken: tuple[Span, ...], spans: Iterable[Span]) -> list[Span]:
    """Those of *spans* that share no character with *taken*, which are apart and in order."""
    starts = [span.start for span in taken]
    return [
        span
        for span in spans
        if (i := bisect_left(starts, span.end)) == 0 or taken[i - 1].end <= span.start
    ]
