"""How numbers are written in digits, in Han numerals and as Roman numerals."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_THIN = str.maketrans("", "", " \u00a0\u202f\u2009'’")
_ARABIC_MARKS = str.maketrans("٫٬،", ".,,")
_MARK = re.compile("[.,]")

FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
"""Fractions that are one character."""

ADDRESS = r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)"
"""An address of the Internet (RFC 791), which is one number, four bytes of it."""
_ADDRESS = re.compile(ADDRESS)
VERSION = r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){2}(?!\.?\d)"
"""The version of a program, or a date: three numbers."""

_HAN = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "兩": 2,
}
_TENS = {"十": 10, "百": 100, "千": 1000, "십": 10, "백": 100, "천": 1000}
_MYRIADS = {
    "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "兆": 1e12, "만": 1e4, "억": 1e8, "조": 1e12,
}  # fmt: skip
_HAN_PART = re.compile(r"\d+(?:,\d+)*(?:\.\d+)?|\S")
_ROMAN = re.compile("(?=[IVXLC]{2})(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@lru_cache(maxsize=4096)
def ascii_digits(written: str) -> str:
    """*written* with the digits 0 to 9 and Western marks, whatever the script."""
    if written.isascii():
        return written
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in written
    ).translate(_ARABIC_MARKS)


@lru_cache(maxsize=4096)
def readings(written: str) -> tuple[float, ...]:
    """What *written*, digits with marks between them, may stand for, the likeliest first; 1,234 has two readings.

    Empty where it is no one number: 25.9.2018.
    """
    plain = written.translate(_THIN)
    marks = _MARK.findall(plain)
    if not marks:
        return (float(plain),)
    groups = _MARK.split(plain)
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1 and _grouped(groups[:-1]):
        return (float("".join(groups[:-1]) + "." + groups[-1]),)
    if _ADDRESS.fullmatch(plain) and not _grouped(groups):
        return (float("".join(f"{int(byte):03}" for byte in groups)),)
    if len(set(marks)) == 1 and len(marks) > 1:
        return (float("".join(groups)),) if _grouped(groups) else ()
    if len(marks) > 1:
        return ()
    decimal = float(".".join(groups))
    return (float("".join(groups)), decimal) if _grouped(groups) else (decimal,)


def _grouped(groups: list[str]) -> bool:
    """Whether *groups* are the thousands of a number, or its lakhs and crores."""
    first, *others = groups
    if not others:
        return True
    return (
        0 < len(first) <= 3
        and first[0] != "0"
        and len(others[-1]) == 3
        and all(len(group) in (2, 3) for group in others[:-1])
    )


def from_han(written: str) -> float:
    """The number of *written*, Han or Korean numerals, digits or both: 一千二百, 1億4688万, 2천."""
    total = section = 0.0
    pending: float | None = None
    for part in _HAN_PART.findall(written):
        if part[0].isdecimal():
            pending = float(ascii_digits(part).replace(",", ""))
        elif part in _HAN:
            pending = float(_HAN[part]) if pending is None else pending * 10 + _HAN[part]
        elif part in _TENS:
            section += (1 if pending is None else pending) * _TENS[part]
            pending = None
        elif part in _MYRIADS:
            section += pending or 0
            if total and total < _MYRIADS[part]:
                total, section = (total + section) * _MYRIADS[part], 0.0
            else:
                total += (section or 1) * _MYRIADS[part]
                section = 0.0
            pending = None
    return rounded(total + section + (pending or 0))


def roman(written: str) -> int:
    """The number of *written*, a Roman numeral of two letters and more; 0 where it is none."""
    if not _ROMAN.fullmatch(written):
        return 0
    values = [_ROMAN_VALUES[letter] for letter in written]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def rounded(value: float) -> float:
    """*value* to twelve digits, so that products of the same number are the same."""
    return float(f"{value:.12g}")
