"""Words and phrases said again: a decoder caught in a loop, or a word typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tasks.artifacts.anatomy import Words, is_first_in_sentence, is_verse, words_of
from tasks.artifacts.lexicon import words
from tasks.text import Applicability, Edit, Finding, Fix, Passage, Severity, rule

_LONGEST_PERIOD = 80
"""Longest repeated piece looked for, in words; more than that is a duplicate paragraph."""

_PARTICLES = frozenset(("in", "on", "by", "for", "to", "at", "of", "with", "from"))
"""Prepositions that may meet their like by right: *the game they engage in in the playground*."""
_LINKS = frozenset(("and", "or", "but"))
_DASH = re.compile(r" ?[-–—]")
_SENTENCE_BREAK = re.compile(r"[.!?。！？;:\n]")


class _Run(NamedTuple):
    """Words ``first`` to ``last`` in which every word equals the one ``period`` words before it."""

    first: int
    last: int
    period: int

    @property
    def rounds(self) -> float:
        return (self.last - self.first + 1) / self.period


@rule(
    "looping-phrase",
    "accuracy.addition.loop",
    finds=(
        (
            "He took a plan to acquire a plan to acquire a plan to acquire ships.",
            "a plan to acquire",
        ),
        ("The reform of state-owned state-owned state-owned enterprises goes on.", "state-owned"),
        (
            "The bed was very comfortable and the bed was very comfortable.",
            "bed was very comfortable and",
        ),
        (
            "China always takes into account the interests of the other side, takes into account the"
            " interests of the other side while realizing its own.",
            "takes into account",
        ),
        ("She praised the University of Lund. University of Lund. University of Lund.", "Lund"),
        ("They met at the EU at the EU summit, and went to to to work.", "at the EU"),
        (
            "The bird lives in the nest. After cleaning the nest. After cleaning the nest. After cleaning it left.",
            "nest. After cleaning",
        ),
    ),
    leaves=(
        "The first and the second, the old and the new, time and time again, by and by.",
        "They stood shoulder to shoulder and worked back-to-back for a win-win result.",
        "It went on and on and on, over and over and over again.",
        "No, no, no! Row, row, row your boat. Location, location, location.",
        "Day after day, year after year, they grew more and more and more tired.",
        "The bell rang: ding dong, ding dong, ding dong.",
        "Scores: 6 4, 6 4, 6 4.",
        "Lang Lang played.",
        "We looked for close contacts of close contacts of the crew, the best of the best of the best.",
        "They said that the future of this town is ours; the future of this town is ours, they said.",
        "Help help help! He had nothing, he knew nothing, he knew that it went on, and so on, and so on.",
        "Using a file Using a file saves time.",
        "He said yes. I came. I saw. I came. I saw. He said no.",
    ),
    failures=(
        (
            "All night they sang “Bring it back, bring it back, bring it back to me”.",
            "All night they sang “Bring it back, bring it back, bring it back to me”.",
        ),
    ),
    severity=Severity.MAJOR,
)
def looping_phrase(passage: Passage) -> Iterator[Fix | Finding]:
    """A phrase is said again right after itself.

    Neural translation gets caught in loops: the decoder says "for the research for the research for
    the research", with or without commas or hyphens between the rounds.  Nobody writes that, and the
    words it displaced are usually lost.  Two words in a row are another rule's business.  Left alone:
    emphasis and refrains of one small word (*no, no, no*), *on and on and on*, numbers, and two
    rounds of a short phrase.  Repeated whole sentences are duplicates.
    """
    all_words = words_of(passage)
    for run in _runs(all_words):
        if not _is_loop(passage, all_words, run) or passage.is_protected(
            *all_words.span(run.first, run.last)
        ):
            continue
        unit = passage.text[
            all_words.starts[run.first] : all_words.ends[run.first + run.period - 1]
        ]
        yield Finding(
            all_words.span(run.first, run.last),
            f"“{_short(unit)}” is said {max(2, int(run.rounds))} times in a row; translation engines get stuck like"
            " this: keep one and see what the source says in place of the rest.",
            Severity.MAJOR,
            suggestions=(unit,),
        )


def _runs(all_words: Words) -> Iterator[_Run]:
    """Maximal runs, found through the place where the same two words stood last: linear in the text."""
    folded = all_words.folded
    last_seen: dict[tuple[str, str], int] = {}
    i = 0
    while i + 1 < len(folded):
        pair = folded[i], folded[i + 1]
        period = i - last_seen.get(pair, i - _LONGEST_PERIOD - 1)
        last_seen[pair] = i
        end = i
        if period <= _LONGEST_PERIOD:
            while end < len(folded) and folded[end] == folded[end - period]:
                end += 1
        linked = folded[i - 1] in _LINKS  # "X and X": the word between has no second round
        if end - i < max(1, period - linked):
            i += 1
            continue
        yield _Run(i - period, end - 1, period)
        i = end


def _is_loop(passage: Passage, all_words: Words, run: _Run) -> bool:
    unit = all_words.folded[run.first : run.first + run.period]
    if all(word.isdigit() or len(word) == 1 for word in unit):
        return False
    text = passage.text
    gaps = [
        text[all_words.ends[k - 1] : all_words.starts[k]]
        for k in range(run.first + 1, run.last + 1)
    ]
    seams = gaps[run.period - 1 :: run.period]
    closely = all(seam.strip("'’\"") in (" ", "-", "\u00a0") for seam in seams)
    if run.period == 1:
        after = text[all_words.ends[run.last] : all_words.ends[run.last] + 1]
        cried = after in (".", "!") and is_first_in_sentence(passage, all_words.starts[run.first])
        return not cried and _is_stuck(unit[0], run.rounds, closely, after == ",")
    letters = sum(map(len, unit))
    if any(map(_SENTENCE_BREAK.search, gaps)):
        if "\n" in "".join(gaps):
            return False  # a list, a table, or the refrain of a song
        if not any(map(_SENTENCE_BREAK.search, seams)):
            return run.rounds >= 2 and run.period >= 3 and letters >= 12
        if is_first_in_sentence(passage, all_words.starts[run.first]):
            return False  # whole sentences: duplicates
        if run.rounds >= 3:
            return letters >= 5
        ends_alike = text[all_words.ends[run.last] : all_words.ends[run.last] + 1] == seams[0][:1]
        return run.rounds == 2 and run.period >= 6 and ends_alike
    if is_verse(passage) and run.rounds < 4:
        return False  # a refrain
    if run.rounds >= 3:
        if all(word in words("single_words.txt") for word in unit):
            return closely and not _LINKS & set(unit)
        figured = run.rounds >= 4 and any(map(str.isdigit, unit))
        return letters >= (5 if closely or figured else 9) and not (
            run.period == 2 and "and" in unit
        )
    if unit[-1] in _LINKS:
        return run.period >= 6 and letters >= 20
    if run.rounds < 2 or unit[0] == "and" or {"so", "on"} <= set(unit):
        return False
    if _is_heading_and_sentence(passage, all_words, run):
        return False
    if "," not in "".join(gaps) and closely and run.period >= 3:
        opens = unit[0] in _PARTICLES
        return letters >= (7 if opens else 12) and (opens or not _is_chain(unit))
    return run.period >= 5 and letters >= 12


def _is_heading_and_sentence(passage: Passage, all_words: Words, run: _Run) -> bool:
    """Whether the second round is a sentence that begins with its heading: *Using a file Using a file is easy*."""
    first, second = all_words.texts[run.first], all_words.texts[run.first + run.period]
    opens = first[0].islower() or is_first_in_sentence(passage, all_words.starts[run.first])
    return second[0].isupper() and opens


def _is_stuck(word: str, rounds: float, closely: bool, listed: bool) -> bool:
    """Whether one word comes oftener than a slip, emphasis or a stammer says it."""
    if word in words("emphatic_doubles.txt"):
        return closely and rounds >= 5 and word in words("function_words.txt")
    if word in words("single_words.txt"):
        return closely and rounds >= 3
    return len(word) > 2 and rounds >= (3 if closely or listed else 4)


def _is_chain(unit: list[str]) -> bool:
    """Whether two rounds are nouns in a row by right: *close contacts of close contacts of*."""
    return len(unit) <= 4 and not _PARTICLES.isdisjoint(unit[1:])


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:40].rstrip() + " …"


@rule(
    "doubled-word",
    "fluency.duplicated_word",
    fixes=(
        ("Carry rain gear and and watch the roads.", "Carry rain gear and watch the roads."),
        ("It stands near the the river.", "It stands near the river."),
        ("He left. The the river rose.", "He left. The river rose."),
    ),
    suggests=(
        ("A new research research centre opened.", "A new research centre opened."),
        ("A part of of the wall fell.", "A part of the wall fell."),
        ("It is a a – what is it called?", "It is a – what is it called?"),
    ),
    leaves=(
        "He had had enough of what that that meant.",
        "It was very very late, and he ran ran ran.",
        "Lang Lang and Duran Duran went to Walla Walla.",
        "A win-win deal; a so-so film; 10 10 20.",
        "The house they live in in winter is small, and what it is is cold.",
        "New York, New York.",
        "Plan A a year ago, and the band The The now.",
    ),
)
def doubled_word(passage: Passage) -> Iterator[Fix | Finding]:
    """A word stands twice in a row.

    *And and*, *the the* are slips of an engine or of a hasty edit, and a reader stumbles over them.
    Small words of grammar are put right; a doubled noun is only suggested, since it may be a name or
    a game, and so is a preposition, which may close a clause where the next opens one (*in in*), or a
    speaker's stammer before a dash.
    Left alone: capitals (*Lang Lang*) but a sentence's first (*The the*), emphasis (*very very*), and
    pairs that grammar brings together (*had had*, *that that*, *is is*, *live in in winter*).
    """
    all_words = words_of(passage)
    texts, text = all_words.texts, passage.text
    for i in range(1, len(texts)):
        if all_words.folded[i] != all_words.folded[i - 1] or not texts[i].islower():
            continue
        if texts[i] != texts[i - 1] and not is_first_in_sentence(passage, all_words.starts[i - 1]):
            continue
        if text[all_words.ends[i - 1] : all_words.starts[i]].strip(" \u00a0") or _thrice(
            all_words, i
        ):
            continue
        fix = _without_second(all_words, i)
        if texts[i] in words("single_words.txt") and not _grammatical_pair(all_words, i):
            stammers = _DASH.match(text, all_words.ends[i]) is not None
            yield fix.suggested() if texts[i] in _PARTICLES or stammers else fix
        elif (
            texts[i] not in words("emphatic_doubles.txt")
            and texts[i] not in words("single_words.txt")
            and len(texts[i]) > 3
        ):
            yield fix.suggested()


def _without_second(all_words: Words, i: int) -> Fix:
    return Fix(
        (Edit(all_words.ends[i - 1], all_words.ends[i], ""),),
        f"“{all_words.texts[i]}” stands twice; an engine or an edit left the second one behind, so one goes.",
        Applicability.SAFE,
    )


def _thrice(all_words: Words, i: int) -> bool:
    """Whether the pair is part of a longer row, which is a loop or emphasis."""
    folded = all_words.folded
    return folded[i - 2 : i - 1] == [folded[i]] or folded[i + 1 : i + 2] == [folded[i]]


def _grammatical_pair(all_words: Words, i: int) -> bool:
    """Whether both words have a part to play: *what it is is cold*, *the house we live in in winter*."""
    word = all_words.folded[i]
    if word in ("is", "it"):
        return True
    return word in _PARTICLES and all_words.folded[max(0, i - 2)] in words("particle_verbs.txt")


RULES = (looping_phrase, doubled_word)
