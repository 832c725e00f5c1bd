"""Sentences and paragraphs that stand in a document twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress, groupby, islice
from operator import eq

from mtclean.rules.artifacts.tokens import (
    Words,
    is_verse,
    letters,
    pairs_again,
    sentences_of,
    stripped,
    words_in_sentences,
    words_of,
)
from mtclean.rules.artifacts.written import Form, written_in
from mtclean.text import Finding, Fix, Passage, Severity, Span, rule
from mtclean.text.span_set import SpanSet

_FEWEST_WORDS = 6
"""Shorter sentences come back by right: “Yes, I did.”, headings, names."""
_FEWEST_LETTERS = 28
_SHINGLE = 4
"""Words in a row that two near-duplicates are matched by."""
_COMMON_SHINGLE = 8
"""A shingle in more paragraphs than this is a formula, and says nothing."""
_ALIKE = 0.75
"""Share of shingles two paragraphs must have in common; one changed word costs up to four.

Clauses of a statute and entries of a manual that are built alike reach .7.
"""
_NEAR_WORDS = 20
_FEWEST_SHARED = _ALIKE * (_NEAR_WORDS - _SHINGLE + 1)
"""Shingles that stand in a text again, at least, of which one paragraph is like another."""
_QUOTED_WORDS = 12
"""A shorter sentence of somebody's speech may be quoted twice: in the story and in a pull quote."""
_QUOTED_END = re.compile(r"[.!?,…][\"”’]\Z")
_FORMULA = 3
"""What stands in a text this often, and never twice in a row, is a refrain, a form, the question of an interviewer, no slip."""
_FAR_WORDS = 12
"""A shorter sentence may come back later in a text by right: “See the section on files below.”"""
_AT_ONCE = 2
"""Sentences from what is copied to its copy, at most, that a word's slip may have made."""
_MANY_FAR = 4
"""So many sentences that come back one by one are the manner of a manual."""
_MUCH_CODE = 3
"""Places of code, from which a page is a manual."""
_CITED = re.compile(r"\b(?:pp?|vol|nos?|ch|ed)\.\Z", re.IGNORECASE)
"""How what looks like a sentence ends where a reference gives its page."""
_ATTRIBUTION = re.compile(r"\s*[-–—~]")
_ENDED = re.compile(r"[.!?…؟۔।。！？][\"”’'»*_)\]]{0,4}\s*\Z")
"""How a sentence ends that says all it has to say: one that leads to a list is followed by another list."""

_ITEM = re.compile(r"[ \t]{0,12}[-*+•] (?:\[[ x]\] )?[\[(*_`\"“]{0,3}")
_INDEXED = re.compile(
    r"[ \t]{0,12}[-*+] (?:[^\s\[\]]{1,20} )?\[[^\[\]\r\n]{1,200}\]\([^()\s]{1,300}"
)


@rule(
    "duplicate-passage",
    "accuracy.addition.duplicate",
    finds=(
        (
            "Rain fell on the harbour all night long. Rain fell on the harbour all night long. It was cold.",
            "night long. It was cold.",
        ),
        (
            "The council voted on Monday to build a new bridge over the river near the old mill, and the"
            " mayor welcomed the decision.\nNothing else happened.\nThe council voted on Monday to build a"
            " new bridge over the river near the old mill, and the mayor hailed the decision.",
            "the mayor hailed the decision",
        ),
    ),
    leaves=(
        "Yes, I did. No, you did not. Yes, I did.",
        "# Search\n\n- [The old bridge](bridge.md): how to find the bridge that carries the most people over the water at"
        " once, by night and by day\n\n# Sort\n\n- [The old bridge](bridge.md): how to find the bridge that carries the"
        " most people over the water at once, by night and by day\n",
        "Get in\nBy plane\nThe airport is small.\nGet around\nBy plane\nThere are no flights.",
        "The bridge was built in 1901 by the city. The bridge was rebuilt in 1950 by the state.",
        "“We have not seen such a flood.” It came at night. “We have not seen such a flood.”",
        "Push adds a file. See the section on files below. Pop takes it away, and nothing else is changed. Drop it"
        " to be rid of it. See the section on files below.",
        "We row the boat and sing our song,\nAll day long,\nWe row the boat and sing our song,\nRight or wrong,"
        "\nWe row the boat\nAnd sing our song.",
        "He wrote it. [Jane Doe, The Rain and the Harbour of Our Old Town, Port Ann and London, p. 4] She read it. He knew."
        " So he went. [Jane Doe, The Rain and the Harbour of Our Old Town, Port Ann and London, p. 7] It was late.",
        "# 1.1\n\n- Mend the gate that could not be opened from the side of the sea.\n- Paint it.\n- Oil it.\n\n# 1.0\n\n"
        "- Drop the bell.\n- Mend the gate that could not be opened from the side of the sea.\n",
        "Pack these things for the way to the harbour in the winter:\na coat, a lamp.\nLeave.\n"
        "Pack these things for the way to the harbour in the winter:\nbread, a map.",
        "\n\n".join(
            f"{who}\n\nWhat do you cook when your friends come for the evening, and what have they told you of it so far, the good and the bad?\n\n{what}"
            for who, what in (
                ("Ann", "Soup, and nothing else."),
                ("Bo", "They never tell me."),
                ("Cy", "I do not cook."),
            )
        ),
        "The rain fell on the roofs of the town. He left. The rain fell on the roofs of the town. She stayed. The rain fell on the roofs of the town.",
        "It is late.\n-- From a letter to the editor of the paper\nNot yet.\n-- From a letter to the editor of the paper",
    ),
    severity=Severity.MAJOR,
)
def duplicate_passage(passage: Passage) -> Iterator[Fix | Finding]:
    """A sentence or paragraph stands in the document a second time.

    Engines that translate in overlapping windows, and scrapers that read a teaser and then the
    article, leave the same passage twice, at times with a word changed.  The later one is shown.

    Left alone: short sentences unless the copy follows at once, headings, short speech in quotation
    marks, refrains of verse, what leads to a list, items of lists and cells of tables, links that repeat the heading they lead to, what a manual (a page with headings and code) says in
    two places, lines and references that name a
    source, logs, and what comes so often that it must be a formula.
    """
    if written_in(passage) is Form.LOG:
        return
    whole = [span for span in _repeated_paragraphs(passage) if not _is_indexed(passage, span)]
    yield from (_finding(span, "paragraph") for span in whole)
    if is_verse(passage):
        return
    sentences = _repeated_sentences(passage, {span.start: span.end for span in whole})
    yield from (_finding(span, "sentence") for span in sentences if not _is_indexed(passage, span))


def _is_indexed(passage: Passage, span: Span) -> bool:
    """Whether *span* begins with an item of a list that is a link, as an index has it under every heading."""
    return _INDEXED.match(passage.text, span.start) is not None


def _finding(span: Span, what: str) -> Finding:
    return Finding(
        span,
        f"This {what} stands in the document already; engines and scrapers that work in overlapping pieces"
        " leave such doubles: delete it unless the repetition is meant.",
        Severity.MAJOR,
    )


def _key(words: Words, span: Span) -> tuple[str, ...]:
    inside = words.between(*span)
    return tuple(words.folded[inside.start : inside.stop])


def _long_enough(key: tuple[str, ...]) -> bool:
    return len(key) >= _FEWEST_WORDS and letters(key) >= _FEWEST_LETTERS


def _repeated_sentences(passage: Passage, taken: dict[int, int]) -> list[Span]:
    """Later copies of sentences; copies that follow one another are one passage."""
    if not _stretches(passage, _FEWEST_WORDS):
        return []
    words = words_of(passage)
    keys = [tuple(words.folded[i.start : i.stop]) for i in words_in_sentences(passage)]
    often = {key: n for key, n in Counter(keys).items() if n > 1 and _long_enough(key)}
    if not often:
        return []
    last: dict[tuple[str, ...], int] = {}
    copies: list[tuple[int, Span]] = []
    behind: dict[int, int] = {}  # how many sentences behind what it copies each copy stands
    links = SpanSet(passage.links)
    covered = -1
    for number, (key, span) in enumerate(zip(keys, sentences_of(passage), strict=True)):
        covered = max(covered, taken.get(span.start, -1))
        if not 2 <= often.get(key, 0) < _FORMULA or _ATTRIBUTION.match(passage.text, span.start):
            continue
        if links.covers(span):
            continue
        if _CITED.search(passage.text, max(span.start, span.end - 6), span.end):
            continue
        if not _ENDED.search(passage.text, max(span.start, span.end - 9), span.end):
            continue
        if key in last and number - last[key] > 1 and _is_in_item(passage, span):
            last[key] = number
            continue
        if key in last and span.start >= covered and not _is_quoted(passage, span, key):
            copies.append((number, span))
            behind[number] = number - last[key]
        last[key] = number
    sure: list[Span] = []
    far: list[tuple[int, Span]] = []
    manual = _is_manual(passage)
    for _, chain in groupby(enumerate(copies), key=lambda pair: pair[1][0] - pair[0]):
        numbers, spans = zip(*(copy for _, copy in chain), strict=True)
        at_once = behind[numbers[0]] <= max(_AT_ONCE, len(spans))
        if at_once or (len(spans) > 1 and not manual):
            sure.append(_hull(spans))
        else:
            far.append((numbers[0], spans[0]))
    if len(far) < _MANY_FAR and not manual:
        sure += [span for number, span in far if len(keys[number]) >= _FAR_WORDS]
    return sorted(sure)


def _is_in_item(passage: Passage, span: Span) -> bool:
    """Whether *span* is in a cell of a table or in an item of a list: what is said of one thing is said so of the next."""
    if passage.is_in_entry(span):
        return True
    line = passage.line_at(span.start)
    item = _ITEM.match(passage.text, *line)
    return (
        item is not None
        and item.end() >= span.start
        and stripped(passage.text, *line).end == span.end
    )


def _is_manual(passage: Passage) -> bool:
    """Whether the page has headings or lists, and code in them, as its file's format says."""
    return bool(passage.entries) and len(passage.code) >= _MUCH_CODE


def _is_quoted(passage: Passage, span: Span, key: tuple[str, ...]) -> bool:
    """Whether the sentence is short and closes somebody's speech, which writers quote again."""
    end = passage.text[max(span.start, span.end - 2) : span.end]
    return len(key) < _QUOTED_WORDS and bool(_QUOTED_END.match(end))


def _hull(spans: Sequence[Span]) -> Span:
    return Span(spans[0].start, spans[-1].end)


def _repeated_paragraphs(passage: Passage) -> list[Span]:
    """Paragraphs that share most of their shingles with an earlier one."""
    words = words_of(passage)
    again = _shingles_again(passage)
    if len(again) < _FEWEST_SHARED:
        return []
    maybe = frozenset(again)
    holders: dict[tuple[str, ...], tuple[int, ...]] = {}
    sizes: list[int] = []
    copies: list[int] = []
    reach = 1 if _is_manual(passage) else len(passage.paragraphs)
    in_row: set[int] = set()  # of what a copy stands right behind another
    first: dict[int, int] = {}  # the paragraph each is a copy of, or a copy of its copies
    for number, span in enumerate(passage.paragraphs):
        key = _key(words, span)
        if len(key) < _NEAR_WORDS:
            sizes.append(0)
            continue
        shingles = {*_shingles(key)}
        sizes.append(len(shingles))
        shared = Counter[int]()
        for shingle in shingles:
            if hash(shingle) not in maybe:
                continue
            known = holders.get(shingle, ())
            if len(known) <= _COMMON_SHINGLE:
                shared.update(known)
                holders[shingle] = (*known, number)
        alike = [
            holder
            for holder, n in shared.items()
            if n >= _ALIKE * max(sizes[number], sizes[holder]) and number - holder <= reach
        ]
        if alike and not _is_in_item(passage, stripped(passage.text, *span)):
            first[number] = first.get(max(alike), max(alike))
            copies.append(number)
            if max(alike) == number - 1:
                in_row.add(first[number])
    often = Counter(first.values())
    return [
        passage.paragraphs[n]
        for n in copies
        if often[first[n]] + 1 < _FORMULA or first[n] in in_row
    ]


def _shingles(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(islice(words, i, None) for i in range(_SHINGLE)), strict=False)


def _stretches(passage: Passage, words: int) -> list[int]:
    """Where so many *words* begin each two of which, side by side, stand elsewhere in the text, too; in order."""
    pairs, apart = pairs_again(passage), words - 2
    return [
        first for first, last in zip(pairs, pairs[apart:], strict=False) if last - first == apart
    ]


def _shingles_again(passage: Passage) -> list[int]:
    """The hash of each shingle of the text that stands there already: what has another is nowhere else, and need not be kept.

    Numbers take a third of the memory of the shingles themselves.
    """
    folded = words_of(passage).folded
    hashes = sorted(hash(tuple(folded[at : at + _SHINGLE])) for at in _stretches(passage, _SHINGLE))
    return [*compress(hashes, map(eq, hashes, islice(hashes, 1, None)))]


RULES = (duplicate_passage,)
