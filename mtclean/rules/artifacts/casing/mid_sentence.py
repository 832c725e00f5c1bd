"""Small words of grammar with a capital in the middle of a sentence, where an engine began a new piece."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mtclean.languages.english import grammar_words
from mtclean.languages.lists import words
from mtclean.rules.artifacts.casing.surroundings import (
    BEFORE_TITLES,
    TECHNICAL,
    TITLE_JOINTS,
    in_headings,
)
from mtclean.rules.artifacts.tokens import Words, is_first_in_sentence, words_of
from mtclean.text import Finding, Fix, Passage, known, replacing, rule

_DIVINE = frozenset(("He", "Him", "His", "Thy", "Thee", "Thou"))
_OPEN_TITLES = frozenset(
    ("Of", "With", "For", "By", "From", "Into", "At", "On", "To", "Also", "Who", "Is")
)
"""Small words that open the titles of books and films: *Of Mice and Men*, *From Russia with Love*."""
_OPEN_NAMES = frozenset(("what", "how"))
"""What titles open with before another capital: *What If he came*, *How To bake*."""
_VERSE_WORDS = 16
"""As many words on either side are two lines of verse."""


@rule(
    "capital-in-mid-sentence",
    "fluency.casing",
    suggests=(
        (
            "The main problem of lamps is The mercury they contain.",
            "The main problem of lamps is the mercury they contain.",
        ),
        ("It was told to foreigners And Germans.", "It was told to foreigners and Germans."),
        ("He said that Unlike the rest they stayed.", "He said that unlike the rest they stayed."),
        (
            "On The other hand, it is subject To rules.",
            "On the other hand, it is subject to rules.",
        ),
    ),
    leaves=(
        "It is given “As Is”, and “Takin’ It To the Streets,” the song, is on the site; it has an About page.",
        "He lives in The Hague and reads The Times.",
        "This is how it went: The end.",
        "Lord Of The Rings was read aloud.",
        "So she said, “The mercury rose.”",
        "The letter A and vitamin C. What If he came?",
        "They read Of Mice and Men and saw On Golden Pond. For more, see Is it late for the rest?",
        "The State grew. He says in The State and Revolution that the State must go.",
        "In The Revolution Betrayed he wrote of the Revolution, and in The Spanish Labyrinth of Spain.",
        "The Church of the Lamp met. It was a war on The Church of the Lamp, they wrote of the Church.",
        "They asked God for help, and His blessing and His help came. See https://rain.example/all For more, write to us.",
        "He treats all alike, And lives in harmony, Who follows no man, Whose end is near.",
        "A pulse, Which whispers that all will be dear To one who roams, And seeks abroad.",
    ),
    languages=("en",),
)
def capital_in_mid_sentence(passage: Passage) -> Iterator[Fix | Finding]:
    """A small word of grammar has a capital in the middle of a sentence.

    Engines that translate in pieces begin each piece with a capital: *believes that Unlike the
    West*.

    Left alone: where a line of subtitles begins, after a colon or a quotation mark, in headings, beside other capitals (*The Hague*,
    *Lord Of The Rings*), and where a document does it often on purpose.
    """
    all_words = words_of(passage)
    headings = in_headings(passage)
    grammar = words("joining_words.txt") | words("opening_words.txt")
    stray = [
        i
        for i in all_words.spelt(grammar & all_words.forms.keys())
        if i
        and i not in headings
        and passage.text[all_words.ends[i] : all_words.ends[i] + 1] != ":"
        and _breaks_in(passage, all_words, i)
        and not _is_in_verse(passage, all_words, i)
    ]
    for i in stray:
        small = all_words.texts[i].lower()
        yield replacing(
            *all_words.span(i, i),
            small,
            f"“{all_words.texts[i]}” has a capital in the middle of a sentence, as when an engine starts a new piece"
            f" there: write “{small}”, unless a full stop is missing before it.",
        ).suggested()


def _breaks_in(passage: Passage, all_words: Words, i: int) -> bool:
    """Whether the capital of word *i* can be no sentence's first, nor part of a name."""
    before, word = all_words.texts[i - 1], all_words.texts[i]
    after = (*all_words.texts[i + 1 : i + 2], "x")[0]
    gap = passage.text[all_words.ends[i - 1] : all_words.starts[i]]
    joins = word in words("joining_words.txt")
    if gap not in (" ", "\u00a0") or before in BEFORE_TITLES or after in TECHNICAL:
        return False
    if passage.is_protected(all_words.ends[i - 1], all_words.starts[i]):
        return False  # a line of subtitles begins, and a full stop is as likely to be missing
    if not before[0].islower() and not _opens_small(passage, all_words, i - 1):
        return False
    if passage.text[all_words.ends[i] : all_words.ends[i] + 1] == "-":
        return False  # Over-the-counter: the head of an item
    if passage.is_protected(*all_words.span(i - 1, i - 1)):
        return False  # an address ends what was said before it
    if word in _DIVINE and (passage.words["God"] or passage.words["Lord"]):
        return False
    before = before.lower()
    if after[0].islower() or (joins and after[0].isdigit()):
        return joins or before in grammar_words()
    if joins:
        return word.lower() not in words("prepositions.txt") and word not in _OPEN_TITLES
    nation = after.endswith(("an", "ese", "ish")) and after.lower() in words(
        "names_never_lowercase.txt"
    )
    leading = before in grammar_words()
    if word != "The" or not leading:
        return False
    followed = (*all_words.texts[i + 2 : i + 3], "x")[0][0].isupper()
    if after == "United" or (nation and not followed):
        return True
    return _usually_small(passage, i + 1) and not _opens_title(all_words, i + 1)


def _is_in_verse(passage: Passage, all_words: Words, i: int) -> bool:
    """Whether another small word near *i* has a capital after a comma, as lines of verse begin: *here, Which whispers*."""
    small = words("joining_words.txt") | words("opening_words.txt")
    near = range(max(1, i - _VERSE_WORDS), min(len(all_words), i + _VERSE_WORDS))
    return any(
        all_words.texts[k] in small
        and passage.text[all_words.ends[k - 1] : all_words.starts[k]] == ", "
        for k in near
    )


def _opens_small(passage: Passage, all_words: Words, i: int) -> bool:
    """Whether word *i* is a small word that owes its capital to the sentence it opens: *We Are not*, *On The other hand*."""
    small = all_words.folded[i]
    known = small in grammar_words()
    if small in _OPEN_NAMES:
        return False
    return known and is_first_in_sentence(passage, all_words.starts[i])


def _opens_title(all_words: Words, i: int) -> bool:
    """Whether small words join the name at *i* to another, as in titles: *The State and Revolution*."""
    behind = all_words.texts[i + 1 : i + 4]
    joint = next((k for k, word in enumerate(behind) if word[0].isupper()), 0)
    return joint > 0 and all(word in TITLE_JOINTS for word in behind[:joint])


def _usually_small(passage: Passage, i: int) -> bool:
    """Whether the document writes *the* small before the name at *i*, of two words where it has two."""
    texts = words_of(passage).texts
    size = 1 + all(word[0].isupper() for word in texts[i + 1 : i + 2])
    name = tuple(texts[i : i + size])
    small = _after_articles(passage)["the", name]
    return small > 0 and small >= _after_articles(passage)["The", name]


@known
def _after_articles(passage: Passage) -> Counter[tuple[str, tuple[str, ...]]]:
    """How often each word, and each two, stand after *the* and after *The*."""
    texts = words_of(passage).texts
    found: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for k in range(1, len(texts)):
        if texts[k - 1] in ("the", "The"):
            found.update((texts[k - 1], name) for name in {(texts[k],), tuple(texts[k : k + 2])})
    return found
