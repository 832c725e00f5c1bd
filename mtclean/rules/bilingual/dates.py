"""Months, weekdays and times of day of a translation that are not those of its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mtclean.languages.language import primary
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.quantities.match import match
from mtclean.rules.bilingual.quantities.reader import Mention, Quantity, Weight
from mtclean.rules.bilingual.rule import Example, pair_rule
from mtclean.text import Finding, Severity, Span


@pair_rule(
    "month-changed",
    "accuracy.date",
    finds=[
        Example(("de", "en"), "Die Messe beginnt am 3. März.", "The fair begins on May 3.", "May"),
        Example(("en", "pl"), "They moved in June.", "Przeprowadzili się w lipcu.", "lipcu"),
        Example(
            ("ja", "en"),
            "大会は9月25日に開かれる。",
            "The meeting is held on November 25.",
            "November",
        ),
        Example(("cs", "en"), "Byl to nejsušší listopad.", "It was the driest March.", "March"),
    ],
    leaves=[
        Example(("en", "zh"), "The school opens on September 4.", "学校于9月4日开学。"),
        Example(("de", "en"), "Abgabe: 12.10.2021", "Due: October 12, 2021"),
        Example(
            ("en", "cs"), "Theresa May spoke in July.", "Theresa Mayová promluvila v červenci."
        ),
        Example(("ar", "en"), "وصلوا في تشرين الأول.", "They arrived in October."),
        Example(("fr", "en"), "Ils partiront le mois prochain.", "They will leave in August."),
    ],
)
def month_changed(pair: Pair) -> Iterator[Finding]:
    """A month of the translation is another one than in the source.

    The date is wrong, and nothing in the sentence tells.

    Left alone: months as numbers, which may stand for those in words, and texts of which only one names a month.

    Source: CLDR, the names of months; their other cases are mtclean's own.
    """
    found = match(pair)
    same = {source.span for source, _ in found.same}
    written = {
        value
        for number in found.source.numbers
        if number.weight is Weight.DIGITS and number.span not in same
        for value in (*number.values, *number.parts)
    }
    for source, target in _exchanged(found.source.months, found.target.months):
        if target.value not in written:
            yield _finding(pair, source.span, target.span)


@pair_rule(
    "weekday-changed",
    "accuracy.date",
    finds=[
        Example(
            ("ru", "en"),
            "Музей закрыт в понедельник.",
            "The museum is closed on Tuesday.",
            "Tuesday",
        ),
        Example(("en", "pt"), "See you on Friday.", "Até quinta-feira.", "quinta-feira"),
        Example(("zh", "en"), "会议改到星期三。", "The meeting was moved to Thursday.", "Thursday"),
        Example(
            ("ja", "en"),
            "金曜の番組「フライデー・カフェ」",
            "“Friday Café”, on Tuesdays",
            "Tuesdays",
        ),
    ],
    leaves=[
        Example(("en", "ko"), "The shop is closed on Sundays.", "가게는 일요일에 쉽니다."),
        Example(("he", "en"), "הספרייה פתוחה ביום שלישי.", "The library is open on Tuesday."),
        Example(("de", "en"), "Sie kam am Freitag.", "She came yesterday."),
        Example(("en", "pl"), "The Saturday market is full.", "Sobotni targ jest pełny."),
    ],
)
def weekday_changed(pair: Pair) -> Iterator[Finding]:
    """A weekday of the translation is another one than in the source.

    People come on the wrong day.

    Left alone: texts of which only one names a weekday, the other saying *yesterday* or a date.

    Source: CLDR, the names of weekdays; their other cases are mtclean's own.
    """
    found = match(pair)
    for source, target in _exchanged(found.source.weekdays, found.target.weekdays):
        yield _finding(pair, source.span, target.span)


def _exchanged(
    source: Sequence[Mention], target: Sequence[Mention]
) -> Iterator[tuple[Mention, Mention]]:
    """What the one has and the other has not, in order."""
    if source and target:
        yield from zip(_left(source, target), _left(target, source), strict=False)


def _left(mentions: Sequence[Mention], others: Sequence[Mention]) -> list[Mention]:
    """The *mentions* that are not among the *others*, one to one, the first of the same being the first to go."""
    more = Counter(mention.value for mention in mentions)
    more.subtract(mention.value for mention in others)
    left = []
    for mention in reversed(mentions):
        if more[mention.value] > 0:
            more[mention.value] -= 1
            left.append(mention)
    return left[::-1]


def _finding(pair: Pair, source: Span, target: Span) -> Finding:
    written = pair.source.text[source.start : source.end]
    return Finding(target, f"The source has “{written}”.", Severity.MAJOR, source=source)


@pair_rule(
    "time-of-day-changed",
    "accuracy.date",
    finds=[
        Example(("ja", "en"), "受付は午前9時から始まる。", "Registration starts at 9 p.m.", "9"),
        Example(("en", "zh"), "The ferry leaves at 7:15 PM.", "渡轮上午7:15出发。", "7:15"),
        Example(
            ("pl", "en"), "Koncert zaczyna się o 6:40.", "The concert starts at 6:40 pm.", "6:40"
        ),
    ],
    leaves=[
        Example(("de", "en"), "Beginn ist um 19.30 Uhr.", "It starts at 7.30 p.m."),
        Example(("hi", "en"), "सभा शाम 6 बजे शुरू होगी।", "The meeting starts at 6 p.m."),
        Example(("en", "fr"), "Doors open at 8 a.m.", "Ouverture des portes à 8 h du matin."),
        Example(("ko", "en"), "회의는 오후 3시에 열린다.", "The meeting is at 3 o'clock."),
    ],
)
def time_of_day_changed(pair: Pair) -> Iterator[Finding]:
    """An hour of the morning is one of the afternoon in the translation, or the other way about.

    The hour looks right, and is twelve hours off.

    Left alone: hours of which one text does not say the half of the day; at noon, at midnight and at night both may be meant.

    Source: CLDR, the words for times of day, and which languages count twelve hours.
    """
    for source, target in match(pair).same:
        if not (source.period or target.period):
            continue
        of_source = _hours(source, pair.source.language)
        of_target = _hours(target, pair.target.language)
        if of_source and of_target and not of_source & of_target:
            yield _finding(pair, source.span, target.span)


_HOURS = {
    "am": range(12),
    "morning": range(12),
    "noon": range(11, 15),
    "afternoon": range(12, 20),
    "pm": range(12, 24),
    "evening": range(16, 24),
    "night": (*range(6), *range(18, 24)),
    "midnight": (0, 23),
}


_BY_12 = frozenset(["en", "hi", "ar", "ko"])
"""Languages that count twelve hours also where they do not say of which half of the day (CLDR, supplemental timeData)."""


def _hours(time: Quantity, language: str) -> frozenset[int]:
    """The hours of the day that *time* may be; none where it is no time."""
    first = (*time.parts, *time.values, -1.0)[0]
    if not 0 <= first <= 24 or first % 1 or time.factor != 1:
        return frozenset()
    hour = int(first) % 24
    if hour > 12 or hour == 0:
        return frozenset([hour])
    both = frozenset([hour % 12, hour % 12 + 12])
    if not time.period:
        by_24 = primary(language) not in _BY_12 and (time.clock or "hour" in time.unit)
        return frozenset([hour]) if by_24 else both
    said = frozenset(hour for period in time.period for hour in _HOURS.get(period, ()))
    return both & said or both


RULES = (month_changed, weekday_changed, time_of_day_changed)
