"""What the rules see in a text: words, sentences, code; worked out once and shared by them all."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import accumulate, compress, count, pairwise
from operator import eq, ne

from mtclean.languages.letters import HANGUL, SIGNS, WIDE
from mtclean.languages.lists import abbreviations_that_keep
from mtclean.text import Passage, Span, known

LATIN = "A-Za-z\u00c0-\u024f"
"""Latin letters, as part of a set of characters."""
_WORD = re.compile(
    rf"([{WIDE}]|[^\W_{WIDE}]+(?:(?:['’](?=[^\W\d_{WIDE}])|[{SIGNS}]+)[^\W_{WIDE}]*)*)"
)
"""Letters of scripts that part no words are a word each."""
_WIDE = re.compile(f"[{WIDE}]")
_WIDE_LETTERS = 3
_SYLLABLES = re.compile(f"[{HANGUL}]+")
_LETTERS_OF_SYLLABLE = 2
# The mark comes first, so that the search can skip from mark to mark.
_SENTENCE_END = re.compile(
    r"[.!?…؟۔।。！？](?:(?<=[.!?…؟۔।])(?<![.!?…].)[.!?…؟۔।]*[\"'”’»)\]]*(?=[\s\u3041-\u30ff\u3400-\u9fff])"
    r"|(?<=[。！？])[。！？]*[”」』’\"]*)"
)
_SMALL_I = re.compile(
    r"(?<![^\s,;“\"])i(?:['’](?:m|ve|d|ll)| (?:am|was|have|had|will|would|do|did|dont|don['’]t|can|cant|can['’]t|could|think|know"
    r"|want|wanna|went|got|get|need|love|like|just|really|never|also|ran|hope))\b"
)
_LONGEST_ABBREVIATION = 12
_BEFORE_STOP = re.compile(r"[^\W_]+\Z")


def letters(words: Iterable[str]) -> int:
    """How many letters *words* have; one of a script that parts no words says as much as three of ours, a Korean one as two."""
    return sum(map(_letters, words))


def _letters(word: str) -> int:
    if is_wide(word):
        return _WIDE_LETTERS
    syllables = word[0] >= "\uac00" and _SYLLABLES.fullmatch(word) is not None
    return len(word) * (_LETTERS_OF_SYLLABLE if syllables else 1)


def is_wide(word: str) -> bool:
    """Whether *word* is a letter of a script that parts no words."""
    return word[0] >= "\u3005" and _WIDE.match(word) is not None


class Words:
    """The words of a text as parallel lists, so that a word and its neighbours are an index apart.

    ``forms`` are its different words and each in small letters, ``vocabulary`` those in small letters: what is asked of a
    word is asked once of each of them, and a rule about rare words asks here before it goes over the places.  The few that
    hold a capital or a sign are told apart once, for all rules that are about those.
    """

    def __init__(self, text: str) -> None:
        # Most words are there many times: each is one string, and a place takes four bytes.
        pieces = _WORD.split(text)  # what stands between two words, and a word, in turn
        at = array("I", accumulate(map(len, pieces)))
        self.starts, self.ends = at[:-1:2], at[1::2]
        found = pieces[1::2]
        kept: dict[str, str] = dict(zip(found, found, strict=True))
        self.forms = {word: kept.get(small := word.lower(), small) for word in kept}
        self.vocabulary = frozenset(self.forms.values())
        self.texts = [*map(kept.__getitem__, found)]
        self.folded = [*map(self.forms.__getitem__, found)]

    @cached_property
    def cased(self) -> tuple[str, ...]:
        """The forms that are not in small letters throughout."""
        return tuple(word for word, small in self.forms.items() if word != small)

    @cached_property
    def capitalized(self) -> frozenset[str]:
        """Those of them that begin with a capital."""
        return frozenset(word for word in self.cased if word[0].isupper())

    @cached_property
    def signed(self) -> tuple[str, ...]:
        """The forms that have a sign in them, such as an apostrophe."""
        return tuple(word for word in self.forms if not word.isalnum())

    def __len__(self) -> int:
        return len(self.texts)

    def span(self, first: int, last: int) -> Span:
        """From the start of word *first* to the end of word *last*, both counted."""
        return Span(self.starts[first], self.ends[last])

    def places(self, folded: Collection[str]) -> list[int]:
        """The indices of the words that are one of *folded* in small letters, in order."""
        return _indices(self.folded, folded)

    def spelt(self, forms: Collection[str]) -> list[int]:
        """The indices of the words that are spelt as one of *forms*, in order."""
        return _indices(self.texts, forms)

    def may_have(self, small: frozenset[str]) -> bool:
        """Whether one of *small*, in small letters, may be a word of the text, or the part of one beside an apostrophe."""
        return not self.vocabulary.isdisjoint(small) or any(
            not small.isdisjoint(re.split("['’]", word.lower())) for word in self.signed
        )

    def between(self, start: int, end: int) -> range:
        """The indices of the words that start in ``[start, end)``."""
        return range(bisect_right(self.starts, start - 1), bisect_right(self.starts, end - 1))


def _indices(words: Iterable[str], wanted: Collection[str]) -> list[int]:
    return [*compress(count(), map(wanted.__contains__, words))] if wanted else []


# Two passages are enough: a text is asked all rules in turn before the next one comes.
@known
def words_of(passage: Passage) -> Words:
    """The words of *passage*, in order."""
    return Words(passage.text)


@known
def sentences_of(passage: Passage) -> tuple[Span, ...]:
    """The sentences of *passage*, in order; none crosses a line end, and blanks around them are out."""
    return tuple(s for line in passage.paragraphs for s in sentences_in(passage.text, line))


@known
def words_in_sentences(passage: Passage) -> tuple[range, ...]:
    """The indices of the words of each sentence, as :func:`sentences_of` has them."""
    between = words_of(passage).between
    return tuple(between(*span) for span in sentences_of(passage))


@known
def twins_of(passage: Passage) -> list[int]:
    """The indices of the words that stand twice in a row, whatever their case: of each second one, in order."""
    folded = words_of(passage).folded
    return [*compress(count(1), map(eq, folded[1:], folded))]


@known
def pairs_again(passage: Passage) -> array[int]:
    """The indices of the words that stand elsewhere, too, with the same word behind them, in order.

    What is said twice is made of such pairs: where few follow one another, no phrase or sentence is.
    """
    pairs = [*pairwise(words_of(passage).folded)]
    latest = dict(zip(pairs, count()))
    stands = map(latest.__getitem__, pairs)
    again = {*compress(pairs, map(ne, stands, count()))}
    return array("I", compress(count(), map(again.__contains__, pairs)))


def sentences_in(text: str, line: Span) -> list[Span]:
    """The sentences of one line: cut after marks that end one, but not after an abbreviation."""
    found: list[Span] = []
    start = line.start
    for end in _SENTENCE_END.finditer(text, line.start, line.end):
        if not _abbreviates(text, end.start()):
            found.append(stripped(text, start, end.end()))
            start = end.end()
    found.append(stripped(text, start, line.end))
    return [s for s in found if s.start < s.end]


def _abbreviates(text: str, stop: int) -> bool:
    """Whether the word before the mark at *stop* is an abbreviation or a lone initial."""
    if text[stop] != ".":
        return False
    word = text[max(0, stop - _LONGEST_ABBREVIATION) : stop].rpartition(" ")[2]
    if not word.isalnum():  # which is quicker to see than where its last letters begin
        letters_before = _BEFORE_STOP.search(word)
        word = letters_before.group() if letters_before else ""
    return word.lower() in abbreviations_that_keep() or (len(word) == 1 and word.isupper())


def stripped(text: str, start: int, end: int) -> Span:
    """``[start, end)`` without the blanks at its edges."""
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()))


def in_code(passage: Passage, at: int) -> bool:
    """Whether *at* is inside a code fence or inline code, where tags and placeholders belong."""
    return passage.is_code(Span(at, at + 1))


def is_first_in_sentence(passage: Passage, at: int) -> bool:
    """Whether the word at *at* opens a sentence, a line, a quotation or a clause after a colon."""
    i = at - 1
    text = passage.text
    while i >= 0 and text[i] in " \t\u00a0\u3000":
        i -= 1
    return i < 0 or text[i] in "\r\n.!?¡¿…:;\"'“”‘’«»([{—–-•*·|/>=#\\~。！？：；、，_"


@known
def writes_i_small(passage: Passage) -> bool:
    """Whether its author writes *i am*: capitals and full stops that are missing are manners there, no artefact."""
    text = passage.text
    may = "i" in words_of(passage).forms or "i'" in text or "i’" in text
    return may and bool(_SMALL_I.search(text))


_VERSE_LINES = 6
_VERSE_WIDTH = 60


@known
def is_verse(passage: Passage) -> bool:
    """Whether nearly all lines of the text are short: verse, a song, a list, where refrains are at home."""
    widths = [line.end - line.start for line in passage.paragraphs]
    return len(widths) >= _VERSE_LINES and sum(w <= _VERSE_WIDTH for w in widths) * 5 >= 4 * len(
        widths
    )


def is_title(texts: list[str]) -> bool:
    """Whether most of the longer words have a capital: a heading or a name, where capitals mean little."""
    longer = [word for word in texts if len(word) > 3]
    return is_mostly_capital(sum(word[0].isupper() for word in longer), len(longer))


def is_mostly_capital(capitals: int, longer: int) -> bool:
    """Whether so many *capitals* among so many *longer* words are those of a title."""
    return longer > 0 and capitals * 5 >= longer * 3


def short(text: str) -> str:
    """*text* to be shown in a message: its beginning, at a word's end, where it is long."""
    if len(text) <= 60:
        return text
    return (text[:50].rpartition(" ")[0].rstrip() or text[:50]) + " …"
