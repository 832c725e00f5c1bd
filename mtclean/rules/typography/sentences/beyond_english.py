"""Joints in languages other than English, where no list says what is a word.

The shape of the words tells, the script, and how the sentence goes on: inflected acronyms, numbers with
endings, letters without case, marks with a space before them.
"""

from __future__ import annotations

import re
import unicodedata

from mtclean.languages.language import Trait
from mtclean.rules.typography.lexicon import CODE_ROOTS, FILE_ENDINGS, FILE_NAMES, MODULES
from mtclean.rules.typography.sentences.joint import Joint, Verdict
from mtclean.rules.typography.words import is_cased_as_prose
from mtclean.text import Passage

HANGUL = re.compile("[\uac00-\ud7af]")
_DEVANAGARI = re.compile("[\u0900-\u097f]")
_OF_INDIA = re.compile("[\u0780-\u07bf\u0900-\u0dff]")
"""Letters that have their vowels written on them, of India, Sri Lanka and the Maldives."""
_FEW_LETTERS = 2
_STOPS = re.compile("[.!?…]")
_INFLECTED = re.compile(r"(?:\d{4}[-'’][^\W\d_]{2,}|\d{1,3}-[^\W\d_]{3,})\Z")
"""A number with an ending: *56-letni*, *1939-ben*, *1933'te*."""
_GOES_ON_SMALL = re.compile(r"(?:[-'’]\w+|[.,]\d{3})?\s(?=[^\W\d_])")
_GERSHAYIM = re.compile(r"[\"״][\u05d0-\u05ea]")
"""Behind the first letter of an acronym in Hebrew: ``ח"כ``."""

_GOES_ON = re.compile(r"(?::[^\W\d_A-Z]{1,4})?[,;:]? [(„“«\"]?[^\W\d_]")
"""Behind the first word of a sentence: an ending of its own, a mark, and the next word."""
SPOKEN = re.compile(r"' [^\W\d_A-Z]|(?:\.[^\W\d_]{1,4}){1,3}\. [^\W\d_A-Z]")
"""Behind the first letter of a word written by ASCII's signs, ``E' tardi``, and of an abbreviation, ``F.eks. da``."""
_EITHER = re.compile(
    r"(?<!\S)[^\W\d_]{2,}/[^\W\d_]{2,}\Z|(?<!\S)(?:\d+ )?[^\W\d_]{1,3} ?/ ?[^\W\d_]{1,4}\Z"
)
"""Two words of which either will do, and a rate: ``Marat/Sade``, ``ml/min``."""
_SHORT_NAME = re.compile(r"[^\W_]{1,4}\Z|[^\W\d_a-z]{2,}[^\W\d_A-Z]+\Z")
"""A name with capitals inside: ``BiH``, ``F125``, ``SETimes``."""
_SPACED_CHAIN = re.compile(r"(?<![\w.])((?:[^\W\d_]{1,4}\.[ \u00a0]?){0,3}[^\W\d_]{1,5})\Z")


def is_between_words(joint: Joint) -> bool:
    """Whether words of prose stand on both sides by their shape: ``SAD-a.Rosa je``, ``2015-2016.Gomery``, ``Zeit.F125 ist``.

    Outside English, where no list says what is a word.
    """
    if joint.english or joint.titles:
        return False
    if _closes_list(joint):
        return len(joint.right) > 2 and is_cased_as_prose(joint.right)
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
        is_cased_as_prose(part)
        or part.isupper()
        or part.isdigit()
        or _SHORT_NAME.match(part) is not None
        for part in re.split(r"[-'’]", word)
        if part
    )


def changes_script(joint: Joint) -> bool:
    """Whether a word in letters without case ends here and one with a capital begins: ``است.Anna``; no name is so."""
    left = joint.left
    uncased = len(left) > 1 and left.isalpha() and not (left.islower() or left.isupper())
    return (
        uncased
        and left[0].lower() == left[0].upper()
        and not joint.abbreviates
        and joint.right_in_prose
    )


def after_spaced_mark(joint: Joint, passage: Passage) -> Verdict:
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


_INITIALS = re.compile(r"(?<!\S)(?:[^\W\d_]\S{0,2}\.){1,6}[^\W\d_]\S{0,2}\Z")
"""Short pieces with stops, before a name in a script that writes vowels on its letters: Tamil க.ப.ஜெ."""


def in_script_without_capitals(joint: Joint, passage: Passage) -> Verdict:
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
    if in_chain or not ends or not (whole or HANGUL.match(joint.right)):
        return Verdict.INSIDE
    if joint.marks == "." and (_INITIALS.search(joint.before) or _is_of_syllables(joint)):
        return Verdict.INSIDE
    if joint.left and joint.marks == "." and not joint.closers:
        acronym = joint.glued_left in '"”“״'  # the last letter of one in Hebrew
        one = len(joint.left) == 1 and not (joint.left.isdigit() or HANGUL.match(joint.left))
        initial = (one and not acronym) or joint.glued_left == "."
        # "1.개요", and not a year; a sentence in Korean never ends in a number
        alone = joint.before.strip().isdigit() or HANGUL.match(joint.right)
        item = alone and joint.left.isdigit() and len(joint.left) < 4
        if initial or joint.abbreviates or item:
            return Verdict.INSIDE
    if joint.closers and HANGUL.match(joint.right):
        return Verdict.UNSURE  # a particle after an aside: "대부분(아니면 전부?)의"
    return Verdict.BOUNDARY


def _is_of_syllables(joint: Joint) -> bool:
    """Whether a stop stands between words of which one is a syllable or two, as acronyms are spelt in India: ``યુ.એન.``, ``వెదర్.కామ్``."""
    left, right = joint.before.split()[-1:], (joint.right + joint.after).split()[:1]
    words = [_STOPS.split("".join(left))[-1], _STOPS.split("".join(right))[0]]
    return any(
        _OF_INDIA.match(word) and sum(map(str.isalpha, word)) <= _FEW_LETTERS for word in words
    )


def _is_vowel_sign(character: str) -> bool:
    """Whether *character* is written on the letter before it, as the vowels of Hindi are; no word character."""
    return character != "" and unicodedata.category(character)[0] == "M"


def begins_small(joint: Joint) -> Verdict:
    """``menace.c'est``: a sentence that starts small with a small word, which is not the end of an address."""
    left, right = joint.left, joint.right
    elided, apostrophe, _ = right.replace("’", "'").partition("'")
    small = (
        elided in joint.small.elided if apostrophe else right.capitalize() in joint.small.starters
    )
    long = len(left) > (3 if left.islower() or not left.isascii() else 4)
    plain = long and left.isalpha() and is_cased_as_prose(left) and left not in MODULES
    if not (small and plain and _GOES_ON.match(joint.after)) or joint.abbreviates:
        return Verdict.INSIDE
    address = right in FILE_ENDINGS or (right.isascii() and len(right) == 2)  # "elpais.es y"
    return Verdict.INSIDE if address else Verdict.BOUNDARY


def ends_loudly(joint: Joint) -> bool:
    """Whether a cry or a question ends and another begins small, in letters that no address has: ``фото!вещь``."""
    left, right = joint.left, joint.right
    words = left.isalpha() and right.isalpha() and len(left) > 2 and len(right) > 1
    foreign = not (left.isascii() or right.isascii())
    return joint.marks[0] in "!?" and words and foreign and joint.right_in_prose


def is_number_in_prose(joint: Joint) -> bool:
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
