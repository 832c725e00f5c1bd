"""Numbers are read in every notation, and matched one to one."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtclean.languages.language import written
from mtclean.languages.lists import rows
from mtclean.rules.bilingual import dates, measures, numbers
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.quantities.match import match
from mtclean.rules.bilingual.quantities.reader import Weight, read
from mtclean.rules.bilingual.quantities.units import converted, dimension, is_conversion
from mtclean.rules.bilingual.quantities.words import FAMILIES, codes
from mtclean.text import Finding

NOTATIONS = [
    ("en", "1,234,567.5 liters", 1234567.5),
    ("de", "1.234.567,5 Liter", 1234567.5),
    ("fr", "12 345,5 litres", 12345.5),
    ("fr", "3 Mio. francs", 3e6),
    ("de-CH", "12’345 Liter", 12345),
    ("en", "12,34,567 rupees", 1234567),
    ("ar", "١٢٬٣٤٥ كتابا", 12345),
    ("hi", "१२३ किताबें", 123),
    ("fa", "۱۲۳ کتاب", 123),
    ("ja", "１２３冊", 123),
    ("en", "2½ hours", 2.5),
    ("en", "$2.5bn", 2.5e9),
    ("en", "half a million people", 500000),
    ("en", "two hundred and fifty-three boats", 253),
    ("en", "eighty-one thousand boats", 81000),
    ("en", "a hundred and seventy-three thousand", 173000),
    ("de", "dreihundertfünfundzwanzigtausend Schrauben", 325000),
    ("de", "anderthalb Millionen Schrauben", 1.5e6),
    ("fr", "quatre-vingt-dix-sept bateaux", 97),
    ("fr", "neuf cent vingt-et-un bateaux", 921),
    ("es", "treinta y cinco mil millones de pesos", 35e9),
    ("it", "trecentoquarantadue navi", 342),
    ("it", "novecentottantadue navi", 982),
    ("pt", "catorze mil cento e sete", 14107),
    ("pl", "dwadzieścia pięć tysięcy śrub", 25000),
    ("cs", "dvě stě sedmdesát šest šroubů", 276),
    ("ru", "двухсот восьмидесяти лодок", 280),
    ("uk", "дев’яносто п’ять човнів", 95),
    ("ar", "ثلاثة وتسعون كتابا", 93),
    ("he", "תשעים ושלושה ספרים", 93),
    ("hi", "पचास लाख दीये", 5e6),
    ("tr", "üç yüz otuz altı gemi", 336),
    ("fi", "viisikymmentäkolme venettä", 53),
    ("hu", "hetvenhárom hajó", 73),
    ("nl", "vierduizendachthonderdzesenzeventig", 4876),
    ("sv", "femtusen femhundratjugofem", 5525),
    ("el", "εκατόν δεκατέσσερις βάρκες", 114),
    ("vi", "chín trăm lẻ bảy", 907),
    ("id", "dua ratus lima puluh tiga", 253),
    ("zh", "一千二百三十四只", 1234),
    ("zh", "一亿四千万元", 1.4e8),
    ("zh-Hant", "二十一萬人", 210000),
    ("ja", "1億4688万円", 146880000),
    ("ja", "平成30年", 2018),
    ("ko", "2억 5000만 명", 2.5e8),
    ("ko", "다섯 마리", 5),
    ("zh", "20世纪90年代", 1990),
    ("en", "XIX", 19),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "value"), NOTATIONS)
def test_reads_one_number_of_every_notation(language: str, text: str, value: float) -> None:
    numbers = read(text, language).numbers
    assert [number.values[0] for number in numbers] == [value]


def test_keeps_both_readings() -> None:
    assert read("1,234", "de").numbers[0].values == (1234, 1.234)
    assert read("1.234", "en").numbers[0].values == (1234, 1.234)
    assert read("1,234", "en").numbers[0].values == (1234,), "no decimal sign there"


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("4/13/56", "13.04.1956", ("en", "pl")),
        ("Due 2018-05-12.", "Fällig am 12. Mai 2018.", ("en", "de")),
        ("5:22 PM", "5:22 م", ("en", "ar")),
        ("Half past five", "Um 17:30 Uhr", ("en", "de")),
        ("CN¥43,641.00", "43.641,00 CN¥", ("en", "it")),
        ("161 degrees Celsius", "섭씨 161도", ("en", "ko")),
        ("約7割の店", "About 70 percent of the shops", ("ja", "en")),
        ("साढ़े तीन लाख लोग", "350,000 people", ("hi", "en")),
        ("%1$s of %2$d items", "%2$d darabból %1$s", ("en", "hu")),
        ("Two dozen pears", "24 Birnen", ("en", "de")),
        ("300 miles", "300 mil", ("en", "cs")),
    ],
)
def test_what_is_the_same_is_the_same(source: str, target: str, languages: tuple[str, str]) -> None:
    pair = Pair.of(source, target, languages)
    rules = (*numbers.RULES, *dates.RULES, *measures.RULES)
    assert [item for rule in rules for item in rule.run(pair)] == []


def test_knows_what_is_counted() -> None:
    number = read("Sie zahlten 12 Mio. Euro in 3 Wochen.", "de").numbers
    assert [(set(n.unit), set(n.currency)) for n in number] == [(set(), {"EUR"}), ({"week"}, set())]


def test_reads_no_number_out_of_links_and_handles() -> None:
    assert not read("https://example.org/2019/07 @user44 #2fast", "en").numbers[1:]
    assert [n.values for n in read("@user1散歩は17歩", "ja").numbers] == [(17,)]
    assert not read("{0} and <b id=3> at me12@example.org", "en").numbers


@pytest.mark.parametrize(
    ("language", "text", "months", "weekdays"),
    [
        ("en", "On Friday, May 3, he may march.", [5], [5]),
        ("cs", "v pondělí 4. září", [9], [1]),
        ("ru", "в среду, в январе", [1], [3]),
        ("tr", "Ağustos'ta bir Cuma günü", [8], [5]),
        ("ja", "10月3日（水曜日）", [10], [3]),
        ("ko", "3월의 일요일", [3], [7]),
        ("he", "ביום שלישי בינואר", [1], [2]),
    ],
)
def test_reads_months_and_weekdays(
    language: str, text: str, months: list[int], weekdays: list[int]
) -> None:
    found = read(text, language)
    assert [month.value for month in found.months] == months
    assert [day.value for day in found.weekdays] == weekdays


def test_matches_one_to_one() -> None:
    found = match(Pair.of("3 Hunde und 3 Katzen", "3 dogs and 5 cats", ("de", "en")))
    assert [n.values for n in found.source_left] == [(3,)]
    assert [n.values for n in found.target_left] == [(5,)]


@pytest.mark.parametrize("language", ["de", "zh", "ja", "ko"])
@pytest.mark.parametrize("version", ["0.27.0", "2.11.4", "1.0.0"])
def test_the_version_of_a_program_is_one_number(language: str, version: str) -> None:
    pair = Pair.of(f"Since {version}, use {version}.", f"{version}, {version}.", ("en", language))
    found = match(pair)
    assert not found.source_left
    assert not found.target_left
    changed = Pair.of(f"Since {version}", version[:-1] + "7", ("en", language))
    assert match(changed).target_left


def test_a_word_that_is_no_number_says_nothing() -> None:
    weights = {
        n.weight for n in read("Both of a couple came first, dozens of times.", "en").numbers
    }
    assert weights == {Weight.LOOSE}


def test_converts_by_arithmetic() -> None:
    assert is_conversion(130, "mile", 209, "kilometer")
    assert not is_conversion(130, "mile", 290, "kilometer")
    assert not is_conversion(130, "mile", 130, "mile")
    assert converted(20, "celsius", "fahrenheit") == pytest.approx(68)
    assert converted(3, "mile", "hour") is None


PIECES = st.sampled_from(
    ["1", "12", "1,234", "1.234", "2018", "10:30", "24/7", "½", "١٢٣", "१२३", "１２", "一", "千", "百", "万", "亿", "十", "三", "百分之", "平成", "元", "年", "月", "日", "分", "두", "만", "억", "$", "€", "¥", "%", "ºC", "m", "k", "million", "half", "a", "hundred", "and", "dozen", "XIX", "COVID-", "@x", "#y", "{0}", "<b>", "May", "Monday", "pm", "a.m.", "сто", "тысяч", "ב", "שני", "و", "مائة", "ألف", "'", "-", ".", ",", ";", "(", "ft", "GMT", "000", "İ", "7割", "साढ़े", " ", "\t", "\n", "9" * 400]
)  # fmt: skip
LANGUAGES = st.sampled_from(["en", "de", "fr", "it", "pl", "ru", "ar", "he", "hi", "tr", "zh", "ja", "ko"])  # fmt: skip


@given(st.lists(PIECES), st.lists(PIECES), LANGUAGES, LANGUAGES)
@settings(max_examples=300, deadline=None)
def test_whatever_is_read_lies_in_its_text(
    source: list[str], target: list[str], of: str, into: str
) -> None:
    pair = Pair.of("".join(source), "".join(target), (of, into))
    for rule in (*numbers.RULES, *dates.RULES, *measures.RULES):
        for item in rule.run(pair):
            assert isinstance(item, Finding)
            assert item.source is None or 0 <= item.source.start <= item.source.end <= len(
                pair.source.text
            )
            assert 0 <= item.span.start <= item.span.end <= len(pair.target.text)


PERIODS = frozenset(["am", "pm", "noon", "midnight", "morning", "afternoon", "evening", "night"])


@pytest.mark.parametrize("languages", [("", ""), ("sw", "en"), ("en", "sw")])
def test_of_a_language_that_is_not_known_only_changed_digits_are_told(
    languages: tuple[str, str],
) -> None:
    said = match(Pair.of("Vitabu 12 na 7", "12 books and seven", languages))
    assert not said.source_left
    said = match(Pair.of("Vitabu 12 na 7", "12 books and 9", languages))
    assert [number.values for number in said.target_left] == [(9,)]


def test_a_language_has_many_names() -> None:
    for name in ("no", "nb", "nb-NO"):
        assert not match(Pair.of("Tolv båter", "12 boats", (name, "en"))).target_left


KINDS = frozenset(
    [
        "number",
        "ordinal",
        "magnitude",
        "loose",
        "plus",
        "elided",
        "month",
        "short-month",
        "weekday",
        "period",
        "age",
        "dual",
        "unit",
        "currency",
        "prefix",
        "suffix",
    ]
)


@pytest.mark.parametrize("language", sorted({*written(), "en", "cldr"}))
def test_word_lists_are_whole(language: str) -> None:
    if not (files("mtclean.languages") / language / "quantities.tsv").is_file():
        return
    for row in rows("quantities.tsv", language):
        kind, value, forms = row[1:] if language == "cldr" else row
        assert kind in KINDS, row
        assert all(form == form.strip() != "" for form in forms.split("|")), row
        if kind in ("number", "ordinal", "magnitude", "loose", "plus", "elided"):
            float(value)
        elif kind in ("month", "short-month", "weekday"):
            assert 1 <= int(value) <= 12, row
        elif kind == "period":
            assert value in PERIODS, row
        elif kind in ("unit", "dual", "age"):
            assert dimension(value) >= 0 or language == "cldr", row
        elif kind == "currency":
            assert value in FAMILIES or value in codes(), row
