"""Numbers of a translation that are not those of its source."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from mtclean.languages.language import Typography
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.quantities.match import match
from mtclean.rules.bilingual.quantities.reader import Quantity, Weight
from mtclean.rules.bilingual.quantities.units import dimension
from mtclean.rules.bilingual.quantities.wording import difference, whole
from mtclean.rules.bilingual.rule import Example, pair_rule
from mtclean.text import Finding, Severity, Span


@pair_rule(
    "number-changed",
    "accuracy.number",
    finds=[
        Example(("de", "en"), "Der Turm ist 134 Meter hoch.", "The tower is 143 meters tall.", "143"),
        Example(("en", "fr"), "The bridge cost $2.5 million.", "Le pont a coûté 2,5 milliards de dollars.", "2,5 milliards"),
        Example(("ja", "en"), "参加者は約3万5000人でした。", "About 3,500 people took part.", "3,500"),
        Example(("en", "ru"), "Seven ships left the port.", "Девять кораблей вышли из порта.", "Девять"),
        Example(("ar", "en"), "اشترت المكتبة ١٢٠ كتابا.", "The library bought 210 books.", "210"),
        Example(("en", "es"), "The trail is 10 miles long.", "El sendero mide 26 kilómetros.", "26"),
        Example(("uk", "en"), "За добу бачили три човни, три яхти й 24 чайки.", "In 24 hours they saw four boats, three yachts and 24 gulls.", "four"),
        Example(("he", "en"), "שלושה ימים אחרי הפעם השלישית", "Five days after the third time", "Five"),
        Example(("pl", "en"), "Dolej 0,5 litra wody.", "Add 05 liters of water.", "05"),
        Example(("en", "ja"), "It listens on 127.0.0.1.", "127.0.0.2で待機します。", "127.0.0.2"),
        Example(("en", "es"), "The 4x4 drove 4000 ft up.", "El 4x4 subió 1.500 metros.", "1.500"),
    ],
    leaves=[
        Example(("en", "de"), "In 2019 they sold 1,250 lamps.", "Im Jahr 2019 verkauften sie 1.250 Lampen."),
        Example(("de", "en"), "Dreihundertfünfzig Gäste kamen.", "There were 350 guests."),
        Example(("zh", "en"), "该厂去年生产了一亿四千万个灯泡。", "The plant made 140 million bulbs last year."),
        Example(("hi", "en"), "पुल पर पचास लाख रुपये खर्च हुए।", "The bridge cost five million rupees."),
        Example(("en", "fr"), "The lake is 10 miles long.", "Le lac s'étend sur 16 km."),
        Example(("en", "pl"), "The shop opens at 4:30 p.m.", "Sklep otwiera się o 16.30."),
        Example(("ja", "en"), "平成30年に開業した。", "It opened in 2018."),
        Example(("en", "ru"), "Both of the two-year-old horses won.", "Обе двухлетние лошади победили."),
        Example(("en", "it"), "It dates from the 19th century.", "Risale al XIX secolo."),
        Example(("en", "de"), "She has a three-year-old son.", "Sie hat einen dreijährigen Sohn."),
        Example(("en", "uk"), "The family has two boats.", "Сім’я має два човни."),
        Example(("ko", "en"), "전화 117 245(무료)", "Call 117 245 (free)"),
    ],
)  # fmt: skip
def number_changed(pair: Pair) -> Iterator[Finding]:
    """A number of the translation is another one than in the source.

    Readers take figures for facts, and a wrong digit, a decimal sign that was taken for one of thousands, or a million for a
    billion cannot be seen without the source.  Numbers are read in every notation, in words too, and matched one to one.

    Left alone: numbers with both readings of 1,234 where either fits; a conversion whose arithmetic is right and whose unit
    changed with it; hours by 12 and by 24; years by another calendar; words such as *both* and *dozens*.

    Source: CLDR for notations and number words; NIST Special Publication 811 for conversions.
    """
    for source, number in _changed(pair):
        yield Finding(
            number.span,
            difference(pair, source, number),
            Severity.MAJOR,
            suggestions=_instead(pair, source, number),
            source=source.span,
        )


@pair_rule(
    "number-lost",
    "accuracy.number",
    finds=[
        Example(("fr", "en"), "Les 48 élèves ont planté des arbres.", "The students planted trees.", "The students planted trees."),
        Example(("en", "de"), "Use 250 grams of flour.", "Nehmen Sie Mehl.", "Nehmen Sie Mehl."),
        Example(("ko", "en"), "무게는 75킬로그램이다.", "The weight is in kilograms.", "kilograms"),
    ],
    leaves=[
        Example(("en", "de"), "We met 2 sisters; both sing.", "Wir trafen zwei Schwestern; beide singen."),
        Example(("ko", "en"), "그는 15일 서울에 도착했다.", "He arrived in Seoul on Thursday."),
        Example(("ru", "en"), "Они уверены на 100%.", "They are completely sure."),
        Example(("en", "es"), "The desk is staffed 24/7.", "El mostrador siempre está atendido."),
        Example(("pl", "en"), "Pociąg odjeżdża o 15:00.", "The train leaves at 3 p.m."),
        Example(("en", "de"), "Using '0.0.0.0' instead", "Stattdessen wird '0.0.0.0' verwendet"),
        Example(("en", "ja"), "It listens on 127.0.0.1.", "127.0.0.1で待機します。"),
        Example(("fr", "en"), "Le pont a rouvert le 14 mars.", "The bridge reopened on Tuesday."),
        Example(("en", "cs"), "I have seen seasons 1-3.", "Viděla jsem tři sezóny."),
        Example(("en", "es"), "The 80-year-old still sings.", "El octogenario aún canta."),
        Example(("ja", "en"), "１９０２（明治３５）年に開いた。", "It opened in 1902."),
        Example(("en", "de"), "On the 2nd last day, at the 3rd last stop", "Am vorletzten Tag, am drittletzten Halt"),
        Example(("en", "ko"), "Turn left at the 4th bridge.", "네 번째 다리에서 왼쪽으로 도세요."),
    ],
)  # fmt: skip
def number_lost(pair: Pair) -> Iterator[Finding]:
    """A number that the source has in digits is not in the translation.

    What was counted or measured is gone, and the sentence often reads well without.

    Left alone: numbers in words; what the translation says in a word (*a quarter-hour*, *both*); the day of the month
    where it has a weekday, as English news do; the 1 of a range; 100 percent, which may be *completely*.
    """
    changed = {source.span for source, _ in _changed(pair)}
    lost = [
        whole(number)
        for number in match(pair).source_left
        if number.weight is Weight.DIGITS and number.span not in changed
    ]
    if lost:
        named = ", ".join(f"“{pair.source.text[start:end]}”" for start, end in lost)
        yield Finding(
            Span(0, len(pair.target.text)),
            f"The source has {named}, which is not here.",
            Severity.MAJOR,
            source=lost[0],
        )


@pair_rule(
    "number-added",
    "accuracy.number",
    finds=[
        Example(("de", "en"), "Viele Besucher kamen.", "All 640 visitors came.", "640"),
        Example(("en", "uk"), "The road was closed for repairs.", "Дорогу закрили на ремонт на 15 днів.", "15"),
        Example(("it", "en"), "Il libro ha 90 pagine.", "The book has 90 pages and 14 maps.", "14"),
    ],
    leaves=[
        Example(("en", "fr"), "About 10 miles away.", "À environ 10 milles (16 km)."),
        Example(("es", "en"), "Cuesta diez euros.", "It costs 10 euros."),
        Example(("en", "ja"), "It took the past year.", "この1年かかった。"),
        Example(("en", "ja"), "It is a mix of a boat and a bus.", "船とバスを足して２で割った感じです。"),
        Example(("en", "ja"), "A few pulls were enough.", "２，３回引っ張れば十分だった。"),
        Example(("en", "ja"), "A few pulls were enough.", "それは、２，３回引っ張れば十分だった。"),
        Example(("en", "nl"), "Films for adults are in the back room.", "18+ films staan in de achterkamer."),
        Example(("en", "zh"), "The roof is 14, 15 years old.", "屋顶有十四五年了。"),
        Example(("en", "de"), "Half of them stayed.", "50 Prozent von ihnen blieben."),
        Example(("cs", "en"), "Tucet vajec.", "12 eggs."),
        Example(("cs", "en"), "Pětatřicetiletá kapitánka řídila čtyřtisícový sbor.", "The 35-year-old captain led a choir of 4,000."),
        Example(("de", "en"), "Die fünfunddreißigjährige Kapitänin blieb.", "The 35-year-old captain stayed."),
        Example(("pl", "en"), "Dwudziestoletnia kapitan została.", "The 20-year-old captain stayed."),
        Example(("ru", "en"), "Двадцатипятилетняя капитанша осталась.", "The 25-year-old captain stayed."),
        Example(("en", "cs"), "{1} One open boat.|]1,Inf[ {n} open boats.", "{1} Jedna otevřená loď.|]1,4] {n} otevřené lodě.|[5,Inf] {n} otevřených lodí."),
        Example(("tr", "en"), "Köprü XIX. yüzyılda yapıldı.", "The bridge was built in the 19th century."),
    ],
)  # fmt: skip
def number_added(pair: Pair) -> Iterator[Finding]:
    """The translation has a number in digits that the source has not.

    What the source leaves open is stated as a fact.

    Left alone: what the source says in a word (*half*, *a dozen*, *a decade*), the same length in another unit beside the
    first, and the number one.
    """
    changed = {number.span for _, number in _changed(pair)}
    for number in match(pair).target_left:
        if (
            number.weight is Weight.DIGITS
            and number.values != (1.0,)
            and number.span not in changed
        ):
            yield Finding(number.span, "The source has no such number.", Severity.MAJOR)


def _changed(pair: Pair) -> list[tuple[Quantity, Quantity]]:
    """Of what is left on both sides, those that are meant for the same, in the order of the target: the nearest are the first to be."""
    found = match(pair)
    if not (found.source_left and found.target_left):
        return []
    free = list(found.source_left), list(found.target_left)
    changed: list[tuple[Quantity, Quantity]] = []
    for source, number in sorted(product(*free), key=lambda both: _distance(pair, *both)):
        if source in free[0] and number in free[1]:
            free[0].remove(source)
            free[1].remove(number)
            changed.append((source, number))
    return sorted(changed, key=lambda both: both[1].span)


def _distance(pair: Pair, one: Quantity, other: Quantity) -> tuple[bool, float]:
    """How little speaks for two numbers being meant for the same."""
    apart = abs(one.span.start / len(pair.source.text) - other.span.start / len(pair.target.text))
    alike = _dimensions(one) & _dimensions(other) or (one.currency and other.currency)
    return not alike, apart


def _dimensions(number: Quantity) -> set[int]:
    return {dimension(unit) for unit in number.unit} - {-1}


def _instead(pair: Pair, source: Quantity, target: Quantity) -> tuple[str, ...]:
    """The number of the source in the notation of the target, where both are digits and nothing else."""
    written = pair.target.text[target.span.start : target.span.end]
    if not (
        source.weight is target.weight is Weight.DIGITS and source.factor == target.factor == 1
    ):
        return ()
    if not (written.isascii() and written[-1].isdigit()) or len(source.values) != 1 or source.clock:
        return ()
    if source.unit and target.unit and not source.unit & target.unit:
        return ()
    return (_in_notation(source.values[0], written, pair.target.typography),)


def _in_notation(value: float, like: str, marks: Typography) -> str:
    """*value* as the language writes it, its thousands parted where *like* has marks or the number is long."""
    parted = value >= 10_000 or not like.isdigit()
    plain = f"{value:,.12g}" if parted and value >= 1000 else f"{value:.12g}"
    return "".join({",": marks.group, ".": marks.decimal}.get(sign, sign) for sign in plain)


RULES = (number_changed, number_lost, number_added)
