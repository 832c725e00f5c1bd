"""How often each rule was right, by what people said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mtclean.text import Decision, Verdict

_ON_RULES = (Verdict.ACCEPT, Verdict.EDIT, Verdict.REJECT)


@dataclass(frozen=True, slots=True)
class Precision:
    """What people said to one rule.  An edit says: rightly found, wrongly put right."""

    rule: str
    accepted: int
    edited: int
    rejected: int

    @property
    def decided(self) -> int:
        """All decisions on the rule."""
        return self.accepted + self.edited + self.rejected

    @property
    def precision(self) -> float:
        """The share of what the rule said that was accepted as it stood, 0 to 1."""
        return self.accepted / self.decided


def tally(decisions: Iterable[Decision]) -> list[Precision]:
    """A line for each rule decided on: the one most often wrong first."""
    counts = Counter(
        (decision.rule, decision.verdict) for decision in decisions if decision.verdict in _ON_RULES
    )
    rules = {rule for rule, _ in counts}
    lines = [
        Precision(
            rule,
            counts[rule, Verdict.ACCEPT],
            counts[rule, Verdict.EDIT],
            counts[rule, Verdict.REJECT],
        )
        for rule in rules
    ]
    return sorted(lines, key=lambda line: (line.accepted - line.decided, line.rule))
