"""Run-on sentences: put back the space that was lost after a sentence's end.

A full stop between two words is a sentence end, or part of a domain, file, version, namespace,
acronym, abbreviation or initial.  What stands left and right of it decides; where the two readings
are close the fix is suggested, and where the evidence is against a sentence end nothing is said.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from mtclean.languages.english import american, frequency, is_derived
from mtclean.languages.language import Trait, language
from mtclean.languages.lists import words
from mtclean.rules.typography.lexicon import (
    ABBREVIATIONS,
    ACRONYMS,
    AFTER_INITIALS,
    CALENDAR,
    CODE_ROOTS,
    CODE_WORDS,
    ENDINGS_THAT_ARE_WORDS,
    FILE_ENDINGS,
    FILE_NAMES,
    LOWERCASE_BRANDS,
    LOWERCASE_STARTERS,
    METHODS,
    MODULES,
    PLAIN_ENDS,
    STARTERS,
    TITLES,
    UNIT_ENDS,
)
from mtclean.rules.typography.marks import ONE_WAY, own_pair
from mtclean.rules.typography.words import is_prose_word
from mtclean.text import Finding, Fix, Passage, Span, inserting, rule

# Terminators, brackets closed after them, and what starts right there: a letter, digit or bracket.
# Quotation marks are left to the quotes rules, which decide a paragraph's marks together.
# The mark comes first, so that the search can skip from mark to mark (here and in other rules).
_CANDIDATE = re.compile(
    r"([.!?…؟۔।॥](?<![.!?…؟۔।॥]{2})[.!?…؟۔।॥]*)((?:\)|\]|\[\d{1,3}\]|[”’\"'](?=[)\]]))*)(?=[^\W_]|[(\[¿¡]|[-–—•·▪‣◦→] [^\W_]|-- [^\W_]|[->][A-Z][a-z]|> [A-Z][a-z]|[$€£]\d|© \d)"
)
_LEFT_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*\Z")
_RIGHT_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_LONGEST_WORD = 40  # code points looked at on either side; longer runs are not words

_ITEM = re.compile(r"(?:^|(?<=[\s.!?]))(\d{1,2})[.)][ \t]+(?=[A-Z])", re.MULTILINE)
_NEXT = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*(?=[,;:!?.]?(?:\s|\Z))")

_INITIALS = re.compile(r"[A-Z]{2,}(?:['’]?s|\d+)?\Z")
_CHAIN = re.compile(r"(?<![^\W_])(?:(?:[A-Z]\.)+[A-Z]|[ap]\.m)\Z")
_CAPITAL_INSIDE = re.compile(r"(?<![\w’'-])[a-z][a-z’'-]* [A-Z][a-z’']*\Z")
_NAME_INSIDE = re.compile(r"[A-Za-z,;] [A-Z][a-z’']*\Z")
_DOTTED = re.compile(r"(?<![\w.])[A-Z]\w*\.[A-Z]\w*")
_AFTER_PICTURE = re.compile(
    "[.!?] [\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?(?P<next>[A-Z][a-z’']*)(?= )"
)
_SINGLE_QUOTED = re.compile(r"[.!?](?<=\w{2}.)‘(?=[^\W\d_])|[.!?](?<=\w{3}.)’(?=[^\W\d_a-z])")
_TYPED_QUOTES = re.compile(r"[.!?](?<=[^\W_]{2}.)(?=,, ?[^\W_])|''(?<=[.!?]'')(?=[^\W\da-z_])")
"""Where a quotation begins or ends with two signs for its mark: ``kwam.,,Ja`` and ``ja.''Hij``."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_RATE = re.compile(r"(?<![^\W_])(?:km|m|mi|cm|ft|mg|g|kg|l|kW)/[a-z]\Z")
_INFLECTION = re.compile(r"(?:s|es|d|ed|ing|ly|ness|less|er)\Z")
_APOSTROPHES = frozenset("’‘'")
_NEVER_LAST = frozenset({"A", "An", "The", "My", "Our", "Your", "Every"})
"""Words that a noun has to follow."""
_DANDAS = ("।", "॥")
_HANGUL = re.compile("[\uac00-\ud7af]")
_DEVANAGARI = re.compile("[\u0900-\u097f]")
_INFLECTED = re.compile(r"(?:\d{4}[-'’][^\W\d_]{2,}|\d{1,3}-[^\W\d_]{3,})\Z")
"""A number with an ending: *56-letni*, *1939-ben*, *1933'te*."""
_GOES_ON_SMALL = re.compile(r"(?:[-'’]\w+|[.,]\d{3})?\s(?=[^\W\d_])")
_GERSHAYIM = re.compile(r"[\"״][\u05d0-\u05ea]")
"""Behind the first letter of an acronym in Hebrew: ``ח"כ``."""
_BULLETS = frozenset("-–—•·▪‣◦→>")
_SIGNS = frozenset("$€£©")
"""What stands before a number that begins a sentence or a line: ``$3.7m``, ``© 2020``."""
_COUNTED = re.compile(r"(?:[ ]\d)?(?:/\d)?(?:(?:ms|mm|cm|km|kg|ml|[mglsh])(?![^\W_]))? [a-z]{2}")
"""Behind the first digits of a number in prose: ``5 of those``, ``1 1/2 cups``, ``300ms pass``."""
_LISTED = re.compile(r"(?: ?[-–=] ?)[A-Z][a-z]")
"""Behind the number of an entry: ``34 - Percentage``, ``50= Approximate``."""
_ITEM_BEGINS = re.compile(r"\. [“\"]?[^\W\da-z_][^\W\dA-Z_’'-]+ ?[^\W\d_]?[^\W\dA-Z_]")
_ANSWERS = re.compile(r": [A-Z“\"]")
_ACRONYM = re.compile(r"\.(?:[A-Z]\.)+ [a-zA-Z]")
_DECIMAL = re.compile(r"(?<![^\s(])([a-z]{1,12}) \d{1,6}\.\d{1,3}\Z")
_SLASHED = re.compile(r"(?<![^\s(])([a-z]{3,15})/([a-z]{3,15})\Z")
_AFTER_SMALL_WORD = re.compile(r"(?<![^\s(“\"])([a-z]{1,12}) [^\W_]+\Z")

_GOES_ON = re.compile(r"(?::[^\W\d_A-Z]{1,4})?[,;:]? [(„“«\"]?[^\W\d_]")
"""Behind the first word of a sentence: an ending of its own, a mark, and the next word."""
_SPOKEN = re.compile(r"' [^\W\d_A-Z]|(?:\.[^\W\d_]{1,4}){1,3}\. [^\W\d_A-Z]")
"""Behind the first letter of a word written by ASCII's signs, ``E' tardi``, and of an abbreviation, ``F.eks. da``."""
_EITHER = re.compile(
    r"(?<!\S)[^\W\d_]{2,}/[^\W\d_]{2,}\Z|(?<!\S)(?:\d+ )?[^\W\d_]{1,3} ?/ ?[^\W\d_]{1,4}\Z"
)
"""Two words of which either will do, and a rate: ``Marat/Sade``, ``ml/min``."""
_SHORT_NAME = re.compile(r"[^\W_]{1,4}\Z|[^\W\d_a-z]{2,}[^\W\d_A-Z]+\Z")
"""A name with capitals inside: ``BiH``, ``F125``, ``SETimes``."""
_SPACED_CHAIN = re.compile(r"(?<![\w.])((?:[^\W\d_]{1,4}\.[ \u00a0]?){0,3}[^\W\d_]{1,5})\Z")

_REASON = "The space after the end of the sentence is missing."


class Verdict(Enum):
    """What a candidate is."""

    BOUNDARY = "boundary"
    UNSURE = "unsure"
    INSIDE = "inside"


class SmallWords(NamedTuple):
    """The words of a language that tell the end of a sentence from another stop."""

    starters: frozenset[str]
    """Words that sentences start with, with their capital."""
    letters: frozenset[str]
    """Those of one letter that stand before another word: *A*."""
    abbreviations: frozenset[str]
    titles: frozenset[str]
    closing: frozenset[str] = frozenset()
    """Abbreviations that no name follows, without spaces and stops: *etc*, *usw*, *тд*, *EEUU*."""
    elided: frozenset[str] = frozenset()


_ENGLISH = SmallWords(STARTERS, frozenset({"I", "A"}), ABBREVIATIONS | CALENDAR, TITLES)


@lru_cache(maxsize=64)
def small_words(code: str) -> SmallWords:
    """Those of the language *code*; English titles stand in texts of other languages, too."""
    if code == "en":
        return _ENGLISH
    lexicon = language(code).lexicon
    openers = (word[:1].upper() + word[1:] for word in lexicon.function_words)
    starters = frozenset(word for word in openers if len(word) > 1) | lexicon.letters
    return SmallWords(
        starters, lexicon.letters, lexicon.abbreviations, TITLES, lexicon.closing, lexicon.elided
    )


@dataclass(frozen=True, slots=True)
class Joint:
    """A place where a sentence may end without a space.

    ``left`` and ``right`` are the words that touch it; ``glued_left`` is the character before the
    left word and ``glued_right`` the two characters after the right one, which tell a word of prose
    from a link in a chain such as ``System.Text.Json``.  ``opener`` is the bracket or the bullet that
    stands before the right word; ``after`` is the text that follows it, some 24 code points.
    """

    left: str
    before: str
    marks: str
    closers: str
    right: str
    opener: str
    glued_left: str
    glued_right: str
    after: str
    small: SmallWords

    @property
    def english(self) -> bool:
        """Whether the text is English, whose words are known."""
        return self.small is _ENGLISH

    @property
    def starts(self) -> bool:
        """Whether the right word is one that sentences start with."""
        return self.right in self.small.starters

    @property
    def abbreviates(self) -> bool:
        """Whether the left word is an abbreviation, whose stop it may be."""
        return (
            self.left in self.small.abbreviations or self.left.lower() in self.small.abbreviations
        )

    @property
    def titles(self) -> bool:
        """Whether the left word is the abbreviated title of somebody."""
        return self.left in self.small.titles

    @property
    def in_chain(self) -> bool:
        """Whether a dot, slash or underscore ties either word to more of the same."""
        return self.glued_left in "._/\\@#=&-" or self.right_goes_on

    @property
    def something_ends(self) -> bool:
        """Whether a word, a closing mark or a sign stands before the stop: something a sentence ends with."""
        if self.left:
            return True
        last, before_last = self.before[-1], self.before[-2:-1]
        if last in " ," and before_last.strip():  # "Look !!!Now", "years,...Great"
            return (len(self.marks) > 1 or self.marks == "…") and self.right_in_prose
        if last in "\"'":
            return before_last.strip() != "" and before_last not in "([{="
        if unicodedata.category(last) == "So":
            return True  # "a crisp crust 🍕.For this"
        return last in ")]”’%°*€£$»…" or (not self.english and last in '“‘›‹«"')

    @property
    def right_goes_on(self) -> bool:
        """Whether the right word is followed by more code: ``Text.Json``, ``get_``, ``call(``."""
        mark, following = self.glued_right[:1], self.glued_right[1:2]
        if mark in ("_", "(", "=", "\\", "@", "["):
            return True
        if mark == "." and following.isupper() and len(self.right) > 1 and self._is_short_sentence:
            return False  # "It grew.Then.It fell": a short sentence between two others
        return mark in (".", "/", ":") and (following.isalnum() or following == "_")

    @property
    def fills_line(self) -> bool:
        """Whether the two words are all that stands in their line, as in the name of a site or a menu."""
        before = re.split(r"[\r\n]", self.before)[-1].strip()
        return before == self.left and bool(re.match(r"[^\S\r\n]*(?:[\r\n]|\Z)", self.after))

    @property
    def _is_short_sentence(self) -> bool:
        """Whether the right word may be a sentence of its own, before another that starts as prose does."""
        then = _NEXT.match(self.after, 1)
        if then is None:
            return False
        spelt = not (self.english or self.right.isascii()) and len(self.right) > 3  # no code
        return spelt or self.starts or "-" in self.right or then.group() in self.small.starters

    @property
    def right_in_prose(self) -> bool:
        """Whether the right word is followed as words of a sentence are."""
        stops = ".,;:!?" if "-" in self.right else ",;:!?"
        return bool(re.match(rf"[{stops}]?(?:\s|\Z)", self.after))


def joints(text: str, small: SmallWords = _ENGLISH) -> Iterator[tuple[int, Joint]]:
    """Every place in *text* to judge, with the offset at which the space would go."""
    for match in _CANDIDATE.finditer(text):
        start, at = match.span()
        left = _LEFT_WORD.search(text, max(0, start - _LONGEST_WORD), start)
        left_start = left.start() if left else start
        opener = "" if text[at].isalnum() else text[at]
        starts = at + len(opener)
        if opener in _BULLETS | _SIGNS:
            starts += 2 * text.startswith("- ", starts) or text.startswith(" ", starts)
        right = _RIGHT_WORD.match(text, starts, starts + _LONGEST_WORD)
        right_end = right.end() if right else at + 1
        yield (
            at,
            Joint(
                left=left.group() if left else "",
                before=text[max(0, start - 32) : start],
                marks=match[1],
                closers=match[2],
                right=right.group() if right else "",
                opener=opener,
                glued_left=text[left_start - 1 : left_start] or " ",
                glued_right=text[right_end : right_end + 2],
                after=text[right_end : right_end + 24],
                small=small,
            ),
        )


def judge(joint: Joint, passage: Passage) -> Verdict:
    """Whether a sentence ends at *joint*, a place in *passage*."""
    if not joint.right or not joint.before.strip():
        return Verdict.INSIDE
    if passage.language != "en" and joint.before[-1].isspace():
        return _after_spaced_mark(joint, passage)
    if joint.marks[0] in _DANDAS:
        return Verdict.BOUNDARY
    if joint.opener in _BULLETS:
        return _before_bullet(joint)
    if joint.opener in _SIGNS:
        return _before_sign(joint)
    if joint.opener in ("¿", "¡"):
        return Verdict.BOUNDARY if joint.something_ends else Verdict.INSIDE
    if joint.opener:
        return _before_bracket(joint)
    if joint.right[0].isdigit():
        return _before_number(joint, passage)
    if joint.right[0].islower():
        return _before_lowercase(joint, passage)
    if not joint.right[0].isupper():
        return _in_script_without_capitals(joint, passage)
    if set(joint.marks) != {"."} or len(joint.marks) > 1 or joint.closers:
        return _after_other_marks(joint)
    if not joint.starts and _names(passage)[f"{joint.left}.{joint.right}"] > 1:
        return Verdict.INSIDE  # written so again and again: a name
    if _changes_script(joint):
        return Verdict.BOUNDARY
    verdict = _after_full_stop(joint, passage.language)
    if verdict is not Verdict.BOUNDARY and _is_between_words(joint):
        return Verdict.BOUNDARY
    if verdict is Verdict.UNSURE and joint.before.endswith(f"{joint.right} {joint.left}"):
        return Verdict.BOUNDARY  # "ClueBot NG.ClueBot NG": one name ends and starts
    if verdict is Verdict.UNSURE and joint.left.islower() and not _is_word(joint.right):
        # "folks.WrestleMania": a name of this shape, if the text writes it elsewhere by itself
        named = passage.words[joint.right] > 1 and joint.left not in MODULES
        return Verdict.BOUNDARY if named and is_prose_word(joint.left) else verdict
    return verdict


def _is_between_words(joint: Joint) -> bool:
    """Whether words of prose stand on both sides by their shape: ``SAD-a.Rosa je``, ``2015-2016.Gomery``, ``Zeit.F125 ist``.

    Outside English, where no list says what is a word.
    """
    if joint.english or joint.titles:
        return False
    if _closes_list(joint):
        return len(joint.right) > 2 and _is_word(joint.right)
    return not joint.abbreviates and _ends_in_prose(joint) and _begins_in_prose(joint)


def _closes_list(joint: Joint) -> bool:
    """Whether an abbreviation such as *etc.* stands before the joint, with spaces in it or without: ``и т. д.Он``."""
    chain = _SPACED_CHAIN.search(joint.before)
    return chain is not None and "".join(re.findall(r"\w", chain[1])) in joint.small.closing


def _ends_in_prose(joint: Joint) -> bool:
    """Whether a word ends there that is neither a program's nor an initial: ``BiH``, ``SNBC-kanavilla``, ``km/h``, ``10-6``."""
    left, glued = joint.left, joint.glued_left
    if left in MODULES | CODE_ROOTS | FILE_NAMES or glued in "._\\@#=&":
        return False
    if glued == "/":
        return _EITHER.search(joint.before) is not None
    if len(left) == 1:
        return left.islower() and glued == " " and len(joint.right) > 3
    return (len(left) > 2 or left.isupper()) and _is_shaped_as_word(left)


def _begins_in_prose(joint: Joint) -> bool:
    """Whether a word begins there that goes on as sentences do; an acronym may be inflected: ``USA:s president``."""
    left, right = joint.left, joint.right
    named = right.isupper() or joint.glued_right[:1] == ","
    if right.lower() in FILE_ENDINGS and not (left.islower() and named):
        return False
    if not _is_shaped_as_word(right) or len(right) < (2 if left[-1:].islower() else 3):
        return False
    if _GOES_ON.match(joint.after):
        return True
    alone = right[1:].islower() and min(len(left), len(right)) > 3  # a sentence of one word
    return alone and re.match(r"\.\s[^\W\d_]", joint.after) is not None


def _is_shaped_as_word(word: str) -> bool:
    """Whether each part of *word* is small, capitalised, a number or an acronym, which may be inflected: ``APEC-ni``."""
    return all(
        _is_word(part) or part.isupper() or part.isdigit() or _SHORT_NAME.match(part) is not None
        for part in re.split(r"[-'’]", word)
        if part
    )


def _changes_script(joint: Joint) -> bool:
    """Whether a word in letters without case ends here and one with a capital begins: ``است.Anna``; no name is so."""
    left = joint.left
    uncased = len(left) > 1 and left.isalpha() and not (left.islower() or left.isupper())
    return (
        uncased
        and left[0].lower() == left[0].upper()
        and not joint.abbreviates
        and joint.right_in_prose
    )


@lru_cache(maxsize=4)
def _names(passage: Passage) -> Counter[str]:
    """How often each pair of capitalised words with a stop between stands in the passage: ``My.Future``."""
    return Counter(_DOTTED.findall(passage.text))


def _after_other_marks(joint: Joint) -> Verdict:
    """``Is it?Yes`` against ``[!TIP]``, ``(?P<name>)`` and the range ``A..B``."""
    if joint.right_goes_on or not joint.something_ends:
        return Verdict.INSIDE
    if joint.marks == ".." and not joint.starts:  # a range, unless a sentence slipped
        prose = is_prose_word(joint.left) if joint.english else joint.left.islower()
        slipped = prose and len(joint.left) > 1 and _is_word(joint.right)
        return Verdict.BOUNDARY if slipped else Verdict.INSIDE
    if len(joint.left) == len(joint.right) == 1 and joint.right != "I":
        return Verdict.INSIDE
    if joint.marks == "!" and not joint.closers and _is_brand(joint):
        return Verdict.INSIDE
    return Verdict.BOUNDARY


def _after_spaced_mark(joint: Joint, passage: Passage) -> Verdict:
    """``Venez !Bref``, where a space belongs before the mark, and ``adj …És``; dots may take a sentence up again: ``»…И тогда``."""
    trailing = joint.marks == "…" or len(joint.marks) > 2
    if trailing and joint.before.rstrip()[-1:].isalpha():
        return (
            Verdict.BOUNDARY
            if joint.right[0].isupper() and _GOES_ON.match(joint.after)
            else Verdict.INSIDE
        )
    spaced = passage.typography.spaced.issuperset(joint.marks)
    ends = joint.before.rstrip()[-1:].isalnum() or joint.before.rstrip()[-1:] in ")»”"
    starts = joint.right[0].isupper() and joint.right_in_prose
    return Verdict.BOUNDARY if spaced and ends and starts else Verdict.INSIDE


def _in_script_without_capitals(joint: Joint, passage: Passage) -> Verdict:
    """``كان.وقال``, ``है।वह``: a word of two letters at least on either side, and no initial, number or abbreviation."""
    if passage.has(Trait.CASED) or not passage.has(Trait.SPACED):
        return Verdict.INSIDE
    if joint.marks == "." and _DEVANAGARI.match(joint.right):
        return Verdict.INSIDE  # a danda ends sentences there, and a stop abbreviates
    ends = joint.something_ends or _is_vowel_sign(joint.before[-1])
    whole = len(joint.right) > 1 or _is_vowel_sign(joint.glued_right[:1])
    whole = whole or joint.glued_right[:1] in tuple("-־")  # a prefix before a name: "ל- CBS"
    whole = whole or _GERSHAYIM.match(joint.after) is not None or joint.right in joint.small.letters
    explained = joint.glued_right[:1] == "(" and joint.right.isalpha()  # "토지면(土旨面)"
    in_chain = joint.in_chain and not (explained and joint.glued_left.isspace())
    if in_chain or not ends or not (whole or _HANGUL.match(joint.right)):
        return Verdict.INSIDE
    if joint.left and joint.marks == "." and not joint.closers:
        acronym = joint.glued_left in '"”“״'  # the last letter of one in Hebrew
        one = len(joint.left) == 1 and not (joint.left.isdigit() or _HANGUL.match(joint.left))
        initial = (one and not acronym) or joint.glued_left == "."
        # "1.개요", and not a year; a sentence in Korean never ends in a number
        alone = joint.before.strip().isdigit() or _HANGUL.match(joint.right)
        item = alone and joint.left.isdigit() and len(joint.left) < 4
        if initial or joint.abbreviates or item:
            return Verdict.INSIDE
    return Verdict.BOUNDARY


def _is_vowel_sign(character: str) -> bool:
    """Whether *character* is written on the letter before it, as the vowels of Hindi are; no word character."""
    return character != "" and unicodedata.category(character)[0] == "M"


def _is_brand(joint: Joint) -> bool:
    """Whether the mark may be part of a name inside a sentence: ``on Yahoo!News``, ``of Jeopardy!Masters``.

    Before a title somebody is named, and no thing: ``It is Magic!Mrs Lima left``.
    """
    return (
        not joint.starts and joint.right not in TITLES and bool(_NAME_INSIDE.search(joint.before))
    )


def _is_known(word: str, language: str) -> bool:
    """Whether the word list has *word*, or the parts of it that a hyphen joins, or their stems.

    British spellings and words made of its words count.  The list is of English; in other languages every word passes for one.
    """
    folded = word.lower()
    if language != "en" or frequency(folded) or frequency(american(folded)) or is_derived(folded):
        return True
    parts = (part.lower() for part in re.split(r"[-'’]", word) if part)
    return all(frequency(part) or frequency(_INFLECTION.sub("", part)) for part in parts)


def _before_bullet(joint: Joint) -> Verdict:
    """``law.- With regard`` and ``muscles.· The hand``: the lines of a list run together."""
    english = joint.english
    shortest = 3 if english or not joint.right[0].isupper() else 2
    word = joint.left[-1:].islower() or (
        not english and joint.left.isupper() and joint.right[0].isupper()
    )
    if not word or len(joint.left) < shortest or joint.glued_left in "._/\\":
        return Verdict.INSIDE
    if joint.abbreviates or joint.titles:
        return Verdict.INSIDE
    if english and joint.opener == "—":
        return Verdict.INSIDE
    dashes = "-" if english else "-–—"  # elsewhere a longer dash opens speech
    certain = joint.opener not in "-–—" or (joint.opener in dashes and joint.right[0].isupper())
    return Verdict.BOUNDARY if certain or not english else Verdict.UNSURE


def _before_sign(joint: Joint) -> Verdict:
    """``office.$6.1m`` and ``bites.© 2019``: a sum or a notice after a word of prose."""
    prose = joint.left[-1:].islower() and len(joint.left) > 2 and not joint.abbreviates
    ends = prose or joint.before[-1] in ')”"'
    return Verdict.BOUNDARY if ends and joint.glued_left not in "._/\\" else Verdict.INSIDE


def _after_full_stop(joint: Joint, language: str) -> Verdict:
    """A single full stop before a capital: the case that looks like everything else."""
    left, right = joint.left, joint.right
    if not left:  # after a bracket, quote or sign: "[15].However", "plan”.He", "5%.The"
        closing = joint.something_ends
        if joint.before[-1] in "-–—+#":  # a word broken off, "sh- --.How"; a language, "C++.It"
            closing = joint.starts and joint.right_in_prose
        return Verdict.BOUNDARY if closing and not joint.right_goes_on else Verdict.INSIDE
    if len(right) == 1 and (right not in joint.small.letters or not joint.right_in_prose):
        return _before_initial(joint)
    if joint.right_goes_on:
        return Verdict.INSIDE
    if len(left) == 1 and left.isalpha():
        return _after_letter(joint)
    if (left in FILE_NAMES or joint.glued_left == "@") and not joint.starts:
        return Verdict.INSIDE
    if joint.abbreviates or joint.titles:
        certain = joint.starts and len(right) > 1
        certain = certain and (not joint.titles or left in ("St", "Mt", "Ft", "Sr"))  # a street
        return Verdict.BOUNDARY if certain else Verdict.UNSURE
    if joint.glued_left in "._/\\":
        known_tail = left in FILE_ENDINGS or left[0].isdigit() or left.lower() in FILE_ENDINGS
        if joint.starts and (known_tail or joint.right_in_prose):
            return Verdict.BOUNDARY
        if left in FILE_ENDINGS and _is_word(right):
            return Verdict.BOUNDARY
        decimal = _DECIMAL.search(joint.before)  # "a score of 409.30.Porto won"
        if decimal and decimal[1] not in UNIT_ENDS and _is_word(right) and joint.right_in_prose:
            return Verdict.BOUNDARY
        either = _SLASHED.search(joint.before)  # "cold/produce.Step 7"
        if (
            either
            and is_prose_word(either[1])
            and is_prose_word(either[2])
            and is_prose_word(right)
        ):
            return Verdict.BOUNDARY if joint.right_in_prose else Verdict.UNSURE
        after_path = joint.glued_left == "/" and _is_word(right) and joint.right_in_prose
        return Verdict.UNSURE if after_path else Verdict.INSIDE
    capitals = not joint.english and right.isupper() and left.islower()
    if right.lower() in FILE_ENDINGS and not joint.starts and not capitals:
        return _before_ending(joint)
    if left[0].islower():
        return _after_lowercase(joint, language)
    return _after_capitalised(joint, language)


def _after_lowercase(joint: Joint, language: str) -> Verdict:
    """``stability.China``: prose, unless the right word is an identifier or the left no word."""
    named = joint.left in MODULES or not _is_known(joint.left, language)
    if named and _ends_a_clause(joint):
        return Verdict.BOUNDARY
    if named and not joint.starts and joint.right not in TITLES:
        return Verdict.UNSURE if joint.right_in_prose else Verdict.INSIDE
    if _is_word(joint.right) or _INITIALS.match(joint.right):
        return Verdict.BOUNDARY
    if not joint.english and joint.right.isupper() and joint.right_in_prose:
        return Verdict.BOUNDARY  # "комбината.СДС"
    return Verdict.UNSURE if joint.right_in_prose else Verdict.INSIDE


def _after_capitalised(joint: Joint, language: str) -> Verdict:
    """``Games.In`` and ``2021.However`` against ``System.Text`` and ``Hotels.Com``."""
    left, right = joint.left, joint.right
    if joint.starts or (joint.right in TITLES and joint.glued_right == ". " and left.isalpha()):
        return Verdict.BOUNDARY
    if left == right and joint.glued_left == " " and re.match(r"\s[a-z]", joint.after):
        return Verdict.BOUNDARY  # "in contrast to Google.Google had"
    if left.isdigit() and right.isupper() and len(right) < 5 and not _YEAR.match(left):
        return Verdict.INSIDE  # the sign of a share: "000651.SZ"
    if left.isdigit():
        return Verdict.BOUNDARY if _is_word(right) else Verdict.UNSURE
    if left in _NEVER_LAST or (
        left in joint.small.starters and _CAPITAL_INSIDE.search(joint.before)
    ):
        return Verdict.INSIDE  # no sentence ends so: "the club's My.Future project"
    spelt = _INITIALS.match(right) and len(right) > 2 and re.match(r"\s[a-zA-Z]", joint.after)
    if spelt and left not in CODE_ROOTS and _is_word(left) and _is_known(left, language):
        return Verdict.BOUNDARY  # "Region.AFP is"
    shouted = right.isupper() and re.match(r"\s[A-Z]{2}", joint.after) and len(right) > 1
    if shouted and left.isupper() and is_prose_word(left) and is_prose_word(right):
        return Verdict.BOUNDARY  # "THE END.START OF IT"
    if right.isupper() and len(right) > 5 and joint.right_in_prose:  # a heading, not "System.IO"
        return Verdict.BOUNDARY
    if left in CODE_ROOTS or not _is_word(right) or not joint.right_in_prose:
        return Verdict.UNSURE if joint.right_in_prose else Verdict.INSIDE
    if joint.fills_line:
        return Verdict.UNSURE  # "Bright.Water" as the title of a page
    if _is_word(left) or left.isupper() or _ends_a_clause(joint):
        return Verdict.BOUNDARY
    return Verdict.UNSURE


def _ends_a_clause(joint: Joint) -> bool:
    """Whether a small word goes before the left word, which the list lacks, and a common word with its own follows.

    ``of hantavirus.Researchers say``, ``at GitHub.Welcome back``: code and addresses have no sentence around them.
    """
    before = _AFTER_SMALL_WORD.search(joint.before)
    if before is None or joint.left in MODULES or not joint.left.isalpha() or len(joint.left) < 5:
        return False
    small = before[1] in words("function_words.txt") or before[1] in words("prepositions.txt")
    right = _is_word(joint.right) and len(joint.right) > 2 and is_prose_word(joint.right)
    return small and right and re.match(r",? [a-z]", joint.after) is not None


def _after_letter(joint: Joint) -> Verdict:
    """``U.S.The``, ``p.m.We``, ``vitamin C.The``, ``km/h.Lyon`` against ``J.R.R.Tolkien``."""
    if _RATE.search(joint.before):
        return Verdict.BOUNDARY if _is_word(joint.right) else Verdict.UNSURE
    chain = re.search(r"(?<![^\W_])(?:[^\W\d_]\.|Ph\.)*[^\W\d_]\Z", joint.before)
    letters = chain.group() if chain else joint.left
    if "." not in letters and joint.glued_left.strip() and joint.glued_left not in "(“‘\"'°":
        return Verdict.INSIDE
    if letters.replace(".", "").lower() in ACRONYMS and "." in letters:
        return Verdict.BOUNDARY if _is_word(joint.right) else Verdict.UNSURE
    if joint.starts and joint.right_in_prose:
        return Verdict.BOUNDARY
    return Verdict.INSIDE


def _before_initial(joint: Joint) -> Verdict:
    """``said.J. Smith`` against ``U.S`` and ``file.C``: only a long plain word ends a sentence."""
    plain = joint.left.islower() and joint.glued_left not in "._/\\"
    if (
        plain
        and len(joint.left) > 3
        and _is_known(joint.left, "en")
        and _ACRONYM.match(joint.after)
    ):
        return Verdict.BOUNDARY  # "the heart.U.S. industry"
    if plain and len(joint.left) > 2 and joint.right in "QA" and _ANSWERS.match(joint.after):
        return Verdict.BOUNDARY  # "for fun.Q: Where did you go?"
    if plain and joint.left in PLAIN_ENDS and joint.glued_right[:1] == ".":
        return Verdict.BOUNDARY
    if plain and len(joint.left) > 3 and not joint.english and _SPOKEN.match(joint.after):
        return Verdict.BOUNDARY
    if (
        plain
        and len(joint.left) > 3
        and joint.glued_right[:1] in (".", " ")
        and not joint.abbreviates
    ):
        return Verdict.BOUNDARY if joint.glued_right == ". " else Verdict.UNSURE
    return Verdict.INSIDE


def _before_ending(joint: Joint) -> Verdict:
    """``market.Net income`` against ``Hotels.Com`` and ``ASP.NET``."""
    if not joint.left.islower() or not joint.right_in_prose:
        return Verdict.INSIDE
    if joint.right.isupper() and is_prose_word(joint.left):
        return Verdict.BOUNDARY  # "the same way.FM and TV waves"
    word = joint.right.lower() in ENDINGS_THAT_ARE_WORDS and len(joint.left) > 1
    return Verdict.BOUNDARY if word else Verdict.UNSURE


def _before_lowercase(joint: Joint, passage: Passage) -> Verdict:
    """A sentence that starts small: a brand such as ``iPhone``, or careless writing."""
    left, right = joint.left, joint.right
    if joint.after.startswith("://") or (right == "www" and joint.after[:1] == "."):
        plain = joint.closers or (len(left) > 1 and not left.lower().startswith("http"))
        return Verdict.BOUNDARY if plain else Verdict.UNSURE
    goes_on = (
        passage.language == "en" and joint.marks == "." and re.match(r"\s[a-zA-Z]", joint.after)
    )
    if goes_on and right in AFTER_INITIALS | LOWERCASE_STARTERS and _CHAIN.search(joint.before):
        return Verdict.BOUNDARY  # "the U.K.and the U.S.are"
    if joint.in_chain or "…" in joint.marks or len(joint.marks) > 1 or not joint.right_in_prose:
        return Verdict.INSIDE
    if right in LOWERCASE_BRANDS:
        return Verdict.BOUNDARY if len(left) > 1 or joint.closers else Verdict.UNSURE
    if not joint.english:
        return _begins_small(joint)  # the words below are of English
    if left in CODE_WORDS and right in METHODS:
        return Verdict.INSIDE
    if left in PLAIN_ENDS and right in LOWERCASE_STARTERS:
        return Verdict.BOUNDARY
    if len(left) < 3 or joint.abbreviates or not left.isalpha():
        return Verdict.INSIDE
    if right in LOWERCASE_STARTERS and (left.islower() or (right == "i" and _is_word(left))):
        return Verdict.BOUNDARY if _is_known(left, passage.language) else Verdict.UNSURE
    named = joint.after[:1] in ("", ",", ";")  # "see report.final, notes.old"
    if right in FILE_ENDINGS or named:
        return Verdict.INSIDE
    prose = left.islower() and is_prose_word(left) and is_prose_word(right) and len(right) > 1
    return Verdict.UNSURE if prose else Verdict.INSIDE


def _begins_small(joint: Joint) -> Verdict:
    """``menace.c'est``: a sentence that starts small with a small word, which is not the end of an address."""
    left, right = joint.left, joint.right
    elided, apostrophe, _ = right.replace("’", "'").partition("'")
    small = (
        elided in joint.small.elided if apostrophe else right.capitalize() in joint.small.starters
    )
    long = len(left) > (3 if left.islower() or not left.isascii() else 4)
    plain = long and left.isalpha() and _is_word(left) and left not in MODULES
    if not (small and plain and _GOES_ON.match(joint.after)) or joint.abbreviates:
        return Verdict.INSIDE
    address = right in FILE_ENDINGS or (right.isascii() and len(right) == 2)  # "elpais.es y"
    return Verdict.INSIDE if address else Verdict.BOUNDARY


def _before_number(joint: Joint, passage: Passage) -> Verdict:
    """A number, as in ``this week.2005 is`` against ``fig.5``, ``v.2`` and ``alpha.1``."""
    left = joint.left
    if not joint.english and _is_number_in_prose(joint):
        return Verdict.BOUNDARY
    longest = 2 if joint.english else 4
    if re.match(r"\.\s+[^\W\da-z_]", joint.after) and len(joint.right) <= longest:
        return _before_item(joint, passage)
    plain = left.islower() and left[-1].isalpha() and len(left) > 3
    if plain and re.match(r",\d{3}(?!\d)", joint.after) and joint.glued_left not in "._/\\":
        return Verdict.BOUNDARY  # "years.4,404 ships"
    if _begins_with_number(joint, plain=plain):
        return Verdict.BOUNDARY
    if joint.in_chain or not joint.right.isdigit() or not joint.after[:1].isspace():
        return Verdict.INSIDE
    if re.match(r"\s[A-Z]", joint.after) and len(joint.right) < 4 and joint.marks == ".":
        return Verdict.INSIDE  # a footnote mark: "to innovation.23 Open minds"
    if plain and not (joint.abbreviates or left in UNIT_ENDS):
        year = len(joint.right) == 4 or joint.marks != "."
        return Verdict.BOUNDARY if year else Verdict.UNSURE
    return Verdict.INSIDE


def _begins_with_number(joint: Joint, *, plain: bool) -> bool:
    """Whether a word of prose or a closed bracket ends the sentence, and a number of things, or of an entry, begins the next."""
    digits = re.match(r"\d{1,9}", joint.right)
    if digits is None or joint.marks != "." or joint.glued_left in "._/\\":
        return False
    if plain:
        known = _is_known(joint.left, "en") and joint.left not in CODE_WORDS | MODULES
        ends = known and not (joint.abbreviates or joint.left in UNIT_ENDS)
    else:
        ends = not joint.left and joint.before[-1] in ')”"'
    rest = joint.right[digits.end() :] + joint.after
    return ends and bool(_COUNTED.match(rest) or _LISTED.match(rest))


def _is_number_in_prose(joint: Joint) -> bool:
    """Whether a word of prose ends the sentence and a number that goes on small begins the next: ``vint.18 trous``."""
    left = re.split(r"[-'’]", joint.left)[-1]
    uncased = left[:1].lower() == left[:1].upper()
    long = len(left) > (1 if uncased else 4 if left[0].isupper() else 3)
    prose = long and left.isalpha() and not left[1:].isupper() and not joint.abbreviates
    closed = not left and joint.before[-1] in ")»”"
    if not (prose or closed) or joint.glued_left in "._/\\":
        return False
    if not joint.right.isdigit():  # "2008년": a number and what is counted, "56-letni"
        counted = not joint.right.isascii() and not left.isascii()
        return joint.right_in_prose and (counted or bool(_INFLECTED.match(joint.right)))
    going_on = _GOES_ON_SMALL.match(joint.after)
    if going_on is None:
        return False
    return not joint.after[going_on.end()].isupper()


def _before_item(joint: Joint, passage: Passage) -> Verdict:
    """``in full.2. The licence``: the lines of a numbered list run together."""
    left, number = joint.left, joint.right
    if not left and joint.before[-1] in ')”"»“' and _ITEM_BEGINS.match(joint.after):
        return Verdict.BOUNDARY  # "clause (i).4. In it"
    if len(left) < 3 or not left.isalpha() or (joint.abbreviates or left.lower() in UNIT_ENDS):
        return Verdict.INSIDE
    if not number.isdigit() or joint.glued_left in "._/\\":
        return Verdict.INSIDE
    prose = left.islower() or not (joint.english or left.isupper())
    if prose and _is_known(left, passage.language) and _ITEM_BEGINS.match(joint.after):
        return Verdict.BOUNDARY  # a sentence after the number of an item
    counted = _items(passage)
    in_order = int(number) - 1 in counted or int(number) + 1 in counted
    return Verdict.BOUNDARY if in_order else Verdict.UNSURE


@lru_cache(maxsize=4)
def _items(passage: Passage) -> frozenset[int]:
    """The numbers of the passage that stand as those of a list do."""
    return frozenset(int(number) for number in _ITEM.findall(passage.text))


def _before_bracket(joint: Joint) -> Verdict:
    """``outcomes.(Note`` against a footnote mark ``end.[12]`` and code such as ``x.(T)``."""
    if joint.opener == "[" and not joint.right[0].isupper():
        return Verdict.INSIDE
    if joint.closers.endswith("]") or (
        joint.opener == "(" and joint.marks == "?" and not joint.left
    ):
        return Verdict.INSIDE  # a link, "[Is it?](address)", or a pattern, "(a)?(b)"
    shortest = 3 if joint.english else 2
    ends = len(joint.left) >= shortest or joint.closers or joint.before[-1] in ")]”’\"'%"
    if not ends or joint.abbreviates:
        return Verdict.INSIDE
    if joint.glued_left in "._/\\" and joint.left not in FILE_ENDINGS:
        return Verdict.INSIDE
    return Verdict.BOUNDARY


def _is_word(word: str) -> bool:
    """Whether *word* is capitalised or small as words of prose are, not as identifiers are."""
    tail = word[1:]
    if tail.islower() or not tail:
        return True
    if "-" in word or "'" in word or "’" in word:
        return all(_is_word(part) for part in re.split(r"[-'’]", word) if part)
    return bool(re.match(r"(?:Mc|Mac)[A-Z][a-z]+\Z", word))


@rule(
    "missing-space-after-sentence",
    "fluency.punctuation.spacing",
    fixes=[
        ("The talks went well.Both sides agreed.", "The talks went well. Both sides agreed."),
        (
            "They opened the Winter Games.In the evening they left.",
            "They opened the Winter Games. In the evening they left.",
        ),
        ("It grew fast in 2021.However, it slowed.", "It grew fast in 2021. However, it slowed."),
        ("He moved to the U.S.The move was hard.", "He moved to the U.S. The move was hard."),
        (
            "It is built on Node.js.The server is small.",
            "It is built on Node.js. The server is small.",
        ),
        ("Is that so?Yes!Come in.", "Is that so? Yes! Come in."),
        (
            "The end was near.(She did not know it.)Then it came.",
            "The end was near. (She did not know it.) Then it came.",
        ),
        ("(“Yes.”)He left.", "(“Yes.”) He left."),
        ("Well done! 🎉The rest is easy.", "Well done! 🎉 The rest is easy."),
        ("¿Y tú?¡Claro!", "¿Y tú? ¡Claro!"),
        ("The U.K.and the U.S.are allies.", "The U.K. and the U.S. are allies."),
        (
            "It shuts at 5 p.m.on Monday in the U.S.it is said.",
            "It shuts at 5 p.m. on Monday in the U.S. it is said.",
        ),
        (
            "One bot is NiteBot NG.NiteBot NG is quick.",
            "One bot is NiteBot NG. NiteBot NG is quick.",
        ),
        ("THE END.START OF IT.", "THE END. START OF IT."),
        ("She said, Yes.Fine weather is ahead.", "She said, Yes. Fine weather is ahead."),
        (
            "He spoke of You Know Who.Porto was far.",
            "He spoke of You Know Who. Porto was far.",
        ),
        ("We saw that it’s Magic!Mrs Lima left.", "We saw that it’s Magic! Mrs Lima left."),
        ("He knows C++.It is old.", "He knows C++. It is old."),
        (
            "It crossed the Region.AFP says so.It ran at 350 km/h.Lyon saw 2,300 of it for years.4,404 ships came …Then none.",
            "It crossed the Region. AFP says so. It ran at 350 km/h. Lyon saw 2,300 of it for years. 4,404 ships came … Then none.",
        ),
        (
            "We saw this in both groups [15].However, it faded.",
            "We saw this in both groups [15]. However, it faded.",
        ),
        (
            "He opened the box.iPhone sales had never been better.",
            "He opened the box. iPhone sales had never been better.",
        ),
        ("We met at 4 p.m.We left at six.", "We met at 4 p.m. We left at six."),
        ("We stayed home.they went out again.", "We stayed home. they went out again."),
        ("I read it and loved it.why not read it?", "I read it and loved it. why not read it?"),
        ("They count.Twenty-one.Twenty-two. Done.", "They count. Twenty-one. Twenty-two. Done."),
        ("She has a Ph.D.She is young.", "She has a Ph.D. She is young."),
        (
            "It was made in the U.S.A.The rest was not.",
            "It was made in the U.S.A. The rest was not.",
        ),
        ("He read it.J.R.R. Tolkien wrote it.", "He read it. J.R.R. Tolkien wrote it."),
        (
            "1. You may copy it in full.2. You may sell copies.3. You may lend them.",
            "1. You may copy it in full. 2. You may sell copies. 3. You may lend them.",
        ),
        (
            "It was for fun.Q: Where was it? They ran at last.34 - Number of them. It is over.5 of those came.2. Open it wide.",
            "It was for fun. Q: Where was it? They ran at last. 34 - Number of them. It is over. 5 of those came. 2. Open it wide.",
        ),
        (
            "They took office.$6.1m - Sum of it. Mix it with sugar.1/2 cup of it will do (at most).300ms pass.-Helps them.",
            "They took office. $6.1m - Sum of it. Mix it with sugar. 1/2 cup of it will do (at most). 300ms pass. -Helps them.",
        ),
        (
            "It is a case of lindavirus.Researchers say so. They met at MintHub.Welcome is what it said.",
            "It is a case of lindavirus. Researchers say so. They met at MintHub. Welcome is what it said.",
        ),
        (
            "It is at the heart.U.S. ships left the Long River.Dr. Lima saw them the same way.FM and TV showed it.",
            "It is at the heart. U.S. ships left the Long River. Dr. Lima saw them the same way. FM and TV showed it.",
        ),
        (
            "It helps the hand.· It helps the eye.- It helps the ear.",
            "It helps the hand. · It helps the eye. - It helps the ear.",
        ),
        (
            "The WonderNight show is on.WonderNight is back, and so are we.",
            "The WonderNight show is on. WonderNight is back, and so are we.",
        ),
    ],
    suggests=[
        ("He saw Dr.Miller there.", "He saw Dr. Miller there."),
        (
            "The food was great.service was slow though.",
            "The food was great. service was slow though.",
        ),
        ("It is good.MyHomeIsHere was the name.", "It is good. MyHomeIsHere was the name."),
        ("Use pathlib.Path for it.", "Use pathlib. Path for it."),
        ("Bright.Water\n\nIt is their home.", "Bright. Water\n\nIt is their home."),
    ],
    leaves=[
        "Use System.Text.Json or ASP.NET for that.",
        "Book it on Hotels.Com or ask Character.AI for help.",
        "J.R.R. Tolkien and J.R.R.Tolkien are one man.",
        "It costs $146.88 at 10.30, says v1.2.3 of the list.",
        "Open report.pdf, then Main.java and README.md.",
        "See the note at the end.[12]",
        "It led to innovation.23 Open minds saw it first.",
        "Wait...what did he say?",
        "The e.g. and i.e. of it: see fig.5 and no.7.",
        "Write to Kevin.A.Boone@example.org or see www.example.org/a.Html.",
        "The U.S. The U.N. and D.C.: all stand.",
        "He likes the band Will.I.Am and no other.",
        "It was the U.S.A. The A.B.C. and B.A.C. are others.",
        "Call System.IO.File or java.util.List, then self.value or date.now here.",
        "They back the club's My.Future plan and our All.Clear day.",
        "They back one club, My.Future, and a friend of All.Clear days, Our.Town.",
        "The Bright.Water group grew, and Bright.Water sold it.",
        "Read Yahoo!News or Zoomla!Post today.",
        "The share 000651.SZ rose, 0700.HK fell and 2330.TW stood.",
        "Best.Day.Ever. That is what they shout.",
        "See section.2. The table.3. Both are in file.c.",
        "Ask @ana.Lima and read on; it is all in README.Debian and COPYING.LESSER here.",
        "See [Is it so?](https://example.org/so) and [the docs.](https://example.org).",
        "> [!TIP] Use A..B or main..HEAD or A...B in (?P<name>a)?(b)!",
        'Such a path as ".Git" is refused.',
    ],
    traits=[Trait.SPACED],
    failures=[
        ("We stayed home.fishmongers went out.", "We stayed home. fishmongers went out."),
    ],
)
def missing_space_after_sentence(passage: Passage) -> Iterator[Fix | Finding]:
    """A sentence starts right after the one before, with no space between them.

    Scrapers lose the line breaks of a page and translation systems the spaces of scripts that have
    none, so that ``Games.In`` reads like a domain and every tool after this one sees one long
    sentence.  The space is put back where what stands left and right of the mark is prose.

    Left alone: domains, file names, versions, namespaces, initials, decimals and footnote marks.
    After a title or an abbreviation, and between words that could as well be parts of a name, it
    only suggests.
    """
    for at, joint in joints(passage.text, small_words(passage.language)):
        verdict = judge(joint, passage)
        if verdict is Verdict.INSIDE:
            continue
        fix = inserting(at, " ", _REASON)
        yield fix if verdict is Verdict.BOUNDARY else fix.suggested()
    for at in _beside_quotations(passage):
        yield inserting(at, " ", _REASON)
    for match in () if passage.language == "en" else _TYPED_QUOTES.finditer(passage.text):
        yield inserting(match.end(), " ", _REASON)
    if passage.typography.quotes[0].opening == "‘":
        for match in _SINGLE_QUOTED.finditer(passage.text):
            yield inserting(match.end() - (match.group()[-1] == "‘"), " ", _REASON)
    for match in () if passage.text.isascii() else _AFTER_PICTURE.finditer(passage.text):
        if match["next"] in small_words(passage.language).starters:
            yield inserting(match.start("next"), " ", _REASON)


def _beside_quotations(passage: Passage) -> Iterator[int]:
    """Where a sentence ends and a quotation begins right behind it, or the other way round: ``år.«Et``, ``falt.»To``.

    Only at marks that face one way in the document, whose partner may be lost; pairs of them are the quotes rules' own.
    English has a reading for all its marks.
    """
    if passage.language == "en" or not passage.has(Trait.SPACED):
        return
    opening, closing = _one_way(passage)
    if not passage.characters.isdisjoint(opening):
        for match in _ends_before(opening).finditer(passage.text):
            if _starts(passage, match["next"]):
                yield match.end()
    if not passage.characters.isdisjoint(closing):
        for match in _starts_behind(closing, opening).finditer(passage.text):
            if _starts(passage, match["next"]):
                yield match.end()


def _starts(passage: Passage, letter: str) -> bool:
    """Whether a sentence may start with *letter*: a capital, where letters have case; particles follow a mark in Korean."""
    if letter[0].isdigit():
        return True  # a number of something
    if passage.has(Trait.CASED) or letter.isascii():
        return letter.isupper()
    return letter.isalpha() and not _HANGUL.match(letter)


@lru_cache(maxsize=4)
def _one_way(passage: Passage) -> tuple[str, str]:
    """The quotation marks that can only open, and those that can only close, in the document's own use or the language's."""
    own = own_pair(passage)
    if (
        own == ONE_WAY
        or passage.typography.quotes[0].opening == passage.typography.quotes[0].closing
    ):
        return "", ""  # the two marks look alike, or one stands for the other
    pairs = passage.typography.pairs if own is None else (own,)
    if own is None and passage.characters.issuperset(pairs[0]):
        pairs = pairs[:1]
    opening, closing = {pair.opening for pair in pairs}, {pair.closing for pair in pairs}
    first, last = opening - closing, closing - opening
    return "".join(sorted(first - _APOSTROPHES)), "".join(sorted(last - _APOSTROPHES))


@lru_cache(maxsize=64)
def _ends_before(opening: str) -> re.Pattern[str]:
    return re.compile(
        rf"[.!?…](?:(?<=[^\W_]{{2}}.)|(?<=[)%”“»\"].))(?=[{opening}][\u00a0\u202f]?(?P<next>[^\W\d_]))"
    )


@lru_cache(maxsize=64)
def _starts_behind(closing: str, opening: str) -> re.Pattern[str]:
    after = rf"(?:[{opening}][\u00a0\u202f]?)?" if opening else ""
    return re.compile(
        rf"[{closing}](?:(?<=[.!?…].)|(?<=[.!?…][\u00a0\u202f].))(?={after}(?P<next>[^\W\d_]|\d{{1,4}}[^\W\d_]?\.? [^\W\d_A-Z]))"
    )


_GLUED = re.compile(r"[A-Z](?<=[a-z]{3}.)(?=[a-z]* [a-z])")
_WORDS_BEFORE = re.compile(r"(?<![^\s“‘\"'(])([a-z]{2,24}) ([a-z]{3,24})\Z")
_OPENERS = frozenset(
    [
        "The",
        "This",
        "That",
        "These",
        "Those",
        "There",
        "He",
        "She",
        "It",
        "They",
        "We",
        "You",
        "When",
        "Where",
        "What",
        "Why",
        "How",
        "But",
        "However",
        "His",
        "Her",
        "Their",
        "Our",
        "Its",
    ]
)


@rule(
    "lost-sentence-end",
    "fluency.punctuation.spacing",
    finds=[
        ("Here the text gets lostThere should be a space.", "lostThere"),
        ("It is finding its placeWhere is it?", "placeWhere"),
    ],
    leaves=[
        "Call findThe or isThere here, and getWhen in it.",
        "She uses YouTube and an iPhone, says McDonald there.",
        "Here the text ends. There it starts.",
        "The old hasThis flag is off. The hasThis flag was on.",
    ],
    languages=("en",),
)
def lost_sentence_end(passage: Passage) -> Iterator[Finding]:
    """A sentence runs into the next one, with neither a mark nor a space between them.

    A scraper joined two lines of which the first, a heading or an item, ended without a mark.
    Which mark was lost only the source can tell.

    Left alone: anywhere but between two small words of prose and a word that starts sentences, and
    where the text writes it so again: what code calls things by looks the same.
    """
    for match in _GLUED.finditer(passage.text):
        at = match.start()
        before = _WORDS_BEFORE.search(passage.text, max(0, at - 52), at)
        right = _RIGHT_WORD.match(passage.text, at)
        if before is None or right is None or right.group() not in _OPENERS:
            continue
        left = before[2]
        if not (is_prose_word(before[1]) and is_prose_word(left)) or left in METHODS:
            continue
        if passage.words[left + right.group()] < 2:
            yield Finding(
                Span(before.start(2), right.end()), "Two sentences run into each other here."
            )


RULES = (missing_space_after_sentence, lost_sentence_end)
