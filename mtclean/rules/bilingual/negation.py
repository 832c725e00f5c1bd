"""What a translation denies and its source does not, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from mtclean.languages.language import primary
from mtclean.languages.lists import rows
from mtclean.rules.artifacts.tokens import sentences_of
from mtclean.rules.bilingual.lengths import direction, letters
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import Example, pair_rule
from mtclean.text import Finding, Passage, Severity, Span

_FILE = "negation.tsv"
_WORD = re.compile(r"[^\s.,;:!?…\"“”„‘«»()\[\]{}<>—–/।،؛؟]+")
_APOSTROPHE = re.compile("['’]")
_NEAR_BEHIND = re.compile(r"(?: [^\s.,;:!?…]+){1,2}")
_GOES_ON = re.compile(r"[\w,] ")
_ASKS = re.compile(r"[?？؟]")
_UNSPACED = frozenset(["ja", "zh", "ko"])
"""Languages in which what denies is part of what is written as one word."""

_MOST_SURPRISE = 3.0
"""Standard deviations by which the lengths of two sentences may differ that stand beside one another."""

Finder = Callable[[str], Iterable[Span]]
"""Where forms stand in a text of small letters."""


class _Denial(NamedTuple):
    """How a language denies, as its ``negation.tsv`` says: by a word that denies a clause, or one that denies a phrase, too; what another language may deny by; and what only looks so."""

    clauses: Finder
    denies: Finder
    hints: Finder
    affirms: re.Pattern[str]

    def said_in(self, text: str, by_phrase: bool = True) -> list[Span]:
        """Where *text* denies something, a clause or, *by_phrase*, a part of it."""
        small = _small(text)
        finder = self.denies if by_phrase else self.clauses
        found = [one for one in finder(small) if _says_so(text, one)]
        if not found:
            return []
        idle = [match.span() for match in self.affirms.finditer(small)]
        return [
            one
            for one in found
            if not any(a < one.end and one.start < b for a, b in idle)
            and not self._is_undone(small, one)
        ]

    def _is_undone(self, small: str, denial: Span) -> bool:
        """Whether another word near behind *denial* denies, too, as in *never fails* and *not unusual*: another language may affirm."""
        behind = _NEAR_BEHIND.match(small, denial.end)
        return behind is not None and any(True for _ in self.hints(behind.group()))

    def may_be_said_in(self, text: str) -> bool:
        """Whether *text* denies something, or says what another language may say so."""
        small = _small(text)
        return bool(self.affirms.search(small)) or any(
            True for finder in (self.denies, self.hints) for _ in finder(small)
        )


def _small(text: str) -> str:
    """*text* in small letters, as many as it has."""
    return text.replace("İ", "i").lower()


def _says_so(text: str, word: Span) -> bool:
    """Whether *word* is no name, with a capital inside a sentence as *None* in a program, and no tag (*…, no?*) that asks for a yes."""
    written = text[word.start : word.end]
    before = text[max(0, word.start - 2) : word.start]
    is_name = written.istitle() and _GOES_ON.fullmatch(before) is not None
    return not is_name and _ASKS.match(text, word.end) is None


@cache
def _denial(language: str) -> _Denial | None:
    """That of *language*; None where nobody wrote it down."""
    if not language or not (files("mtclean.languages") / language / _FILE).is_file():
        return None
    forms = {kind: frozenset(line.split("|")) for kind, line in rows(_FILE, language)}
    finder = _signs if language in _UNSPACED else _words
    hints = finder(forms["hints"])
    if "looks" in forms:
        hints = _but(hints, finder(forms["looks"]))
    affirms = _any_of(forms["affirms"]).replace(r"\ ", r"\W{1,2}").replace("…", ".{1,12}?")
    border = "" if language in _UNSPACED else r"\b"
    return _Denial(
        finder(forms["denies"]),
        finder(forms["denies"] | forms.get("phrases", frozenset())),
        hints,
        re.compile(f"{border}(?:{affirms}){border}"),
    )


def _but(finder: Finder, other: Finder) -> Finder:
    """What *finder* finds, but for what touches something that the *other* finds."""

    def find(text: str) -> Iterator[Span]:
        places = [*other(text)]
        return (one for one in finder(text) if not any(map(one.overlaps, places)))

    return find


def _signs(forms: frozenset[str]) -> Finder:
    """*forms* wherever they stand."""
    pattern = re.compile(_any_of(forms))
    return lambda text: (Span(*match.span()) for match in pattern.finditer(text))


def _any_of(forms: frozenset[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))


def _words(forms: frozenset[str]) -> Finder:
    """Words that are among *forms*, in which ``*`` is any letters before or behind."""
    open_ = {form for form in forms if "*" in form}
    whole = forms - open_
    heads = tuple(sorted(form[:-1] for form in open_ if form[-1] == "*" != form[0]))
    tails = tuple(sorted(form[1:] for form in open_ if form[0] == "*" != form[-1]))
    inner = tuple(sorted(form.strip("*") for form in open_ if form[0] == form[-1]))
    letters_of = tuple(sorted({form.strip("*") for form in forms}))

    def is_one(word: str) -> bool:
        return (
            word in whole
            or word.startswith(heads)
            or word.endswith(tails)
            or any(part in word for part in inner)
        )

    def find(text: str) -> Iterator[Span]:
        if not any(form in text for form in letters_of):
            return  # so most texts end, and no word was looked up
        for match in _WORD.finditer(text):
            word = match.group().strip("'’-‑*_`")
            if is_one(word) or is_one(_APOSTROPHE.split(word, maxsplit=1)[0]):
                yield Span(*match.span())

    return find


class _Lone(NamedTuple):
    """A denial of one side, where the other side has none: their places, the other one's being what should have it."""

    said: Span
    beside: Span


@pair_rule(
    "negation-lost",
    "accuracy.negation",
    opt_in=True,
    finds=[
        Example(("de", "en"), "Der Deich hält dem Wasser nicht stand.", "The dike withstands the water.", "The dike withstands the water."),
        Example(("en", "ru"), "The keys weren’t in the drawer.", "Ключи лежали в ящике.", "Ключи лежали в ящике."),
        Example(("es", "en"), "La tienda abre a las nueve. Nadie trabaja los lunes.", "The shop opens at nine. Everybody works on Mondays.", "Everybody works on Mondays."),
        Example(("en", "zh"), "The lift does not work.", "电梯可以用。", "电梯可以用。"),
    ],
    leaves=[
        Example(("en", "fr"), "Not only the roof was wet.", "Le toit n’était pas seul à être mouillé."),
        Example(("de", "en"), "Das ist nicht möglich.", "That is impossible."),
        Example(("ja", "en"), "急がなければなりません。", "You have to hurry."),
        Example(("zh", "en"), "水位不断上升。", "The water keeps rising."),
        Example(("en", "pl"), "No doubt the ferry is late.", "Prom z pewnością się spóźni."),
        Example(("pl", "en"), "Nikt nic nie wie.", "Nobody knows anything."),
        Example(("es", "en"), "Di si el barco ha salido o no.", "Say whether the boat has left."),
        Example(("ko", "en"), "빈칸이면 기다리고, 그렇지 않으면 닫습니다.", "If it is blank, it waits, otherwise it closes."),
        Example(("fr", "en"), "Elle compte les pas jusqu'au quai.", "She counts the steps to the quay."),
        Example(("en", "es"), "It's a fine boat, no?", "Es un buen barco, ¿verdad?"),
    ],
)  # fmt: skip
def negation_lost(pair: Pair) -> Iterator[Finding]:
    """The source says that something is not so, and the translation says it is.

    One small word turns the sense round, and the sentence reads as well as before.  Sentences are compared one by one where both sides have as
    many.

    Left alone: what may be said without a word of denial (*impossible*, *fails to*, *only*, *otherwise*); phrases in which such a word denies nothing (*not only*, *no
    doubt*); what denies twice (*never fails*); tags (*…, no?*); what stands in the translation as it did in the source; a denial in a text that has another; languages without a
    `negation.tsv`.
    """
    for lone in _lone(pair, flipped=False):
        written = pair.source.text[lone.said.start : lone.said.end]
        yield Finding(
            lone.beside,
            f"The source denies something here (“{written}”), and this does not.",
            Severity.MAJOR,
            source=lone.said,
        )


@pair_rule(
    "negation-added",
    "accuracy.negation",
    finds=[
        Example(("de", "en"), "Der Deich hält dem Wasser stand.", "The dike does not withstand the water.", "not"),
        Example(("it", "en"), "Il traghetto parte la domenica.", "The ferry doesn't leave on Sundays.", "doesn't"),
        Example(("ja", "en"), "エレベーターは動きます。", "The lift never works.", "never"),
        Example(("pl", "en"), "Prom odpływa w niedziele.", "The ferry does not leave on Sundays.", "not"),
        Example(("cs", "en"), "Prom je nejstarší lodí v přístavu.", "The ferry is not the oldest boat in the harbor.", "not"),
        Example(("zh", "en"), "未来三天渡轮照常开航。", "The ferry will not run as usual in the next three days.", "not"),
        Example(("it", "en"), "Il sindaco ha discusso del porto.", "The mayor did not talk about the harbor.", "not"),
    ],
    leaves=[
        Example(("pl", "en"), "Klucz zawsze pasuje do zamka.", "The key never fails to fit the lock."),
        Example(("ko", "en"), "두 이름은 서로 달라야 합니다.", "The two names must *not* be the same."),
        Example(("pt", "en"), "A porta **não** abre por dentro.", "The door does **not** open from inside."),
        Example(("de", "en"), "Die Anzeige „Door not closed“ leuchtet.", "“Door not closed” is lit."),
        Example(("fr", "en"), "Du pain, et un sac vide.", "Bread, and a bag with nothing in it."),
        Example(("en", "de"), "It is easy.", "Das ist nicht schwer."),
        Example(("fr", "en"), "Le musée refuse les chiens.", "Dogs are not allowed in the museum."),
        Example(("uk", "en"), "Це неможливо.", "It cannot be done."),
        Example(("es", "en"), "¿Está abierto el puerto?", "Isn’t the port open?"),
        Example(("ru", "en"), "Мало кто пришёл.", "Not many people came."),
    ],
)  # fmt: skip
def negation_added(pair: Pair) -> Iterator[Finding]:
    """The translation says that something is not so, and the source says it is.

    As `negation-lost`, the other way round, of what denies a clause (*not*, *never*) and no phrase (*without*).

    Left alone: also questions, which may deny what they ask for, and translations into other languages than English, which deny freely what English says without a word of denial (*It's
    been a while*, *es ist nicht lange her*).
    """
    if primary(pair.target.language) != "en":
        return
    for lone in _lone(pair, flipped=True):
        if _ASKS.search(pair.source.text[lone.beside.start : lone.beside.end]):
            continue  # “Isn’t it open?” asks whether it is
        yield Finding(
            lone.said,
            "This denies something, and the source does not.",
            Severity.MAJOR,
            source=lone.beside,
        )


RULES = (negation_lost, negation_added)


def _lone(pair: Pair, flipped: bool) -> Iterator[_Lone]:
    """What the source denies and the target does not; the other way round if *flipped*."""
    ours, theirs = (pair.target, pair.source) if flipped else (pair.source, pair.target)
    denial, other = _denial(primary(ours.language)), _denial(primary(theirs.language))
    if denial is None or other is None or not denial.said_in(ours.text, not flipped):
        return
    for one, beside in _side_by_side(ours, theirs):
        said = denial.said_in(ours.text[one.start : one.end], not flipped)
        there = theirs.text[beside.start : beside.end]
        if said and not other.may_be_said_in(there) and not denial.said_in(there):
            start, end = said[0]
            yield _Lone(Span(one.start + start, one.start + end), beside)


def _side_by_side(ours: Passage, theirs: Passage) -> Iterator[tuple[Span, Span]]:
    """The sentences of both, where they have as many, and of such lengths that they may be the same; else all of either."""
    one, other = sentences_of(ours), sentences_of(theirs)
    if len(one) == len(other) and _are_as_long(ours, one, theirs, other):
        yield from zip(one, other, strict=True)
    else:
        yield Span(0, len(ours.text)), Span(0, len(theirs.text))


def _are_as_long(
    ours: Passage, one: tuple[Span, ...], theirs: Passage, other: tuple[Span, ...]
) -> bool:
    way = direction((ours.language, theirs.language))
    return way is None or all(
        abs(way.surprise(_letters(ours, a), _letters(theirs, b))) < _MOST_SURPRISE
        for a, b in zip(one, other, strict=True)
    )


def _letters(passage: Passage, span: Span) -> int:
    return letters(passage.text[span.start : span.end])
