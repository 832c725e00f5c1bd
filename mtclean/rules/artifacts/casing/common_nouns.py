"""Common nouns with a capital, as an engine gives one to what it knows from names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mtclean.languages.english import frequency, grammar_words, is_english
from mtclean.languages.lists import words
from mtclean.rules.artifacts.casing.surroundings import (
    MANY,
    SHORTEST_SHOUT,
    TITLE_JOINTS,
    in_headings,
    plain_neighbours,
)
from mtclean.rules.artifacts.lexicon import known_names
from mtclean.rules.artifacts.tokens import Words, words_of
from mtclean.text import Finding, Fix, Passage, replacing, rule

_MANNER = 5
"""So many common nouns with a capital are the manner of a contract or a speech; one that it writes small elsewhere is a slip yet."""
_NAME_JOINTS = TITLE_JOINTS | {"a", "an", "their", "its", "at", "by", "from"}
_DETERMINERS = frozenset(
    [
        "a",
        "an",
        "some",
        "any",
        "each",
        "every",
        "no",
        "another",
        "several",
        "many",
        "few",
        "these",
        "those",
        "same",
        "such",
        "its",
        "their",
        "own",
        "your",
    ]
)
"""What qualifies a common noun.  Those of persons are not among them: *our Group*, *my Guide* are what somebody calls so."""
_OF_PERSONS = frozenset(("my", "his", "her", "our"))
_QUANTITIES = frozenset(("some", "many", "several", "few", "these", "those"))
"""After them a plural is what is counted, whatever follows."""
_COMMON_NOUN = 1500
"""How often the word list must have met a noun of every day."""
_SMALL_ELSEWHERE = 2
"""So often the document writes a noun small before its capital elsewhere is a slip."""
_SLIPS = 2
_COORDINATES = frozenset(("and", "or", "nor"))
"""What is coordinated with a name is one: *Windows or macOS*."""
_PATH_MARKS = frozenset("->/→›»")
"""Behind a word, marks that lead from one label of a program to the next: *Cards>Info*."""
_QUALIFIES = re.compile(
    r"its|their|his|her|our|my|your|these|those|some|many|several|various|such|new|other|certain|different"
    r"|old|great|large|small|more|most|[a-z]{3,12}(?:al|ic|ive|ous|ful|less|able|ible|ary)"
)
_PLURAL = re.compile(r"[A-Z][a-z]{3,}s\Z")
_PEOPLE = re.compile(
    r"(?:an|ian|ist|ite|crat|man|men|ese|ish|ic|er|or|ing|ium|ness)s\Z|(?:ss|us|is|ics|ies's)\Z"
)


@rule(
    "stray-capital",
    "fluency.casing",
    suggests=(
        ("New political Bridges are very important.", "New political bridges are very important."),
        (
            "It set the states and its Allies against them.",
            "It set the states and its allies against them.",
        ),
        (
            "The market fell. A weak market helps nobody, and the Market, too, fell.",
            "The market fell. A weak market helps nobody, and the market, too, fell.",
        ),
        (
            "He must master his own Language, and learn it.",
            "He must master his own language, and learn it.",
        ),
        (
            "No doctor but this doctor came. Your Doctor, it was said, slept in the Morning.",
            "No doctor but this doctor came. Your doctor, it was said, slept in the morning.",
        ),
    ),
    leaves=(
        "The message of the theme ‘The Medium is the Message’ is a message to us. The message is short.",
        "The Greens and the Democrats lost to the Republicans.",
        "Jeff Bridges acted; so did Mr. Bridges.",
        "The Beatles played for the Romans and the Prussians.",
        "We moved our Rails application and our Rails setup, and please see our Terms of Service.",
        "He made Himself like us, and he himself knew, and knew himself.",
        "He joined the Rangers last year, and the Rangers won.",
        "He has ravaged our Coasts, and under such Penalties as they chose made temporary Appointments.",
        "He studied music, and more music, at the Academy of Music, and our Nation was proud of its nation.",
        "They study ants and more ants at the Society for Ants and Bees.",
        "We moved away from a typical Rails app.",
        "Open it by the Cards>Info menu, on Windows or macOS. The cards and the windows are many. Ask Andrea or Support.",
        "Set the Timer for this timer with `timer 5`, and the Timer rings.",
        "An Organization has an Owner, an Owner has a Role, any Member has a Right, and each Right has an End.",
    ),
    languages=("en",),
)
def stray_capital(passage: Passage) -> Iterator[Fix | Finding]:
    """A common noun has a capital in the middle of a sentence.

    Engines capitalise words they have met in names, or that the source writes with a capital: *political Bridges*, *his own
    Language*.  Meant are nouns that the document writes small elsewhere, those that a small word such as *its* or
    *a* qualifies, and times of the day and the year.

    Left alone: teams, parties, peoples, bodies and defined terms that prose writes with a capital, parts of
    names (*Academy of Music*), what stands beside a name (*Windows or macOS*), the first word of a link or of what is set in
    bold, paths through menus, *Himself*, documents that show code, and those that do it three times and more.
    """
    if passage.shows_code or passage.fixed:
        return  # a manual names parts of its program by common nouns
    all_words = words_of(passage)
    headings = in_headings(passage)
    capitalised = {
        word
        for word in all_words.capitalized
        if len(word) >= SHORTEST_SHOUT and word.istitle() and word.isalpha()
    }
    inside = [
        i
        for i in all_words.spelt(capitalised)
        if i
        and i not in headings
        and all_words.starts[i] not in passage.link_starts
        and all_words.starts[i] not in passage.seams
        and _stands_inside(passage, all_words, i)
    ]
    stray = [i for i in inside if _is_stray_noun(passage, all_words, i)]
    manner = {all_words.texts[i] for i in inside if is_english(all_words.folded[i], _COMMON_NOUN)}
    if len(manner) >= _MANNER or len(stray) >= MANY:
        stray = [
            i
            for i in stray
            if passage.words[all_words.folded[i]] >= _SMALL_ELSEWHERE
            or all_words.folded[i] in words("times.txt")
        ]
    for i in stray:
        word = all_words.texts[i]
        yield replacing(
            *all_words.span(i, i),
            word.lower(),
            f"“{word}” is a common noun here, and an engine that knows it from names gave it a capital: write"
            f" “{word.lower()}”.",
        ).suggested()


def _stands_inside(passage: Passage, all_words: Words, i: int) -> bool:
    """Whether word *i* follows a small word and stands before none with a capital, nor in the name that small words join."""
    texts = all_words.texts
    before, behind = texts[i - 1], texts[i + 1 : i + 4]
    gap = passage.text[all_words.ends[i - 1] : all_words.starts[i]]
    after = passage.text[all_words.ends[i] : all_words.ends[i] + 2]
    if gap != " " or after[:1] in _PATH_MARKS or after == " (":
        return False
    if _is_beside_a_name(texts, i):
        return False
    if not before[0].islower() and not _follows_a_stop(passage, all_words, i - 1):
        return False
    if after[:1] == " " and behind and not behind[0][0].islower():
        return False
    ahead = [word for word in texts[max(0, i - 3) : i - 1] if word not in _NAME_JOINTS]
    if before in _NAME_JOINTS and ahead and ahead[-1][0].isupper():
        return False
    if behind and behind[0] in _NAME_JOINTS:
        joined = next((word for word in behind if word not in _NAME_JOINTS), "x")
        return not joined[0].isupper()
    return True


def _is_beside_a_name(texts: Sequence[str], i: int) -> bool:
    """Whether a word with a capital is coordinated with word *i*: *Windows or macOS*."""
    pairs = (texts[max(0, i - 2) : i], texts[i + 2 : i : -1])
    return any(
        len(pair) > 1 and pair[1] in _COORDINATES and pair[0] != pair[0].lower() for pair in pairs
    )


def _follows_a_stop(passage: Passage, all_words: Words, i: int) -> bool:
    """Whether word *i* is a determiner that opens a sentence and nothing else, such as a title between quotation marks."""
    ahead = passage.text[max(0, all_words.starts[i] - 2) : all_words.starts[i]]
    return all_words.folded[i] in _DETERMINERS | _OF_PERSONS and (
        ahead.strip() in ("", ".", "?", "!")
    )


def _is_stray_noun(passage: Passage, all_words: Words, i: int) -> bool:
    """Whether word *i*, which :func:`_stands_inside`, has the grammar of a common noun."""
    word, before = all_words.texts[i], all_words.folded[i - 1]
    plural = _PLURAL.match(word) is not None
    if plural and _is_qualified_plural(passage, all_words, i):
        return True
    lower = word.lower()
    if not _may_be_small(word, plural):
        return False
    if not (plural and before in _QUANTITIES) and not _closes(passage, all_words, i):
        return False
    small, capital = passage.words[lower], passage.words[word]
    if capital > _SLIPS:
        return False
    often = small >= max(_SMALL_ELSEWHERE, capital) or (small > 0 and plural)
    return often or lower in words("times.txt") or before in _DETERMINERS


def _is_qualified_plural(passage: Passage, all_words: Words, i: int) -> bool:
    """Whether word *i*, a plural, stands once and has a possessive or an adjective before it: *its Allies*."""
    return (
        passage.words[all_words.texts[i]] == 1
        and _is_common(all_words.texts[i])
        and plain_neighbours(all_words, i)
        and _QUALIFIES.fullmatch(all_words.texts[i - 1]) is not None
        and not _heads_a_name(all_words, i)
    )


def _may_be_small(word: str, plural: bool) -> bool:
    """Whether *word* is a common noun of every day and nothing that prose writes with a capital."""
    lower = word.lower()
    if lower.endswith("self"):
        return False  # of God
    if lower in words("times.txt"):
        return True
    if lower.endswith(("ed", "ing", "ly")) or lower in words("function_words.txt"):
        return False
    singular = lower[:-3] + "y" if lower.endswith("ies") else lower[: len(lower) - plural]
    never = words("capitalised_commons.txt") | words("names_never_lowercase.txt")
    if {lower, singular} & never or word in known_names() or word in words("places.txt"):
        return False
    if plural and _PEOPLE.search(lower) and not lower.endswith(("ers", "ors")):
        return False
    return is_english(lower, _COMMON_NOUN) and (not plural or is_english(singular, 500))


def _closes(passage: Passage, all_words: Words, i: int) -> bool:
    """Whether no noun follows word *i*, which would make a name's first part of it: *a Prime membership*."""
    after = all_words.texts[i + 1 : i + 2]
    if not after or passage.text[all_words.ends[i] : all_words.starts[i + 1]] != " ":
        return True
    small = grammar_words()
    return after[0] in small or (is_english(after[0]) and after[0].endswith(("ed", "ing")))


def _heads_a_name(all_words: Words, i: int) -> bool:
    """Whether word *i* is the first of a name with small words in it, or qualifies a noun as names do: *our Rails setup*."""
    behind = all_words.texts[i + 1 : i + 3]
    if not behind:
        return False
    if behind[0] in TITLE_JOINTS:
        return len(behind) > 1 and behind[1][0].isupper()
    small = grammar_words()
    return behind[0] not in small and (not is_english(behind[0]) or _is_noun_like(behind[0]))


def _is_noun_like(word: str) -> bool:
    """Whether a plural noun would not have *word* behind it but as a noun: no verb's ending, no adverb."""
    return not word.endswith(("ed", "ing", "ly")) and frequency(word + "s") > frequency(word) // 50


def _is_common(word: str) -> bool:
    lower = word.lower()
    if (
        _PEOPLE.search(lower)
        or lower in words("capitalised_commons.txt")
        or word in words("places.txt")
    ):
        return False
    singular = lower[:-3] + "y" if lower.endswith("ies") else lower[:-1]
    return is_english(lower, 500) and is_english(singular, 500)
