"""One name, two spellings: Kolovin and Korovin in the same article."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from mtclean.languages.english import american, frequency, grammar_words, is_english
from mtclean.languages.lists import entries, words
from mtclean.rules.artifacts.lexicon import known_names
from mtclean.rules.artifacts.romanization import sound_keys
from mtclean.rules.artifacts.tokens import words_of
from mtclean.text import Finding, Fix, Passage, Severity, Span, known, replacing, rule

_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxyz")
_ASPIRATED = frozenset("cgkprst")
"""Consonants that languages write an h behind, or do without."""
_SHORTEST = 5
_SHORTEST_IN_COMPANY = 4
"""Letters of a name that counts only where both spellings stand beside the same word: *Lord Abel*, *Lord Aibel*."""
_LONGEST = 60
"""Letters; whoever runs more together spells no name, and comparing them costs their square."""
_MOST_NAMES = 20_000
"""A text with more capitalised spellings is a word list, and comparing them tells nothing."""
_CROWD = 12
"""More spellings than this one letter apart are a family of words, or noise."""
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûåøæœ")
_SOUNDS = tuple(
    map(
        frozenset, ("lr", "bpv", "dt", "gk", "szc", "fv", "mn", "vw", "ckq", "sx", "jy", "gj", "zj")
    )
)
_SOUND_OF = (
    *(
        ("shch", "S"),
        ("tch", "S"),
        ("sch", "S"),
        ("ch", "S"),
        ("sh", "S"),
        ("zh", "S"),
        ("dj", "S"),
    ),
    *(("kh", "K"), ("gh", "K"), ("ph", "F"), ("th", "T"), ("ks", "x"), ("h", ""), ("w", "F")),
    *(("q", "K"), ("k", "K"), ("c", "K"), ("g", "K"), ("v", "F"), ("z", "s"), ("j", "S")),
    *(("d", "T"), ("t", "T"), ("l", "R"), ("r", "R"), ("b", "P"), ("p", "P")),
)
"""How consonants are taken for one another between scripts, the longer spellings first."""
_FEWEST_CONSONANTS = 3
_ENDINGS = ("s", "n", "a", "i", "e", "h", "o", "y", "an", "d", "r")
_NO_ENDINGS = ({"l", "r"}, {"m", "n"}, {"b", "p"}, {"g", "k"})
"""Last letters that tell no two forms of a name apart but two ways to hear it: *Elseviel*."""
_ADVERBS = frozenset(("thus", "hence", "later", "then", "now", "today", "here", "there", "like"))
_EVERYDAY = 5000
"""So often the word list has a word of every day, whose misspelling nobody bears as a name."""
_OFTEN = 5
_POSSESSIVE = re.compile(r"['’]s?\Z")
_OF = tuple(
    [word] for word in ("de", "del", "di", "da", "do", "du", "des", "der", "von", "la", "y", "et")
)
_ONE_SYLLABLE = re.compile(r"[bcdfghjklmnpqrstwxyz]{1,2}[aeiou]{1,3}(?:ng?|[kthp])?")
"""Korean, Cantonese and Chinese surnames: Cheng, Cheung, Yeung, Jeong."""
_SYLLABLE = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er"
    r"|ia|ie|in|iu|ou|ua|ui|un|uo|ue|[aeiu])|(?:[bpmfw])o|lüe?|nüe?){1,4}"
)


class _Name(NamedTuple):
    """A spelling and the indices of the words that have it."""

    text: str
    at: tuple[int, ...]


@rule(
    "name-spelt-two-ways",
    "terminology.inconsistent.entity",
    finds=(
        ("Kolovin, a director, spoke first. The West has no partners, Korovin said.", "Kolovin"),
        (
            "In Philippines homes, the Philippines Department said, and the Phirippines too.",
            "Phirippines",
        ),
        ("The city of Shenzhen grew. Citizens of Shanzhen were glad.", "Shanzhen"),
        (
            "Hisham Mechichi was named. Later Hisham Meshishi spoke at length, and so Mechichi won.",
            "Meshishi",
        ),
        ("He visited Japan and liked it. The people of Japang were kind.", "Japang"),
        ("Abel rose. Lord Abel spoke. Then Lord Aibel left.", "Aibel"),
        ("Kuznetsov came. “Kuznetsov!” they cried. So Kuznecov spoke.", "Kuznecov"),
        (
            "Tsuchiya and Xiaoping met. Tsuchiya liked Xiaoping. Later Tuchiya and Hsiaoping wrote.",
            "Tuchiya",
        ),
        (
            "Andrei Kirilenko rose. “Kirilenko!” they cried, and Andrei Kirilenka smiled.",
            "Kirilenka",
        ),
    ),
    leaves=(
        "Hunan and Henan are provinces; so are Shanxi and Shaanxi.",
        "Zhang Wenli met Zheng Wenlu, and Jiang met Jiong.",
        "Ivanov and Ivanova; Russia and Russian; Korea and Koreas; Moscow's mayor and Moscow.",
        "Andersen wrote tales, Anderson wrote letters.",
        "They saw Maria and Marie in Austria and Australia.",
        "The film stars Liu Xianhua, says Xinhua, and Roberto Ferri married Roberta Ferri.",
        "In Brittan the author lived. In Bradden the readers lived, but Brittan was on the sea.",
        "Anarcho-syndicalists wrote in Anarchy, and Henry Preuss read of it in the Press and in the Press alone.",
    ),
    failures=(("Weng spoke. Wang said so.", "Wang spoke. Wang said so."),),
    severity=Severity.MAJOR,
    languages=("en",),
)
def name_spelt_two_ways(passage: Passage) -> Iterator[Fix | Finding]:
    """A name is spelt in two ways that sound alike.

    Engines transliterate a name afresh in every sentence, so that l and r, a and e or a lost h make
    two persons out of one.  Meant are spellings one such letter apart, and those with the same
    consonants that stand beside the same first name or title, and a lone one that another system of romanization makes of
    a name that stands several times (*Kuznecov*, *Kuznetsov*; *Tuchiya*, *Tsuchiya*).  The rarer spelling is shown, and of
    two that stand once each the first.

    Left alone: pairs that are both real (*Hunan/Henan*, *Anderson/Andersen*), endings
    (*Ivanov/Ivanova*), two Chinese names that are both well formed, and words of the dictionary.
    """
    all_words = words_of(passage)
    shown: set[str] = set()
    for odd, usual in _pairs(passage):
        if odd.text in shown:
            continue
        shown.add(odd.text)
        start = all_words.starts[odd.at[0]]
        yield Finding(
            Span(start, start + len(odd.text)),
            f"“{odd.text}” ({_times(odd)}) and “{usual.text}” ({_times(usual)}) look like one name in two"
            " spellings, as engines make them that transliterate each sentence anew: choose one.",
            Severity.MAJOR,
            suggestions=(usual.text,),
        )


@rule(
    "name-unlike-other-documents",
    "terminology.inconsistent.entity",
    finds=(
        ("It was late when old Adamson met Korovin at the quay.", "Korovin"),
        ("By noon we saw Korovin, and Korovin saw us.", "Korovin"),
    ),
    leaves=(
        "It was late when old Adamson met Kolovin at the quay.",
        "It was late when old Adamson met Kolovins at the quay.",
        "It was late when old Adamson met Golovin-Street at the quay.",
        "Korovin was late, and korovin he was.",
    ),
    others=(
        "In May we met Kolovin there.",
        "A boat with Kolovin came home at noon.",
        "The mayor said that Kolovin had paid for the quay.",
    ),
    severity=Severity.MAJOR,
    languages=("en",),
)
def name_unlike_other_documents(passage: Passage) -> Iterator[Finding]:
    """A name stands in this document alone, and several others have one that sounds like it.

    Engines transliterate a name afresh in every text: the chapters of a book have *Kolovin*, and one has *Korovin*.

    Left alone: names of lists and of the dictionary, pairs that are both real, endings, two well-formed Chinese names, and
    documents that stand alone.
    """
    names = _names(passage)
    for word, usual in sorted(passage.batch.slips.items()):
        name = names.get(word)
        if name is None or _known(passage, word) or _real_pair(word, usual):
            continue
        if not _sounds_alike(word, usual) or _ending_differs(word, usual) or usual in names:
            continue
        if _well_formed_pinyin(word) and _well_formed_pinyin(usual):
            continue
        start = words_of(passage).starts[name.at[0]]
        yield Finding(
            Span(start, start + len(word)),
            f"“{word}” stands in this document alone, and other documents have “{usual}”, which sounds like it: compare the"
            " source.",
            Severity.MAJOR,
            suggestions=(usual,),
        )


def _times(name: _Name) -> str:
    return {1: "once", 2: "twice"}.get(len(name.at), f"{len(name.at)} times")


@rule(
    "first-name-misspelt",
    "terminology.inconsistent.entity",
    suggests=(
        ("So says Yvyacheslav Maslov, a dean.", "So says Vyacheslav Maslov, a dean."),
        ("He met Krzystzof Wolny there.", "He met Krzysztof Wolny there."),
    ),
    leaves=(
        "So say Vyacheslav, Viacheslav and Wiaczesław.",
        "Katerina and Katherina, Cristopher and Matheus.",
        "Alexandre, Alexander, Aleksander and Alexandru met Christophe and Kristopher.",
        "Gérard Philipe and Matthias met Abdulah.",
        "Christophers and Alexandrians, Leonards and Sebastiani.",
        "The Elizabethan age and Ferdinand's army.",
    ),
    languages=("en",),
)
def first_name_misspelt(passage: Passage) -> Iterator[Fix | Finding]:
    """A well-known first name has a consonant too many, one too few or two letters changed about.

    Engines that spell a name letter by letter slip (*Yvyacheslav*), and where the name comes only
    once no other spelling in the text tells.  Meant are long names, and spellings that no list of
    English knows.

    Left alone: forms of other languages (*Alexandre*), other vowels (*Viacheslav*), one consonant
    for two (*Philipe*), an h more or less (*Katerina*), endings, and the house's own names.
    """
    all_words = words_of(passage)
    for name in sorted(_names(passage).values(), key=lambda name: name.at[0]):
        meant = _near_first_names().get(name.text, "")
        if not meant or frequency(name.text.lower()) or name.text in passage.style.listed("names"):
            continue
        start = all_words.starts[name.at[0]]
        yield replacing(
            start,
            start + len(name.text),
            meant,
            f"“{name.text}” is nobody's first name but near to “{meant}”; engines that spell a name letter by letter slip:"
            " compare the source.",
        ).suggested()


@cache
def _near_first_names() -> dict[str, str]:
    """The slips of each long first name, and the name."""
    names = words("long_first_names.txt")
    slips: dict[str, str] = {}
    for name in sorted(names):
        whole = name.lower()
        near = {
            whole[:i] + letter + whole[i:]
            for i in range(len(whole))
            for letter in _CONSONANTS.difference(whole[max(0, i - 1) : i + 1])
            if not (letter == "h" and whole[i - 1 : i] in _ASPIRATED)
        }
        near |= {
            whole[:i] + whole[i + 1 :]
            for i in range(1, len(whole) - 1)
            if whole[i] in _CONSONANTS
            and whole[i] not in (whole[i - 1], whole[i + 1])
            and not (whole[i] == "h" and whole[i - 1] in _ASPIRATED)
        }
        near |= {
            whole[:i] + whole[i + 1] + whole[i] + whole[i + 2 :] for i in range(len(whole) - 1)
        }
        slips |= {slip.capitalize(): name for slip in near}
    settled = names | known_names()
    return {slip: name for slip, name in slips.items() if slip not in settled}


# Three rules ask.
@known
def _names(passage: Passage) -> dict[str, _Name]:
    """The capitalised words of the text, without a possessive ending."""
    all_words = words_of(passage)
    name_of = {word: name for word in all_words.capitalized if (name := _name_in(word))}
    at: defaultdict[str, list[int]] = defaultdict(list)
    for i in all_words.spelt(name_of):
        word = all_words.texts[i]
        if not _combines(passage, word, i):
            at[name_of[word]].append(i)
    return {name: _Name(name, tuple(places)) for name, places in at.items()}


def _name_in(word: str) -> str:
    """The name that *word* is, without a possessive ending; empty where it can be none."""
    if not (_SHORTEST_IN_COMPANY <= len(word) <= _LONGEST and word[1:].islower()):
        return ""
    name = word if word.isalpha() else _POSSESSIVE.sub("", word)
    return name if len(name) >= _SHORTEST_IN_COMPANY and name.isalpha() else ""


def _combines(passage: Passage, word: str, i: int) -> bool:
    """Whether *word* is the first half of a compound: *Anarcho-syndicalism*, *“Anarcho”-capitalism*."""
    if not word.endswith("o"):
        return False
    end = words_of(passage).ends[i]
    return passage.text[end : end + 2].lstrip("\"”’'")[:1] == "-"


def _pairs(passage: Passage) -> Iterator[tuple[_Name, _Name]]:
    """Pairs one letter apart, or of the same consonants in the same company, the odd spelling first, in order."""
    names = _names(passage)
    if len(names) > _MOST_NAMES:
        return
    near = _families_by(
        names, lambda name: {name[:i] + name[i + 1 :] for i in range(len(name))} | {name}
    )
    alike = _families_by(names, lambda name: {_skeleton(name)} - {""})
    sound = _families_by(names, sound_keys) if _may_be_romanized(names) else set()
    for odd, usual in sorted(near | alike | sound, key=lambda pair: (pair[0].at[0], pair[1].at[0])):
        close = (odd, usual) in near and _sounds_alike(odd.text, usual.text)
        close = close or ((odd, usual) in sound and _is_settled(odd, usual))
        short = min(len(odd.text), len(usual.text)) < _SHORTEST
        if short or not close:
            found = close or (odd, usual) in alike
            if not found or not _same_company(passage, odd, usual):
                continue
        if _is_the_odd_one(passage, odd, usual):
            yield odd, usual


def _may_be_romanized(names: dict[str, _Name]) -> bool:
    """Whether two of *names* that are no words of the list sound alike, one of which stands once and one more often."""
    rare = {word: name for word, name in names.items() if not is_english(word.lower())}
    return any(_is_settled(odd, usual) for odd, usual in _families_by(rare, sound_keys))


def _is_settled(odd: _Name, usual: _Name) -> bool:
    """Whether *usual* stands often enough beside a lone *odd* that sounds alike, and neither is a word of the list."""
    rare = not (is_english(odd.text.lower()) or is_english(usual.text.lower()))
    return rare and len(odd.at) == 1 < len(usual.at)


def _families_by(
    names: dict[str, _Name], keys: Callable[[str], AbstractSet[str]]
) -> set[tuple[_Name, _Name]]:
    """The pairs of names, both ways round, that have one of their *keys* in common."""
    keys_of = {name: keys(name) for name in names}
    times = Counter(chain.from_iterable(keys_of.values()))
    shared = {key for key, many in times.items() if many > 1}
    families: defaultdict[str, list[str]] = defaultdict(list)
    for name, its in keys_of.items():
        for key in shared & its:
            families[key].append(name)
    return {
        (names[a], names[b])
        for family in families.values()
        if 1 < len(family) <= _CROWD
        for a in family
        for b in family
        if a != b
    }


@lru_cache(maxsize=10_000)
def _skeleton(name: str) -> str:
    """The consonants of *name* as they sound: *Khrushchev*, *Hrushchov*; empty where they are too few to tell."""
    letters = name.lower()
    for spelt, sound in _SOUND_OF:
        letters = letters.replace(spelt, sound)
    bare = [c for i, c in enumerate(letters) if c not in _VOWELS and c not in letters[i - 1 : i]]
    return "".join(bare) if len(bare) >= _FEWEST_CONSONANTS else ""


def _is_the_odd_one(passage: Passage, odd: _Name, usual: _Name) -> bool:
    """Whether *odd* is a slip for *usual* by what is known of the two and how often they stand."""
    if (
        _known(passage, odd.text)
        or _real_pair(odd.text, usual.text)
        or _plain(odd.text) == _plain(usual.text)
        or _foreign_phrase(passage, odd)
    ):
        return False
    if _ONE_SYLLABLE.fullmatch(odd.text.lower()) and _ONE_SYLLABLE.fullmatch(usual.text.lower()):
        return _rank(odd) < _rank(usual) and _same_company(passage, odd, usual)
    if (
        is_english(usual.text.lower())
        and _is_surname(passage, odd)
        and not _is_surname(passage, usual)
    ):
        return False
    pinyin = _well_formed_pinyin(odd.text) and _well_formed_pinyin(usual.text)
    if pinyin and _is_a_person(passage, odd, usual):
        return False
    everyday = is_english(usual.text.lower(), _EVERYDAY) and not frequency(odd.text.lower())
    if len(usual.at) <= 3 and not everyday and _other_company(passage, odd, usual):
        return False
    if _known(passage, usual.text):
        stem = _common_stem(odd.text, usual.text)
        return len(odd.at) <= len(usual.at) + 1 and not stem and not _sexes(odd.text, usual.text)
    if _rank(odd) > _rank(usual) or len(odd.at) > 2:
        return False
    if _side_by_side(odd, usual):
        return False
    if _ending_differs(odd.text, usual.text):
        shared = _company(passage, odd, -1) & _company(passage, usual, -1)
        return len(usual.at) > len(odd.at) and bool(shared)
    if pinyin:
        return _same_company(passage, odd, usual) or len(usual.at) >= _OFTEN > 4 * len(odd.at)
    return True


def _rank(name: _Name) -> tuple[int, int, int]:
    """How settled a spelling is: how often it stands, whether it is known at all, and where it stands last."""
    folded = name.text.lower()
    return len(name.at), int(frequency(folded) > 0 or _well_formed_pinyin(name.text)), name.at[0]


def _is_surname(passage: Passage, name: _Name) -> bool:
    """Whether another name stands before it: *Henry Preuss* is no slip for the press."""
    return bool(_company(passage, name, -1))


def _is_a_person(passage: Passage, odd: _Name, usual: _Name) -> bool:
    """Whether a Chinese surname stands before each *odd* and before no *usual*: *Liu Xianhua* is not *Xinhua*."""
    surnames = {
        word for word in _company(passage, odd, -1) if len(word) <= 6 and _well_formed_pinyin(word)
    }
    return bool(surnames) and not surnames & _company(passage, usual, -1)


def _known(passage: Passage, name: str) -> bool:
    """Whether the spelling is settled: by our lists, the dictionary, the other documents, or the house's list "names"."""
    house = passage.style.listed("names")
    elsewhere = name in passage.batch.names
    return elsewhere or name in known_names() or name in house or is_english(name.lower(), 200)


@lru_cache(maxsize=1)
def _families() -> dict[str, set[int]]:
    families: defaultdict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(entries("lookalike_names.txt")):
        for name in line.split():
            families[name].add(number)
    return dict(families)


def _real_pair(a: str, b: str) -> bool:
    return bool(_families().get(a, set()) & _families().get(b, set()))


def _ending_differs(a: str, b: str) -> bool:
    """Whether one is the other with an ending, or they differ in a last letter that may be one."""
    short, long_ = sorted((a, b), key=len)
    if len(short) == len(long_):
        return short[:-1] == long_[:-1] and {short[-1], long_[-1]} not in _NO_ENDINGS
    return long_.startswith(short) and not _has_nasal(long_, short)


def _has_nasal(long_: str, short: str) -> bool:
    """Whether *long_* is *short* with a nasal n written ng, which no English ending does: *Japang*."""
    return long_ == short + "g" and short.endswith("n")


def _common_stem(odd: str, usual: str) -> bool:
    """Whether *odd* is a form of the known word *usual*: Russians, Moscovite, Crimean."""
    if odd.startswith(usual):
        return not _has_nasal(odd, usual)
    return usual.startswith(odd) and usual[len(odd) :] in _ENDINGS


def _sexes(a: str, b: str) -> bool:
    """Whether the two may be a man's and a woman's form of a name: *Roberto*, *Roberta*."""
    return a[:-1] == b[:-1] and {a[-1], b[-1]} <= set("aeo")


def _foreign_phrase(passage: Passage, odd: _Name) -> bool:
    """Whether the name opens one in another language: *Catedral de San Ildefonso*."""
    return all(words_of(passage).texts[i + 1 : i + 2] in _OF for i in odd.at)


def _side_by_side(odd: _Name, usual: _Name) -> bool:
    """Whether the two stand together, as two persons do and two spellings do not."""
    return any(abs(a - b) <= 3 for a in odd.at for b in usual.at)


def _plain(name: str) -> str:
    """*name* without what American and British spelling, or a missing accent, differ in."""
    letters = unicodedata.normalize("NFD", name.lower())
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return american(bare)


def _company(passage: Passage, name: _Name, step: int) -> AbstractSet[str]:
    """The capitalised words that stand right before (-1) or after (1) the name."""
    return _company_of(passage, name.text, step)


@known
def _company_of(passage: Passage, name: str, step: int) -> set[str]:
    all_words = words_of(passage)
    found: set[str] = set()
    for i in _names(passage)[name].at:
        first = min(i, i + step)
        if first < 0 or first + 1 >= len(all_words):
            continue
        word = all_words.texts[i + step]
        gap = passage.text[all_words.ends[first] : all_words.starts[first + 1]]
        if gap == " " and word[0].isupper() and len(word) > 1 and not _opens(word):
            found.add(word)
    return found


def _opens(word: str) -> bool:
    """Whether *word* owes its capital to the sentence it opens: *In Paris* and *In Porto* are in no company."""
    return word.lower() in _ADVERBS or word.lower() in grammar_words()


def _other_company(passage: Passage, odd: _Name, usual: _Name) -> bool:
    """Whether each has a surname of its own after it: *Kristin Wilkins*, *Kristen Lee*."""
    first, second = _company(passage, odd, 1), _company(passage, usual, 1)
    return bool(first) and bool(second) and not first & second


def _same_company(passage: Passage, odd: _Name, usual: _Name) -> bool:
    """Whether a capitalised neighbour is the same: *Lanao County*, *Langao County*."""
    return any(_company(passage, odd, step) & _company(passage, usual, step) for step in (-1, 1))


def _well_formed_pinyin(name: str) -> bool:
    return bool(_SYLLABLE.fullmatch(name.lower()))


def _sounds_alike(a: str, b: str) -> bool:
    """Whether the one letter the two differ in is one that engines and ears mix up."""
    a, b = a.lower(), b.lower()
    at = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    if len(a) == len(b):
        if a[at + 1 :] != b[at + 1 :]:
            return a[at + 2 :] == b[at + 2 :] and a[at] == b[at + 1] and a[at + 1] == b[at]
        pair = {a[at], b[at]}
        return pair <= _VOWELS or any(pair <= sound for sound in _SOUNDS)
    more = max(a, b, key=len)
    extra = more[at]
    if at == 0:
        return False
    return (
        extra in _VOWELS
        or extra == "h"
        or more[at - 1] == extra
        or (extra == "g" and more[at - 1] == "n")
    )


RULES = (name_spelt_two_ways, name_unlike_other_documents, first_name_misspelt)
