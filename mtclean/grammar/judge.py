"""What becomes of a match: nothing, a finding, a fix to accept, or a fix that is made.

LanguageTool is written for authors at their desk.  About a finished text by somebody else most of
what it says is taste, a name it does not know, or a defect an earlier stage has in hand.  What is
left here is meant to be worth a careful editor's time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from mtclean.grammar.match import CheckResult, Match
from mtclean.grammar.spelling import NOUNS_WITH_CAPITALS, judge_unknown
from mtclean.grammar.tables import Treatment, evidence, judgement
from mtclean.languages.language import primary
from mtclean.text import Applicability, Edit, Finding, Fix, Passage, Severity, Span, SpanSet

PREFIX = "languagetool."
"""What mtclean puts before LanguageTool's rule ids."""

UNCHECKED = "languagetool.unchecked"
"""The rule id of the finding for a part LanguageTool did not get through."""

CATEGORIES = {
    "TYPOS": "fluency.spelling",
    "MULTITOKEN_SPELLING": "fluency.spelling",
    "COMPOUNDING": "fluency.spelling",
    "CASING": "fluency.casing",
    "PROPER_NOUNS": "fluency.casing",
    "PUNCTUATION": "fluency.punctuation.mark",
    "TYPOGRAPHY": "fluency.typography",
    "STYLE": "style",
    "REDUNDANCY": "style",
    "PLAIN_ENGLISH": "style",
    "NONSTANDARD_PHRASES": "style",
    "WIKIPEDIA": "style",
    "COLLOCATIONS": "style.collocation",
    "FALSE_FRIENDS": "accuracy.false-friend",
}
"""LanguageTool's categories in MQM's terms; what is not here is ``fluency.grammar``."""

_BRACKETS = ("()（）", "[]【】［］", "{}｛｝")
_UNDECLINED = frozenset(["ca", "da", "es", "fr", "gl", "it", "nl", "pt", "sv"])
"""Languages whose names stay as they are, of those that LanguageTool has rules for."""

_JUDGED_BY_RULE = "en"
"""The language each of whose rules was judged; of the others what LanguageTool says is judged by its kind, too."""

_QUOTES = frozenset("\"'“”„‟‘’‚‛«»‹›「」『』")
_LIST_LABEL = re.compile(r"(?:^|[\s:;,-])(?:[A-Za-z]|\d{1,2}|[ivx]{1,4})\Z")
_YEAR = re.compile(r"\d{4}")
_TOKEN = re.compile(r"\w+|[,’'‘،、，]")
_NAME = re.compile(r"[^\W\d_]{3,}")
_SENTENCE_START = re.compile(r"(?:\A|[.!?…:\n])[^\w\n]*\Z")
_COUNTED = re.compile(
    r"\b(?:the|these|those|all|any|my|your|his|her|its|our|their) (?:[a-z]{2,8}s(?:,|,? and|,? or) ){0,3}\Z"
)
_NEAR_ARTICLE = 48
"""Code points before a word in which its article and others of its row stand."""
_MANNER = 3
"""Remarks on the grammar of what people in a text say that make it their manner of speaking: *I knows what I thinks*."""

_NEAR = 12
"""Code points before a word that are looked at to tell whether it begins a sentence."""


def judged(result: CheckResult, passage: Passage, claimed: Sequence[Span]) -> list[Fix | Finding]:
    """Fixes and findings for what was found in *passage*, in the order of the text.

    *claimed* are spans of the same text that earlier stages have fixed, held or pointed at; a
    match that shares a character with one says nothing new.
    """
    taken = SpanSet(claimed, adjacent=True)
    seen: set[str] = set()
    items = [_unchecked(part.span) for part in result.unchecked]
    matches = [
        match
        for match in result.matches
        if not taken.touches(match.span)
        and not passage.is_protected(*match.span)
        and not _is_of_two_paragraphs(match, passage)
        and not _is_of_some_year(match, passage.text)
    ]
    spoken = [m for m in matches if m.category == "GRAMMAR" and _is_spoken(passage, m.span)]
    manner = frozenset(spoken if len(spoken) >= _MANNER else ())
    for match in matches:
        items += _judged_match(match, passage, seen, is_manner=match in manner)
    return sorted(items, key=lambda item: item.span)


def _judged_match(
    match: Match, passage: Passage, seen: set[str], *, is_manner: bool
) -> Iterator[Fix | Finding]:
    if match.is_unknown_word:
        word = passage.text[match.span.start : match.span.end]
        if word not in seen:  # one mention stands for all of them
            seen.add(word)
            yield from _judged_spelling(match, passage)
        return
    treatment = judgement(match).treatment
    if treatment in (Treatment.OWNED, Treatment.OFF) or _paired_in_paragraph(match, passage):
        return
    is_neutral = (
        is_manner
        or treatment is Treatment.NEUTRAL
        or _counts_questions(match, passage.text)
        or (
            primary(passage.language) != _JUDGED_BY_RULE
            and (
                _changes_marks_alone(match, passage.text)
                or _changes_name(match, passage)
                or _is_bare_guess(match)
            )
        )
    )
    severity = Severity.NEUTRAL if is_neutral else Severity.MINOR
    category = CATEGORIES.get(match.category, "fluency.grammar")
    yield _item(match, passage, match.message, severity, category, match.replacements)


def _judged_spelling(match: Match, passage: Passage) -> Iterator[Fix | Finding]:
    unknown = judge_unknown(match, passage)
    if unknown is not None:
        suggestions = (unknown.correction,) if unknown.correction else match.replacements
        yield _item(
            match, passage, unknown.message, unknown.severity, unknown.category, suggestions
        )


def _item(
    match: Match,
    passage: Passage,
    message: str,
    severity: Severity,
    category: str,
    suggestions: tuple[str, ...],
) -> Fix | Finding:
    """A fix where there is one thing to do about a defect; a finding where there is a choice."""
    rule = PREFIX + match.rule
    if severity is not Severity.NEUTRAL and suggestions:
        figures = evidence(match.rule)
        safe = figures is not None and figures.is_safe
        if safe or len(suggestions) == 1:
            applicability = Applicability.SAFE if safe else Applicability.SUGGESTED
            edit = _narrowed(Edit(*match.span, suggestions[0]), passage.text)
            return Fix((edit,), message, applicability, rule)
    return Finding(match.span, message, severity, category, rule, suggestions)


def _narrowed(edit: Edit, text: str) -> Edit:
    """*edit* without the spaces around the words that LanguageTool takes along."""
    start, end, replacement = edit
    while start < end and replacement and text[start] == replacement[0] == " ":
        start, replacement = start + 1, replacement[1:]
    while start < end and replacement and text[end - 1] == replacement[-1] == " ":
        end, replacement = end - 1, replacement[:-1]
    return Edit(start, end, replacement)


def _is_of_two_paragraphs(match: Match, passage: Passage) -> bool:
    """Whether LanguageTool took the lines above and below a break for one sentence, as a heading and what follows it.

    To it one newline is a space.  It is one only in a text broken at a margin.
    """
    if passage.is_hard_wrapped:
        return False
    said = passage.text[slice(*match.span)]
    if "\n" in said.strip("\n"):
        return True
    line = passage.line_at(match.span.start)
    lowered = said != said.lower() and said.lower() in match.replacements
    return (match.span.start == line.start and lowered) or (
        match.span.end == line.end and f"{said}," in match.replacements
    )


def _is_of_some_year(match: Match, text: str) -> bool:
    """Whether a weekday is said to be wrong for a date without its year: LanguageTool takes this year's."""
    return "WEEKDAY" in match.rule and not _YEAR.search(text[slice(*match.span)])


def _counts_questions(match: Match, text: str) -> bool:
    """Whether what is taken for a contraction is a noun in the plural, after its article: *the hows and whys*."""
    before = text[max(0, match.span.start - _NEAR_ARTICLE) : match.span.start]
    return "CONTRACTION" in match.rule and _COUNTED.search(before) is not None


def _changes_marks_alone(match: Match, text: str) -> bool:
    """Whether every suggestion has the same words and commas: what it changes is the normaliser's, or a house's."""
    said = _tokens(text[slice(*match.span)])
    return bool(match.replacements) and all(_tokens(r) == said for r in match.replacements)


def _changes_name(match: Match, passage: Passage) -> bool:
    """Whether the first suggestion makes another word of one with a capital inside a sentence: of a club, *o Rangers*.

    One that only makes the capital small is no guess at a name.  Where names are declined a suggestion may be another form of one; a name
    that nothing is suggested for is one whose forms LanguageTool does not know (*w Marlow*).
    """
    code = primary(passage.language)
    if code in NOUNS_WITH_CAPITALS or (match.replacements and code not in _UNDECLINED):
        return False
    said = passage.text[slice(*match.span)]
    better = {word.lower() for word in _NAME.findall(" ".join(match.replacements[:1]))}
    names = (
        name
        for name in _NAME.finditer(said)
        if name[0] != name[0].lower() and name[0].lower() not in better
    )
    starts = (match.span.start + name.start() for name in names)
    return any(
        not _SENTENCE_START.search(passage.text[max(0, start - _NEAR) : start]) for start in starts
    )


def _is_bare_guess(match: Match) -> bool:
    """Whether LanguageTool misses a comma and does not say where: of 9 such remarks in right Polish and Russian 4 were right.

    A bracket without its partner is none: what to do about it is plain.
    """
    return (
        match.category == "PUNCTUATION" and not match.replacements and "UNPAIRED" not in match.rule
    )


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.replace("’", "'").replace("‘", "'"))


def _paired_in_paragraph(match: Match, passage: Passage) -> bool:
    """Whether a bracket said to be alone has its partner: full-width, or in a part sent apart.

    That after the letter or number of a list's item, as in ``b) the rest``, needs none.
    """
    bracket = passage.text[match.span.start : match.span.end]
    if "UNPAIRED" in match.rule and bracket in _QUOTES:
        return True  # the normaliser's, which decides them for the whole paragraph
    pair = next((pair for pair in _BRACKETS if bracket and bracket in pair), "")
    if "UNPAIRED" not in match.rule or not pair:
        return False
    text = passage.text
    beside = (
        text[match.span.start - 1 : match.span.start] + text[match.span.end : match.span.end + 1]
    )
    if bracket in "()" and (bracket in beside or _is_tripled(passage, bracket)):
        return True  # a smile of one who writes them without eyes: “of course)))”
    if bracket == ")" and _is_smile(passage, match.span):
        return True
    if bracket in ")）" and _LIST_LABEL.search(
        text[max(0, match.span.start - 6) : match.span.start]
    ):
        return True
    return _balances(passage, passage.line_at(match.span.start), pair)


def _is_smile(passage: Passage, bracket: Span) -> bool:
    """Whether *bracket* stands where the stop would and nothing is open before it: *he goes to the apiary) Good evening*."""
    text, line = passage.text, passage.line_at(bracket.start)
    before = text[max(line.start, bracket.start - 1) : bracket.start]
    behind = text[bracket.end : min(line.end, bracket.end + 2)]
    opens = not behind or (behind[0] == " " and behind[1:2].isupper())
    open_before, closed_before = (_count(passage, mark, bracket.start) for mark in "()")
    return before.isalpha() and opens and open_before <= closed_before


def _is_spoken(passage: Passage, span: Span) -> bool:
    """Whether *span* stands between quotation marks of its line."""
    opening, closing, straight = (_count(passage, mark, span.start) for mark in '“”"')
    return opening > closing or straight % 2 == 1


def _count(passage: Passage, mark: str, before: int) -> int:
    """How often *mark* stands in the line *before* that offset; a line may have a match at every word."""
    return bisect_left(_places(passage, passage.line_at(before), mark), before)


@lru_cache(maxsize=8)
def _places(passage: Passage, line: Span, mark: str) -> list[int]:
    return [m.start() for m in re.compile(re.escape(mark)).finditer(passage.text, *line)]


@lru_cache(maxsize=8)
def _is_tripled(passage: Passage, bracket: str) -> bool:
    return 3 * bracket in passage.text


@lru_cache(maxsize=8)
def _balances(passage: Passage, line: Span, pair: str) -> bool:
    """Whether *line* has as many opening brackets of a kind as closing ones; kept for the line's other matches."""
    count = passage.text.count
    return sum(count(mark, *line) for mark in pair[::2]) == sum(
        count(mark, *line) for mark in pair[1::2]
    )


def _unchecked(span: Span) -> Fix | Finding:
    return Finding(
        span,
        "LanguageTool did not get through this part: its grammar is not checked.",
        Severity.NEUTRAL,
        "grammar.unchecked",
        UNCHECKED,
    )
