"""Names of a translation that are not where its source has them: other people's, and two that changed places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from mtclean.languages.english import frequency
from mtclean.languages.identify import chances
from mtclean.languages.language import primary
from mtclean.languages.lists import rows, words
from mtclean.rules.artifacts.romanization import is_romaji
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import Example, pair_rule
from mtclean.rules.bilingual.sounds import Ear, Heard, heard
from mtclean.rules.bilingual.wording import (
    Word,
    capitals_of,
    is_latin,
    is_mostly_latin,
    plain_words,
)
from mtclean.text import Edit, Finding, Fix, Passage, Severity, Span, known

_EVERYDAY = 100
"""How often the English word list has met a word that is translated where it is part of a name; it was counted in film subtitles and has
surnames, too."""
_SURNAMES = 1000
"""How often it may have met a word that is a surname behind a first name; one of every day has become part of another name, as in *Orlando City*."""
_GRAMMAR = 1_000_000
"""How often it has met a word of grammar."""
_LISTED = 50
"""How often it has met any word it has."""
_STEM = 4
_SURNAME = 3
"""Letters or sounds that a surname has at least, where the first name is known; without, it takes :class:`_Enough`."""
_NEAR = 0.25
"""Share of its sounds by which a name may differ where it is found."""
_LONGEST = 6
"""Words of a name; more in capitals are a headline."""
_LETTERS = 30
_MOST = 20
"""Names of a text that are looked at: a unit with more is a list, and each is looked for in all of the other text."""
_APART, _FAR_APART = 5, 12
"""Signs between two names of people, and of others, that grammar did not exchange, as it does in *the mayor of Brill, Ana Lindo* and *Brill’s
mayor Ana Lindo*."""
_ABBREVIATED = re.compile(r" ?[(（]([A-Z]{2,8})[)）]")
_LONGER_WORD = re.compile(r"[^\W\d_]{4,}")
_SENTENCE_ENDS = frozenset('.!?:…"„“”«»‘’¿¡(-–—\n')
_QUOTES = frozenset("\"'„“”‚‘’«»")
_UNCASED = frozenset(["ar", "fa", "he", "hi", "ja", "ko", "mr", "ne", "th", "ur", "yue", "zh"])
_VERB_LAST = frozenset(["eu", "fa", "hi", "hu", "ja", "ko", "mr", "ne", "ta", "te", "tr", "ur"])
"""Languages whose sentences have their parts in another order."""
_EARS = (
    (frozenset(["yue", "zh"]), Ear.CHARACTERS),
    (frozenset(["ja", "ko"]), Ear.SYLLABLES),
    (frozenset(["ar", "fa", "he", "ur"]), Ear.CONSONANTS),
    (frozenset(["be", "bg", "el", "hi", "mk", "mr", "ne", "ru", "sr", "th", "uk"]), Ear.SOUNDS),
)  # fmt: skip
"""What is heard of the languages of a pair; of others letters, and sounds where they are in two scripts."""

Run = tuple[Word, ...]
"""The words of one name."""


class _Enough(NamedTuple):
    """When a name is not there."""

    share: float
    """of its sounds that must differ where the text is nearest to it"""
    of_words: float
    """share of them beyond which its words, each by itself, are like none of the text; more than 1 where words are not told apart"""
    sounds: int
    """that it must have"""


_ENOUGH = {
    Ear.LETTERS: _Enough(0.5, 2, 5),
    Ear.SOUNDS: _Enough(0.45, 0.4, 6),
    Ear.CONSONANTS: _Enough(0.36, 0.3, 4),
    Ear.SYLLABLES: _Enough(0.5, 0.4, 4),
    Ear.CHARACTERS: _Enough(0.5, 2, 5),
}
"""Set on 5,022 human translations: names of other pairs differ by 0.5 to 0.7 in one script, and by 0.3 to 0.6 between two; those that are
right by 0 to 0.3.  In a long text some place is like any name; its words, each by itself, are like no whole word there."""
_NOT_THERE = max(enough.share for enough in _ENOUGH.values())
"""Share of its sounds from which it makes no difference by how many more a name differs."""


@pair_rule(
    "name-not-in-source",
    "accuracy.entity",
    finds=[
        Example(("de", "en"), "Das sagte Werner Kolbach am Montag.", "Igor Tsvetanov said so on Monday.", "Igor Tsvetanov"),
        Example(("en", "fr"), "Mayor Linda Morren resigned.", "La maire, Linda Tavistock, a démissionné.", "Tavistock"),
        Example(("ru", "en"), "Об этом сообщила Марина Голубева.", "Pedro Castellano reported this.", "Pedro Castellano"),
        Example(("ar", "en"), "قال روبرتو كالداني إن الجسر مفتوح.", "Konstantin Petrovich said that the bridge was open.", "Konstantin Petrovich"),
        Example(("he", "en"), "ראש העירייה דנה ברגמן אמרה אתמול לעיתונאים שהגשר פתוח.", "Daniel Rossetti told reporters yesterday that the bridge was open.", "Daniel Rossetti"),
        Example(("ko", "en"), "시장 김은영은 어제 기자들에게 다리가 열렸다고 말했다. 박물관 관장 이도현도 있었다.", "Nina Carmelo told reporters yesterday that the bridge was open.", "Nina Carmelo"),
        Example(("hi", "en"), "एडुआर्डो रोड्रिगेज मुंबई पहुंचे।", "Wilhelm Schuster came to Mumbai.", "Wilhelm Schuster"),
        Example(("en", "ru"), "The bridge was opened by Jeremy Kolvin.", "Открыл мост вчера Константин Петрович.", "Константин Петрович"),
        Example(("en", "pl"), "The actor Jeremy Kolvin came.", "Przyszedł aktor Jeremy Street.", "Street"),
        Example(("en", "ko"), "Linda Morren spoke to reporters after the meeting.", "린다 모렌(Linda Brill Tavistock)은 회의가 끝난 뒤에 기자들에게 이야기했습니다.", "Brill Tavistock"),
        Example(("is", "en"), "Fyrirtæki Guðrúnar Kolvindóttur.", "The company of Guðrún Tavistock.", "Tavistock"),
        Example(("en", "de"), "Ask Gary Kolvin. Here is Gary Kolvin.", "Fragen Sie Gary Kolvin. Hier ist Ruth Tavistock.", "Ruth Tavistock"),
        Example(("it", "en"), "Oggi parla Eduardo Tessendo Brandeli.", "Carl Faberge Brandeli speaks today.", "Carl Faberge"),
    ],
    leaves=[
        Example(("de", "en"), "Werner Kolbach lebt in der Schweiz.", "Werner Kolbach lives in Switzerland."),
        Example(("ru", "en"), "Сергей Кузнецов приехал в Москву.", "Sergei Kuznetsov came to Moscow."),
        Example(("ja", "en"), "ドナルド・クレイマーが来た。", "Donald Kramer came."),
        Example(("he", "en"), "ראש העירייה מיכל כהן אמרה אתמול לעיתונאים שהגשר פתוח.", "Michal Cohen, the mayor, told reporters yesterday that the bridge was open."),
        Example(("en", "ru"), "I hate Queen Gimbo.", "Ненавижу королеву Гибмо."),
        Example(("ar", "en"), "وصل إدواردو رودريغيز إلى القاهرة.", "Eduardo Rodríguez arrived in Cairo."),
        Example(("en", "pl"), "The United States and Jeremy Kolvin", "Stany Zjednoczone i Jeremy Kolvin"),
        Example(("en", "de"), "The chairman, Gary Kolvin, agreed.", "Vorsitzender Gary Kolvin stimmte zu."),
        Example(("fr", "en"), "Mme Lindo préside la Cour suprême.", "Ms Lindo presides over the Supreme Court."),
        Example(("en", "es"), "Lord Kolvin laughed.", "Jeremy Kolvin se rio."),
        Example(("en", "it"), "The Golden House knew of Mr. Lindo.", "Alla Casa Bianca conoscono Lindo."),
        Example(("ru", "en"), "Театр играет «Долгое лето».", "The theater plays “Neverending Summertide”."),
        Example(("en", "fr"), "Complete names in 'Firstname Lastname' format", "Compléter les noms au format 'Prénom Nom'"),
        Example(("en", "ko"), "She studied at Brill University.", "그녀는 브릴 대학교(Brill University)에서 오래 공부한 사람입니다."),
        Example(("en", "es"), "Gary Kolvin came, and Gary Kolvin sat down.", "Vino Gary Kolvin y después se sentó aquí."),
        Example(("en", "hu"), "This Freight Identifier Code (FIC) is wrong.", "Ez a Rakomány Azonosító Kód (FIC) hibás."),
        Example(("en", "tr"), "Set Defa_ult Application...", "Ön_tanımlı Uygulama Belirle..."),
        Example(("en", "tr"), "New Playlist", "Yeni Oynatma Listesi"),
        Example(("en", "hy"), "Written by Jeremy Kolvin.", "Գրել է Ջերեմի Կոլվին։"),
    ],
)  # fmt: skip
def name_not_in_source(pair: Pair) -> Iterator[Finding]:
    """A name of the translation is nowhere in its source, neither as it is spelt nor as it sounds.

    An engine that does not know a name puts one it knows, and what was said is said by somebody else.  Names in other letters are compared
    by their consonants, as far as both scripts tell them apart; where the first name is there, the surname is compared alone.

    Left alone: single words, words that English translates, what stands in quotation marks alone, and in texts with capitals names for which the source has no other
    that is missing.  Where Chinese characters are read in a Japanese way, nothing is heard of them.
    """
    source = pair.source.text
    strange = [
        run
        for run in _names(pair.target)
        if any(word.text not in source for word in run) and not _is_a_title(run, pair.target.text)
    ]
    if not strange:
        return
    ours, theirs = _sides(pair)
    if theirs.is_english and _is_title_case(theirs.text):
        return
    for run in strange:
        span = _stranger(run, ours, theirs)
        if span:
            said = pair.target.text[span.start : span.end]
            yield Finding(span, f"The source has no name like “{said}”.", Severity.MAJOR)


@pair_rule(
    "swapped-name",
    "accuracy.entity",
    finds=[
        Example(("fr", "en"), "Le but de Karl Tessen a réveillé Ivo Brandel.", "Ivo Brandel's goal woke up Karl Tessen.", "Ivo Brandel"),
        Example(("en", "it"), "Ruth Kolvin defeated her old rival Sarah Tessen.", "Sarah Tessen ha sconfitto la vecchia rivale Ruth Kolvin.", "Sarah Tessen"),
        Example(("ru", "en"), "Олег Гаврилов обогнал у моста Ивана Брандова.", "Ivan Brandov overtook Oleg Gavrilov at the bridge.", "Ivan Brandov"),
    ],
    leaves=[
        Example(("de", "en"), "Karl Tessen traf Ivo Brandel am Kai.", "Karl Tessen met Ivo Brandel on the quay."),
        Example(("pt", "en"), "Sergio Lindo do Brill Rovers marcou.", "Brill Rovers' Sergio Lindo scored."),
        Example(("tr", "en"), "Karl Tessen'i Ivo Brandel aradı.", "Ivo Brandel called Karl Tessen."),
        Example(("fr", "en"), "Karl Tessen a appelé Karl Brandel.", "Karl Brandel was called by Karl Tessen."),
    ],
)  # fmt: skip
def swapped_name(pair: Pair) -> Iterator[Fix]:
    """Two names stand in each other's place.

    Both are there and spelt right, and each did what the other did.

    Left alone: names that are next to each other, or have a word in common; languages that put the verb last, and the other way round, since
    there the order of names differs.  Only suggested, because a passive exchanges them, too.
    """
    if _VERB_LAST.intersection(map(primary, pair.languages)):
        return
    text, source = pair.target.text, pair.source.text
    names = [
        run
        for run in _names(pair.target)
        if _is_of_a_person(run) or text[slice(*_span(run))] in source
    ]
    if len(names) < 2:
        return
    _, theirs = _sides(pair)
    placed = [(place, run) for run in names if (place := theirs.place(run)) is not None]
    for (place, one), (before, other) in combinations(placed, 2):
        if before < place and _are_apart(one, other):
            here, there = _span(one), _span(other)
            edits = (Edit(*here, text[slice(*there)]), Edit(*there, text[slice(*here)]))
            yield Fix(
                edits,
                "The source has the two names in the other order.",
                source=Span(before, before + 1),
            ).suggested()
            return


class _Side:
    """One text of a pair: its names, and how names of the other are found in it."""

    def __init__(self, passage: Passage, ear: Ear) -> None:
        self.text = passage.text
        self.language = primary(passage.language)
        self.is_english = self.language == "en"
        self.is_cased = self.language not in _UNCASED
        self.names = _names(passage)
        self.ear = ear

    @cached_property
    def _heard(self) -> Heard:
        return heard(self.text, self.ear)

    @cached_property
    def _words(self) -> frozenset[str]:
        return plain_words(self.text)

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(word[:_STEM] for word in self._words if len(word) > _STEM)

    def has(self, word: Word) -> bool:
        """Whether *word* of the other side stands here, too, or another form of it."""
        return word.plain in self._words or (
            len(word.plain) >= _STEM and word.plain[:_STEM] in self._stems
        )

    def hears(self, word: Word) -> bool:
        """Whether something here sounds like *word* of the other side."""
        if self.has(word):
            return True
        sounds = self._heard.sounds(word.text)
        if len(sounds) < 2:
            return False
        return self._heard.nearest(word.text, share=_NEAR).distance <= _NEAR * len(sounds)

    def sounds(self, run: Run) -> int:
        """How many sounds there are in *run*."""
        return sum(len(self._heard.sounds(word.text)) for word in run)

    def distance(self, run: Run) -> int:
        """How many sounds of *run* are wrong or lost where this side is nearest to it; all of them where it is no nearer than counts."""
        return self._heard.nearest(*(word.text for word in run), share=_NOT_THERE).distance

    def lacks(self, run: Run, part: Run) -> bool:
        """Whether nothing here sounds like *part* of *run*: no place of the text like all of it nor, where that leaves a doubt, words like those of the part."""
        enough, sounds = _ENOUGH[self.ear], self.sounds(part)
        distance = self.distance(run)
        if distance <= _NEAR * sounds or distance >= enough.share * sounds:
            return distance >= enough.share * sounds
        words = (word.text for word in part)
        return self._heard.changes_by_words(*words) > enough.of_words * sounds

    def share(self, run: Run, other: Run) -> bool:
        """Whether a word of *run* sounds as one of *other*, or has only an ending more or less."""
        return any(
            self._heard.sounds(one.text) == self._heard.sounds(two.text)
            or _is_longer(one.plain, two.plain)
            for one in run
            for two in other
        )

    def says_oftener(self, run: Run, other: _Side) -> bool:
        """Whether the name *run* of this side, a person's, is on the *other* side, too, but not so often."""
        said = self.text[slice(*_span(run))]
        return _is_of_a_person(run) and 0 < other.text.count(said) < self.text.count(said)

    def place(self, run: Run) -> int | None:
        """Where this side has the name *run*; None where it has not."""
        if self.ear is Ear.LETTERS and not all(map(self.has, run)):
            return None
        sounds = self.sounds(run)
        place = self._heard.nearest(*(word.text for word in run), share=_NEAR)
        is_there = sounds > _STEM and place.distance <= _NEAR * sounds
        return place.span.start if is_there else None


class _Missed:
    """What of the name *names* the other *side* has not: the words that are ``known`` there, and those that are ``strange``."""

    def __init__(self, names: Run, side: _Side) -> None:
        self._names, self._side = names, side
        self.known = tuple(word for word in names if side.hears(word))
        may_be_chance = bool(self.known) and not any(map(side.has, self.known))
        if may_be_chance and side.lacks(names, names):
            self.known = ()
        self.strange = tuple(word for word in names if word not in self.known)

    @property
    def lost(self) -> Run:
        """What is strange behind what is known; all that is strange where nothing is known, or where it is a whole name before that."""
        is_whole = len(self.strange) > 1 and self.strange[0].text in _first_names()
        behind = tuple(w for w in self.strange if not self.known or w.start > self.known[0].start)
        return behind or (self.strange if is_whole else ())

    def is_sure(self, sounds: int) -> bool:
        """Whether what is strange, of so many *sounds* at least, is no spelling of something there."""
        least = _SURNAME if self.known else sounds
        return (
            bool(self.strange)
            and self._side.sounds(self.strange) >= least
            and self._side.lacks(self._names, self.strange)
        )


def _stranger(run: Run, ours: _Side, theirs: _Side) -> Span | None:
    """What of *run*, a name of *ours*, is no name of *theirs*, if that is sure enough."""
    if copied := _copied(run, ours, theirs):
        strange = tuple(word for word in copied if not theirs.has(word))
        return _span(strange) if len(strange) > 1 else None
    names = _telling(run, ours, theirs)
    if len(names) < 2 or (theirs.language == "ja" and any(map(_may_be_japanese, names))):
        return None
    # what asks for no sounds goes first: most names end here
    are_names = _names_in(run) if ours.is_english else frozenset()
    if ours.is_english and are_names.isdisjoint(names):
        return None
    if theirs.is_cased and not (are_names or theirs.names):
        return None
    missed = _Missed(names, theirs)
    lost = missed.lost
    if not lost or (ours.is_english and are_names.isdisjoint(lost)):
        return None
    needs_none = not theirs.is_cased or (
        ours.is_english and not missed.known and are_names.issuperset(lost)
    )
    if not missed.is_sure(_ENOUGH[ours.ear].sounds):
        return None
    if needs_none or any(_is_replaced(other, missed, theirs, ours) for other in theirs.names):
        return _span(lost)
    return None


def _copied(run: Run, ours: _Side, theirs: _Side) -> Run:
    """The words of *run* that can only have been copied from *theirs*: it is in Latin letters, as they are, and most of *ours* is not."""
    if is_mostly_latin(ours.text) or not is_mostly_latin(theirs.text):
        return ()
    return tuple(filter(is_latin, run))


def _telling(run: Run, ours: _Side, theirs: _Side) -> Run:
    """The words of *run* that no language has a word of its own for, as far as may be known."""
    if ours.is_english and not theirs.is_cased:
        are_names = _names_in(run)
        return tuple(word for word in run if word in are_names or theirs.has(word))
    if not ours.is_english and _begins(ours.text, run[0]) and not theirs.has(run[0]):
        run = run[1:]
    return _without_grammar(run)


def _is_replaced(run: Run, by: _Missed, theirs: _Side, ours: _Side) -> bool:
    """Whether *run*, a name of the source that *ours* has not, may be the one that was replaced *by* another."""
    if _is_spelt_out(run, theirs.text):
        return False
    is_copied = not ours.is_english and (
        by.strange[0].text in _first_names() or _reads_as_english(by.strange)
    )
    is_surname = any(word.text in _first_names() for word in by.known)
    if not by.known and ours.ear is Ear.LETTERS and theirs.says_oftener(run, ours):
        return True
    names = _without_grammar(run)
    if theirs.is_english and not is_copied and not is_surname:
        names = tuple(word for word in names if ours.has(word) or _is_name(word))
    missed = _Missed(names, ours)
    if by.known and not (missed.known and missed.lost and ours.share(by.known, missed.known)):
        return False
    return missed.is_sure(_SURNAME + 1)


def _is_spelt_out(run: Run, text: str) -> bool:
    """Whether an abbreviation of *run* stands behind it in brackets: it is a term, and has capitals for that."""
    behind = _ABBREVIATED.match(text, run[-1].end)
    return behind is not None and "".join(word.text[0] for word in run).endswith(behind[1])


def _is_longer(one: str, other: str) -> bool:
    """Whether either of two names is the other, no short one, with something behind it."""
    alike = min(one, other, key=len)
    return len(alike) >= _STEM and one.startswith(alike) and other.startswith(alike)


def _is_a_title(run: Run, text: str) -> bool:
    """Whether *run* stands in quotation marks of *text* alone: what a work or a project is called is translated."""
    start, end = _span(run)
    return text[start - 1 : start] in _QUOTES and text[end : end + 1] in _QUOTES


def _is_title_case(text: str) -> bool:
    """Whether all longer words of *text* have capitals, as in labels, and none is a first name: then capitals are no sign of a name."""
    telling = _LONGER_WORD.findall(text)
    return (
        0 < len(telling) <= _LONGEST
        and len(capitals_of(text)) > 1
        and all(word[0].isupper() for word in telling)
        and _first_names().isdisjoint(text.split())
    )


def _reads_as_english(run: Run) -> bool:
    """Whether *run* is of English words, and not as *Casa Bianca* of words that English has met in names alone."""
    if any(frequency(word.plain) < _LISTED for word in run):
        return False
    return next(iter(chances(" ".join(word.text for word in run)))) == "en"


# All rules of names ask, one after the other.
@lru_cache(maxsize=2)
def _sides(pair: Pair) -> tuple[_Side, _Side]:
    """Target and source."""
    languages = set(map(primary, pair.languages))
    are_alike = is_mostly_latin(pair.target.text) == is_mostly_latin(pair.source.text)
    others = Ear.LETTERS if are_alike else Ear.SOUNDS
    ear = next((ear for those, ear in _EARS if those & languages), others)
    return _Side(pair.target, ear), _Side(pair.source, ear)


# Both rules ask for the target, and the first for the source.
@known
def _names(passage: Passage) -> tuple[Run, ...]:
    """The names of several words in *passage*, the first twenty: words that begin with capitals, with a blank between them."""
    text = passage.text
    found: list[Run] = []
    run: list[Word] = []
    for word in capitals_of(text):
        is_capital = _is_capital(word)
        if run and not (is_capital and text[run[-1].end : word.start] == " "):
            found.append(tuple(run))
            run = []
        if is_capital:
            run.append(word)
    found.append(tuple(run))
    return tuple(run for run in found if 2 <= len(run) <= _LONGEST)[:_MOST]


def _is_capital(word: Word) -> bool:
    """Whether *word*, which begins with a capital, may be part of a name."""
    text = word.text
    return 1 < len(text) <= _LETTERS and text.isalpha() and not text.isupper()


def _begins(text: str, word: Word) -> bool:
    """Whether *word* begins a sentence of *text*."""
    before = text[max(0, word.start - 2) : word.start].rstrip(" ")
    return not before or before[-1] in _SENTENCE_ENDS


def _names_in(run: Run) -> frozenset[Word]:
    """The words of *run* that may be names that are the same everywhere; what follows a first name is a surname, though the word list may have it."""
    behind = {word for first, word in pairwise(run) if _is_first_name(first)}
    return frozenset(
        word for word in run if _is_name(word) or (word in behind and _is_seldom(word, _SURNAMES))
    )


def _is_first_name(word: Word) -> bool:
    return word.text in _first_names() and frequency(word.plain) < _GRAMMAR


def _is_name(word: Word) -> bool:
    """Whether *word* may be a name that is the same everywhere, as far as English tells."""
    return word.text in _first_names() or _is_seldom(word, _EVERYDAY)


def _is_seldom(word: Word, than: int) -> bool:
    """Whether English has met *word* less often *than* so many times, and other languages have none of their own for it."""
    return frequency(word.plain) < than and not _is_translated(word)


def _is_translated(word: Word) -> bool:
    """Whether *word* is a title, or a place that languages have words of their own for."""
    return word.text in words("places.txt") or any(
        word.plain in words(name) for name in ("names_never_lowercase.txt", "men.txt", "women.txt")
    )


def _is_of_a_person(run: Run) -> bool:
    return any(map(_is_name, run)) and not any(map(_is_translated, run))


def _may_be_japanese(word: Word) -> bool:
    """Whether *word* may be read from Chinese characters, of which nobody hears how."""
    return is_romaji(word.plain)


@cache
def _first_names() -> frozenset[str]:
    return words("given_names.txt").union(
        words("long_first_names.txt"),
        *(row[1].split() for row in rows("first_names.tsv")),
    )


def _without_grammar(run: Run) -> Run:
    """*run* without articles and the like, which a headline or a title has in capitals."""
    return tuple(word for word in run if frequency(word.plain) < _GRAMMAR)


def _are_apart(one: Run, other: Run) -> bool:
    """Whether the names *one* and *other* behind it are two, between which stands more than what joins two names."""
    if {word.plain for word in one} & {word.plain for word in other}:
        return False
    are_people = _is_of_a_person(one) and _is_of_a_person(other)
    return other[0].start - one[-1].end >= (_APART if are_people else _FAR_APART)


def _span(run: Run) -> Span:
    return Span(run[0].start, run[-1].end)


RULES = (name_not_in_source, swapped_name)
