"""The items of a text in Chinese, Japanese or Korean, whose words are not parted or have particles on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mtclean.languages.language import primary
from mtclean.rules.bilingual.quantities.items import SIGN, Item, code_item, sign_item
from mtclean.rules.bilingual.quantities.notation import (
    ADDRESS,
    FRACTIONS,
    VERSION,
    ascii_digits,
    from_han,
)
from mtclean.rules.bilingual.quantities.words import Meaning, words

LANGUAGES = frozenset(["zh", "ja", "ko"])

_HAN_DIGIT = "〇零一二三四五六七八九两兩"
_HAN_NUMBER = (
    r"(?<!\d)\d{1,2}[:：]\d\d(?![\d:])|"
    + f"{ADDRESS}|{VERSION}"
    + r"|\d+(?:,\d+)*(?:\.\d+)?(?:\s?[余餘多]?[十百千万萬亿億兆십백천만억조]+(?:\d+(?:,\d+)*(?:\.\d+)?[十百千万萬亿億兆십백천만억조]+|(?<=[만억조])\s\d+(?:,\d+)*(?:\.\d+)?[십백천만억]*)*(?:\d+(?:,\d+)*(?!\d*[.年月日時时]))?)?"
    rf"|[{_HAN_DIGIT}十百千万萬亿億兆]+"
)
_WIDE_DIGITS = "０１２３４５６７８９"
_ABOUT_DIGITS = (
    r"(?<![\d.])(?<!\d[、，])(?:"
    + "|".join(f"[{n}{_WIDE_DIGITS[n]}][、，][{n + 1}{_WIDE_DIGITS[n + 1]}]" for n in range(1, 9))
    + r")(?![\d.、，])"
)
_ABOUT = re.compile(
    "([二三四五六七八九]?十)?([一二三四五六七八九])([二三四五六七八九])([十百千万萬亿億]*)"
)
"""Two digits that follow one another in what is said to be about so many: 十四五, fourteen or fifteen, and 四五十, forty or fifty."""
_COUNTED = (
    "[個个個名位人年月日天岁歲歳才次倍件种種条條项項家所场場支只隻辆輛台届屆周週小分秒度米公英美欧元块塊点點級级層层座部本张張架枚颗"
    "顆轮輪組组対对段章节節国國州省市队隊世代番匹頭冊杯軒回社カかヶヵ時时戦胜勝敗打球つ間名連连年割冠季試試校月倍座大强]"
)
_KOREAN_COUNTERS = (
    "명 개 번 사람 살 시 차례 달 가지 배 마리 대 권 곳 건 주 해 시간 팀 골 점 째 아이 자녀 아들 딸 형제 남 여 나라 국가 경기 세트 군데 "
    "장 잔 병 쪽 편 줄 채 자리 종류 단계 도시 학교 회사 후보 선수"
)
_KOREAN = (
    r"(?<![^\W\d_])(?P<native>다섯|여섯|일곱|여덟|아홉|열두|열한|스무|서른|마흔"
    rf"|(?:두|세|석|네|열)(?=\s?(?:{_KOREAN_COUNTERS.replace(' ', '|')})))"
)


@cache
def _by_character(language: str) -> tuple[re.Pattern[str], dict[str, tuple[Meaning, ...]]]:
    forms = words(language).forms("weekday", "period", "loose", "month")
    spoken = {f: m for f, m in forms.items() if len(f) > 1 and not f[0].isdigit() and "月" not in f}
    if language == "ja":
        spoken |= {f: m for f, m in forms.items() if f in ("月曜", "月曜日")}
    ordered = sorted(map(re.escape, spoken), key=len, reverse=True)
    months = (
        r"(?P<month>(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]))\s?(?:月(?![間间额額额])|월)"
    )
    pattern = (
        rf"(?P<percent>百分之)|(?P<tenths>(?<![\d.])\d(?:\.\d)?割|[一二三四五六七八九两兩]割|(?<![\d.])[\d一二三四五六七八九两兩]成(?![为為立功员員就本果长長都份分]))|(?P<era>(?:明治|大正|昭和|平成|令和|民國|民国|(?<![A-Za-z])[SHR])\s?(?:\d{{1,3}}|元)(?=[)）]?\s?年))"
        rf"|(?P<decade>(?:\d\d|二十|十九)世[纪紀紀]\s?(?:\d0|[二三四五六七八九]十)年代)|(?<![\d十.])(?P<monthly>{months})|(?P<spoken>{'|'.join(ordered)})"
        rf"|(?P<about>{_ABOUT_DIGITS})|(?P<number>{_HAN_NUMBER})|(?P<fraction>[½¼¾])|(?P<sign>{SIGN})|(?P<code>[A-Z]{{3,}}|[IVX]{{2,}})"
    )
    return re.compile(pattern + (f"|{_KOREAN}" if language == "ko" else "")), spoken


def items_of(text: str, language: str) -> Iterator[Item]:
    """The items of a text in Chinese, Japanese or Korean."""
    pattern, spoken = _by_character(language)
    for match in pattern.finditer(text):
        start, end = match.span()
        group, token = match.lastgroup, match.group()
        if group == "percent":
            yield Item("unit", "percent", start, end, (Meaning("unit", "percent"),))
        elif group == "era":
            era = re.sub(r"[\s\d元]+$", "", token)
            number = token[len(era) :].strip()
            year = 1 if number == "元" else int(ascii_digits(number))
            yield Item("digits", f"={_ERAS[era] + year}|{year}", start, end)
        elif group == "decade":
            century, tens = map(from_han, re.split("世.", token.removesuffix("年代")))
            yield Item("digits", f"={(century - 1) * 100 + tens}|{tens}", start, end)
        elif group == "tenths":
            tenths = from_han(token[:-1])
            yield Item("digits", f"={tenths * 10:g}|{tenths:g}", start, end)
        elif group == "about":
            yield _either(start, end, float(token[0]), float(token[-1]))
        elif group == "sign":
            yield sign_item(token, start, end, primary(language))
        elif group == "monthly":
            month = int(from_han(match["month"]))
            yield Item("month", str(month), start, end, (Meaning("month", str(month)),))
        elif group == "spoken":
            meanings = spoken[token]
            yield Item(meanings[0].kind, meanings[0].value, start, end, meanings)
        elif group == "code":
            if found := code_item(token, start, end):
                yield found
        else:
            yield from _han(text, match)
            yield from _counted(text, match, language)


def _either(start: int, end: int, one: float, other: float) -> Item:
    """What is said to be about *one* or the *other*."""
    meanings = (Meaning("loose", str(one)), Meaning("loose", str(other)))
    return Item(*meanings[0], start, end, meanings)


_ERAS = {
    "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911,
    "S": 1925, "H": 1988, "R": 2018,
}  # fmt: skip
"""The year before the first of an era of Japan, and of the calendar of Taiwan."""

_NATIVE = {
    "두": 2, "세": 3, "석": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "열한": 11, "열두": 12,
    "스무": 20, "서른": 30, "마흔": 40,
}  # fmt: skip


def _han(text: str, match: re.Match[str]) -> Iterator[Item]:
    start, end = match.span()
    token = match.group()
    if match.lastgroup == "native":
        native = Meaning("number", str(_NATIVE[token]))
        yield Item(*native, start, end, (native,))
        return
    if token[0].isdecimal():
        if token[-1].isdecimal() and all(c.isdecimal() or c in ".,:：" for c in token):
            yield Item("digits", token, start, end)
        else:
            yield Item("digits", f"={from_han(token)}", start, end)
        return
    if token in FRACTIONS:
        yield Item("digits", token, start, end)
        return
    about = _ABOUT.fullmatch(token)
    if about and from_han(about[3]) - from_han(about[2]) == 1:
        first, last = (from_han((about[1] or "") + about[n] + about[4]) for n in (2, 3))
        yield _either(start, end, first, last)
        return
    value = from_han(token)
    digits = sum(sign in _HAN_DIGIT for sign in token)
    if digits == 0 and token not in ("十",):
        kind = "magnitude" if value >= 100 else "loose"
    elif len(token) == 1:
        counted = re.match(_COUNTED, text[end : end + 1]) and token != "一"  # noqa: S105
        kind = "number" if counted else "loose"
    elif digits == len(token) and digits < 4:
        kind = "loose"
    else:
        kind = "number"
    yield Item(kind, str(value), start, end, (Meaning(kind, str(value)),))


_DAY_OF_MONTH = re.compile("[日号號일](?![间間간])")


@cache
def _counters(language: str) -> tuple[re.Pattern[str], dict[str, tuple[Meaning, ...]]]:
    forms = words(language).forms("unit", "currency")
    ordered = sorted((re.escape(f) for f in forms if f[0] not in "$€£¥%"), key=len, reverse=True)
    return re.compile(
        rf"[\s\-]?(?:[余餘多来來強弱余り여]?)\s?(?:[가-힣]{{2,3}}\s)?({'|'.join(ordered)})(?!の)",
        re.IGNORECASE,
    ), forms


def _counted(text: str, match: re.Match[str], language: str) -> Iterator[Item]:
    """The unit or currency right behind the number *match*."""
    if match.lastgroup == "number" and _DAY_OF_MONTH.match(text, match.end()):
        yield Item("unit", "date", match.end(), match.end() + 1, (Meaning("unit", "date"),))
        return
    pattern, forms = _counters(language)
    if match.lastgroup in ("number", "native") and (after := pattern.match(text, match.end())):
        meanings = forms.get(after[1].casefold(), ())
        if meanings and not (
            after[1].isascii()
            and text[after.end() : after.end() + 1].isalpha()
            and text[after.end()].isascii()
        ):
            yield Item(meanings[0].kind, meanings[0].value, *after.span(1), meanings)
