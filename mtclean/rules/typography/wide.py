"""Marks and spaces between the letters of Chinese and Japanese."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mtclean.languages.language import Trait
from mtclean.text import Fix, Passage, Span, deleting, replacing, rule

_LETTER = (
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_CLOSES, _OPENS = "”」』）》〉】", "“「『（《〈【"
_NARROW = re.compile(
    rf"[,.:;!?](?<=[{_LETTER}{_CLOSES}].) ?(?=[{_LETTER}{_OPENS}])|[,.;!?](?<=[{_LETTER}].)(?=[{_CLOSES}])"
)
_STOP_AT_END = re.compile(rf"\.(?<=[{_LETTER}]\.)(?=[ \t]*(?:[\r\n]|\Z))")
_WIDE = {",": "，", ".": "。", ":": "：", ";": "；", "!": "！", "?": "？"}
_HABITS = frozenset(":;!?")
"""Marks that some write narrow throughout: only where the text has more wide ones."""
_STYLE = 5
_HAS_WIDE_MARK = re.compile("[，、。]")
"""Without one, a text that has so many narrow commas and stops between its letters is written so, as those set with TeX are."""
_SPACE = re.compile(rf" (?<=[{_LETTER}] )(?=[{_LETTER}，。、；：！？])")
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30fe"
_AMOUNT = re.compile(rf"[{_LETTER}] \d")
"""Something, and how much of it: a list of them sets the others apart by the same blank."""
_DIVIDER = re.compile(rf" (?<=[{_KATAKANA}]{{2}} )(?=[{_KATAKANA}]{{2}})")
"""A space that may part the words of a foreign name: カーネギー ホール."""
_HALF_WIDE = re.compile(
    rf"（(?=(?P<inside>[^（）()\r\n]{{0,200}}))(?P=inside)(?P<closing>\)(?<=[{_LETTER}]\)) ?)(?=[{_LETTER}])"
    rf"|(?P<opening>(?<=[{_LETTER}]) ?\()(?=[{_LETTER}])(?=(?P<within>[^（）()\r\n]{{0,200}}))(?P=within)）"
)
"""Brackets of which one is wide and its partner, between two letters, narrow."""
_TWICE = re.compile(r"([，。、；：])\1(?<!\1{3})(?!\1)")


@rule(
    "narrow-mark",
    "fluency.punctuation.fullwidth",
    fixes=[
        ("他来了,然后走了.她说：好.", "他来了，然后走了。她说：好。"),
        ("天气很好, 我们去了公园. 后来下雨了。", "天气很好，我们去了公园。后来下雨了。"),
        (
            "他(当时三十岁）来了，她（他的妹妹) 走了。",
            "他（当时三十岁）来了，她（他的妹妹）走了。",
        ),
    ],
    leaves=[
        "版本3.5，大约1,000人，10:30开始。",
        "他用Word, Excel和PowerPoint。",
        "他来了，然后走了。",
        "请看 example.com 网站。",
        "他(当时三十岁)来了。",
        "他（当时(三十岁)）来了，基金（Lake fund)也来了。",
    ],
    traits=[Trait.WIDE],
    needs=",.:;!?()",
    examples_in="zh",
)
def narrow_mark(passage: Passage) -> Iterator[Fix]:
    """A mark between Chinese or Japanese letters is as narrow as in Latin type: ``来了,然后``.

    Engines and keyboards leave it behind, and lines break and space themselves wrongly at it.  A
    Japanese text has 、 for the comma, unless its own are ，.

    The same goes for a bracket whose partner is wide.

    Left alone: numbers, times and Latin names, since it looks only between two such letters; :
    ; ! ? unless the text itself has more wide ones; texts whose commas and stops are all narrow; and a space behind the end of bold, which
    that needs.
    """
    text = passage.text
    comma = _comma(passage)
    found = list(_NARROW.finditer(text))
    narrow = Counter(match.group()[0] for match in found)
    its_own = narrow[","] + narrow["."] >= _STYLE and not _HAS_WIDE_MARK.search(text)
    for match in () if its_own else found:
        mark = match.group()[0]
        wide = comma if mark == "," else _WIDE[mark]
        if mark in _HABITS and text.count(wide) < narrow[mark]:
            continue
        place = _without_blank(passage, Span(*match.span()))
        yield replacing(*place, wide, f"Between letters as wide the mark is “{wide}”.")
    if "。" in text:
        for match in _STOP_AT_END.finditer(text):
            yield replacing(*match.span(), "。", "The full stop of the text is “。”.")
    for match in _HALF_WIDE.finditer(text):
        side, bracket = ("closing", "）") if match["closing"] else ("opening", "（")
        place = _without_blank(passage, Span(*match.span(side)))
        yield replacing(*place, bracket, f"Its partner is wide, so it is “{bracket}”.")


def _without_blank(passage: Passage, place: Span) -> Span:
    """*place* of a mark and the blank beside it, or of the mark alone where a mark of Markdown parts them.

    ``**总量:** 项目`` is set in bold up to a blank or a letter, and ``**总量：**项目`` not at all (CommonMark, 6.2, on flanking).
    """
    if passage.seams.isdisjoint(range(place.start + 1, place.end)):
        return place
    start = place.start + (passage.text[place.start] == " ")
    return Span(start, start + 1)


def _comma(passage: Passage) -> str:
    if passage.language != "ja" or passage.text.count("，") > passage.text.count("、"):
        return "，"
    return "、"


@rule(
    "space-between-wide-letters",
    "fluency.punctuation.spacing",
    fixes=[("他来了，然后 走了 。", "他来了，然后走了。")],
    leaves=[
        "他用 Word 写了 3 封信。",
        "目录 第一章 第二章 第三章",
        "他来了，然后走了。",
        "卵 2個、塩 少々",
        "彼は、カーネギー ホールで歌った。ロイヤル オペラ ハウスにも出た。",
        "除此之外 我们再添加一个按钮\n我知道它 它是浏览器\n在大小、颜色上 都可以改",
    ],
    traits=[Trait.WIDE],
    needs=" ",
    examples_in="zh",
)
def space_between_wide_letters(passage: Passage) -> Iterator[Fix]:
    """A space stands between two Chinese or Japanese letters, or before a mark of theirs, which have none.

    Tokenisers leave it, and it reads like the gap of a list.

    Left alone: texts whose comma and stop such a space is, as it is in subtitles; lines that neither end a sentence with 。 nor have a comma of their own; lists of amounts (``卵 2個、塩 少々``); and spaces between two katakana
    where the text has hardly any others, since some houses part the words of foreign names so.  A space beside the marks
    of Markdown stays, too: without it ``**依存「グラフ」** を`` is no longer set in bold; so does the end of a line there.
    """
    text = passage.text
    if _parts_clauses(passage):
        return
    named = 2 * len(_DIVIDER.findall(text)) > len(_SPACE.findall(text))
    for line in passage.paragraphs:
        part = text[line.start : line.end]
        if " " not in part or not ("。" in part or "，" in part or "、" in part):
            continue
        if "。" not in part and _AMOUNT.search(part):
            continue
        for match in _SPACE.finditer(text, *line):
            if named and _DIVIDER.match(text, match.start()):
                continue
            if passage.seams.isdisjoint(match.span()):
                yield deleting(*match.span(), "A space stands where letters as wide have none.")


def _parts_clauses(passage: Passage) -> bool:
    """Whether a space stands between letters of the text oftener than commas and stops, and hardly ever before a mark, as tokenisers leave it."""
    text = passage.text
    apart = (
        space.end() for space in _SPACE.finditer(text) if passage.seams.isdisjoint(space.span())
    )
    following = Counter(text[at].isalpha() for at in apart)
    stops = sum(map(text.count, "，、。"))
    return following[True] > stops and 2 * following[False] <= stops


@rule(
    "doubled-wide-mark",
    "fluency.punctuation.mark",
    fixes=[("他来了，，然后走了。。", "他来了，然后走了。")],
    leaves=["他说。。。好吧。", "他来了……走了。", "真的！！好？？"],
    traits=[Trait.WIDE],
    needs="，。、；：",
    examples_in="zh",
)
def doubled_wide_mark(passage: Passage) -> Iterator[Fix]:
    """A mark of Chinese or Japanese type stands twice: ``，，``.

    One came with the sentence and one was added when the parts were joined.

    Left alone: three in a row, which are dots somebody typed, and doubled ！ and ？, which are meant.
    """
    for match in _TWICE.finditer(passage.text):
        yield deleting(match.start() + 1, match.end(), f"“{match[1]}” stands twice.")


RULES = (narrow_mark, doubled_wide_mark, space_between_wide_letters)
