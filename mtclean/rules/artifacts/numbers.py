"""Numbers counted in ten thousands, and units left in the source's script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.languages.language import Trait, primary
from mtclean.text import Finding, Fix, Passage, Severity, Span, replacing, rule

_MYRIAD = re.compile(
    r"\d(?<![\d.,:/-]\d)\d{0,2}(?:(?:,\d{3}){0,4}(?: \d{1,2})?,\d{4}|(?:,\d{4}){2,4})(?!\d|[.,]\d)"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_BEFORE_YEAR = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? {0,2}\Z|[([;,] {0,2}\Z",
    re.IGNORECASE,
)
_TEN_THOUSAND = re.compile(
    r"(\d(?<![\d.,]\d)(?:[\d.,]{0,13}\d)?) ?(ten[- ]thousands?|ten[- ]millions?|hundred[- ]thousands?|hundred[- ]millions?"
    r"|thousand million|thousands|millions|billions|trillions|tens of (?:thousand|million)s?|wan|yi)\b(?! of (?:years|people|times)\b)(?!-)",
    re.IGNORECASE,
)
_SWAPPED = str.maketrans(".,", ",.")
_UNIT = re.compile(
    r"\d ?(?:[万亿兆億萬]|[元円원₩块]|公里|公斤|руб|тыс|млн|млрд|만|억|조|천)[\w.]{0,3}"
)


@rule(
    "myriad-number",
    "locale.number",
    finds=(
        ("Some 64,4537 people came.", "64,4537"),
        ("They sent 71 ten thousand letters.", "71 ten thousand"),
        ("In 88 thousands schools it was taught.", "88 thousands"),
        ("It cost 3.5 hundred million yuan.", "3.5 hundred million"),
    ),
    leaves=(
        "On July 12,2020 they met; see Smith (12,2004).",
        "It has 64,453 people, 1,000,000 trees and 10,000 cats.",
        "Ten thousand people, a hundred million stars, 5 thousand years, 2 million.",
        "Thousands of people, 3 million of them here.",
        "Hex 12,34567 and the code 1234,5678.",
        "By the end of 1919 thousands of sailors had left.",
        "It has reached 30 000. Thousands of players came. It was 5, millions said.",
    ),
    failures=(("A fine of 19,1998 euros.", "A fine of 191,998 euros."),),
    severity=Severity.MAJOR,
    languages=("en",),
)
def myriad_number(passage: Passage) -> Iterator[Fix | Finding]:
    """A number is grouped or counted in ten thousands.

    Chinese, Japanese and Korean count in 万 (10,000) and 亿 (100 million).  Engines carry that over
    as `64,4537` or `71 ten thousand`, and the reader no longer knows how many.  Since the figure
    itself may be wrong nothing is changed.

    Left alone: dates such as `July 12,2020`, years in citations, numbers in words.
    """
    for match in _MYRIAD.finditer(passage.text):
        if not _is_date(passage.text, match):
            yield _doubtful(match, "is grouped by four digits, as where one counts in 万 (10,000)")
    for match in _TEN_THOUSAND.finditer(passage.text):
        if _YEAR.fullmatch(match.group(1)) and passage.text.startswith(" of ", match.end()):
            continue  # "by the end of 1919 thousands of sailors"
        yield _doubtful(
            match,
            "counts in a unit English does not put after figures, as 万 and 亿 or plural millions do",
        )


def _is_date(text: str, match: re.Match[str]) -> bool:
    if not _YEAR.search(match.group()):
        return False
    head = match.group().rpartition(",")[0]
    before = text[max(0, match.start() - 14) : match.start()]
    return bool(_BEFORE_YEAR.search(before)) or (head.isdigit() and int(head) <= 31)


def _doubtful(match: re.Match[str], what: str) -> Finding:
    return Finding(
        Span(*match.span()),
        f"“{match.group()}” {what}, which an engine took over from the source: work the figure out there.",
        Severity.MAJOR,
    )


_DECIMAL_COMMA = re.compile(
    r"\d(?<![\d.,:/-]\d)(?:\d{0,2}(?:\.\d{3}){1,4},\d{1,2}|\d{0,2},\d{1,2}(?= ?(?:%|per ?cent\b|million\b|billion\b|degrees?\b|°|km\b|kg\b"
    r"|met(?:er|re)s?\b|kilomet(?:er|re)s?\b)))(?![\d.,]\d|\d)"
)


@rule(
    "decimal-comma",
    "locale.number",
    suggests=(
        ("Prices rose by 3,5 percent.", "Prices rose by 3.5 percent."),
        ("It cost 1.234,56 euros.", "It cost 1,234.56 euros."),
    ),
    leaves=(
        "Prices rose by 3.5 percent to 1,234.56 euros.",
        "See pages 3,5 and 7; rooms 12,14 are free.",
        "In 12,500 cases of 3,500 it was so.",
        "Version 1.234.567 of 3,14.",
    ),
    severity=Severity.MAJOR,
    languages=("en",),
)
def decimal_comma(passage: Passage) -> Iterator[Fix | Finding]:
    """A comma stands before the decimals, as in German, French, Spanish or Russian.

    An English reader takes *1.234,56* for a slip and *3,5 percent* for two figures.  Meant are
    figures of both marks, and short ones before a percentage or a unit.

    Left alone: thousands, and lists of figures.
    """
    for match in _DECIMAL_COMMA.finditer(passage.text):
        meant = match.group().translate(_SWAPPED)
        yield replacing(
            *match.span(),
            meant,
            f"“{match.group()}” has its decimals after a comma, as the source language writes them: write “{meant}”.",
        ).suggested()


_MEASURED = r"(?=[ \u00a0\u202f]?(?:[%‰°€$£¥]|(?:km|kg|cm|mm|ha|kWh|MW|GB|MB)\b))"
_DECIMALS = {
    sign: re.compile(
        rf"(?<![\d.,:/-])\d{{1,3}}(?:{re.escape(group)}\d{{3}})*{re.escape(sign)}\d{{1,2}}(?!\d){_MEASURED}"
    )
    for sign, group in (".,", ",.")
}
"""Figures before a unit, by the sign before their decimals."""


@rule(
    "foreign-decimal",
    "locale.number",
    suggests=(
        (
            "Die Preise stiegen um 3,5 %, dann um 4,1 % und um 0,9 %, zuletzt um 2.7 % auf 1,204.50 €.",
            "Die Preise stiegen um 3,5 %, dann um 4,1 % und um 0,9 %, zuletzt um 2,7 % auf 1.204,50 €.",
        ),
    ),
    leaves=(
        "Die Preise stiegen um 3.5 % und dann um 2,7 %.",
        "Die Preise stiegen um 3,5 %, am 2.7. um 4,1 %; siehe 2.7 und 2.8.",
        "Die Preise stiegen um 3,5 %, dann um 4,1 %, um 18.30 Uhr.",
    ),
    severity=Severity.MAJOR,
    traits=[Trait.KNOWN],
    examples_in="de",
)
def foreign_decimal(passage: Passage) -> Iterator[Fix | Finding]:
    """A figure has its decimals after the sign of another language, where the text has its own: *3,5 %* and *2.7 %*.

    The engine kept the source's figure, and where the other sign groups thousands a reader takes it for another number.

    Left alone: figures without a unit behind them, which may be times, dates, versions or sections; texts that have no more figures
    in the form of their language than in the other, as a country may have its own. English is the matter of `decimal-comma`.

    Source: CLDR, signs of numbers.
    """
    own, group = passage.typography.decimal, passage.typography.group
    if primary(passage.language) == "en" or own not in _DECIMALS:
        return
    other = "." if own == "," else ","
    found = list(_DECIMALS[other].finditer(passage.text))
    if not found or len(_DECIMALS[own].findall(passage.text)) <= len(found):
        return
    signs = str.maketrans({other: own, own: group})
    for match in found:
        meant = match.group().translate(signs)
        reason = f"“{match.group()}” is written as in another language; elsewhere the text has “{own}” before decimals: write “{meant}”."
        yield replacing(*match.span(), meant, reason).suggested()


@rule(
    "unit-left-in-source-script",
    "locale.number",
    finds=(("It sold 3.5万 tickets.", "5万"), ("He paid 300元 for it.", "0元")),
    leaves=(
        "It sold 35,000 tickets.",
        "He paid ¥300, €5 and 20 £.",
        "The 2nd of May, 5 °C, 3 µm.",
        "2020年5月3日，他来了。",
    ),
    severity=Severity.MAJOR,
    languages=("en",),
)
def unit_left_in_source_script(passage: Passage) -> Iterator[Fix | Finding]:
    """A figure keeps the source's unit: 3.5万, 300元.

    A reader who cannot read the sign loses the size of the number, here by ten thousand.

    Left alone: figures within text that is in that script as a whole.
    """
    for match in _UNIT.finditer(passage.text):
        around = passage.text[max(0, match.start() - 3) : match.end() + 3]
        if (
            sum("\u3400" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" or c == "，" for c in around)
            <= 2
        ):
            yield Finding(
                Span(*match.span()),
                f"“{match.group()}” keeps the unit of the source language, which the engine did not translate: write"
                " it out in English units.",
                Severity.MAJOR,
            )


RULES = (myriad_number, decimal_comma, foreign_decimal, unit_left_in_source_script)
