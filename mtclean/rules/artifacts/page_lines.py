"""Lines that speak for the page a text was taken from, told by what they are made of and not by the site they are from.

They lead to its other pages, ask its readers for something, or say who made what, who may use it and who earns by it.
"""

from __future__ import annotations

import re
from functools import cache

from mtclean.languages.lists import words
from mtclean.rules.artifacts.lines import WORD, in_small

_LONGEST = 420
"""Code points of a line that can be one."""
_MOST_WORDS = 45
_LONGEST_LABEL, _LONGEST_HEADLINE = 7, 28
"""Words of a label for links, and of the headline one leads to."""
_NAME = r"(?-i:[^\W\d_a-z][\w.’'-]*)"
_NAMES = rf"{_NAME}(?:(?:, (?:and )?| & | and | in | of | for | at | de | van | von | )(?:the )?{_NAME}){{0,24}}"

_PAGES = (
    "stories|articles?|news|posts?|coverage|reading|reads|content|links?|videos?|topics?|tags|headlines|features"
    "|galleries|roundup|interviews|columns"
)
_FROM = r"(?:from|on|in|about)"
_LABEL = re.compile(
    r"(?:related|recommended|suggested|similar|popular|trending|latest|further|more|other|top)(?: [\w’'&.-]+){0,4}?"
    rf" (?:{_PAGES})(?: (?:on|from|in) [\w’'&. -]{{2,40}})?"
    rf"|(?:more|related) {_FROM} (?:the )?{_NAME}(?: {_NAME}){{0,3}}"
    rf"|(?:most (?:read|popular|viewed|shared|watched|commented)|popular|trending)(?: {_FROM} [\w’'&. -]{{2,40}}| now| today)?"
    rf"|(?:read|see|watch|listen|learn|find out|hear) (?:also|more|next|now|this)(?: {_FROM} [\w’'&. -]{{2,40}})?"
    r"|also (?:read|see|watch|on|in)(?: [\w’'&.-]+){0,3}"
    r"|related|don['’]?t miss|up next|next up(?: in [\w ’'-]{2,30})?|on our radar|what to (?:read|watch) next"
    r"|(?:you )?(?:may|might) also (?:like|enjoy)|in case you missed it|editor['’]?s['’]? picks?|must (?:read|watch)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"[\[(]?(?:{_LABEL.pattern}|watch|listen|video|photos?|gallery|more|also)\s?[:：|»>][\s»>]*(?=[\W\d]|(?-i:[^\W\d_a-z]))",
    re.IGNORECASE,
)
_SENTENCE_INSIDE = re.compile(r"[^\W\d_]{2}[.!?][\"”’)]? +[\"“‘(]?[^\W\d_]")

_WORK = "reporting|writing|editing|research|translation|photography|graphics|production|compiled|written|edited|translated|reported|produced"
_DONE_BY = rf"(?:(?:additional|further|with(?: additional)?|more) )?(?:{_WORK})(?:,? (?:and|&) (?:{_WORK}))? by {_NAMES}"
_CREDIT = re.compile(
    rf"[(\[]?{_DONE_BY}(?:[;,.]? {_DONE_BY}){{0,4}}[.)\]]{{0,2}}"
    rf"|[(\[]?{_NAMES} contributed (?:reporting|research|to this (?:report|story|article|post))[^.!?]{{0,60}}[.)\]]{{0,2}}",
    re.IGNORECASE,
)
_AGENCY = (
    "getty(?: images)?|reuters|afp|ap|epa|pa|shutterstock|istock(?:photo)?|alamy|bloomberg|unsplash|pexels|pixabay|flickr"
    "|wikimedia commons|associated press|press association|anadolu(?: agency)?"
)
_PICTURE = re.compile(
    r"[^\n]{0,300}[(\[] ?(?:(?:file )?(?:image|photo|picture|pic|photograph)s?(?: credit| by| courtesy of)? ?[:：]"
    r"|(?:credits?|courtesy(?: of)?) ?[:：]|(?:image|photo|picture)s? (?:by|courtesy of)) ?[^()\[\]]{2,60}[)\]]"
    rf"|\(?{_NAMES} ?(?:/|\||via|,|-|–|—) ?(?:{_NAME} ?(?:/|\||via) ?)?(?:{_AGENCY})(?: (?:file|photo|pool))?\)?",
    re.IGNORECASE,
)
"""The credit of a picture, or its caption with one in brackets at the end."""

_FORBIDS = re.compile(
    r"\b(?:may|must|can|shall) ?not be (?:\w{6,14}(?:, (?:or )?| or | and )){1,6}\w{6,14}",
    re.IGNORECASE,
)
_OF_RIGHTS = re.compile(
    r"\b(?:published|reproduced|rewritten|redistributed|rebroadcast|republished|reprinted|transmitted)\b",
    re.IGNORECASE,
)
_EARNS = re.compile(
    r"\b(?:may|might|will|can|could|we) (?:also )?(?:earn|receive|get|make|be paid)\b[^.]{0,30}"
    r"\b(?:commissions?|share|money|fee|percentage|compensation|revenue)\b",
    re.IGNORECASE,
)
_SALE = re.compile(
    r"\b(?:links?|purchas\w{1,4}|buy|affiliate|retail\w{0,3}|products?)\b", re.IGNORECASE
)
_HANDLE = re.compile(r"(?<![\w@/.])@[A-Za-z]\w{2,}|[\w.+-]+@[\w-]+(?:\.\w{2,})+")
_FOLLOWING = frozenset(["follow", "tip"])
"""With a handle or an address they ask for followers and for news."""


def speaks_for_page(said: str) -> bool:
    """Whether the line *said* is one of those, and no label alone (:func:`is_label_of_links`)."""
    if not said or len(said) > _LONGEST:
        return False
    return bool(
        _leads_elsewhere(said)
        or _CREDIT.fullmatch(said)
        or _PICTURE.fullmatch(said)
        or (_FORBIDS.search(said) and _OF_RIGHTS.search(said))
        or (_EARNS.search(said) and _SALE.search(said))
        or asks_readers(said)
    )


def is_label_of_links(said: str) -> bool:
    """Whether the line is a label for links to other pages, and nothing else: *More great stories*."""
    if len(said.split()) > _LONGEST_LABEL or said.endswith("."):
        return False
    return _LABEL.fullmatch(said.strip(" :：»>…")) is not None


def _leads_elsewhere(said: str) -> bool:
    """Whether the line is a label with the headline of another page behind it: *Read more: Rains stop*."""
    label = _LEAD.match(said)
    return label is not None and is_headline(said[label.end() :])


def is_headline(said: str) -> bool:
    """Whether a line, or the rest of one, has the shape of a headline: one sentence at most, without a full stop."""
    return (
        len(said.split()) <= _LONGEST_HEADLINE
        and not said.endswith((".", ",", ";", ":"))
        and not _SENTENCE_INSIDE.search(said)
    )


def asks_readers(said: str) -> bool:
    """Whether the line *said*, which is not empty, asks the readers for something that only a page has, or tells them how it is with them there."""
    first = WORD.match(said)
    if first is None or in_small(first.group()) not in words("page_asks.txt"):
        return False
    found = [*map(in_small, WORD.findall(said))]
    if not 2 < len(found) <= _MOST_WORDS:
        return False
    if _HANDLE.search(said):
        return found[:2] == ["write", "to"] or not _FOLLOWING.isdisjoint(found)
    return any(
        " ".join(found[at : at + size]) in _objects()
        for at in range(len(found))
        for size in range(1, 4)
    )


@cache
def _objects() -> frozenset[str]:
    return frozenset(entry.replace("_", " ") for entry in words("page_objects.txt"))
