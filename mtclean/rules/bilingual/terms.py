"""Terms of a glossary that a translation has not, or has as they must not be; and terms for one, from pairs at hand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mtclean.rules.bilingual.glossary import Found, Term
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import Example, pair_rule
from mtclean.rules.bilingual.wording import Word, Words, may_be_form, plain, words_of
from mtclean.text import Finding, Severity, Span, replacing
from mtclean.text.model import Fix

_CAPITAL_BEFORE = re.compile(r"(?<!\w)[^\W\d_a-z][\w.'’]*[ -]\Z")
_CAPITAL_AFTER = re.compile(r"[ -](?![a-z])[^\W\d_][\w'’]*")
_LONGEST_NAME = 40  # code points before a term that are looked at


@pair_rule(
    "term-missing",
    "terminology.glossary",
    finds=[
        Example(("en", "de"), "Open the invoice.", "Öffnen Sie das Dokument.", "Öffnen Sie das Dokument.", terms="invoice\tRechnung"),
        Example(("en", "ru"), "The browser is old.", "Программа устарела.", "Программа устарела.", terms="browser\tбраузер"),
        Example(("ja", "en"), "請求書を開く。", "Open the file.", "Open the file.", terms="請求書\tinvoice"),
        Example(("en", "fr"), "Start Kolovin first.", "Démarrez d'abord la Colline.", "Démarrez d'abord la Colline.", terms="Kolovin"),
    ],
    leaves=[
        Example(("en", "de"), "Open the invoices.", "Öffnen Sie die Rechnungen.", terms="invoice\tRechnung"),
        Example(("en", "de"), "Check the invoice number.", "Prüfen Sie die Rechnungsnummer.", terms="invoice\tRechnung"),
        Example(("en", "ru"), "Close both browsers.", "Закройте оба браузера.", terms="browser\tбраузер"),
        Example(("en", "fr"), "The cash flow statement", "Le tableau des flux", terms="cash\targent\ncash flow statement\ttableau des flux"),
        Example(("en", "es"), "He will march home.", "Caminará a casa.", terms="March\tmarzo"),
        Example(("en", "it"), "Press the button.", "Premere il tasto.", terms="button\tpulsante|tasto"),
    ],
)  # fmt: skip
def term_missing(pair: Pair) -> Iterator[Finding]:
    """A term of the glossary is in the source, and what it is to be is not in the translation.

    Readers take another word for another thing, and search in vain.

    Left alone: inflected forms, compounds and synonyms; a term that is part of a longer one, or of a name that stays as it is;
    a word in small letters for a term that is a name.
    """
    for found, wanted in _asked(pair):
        made = words_of(pair.target.text)
        if not wanted or any(_is_in(option, made, pair.target.text) for option in wanted):
            continue
        if _is_in_name(found, pair):
            continue
        yield Finding(
            Span(0, len(pair.target.text)),
            f"“{pair.source.text[found.start : found.end]}” is to be “{wanted[0]}”, which is not here.",
            Severity.MAJOR,
            source=Span(found.start, found.end),
        )


@pair_rule(
    "term-forbidden",
    "terminology.glossary",
    finds=[
        Example(("en", "de"), "Read the e-mail.", "Lesen Sie die Elektropost.", "Elektropost", terms="e-mail\tE-Mail\tElektropost"),
        Example(("en", "fr"), "Open the file.", "Ouvrez la filière.", "filière", terms="file\tfichier\tfilière"),
        Example(("pl", "en"), "Kliknij przycisk.", "Click the knob.", "knob", terms="przycisk\tbutton\tknob"),
    ],
    leaves=[
        Example(("en", "de"), "Read the e-mail.", "Lesen Sie die E-Mail.", terms="e-mail\tE-Mail\tElektropost"),
        Example(("en", "fr"), "The industry is large.", "La filière est grande.", terms="file\tfichier\tfilière"),
        Example(("pl", "en"), "Kliknij przycisk.", "Click the buttons.", terms="przycisk\tbutton\tknob"),
    ],
)  # fmt: skip
def term_forbidden(pair: Pair) -> Iterator[Fix | Finding]:
    """The translation has a term that the glossary forbids for one of the source.

    A house that gave up a word does not want it back from an engine.

    Left alone: the word where the source has not the term.
    """
    for found in pair.terms.found_in(pair.source.text):
        made = words_of(pair.target.text)
        for forbidden in found.term.forbidden:
            if (place := _place(forbidden, made)) is None:
                continue
            source = Span(found.start, found.end)
            message = f"“{forbidden}” is not to be used for “{found.term.source}”."
            yield Finding(
                place, message, Severity.MAJOR, suggestions=found.term.targets, source=source
            )


@pair_rule(
    "term-case",
    "terminology.glossary",
    severity=Severity.MINOR,
    finds=[
        Example(("en", "de"), "Open Kolovin.", "Öffnen Sie kolovin.", "kolovin", terms="Kolovin"),
        Example(("en", "fr"), "Use TypeKit here.", "Utilisez Typekit ici.", "Typekit", terms="TypeKit\tTypeKit\t\tyes"),
        Example(("ru", "en"), "Запустите СофтЛаб.", "Run Softlab.", "Softlab", terms="СофтЛаб\tSoftLab\t\tyes"),
    ],
    leaves=[
        Example(("en", "de"), "Open Kolovin.", "Öffnen Sie Kolovin.", terms="Kolovin"),
        Example(("en", "fr"), "OPEN KOLOVIN", "OUVREZ KOLOVIN", terms="Kolovin"),
        Example(("en", "es"), "The invoice", "Factura", terms="invoice\tfactura"),
    ],
)  # fmt: skip
def term_case(pair: Pair) -> Iterator[Fix]:
    """A name of the glossary that is written with its own capitals has others in the translation.

    A trade mark is written as its owner writes it.

    Left alone: texts all in capitals, and terms whose case the glossary does not ask for.
    """
    if not pair.terms.terms or pair.target.text.isupper():
        return
    for found, wanted in _asked(pair):
        made = words_of(pair.target.text)
        if not (found.term.exact or found.term.is_kept) or not wanted:
            continue
        if wanted[0] in pair.target.text or (place := _place(wanted[0], made, whole=True)) is None:
            continue
        reason = f"The glossary writes “{wanted[0]}”."
        yield replacing(*place, wanted[0], reason).suggested()


def _asked(pair: Pair) -> Iterator[tuple[Found, tuple[str, ...]]]:
    """Each term of the source once, with what it may be in the translation."""
    if not pair.terms.is_for(pair.languages):
        return
    seen: set[Term] = set()
    for found in pair.terms.found_in(pair.source.text):
        if found.term not in seen:
            seen.add(found.term)
            own = (found.term.source,) if found.term.is_kept else found.term.targets
            yield found, own


def _is_in_name(found: Found, pair: Pair) -> bool:
    """Whether the term is part of a longer name that the translation has as it is, as of a newspaper."""
    source, target = pair.source.text, pair.target.text
    if not source[found.start].isupper():
        return False
    before = _CAPITAL_BEFORE.search(source, max(0, found.start - _LONGEST_NAME), found.start)
    after = _CAPITAL_AFTER.match(source, found.end)
    return (before is not None and source[before.start() : found.end] in target) or (
        after is not None and source[found.start : after.end()] in target
    )


def _is_in(option: str, made: Words, target: str) -> bool:
    """Whether every word of *option*, in any form, is among those of the translation."""
    wanted = words_of(option)
    if plain(option) in plain(target):
        return True
    if any(len(word.plain) == 1 for word in wanted):
        return False  # of a script without spaces: it is written so, or not at all
    return all(any(may_be_form(word.plain, own.plain) for word in made) for own in wanted)


def _place(option: str, made: Words, *, whole: bool = False) -> Span | None:
    """Where *option* or, unless it has to be *whole*, a form of it stands."""
    wanted = words_of(option)
    for at in range(len(made) - len(wanted) + 1):
        here = made[at : at + len(wanted)]
        if all(_fits(word, own, whole) for word, own in zip(here, wanted, strict=True)):
            return Span(here[0].start, here[-1].end)
    return None


def _fits(word: Word, own: Word, whole: bool) -> bool:
    return word.plain == own.plain or (not whole and may_be_form(word.plain, own.plain))


class Candidate(NamedTuple):
    """What may be a term, how many *pairs* have it in the source, and how faithfully the target goes with it (0 to 1)."""

    source: str
    target: str
    pairs: int
    dice: float


def candidates(pairs: Iterable[Pair], least: int = 3, faithful: float = 0.8) -> list[Candidate]:
    """Terms that a glossary could have: words that go together in *pairs*, the most frequent first.

    *least* is the number of pairs a word has to be in, *faithful* the least Dice coefficient of the two.  Takes time in
    proportion to the products of the words of both sides of each pair.

    Source: Dice's coefficient; Smadja, McKeown and Hatzivassiloglou 1996, Translating collocations for bilingual lexicons.
    """
    sources, targets = Counter[str](), Counter[str]()
    sides = [(_content(pair.source.text), _content(pair.target.text)) for pair in pairs]
    for source, target in sides:
        sources.update(source)
        targets.update(target)
    together: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for source, target in sides:
        frequent = [word for word in target if targets[word] >= least]
        for word in source:
            if sources[word] >= least:
                together[word].update(frequent)
    found = []
    for word, others in together.items():
        other, both = min(others.items(), key=lambda of: (-of[1], of[0]), default=("", 0))
        dice = 2 * both / (sources[word] + targets[other]) if other else 0
        if dice >= faithful:
            found.append(Candidate(word, other, sources[word], round(dice, 2)))
    return sorted(found, key=lambda one: (-one.pairs, one.source))


def _content(text: str) -> list[str]:
    """The words of *text* that may be a term, as they are written, each once: of four letters or more."""
    return list(dict.fromkeys(word.text for word in words_of(text) if len(word.text) > _SHORT))


_SHORT = 3

RULES = (term_missing, term_forbidden, term_case)
