"""Number words that stand together, and the one number they are."""

from __future__ import annotations

from mtclean.rules.bilingual.quantities.notation import rounded


class Run:
    """Number words and magnitudes that stand together, and the one number they are."""

    def __init__(self) -> None:
        self.total = 0.0
        self.current: float | None = None
        self.last = 0.0
        self.factor = 1.0
        self.counted = False

    def take(self, kind: str, value: float, inverted: bool = False) -> bool:
        """Take in the next word; false where it begins another number.  *inverted*: 20 may be said behind 5."""
        if kind == "magnitude" and value == 100:
            return self._hundred()
        if kind == "magnitude":
            if self.current is None and self.total:
                if value <= self.factor:
                    return False
                self.total *= value
            else:
                self.counted |= self.current is not None
                self.total += (1 if self.current is None else self.current) * value
                self.current = None
            self.factor = max(self.factor, value)
            self.last = value
            return True
        if self.current is None:
            if self.total and value >= self.last:
                return False
            self.current = value
        elif _adds(self.current, value) or (inverted and _adds(value, self.current)):
            self.current += value
        else:
            return False
        self.counted = True
        self.last = value
        return True

    def _hundred(self) -> bool:
        """Take in the word *hundred*."""
        if self.current is None:
            self.current = 100
        elif self.current < 100:
            self.current *= 100
            self.counted = True
        else:
            return False
        self.last = 100
        return True

    @property
    def value(self) -> float:
        """The number."""
        return rounded(self.total + (self.current or 0))


def _adds(current: float, value: float) -> bool:
    """Whether *value* is said behind *current* as its smaller part: 20 and 5, 300 and 17."""
    small = current % 100
    if small == 0:
        return current >= 100 and 0 < value < (1000 if current % 1000 == 0 else 100)
    return small >= 20 and small % 10 == 0 and 0 < value < 10
