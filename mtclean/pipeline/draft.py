"""A document on its way through the stages, and how it begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from mtclean.documents import (
    Document,
    DocumentProblem,
    Input,
    is_plain_english,
    language_beside,
    oddities,
)
from mtclean.documents import read as read_document
from mtclean.formats import Source
from mtclean.formats.languages import language_named
from mtclean.languages.language import called, primary
from mtclean.pipeline.options import Options
from mtclean.pipeline.pairs import blanks_of_sources, families_of, has_pairs
from mtclean.report import (
    Unchecked,
)
from mtclean.rules.bilingual.glossary import NO_TERMS, TermBase
from mtclean.rules.registry import Registry
from mtclean.text import (
    Clock,
    Decision,
    Passage,
    Policy,
    SlowPattern,
    Span,
    Style,
    Trail,
)
from mtclean.text.evidence import NO_EVIDENCE, Evidence
from mtclean.text.span_set import SpanSet


@dataclass(slots=True)
class Draft:
    """A document on its way through the stages."""

    document: Document
    language: str
    style: Style
    policy: Policy
    registry: Registry
    trail: Trail
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    batch: Evidence = NO_EVIDENCE
    """What the other documents say about it."""
    unchecked: list[Unchecked] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    stages: list[str] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    clock: Clock = field(default_factory=Clock)
    """How long rules that are not mtclean's own have worked on it."""
    left_out: dict[str, str] = field(default_factory=dict)
    """Why such a rule, or all whose ids begin so, did not speak; by name."""
    source_language: str = ""
    """That of the source, where the file does not say it and somebody did."""
    terms: TermBase = NO_TERMS
    """What translations are held to."""
    side_by_side: int = 1
    """How many documents are worked on at once on this machine."""
    cut_short: bool = False
    """Whether LanguageTool had more to say when it was lost."""
    written: tuple[Trail, Mapping[Source, str]] | None = None
    """The texts of its file with what a trail changed, once they were made (:func:`mtclean.pipeline.written.written`)."""
    _seen: Passage | None = None
    """The text as the rules saw it last: what they know of it stays known until it changes."""

    def passage(self, text: str) -> Passage:
        """*text* as the rules are to see it.

        Raises :class:`DocumentProblem` where a pattern of the house takes too long on it.
        """
        if self._seen is not None and self._seen.text == text:
            return self._seen
        layout = self.document.layout
        seams = (Span(at, at) for at in layout.seams) if layout else ()
        passage = self._seen = Passage(
            text,
            self.language,
            self.style,
            self._fixed(),
            self.clock,
            self.batch,
            self._now(layout.links) if layout else (),
            self._entries(),
            frozenset(span.start for span in self._now(seams)),
            self.document.encoding_kept,
            self._now(layout.leading) if layout else (),
        )
        try:
            passage.house  # noqa: B018 - found now, so that no rule meets it
        except SlowPattern as slow:
            raise DocumentProblem("slow_pattern", str(slow)) from slow
        return passage

    def forget_facts(self) -> None:
        """Let go of what rules worked out of the text: of a large one that is as much as the record to come."""
        if self._seen is not None:
            self._seen.facts.clear()

    def _fixed(self) -> tuple[Span, ...]:
        """The places of the text as it stands that are no prose of its language, or as their source has them, by what the file says."""
        layout = self.document.layout
        if layout is None:
            return ()
        foreign = (segment.view for segment in layout.in_other_languages(self.language))
        return tuple(SpanSet(self._now((*layout.fixed, *foreign, *blanks_of_sources(layout)))))

    def _entries(self) -> tuple[Span, ...]:
        """The places of the text as it stands that are entries; of texts of a program all."""
        if self.document.is_of_strings:
            return (Span(0, len(self.trail.text)),)
        layout = self.document.layout
        return self._now(layout.entries) if layout else ()

    def _now(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Where *spans* of the layout's view stand in the text as it is."""
        return tuple(self.trail.output_span(span, 0) for span in spans)


def read(item: Input, options: Options, side_by_side: int = 1) -> Document:
    """The document in the file of *item*, while so many are worked on *side_by_side*.

    Raises :class:`mtclean.documents.DocumentProblem` where it cannot be cleaned.
    """
    return read_document(
        item.path,
        item.name,
        follow=item.follow,
        reading=options.reading_of(item),
        side_by_side=side_by_side,
    )


def _told(document: Document, batch: Evidence) -> str:
    """The language of a document of which nobody says it: that of its words; unless they are English, which is what nobody has translated yet, that of its name."""
    told = language_beside(document.prose, batch.language)
    named = called(language_named(document.name)) if document.layout else ""
    if not named or primary(called(told)) == named:
        return told
    return told if told == "en" and is_plain_english(document.prose) else named


def draft(
    document: Document,
    options: Options,
    decisions: Mapping[str, Decision] | None = None,
    batch: Evidence = NO_EVIDENCE,
) -> Draft:
    """The document as the first stage gets it, its language known; *decisions* are by id.

    *batch* is what the other documents say about it.
    """
    said = document.layout.language if document.layout else ""
    language = options.language_for(document.name) or said or _told(document, batch)
    policy = options.policy_for(document.name)
    trail = Trail(document.text)
    if document.layout and (families := families_of(document.layout)):
        batch = replace(batch, families=batch.families | families)
    started = Draft(
        document, language, options.style, policy, options.registry, trail, decisions or {}, batch
    )
    started.source_language = options.source_language
    started.terms = options.terms
    started.left_out.update(options.registry.missing)
    if options.source and not has_pairs(document.layout):
        started.warnings.append(f"No source of it was found in {options.source}.")
    if document.decoded.guessed:
        started.warnings.append(
            f"Its encoding was guessed to be {document.decoded.encoding}; if letters look wrong, "
            "save it as UTF-8."
        )
    if lost := document.decoded.lost:
        started.warnings.append(
            f"It has bytes that are no characters in {document.decoded.encoding} ({len(lost)}, the first in line "
            f"{document.line_of(lost[0])}); they were kept as they are."
        )
    started.warnings += oddities(document.text)
    started.warnings += (
        (*document.layout.remarks, *document.layout.unmatched) if document.layout else ()
    )
    return started
