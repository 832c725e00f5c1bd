"""Know what each character is before any rule speaks: prose, or something no rule may touch.

:mod:`~mtclean.text.protect.blocks` reads the lines: fences, front matter, tables, indented code; :mod:`~mtclean.text.protect.shortcodes` what a site's builder takes for code;
:mod:`~mtclean.text.protect.code` tells a line of a program by its shape; :mod:`~mtclean.text.protect.inline`
finds what stands inside a line of prose: addresses, paths, code, placeholders.  All of it is linear:
patterns start at a literal or a rare character and never go back over what another alternative could
match, so a text of regex baits costs no more than any other.
"""

from __future__ import annotations

from collections.abc import Iterable

from mtclean.text.model import Span
from mtclean.text.placeholders import placeholders
from mtclean.text.protect.blocks import code_blocks
from mtclean.text.protect.inline import entities, inline_code, others
from mtclean.text.span_set import SpanSet

__all__ = ["code_spans", "free_entities", "protected_spans"]


def code_spans(text: str) -> SpanSet:
    """What in *text* is a program's and no reader's, as a set: blocks of code and front matter, code in a line.

    Nothing is changed there, and nothing said of it.
    """
    blocks = SpanSet(code_blocks(text))
    inline = (span for span in inline_code(text) if not blocks.touches(span))
    return SpanSet((*blocks, *inline))


def protected_spans(
    text: str,
    more: Iterable[Span] = (),
    code: Iterable[Span] | None = None,
    filled_in: Iterable[Span] | None = None,
) -> SpanSet:
    """Spans of *text*, in order and without overlap, in which nothing may change.

    *more* is protected as well, such as what the house says; *code* is :func:`code_spans`
    of the text, and *filled_in* are its placeholders, where they are known.
    """
    known = code_spans(text) if code is None else code
    places = placeholders(text) if filled_in is None else filled_in
    return SpanSet((*entities(text), *known, *places, *others(text, more)))


def free_entities(
    text: str,
    more: Iterable[Span] = (),
    code: Iterable[Span] | None = None,
    filled_in: Iterable[Span] | None = None,
) -> frozenset[Span]:
    """The protected places that are an entity, ``&eacute;``, and no part of code, an address or the like.

    Such a one may give way as a whole to the character it stands for.
    """
    found = list(entities(text))
    if not found:
        return frozenset()
    known = code_spans(text) if code is None else code
    places = placeholders(text) if filled_in is None else filled_in
    taken = SpanSet((*known, *places, *others(text, more)))
    return frozenset(span for span in found if not taken.touches(span))
