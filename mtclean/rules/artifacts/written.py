"""What a text is written in by its own structure: subtitles, a log, Markdown, HTML.  There markup stands on purpose.

A file's ending tells nothing: Markdown is pasted into `.txt`, and a page's source is saved as `.md`.
"""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum

from mtclean.text import Passage, known


class Form(Enum):
    """A form of text that has markup of its own."""

    PLAIN = "plain text"
    SUBTITLES = "subtitles"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    LOG = "a log"


_CUE = re.compile(
    r"^(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3} {1,3}--> {1,3}(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\b|^Dialogue: \d{1,3},",
    re.MULTILINE,
)
_TIMED = re.compile(
    r"^[\[(]?(?:\d{4}-\d\d-\d\d[T ,]{1,2})?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,6})?Z?[\])]?[ \t]",
    re.MULTILINE,
)
"""The time that a line of a log begins with: what was said in a channel, what a program did."""
_FEWEST_TIMED, _SHARE_TIMED = 8, 0.8
_PAGE = re.compile(r"<!doctype html|<(?:html|body)[\s>]", re.IGNORECASE)
_TAG_NAME = re.compile(r"<(/?)([a-z][a-z0-9]{0,14})(?=[\s/>])", re.IGNORECASE)
_VOID = frozenset(
    [
        "br",
        "hr",
        "img",
        "wbr",
        "input",
        "meta",
        "link",
        "source",
        "col",
        "area",
        "base",
        "embed",
        "track",
    ]
)
"""Elements of HTML that have no end."""
_OPTIONAL = frozenset(["p", "li", "dt", "dd", "td", "th", "tr", "option", "tbody", "thead"])
"""Elements whose end HTML lets out."""
_FEWEST_TAGS = 6
_PAIRED = 0.8
ADDRESS = r"(?:https?://|mailto:|\.{0,2}/|#(?!\d))[^\s()]{1,400}|[\w-]{1,60}\.(?:md|html?|png|jpe?g|gif|svg|pdf)"
"""What a link of Markdown leads to, where that shows."""
WHOLE = {
    "picture": re.compile(rf"!\[[^\[\]\r\n]{{0,200}}\]\((?:{ADDRESS})\)"),
    "link": re.compile(rf"\[[^\[\]\r\n]{{1,200}}\]\((?:{ADDRESS})\)"),
    "note": re.compile(r"\[\^\d{1,4}\]"),
    "heading": re.compile(r"^ {0,3}#{1,6} \S", re.MULTILINE),
}
"""How Markdown writes what `torn-markup` may find torn."""
_MARKDOWN = (
    (WHOLE["heading"], ("# ",)),
    (
        re.compile(
            r"\]\([^\s()]{1,400}(?: [\"'][^\"'\r\n]{0,200}[\"'])?\)|^ {0,3}\[[^\]\r\n]{1,80}\]: \S",
            re.MULTILINE,
        ),
        ("](", "]: "),
    ),
    (re.compile(r"^ {0,3}(?:`{3,}|~{3,})", re.MULTILINE), ("```", "~~~")),
    (re.compile(r"^ {0,3}\|?(?: ?:?-{3,}:? ?\|){1,20}", re.MULTILINE), ("---",)),
    (re.compile(r"^ {0,3}[-*+] \S", re.MULTILINE), ("- ", "* ", "+ ")),
    (re.compile(r"\*\*(?<![\w*]..)[^\s*]"), ("**",)),
)
"""Headings, links, fences, tables, bullets, bold words; each with what stands in all of its kind."""
_ENOUGH_KINDS = 2
_ENOUGH_SIGNS = 3


@known
def written_in(passage: Passage) -> Form:
    """What *passage* is written in, by the share and the form of the markup in it."""
    text = passage.text
    if ("-->" in text or "Dialogue: " in text) and _CUE.search(text):
        return Form.SUBTITLES
    if _is_log(passage):
        return Form.LOG
    if "<" in text and _PAGE.search(text):
        return Form.HTML
    signs = [
        len(sign.findall(text)) if any(part in text for part in parts) else 0
        for sign, parts in _MARKDOWN
    ]
    if sum(map(bool, signs)) >= _ENOUGH_KINDS and sum(signs) >= _ENOUGH_SIGNS:
        return Form.MARKDOWN
    tags = _TAG_NAME.findall(text) if "<" in text else []
    if len(tags) >= _FEWEST_TAGS and len(tags) - sum(unpaired(passage).values()) >= _PAIRED * len(
        tags
    ):
        return Form.HTML
    return Form.PLAIN


def _is_log(passage: Passage) -> bool:
    """Whether nearly all lines begin with a time."""
    timed = sum(1 for _ in _TIMED.finditer(passage.text)) if ":" in passage.characters else 0
    return timed >= max(_FEWEST_TIMED, _SHARE_TIMED * len(passage.paragraphs))


@known
def unpaired(passage: Passage) -> Counter[str]:
    """How many tags of each element, by its name in small letters, lack their other half."""
    opened, closed = Counter[str](), Counter[str]()
    for slash, name in _TAG_NAME.findall(passage.text):
        (closed if slash else opened)[name.lower()] += 1
    lone: Counter[str] = Counter()
    for name in {*opened, *closed} - _VOID:
        more = opened[name] - closed[name]
        if more < 0 or (more > 0 and name not in _OPTIONAL):
            lone[name] = abs(more)
    return lone
