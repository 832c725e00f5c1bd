"""The language of a whole document."""

from __future__ import annotations

import re
import threading

from langdetect import DetectorFactory, LangDetectException, detect_langs
from langdetect.detector_factory import init_factory

# Without a seed langdetect answers differently from run to run (its README says so).
DetectorFactory.seed = 0

_LETTERS = re.compile(r"[^\W\d_]")
_FEWEST = 20  # letters below which any answer would be a guess
_SAMPLE = 20_000  # code points; more does not change the answer
_SURE = 0.8  # probability from which the answer is believed
_loading = threading.Lock()


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language *text* is mostly in, or ``""`` where that is not plain.

    Made for whole documents: on single sentences inside English text langdetect has a precision of
    0.70 (measured in the project's design study).
    """
    sample = text[:_SAMPLE]
    if len(_LETTERS.findall(sample)) < _FEWEST:
        return ""
    with _loading:  # or a thread is answered from the half of the profiles another has loaded
        init_factory()
    try:
        best = detect_langs(sample)[0]
    except LangDetectException:
        return ""
    return str(best.lang).partition("-")[0] if best.prob >= _SURE else ""
