"""How a run ended: for each document, and as an exit code."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mtclean.documents import Plan
from mtclean.report import Summary
from mtclean.trouble import Exit

if TYPE_CHECKING:
    from pydantic import TypeAdapter

LEFT_OUT = "was left out of this document"
"""What a document's warning says of rules that failed on it."""

Said = tuple[str, str]
"""What was said of a document, and the document's language, which may be named in it."""

_CHOICES = re.compile(r"(?<= are prose); there are .*")
_SHARE = re.compile(r"^\d+ %(?= of the text)")
_MOST = 10**12  # of anything that is counted in a document


class Status(str, Enum):
    """What became of a document."""

    CLEANED = "cleaned"
    UNCHANGED = "unchanged"
    """Nothing its outputs depend on has changed since an earlier run."""
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """What became of one input."""

    path: str
    status: Status
    message: str = ""
    code: str = ""
    summary: Summary | None = None
    """The figures of a document that was cleaned now or by an earlier run."""
    report: str = ""


class Run:
    """What became of all inputs."""

    def __init__(
        self,
        outcomes: list[Outcome],
        no_grammar: str = "",
        gone: Sequence[str] = (),
        task_runs: int = 0,
        without_rules: Mapping[Said, int] | None = None,
        partly: Mapping[str, int] | None = None,
    ) -> None:
        self.outcomes = outcomes
        self.gone = gone
        """Inputs of earlier runs that are no longer there; their outputs were left."""
        self.no_grammar = no_grammar
        """Why LanguageTool could not be used; empty where it could, or was not asked for."""
        self.task_runs = task_runs
        """How many task runs Prefect was told of."""
        self.without_rules = _counted(without_rules or {})
        """Why documents were not checked because of their language, and how many."""
        self.partly = dict(partly or {})
        """Why grammar was checked only in part, and in how many documents."""
        self.trouble = ""
        """What there is to know of the output folder's ledger, in a line; or empty."""

    @classmethod
    def of(
        cls,
        plan: Plan,
        done: Iterable[Outcome] = (),
        no_grammar: str = "",
        task_runs: int = 0,
        without_rules: Mapping[Said, int] | None = None,
        partly: Mapping[str, int] | None = None,
    ) -> Run:
        """What came of *plan*: *done*, and what it found done already."""
        kept = [
            Outcome(
                entry.path,
                Status.SKIPPED if entry.status == Status.SKIPPED.value else Status.UNCHANGED,
                entry.message,
                entry.code,
                from_json(entry.summary),
            )
            for entry in plan.kept
        ]
        gone = [entry.path for entry in plan.gone]
        return cls([*done, *kept], no_grammar, gone, task_runs, without_rules, partly)

    @property
    def exit_code(self) -> Exit:
        """The worst that happened."""
        if any(outcome.status is Status.FAILED for outcome in self.outcomes):
            return Exit.FAILED
        return Exit.NO_GRAMMAR if self.no_grammar or self.partly else Exit.OK

    @property
    def in_words(self) -> str:
        """The counts, on one line."""
        return ", ".join(f"{self.count(status)} {status.value}" for status in Status)

    @property
    def rows(self) -> list[tuple[Summary, str]]:
        """Summary and report of every document that was cleaned now."""
        return [(o.summary, o.report) for o in self.outcomes if o.summary and o.report]

    @property
    def not_checked(self) -> dict[str, int]:
        """Why documents were not checked at all, and how many; such a one has no score."""
        summaries = (outcome.summary for outcome in self.outcomes)
        missed = (s for s in summaries if s and s.score is None and s.coverage)
        return _counted(Counter((summary.coverage, summary.language) for summary in missed))

    @property
    def left_out(self) -> Counter[str]:
        """Which rules were left out of documents that were cleaned now, and why; and of how many."""
        done = (outcome.summary for outcome in self.outcomes if outcome.status is Status.CLEANED)
        return Counter(why for summary in done if summary for why in left_out(summary.warnings))

    def count(self, status: Status) -> int:
        """How many inputs ended so."""
        return sum(outcome.status is status for outcome in self.outcomes)


def left_out(warnings: Iterable[str]) -> Iterator[str]:
    """Those of a document's *warnings* that say which rules were left out of it."""
    return (warning for warning in warnings if LEFT_OUT in warning)


def merged(said: Mapping[Said, int]) -> dict[str, list[Said]]:
    """What was said so many times, in a line each: the same of several languages, or shares, is one thing.

    ``no rules for this language (zh)`` and the same of ``ja`` are ``no rules for this language (zh 3, ja 1)``,
    ``5 % of the text was not checked`` and the same of 7 % ``part of the text was not checked``.
    """
    groups: dict[str, list[Said]] = {}
    for what, language in said:
        groups.setdefault(_alike(what, language), []).append((what, language))
    return {
        _of_all(alike, {key: said[key] for key in keys}): keys for alike, keys in groups.items()
    }


def _alike(what: str, language: str) -> str:
    """*what* without what is of one document only; NUL stands for the language."""
    code = re.escape(language)
    named = re.compile(rf"(?<=[('\"]){code}(?=[)'\"])|(?<= add ){code}(?=`)")
    return _CHOICES.sub("", _SHARE.sub("part", named.sub("\0", what) if language else what))


def _of_all(alike: str, said: Mapping[Said, int]) -> str:
    """*alike* with the languages in their places, the first time with how often it was *said* of each."""
    times: Counter[str] = Counter()
    for (_, language), count in sorted(said.items()):
        times[language] += count
    codes = [code for code, _ in times.most_common()]
    listed = codes if len(codes) == 1 else [f"{code} {times[code]}" for code in codes]
    return alike.replace("\0", ", ".join(listed), 1).replace("\0", " ".join(codes))


def _counted(said: Mapping[Said, int]) -> dict[str, int]:
    return {line: sum(said[key] for key in keys) for line, keys in merged(said).items()}


def as_json(summary: Summary | None) -> str:
    """*summary* as the ledger keeps it: JSON, or empty for none."""
    if summary is None:
        return ""
    # Not asdict(): before Python 3.12 it makes nonsense of a Counter.
    return json.dumps({field.name: getattr(summary, field.name) for field in fields(summary)})


@lru_cache(maxsize=20_000)
def from_json(summary: str) -> Summary | None:
    """What :func:`as_json` made *summary* of; None where it is of another version, or empty.

    Every value is looked at: the file it comes from may be somebody else's.  A review asks for the same ones again
    and again.
    """
    try:
        made = _summaries().validate_json(summary)
    except ValueError:
        return None
    counts = (*made.changes.values(), *made.suggested.values(), *made.findings.values())
    numbers = (*counts, *made.rules.values(), made.words, made.places, made.unchecked, made.asked)
    if any(not 0 <= n <= _MOST for n in (*numbers, made.undecided, made.stale)):
        return None
    return made if made.score is None or 0 <= made.score <= 100 else None


@cache
def _summaries() -> TypeAdapter[Summary]:
    from pydantic import TypeAdapter

    return TypeAdapter(Summary)
