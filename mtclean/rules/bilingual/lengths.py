"""How long a translation should be, by its direction."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import NamedTuple

from mtclean.languages.identify import wide_letters
from mtclean.languages.language import primary
from mtclean.languages.lists import rows

_ADDED = 5
"""Letters added on both sides, so that a ratio of short texts says little."""
_NOISE = 0.9
"""How much more the lengths of short texts vary: variance times letters."""
_LONG, _LONGEST = 65, 700
"""Letters from which, and up to which, lengths vary the less the longer a text is: its sentences make up for one another."""

_WIDE = 3
_GLOSS = re.compile(
    r"(?<=[\u0370-\u1fff\u2c00-\uffff]) ?[(（][A-Za-zÀ-ɏ][A-Za-zÀ-ɏ\d .,'’&/-]*[)）]"
)
"""What says a name again in Latin letters behind it, as languages of other scripts do: it has no counterpart, and needs none."""
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_NEITHER = bytes(code for code in range(128) if not chr(code).isalnum())
"""What is no letter, and what is neither letter nor figure, in ASCII: it is taken out at once, where others are asked one by one."""


class Direction(NamedTuple):
    """How long a text of the one language is in the other: the logarithm of the ratio, and its spread."""

    ratio: float
    spread: float

    def surprise(self, source: float, target: float) -> float:
        """By how many standard deviations *target* letters are too many, below 0 too few, for *source* letters."""
        ours = source * math.exp(self.ratio)
        longer = min(max(source, ours, _LONG), _LONGEST)
        evened = self.spread**2 * math.sqrt(_LONG / longer)
        spread = math.sqrt(evened + _NOISE / (ours + _ADDED))
        return math.log((target + _ADDED) / (ours + _ADDED)) / spread

    @property
    def back(self) -> Direction:
        """The other way round."""
        return Direction(-self.ratio, self.spread)


@cache
def direction(languages: tuple[str, str]) -> Direction | None:
    """That from the first of *languages* into the second; None where one of them was never measured."""
    source, target = map(primary, languages)
    known = _known()
    if source not in known or target not in known or source == target:
        return None
    spread = max(known[source][2], known[target][2])
    if target == "en":
        return Direction(-known[source][1], spread)
    return Direction(known[target][0] - known[source][0], spread)


def letters(text: str) -> int:
    """Letters and figures in *text*, without names that are said again in Latin letters."""
    if text.isascii():
        return len(text.encode().translate(None, _NEITHER))
    said = _GLOSS.sub("", text) if "(" in text or "（" in text else text
    return sum(map(str.isalnum, said))


def weight(text: str) -> int:
    """Letters in *text*, one of Thai, Japanese, Chinese and Korean for three, since it says as much."""
    if text.isascii():
        return len(text.encode().translate(None, _NO_LETTERS))
    return sum(map(str.isalpha, text)) + (_WIDE - 1) * len(wide_letters(text))


@cache
def _known() -> dict[str, tuple[float, float, float]]:
    return {
        code: (float(out), float(back), float(spread))
        for code, out, back, spread in rows("lengths.tsv", "")
    }
