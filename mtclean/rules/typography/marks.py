"""Quotation marks of languages other than English: read by the pair the document itself uses.

„So“, «so», »so«, ”so” and 「so」: which pair is a document's own its marks say by what stands around them.  The marks of a
paragraph are then read together, as in :mod:`mtclean.rules.typography.pairing`, and the cheapest balanced reading is taken; but
no word of any language is known here, and single marks, which are apostrophes as well, are left out of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import category

from mtclean.languages.language import Pair, Trait
from mtclean.rules.typography.pairing import Mark, Option, Role, cheapest
from mtclean.text import Applicability, Edit, Fix, Passage, Quotes, Span, known

DOUBLE = '“”„‟«»"「」『』'
_MARKS = tuple(DOUBLE)
_SINGLE = "‘’‚‛‹›'"
_MARK = re.compile(f"[{DOUBLE}]")
_STRAIGHT = Pair('"', '"')
ONE_WAY = Pair("”", "”")
"""The marks of Swedish and Finnish, of which only a “ among them can face the wrong way."""
_GERSHAYIM = re.compile(r"[\u05d0-\u05ea][\"”“״][\u05d0-\u05ea]")
"""In Hebrew the mark of an acronym stands before its last letter, and a prefix before a quotation: both touch letters."""

_MENTIONED = re.compile(f"(?<=[‘'])[{DOUBLE}](?=[’'])")
"""A mark that is spoken of: the signs '«' and '»'."""

_HANGUL = re.compile("[\uac00-\ud7af]")
"""In Korean a particle joins the mark: “그렇다.”라고."""

_TURNING = frozenset(DOUBLE) - set("『』")
"""Marks that may be of the wrong kind; 『so』 are for titles as well."""

_OPENERS = frozenset("“„‟«「『")
_NO_BREAK = "\u00a0\u202f"
MOST_NO_BREAK = 2
"""So many times as many no-break spaces as plain ones make the plain ones a slip."""
_BLANK = " \t\r\n\u3000"
_ENDS = frozenset(".!?…。！？।؟")
_LEADS_IN = frozenset("([{–—-/¿¡*_|>（〈《：=+")
_FOLLOWS = frozenset(".,;:!?…)]}%–—-/*_|<،؛؟।。，、！？：；）〉》")
_FOLLOWS_WORDS = _FOLLOWS - frozenset("…–—-/*_|<")
_BEGINS_NAME = frozenset("%-./*_|:<")
_NAME = re.compile(r"[A-Za-z0-9(]")
"""What stands behind one of those in a placeholder, ``“%1”``, and in scripts without spaces in names, ``“.txt”``."""
_SPACED_MARKS = frozenset(";:!?")

_AGAINST_SPACE = 6.0
"""What a role costs that has its space on the wrong side: spaces are the best evidence there is."""
_AGAINST_TYPED_SPACE = 2.0
"""The same in scripts that have no spaces, where one was typed from habit: ``说:“ 来吧。”``."""
_TURNED = 1.0
_DOUBTFUL = 0.3
_OTHER = 0.6
_EMPTY = 1.5
"""What an opening mark costs right before another mark, or a closing one right after."""
_BEFORE_MARK = 3.0
"""What it costs to open before a mark that only follows words: ``« Oui », dit-il``."""
_BEHIND_COLON = 1.0
_JOINED = 1.0
_UNFINISHED = 0.7
"""What it costs, at either end, to quote no more than *and*, or a whole sentence and a piece of the next."""
_JOINING = frozenset(
    [
        "和",
        "与",
        "與",
        "及",
        "或",
        "跟",
        "以及",
        "や",
        "と",
        "も",
        "か",
        "そして",
        "または",
        "および",
    ]
)
_SENTENCE_END = re.compile(r"[。！？]|[.!?…]\s")
_PARTICLE = 0.4
_SAYING = 1.0
"""What it costs to close behind a word of saying, and to open before who said it: ``說道。「``, ``，」他說``."""
_SAYS = re.compile(r"(?:[说說道示称稱]|[言語]っ?[うたる]|述べた)[。：:]\Z")
_SAID = re.compile(
    r"[他她](?:们|們)?[说說表称稱]"
    r"|\s?[^\s，。！？、“”「」][^，。！？、“”「」]{0,14}(?:[说說称稱]道?|表示)[，。：:]"
)
_BEHIND_QUOTATIONS = {"を": 3.0, **dict.fromkeys("と的", 1.0)}
"""What it costs to open before a particle that belongs to what was quoted: no word of Japanese begins with を."""
_BEFORE_QUOTATIONS = {
    "、": 1.0,
    **dict.fromkeys("はがをのに", 0.6),
    **dict.fromkeys("是为為叫称稱谓謂", 0.8),
}
"""What it costs to close behind what introduces a quotation."""
_NESTED = 2.0
_NESTED_OTHER = 0.5
_NESTED_TWICE = 2.5
_REOPENED = 0.9
"""What it costs to begin a speech anew that was not closed: each of its paragraphs does, and a scraper joins them."""
_REOPENED_AGAIN = 0.2
"""The same beside another that does: the lines of a song or a poem each begin with a mark, and two slips in a row are none."""
_ORPHAN = 3.0
_LEFT_OPEN = 2.0
_PRIME = 0.8
_DEEPEST = 2

SURE = 1.0
"""Margin from which a reading is safe; below it the fix is a suggestion."""

_FEWEST = 2
"""Marks of a pair that a document must have for it to be its own."""

_CLOSED = 0.8
"""Share of marks without a space on the inner side from which the document sets none."""
_LOST = 0.2
"""Share from which those that have none lost it, and the others were made plain."""

_FEWEST_LOST = 2

_FEWEST_TURNED = 4
_RARELY = 5
"""How much oftener the one must stand than the other that is taken for a slip."""

_MINOR = 2
"""How often the document's own pair must stand for each of another kind that is to be brought into line."""
_MINOR_INNER = 3
"""The same where the other kind is the language's own for a quotation inside another."""


class Fault(Enum):
    """What is wrong with a pair; the first that applies names it."""

    DIRECTION = "faces the wrong way"
    DOUBLED = "stands twice"
    STRAIGHT = "is straight in a text with curly quotes"
    MIXED = "is of another kind than the text’s own"
    SPACING = "is not spaced as it should be"
    FLOATING = "has a space on its inner side"
    INSIDE = "lost the space on its inner side"


class Side(Enum):
    """What the spaces around a mark say."""

    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"


class Around(NamedTuple):
    """What stands around a mark, outside the run of marks it is in; empty at a paragraph's ends."""

    left: str
    right: str
    side: Side
    beside: tuple[bool, bool] = (False, False)
    """Whether another double mark touches it on the left, and on the right."""
    against: float = _AGAINST_SPACE
    """What a role costs that goes against the side."""


@known
def own_pair(passage: Passage) -> Pair | None:
    """The pair of double marks the document uses itself; None where it has none, or none that is plain.

    It is the pair most of its marks are of, whichever way they face, and of two the one that its language would rather have; of
    two with the same marks («so» and »so«) the second only where nearly all spaces say so.  None in a language that is not known,
    and in English, which has a reading of its own.
    """
    if passage.language == "en" or not passage.has(Trait.KNOWN):
        return None
    seen: Counter[tuple[str, Side]] = Counter()
    for marks in _places(passage):
        for at, around in marks:
            seen[passage.text[at], around.side] += 1
    of: Counter[str] = Counter()
    for (glyph, _), count in seen.items():
        of[glyph] += count
    best, most = None, _FEWEST - 1
    for pair in _candidates(passage):
        covered = sum(of[glyph] for glyph in {*pair})
        if pair == ONE_WAY:
            if of["“"] * _RARELY > of["”"]:
                continue
            covered += of["“"]
        alike = best is not None and covered == most
        if covered > most or (alike and _is_turned_about(seen, best, pair)):
            best, most = pair, covered
    return best


def _is_turned_about(seen: Counter[tuple[str, Side]], first: Pair | None, second: Pair) -> bool:
    """Whether marks that fit both pairs are rather of the *second*: »so« for «so», and ”so” where no “ stands.

    Nearly all marks that show it must face so.
    """
    if first is None or first == second:
        return False
    if second == ONE_WAY:
        return not any(seen["“", side] for side in Side)
    opens, closes = first
    right = seen[opens, Side.OPENS] + seen[closes, Side.CLOSES]
    wrong = seen[closes, Side.OPENS] + seen[opens, Side.CLOSES]
    return second == first[::-1] and wrong >= _FEWEST_TURNED and wrong >= _RARELY * right


def _candidates(passage: Passage) -> list[Pair]:
    """Pairs of double marks the document may use, those of its language first."""
    typography = passage.typography
    known = [
        *typography.pairs,
        Pair("“", "”"),
        Pair("„", "“"),
        Pair("„", "”"),
        Pair("«", "»"),
    ]
    if not typography.also:  # of such a language only CLDR is known
        known.append(Pair("»", "«"))
    double = [pair for pair in known if pair.opening in DOUBLE]
    return [*dict.fromkeys(double), _STRAIGHT]


@known
def _places(passage: Passage) -> tuple[list[tuple[int, Around]], ...]:
    """The double marks of each block that has any, and what stands around them."""
    text = passage.text
    if passage.characters.isdisjoint(DOUBLE):
        return ()
    inside = {m.start() + 1 for m in _GERSHAYIM.finditer(text)}
    inside |= {m.start() for m in _MENTIONED.finditer(text)}
    found = []
    for block in passage.blocks:
        places = [m.start() for m in _MARK.finditer(text, *block) if m.start() not in inside]
        if places and len(places) <= max(1000, (block.end - block.start) // 4):
            found.append([(at, _around(passage, at, block)) for at in places])
    return tuple(found)


def _around(passage: Passage, at: int, block: Span) -> Around:
    text = passage.text
    before, after = at, at + 1
    while before > block.start and text[before - 1] in DOUBLE + _SINGLE and at - before < 4:
        before -= 1
    while after < block.end and text[after] in DOUBLE + _SINGLE and after - at < 4:
        after += 1
    left = text[before - 1] if before > block.start else ""
    right = text[after] if after < block.end else ""
    if left in ("’", "'") or (before < at and text[before] in "’'" and left.isalpha()):
        before, left = at, "-"  # an elided word: l’«Odyssée»
    opens = not left or left in _BLANK or left in _LEADS_IN
    closes = not right or right in _BLANK or right in _FOLLOWS
    if right and right in _NO_BREAK:
        closes = text[after + 1 : after + 2] in _SPACED_MARKS
    if right and right in _BEGINS_NAME and _NAME.match(text, after + 1):
        closes = closes and right != "%" and not passage.has(Trait.WIDE)
    beside = text[at - 1] in DOUBLE if at > block.start else False, text[at + 1 : at + 2] in _MARKS
    side = Side.EITHER if opens == closes else Side.OPENS if opens else Side.CLOSES
    if passage.typography.inside and _may_have_lost_outer(text[at], left, right, side):
        side = Side.EITHER
    typed = passage.has(Trait.WIDE) and " " in (left, right)
    return Around(left, right, side, beside, _AGAINST_TYPED_SPACE if typed else _AGAINST_SPACE)


def _may_have_lost_outer(glyph: str, left: str, right: str, side: Side) -> bool:
    """Whether the one space beside a French mark may be its inner one, as in ``fini.« Il``."""
    if side is Side.CLOSES:
        return glyph == "«" and right == " " and left not in _NO_BREAK
    return glyph == "»" and left == " " and right not in _NO_BREAK


@dataclass(frozen=True, slots=True)
class Reading:
    """The marks of a paragraph, each with its role, and how deep it stands in others."""

    marks: list[Mark]
    depths: list[int]
    around: list[Around]


@known
def readings(passage: Passage) -> tuple[Reading, ...]:
    """The marks of every paragraph that has any, where the document has a pair of its own."""
    pair = own_pair(passage)
    if pair is None:
        return ()
    return tuple(_read(passage, places, pair) for places in _places(passage))


def _read(passage: Passage, places: Sequence[tuple[int, Around]], pair: Pair) -> Reading:
    text = passage.text
    quoted = [
        _quoted(text[at + 1 : then].strip(), passage) for (at, _), (then, _) in pairwise(places)
    ]
    plain = all(text[at] != '"' for at, _ in places)
    behind_opener = [False, *(text[at] == pair.opening for at, _ in places[:-1])]
    reopening = [
        plain and behind and _reopens(text, at, around, pair)
        for behind, (at, around) in zip(behind_opener, places, strict=True)
    ]
    options: list[list[Option]] = []
    for i, (at, around) in enumerate(places):
        opening, closing = _by_glyph(text[at], pair)
        near_opening, near_closing = _by_neighbours(text, at, around)
        opening += near_opening + (quoted[i] if i < len(quoted) else 0.0)
        closing += near_closing + (quoted[i - 1] if i else 0.0)
        choices = [(Role.OPEN, opening), (Role.CLOSE, closing)]
        if text[at] in '"”' and around.left.isdigit():
            choices.append((Role.PRIME, _PRIME))
        alike = text[at] in pair or (text[at] == '"' and passage.has(Trait.SPACED))
        again = any(reopening[max(0, i - 1) : i] + reopening[i + 1 : i + 2])
        steps = _steps(alike, (_REOPENED_AGAIN if again else _REOPENED) if reopening[i] else 0.0)
        options.append([(role, cost, steps[role]) for role, cost in choices])
    roles, margins = cheapest(options, _ENDINGS)
    partners, depths = _paired(roles, reopening)
    marks = [
        Mark(at, text[at], role, margin, partner)
        for (at, _), role, margin, partner in zip(places, roles, margins, partners, strict=True)
    ]
    return Reading(marks, depths, [around for _, around in places])


def _reopens(text: str, at: int, around: Around, pair: Pair) -> bool:
    """Whether an opening mark follows a whole sentence and begins another; among straight ones it may be a slip."""
    if not text[at] == pair.opening != pair.closing:
        return False
    begins = around.right.isalnum() or text[at + 1 : at + 3].lstrip()[:1].isupper()
    return text[max(0, at - 3) : at].rstrip()[-1:] in tuple(_ENDS) and begins


def _quoted(inside: str, passage: Passage) -> float:
    """What it costs each mark around *inside* that no more than this is quoted."""
    if inside in _JOINING or inside in passage.lexicon.function_words:
        return _JOINED
    goes_on = inside[-1:].isalnum() and _SENTENCE_END.search(inside)
    return _UNFINISHED if goes_on else 0.0


def _by_neighbours(text: str, at: int, around: Around) -> tuple[float, float]:
    """What it costs the mark at *at* to open and to close, by the spaces around it and, where they leave doubt, the words."""
    opening = around.against if around.side is Side.CLOSES else 0.0
    closing = around.against if around.side is Side.OPENS else 0.0
    if around.side is not Side.EITHER and around.against == _AGAINST_SPACE:
        return opening, closing
    left, right = around.left, around.right
    said = _SAID.match(text, at + 1) is not None
    opening += around.beside[1] * _EMPTY + said * _SAYING + _BEHIND_QUOTATIONS.get(right, 0.0)
    opening += (_is_kana(right) and not _is_kana(left)) * _PARTICLE
    opening += (right in tuple(_FOLLOWS_WORDS)) * _BEFORE_MARK
    closing += around.beside[0] * _EMPTY + _BEFORE_QUOTATIONS.get(left, 0.0)
    closing += (_is_kana(left) and not _is_kana(right)) * _PARTICLE
    closing += text[max(0, at - 2) : at].rstrip().endswith((":", "：")) * _BEHIND_COLON
    closing += (left in tuple(",，、") and not said) * _DOUBTFUL
    closing += (_SAYS.search(text, max(0, at - 4), at) is not None) * _SAYING
    return opening, closing


def _is_kana(letter: str) -> bool:
    """Whether *letter* is one that Japanese writes its particles with."""
    return "\u3041" <= letter <= "\u309f"


def _by_glyph(glyph: str, pair: Pair) -> tuple[float, float]:
    """What it costs the mark to open and to close, by its look."""
    if pair.opening == pair.closing == glyph or glyph == '"':
        return _DOUBTFUL, _DOUBTFUL
    if glyph == pair.opening:
        return 0.0, _TURNED
    if glyph == pair.closing:
        return _TURNED, 0.0
    return (_DOUBTFUL, _OTHER) if glyph in _OPENERS else (_OTHER, _DOUBTFUL)


def _step(role: Role, depth: int, own: bool, reopens: float) -> tuple[int, float]:
    """How deep quotations stand in each other after a mark, and the cost of what does not balance.

    ``reopens`` is what it costs to begin a speech anew, 0 where the mark does not look like that.
    """
    if role is Role.PRIME:
        return depth, 0.0
    if role is Role.OPEN:
        if depth == 0:
            return 1, 0.0
        if reopens:
            return depth, reopens
        if depth == _DEEPEST:
            return depth, 2 * _ORPHAN
        return depth + 1, (_NESTED if own else _NESTED_OTHER) * depth + (depth > 1) * _NESTED_TWICE
    return (depth - 1, 0.0) if depth else (0, _ORPHAN)


@cache
def _steps(own: bool, reopens: float) -> dict[Role, list[tuple[int, float]]]:
    """For each role of a mark: the next depth and its cost, by depth."""
    return {
        role: [_step(role, depth, own, reopens) for depth in range(_DEEPEST + 1)]
        for role in (Role.OPEN, Role.CLOSE, Role.PRIME)
    }


_ENDINGS = [_LEFT_OPEN * depth for depth in range(_DEEPEST + 1)]
"""What it costs to end a paragraph in so many quotations."""


def _paired(roles: Sequence[Role], reopening: Sequence[bool]) -> tuple[list[int], list[int]]:
    """For each mark the index of its partner or -1, and in how many quotations it stands.

    What stands before a mark that closes alone is in a quotation, too: it was opened in another paragraph.
    """
    partners, depths = [-1] * len(roles), [0] * len(roles)
    waiting: list[int] = []
    alone: list[int] = []
    for i, role in enumerate(roles):
        if role is Role.OPEN:
            if reopening[i] and waiting:
                waiting.pop()
            depths[i] = len(waiting)
            waiting.append(i)
        elif role is Role.CLOSE and waiting:
            opener = waiting.pop()
            partners[opener], partners[i] = i, opener
            depths[i] = len(waiting)
        elif role is Role.CLOSE:
            alone.append(i)
    if alone:
        depths = [depth + len(alone) - bisect_right(alone, i) for i, depth in enumerate(depths)]
    return partners, depths


class _Habits(NamedTuple):
    """What the document does with marks that are not of its own pair."""

    pair: Pair
    inside: str
    """What stands on the inner side of its marks."""
    inside_lost: frozenset[str]
    """What stands there instead where that was lost."""
    inner: frozenset[str]
    """The marks its language has for a quotation inside another."""
    straight_turns: bool
    others_turn: bool
    inner_turn: bool


@known
def faults(passage: Passage) -> tuple[tuple[Fault, Fix], ...]:
    """Every fix of the passage's double marks with what it mends."""
    pair = own_pair(passage)
    if pair is None:
        return ()
    habits = _habits(passage, pair)
    found: list[tuple[Fault, Fix]] = []
    for reading in readings(passage):
        for i, mark in enumerate(reading.marks):
            if mark.partner < i and mark.partner >= 0:
                continue
            group = [i] if mark.partner < 0 else [i, mark.partner]
            if mended := _mend(passage, reading, group, habits):
                found.append(mended)
    return tuple(found)


def _habits(passage: Passage, pair: Pair) -> _Habits:
    """Which marks are the exception: straight ones, and pairs of another kind that stand in no quotation."""
    counted: Counter[str] = Counter()
    for reading in readings(passage):
        for mark, depth in zip(reading.marks, reading.depths, strict=True):
            if mark.role is Role.OPEN and mark.partner >= 0 and not depth:
                both = {mark.glyph, reading.marks[mark.partner].glyph}
                counted[
                    "own" if both <= set(pair) else "straight" if both == {'"'} else "other"
                ] += 1
    own = counted["own"]
    return _Habits(
        pair,
        *_inside(passage, pair),
        frozenset(passage.typography.quotes[1]),
        pair != _STRAIGHT
        and passage.style.quotes is not Quotes.STRAIGHT
        and own >= max(1, _MINOR * counted["straight"]),
        pair != _STRAIGHT and own >= max(1, _MINOR * counted["other"]),
        pair != _STRAIGHT and own >= max(1, _MINOR_INNER * counted["other"]),
    )


@known
def _inside(passage: Passage, pair: Pair) -> tuple[str, frozenset[str]]:
    """What most often stands on the inner side of the document's own marks, and what stands there in its place where it was lost.

    Where some have a space and some have none both are to be set anew: nobody writes so.  Where most have a no-break one,
    the plain ones are.
    """
    if not passage.typography.inside or "«" not in pair:
        return "", frozenset()
    seen: Counter[str] = Counter()
    for reading in readings(passage):
        for mark in reading.marks:
            if mark.glyph in pair and mark.partner >= 0:
                seen[_inner_space(passage.text, mark)] += 1
    closed, spaced = seen.pop("", 0), seen.total()
    if closed > _CLOSED * (closed + spaced):
        return "", frozenset()
    plain = seen.pop(" ", 0)
    no_break = max(seen, key=lambda space: (seen[space], space), default="")
    if closed >= _FEWEST_LOST and closed > _LOST * (closed + spaced):
        return no_break or passage.typography.inside, frozenset(("", " "))
    if no_break and seen.total() >= MOST_NO_BREAK * plain:
        return no_break, frozenset(" ")
    return " " if plain else "", frozenset()


def halves(passage: Passage) -> list[Mark]:
    """The marks of the document's own pair that show which way they face and have no partner in their paragraph, in order.

    None in a paragraph that lacks several, or has marks of another kind, or one inside a word of Hebrew, which may be its
    partner.  What one opens and the next closes is speech of several paragraphs.
    """
    pair = own_pair(passage)
    if pair is None or pair.opening == pair.closing:
        return []
    found: list[Mark] = []
    for reading in readings(passage):
        alone = [mark for mark in reading.marks if mark.partner < 0]
        if not alone:
            continue
        mark = alone[-1]
        if found and mark.role is Role.CLOSE and found[-1].role is Role.OPEN:
            found.pop()
        elif len(alone) == 1 and all(mark.glyph in pair for mark in reading.marks):
            found.append(mark)
    glyphs = {Role.OPEN: pair.opening, Role.CLOSE: pair.closing}
    return [
        mark
        for mark in found
        if mark.glyph == glyphs.get(mark.role)
        and mark.margin >= SURE
        and not _GERSHAYIM.search(passage.text, *passage.line_at(mark.at))
    ]


def inside_of(passage: Passage, pair: Pair) -> str:
    """What most often stands on the inner side of the marks of *pair*, the document's own: a space in French, or nothing."""
    return _inside(passage, pair)[0]


def inside_is_lost(passage: Passage) -> bool:
    """Whether some of a French document's marks have a space on their inner side, and some have none."""
    pair = own_pair(passage)
    return pair is not None and "" in _inside(passage, pair)[1]


def _inner_space(text: str, mark: Mark) -> str:
    """The blank on the inner side of *mark*, or nothing."""
    at = mark.at + 1 if mark.role is Role.OPEN else mark.at - 1
    near = text[at : at + 1] if at >= 0 else ""
    return near if near in (" ", *_NO_BREAK) else ""


def _mend(
    passage: Passage, reading: Reading, group: Sequence[int], habits: _Habits
) -> tuple[Fault, Fix] | None:
    """The fix for a pair, or for a mark without a partner, if it needs one."""
    edits: list[Edit] = []
    found: list[Fault] = []
    for i in group:
        edit, fault = _edit(passage, reading, i, habits, len(group) == 2)
        if edit and fault:
            edits.append(edit)
            found.append(fault)
    if not edits:
        return None
    fault = min(found, key=list(Fault).index)
    sure = all(reading.marks[i].margin >= SURE for i in group)
    alone = len(group) == 1
    plain = fault is Fault.SPACING or reading.around[group[0]].side is not Side.EITHER
    if alone and not (sure and plain):
        return None  # what its partner is nobody knows
    what = "A pair of quotation marks" if len(group) == 2 else "A quotation mark"
    safe = sure and fault is not Fault.FLOATING  # old printers set such spaces
    applicability = Applicability.SAFE if safe else Applicability.SUGGESTED
    return fault, Fix(tuple(edits), f"{what} {fault.value}.", applicability)


def _edit(
    passage: Passage, reading: Reading, i: int, habits: _Habits, paired: bool
) -> tuple[Edit | None, Fault | None]:
    """What mark *i* needs: another glyph, a space beside it, or nothing."""
    mark, around, depth = reading.marks[i], reading.around[i], reading.depths[i]
    if mark.role not in (Role.OPEN, Role.CLOSE):
        return None, None
    partner = reading.marks[mark.partner].glyph if paired else ""
    glyph, fault = _glyph(mark, partner, depth, habits)
    before = after = ""
    start, end = mark.at, mark.at + 1
    inner = _inner_space(passage.text, mark)
    joins = fault in (Fault.STRAIGHT, Fault.MIXED) or (
        inner in habits.inside_lost and glyph in habits.pair
    )
    if paired and joins and inner != habits.inside and inner not in (*_NO_BREAK,):
        fault = fault or Fault.INSIDE
        start -= bool(inner) and mark.role is Role.CLOSE
        end += bool(inner) and mark.role is Role.OPEN
        glyph = glyph + habits.inside if mark.role is Role.OPEN else habits.inside + glyph
    if passage.has(Trait.SPACED) and (
        paired or (fault is None and habits.pair[0] != habits.pair[1])
    ):
        if mark.role is Role.OPEN and (
            _starts_glued(passage.text, mark.at, around)
            or _follows_speech(passage.text, reading, i)
        ):
            before = " "
        if mark.role is Role.CLOSE and _ends_glued(passage.text, mark.at):
            after = " "
    if paired and fault is None and _floats(passage, mark, reading.marks[mark.partner]):
        start -= mark.role is Role.CLOSE
        end += mark.role is Role.OPEN
        fault = Fault.FLOATING
    if before or after:
        fault = fault or Fault.SPACING
    if fault is None:
        return None, None
    return Edit(start, end, before + glyph + after), fault


def _floats(passage: Passage, mark: Mark, partner: Mark) -> bool:
    """Whether both marks of a pair have a plain space on their inner side, in a language that sets none there."""
    if passage.typography.inside or _sets_spaces_inside(passage):
        return False
    return _inner_space(passage.text, mark) == _inner_space(passage.text, partner) == " "


@known
def _sets_spaces_inside(passage: Passage) -> bool:
    """Whether most marks of pairs have a plain space on their inner side: a habit, as of old printers."""
    spaces = [
        _inner_space(passage.text, mark)
        for reading in readings(passage)
        for mark in reading.marks
        if mark.partner >= 0
    ]
    return 2 * spaces.count(" ") > len(spaces)


def _glyph(mark: Mark, partner: str, depth: int, habits: _Habits) -> tuple[str, Fault | None]:
    """The glyph the mark's role asks for, and what is wrong with the one it has.

    A mark of another kind turns only where that of its *partner* does, too, or is the text's own; empty where it has none.
    """
    pair = habits.pair
    wanted = pair.opening if mark.role is Role.OPEN else pair.closing
    if mark.glyph == wanted:
        return wanted, None
    if mark.glyph in pair:
        return wanted, Fault.DIRECTION
    if depth or not partner:
        return mark.glyph, None
    if mark.glyph == '"':
        return (wanted, Fault.STRAIGHT) if habits.straight_turns else (mark.glyph, None)
    others = {mark.glyph, partner}.difference(pair)
    turns = habits.inner_turn if others <= habits.inner else habits.others_turn
    return (wanted, Fault.MIXED) if turns and others <= _TURNING else (mark.glyph, None)


def _starts_glued(text: str, at: int, around: Around) -> bool:
    """Whether a quotation begins right after the end of a sentence, a comma or a colon."""
    left, right = text[at - 1 : at], around.right
    if right and (right in _NO_BREAK or (right == " " and text[at] == "«")):
        right = text[at + 2 : at + 3]
    if right.isspace() or not right or category(right) == "Sm":
        return False  # a row of signs that are spoken of: ?!"=()
    return (left in _ENDS and left != "") or (left in (",", ":", ";") and right.isalpha())


def _follows_speech(text: str, reading: Reading, i: int) -> bool:
    """Whether a quotation begins right after another in which a sentence ended: ``.”“``."""
    mark, last = reading.marks[i], reading.marks[i - 1]
    touches = i > 0 and last.at == mark.at - 1 and last.role is Role.CLOSE and last.partner >= 0
    starts = text[mark.at + 1 : mark.at + 2].isalpha() and reading.depths[i] == 0
    return touches and starts and text[last.at - 1] in _ENDS


def _ends_glued(text: str, at: int) -> bool:
    """Whether a sentence begins right after a quotation in which another ended."""
    left, right = text[at - 1 : at], text[at + 1 : at + 2]
    if left in (*_NO_BREAK, " "):
        left = text[at - 2 : at - 1]
    return (
        left in _ENDS
        and left != ""
        and right.isalpha()
        and not (right.islower() or _HANGUL.match(right))
    )
