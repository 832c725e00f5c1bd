"""Unknown words: which are names and terms, and which are misspelt.

Nine of ten words LanguageTool does not know in translated news have a capital, and nearly all of
those are names; most of the rest are terms, foreign words or another variant of English.  So a
capital makes a word a name, unless the document itself has the ordinary word in small letters.
Asking the first word of a sentence for less proof called ten names misspelt, in 150,000 words of
news and translations, for one misspelling found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtclean.grammar.match import Match
from mtclean.languages.english import frequency, is_derived
from mtclean.languages.language import primary
from mtclean.text import Passage, Severity

_SHORTEST = 5
"""Letters; shorter unknown words are as often foreign as misspelt (pointe, tapa, jin)."""

_LONGEST = 60
"""Letters; what is longer is no word, and comparing it letter by letter costs the square of its length."""

_SHORTEST_EXCHANGED = 8
"""Letters; of shorter unknown words with a letter exchanged for one that is not beside it on the keyboard as many are other
words (lappe and lapse, musms and muses)."""

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

_SHORTEST_WITH_CAPITAL = 7
"""Letters; shorter names are too often one slip from a common word (Linhe and line)."""

_SHORTEST_NAME = 4
"""Letters a name written small must have: "bo" and "des" are not Bo and DES."""

_COMMON = 50
"""Times the list of :mod:`mtclean.languages.english` gives its rarest words: forms few would write."""

_VARIANTS = (
    ("our", "or"),
    ("ise", "ize"),
    ("isi", "izi"),
    ("isa", "iza"),
    ("yse", "yze"),
    ("ysi", "yzi"),
    *((f"ll{ending}", f"l{ending}") for ending in ("ing", "ed", "en", "er", "ist", "ous")),
    ("re", "er"),
    ("ogue", "og"),
    ("gramme", "gram"),
    ("dgement", "dgment"),
    ("ence", "ense"),
    ("ae", "e"),
    ("oe", "e"),
    ("ould", "old"),
)
"""How British and American spelling differ; LanguageTool knows only some of the words by name."""

_CAMEL = re.compile(r"(?:[A-Z][a-z]+){2,}")

_ACRONYMS = re.compile(r"[A-Z]{2,}s|(?:[a-z]*[A-Z]){3}[A-Za-z]*|[A-Z][a-z]+-[a-z]+")
"""Several acronyms, a name somebody made up, one with a small ending: MODs, LiVE, Aki-chan; none has its capitals by a slip."""

_BEYOND_WORDS = re.compile(r"[^A-Za-zÀ-ɏ’'-]")


@dataclass(frozen=True, slots=True)
class Unknown:
    """What an unknown word was taken for; ``correction`` is empty where none is certain."""

    category: str
    severity: Severity
    message: str
    correction: str = ""


class Doubts:
    """Which unknown words of one text a suggestion could make something of.

    All others are names or accepted variants whatever :func:`judge_unknown` is told: for those
    LanguageTool need not make suggestions, which is half of its work on translated news.
    """

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        ordinary = (w for w in passage.words if w == w.lower() and _SHORTEST <= len(w) <= _LONGEST)
        self._near_ordinary = {near for word in ordinary for near in _one_letter_less(word)}

    def about(self, match: Match) -> bool:
        """Whether what is said of this unknown word depends on the suggestions for it."""
        word = self._passage.text[match.span.start : match.span.end]
        if _is_other_variant(match) or _BEYOND_WORDS.search(word):
            return False
        if word == word.lower():
            return True
        # The dictionary is asked for small letters, too: "Kolovin" is unknown since "kolovin" is.
        if self._passage.words[word] == 1 and word != word.title():
            return True
        return _SHORTEST_WITH_CAPITAL <= len(
            word
        ) <= _LONGEST and not self._near_ordinary.isdisjoint(_one_letter_less(word.lower()))


def _one_letter_less(word: str) -> Iterator[str]:
    """*word*, and it without each of its letters: two words one slip apart share one of these."""
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


def judge_unknown(match: Match, passage: Passage) -> Unknown | None:
    """What to say about the word LanguageTool does not know; None where it is right as it is."""
    word = passage.text[match.span.start : match.span.end]
    if _is_other_variant(match):
        return None  # the author's choice
    if _BEYOND_WORDS.search(word):
        return None  # phonetic script, a formula, a scrap of another alphabet
    if match.replacements and _are_variants(word.lower(), match.replacements[0].lower()):
        return None
    if _ACRONYMS.fullmatch(word) or (_CAMEL.fullmatch(word) and not frequency(word.lower())):
        return None  # DiDi is the name of a company; PitchIng has a capital too many
    cased = _in_other_case(word, match.replacements)
    if cased and passage.words[word] == 1:
        message = f"“{word}” is usually written “{cased}”."
        return Unknown("fluency.casing", Severity.MINOR, message, cased)
    if word != word.lower() and not _is_ordinary(word, match.replacements, passage):
        return None  # a name
    return _misspelt(word, match.replacements, passage)


def _is_other_variant(match: Match) -> bool:
    return "British English" in match.message or "American English" in match.message


def _in_other_case(word: str, replacements: Sequence[str]) -> str:
    """The suggestion that is the same word with other capitals: chengdu, HourS, INDO-Pacific."""
    if len(word) < _SHORTEST_NAME:
        return ""
    same = (r for r in replacements if r.lower() == word.lower() and r != word)
    return next((r for r in same if r == r.lower() or r == r.title()), "")


def _is_ordinary(word: str, replacements: Sequence[str], passage: Passage) -> bool:
    """Whether a word with a capital is a slip in one the document also has in small letters."""
    best = replacements[0].lower() if replacements else ""
    return (
        len(word) >= _SHORTEST_WITH_CAPITAL
        and passage.words[best] > 0
        and one_slip_apart(word.lower(), best)
    )


def _are_variants(word: str, other: str) -> bool:
    """Whether one is the British and one the American spelling of a word, both in small letters."""
    return any(
        a[:start] + american + a[start + len(british) :] == b
        for a, b in ((word, other), (other, word))
        for british, american in _VARIANTS
        for start in range(len(a))
        if a.startswith(british, start)
    )


def _misspelt(word: str, replacements: Sequence[str], passage: Passage) -> Unknown:
    best = replacements[0] if replacements else ""
    times = passage.words[word]
    message = f"“{word}” is not in the dictionary"
    if times > 1:  # a term, or a misspelling its author is used to
        message += f"; it stands here {times} times"
    elif _is_certain(word, best, passage.language):
        message = f"“{word}” looks misspelt for “{best}”."
        return Unknown("fluency.spelling", Severity.MINOR, message, best)
    return Unknown("fluency.spelling", Severity.NEUTRAL, message + ".")


def _is_certain(word: str, best: str, language: str) -> bool:
    """Whether *word* can be little else than a slip in *best*."""
    if len(word) < _SHORTEST or not best.isalpha() or not one_slip_apart(word, best):
        return False
    return primary(language) != "en" or not (
        frequency(word.lower())  # in another list: beaky, judgement
        or frequency(best.lower())
        <= _COMMON  # tailwater and tailgater: the nearest word is as rare
        or not word.isascii()  # décor, spéculation
        or word[0] != best[0]  # few slip at the first letter; allistic, Jesse
        or _has_other_ending(word, best)
        or _is_another_word(word, best)
    )


def _is_another_word(word: str, best: str) -> bool:
    """Whether they differ in a letter as two words do and a slip of the finger does not: labelers and libelers."""
    exchanged = [pair for pair in zip(word, best, strict=False) if pair[0] != pair[1]]
    if len(word) != len(best) or len(exchanged) != 1 or _are_neighbours(*exchanged[0]):
        return False
    return len(word) < _SHORTEST_EXCHANGED or is_derived(word)


def _are_neighbours(a: str, b: str) -> bool:
    """Whether the two letters are beside each other on the keyboard."""
    places = [
        next(((r, row.find(c)) for r, row in enumerate(_KEYS) if c in row), (9, 9)) for c in (a, b)
    ]
    (row, column), (other_row, other_column) = places
    return row < 9 and abs(row - other_row) <= 1 and abs(column - other_column) <= 1


def _has_other_ending(word: str, best: str) -> bool:
    """Whether they part at the last letter: labeler and labeled, templated and template."""
    longer = word[:-1] == best and word[-1] != best[-1]
    return longer or word[:-1] == best[:-1]


def one_slip_apart(a: str, b: str) -> bool:
    """Whether one slip makes *b* of *a*: a letter added, dropped, exchanged or swapped."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    same = zip(a, b, strict=False)
    head = next((i for i, (x, y) in enumerate(same) if x != y), min(len(a), len(b)))
    a, b = a[head:], b[head:]
    swapped = len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]
