"""Read the quotation marks of a paragraph together and take the cheapest balanced reading.

The same ” opens in ``China.”The most`` and closes in ``phase.”Maslov``: no mark can be judged alone.
Each mark gets a cost for every role it may play, from its glyph and its neighbours; a state machine
adds the cost of what does not balance; the cheapest path over the whole paragraph is the reading.
How much more the best path with another role would cost is the confidence in each mark.

The costs are in units of "one odd thing": a mark that faces the wrong way is one, a mark without its
partner is three.  They were set by reading misses on running text, not fitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import islice, product, starmap
from typing import NamedTuple

from mtclean.languages.english import frequency
from mtclean.rules.typography.lexicon import ELISIONS, SAYING
from mtclean.rules.typography.ligatures import lost_at
from mtclean.text import Passage, Span, known

DOUBLE = '“”"'
SINGLE = "‘’'"
MARKS = DOUBLE + SINGLE
OPENING_GLYPHS = "“‘"
STRAIGHT = "\"'"

# A single mark between two letters is an apostrophe and never part of the pairing.
_MARK = re.compile(r"[“”\"‘’'](?:(?<=[“”\"])|(?<![^\W_].)|(?![^\W_]))")
SPACES = " \t\u00a0\u2009\u202f"
_GAPS = SPACES + "\r\n"  # a paragraph may be broken into lines
_HEBREW = re.compile("[\u05d0-\u05ea]")
_GERSHAYIM = re.compile(r"[\"”“](?<=[\u05d0-\u05ea].)(?=[\u05d0-\u05ea])")
"""In Hebrew the mark of an acronym stands before its last letter: צה"ל."""

_ELIDED_ON_BOTH_SIDES = re.compile(
    r"’(?<![^\W_].)(?=[a-z]’(?![^\W_]))|’(?<=[^\W\d_]’)(?<=(?<![^\W_])’[a-z]’)(?![^\W_])"
)
"""The marks of a single small letter between two that face as apostrophes: I’d ’a’ gone, rock ’n’ roll."""
# An elided word before a quotation: l'"Odyssée", d’“Artagnan”.
_ELIDED_LETTER = re.compile(r"['’](?<![^\W_][^\W_].)(?<=[^\W\d_].)(?=[\"“«][^\W_])")

_RARE = 5000
"""How often the word list has met a word at most that may be what dialect leaves of another."""

_DROPPED = re.compile(
    r"['’](?:(?<![^\W_].)(?<!\\.)(?=(?P<rest>[^\W\d_]{1,20}))|(?<=in.)(?![^\W_]))"
)
"""A mark before a word that may have lost its first letters, or after one that may have lost its last, *nothin’*."""
_ENDINGS_OF_WORDS = frozenset(("s", "d", "m", "ll", "re", "ve"))
"""What a tokeniser parts from its word, and no elision."""
_DIALECT = 4
"""So many words that lost letters make a text one in which people speak so."""
_LONGEST_WORD = 20
_HABITUAL = 0.5
"""What an apostrophe costs at most in such a text."""

_FAR = 1e9

_MANY = 1000
"""Marks a paragraph may have whatever its length; beyond, at most one in four characters."""


class Role(Enum):
    """What a mark does."""

    OPEN = "open"
    CLOSE = "close"
    APOSTROPHE = "apostrophe"
    PRIME = "prime"
    STRAY = "stray"

    __hash__ = object.__hash__  # in C; the reading looks roles up ten times a mark


class Mark(NamedTuple):
    """A quotation mark or outer apostrophe, its role and how sure that is.

    ``at`` is its offset in the text.  ``margin`` is what the cheapest reading in which it plays
    another role costs more; ``partner`` the index of the mark it pairs with, -1 without one.
    """

    at: int
    glyph: str
    role: Role
    margin: float
    partner: int = -1
    trusted_spaces: bool = True
    """Whether no mark of the paragraph has lost a space."""
    torn_within: bool = False
    """Whether a mark of the paragraph has lost a space in the middle of a sentence."""

    @property
    def double(self) -> bool:
        """Whether it is one of the double marks."""
        return self.glyph in DOUBLE


class _Context(NamedTuple):
    """What surrounds a mark: the characters outside the run of marks it stands in."""

    left: str
    right: str
    space_left: bool
    space_right: bool
    second_twin: bool
    """Whether the same glyph stands right before it."""
    first_twin: bool
    """Whether the same glyph stands right after it."""
    said_before: bool
    """Whether a verb of saying and a comma or colon lead up to it."""
    said_after: bool
    """Whether an attribution such as "he said" follows."""
    told_before: bool
    """Whether a sentence that attributes a quotation ends here, right after that quotation."""
    word_left: str
    word_right: str

    @property
    def glued(self) -> bool:
        """Whether a space was lost here: words or sentences touch the mark on both sides."""
        return (
            self.left != ""
            and self.right.isalnum()
            and not (self.space_left or self.space_right)
            and (self.left.isalnum() or self.left in ".,!?…;:")
        )

    @property
    def torn_within(self) -> bool:
        """Whether a space was lost inside a sentence: ``once,"said he``.

        Between two sentences any scraper loses spaces; inside one only the marks themselves lost theirs.
        """
        return self.glued and (self.left not in ".!?…" or self.right.islower())


_SAYING = "|".join(sorted(SAYING))
_SAID_BEFORE = re.compile(rf"\b(?:{_SAYING})\b(?:[^.!?“”\"]{{0,24}}[,:]| that)\s?\Z")
_LEADS_ON = ",:t"
"""What stands last before speech that is led up to: ``said:``, ``said that``."""
_WHO = (
    r"(?:(?:[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){0,3}|he|she|it|they|we|I|you|the \w+(?: \w+)?|my \w+"
    r"|Mr\.? \w+|Mrs\.? \w+|Ms\.? \w+|Dr\.? \w+) )?"
)
_SAID_AFTER = re.compile(rf"\s?{_WHO}(?:{_SAYING})\b")
_TOLD = {  # by whether the marks are double: "…,” said Miller, and turned to go."
    True: re.compile(rf"[“”\"] ?{_WHO}(?:{_SAYING})\b[^.!?“”\"]{{0,60}}\.\Z"),
    False: re.compile(rf"[‘’'] ?{_WHO}(?:{_SAYING})\b[^.!?‘'“”\"]{{0,60}}\.\Z"),
}
_DECADE, _YEAR = re.compile(r"\d0s\Z"), re.compile(r"\d\d\Z")
_WORD_LEFT = re.compile(r"[^\W_]+\Z")
_WORD_RIGHT = re.compile(r"[^\W_]+")


def read(text: str, dialect: bool = False) -> tuple[Mark, ...]:
    """The marks of *text*, one paragraph, in order, each with its role in the cheapest balanced reading.

    ``dialect`` says that it is of a text whose people drop letters: there ’ is first of all an apostrophe.

    The apostrophe of an elided word before a quotation is none of them, nor is a mark that stands for
    letters.  Linear in the number of marks.  A long paragraph made mostly of marks is an ornament or a bait,
    has no speech in it, and is not read.
    """
    places = [
        at
        for at in map(re.Match.start, _MARK.finditer(text))
        if not (
            _is_of_word(text, at)
            or _ELIDED_LETTER.match(text, at)
            or _ELIDED_ON_BOTH_SIDES.match(text, at)
        )
    ]
    if not places or len(places) > max(_MANY, len(text) // 4):
        return ()
    contexts = [
        _context(text, at, run) for at, run in zip(places, _runs(text, places), strict=True)
    ]
    kinds = [
        _Kind(text[at] in DOUBLE, c.said_after, _reopens(text[at], c))
        for at, c in zip(places, contexts, strict=True)
    ]
    nested = (
        1.5 if any(kind.double for kind in kinds) else 0.4
    )  # where doubles are used, singles stand inside them
    trusted = not any(c.glued for c in contexts)
    torn_within = not trusted and any(c.torn_within for c in contexts)
    against_space = 8.0 if trusted else 4.0
    dropping = dialect or sum(map(_drops_letters, contexts)) > 1
    choices = [
        _choices(text[at], c, against_space, dropping, dialect and text[at] == "’")
        for at, c in zip(places, contexts, strict=True)
    ]
    roles, margins = _cheapest(kinds, choices, nested)
    partners = _pair(kinds, roles)
    return tuple(
        Mark(at, text[at], role, margin, partner, trusted, torn_within)
        for at, role, margin, partner in zip(places, roles, margins, partners, strict=True)
    )


def _is_of_word(text: str, at: int) -> bool:
    """Whether the mark at *at* stands for letters of the word around it."""
    return text[at] in DOUBLE and text[at + 1 : at + 2].islower() and bool(lost_at(text, at))


def _reopens(glyph: str, c: _Context) -> bool:
    """Whether an opening mark follows a whole sentence and starts another.

    In a speech of several paragraphs each starts with a mark and only the last ends with one; a
    scraper that joins the paragraphs puts them in the middle of a line.
    """
    sentence_before = c.left != "" and c.left in ".!?…"
    starts = c.right.isupper() and not c.space_right and not c.said_after
    return glyph in OPENING_GLYPHS and sentence_before and starts


def _runs(text: str, places: Sequence[int]) -> Iterator[Span]:
    """For each mark the unbroken run of marks it stands in; each run is walked once."""
    start, end = 0, 0
    for at in places:
        if at >= end:
            start, end = at, at + 1
            while start and text[start - 1] in DOUBLE + SINGLE:
                start -= 1
            while end < len(text) and text[end] in DOUBLE + SINGLE:
                end += 1
        yield Span(start, end)


def _context(text: str, at: int, run: Span) -> _Context:
    before, after = run
    left = text[before - 1] if before else ""
    right = text[after : after + 1]
    space_left, space_right = left == "" or left in _GAPS, right == "" or right in _GAPS
    word_left = left.isalnum() and _WORD_LEFT.search(text, max(0, before - 20), before)
    word_right = right.isalnum() and _WORD_RIGHT.match(text, after, after + 20)
    near = text[max(0, before - 2) : before].rstrip()[-1:]
    return _Context(
        left=text[max(0, before - 40) : before].rstrip(_GAPS)[-1:] if space_left else left,
        right=_next_solid(text, after) if space_right else right,
        space_left=space_left,
        space_right=space_right,
        second_twin=at > 0 and are_twins(text[at - 1], text[at]),
        first_twin=text[at + 1 : at + 2] == text[at],
        said_before=near != ""
        and near in _LEADS_ON
        and bool(_SAID_BEFORE.search(text, max(0, before - 48), before)),
        said_after=(right.isalpha() or right.isspace())
        and bool(_SAID_AFTER.match(text, after, after + 60)),
        told_before=left == "."
        and bool(_TOLD[text[at] in DOUBLE].search(text, max(0, before - 110), before)),
        word_left=word_left.group() if word_left else "",
        word_right=word_right.group() if word_right else "",
    )


def are_twins(first: str, second: str) -> bool:
    """Whether two marks side by side may be one that was written twice: of one glyph, or ``"”``."""
    return first == second or (first + second) in ('"”', '”"')


def _next_solid(text: str, at: int) -> str:
    while at < len(text) and text[at] in _GAPS:
        at += 1
    return text[at : at + 1]


def _choices(
    glyph: str, c: _Context, against_space: float, dialect: bool, is_habit: bool
) -> list[tuple[Role, float]]:
    """The roles the mark may play and what each costs by itself.

    ``dialect`` says that words of the paragraph drop their first letters, ``is_habit`` that those of the whole
    text do and the mark is one that such words have.

    ``against_space`` is the cost of a role that has its space on the wrong side; it is high where
    no space of the paragraph was lost, because its spaces can be trusted then.
    """
    choices = [
        (Role.OPEN, _cost_open(glyph, c, against_space)),
        (Role.CLOSE, _cost_close(glyph, c, against_space)),
    ]
    if glyph in SINGLE:
        cost = _cost_apostrophe(glyph, c, dialect)
        choices.append((Role.APOSTROPHE, min(cost, _HABITUAL) if is_habit else cost))
    if glyph in STRAIGHT and c.left.isdigit() and not c.space_left:
        choices.append((Role.PRIME, 0.8))
    choices.append((Role.STRAY, _cost_stray(glyph, c)))
    return choices


def _cost_open(glyph: str, c: _Context, against_space: float) -> float:
    cost = 0.0 if glyph in OPENING_GLYPHS else 0.3 if glyph in STRAIGHT else 1.0
    if c.space_right:
        cost += 1.5 if c.space_left else against_space
    elif not c.space_left:
        cost += 0.0 if c.left in "([{—–-/=" else 1.0
    if c.right and c.right in ".,;:!?)]}%":
        cost += 3.0
    elif c.right.islower():
        cost += 0.3
    if not c.right:
        cost += 2.0
    if (c.left and c.left in ",:") or c.said_before:
        cost -= 0.4
    if c.said_before:
        cost -= 0.8
    if c.said_after and not c.said_before and c.left and c.left in ",.!?…":
        cost += 2.0
    if c.first_twin and not c.space_left:
        cost += 1.5
    if c.told_before:
        cost -= 0.8
    if c.space_left and not c.space_right and c.left and c.left in ".!?…":
        cost -= 1.0  # spaced as a sentence of speech that starts
    return cost


def _cost_close(glyph: str, c: _Context, against_space: float) -> float:
    cost = 0.3 if glyph in STRAIGHT else 0.0 if glyph not in OPENING_GLYPHS else 3.0
    if c.space_left:
        cost += 1.5 if c.space_right else against_space
    elif not c.space_right:
        cost += 1.0 if c.right.isalnum() or c.right in "([{" else 0.0
    if not c.left or c.left in "([{:":
        cost += 2.5
    elif c.left in ".!?,…":
        cost -= 0.3
    if c.said_after and c.left and c.left in ",.!?…—-":
        cost -= 0.8
    if c.said_before:
        cost += 0.8
    if c.told_before:
        cost += 1.2
    if c.second_twin and not c.space_right:
        cost += 1.5
    return cost


def _cost_stray(glyph: str, c: _Context) -> float:
    if glyph == "'" or not c.second_twin or c.space_left or c.left.isdigit():
        return 4.5  # two straight single marks are a double one, typed so; after a number, seconds
    if c.said_after:
        return 0.8
    return 2.6 if glyph in STRAIGHT else 1.8  # one of two straight marks may close, the other open


def _cost_apostrophe(glyph: str, c: _Context, dialect: bool) -> float:
    wrong_way = 0.6 if glyph == "‘" else 0.0
    if not c.space_left and c.left.isalnum():
        if c.word_left.endswith(("s", "S", "x", "z")):
            return 0.5 + wrong_way
        dialect = c.word_left.lower().endswith("in") or c.word_left.lower() in (
            "o",
            "an",
            "th",
            "wi",
            "n",
        )
        return (0.5 if dialect else 2.0) + wrong_way
    if not c.space_right and c.right.isalnum():
        if _DECADE.match(c.word_right):
            return -1.2 + wrong_way
        word = c.word_right.lower()
        spoken = dialect and frequency(word) < _RARE  # ’Oo, among ’ere and ’Erbert
        if word in ELISIONS or _YEAR.match(word) or spoken or _is_clipped(word):
            return (-1.0 if dialect else -0.2) + wrong_way
        return 2.4 + wrong_way
    return 5.0


@known
def drops_letters(passage: Passage) -> bool:
    """Whether people speak in the text as those do who drop letters: ’em, ’tis, ’ouse, again and again."""
    text = passage.text
    if "’" not in text and "'" not in text:
        return False
    lost = (match for match in _DROPPED.finditer(text) if _lost_letters(text, match))
    return next(islice(lost, _DIALECT - 1, None), None) is not None


def _lost_letters(text: str, mark: re.Match[str]) -> bool:
    """Whether the *mark*, which :data:`_DROPPED` found, stands for letters."""
    if rest := mark["rest"]:
        word = rest.lower()
        return (word in ELISIONS and word not in _ENDINGS_OF_WORDS) or _is_clipped(word)
    before = _WORD_LEFT.search(text, max(0, mark.start() - _LONGEST_WORD), mark.start())
    word = before.group().lower() if before else ""
    return frequency(word + "g") > frequency(word)


def _drops_letters(c: _Context) -> bool:
    """Whether a word that lost its first letters follows the mark."""
    if c.space_right or not c.space_left or not c.word_right:
        return False
    return has_lost_letters(c.word_right)


def may_have_lost_letters(word: str) -> bool:
    """Whether *word* may be what is left of one after an apostrophe; no common word is, but for those that are known."""
    return has_lost_letters(word) or frequency(word.lower()) < _RARE


def has_lost_letters(word: str) -> bool:
    """Whether *word* is what is left of one after an apostrophe: ’tis, ’90s, ’ouse."""
    small = word.lower()
    return (
        small in ELISIONS or bool(_DECADE.match(small) or _YEAR.match(small)) or _is_clipped(small)
    )


def _is_clipped(word: str) -> bool:
    """Whether *word*, in small letters, is what dialect leaves of one that starts with an h: ’ouse, ’Erbert."""
    return frequency("h" + word) > 10 * frequency(word)


class _Kind(NamedTuple):
    """What the state machine needs to know of a mark."""

    double: bool
    attributed: bool
    reopens: bool = False
    """Whether it looks like the start of the next paragraph of one long speech."""


# States: the marks open so far, outermost first (D a double, S a single), or none and the last
# double mark closed what was never opened (O).
_STATES = ("", "D", "S", "DS", "SD", "DSD", "SDS", "O")
_ORPHAN = 3.0
_REOPENED = 0.6
_THIRD = 0.8
"""What a quotation costs that stands in one which itself stands in another."""

_NOT_OUTERMOST = 1.5
"""What is added where the quotation that starts anew stands in another, or has another open in it."""
_ATTRIBUTED_ORPHAN = (
    2.2  # "… values.” Nezhdanov said": a speech ends here, its opening mark is lost
)
_ORPHAN_AGAIN = 1.0
"""What is added where two marks in a row close what was never opened: one may be lost, not two."""
_ENDINGS = [0.0, 1.8, 2.5, 3.5, 3.5, 6.0, 6.0, 0.0]  # cost of a paragraph that ends in each state


def _step(kind: _Kind, role: Role, state: str) -> tuple[str, float]:
    """The state after a mark, and the cost of what does not balance."""
    if role in (Role.APOSTROPHE, Role.PRIME, Role.STRAY):
        return state, 0.0
    own = "D" if kind.double else "S"
    open_now = state.replace("O", "")
    if role is Role.OPEN:
        deeper = open_now + own in _STATES
        if deeper and (len(open_now) < 2 or not kind.reopens):
            return open_now + own, 0.0 if len(open_now) < 2 else _THIRD
        if kind.reopens and own in state:
            outermost = open_now == own
            kept = state[: state.index(own) + 1]
            return kept, _REOPENED if outermost else _REOPENED + _NOT_OUTERMOST
        return (own, _ORPHAN) if state == own else (state, 2 * _ORPHAN)
    if state.endswith(own):
        return state[:-1], 0.0
    if own in state:  # the inner pair was never closed
        return state[: state.rindex(own)], _ORPHAN
    if not kind.double:
        return state, _ORPHAN
    if state == "O":
        return state, _ORPHAN + _ORPHAN_AGAIN
    return state or "O", _ATTRIBUTED_ORPHAN if kind.attributed else _ORPHAN


Option = tuple[Role, float, list[tuple[int, float]]]
"""A role a mark may play, what it costs by itself, and for each state the next one and its cost."""

_Steps = dict[tuple[_Kind, Role], list[tuple[int, float]]]


@cache
def _steps(outer_single: float) -> _Steps:
    """For each mark and role: the next state and its cost, by state."""
    steps: _Steps = {}
    for kind in starmap(_Kind, product((True, False), repeat=3)):
        for role in Role:
            row = [_step(kind, role, state) for state in _STATES]
            if not kind.double and role is Role.OPEN:
                for outside in ("", "O"):
                    at = _STATES.index(outside)
                    row[at] = (row[at][0], outer_single)
            steps[kind, role] = [(_STATES.index(to), cost) for to, cost in row]
    return steps


def _cheapest(
    kinds: Sequence[_Kind], choices: Sequence[Sequence[tuple[Role, float]]], outer_single: float
) -> tuple[list[Role], list[float]]:
    """The roles of the cheapest path, and for each mark what another role would cost more.

    ``outer_single`` is what a single mark costs that opens outside of double ones.
    """
    steps = _steps(outer_single)
    options = [
        [(role, own, steps[kind, role]) for role, own in roles]
        for kind, roles in zip(kinds, choices, strict=True)
    ]
    return cheapest(options, _ENDINGS)


def cheapest(
    marks: Sequence[Sequence[Option]], endings: Sequence[float]
) -> tuple[list[Role], list[float]]:
    """The roles of the cheapest path through the options of *marks*, and for each what another role would cost more.

    It begins in state 0; *endings* are what it costs to end in each state.  Costs go forward to each state and backward
    from it, so that every mark's alternatives are known in one pass each way.
    """
    forward: list[dict[int, float]] = [{0: 0.0}]  # by the states that can be reached
    for options in marks:
        here, there = forward[-1], dict[int, float]()
        for _, own, row in options:
            for state, cost_here in here.items():
                to, cost = row[state]
                total = cost_here + cost + own
                if total < there.get(to, _FAR):
                    there[to] = total
        forward.append(there)
    backward = [dict(enumerate(endings))]
    totals: list[dict[Role, float]] = []
    for options, here in zip(reversed(marks), reversed(forward[:-1]), strict=True):
        ahead, behind = backward[-1], dict.fromkeys(here, _FAR)
        by_role: dict[Role, float] = {}
        for role, own, row in options:
            best = _FAR
            for state, cost_here in here.items():
                to, cost = row[state]
                rest = cost + own + ahead[to]
                if rest < behind[state]:
                    behind[state] = rest
                if cost_here + rest < best:
                    best = cost_here + rest
            by_role[role] = best
        backward.append(behind)
        totals.append(by_role)
    totals.reverse()
    return _trace(marks, backward[::-1]), [_margin(by_role) for by_role in totals]


def _trace(
    marks: Sequence[Sequence[Option]], backward: Sequence[Mapping[int, float]]
) -> list[Role]:
    """Walk the cheapest path from the paragraph's start."""
    state, roles = 0, []
    for options, ahead in zip(marks, backward[1:], strict=True):
        cheapest, chosen, then = _FAR * 9, Role.STRAY, state
        for role, own, row in options:
            to, cost = row[state]
            total = own + cost + ahead[to]
            if total < cheapest:
                cheapest, chosen, then = total, role, to
        roles.append(chosen)
        state = then
    return roles


def _margin(by_role: dict[Role, float]) -> float:
    ordered = sorted(by_role.values())
    return ordered[1] - ordered[0] if len(ordered) > 1 else _FAR


def _pair(kinds: Sequence[_Kind], roles: Sequence[Role]) -> list[int]:
    """For each mark the index of its partner, or -1."""
    partners = [-1] * len(roles)
    waiting: dict[bool, list[int]] = {True: [], False: []}
    for i, (kind, role) in enumerate(zip(kinds, roles, strict=True)):
        if role is Role.OPEN:
            waiting[kind.double].append(i)
        elif role is Role.CLOSE and waiting[kind.double]:
            opener = waiting[kind.double].pop()
            partners[opener], partners[i] = i, opener
    return partners


def _is_foreign(paragraph: str) -> bool:
    """Whether low marks, gershayim, or as many guillemets as English marks, stand in *paragraph*."""
    if _GERSHAYIM.search(paragraph):
        return True
    english, guillemets = (sum(map(paragraph.count, marks)) for marks in ("“”", "«»‹›"))
    return "„" in paragraph or "‚" in paragraph or guillemets >= max(1, english)


class _Kept:
    """The readings of the text that was read last, by paragraph: the next round changes few of its paragraphs.

    It never holds more than of one text, and a reading depends on nothing but its paragraph, and whether letters are dropped in the text.
    """

    def __init__(self) -> None:
        self._marks: dict[tuple[str, bool], tuple[Mark, ...]] = {}

    def marks_of(self, paragraphs: Iterable[str], dialect: bool) -> Iterator[tuple[Mark, ...]]:
        """The marks of each of *paragraphs*, the paragraphs of a text; the same paragraph is read once."""
        before, self._marks = self._marks, (now := dict[tuple[str, bool], tuple[Mark, ...]]())
        for paragraph in paragraphs:
            key = paragraph, dialect
            marks = now.get(key) or before.get(key) or read(*key)
            if marks:
                now[key] = marks
            yield marks


_KEPT = _Kept()


@known
def reading(passage: Passage) -> tuple[list[Mark], ...]:
    """The marks of every paragraph of an English text that has any.

    A paragraph that is set in German or French marks is passed over: there “ closes, and the costs
    here do not hold.  So is one with Hebrew acronyms.
    """
    text = passage.text
    if passage.language != "en" or passage.characters.isdisjoint(MARKS):
        return ()
    foreign = not passage.characters.isdisjoint("„‚«‹") or (
        passage.holds(_HEBREW) and _GERSHAYIM.search(text) is not None
    )
    places = [
        block for block in passage.blocks if not (foreign and _is_foreign(text[slice(*block)]))
    ]
    paragraphs = (text[slice(*block)] for block in places)
    read = zip(places, _KEPT.marks_of(paragraphs, drops_letters(passage)), strict=True)
    return tuple(
        [mark._replace(at=block.start + mark.at) for mark in marks]
        for block, marks in read
        if marks
    )
