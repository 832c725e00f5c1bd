"""How common an English word is: the word list of the package ``pyspellchecker``, read once.

Of that package (MIT) nothing but the data is used: words counted in film subtitles (OpenSubtitles,
by Hermit Dave's FrequencyWords), so that rare entries are mostly names and slips.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.resources import files


@cache
def _counts() -> dict[str, int]:
    packed = (files("spellchecker") / "resources" / "en.json.gz").read_bytes()
    counts: dict[str, int] = json.loads(gzip.decompress(packed))
    return counts


def frequency(word: str) -> int:
    """How often the list has met *word*, which is in lower case; 0 for a word it does not have."""
    return _counts().get(word.replace("’", "'"), 0)
