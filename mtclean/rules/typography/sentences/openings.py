"""What begins without a capital behind a mark: a bullet, a sign, a bracket, a number, an item of a list, a small letter."""

from __future__ import annotations

import re

from mtclean.rules.typography.lexicon import (
    AFTER_INITIALS,
    CODE_WORDS,
    FILE_ENDINGS,
    LOWERCASE_BRANDS,
    LOWERCASE_STARTERS,
    METHODS,
    MODULES,
    PLAIN_ENDS,
    UNIT_ENDS,
)
from mtclean.rules.typography.sentences.beyond_english import (
    begins_small,
    ends_loudly,
    is_number_in_prose,
)
from mtclean.rules.typography.sentences.joint import Joint, Verdict
from mtclean.rules.typography.words import is_cased_as_prose, is_known, is_prose_word
from mtclean.text import Passage, known

_ITEM = re.compile(r"(?:^|(?<=[\s.!?]))(\d{1,2})[.)][ \t]+(?=[A-Z])", re.MULTILINE)
_CHAIN = re.compile(r"(?<![^\W_])(?:(?:[A-Z]\.)+[A-Z]|[ap]\.m)\Z")
_COUNTED = re.compile(r"(?:[ ]\d)?(?:/\d)?(?:(?:ms|mm|cm|km|kg|ml|[mglsh])(?![^\W_]))? [a-z]{2}")
"""Behind the first digits of a number in prose: ``5 of those``, ``1 1/2 cups``, ``300ms pass``."""
_LISTED = re.compile(r"(?: ?[-–=] ?)[A-Z][a-z]")
"""Behind the number of an entry: ``34 - Percentage``, ``50= Approximate``."""
_ITEM_BEGINS = re.compile(r"\. [“\"]?[^\W\da-z_][^\W\dA-Z_’'-]+ ?[^\W\d_]?[^\W\dA-Z_]")

_LONGEST_SHORTENED = 5
"""Letters of a word that is shortened."""


def before_bullet(joint: Joint) -> Verdict:
    """``law.- With regard`` and ``muscles.· The hand``: the lines of a list run together."""
    english = joint.english
    shortest = 3 if english or not joint.right[0].isupper() else 2
    word = joint.left[-1:].islower() or (
        not english and joint.left.isupper() and joint.right[0].isupper()
    )
    if not word or len(joint.left) < shortest or joint.glued_left in "._/\\":
        return Verdict.INSIDE
    if joint.abbreviates or joint.titles or _is_shortened_twice(joint):
        return Verdict.INSIDE
    if english and joint.opener == "—":
        return Verdict.INSIDE
    dashes = "-" if english else "-–—"  # elsewhere a longer dash opens speech
    certain = joint.opener not in "-–—" or (joint.opener in dashes and joint.right[0].isupper())
    return Verdict.BOUNDARY if certain or not english else Verdict.UNSURE


def _is_shortened_twice(joint: Joint) -> bool:
    """Whether both words may be parts of one, each shortened, as in ``Dipl.-Phys.``."""
    short = len(joint.left) <= _LONGEST_SHORTENED and joint.left[0].isupper()
    return short and joint.opener == "-" and joint.glued_right[:1] == "."


def before_sign(joint: Joint) -> Verdict:
    """``office.$6.1m`` and ``bites.© 2019``: a sum or a notice after a word of prose; elsewhere than in English, ``@anna``, too."""
    if joint.opener == "@" and joint.english:
        return Verdict.INSIDE  # what a program calls a mark of its own: "class.@Test"
    prose = joint.left[-1:].islower() and len(joint.left) > 2 and not joint.abbreviates
    ends = prose or joint.before[-1] in ')”"'
    return Verdict.BOUNDARY if ends and joint.glued_left not in "._/\\" else Verdict.INSIDE


def before_lowercase(joint: Joint, passage: Passage) -> Verdict:
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
    if ends_loudly(joint):
        return Verdict.BOUNDARY
    if joint.in_chain or "…" in joint.marks or len(joint.marks) > 1 or not joint.right_in_prose:
        return Verdict.INSIDE
    if right in LOWERCASE_BRANDS:
        return Verdict.BOUNDARY if len(left) > 1 or joint.closers else Verdict.UNSURE
    if not joint.english:
        return begins_small(joint)  # the words below are of English
    if left in CODE_WORDS and right in METHODS:
        return Verdict.INSIDE
    if left in PLAIN_ENDS and right in LOWERCASE_STARTERS:
        return Verdict.BOUNDARY
    if len(left) < 3 or joint.abbreviates or not left.isalpha():
        return Verdict.INSIDE
    if right in LOWERCASE_STARTERS and (
        left.islower() or (right == "i" and is_cased_as_prose(left))
    ):
        return Verdict.BOUNDARY if is_known(left, passage.language) else Verdict.UNSURE
    named = joint.after[:1] in ("", ",", ";")  # "see report.final, notes.old"
    if right in FILE_ENDINGS or named or passage.shows_code:
        return Verdict.INSIDE
    prose = left.islower() and is_prose_word(left) and is_prose_word(right) and len(right) > 1
    return Verdict.UNSURE if prose else Verdict.INSIDE


def before_number(joint: Joint, passage: Passage) -> Verdict:
    """A number, as in ``this week.2005 is`` against ``fig.5``, ``v.2`` and ``alpha.1``."""
    left = joint.left
    if not joint.english and is_number_in_prose(joint):
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
        known = is_known(joint.left, "en") and joint.left not in CODE_WORDS | MODULES
        ends = known and not (joint.abbreviates or joint.left in UNIT_ENDS)
    else:
        ends = not joint.left and joint.before[-1] in ')”"'
    rest = joint.right[digits.end() :] + joint.after
    return ends and bool(_COUNTED.match(rest) or _LISTED.match(rest))


def _before_item(joint: Joint, passage: Passage) -> Verdict:
    """``in full.2. The licence``: the lines of a numbered list run together."""
    left, number = joint.left, joint.right
    if not joint.english:
        left = re.split(r"[-'’]", left)[-1]
    shortest = 3 if left.isascii() else 2
    if not left and joint.before[-1] in ')”"»“' and _ITEM_BEGINS.match(joint.after):
        return Verdict.BOUNDARY  # "clause (i).4. In it"
    if len(left) < shortest or not left.isalpha():
        return Verdict.INSIDE
    if joint.abbreviates or left.lower() in UNIT_ENDS:
        return Verdict.INSIDE
    if not number.isdigit() or joint.glued_left in "._/\\":
        return Verdict.INSIDE
    prose = left.islower() or not (joint.english or left.isupper())
    if prose and is_known(left, passage.language) and _ITEM_BEGINS.match(joint.after):
        return Verdict.BOUNDARY  # a sentence after the number of an item
    counted = _items(passage)
    in_order = int(number) - 1 in counted or int(number) + 1 in counted
    return Verdict.BOUNDARY if in_order else Verdict.UNSURE


@known
def _items(passage: Passage) -> frozenset[int]:
    """The numbers of the passage that stand as those of a list do."""
    return frozenset(int(number) for number in _ITEM.findall(passage.text))


def before_bracket(joint: Joint) -> Verdict:
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
