"""What stands around two equal small words: the clause and the sentence they are in, and what may have begun them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from mtclean.languages.language import Lexicon, Trait
from mtclean.rules.artifacts.tokens import Words
from mtclean.text import Passage

BLANKS = (" ", "\u00a0")
SENTENCE_BREAK = re.compile(r"[.!?。！？;:\n]")
"""What stands between two sentences, or two parts of one that say something each."""
_BREAK = re.compile(r"[,.!?;:()–—\n]")
_LONGEST_SENTENCE = 60
"""Words of a sentence looked over on each side of a pair."""


@dataclass(frozen=True)
class Place:
    """Word ``at``, its twin before it, and what is around them; words are meant by their numbers."""

    passage: Passage
    words: Words
    at: int

    @property
    def word(self) -> str:
        """The word that stands twice, in small letters."""
        return self.words.folded[self.at]

    @property
    def lexicon(self) -> Lexicon:
        """The small words of its language."""
        return self.passage.lexicon

    @cached_property
    def led(self) -> str:
        """The word before the pair where only a blank parts them, in small letters, or nothing."""
        return self._word_over(self.at - 2, self.at - 1)

    @cached_property
    def following(self) -> str:
        """The word after the pair where only a blank parts them, in small letters, or nothing."""
        return self._word_over(self.at + 1, self.at)

    def _word_over(self, other: int, own: int) -> str:
        if not 0 <= other < len(self.words):
            return ""
        return self.words.folded[other] if self.gap(max(other, own)) in BLANKS else ""

    def gap(self, at: int) -> str:
        """What stands between word *at* and the one before it."""
        before = self.words.ends[at - 1] if at else 0
        return self.passage.text[before : self.words.starts[at]]

    def follows_mark(self, at: int) -> bool:
        """Whether a mark or the start of the text stands right before word *at*."""
        return at < 1 or _BREAK.search(self.gap(at)) is not None

    @property
    def before(self) -> str:
        """The mark or blank before the pair, or nothing at the start of the text."""
        start = self.words.starts[self.at - 1]
        return self.passage.text[max(0, start - 1) : start]

    @property
    def after(self) -> str:
        """The mark or blank after the pair, or nothing at the end of the text."""
        end = self.words.ends[self.at]
        return self.passage.text[end : end + 1]

    @property
    def follows_break(self) -> bool:
        """Whether a mark or the start of the text stands right before the pair."""
        return self.follows_mark(self.at - 1)

    @cached_property
    def clause(self) -> range:
        """The words between the mark before the pair and the one behind it."""
        return self._between(_BREAK)

    @cached_property
    def sentence(self) -> range:
        """The words of the pair's sentence, or what is looked over of a long one."""
        return self._between(SENTENCE_BREAK)

    def _between(self, marks: re.Pattern[str]) -> range:
        first, last = self.at - 1, self.at
        while first > max(0, self.at - 1 - _LONGEST_SENTENCE) and not marks.search(self.gap(first)):
            first -= 1
        furthest = min(len(self.words) - 1, self.at + _LONGEST_SENTENCE)
        while last < furthest and not marks.search(self.gap(last + 1)):
            last += 1
        return range(first, last + 1)

    @property
    def earlier(self) -> range:
        """The words of the clause before the pair."""
        return range(self.clause.start, self.at - 1)

    @property
    def opens_clause(self) -> bool:
        """Whether a break, a preposition or what begins a clause stands right before the pair."""
        begins = self.lexicon.subordinates | self.lexicon.prepositions
        return self.led in begins or self.follows_break

    def relates(self, at: int) -> bool:
        """Whether word *at* is a relative pronoun, or a preposition before one: *(die Stadt,) in der*."""
        lexicon, folded = self.lexicon, self.words.folded
        led = folded[at] in lexicon.prepositions and folded[at + 1] in lexicon.relatives
        return led or folded[at] in lexicon.relatives

    @property
    def is_subordinate(self) -> bool:
        """Whether something before the pair surely begins a subordinate clause that the pair stands in."""
        begins = self.clause.start
        return any(self.words.folded[j] in self.lexicon.subordinates for j in self.earlier) or (
            begins in self.earlier and self.words.folded[begins] in self.lexicon.relatives
        )

    @property
    def may_follow_subordinate(self) -> bool:
        """Whether something in the sentence before the pair may begin a clause that ends with its first.

        *Was wichtig ist ist klar* lacks a comma and no word.  Only German sets one before each relative clause.
        """
        lexicon, folded = self.lexicon, self.words.folded
        strict, first = self.passage.has(Trait.CAPITAL_NOUNS), self.sentence.start
        return any(
            folded[j] in lexicon.subordinates
            or (folded[j] in lexicon.relatives and folded[j + 1] in lexicon.subjects)
            or (j > first and self.relates(j) and not (strict and self.gap(j).isspace()))
            for j in range(first, self.at - 1)
        )
