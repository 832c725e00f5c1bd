"""Write mtclean/languages/cldr/marks.tsv from the data of Unicode's CLDR.

    npm pack cldr-misc-full@48.2.0 cldr-numbers-full@48.2.0   # and unpack both, here into MISC and NUMBERS
    python benchmarks/cldr.py MISC/package NUMBERS/package

A locale is left out where it is as the one it derives from (de-LU as de).  Raises :class:`OSError` where a folder is no such package.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

OUTPUT = Path(__file__).resolve().parent.parent / "mtclean" / "languages" / "cldr" / "marks.tsv"
HEAD = """\
# Quotation marks and signs of numbers by locale, from Unicode CLDR {version} (Unicode-3.0, see LICENSE); made by benchmarks/cldr.py.
# locale TAB outer marks TAB inner marks TAB decimal sign TAB sign between thousands TAB fewest digits before the first of them
"""


def main(misc: Path, numbers: Path) -> None:
    package = json.loads((misc / "package.json").read_text(encoding="utf-8"))
    rows = {
        folder.name: _row(misc, numbers, folder.name)
        for folder in sorted((misc / "main").iterdir())
        if folder.name != "und"
    }
    lines = (
        "\t".join((locale, *row)) for locale, row in rows.items() if row != _parent(rows, locale)
    )
    OUTPUT.write_text(
        HEAD.format(version=package["version"]) + "\n".join(lines) + "\n", encoding="utf-8"
    )


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
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
