"""Letters by their scripts, as parts of a set of characters in a pattern."""

from itertools import groupby
from unicodedata import category

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
"""The characters of Chinese, which Japanese has as well."""
WIDE = f"\u3005-\u3007\u3041-\u30ff{HAN}"
"""Han and kana: letters of scripts that part no words."""
HANGUL = "\uac00-\ud7a3"
"""Syllables of Korean, whose endings hang on whatever stands before them."""
WIDE_MARKS = "\u3001-\u3004\u3008-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
"""The marks that stand among wide letters."""
NAME = rf"[^\W{WIDE}{HANGUL}]"
"""A letter, digit or line of a name as programs have it; wide letters may stand right beside one."""


def _joined() -> str:
    """The signs that Unicode counts as no letters and that stand inside words."""
    kinds = (at if category(chr(at)) in ("Mn", "Mc") else None for at in range(0x300, 0x1E00))
    rows = groupby(enumerate(filter(None, kinds)), key=lambda pair: pair[1] - pair[0])
    ends = ([at for _, at in row] for _, row in rows)
    return "".join(f"{chr(row[0])}-{chr(row[-1])}" for row in ends) + "\u200c\u200d"


SIGNS = _joined()
"""Vowel signs of Hindi and its kin, points of Hebrew and Arabic, accents that stand by themselves, and what joins or parts letters inside a word."""
