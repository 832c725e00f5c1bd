"""The quantities of a text: its numbers with what they count, its months and weekdays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

from mtclean.rules.bilingual.quantities.notation import (
    FRACTIONS,
    ascii_digits,
    from_han,
    readings,
    roman,
    rounded,
)
from mtclean.rules.bilingual.quantities.words import FAMILIES, Meaning, Words, words
from mtclean.text import Span


class Weight(IntEnum):
    """How much a number without a counterpart says."""

    LOOSE = 1
    """Nothing: *both*, *dozens*, *first* have counterparts that are no numbers."""
    WORD = 2
    """Something, if the other text has one without counterpart too."""
    DIGITS = 3
    """It is lost or added."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text.

    ``values`` are its readings, ``parts`` the numbers it may also be: hour and minute of 4.40.  ``unit`` and ``currency`` are
    what stands beside it.  ``factor`` is the magnitude that is part of it, and ``period`` the time of day it is said with.
    """

    span: Span
    values: tuple[float, ...]
    weight: Weight
    parts: tuple[float, ...] = ()
    unit: frozenset[str] = frozenset()
    currency: frozenset[str] = frozenset()
    factor: float = 1
    clock: bool = False
    period: str = ""
    beside: Span = Span(0, 0)
    """Where the unit or currency stands."""


class Mention(NamedTuple):
    """A month or weekday, by its number, from 1."""

    value: int
    span: Span


@dataclass(slots=True)
class Quantities:
    """All that a text counts, in order."""

    numbers: list[Quantity] = field(default_factory=list)
    months: list[Mention] = field(default_factory=list)
    weekdays: list[Mention] = field(default_factory=list)


_LETTER = (
    "(?:[^\\W\\d_]|[\u0300-\u036f\u0591-\u05bd\u05c1\u05c2\u064b-\u0652\u0670"
    "\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963\u200c])"
)
_NUMBER = (
    r"(?<!\d)\d{1,2}[:：]\d\d(?![\d:])|"
    r"\d{1,3}(?:[ \u00a0\u202f\u2009'’]\d{3})+(?![\d])(?:[.,]\d+)?"
    r"|\d+(?:[.,٫٬]\d+)*[½¼¾⅓⅔⅛]?|[½¼¾⅓⅔⅛]"
)
_SIGN = r"[A-Z]{0,3}\$|[€£¥₽₴₹₩₪￥]|[%‰٪％]|[°º][ ]?[CF]?"
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER})|(?P<sign>{_SIGN})|(?P<word>{_LETTER}+(?:['’ʼ\"״]{_LETTER}+)*)"
)
_NO_PROSE = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.\S+|[@#][^\W\d]\w*|\{[^{}]*\}|<[^<>]*>|&#?\w+;"
)
_MAY_BE_NO_PROSE = re.compile("[@#{<&]|://|www")
_GAP = frozenset(["", " ", "-", "/", "\u00a0", "\u202f", "‑", "–", ". ", ".", "\n"])
_BETWEEN_UNIT = re.compile(r"[\s.\-‑\u00a0\u202f()]{0,3}(?:(?:de|d'|d’|di|of|a|an)\s?)?")
_BETWEEN_CURRENCY = re.compile(r"[\s.\-‑\u00a0\u202f]{0,3}(?:[^\W\d_]{1,11}[\s'’]){0,2}")
_JOINERS = frozenset(
    ["and", "y", "e", "et", "und", "og", "en", "och", "i", "és", "și", "και", "ve", "и", "і"]
)
_MERIDIEM = re.compile(r"[\s\u00a0\u202f]?([ap])\.?[ ]?m\b", re.IGNORECASE)

SIGNS = {
    "€": "EUR", "£": "GBP", "₽": "RUB", "₴": "UAH", "₹": "INR", "₩": "KRW", "₪": "ILS", "R$": "BRL",
}  # fmt: skip
CODES = frozenset(
    [
        "USD",
        "EUR",
        "GBP",
        "JPY",
        "CNY",
        "RMB",
        "RUB",
        "UAH",
        "CHF",
        "CZK",
        "PLN",
        "HUF",
        "RON",
        "BGN",
        "SEK",
        "NOK",
        "DKK",
        "ISK",
        "TRY",
        "INR",
        "PKR",
        "KRW",
        "BRL",
        "MXN",
        "ARS",
        "ILS",
        "EGP",
        "SAR",
        "AED",
        "CAD",
        "AUD",
        "NZD",
        "HKD",
        "TWD",
        "SGD",
        "THB",
        "IDR",
        "VND",
        "PHP",
        "ZAR",
        "NGN",
        "KES",
        "IRR",
        "IQD",
    ]
)
_PERCENT = frozenset("%٪％")

_COMMA_GROUPS = frozenset(["en", "ja", "zh", "ko", "he", "hi"])
"""Languages in which a comma is no decimal sign."""

_COMPOUNDING = frozenset(["de", "nl", "sv", "da", "nb", "is", "fi", "hu", "it"])
_BY_CHARACTER = frozenset(["zh", "ja", "ko"])


@lru_cache(maxsize=256)
def read(text: str, language: str) -> Quantities:
    """The quantities of *text* in *language*, an identifier as in :mod:`mtclean.languages`."""
    if _MAY_BE_NO_PROSE.search(text):
        text = _NO_PROSE.sub(lambda match: "\n" * len(match[0]), text)
    main = language.partition("-")[0]
    items = [*(_characters(text, language) if main in _BY_CHARACTER else _items(text, language))]
    found = Quantities()
    for number in _numbers(text, items, main):
        found.numbers.append(number)
    for item in items:
        if item.kind in ("month", "short-month") and _is_month(text, item, main):
            found.months.append(Mention(int(item.value), Span(item.start, item.end)))
        elif item.kind == "weekday":
            found.weekdays.append(Mention(int(item.value), Span(item.start, item.end)))
    return found


class Item(NamedTuple):
    """A number in digits, or a word that means something; ``meanings`` is all it may mean, ``kind`` and ``value`` the first."""

    kind: str
    value: str
    start: int
    end: int
    meanings: tuple[Meaning, ...] = ()

    def means(self, kind: str) -> list[str]:
        """What it means of *kind*."""
        return [meaning.value for meaning in self.meanings if meaning.kind == kind]


def _items(text: str, language: str) -> Iterator[Item]:
    """The items of a text whose words are parted."""
    known = words(language)
    tokens = [(m.lastgroup, m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    at = 0
    phrases = known.phrases
    while at < len(tokens):
        group, token, start, end = tokens[at]
        at += 1
        if group == "number":
            yield Item("digits", token, start, end)
        elif group == "sign":
            yield _sign(token, start, end)
        else:
            if language == "tr":
                token = token.translate(_TURKISH)
            word = token.casefold()
            candidates = phrases.get(word) or _inflected(word, known, language)
            for rest, meanings in candidates or ():
                if not rest or _follow(text, tokens, at, end, rest):
                    at += len(rest)
                    stop = tokens[at - 1][3]
                    yield Item(meanings[0].kind, meanings[0].value, start, stop, meanings)
                    break
            else:
                if token in CODES:
                    code = Meaning("currency", "CNY" if token == "RMB" else token)  # noqa: S105
                    yield Item(*code, start, end, (code,))
                elif (value := roman(token)) > 0:
                    meaning = Meaning("loose", str(value))
                    yield Item(*meaning, start, end, (meaning,))


def _follow(
    text: str,
    tokens: list[tuple[str | None, str, int, int]],
    at: int,
    end: int,
    rest: Sequence[str],
) -> bool:
    """Whether *rest* are the tokens from *at* on, with nothing but a space or hyphen between."""
    for word in rest:
        if at >= len(tokens) or tokens[at][1].casefold().translate(_PLAIN) != word:
            return False
        if text[end : tokens[at][2]] not in _GAP:
            return False
        end = tokens[at][3]
        at += 1
    return True


_TURKISH = str.maketrans("İI", "iı")
_PLAIN = str.maketrans("’ʼ״", "''\"")
_NOTHING: tuple[tuple[tuple[str, ...], tuple[Meaning, ...]], ...] = ()
_WITH_SUFFIX = frozenset(["month", "weekday", "unit", "currency", "magnitude"])


def _inflected(
    word: str, known: Words, language: str
) -> Sequence[tuple[tuple[str, ...], tuple[Meaning, ...]]]:
    """The phrases that begin with *word* without what hangs on it."""
    plain = word.translate(_PLAIN)
    if plain in known.phrases:
        return known.phrases[plain]
    if "'" in plain:
        for part in plain.split("'"):
            if part in known.phrases and len(part) > 1:
                return known.phrases[part]
    if known.suffixes:
        for cut in range(1, min(8, len(plain) - 2)):
            if plain[-cut:] in known.suffixes and (found := known.phrases.get(plain[:-cut])):
                kept = [p for p in found if p[1][0].kind in _WITH_SUFFIX]
                if kept:
                    return kept
    if len(plain) > 7 and language in _COMPOUNDING:
        value = _compound(plain, language)
        if value:
            return [((), (Meaning("number", str(value)),))]
    return _NOTHING


@cache
def _atoms(language: str) -> tuple[re.Pattern[str], dict[str, tuple[Meaning, ...]]]:
    forms = words(language).forms("number", "magnitude")
    ordered = sorted((re.escape(f) for f in forms if len(f) > 2), key=len, reverse=True)
    return re.compile("|".join(ordered) + "|(?:und|e|og|en)(?=.{3})"), forms


def _compound(word: str, language: str) -> float:
    """The number of a word put together of others: dreihundertfünfzig; 0 where it is none."""
    pattern, forms = _atoms(language)
    at, parts = 0, []
    while at < len(word):
        match = pattern.match(word, at)
        if not match:
            return 0
        if match[0] in forms:
            meaning = forms[match[0]][0]
            parts.append((meaning.kind, float(meaning.value)))
        at = match.end()
    run = Run()
    for kind, value in parts:
        if not run.take(kind, value):
            return 0
    return run.value


def _sign(sign: str, start: int, end: int) -> Item:
    if sign in _PERCENT:
        meaning = Meaning("unit", "percent")
    elif sign == "‰":
        meaning = Meaning("unit", "permille")
    elif sign[0] in "°º":
        meaning = Meaning("unit", {"C": "celsius", "F": "fahrenheit"}.get(sign[-1], "generic"))
    elif sign in ("¥", "￥"):
        return Item("currency", "JPY", start, end, (Meaning("currency", "JPY"), Meaning("currency", "yuan")))  # fmt: skip
    else:
        meaning = Meaning("currency", SIGNS.get(sign, "dollar"))
    return Item(meaning.kind, meaning.value, start, end, (meaning,))


_HAN_DIGIT = "〇零一二三四五六七八九两兩"
_HAN_NUMBER = (
    r"(?<!\d)\d{1,2}[:：]\d\d(?![\d:])|\d[\d,]*(?:\.\d+)?(?:\s?[十百千万萬亿億兆십백천만억조]+(?:\d[\d,]*(?:\.\d+)?[十百千万萬亿億兆십백천만억조]+|(?<=[억조])\s\d[\d,]*(?:\.\d+)?[십백천만억]+)*(?:\d[\d,]*(?!\d*[.年月日時时]))?)?"
    rf"|[{_HAN_DIGIT}十百千万萬亿億兆]+"
)
_COUNTED = (
    "[個个個名位人年月日天岁歲歳才次倍件种種条條项項家所场場支只隻辆輛台届屆周週小分秒度米公英美欧元块塊点點級级層层座部本张張架枚颗"
    "顆轮輪組组対对段章节節国國州省市队隊世代番匹頭冊杯軒回社カかヶヵ時时戦胜勝敗打球つ間名連连年割冠季試試校月倍座大强]"
)
_KOREAN = r"(?<![^\W\d_])(?P<native>두|세|석|다섯|여섯|일곱|여덟|아홉|열두|열한|열|스무|서른)(?=\s?(?:명|개|번|사람|살|시|차례|달|가지|배|마리|대|권|곳|건|주|해|시간|팀|골|점|째|아이|자녀|아들|딸|형제|남|여|나라|국가|경기|세트|군데|장|잔|병|쪽|편|줄|채|자리|종류|단계|도시|학교|회사|후보|선수))"


@cache
def _by_character(language: str) -> tuple[re.Pattern[str], dict[str, tuple[Meaning, ...]]]:
    forms = words(language).forms("weekday", "period", "loose", "month")
    spoken = {f: m for f, m in forms.items() if len(f) > 1 and not f[0].isdigit() and "月" not in f}
    if language == "ja":
        spoken |= {f: m for f, m in forms.items() if f in ("月曜", "月曜日")}
    ordered = sorted(map(re.escape, spoken), key=len, reverse=True)
    months = (
        r"(?P<month>(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]))\s?(?:月(?![間间额額额])|월)"
    )
    pattern = (
        rf"(?P<percent>百分之)|(?P<era>(?:明治|大正|昭和|平成|令和|民國|民国|(?<![A-Za-z])[SHR])\s?(?:\d{{1,3}}|元)(?=\s?年))"
        rf"|(?P<decade>(?:\d\d|二十|十九)世[纪紀紀]\s?(?:\d0|[二三四五六七八九]十)年代)|(?<![\d十.])(?P<monthly>{months})|(?P<spoken>{'|'.join(ordered)})"
        rf"|(?P<number>{_HAN_NUMBER})|(?P<fraction>[½¼¾])|(?P<sign>{_SIGN})|(?P<code>[A-Z]{{3,}}|[IVX]{{2,}})"
    )
    return re.compile(pattern + (f"|{_KOREAN}" if language == "ko" else "")), spoken


def _characters(text: str, language: str) -> Iterator[Item]:
    """The items of a text in Chinese, Japanese or Korean."""
    language = language.partition("-")[0]
    pattern, spoken = _by_character(language)
    for match in pattern.finditer(text):
        start, end = match.span()
        group, token = match.lastgroup, match.group()
        if group == "percent":
            yield Item("unit", "percent", start, end, (Meaning("unit", "percent"),))
        elif group == "era":
            era = token.rstrip("元0123456789０１２３４５６７８９ ")
            year = 1 if token[-1] == "元" else int(ascii_digits(token[len(era) :].strip()))
            yield Item("digits", f"={_ERAS[era] + year}|{year}", start, end)
        elif group == "decade":
            century, tens = map(from_han, re.split("世.", token.removesuffix("年代")))
            yield Item("digits", f"={(century - 1) * 100 + tens}|{tens}", start, end)
        elif group == "sign":
            yield _sign(token, start, end)
        elif group == "monthly":
            month = int(from_han(match["month"]))
            yield Item("month", str(month), start, end, (Meaning("month", str(month)),))
        elif group == "spoken":
            meanings = spoken[token]
            yield Item(meanings[0].kind, meanings[0].value, start, end, meanings)
        elif group == "code":
            if token in CODES:
                meaning = Meaning("currency", "CNY" if token == "RMB" else token)  # noqa: S105
                yield Item(*meaning, start, end, (meaning,))
            elif numeral := roman(token):
                meaning = Meaning("loose", str(numeral))
                yield Item(*meaning, start, end, (meaning,))
        else:
            yield from _han(text, match, language)
            yield from _counted(text, match, language)


_ERAS = {
    "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911,
    "S": 1925, "H": 1988, "R": 2018,
}  # fmt: skip
"""The year before the first of an era of Japan, and of the calendar of Taiwan."""

_NATIVE = {
    "두": 2, "세": 3, "석": 3, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "열한": 11, "열두": 12,
    "스무": 20, "서른": 30,
}  # fmt: skip
_MYRIADS = re.compile("[万萬亿億兆만억조]$")


def _han(text: str, match: re.Match[str], language: str) -> Iterator[Item]:
    start, end = match.span()
    token = match.group()
    if match.lastgroup == "native":
        native = Meaning("number", str(_NATIVE[token]))
        yield Item(*native, start, end, (native,))
        return
    if token[0].isdecimal():
        if token[-1].isdecimal() and all(c.isdecimal() or c in ".,:：" for c in token):
            yield Item("digits", token, start, end)
        else:
            yield Item("digits", f"={from_han(token)}", start, end)
        return
    if token in FRACTIONS:
        yield Item("digits", token, start, end)
        return
    value = from_han(token)
    digits = sum(sign in _HAN_DIGIT for sign in token)
    if digits == 0 and token not in ("十",):
        kind = "magnitude" if value >= 100 else "loose"
    elif len(token) == 1:
        counted = re.match(_COUNTED, text[end : end + 1]) and token != "一"  # noqa: S105
        kind = "number" if counted else "loose"
    elif digits == len(token) and digits < 4:
        kind = "loose"
    else:
        kind = "number"
    yield Item(kind, str(value), start, end, (Meaning(kind, str(value)),))


_DAY_OF_MONTH = re.compile("[日号號일](?![间間간])")


@cache
def _counters(language: str) -> tuple[re.Pattern[str], dict[str, tuple[Meaning, ...]]]:
    forms = words(language).forms("unit", "currency")
    ordered = sorted((re.escape(f) for f in forms if f[0] not in "$€£¥%"), key=len, reverse=True)
    return re.compile(
        rf"[\s\-]?(?:[余餘多来來強弱余り여]?)\s?({'|'.join(ordered)})(?!の)", re.IGNORECASE
    ), forms


def _counted(text: str, match: re.Match[str], language: str) -> Iterator[Item]:
    """The unit or currency right behind the number *match*."""
    if match.lastgroup == "number" and _DAY_OF_MONTH.match(text, match.end()):
        yield Item("unit", "date", match.end(), match.end() + 1, (Meaning("unit", "date"),))
        return
    pattern, forms = _counters(language)
    if match.lastgroup in ("number", "native") and (after := pattern.match(text, match.end())):
        meanings = forms.get(after[1].casefold(), ())
        if meanings and not (
            after[1].isascii()
            and text[after.end() : after.end() + 1].isalpha()
            and text[after.end()].isascii()
        ):
            yield Item(meanings[0].kind, meanings[0].value, *after.span(1), meanings)


class Run:
    """Number words and magnitudes that stand together, and the one number they are."""

    def __init__(self) -> None:
        self.total = 0.0
        self.current: float | None = None
        self.last = 0.0
        self.factor = 1.0
        self.counted = False

    def take(self, kind: str, value: float, inverted: bool = False) -> bool:
        """Take in the next word; false where it begins another number.  *inverted*: 20 may be said behind 5."""
        if kind == "magnitude":
            if self.current is None and self.total:
                if value <= self.factor:
                    return False
                self.total *= value
            elif self.current is not None and value == 100:
                if self.current % 100 == 0 or self.current > 99:
                    return False
                self.current *= 100
                self.last = 100
                self.counted = True
                return True
            else:
                self.counted |= self.current is not None
                self.total += (1 if self.current is None else self.current) * value
                self.current = None
            self.factor = max(self.factor, value)
            self.last = value
            return True
        if self.current is None:
            if self.total and value >= self.last:
                return False
            self.current = value
        elif _adds(self.current, value) or (inverted and _adds(value, self.current)):
            self.current += value
        else:
            return False
        self.counted = True
        self.last = value
        return True

    @property
    def value(self) -> float:
        return rounded(self.total + (self.current or 0))


def _adds(current: float, value: float) -> bool:
    """Whether *value* is said behind *current* as its smaller part: 20 and 5, 300 and 17."""
    if current % 100 == 0 and current >= 100:
        return 0 < value < 100
    return current in (20, 30, 40, 50, 60, 70, 80, 90) and 0 < value < 10


def _numbers(text: str, items: list[Item], language: str) -> Iterator[Quantity]:
    at = 0
    found: list[tuple[Quantity, int, int]] = []
    while at < len(items):
        first = at
        number, at = _number(text, items, at, language)
        if number:
            found.append((number, first, at))
    numbers = [
        _beside(text, items, number, first, after, language) for number, first, after in found
    ]
    yield from _feet_and_inches(text, numbers)


_INCHES = re.compile(r"[\s-]?(?:foot|feet|ft)[\s-]{1,2}|['’]\s?")


def _feet_and_inches(text: str, numbers: list[Quantity]) -> Iterator[Quantity]:
    """The numbers, 6-foot-6 being one."""
    at = 0
    while at < len(numbers):
        number, at = numbers[at], at + 1
        if at < len(numbers) and _INCHES.fullmatch(text[number.span.end : numbers[at].span.start]):
            inches = numbers[at]
            feet = (
                rounded(number.values[0] + inches.values[0] / 12)
                if number.values and inches.values
                else 0
            )
            if 0 < feet - number.values[0] < 1:
                span = Span(number.span.start, inches.span.end)
                parts = (number.values[0], inches.values[0])
                yield replace(
                    number, span=span, values=(feet,), parts=parts, unit=frozenset(["foot"])
                )
                at += 1
                continue
        yield number


_AS_NUMBER = frozenset(["number", "ordinal", "magnitude"])


def _number(text: str, items: list[Item], at: int, language: str) -> tuple[Quantity | None, int]:
    """The number that begins with the item *at*, and where the next may begin."""
    item = items[at]
    if item.kind == "digits":
        return _in_digits(text, items, at, language)
    loose = [float(v) for v in item.means("loose")]
    number = [float(v) for v in item.means("number") + item.means("ordinal")]
    magnitude = [float(v) for v in item.means("magnitude")]
    if loose and not magnitude:
        return _loose(text, items, at, (*loose, *number))
    if not number and not magnitude:
        return None, at + 1
    run = Run()
    end, ordinal = item.start, False
    start = item.start
    while at < len(items):
        item = items[at]
        kinds = {m.kind for m in item.meanings}
        kind = "magnitude" if "magnitude" in kinds else "number"
        if not kinds & _AS_NUMBER or not _together(text[end : item.start], end > start, run):
            break
        value = float(
            next(
                m.value
                for m in item.meanings
                if m.kind in _AS_NUMBER and (m.kind == "magnitude") == (kind == "magnitude")
            )
        )
        if not run.take(kind, value, inverted=text[item.start] == "و"):
            break
        ordinal |= "ordinal" in kinds and "number" not in kinds
        end = item.end
        at += 1
    small = not run.total and (run.value < 2 or (ordinal and run.value <= 3))
    weight = Weight.LOOSE if small or (not run.counted and run.value == 100) else Weight.WORD
    values = (run.value, rounded(1 / run.value)) if ordinal and run.value > 2 else (run.value,)
    return Quantity(Span(start, end), values, weight, factor=run.factor), at


def _together(gap: str, later: bool, run: Run) -> bool:
    if not later or gap in _GAP:
        return True
    return gap.strip(" \u00a0").casefold() in _JOINERS and run.last >= 100


def _loose(
    text: str, items: list[Item], at: int, values: tuple[float, ...]
) -> tuple[Quantity | None, int]:
    """A word such as *half* or *a*, with the magnitude behind it."""
    item, after = items[at], at + 1
    if after < len(items) and (more := items[after].means("magnitude")):
        gap = text[item.end : items[after].start].strip()
        if gap in ("", "-", "a", "de", "of", "di") and values[0] < 100:
            factor = float(more[0])
            multiplied = tuple(rounded(v * factor) for v in values)
            return (
                Quantity(
                    Span(item.start, items[after].end), multiplied, Weight.WORD, factor=factor
                ),
                after + 1,
            )
    end = item.end
    if values[0] < 1 and after < len(items) and _is_article(text, items[after], end):
        end, after = items[after].end, after + 1
    return Quantity(Span(item.start, end), values, Weight.LOOSE), after


def _is_article(text: str, item: Item, end: int) -> bool:
    """Whether *item* is the *a* of *half a mile* that ends at *end*."""
    return item.kind == "loose" and item.value == "1" and text[end : item.start] == " "


def _in_digits(text: str, items: list[Item], at: int, language: str) -> tuple[Quantity | None, int]:
    """A number in digits, with the magnitudes behind it."""
    item = items[at]
    values, parts = _values(item.value, language)
    end, factor = item.end, 1.0
    at += 1
    while at < len(items) and (more := items[at].means("magnitude")):
        if text[end : items[at].start].strip(" \u00a0\u202f-.") not in ("", "de", "di"):
            break
        factor *= float(more[0])
        end = items[at].end
        at += 1
    if factor == 1 and (short := _SHORT.match(text, end)):
        letter = short[1].casefold()
        other = tuple(rounded(v * _FACTORS[letter]) for v in values)
        values = (
            (*other, *values)
            if letter != "m" or _after_sign(text, item.start)
            else (*values, *other)
        )
        end = short.end(1) if letter != "m" or _after_sign(text, item.start) else end
    elif factor == 1 and values and len(item.value) == 4 and _ZONE.match(text, end):
        parts = divmod(values[0], 100)
        values = (rounded(parts[0] + parts[1] / 100), *values)
    elif factor != 1:
        year = values if len(item.value) == 4 and 1800 < values[0] < 2100 else ()
        values, parts = (*(rounded(v * factor) for v in values), *year), ()
    clock = _is_clock(text, item)
    weight = _weight(text, item, values)
    period = _period(text, end, values) if factor == 1 else ""
    return (
        Quantity(
            Span(item.start, end), values, weight, parts, factor=factor, clock=clock, period=period
        ),
        at,
    )


_ZONE = re.compile(r" ?(?:GMT|UTC|BST|E[SD]T|CES?T|hours|hrs)\b")
_MINUTES = re.compile(r"[h:时時시][ ]?$")
_SET_PHRASE = re.compile(r"24/7|50[/-]50")


def _weight(text: str, item: Item, values: tuple[float, ...]) -> Weight:
    """What a number in digits says, where it has no counterpart."""
    if values == (0.0,) and _MINUTES.search(text[max(0, item.start - 2) : item.start]):
        return Weight.LOOSE
    if "/" in (around := text[max(0, item.start - 3) : item.end + 3]) or "-" in around:
        for phrase in _SET_PHRASE.finditer(text, max(0, item.start - 3), item.end + 3):
            if phrase.start() <= item.start < phrase.end():
                return Weight.LOOSE
    return Weight.WORD if _glued(text, item.start) else Weight.DIGITS


_SHORT = re.compile(r"[ ]?(k|m|bn|mn|tn|b)\b(?!')", re.IGNORECASE)
_FACTORS = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}


def _after_sign(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in "$€£¥"


def _values(written: str, language: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The readings of digits, and the numbers they may be apart."""
    if written[0] == "=":
        return tuple(float(reading) for reading in written[1:].split("|")), ()
    if written[-1] in FRACTIONS:
        whole = float(ascii_digits(written[:-1])) if len(written) > 1 else 0.0
        return (rounded(whole + FRACTIONS[written[-1]]),), ()
    plain = ascii_digits(written)
    pieces = re.split(r"\D", plain)
    parts = tuple(float(piece) for piece in pieces) if len(pieces) > 1 else ()
    if ":" in plain or "：" in plain:
        return (float(f"{pieces[0]}.{pieces[1]}"),), parts
    found = readings(plain)
    if len(found) > 1 and (
        ("." not in plain and language in _COMMA_GROUPS) or plain.endswith("000")
    ):
        found = found[:1]
    return found, parts


def _glued(text: str, start: int) -> bool:
    """Whether the number is part of a name: G20, COVID-19."""
    before = text[max(0, start - 2) : start]
    if before[-1:] in ("-", "‑"):
        before = before[:-1]
    return before[-1:].isalpha() and before[-1:].upper() != before[-1:].lower()


_HOUR = re.compile(r"h\d\d(?!\d)")


def _is_clock(text: str, item: Item) -> bool:
    """Whether it is a time of day with a colon, or the hour of 16h40."""
    return ":" in item.value or "：" in item.value or bool(_HOUR.match(text, item.end))


def _period(text: str, end: int, values: tuple[float, ...]) -> str:
    match = _MERIDIEM.match(text, end)
    return f"{match[1].lower()}m" if match else ""


def _beside(
    text: str, items: list[Item], number: Quantity, first: int, after: int, language: str
) -> Quantity:
    """*number* with the unit, currency or time of day that stands beside it."""
    unit: frozenset[str] = frozenset()
    currency: frozenset[str] = frozenset()
    place = Span(0, 0)
    if after < len(items):
        item = items[after]
        between = text[number.span.end : item.start]
        if item.means("unit") and _BETWEEN_UNIT.fullmatch(between):
            unit = _units(item)
            place = Span(item.start, item.end)
        if item.means("currency") and len(between) < 16 and _BETWEEN_CURRENCY.fullmatch(between):
            currency = _currencies(item)
            place = Span(item.start, item.end)
    if first and not (unit or currency):
        item = items[first - 1]
        between = text[item.end : number.span.start]
        if item.means("currency") and between in _GAP:
            currency, place = _currencies(item), Span(item.start, item.end)
        if (
            (
                (language in _UNIT_FIRST and item.means("unit"))
                or item.value in ("percent", "permille")
            )
            and between in _GAP
            and item.end - item.start != 7
        ):
            unit, place = _units(item), Span(item.start, item.end)
    if (number.values == (100.0,) and "percent" in unit) or (
        number.values == (24.0,) and "hour" in unit
    ):
        number = replace(number, weight=min(number.weight, Weight.WORD))
    period = number.period or _near_period(text, items, number, first, after, language)
    if unit or currency or period != number.period:
        return replace(number, unit=unit, currency=currency, beside=place, period=period)
    return number


_UNIT_FIRST = frozenset(["ar", "he"])
"""Languages that may say the number behind what it counts."""

_DISTANCE = {
    "kilometer-per-hour": "kilometer",
    "mile-per-hour": "mile",
    "meter-per-second": "meter",
}
"""The hour of a speed is often said elsewhere."""


def _units(item: Item) -> frozenset[str]:
    found = item.means("unit")
    return frozenset([*found, *(_DISTANCE[unit] for unit in found if unit in _DISTANCE)])


def _currencies(item: Item) -> frozenset[str]:
    found: set[str] = set()
    for value in item.means("currency"):
        found |= FAMILIES.get(value, frozenset([value]))
    return frozenset(found)


def _near_period(
    text: str, items: list[Item], number: Quantity, first: int, after: int, language: str
) -> str:
    """The time of day that is said right before or behind an hour."""
    if not number.values or not 0 <= number.values[-1] <= 24 or number.factor != 1:
        return ""
    before = language in _PERIOD_FIRST
    for index in (first - 1, after) if before else (after, first - 1, after + 1, first - 2):
        if 0 <= index < len(items) and (said := items[index].means("period")):
            item = items[index]
            ahead = index < first
            between = (
                text[item.end : number.span.start] if ahead else text[number.span.end : item.start]
            )
            if len(between) < 16 and not _BREAK.search(between.strip(". ")):
                return said[0]
    return ""


_PERIOD_FIRST = frozenset(["zh", "ja", "ko", "hi"])
"""Languages that say the time of day before the hour."""

_BREAK = re.compile("[.,;،。、～~–—]")


_BEFORE_MONTH = re.compile(
    r"(?:\d(?:st|nd|rd|th|\.)?(?: of)?|\b(?:in|of|last|next|this|since|until|till|by|from|early|late|mid|and|to|between|before|after|during|every|through))[ \-]$",
    re.IGNORECASE,
)


def _is_month(text: str, item: Item, language: str) -> bool:
    """Whether a word that is also another one is a month here."""
    if item.kind == "short-month":
        near = text[max(0, item.start - 4) : item.start] + text[item.end : item.end + 4]
        return any(sign.isdecimal() for sign in near)
    if language != "en":
        return True
    written = text[item.start : item.end]
    if written.casefold() not in ("may", "march"):
        return written[0].isupper()
    if not written[0].isupper():
        return False
    before = text[max(0, item.start - 12) : item.start]
    return bool(_BEFORE_MONTH.search(before) or re.match(r",? \d", text[item.end : item.end + 4]))


__all__ = ["Mention", "Quantities", "Quantity", "Weight", "read"]
