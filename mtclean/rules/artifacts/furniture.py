"""The page around an article, told by the shape of its lines and their place: no words are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mtclean.rules.artifacts.lines import without_lines
from mtclean.rules.artifacts.tokens import is_verse
from mtclean.rules.artifacts.written import Form, written_in
from mtclean.text import Fix, Passage, Span, known, rule

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_ENDS = re.compile(r"[.!?…,;:][\"'”’)\]]*\Z")
_STOPS = re.compile(r"[.!?…][\"'”’)\]]*\Z")
_LISTED = re.compile(r"[-*•·▪–—#|>`“\"‘]|\d{1,2}[.)]\s|\bDear\b")
_ENTRY = re.compile(r"\w.*[:(–—].*\w")
"""A line of a table or a list of facts: *Denmark (Group D): ninth*."""

_AMOUNT = re.compile(r"\d[\d/.,–-]* ?[A-Za-z]")
_FEWEST_AMOUNTS = 2

_PROSE = 20
"""Words of a line that is prose, or half as many where it ends as a sentence does."""
_SHORT = 6
"""Words of a line that may be a button, a label or a name of the page's."""
_FEWEST_PROSE = 4
_FEWEST = 3
"""Short lines in a row that are the page's: one or two may be a signature."""
_SHORT_BEFORE, _FEWEST_BEFORE = 4, 4
"""The same before the article, where its headline and its author stand."""
_HEADLINE = 4
_WEIGHT_OF_LABEL, _WEIGHT_OF_SURE = 15, 30
"""So many words of prose a short line outweighs, and one that is surely the page's."""
_ARTICLE = "Rains flood the south again\n\n" + "\n\n".join(
    f"It rained for {days} in the south, and the river rose higher than people can remember."
    for days in ("a day", "two days", "a week", "a month")
)


def article_in(passage: Passage, sure: Sequence[bool]) -> range:
    """The lines of the article, of which *sure* are none: the row in which prose outweighs what is short.

    Comments and teasers have sentences, too, but buttons and labels stand between them.  Empty where the text is written in
    something that has short lines of its own, or has hardly any prose.
    """
    if written_in(passage) is not Form.PLAIN or is_verse(passage):
        return range(0)
    best, most = range(0), 0
    start = weight = 0
    for number, size in enumerate(sizes_of(passage)):
        line = passage.text[slice(*passage.paragraphs[number])].strip()
        if sure[number]:
            weight -= _WEIGHT_OF_SURE
        elif _is_prose(line, size):
            weight += size
        elif _is_label(line, size, _SHORT):
            weight -= _WEIGHT_OF_LABEL
        if weight <= 0:
            start, weight = number + 1, 0
        elif weight > most:
            best, most = range(start, number + 1), weight
    return best if most >= _FEWEST_PROSE * _PROSE else range(0)


def is_label(passage: Passage, number: int) -> bool:
    """Whether the line has the shape of a button or a name of a section: few words and no mark at its end."""
    line = passage.text[slice(*passage.paragraphs[number])].strip()
    return _is_label(line, sizes_of(passage)[number], _SHORT)


def says_amount(line: str) -> bool:
    """Whether *line* begins with how much of something: *2 spoons of salt*."""
    return bool(_AMOUNT.match(line))


def first_of_prose(passage: Passage) -> int:
    """The number of the first line of prose, or how many lines there are."""
    return next(iter(_prose_of(passage)), len(passage.paragraphs))


def headline_of(passage: Passage, head: range) -> int:
    """The longest line of those before the article, which is its headline; -1 where there is none."""
    return max(head, key=lambda n: sizes_of(passage)[n], default=-1)


def furniture_runs(passage: Passage) -> list[range]:
    """The rows of short lines before the first and after the last line of prose, as numbers of lines.

    None where the text is not mostly prose, or is written in something that has short lines of its own.
    """
    return _runs(passage) if written_in(passage) is Form.PLAIN and not is_verse(passage) else []


@known
def sizes_of(passage: Passage) -> list[int]:
    """How many words each line has."""
    return [len(_WORD.findall(passage.text, *line)) for line in passage.paragraphs]


@known
def _prose_of(passage: Passage) -> list[int]:
    """The numbers of the lines of prose."""
    sizes = sizes_of(passage)
    return [
        n
        for n, line in enumerate(passage.paragraphs)
        if _is_prose(passage.text[slice(*line)].strip(), sizes[n])
    ]


@known
def _runs(passage: Passage) -> list[range]:
    said = [passage.text[slice(*line)].strip() for line in passage.paragraphs]
    sizes = sizes_of(passage)
    prose = _prose_of(passage)
    if len(prose) < _FEWEST_PROSE or sum(len(said[n]) for n in prose) * 2 < sum(map(len, said)):
        return []
    ends = (range(prose[0]), range(prose[-1] + 1, len(said)))
    return [
        run for end in ends for run in _in_a_row(passage, said, sizes, end) if _is_page(said, run)
    ]


def _in_a_row(passage: Passage, said: list[str], sizes: list[int], end: range) -> Iterator[range]:
    """The rows of short lines in *end*; at a text's beginning its longest line is the headline, and stays."""
    begins = end.start == 0
    headline = headline_of(passage, end) if begins else -1
    longest, fewest = (_SHORT_BEFORE, _FEWEST_BEFORE) if begins else (_SHORT, _FEWEST)
    start = end.start
    for number in (*end, end.stop):
        goes_on = (
            number < end.stop
            and (number != headline or sizes[number] < _HEADLINE)
            and _is_label(said[number], sizes[number], longest)
            and not passage.is_code(Span(*passage.paragraphs[number]))
        )
        if not goes_on:
            if number - start >= fewest:
                yield range(start, number)
            start = number + 1


def _is_prose(line: str, size: int) -> bool:
    return size >= _PROSE or (size >= _PROSE // 2 and bool(_STOPS.search(line)))


def _is_label(line: str, size: int, longest: int) -> bool:
    return size <= longest and not (size > 1 and _ENDS.search(line)) and not _LISTED.match(line)


def _is_page(said: list[str], run: range) -> bool:
    """Whether a row of lines is no list of the text's own, whose lines are made alike."""
    if sum(says_amount(said[number]) for number in run) >= _FEWEST_AMOUNTS:
        return False
    return 2 * sum(bool(_ENTRY.search(said[number])) for number in run) < len(run)


@rule(
    "page-furniture",
    "accuracy.addition.boilerplate",
    suggests=(
        (f"Home\nNews\nWeather\nSport\n{_ARTICLE}", _ARTICLE),
        (f"{_ARTICLE}\n\nShare\nSave\nJane Doe\n3", _ARTICLE),
    ),
    leaves=(
        f"{_ARTICLE}\n\nJane Doe\nHarbour Office",
        f"{_ARTICLE}\n\nDenmark (group D): ninth\nSweden (group F): third\nNorway (group A): first",
        f"{_ARTICLE}\n\nYou need\n2 loaves\n1 spoon of salt\nPatience",
        f"{_ARTICLE}\n\n- Bread\n- Butter\n- Salt",
        f"Dear Jane,\nHarbour Office\nMain Street\n{_ARTICLE}",
        "Bread\nButter\nSalt\nMix it all, and wait for an hour.",
    ),
)
def page_furniture(passage: Passage) -> Iterator[Fix]:
    """Short lines of the page stand in a row before or after the article: menu, buttons, names of sections.

    A scraper took them along, and engines translate them.  They are offered for deletion as one.

    Left alone: the headline, one or two short lines, lists, verse, letters, and texts that are not mostly prose.
    """
    for run in furniture_runs(passage):
        yield without_lines(
            passage,
            run[0],
            run[-1],
            f"{len(run)} short lines in a row, outside the article's prose, are the page's: menu, buttons or labels.",
        )


RULES = (page_furniture,)
