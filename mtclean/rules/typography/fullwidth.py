"""Marks, digits and letters as wide as a Chinese character, in English text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from mtclean.languages.language import Pair, Trait, primary
from mtclean.languages.letters import HANGUL, WIDE
from mtclean.rules.typography.marks import inside_of, own_pair
from mtclean.rules.typography.mending import is_curly
from mtclean.text import Edit, Finding, Fix, Passage, Span, known, replacing, rule

_WIDE = re.compile("[！-～]+|[。、【】〔〕〈〉《》〖〗・]|\u3000+")
_QUOTING = re.compile("[「」『』《》〈〉・]")
_QUOTED = re.compile("[「『《〈](?P<inside>[^「」『』《》〈〉\r\n]{1,300})[」』》〉]")
_DOUBLE = re.compile('[“”"]')
_JAPANESE = re.compile(r"[・〜](?<=[A-Za-z0-9.].)(?=[A-Za-z0-9])")
_STRAIGHT, _CURLY = (Pair("'", "'"), Pair('"', '"')), (Pair("‘", "’"), Pair("“", "”"))
_LETTER = re.compile(r"[^\W\d_]")
_PARTNERS = {"「": "」", "『": "』", "《": "》", "〈": "〉"}
_CJK = re.compile(
    "[\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3]"
)
_WORD = re.compile(r"[^\W\d_\u3005-\u9fff\uac00-\ud7a3\uf900-\ufaff]+")
_LIST_NUMBER = re.compile(r"(?:^|[\r\n])[ \t]*(?:[-*+•·] ?)?\d{1,3}\Z")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
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
_WIDE_STOPS, _WIDE_BRACKETS = "，。！？：；", "（）"
_NARROW_FOR_WIDE = 2
"""Narrow marks of a Korean text for each wide one, at least, where the wide ones are no manner of it."""
_KOREAN_STOP = re.compile(f"(?<=[A-Za-z0-9{HANGUL}.)%\"'”’])[{_WIDE_STOPS}]+(?![{WIDE}])")
_KOREAN_BRACKETS = re.compile(
    f"[(（](?:(?<=[A-Za-z0-9{HANGUL}].)|(?=[A-Za-z0-9{HANGUL}]))[^()（）\r\n]{{1,300}}[)）]"
)
_KOREAN_REASON = "The mark is as wide as a Chinese character; this text sets them narrow."
_ENDING_OF_NAME = re.compile(r"[^\W\d_A-Z]{1,5}(?![^\W_])")
_INFLECTING_BY_COLON = frozenset(("fi", "sv"))
"""Languages that write the endings of abbreviations behind a colon (Svenska skrivregler; Kielitoimiston ohjepankki)."""
_SPACED_AFTER = frozenset(",.;:!?)]،؛؟।")
_BEGINS_CODE = frozenset("`")
_NOTE = re.compile(r"【\d{1,4}(?::\d{1,4})?】")
"""The number of a source, as chatbots and catalogues of Chinese books write it."""


@rule(
    "fullwidth-character",
    "fluency.punctuation.fullwidth",
    fixes=(
        ("Come in Tuesday，pick an issue。", "Come in Tuesday, pick an issue."),
        ("A student in （２０００） and １５:11 GMT.", "A student in (2000) and 15:11 GMT."),
        ("84、360 degrees of it\n85、The rest", "84. 360 degrees of it\n85. The rest"),
        ("Take 3、4 or 360、of 1，000 and 5，6.", "Take 3, 4 or 360, of 1,000 and 5, 6."),
        ("Set `rain`、`wind` and `sun`；then go.", "Set `rain`, `wind` and `sun`; then go."),
        ("Press【OK】and read 《Emma》。", "Press [OK] and read 《Emma》."),
    ),
    leaves=(
        "他来了，然后走了。",
        "他爱看ABC、NBC、CNN的节目，10:00～13:00在家。",
        "放送局はABC、NBC、CNNである（雨の日も）。",
        "She said “你好，世界！” and left.",
        "It may be one of: - : ： · • and so on.",
        "It is 5 km, 3 × 4 and 50 % – all narrow.",
        "他写了 manifest test：public view and log。\n\nSplit、merge、lock、review and export。\n\n然后补齐 worker chain。",
    ),
    suggests=(("It rained【1】, and again【2:5】.", "It rained[1], and again[2:5]."),),
    needs=(*"\u3000。、【】〔〕〈〉《》〖〗・", *map(chr, range(0xFF01, 0xFF5F))),
)
def fullwidth_character(passage: Passage) -> Iterator[Fix | Finding]:
    """A full-width comma, bracket or digit of Chinese or Japanese type stands among English words.

    `，` and `２０００` are made to fill a square beside Chinese characters.  Among Latin letters they
    tear holes and are found by no search.  Put right, with the space English wants; ``、`` after the
    number of a list is its full stop, and never a comma inside a number.  The brackets of a note,
    ``【1】``, are a suggestion: a program may look for them.

    Korean sets marks as narrow as English does, with a space behind; where a Korean text mostly does so,
    its wide ones are put right, too.

    Left alone: next to Chinese, Japanese or Korean letters, where they belong, and in their lines.

    Source: Unicode, code chart Halfwidth and Fullwidth Forms, U+FF00 to U+FFEF.
    """
    text = passage.text
    if primary(passage.language) == "ko":
        yield from _wide_in_korean(text)
        return
    east_asian = east_asian_lines(passage)
    signs = {
        latin: own
        for latin, own in passage.typography.signs.items()
        if text.count(own) >= text.count(latin)
    }
    notes = {at: note for note in _NOTE.finditer(text) for at in (note.start(), note.end() - 1)}
    for match in _WIDE.finditer(text):
        start, end = match.span()
        if start in notes:
            if start == notes[start].start() and not lies_in(east_asian, start):
                yield _note(notes[start])
            continue
        if (
            _among_cjk(text, start, end)
            or _stands_alone(text, start, end)
            or _QUOTING.search(match.group())
            or lies_in(east_asian, start)
        ):
            continue
        narrow = "".join(signs.get(sign := _narrow(c), sign) for c in match.group())
        if match.group() == "、" and _LIST_NUMBER.search(text, max(0, start - 12), start):
            narrow = "."
        if narrow[0] in "([" and text[max(0, start - 1) : start].isalnum():
            narrow = " " + narrow
        if (
            narrow[-1] in _SPACED_AFTER
            and (text[end : end + 1].isalnum() or text[end : end + 1] in _BEGINS_CODE)
            and not _within_number(text, start, end)
            and not _ends_name(passage, start, end)
        ):
            narrow += " "
        yield replacing(
            start,
            end,
            " " if match.group().isspace() else narrow,
            f"“{match.group()}” is as wide as a Chinese character and was left over by the engine; English writes"
            f" “{narrow.strip()}”.",
        )


def _wide_in_korean(text: str) -> Iterator[Fix]:
    """Wide marks of a text whose marks of that sort are mostly narrow, beside Hangul or what is no letter of East Asia."""
    if _is_mostly_narrow(text, _WIDE_STOPS):
        for match in _KOREAN_STOP.finditer(text):
            following = text[match.end() : match.end() + 1]
            space = " " if following.isalnum() and not following.isdigit() else ""
            narrow = "".join(map(_narrow, match.group()))
            yield replacing(*match.span(), narrow + space, _KOREAN_REASON)
    narrow_brackets = _is_mostly_narrow(text, _WIDE_BRACKETS)
    for match in _KOREAN_BRACKETS.finditer(text):
        wide = [at for at in (match.start(), match.end() - 1) if text[at] in _WIDE_BRACKETS]
        if len(wide) == 1 or (wide and narrow_brackets):  # a pair of two widths is no manner
            edits = tuple(Edit(at, at + 1, _narrow(text[at])) for at in wide)
            yield Fix(edits, _KOREAN_REASON)


def _is_mostly_narrow(text: str, wide: str) -> bool:
    """Whether *text* has :data:`_NARROW_FOR_WIDE` narrow marks of a sort for each of the *wide* ones, and some of those."""
    counted = sum(map(text.count, wide))
    return 0 < counted * _NARROW_FOR_WIDE <= sum(text.count(_narrow(mark)) for mark in wide)


@rule(
    "cjk-quotation-mark",
    "fluency.punctuation.fullwidth",
    fixes=[
        ("He calls it 「the plan」 and it’s mad.", "He calls it “the plan” and it’s mad."),
        ('He said "no" to 『the plan』.', 'He said "no" to "the plan".'),
        ("He drew 「plan」s of it.", 'He drew "plan"s of it.'),
        (
            "He called「the 『grand』 plan」mad, and it’s old.",
            "He called “the ‘grand’ plan” mad, and it’s old.",
        ),
        ('『See "Ana" now』 is a note.', '"See "Ana" now" is a note.'),
        ("It’s 「See “Ana”」.", "It’s “See ‘Ana’”."),
    ],
    suggests=[("She read 《Emma》 aloud.", 'She read "Emma" aloud.')],
    leaves=[
        '『See "Ana』 has half a pair in it.',
        "「Open」を押し、「u」と読む。",
        "他说「你好」。",
        "The word 「計画」 means plan, and 《红楼梦》 is a novel.",
        "An open 「 bracket and no closing one.",
        "He said “yes”.",
    ],
    needs="「『《〈",
)
def cjk_quotation_mark(passage: Passage) -> Iterator[Fix]:
    """Words of another language stand in the quotation marks of Chinese or Japanese: ``「plan」``.

    The engine copied the marks of the source.  A pair with such words in it becomes a pair of the text's own, in English curly
    where the text has curly ones, and double curly marks inside of it become single ones.

    Left alone: marks around Chinese, Japanese or Korean words.  The marks of titles are a
    suggestion: English prints titles in italics, which plain text has not.
    """
    text = passage.text
    single, double = _own_marks(passage)
    straight = double == _STRAIGHT[1]
    east_asian = east_asian_lines(passage)
    for match in _QUOTED.finditer(text):
        start, end = match.span()
        inside = match["inside"]
        if _PARTNERS[text[start]] != text[end - 1] or lies_in(east_asian, start):
            continue
        if _CJK.search(inside) or not _LETTER.search(inside):
            continue
        inner = [match.start("inside") + m.start() for m in _DOUBLE.finditer(inside)]
        if len(inner) % 2:
            continue  # of the marks inside one has lost its partner
        if straight:
            inner = []  # whoever types straight marks has one kind for all
        nested = text[start] == "『" and _is_inside(text, start)
        opening, closing = single if nested else double
        before = " " if text[max(0, start - 1) : start].isalnum() else ""
        after = " " if text[end : end + 1].isalnum() and not _ENDING.match(text, end) else ""
        fix = Fix(
            (
                Edit(start, start + 1, before + opening),
                *(Edit(at, at + 1, single[i % 2]) for i, at in enumerate(inner)),
                Edit(end - 1, end, closing + after),
            ),
            "The marks are those of Chinese or Japanese; the language of the text has its own.",
        )
        yield fix.suggested() if text[start] in "《〈" else fix


def _own_marks(passage: Passage) -> tuple[Pair, Pair]:
    """The marks of a quotation in another and of one in none: of other languages than English those that the text has, or else its language."""
    if primary(passage.language) == "en" or not passage.has(Trait.KNOWN):
        return _CURLY if is_curly(passage) else _STRAIGHT
    outer, inner = passage.typography.quotes
    own = own_pair(passage)
    if own == _STRAIGHT[1]:
        return _STRAIGHT
    inside = inside_of(passage, own) if own else passage.typography.inside
    opening, closing = own or outer
    return inner, Pair(opening + inside, inside + closing)


def _note(note: re.Match[str]) -> Fix:
    """Narrow brackets for the number of a source."""
    opening, closing = note.start(), note.end() - 1
    edits = (Edit(opening, opening + 1, "["), Edit(closing, closing + 1, "]"))
    return Fix(edits, "The brackets of the note are those of Chinese or Japanese.").suggested()


def _is_inside(text: str, at: int) -> bool:
    """Whether an outer quotation is open at *at*, looking back a line at most."""
    return text.rfind("「", max(0, at - 200), at) > text.rfind("」", max(0, at - 200), at)


@rule(
    "japanese-mark",
    "fluency.punctuation.fullwidth",
    suggests=(
        ("He met Ana・Lima there.", "He met Ana Lima there."),
        ("One・on・one, it ran from 2010〜2015.", "One-on-one, it ran from 2010–2015."),
    ),
    leaves=("東京・大阪、10〜13時。", "アナ・リマとABC・NBC〜。", "A · B ~ C."),
    needs="・〜",
)
def japanese_mark(passage: Passage) -> Iterator[Fix]:
    """A middle dot or wave dash of Japanese stands between Latin words or numbers: ``Ana・Lima``, ``2010〜2015``.

    Japanese parts foreign names by a dot and sets a wave for *from … to*; an engine copied them.
    English has a space, or a hyphen in a compound, and an en dash.

    Left alone: lines in Japanese, Chinese or Korean.
    """
    east_asian = east_asian_lines(passage)
    for match in _JAPANESE.finditer(passage.text):
        if lies_in(east_asian, match.start()):
            continue
        after = passage.text[match.end()]
        dot = " " if after.isupper() or after.isdigit() else "-"
        ours = dot if match.group() == "・" else "–"
        reason = f"“{match.group()}” is a mark of Japanese."
        yield replacing(*match.span(), ours, reason).suggested()


def _narrow(wide: str) -> str:
    return _NARROW.get(wide) or (chr(ord(wide) - 0xFEE0) if "！" <= wide <= "～" else " ")


def _among_cjk(text: str, start: int, end: int) -> bool:
    """Whether the nearest letters on either side are Chinese, Japanese or Korean."""
    around = text[max(0, start - 3) : start] + text[end : end + 3]
    return bool(_CJK.search(around)) or _ends_cjk(text, start)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether blanks, or nothing, stand on both sides of marks: a list of marks speaks of them."""
    around = text[max(0, start - 1) : start], text[end : end + 1]
    signs = not any(sign.isalnum() or sign.isspace() for sign in text[start:end])
    return signs and not any(side.strip() for side in around)


def _ends_cjk(text: str, start: int) -> bool:
    """Whether the mark follows a Latin name that itself follows Chinese: “出席SONA。”."""
    name = _NAME_BEFORE.search(text, max(0, start - 24), start)
    return name is not None and bool(_CJK.match(text[max(0, name.start() - 1) : name.start()]))


def _within_number(text: str, start: int, end: int) -> bool:
    """Whether the mark is one of a number's own: ``10：30``, and ``1，000`` but no item of ``5，6`` or ``3、4``."""
    if not (text[max(0, start - 1) : start].isdigit() and text[end : end + 1].isdigit()):
        return False
    mark = text[start:end]
    return mark != "、" and (mark != "，" or bool(_THOUSANDS.match(text, end)))


def _ends_name(passage: Passage, start: int, end: int) -> bool:
    """Whether the mark is the colon between a name of capitals and its ending, as Swedish and Finnish have it: *USA:s*, *EU:ssa*."""
    ending = _ENDING_OF_NAME.match(passage.text, end)
    return (
        ending is not None
        and passage.text[start:end] == "："
        and passage.language in _INFLECTING_BY_COLON
        and passage.text[max(0, start - 2) : start].isupper()
        and ending.group() not in passage.lexicon.function_words
    )


@known
def east_asian_lines(passage: Passage) -> tuple[Span, ...]:
    """The lines that are Chinese, Japanese or Korean, with as many of their letters as other words.

    There wide marks stand between foreign names, too: ABC、NBC、CNN.  An address in it is no word of it.  Where the
    whole text has half as many of their letters as other words, as notes on a program do that are full of English terms,
    it is theirs, and so are all its lines.
    """
    whole = Span(0, len(passage.text))
    if primary(passage.language) in ("zh", "ja", "ko") or _is_east_asian(passage, whole, 0.5):
        return passage.paragraphs
    return tuple(line for line in passage.paragraphs if _is_east_asian(passage, line, 1))


def _is_east_asian(passage: Passage, part: Span, share: float) -> bool:
    """Whether *part* has *share* letters of theirs at least for every other word."""
    letters = len(_CJK.findall(passage.text, *part))
    if not letters:
        return False
    most = int(letters / share)
    words = (word.span() for word in _WORD.finditer(passage.text, *part))
    others = (word for word in words if not passage.is_protected(*word))
    return next(islice(others, most, None), None) is None  # one too many is enough to know


def lies_in(lines: Sequence[Span], at: int) -> bool:
    """Whether *at* is in one of *lines*, which are in order."""
    before = bisect_right(lines, at, key=lambda line: line.start)
    return before > 0 and at < lines[before - 1].end


RULES = (fullwidth_character, cjk_quotation_mark, japanese_mark)
