"""A text as rules see it: the characters, and what is worked out once and shared by all rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from itertools import accumulate, count
from operator import add, attrgetter
from typing import Any, Concatenate, ParamSpec, TypeVar

from mtclean.languages.language import Language, Lexicon, Trait, Typography, language
from mtclean.text.clock import Clock
from mtclean.text.evidence import NO_EVIDENCE, Evidence
from mtclean.text.model import Span, lacking
from mtclean.text.placeholders import family, placeholders, possible_placeholders
from mtclean.text.policy import Remarks, remarks
from mtclean.text.protect import code_spans, free_entities, protected_spans
from mtclean.text.span_set import SpanSet
from mtclean.text.style import Style

_NEWLINE = re.compile(r"\n")
_PARAGRAPH = re.compile(r"[^\r\n]+")
_BLOCK = re.compile(r"[^\r\n]+(?:(?:\r\n|[\r\n])[^\S\r\n]*(?![-*+•#>|]|\d{1,3}[.)])[^\s][^\r\n]*)*")
_TORN = re.compile(
    r"[\r\n](?:(?<=\r)\n)?(?:(?<=[a-z,;][\r\n])|(?<=[a-z,;]\r\n))[^\S\r\n]*(?=[a-z])"
)
_PROSE = 40
"""Code points a line of prose has at least; shorter ones are headings, verses and lists."""

_HARD_WRAPPED = 0.2
"""Share of line breaks inside a sentence, of those after a line of prose, from which a text is broken at a margin."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


Asked = ParamSpec("Asked")
Fact = TypeVar("Fact")


@dataclass(frozen=True, eq=False)
class Passage:
    """A text under examination.  Two of the same text are two, each with what is known of it.

    ``language`` is an ISO 639-1 code such as ``en``, or empty where it is not known.  ``fixed`` are the
    places, in order and apart, that the file's format says are no prose, ``links`` those that are one, ``leading`` the
    paragraphs behind which code or the like stands that is not in the text,
    ``entries`` its headings, items of lists and cells, ``seams`` the offsets of marks that take no room, such as ``**``.  ``clock`` is that of the document;
    ``batch`` is what the other documents say about it, ``encoding`` that of the file, where it stays in one that lacks some characters.
    """

    text: str
    language: str = "en"
    style: Style = Style()
    fixed: tuple[Span, ...] = ()
    clock: Clock = field(default_factory=Clock)
    batch: Evidence = NO_EVIDENCE
    links: tuple[Span, ...] = ()
    entries: tuple[Span, ...] = ()
    seams: frozenset[int] = frozenset()
    encoding: str = ""
    leading: tuple[Span, ...] = ()
    facts: dict[object, Any] = field(default_factory=dict, init=False, repr=False)
    """What :func:`known` has worked out."""

    def lacking(self, text: str) -> str:
        """The characters of *text* that the file cannot hold, each once."""
        return lacking(text, self.encoding)

    def __getstate__(self) -> dict[str, object]:
        """Facts stay where they were worked out: what works one out has no name that another process could find it by.

        So does what is known of the language, which is there wherever the text goes.
        """
        state = {**self.__dict__, "facts": {}}
        state.pop("_language", None)
        return state

    @cached_property
    def _language(self) -> Language:
        return language(self.language)

    @property
    def typography(self) -> Typography:
        """How the marks of the text's language are set; of one that is not known, as in English."""
        return self._language.typography

    @property
    def lexicon(self) -> Lexicon:
        """The small words of the text's language; none where it is not known."""
        return self._language.lexicon

    def has(self, *traits: Trait) -> bool:
        """Whether the text's language has all of *traits*; one that is not known has none."""
        return self._language.has(frozenset(traits))

    @cached_property
    def characters(self) -> frozenset[str]:
        """Each character that stands in the text: a rule about a rare one asks here before it looks for a place."""
        return frozenset(self.text)

    @cached_property
    def _alphabet(self) -> str:
        return "".join(self.characters)

    def holds(self, kind: re.Pattern[str]) -> bool:
        """Whether a character of the *kind*, a pattern of one, stands in the text: some hundred are looked through, not all."""
        return kind.search(self._alphabet) is not None

    @cached_property
    def protected(self) -> SpanSet:
        """Places no rule may touch.

        URLs, e-mail addresses, paths, code, placeholders, and the house's words and patterns.
        """
        return protected_spans(self.text, self.house_places, self.code, self.placeholders)

    @cached_property
    def placeholders(self) -> tuple[Span, ...]:
        """What a program fills in, in order and apart; also what only the other documents of the batch show to be that."""
        return tuple(placeholders(self.text, self.batch.families))

    @cached_property
    def families(self) -> frozenset[str]:
        """The families of its placeholders, as :func:`mtclean.text.placeholders.family` names them."""
        return frozenset(family(self.text[slice(*span)]) for span in self.placeholders)

    @cached_property
    def possible_families(self) -> frozenset[str]:
        """The families of what may be placeholders, and may be prose."""
        return frozenset(map(family, possible_placeholders(self.text)))

    @cached_property
    def house(self) -> tuple[Span, ...]:
        """The house's words and what its patterns find, in order; they may overlap.

        Raises :class:`SlowPattern` where one takes too long.
        """
        return tuple(sorted(span for own in self.style.protected for span in own.find(self.text)))

    @cached_property
    def code(self) -> SpanSet:
        """What is a program's and no reader's: code, front matter, JSON.  Nothing is said of it."""
        return SpanSet([*self._code, *self.fixed]) if self.fixed else self._code

    @cached_property
    def _code(self) -> SpanSet:
        return code_spans(self.text)

    @property
    def shows_code(self) -> bool:
        """Whether code stands in the text: then words of a program may stand in its prose, too."""
        return bool(self._code)

    def is_code(self, span: Span) -> bool:
        """Whether *span* lies in code."""
        return self.code.covers(span)

    def is_house_matter(self, span: Span) -> bool:
        """Whether *span* lies in a remark to us, or in one of the house's words or patterns."""
        starts, reach = self._house_matters
        before = bisect_right(starts, span.start)
        return before > 0 and reach[before - 1] >= span.end

    @cached_property
    def _house_matters(self) -> tuple[list[int], list[int]]:
        """Where each of them begins, in order, and how far those that begin until there reach."""
        spans = sorted((*self.remarks.places, *self.house))
        return [s.start for s in spans], [*accumulate((s.end for s in spans), max)]

    @cached_property
    def house_places(self) -> SpanSet:
        """The remarks to us and the house's words and patterns, as a set."""
        return SpanSet((*self.remarks.places, *self.house))

    @cached_property
    def remarks(self) -> Remarks:
        """The ignores written into the text."""
        return remarks(self.text, self.paragraphs)

    def is_protected(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` reaches into a protected place; an insertion counts inside it."""
        return self.protected.touches(Span(start, end))

    @cached_property
    def entities(self) -> frozenset[Span]:
        """The protected places that are an entity, ``&eacute;``, and may give way as a whole."""
        return free_entities(self.text, self.house_places, self.code, self.placeholders)

    def is_in_entry(self, span: Span) -> bool:
        """Whether *span* lies in one of its headings, items of lists or cells, as the file's format knows them."""
        at = bisect_right(self.entries, span.start, key=attrgetter("start")) - 1
        return at >= 0 and span.end <= self.entries[at].end

    @cached_property
    def link_starts(self) -> frozenset[int]:
        """Where its links begin."""
        return frozenset(link.start for link in self.links)

    @cached_property
    def link_ends(self) -> frozenset[int]:
        """Where its links end."""
        return frozenset(link.end for link in self.links)

    @cached_property
    def leading_ends(self) -> frozenset[int]:
        """Where the paragraphs end that lead to code or the like."""
        return frozenset(span.end for span in self.leading)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The non-empty lines: scraped and translated text has one paragraph to a line."""
        if "\r" in self.text:
            return tuple(Span(*m.span()) for m in _PARAGRAPH.finditer(self.text))
        lines = self.text.split("\n")
        ends = map(add, accumulate(map(len, lines)), count())  # each with the newlines before it
        return tuple(
            Span(end - len(line), end) for end, line in zip(ends, lines, strict=True) if line
        )

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(m.end() for m in _NEWLINE.finditer(self.text))]

    def line_at(self, at: int) -> Span:
        """The line *at* stands in, without the newline that ends it."""
        number = bisect_right(self._line_starts, at)
        last = number == len(self._line_starts)
        end = len(self.text) if last else self._line_starts[number] - 1
        return Span(self._line_starts[number - 1], end)

    @cached_property
    def torn(self) -> tuple[Span, ...]:
        """The line breaks inside a sentence, after a line of prose; with the indent that follows."""
        if "\n" not in self.text and "\r" not in self.text:
            return ()
        return tuple(
            Span(*m.span()) for m in _TORN.finditer(self.text) if self._ends_prose(m.start())
        )

    @cached_property
    def is_hard_wrapped(self) -> bool:
        """Whether the text is broken into lines at a margin, as in e-mail and old text files."""
        if not self.torn:
            return False
        ends = sum(end - start >= _PROSE for start, end in self.paragraphs)
        return len(self.torn) > max(1, _HARD_WRAPPED * ends)

    def _ends_prose(self, at: int) -> bool:
        """Whether the line that ends at *at* is as long as one of prose."""
        near = self.text[max(0, at - _PROSE) : at]
        return len(near) == _PROSE and "\n" not in near and "\r" not in near

    @cached_property
    def blocks(self) -> tuple[Span, ...]:
        """The paragraphs as their author sees them: lines, or runs of lines in a text broken at a margin."""
        if not self.is_hard_wrapped:
            return self.paragraphs
        return tuple(Span(*m.span()) for m in _BLOCK.finditer(self.text))

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word stands in the text, as it is spelt there."""
        return Counter(_WORD.findall(self.text))


def known(
    work_out: Callable[Concatenate[Passage, Asked], Fact],
) -> Callable[Concatenate[Passage, Asked], Fact]:
    """What *work_out* says of a passage is worked out once, kept with that passage, and let go of with it.

    A cache that counts would hold the texts of documents that are done with, and of a large one those of several rounds.
    """

    @wraps(work_out)
    def fact(passage: Passage, /, *asked: Asked.args, **named: Asked.kwargs) -> Fact:
        key = (work_out, asked, *named.items()) if asked or named else work_out
        if key not in passage.facts:
            passage.facts[key] = work_out(passage, *asked, **named)
        said: Fact = passage.facts[key]
        return said

    return fact
