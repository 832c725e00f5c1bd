"""Write marks.tsv and plurals.tsv in mtclean/languages/cldr/ from the data of Unicode's CLDR.

    npm pack cldr-misc-full@48.2.0 cldr-numbers-full@48.2.0 cldr-core@48.2.0   # and unpack all, here into MISC, NUMBERS and CORE
    python benchmarks/cldr.py MISC/package NUMBERS/package CORE/package

A locale is left out where it is as the one it derives from (de-LU as de).  Raises :class:`OSError` where a folder is no such package.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

OUTPUT = Path(__file__).resolve().parent.parent / "mtclean" / "languages" / "cldr"
HEAD = """\
# Quotation marks and signs of numbers by locale, from Unicode CLDR {version} (Unicode-3.0, see LICENSE); made by benchmarks/cldr.py.
# locale TAB outer marks TAB inner marks TAB decimal sign TAB sign between thousands TAB fewest digits before the first of them
"""

PLURALS_HEAD = """\
# Plural forms that are for one number alone, by language, from Unicode CLDR {version} (Unicode-3.0, see LICENSE); made by benchmarks/cldr.py.
# language TAB category=number, divided by blanks
"""


def main(misc: Path, numbers: Path, core: Path) -> None:
    package = json.loads((misc / "package.json").read_text(encoding="utf-8"))
    rows = {
        folder.name: _row(misc, numbers, folder.name)
        for folder in sorted((misc / "main").iterdir())
        if folder.name != "und"
    }
    lines = (
        "\t".join((locale, *row)) for locale, row in rows.items() if row != _parent(rows, locale)
    )
    (OUTPUT / "marks.tsv").write_text(
        HEAD.format(version=package["version"]) + "\n".join(lines) + "\n", encoding="utf-8"
    )
    plurals = "".join(f"{language}\t{forms}\n" for language, forms in _forms_for_one(core))
    (OUTPUT / "plurals.tsv").write_text(
        PLURALS_HEAD.format(version=package["version"]) + plurals, encoding="utf-8"
    )


def _forms_for_one(core: Path) -> Iterator[tuple[str, str]]:
    """Of each language its categories whose rule fits one whole number: the samples of CLDR are all there are of so few."""
    data = json.loads((core / "supplemental" / "plurals.json").read_text(encoding="utf-8"))
    for language, rules in data["supplemental"]["plurals-type-cardinal"].items():
        forms = []
        for name, rule in rules.items():
            number = rule.partition("@integer")[2].partition("@decimal")[0].strip(" ,")
            if number.isdecimal():
                forms.append(f"{name.rpartition('-')[2]}={number}")
        if forms:
            yield language, " ".join(forms)


def _row(misc: Path, numbers: Path, locale: str) -> tuple[str, ...]:
    def part(package: Path, name: str) -> dict[str, dict[str, str]]:
        data = json.loads((package / "main" / locale / f"{name}.json").read_text(encoding="utf-8"))
        found: dict[str, dict[str, str]] = data["main"][locale]
        return found

    marks = part(misc, "delimiters")["delimiters"]
    signs = part(numbers, "numbers")["numbers"]
    latin: dict[str, str] = signs["symbols-numberSystem-latn"]  # type: ignore[assignment]
    return (
        marks["quotationStart"] + marks["quotationEnd"],
        marks["alternateQuotationStart"] + marks["alternateQuotationEnd"],
        latin["decimal"],
        latin["group"].encode("unicode_escape").decode()
        if latin["group"].isspace()
        else latin["group"],
        signs["minimumGroupingDigits"],
    )


def _parent(rows: dict[str, tuple[str, ...]], locale: str) -> tuple[str, ...] | None:
    while "-" in locale:
        locale = locale.rpartition("-")[0]
        if locale in rows:
            return rows[locale]
    return None


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
