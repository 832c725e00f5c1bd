"""What is wrong with each quotation mark of an English paragraph, and the fix that mends it.

The marks of a paragraph are read once, together (:mod:`mtclean.rules.typography.pairing`); what each fix mends is named, and
each rule of quotes takes the part that is its own.  Other languages have :mod:`mtclean.rules.typography.marks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from mtclean.languages.english import frequency
from mtclean.rules.typography import marks as marks_of_others
from mtclean.rules.typography.marks import Fault
from mtclean.rules.typography.pairing import (
    SPACES,
    STRAIGHT,
    Mark,
    Role,
    are_twins,
    may_have_lost_letters,
    reading,
)
from mtclean.text import Applicability, Edit, Fix, Passage, Quotes, Span, known

SURE = 0.5
"""Margin from which a reading is safe; below it the fix is a suggestion."""

FLOATING_SURE = 3.0
"""The same where only one mark of a pair has its space on the inner side, and no space was lost."""
# The letter before a string in code, r"…" or f'…', at the start of a word.
_STRING_PREFIX = re.compile(r"(?<![^\W_])(?:[rbfuRBFUL]|(?<=-)[A-Za-z])\Z")
_SMALL_WORD = re.compile(r"[a-z]+")
_SUFFIXES = frozenset({"s", "es", "ed", "d", "ing", "er", "ers", "ly", "ish", "ness"})  # the "ah"s
_WORD_AT = re.compile(r"[^\W_]+")
_THREE = re.compile(r"([\"'])\1\1")
_ENDS_SPEECH = re.compile(r"[^\W_]|[.!?,…;:)\]%“”\"‘’'—–-]")
_BETWEEN = re.compile(r"[.!?,…]([\"'])\1\1[^\W_]")
EAST_ASIAN = re.compile("[\u3001-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_PARAGRAPH_END = re.compile(r"[^\S\r\n]{0,9}(?:\Z|(?:\r\n|[\r\n])[^\S\r\n]{0,9}[\r\n])")
_SIGNS = tuple("#$%&*+<=>@\\^|~")
_NO_WORD = re.compile(r"[^\w\s“‘'\"…—–.-](?:\s|[\"'](?!\w))")
"""What a quotation of words does not begin with: a sign alone, as in ``"#"`` and ``:"( ,``."""

_DOUBLED = (
    ('""', re.compile(r'""(?<![\w"]"")(?=[^\s"])[^"\r\n]{1,200}(?<!\s)""(?![\w"])')),
    ("““", re.compile(r"““(?<!“““)(?=[^\s“])[^“”\r\n]{1,200}(?<!\s)””(?!”)")),
)
_TWO_SINGLE = re.compile(
    r"[‘’]{2}(?<![‘’\w][‘’]{2})(?=[^\s‘’])(?:[^‘’“”\r\n]|’(?<=[^\W_]’)(?=[^\W_])){1,200}(?<!\s)’’(?![’\w])"
)
_PLAIN = r"(?:[^‘’“”\r\n]|’(?<=[^\W_]’)(?=[^\W_])){1,300}(?<!\s)"
# A quotation of which a double mark is typed with single ones, and how many of them open and close it.
_TYPED = (
    (_TWO_SINGLE, 2, 2),
    (re.compile(rf"“(?<![\w“].){_PLAIN}’’(?![’\w])"), 0, 2),
    (re.compile(rf"“(?<![\w“].){_PLAIN}‘{_PLAIN}’’(?![’\w])"), 0, 1),
    (re.compile(rf"‘‘(?<![‘’\w]‘‘)(?=[^\s‘’]){_PLAIN}”"), 2, 0),
)
_SINGLE_OPEN = re.compile(r"‘[^’\r\n]{0,300}\Z")
_NUMBERED_NOTE = re.compile(r"\(\d{1,3}\)")
"""A note's mark in round brackets, which nothing else in them is that touches a mark."""
_NOTE = re.compile(r"\[(?:\d{1,3}|[a-z]| ?\^ ?[\w-]{1,30} ?)\]")
"""The mark of a note, which touches what it is about; one of Markdown may be torn."""


@known
def faults_of(passage: Passage) -> tuple[tuple[Fault, Fix], ...]:
    """Every fix of the passage's marks with what it mends; shared by the rules of quotes."""
    if passage.language != "en":
        return marks_of_others.faults(passage)
    curly = {glyph: is_curly(passage, glyph) for glyph in STRAIGHT}
    double = [Span(*match.span()) for match in doubled_quotations(passage.text)]
    double += [span for span, _ in typed_quotations(passage)]
    doubled = {at for span in double for at in range(*span)}
    found: list[tuple[Fault, Fix]] = []
    for marks in reading(passage):
        nested, plain = _are_two_quotations(marks), _are_plain(marks)
        for i, mark in enumerate(marks):
            group = [i] if mark.partner < 0 else [i, mark.partner]
            if group[-1] >= i and not any(marks[k].at in doubled for k in group):
                mended = _mend(passage.text, marks, group, curly, plain)
                found += (pair for pair in mended if not (nested and pair[0] is Fault.DOUBLED))
    return tuple(found)


_HABIT = 40
"""Straight single marks in a text without a curly one that are its author's choice."""


def is_curly(passage: Passage, glyph: str = '"') -> bool:
    """Whether straight marks are to be made curly: by option, else by the text's majority.

    In English one kind of curly mark speaks for all, but for single ones that are straight throughout a long text, as in
    old electronic books: that is a habit.  Elsewhere, where straight marks are printed, too, *glyph*, one of
    them, is made curly only where those of its own kind are the exception: at most half as many.
    """
    if passage.style.quotes is not Quotes.AUTO:
        return passage.style.quotes is Quotes.CURLY
    if passage.language == "en":
        count = passage.text.count
        if glyph == "'" and count(glyph) >= _HABIT and not count("‘") + count("’"):
            return False
        return sum(map(count, "“”‘’")) > sum(map(count, STRAIGHT))
    curly = ("“", "”") if glyph == '"' else ("‘", "’")
    return sum(map(passage.text.count, curly)) >= max(1, 2 * passage.text.count(glyph))


def doubled_quotations(text: str) -> Iterator[re.Match[str]]:
    """Quotations with doubled marks at both ends, as tables of values write them: ``""so""``."""
    for marks, pattern in _DOUBLED:
        if marks in text:
            yield from pattern.finditer(text)


def typed_quotations(passage: Passage) -> Iterator[tuple[Span, tuple[Edit, ...]]]:
    """English quotations of which a double mark was typed with single ones, and what mends it.

    ``‘‘so’’``, ``“so’’``, ``“so ‘so’’``.
    """
    text = passage.text
    if passage.language != "en" or not ("’’" in text or "‘‘" in text):
        return
    for pattern, opening, closing in _TYPED:
        for match in pattern.finditer(text):
            start, end = match.span()
            edits = [Edit(start, start + opening, "“")] if opening else []
            edits += [Edit(end - closing, end, "”")] if closing else []
            if not _SINGLE_OPEN.search(text, max(0, start - 300), start):
                yield Span(start, end), tuple(edits)


def _are_two_quotations(marks: Sequence[Mark]) -> bool:
    """Whether the marks of a paragraph are four straight ones: two that open, and ``""`` that closes both."""
    return [mark.glyph for mark in marks] == ['"'] * 4 and marks[3].at - marks[2].at == 1


def _mend(
    text: str,
    marks: Sequence[Mark],
    group: Sequence[int],
    curly: Mapping[str, bool],
    plain: bool,
) -> Iterator[tuple[Fault, Fix]]:
    """The fix for a pair, or for a mark without a partner, if it needs one."""
    if any(turns_away(text, marks[i]) for i in group):
        return
    edits: list[Edit] = []
    faults: list[Fault] = []
    for i in group:
        edit, fault = _edit(text, marks, i, curly)
        if edit and fault:
            edits.append(edit)
            faults.append(fault)
    if not edits:
        return
    sure = _is_sure(text, marks, group, plain)
    fault = min(faults, key=list(Fault).index)
    if fault in (Fault.SPACING, Fault.FLOATING) and len(group) == 1 and not sure:
        return  # which side its space belongs to only its lost partner could tell
    what = "A pair of quotation marks" if len(group) == 2 else "A quotation mark"
    yield (
        fault,
        Fix(
            tuple(edits),
            f"{what} {fault.value}.",
            Applicability.SAFE if sure else Applicability.SUGGESTED,
        ),
    )


def _is_sure(text: str, marks: Sequence[Mark], group: Sequence[int], plain: bool) -> bool:
    """Whether the evidence for a change to the *group*, a pair or a single mark, makes it safe.

    A space that was lost, or a glyph that faces the wrong way, is a fault whatever the reading.  A
    space on the inner side of one mark is one by our reading alone: nothing was lost there, and the
    space itself speaks for another reading.  A curly glyph can outweigh it, and so can the marks of a
    paragraph that is *plain*; a straight one only where marks nearby show that their spaces were lost.
    """
    if marks[group[0]].role is Role.STRAY:
        return _is_one_too_many(text, marks, group[0])
    floating = [i for i in group if _is_floating(text, marks[i])]
    needed = SURE
    if floating and marks[group[0]].glyph == "'":
        return False  # "the boys ' hats": in tokenised text, two apostrophes look like a pair
    if floating and plain and all(_is_as_printed(marks[i]) for i in group):
        needed = -1.0
    elif len(floating) == 1:
        if _is_doubtful(marks[floating[0]]):
            return False
        if marks[floating[0]].trusted_spaces and not _is_last(text, marks[floating[0]]):
            needed = FLOATING_SURE
    return all(marks[i].margin >= needed for i in group) and not any(
        _leans_on_doubt(text, marks, i) or _opens_oddly(text, marks, i) for i in group
    )


def _is_one_too_many(text: str, marks: Sequence[Mark], i: int) -> bool:
    """Whether the marks of the paragraph are pairs without mark *i* and its like, twins of the ones beside them.

    Where another has no partner, both may be right, one quotation inside another: ``“She said “no.””``.  One before a
    word may open, so that it takes more evidence.
    """
    behind = text[marks[i].at + 1 : marks[i].at + 2]
    balanced = all(mark.partner >= 0 or _is_no_mark(text, mark) for mark in marks)
    return balanced and marks[i].margin >= (SURE if behind.isalnum() else 0)


def _is_no_mark(text: str, mark: Mark) -> bool:
    """Whether *mark* opens and closes nothing: an apostrophe, or a twin."""
    return mark.role is Role.APOSTROPHE or (mark.role is Role.STRAY and _is_twin(text, mark))


def turns_away(text: str, mark: Mark) -> bool:
    """Whether a ‘ or ' before a word was read as an apostrophe though the word has lost no letter: ``‘This is mine.”``.

    Then its partner is what went wrong.
    """
    if (
        mark.role is not Role.APOSTROPHE
        or mark.glyph not in "‘'"
        or text[max(0, mark.at - 1) : mark.at].isalnum()
    ):
        return False
    word = _WORD_AT.match(text, mark.at + 1)
    return word is not None and not may_have_lost_letters(word.group())


def _are_plain(marks: Sequence[Mark]) -> bool:
    """Whether the double marks of the paragraph are “, ”, “, ” and so on: then no second reading is in question."""
    double = [mark.glyph for mark in marks if mark.double]
    return double == ["“", "”"] * (len(double) // 2)


def _is_as_printed(mark: Mark) -> bool:
    """Whether a double mark is read as it faces."""
    return mark.double and (mark.role is Role.OPEN) == (mark.glyph == "“")


def _opens_oddly(text: str, marks: Sequence[Mark], i: int) -> bool:
    """Whether mark *i* opens before a comma or the like, in a row of signs, or beside another of its kind that opens."""
    if marks[i].role is not Role.OPEN:
        return False
    at = marks[i].at
    if text[at - 1 : at] in _SIGNS or (
        text[at + 1 : at + 2] in _SIGNS and text[at + 2 : at + 3] in _SIGNS
    ):
        return True  # a row of signs: !"#$%&'()
    return text[at + 1 : at + 2] in tuple(",.;:!?)]}") or any(
        0 <= j < len(marks)
        and abs(marks[j].at - at) == 1
        and marks[j].glyph == marks[i].glyph
        and marks[j].role is Role.OPEN
        for j in (i - 1, i + 1)
    )


def _is_last(text: str, mark: Mark) -> bool:
    """Whether the mark ends its paragraph, where none can open."""
    return mark.role is Role.CLOSE and bool(_PARAGRAPH_END.match(text, mark.at + 1))


def _is_doubtful(mark: Mark) -> bool:
    """Whether nothing but the pairing says which way a mark that floats alone in its pair faces."""
    return mark.glyph in STRAIGHT and not mark.torn_within


def _leans_on_doubt(text: str, marks: Sequence[Mark], i: int) -> bool:
    """Whether mark *i* touches a straight mark that floats alone in its pair: ``that! ""It``.

    What that one is decides where a space between the two belongs.
    """
    return any(
        0 <= j < len(marks)
        and abs(marks[j].at - marks[i].at) == 1
        and _is_doubtful(marks[j])
        and marks[j].partner not in (-1, i)
        and _is_floating(text, marks[j])
        and not _is_floating(text, marks[marks[j].partner])
        for j in (i - 1, i + 1)
    )


def _is_floating(text: str, mark: Mark) -> bool:
    """Whether a space stands on the inner side of the mark.

    One such mark may be a mark of the other kind that is rightly spaced; only where both marks of a
    pair float is the case plain.
    """
    if mark.role is Role.OPEN:
        return text[mark.at + 1 : mark.at + 2] in tuple(SPACES)
    return mark.role is Role.CLOSE and mark.at > 0 and text[mark.at - 1] in SPACES


def _edit(
    text: str, marks: Sequence[Mark], i: int, curly: Mapping[str, bool]
) -> tuple[Edit | None, Fault | None]:
    """What mark *i* needs: another glyph, other spaces around it, or nothing."""
    mark = marks[i]
    glyph = _glyph(mark, curly.get(mark.glyph, True))
    start, end = mark.at, mark.at + 1
    before = after = ""
    if mark.role is Role.STRAY:
        room = " " if _is_spaced(text[end : end + 1]) else ""
        return (Edit(start, end, room), Fault.DOUBLED) if _is_twin(text, mark) else (None, None)
    if mark.role is Role.OPEN:
        prefixed = text[max(0, mark.at - 1) : mark.at].isalpha()
        if prefixed and _STRING_PREFIX.search(text, max(0, mark.at - 4), mark.at):
            return None, None
        if mark.glyph in STRAIGHT and _NO_WORD.match(text, mark.at + 1):
            return None, None
        start, end, before = _room_before(text, marks, i)
    elif mark.role is Role.CLOSE:
        start, end, after = _room_after(text, marks, i)
    replacement = before + glyph + after
    if text[start:end] == replacement:
        return None, None
    if glyph == mark.glyph:
        fault = Fault.FLOATING if _is_floating(text, mark) else Fault.SPACING
    else:
        fault = Fault.STRAIGHT if mark.glyph in STRAIGHT else Fault.DIRECTION
    return Edit(start, end, replacement), fault


def _is_twin(text: str, mark: Mark) -> bool:
    """Whether a closing mark of the same kind stands before the mark.

    Three straight ones in a row are code, unless they stand between two sentences.
    """
    at, glyph = mark.at, mark.glyph
    if at < 2 or not are_twins(text[at - 1], glyph) or not _ENDS_SPEECH.match(text, at - 2):
        return False
    three = _THREE.match(text, at - 2) or _THREE.match(text, at - 1)
    return three is None or glyph not in STRAIGHT or bool(_BETWEEN.match(text, three.start() - 1))


def _glyph(mark: Mark, curly: bool) -> str:
    """The glyph the mark's role asks for; straight ones stay unless the text is curly."""
    if mark.role in (Role.PRIME, Role.STRAY) or (mark.glyph in STRAIGHT and not curly):
        return mark.glyph
    if mark.role is Role.OPEN:
        return "“" if mark.double else "‘"
    return "”" if mark.double else "’"


def _room_before(text: str, marks: Sequence[Mark], i: int) -> tuple[int, int, str]:
    """The range and the space in front of an opening mark: one where a word or sentence ended."""
    at = end = marks[i].at
    end += 1
    while end < len(text) and text[end] in SPACES:
        end += 1
    if end == len(text) or text[end] in "\r\n":
        end = at + 1
    left = text[at - 1] if at else "\n"
    follows_mark = i > 0 and marks[i - 1].at == at - 1
    if follows_mark:
        return at, end, " " if marks[i - 1].role is Role.CLOSE else ""
    if text[max(0, at - 2) : at] in ('":', "':"):
        return at, end, ""  # {"name":"value"}
    titles = left == "." and text[at - 2 : at - 1] in ("", "\n")  # ."A title" of AsciiDoc
    glued = (_is_spaced(left) or left in ".,;:!?…)]}%") and not titles
    return at, end, " " if glued else ""


def _room_after(text: str, marks: Sequence[Mark], i: int) -> tuple[int, int, str]:
    """The range and the space after a closing mark: one before a word, none before punctuation."""
    at, end = marks[i].at, marks[i].at + 1
    start = at
    while start and text[start - 1] in SPACES:
        start -= 1
    if start == 0 or text[start - 1] in "\r\n:" or (i and marks[i - 1].at == start - 1):
        start = at
    right = text[end] if end < len(text) else "\n"
    word = _SMALL_WORD.match(text, end + (right in "(["))
    suffix = word is not None and (
        word.group() in _SUFFIXES
        or not frequency(word.group())
        or _quotes_its_beginning(text, marks, i, word.group())
    )
    glued = (_is_spaced(right) or right in "([") and not suffix and not _begins_note(text, end)
    return start, end, " " if glued else ""


def _quotes_its_beginning(text: str, marks: Sequence[Mark], i: int, rest: str) -> bool:
    """Whether the quotation that mark *i* closes is the beginning of a word that goes on with *rest*: the ``"r"ats``, a ``"super"sword``."""
    begun = text[marks[marks[i].partner].at + 1 : marks[i].at] if marks[i].partner >= 0 else ""
    if not begun.isalpha() or text[marks[i].at + 1 : marks[i].at + 2] in "([":
        return False
    return len(begun) == 1 or frequency((begun + rest).lower()) > 0


def _begins_note(text: str, at: int) -> bool:
    """Whether the mark of a note that touches what it is about begins at *at*; that of Markdown always does."""
    note = _NOTE.match(text, at)
    if note is None:
        return _NUMBERED_NOTE.match(text, at) is not None
    return "^" in note.group() or _glues_notes(text)


@lru_cache(maxsize=4)
def _glues_notes(text: str) -> bool:
    """Whether more than one note's mark touches what is before it: a habit, and no space that was lost."""
    return sum(not text[m.start() - 1].isspace() for m in _NOTE.finditer(text) if m.start()) > 1


def _is_spaced(letter: str) -> bool:
    """Whether *letter* is of a script that parts words by spaces, or a digit on the line."""
    return (letter.isalpha() or letter.isdecimal()) and not EAST_ASIAN.match(letter)
