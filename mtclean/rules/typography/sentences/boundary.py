"""Whether a sentence ends at a joint: which reading applies, and a mark before a capital, which looks like everything else.

A full stop between two words is a sentence end, or part of a domain, file, version, namespace,
acronym, abbreviation or initial.  What stands left and right of it decides; where the two readings
are close the fix is suggested, and where the evidence is against a sentence end nothing is said.
"""

from __future__ import annotations

import re
from collections import Counter

from mtclean.languages.english import frequency, grammar_words
from mtclean.rules.typography.lexicon import (
    ACRONYMS,
    CODE_ROOTS,
    DOMAIN_WORDS,
    ENDINGS_THAT_ARE_WORDS,
    FILE_ENDINGS,
    FILE_NAMES,
    MODULES,
    PLAIN_ENDS,
    TITLES,
    UNIT_ENDS,
)
from mtclean.rules.typography.sentences.beyond_english import (
    SPOKEN,
    after_spaced_mark,
    changes_script,
    in_script_without_capitals,
    is_between_words,
)
from mtclean.rules.typography.sentences.joint import BULLETS, SIGNS, Joint, Verdict
from mtclean.rules.typography.sentences.openings import (
    before_bracket,
    before_bullet,
    before_lowercase,
    before_number,
    before_sign,
)
from mtclean.rules.typography.words import is_cased_as_prose, is_known, is_prose_word
from mtclean.text import Passage, known

_INITIALS = re.compile(r"[A-Z]{2,}(?:['’]?s|\d+)?\Z")
_CAPITAL_INSIDE = re.compile(r"(?<![\w’'-])[a-z][a-z’'-]* [A-Z][a-z’']*\Z")
_NAME_INSIDE = re.compile(r"[A-Za-z,;:)*] {1,2}([A-Z][a-z’']*|[A-Z]{2,})\Z")
_DOTTED = re.compile(r"[A-Z](?<![\w.].)\w*[.!][A-Z]\w*")
_CAMEL = re.compile(r"[A-Z][a-z]{3,}[A-Z]")
_TYPE = re.compile(r"(?<![\w.])[a-z]\w{0,30}\.[A-Z]\w{1,40}(?![\w.])")
_MEMBER = re.compile(r"(?<![\w.])([a-z]{2,30})\.[a-z]\w{2,30}(?![\w.])")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_RATE = re.compile(r"(?<![^\W_])(?:km|m|mi|cm|ft|mg|g|kg|l|kW)/[a-z]\Z")
_NEVER_LAST = frozenset({"A", "An", "The", "My", "Our", "Your", "Every"})
"""Words that a noun has to follow."""
_DANDAS = ("।", "॥")
_ANSWERS = re.compile(r": [A-Z“\"]")
_ACRONYM = re.compile(r"\.(?:[A-Z]\.)+ [a-zA-Z]")
_DECIMAL = re.compile(r"(?<![^\s(])([a-z]{1,12}) \d{1,6}\.\d{1,3}\Z")
_SLASHED = re.compile(r"(?<![^\s(])([a-z]{3,15})/([a-z]{3,15})\Z")
_BEFORE_TYPE = re.compile(r"(?:\b[Aa]n? |[\[(])\Z")
_AFTER_SMALL_WORD = re.compile(r"(?<![^\s(“\"])([a-z]{1,12}) [^\W_]+\Z")


def judge(joint: Joint, passage: Passage) -> Verdict:
    """Whether a sentence ends at *joint*, a place in *passage*."""
    if not joint.right or not joint.before.strip():
        return Verdict.INSIDE
    if passage.language != "en" and joint.before[-1].isspace():
        return after_spaced_mark(joint, passage)
    if joint.marks[0] in _DANDAS:
        return Verdict.BOUNDARY
    if joint.opener in BULLETS:
        return before_bullet(joint)
    if joint.opener in SIGNS:
        return before_sign(joint)
    if joint.opener in ("¿", "¡"):
        return Verdict.BOUNDARY if joint.something_ends else Verdict.INSIDE
    if joint.opener:
        return before_bracket(joint)
    if joint.right[0].isdigit():
        return before_number(joint, passage)
    if joint.right[0].islower():
        return before_lowercase(joint, passage)
    if not joint.right[0].isupper():
        return in_script_without_capitals(joint, passage)
    pair = f"{joint.left}{joint.marks}{_POSSESSIVE.sub('', joint.right)}"
    if not joint.starts and (_names(passage)[pair] > 1 or joint.start in passage.link_starts):
        return Verdict.INSIDE  # written so again and again, or where a link begins: a name
    if set(joint.marks) != {"."} or len(joint.marks) > 1 or joint.closers:
        return _after_other_marks(joint)
    return _at_full_stop(joint, passage)


def _at_full_stop(joint: Joint, passage: Passage) -> Verdict:
    """Whether one full stop before a capital ends a sentence, where it may be part of a name or of a program."""
    if _is_address(joint):
        return Verdict.INSIDE
    if passage.shows_code and f"{joint.left}.{joint.right}" in _names_in_code(passage):
        return Verdict.INSIDE
    if changes_script(joint):
        return Verdict.BOUNDARY
    if passage.shows_code and joint.left == joint.right and len(joint.left) > 1:
        return Verdict.UNSURE  # a part with the name of its whole: Harbor.Harbor
    verdict = _after_full_stop(joint, passage.language)
    if verdict is not Verdict.INSIDE and _is_in_capitals(joint):  # FT.SEARCH and FT.CREATE
        return Verdict.INSIDE if _names(passage)[joint.left] > 1 else Verdict.UNSURE
    if verdict is not Verdict.BOUNDARY and is_between_words(joint):
        return Verdict.BOUNDARY
    if verdict is Verdict.UNSURE and joint.before.endswith(f"{joint.right} {joint.left}"):
        return Verdict.BOUNDARY  # "ClueBot NG.ClueBot NG": one name ends and starts
    if verdict is Verdict.BOUNDARY and joint.right.isupper() and joint.left in _owners(passage):
        return Verdict.UNSURE  # flags.BIOS and flags.rawio
    unsure = verdict is Verdict.UNSURE or joint.left in MODULES
    if passage.shows_code and unsure and _is_of_a_module(joint, passage):
        return Verdict.INSIDE
    if verdict is Verdict.UNSURE and joint.left.islower() and not is_cased_as_prose(joint.right):
        # "folks.WrestleMania": a name of this shape, if the text writes it elsewhere by itself
        named = passage.words[joint.right] > 1 and joint.left not in MODULES
        return Verdict.BOUNDARY if named and is_prose_word(joint.left) else verdict
    if passage.shows_code and verdict is Verdict.BOUNDARY and _may_be_of_a_program(joint, passage):
        return Verdict.UNSURE
    return verdict


def _is_address(joint: Joint) -> bool:
    """Whether a name that is no word stands before what domains end in: ``on Libera.Chat``; a site writes its own so."""
    named = joint.left[:1].isupper() and not frequency(joint.left.lower())
    return named and not joint.starts and joint.right.lower() in DOMAIN_WORDS


@known
def _owners(passage: Passage) -> frozenset[str]:
    """The words before a stop that a name in small letters touches: those of a program have members."""
    return frozenset(_MEMBER.findall(passage.text))


def _is_of_a_module(joint: Joint, passage: Passage) -> bool:
    """Whether the left word is no word of prose that could end a sentence, but may be a module: ``asyncio.Task``."""
    is_word = joint.left not in MODULES and is_known(joint.left, passage.language)
    return joint.left.islower() and joint.right not in TITLES and not (is_word or joint.starts)


def _may_be_of_a_program(joint: Joint, passage: Passage) -> bool:
    """Whether the words may be a type's, ``a `Clock` with a strings.Builder in it``: no sentence ends right after an article.

    Nor may one where the code of the text has types of such names, or the left word begins several: ``Intl.Format, Intl.Locale``.
    """
    if joint.starts:
        return False
    if not joint.left.islower():
        return _names(passage)[joint.left] > 1
    ahead = joint.before[: -len(joint.left)]
    is_begun = _BEFORE_TYPE.search(ahead) or joint.left == joint.right.lower()
    return bool(is_begun) or bool(_names_in_code(passage))


_POSSESSIVE = re.compile(r"['’]s\Z")


@known
def _names_in_code(passage: Passage) -> frozenset[str]:
    """The types whose module is named before them in the code of the text: ``pathlib.Path``."""
    text = passage.text
    return frozenset(name for span in passage.code for name in _TYPE.findall(text, *span))


@known
def _names(passage: Passage) -> Counter[str]:
    """How often each pair of capitalised words with a stop or a ``!`` between stands in the passage, ``My.Future``; and of how many its first is part."""
    pairs = Counter(_DOTTED.findall(passage.text))
    pairs.update([re.split(r"[.!]", pair, maxsplit=1)[0] for pair in pairs])
    return pairs


def _is_in_capitals(joint: Joint) -> bool:
    """Whether the words on both sides of the stop are, and the one before them is not."""
    if not (joint.left.isupper() and joint.right.isupper()):
        return False
    before = joint.before[: -len(joint.left)].split()
    return len(joint.left) > 1 < len(joint.right) and bool(before) and not before[-1].isupper()


def _after_other_marks(joint: Joint) -> Verdict:
    """``Is it?Yes`` against ``[!TIP]``, ``(?P<name>)`` and the range ``A..B``."""
    if joint.right_goes_on or not joint.something_ends:
        return Verdict.INSIDE
    if joint.marks == ".." and not joint.starts:  # a range, unless a sentence slipped
        prose = is_prose_word(joint.left) if joint.english else joint.left.islower()
        slipped = prose and len(joint.left) > 1 and is_cased_as_prose(joint.right)
        return Verdict.BOUNDARY if slipped else Verdict.INSIDE
    if len(joint.left) == len(joint.right) == 1 and joint.right != "I":
        return Verdict.INSIDE
    if joint.marks == "!" and not joint.closers and _is_brand(joint):
        return Verdict.INSIDE
    return Verdict.BOUNDARY


def _is_brand(joint: Joint) -> bool:
    """Whether the mark may be part of a name inside a sentence: ``on Yahoo!News``, ``of Jeopardy!Masters``, ``a FRITZ!OS``.  A shouted word ends with it.

    Before a title somebody is named, and no thing: ``It is Magic!Mrs Lima left``.
    """
    named = _NAME_INSIDE.search(joint.before)
    if named is None or joint.starts or joint.right in TITLES:
        return False
    return joint.right.isupper() or not named[1].isupper()


def _after_full_stop(joint: Joint, language: str) -> Verdict:
    """A single full stop before a capital: the case that looks like everything else."""
    left, right = joint.left, joint.right
    if not left:  # after a bracket, quote or sign: "[15].However", "plan”.He", "5%.The"
        closing = joint.something_ends
        if joint.before[-1] in "-–—+#":  # a word broken off, "sh- --.How"; a language, "C++.It"
            no_code = joint.starts or not (joint.english or joint.right.isascii())
            closing = no_code and joint.right_in_prose
        if closing and joint.before[-1] in "'’" and _CAMEL.match(right):
            return Verdict.INSIDE  # 'Optional'.PrivateName
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
        if left in FILE_ENDINGS and is_cased_as_prose(right):
            return Verdict.BOUNDARY
        decimal = _DECIMAL.search(joint.before)  # "a score of 409.30.Porto won"
        if (
            decimal
            and decimal[1] not in UNIT_ENDS
            and is_cased_as_prose(right)
            and joint.right_in_prose
        ):
            return Verdict.BOUNDARY
        either = _SLASHED.search(joint.before)  # "cold/produce.Step 7"
        if (
            either
            and is_prose_word(either[1])
            and is_prose_word(either[2])
            and is_prose_word(right)
        ):
            return Verdict.BOUNDARY if joint.right_in_prose else Verdict.UNSURE
        after_path = joint.glued_left == "/" and is_cased_as_prose(right) and joint.right_in_prose
        return Verdict.UNSURE if after_path else Verdict.INSIDE
    capitals = not joint.english and right.isupper() and left.islower()
    if right.lower() in FILE_ENDINGS and not joint.starts and not capitals:
        return _before_ending(joint)
    if left[0].islower():
        return _after_lowercase(joint, language)
    return _after_capitalised(joint, language)


def _after_lowercase(joint: Joint, language: str) -> Verdict:
    """``stability.China``: prose, unless the right word is an identifier or the left no word."""
    named = joint.left in MODULES or not is_known(joint.left, language)
    if named and _ends_a_clause(joint):
        return Verdict.BOUNDARY
    if named and not joint.starts and joint.right not in TITLES:
        return Verdict.UNSURE if joint.right_in_prose else Verdict.INSIDE
    if is_cased_as_prose(joint.right) or _INITIALS.match(joint.right):
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
        return Verdict.BOUNDARY if is_cased_as_prose(right) else Verdict.UNSURE
    if left in _NEVER_LAST or (
        left in joint.small.starters and _CAPITAL_INSIDE.search(joint.before)
    ):
        return Verdict.INSIDE  # no sentence ends so: "the club's My.Future project"
    spelt = _INITIALS.match(right) and len(right) > 2 and re.match(r"\s[a-zA-Z]", joint.after)
    if spelt and left not in CODE_ROOTS and is_cased_as_prose(left) and is_known(left, language):
        return Verdict.BOUNDARY  # "Region.AFP is"
    shouted = right.isupper() and re.match(r"\s[A-Z]{2}", joint.after) and len(right) > 1
    if shouted and left.isupper() and is_prose_word(left) and is_prose_word(right):
        return Verdict.BOUNDARY  # "THE END.START OF IT"
    if right.isupper() and len(right) > 5 and joint.right_in_prose:  # a heading, not "System.IO"
        return Verdict.BOUNDARY
    if left in CODE_ROOTS or not is_cased_as_prose(right) or not joint.right_in_prose:
        return Verdict.UNSURE if joint.right_in_prose else Verdict.INSIDE
    if joint.fills_line:
        return Verdict.UNSURE  # "Bright.Water" as the title of a page
    if is_cased_as_prose(left) or left.isupper() or _ends_a_clause(joint):
        return Verdict.BOUNDARY
    return Verdict.UNSURE


def _ends_a_clause(joint: Joint) -> bool:
    """Whether a small word goes before the left word, which the list lacks, and a common word with its own follows.

    ``of hantavirus.Researchers say``, ``at GitHub.Welcome back``: code and addresses have no sentence around them.
    """
    before = _AFTER_SMALL_WORD.search(joint.before)
    if before is None or joint.left in MODULES or not joint.left.isalpha() or len(joint.left) < 5:
        return False
    small = before[1] in grammar_words()
    right = is_cased_as_prose(joint.right) and len(joint.right) > 2 and is_prose_word(joint.right)
    return small and right and re.match(r",? [a-z]", joint.after) is not None


def _after_letter(joint: Joint) -> Verdict:
    """``U.S.The``, ``p.m.We``, ``vitamin C.The``, ``km/h.Lyon`` against ``J.R.R.Tolkien``."""
    if _RATE.search(joint.before):
        return Verdict.BOUNDARY if is_cased_as_prose(joint.right) else Verdict.UNSURE
    chain = re.search(r"(?<![^\W_])(?:[^\W\d_]\.|Ph\.)*[^\W\d_]\Z", joint.before)
    letters = chain.group() if chain else joint.left
    if "." not in letters and joint.glued_left.strip() and joint.glued_left not in "(“‘\"'°":
        return Verdict.INSIDE
    if "." in letters and joint.right == "A":
        return Verdict.INSIDE  # a.k.a. in capitals, the U.S.A.
    if letters.replace(".", "").lower() in ACRONYMS and "." in letters:
        return Verdict.BOUNDARY if is_cased_as_prose(joint.right) else Verdict.UNSURE
    if joint.starts and joint.right_in_prose:
        return Verdict.BOUNDARY
    return Verdict.INSIDE


def _before_initial(joint: Joint) -> Verdict:
    """``said.J. Smith`` against ``U.S`` and ``file.C``: only a long plain word ends a sentence."""
    plain = joint.left.islower() and joint.glued_left not in "._/\\"
    if plain and len(joint.left) > 3 and is_known(joint.left, "en") and _ACRONYM.match(joint.after):
        return Verdict.BOUNDARY  # "the heart.U.S. industry"
    if plain and len(joint.left) > 2 and joint.right in "QA" and _ANSWERS.match(joint.after):
        return Verdict.BOUNDARY  # "for fun.Q: Where did you go?"
    if plain and joint.left in PLAIN_ENDS and joint.glued_right[:1] == ".":
        return Verdict.BOUNDARY
    if plain and len(joint.left) > 3 and not joint.english and SPOKEN.match(joint.after):
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
