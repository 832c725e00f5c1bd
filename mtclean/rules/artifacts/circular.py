"""Phrases said again with a little between: a decoder that goes round in circles."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mtclean.languages.lists import words
from mtclean.rules.artifacts.repetition import loops, small_words
from mtclean.rules.artifacts.tokens import (
    Words,
    is_verse,
    pairs_again,
    sentences_of,
    short,
    twins_of,
    words_in_sentences,
    words_of,
)
from mtclean.text import Finding, Fix, Passage, Severity, Span, rule

_LINKS = frozenset(("and", "or"))
_LINKING = _LINKS | {"but"}
_ARTICLES = frozenset(
    ("the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our")
)
_VERBS = frozenset(("is", "was", "are", "were", "to", "be"))
"""What between two nouns makes a sentence of them: *a rose is a rose*."""
_BETWEEN = re.compile(r"[.,;:!?()–—\r\n]")
_ENDED = re.compile(r"[”\"’']?(?:[.,;:!?…)\r\n]|\Z)")
_LONGEST_TERM = 8
"""Words of a phrase that is looked for again."""
_WIDEST_SUBJECT = 100
"""Code points a sentence may have before the verb that names what it is about."""
_NAMING = re.compile(
    r"\b(?:(?:also |often |then |sometimes |usually |commonly )?refers? to|stands? for|(?:is|are) (?:also |often |then "
    r"|sometimes |usually |commonly )?(?:the name (?:of|for)|called|known as|referred to as|used to (?:refer to|describe|mean|denote)"
    r"|defined as|short for|a (?:form|kind|type|sort) of|another (?:name|word|term) for))\b",
    re.IGNORECASE,
)
_TERM_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_OPENING = '“"«'
_QUOTED_THRICE = 3
_QUOTED = re.compile(r"[“\"«]([^“”\"«»\r\n]{2,60})[”\"»]")
_LEAST_QUOTED = 4
"""Letters a quoted term has at least: shorter ones are marks and letters a text is about."""
_ITEM = re.compile(r",(?: and| or)? | and | or ")
_ITEM_HEAD = re.compile(r"\A(?:the|an?) ", re.IGNORECASE)
_MOST_IN_ITEM = 4
_FEWEST_SEPARATORS = 2
# The link is asked for last and may be missing, so that a row without one is walked once.
_WORD_AND_WORD = re.compile(
    r"\b([^\W\d_]{3,30})(?:, \1\b){2,}(?P<link>,? (?:and|or) \1\b)?", re.IGNORECASE
)
_LONG_WORD = re.compile(r"[A-Za-z]{12,}")
_SHORTEST_GLUED = 12
_GLUED = re.compile(r"([A-Za-z]{4,12}?)\1{2,40}", re.IGNORECASE)
_NAMING_WORDS = frozenset(
    (
        "refer",
        "refers",
        "stand",
        "stands",
        "name",
        "called",
        "known",
        "referred",
        "used",
        "defined",
        "short",
        "form",
        "kind",
        "type",
        "sort",
        "another",
    )
)
"""One of these is in all that :data:`_NAMING` finds."""
_AGAIN_IN_LINKED = _AGAIN_IN_LIST = 2
"""Words a sentence has at least twice in which a phrase of two or two items come again."""
_PAIRS_IN_LIST = 4
"""The same of words side by side: two items of two words, twice."""
_AGAIN_IN_PARTS = 4
"""The same of an article and a noun that come three times."""


@rule(
    "phrase-in-circles",
    "accuracy.addition.loop",
    finds=(
        (
            "The term “harbour rent” refers to the term “harbour rent” and no other.",
            "harbour rent” refers to the term",
        ),
        ("Aporia is the name of aporia, which is a doubt.", "name of aporia"),
        ("He saw the seals as the seals of the seals.", "the seals of the seals"),
        ("It lies close to the bus station and the bus station.", "and the bus station"),
        ("He spoke of “harbour rent”, “harbour rent” (or “harbour rent”).", "(or “harbour rent”)"),
        (
            "Floods on the Tamar River, Lune River, the Tamar River, the Lune River and the coast came.",
            "the Tamar River, the Lune River",
        ),
        ("You can fry, fry, fry or fry it.", "fry or fry"),
        ("It is a GreenGreenGreenGreen door.", "GreenGreen"),
    ),
    leaves=(
        "They stood shoulder to shoulder, from city to city, for the best of the best.",
        "Government of the people, by the people, for the people, is a rose that is a rose that is a rose.",
        "The Thames is also called the River Thames, and the town is called Thame.",
        "He looked at the hedge, and the hedge looked back; not the day before, but the day before that.",
        "Location, location, location. Years and years, miles and miles, again and again.",
        "Close contacts and close contacts of close contacts stayed at home.",
        "He had “yes”, “yes” and “yes” for an answer; ha, hahahahahaha, xxxxxxxxxxxxxxx.",
        "Use “git diff sub” and “git diff sub/”, previous id and previous id_plural, the refs and the refs-all.",
        "Left, right, left, right. Tom Hall, Ann Lee, Tom Hill and Ann Low came.",
        "The truth, the whole truth, and nothing but the truth.",
        "The right to work, the right to rest, and the right to learn.",
    ),
    failures=(
        ("The Enterprise is a ship of the Enterprise.", "The Enterprise is a ship."),
        (
            "Old and young meet in the squares for fun and fun.",
            "Old and young meet in the squares for fun.",
        ),
    ),
    severity=Severity.MAJOR,
    languages=("en",),
)
def phrase_in_circles(passage: Passage) -> Iterator[Fix | Finding]:
    """A sentence explains or lists a thing by the same thing: a loop with a little between the rounds.

    A decoder that has lost its thread says the same words again after a link: *the term X refers to
    the term X*, *the station and the station*, *A, B, A, B*, *the X of the X of the X*.  What the
    source had in place of the later ones is lost.  Rounds with nothing between are
    `looping-phrase`.

    Left alone: rhetoric (*of the people, by the people*), idioms of one word (*years and years*),
    clauses of their own (*the hedge, and the hedge looked back*), verse.
    """
    if is_verse(passage):
        return
    known = loops(passage)
    ends = [loop.end for loop in known]
    covered = 0
    for span in sorted(_circles(passage), key=lambda s: (s.start, -s.end)):
        if span.start < covered or passage.is_protected(*span):
            continue
        covered = span.end
        near = bisect_right(ends, span.start)
        if near == len(known) or known[near].start >= span.end:
            yield Finding(
                span,
                f"“{short(passage.text[slice(*span)])}” says the same words again; a translation engine that lost"
                " its thread goes round like this: see what the source says.",
                Severity.MAJOR,
            )


def _circles(passage: Passage) -> Iterator[Span]:
    text, all_words = passage.text, words_of(passage)
    quotes = not passage.characters.isdisjoint(_OPENING)
    for sentence, inside in zip(sentences_of(passage), words_in_sentences(passage), strict=True):
        said = all_words.folded[inside.start : inside.stop]
        again = len(said) - len(frozenset(said))  # words that the sentence has already
        if quotes:
            yield from _quoted_thrice(text, sentence)
        if again and not _NAMING_WORDS.isdisjoint(said):
            yield from _explained_by_itself(text, sentence)
        if again >= _AGAIN_IN_LINKED and not _LINKING.isdisjoint(said):
            yield from _joined_to_itself(text, all_words, inside)
        if again >= _AGAIN_IN_PARTS:
            yield from _part_of_itself(text, all_words, inside)
        if (
            again >= _AGAIN_IN_LIST
            and _separators(text, sentence, said) >= _FEWEST_SEPARATORS
            and _pairs_in(passage, inside) >= _PAIRS_IN_LIST
        ):
            yield from _listed_again(text, sentence)
    if any(later == one + 1 for one, later in pairwise(twins_of(passage))):
        yield from (Span(*m.span()) for m in _WORD_AND_WORD.finditer(text) if m["link"])
    if any(len(word) >= _SHORTEST_GLUED and _GLUED.search(word) for word in all_words.forms):
        yield from _glued(text)


def _glued(text: str) -> Iterator[Span]:
    for word in _LONG_WORD.finditer(text):
        if glued := _GLUED.search(text, *word.span()):
            unit = glued[1].lower()
            if len(set(unit)) > 2 and unit not in words("emphatic_doubles.txt"):
                yield Span(*word.span())


def _explained_by_itself(text: str, sentence: Span) -> Iterator[Span]:
    """*The term X refers to the term X*: what a sentence is about, a verb that names, and the same once more."""
    edge = min(sentence.end, sentence.start + _WIDEST_SUBJECT + 40)
    for verb in _NAMING.finditer(text, sentence.start, edge):
        subject = _terms(text, sentence.start, verb.start())
        again = _terms(text, verb.end(), min(sentence.end, verb.end() + _WIDEST_SUBJECT))
        said = [word for word, _ in subject]
        if (
            0 < len(said) <= _LONGEST_TERM
            and [word for word, _ in again[: len(said)]] == said
            and not small_words().issuperset(said)
        ):
            yield Span(subject[0][1].start(), again[len(said) - 1][1].end())


def _terms(text: str, start: int, end: int) -> list[tuple[str, re.Match[str]]]:
    return [(m.group().lower(), m) for m in _TERM_WORD.finditer(text, start, end)]


def _joined_to_itself(text: str, all_words: Words, inside: range) -> Iterator[Span]:
    """*Close to the bus station and the bus station*: one phrase on both sides of a link."""
    folded = all_words.folded
    for link in inside:
        if folded[link] in _LINKS:
            second = link + 1
        elif folded[link] == "but" and folded[link + 1 : link + 2] == ["also"]:
            second = link + 2
        else:
            continue
        for size in range(2, _LONGEST_TERM + 1):
            if link - size < inside.start or second + size > inside.stop:
                break
            first = link - size
            if folded[first] == folded[second] and _is_same_term(
                text, all_words, Span(first, link), Span(second, second + size)
            ):
                yield all_words.span(first, second + size - 1)
                break


def _is_same_term(text: str, all_words: Words, first: Span, second: Span) -> bool:
    """Whether two runs of words, given by their indices, are one phrase said twice, and nothing goes on from there."""
    starts, ends = all_words.starts, all_words.ends
    one = text[starts[first.start] : ends[first.end - 1]]
    other = text[starts[second.start] : ends[second.end - 1]]
    if one.lower() != other.lower() or _BETWEEN.search(one):
        return False
    between = text[ends[first.end - 1] : starts[second.start]]
    contrasts = second.start - first.end == 2
    if not contrasts and _BETWEEN.search(between):
        return False
    said = all_words.folded[first.start : first.end]
    meaty = [word for word in said if word not in small_words() and not word.isdigit()]
    if len(meaty) < 2 and not (meaty and said[0] in _ARTICLES):
        return False
    if _ENDED.match(text, ends[second.end - 1]):
        return True
    return (
        all_words.folded[first.end] == "or"
        and len(meaty) == 1
        and text[ends[second.end - 1]] == " "
    )


def _part_of_itself(text: str, all_words: Words, inside: range) -> Iterator[Span]:
    """*The X as the X of the X*: one noun with its article three times, and small words alone between."""
    folded, small = all_words.folded, small_words()
    first, last, rounds = 0, -1, 0
    for i in inside:
        if folded[i] in small:
            continue
        joined = (
            last >= 0
            and i - last in (3, 4)
            and folded[i - 1] in _ARTICLES
            and folded[i - 1 : i + 1] == folded[last - 1 : last + 1]
            and _VERBS.isdisjoint(folded[last + 1 : i])
            and not _BETWEEN.search(text, all_words.ends[last], all_words.starts[i])
        )
        first, rounds = (first, rounds + 1) if joined else (i, 1)
        last = i
        if rounds == 3:
            yield all_words.span(first - 1, i)


def _quoted_thrice(text: str, sentence: Span) -> Iterator[Span]:
    """*“X” is “X” or “X”*: one term in quotation marks three times in a sentence."""
    if sum(text.count(mark, *sentence) for mark in _OPENING) < _QUOTED_THRICE:
        return
    quoted: dict[str, list[re.Match[str]]] = {}
    for match in _QUOTED.finditer(text, *sentence):
        term = match[1].lower().strip(" ,.")
        if sum(map(str.isalpha, term)) > _LEAST_QUOTED:
            quoted.setdefault(term, []).append(match)
    for places in quoted.values():
        if len(places) >= _QUOTED_THRICE:
            yield Span(places[0].start(), places[-1].end())


def _listed_again(text: str, sentence: Span) -> Iterator[Span]:
    """*A, B, A, B*: a list of four and more that has two of its items twice.

    The first item may hang on what leads to the list, and the last one on what follows: *floods on the A, B, …*.
    """
    pieces = [*_pieces(text, sentence)]
    if len(pieces) <= _FEWEST_SEPARATORS:
        return
    lead, run = "", list[tuple[str, Span]]()
    for piece in pieces:
        item = _ITEM_HEAD.sub("", text[slice(*piece)].strip(' .“”"'), count=1).lower()
        if 2 <= len(item.split()) <= _MOST_IN_ITEM and not any(map(str.isdigit, item)):
            run.append((item, piece))
            continue
        if span := _of_doubles(lead, run, item):
            yield span
        lead, run = item, []
    if span := _of_doubles(lead, run, ""):
        yield span


def _of_doubles(lead: str, run: list[tuple[str, Span]], trail: str) -> Span | None:
    """Where the items of *run* stand, if they, with what hangs on them, are a list that says two of its items twice."""
    if len(run) < 2:
        return None
    names = [name for name, _ in run]
    often = Counter(names)
    for name in often:
        often[name] += lead.endswith(" " + name) + trail.startswith(name + " ")
    if often.total() < 4 or sum(n > 1 for n in often.values()) < 2:
        return None
    return Span(run[0][1].start, run[-1][1].end)


def _separators(text: str, sentence: Span, said: Sequence[str]) -> int:
    """How many commas and links may part the items of a list in the *sentence*, in which *said* are the words."""
    return text.count(", ", *sentence) + said.count("and") + said.count("or")


def _pairs_in(passage: Passage, inside: range) -> int:
    """How many pairs of the words *inside* stand elsewhere, too, as those of an item that comes twice do."""
    pairs = pairs_again(passage)
    return bisect_left(pairs, inside.stop - 1) - bisect_left(pairs, inside.start)


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    at = sentence.start
    for stop in _ITEM.finditer(text, *sentence):
        yield Span(at, stop.start())
        at = stop.end()
    yield Span(at, sentence.end)


RULES = (phrase_in_circles,)
