"""Quotation marks and apostrophes: facing the right way, in pairs, with their spaces.

Most rules take their part of what :mod:`mtclean.rules.typography.mending` found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from mtclean.languages.language import Trait
from mtclean.rules.typography.marks import DOUBLE, Fault, halves
from mtclean.rules.typography.mending import (
    EAST_ASIAN,
    doubled_quotations,
    faults_of,
    is_curly,
    turns_away,
    typed_quotations,
)
from mtclean.rules.typography.pairing import (
    MARKS,
    OPENING_GLYPHS,
    STRAIGHT,
    Mark,
    Role,
    reading,
)
from mtclean.text import Edit, Finding, Fix, Passage, Severity, Span, known, rule

ANY_MARK = frozenset(MARKS) | frozenset(DOUBLE)
"""Every quotation mark and apostrophe of which a rule here may speak."""

_WRONG_IN_WORD = re.compile(r"[‘`´](?<=[^\W\d_].)(?=[^\W\d_])")
_SAID_SO = re.compile(r".[‘`´][^\W_]{1,8}[@·/]")
"""A stress mark in a key to how a word is said: */kru´l@f/*."""
_STRAIGHT_IN_WORD = re.compile(r"'(?<=[^\W_]')(?=[^\W\d_])(?![\u0590-\u05ff])")  # no geresh
_CONTRACTED = frozenset(
    {"s", "d", "m", "t", "n", "ll", "re", "ve", "em", "er", "am", "all", "clock"}
)
_ELIDED = frozenset({"o", "d", "l"})  # O’Neill, d’Artagnan
_IN_WORD = re.compile(r"[‘’'`´](?<=[^\W\d_].)(?=[^\W\d_])")
_WORD_BEFORE, _WORD_AFTER = re.compile(r"[^\W\d_]+\Z"), re.compile(r"[^\W\d_]+")
_MEASURE = re.compile(r"(?<![\d.,])\d{1,3}\Z|\d[½¼¾]\Z|\d\.\d\Z")
_REOPENING = ("“", '"', "‘", "'", "„", "«", "»", "”", "「")
"""What a paragraph may begin with that goes on with the speech of the one before."""


def _own(passage: Passage, *faults: Fault) -> Iterator[Fix]:
    return (fix for fault, fix in faults_of(passage) if fault in faults)


_TIGHT = re.compile(r'(?<=[^\s,"]),"(?=[^\s"])|(?<=[^\s"])",(?=[^\s"])|","')
"""A comma and a straight mark as tables of values (CSV) have them."""
_VALUE = re.compile(
    rf""":(?<=\w:)[{STRAIGHT}{OPENING_GLYPHS}](?!(?:[^\s"”»]+(?<!['’])(?<!['’][,.;]) ){{3}}|[^\r\n"”’»]{{0,200}}[.!?…,]["'”’»])"""
)
"""A quotation that touches the colon before it, is no longer than three words and does not end as one of a sentence does."""
_ROW, _TIGHT_MARKS = 160, 3
"""Code points looked at on either side, and how many of those are a table's."""
_LONGEST_HEADING = 60
"""Code points."""
_LONGEST_VERSE = 64
_LONGEST_SPEECH = 2_000
"""Code points of a line of verse, and of what is said in a row of them."""
_PAIRED_GLYPHS = "“”«»„"
_FEW_HALVES, _HALVES_BY_SLIP = 3, 0.05
"""So many, or such a share of all its marks, a text loses by a slip; more is how its printer set speech (Farina, *Fante di picche*, 1874)."""
_STOPPED = re.compile(r"[.!?…:;,—–-][\"”’»)\]*_]{0,3}\s*\Z")


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
    leaves=[
        "“No,” she said, “I will not.” He left.",
        "Or, ‘This is mine, this is mine.” He said ‘it is late and left.",
        "“It was ‘fine’, he said,” she told us.",
        "“He said, ‘I read “Emma” there,’ and left,” she said.",
        "The dogs’ bowls and the ’90s: rock ’n’ roll, ’tis so.",
        "“I seen ’im at the ’otel, an’ ’e said ’ello,” said ’Enry.",
        "’Erbert came in. “’Oo saw the ’ouse o’ ’Arry’s, ’ere or in the ’ood?”",
        "“You told me ‘an’ hanged if I don’t fetch ’ee a lantern.’ That is what you told me.”",
        "A 27\" screen is 27 inches; he is 6' tall.",
        "“How you did fool ’em! Dat wuz de smartes’ trick. ’Twas ’bout ’leven, ’n’ no ’count fishin’. I ’low he was a-sayin’ so.”",
        "I’d ’a’ thought it was done, and he’d ’a’ been there, by ’lection.",
        "She has “so” and “this”. My request is 'I need help with my letter.”",
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
    are not quotation marks; a ‘ before a word that has lost no letter, which is half of a pair.  Where a second reading is
    nearly as cheap the fix is a suggestion.

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
        ("“Where is it?”” I asked. “Here.””", "“Where is it?” I asked. “Here.”"),
        ("‘‘It’s late,’’ he said.", "“It’s late,” he said."),
        ("Then ’’No’’ was all she wrote.", "Then “No” was all she wrote."),
        (
            "“We thank the voters,’’ she said. ‘‘It’s late.”",
            "“We thank the voters,” she said. “It’s late.”",
        ),
    ],
    suggests=[
        ("“I told him “he may go.”” She left.", "“I told him “he may go.” She left."),
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
    for match in doubled_quotations(passage.text):
        edits = tuple(Edit(at, at + 1, "") for at in (match.start(), match.end() - 1))
        yield Fix(edits, "A pair of quotation marks stands twice.")
    for _, edits in typed_quotations(passage):
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
        "“It isn't here,” he said. " * 30 + "“It's late, and it isn't here.” " * 10,
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
        "„Ja“, sagte sie. „Nein“, sagte er. Die Zeichen '«' und '»' stehen in „Das Meer“ nicht.",
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
        "They call it “the gate”[^1] or “the bridge,”[^ 2] and it is.",
        'They call it "the gate,"[^1] and so it is.',
        "“The gate?”(7) asked the guard.",
        '."The gate" as it was\nimage::gate.png[]',
        'He read l\'"Odyssée" and d’“Artagnan” there.',
        'The صحيفة و"البلد" and ב"הארץ" and צה"ל stay.',
        "“Never”—he said—“again”; (“once”) was enough.",
        "She read “Emma”, “Persuasion”.",
        "The “on”/“off” switch.",
        'Send {"name":"Ana Lima","town":"Porto"} to it.',
        'She knows D"urst and met him there.',
        'at,what,note\n11:56,Opening times,"7, 8:30 and 10","The page states all of them."\n11:57,Harbour,"8, 9","The home page."',
        'Write re.match(r"(a)", b"b") or "squash"ed, and "-q"uit.',
        'The "r"ats are back, and so is the "over"head of it.',
        'Write {{ button({ type: "plain", address:"#" }) }} there, and it is not so :"( , as you know.',
        "Try this\n'''\nrun --fast\n'''\nand wait.",
        "Set path:'{dir}/out.txt', then look for label:\"good first\" and name:“x” there.",
    ],
    traits=[Trait.KNOWN],
    needs=ANY_MARK,
)
def space_around_quotes(passage: Passage) -> Iterator[Fix]:
    """The space outside a quotation mark is missing: it touches the sentence or word beside it.

    It went with a line break, or was never there in the source script; a reader cannot tell which
    of two sentences the mark belongs to.

    Left alone: beside dashes, brackets and slashes, which may touch a mark; and behind a colon, unless more than three words or a
    sentence are quoted, since search terms and settings are written so (``label:"good first"``).  Outside English, and
    where the language is not known, small words and endings may touch it as well (``l'"Odyssée"``,
    ``"Nutuk"u``): there only a mark between two sentences gets its space.
    """
    for fix in _own(passage, Fault.SPACING):
        if not (
            _is_of_table(passage.text, fix.span)
            or _is_a_letter(passage, fix.span)
            or _is_a_value(passage.text, fix.span)
        ):
            yield fix


def _is_a_value(text: str, span: Span) -> bool:
    """Whether the marks around *span* quote what belongs to the word before the colon, not a sentence: ``label:"good first"``."""
    return _VALUE.match(text, max(0, span.start - 1)) is not None


def _is_a_letter(passage: Passage, span: Span) -> bool:
    """Whether a straight mark that belongs to no pair stands where a letter or an apostrophe was meant: ``D"urst``, ``I"ll``."""
    text, start = passage.text, span.start
    at = start if text[start : start + 1] == '"' else start - 1
    between = text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()
    return text[at] == '"' and between and at not in _paired(passage)


@known
def _paired(passage: Passage) -> frozenset[int]:
    """Where the marks stand that have a partner."""
    return frozenset(mark.at for marks in reading(passage) for mark in marks if mark.partner >= 0)


def _is_of_table(text: str, span: Span) -> bool:
    """Whether straight marks touch commas around *span* again and again, as they do in the rows of a table."""
    start, end = span
    if '"' not in text[max(0, start - 1) : end + 1]:
        return False
    near = text[max(0, start - _ROW) : end + _ROW]
    return len(_TIGHT.findall(near)) >= _TIGHT_MARKS


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
        "Put ‘Error: ’ or “Note: ” before the title.",
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
        ("He said ‘it is late and left the house.", "‘"),
        ("Or, ‘This is mine, this is mine.”", "‘"),
    ],
    leaves=[
        "He spoke of the “second stage” and left.",
        "“It began in May.\n“It ended in June,” she said.",
        "“It began in May.\n\nVIII\nThe End\n\n“It ended in June,” she said.",
        'A 27" screen and the ”6 feet” of it.',
        "The keeper cried: “The lamp is low,\nAnd who will bring the oil?”\n\nThe sea replied.",
        "“The lamp is low,” he said, “the oil\nIs gone with them that fetched it,\n\n“And none is left to climb the coil\nWho ever once had stretched it.”",
        "He is 5’10” tall; the screen is 27” wide and 3.5” thick, and 30’’ of it.",
        "„Ja“, sagte er.",
        "‘It began in May.\n\n‘It ended in June,’ she said of ‘ouse and ‘ome, and of ‘Iolani.",
        "He left. 他说走了。 ” She stayed.",
        "He has no plan for a “stay-at-home 用和演播 or a new “order of the day” for them.",
    ],
    traits=[Trait.KNOWN],
    needs="“”‘«»„「」",
)
def quote_without_partner(passage: Passage) -> Iterator[Finding]:
    """A curly quotation mark opens and is never closed, or closes what nobody opened.

    Engines that translate a quotation in pieces lose one of its marks, and the reader cannot tell
    where the speech ends.  Where the lost mark stood only the source can tell, so nothing is
    changed.

    Left alone: speech that goes on in the next paragraph and opens again there, or over lines of verse; outside English, texts with many such marks; straight marks and
    those after a small number, which also stand for inches, ditto and minutes; a mark that another
    rule turns; and one beside Chinese or Japanese, or before it in the quotation, which lost its
    partner to what is not translated.
    """
    found = [*_halves(passage)]
    said = _said_over_lines(passage, found)
    for mark in found:
        if mark.at not in said:
            yield Finding(
                Span(mark.at, mark.at + 1),
                f"“{mark.glyph}” has no partner in its paragraph; engines that translate a quotation in pieces"
                " lose one of its marks: see in the source where it stood.",
            )


def _halves(passage: Passage) -> Iterator[Mark]:
    """The marks that have no partner in their paragraph, and should have."""
    if passage.language != "en":
        alone = [mark for mark in halves(passage) if _needs_partner(passage, mark)]
        written = sum(map(passage.text.count, _PAIRED_GLYPHS))
        if len(alone) <= max(_FEW_HALVES, _HALVES_BY_SLIP * written):
            yield from alone
        return
    mended = {at for _, fix in faults_of(passage) for edit in fix.edits for at in range(*edit.span)}
    for marks in reading(passage):
        if any(mark.glyph == "„" for mark in marks):
            continue  # German or Polish quotation: its closing mark is the English opening one
        for mark, following in zip_longest(marks, marks[1:]):
            ends = following.at if following and mark.role is Role.OPEN else mark.at + 4
            if mark.at in mended or EAST_ASIAN.search(passage.text, max(0, mark.at - 3), ends):
                continue
            if mark.partner < 0 and _is_half_of_a_pair(passage, mark):
                yield mark


def _said_over_lines(passage: Passage, halves: Sequence[Mark]) -> frozenset[int]:
    """Where those of *halves* stand that are each other's, in the short lines of verse, which are no paragraphs.

    A speech opens once, and again where a line begins, until it is closed.
    """
    said: set[int] = set()
    opened: list[Mark] = []
    for mark in halves:
        if opened and not _is_verse(passage.text, opened[-1].at, mark.at):
            opened = []
        if mark.role is Role.CLOSE:
            said.update(half.at for half in (*opened, mark) if opened)
            opened = []
        elif opened and passage.text[mark.at - 1 : mark.at] in "\r\n":
            opened.append(mark)
        else:
            opened = [mark]
    return frozenset(said)


def _is_verse(text: str, start: int, end: int) -> bool:
    """Whether all lines from the one *start* stands in to that of *end* are short, and they are some and not too many."""
    if end - start > _LONGEST_SPEECH:
        return False
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    lines = re.split(r"[\r\n]+", text[first : end + _LONGEST_VERSE])
    lines[-1] = lines[-1] if len(lines[-1]) > _LONGEST_VERSE else ""
    return len(lines) > 1 and all(len(line) <= _LONGEST_VERSE for line in lines)


def _is_half_of_a_pair(passage: Passage, mark: Mark) -> bool:
    """Whether a partner must be missing: speech may go on in the next paragraph, which then opens again."""
    opens = mark.glyph == "‘" and turns_away(passage.text, mark)
    if not opens and (mark.glyph not in "“”" or mark.role not in (Role.OPEN, Role.CLOSE)):
        return False
    return _needs_partner(passage, mark)


def _needs_partner(passage: Passage, mark: Mark) -> bool:
    """Whether the half of a pair is neither a measure nor speech that goes on in the next paragraph."""
    if _MEASURE.search(passage.text, max(0, mark.at - 5), mark.at):
        return False
    if mark.role is Role.CLOSE:
        return True
    following = bisect_right(passage.blocks, Span(mark.at, len(passage.text)))
    while following < len(passage.blocks) and _is_heading(passage.text, passage.blocks[following]):
        following += 1
    return following not in _reopened(passage)


def _is_heading(text: str, block: Span) -> bool:
    """Whether *block* is short and ends as no sentence does: a chapter's number and title stand between parts of a long speech."""
    short = block.end - block.start < _LONGEST_HEADING
    return short and _STOPPED.search(text, max(0, block.end - 4), block.end) is None


@known
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
