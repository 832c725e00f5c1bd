"""Names written small: months, nationalities, and those that a document has with a capital elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mtclean.languages.english import american, frequency, grammar_words, is_derived, is_english
from mtclean.languages.lists import words
from mtclean.rules.artifacts.casing.surroundings import (
    ARTICLES,
    GLUED,
    MANY,
    TECHNICAL,
    in_headings,
    piece,
    plain_neighbours,
)
from mtclean.rules.artifacts.tokens import Words, is_first_in_sentence, words_of, writes_i_small
from mtclean.text import Finding, Fix, Passage, known, replacing, rule

_SHORTEST_NAME = 5
_SETTLED = 2
"""So often a name stands in prose with its capital before the one place without it is a slip."""
_CLAUSE_OPENERS = frozenset(("and", "but", "that", "if", "when", "while", "because", "than", "as"))


@rule(
    "name-in-small-letters",
    "fluency.casing",
    suggests=(
        ("It opened on july 16 in Guangdong.", "It opened on July 16 in Guangdong."),
        (
            "He met Golosheykin at home. As Semen Golosheykin said then, golosheykin was a name he liked.",
            "He met Golosheykin at home. As Semen Golosheykin said then, Golosheykin was a name he liked.",
        ),
        ("The wars in southern russia went on.", "The wars in southern Russia went on."),
        (
            "By noon they came to Hamamatsu by train. The mayor of Hamamatsu was there, and much of hamamatsu stood.",
            "By noon they came to Hamamatsu by train. The mayor of Hamamatsu was there, and much of Hamamatsu stood.",
        ),
    ),
    leaves=(
        "They may march in august company and eat turkey off fine china.",
        "A german shepherd and french fries.",
        "Use a large china plate and the china of old. China makes plates of china, and in China they eat off china plates.",
        "They sailed to Neiafu Harbour, from Neiafu Harbour and over the harbour bar.",
        "Follow @russia, #china and www.japan.example for more.",
        "i went to japan in july, then china in june, and it was fun in russia.",
        "i am from mexico, what about you?",
        "The Falcot project grew. Then Falcot won. Unpack it in falcot-data-1.0 or ttf-japanese-mincho or at falcot.example.",
        "See [the notes](sunday-run-book.md) and sunday-run-book.md, and mongolian-beef.jpg in the zone europe-west1-b.",
        "Implement `Castable` here. A `Castable` is one object, and with `Castable` it is a castable object.",
        "Set up Multifactor here, and Multifactor there: it is multifactor then. Ask of Harbour eXternal, of its External and External.",
        "At the Fushun Procuratorate the Fushun Procuratorate spoke, and so the procuratorate won.",
    ),
    languages=("en",),
)
def name_in_small_letters(passage: Passage) -> Iterator[Fix | Finding]:
    """A month, weekday, country or nationality, or a name the document knows, is written small.

    Many languages write *july* and *russian* small, and engines carry that over.  Other names count
    where the document has them with a capital several times and small only once.

    Left alone: words that have another meaning small (*may*, *turkey*, *fine china*), handles and
    addresses, breeds and dishes, what a computer names so (*falcot-data*), and texts that write
    everything small.
    """
    if writes_i_small(passage):
        return
    never = words("names_never_lowercase.txt")
    all_words = words_of(passage)
    always = {word for word in never.intersection(all_words.forms) if word[0].islower()}
    always |= {word for word in all_words.signed if word[0].islower() and _bare(word) in never}
    settled = {word for word in _often_capital(passage) if _may_be_settled(passage, word)}
    small = [
        i
        for i in all_words.spelt(always | settled)
        if (all_words.texts[i] in always or _is_settled_name(passage, i)) and _is_name(passage, i)
    ]
    if len(small) > MANY and not any(
        all_words.texts[i].capitalize() in passage.words for i in small
    ):
        return
    for i in small:
        name = all_words.texts[i].capitalize()
        yield replacing(
            *all_words.span(i, i),
            name,
            f"“{all_words.texts[i]}” is a name and English writes it “{name}”; source languages that write it small"
            " show through.",
        ).suggested()


def _often_capital(passage: Passage) -> Iterator[str]:
    """The words in small letters that the document has several times with a capital."""
    forms = words_of(passage).forms
    for word, times in passage.words.items():
        if times < _SETTLED or not word[0].isupper():
            continue
        small = word.lower()
        if small in forms and small.capitalize() == word:
            yield small


def _may_be_settled(passage: Passage, word: str) -> bool:
    """Whether *word*, often a capital one, is none of the dictionary nor made of its words, and the document has it once in small letters."""
    return (
        len(word) >= _SHORTEST_NAME
        and passage.words[word] <= 1
        and word.isalpha()
        and word.islower()  # and not *eXternal*
        and not is_english(word)
        and not is_derived(word)
    )


def _is_settled_name(passage: Passage, i: int) -> bool:
    """Whether word *i*, which may be a settled name, has a capital wherever else the document has it in prose."""
    all_words = words_of(passage)
    word, after = all_words.texts[i], all_words.texts[i + 1 : i + 2]
    if not piece(passage, i)[0].isspace() or set(after) & TECHNICAL:
        return False
    if after and after[0].islower() and not is_english(after[0]):
        return False  # a phrase in another language
    if piece(passage, i)[1] == "-":
        return False  # a package, a file
    rare = bool(frequency(word) or frequency(american(word)))
    common = bool(set(all_words.folded[max(0, i - 1) : i]) & ARTICLES)
    return _in_prose(passage, alone=rare or common)[word.capitalize()] >= _SETTLED


@known
def _in_prose(passage: Passage, alone: bool) -> Counter[str]:
    """How often each word has a capital that no heading, no sentence's start and no program asks for.

    A rare word of the dictionary (*exhibitor*), or one that has an article where it is small (*the procuratorate*),
    counts only *alone*, since names have it in them.
    """
    all_words, headings = words_of(passage), in_headings(passage)
    return Counter(
        word
        for i, word in enumerate(all_words.texts)
        if word[0].isupper()
        and i not in headings
        and not (alone and not plain_neighbours(all_words, i))
        and not passage.is_protected(*all_words.span(i, i))
        and not is_first_in_sentence(passage, all_words.starts[i])
    )


def _bare(word: str) -> str:
    """*word* without a possessive ending."""
    return word.removesuffix("s").rstrip("'’") if word.endswith(("'s", "’s")) else word


_CHAIN = re.compile(r"(?:-[a-z0-9]+){2,}|-[a-z0-9]+\.[a-z0-9]{2,4}(?!\w)")
"""What goes on behind the first word of a name that a computer gives: no compound has so many hyphens, or an ending behind one."""


def _is_name(passage: Passage, i: int) -> bool:
    """Whether word *i* is meant as the name: no handle, address, breed or dish."""
    all_words = words_of(passage)
    left, right = piece(passage, i)
    if GLUED.match(left) or GLUED.match(right) or left == "." or _in_address(passage, i):
        return False
    if left == right == "-":
        return False  # ttf-japanese-mincho
    if right == "-" and _CHAIN.match(passage.text, all_words.ends[i]):
        return False  # sunday-run-book.md, europe-west1-b
    if set(all_words.folded[i + 1 : i + 2]) & words("breeds_and_dishes.txt"):
        return False
    if _bare(all_words.folded[i]) != "china":
        return True
    return _stands_as_a_country(all_words, i, right == " ") and _speaks_of_china(passage)


def _stands_as_a_country(all_words: Words, i: int, goes_on: bool) -> bool:
    """Whether word *i*, *china* or *china's*, has the grammar of a country: no article or adjective before it, no noun behind it.

    Nor is anything made *of* it.  *goes_on*: no mark stands between it and the next word.
    """
    before = (*all_words.folded[max(0, i - 1) : i], "")[0]
    if before in _CLAUSE_OPENERS:
        return True
    if before in ARTICLES or (before == "of" and all_words.folded[i] == "china"):
        return False
    if before not in grammar_words():
        return False
    after = (*all_words.folded[i + 1 : i + 2], "")[0]
    qualifies = goes_on and all_words.folded[i] == "china" and after != ""
    return not qualifies or after in grammar_words()


@known
def _speaks_of_china(passage: Passage) -> bool:
    return "China" in passage.text


def _in_address(passage: Passage, i: int) -> bool:
    """Whether a stop joins word *i* to a small one behind it: *chomsky.info*."""
    after = words_of(passage).ends[i]
    return passage.text[after : after + 1] == "." and passage.text[after + 1 : after + 2].islower()
