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
from unicodedata import combining, normalize

from mtclean.grammar.match import Match
from mtclean.languages.english import is_derived
from mtclean.languages.frequencies import counts, frequency
from mtclean.languages.language import Lexicon, primary
from mtclean.text import Passage, Severity, Span

_SHORTEST = 5
"""Letters; shorter unknown words are as often foreign as misspelt (pointe, tapa, jin)."""

_LONGEST = 60
"""Letters; what is longer is no word, and comparing it letter by letter costs the square of its length."""

_SHORTEST_EXCHANGED = 8
"""Letters; of shorter unknown words with a letter exchanged for one that is not beside it on the keyboard as many are other
words (lappe and lapse, musms and muses)."""

_SHORTEST_UNLISTED = 7
"""Letters, in languages without a list: a letter left out of a shorter word makes as many rare words (сповид, дабли)."""

_KEYBOARDS = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
)

_SHORTEST_WITH_CAPITAL = 7
"""Letters; shorter names are too often one slip from a common word (Linhe and line)."""

NOUNS_WITH_CAPITALS = frozenset(["de", "lb"])
"""Languages in which a capital makes no name."""

_LETTERS = "abcdefghijklmnopqrstuvwxyzäöüß"
"""The letters of those languages."""

_SHORTEST_NAME = 4
"""Letters a name written small must have: "bo" and "des" are not Bo and DES."""

_COMMON = 50
"""Times the list of :mod:`mtclean.languages.english` gives its rarest words: forms few would write."""

_MORE = 100
"""How much more often the lists must have met a word than what is then a slip in it."""

_MANY = 50_000
"""Words a list must have for one that it lacks to be no common one; the Russian list has 20,000."""

_VARIANTS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
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
    ),
    "pt": (
        *((f"{mute}{letter}", letter) for mute in "cp" for letter in "cçt"),
        *(("ó", "ô"), ("é", "ê"), ("ü", "u"), ("éi", "ei"), ("ói", "oi"), ("ôo", "oo")),
    ),
}
"""How British and American spelling differ, and Portuguese by country and reform; LanguageTool knows only some of the words by name."""

_CAMEL = re.compile(r"(?:[A-Z][a-z]+){2,}")

_ACRONYMS = re.compile(r"[A-Z]{2,}s|(?:[a-z]*[A-Z]){3}[A-Za-z]*|[A-Z][a-z]+-[a-z]+")
"""Several acronyms, a name somebody made up, one with a small ending: MODs, LiVE, Aki-chan; none has its capitals by a slip."""

_LATIN = re.compile("[A-Za-zÀ-ɏ’'-]+")
_CYRILLIC = re.compile("[Ѐ-ӿ’'-]+")
_ARABIC = re.compile("[\u0600-\u06ff\u200c]+")
_ALPHABETS = {
    "ar": _ARABIC,
    "be": _CYRILLIC,
    "el": re.compile("[\u0370-\u03ff\u1f00-\u1fff’'-]+"),
    "fa": _ARABIC,
    "ru": _CYRILLIC,
    "uk": _CYRILLIC,
}
"""The letters of a word to judge, by language; elsewhere they are Latin.  Phonetic script, a formula and a foreign word have others."""


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
        if _is_other_variant(match) or not _is_word(word, self._passage.language):
            return False
        if word == word.lower():
            return True
        # The dictionary is asked for small letters, too: "Kolovin" is unknown since "kolovin" is.
        if self._passage.words[word] == 1 and word != word.title():
            return True
        if not _SHORTEST_WITH_CAPITAL <= len(word) <= _LONGEST:
            return False
        return _may_be_noun(word, self._passage.language) or not self._near_ordinary.isdisjoint(
            _one_letter_less(word.lower())
        )


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
    if (
        not _is_word(word, passage.language)
        or _is_assigned(match.span, passage.text)
        or _is_abbreviated(match.span, passage.text)
    ):
        return None
    if match.replacements and _are_variants(
        word.lower(), match.replacements[0].lower(), passage.language
    ):
        return None
    if any(_differ_in_hyphens(word, best) for best in match.replacements):
        return None  # a matter of house style
    if _ACRONYMS.fullmatch(word) or (_CAMEL.fullmatch(word) and not frequency(word.lower(), "en")):
        return None  # DiDi is the name of a company; PitchIng has a capital too many
    cased = _in_other_case(word, match.replacements, passage.language)
    if cased and passage.words[word] == 1:
        message = f"“{word}” is usually written “{cased}”."
        return Unknown("fluency.casing", Severity.MINOR, message, cased)
    if word != word.lower() and not _is_ordinary(word, match.replacements, passage):
        return None  # a name
    return _misspelt(word, match.replacements, passage)


def _is_word(word: str, language: str) -> bool:
    return _ALPHABETS.get(primary(language), _LATIN).fullmatch(word) is not None


def _is_abbreviated(span: Span, text: str) -> bool:
    """Whether a stop stands after a short word inside a sentence: *distr. da Palazzo*."""
    return (
        span.end - span.start <= _SHORTEST
        and re.match(r"\.(?:\s+[^\W\d_A-ZÀ-Þ]|[,;)])", text[span.end : span.end + 4]) is not None
    )


def _is_assigned(span: Span, text: str) -> bool:
    """Whether the word is one side of ``key=value``: a name in a program, not a word."""
    return "=" in text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]


def _is_other_variant(match: Match) -> bool:
    return "British English" in match.message or "American English" in match.message


def _in_other_case(word: str, replacements: Sequence[str], language: str) -> str:
    """The suggestion that is the same word with other capitals: chengdu, HourS, INDO-Pacific.

    Of a German word that nobody knows small or large it says nothing: *marktweit* is as good a word as *Marktweite*.
    """
    if len(word) < _SHORTEST_NAME:
        return ""
    if primary(language) in NOUNS_WITH_CAPITALS and not frequency(word.lower(), language):
        return ""
    same = (r for r in replacements if r.lower() == word.lower() and r != word)
    return next((r for r in same if r == r.lower() or r == r.title()), "")


def _is_ordinary(word: str, replacements: Sequence[str], passage: Passage) -> bool:
    """Whether a word with a capital is a slip in one the document also has in small letters."""
    best = replacements[0].lower() if replacements else ""
    if len(word) < _SHORTEST_WITH_CAPITAL or not one_slip_apart(word.lower(), best):
        return False
    return passage.words[best] > 0 or (
        (len(word) != len(best) or sorted(word.lower()) == sorted(best))
        and _may_be_noun(word, passage.language)
    )


def _may_be_noun(word: str, language: str) -> bool:
    """Whether a letter left out, put in or swapped makes a German noun of *word*: Jugndliche, Terasse; of 55 in right text one was a name.

    A letter exchanged, and one left out at the end, make as many names (Reactor, Livingston).
    """
    if primary(language) not in NOUNS_WITH_CAPITALS or word != word.title():
        return False
    small = word.lower()
    return any(frequency(near, language) for near in _slips(small) if near[-1] == small[-1])


def _slips(word: str) -> Iterator[str]:
    """*word* with two letters swapped, one letter less or one more, the first letter staying."""
    for i in range(1, len(word)):
        yield word[:i] + word[i : i + 2][::-1] + word[i + 2 :]
        yield word[:i] + word[i + 1 :]
        for letter in _LETTERS:
            yield word[:i] + letter + word[i:]


def _differ_in_hyphens(word: str, best: str) -> bool:
    """Whether one has a hyphen more than the other: sud-occidentale; in Cyrillic, that is a matter of spelling."""
    return (
        _LATIN.fullmatch(word) is not None
        and word.count("-") != best.count("-")
        and word.replace("-", "").lower() == best.replace("-", "").lower()
    )


def _are_variants(word: str, other: str, language: str) -> bool:
    """Whether one is the spelling of one country and one that of another, both in small letters."""
    return any(
        a[:start] + american + a[start + len(british) :] == b
        for a, b in ((word, other), (other, word))
        for british, american in _VARIANTS.get(primary(language), ())
        for start in range(len(a))
        if a.startswith(british, start)
    )


def _misspelt(word: str, replacements: Sequence[str], passage: Passage) -> Unknown:
    best = _nearest(word, replacements, passage.language)
    times = passage.words[word]
    message = f"“{word}” is not in the dictionary"
    if times > 1:  # a term, or a misspelling its author is used to
        message += f"; it stands here {times} times"
    elif _is_certain(word, best, passage.language) and not _is_glued(word, passage.lexicon):
        message = f"“{word}” looks misspelt for “{best}”."
        return Unknown("fluency.spelling", Severity.MINOR, message, best)
    return Unknown("fluency.spelling", Severity.NEUTRAL, message + ".")


def _is_glued(word: str, lexicon: Lexicon) -> bool:
    """Whether two small words make it up: *conla* is *con la*, and not *cola*."""
    small = lexicon.function_words
    return any(word[:i] in small and word[i:] in small for i in range(2, len(word) - 1))


def _nearest(word: str, replacements: Sequence[str], language: str) -> str:
    """LanguageTool's first suggestion; in other languages than English the most common one that is one slip away.

    For them it does not know how common words are, and offers *растаять* before *работает* for *рабтает*.
    """
    first = replacements[0] if replacements else ""
    if primary(language) == "en":
        return first
    near = (
        best
        for best in replacements
        if one_slip_apart(word, best) and not _has_other_ending(word, best)
    )
    return max(near, key=lambda best: frequency(best.lower(), language), default=first)


def _is_certain(word: str, best: str, language: str) -> bool:
    """Whether *word* can be little else than a slip in *best*."""
    if len(word) < _SHORTEST or not best.isalpha() or not one_slip_apart(word, best):
        return False
    known = frequency(best.lower(), language)
    if (
        _is_listed(word, known, language)  # in another list: beaky, judgement
        or not (known or _is_unlisted(word, best, language))
        or word[0] != best[0]  # few slip at the first letter; allistic, Jesse
        or _has_other_ending(word, best)
        or _is_another_word(word, best, language)
    ):
        return False
    return primary(language) != "en" or not (
        known <= _COMMON  # tailwater and tailgater: the nearest word is as rare
        or not word.isascii()  # décor, spéculation
    )


def _is_unlisted(word: str, best: str, language: str) -> bool:
    """Whether that no list has *best* says nothing against it: there is none, or a small one, or *word* lacks its accent alone."""
    if counts(primary(language)):
        return _is_accented(word, best) or len(counts(primary(language))) < _MANY
    return len(word) >= _SHORTEST_UNLISTED or _letters(word) == _letters(best)


def _letters(word: str) -> set[str]:
    """Which letters *word* has: two swapped, and one doubled, leave them as they are."""
    return set(word.lower())


def _is_accented(word: str, best: str) -> bool:
    """Whether *word* lacks accents alone that *best* has: vacunacion."""
    plain = normalize("NFD", best)
    return word == "".join(c for c in plain if not combining(c))


def _is_listed(word: str, of_best: int, language: str) -> bool:
    """Whether a list has *word* by right, and not as a slip in one that it has met *of_best* times.

    The lists were counted in subtitles, which have slips. Those in English were judged with what LanguageTool says of them.
    """
    times = frequency(word.lower(), language)
    return times > 0 and (primary(language) == "en" or times * _MORE > of_best)


def _is_another_word(word: str, best: str, language: str) -> bool:
    """Whether they differ in a letter as two words do and a slip of the finger does not: labelers and libelers.

    A letter that only lost its accent is a slip.
    """
    if _is_accented(word, best):
        return False
    exchanged = [pair for pair in zip(word, best, strict=False) if pair[0] != pair[1]]
    if len(word) != len(best) or len(exchanged) != 1 or _are_neighbours(*exchanged[0]):
        return False
    return primary(language) != "en" or len(word) < _SHORTEST_EXCHANGED or is_derived(word)


def _are_neighbours(a: str, b: str) -> bool:
    """Whether the two letters are beside each other on the keyboard."""
    return any(_are_beside(keys, a, b) for keys in _KEYBOARDS)


def _are_beside(keys: Sequence[str], a: str, b: str) -> bool:
    places = [
        next(((r, row.find(c)) for r, row in enumerate(keys) if c in row), (9, 9)) for c in (a, b)
    ]
    (row, column), (other_row, other_column) = places
    return max(row, other_row) < 9 and abs(row - other_row) <= 1 and abs(column - other_column) <= 1


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
