"""The language of a whole document."""

from __future__ import annotations

import re
import threading
from functools import cache

from langdetect import DetectorFactory, LangDetectException
from langdetect.detector_factory import PROFILES_DIRECTORY

from tasks.text.english import frequency

_LETTERS = re.compile(r"[^\W\d_]")
_FEWEST = 20  # letters below which any answer would be a guess
_SAMPLE = 20_000  # code points; more does not change the answer
_SURE = 0.8  # probability from which the answer is believed
_WORD = re.compile(r"(?<![&\w\\])[^\W\d_]+(?:['’][^\W\d_]+)*")
_FEWEST_WORDS = 3
_FEW_WORDS = 8
_KNOWN = 60  # hits from which the English word list is to be believed; below are names and slips
_COMMON = 10_000  # the same where there are few words, since it also has *non*, *lo* and *nous*
_PLAIN = 0.8
"""Share of known words from which a text is plainly English: of single sentences 98 in 100 have it, of 34 other languages' 1 in 1,000."""
_loading = threading.Lock()


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language *text* is mostly in, or ``""`` where that is not plain.

    Made for whole documents: on single sentences inside English text langdetect has a precision of
    0.70 (measured in the project's design study).  English is known by its words, so that one line of it is enough, and
    *The effect is adverse adverse* is not Danish.
    """
    sample = text[:_SAMPLE]
    if _is_plain_english(sample):
        return "en"
    if len(_LETTERS.findall(sample)) < _FEWEST:
        return ""
    detector = _factory().create()
    detector.append(sample)
    try:
        best = detector.get_probabilities()[0]
    except LangDetectException:
        return ""
    return str(best.lang).partition("-")[0] if best.prob >= _SURE else ""


def _is_plain_english(sample: str) -> bool:
    """Whether nearly all words are in the English word list."""
    found = [word.lower() for word in _WORD.findall(sample)]
    least = _COMMON if len(found) < _FEW_WORDS else _KNOWN
    known = sum(frequency(word) >= least for word in found)
    return len(found) >= _FEWEST_WORDS and known >= _PLAIN * len(found)


def _factory() -> DetectorFactory:
    """Langdetect's profiles, loaded once, in an object of ours: its own is everybody's."""
    with _loading:  # or a thread is answered from the half of the profiles another has loaded
        return _loaded()


@cache
def _loaded() -> DetectorFactory:
    factory = DetectorFactory()
    factory.set_seed(0)  # without one it answers differently from run to run (its README says so)
    factory.load_profile(PROFILES_DIRECTORY)
    return factory
