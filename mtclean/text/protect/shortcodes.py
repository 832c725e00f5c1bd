"""Code between the tags of a site's builder: Liquid's, Hugo's and WordPress's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.text.model import Span

_OPENING = re.compile(
    r"^[ \t]*(?P<mark>\{%|\{\{[<%]|\[)-?[ \t]*"
    r"(?P<name>[\w-]{0,20}(?:code|highlight|listing)[\w-]{0,20}\b|[\w-]{1,30}\b(?=[^\[\]{}\r\n]{0,200}\blang(?:uage)?[-=:]))"
    r"[^\[\]{}\r\n]{0,300}?(?:%\}|[>%]\}\}|\])[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
"""The tag a block of code begins with, alone in its line: named so, as *highlight* is, or said to be in a language."""
_CLOSING = {"{%": r"\{{%-?[ \t]*end{}", "{{": r"\{{\{{[<%][ \t]*/[ \t]*{}", "[": r"\[/{}"}
"""How the tag begins that closes the block, by what opens it; what is behind it in its line belongs to it."""


def shortcodes(text: str) -> Iterator[Span]:
    """The blocks of code in *text*, with the lines of their tags, in order and apart; none that is not closed.

    Takes time in proportion to *text*.
    """
    if not any(sign in text for sign in ("{% ", "{%- ", "{{<", "{{%", "[/")):
        return
    at = 0
    never: set[str] = set()
    for opening in _OPENING.finditer(text):
        tag = _CLOSING[opening["mark"][:2]].format(re.escape(opening["name"]))
        if opening.start() < at or tag in never:
            continue
        closing = re.compile(rf"{tag}[^\r\n]*").search(text, opening.end())
        if closing is None:
            never.add(tag)
            continue
        at = closing.end()
        yield Span(opening.start(), at)
