"""The quantities of a text: its numbers with what they count, its months and weekdays."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from mtclean.languages.language import primary
from mtclean.rules.bilingual.quantities import han
from mtclean.rules.bilingual.quantities.items import GAP, Item, items_of
from mtclean.rules.bilingual.quantities.notation import FRACTIONS, ascii_digits, readings, rounded
from mtclean.rules.bilingual.quantities.run import Run
from mtclean.rules.bilingual.quantities.words import FAMILIES
from mtclean.text import Span
from mtclean.text.placeholders import placeholders


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
    period: frozenset[str] = frozenset()
    beside: Span = Span(0, 0)
    """Where the unit or currency stands."""

    @property
    def is_dual(self) -> bool:
        """Whether one word is both the number and what it counts, as Arabic and Hebrew say *two weeks*."""
        return self.beside == self.span


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


_NO_PROSE = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,64}\.\S+|[@#](?:[A-Za-z_][A-Za-z0-9_]*|[^\W\d]\w*)|\{[^{}]*\}|</?[A-Za-z][^<>]*>|&#?\w+;"
)


_IN_NO_PROSE = ("@", "#", "{", "<", "&", "://", "www")
"""What :data:`_NO_PROSE` has, one of them; to look for each takes a tenth of the time of an expression for all."""
_MAY_BE_PLACEHOLDER = re.compile(r"%[\w(<{%.]|\$[{t]")


_BETWEEN_UNIT = re.compile(
    r"[\s.\-‑\u00a0\u202f\u200e\u200f()]{0,3}(?:(?:de|d'|d’|di|of|a|an)\s?)?"
)


_BETWEEN_CURRENCY = re.compile(
    r"[\s.\-‑\u00a0\u202f\u200e\u200f]{0,3}(?:[^\W\d_]{1,11}[\s'’]){0,2}"
)


_BEFORE_AMOUNT = re.compile(r"[\s\-\u00a0\u202f\u200e\u200f]{0,3}")
_JOINERS = frozenset(
    [
        "و",
        "lẻ",
        "linh",
        "and",
        "y",
        "e",
        "et",
        "und",
        "og",
        "en",
        "och",
        "i",
        "és",
        "și",
        "και",
        "ve",
        "и",
        "і",
    ]
)


_MERIDIEM = re.compile(r"[\s\u00a0\u202f]?([ap])\.?[ ]?m\b", re.IGNORECASE)


_COMMA_GROUPS = frozenset(["en", "ja", "zh", "ko", "he", "hi"])
"""Languages in which a comma is no decimal sign."""


def _prose(text: str, families: Collection[str]) -> str:
    """*text* with links, handles, tags and placeholders blanked out, those of these *families* among them."""
    if any(map(text.__contains__, _IN_NO_PROSE)):
        text = _NO_PROSE.sub(_blank, text)
    if families or (("%" in text or "$" in text) and _MAY_BE_PLACEHOLDER.search(text)):
        for span in placeholders(text, families):
            text = text[: span.start] + "\n" * (span.end - span.start) + text[span.end :]
    return text


def _blank(match: re.Match[str]) -> str:
    return "\n" * len(match[0])


MOST = 500
"""Digits and words for quantities from which a text is a table, whose cells nothing tells apart: none of it is read."""


@lru_cache(maxsize=256)
def read(text: str, language: str, families: frozenset[str] = frozenset()) -> Quantities:
    """The quantities of *text* in *language*, an identifier as in :mod:`mtclean.languages`.

    *families* are the families of placeholders that its file shows to be a program's (:class:`mtclean.text.Evidence`).
    """
    text = _prose(text, families)
    main = primary(language)
    items = [*(han.items_of if main in han.LANGUAGES else items_of)(text, language)]
    found = Quantities()
    if len(items) > MOST:
        return found
    for number in _numbers(text, items, main):
        found.numbers.append(number)
    for item in items:
        if item.kind in ("month", "short-month") and _is_month(text, item, main):
            found.months.append(Mention(int(item.value), Span(item.start, item.end)))
        elif item.kind == "weekday":
            found.weekdays.append(Mention(int(item.value), Span(item.start, item.end)))
    return found


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
    for at in range(len(numbers) - 1):
        numbers[at] = _in_range(text, numbers[at], numbers[at + 1])
    yield from _feet_and_inches(text, numbers)


_RANGE = re.compile(r"\s?(?P<dash>[-–—~～〜至到])\s?|\s[^\W\d_]{1,4}\s")


def _in_range(text: str, number: Quantity, following: Quantity) -> Quantity:
    """*number* with what it shares with the *following* one: two to three million miles; seasons 1-3 are the first three, so of the 1 nothing need be there."""
    between = _RANGE.fullmatch(text, number.span.end, following.span.start)
    if number.weight is Weight.LOOSE or not between:
        return number
    if between["dash"] and number.values == (1.0,) < following.values:
        number = replace(number, weight=Weight.WORD)
    if following.factor != 1 and number.factor == 1:
        shared = (rounded(value * following.factor) for value in number.values)
        number = replace(number, values=(*number.values, *shared))
    if (following.unit or following.currency) and not (number.unit or number.currency):
        unit, currency = following.unit, following.currency
        number = replace(number, unit=unit, currency=currency, beside=following.beside)
    return number


_INCHES = re.compile(r"[\s-]?(?:foot|feet|ft)[\s-]{1,2}|['’]\s?")


def _feet_and_inches(text: str, numbers: list[Quantity]) -> Iterator[Quantity]:
    """The numbers, 6-foot-6 being one."""
    at = 0
    while at < len(numbers):
        number, at = numbers[at], at + 1
        if at < len(numbers) and (whole := _with_inches(text, number, numbers[at])):
            number, at = whole, at + 1
        yield number


def _with_inches(text: str, number: Quantity, inches: Quantity) -> Quantity | None:
    """The *number* of feet with the *inches* behind it; nothing where it is none."""
    if not _INCHES.fullmatch(text[number.span.end : inches.span.start]):
        return None
    if not (number.values and inches.values and 0 < inches.values[0] < 12):
        return None
    feet = rounded(number.values[0] + inches.values[0] / 12)
    return replace(
        number,
        span=Span(number.span.start, inches.span.end),
        values=(feet,),
        parts=(number.values[0], inches.values[0]),
        unit=frozenset(["foot"]),
    )


_AS_NUMBER = frozenset(["number", "ordinal", "magnitude"])
_BEGINNING = _AS_NUMBER | {"dual", "loose", "plus"}
"""What the first word of a number may mean."""


def _number(text: str, items: list[Item], at: int, language: str) -> tuple[Quantity | None, int]:
    """The number that begins with the item *at*, and where the next may begin."""
    item = items[at]
    if item.kind == "digits":
        return _in_digits(text, items, at, language)
    if not any(meaning.kind in _BEGINNING for meaning in item.meanings):
        return None, at + 1
    if two := item.means("dual"):
        span = Span(item.start, item.end)
        return Quantity(span, (2.0,), Weight.LOOSE, unit=frozenset(two), beside=span), at + 1
    loose = [float(v) for v in item.means("loose")]
    number = [float(v) for v in item.means("number") + item.means("ordinal")]
    magnitude = [float(v) for v in item.means("magnitude")]
    start, run, end = item.start, Run(), item.start
    if (more := item.means("plus")) and _begins_number(text, items, at):
        at += 1
        run.take("number", float(items[at].value) + float(more[0]))
        end, at = items[at].end, at + 1
    elif loose and not magnitude:
        magnitude_at = _multiplied(text, items, at)
        if not magnitude_at:
            return _loose(text, items, at, (*loose, *number))
        run.take("number", loose[0])
        end, at = items[magnitude_at].start, magnitude_at
    elif not number and not magnitude:
        return None, at + 1
    end, at, ordinal = _take_in(text, items, at, end, run)
    small = not run.total and (run.value < 2 or (ordinal and run.value <= 3))
    weight = Weight.LOOSE if small or (not run.counted and run.value == 100) else Weight.WORD
    values: tuple[float, ...] = (run.value,)
    if ordinal and run.value > 2:
        values = (*values, rounded(1 / run.value))
    if loose and loose[0] >= 10 and run.factor > 100:
        values = (*values, run.factor)  # tens of millions are millions
    return Quantity(Span(start, end), values, weight, factor=run.factor), at


def _take_in(text: str, items: list[Item], at: int, end: int, run: Run) -> tuple[int, int, bool]:
    """Take the words from *at* on into *run*: where they end, which item is next, and whether the number is an ordinal."""
    ordinal = False
    while at < len(items):
        item = items[at]
        values = {m.kind: m.value for m in reversed(item.meanings) if m.kind in _AS_NUMBER}
        if not values or not _together(text[end : item.start], run):
            break
        kind = next(kind for kind in ("magnitude", "number", "ordinal") if kind in values)
        if not run.take(kind, float(values[kind]), inverted=text[item.start] == "و"):
            break
        ordinal |= kind == "ordinal"
        end = item.end
        at += 1
    return end, at, ordinal


def _together(gap: str, run: Run) -> bool:
    """Whether *gap* parts no number: a space, a hyphen, or an *and* behind hundreds."""
    return gap in GAP or (run.last >= 100 and gap.strip(" \u00a0").casefold() in _JOINERS)


def _begins_number(text: str, items: list[Item], at: int) -> bool:
    """Whether the word behind the word *at* is a number: that *at* adds a part to."""
    if at + 1 >= len(items) or text[items[at].end : items[at + 1].start] not in GAP:
        return False
    return items[at + 1].kind == "number"


def _multiplied(text: str, items: list[Item], at: int) -> int:
    """Where the magnitude is that follows the word *at*: *half a million*, *a hundred*; 0 where there is none."""
    end = items[at].end
    for index in range(at + 1, min(at + 3, len(items))):
        if text[end : items[index].start].strip() not in ("", "-", "de", "of", "di"):
            return 0
        if items[index].means("magnitude"):
            return index if float(items[at].value) < 100 else 0
        if not _is_article(text, items[index], end):
            return 0
        end = items[index].end
    return 0


def _loose(
    text: str, items: list[Item], at: int, values: tuple[float, ...]
) -> tuple[Quantity | None, int]:
    """A word such as *half* or *a*."""
    item, after = items[at], at + 1
    end = item.end
    if values[0] < 1 and after < len(items) and _is_article(text, items[after], end):
        end, after = items[after].end, after + 1
    return Quantity(Span(item.start, end), values, Weight.LOOSE), after


def _is_article(text: str, item: Item, end: int) -> bool:
    """Whether *item* is the *a* of *half a mile* that ends at *end*."""
    return item.kind == "loose" and item.value == "1" and text[end : item.start] == " "


def _in_digits(text: str, items: list[Item], at: int, language: str) -> tuple[Quantity, int]:
    """A number in digits, with the magnitudes behind it."""
    item = items[at]
    values, parts = _values(item.value, language)
    end, factor, at = _magnitude(text, items, at)
    if factor != 1:
        year = values if len(item.value) == 4 and 1800 < values[0] < 2100 else ()
        values, parts = (*(rounded(v * factor) for v in values), *year), ()
    elif (
        at < len(items) and (either := items[at].means("magnitude")) and items[at].start <= end + 1
    ):
        values = (*values, *(rounded(v * float(either[0])) for v in values))
    elif short := _SHORT.match(text, end):
        scaled = tuple(rounded(v * _FACTORS[short[1].casefold()]) for v in values)
        if short[1].casefold() in _AMBIGUOUS and not _after_sign(text, item.start):
            values = (*values, *scaled)
        else:
            values, end = (*scaled, *values), short.end(1)
    elif values and len(item.value) == 4 and _ZONE.match(text, end):
        hour, minute = divmod(values[0], 100)
        values, parts = (rounded(hour + minute / 100), *values), (hour, minute)
    meridiem = _MERIDIEM.match(text, end) if factor == 1 else None
    if meridiem:
        end = meridiem.end()
    while at < len(items) and items[at].start < end:
        at += 1
    number = Quantity(
        Span(item.start, end),
        values,
        _weight(text, item, values),
        parts,
        factor=factor,
        clock=_is_clock(text, item),
        period=frozenset([f"{meridiem[1].lower()}m"] if meridiem else []),
    )
    return number, at


def _magnitude(text: str, items: list[Item], at: int) -> tuple[int, float, int]:
    """Where the magnitudes end that follow the digits *at*, what they come to, and which item is next."""
    end, factor = items[at].end, 1.0
    at += 1
    while at < len(items) and (more := items[at].means("magnitude")):
        if text[end : items[at].start].strip(" \u00a0\u202f-.") not in ("", "de", "di"):
            break
        if items[at].means("unit") and text[items[at].end : items[at].end + 1] != ".":
            break  # Czech “mil” is miles, “mil.” millions; Portuguese “mi” is either
        factor *= float(more[0])
        end = items[at].end
        at += 1
    return end, factor, at


_ZONE = re.compile(r" ?(?:GMT|UTC|BST|E[SD]T|CES?T|hours|hrs)\b")


_MINUTES = re.compile(r"[h:时時시][ ]?$")


_SET_PHRASE = re.compile(r"24/7|50[/-]50|(?<!\d)1[:∶]1(?!\d)|(?<!\d)18\+")


def _weight(text: str, item: Item, values: tuple[float, ...]) -> Weight:
    """What a number in digits says, where it has no counterpart."""
    if values == (0.0,) and _MINUTES.search(text[max(0, item.start - 2) : item.start]):
        return Weight.LOOSE
    if any(sign in text[max(0, item.start - 3) : item.end + 3] for sign in "/-:∶+"):
        for phrase in _SET_PHRASE.finditer(text, max(0, item.start - 3), item.end + 3):
            if phrase.start() <= item.start < phrase.end():
                return Weight.LOOSE
    return Weight.WORD if _glued(text, item.start) else Weight.DIGITS


_SHORT = re.compile(r"[ ]?(k|m|bn|mn|tn|b)\b(?!')", re.IGNORECASE)


_FACTORS = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}


_AMBIGUOUS = frozenset("mb")
"""Letters that are a magnitude behind an amount of money, and otherwise may be meters and the second part of something."""


def _after_sign(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in "$€£¥"


def _values(written: str, language: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The readings of digits, and the numbers they may be apart."""
    if written[0] == "=":
        return tuple(float(reading) for reading in written[1:].split("|")), ()
    if written[-1] in FRACTIONS:
        wholes = readings(ascii_digits(written[:-1])) if len(written) > 1 else (0.0,)
        return tuple(rounded(whole + FRACTIONS[written[-1]]) for whole in wholes), ()
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
    if found and found[0] >= 1000 and found[0] == float("".join(pieces)):
        if " " not in plain or not all(parts):
            parts = ()  # the signs are between thousands; blanks may be those of a telephone number
    elif len(pieces) == 2 and pieces[0] == "0" and len(pieces[1]) == 1:
        parts = ()  # no minutes, and no month
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


def _beside(
    text: str, items: list[Item], number: Quantity, first: int, after: int, language: str
) -> Quantity:
    """*number* with the unit, currency or time of day that stands beside it."""
    if number.is_dual:
        return number
    unit: frozenset[str] = frozenset()
    currency: frozenset[str] = frozenset()
    place = Span(0, 0)
    if after < len(items):
        item = items[after]
        between = text[number.span.end : item.start]
        if item.means("unit") and not number.clock and _BETWEEN_UNIT.fullmatch(between):
            unit = _units(item)
            place = Span(item.start, item.end)
        if item.means("currency") and len(between) < 16 and _BETWEEN_CURRENCY.fullmatch(between):
            currency = _currencies(item)
            place = Span(item.start, item.end)
    if first and not (unit or currency):
        item = items[first - 1]
        between = text[item.end : number.span.start]
        if item.means("currency") and _BEFORE_AMOUNT.fullmatch(between):
            currency, place = _currencies(item), Span(item.start, item.end)
        if item.means("unit") and between in GAP and _stands_first(text, item, language):
            unit, place = _units(item), Span(item.start, item.end)
    if (number.values == (100.0,) and "percent" in unit) or (
        number.values == (24.0,) and "hour" in unit
    ):
        number = replace(number, weight=min(number.weight, Weight.WORD))
    period = number.period or _near_period(text, items, number, first, after, language)
    if not (unit or currency) and _is_age(text, items, number, first, language):
        unit = frozenset(["year"])
    if unit or currency or period != number.period:
        return replace(number, unit=unit, currency=currency, beside=place, period=period)
    return number


_BEHIND_NAME = re.compile(r"[A-Z][\w'’.-]{0,30}, $")
_BEFORE_AGE = re.compile(r"\b(?:am|are|is|was|were|turn(?:ed|s)?) $")
_BEHIND_AGE = re.compile(r" (?:when|at the time)\b")
_OLDEST = 120


def _is_age(text: str, items: list[Item], number: Quantity, first: int, language: str) -> bool:
    """Whether *number* counts years without saying so: *aged 17*, and *Anna Berg, 62,* and *he was 17 when* in English."""
    start, end = number.span
    if number.weight is not Weight.DIGITS or not 0 < max(number.values, default=0) <= _OLDEST:
        return False
    if first and items[first - 1].means("age") and text[items[first - 1].end : start] in GAP:
        return True
    if language != "en":
        return False
    before = text[max(0, start - 34) : start]
    if text[end : end + 1] == ",":
        return bool(_BEHIND_NAME.search(before))
    return bool(_BEHIND_AGE.match(text, end) and _BEFORE_AGE.search(before))


def _stands_first(text: str, item: Item, language: str) -> bool:
    """Whether the unit *item* may be that of the number behind it."""
    if item.value in ("percent", "permille"):
        return language in ("tr", "zh", "ja") or not text[item.start].isalpha()
    return language in ("ar", "he")


_DISTANCE = {
    "kilometer-per-hour": "kilometer",
    "mile-per-hour": "mile",
    "meter-per-second": "meter",
}
"""The hour of a speed is often said elsewhere."""


def _units(item: Item) -> frozenset[str]:
    found = item.means("unit")
    if "generic" in found:
        found = [*found, "celsius", "fahrenheit"]
    return frozenset([*found, *(_DISTANCE[unit] for unit in found if unit in _DISTANCE)])


def _currencies(item: Item) -> frozenset[str]:
    found: set[str] = set()
    for value in item.means("currency"):
        found |= FAMILIES.get(value, frozenset([value]))
    return frozenset(found)


def _near_period(
    text: str, items: list[Item], number: Quantity, first: int, after: int, language: str
) -> frozenset[str]:
    """The time of day that is said right before or behind an hour."""
    if not number.values or not 0 <= number.values[-1] <= 24 or number.factor != 1:
        return frozenset()
    before = language in _PERIOD_FIRST
    for index in (first - 1, after) if before else (after, first - 1, after + 1, first - 2):
        if 0 <= index < len(items) and (said := items[index].means("period")):
            item = items[index]
            ahead = index < first
            between = (
                text[item.end : number.span.start] if ahead else text[number.span.end : item.start]
            )
            if len(between) < 16 and not _BREAK.search(between.strip(". ")):
                return frozenset(said)
    return frozenset()


_PERIOD_FIRST = frozenset(["zh", "ja", "ko", "hi"])
"""Languages that say the time of day before the hour."""


_BREAK = re.compile("[.,;،。、～~–—]")


_BEFORE_MONTH = re.compile(
    r"(?:\d(?:st|nd|rd|th|\.)?(?: of)?|\b(?:[a-z]+est|each|following|previous|in|of|last|next|this|since|until|till|by|from|early|late|mid|and|to|between|before|after|during|every|through))[ \-]$",
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
