"""Write mtclean/languages/cldr/quantities.tsv from the data of Unicode's CLDR: words for numbers, months, days, hours, units, currencies.

    npm pack cldr-dates-full@48.2.0 cldr-units-full@48.2.0 cldr-numbers-full@48.2.0 cldr-rbnf@48.2.0   # and unpack each into FOLDER/NAME
    python benchmarks/cldr_quantities.py FOLDER

Number words are spelled out by CLDR's rules (UTS 35, Rule-Based Number Formatting) for the numbers that others are put
together of.  Raises :class:`OSError` where a package is missing.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

LANGUAGES = Path(__file__).resolve().parent.parent / "mtclean" / "languages"
OUTPUT = LANGUAGES / "cldr" / "quantities.tsv"
HEAD = """\
# Words for numbers, months, weekdays, times of day, units and currencies, from Unicode CLDR {version} (Unicode-3.0, see LICENSE); made by benchmarks/cldr_quantities.py.
# language TAB kind TAB value TAB forms, divided by |
"""

SPELLED = (*range(100), *range(100, 1000, 100))
"""Other numbers are put together of these."""

LAST_ORDINAL = 31
"""Later ones are written in digits."""

SYMBOLS = {
    "kilometer": "km", "meter": "m", "centimeter": "cm", "millimeter": "mm", "kilogram": "kg", "gram": "g", "milligram": "mg",
    "liter": "l", "centiliter": "cl", "milliliter": "ml", "kilowatt": "kw", "megawatt": "mw", "gigawatt": "gw",
    "gigabyte": "gb", "megabyte": "mb", "terabyte": "tb", "kilobyte": "kb", "foot": "ft", "pound": "lb", "ounce": "oz",
    "mile": "mi", "hectare": "ha", "hour": "h",
}  # fmt: skip
"""Short signs of units; others have three letters or one that is not ASCII, as what is shorter may be a word."""

WRITTEN_OTHERWISE = frozenset({"ja", "ko", "zh", "zh-Hant"})
"""Languages whose number words are read by place and not by word."""

UNITS = (
    "duration-century",
    "duration-decade",
    "duration-year",
    "duration-month",
    "duration-week",
    "duration-day",
    "duration-hour",
    "duration-minute",
    "duration-second",
    "duration-millisecond",
    "duration-night",
    "length-kilometer",
    "length-meter",
    "length-centimeter",
    "length-millimeter",
    "length-mile",
    "length-yard",
    "length-foot",
    "length-inch",
    "length-nautical-mile",
    "length-light-year",
    "area-square-kilometer",
    "area-hectare",
    "area-square-meter",
    "area-square-mile",
    "area-acre",
    "area-square-foot",
    "mass-tonne",
    "mass-kilogram",
    "mass-gram",
    "mass-milligram",
    "mass-stone",
    "mass-pound",
    "mass-ounce",
    "volume-cubic-meter",
    "volume-liter",
    "volume-centiliter",
    "volume-milliliter",
    "volume-gallon",
    "volume-pint",
    "volume-barrel",
    "speed-kilometer-per-hour",
    "speed-mile-per-hour",
    "speed-meter-per-second",
    "speed-knot",
    "temperature-celsius",
    "temperature-fahrenheit",
    "temperature-generic",
    "power-gigawatt",
    "power-megawatt",
    "power-kilowatt",
    "power-watt",
    "energy-kilowatt-hour",
    "energy-kilocalorie",
    "digital-terabyte",
    "digital-gigabyte",
    "digital-megabyte",
    "digital-kilobyte",
    "concentr-percent",
    "concentr-permille",
)
CURRENCIES = (
    "USD",
    "EUR",
    "GBP",
    "JPY",
    "CNY",
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
    "BTC",
)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def main(folder: Path) -> None:
    version = json.loads((folder / "cldr-rbnf/package/package.json").read_text("utf-8"))["version"]
    lines = [
        f"{language}\t{kind}\t{value}\t{'|'.join(sorted(forms))}"
        for language in sorted(
            {"en", *(file.parent.name for file in LANGUAGES.glob("*/language.tsv"))}
        )
        if not re.search("-[A-Z]{2}$", language)
        for (kind, value), forms in found(folder, language).items()
    ]
    OUTPUT.write_text(HEAD.format(version=version) + "\n".join(lines) + "\n", encoding="utf-8")


def found(folder: Path, language: str) -> dict[tuple[str, str], set[str]]:
    """The forms of everything in *language*."""
    forms: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, value, form in (
        *numerals(folder, language),
        *calendar(folder, language),
        *units(folder, language),
        *currencies(folder, language),
    ):
        form = unicodedata.normalize("NFC", form).replace("\u00ad", "")
        form = re.sub(r"\s+", " ", form).strip(" .\u200e\u200f").casefold()
        forms[kind, value].add(form)
    return {key: found for key, found in forms.items() if found - {""}}


def numerals(folder: Path, language: str) -> Iterator[tuple[str, str, str]]:
    if language in WRITTEN_OTHERWISE:
        return
    file = folder / "cldr-rbnf/package/rbnf" / f"{'no' if language == 'nb' else language}.json"
    rules = Speller(json.loads(file.read_text("utf-8"))["rbnf"]["rbnf"]["SpelloutRules"])
    plain: dict[str, int] = {}
    for name in rules.public:
        kind = "ordinal" if "ordinal" in name else "number"
        for number in SPELLED:
            word = rules.spell(name, number)
            if word is None or (kind == "ordinal" and not 0 < number <= LAST_ORDINAL):
                continue
            plain[word] = number
            tens = number % 100 - number % 10
            if number > 20 and number % 10 and number < 100:
                parts = re.split(r"[ -]", word)
                if [plain.get(part) for part in parts] == [tens, number - tens]:
                    continue
            yield kind, str(number), word


class Speller:
    """CLDR's rules for spelling out the numbers of one language."""

    def __init__(self, rules: dict[str, list[list[str]]]) -> None:
        self._rules = {
            name: sorted(
                (Rule(*parsed, text.rstrip(";")) for key, text in lines if (parsed := _key(key))),
                key=lambda rule: rule.base,
            )
            for name, lines in rules.items()
            if name.startswith("%")
        }

    @cached_property
    def public(self) -> list[str]:
        return [n for n in self._rules if re.match("%spellout-(card|ord|numbering$|constr)", n)]

    def spell(self, name: str, number: int) -> str | None:
        """*number* by the rules *name*; nothing where they leave it to digits."""
        rules = self._rules.get(name, [])
        at = max((n for n, rule in enumerate(rules) if rule.base <= number), default=-1)
        if at < 0:
            return None
        rule = rules[at]
        if rule.two_parts and number % rule.divisor == 0 and rule.base % rule.divisor:
            rule = rules[at - 1]
        return self._written(name, rule, number)

    def _written(self, name: str, rule: Rule, number: int) -> str | None:
        whole, rest = divmod(number, rule.divisor)
        text = re.sub(r"\[(.*?)\]", r"\1" if rest else "", rule.text).removeprefix("'")
        text = re.sub(r"\$\(.*?(?:many|other)\{(.*?)\}.*?\)\$", r"\1", text)
        parts: list[str] = []
        for piece in re.split("(→[^→]*→|←[^←]*←|=[^=]*=)", text):
            if piece[:1] not in ("→", "←", "=") or len(piece) < 2:
                parts.append(piece)
                continue
            value = {"→": rest, "←": whole, "=": number}[piece[0]]
            if "#" in piece or (piece[0] == "=" and "%" not in piece):
                return None
            spelled = self.spell(piece[1:-1] or name, value)
            if spelled is None:
                return None
            parts.append(spelled)
        return "".join(parts).replace("→", "")


class Rule:
    """One rule: from which number on, what is divided by, what is written."""

    def __init__(self, base: int, radix: int, less: int, text: str) -> None:
        self.base, self.text = base, text
        exponent = 0
        while radix ** (exponent + 1) <= base:
            exponent += 1
        self.divisor = radix ** max(0, exponent - less)
        self.two_parts = "→" in text and "←" in text


def _key(key: str) -> tuple[int, int, int] | None:
    match = re.fullmatch(r"(\d+)(?:/(\d+))?(>*)", key)
    return (int(match[1]), int(match[2] or 10), len(match[3])) if match else None


def calendar(folder: Path, language: str) -> Iterator[tuple[str, str, str]]:
    dates = _part(folder, "dates", language, "ca-gregorian")["dates"]["calendars"]["gregorian"]
    for use in ("format", "stand-alone"):
        for day, form in dates["days"][use]["wide"].items():
            yield "weekday", str(DAYS.index(day) + 1), form
        for width in ("wide", "abbreviated"):
            for month, form in dates["months"][use][width].items():
                yield "month" if width == "wide" else "short-month", month, form
            for period, form in dates["dayPeriods"][use].get(width, {}).items():
                yield "period", period.rstrip("12").partition("-")[0], form


def units(folder: Path, language: str) -> Iterator[tuple[str, str, str]]:
    found = _part(folder, "units", language, "units")["units"]
    for width in ("long", "short"):
        for unit in UNITS:
            for key, form in found[width].get(unit, {}).items():
                sign = re.sub(r"\s+", " ", form.replace("{0}", "")).strip(" .")
                name = unit.partition("-")[2]
                if key in ("gender", "perUnitPattern") or not sign:
                    continue
                known = SYMBOLS.get(name) == sign.casefold()
                if width == "long" or not sign.isascii() or len(sign) > 2 or known:
                    yield "unit", name, sign
                    if sign[-1] in "²³":
                        yield "unit", name, f"{sign[:-1]} {2 if sign[-1] == '²' else 3}"


def currencies(folder: Path, language: str) -> Iterator[tuple[str, str, str]]:
    found = _part(folder, "numbers", language, "currencies")["numbers"]["currencies"]
    for code in CURRENCIES:
        for form in found.get(code, {}).values():
            if form != code:
                yield "currency", code, form


def _part(folder: Path, package: str, language: str, name: str) -> Any:
    language = "no" if language == "nb" else language
    file = folder / f"cldr-{package}-full/package/main" / language / f"{name}.json"
    return json.loads(file.read_text("utf-8"))["main"][language]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
