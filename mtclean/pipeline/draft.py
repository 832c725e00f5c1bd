"""A document on its way through the stages, and how it begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mtclean.documents import (
    Document,
    DocumentProblem,
    Input,
    language_beside,
    oddities,
)
from mtclean.documents import read as read_document
from mtclean.pipeline.options import Options
from mtclean.pipeline.pairs import has_pairs
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
    cut_short: bool = False
    """Whether LanguageTool had more to say when it was lost."""
    _seen: Passage | None = None
    """The text as the rules saw it last: what they know of it stays known until it changes."""

    def passage(self, text: str) -> Passage:
        """*text* as the rules are to see it.

        Raises :class:`DocumentProblem` where a pattern of the house takes too long on it.
        """
        if self._seen is not None and self._seen.text == text:
            return self._seen
        passage = self._seen = Passage(
            text,
            self.language,
            self.style,
            self._fixed,
            self.clock,
            self.batch,
            self._links,
            self._entries,
            self._seams,
        )
        try:
            passage.house  # noqa: B018 - found now, so that no rule meets it
        except SlowPattern as slow:
            raise DocumentProblem("slow_pattern", str(slow)) from slow
        return passage

    @property
    def _links(self) -> tuple[Span, ...]:
        """The places of the text as it stands that are links."""
        layout = self.document.layout
        return tuple(self.trail.output_span(span, 0) for span in layout.links) if layout else ()

    @property
    def _entries(self) -> tuple[Span, ...]:
        """The places of the text as it stands that are entries; of texts of a program all."""
        layout = self.document.layout
        if self.document.is_of_strings:
            return (Span(0, len(self.trail.text)),)
        return tuple(self.trail.output_span(span, 0) for span in layout.entries) if layout else ()

    @property
    def _seams(self) -> frozenset[int]:
        """Where in the text as it stands marks without width stand."""
        layout = self.document.layout
        seams = layout.seams if layout else ()
        return frozenset(self.trail.output_span(Span(at, at), 0).start for at in seams)

    @property
    def _fixed(self) -> tuple[Span, ...]:
        """The places of the text as it stands that the file's format says are no prose."""
        layout = self.document.layout
        return tuple(self.trail.output_span(span, 0) for span in layout.fixed) if layout else ()


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
    language = options.language_for(document.name) or said
    language = language or language_beside(document.prose, batch.language)
    policy = options.policy_for(document.name)
    trail = Trail(document.text)
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
    started.warnings += document.layout.remarks if document.layout else ()
    return started
