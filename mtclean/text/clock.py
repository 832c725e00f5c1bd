"""How long rules that are not mtclean's own have worked on a document."""

from __future__ import annotations

from collections import defaultdict


class Clock:
    """Seconds by who took them.  A document has one, which all its passages share, and takes it from stage to stage."""

    def __init__(self) -> None:
        self._taken: defaultdict[str, float] = defaultdict(float)

    def took(self, who: str, seconds: float) -> None:
        """Add *seconds* to what *who* took so far."""
        self._taken[who] += seconds

    def left(self, who: str, limit: float) -> float:
        """The seconds *who* has left of *limit*; none or less where it is used up."""
        return limit - self._taken[who]
