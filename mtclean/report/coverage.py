"""What of a text the rules could not look at, so that silence is not taken for praise."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter

from mtclean.languages import language as known_languages
from mtclean.languages.language import primary
from mtclean.report.record import Record, Unchecked
from mtclean.text import Passage, Span, SpanSet

RULES = "rules"
"""The stage, in :class:`Unchecked`, of what no rule of ours could speak of, but LanguageTool may."""

ALL = "all"
"""The stage of what nothing could speak of."""

GRAMMAR = "grammar"
COMPARE = "compare"
"""The stage that what is said of a translation beside its source is of."""

_FEWEST = 20  # letters, as in mtclean.documents.language
_LINE = re.compile(r"[^\r\n]+")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff\ufb00-\ufb06\uff21-\uff5a]")


def unchecked_by_rules(
    passage: Passage,
    language: str,
    known: Collection[str],
    settled: Sequence[tuple[Span, str]] = (),
) -> tuple[Unchecked, ...]:
    """The parts of the text no rule could speak of, in order.

    *language* is the text's, or empty where it could not be told; *known* are those the rules know.
    *settled* are places that the file says are not to be changed, in order, each with a sentence why.
    Lines of code and the like count, two or more in a row; an address among prose does not.
    """
    whole = Span(0, len(passage.text))
    if why := _unknown(passage.text, language, known):
        return (Unchecked(RULES if language else ALL, whole, why),)
    said = SpanSet(span for span, _ in settled)
    lines = _lines(passage) if passage.protected else ()  # no line is alone where nothing is
    left = ((alone, line) for alone, line in lines if not said.touches(line))
    runs = [(alone, list(lines)) for alone, lines in groupby(left, key=itemgetter(0))]
    if not settled and runs and all(alone for alone, _ in runs):
        return (
            Unchecked(ALL, whole, "There is no prose in it, only code, addresses or the like."),
        )
    blocks = [[span for _, span in lines] for alone, lines in runs if alone]
    code = (
        Unchecked(ALL, Span(spans[0].start, spans[-1].end), "It is code, or protected.")
        for spans in blocks
        if len(spans) > 1
    )
    return (*code, *(Unchecked(ALL, span, why) for span, why in settled))


def _lines(passage: Passage) -> Iterator[tuple[bool, Span]]:
    """The lines with letters in them, and whether all of those are protected."""
    ends = [span.end for span in passage.protected]
    for match in _LINE.finditer(passage.text):
        line = Span(*match.span())
        if not _LETTER.search(passage.text, *line):
            continue
        at = line.start
        open_ = False
        for span in islice(passage.protected, bisect_right(ends, line.start), None):
            if span.start >= line.end:
                break
            open_ = open_ or bool(_LETTER.search(passage.text, at, span.start))
            at = span.end
        yield not (open_ or _LETTER.search(passage.text, at, line.end)), line


def _unknown(text: str, language: str, known: Collection[str]) -> str:
    """Why nothing can be said of texts in *language*; empty where something can.

    A few Latin letters are no text in any language.
    """
    if language:
        if primary(language) in known:
            return ""
        if not known_languages.language(language).traits:
            return f"There are no rules for texts in this language ({language}) yet."
        return (
            f"Names, capitals, figures and idiom have no rules in this language ({language}) yet."
        )
    letters = sum(1 for _ in _LETTER.finditer(text))
    latin = sum(1 for _ in _LATIN.finditer(text))
    is_text = letters >= _FEWEST or latin * 2 < letters
    return "Its language could not be told." if is_text else ""


def checked_otherwise(record: Record) -> str:
    """What was done to a text that the rules of one text do not know the language of; empty where they do, and for nothing."""
    whole = Span(0, len(record.original))
    missed = {part.stage for part in record.unchecked if part.span == whole}
    if RULES not in missed:
        return ""
    has_grammar = GRAMMAR in record.stages and GRAMMAR not in missed
    if COMPARE in record.stages:
        grammar = "its grammar checked and " if has_grammar else ""
        return f"only {grammar}compared with its source"
    return "only its grammar was checked" if has_grammar else ""
