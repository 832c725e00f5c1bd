"""Words, and parts of compounds, in capitals that are no acronyms."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from mtclean.languages.english import grammar_words, is_english
from mtclean.languages.lists import words
from mtclean.rules.artifacts.casing.surroundings import (
    ARTICLES,
    BEFORE_TITLES,
    GLUED,
    MANY,
    SHORTEST_SHOUT,
    TECHNICAL,
    in_headings,
    piece,
)
from mtclean.rules.artifacts.tokens import in_code, is_first_in_sentence, sentences_of, words_of
from mtclean.text import Finding, Fix, Passage, Span, replacing, rule

_GOVERNING = frozenset(("with", "of", "for", "by", "from", "at", "to"))
_FILE_ENDING = re.compile(r"\.[a-z]{1,5}(?!\w)")
_OPTION = re.compile(r"(?<!\S)--?[A-Za-z][\w-]{0,18}[= ]\Z")
"""Before the value that a command's option wants: *-s SELECTOR*."""
_MAY_BE_HALF = re.compile(r"[-–](?:(?<=[A-Z]{3}.)[A-Z][a-z]{2}|(?<=[a-z]{2}.)[A-Z]{3})")
_HYPHENATED = re.compile(
    r"\b([A-Z]{3,12})(?=[-–][A-Z][a-z]{2,})|\b[A-Z][a-z]{2,20}[-–]([A-Z]{3,12})\b"
)


@rule(
    "shouted-word",
    "fluency.casing",
    suggests=(
        (
            "The sectors WHICH had shown signs of recovery fell.",
            "The sectors which had shown signs of recovery fell.",
        ),
        (
            "It rained in BEIJING. Later Beijing was dry.",
            "It rained in Beijing. Later Beijing was dry.",
        ),
    ),
    leaves=(
        "NATO and UNESCO met the WHO in the USA.",
        "A HUGE jump, a VERY big one, and it was SO MUCH FUN, TRULY.",
        "The higher the wall, the LOWER the risk.",
        "ALL CAPS HEADING\nThe text goes on.",
        "The NASDAQ fell; so did ACME shares.",
        "Then do it with your TEETH! The editor in BEIJING (Kyodo News) heard of Beijing.",
        "He spoke with WIRED after the trial, and the house was wired for it. Please create a file called VISION.",
        "Run `go`, and see the TRACE of it. HISTORY is in HISTORY.md and more in CONTRIBUTING.md.",
        "In STEM classes the stem of a plant, the stem of a boat and STEM itself, and who teaches STEM, are spoken of.",
        "Set the HOME variable, read the INSTALL file, ask the LDAP server or run ldap by hand.",
        "Run the command with -s SELECTOR or --size=WIDTH, then set the EDITOR or PAGER environment variables.",
    ),
    languages=("en",),
)
def shouted_word(passage: Passage) -> Iterator[Fix | Finding]:
    """An ordinary word stands in capitals alone among small letters.

    Engines copy the capitals of a heading or an acronym that the word was in the source, and then
    drift.  The document's own spelling, or the dictionary, tells how it should be.

    Left alone: acronyms, whole lines in capitals, and documents that shout more than twice.
    """
    all_words = words_of(passage)
    headings = in_headings(passage)
    capitals = {
        word
        for word in all_words.cased
        if len(word) >= SHORTEST_SHOUT and word.isupper() and word.isalpha()
    }
    shouted = [
        i
        for i in all_words.spelt(capitals)
        if i not in headings
        and not any(map(GLUED.match, piece(passage, i)))
        and not _FILE_ENDING.match(passage.text, all_words.ends[i])
        and not is_first_in_sentence(passage, all_words.starts[i])
    ]
    found = [(i, _quiet(passage, all_words.texts[i])) for i in shouted]
    found = [
        (i, quiet)
        for i, quiet in found
        if quiet and not _in_a_name(passage, i, quiet) and not _is_meant(passage, i, quiet)
    ]
    if len({all_words.texts[i] for i, _ in found}) >= MANY:
        return
    for i, quiet in found:
        yield replacing(
            *all_words.span(i, i),
            quiet,
            f"“{all_words.texts[i]}” is an ordinary word in capitals, which engines carry over from headings: write"
            f" “{quiet}” unless it is meant to shout.",
        ).suggested()


def _is_meant(passage: Passage, i: int, quiet: str) -> bool:
    """Whether the capitals are the document's own way with the word, or a computer's."""
    all_words = words_of(passage)
    word = all_words.texts[i]
    if all_words.folded[i - 1] in BEFORE_TITLES and quiet not in words("function_words.txt"):
        return True
    joint, other = (*all_words.texts[i + 1 : i + 3], "", "")[:2]
    window = 4 if joint in ("or", "and") and other.isupper() else 2  # the HOME or PATH variable
    if set(all_words.folded[i + 1 : i + 1 + window]) & TECHNICAL or _OPTION.search(
        passage.text, max(0, all_words.starts[i] - 24), all_words.starts[i]
    ):
        return True
    if all_words.starts[i] in passage.link_starts and all_words.span(i, i) in passage.links:
        return True  # a file's name: [LICENSE](LICENSE)
    if passage.code and _is_a_programs(passage, quiet):
        return True
    if passage.code and quiet.islower() and not _is_stressed(quiet):
        return True  # where code is shown capitals are a program's own: the TRACE level
    after = passage.text[all_words.ends[i] : all_words.ends[i] + 2]
    if _ends_in_shout(passage, all_words.starts[i]) or (after == " (" and not quiet.islower()):
        return True  # an exclamation, or a dateline: BEIJING (Kyodo News) –
    title = passage.words[word.capitalize()]
    if (
        quiet.islower()
    ):  # the same letters small are another word: STEM classes and the stem of a plant
        return passage.words[word] > max(1, title) or _is_used_as_a_name(passage, i)
    return passage.words[word] > max(2, passage.words[word.lower()] + title)


def _is_a_programs(passage: Passage, name: str) -> bool:
    """Whether *name*, which the document spells so, stands in code alone: a type ``Ascii`` says nothing of ASCII."""
    all_words = words_of(passage)
    places = all_words.spelt({name})
    return bool(places) and all(in_code(passage, all_words.starts[k]) for k in places)


def _is_stressed(quiet: str) -> bool:
    """Whether *quiet* is a word that names nothing, and that a program has no use for."""
    return quiet in words("function_words.txt") or quiet.endswith("ly")


def _is_used_as_a_name(passage: Passage, i: int) -> bool:
    """Whether word *i*, in capitals, has the grammar of a name and not that of its small letters.

    A noun in the singular has an article or another word of its own before it; what stands bare after a preposition is a
    name or an acronym: *spoke with WIRED*.  And what stands before a noun as one does is no verb or adverb: *the SMART data*.
    """
    all_words = words_of(passage)
    word = all_words.folded[i]
    before = (*all_words.folded[max(0, i - 1) : i], "")[0]
    after = (*all_words.texts[i + 1 : i + 2], "")[0]
    small = grammar_words()
    if word in small or word.endswith("ly") or (before not in small and before != ""):
        return False
    governed = before in _GOVERNING or (
        before in words("prepositions.txt") and before not in ARTICLES
    )
    closed = not after or not after[0].islower() or after in small
    return governed and closed


def _ends_in_shout(passage: Passage, at: int) -> bool:
    """Whether the sentence around *at* is an exclamation."""
    sentences = sentences_of(passage)
    around = sentences[bisect_right(sentences, Span(at, len(passage.text))) - 1]
    return "!" in passage.text[max(at, around.end - 3) : around.end]


def _is_acronym(passage: Passage, word: str) -> bool:
    return word in words("acronyms.txt") or word in passage.style.listed("acronyms")


def _quiet(passage: Passage, word: str) -> str:
    """How *word* is written when nobody shouts; empty for an acronym."""
    if _is_acronym(passage, word):
        return ""
    lower, title = word.lower(), word.capitalize()
    if lower in words("names_never_lowercase.txt"):
        return title
    seen_small, seen_title = passage.words[lower], passage.words[title]
    if seen_title > seen_small:
        return title
    if lower in words("emphasised_words.txt"):
        return ""
    if is_english(lower, 3000 if len(word) < 7 and not seen_small else 400):
        return lower
    return ""


def _in_a_name(passage: Passage, i: int, quiet: str) -> bool:
    """Whether the capitals belong to a name or an acronym beside or around the word."""
    all_words = words_of(passage)
    beside = (*all_words.texts[max(0, i - 1) : i], *all_words.texts[i + 1 : i + 2])
    if any(word.isupper() and len(word) > 1 and word.isalpha() for word in beside):
        return True
    if piece(passage, i) == ("(", ")"):
        return True
    return (
        quiet.islower()
        and quiet not in words("function_words.txt")
        and not quiet.endswith("ly")
        and all_words.texts[i + 1 : i + 2] != []
        and all_words.texts[i + 1][0].isupper()
        and piece(passage, i)[1] == " "
    )


@rule(
    "odd-acronym",
    "fluency.casing",
    suggests=(
        ("The INDO-Pacific strategy was promoted.", "The Indo-Pacific strategy was promoted."),
    ),
    leaves=(
        "NATO-Russia talks, ASEAN-China trade and COVID-Free zones.",
        "The UN-Habitat office and the EU-China summit.",
        "X-Ray, PRE-Raphaelite paintings and NON-Proliferation.",
    ),
    languages=("en",),
)
def odd_acronym(passage: Passage) -> Iterator[Fix | Finding]:
    """Half of a compound name stands in capitals as if it were an acronym.

    *INDO-Pacific* comes of an engine that takes a short first part for initials.  Only parts that
    are known from such compounds are meant (*Indo*, *Sino*, *Euro*, *Asia*).

    Left alone: true acronyms.
    """
    may_be = _MAY_BE_HALF.search(passage.text) is not None
    for match in _HYPHENATED.finditer(passage.text) if may_be else ():
        group = 1 if match.group(1) else 2
        part = match.group(group)
        if _is_acronym(passage, part) or part.lower() not in words("combining_names.txt"):
            continue
        yield replacing(
            *match.span(group),
            part.capitalize(),
            f"“{part}” is no acronym; an engine took the first part of the compound for initials: write"
            f" “{part.capitalize()}”.",
        ).suggested()
