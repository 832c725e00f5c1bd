"""What stands round a chapter that is read on line, and round subtitles: links to the next one, calls to the readers, credits."""

from __future__ import annotations

import re
from functools import cache

from mtclean.languages.lists import words
from mtclean.rules.artifacts.lines import WORD, in_small

_LONGEST = 240
_SITE = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?:[\w-]{1,40}\.){1,3}[a-z]{2,10}(?![\w@])(?:/[^\s,]{0,80})?",
    re.IGNORECASE,
)
_INNER_DOT = re.compile(r"\.[\w-]")
"""Every address has one, and few other lines."""
_DIRECTIONS = frozenset(["prev", "previous", "next"])
_PLACES = _DIRECTIONS | frozenset(
    [
        "chapter",
        "chapters",
        "toc",
        "index",
        "contents",
        "table",
        "of",
        "list",
        "home",
        "back",
        "novel",
        "first",
        "last",
        "latest",
        "to",
        "ch",
    ]
)
_PARTED = re.compile(r"[|/·•\[\]«»<>←→⟵⟶]")
_MOST_LINKS = 12
_CALLS = frozenset(
    ["please", "read", "visit", "follow", "support", "join", "find", "bookmark", "vote", "drop", "tap", "click", "press", "buy", "tip", "thanks", "thank", "get", "enjoy", "love", "advertise", "don't", "if", "unauthorized", "stolen"]
)  # fmt: skip
"""How a call to the readers begins that does not say *you*."""
_YOU = frozenset(["you", "your", "you're", "yourself"])
_OF_SITES = frozenset(
    [
        "site",
        "sites",
        "website",
        "websites",
        "content",
        "member",
        "vote",
        "votes",
        "author",
        "updated",
        "updates",
    ]
)
"""Signs that say nothing of a chapter or of subtitles, so that a call to the readers has to stand with them."""
_COMMON = _OF_SITES | frozenset(
    ["chapter", "chapters", "novel", "novels", "translator", "releases", "release"]
)
"""Signs that other texts speak of, too, so that an address has to stand beside them."""
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_SURE, _LIKELY = 0.9, 0.8
"""The share of known words, where no address is named and where one is."""
_FEWEST_SIGNS = 2
_CREDIT = re.compile(
    r"(?P<roles>[^\W\d_]{2,16}(?:(?: ?[,/&] ?| and )[^\W\d_]{2,16}){0,3})(?: by(?: ?[:：])? | from (?=[\w-]+\.)|(?: by)? ?[:：] ?(?=[^\W\d_a-z]))"
    r"(?P<who>(?:[^\W\d_a-z]|[\w-]+\Z)[^.!?:：\r\n]{0,50}|(?:[\w-]{1,40}\.){1,3}[a-z]{2,10})"
)
_MOST_NAMES = 6
_ENDS = re.compile(
    r"[-–—*~=(\[<]{1,5} ?end of (?:the )?chapter(?: \d{1,5})? ?[-–—*~=)\]>]{1,5}", re.IGNORECASE
)


def is_of_serial(said: str) -> bool:
    """Whether a line stands round a chapter or subtitles as a site or those who worked on them put it there."""
    if not said or len(said) > _LONGEST:
        return False
    return bool(_ENDS.fullmatch(said)) or _is_links(said) or _is_credits(said) or _is_call(said)


def _is_links(said: str) -> bool:
    """Whether a line is links to the chapters before and after: *Previous | Index | Next*."""
    if not _PARTED.search(said):
        return False
    found = [word.lower() for word in WORD.findall(said)]
    if not 1 < len(found) <= _MOST_LINKS or not _PLACES.issuperset(found):
        return False
    return not _DIRECTIONS.isdisjoint(found) or "chapter" in found


def _is_credits(said: str) -> bool:
    """Whether a line says who did what, in words of those who do it: *Sync and corrections by heron*."""
    credit = _CREDIT.fullmatch(said.strip("-–—~=()[] "))
    if credit is None or len(credit["who"].split()) > _MOST_NAMES:
        return False
    roles = [word.lower() for word in WORD.findall(credit["roles"]) if word != "and"]
    return words("serial_roles.txt").issuperset(roles)


def _is_call(said: str) -> bool:
    """Whether a line calls on the readers of a site, by what it is made of."""
    if said[0] in "“\"‘'«":
        return False
    rest = _SITE.sub(" ", said) if _INNER_DOT.search(said) else said
    has_site = rest != said
    found = WORD.findall(rest)
    folded = [*map(in_small, found)]
    if not folded:
        return False
    signs = {word for word in folded if word in words("serial_signs.txt")}
    if not signs:
        return False
    calls = folded[0] in _CALLS or not _YOU.isdisjoint(folded)
    known = sum(
        word in _known() or (n > 0 and found[n][0].isupper()) for n, word in enumerate(folded)
    )
    if has_site or not words("page_networks.txt").isdisjoint(folded):
        of_serial = not signs <= _OF_SITES and not _YEAR.search(rest)
        return (folded[0] in _CALLS or of_serial) and known >= _LIKELY * len(folded)
    return (
        calls
        and not signs <= _COMMON
        and len(signs) >= _FEWEST_SIGNS
        and known >= _SURE * len(folded)
    )


@cache
def _known() -> frozenset[str]:
    lists = (
        "function_words.txt", "prepositions.txt", "page_words.txt", "page_signs.txt", "page_networks.txt", "serial_signs.txt",
        "serial_words.txt",
    )  # fmt: skip
    return frozenset({"i", "a", "an", "no", "so", "me", "don't", "on", "in", "at"}).union(
        *map(words, lists)
    )
