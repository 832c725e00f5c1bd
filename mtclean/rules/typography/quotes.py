"""Quotation marks and apostrophes: facing the right way, in pairs, with their spaces.

All rules here read a paragraph's marks once, together (:mod:`mtclean.rules.typography.pairing`), and each
takes the part that is its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest

from mtclean.languages.english import frequency
from mtclean.languages.language import Trait
from mtclean.rules.typography import marks as marks_of_others
from mtclean.rules.typography.marks import DOUBLE, Fault
from mtclean.rules.typography.pairing import (
    MARKS,
    OPENING_GLYPHS,
    SPACES,
    STRAIGHT,
    Mark,
    Role,
    are_twins,
    may_have_lost_letters,
    reading,
)
from mtclean.text import Applicability, Edit, Finding, Fix, Passage, Quotes, Severity, Span, rule

ANY_MARK = frozenset(MARKS) | frozenset(DOUBLE)
"""Every quotation mark and apostrophe of which a rule here may speak."""

SURE = 0.5
"""Margin from which a reading is safe; below it the fix is a suggestion."""

FLOATING_SURE = 3.0
"""The same where only one mark of a pair has its space on the inner side, and no space was lost."""

_WRONG_IN_WORD = re.compile(r"[‘`´](?<=[^\W\d_].)(?=[^\W\d_])")
_SAID_SO = re.compile(r".[‘`´][^\W_]{1,8}[@·/]")
"""A stress mark in a key to how a word is said: */kru´l@f/*."""
_STRAIGHT_IN_WORD = re.compile(r"'(?<=[^\W_]')(?=[^\W\d_])(?![\u0590-\u05ff])")  # no geresh
# The letter before a string in code, r"…" or f'…', at the start of a word.
_STRING_PREFIX = re.compile(r"(?<![^\W_])(?:[rbfuRBFUL]|(?<=-)[A-Za-z])\Z")
_SMALL_WORD = re.compile(r"[a-z]+")
_SUFFIXES = frozenset({"s", "es", "ed", "d", "ing", "er", "ers", "ly", "ish", "ness"})  # the "ah"s
_CONTRACTED = frozenset(
    {"s", "d", "m", "t", "n", "ll", "re", "ve", "em", "er", "am", "all", "clock"}
)
_ELIDED = frozenset({"o", "d", "l"})  # O’Neill, d’Artagnan
_IN_WORD = re.compile(r"[‘’'`´](?<=[^\W\d_].)(?=[^\W\d_])")
_WORD_BEFORE, _WORD_AFTER = re.compile(r"[^\W\d_]+\Z"), re.compile(r"[^\W\d_]+")
_WORD_AT = re.compile(r"[^\W_]+")
_THREE = re.compile(r"([\"'])\1\1")
_ENDS_SPEECH = re.compile(r"[^\W_]|[.!?,…;:)\]%“”\"‘’'—–-]")
_BETWEEN = re.compile(r"[.!?,…]([\"'])\1\1[^\W_]")
_MEASURE = re.compile(r"(?<![\d.,])\d{1,3}\Z|\d[½¼¾]\Z|\d\.\d\Z")
_EAST_ASIAN = re.compile("[\u3001-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_REOPENING = ("“", '"', "‘", "'")
"""What a paragraph may begin with that goes on with the speech of the one before."""

_PARAGRAPH_END = re.compile(r"[^\S\r\n]{0,9}(?:\Z|(?:\r\n|[\r\n])[^\S\r\n]{0,9}[\r\n])")
_SIGNS = tuple("#$%&*+<=>@\\^|~")

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


_NOTE = re.compile(r"\[(?:\d{1,3}|[a-z]|\^[\w-]{1,30})\]")
"""The mark of a note, which touches what it is about."""


@lru_cache(maxsize=4)
def _faults(passage: Passage) -> tuple[tuple[Fault, Fix], ...]:
    """Every fix of the passage's marks with what it mends; shared by the rules below."""
    if passage.language != "en":
        return marks_of_others.faults(passage)
    curly = {glyph: is_curly(passage, glyph) for glyph in STRAIGHT}
    double = [Span(*match.span()) for match in _doubled(passage.text)]
    double += [span for span, _ in _two_single(passage)]
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


def is_curly(passage: Passage, glyph: str = '"') -> bool:
    """Whether straight marks are to be made curly: by option, else by the text's majority.

    In English one kind of curly mark speaks for all.  Elsewhere, where straight marks are printed, too, *glyph*, one of
    them, is made curly only where those of its own kind are the exception: at most half as many.
    """
    if passage.style.quotes is not Quotes.AUTO:
        return passage.style.quotes is Quotes.CURLY
    if passage.language == "en":
        count = passage.text.count
        return sum(map(count, "“”‘’")) > sum(map(count, STRAIGHT))
    curly = ("“", "”") if glyph == '"' else ("‘", "’")
    return sum(map(passage.text.count, curly)) >= max(1, 2 * passage.text.count(glyph))


def _doubled(text: str) -> Iterator[re.Match[str]]:
    """Quotations with doubled marks at both ends, as tables of values write them: ``""so""``."""
    for marks, pattern in _DOUBLED:
        if marks in text:
            yield from pattern.finditer(text)


def _two_single(passage: Passage) -> Iterator[tuple[Span, tuple[Edit, ...]]]:
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
    floating = [i for i in group if _is_floating(text, marks[i])]
    needed = SURE
    if any(_turns_away(text, marks[i]) for i in group):
        return False
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


def _turns_away(text: str, mark: Mark) -> bool:
    """Whether a ‘ before a word was read as an apostrophe though the word has lost no letter: ``‘This is mine.”``.

    Then its partner is what went wrong.
    """
    if (
        mark.role is not Role.APOSTROPHE
        or mark.glyph != "‘"
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
        if _STRING_PREFIX.search(text, max(0, mark.at - 4), mark.at):
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
    glued = _is_spaced(left) or left in ".,;:!?…)]}%"
    return at, end, " " if glued else ""


def _room_after(text: str, marks: Sequence[Mark], i: int) -> tuple[int, int, str]:
    """The range and the space after a closing mark: one before a word, none before punctuation."""
    at, end = marks[i].at, marks[i].at + 1
    start = at
    while start and text[start - 1] in SPACES:
        start -= 1
    if start == 0 or text[start - 1] in "\r\n" or (i and marks[i - 1].at == start - 1):
        start = at
    right = text[end] if end < len(text) else "\n"
    word = _SMALL_WORD.match(text, end + (right in "(["))
    suffix = word is not None and (word.group() in _SUFFIXES or not frequency(word.group()))
    glued = (
        (_is_spaced(right) or right in "([")
        and not suffix
        and not (_NOTE.match(text, end) and _glues_notes(text))
    )
    return start, end, " " if glued else ""


@lru_cache(maxsize=4)
def _glues_notes(text: str) -> bool:
    """Whether more than one note's mark touches what is before it: a habit, and no space that was lost."""
    return sum(not text[m.start() - 1].isspace() for m in _NOTE.finditer(text) if m.start()) > 1


def _is_spaced(letter: str) -> bool:
    """Whether *letter* is of a script that parts words by spaces, or a digit on the line."""
    return (letter.isalpha() or letter.isdecimal()) and not _EAST_ASIAN.match(letter)


def _own(passage: Passage, *faults: Fault) -> Iterator[Fix]:
    return (fix for fault, fix in _faults(passage) if fault in faults)


@rule(
    "quote-facing-wrong-way",
    "fluency.punctuation.quote",
    fixes=[
        (
            "She needs help.”The best thing is to wait a little, and then to act.”Ivanov said so.",
            "She needs help. “The best thing is to wait a little, and then to act.” Ivanov said so.",
        ),
        ("The ‘90s were loud, and the ‘80s, too.", "The ’90s were loud, and the ’80s, too."),
        (
            "He said:—”We go now, and we stay.” He left.",
            "He said:—“We go now, and we stay.” He left.",
        ),
        ("He calls it a ”tactical plan” and laughs.", "He calls it a “tactical plan” and laughs."),
        (
            "She said, “There is hope that it will rise. “",
            "She said, “There is hope that it will rise.”",
        ),
        (
            "They wanted sanctions.’It’s natural to help them,’ the expert said.",
            "They wanted sanctions. ‘It’s natural to help them,’ the expert said.",
        ),
        (
            "It fits the “world view”.”Under the deal, all won.”",
            "It fits the “world view”. “Under the deal, all won.”",
        ),
    ],
    suggests=[("Or, ‘This is mine, this is mine.”", "Or, ’This is mine, this is mine.”")],
    leaves=[
        "“No,” she said, “I will not.” He left.",
        "“It was ‘fine’, he said,” she told us.",
        "“He said, ‘I read “Emma” there,’ and left,” she said.",
        "The dogs’ bowls and the ’90s: rock ’n’ roll, ’tis so.",
        "“I seen ’im at the ’otel, an’ ’e said ’ello,” said ’Enry.",
        "’Erbert came in. “’Oo saw the ’ouse o’ ’Arry’s, ’ere or in the ’ood?”",
        "A 27\" screen is 27 inches; he is 6' tall.",
    ],
    failures=[("He wrote “yes and left.", "He wrote “yes” and left.")],
    traits=[Trait.KNOWN],
    needs=ANY_MARK,
)
def quote_facing_wrong_way(passage: Passage) -> Iterator[Fix]:
    """A quotation mark opens where it should close, or closes where it should open.

    Translation systems write ” at both ends, or turn every mark of a sentence around, so that a
    reader cannot tell what was said from what is told.  The marks of a paragraph are read together
    and the cheapest balanced reading is taken.

    Left alone: apostrophes, elisions (``’tis``, ``the ’90s``), possessives and inch marks, which
    are not quotation marks.  Where a second reading is nearly as cheap the fix is a suggestion.

    Source: Unicode, chapter 6.2 (quotation marks), for languages whose marks all face one way.
    """
    return _own(passage, Fault.DIRECTION)


@rule(
    "doubled-quote",
    "fluency.punctuation.quote",
    fixes=[
        (
            "“It was never a fair deal at all.””Petrov said.",
            "“It was never a fair deal at all.” Petrov said.",
        ),
        (
            'He said: "It was never a fair deal at all."”Petrov left.',
            'He said: "It was never a fair deal at all." Petrov left.',
        ),
        (
            'We hold to the ""two lines"", and to them alone.',
            'We hold to the "two lines", and to them alone.',
        ),
        ("‘‘It’s late,’’ he said.", "“It’s late,” he said."),
        ("Then ’’No’’ was all she wrote.", "Then “No” was all she wrote."),
        (
            "“We thank the voters,’’ she said. ‘‘It’s late.”",
            "“We thank the voters,” she said. “It’s late.”",
        ),
    ],
    leaves=[
        "“But how?” “Through the roof.”",
        "“She said ‘never’” was all he wrote.",
        '"" is an empty string, and so is f("", "").',
        "He said, ''Yes,'' and left. ``No,'' she said.",
        'Write """Say what it does.""" below the name.',
        'You will be hurt?""No, I will not."',
        "“He said ‘‘no’ and meant ‘yes’’” was all.",
        'He wrote: "Nobody has heard the song "Harbour""',
    ],
    traits=[Trait.KNOWN],
    needs=ANY_MARK,
)
def doubled_quote(passage: Passage) -> Iterator[Fix]:
    """A quotation mark stands twice where speech ends, or at both ends of a quotation.

    It comes from two passes over the same text, each adding its mark, or from a table of values,
    which doubles the marks of its cells.  One of the two goes.  Two single marks at both ends are a
    double one that a keyboard did not have.

    Left alone: two marks that close one speech and open the next, which are other rules' business.
    """
    for match in _doubled(passage.text):
        edits = tuple(Edit(at, at + 1, "") for at in (match.start(), match.end() - 1))
        yield Fix(edits, "A pair of quotation marks stands twice.")
    for _, edits in _two_single(passage):
        yield Fix(edits, "A double quotation mark is typed with single ones.")
    yield from _own(passage, Fault.DOUBLED)


@rule(
    "straight-quote",
    "style.quote",
    severity=Severity.NEUTRAL,
    fixes=[
        (
            "“Here,\" he said, “and there,” and it's “over”.",
            "“Here,” he said, “and there,” and it’s “over”.",
        ),
    ],
    leaves=[
        '"All straight," he said, "isn\'t it?"',
        "'One', 'two', and \"three\".",
        'A “curly” one, a 27" screen and "two" straight "pairs".',
    ],
    failures=[
        (
            "A “curly” one and a 27\" screen and 6' of it.",
            "A “curly” one and a 27″ screen and 6′ of it.",
        )
    ],
    traits=[Trait.KNOWN],
    needs=STRAIGHT,
)
def straight_quote(passage: Passage) -> Iterator[Fix]:
    """A straight quotation mark or apostrophe stands in a text that uses curly ones.

    Mixed marks look careless and break the pairing for every tool that follows.  It is a matter of
    style and weighs nothing.

    Left alone: texts in which most marks are straight, unless the profile asks for curly ones.
    """
    yield from _own(passage, Fault.STRAIGHT)
    if is_curly(passage, "'"):
        for match in _STRAIGHT_IN_WORD.finditer(passage.text):
            yield Fix(
                (Edit(match.start(), match.end(), "’"),),
                "A straight apostrophe stands in a text with curly ones.",
            )


@rule(
    "quote-of-another-kind",
    "style.quote",
    severity=Severity.NEUTRAL,
    fixes=[
        (
            "„Ja“, sagte sie. „Nein“, sagte er. Dann las sie «Der Fluss» und „Das Meer“.",
            "„Ja“, sagte sie. „Nein“, sagte er. Dann las sie „Der Fluss“ und „Das Meer“.",
        ),
    ],
    leaves=[
        "„Ja“, sagte sie. «Nein», sagte er.",
        "„Lies «Emma» und «Ivanhoe» und »Faust«“, sagte sie. „Ja“, sagte er.",
        "“Ja”, sagte sie. “Nein”, sagte er.",
        'Er sagte "ja" und "nein", sie „vielleicht“.',
    ],
    traits=[Trait.KNOWN],
    examples_in="de",
    needs=DOUBLE,
)
def quote_of_another_kind(passage: Passage) -> Iterator[Fix]:
    """A quotation stands in marks of another kind than the others of the text: “so” among „so“.

    An engine copied the marks of the source, or took them from what it was trained on.

    Left alone: texts whose own kind is not plain or in which the other is no exception, and
    quotations inside another, where most languages have marks of their own.  What a language has
    for that must be rarer still.
    """
    return _own(passage, Fault.MIXED)


@rule(
    "space-around-quotes",
    "fluency.punctuation.spacing",
    fixes=[
        (
            "“But how?”“Through the roof.”He pointed up.",
            "“But how?” “Through the roof.” He pointed up.",
        ),
        ('He wrote,"Come at once."It was late.', 'He wrote, "Come at once." It was late.'),
    ],
    leaves=[
        "They call it “the gate”[12] or “the bridge,”[^b] and so “it is.”¹ He left.",
        'He read l\'"Odyssée" and d’“Artagnan” there.',
        'The صحيفة و"البلد" and ב"הארץ" and צה"ל stay.',
        "“Never”—he said—“again”; (“once”) was enough.",
        "She read “Emma”, “Persuasion”.",
        "The “on”/“off” switch.",
        'Send {"name":"Ana Lima","town":"Porto"} to it.',
        'Write re.match(r"(a)", b"b") or "squash"ed, and "-q"uit.',
    ],
    traits=[Trait.KNOWN],
    needs=ANY_MARK,
)
def space_around_quotes(passage: Passage) -> Iterator[Fix]:
    """The space outside a quotation mark is missing: it touches the sentence or word beside it.

    It went with a line break, or was never there in the source script; a reader cannot tell which
    of two sentences the mark belongs to.

    Left alone: beside dashes, brackets and slashes, which may touch a mark.  Outside English, and
    where the language is not known, small words and endings may touch it as well (``l'"Odyssée"``,
    ``"Nutuk"u``): there only a mark between two sentences gets its space.
    """
    return _own(passage, Fault.SPACING)


@rule(
    "space-inside-quotes",
    "fluency.punctuation.spacing",
    fixes=[
        (
            "“See what you did! ” she cried.“ In a minute I shall go. ”",
            "“See what you did!” she cried. “In a minute I shall go.”",
        ),
        ("He said “ never ” to them.", "He said “never” to them."),
        ('He said " never " to them.', 'He said "never" to them.'),
        ("“We will go on. ” He left.", "“We will go on.” He left."),
    ],
    suggests=[
        ('"We will go on. " He left.', '"We will go on." He left.'),
        ("Call it ' the plan ' or not.", "Call it 'the plan' or not."),
    ],
    leaves=[
        "He said “never” to them.",
        'A 6" and a 7" pipe; set "name" to "".',
        "« Jamais », dit-il.",
    ],
    severity=Severity.NEUTRAL,
    traits=[Trait.KNOWN],
    needs=ANY_MARK,
)
def space_inside_quotes(passage: Passage) -> Iterator[Fix]:
    """A space stands on the inner side of a quotation mark.

    The wide marks of Chinese type have their space built in, and people who type both scripts add
    it by hand; older printers did so, too, and the French do.  It looks odd and misleads nobody, so
    it weighs nothing.  Where both marks of a pair have it, or the mark is curly and so shows which
    way it faces, the space goes.

    Left alone: until somebody says yes, one straight mark of a pair, which may be a mark of the
    other kind, rightly spaced, in a text that lost another one.
    """
    return _own(passage, Fault.FLOATING)


@rule(
    "apostrophe-facing-wrong-way",
    "fluency.punctuation.quote",
    fixes=[("It‘s the children`s own.", "It’s the children’s own.")],
    leaves=[
        "They live in Hawai‘i and read the Qur‘an.",
        "O‘zbekiston and g‘oya are spelt so.",
        "It’s fine.",
        "He said ‘yes’.",
        "Use the `ls` command.",
        "Say it as /kru´l@f/ or kand`ee·fo.",
    ],
    traits=[Trait.KNOWN],
    needs="‘`´",
)
def apostrophe_facing_wrong_way(passage: Passage) -> Iterator[Fix]:
    """An apostrophe inside a word is an opening quotation mark, an accent or a backtick.

    It comes from systems that turn marks by their place in the sentence.

    Left alone: all but marks between two letters, where English contracts or a name elides, and
    those of a key to how a word is said.  In other languages ‘ may be a letter of its own
    (*Hawai‘i*, *o‘qidi*): it is touched there only where the text itself writes its apostrophes
    otherwise.
    """
    curly = is_curly(passage, "'")  # it reads the whole text: once, not for every mark
    for match in _WRONG_IN_WORD.finditer(passage.text):
        if _SAID_SO.match(passage.text, match.start() - 1, match.end() + 12) or not _is_contraction(
            passage, match.start()
        ):
            continue
        yield Fix(
            (
                Edit(
                    match.start(),
                    match.end(),
                    "’" if match.group() in OPENING_GLYPHS or curly else "'",
                ),
            ),
            "The apostrophe in a word is written as another mark.",
        )


def _is_contraction(passage: Passage, at: int) -> bool:
    """Whether the mark at *at*, between two letters, can be nothing but an apostrophe."""
    text = passage.text
    left = _WORD_BEFORE.search(text, max(0, at - 24), at)
    right = _WORD_AFTER.match(text, at + 1, at + 25)
    if left is None or right is None:
        return False
    if passage.language != "en":
        return _IN_WORD.findall(text).count("’") > _IN_WORD.findall(text).count(text[at])
    elided = left.group().lower() in _ELIDED and right.group()[0].isupper()
    return elided or right.group().lower() in _CONTRACTED


@rule(
    "quote-without-partner",
    "fluency.punctuation.quote",
    finds=[
        ("He spoke of the “second stage, and then of the third.", "“"),
        ("He spoke of the second stage” and then of the third.", "”"),
    ],
    leaves=[
        "He spoke of the “second stage” and left.",
        "“It began in May.\n“It ended in June,” she said.",
        'A 27" screen and the ”6 feet” of it.',
        "He is 5’10” tall; the screen is 27” wide and 3.5” thick, and 30’’ of it.",
        "„Ja“, sagte er.",
        "He left. 他说走了。 ” She stayed.",
        "He has no plan for a “stay-at-home 用和演播 or a new “order of the day” for them.",
    ],
    traits=[Trait.KNOWN],
    needs="“”",
)
def quote_without_partner(passage: Passage) -> Iterator[Finding]:
    """A curly quotation mark opens and is never closed, or closes what nobody opened.

    Engines that translate a quotation in pieces lose one of its marks, and the reader cannot tell
    where the speech ends.  Where the lost mark stood only the source can tell, so nothing is
    changed.

    Left alone: speech that goes on in the next paragraph and opens again there; straight marks and
    those after a small number, which also stand for inches, ditto and minutes; a mark that another
    rule turns; and one beside Chinese or Japanese, or before it in the quotation, which lost its
    partner to what is not translated.
    """
    mended = {at for _, fix in _faults(passage) for edit in fix.edits for at in range(*edit.span)}
    for marks in reading(passage):
        if any(mark.glyph == "„" for mark in marks):
            continue  # German or Polish quotation: its closing mark is the English opening one
        for mark, following in zip_longest(marks, marks[1:]):
            ends = following.at if following and mark.role is Role.OPEN else mark.at + 4
            if mark.at in mended or _EAST_ASIAN.search(passage.text, max(0, mark.at - 3), ends):
                continue
            if mark.partner < 0 and _is_half_of_a_pair(passage, mark):
                yield Finding(
                    Span(mark.at, mark.at + 1),
                    f"“{mark.glyph}” has no partner in its paragraph; engines that translate a quotation in pieces"
                    " lose one of its marks: see in the source where it stood.",
                )


def _is_half_of_a_pair(passage: Passage, mark: Mark) -> bool:
    """Whether a partner must be missing: speech may go on in the next paragraph, which then opens again."""
    if mark.glyph not in "“”" or mark.role not in (Role.OPEN, Role.CLOSE):
        return False
    if _MEASURE.search(passage.text, max(0, mark.at - 5), mark.at):
        return False
    if mark.role is Role.CLOSE:
        return True
    following = bisect_right(passage.blocks, Span(mark.at, len(passage.text)))
    return following not in _reopened(passage)


@lru_cache(maxsize=4)
def _reopened(passage: Passage) -> frozenset[int]:
    """The numbers of the blocks that begin with a mark, as speech does that goes on in them."""
    return frozenset(
        number
        for number, span in enumerate(passage.blocks)
        if passage.text[slice(*span)].lstrip()[:1] in _REOPENING
    )


RULES = (
    quote_facing_wrong_way,
    doubled_quote,
    straight_quote,
    quote_of_another_kind,
    space_around_quotes,
    space_inside_quotes,
    apostrophe_facing_wrong_way,
    quote_without_partner,
)
