"""One thing, two terms: what the text itself says is the same is called by two names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tasks.artifacts.lexicon import american, words
from tasks.text import Finding, Fix, Passage, Severity, Span, rule

_BRACKET = re.compile(
    "[(（] ?([A-Z][A-Z&]{1,9}|[\u0370-\u052f\u0590-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af ·]{2,30}) ?[)）]"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WIDEST = 90
"""Code points before a bracket in which the term it explains is looked for."""
_MOST_WORDS = 9


class _Term(NamedTuple):
    """A term, where it stands, and its words without endings and small words, to compare it by."""

    text: str
    span: Span
    key: tuple[str, ...]


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
            "They ate steamed buns (馒头) and tea. In the evening there were mantou (馒头).",
            "mantou",
        ),
    ),
    leaves=(
        "The Central Bank (CB) met. The central bank (CB) has said so.",
        "The Ministry of Defence (MOD) met. The Defense Ministry (MOD) knows.",
        "A citizens' band (CB) radio. The Central Bank (CB) met.",
        "The cat (CAT) ran. He saw tomography (CT) and more tomography (CT).",
    ),
    failures=(
        (
            "The Belt and Road grew. One Belt One Road is large.",
            "The Belt and Road grew. Belt and Road is large.",
        ),
    ),
)
def term_in_two_ways(passage: Passage) -> Iterator[Fix | Finding]:
    """One abbreviation, or one word of the source, explains two different terms.

    Engines translate a term anew in every sentence.  That two terms are one is known where the text puts the same
    abbreviation or the same foreign word in brackets after both: *Federal Office … (FORP)*, *Federal Agency …
    (FORP)*.  Left alone: other spellings, forms and orders of the same words, and abbreviations of unlike things.
    Off unless the settings ask for it, since few texts have such brackets twice: `term-in-two-ways = "suggest"` under
    `[rules]`.
    """
    first: dict[str, _Term] = {}
    for bracket in _BRACKET.finditer(passage.text):
        sign = bracket.group(1).strip()
        term = _before(passage.text, bracket.start(), sign)
        if term is None:
            continue
        known = first.setdefault(sign, term)
        if set(known.key) != set(term.key) and _may_be_one(known, term, sign):
            yield Finding(
                term.span,
                f"“{term.text}” is explained by “{sign}”, as “{known.text}” is; engines translate a term anew in each"
                " sentence: choose one.",
                Severity.MINOR,
                suggestions=(known.text,),
            )


def _before(text: str, end: int, sign: str) -> _Term | None:
    """The term that ends at *end*: the words whose first letters an abbreviation is made of, or the last word."""
    found = list(_WORD.finditer(text, max(0, end - _WIDEST), end))[-_MOST_WORDS:]
    if not found or text[found[-1].end() : end].strip(" \u00a0\"”’'"):
        return None
    start = len(found) - 1
    if sign[0].isascii():
        start = _spelt_by(found, sign)
        if start < 0:
            return None
    span = Span(found[start].start(), found[-1].end())
    if re.search(r"[,;:.!?()\r\n]", text[slice(*span)]):
        return None
    key = tuple(
        _stem(m.group())
        for m in found[start:]
        if m.group().lower() not in words("function_words.txt")
    )
    return _Term(text[slice(*span)], span, key)


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
    return american(word.lower().replace("’", "'").removesuffix("'s"))[:5]


def _may_be_one(a: _Term, b: _Term, sign: str) -> bool:
    """Whether the two share a word, as renderings of one name do, or translate the same foreign word."""
    return not sign[0].isascii() or not set(a.key).isdisjoint(b.key)


RULES = (term_in_two_ways,)
