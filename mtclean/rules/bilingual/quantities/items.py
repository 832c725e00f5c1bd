"""What of a text may be part of a quantity: digits, signs, and the words that mean something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from mtclean.languages.language import primary
from mtclean.rules.bilingual.quantities.notation import roman
from mtclean.rules.bilingual.quantities.run import Run
from mtclean.rules.bilingual.quantities.words import Meaning, Phrase, Words, codes, words


class Item(NamedTuple):
    """A number in digits, or a word that means something; ``meanings`` is all it may mean, ``kind`` and ``value`` the first."""

    kind: str
    value: str
    start: int
    end: int
    meanings: tuple[Meaning, ...] = ()

    def means(self, kind: str) -> list[str]:
        """What it means of *kind*; figures by themselves mean nothing."""
        if not self.meanings:
            return []
        return [meaning.value for meaning in self.meanings if meaning.kind == kind]


_MARKED = (
    "[\u0300-\u036f\u0591-\u05bd\u05c1\u05c2\u064b-\u0652\u0670"
    "\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963\u200c]"
)
_LETTERS = rf"(?:[^\W\d_]+|{_MARKED}+)+"
"""Letters and what is set above and below them, which Python takes for no letters."""
_NUMBER = (
    r"(?<!\d)\d{1,2}[:：]\d\d(?![\d:])|"
    r"\d{1,3}(?:[ \u00a0\u202f\u2009'’]\d{3})+(?![\d])(?:[.,]\d+)?"
    r"|\d+(?:[.,٫٬]\d+)*[½¼¾⅓⅔⅛]?|[½¼¾⅓⅔⅛]"
)
SIGN = r"[A-Z]{0,3}[$£¥]|[€₽₴₹₩₪￥]|[%‰٪％]|[°º][ ]?[CF]?"
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER})|(?P<sign>{SIGN})|(?P<word>{_LETTERS}(?:['’ʼ\"״]{_LETTERS})*)"
)

GAP = frozenset(["", " ", "-", "/", "\u00a0", "\u202f", "‑", "–", ". ", ".", "\n"])
"""What may stand between words of one phrase."""

_APOSTROPHE_IS_A_LETTER = frozenset(["be", "uk"])
"""Languages in which it stands inside a word: *сім'я*, a family, is not *сім*, seven."""
_COMPOUNDING = frozenset(["de", "nl", "sv", "da", "nb", "is", "fi", "hu", "it"])


def items_of(text: str, language: str) -> Iterator[Item]:
    """The items of a text whose words are parted."""
    vocabulary, main = _vocabulary(language), primary(language)
    stop = 0
    # Most words mean nothing, and nothing else is asked of them.
    for match in [m for m in _TOKEN.finditer(text) if vocabulary[m[0]] is not _NOTHING]:
        group = match.lastgroup
        if match.start() < stop:
            continue
        if group == "word":
            item = _phrase(text, match, *vocabulary[match[0]])
            if item:
                yield item
                stop = item.end
        elif group == "number":
            yield Item("digits", match.group(), *match.span())
        else:
            yield sign_item(match.group(), *match.span(), main)


_MayBe = tuple[Sequence[Phrase], Meaning | None]
"""The phrases that may begin with a word, the longest first, and what it means as a code where it begins none."""
_NOTHING: _MayBe = ((), None)
_NO_WORD: _MayBe = ((), Meaning("digits", ""))
"""What is said of a number or a sign, which mean something whatever they are."""


class _Vocabulary(dict[str, _MayBe]):
    """The words met in one language, each looked up once."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._known, self._main = words(language), primary(language)

    def __missing__(self, token: str) -> _MayBe:
        if len(self) >= _KEPT:
            self.clear()
        self[token] = may_be = self._may_begin(token)
        return may_be

    def _may_begin(self, token: str) -> _MayBe:
        if (
            not token.isalpha() or token[0] == "º"
        ):  # most are letters, and need not be matched once more
            whole = _TOKEN.fullmatch(token)
            if whole is None or whole.lastgroup != "word":
                return _NO_WORD
        code = _code(token)
        if self._main == "tr":
            token = token.translate(_TURKISH)
        word = token if token in _NO_UNITS else token.casefold()
        phrases = self._known.phrases.get(word) or _inflected(word, self._known, self._main)
        return (phrases, code) if phrases or code else _NOTHING


_KEPT = 50_000
"""Words that a vocabulary holds; most words of any text are some thousands."""
_vocabulary = cache(_Vocabulary)


def _phrase(
    text: str, first: re.Match[str], phrases: Sequence[Phrase], code: Meaning | None
) -> Item | None:
    """The item that begins with the word *first*, by the longest of *phrases* that stands there; else its *code*."""
    start, end = first.span()
    for rest, meanings in phrases:
        stop = _follow(text, end, rest) if rest else end
        if stop:
            return Item(*meanings[0], start, stop, meanings)
    return Item(*code, start, end, (code,)) if code else None


def _follow(text: str, end: int, rest: Sequence[str]) -> int:
    """Where *rest* ends, if it follows what ends at *end* with nothing but a space or hyphen between; else 0."""
    for word in rest:
        token = _TOKEN.search(text, end)
        if not token or token.group().casefold().translate(_PLAIN) != word:
            return 0
        if text[end : token.start()] not in GAP:
            return 0
        end = token.end()
    return end


_NO_UNITS = frozenset("MGLH")
"""Capitals that are no units, as their small letters are."""
_TURKISH = str.maketrans("İI", "iı")
_VOWEL_SIGNS = re.compile("[\u064b-\u0652]")
_PLAIN = str.maketrans("’ʼ״", "''\"")
_WITH_SUFFIX = frozenset(["month", "weekday", "unit", "currency", "magnitude"])


def _inflected(word: str, known: Words, language: str) -> Sequence[Phrase]:
    """The phrases that begin with *word* without what hangs on it."""
    plain = word if word.isascii() else _VOWEL_SIGNS.sub("", word).translate(_PLAIN)
    if plain in known.phrases:
        return known.phrases[plain]
    if "'" in plain and language not in _APOSTROPHE_IS_A_LETTER:
        for part in plain.split("'"):
            if part in known.phrases and len(part) > 1:
                return known.phrases[part]
    if known.suffixes:
        for cut in range(1, min(8, len(plain) - 2)):
            if plain[-cut:] in known.suffixes and (found := known.phrases.get(plain[:-cut])):
                kept = [p for p in found if p[1][0].kind in _WITH_SUFFIX]
                if kept:
                    return kept
    if 5 < len(plain) < 80 and language in _COMPOUNDING:
        value = _compound(plain, language)
        if value:
            return [((), (Meaning("number", str(value)),))]
    return ()


@cache
def _atoms(language: str) -> dict[str, Meaning]:
    """What compounds of number words are made of: the words, and what stands between them, which means nothing."""
    forms = words(language).forms("number", "magnitude", "elided")
    atoms = {
        form: max(meanings, key=lambda meaning: meaning.kind == "magnitude")
        for form, meanings in forms.items()
        if len(form) > 1
    }
    return dict.fromkeys(("und", "og", "en", "e"), Meaning("link", "0")) | atoms


@cache
def _beginnings(language: str) -> tuple[str, ...]:
    """The first letters of :func:`_atoms`, which most words do not begin with."""
    return tuple({atom[:_FEW] for atom in _atoms(language)})


def _compound(word: str, language: str) -> float:
    """The number of a word put together of others: dreihundertfünfzig; 0 where it is none."""
    if not word.startswith(_beginnings(language)):
        return 0
    run = Run()
    for meaning in _taken_apart(word, 0, _atoms(language), set()) or ():
        kind = "magnitude" if meaning.kind == "elided" else meaning.kind
        if kind != "link" and not run.take(kind, float(meaning.value)):
            return 0
    return run.value


_FEW = 3
"""Letters that are looked at first."""
_LONGEST = 24
"""Letters of a part of a compound."""


def _taken_apart(
    word: str, at: int, atoms: dict[str, Meaning], hopeless: set[int]
) -> list[Meaning] | None:
    """The meanings of the parts of *word* from *at* on, each as long as it can be; None where something is left over."""
    if at == len(word):
        return []
    if at in hopeless:
        return None
    for end in range(min(len(word), at + _LONGEST), at, -1):
        meaning = atoms.get(word[at:end])
        if meaning:
            rest = _taken_apart(word, end, atoms, hopeless)
            if rest is not None:
                return [meaning, *rest]
    hopeless.add(at)
    return None


_SIGNS = {
    "€": "EUR", "£": "GBP", "₽": "RUB", "₴": "UAH", "₹": "INR", "₩": "KRW", "₪": "ILS", "R$": "BRL", "US$": "USD",
    "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "NT$": "TWD", "NZ$": "NZD", "S$": "SGD",
    "MX$": "MXN", "UK£": "GBP", "E£": "EGP", "JP¥": "JPY", "CN¥": "CNY",
}  # fmt: skip
_PERCENT = frozenset("%٪％")


_OWN_YEN = {"ja": ("JPY",), "zh": ("CNY",)}
"""What the sign that yen and yuan share stands for in the languages of their own countries."""


def sign_item(sign: str, start: int, end: int, language: str) -> Item:
    """The item of a *sign* that :data:`SIGN` finds, in a text of *language*."""
    if sign in _PERCENT:
        meaning = Meaning("unit", "percent")
    elif sign == "‰":
        meaning = Meaning("unit", "permille")
    elif sign[0] in "°º":
        meaning = Meaning("unit", {"C": "celsius", "F": "fahrenheit"}.get(sign[-1], "generic"))
    elif sign[-1] in "¥￥" and sign not in _SIGNS:
        either = tuple(Meaning("currency", code) for code in _OWN_YEN.get(language, ("JPY", "CNY")))
        return Item(*either[0], start, end, either)
    else:
        meaning = Meaning("currency", _SIGNS.get(sign, "dollar" if sign[-1] == "$" else "pound"))
    return Item(meaning.kind, meaning.value, start, end, (meaning,))


def code_item(token: str, start: int, end: int) -> Item | None:
    """The code of a currency, or a Roman numeral."""
    meaning = _code(token)
    return Item(*meaning, start, end, (meaning,)) if meaning else None


def _code(token: str) -> Meaning | None:
    if not token.isupper():
        return None
    if token in codes():
        return Meaning("currency", token)
    numeral = roman(token)
    return Meaning("loose", str(numeral)) if numeral else None
