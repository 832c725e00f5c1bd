"""A translation beside its source, where the file has both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from mtclean.documents import Document, Input, language_of
from mtclean.documents.formats import reader_of
from mtclean.formats import Layout, Segment
from mtclean.languages.identify import chinese_of
from mtclean.languages.plurals import only_number
from mtclean.pipeline.options import Options
from mtclean.pipeline.settings import ConfigError
from mtclean.rules.bilingual.glossary import NO_TERMS, TermBase
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.registry import Registry
from mtclean.text import Passage, Placed, Span, SpanSet, Trail
from mtclean.text.evidence import Evidence
from mtclean.text.placeholders import (
    is_of_program,
    possible_placeholders,
    settled_families,
    states_sums,
)

_TWICE = 2
_BLANKS = re.compile(r"(?<=\S) {2,}(?=\S)")
_OF_MARKUP = "fluency.markup."
_PLACEHOLDER = "fluency.markup.placeholder"
_OF_ACCURACY = "accuracy."
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)+")
_PART = re.compile(r"[A-Za-z0-9]+")
_CREDITS = re.compile(r"\S@\S|\b(?:19|20)\d\d\b|\n")
"""What stands in the names of people, and in no translation of a file's name or of a word: addresses, years, lines."""
_STOPS = (".", "!", "?", "…", "。", "！", "？")


class Unit(NamedTuple):
    """A pair, and where its target begins in the text as it stands."""

    at: int
    pair: Pair


def only_comparing(options: Options) -> Options:
    """*options* with the rules of two texts alone, those of them that would run.

    Raises :class:`ConfigError` where none would.
    """
    policy = options.policy
    runs = frozenset(rule.id for rule in options.registry.bilingual if policy.asks(rule))
    if not runs:
        raise ConfigError("none of these rules compares a text with its source")
    return replace(options, grammar=False, policy=replace(policy, selected=runs))


def may_have_pairs(item: Input, options: Options) -> bool:
    """Whether the file of *item* has its source beside it, or is in a format that has room for sources."""
    reading = options.reading_of(item)
    format = reading.format.reader if reading.format else reader_of(item.path)
    if reading.source:
        return True
    if format is None or not format.has_sources:
        return False
    return format.asks is None or bool(reading.choices.originals)


def has_pairs(layout: Layout | None) -> bool:
    """Whether something in the file is a translation of something else in it."""
    return layout is not None and any(segment.original for segment in layout.segments)


def units_of(
    document: Document,
    trail: Trail,
    languages: tuple[str, str],
    terms: TermBase = NO_TERMS,
    families: frozenset[str] = frozenset(),
) -> list[Unit]:
    """The translated units of *document* as *trail* has them now, each beside its source; not those that are settled.

    *languages*, the source's first, are those that the file does not say itself; an empty one of the sources is told from
    all of them together.  *terms* are the house's, *families* those of its placeholders (:func:`families_of`).
    """
    assert document.layout is not None
    keys = _keys_of(document.layout)
    translated = [
        s
        for s in document.layout.segments
        if s.original and not s.state and not _is_named(s, keys, trail)
    ]
    of_sources, of_targets = languages[0] or _language_of_sources(translated), languages[1]
    if of_targets == "zh":  # whose characters, a whole file in one kind says
        of_targets = chinese_of(trail.text) or of_targets
    known = Evidence(families=families)

    def unit(segment: Segment) -> Unit:
        start, end = trail.output_span(segment.view, 0)
        source = _identifier(segment.original_language or of_sources)
        target = _identifier(segment.language or of_targets)
        number = only_number(segment.quantity, target) if segment.plural else None
        original = segment.original if number is not None else segment.plural or segment.original
        pair = Pair(
            Passage(original, source, batch=known),
            Passage(trail.text[start:end], target, batch=known),
            segment.label,
            document.name,
            terms.glossary((source, target)),
            segment.plural,
            number,
            segment.context,
        )
        return Unit(start, pair)

    return list(map(unit, translated))


def families_of(layout: Layout) -> frozenset[str]:
    """The families of placeholders that the sources together show to be a program's, where one of them leaves it open."""
    sources = [segment.original for segment in layout.segments if segment.original]
    counts = Counter(one for source in sources for one in possible_placeholders(source))
    return settled_families(counts, any(map(states_sums, sources)))


def blanks_of_sources(layout: Layout) -> Iterator[Span]:
    """Blanks in a row between the words of a translation whose source has as many such places: columns of a menu, or a habit."""
    for segment in layout.segments:
        if "  " in segment.original:
            start, end = segment.view
            own = list(_BLANKS.finditer(layout.view, start, end))
            if len(own) <= len(_BLANKS.findall(segment.original)):
                yield from (Span(*blanks.span()) for blanks in own)


def _keys_of(layout: Layout) -> frozenset[str]:
    """The sources that are names of texts (``btn_save``, ``form.title``), in a file where most are.

    One alone may be a file or a word of the program, which is to stay as it is.
    """
    originals = [segment.original for segment in layout.segments if segment.original]
    keys = [original for original in originals if _KEY.fullmatch(original)]
    return frozenset(keys) if len(keys) * 2 > len(originals) else frozenset()


def _is_named(segment: Segment, keys: frozenset[str], trail: Trail) -> bool:
    """Whether *segment* has a name for a source, and a text of its own: a name that was left stands where a text should.

    One name alone, ``translator-credits``, is known by a text that says more than it has parts.
    """
    if not _KEY.fullmatch(segment.original):
        return False
    start, end = trail.output_span(segment.view, 0)
    said = trail.text[start:end]
    if segment.original in keys:
        return said != segment.original
    return (
        len(said.split()) > len(_PART.findall(segment.original))
        and _CREDITS.search(said) is not None
    )


def _language_of_sources(translated: list[Segment]) -> str:
    """The language of the sources, unless all say theirs."""
    silent = "\n".join(s.original for s in translated if not s.original_language)
    return language_of(silent) if silent else ""


def _identifier(said: str) -> str:
    """*said* as :mod:`mtclean.languages` has it: ``pt-BR`` for ``pt_br``, ``zh-Hant`` for ``zh-hant``."""
    language, *parts = said.replace("_", "-").split("-")
    return "-".join(
        (language.lower(), *(p.title() if len(p) == len("Hant") else p.upper() for p in parts))
    )


def forget_what_belongs_there(trail: Trail, document: Document, registry: Registry) -> None:
    """Keep quiet about what a translation has from its source (markup, repeated units, ends without a stop), and about a program's placeholders in its texts."""
    layout = document.layout
    if layout is None or not (has_pairs(layout) or document.is_of_strings):
        return

    keys = _keys_of(layout)

    def is_news(placed: Placed) -> bool:
        span = trail.original_span(placed.item.span, placed.depth)
        rule = registry.by_id.get(placed.item.rule)
        if rule is None:
            return True
        segment = layout.segment_at(span.start)
        unit, what = (trail.original[slice(*place)] for place in (segment.view, span))
        is_named = segment.original in keys
        if segment.original and not is_named:
            return not _comes_from(segment.original, unit, what, rule.category)
        is_slot = rule.category == _PLACEHOLDER and is_of_program(what)
        return not (is_slot and (is_named or document.is_of_strings))

    _keep_only(trail, is_news)


def say_once(trail: Trail, compared: str, registry: Registry) -> None:
    """Forget what other stages say of places that the stage *compared* knows more of.

    Where it mends markup, it knows what is to stand there; and a sentence that it finds untranslated, or in another
    language, is one mistake, though that is seen from the text alone, too.
    """

    def place(placed: Placed) -> Span:
        return trail.output_span(placed.item.span, placed.depth)

    def category(placed: Placed) -> str:
        rule = registry.by_id.get(placed.item.rule)
        return rule.category if rule else ""

    def places(said: Iterable[Placed], kind: str) -> SpanSet:
        ours = (one for one in said if one.stage == compared)
        return SpanSet(place(one) for one in ours if category(one).startswith(kind))

    mended, wrong = places(trail.held, _OF_MARKUP), places(trail.findings, _OF_ACCURACY)

    def is_news(placed: Placed) -> bool:
        if placed.stage == compared:
            return True
        if category(placed).startswith(_OF_MARKUP):
            return not mended.touches(place(placed))
        return not (category(placed).startswith(_OF_ACCURACY) and wrong.covers(place(placed)))

    _keep_only(trail, is_news)


def _keep_only(trail: Trail, is_news: Callable[[Placed], bool]) -> None:
    trail.held = list(filter(is_news, trail.held))
    trail.findings = list(filter(is_news, trail.findings))


def _comes_from(original: str, unit: str, what: str, category: str) -> bool:
    """Whether *what*, found in a *unit* of a translation in a *category*, is as its *original* has it."""
    if category == "accuracy.addition.duplicate":
        # what stands once in its unit is twice in the file, and so is its source
        return unit.count(what.strip()) < _TWICE
    if category == "accuracy.omission.truncated":
        return not original.rstrip().endswith(_STOPS)
    return category.startswith(_OF_MARKUP) and what in original
