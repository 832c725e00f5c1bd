"""What a translation leaves out of its source, and what it puts in."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from enum import Enum
from functools import cached_property, lru_cache
from typing import NamedTuple

from mtclean.rules.artifacts.tokens import sentences_of
from mtclean.rules.bilingual import clauses
from mtclean.rules.bilingual.alignment import Alignment
from mtclean.rules.bilingual.echoes import MOST_SILENT, echoes, silence
from mtclean.rules.bilingual.lengths import Direction, direction, letters, weight
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import Example, pair_rule
from mtclean.rules.bilingual.vectors import similarities, speaks, usual_nearness
from mtclean.text import Finding, Passage, Severity, Span

_ANCHOR = re.compile(r"\d+|(?<=[\w,;:] )[A-Z][\w’'-]{3,}|[A-Z]{2,}")
"""Numbers and names in Latin letters: they look alike in both languages."""
_ABBREVIATION = re.compile(r"\b[A-ZА-ЯЁЇІЄҐ][A-ZА-ЯЁЇІЄҐ\d]{1,4}(?=s?\b)")
_SPELT_OUT = 15
"""Letters that the words of an abbreviation have more than itself: *SKU*, *stock keeping unit*."""
_MOST_SPELT_OUT = 3
"""Of more a table or a list is made, and nobody spells them out."""
_NAME = 5
"""Letters by which a name is known, since its end may be inflected."""
_MANY = 400
"""Pairs of sentences from which a unit is a document of its own, and is not aligned."""
_FEW = 9
"""The same up to which clauses are looked at."""
_SEVERAL = 2
_LEAST = -5
_MOST = 3
_FEWER = 2
_BY_LENGTH = 3.6
"""Standard deviations from which the length alone says that something is missing or too much, unless the texts mean the same."""
_BLIND = 2.5
"""The same for what is missing where there are no vectors, in texts that say enough: of 5,000 good pairs 14 are so far off, and more than a quarter of those with a clause or an end taken out."""
_TRUSTED = 60
""":func:`~mtclean.rules.bilingual.lengths.weight` from which a text says enough for its length to be trusted so far."""
_BY_FAR = 4.0
"""The same from which only a copy is spared, since half of a sentence can be as near as the whole: of 6,900 good pairs 3 are so far off, all by right."""
_LABEL = 20
"""Letters below which a source without a final mark is a label."""
_LABEL_SPELT_OUT = 50
"""Letters below which a translation may say no more than the label: *Title Case*, a word for each of whose words has a capital."""
_FINAL = frozenset(".!?…。！？؟।")
_SHORT = 3
_SAYS_LITTLE = 8
""":func:`~mtclean.rules.bilingual.lengths.weight` below which a sentence is a call such as *Boo.*, and nothing is missing with it."""
_NEAR = 0.5
"""Nearness of two texts that mean the same, however long they are."""
_COPIED = 0.9
"""Nearness that translations hardly reach, and copies do."""
_UNRELATED = 0.4
"""How much less near than usual two texts are that have nothing to do with each other: of 4,400 human translations 5 are."""
_SOME = 30
""":func:`~mtclean.rules.bilingual.lengths.weight` from which a text says enough for its vector to be trusted alone."""


class Weights(NamedTuple):
    """What each piece of evidence counts for a sentence that has no counterpart, in the logarithm of the odds.

    Fitted by logistic regression on human translations, some with a sentence taken out or put in; ``enough`` is where 4 in 1,000 of those that
    are right are flagged, with vectors 1 in 1,000.
    """

    short: float
    """for each standard deviation that the other side is too short"""
    fewer: float
    """for each sentence that the other side has less, two at most"""
    missing: float
    """for each number and name of the sentence that is not there, three at most"""
    base: float
    enough: float
    unexplained: float = 0.0
    """for each standard deviation by which it is still too short, or too long, without the sentence"""
    found: float = 0.0
    """for each number and name that is there, two at most"""
    both: float = 0.0
    """for being shorter times having fewer"""
    alone: float = 0.0
    """for what it gains to have the sentence stand alone"""
    nearest: float = 0.0
    """for how near the nearest sentences of the other side are"""
    others: float = 0.0
    """for how near they are to the other sentences of its side"""
    says: float = 0.0
    """for the logarithm of how much it says"""
    silent: float = 0.0
    """for :func:`~mtclean.rules.bilingual.echoes.silence` in it"""


_PUT_IN_PLAIN = Weights(
    short=1.156, fewer=1.657, missing=0.23, base=-4.273, enough=-0.1,
    unexplained=-0.699, found=-0.555, both=0.465,
)  # fmt: skip
_LEFT_OUT_PLAIN = _PUT_IN_PLAIN._replace(enough=-0.9)
"""What has more sentences in the translation was mostly divided; what has fewer was more often left out."""
_LEFT_OUT = Weights(
    short=0.74, fewer=0.5, missing=0.0, base=-1.81, enough=2.3,
    alone=3.82, nearest=-1.0, others=1.31, says=0.51, silent=1.01,
)  # fmt: skip
_PUT_IN = Weights(
    short=1.37, fewer=1.46, missing=0.0, base=-5.24, enough=1.25,
    alone=1.43, nearest=-2.26, others=1.08, says=0.59, silent=1.57,
)  # fmt: skip
"""With vectors."""


class _Side:
    """The sentences of one text."""

    def __init__(self, passage: Passage) -> None:
        self.text = passage.text
        self.spans = _joined(passage)
        self.texts = tuple(passage.text[span.start : span.end] for span in self.spans)
        self.lengths = tuple(map(letters, self.texts))

    def letters_beside(self, other: _Side) -> int:
        """How many letters it has, with those of what its abbreviations stand for that the *other* has not: it may have spelt them out."""
        ours, theirs = self._abbreviations, other._abbreviations
        return sum(self.lengths) + _SPELT_OUT * max(0, len(ours) - len(theirs))

    @cached_property
    def _abbreviations(self) -> frozenset[str]:
        found = frozenset() if self.text.isupper() else frozenset(_ABBREVIATION.findall(self.text))
        return found if len(found) <= _MOST_SPELT_OUT else frozenset()

    @cached_property
    def anchors(self) -> tuple[frozenset[str], ...]:
        """Those of each sentence; where there is only one, nobody asks."""
        return tuple(map(anchors_of, self.texts))

    @cached_property
    def all_anchors(self) -> frozenset[str]:
        return frozenset().union(*self.anchors)


class _Evidence(Enum):
    """What speaks for a gap, said to people."""

    LENGTH = "By length only"
    SENTENCES = "By length and sentences"
    MEANING = "By meaning and length"


class _Gap(NamedTuple):
    """What one side says and seems to have no counterpart: a sentence, or ``what`` it is of one."""

    place: Span
    evidence: _Evidence
    what: str = "sentence"


@pair_rule(
    "sentence-omitted",
    "accuracy.omission.sentence",
    finds=[
        Example(("de", "en"), "Das Museum ist wegen Umbaus bis März geschlossen. Im Café im Erdgeschoss gibt es weiterhin Kuchen. Der Eintritt ist frei.", "The museum is closed for rebuilding until March. Admission is free.", "Admission is free."),
        Example(("en", "fr"), "The road was closed for two days after the storm. Nobody was hurt, but 14 cars were damaged by falling trees.", "La route a été fermée pendant deux jours après la tempête.", "La route"),
        Example(("en", "ru"), "The baker gets up at three every morning. By six the first loaves are on the shelves. His daughter helps him on Saturdays.", "Пекарь встаёт каждое утро в три часа. Дочь помогает ему по субботам.", "Дочь помогает ему по субботам."),
        Example(("es", "en"), "En particular, habrá que prestar especial atención a lo siguiente:", "In particular:", "In particular:"),
        Example(("de", "en"), "Aus diesem Grund kommt es nun auf Folgendes an:", "This is why:", "This is why:"),
        Example(("en", "cs"), "The old bridge over the river, closed since the storm in January, was opened by the mayor on Sunday morning.", "Starý most přes řeku otevřel v neděli ráno starosta města.", "Starý most"),
        Example(("en", "uk"), "The old bridge over the river, closed since the storm in January, was opened by the mayor on Sunday morning.", "Старий міст через річку відкрив у неділю вранці мер міста.", "Старий міст"),
    ],
    leaves=[
        Example(("en", "de"), "The shop is small. It sells bread, milk and newspapers.", "Der Laden ist klein und verkauft Brot, Milch und Zeitungen."),
        Example(("ja", "en"), "窓を開けました。風が気持ちよかったです。", "I opened the window, and the breeze felt lovely."),
        Example(("fr", "en"), "Il a plu toute la nuit. La rivière a débordé.", "It rained all night. The river burst its banks."),
        Example(("en", "es"), "Wait. Don't go yet.", "Espera, no te vayas todavía."),
        Example(("es", "en"), "Las ventas en EE. UU. subieron un poco en mayo.", "Sales in the U.S. rose a little in May."),
        Example(("en", "pl"), "Are you sure that you want to\nmove the file to the trash?", "Czy na pewno chcesz przenieść plik do kosza?"),
        Example(("en", "cs"), "The old bridge over the river, closed since the storm in January, was opened by the mayor on Sunday morning.", "Starý most přes řeku, zavřený od lednové bouře, otevřel v neděli ráno starosta města."),
        Example(("en", "cs"), "Please try again in a few minutes.", "Zkuste to prosím později."),
    ],
)  # fmt: skip
def sentence_omitted(pair: Pair) -> Iterator[Finding]:
    """A sentence of the source has no counterpart in the translation.

    The translation reads well without it, so that nobody misses it.  It is told by the lengths of both, by how many sentences they have, by
    numbers and names, and, where the extra `vectors` is installed and knows both languages, by what the sentences mean when they are laid beside
    one another and which of their words have a counterpart; then a clause that is missing is found, too.  Where the length alone speaks, the finding says so.

    Left alone: two sentences that became one; texts of one sentence, unless they are far too short or vectors see what is missing; clauses of about four words and
    less; languages whose lengths were never measured.

    Source: W. A. Gale and K. W. Church, A Program for Aligning Sentences in Bilingual Corpora, 1993, for lengths.
    """
    gap = _gap(pair, flipped=False)
    if gap is None or _is_unrelated(pair):
        return
    yield Finding(
        _counterpart(pair, gap.place),
        f"{gap.evidence.value}: a {gap.what} of the source seems to be missing here.",
        Severity.MAJOR,
        source=gap.place,
    )


@pair_rule(
    "sentence-added",
    "accuracy.addition.sentence",
    finds=[
        Example(("de", "en"), "Der Zug hat Verspätung.", "The train is late. Passengers to the coast are asked to take the bus from the square in front of the station.", "Passengers to the coast"),
        Example(("en", "it"), "The garden is open all year. Dogs must be kept on a lead.", "Il giardino è aperto tutto l'anno. I biglietti costano 12 euro e si comprano alla cassa vicino all'ingresso. I cani vanno tenuti al guinzaglio.", "I biglietti costano"),
        Example(("en", "ru"), "The baker gets up at three every morning.", "Пекарь встаёт каждое утро в три часа. К шести часам первые булки лежат на полках, и дочь помогает ему по субботам.", "К шести часам"),
    ],
    leaves=[
        Example(("de", "en"), "Der Laden, der Brot und Milch verkauft, ist klein.", "The shop is small. It sells bread and milk."),
        Example(("zh", "en"), "他打开窗户，发现外面下雪了，于是决定留在家里。", "He opened the window. It was snowing outside, so he decided to stay at home."),
        Example(("en", "pl"), "Thank you very much for your help!", "Dziękuję! Bardzo mi pomogłeś."),
        Example(("en", "uk"), "User ID", "Ідентифікатор користувача"),
        Example(("en", "it"), "No GUI", "Senza interfaccia grafica"),
        Example(("en", "ru"), "It has one file.|It has {{ count }} files.", "Здесь {{ count }} файл.|Здесь {{ count }} файла.|Здесь {{ count }} файлов. Они на диске."),
        Example(("en", "ko"), "files;folders;", "files;파일;folders;폴더;documents;문서;directories;디렉터리;browser;찾아보기;관리자;"),
        Example(("en", "es"), "Title Case", "Primera letra de cada palabra en mayúscula"),
        Example(("en", "es"), "Ugh. The ferry was late again because of the thick fog over the harbor. Captain Berg has been cursing", "Uuuf. El transbordador volvió a llegar tarde a causa de la niebla espesa que cubría el puerto esta mañana. La capitana Berg no ha dejado de maldecir"),
    ],
)  # fmt: skip
def sentence_added(pair: Pair) -> Iterator[Finding]:
    """A sentence of the translation has no counterpart in the source.

    An engine made it up, or it slipped in from another row.  It is told as in `sentence-omitted`; with vectors, a clause is found, too, and a translation that has
    nothing at all in common with its source.

    Left alone: one sentence that became two; what explains a word of the source in a few words; languages whose lengths were never measured.
    """
    if _is_unrelated(pair):
        yield Finding(
            Span(0, len(pair.target.text)),
            f"{_Evidence.MEANING.value}: this seems to have nothing in common with the source.",
            Severity.MAJOR,
            source=Span(0, len(pair.source.text)),
        )
        return
    gap = _gap(pair, flipped=True)
    if gap is not None:
        yield Finding(
            gap.place,
            f"{gap.evidence.value}: this {gap.what} seems to have no counterpart in the source.",
            Severity.MAJOR,
        )


RULES = (sentence_omitted, sentence_added)


def _gap(pair: Pair, flipped: bool) -> _Gap | None:
    """What the source says, or the target if *flipped*, that has no counterpart on the other side."""
    way = direction(pair.languages)
    if way is None or pair.is_choice or pair.is_keywords or pair.is_copy:
        return None
    source, target = _sides(pair)
    ours, theirs = (target, source) if flipped else (source, target)
    if not ours.spans or not theirs.spans or len(ours.spans) * len(theirs.spans) > _MANY:
        return None
    way = way.back if flipped else way
    surprise = way.surprise(sum(ours.lengths), theirs.letters_beside(ours))
    if surprise > 0 and len(ours.spans) <= len(theirs.spans):
        return None
    weights = _weights(pair, flipped)
    return (
        _unmatched(ours, theirs, way, weights)
        or _part(pair, way, flipped)
        or _by_length(pair, ours, surprise, flipped)
    )


def _part(pair: Pair, way: Direction, flipped: bool) -> _Gap | None:
    """A clause of the source, or of the target if *flipped*, that has no counterpart, in texts of a few sentences."""
    source, target = _sides(pair)
    if not speaks(*pair.languages) or len(source.spans) * len(target.spans) > _FEW:
        return None
    said, other = pair.source.text, pair.target.text
    ours, theirs, evidence = (
        (other, said, clauses.PUT_IN) if flipped else (said, other, clauses.LEFT_OUT)
    )
    part = clauses.unmatched(ours, theirs, way, evidence)
    return part and _Gap(part, _Evidence.MEANING, "part of a sentence")


def _by_length(pair: Pair, side: _Side, surprise: float, is_added: bool) -> _Gap | None:
    """The longest sentence of *side*, if the other one is far too short, and as far as is known does not say the same.

    What *is added* to a label may be what its words are in another language: *Tape*, *Tape drive*.
    """
    if is_added and sum(side.lengths) < _LABEL_SPELT_OUT and _is_label(pair.source.text):
        return None
    if surprise > -_BLIND:
        return None
    near = _nearness(pair)
    if near is None and not is_added and weight(side.text) >= _TRUSTED:
        return _Gap(_longest(side), _Evidence.LENGTH, "sentence, or a part of one,")
    most = _COPIED if surprise < -_BY_FAR else _NEAR
    if surprise > -_BY_LENGTH or (near or 0) > most:
        return None
    return _Gap(_longest(side), _Evidence.LENGTH)


def _longest(side: _Side) -> Span:
    return side.spans[side.lengths.index(max(side.lengths))]


def _is_label(text: str) -> bool:
    return letters(text) < _LABEL and text.rstrip()[-1:] not in _FINAL


def _is_unrelated(pair: Pair) -> bool:
    """Whether source and target are of some length and have hardly more in common than two texts at random."""
    near = _nearness(pair)
    return (
        near is not None
        and near < usual_nearness(*pair.languages) - _UNRELATED
        and min(weight(pair.source.text), weight(pair.target.text)) >= _SOME
    )


# Both rules ask, each twice.
@lru_cache(maxsize=2)
def _nearness(pair: Pair) -> float | None:
    """How near source and target are in meaning; None where there are no vectors."""
    if not speaks(*pair.languages):
        return None
    return similarities([pair.source.text], [pair.target.text])[0][0]


def _weights(pair: Pair, flipped: bool) -> Weights:
    """Those for what the source says, or the target if *flipped*."""
    if not speaks(*pair.languages):
        return _PUT_IN_PLAIN if flipped else _LEFT_OUT_PLAIN
    return _PUT_IN if flipped else _LEFT_OUT


def _unmatched(ours: _Side, theirs: _Side, way: Direction, weights: Weights) -> _Gap | None:
    """The sentence of *ours* that is likeliest to have no counterpart, if that is likely enough."""
    if len(ours.spans) < _SEVERAL:
        return None
    odds = [_by_looks(ours, theirs, way, number, weights) for number in range(len(ours.spans))]
    if weights.alone:
        odds = _summed(odds, _by_meaning(ours, theirs, way, weights))
    if weights.silent and max(odds) + weights.silent * MOST_SILENT > weights.enough:
        odds = _summed(odds, _by_words(ours, theirs, weights))
    likely = (
        (one, span)
        for one, span, text in zip(odds, ours.spans, ours.texts, strict=True)
        if one >= weights.enough and weight(text) >= _SAYS_LITTLE
    )
    _, place = max(likely, default=(0.0, None))
    return place and _Gap(place, _Evidence.MEANING if weights.alone else _Evidence.SENTENCES)


def _summed(odds: list[float], more: list[float]) -> list[float]:
    return [one + other for one, other in zip(odds, more, strict=True)]


def _by_looks(ours: _Side, theirs: _Side, way: Direction, number: int, weights: Weights) -> float:
    """The logarithm of the odds that sentence *number* of *ours* is not among *theirs*, by lengths, numbers and names."""
    total, other = sum(ours.lengths), theirs.letters_beside(ours)
    surprise = max(_LEAST, min(way.surprise(total, other), _MOST))
    without = abs(way.surprise(total - ours.lengths[number], other))
    fewer = min(_FEWER, max(-1, len(ours.spans) - len(theirs.spans)))
    there, anchors = theirs.all_anchors, ours.anchors[number]
    return (
        weights.base
        - weights.short * surprise
        + weights.unexplained * without
        + weights.fewer * fewer
        + weights.missing * min(len(anchors - there), 3)
        + weights.found * min(len(anchors & there), 2)
        - weights.both * surprise * fewer
    )


def _by_meaning(ours: _Side, theirs: _Side, way: Direction, weights: Weights) -> list[float]:
    """What the vectors of sentences add to that of each of *ours*."""
    beside = Alignment(ours.texts, theirs.texts, (ours.lengths, theirs.lengths), way)
    near = beside.nearest
    rest = [(sum(near) - one) / (len(near) - 1) for one in near]
    return [
        weights.alone * max(-1.0, min(1.0, alone))
        + weights.nearest * one
        + weights.others * others
        + weights.says * math.log1p(weight(text))
        for alone, one, others, text in zip(beside.alone, near, rest, ours.texts, strict=True)
    ]


def _by_words(ours: _Side, theirs: _Side, weights: Weights) -> list[float]:
    """What the vectors of words add; they are many, and asked for where they may decide."""
    heard = echoes(ours.text, theirs.text)
    return [weights.silent * silence(heard, ours.text, span) for span in ours.spans]


def _joined(passage: Passage) -> tuple[Span, ...]:
    """The sentences of *passage*, a piece of a few letters with what is around it: *EE. UU. anunció* is no three sentences.

    So is what goes on in a small letter behind the end of a line, as in messages that are broken at a margin.
    """
    joined: list[Span] = []
    was_short = False
    for span in sentences_of(passage):
        piece = passage.text[span.start : span.end]
        is_short = piece.endswith(".") and piece[0].isupper() and letters(piece) <= _SHORT
        is_torn = piece[0].islower() and joined and _goes_on(passage.text, joined[-1].end)
        if joined and (is_short or was_short or is_torn):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
        was_short = is_short
    return tuple(joined)


def _goes_on(text: str, end: int) -> bool:
    """Whether a line ends at *end* without a mark that ends a sentence."""
    return text[end : end + 2].strip(" ")[:1] in ("\n", "\r") and text[end - 1] not in ".!?:;…"


# Both rules ask, each for what it says and for where that is.
@lru_cache(maxsize=2)
def _sides(pair: Pair) -> tuple[_Side, _Side]:
    """The sentences of source and target."""
    return _Side(pair.source), _Side(pair.target)


def _counterpart(pair: Pair, place: Span) -> Span:
    """The sentence of the target before which the translation of *place* should stand, or the last one."""
    rest = len(pair.source.text) - (place.end - place.start)
    at = place.start / rest * len(pair.target.text) if rest else 0
    spans = sentences_of(pair.target)
    if at >= (spans[-1].start + spans[-1].end) / 2:
        return spans[-1]
    return min(spans, key=lambda span: abs(span.start - at))


def anchors_of(sentence: str) -> frozenset[str]:
    """The numbers and names in *sentence*, of names the first letters."""
    return frozenset(anchor[:_NAME] for anchor in _ANCHOR.findall(sentence))
