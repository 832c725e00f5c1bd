"""How common a word is: the word lists of the package ``pyspellchecker``, each read once, when it is asked.

Of that package (MIT) nothing but the data is used: words counted in film subtitles (OpenSubtitles,
by Hermit Dave's FrequencyWords), so that rare entries are mostly names and slips.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.resources import files

from mtclean.languages.language import primary


def frequency(word: str, language: str) -> int:
    """How often the list of *language* has met *word*, which is in lower case.

    0 for a word it does not have, and for every word of a language without a list: ar, de, en, es, eu, fa, fr, it, lv, nl,
    pt and ru have one.  A list lacks words: that of Spanish has no *trabaja*.
    """
    return counts(primary(language)).get(word.replace("’", "'"), 0)


@cache
def counts(language: str) -> dict[str, int]:
    """The list of *language* (ISO 639-1), words in lower case with straight apostrophes; empty where there is none."""
    packed = files("spellchecker") / "resources" / f"{language}.json.gz"
    if not language or not packed.is_file():
        return {}
    found: dict[str, int] = json.loads(gzip.decompress(packed.read_bytes()))
    return found
