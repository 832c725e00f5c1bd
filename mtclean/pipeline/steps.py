"""The stages as calls for a worker.

A draft travels as bytes, which only workers open: the process that hands them out stays small and
quick.  Every step raises :class:`mtclean.documents.DocumentProblem` where its document goes no
further.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mtclean.documents import Input
from mtclean.grammar import CheckResult
from mtclean.pipeline import stages
from mtclean.pipeline.draft import Draft, draft, read
from mtclean.pipeline.folder import decided_on
from mtclean.pipeline.options import Options
from mtclean.pipeline.pairs import has_pairs
from mtclean.pipeline.save import prepared
from mtclean.report import Summary
from mtclean.text.evidence import Evidence
from mtclean.workers.process import Pending

Parcel = bytes
"""A draft between two stages."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A document that was read, and the SHA-256 of what was read, whatever comes later.

    ``sha256`` is of the text's bytes; ``decisions`` of what was decided on it, or empty.
    """

    parcel: Parcel
    sha256: str
    decisions: str


@dataclass(frozen=True, slots=True)
class GrammarRequest:
    """A draft with what LanguageTool is to be asked: its text as it stands, and its language.

    ``has_pairs``: it is to be compared with its source before.
    """

    parcel: Parcel
    text: str
    language: str
    has_pairs: bool = False


@dataclass(frozen=True, slots=True)
class GrammarResponse:
    """What LanguageTool said, and its version; or why it was not asked.

    ``no_rules``: because of the text's language, which says nothing of other texts.
    """

    result: CheckResult | None
    version: str = ""
    reason: str = ""
    no_rules: bool = False


def begin(item: Input, options: Options, output: Path, side_by_side: int, batch: Evidence) -> Begun:
    """Read the file and what was decided on it below *output*, and name the text's language.

    *batch* is what the other documents say about it.

    So many documents are worked on *side_by_side* on this machine.
    """
    document = read(item, options, side_by_side)
    decided = decided_on(output, item.name)
    work = draft(document, options, decided.decisions, batch)
    work.side_by_side = side_by_side
    return Begun(_packed(work), document.sha256, decided.sha256)


def normalize(parcel: Parcel) -> Parcel:
    """Put spacing, quotation marks and the like right."""
    return _on(parcel, stages.normalize)


def detect_artifacts(parcel: Parcel) -> GrammarRequest:
    """Find what machine translation and scraping left behind."""
    return _request(stages.detect_artifacts(_opened(parcel)))


def compare(parcel: Parcel) -> GrammarRequest:
    """Compare what is a translation with its source."""
    return _request(stages.compare(_opened(parcel)))


def judge(parcel: Parcel, response: GrammarResponse) -> Parcel:
    """Place what LanguageTool said, or record that it was not asked."""
    work = _opened(parcel)
    if response.result is None:
        return _packed(stages.leave_unchecked(work, response.reason))
    return _packed(stages.judge(work, response.result, response.version))


def write(parcel: Parcel, output: Path) -> Pending[tuple[Summary, str]]:
    """Write the document as was decided on it below *output*; its figures and the report's path, once its files are in place."""
    saved, files = prepared(stages.decide(_opened(parcel)), output)
    return Pending(files, (saved.summary, str(saved.report)))


def _request(work: Draft) -> GrammarRequest:
    pairs = has_pairs(work.document.layout)
    return GrammarRequest(_packed(work), work.trail.text, work.language, pairs)


def _on(parcel: Parcel, stage: Callable[[Draft], Draft]) -> Parcel:
    return _packed(stage(_opened(parcel)))


def _packed(work: Draft) -> Parcel:
    return pickle.dumps(work, pickle.HIGHEST_PROTOCOL)


def _opened(parcel: Parcel) -> Draft:
    work: Draft = pickle.loads(parcel)  # noqa: S301 - it comes from a worker of this run
    return work
