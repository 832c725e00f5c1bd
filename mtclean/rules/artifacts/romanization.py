"""How a name sounds, whichever system its letters were taken over by: *Kuznecov*, *Kuznetsov*."""

from __future__ import annotations

import re
from functools import lru_cache

_FEWEST_CONSONANTS = 3
"""A key of fewer tells too little: *Mary*, *Maria*."""

_Spellings = tuple[tuple[str, str], ...]


def _spellings(said: str) -> _Spellings:
    """``ch=C sh=S`` as pairs, in order."""
    pairs = (one.partition("=") for one in said.split())
    return tuple((spelling, sound) for spelling, _, sound in pairs)


_OF_ALL = _spellings(
    "shch=S sch=S tch=C ch=C sh=S zh=J kh=h ts=c tz=c ph=f th=t gh=g ck=k x=ks q=k w=v "
    "eye=e eie=e ie=e ye=e ee=e yo=o ya=a ia=a yu=u iu=u ou=u oo=u ai=e ei=e ay=e ey=e "
    "y=i e=i o=u"
)
"""Cyrillic, Greek, Hebrew and Arabic letters as Latin ones, by ISO 9, BGN/PCGN, ELOT and the habits of newspapers; the
longer spellings first.  What is left of the vowels are a, i and u, which one takes for another least."""

_KUNREI = _spellings("shi=si chi=ti tsu=tu fu=hu ji=zi sh=sy ch=ty j=zy ou=o oo=o uu=u")
"""Hepburn's spellings of Japanese, and those of ISO 3602 (Kunrei)."""
_JAPANESE = re.compile(
    r"(?:(?:[kgsztdnhbpmr]y|sh|ch|ts|[kgsztdnhbpmryfjw])?[aeiou]|(?<=[aeiou])n(?![aeiou])|([kstp])(?=\1)){2,8}"
)

_REVISED = _spellings("ng=N ch=c j=c sh=s eo=o eu=u oo=u ee=i g=k d=t b=p l=r")
"""McCune and Reischauer's spellings of Korean, those of 2000 (Revised), and of people who spell themselves."""
_KOREAN = re.compile(
    r"(?:(?:ch|sh|[bdgjkpthmnrlsyw])?(?:y?eo|eu|ae|oe|ui|oo|ee|w?[aeiou])(?:ng|[kgnmlptb](?![aeiou]))?){2,3}"
)

_WADE_GILES = _spellings("zh=ch q=ch j=ch x=hs b=p d=t g=k z=ts c=ts r=j")
_FINALS = _spellings("ong=ung ian=ien yan=yen")
_PINYIN = re.compile(
    r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?((?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu"
    r"|ou|ua|ui|un|uo|ue|[aeiu])(?![aeiou])|o(?![aeiou]))"
)
"""An initial and a final of Hanyu Pinyin."""
_SHORTEST_IN_TWO = 7
"""Letters of a Chinese name of two syllables; those of one syllable that sound alike are many persons."""


@lru_cache(maxsize=50_000)
def sound_keys(name: str) -> frozenset[str]:
    """Keys of *name*; two spellings that have one in common sound alike in some system.

    Empty where the name has too few consonants to tell.
    """
    letters = name.lower()
    if sum(letter not in "aeiou" for letter in letters) < _FEWEST_CONSONANTS:
        return frozenset()
    plain = _respelt(letters, _OF_ALL)
    keys = {f"all {_once(form)}" for form in (plain.replace("h", ""), plain.replace("h", "g"))}
    for system, pattern, spellings in (("ja", _JAPANESE, _KUNREI), ("ko", _KOREAN, _REVISED)):
        if pattern.fullmatch(letters):
            keys.add(f"{system} {_respelt(letters, spellings)}")
    if len(letters) >= _SHORTEST_IN_TWO:
        keys |= {f"zh {letters}", f"zh {_in_wade_giles(letters)}"}
    return frozenset(keys)


def is_romaji(name: str) -> bool:
    """Whether *name*, in small letters, may be a Japanese one in Latin letters."""
    return _JAPANESE.fullmatch(name) is not None


def _respelt(letters: str, spellings: _Spellings) -> str:
    for spelling, sound in spellings:
        letters = letters.replace(spelling, sound)
    return letters


def _once(letters: str) -> str:
    """*letters* without those that repeat the one before."""
    return re.sub(r"(.)\1+", r"\1", letters)


def _in_wade_giles(letters: str) -> str:
    """A name in Pinyin as Wade and Giles spell it, without their apostrophes; itself where it is none."""
    syllables = list(_PINYIN.finditer(letters))
    if len(syllables) < 2 or "".join(s.group() for s in syllables) != letters:
        return letters
    return "".join(_first(s[1] or "", _WADE_GILES) + _first(s[2], _FINALS) for s in syllables)


def _first(part: str, spellings: _Spellings) -> str:
    return next((sound for spelling, sound in spellings if part == spelling), part)
