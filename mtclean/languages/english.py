"""How common an English word is: the word list of the package ``pyspellchecker``, read once.

Of that package (MIT) nothing but the data is used: words counted in film subtitles (OpenSubtitles,
by Hermit Dave's FrequencyWords), so that rare entries are mostly names and slips.
"""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from importlib.resources import files

_COMMON = 60
"""How often the word list must have met a word before it counts as English.

Below that the list, which was counted in film subtitles, is mostly names and slips.
"""

_TRE = re.compile(r"tre\b")


@cache
def _counts() -> dict[str, int]:
    packed = (files("spellchecker") / "resources" / "en.json.gz").read_bytes()
    counts: dict[str, int] = json.loads(gzip.decompress(packed))
    return counts


def frequency(word: str) -> int:
    """How often the list has met *word*, which is in lower case; 0 for a word it does not have."""
    return _counts().get(word.replace("’", "'"), 0)


def is_english(word: str, least: int = _COMMON) -> bool:
    """Whether *word*, in lower case, is in the English word list at least *least* times."""
    return frequency(word) >= least


def american(word: str) -> str:
    """*word*, in lower case, as Americans spell it, whose words the list has: *harbour* is *harbor*."""
    return _TRE.sub("ter", word).replace("our", "or").replace("is", "iz").replace("ll", "l")
