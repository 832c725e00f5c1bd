"""Units and currencies of a translation that are not those of its source."""

from __future__ import annotations

from collections.abc import Iterator

from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.quantities.match import Matching, match
from mtclean.rules.bilingual.quantities.reader import Quantity, Weight
from mtclean.rules.bilingual.quantities.units import dimension
from mtclean.rules.bilingual.quantities.wording import difference, whole
from mtclean.rules.bilingual.rule import Example, pair_rule
from mtclean.text import Finding, Severity


@pair_rule(
    "unit-changed",
    "accuracy.unit",
    finds=[
        Example(
            ("de", "en"),
            "Die Reparatur dauert drei Wochen.",
            "The repair takes three months.",
            "months",
        ),
        Example(
            ("en", "es"), "The pool is 25 meters long.", "La piscina mide 25 pies de largo.", "pies"
        ),
        Example(
            ("ru", "en"),
            "Прибыль выросла на 12 процентов.",
            "Profits rose by 12 per mille.",
            "per mille",
        ),
        Example(("en", "ja"), "Boil for 8 minutes.", "8秒間ゆでます。", "秒間"),
        Example(
            ("ar", "en"), "وصلت الرسالة بعد أسبوعين.", "The letter came two months later.", "months"
        ),
        Example(("en", "fr"), "Anna Berg, 62, a baker", "Anna Berg, 62 mois, boulangère", "mois"),
        Example(("en", "de"), "She was 15 when she left.", "Sie ging mit 15 Monaten.", "Monaten"),
        Example(("en", "it"), "It took only six months.", "Ci sono voluti solo sei anni.", "anni"),
        Example(("en", "pl"), "They meet for 10 days.", "10 dni, tak, 10 tygodni", "tygodni"),
    ],
    leaves=[
        Example(("en", "it"), "It is 30 miles away.", "Dista 48 chilometri."),
        Example(("zh", "en"), "他今年45岁。", "He is 45 years old."),
        Example(("fr", "en"), "Une remise de 15 %", "A 15 percent discount"),
        Example(("en", "pl"), "The 20-minute film", "20-minutowy film"),
        Example(("de", "en"), "Sie hat 5 Pfund bezahlt.", "She paid 5 pounds."),
        Example(("he", "en"), "השיפוץ נמשך שנתיים.", "The repairs took two years."),
        Example(("en", "es"), "He came to Oslo aged 17.", "Llegó a Oslo con 17 años."),
        Example(("en", "it"), "You are six years too late.", "Sei in ritardo di sei anni."),
        Example(("en", "tr"), "30 m", "30 dk"),
        Example(("en", "it"), "Go 15 sec back", "Indietro di 15 sec"),
        Example(("en", "ru"), "Dive to 30 m", "Погружение на 30 метров"),
    ],
)
def unit_changed(pair: Pair) -> Iterator[Finding]:
    """The same number counts another unit than in the source.

    Three weeks are not three months, and a unit that is translated without its number makes the number wrong.

    Left alone: units of which the other text has none, those that are written the same in both, and numbers that were converted with their unit.

    Source: CLDR, the names of units and their cases.
    """
    found = match(pair)
    for source, target in (*found.same, *_said_again(found)):
        if not _count_alike(source, target):
            continue
        given, made = _unit(source), target.unit
        counts_same = not set(source.values).isdisjoint(target.values)
        if _are_written_alike(pair, source, target):
            continue
        if given and made and not given & made and counts_same and _known(given | made):
            yield _finding(pair, source, target)


def _are_written_alike(pair: Pair, source: Quantity, target: Quantity) -> bool:
    """Whether what the two count is the same word in both texts, whatever it means in either language: *sec* is a century in Italian."""
    ours, theirs = pair.source.text[slice(*source.beside)], pair.target.text[slice(*target.beside)]
    return bool(ours) and ours.casefold() == theirs.casefold()


def _said_again(found: Matching) -> Iterator[tuple[Quantity, Quantity]]:
    """Numbers of the target that the source has once for twice, where none of that value there counts the same."""
    matched = {target.span for _, target in found.same}
    for target in found.target.numbers:
        if target.span in matched or target in found.target_left or not target.unit:
            continue
        alike = [n for n in found.source.numbers if not set(n.values).isdisjoint(target.values)]
        if alike and all(n.unit and not n.unit & target.unit for n in alike):
            yield alike[0], target


def _count_alike(one: Quantity, other: Quantity) -> bool:
    """Whether both count, or one does and the other is a word that may: Italian *sei* is *six*, and *you are*."""
    says_little = [n for n in (one, other) if n.weight is Weight.LOOSE and not n.is_dual]
    return len(says_little) < 2 and all(min(n.values) >= _FIRST_THAT_COUNTS for n in says_little)


def _unit(number: Quantity) -> frozenset[str]:
    """What *number* counts; six in the morning are hours."""
    return number.unit or frozenset(["hour"] if number.period else [])


_FIRST_THAT_COUNTS = 3
"""The first number whose words are not *a*, *half* or *both*."""


def _known(units: frozenset[str]) -> bool:
    return all(dimension(unit) >= 0 for unit in units)


@pair_rule(
    "currency-changed",
    "accuracy.currency",
    finds=[
        Example(("cs", "en"), "Lístek stojí 120 korun.", "A ticket costs 120 euros.", "euros"),
        Example(("en", "ko"), "The fine is $500.", "벌금은 500유로이다.", "유로"),
        Example(("ja", "en"), "料金は800円です。", "The fee is 800 yuan.", "yuan"),
        Example(("ja", "en"), "入場料￥600", "Admission: 600 yuan", "yuan"),
        Example(("en", "ar"), "It costs $75.", "يكلف 75 يوروًا.", "يوروًا"),
        Example(("en", "tr"), "The ferry cost 40 INR.", "Feribot 40 TRY tuttu.", "TRY"),
    ],
    leaves=[
        Example(("en", "fr"), "It costs £40 million.", "Il coûte 40 millions de livres sterling."),
        Example(("zh", "en"), "票价为50元。", "A ticket is $50."),
        Example(("de", "en"), "Er bekam 1,5 Mrd. US-Dollar.", "He got $1.5 billion."),
        Example(("en", "sv"), "The tax is 300 kronor.", "Skatten är 300 kr."),
    ],
)
def currency_changed(pair: Pair) -> Iterator[Finding]:
    """The same amount is of another currency than in the source.

    Translators convert an amount or keep the currency; the same number of another currency is another price.

    Left alone: amounts that were converted, currencies of one name (US and Canadian dollars, Czech and Swedish crowns), and
    the Chinese *yuan* sign, which stands for the money of any country.

    Source: CLDR, the names and signs of currencies; ISO 4217.
    """
    for source, target in match(pair).same:
        if source.currency and target.currency and not source.currency & target.currency:
            yield _finding(pair, source, target)


def _finding(pair: Pair, source: Quantity, target: Quantity) -> Finding:
    said = difference(pair, source, target)
    return Finding(target.beside, said, Severity.MAJOR, source=whole(source))


RULES = (unit_changed, currency_changed)
