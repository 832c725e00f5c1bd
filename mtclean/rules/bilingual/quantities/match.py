"""Which number of a translation is which of its source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from mtclean.languages.language import language, primary
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.quantities.reader import Quantities, Quantity, Weight, read
from mtclean.rules.bilingual.quantities.units import is_conversion
from mtclean.rules.bilingual.quantities.words import words


@dataclass(frozen=True, slots=True)
class Matching:
    """The quantities of both texts, the numbers that are the same, and those of either text that are left.

    Where the number words of a language are not known, only digits are left, and not even those of one text alone.
    """

    source: Quantities
    target: Quantities
    same: tuple[tuple[Quantity, Quantity], ...]
    source_left: tuple[Quantity, ...]
    target_left: tuple[Quantity, ...]


# All rules of quantities ask in turn.
@lru_cache(maxsize=2)
def match(pair: Pair) -> Matching:
    """Match the numbers of *pair*, one to one."""
    source, target = pair.source.text, pair.target.text
    source_language, target_language = (language(code).code for code in pair.languages)
    given = read(source, source_language, pair.source.batch.families)
    made = read(target, target_language, pair.target.batch.families)
    # Of a choice the forms are as many as the language has, and so are the numbers that say which is for what: ]1,4].
    if pair.is_choice or not (given.numbers or made.numbers):
        return Matching(given, made, (), (), ())
    same, left, over = _equal(given.numbers, made.numbers)
    if pair.number is not None:  # which its form says with or without a number
        left, over = ([n for n in side if pair.number not in n.values] for side in (left, over))
    if left or over:
        for alike in (_converted, _alike):
            left, over = _pair_off(left, over, alike, same)
        left, over = _taken_apart(left, made, given), _taken_apart(over, given, made)
        left, over = (
            _without_repeated(left, made, len(over)),
            _without_repeated(over, given, len(left)),
        )
        left = [n for n in left if _repeated(n, made) or not _in_word(n, target, target_language)]
        over = [n for n in over if _repeated(n, given) or not _in_word(n, source, source_language)]
        if not (words(source_language).phrases and words(target_language).phrases):
            left, over = _in_digits_on_both_sides(left, over)
    return Matching(given, made, tuple(same), tuple(left), tuple(over))


def _in_digits_on_both_sides(
    left: list[Quantity], over: list[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """As many numbers in digits of both as there are of either: the others may be a word in the other text."""
    left, over = ([n for n in side if n.weight is Weight.DIGITS] for side in (left, over))
    if len(left) != len(over):
        return [], []
    return left, over


def _equal(
    source: list[Quantity], target: list[Quantity]
) -> tuple[list[tuple[Quantity, Quantity]], list[Quantity], list[Quantity]]:
    """Numbers with a reading in common, the heaviest first, then the nearest; and what is left and says something."""
    free = dict.fromkeys(range(len(source)))
    same: list[tuple[Quantity, Quantity]] = []
    over: list[tuple[int, Quantity]] = []
    places: defaultdict[float, list[int]] = defaultdict(list)
    for at, number in enumerate(source):
        for value in number.values:
            places[value].append(at)
    hours = _same_hours(source, target)
    for index, at in hours.items():
        del free[at]
        same.append((source[at], target[index]))
    ordered = sorted(enumerate(target), key=lambda item: -item[1].weight)
    for index, number in ordered:
        if index in hours:
            continue
        candidates = {at for value in number.values for at in places.get(value, ()) if at in free}
        if candidates:
            where = index / len(target)
            best = min(candidates, key=lambda at: _strangeness(source, at, number, where))
            del free[best]
            same.append((source[best], number))
        elif number.weight > Weight.LOOSE:
            over.append((index, number))
    left = [source[at] for at in free if source[at].weight > Weight.LOOSE]
    return same, left, [number for _, number in sorted(over, key=lambda item: item[0])]


def _same_hours(source: list[Quantity], target: list[Quantity]) -> dict[int, int]:
    """The places of hours in *target* that are said by 12 in one text and by 24 in the other, and those in *source*."""
    found: dict[int, int] = {}
    for index, number in enumerate(target):
        if number.period or number.clock:
            free = (n for n in range(len(source)) if n not in found.values())
            at = next((n for n in free if _is_same_hour(source[n], number)), None)
            if at is not None:
                found[index] = at
    return found


def _strangeness(
    source: list[Quantity], at: int, number: Quantity, where: float
) -> tuple[int, bool, float]:
    """What speaks against the number *at* of *source* being *number*, which stands at the share *where* of its text's."""
    other = source[at]
    as_heavy = -other.weight if number.weight > Weight.LOOSE else other.weight
    return as_heavy, not _in_agreement(other, number), abs(at / len(source) - where)


def _in_agreement(one: Quantity, other: Quantity) -> bool:
    """Whether what the two count is not known to be different."""
    return not (
        (one.unit and other.unit and not one.unit & other.unit)
        or (one.currency and other.currency and not one.currency & other.currency)
    )


def _pair_off(
    left: list[Quantity],
    over: list[Quantity],
    alike: Callable[[Quantity, Quantity], bool],
    same: list[tuple[Quantity, Quantity]],
) -> tuple[list[Quantity], list[Quantity]]:
    """Take pairs that are *alike* away from both lists, and put them into *same*."""
    remaining: list[Quantity] = []
    over = list(over)
    for number in left:
        found = next((other for other in over if alike(number, other)), None)
        if found is None:
            remaining.append(number)
        else:
            over.remove(found)
            same.append((number, found))
    return remaining, over


def _converted(source: Quantity, target: Quantity) -> bool:
    """Whether the one is the other in another unit."""
    return any(
        is_conversion(value, unit, other, into)
        for unit in source.unit
        for into in target.unit
        for value in source.values
        for other in target.values
    )


def _is_same_hour(one: Quantity, other: Quantity) -> bool:
    """Whether one is an hour of the afternoon by 24 hours, and the other by 12 with the time of day."""
    if not (one.values and other.values and one.factor == other.factor == 1):
        return False
    if not (_is_hour(one) and _is_hour(other)) or not (one.period or other.period):
        return False
    apart = abs(one.values[-1] - other.values[-1])
    return abs(apart - 12) < 1e-6 and max(one.values[-1], other.values[-1]) < 25


def _is_hour(number: Quantity) -> bool:
    return bool(
        number.clock or number.period or "hour" in number.unit or number.weight is Weight.DIGITS
    )


def _alike(source: Quantity, target: Quantity) -> bool:
    """Whether two numbers are the same written otherwise: an hour of the afternoon, a year in short, lakhs for millions."""
    if _is_same_hour(source, target):
        return True
    for one, other in ((source, target), (target, source)):
        for value in one.values:
            for less in other.values:
                if 1000 <= value < 2100 and 0 <= less < 100 and value % 100 == less:
                    return True
                if (
                    {value, less} <= _INDIAN
                    and value == one.factor
                    and less == other.factor
                    and less >= value / 10
                ):
                    return True
    return False


_INDIAN = frozenset([1e5, 1e6, 1e7])
"""Many of them are as many in words: lakhs, millions, crores."""


_QUARTERS = frozenset([0.25, 0.5, 4.0])


def _taken_apart(numbers: list[Quantity], others: Quantities, own: Quantities) -> list[Quantity]:
    """*numbers* without those that the other text has otherwise: 4.40 as 4 and 40, 9 as September, 10 miles also as 16 km."""
    found = Otherwise(others, own)
    return [number for number in numbers if not found.has(number)]


_DAYS = 31
_TO_MONTH = 4
"""Signs between a day and its month: *28 de septiembre*."""


class Otherwise:
    """What a text says that the numbers of another, *own*, may be, beside numbers of the same value."""

    def __init__(self, others: Quantities, own: Quantities) -> None:
        self._others = others.numbers
        parts = {part for other in others.numbers for part in other.parts}
        values = {value for other in others.numbers for value in other.values} | parts
        self._parts = parts | {part % 100 for part in parts if part >= 1900}
        self._values = (
            values
            | {value + 12 for value in values if value < 13}
            | {value - 12 for value in values if 12 < value < 25}
        )
        self._loose = {v for n in others.numbers if n.weight is Weight.LOOSE for v in n.values}
        self._months = {m.value for m in others.months} - {m.value for m in own.months}
        self._has_weekday = len(others.weekdays) > len(own.weekdays)
        self._own_months = [month.span for month in own.months]
        self._hours = {
            hour
            for other in others.numbers
            if other.clock or other.period
            for value in other.values
            for hour in (value + 12, value - 12)
        }

    def has(self, number: Quantity) -> bool:
        """Whether *number* is said so."""
        return (
            self._is_date_or_time(number)
            or (12.0 in self._loose and any(value / 12 in self._values for value in number.values))
            or any(
                _converted(number, other) or _converted(other, number)
                for other in self._others
                if other.unit
            )
        )

    def _is_date_or_time(self, number: Quantity) -> bool:
        parts = [part for part in number.parts if part]
        return (
            (bool(parts) and all(self._is_part(part) for part in parts))
            or any(value in self._months or value in self._hours for value in number.values)
            or (number.values[:1] != (0.0,) and any(v in self._parts for v in number.values[:1]))
            or (self._has_weekday and self._is_day_of_month(number))
            or (bool(self._loose & _QUARTERS) and self._is_quarter(number))
        )

    def _is_day_of_month(self, number: Quantity) -> bool:
        """Whether a month stands right behind or before *number*, or it is written as a day: 28 de septiembre, September 28, 28日."""
        if "date" in number.unit or max(number.values, default=0) > _DAYS:
            return "date" in number.unit
        start, end = number.span
        return any(
            0 <= month.start - end <= _TO_MONTH or 0 <= start - month.end <= 1
            for month in self._own_months
        )

    def _is_part(self, part: float) -> bool:
        """Whether a part of a date or time is among the numbers, a year also by its last two digits, or a month."""
        return (
            part in self._values
            or part in self._months
            or (part >= 1900 and part % 100 in self._values)
        )

    def _is_quarter(self, number: Quantity) -> bool:
        """Whether *number* is a time that is said in words: half past five, and *halb sechs*."""
        if number.parts[1:] not in ((15.0,), (30.0,), (45.0,)):
            return False
        hour = number.parts[0]
        return not self._values.isdisjoint({hour, hour + 1, hour - 12, hour - 11})


def _repeated(number: Quantity, others: Quantities) -> bool:
    """Whether the other text has the number, once for twice."""
    return any(value in other.values for other in others.numbers for value in number.values)


def _without_repeated(numbers: list[Quantity], others: Quantities, least: int) -> list[Quantity]:
    """*numbers* without those that the other text has once for twice, of which so many at *least* stay as that has left."""
    kept = list(numbers)
    for number in numbers:
        if len(kept) > least and _repeated(number, others):
            kept.remove(number)
    return kept


@cache
def _stems(language: str) -> dict[float, tuple[str, ...]]:
    """The forms of each number that words may begin with: *drei* of *Dreijährige*, *szesnast* of *szesnastolatek*."""
    found: defaultdict[float, set[str]] = defaultdict(set)
    for form, meanings in words(language).forms("number", "ordinal", "magnitude").items():
        for meaning in meanings:
            if len(form) > 2 and (meaning.kind != "magnitude" or meaning.value == "1000"):
                found[float(meaning.value)].add(form)
            if len(form) > 6 and meaning.kind == "ordinal":
                found[float(meaning.value)].add(form[:-1])
    return {value: tuple(forms) for value, forms in found.items()}


_HAN_SIGNS: dict[float, str] = {
    2: "二两兩双",
    3: "三参",
    4: "四",
    5: "五",
    6: "六",
    7: "七",
    8: "八",
    9: "九",
    10: "十",
    1: "一初首独单",
}


def _in_word(number: Quantity, text: str, language: str) -> bool:
    """Whether *text* has the number as part of a word: *Dreijährige*, 三角."""
    decades = [value % 100 for value in number.values if 1800 <= value < 2100 and value % 10 == 0]
    return any(_stands_in(value, text, language) for value in (*number.values, *decades))


_HEBREW: dict[float, str] = dict(zip(range(1, 11), "אבגדהוזחטי", strict=True))


def _stands_in(value: float, text: str, language: str) -> bool:
    main = primary(language)
    if main == "he" and (letter := _HEBREW.get(value)) and re.search(rf"\b{letter}['׳]", text):
        return True
    if main in ("zh", "ja"):
        return any(sign in text for sign in _HAN_SIGNS.get(value, ""))
    small = text.casefold()
    forms = _forms(value, _stems(language), small)
    return any(re.search(rf"(?<![^\W\d_]){form}", small) for form in forms)


def _forms(value: float, stems: Mapping[float, tuple[str, ...]], text: str) -> Iterator[str]:
    """As patterns, those of the *stems* of *value* that *text* has, or of its two parts, put together: *pětačtyřicet-*, *čtyřtisíc-*."""
    yield from _in(stems.get(value, ()), text)
    for one, other in _parts(value):
        for first in _in(stems.get(one, ()), text):
            for second in _in(stems.get(other, ()), text):
                yield first + _LINK + second


_LINK = r"[^\W\d_]{0,3}"
"""What may stand between two parts: *und*, *a*, an ending."""


def _parts(value: float) -> tuple[tuple[float, float], ...]:
    """The two numbers that a word for *value* is put together of, in the order they are said: 5 and 40, or 40 and 5; 4 and 1,000."""
    ones, thousands = value % 10, value / 1000
    if 20 < value < 100 and ones:
        return (ones, value - ones), (value - ones, ones)
    return ((thousands, 1000),) if 1 < thousands < 100 and not value % 1000 else ()


def _in(forms: Iterable[str], text: str) -> list[str]:
    return [re.escape(form) for form in forms if form in text]
