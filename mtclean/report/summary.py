"""How a document did, in figures small enough to pass between workers and keep for a batch."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mtclean.report.coverage import ALL, RULES, checked_otherwise
from mtclean.report.record import FixRecord, Record, Unchecked
from mtclean.text import Severity

# Scripts written without spaces count one word per character; elsewhere a run of letters and
# digits, with what joins it inside (“don’t”, “35.8”, “vice-chair”), is one.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+(?:['’.,-][^\W{UNSPACED}]+)*")
_WORD_IN_ASCII = re.compile(r"\w+(?:['.,-]\w+)*", re.ASCII)
"""The same where no other letters are, of which it asks less: half of all lines."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one document.

    ``changes`` and ``suggested`` count fixes by stage, in the order of the stages;
    ``findings`` counts by severity.  ``score`` is None for a text without words and for one that was
    not checked at all, which ``coverage`` says then.
    """

    name: str
    words: int
    places: int
    """Places where original and output differ: a fix of two edits has two."""
    changes: Mapping[str, int]
    suggested: Mapping[str, int]
    findings: Mapping[Severity, int]
    unchecked: int
    score: float | None
    asked: int = 0
    """Suggestions and findings that are a person's to decide."""
    undecided: int = 0
    stale: int = 0
    """Decisions that no longer fit."""
    rules: Mapping[str, int] = field(default_factory=dict)
    """How often each rule spoke."""
    warnings: tuple[str, ...] = field(default=())
    checked: float = 1.0
    """The share of the original's words that something could be said of, 0 to 1."""
    coverage: str = ""
    """How much was not checked and why; empty where all was."""
    language: str = ""
    """An ISO 639-1 code, or empty where it is not known."""

    @property
    def score_in_words(self) -> str:
        """The score as people read it: ``98.2``, ``not checked``, or a dash for a text without words."""
        if self.score is not None:
            return f"{self.score:.1f}"
        return "not checked" if self.words else "–"


def summary_of(record: Record) -> Summary:
    """The figures of *record*."""
    words = count_words(record.cleaned())
    checked = _checked(record)
    return Summary(
        record.source.name,
        words,
        len(record.changes),
        _by_stage(record, record.applied),
        _by_stage(record, record.held),
        Counter(finding.severity for finding in record.findings if finding.counts),
        len(record.unchecked),
        score_of(penalty_of(record), words) if checked else None,
        len(record.asked),
        len(record.undecided),
        len(record.stale),
        _by_rule(record),
        record.warnings,
        checked,
        _coverage(record, checked),
        record.source.language,
    )


def badness(summary: Summary) -> tuple[float, int, str]:
    """The key that sorts documents worst first: by score, then by what is to decide.

    What was not checked comes before all others: it may be anything.
    """
    score = summary.score
    if score is None:
        score = -1.0 if summary.words else 101.0
    return score, -summary.undecided, summary.name


def _checked(record: Record) -> float:
    """The share of the original's words that rules, or else LanguageTool or a look at the source, could speak of."""
    gaps = [*_gaps(record)]
    if not gaps or checked_otherwise(record):
        return 1.0
    words = count_words(record.original)
    if not words:
        return 1.0
    missed = sum(count_words(record.original[slice(*part.span)]) for part in gaps)
    return max(0.0, 1 - missed / words)


def _coverage(record: Record, checked: float) -> str:
    """How much was not checked and why, in words; empty where it is less than a hundredth."""
    reasons = "; ".join(dict.fromkeys(part.reason.rstrip(".") for part in _gaps(record)))
    why = reasons[:1].lower() + reasons[1:]
    if otherwise := checked_otherwise(record):
        return f"{otherwise}: {why}"
    if not checked:
        return f"not checked: {why}"
    percent = round(100 * (1 - checked))
    return f"{min(percent, 99)} % of the text was not checked: {why}" if percent else ""


def _gaps(record: Record) -> Iterable[Unchecked]:
    return (part for part in record.unchecked if part.stage in (ALL, RULES))


def _by_rule(record: Record) -> dict[str, int]:
    counts = Counter(fix.rule for fix in record.fixes)
    counts.update(finding.rule for finding in record.findings)
    return dict(counts)


def _by_stage(record: Record, fixes: Iterable[FixRecord]) -> dict[str, int]:
    counts = Counter(fix.stage for fix in fixes)
    return {stage: counts[stage] for stage in record.stages if counts[stage]}


def count_words(text: str) -> int:
    """Words in *text*; in scripts without spaces between words, characters."""
    return sum(
        len((_WORD_IN_ASCII if line.isascii() else _WORD).findall(line))
        for line in text.splitlines()  # which no word crosses
    )


def penalty_of(record: Record) -> int:
    """MQM's absolute penalty total of what is left in the text: 0, 1 or 5 points by severity; none for what is no defect.

    What is only suggested is left, too, until a person decides.
    """
    return sum(item.severity.weight for item in record.items if item.counts)


def score_of(penalty: int, words: int) -> float | None:
    """MQM's overall quality score of the cleaned text, 0 to 100, or None without words.

    The linear, non-calibrated model: the absolute penalty total (APT) over the evaluation word
    count (EWC) is the per-word penalty, and the score is ``100 × (1 − APT / EWC)``; every penalty
    point in a thousand words costs a tenth of a point.  All error types weigh the same.  Unlike
    MQM's, the score stops at 0, which a text of more penalty points than words would fall below.

    MQM Council, “The MQM Scoring Models”, https://themqm.org/error-types-2/the-mqm-scoring-models/.
    """
    if words == 0:
        return None
    return max(0.0, 100 * (1 - penalty / words))
