"""Words and phrases said again: a decoder caught in a loop, or a word typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from mtclean.languages.english import grammar_words, is_english
from mtclean.languages.language import Trait
from mtclean.languages.lists import words
from mtclean.rules.artifacts.clauses import SENTENCE_BREAK
from mtclean.rules.artifacts.doubles import (
    Standing,
    opens_sentence,
    standing,
    stands_free,
)
from mtclean.rules.artifacts.tokens import (
    Words,
    is_first_in_sentence,
    is_verse,
    is_wide,
    letters,
    pairs_again,
    short,
    twins_of,
    words_of,
)
from mtclean.text import Applicability, Edit, Finding, Fix, Passage, Severity, Span, known, rule

_LONGEST_PERIOD = 80
"""Longest repeated piece looked for, in words; more than that is a duplicate paragraph."""

_FEWEST_WIDE = 3
_WIDE_ROUNDS = 3
"""Letters of a phrase in a script that parts no words, and its rounds: 研究研究 and 哈哈哈哈 are said by right."""

_PARTICLES = frozenset(("in", "on", "by", "for", "to", "at", "of", "with", "from"))
"""Prepositions that may meet their like by right: *the game they engage in in the playground*."""
_ARTICLES = frozenset(("the", "a", "an"))
_SUBJECTS = frozenset(("i", "you", "he", "she", "it", "we", "they"))
_MODALS = frozenset(("can", "could", "will", "would", "shall", "should", "may", "might", "must"))
_OBJECTS = frozenset(
    (
        "the",
        "a",
        "an",
        "this",
        "that",
        "my",
        "your",
        "his",
        "her",
        "its",
        "our",
        "their",
        "it",
        "him",
        "them",
        "us",
        "me",
    )
)
"""What stands behind a verb that takes something: *she will will her house to him*."""
_OPENING = "“‘\"'«"
_LINKS = frozenset(("and", "or", "but"))
_LONGEST_SMALL = 3
"""Letters of a word that may be of a song, a code or another language: *la la*."""
_WIDEST_GAP = 2
"""Blanks between two words of a sentence; more set columns apart."""
_DASH = re.compile(r" ?[-–—]")


_OPTION = re.compile(r"\s--?")
_ADDRESS = re.compile(r"\]\(|[._/=]+\Z")
"""Between two rounds that a computer reads: [a link](#a-link), a.host.host.host."""


_DASHED = re.compile(r"\s?(?:--+|[–—])\s?")
_ECHOES = 6
"""Rounds between dashes, which no decoder sets, from which one word is stuck."""
_RESTART = re.compile(r"--|[–—*•]|\s-\s")
"""Between two rounds of somebody who begins a sentence anew, or of a list: *I know that -- I know that you*."""


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
        ("Take 30 gr gr gr gr gr gr gr gr ricotta.", "gr gr"),
        ("She praised the University of Lund. University of Lund. University of Lund.", "Lund"),
        (
            "The Ambassador to Germany Ambassador to Germany spoke of Italy and Italy and Italy.",
            "to Germany",
        ),
        ("He was held by the police. was held by the police. They left.", "held by"),
        ("They met at the EU at the EU summit, and went to to to work.", "at the EU"),
        (
            "He saw lamps for 3.5 euros lamps for 3.5 euros lamps for 3.5 euros there.",
            "euros lamps",
        ),
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
        "Lang Lang played, and the bells went thud--thud--thud on the wall, and knock—knock—knock.",
        "We looked for close contacts of close contacts of the crew, the best of the best of the best.",
        "They said that the future of this town is ours; the future of this town is ours, they said.",
        "Help help help! He had nothing, he knew nothing, he knew that it went on, and so on, and so on.",
        "Using a file Using a file saves time.",
        "And I do not know if I -- I do not know if I had been there. Send a notice: * How to send a notice * How to send a reply.",
        "He said yes. I came. I saw. I came. I saw. He said no.",
        "He wants the rule of the many . . . the rule of the many is what he wants.",
        "Call build-lamp --conf lamp --conf lamp with care, or ask alt.noun.verb.verb.verb for it.",
        "It is the first child of the first child of the eldest, and 2 times 2 times 2 times 2 times 2 of them came.",
        "See [the guide for new members](#the-guide-for-new-members) of the club.",
        "That is far enough. Steady, steady, steady, old girl! We stop here.",
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
    the research", with or without commas or hyphens between the rounds.  Nobody writes that, and
    the words it displaced are usually lost.  Two words in a row are another rule's business, and
    repeated whole sentences are duplicates.

    Left alone: emphasis and refrains of one small word (*no, no, no*), *on and on and on*, numbers and sums,
    two rounds of a short phrase, words left out of a quotation, addresses and options of a command.
    """
    all_words = words_of(passage)
    for run in _loops(passage):
        start = _with_mark(passage.text, all_words, run)
        unit = passage.text[start : all_words.ends[run.first + run.period - 1]]
        yield Finding(
            Span(start, all_words.ends[run.last]),
            f"“{short(unit)}” is said {max(2, int(run.rounds))} times in a row; translation engines get stuck like"
            " this: keep one and see what the source says in place of the rest.",
            Severity.MAJOR,
            suggestions=(unit,),
        )


def _with_mark(text: str, all_words: Words, run: _Run) -> int:
    """Where the first round begins: at the quotation mark before it, if the second one has it, too."""
    first, second = (all_words.starts[i] for i in (run.first, run.first + run.period))
    marked = text[first - 1 : first] == text[second - 1] and text[second - 1] in _OPENING
    return first - marked


def loops(passage: Passage) -> tuple[Span, ...]:
    """Where a phrase is said again right after itself, in order."""
    all_words = words_of(passage)
    return tuple(all_words.span(run.first, run.last) for run in _loops(passage))


@known
def _loops(passage: Passage) -> tuple[_Run, ...]:
    all_words = words_of(passage)
    return tuple(
        run
        for run in _runs(passage)
        if _is_loop(passage, all_words, run)
        and not _are_links(passage, all_words, run.first, run.first + run.period)
        and not passage.is_protected(*all_words.span(run.first, run.last))
    )


def _are_links(passage: Passage, all_words: Words, *numbers: int) -> bool:
    """Whether a link begins with each of the words: several that are called the same lead to different places."""
    return all(all_words.starts[i] in passage.link_starts for i in numbers)


def _runs(passage: Passage) -> Iterator[_Run]:
    """Maximal runs, found through the place where the same two words stood last: linear in the text."""
    folded = words_of(passage).folded
    last_seen: dict[tuple[str, str], int] = {}
    end = 0
    for i in pairs_again(passage):
        if i < end:
            continue
        pair = folded[i], folded[i + 1]
        last = last_seen.get(pair)
        last_seen[pair] = i
        if last is None or i - last > _LONGEST_PERIOD:
            continue
        period, stop = i - last, i
        while stop < len(folded) and folded[stop] == folded[stop - period]:
            stop += 1
        linked = folded[i - 1] in _LINKS  # "X and X": the word between has no second round
        if stop - i >= max(1, period - linked):
            yield _Run(i - period, stop - 1, period)
            end = stop


class _Said(NamedTuple):
    """What a run says: the words of its first round, and what stands between the words of all rounds."""

    texts: list[str]
    unit: list[str]
    gaps: list[str]
    seams: list[str]
    after: str
    opens: bool
    """Whether the run opens a sentence."""

    @property
    def letters(self) -> int:
        return letters(self.unit)

    @property
    def closely(self) -> bool:
        """Whether nothing but a blank or a hyphen stands between the rounds; in scripts that part no words not even that."""
        return all(seam.strip("'’\"“”‘") in (" ", "-", "\u00a0") or not seam for seam in self.seams)

    @property
    def has_name(self) -> bool:
        return any(word[0].isupper() for word in self.texts[self.opens :])


def _said(passage: Passage, all_words: Words, run: _Run) -> _Said:
    text, starts, ends = passage.text, all_words.starts, all_words.ends
    gaps = [text[ends[k - 1] : starts[k]] for k in range(run.first + 1, run.last + 1)]
    first_round = slice(run.first, run.first + run.period)
    return _Said(
        all_words.texts[first_round],
        all_words.folded[first_round],
        gaps,
        gaps[run.period - 1 :: run.period],
        text[ends[run.last] : ends[run.last] + 1],
        is_first_in_sentence(passage, starts[run.first]),
    )


def _is_loop(passage: Passage, all_words: Words, run: _Run) -> bool:
    said = _said(passage, all_words, run)
    if any(map(_OPTION.fullmatch, said.gaps)) or any(map(_ADDRESS.match, said.seams)):
        return False
    if all(word.isdigit() or (len(word) == 1 and not is_wide(word)) for word in said.unit):
        return False
    if all_words.texts[run.first].isdigit() and all_words.texts[run.last].isdigit():
        return False  # a sum: "2 times 2 times 2 times 2"
    if is_wide(said.unit[0]) and (run.period < _FEWEST_WIDE or run.rounds < _WIDE_ROUNDS):
        return False
    if run.period == 1:
        return not (said.opens and said.after in (".", "!")) and _is_stuck(said, run.rounds)
    if run.rounds < 3 and any(map(_RESTART.search, said.gaps)):
        return False
    if any(map(SENTENCE_BREAK.search, said.gaps)):
        second = all_words.texts[run.first + run.period]
        return _runs_over_sentences(said, run, second[0].islower())
    if is_verse(passage) and run.rounds < 4:
        return False  # a refrain
    if run.rounds >= 3:
        return _has_many_rounds(said, run)
    return run.rounds >= 1 and _has_two_rounds(said, run, all_words.texts[run.first + run.period])


def _is_stuck(said: _Said, rounds: float) -> bool:
    """Whether one word comes oftener than a slip, emphasis or a stammer says it."""
    word = said.unit[0]
    if all(map(_DASHED.fullmatch, said.seams)):
        return rounds >= _ECHOES  # thud--thud--thud
    if word in words("emphatic_doubles.txt"):
        small = word in grammar_words()
        return said.closely and rounds >= 5 and small
    if word in words("single_words.txt"):
        return said.closely and rounds >= 3
    if len(word) <= 2:
        return said.closely and rounds >= 6
    # "Steady, steady, steady, old girl!" is called out.
    goes_on = said.after == "," and not said.opens
    return rounds >= (3 if said.closely or goes_on else 4)


def _runs_over_sentences(said: _Said, run: _Run, goes_on_small: bool) -> bool:
    """Whether a phrase with a sentence's end in it comes again: no list, refrain or figure of speech."""
    if "\n" in "".join(said.gaps):
        return False
    if not any(map(SENTENCE_BREAK.search, said.seams)):
        return run.rounds >= 2 and run.period >= 3 and said.letters >= 12
    if said.opens:
        return False  # whole sentences: duplicates
    if run.rounds >= 3:
        return said.letters >= 5
    ends_alike = run.rounds == 2 and said.after.strip() and said.after == said.seams[0][:1]
    return bool(ends_alike) and (run.period >= 6 or (goes_on_small and run.period >= 3))


def _has_many_rounds(said: _Said, run: _Run) -> bool:
    if small_words().issuperset(said.unit):
        return said.closely and _LINKS.isdisjoint(said.unit)
    if run.period == 2 and "and" in said.unit:
        return said.closely and said.has_name  # "more and more and more" is emphasis
    figured = run.rounds >= 4 and any(map(str.isdigit, said.unit))
    return said.letters >= (5 if said.closely or figured else 9)


def _has_two_rounds(said: _Said, run: _Run, second: str) -> bool:
    """Whether two rounds of a phrase are too many; *second* is the word the second one begins with."""
    if said.unit[-1] in _LINKS:
        return run.period >= 6 and said.letters >= 20
    if run.rounds < 2 or said.unit[0] == "and" or {"so", "on"} <= set(said.unit):
        return False
    listed = any("," in gap for gap in said.gaps)
    heads = (said.opens or said.texts[0].islower()) and second[0].isupper()
    if heads and not listed and run.period <= 4:
        return False  # a heading and its sentence: "Using a file Using a file saves time"
    if said.closely and run.period >= 3 and (not listed or said.has_name):
        leads = said.unit[0] in _PARTICLES
        return said.letters >= (7 if leads else 12) and (leads or not _is_chain(said.unit))
    return run.period >= 5 and said.letters >= 12


@cache
def small_words() -> frozenset[str]:
    """Words of grammar, in lower case."""
    return words("single_words.txt") | grammar_words()


def _is_chain(unit: list[str]) -> bool:
    """Whether two rounds are nouns in a row by right: *close contacts of close contacts of*, *the first child of the first child of*."""
    led = unit[0] in _ARTICLES and unit[-1] == "of"
    return len(unit) - led <= 3 and unit[-1] in _PARTICLES


@rule(
    "doubled-word",
    "fluency.duplicated-word",
    fixes=(
        ("Carry rain gear and and watch the roads.", "Carry rain gear and watch the roads."),
        ("It stands near the the river.", "It stands near the river."),
        ("He left. The the river rose.", "He left. The river rose."),
        ("I will will do it later.", "I will do it later."),
    ),
    suggests=(
        ("A new research research centre opened.", "A new research centre opened."),
        ("A part of of the wall fell.", "A part of the wall fell."),
        ("It is, in in our view, too late.", "It is, in our view, too late."),
        ("It is a a – what is it called?", "It is a – what is it called?"),
        ("The code we have have been cleaned.", "The code we have been cleaned."),
    ),
    leaves=(
        "He had had enough of what that that meant.",
        "It was very very late, and he ran ran ran.",
        "Lang Lang and Duran Duran went to Walla Walla.",
        "A win-win deal; a so-so film; 10 10 20.",
        "The house they live in in winter is small, and what it is is cold.",
        "New York, New York.",
        "Please opt-in in settings, check-in in the hall and log-in in the app.",
        "She says that she will will her house to him. The can can hold it.",
        "Plan A a year ago, and the band The The now. It made the circled-A a sign of theirs.",
        "list    list the files",
        "Install it by apt install apparmor apparmor-utils --theme theme.",
    ),
    traits=[Trait.SPACED],
)
def doubled_word(passage: Passage) -> Iterator[Fix | Finding]:
    """A word stands twice in a row.

    *And and*, *the the* are slips of an engine or of a hasty edit, and a reader stumbles over them.
    Articles, conjunctions and the like are put right; a doubled noun is only suggested, since it
    may be a name or a game, and so is what may close a clause where the next opens with it (*in
    in*, *the code we have have been cleaned*), and a speaker's stammer before a dash.  In other
    languages only their commonest small words are put right, and of those none that may meet its like
    by right (*nous nous*), unless the place rules that out: a call inside a clause (*mais si si vous*), an article after a
    preposition (*in het het huis*), a verb where no clause can have ended (*wir sind sind da*).
    What seldom meets its like (*på på*), and longer words of a language that says nothing by doubling them, are suggestions.

    Left alone: capitals (*Lang Lang*) but a sentence's first (*The the*), emphasis (*very very*),
    options of a command, and pairs that grammar brings together (*had had*, *that that*, *is is*,
    *live in in winter*); a relative pronoun that meets an article after a comma (*die Frau, die die
    Tür schloss*), which elsewhere is a suggestion.
    """
    if passage.language != "en":
        yield from _doubled_elsewhere(passage)
        return
    all_words = words_of(passage)
    texts, text = all_words.texts, passage.text
    for i in twins_of(passage):
        if not texts[i].islower():
            continue
        start = all_words.starts[i - 1]
        hyphenated = text[start - 1 : start] == "-"  # the circled-A a sign
        if hyphenated and texts[i] in _PARTICLES:
            continue  # opt-in in settings
        if _are_links(passage, all_words, i - 1, i):
            continue
        if texts[i] != texts[i - 1] and (hyphenated or not is_first_in_sentence(passage, start)):
            continue
        gap = text[all_words.ends[i - 1] : all_words.starts[i]]
        if gap.strip(" \u00a0") or len(gap) > _WIDEST_GAP or _thrice(all_words, i):
            continue
        fix = _without_one(passage, all_words, i)
        if fix is None:
            continue
        if texts[i] in words("single_words.txt") and not _grammatical_pair(passage, all_words, i):
            stammers = _DASH.match(text, all_words.ends[i]) is not None
            certain = texts[i] in words("certain_doubles.txt") or _is_doubled_modal(all_words, i)
            certain = certain and not stammers
            yield fix if certain else fix.suggested()
        elif (
            texts[i] not in words("emphatic_doubles.txt")
            and texts[i] not in words("single_words.txt")
            and len(texts[i]) > 3
            and not _is_command(text, all_words, i)
        ):
            yield fix.suggested()


def _doubled_elsewhere(passage: Passage) -> Iterator[Fix]:
    all_words, lexicon = words_of(passage), passage.lexicon
    if not lexicon.function_words:
        return
    for i in twins_of(passage):
        word = all_words.folded[i]
        if word not in lexicon.function_words:
            fix = _without_one(passage, all_words, i)
            if fix is not None and _is_doubled_content(passage, all_words, i):
                yield fix.suggested()
            continue
        if passage.is_protected(all_words.starts[i - 1], all_words.ends[i - 1]):
            continue  # %s s
        if not stands_free(passage, all_words, i) or _thrice(all_words, i):
            continue
        small = all_words.texts[i - 1] == all_words.texts[i] == word
        if not small and not opens_sentence(passage, all_words, i):
            continue
        how = standing(passage, all_words, i)
        fix = None if how is Standing.RIGHT else _without_one(passage, all_words, i)
        if fix is not None:
            sure = how is Standing.WRONG and not _fill_line(passage.text, all_words, i)
            yield fix if sure else fix.suggested()


def _is_doubled_content(passage: Passage, all_words: Words, i: int) -> bool:
    """Whether word *i*, none of grammar, stands twice where its language says nothing by that.

    Names and nouns of German have a capital, and words of a few letters may be those of another language.
    """
    lexicon, word = passage.lexicon, all_words.texts[i]
    start, end = all_words.starts[i - 1], all_words.ends[i]
    around = passage.text[max(0, start - 1) : start] + passage.text[end : end + 1]
    return (
        passage.has(Trait.CASED)
        and not passage.has(Trait.REDUPLICATING)
        and word.islower()
        and word == all_words.texts[i - 1]
        and len(word) > _LONGEST_SMALL
        and word not in lexicon.right_doubles
        and passage.text[all_words.ends[i - 1] : all_words.starts[i]] in (" ", "\u00a0")
        and not set(around) & set("-’'/_")
        and not _thrice(all_words, i)
        and not is_verse(passage)
        and not _is_command(passage.text, all_words, i)
    )


def _fill_line(text: str, all_words: Words, i: int) -> bool:
    """Whether the pair is all that its line says: an exclamation, or what a speaker corrects."""
    start, end = all_words.starts[i - 1], all_words.ends[i]
    before = text[start - 1 : start] if start else ""
    return before in ("", "\n", "\r") and text[end : end + 1] in ("", "\n", "\r")


def _is_command(text: str, all_words: Words, i: int) -> bool:
    """Whether word *i* is an option's value (*--theme theme*), or a package beside another (*lamp lamp-utils*)."""
    start, end = all_words.starts[i - 1], all_words.ends[i]
    compound = text[end : end + 1] == "-" and not is_english(all_words.folded[i])
    return compound or text[max(0, start - 3) : start].endswith((" -", " --", "\n--"))


def _without_one(passage: Passage, all_words: Words, i: int) -> Fix | None:
    """The fix that takes out word *i*, or its twin before it; None where each way would tear marks of the format.

    The second goes, with the space before it.  Where that is the end of a line, or marks stand there (``the **the
    river**``), it goes with the space behind it; where it alone is marked, the first one goes.
    """
    first, start, end = all_words.starts[i - 1], all_words.starts[i], all_words.ends[i]
    before, after = all_words.ends[i - 1], passage.text[end : end + 1]
    ways = [
        Span(before, end),
        *([Span(start, end + 1)] if after == " " else []),
        Span(first, start),
    ]
    if passage.text[before:start] not in (" ", "\u00a0"):
        ways = [*ways[1:], ways[0]]
    whole = next((way for way in ways if not _is_parted(passage, way)), None)
    if whole is None:
        return None
    return Fix(
        (Edit(*whole, ""),),
        f"“{all_words.texts[i]}” stands twice; an engine or an edit left the second one behind, so one goes.",
        Applicability.SAFE,
    )


def _is_parted(passage: Passage, span: Span) -> bool:
    """Whether a mark of the format or the end of a link stands inside of *span*."""
    inside = range(span.start + 1, span.end)
    return any(
        at in passage.seams or at in passage.link_starts or at in passage.link_ends for at in inside
    )


def _thrice(all_words: Words, i: int) -> bool:
    """Whether the pair is part of a longer row, which is a loop or emphasis."""
    folded = all_words.folded
    return folded[i - 2 : i - 1] == [folded[i]] or folded[i + 1 : i + 2] == [folded[i]]


def _is_doubled_modal(all_words: Words, i: int) -> bool:
    """Whether the pair is a modal verb between a pronoun that rules it and a verb: *I will will do it*."""
    if all_words.folded[i] not in _MODALS or all_words.folded[max(0, i - 2)] not in _SUBJECTS:
        return False
    verb = (*all_words.folded[i + 1 : i + 2], "")[0]
    return is_english(verb) and verb not in _OBJECTS


def _grammatical_pair(passage: Passage, all_words: Words, i: int) -> bool:
    """Whether both words have a part to play: *what it is is cold*, *the house we live in in winter*."""
    word = all_words.folded[i]
    if word in ("is", "it"):
        return True
    if word == "will" and all_words.folded[i + 1 : i + 2] and all_words.folded[i + 1] in _OBJECTS:
        return True
    if (
        word not in _PARTICLES
        or i < 2
        or all_words.folded[i - 2] not in words("particle_verbs.txt")
    ):
        return False
    return passage.text[all_words.ends[i - 2] : all_words.starts[i - 1]].isspace()


RULES = (looping_phrase, doubled_word)
