"""Capitals out of place: small names, stray capitals, shouted words, odd compounds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from mtclean.languages.english import american, frequency, is_english
from mtclean.languages.lists import words
from mtclean.rules.artifacts.lexicon import known_names
from mtclean.rules.artifacts.tokens import (
    Words,
    is_first_in_sentence,
    is_title,
    sentences_of,
    words_of,
    writes_i_small,
)
from mtclean.text import Applicability, Edit, Finding, Fix, Passage, Span, replacing, rule

_GLUED = re.compile(r"[@#_/\\\d\[\]{}<>$=]")
_MANY = 3
"""So many words of a kind are the document's own manner."""
_MANNER = 5
"""So many common nouns with a capital are the manner of a contract or a speech; one that it writes small elsewhere is a slip yet."""
_SHORTEST_SHOUT = 4
_SHORTEST_NAME = 5
_SETTLED = 2
"""So often a name stands in prose with its capital before the one place without it is a slip."""
_GOVERNING = frozenset(("with", "of", "for", "by", "from", "at", "to"))
_CLAUSE_OPENERS = frozenset(("and", "but", "that", "if", "when", "while", "because", "than", "as"))
_DIVINE = frozenset(("He", "Him", "His", "Thy", "Thee", "Thou"))
_ARTICLES = frozenset(("the", "a", "an", "this", "that", "these", "those"))
_BEFORE_TITLES = frozenset(("see", "like", "called", "titled", "entitled", "named"))
_OPEN_TITLES = frozenset(
    ("Of", "With", "For", "By", "From", "Into", "At", "On", "To", "Also", "Who", "Is")
)
"""Small words that open the titles of books and films: *Of Mice and Men*, *From Russia with Love*."""
_TITLE_JOINTS = frozenset(("and", "of", "the", "in", "for", "to", "on", "with"))
_NAME_JOINTS = _TITLE_JOINTS | {"a", "an", "their", "its", "at", "by", "from"}
_OPEN_NAMES = frozenset(("what", "how"))
"""What titles open with before another capital: *What If he came*, *How To bake*."""
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
_SHORTEST_TITLED = 12
"""Words of a sentence in title case; shorter ones are headings and lines of a shop."""
_VERSE_WORDS = 16
"""As many words on either side are two lines of verse."""
_QUANTITIES = frozenset(("some", "many", "several", "few", "these", "those"))
"""After them a plural is what is counted, whatever follows."""
_COMMON_NOUN = 1500
"""How often the word list must have met a noun of every day."""
_SMALL_ELSEWHERE = 2
"""So often the document writes a noun small before its capital elsewhere is a slip."""
_SLIPS = 2
_TECHNICAL = frozenset(
    [
        "file",
        "files",
        "variable",
        "variables",
        "environment",
        "command",
        "commands",
        "package",
        "keyword",
        "option",
        "key",
        "button",
        "header",
        "field",
        "commit",
        "statement",
        "flag",
        "constant",
        "register",
        "mode",
        "macro",
        "parameter",
        "trial",
        "study",
    ]
)
"""What stands after a word that is in capitals because a computer wants it so, or that names a medical trial."""
_OPTION = re.compile(r"(?<!\S)--?[A-Za-z][\w-]{0,18}[= ]\Z")
"""Before the value that a command's option wants: *-s SELECTOR*."""
_HYPHENATED = re.compile(
    r"\b([A-Z]{3,12})(?=[-–][A-Z][a-z]{2,})|\b[A-Z][a-z]{2,20}[-–]([A-Z]{3,12})\b"
)
_QUALIFIES = re.compile(
    r"its|their|his|her|our|my|your|these|those|some|many|several|various|such|new|other|certain|different"
    r"|old|great|large|small|more|most|[a-z]{3,12}(?:al|ic|ive|ous|ful|less|able|ible|ary)"
)
_PLURAL = re.compile(r"[A-Z][a-z]{3,}s\Z")
_PEOPLE = re.compile(
    r"(?:an|ian|ist|ite|crat|man|men|ese|ish|ic|er|or|ing|ium|ness)s\Z|(?:ss|us|is|ics|ies's)\Z"
)


def _piece(passage: Passage, i: int) -> tuple[str, str]:
    """The characters left and right of word *i*."""
    all_words = words_of(passage)
    start, end = all_words.starts[i], all_words.ends[i]
    return passage.text[max(0, start - 1) : start], passage.text[end : end + 1]


@lru_cache(maxsize=2)
def _in_headings(passage: Passage) -> frozenset[int]:
    """Indices of words in lines or sentences that are headings, or shouted as a whole."""
    all_words = words_of(passage)
    inside: set[int] = set()
    for span in sentences_of(passage):
        here = all_words.between(*span)
        texts = all_words.texts[here.start : here.stop]
        shouted = sum(map(str.isupper, texts)) * 2 > len(texts) and sum(
            word.isupper() and len(word) > 1 for word in texts
        ) * 2 > len(texts)
        if shouted or (is_title(texts) and not _is_closed(passage.text, span, texts)):
            inside.update(here)
    return frozenset(inside)


def _is_closed(text: str, span: Span, texts: list[str]) -> bool:
    """Whether the sentence ends as prose does and has a few small words: full of names, but no heading."""
    return text[span.end - 1] in ".!?" and sum(word.islower() for word in texts) >= 5


def _plain_neighbours(all_words: Words, i: int) -> bool:
    """Whether the words on both sides are written small."""
    return all_words.texts[i - 1 : i] != [] and all(
        word[0].islower() for word in (*all_words.texts[i - 1 : i], *all_words.texts[i + 1 : i + 2])
    )


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
    spelt_small = [word for word in frozenset(all_words.texts) if word[0].islower()]
    always = {word for word in spelt_small if _bare(word) in never}
    settled = {word for word in spelt_small if _may_be_settled(passage, word)}
    small = [
        i
        for i, word in enumerate(all_words.texts)
        if (word in always or (word in settled and _is_settled_name(passage, i)))
        and _is_name(passage, i)
    ]
    if len(small) > _MANY and not any(
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


def _may_be_settled(passage: Passage, word: str) -> bool:
    """Whether *word* is none of the dictionary, and the document has it once so and several times with a capital."""
    often = passage.words
    return (
        len(word) >= _SHORTEST_NAME
        and often[word.capitalize()] >= _SETTLED
        and often[word] <= 1
        and word.isalpha()
        and not is_english(word)
    )


def _is_settled_name(passage: Passage, i: int) -> bool:
    """Whether word *i*, which may be a settled name, has a capital wherever else the document has it in prose."""
    all_words = words_of(passage)
    word, after = all_words.texts[i], all_words.texts[i + 1 : i + 2]
    if not _piece(passage, i)[0].isspace() or set(after) & _TECHNICAL:
        return False
    if after and after[0].islower() and not is_english(after[0]):
        return False  # a phrase in another language
    if _piece(passage, i)[1] == "-":
        return False  # a package, a file
    rare = bool(frequency(word) or frequency(american(word)))
    common = bool(set(all_words.folded[max(0, i - 1) : i]) & _ARTICLES)
    return _in_prose(passage, alone=rare or common)[word.capitalize()] >= _SETTLED


@lru_cache(maxsize=4)
def _in_prose(passage: Passage, alone: bool) -> Counter[str]:
    """How often each word has a capital that no heading and no sentence's start asks for.

    A rare word of the dictionary (*exhibitor*), or one that has an article where it is small (*the procuratorate*),
    counts only *alone*, since names have it in them.
    """
    all_words, headings = words_of(passage), _in_headings(passage)
    return Counter(
        word
        for i, word in enumerate(all_words.texts)
        if word[0].isupper()
        and i not in headings
        and not (alone and not _plain_neighbours(all_words, i))
        and not is_first_in_sentence(passage, all_words.starts[i])
    )


def _bare(word: str) -> str:
    """*word* without a possessive ending."""
    return word.removesuffix("s").rstrip("'’") if word.endswith(("'s", "’s")) else word


def _is_name(passage: Passage, i: int) -> bool:
    """Whether word *i* is meant as the name: no handle, address, breed or dish."""
    all_words = words_of(passage)
    left, right = _piece(passage, i)
    if _GLUED.match(left) or _GLUED.match(right) or left == "." or _in_address(passage, i):
        return False
    if left == right == "-":
        return False  # ttf-japanese-mincho
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
    if before in _ARTICLES or (before == "of" and all_words.folded[i] == "china"):
        return False
    if before not in words("function_words.txt") and before not in words("prepositions.txt"):
        return False
    after = (*all_words.folded[i + 1 : i + 2], "")[0]
    qualifies = goes_on and all_words.folded[i] == "china" and after != ""
    return not qualifies or after in words("function_words.txt") | words("prepositions.txt")


@lru_cache(maxsize=2)
def _speaks_of_china(passage: Passage) -> bool:
    return "China" in passage.text


def _in_address(passage: Passage, i: int) -> bool:
    """Whether a stop joins word *i* to a small one behind it: *chomsky.info*."""
    after = words_of(passage).ends[i]
    return passage.text[after : after + 1] == "." and passage.text[after + 1 : after + 2].islower()


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

    Left alone: after a colon or a quotation mark, in headings, beside other capitals (*The Hague*,
    *Lord Of The Rings*), and where a document does it often on purpose.
    """
    all_words = words_of(passage)
    headings = _in_headings(passage)
    joining, opening = words("joining_words.txt"), words("opening_words.txt")
    stray = [
        i
        for i, word in enumerate(all_words.texts)
        if i
        and (word in joining or word in opening)
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
    if gap not in (" ", "\u00a0") or before in _BEFORE_TITLES:
        return False
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
        return joins or before in words("function_words.txt") or before in words("prepositions.txt")
    if joins:
        return word.lower() not in words("prepositions.txt") and word not in _OPEN_TITLES
    nation = after.endswith(("an", "ese", "ish")) and after.lower() in words(
        "names_never_lowercase.txt"
    )
    leading = before in words("function_words.txt") or before in words("prepositions.txt")
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
    known = small in words("function_words.txt") or small in words("prepositions.txt")
    if small in _OPEN_NAMES:
        return False
    return known and is_first_in_sentence(passage, all_words.starts[i])


def _opens_title(all_words: Words, i: int) -> bool:
    """Whether small words join the name at *i* to another, as in titles: *The State and Revolution*."""
    behind = all_words.texts[i + 1 : i + 4]
    joint = next((k for k, word in enumerate(behind) if word[0].isupper()), 0)
    return joint > 0 and all(word in _TITLE_JOINTS for word in behind[:joint])


def _usually_small(passage: Passage, i: int) -> bool:
    """Whether the document writes *the* small before the name at *i*, of two words where it has two."""
    texts = words_of(passage).texts
    size = 1 + all(word[0].isupper() for word in texts[i + 1 : i + 2])
    name = tuple(texts[i : i + size])
    small = _after_articles(passage)["the", name]
    return small > 0 and small >= _after_articles(passage)["The", name]


@lru_cache(maxsize=2)
def _after_articles(passage: Passage) -> Counter[tuple[str, tuple[str, ...]]]:
    """How often each word, and each two, stand after *the* and after *The*."""
    texts = words_of(passage).texts
    found: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for k in range(1, len(texts)):
        if texts[k - 1] in ("the", "The"):
            found.update((texts[k - 1], name) for name in {(texts[k],), tuple(texts[k : k + 2])})
    return found


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
        "ALL CAPS HEADING\nThe text goes on.",
        "The NASDAQ fell; so did ACME shares.",
        "Then do it with your TEETH! The editor in BEIJING (Kyodo News) heard of Beijing.",
        "He spoke with WIRED after the trial, and the house was wired for it. Please create a file called VISION.",
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
    headings = _in_headings(passage)
    shouted = [
        i
        for i, word in enumerate(all_words.texts)
        if len(word) >= _SHORTEST_SHOUT
        and word.isupper()
        and word.isalpha()
        and i not in headings
        and not any(map(_GLUED.match, _piece(passage, i)))
        and not is_first_in_sentence(passage, all_words.starts[i])
    ]
    found = [(i, _quiet(passage, all_words.texts[i])) for i in shouted]
    found = [
        (i, quiet)
        for i, quiet in found
        if quiet and not _in_a_name(passage, i, quiet) and not _is_meant(passage, i, quiet)
    ]
    if len({all_words.texts[i] for i, _ in found}) >= _MANY:
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
    if all_words.folded[i - 1] in _BEFORE_TITLES and quiet not in words("function_words.txt"):
        return True
    joint, other = (*all_words.texts[i + 1 : i + 3], "", "")[:2]
    window = 4 if joint in ("or", "and") and other.isupper() else 2  # the HOME or PATH variable
    if set(all_words.folded[i + 1 : i + 1 + window]) & _TECHNICAL or _OPTION.search(
        passage.text, max(0, all_words.starts[i] - 24), all_words.starts[i]
    ):
        return True
    after = passage.text[all_words.ends[i] : all_words.ends[i] + 2]
    if _ends_in_shout(passage, all_words.starts[i]) or (after == " (" and not quiet.islower()):
        return True  # an exclamation, or a dateline: BEIJING (Kyodo News) –
    title = passage.words[word.capitalize()]
    if (
        quiet.islower()
    ):  # the same letters small are another word: STEM classes and the stem of a plant
        return passage.words[word] > max(1, title) or _is_used_as_a_name(passage, i)
    return passage.words[word] > max(2, passage.words[word.lower()] + title)


def _is_used_as_a_name(passage: Passage, i: int) -> bool:
    """Whether word *i*, in capitals, has the grammar of a name and not that of its small letters.

    A noun in the singular has an article or another word of its own before it; what stands bare after a preposition is a
    name or an acronym: *spoke with WIRED*.  And what stands before a noun as one does is no verb or adverb: *the SMART data*.
    """
    all_words = words_of(passage)
    word = all_words.folded[i]
    before = (*all_words.folded[max(0, i - 1) : i], "")[0]
    after = (*all_words.texts[i + 1 : i + 2], "")[0]
    small = words("function_words.txt") | words("prepositions.txt")
    if word in small or word.endswith("ly") or (before not in small and before != ""):
        return False
    governed = before in _GOVERNING or (
        before in words("prepositions.txt") and before not in _ARTICLES
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
    if _piece(passage, i) == ("(", ")"):
        return True
    return (
        quiet.islower()
        and quiet not in words("function_words.txt")
        and not quiet.endswith("ly")
        and all_words.texts[i + 1 : i + 2] != []
        and all_words.texts[i + 1][0].isupper()
        and _piece(passage, i)[1] == " "
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
    for match in _HYPHENATED.finditer(passage.text):
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
        "The Greens and the Democrats lost to the Republicans.",
        "Jeff Bridges acted; so did Mr. Bridges.",
        "The Beatles played for the Romans and the Prussians.",
        "We moved our Rails application and our Rails setup, and please see our Terms of Service.",
        "He joined the Rangers last year, and the Rangers won.",
        "He has ravaged our Coasts, and under such Penalties as they chose made temporary Appointments.",
        "He studied music, and more music, at the Academy of Music, and our Nation was proud of its nation.",
        "They study ants and more ants at the Society for Ants and Bees.",
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
    names (*Academy of Music*), and documents that do it three times and more.
    """
    all_words = words_of(passage)
    headings = _in_headings(passage)
    inside = [
        i
        for i, word in enumerate(all_words.texts)
        if i
        and word[0].isupper()
        and len(word) >= _SHORTEST_SHOUT
        and word.isalpha()
        and word.istitle()
        and i not in headings
        and _stands_inside(passage, all_words, i)
    ]
    stray = [i for i in inside if _is_stray_noun(passage, all_words, i)]
    manner = {all_words.texts[i] for i in inside if is_english(all_words.folded[i], _COMMON_NOUN)}
    if len(manner) >= _MANNER or len(stray) >= _MANY:
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
    if gap != " " or after[:1] == "-" or after == " (":
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
        and _plain_neighbours(all_words, i)
        and _QUALIFIES.fullmatch(all_words.texts[i - 1]) is not None
        and not _heads_a_name(all_words, i)
    )


def _may_be_small(word: str, plural: bool) -> bool:
    """Whether *word* is a common noun of every day and nothing that prose writes with a capital."""
    lower = word.lower()
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
    small = words("function_words.txt") | words("prepositions.txt")
    return after[0] in small or (is_english(after[0]) and after[0].endswith(("ed", "ing")))


def _heads_a_name(all_words: Words, i: int) -> bool:
    """Whether word *i* is the first of a name with small words in it, or qualifies a noun as names do: *our Rails setup*."""
    behind = all_words.texts[i + 1 : i + 3]
    if not behind:
        return False
    if behind[0] in _TITLE_JOINTS:
        return len(behind) > 1 and behind[1][0].isupper()
    small = words("function_words.txt") | words("prepositions.txt")
    return behind[0] not in small and is_english(behind[0]) and _is_noun_like(behind[0])


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


@rule(
    "sentence-in-title-case",
    "fluency.casing",
    suggests=(
        (
            "The Mayor Said On Monday That The Old Market In Porto Was Open To All Ships. It rained.",
            "The mayor said on Monday that the old market in Porto was open to all ships. It rained.",
        ),
    ),
    leaves=(
        "A Short Guide To The Birds Of The Harbour And Of The River",
        "The Lord Of The Rings was read aloud to them on the day they met at the inn.",
        "HE SAID THAT THE OLD HARBOUR WAS OPEN TO ALL OF THE SHIPS.",
        "The Buyer Has To Pay For The Return.",
    ),
    languages=("en",),
)
def sentence_in_title_case(passage: Passage) -> Iterator[Fix | Finding]:
    """A whole sentence has its words written with capitals, as titles are.

    An engine that met the sentence beside a heading goes on as it began.  It is shown once, and not word by word.

    Left alone: headings and short lines, which have no full stop or few small words.
    """
    all_words = words_of(passage)
    for span in sentences_of(passage):
        here = all_words.between(*span)
        if len(here) < _SHORTEST_TITLED or passage.text[span.end - 1] != ".":
            continue
        if _has_title_case(all_words.texts[here.start : here.stop]):
            yield from _made_small(passage, all_words, here)


def _has_title_case(texts: list[str]) -> bool:
    """Whether nearly all words have a capital, the small words of grammar among them, and few are all capitals."""
    spelt = [word for word in texts if word[0].isalpha()]
    if 5 * sum(word[0].isupper() for word in spelt) < 4 * len(spelt):
        return False
    small = words("function_words.txt") | words("prepositions.txt")
    grammar = [word for word in spelt[1:] if word.lower() in small]
    shouted = sum(word.isupper() and len(word) > 1 for word in spelt)
    if 3 * shouted > len(spelt) or len(grammar) < _MANY:
        return False
    return 10 * sum(word[0].isupper() for word in grammar) >= 7 * len(grammar)


def _made_small(passage: Passage, all_words: Words, here: range) -> Iterator[Fix]:
    """The sentence *here* with small letters where the list has the word, and no list of names."""
    names = known_names() | words("places.txt")
    edits = tuple(
        Edit(all_words.starts[i], all_words.ends[i], all_words.folded[i])
        for i in here[1:]
        if all_words.texts[i][0].isupper()
        and not (all_words.texts[i].isupper() and len(all_words.texts[i]) > 1)
        and all_words.texts[i] not in names
        and all_words.folded[i] not in words("names_never_lowercase.txt")
        and is_english(all_words.folded[i], 500)
        and not passage.is_protected(*all_words.span(i, i))
    )
    if edits:
        reason = "The sentence is written as a title is, with capitals throughout."
        yield Fix(edits, reason, Applicability.SUGGESTED)


RULES = (
    name_in_small_letters,
    capital_in_mid_sentence,
    shouted_word,
    odd_acronym,
    stray_capital,
    sentence_in_title_case,
)
