"""Marks, digits and letters as wide as a Chinese character, in English text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.text import Edit, Finding, Fix, Passage, replacing, rule

_WIDE = re.compile("[！-～]+|[。、【】〔〕〈〉《》〖〗・]|\u3000+")
_ANY_WIDE = re.compile("[\u3000-\u3017\u30fb\uff01-\uff5e]")
_QUOTING = re.compile("[「」『』《》〈〉・]")
_QUOTED = re.compile("[「『《〈](?P<inside>[^「」『』《》〈〉\r\n]{1,300})[」』》〉]")
_PARTNERS = {"「": "」", "『": "』", "《": "》", "〈": "〉"}
_CJK = re.compile("[\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_ENDING = re.compile(r"(?:s|ed|ing)\b")
_NAME_BEFORE = re.compile(r"[A-Za-z0-9 ]{1,24}\Z")
_NARROW = {
    "。": ".",
    "、": ",",
    "【": "[",
    "】": "]",
    "〔": "[",
    "〕": "]",
    "〖": "[",
    "〗": "]",
}
_SPACED_AFTER = frozenset(",.;:!?)]")


@rule(
    "fullwidth-character",
    "fluency.punct.fullwidth",
    fixes=(
        ("Come in Tuesday，pick an issue。", "Come in Tuesday, pick an issue."),
        ("A student in （２０００） and １５:11 GMT.", "A student in (2000) and 15:11 GMT."),
    ),
    leaves=(
        "他来了，然后走了。",
        "She said “你好，世界！” and left.",
        "It is 5 km, 3 × 4 and 50 % – all narrow.",
    ),
)
def fullwidth_character(passage: Passage) -> Iterator[Fix | Finding]:
    """A full-width comma, bracket or digit of Chinese or Japanese type stands among English words.

    `，` and `２０００` are made to fill a square beside Chinese characters.  Among Latin letters they tear holes
    and are found by no search.  Put right, with the space English wants.  Left alone: next to Chinese,
    Japanese or Korean letters, where they belong.
    """
    text = passage.text
    if text.isascii() or not _ANY_WIDE.search(text):
        return
    for match in _WIDE.finditer(text):
        start, end = match.span()
        if _among_cjk(text, start, end) or _QUOTING.search(match.group()):
            continue
        narrow = "".join(_narrow(c) for c in match.group())
        if narrow[0] in "([" and text[max(0, start - 1) : start].isalnum():
            narrow = " " + narrow
        if (
            narrow[-1] in _SPACED_AFTER
            and text[end : end + 1].isalnum()
            and not _within_number(text, start, end)
        ):
            narrow += " "
        yield replacing(
            start,
            end,
            " " if match.group().isspace() else narrow,
            f"“{match.group()}” is as wide as a Chinese character and was left over by the engine; English writes"
            f" “{narrow.strip()}”.",
        )


@rule(
    "cjk-quotation-mark",
    "fluency.punct.fullwidth",
    fixes=[
        ("He calls it 「the plan」 and laughs.", "He calls it “the plan” and laughs."),
        ('He said "no" to 『the plan』.', 'He said "no" to "the plan".'),
        ("He drew 「plan」s of it.", "He drew “plan”s of it."),
        ("He called「the 『grand』 plan」mad.", "He called “the ‘grand’ plan” mad."),
    ],
    suggests=[("She read 《Emma》 aloud.", "She read “Emma” aloud.")],
    leaves=[
        "他说「你好」。",
        "The word 「計画」 means plan, and 《红楼梦》 is a novel.",
        "An open 「 bracket and no closing one.",
        "He said “yes”.",
    ],
)
def cjk_quotation_mark(passage: Passage) -> Iterator[Fix]:
    """English words stand in the quotation marks of Chinese or Japanese: ``「plan」``.

    The engine copied the marks of the source.  A pair with English words in it becomes a pair of English
    marks, straight where the text has straight ones.

    Marks around Chinese, Japanese or Korean words stay.  The marks of titles are a suggestion: English
    prints titles in italics, which plain text has not.
    """
    text = passage.text
    if not _QUOTING.search(text):
        return
    straight = '"' in text and "“" not in text
    for match in _QUOTED.finditer(text):
        start, end = match.span()
        inside = match["inside"]
        if _PARTNERS[text[start]] != text[end - 1]:
            continue
        if _CJK.search(inside) or not re.search("[A-Za-z]", inside):
            continue
        nested = text[start] == "『" and _is_inside(text, start)
        opening, closing = "‘’" if nested else "“”"
        if straight:
            opening = closing = "'" if nested else '"'
        before = " " if text[max(0, start - 1) : start].isalnum() else ""
        after = " " if text[end : end + 1].isalnum() and not _ENDING.match(text, end) else ""
        fix = Fix(
            (Edit(start, start + 1, before + opening), Edit(end - 1, end, closing + after)),
            "The marks are those of Chinese or Japanese; English has its own.",
        )
        yield fix.suggested() if text[start] in "《〈" else fix


def _is_inside(text: str, at: int) -> bool:
    """Whether an outer quotation is open at *at*, looking back a line at most."""
    return text.rfind("「", max(0, at - 200), at) > text.rfind("」", max(0, at - 200), at)


def _narrow(wide: str) -> str:
    return _NARROW.get(wide) or (chr(ord(wide) - 0xFEE0) if "！" <= wide <= "～" else " ")


def _among_cjk(text: str, start: int, end: int) -> bool:
    """Whether the nearest letters on either side are Chinese, Japanese or Korean."""
    around = text[max(0, start - 3) : start] + text[end : end + 3]
    return bool(_CJK.search(around)) or _ends_cjk(text, start)


def _ends_cjk(text: str, start: int) -> bool:
    """Whether the mark follows a Latin name that itself follows Chinese: “出席SONA。”."""
    name = _NAME_BEFORE.search(text, max(0, start - 24), start)
    return name is not None and bool(_CJK.match(text[max(0, name.start() - 1) : name.start()]))


def _within_number(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 1) : start].isdigit() and text[end : end + 1].isdigit()


RULES = (fullwidth_character, cjk_quotation_mark)
