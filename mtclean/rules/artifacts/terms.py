"""One thing, two terms: what the text itself says is the same is called by two names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtclean.languages.english import american
from mtclean.text import Finding, Fix, Passage, Severity, Span, rule

_BRACKET = re.compile(
    "[(（] ?([A-Z][A-Z&]{1,9}|[\u0370-\u052f\u0590-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af ·]{2,30}) ?[)）]"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BREAK = re.compile(r"[,;:.!?()\r\n]")
_WIDEST = 90
"""Code points before a bracket in which the term it explains is looked for."""
_MOST_WORDS = 9
_MOST_BEFORE_HEAD = 3
_SMALL = frozenset(
    ("the", "a", "an", "of", "for", "and", "in", "on", "to", "with", "at", "by", "from")
)
_OPENERS = frozenset(
    ("the", "a", "an", "each", "every", "this", "that", "its", "their", "his", "her", "no")
)
"""Words a foreign word's translation may follow."""


class _Term(NamedTuple):
    """A term, where it stands, and its words without endings and small words, to compare it by."""

    text: str
    span: Span
    key: frozenset[str]
    spelt: bool
    """Whether its first letters make the abbreviation in brackets."""


@rule(
    "term-in-two-ways",
    "terminology.inconsistent.term",
    opt_in=True,
    finds=(
        (
            "The Federal Office of Radiation Protection (FORP) measured it. Later the Federal Agency of Radiation"
            " Protection (FORP) withdrew.",
            "Federal Agency of Radiation Protection",
        ),
        (
            "The Rural Credit Cooperative (RCC) lent seed. The Rural Credit Union (RCC) wants it back.",
            "Rural Credit Union",
        ),
        (
            "The Belt and Road Initiative (BRI) grew. The One Belt One Road Initiative (BRI) is large.",
            "One Road Initiative",
        ),
        (
            "They ate steamed buns (馒头) and tea. In the evening there were mantou (馒头).",
            "mantou",
        ),
    ),
    leaves=(
        "The Central Bank (CB) met. The central bank (CB) has said so.",
        "The Ministry of Defence (MOD) met. The Defense Ministry (MOD) knows.",
        "The special economic zone (SEZ) grew. Special economic zones (SEZ) pay no duty. The plan (план) and the next plan (план).",
        "Anna Maria Hall (POL) beat Anna Maria Low (POL); Foreign Minister Hall (AP) and Foreign Minister Low (AP).",
        "A citizens' band (CB) radio. The Central Bank (CB) met.",
        "The cat (CAT) ran. He saw tomography (CT) and more tomography (CT).",
    ),
    failures=(
        (
            "The Belt and Road grew. One Belt One Road is large.",
            "The Belt and Road grew. Belt and Road is large.",
        ),
    ),
    languages=("en",),
)
def term_in_two_ways(passage: Passage) -> Iterator[Fix | Finding]:
    """One abbreviation, or one word of the source, explains two different terms.

    Engines translate a term anew in every sentence.  That two terms are one is known where the text
    puts the same abbreviation or the same foreign word in brackets after both: *Federal Office …
    (FORP)*, *Federal Agency … (FORP)*.

    Left alone: other spellings, forms and orders of the same words, and abbreviations of unlike
    things.  Off unless the settings ask for it, since few texts have such brackets twice:
    `term-in-two-ways = "suggest"` under `[rules]`.
    """
    first: dict[str, _Term] = {}
    for bracket in _BRACKET.finditer(passage.text):
        sign = bracket.group(1).strip()
        term = _before(passage.text, bracket.start(), sign)
        if term is None:
            continue
        known = first.setdefault(sign, term)
        if _may_be_one(known, term) if sign[0].isascii() else _is_other(known, term):
            yield Finding(
                term.span,
                f"“{term.text}” is explained by “{sign}”, as “{known.text}” is; engines translate a term anew in each"
                " sentence: choose one.",
                Severity.MINOR,
                suggestions=(known.text,),
            )


def _before(text: str, end: int, sign: str) -> _Term | None:
    """The term that ends at *end*: what an abbreviation is made of, or has its capitals; or what a foreign word is for."""
    since = max(0, end - _WIDEST)
    since += max((m.end() for m in _BREAK.finditer(text[since:end])), default=0)
    found = list(_WORD.finditer(text, since, end))[-_MOST_WORDS:]
    if not found or text[found[-1].end() : end].strip(" \u00a0\"”’'"):
        return None
    spelt = -1
    if sign[0].isascii():
        spelt = _spelt_by(found, sign)
        start = spelt if spelt >= 0 else _capitalised(found)
    else:
        start = _after_opener(found)
    span = Span(found[start].start(), found[-1].end())
    said = (m.group() for m in found[start:])
    key = frozenset(_stem(word) for word in said if word.lower() not in _SMALL)
    return _Term(text[slice(*span)], span, key, spelt >= 0)


def _capitalised(found: list[re.Match[str]]) -> int:
    """The index of the word at which the name begins that the last words make: capitals, and small words between."""
    start = len(found)
    for i in range(len(found) - 1, -1, -1):
        word = found[i].group()
        if word[0].isupper() and word.lower() not in _SMALL:
            start = i
        elif word.lower() not in _SMALL or start == len(found):
            break
    return min(start, len(found) - 1)


def _after_opener(found: list[re.Match[str]]) -> int:
    """The index of the word after the last article or the like, if it is near; else of the last word."""
    last = len(found) - 1
    for i in range(last, max(-1, last - _MOST_BEFORE_HEAD - 1), -1):
        if found[i].group().lower() in _OPENERS:
            return min(i + 1, last)
    return last


def _spelt_by(found: list[re.Match[str]], sign: str) -> int:
    """The index of the word at which the letters of *sign* begin, small words left out; -1 where they do not."""
    letters = [c.lower() for c in sign if c.isalpha()]
    for start in range(len(found) - 1, -1, -1):
        firsts = [m.group()[0].lower() for m in found[start:]]
        if firsts[0] == letters[0] and _in_order(letters, firsts):
            return start
    return -1


def _in_order(letters: list[str], firsts: list[str]) -> bool:
    rest = iter(firsts)
    return all(letter in rest for letter in letters)


def _stem(word: str) -> str:
    """*word* without its ending and its house's spelling."""
    plain = word.lower().replace("’", "'").removesuffix("'s").replace("-", "").removesuffix("s")
    return american(plain).replace("ence", "ense")[:6]


def _may_be_one(a: _Term, b: _Term) -> bool:
    """Whether two names with one abbreviation are one thing, otherwise called.

    Names of unlike things share an abbreviation, but no words; and what does not spell it must share two of them.
    """
    shared = len(a.key & b.key)
    return a.spelt and a.key != b.key and shared >= (1 if b.spelt else 2)


def _is_other(a: _Term, b: _Term) -> bool:
    """Whether two translations of one foreign word differ, and not by what one says more: *the second plan*."""
    return not (a.key <= b.key or b.key <= a.key)


RULES = (term_in_two_ways,)
