"""House style: which quotation marks and dashes the house prints.  Silent unless the house asks.

A text that is right is only changed to the house's style once its marks are in pairs, so these
rules wait until the others are done with a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mtclean.rules.typography.mending import SURE
from mtclean.rules.typography.pairing import Mark, Role, reading
from mtclean.text import Dash, Edit, Fix, Marks, Passage, Style, replacing, rule

_NO_BREAK = "\u00a0"


class Pair(NamedTuple):
    """What stands at the two ends of a quotation."""

    opening: str
    closing: str


# Outer and inner pairs: New Hart's Rules (2014) 9.2.3 for Britain; Chicago Manual of Style (18th
# edition) 13.30 for the United States; Duden's D 8 to D 12 for German; Lexique des règles
# typographiques en usage à l'Imprimerie nationale for French; Swiss Federal Chancellery,
# Schreibweisungen (2013) for Switzerland.
_PRINTED: dict[Marks, tuple[Pair, Pair]] = {
    Marks.US: (Pair("“", "”"), Pair("‘", "’")),
    Marks.UK: (Pair("‘", "’"), Pair("“", "”")),
    Marks.GERMAN: (Pair("„", "“"), Pair("‚", "‘")),
    Marks.FRENCH: (Pair("«" + _NO_BREAK, _NO_BREAK + "»"), Pair("“", "”")),
    Marks.SWISS: (Pair("«", "»"), Pair("‹", "›")),
}

_DASH = re.compile(r"(?<=[\w,.!?;:”’)\]])(?:[ \t]+[–—][ \t]+|—)(?=[\w“‘(\[])")


@rule(
    "quote-style",
    "style.quote",
    fixes=[
        ("“He said ‘never’,” she wrote.", "‘He said “never”,’ she wrote."),
        ("“He said ‘I read “Emma” there’.”", "‘He said “I read ‘Emma’ there”.’"),
    ],
    leaves=[
        "‘He said “never”,’ she wrote. It’s the dogs’ own.",
        'The ’90s and a 27" screen.',
        "“This one was never closed.",
    ],
    style=Style(marks=Marks.UK),
)
def quote_style(passage: Passage) -> Iterator[Fix]:
    """The quotation marks are not the house's.

    A house that prints ‘British’, „German“ or « French » marks wants them everywhere.

    Left alone: texts whose profile does not set ``style.marks``, and paragraphs whose marks are not
    all in pairs: what cannot be read for certain is left to the other rules first.

    Source: New Hart's Rules (2014), 9.2.3; Chicago Manual of Style (18th edition), 13.30; Duden, D
    8 to D 12; Lexique des règles typographiques en usage à l'Imprimerie nationale; Swiss Federal
    Chancellery, Schreibweisungen (2013).
    """
    if passage.style.marks is Marks.KEEP:
        return
    house = _PRINTED[passage.style.marks]
    for marks in reading(passage):
        if not _is_settled(marks):
            continue
        depth = 0
        for mark in marks:
            if mark.role is Role.CLOSE:
                depth -= 1
            elif mark.role is Role.OPEN:
                fix = _restyled(mark, marks[mark.partner], house[depth % 2])
                depth += 1
                if fix is not None:
                    yield fix


def _is_settled(marks: Sequence[Mark]) -> bool:
    """Whether every mark that quotes has its partner, and that for certain."""
    quoting = [mark for mark in marks if mark.role in (Role.OPEN, Role.CLOSE, Role.STRAY)]
    return all(mark.partner >= 0 and mark.margin >= SURE for mark in quoting)


def _restyled(opening: Mark, closing: Mark, pair: Pair) -> Fix | None:
    if (opening.glyph, closing.glyph) == pair:
        return None
    return Fix(
        (
            Edit(opening.at, opening.at + 1, pair.opening),
            Edit(closing.at, closing.at + 1, pair.closing),
        ),
        f"The house prints {pair.opening}…{pair.closing}.",
    )


@rule(
    "dash-style",
    "style.dash",
    fixes=[
        ("He came—at last—and sat.", "He came – at last – and sat."),
        ("He came — at last — and sat.", "He came – at last – and sat."),
    ],
    leaves=[
        "He came – at last – and sat.",
        "In 1990–1995, pages 3–7; the Paris–Lyon line.",
        "A well-known man; minus -5.",
    ],
    style=Style(dash=Dash.SPACED),
)
def dash_style(passage: Passage) -> Iterator[Fix]:
    """The dash between parts of a sentence is not set as the house sets it.

    Spaced en dashes and closed em dashes in one text show that two hands were at work.

    Left alone: texts whose profile does not set ``style.dash``; ranges, pairs of names, hyphens,
    and a dash that begins or ends a line.
    """
    if passage.style.dash is Dash.KEEP:
        return
    wanted = " – " if passage.style.dash is Dash.SPACED else "—"
    for match in _DASH.finditer(passage.text):
        if match.group() != wanted:
            yield replacing(
                match.start(), match.end(), wanted, f"The house sets dashes as “{wanted}”."
            )


RULES = (quote_style, dash_style)
