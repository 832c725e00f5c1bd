"""Lines that speak for the page a text was taken from, told by what they are made of and not by the site they are from.

They lead to its other pages, ask its readers for something, or say who made what, who may use it and who earns by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mtclean.languages.language import primary
from mtclean.languages.lists import entries, has, words
from mtclean.rules.artifacts.lines import WORD, in_small

_LONGEST = 420
"""Code points of a line that can be one."""
_FEWEST_WORDS, _MOST_WORDS = 3, 45
"""Of a call; a language that sets its verb last says it in one less: *Newsletter abonnieren*."""
_LONGEST_CALL = 9
"""The same of one that is told by its end."""
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
_LEADS = f"{_LABEL.pattern}|watch|listen|video|photos?|gallery|more|also"
"""In English; elsewhere *also* and *video* are other words."""
_TO_HEADLINE = r"\s?[:：|»>][\s»>]*(?=[\W\d]|(?-i:[^\W\d_a-zäöü]))"
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
    "|dpa|apa|sid|epd|kna|ddp|keystone|imago(?: images)?|picture[- ]alliance|adobe ?stock|fotolia"
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


@dataclass(frozen=True, slots=True)
class _PageWords:
    """How the pages of one language speak: ``label`` of links, ``lead`` to one with a headline behind it, ``picture`` with its credit.

    A line that ``asks`` begins with one of those words, or ends with one of ``ends``, and names one of ``objects``.
    """

    label: re.Pattern[str]
    lead: re.Pattern[str]
    picture: re.Pattern[str]
    asks: frozenset[str]
    ends: frozenset[str]
    objects: frozenset[str]


@cache
def _of(language: str) -> tuple[_PageWords, ...]:
    """The words of English, which pages in all languages have, and those of *language* where they are known."""
    language = primary(language)
    english = _PageWords(
        _LABEL,
        _lead(_LEADS if language == "en" else _LABEL.pattern),
        _PICTURE,
        words("page_asks.txt"),
        frozenset(),
        _objects("en"),
    )
    if language == "en" or not has("page_labels.txt", language):
        return (english,)
    label = "|".join(entries("page_labels.txt", language))
    own = _PageWords(
        re.compile(label, re.IGNORECASE),
        _lead(label),
        _picture("|".join(sorted(words("page_pictures.txt", language)))),
        words("page_asks.txt", language),
        words("page_ends.txt", language) if has("page_ends.txt", language) else frozenset(),
        _objects(language),
    )
    return own, english


def _lead(labels: str) -> re.Pattern[str]:
    return re.compile(rf"[\[(]?(?:{labels}){_TO_HEADLINE}", re.IGNORECASE)


def _picture(called: str) -> re.Pattern[str]:
    """A caption with the credit of its picture in brackets, or such a credit alone, which is of two names or of an agency at least."""
    by = rf"(?:©|via|{_AGENCY}|{_NAME})"
    return re.compile(
        rf"[^\n]{{0,300}}[(\[] ?(?:{called})s? ?(?:[:：©]|von |by ) ?[^()\[\]]{{2,60}}[)\]]"
        rf"|(?:{called}) ?[:：] ?(?:(?:© ?)?(?:{_AGENCY})|{by}(?:[ ,;/|&–-]{{1,3}}{by}){{1,6}})",
        re.IGNORECASE,
    )


def _objects(language: str) -> frozenset[str]:
    return frozenset(entry.replace("_", " ") for entry in words("page_objects.txt", language))


def speaks_for_page(said: str, language: str) -> bool:
    """Whether the line *said* is one of those, and no label alone (:func:`is_label_of_links`)."""
    if not said or len(said) > _LONGEST:
        return False
    return bool(
        any(_leads_elsewhere(said, known.lead) for known in _of(language))
        or _CREDIT.fullmatch(said)
        or any(known.picture.fullmatch(said) for known in _of(language))
        or (_FORBIDS.search(said) and _OF_RIGHTS.search(said))
        or (_EARNS.search(said) and _SALE.search(said))
        or asks_readers(said, language)
    )


def is_label_of_links(said: str, language: str) -> bool:
    """Whether the line is a label for links to other pages, and nothing else: *More great stories*."""
    if len(said.split()) > _LONGEST_LABEL or said.endswith("."):
        return False
    bare = said.strip(" :：»>…")
    return any(known.label.fullmatch(bare) for known in _of(language))


def _leads_elsewhere(said: str, lead: re.Pattern[str]) -> bool:
    """Whether the line is a label with the headline of another page behind it: *Read more: Rains stop*."""
    label = lead.match(said)
    return label is not None and is_headline(said[label.end() :])


def is_headline(said: str) -> bool:
    """Whether a line, or the rest of one, has the shape of a headline: one sentence at most, without a full stop."""
    return (
        len(said.split()) <= _LONGEST_HEADLINE
        and not said.endswith((".", ",", ";", ":"))
        and not _SENTENCE_INSIDE.search(said)
    )


def asks_readers(said: str, language: str) -> bool:
    """Whether the line *said*, which is not empty, asks the readers for something that only a page has, or tells them how it is with them there."""
    return any(_asks(said, known) for known in _of(language))


def _asks(said: str, known: _PageWords) -> bool:
    first = WORD.match(said)
    if first is None:
        return False
    begins = in_small(first.group()) in known.asks
    if not begins and not known.ends:
        return False
    found = [*map(in_small, WORD.findall(said))]
    if not begins and (found[-1] not in known.ends or len(found) > _LONGEST_CALL):
        return False
    if not _FEWEST_WORDS - bool(known.ends) <= len(found) <= _MOST_WORDS:
        return False
    if _HANDLE.search(said):
        return found[:2] == ["write", "to"] or not _FOLLOWING.isdisjoint(found)
    return any(
        " ".join(found[at : at + size]) in known.objects
        for at in range(len(found))
        for size in range(1, 4)
    )
