"""Ligatures of print that a PDF gave away as one letter, as a sign, or as a word of their own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mtclean.languages.english import frequency
from mtclean.languages.language import primary
from mtclean.text import Fix, Passage, Span, replacing, rule

_LIGATURE = re.compile("[\ufb00-\ufb06]")
# The first letter comes first, so that the search can skip to it.
_TORN = re.compile(
    r"f(?=[fil])(?:(?<=(?P<before> )f)(?:fi|fl|f|i|l)(?P<behind> )?|(?:fi|fl|f|i|l)(?P<after> ))(?=[a-z])"
)
"""The letters of a ligature with a space before or behind them."""
_SIGNS = frozenset('"“”')
_SIGN = re.compile(r"[\"“”](?<=[a-z].)(?=[a-z])")
_BEFORE, _AFTER = (
    re.compile(r"(?<![^\W_])[A-Za-z][a-z]{0,11}\Z"),
    re.compile(r"[a-z]{1,12}(?![^\W_])"),
)
_PIECE = re.compile("(?<![^\\W_])[A-Za-z\ufb00-\ufb06]{1,12}\\Z")
_LOST = ("ffi", "ff", "fi", "fl", "ffl")
_KNOWN = 60
"""How often the word list must have met a word; below are names and slips."""


@rule(
    "ligature-letter",
    "fluency.encoding",
    fixes=[
        ("The oﬃce ﬁnds ﬂaws.", "The office finds flaws."),
        ("The ofﬁ ce ﬁ nds ﬂ aws.", "The office finds flaws."),
        ("Put it oﬀ or on.", "Put it off or on."),
    ],
    leaves=["The office finds flaws.", "Use `ﬁ` as it is.", "Æon and œuvre, ĳs and ß."],
    early=True,
    needs="\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06",
)
def ligature_letter(passage: Passage) -> Iterator[Fix]:
    """Two or three letters are one character, made for print: ``ﬁ``, ``ﬃ``.

    Text copied out of a PDF has them.  They look like letters, and no search and no dictionary
    finds the word.  A space behind one goes with it where English has only the word of both halves.

    Left alone: all but the seven of Latin print; the letters of languages, such as æ and œ, are no
    ligatures.

    Source: Unicode, code chart Alphabetic Presentation Forms, U+FB00 to U+FB06.
    """
    for match in _LIGATURE.finditer(passage.text):
        letters = unicodedata.normalize("NFKC", match.group())
        end = match.end() + _splits_word(passage, match, letters)
        yield replacing(
            match.start(), end, letters, f"“{match.group()}” is “{letters}” set as one type."
        )


def _splits_word(passage: Passage, ligature: re.Match[str], letters: str) -> bool:
    """Whether the space behind a *ligature*, which is *letters*, stands in a word: English has the whole, and not what is before it."""
    text, end = passage.text, ligature.end()
    tail = _AFTER.match(text, end + 1)
    if primary(passage.language) != "en" or text[end : end + 1] != " " or tail is None:
        return False
    before = _PIECE.search(text, max(0, ligature.start() - 13), ligature.start())
    piece = unicodedata.normalize("NFKC", before.group()) + letters if before else letters
    known = frequency(piece.lower()) >= _KNOWN and piece != letters
    return not known and frequency((piece + tail.group()).lower()) >= _KNOWN


@rule(
    "broken-ligature",
    "fluency.encoding",
    suggests=[
        ("It is di ffi cult, and it di ff ers.", "It is difficult, and it differs."),
        ("They fi nd it signifi cant in e ffect.", "They find it significant in effect."),
        ('In the o"ces of the town they saw.', "In the offices of the town they saw."),
    ],
    leaves=[
        "The fi of sci fi and wi fi is there.",
        'He said "yes"and left the "off"ice.',
        "Bars marked ff or fl are loud.",
    ],
    languages=("en",),
)
def broken_ligature(passage: Passage) -> Iterator[Fix]:
    """The letters of a ligature stand apart, or a quotation mark stands for them: ``di ffi cult``, ``o"ces``.

    The PDF they come from had no name for the type.

    Left alone: words that the word list does not know when they are put together, and those whose
    parts it knows.  Suggested only, since other letters may fit.
    """
    text = passage.text
    for match in _TORN.finditer(text):
        if place := _torn_word(text, match):
            word = text[place.start : place.end].replace(" ", "")
            yield replacing(*place, word, "The letters of a ligature stand apart.").suggested()
    for match in () if _SIGNS.isdisjoint(passage.characters) else _SIGN.finditer(text):
        letters = lost_at(text, match.start())
        if letters:
            yield replacing(*match.span(), letters, f"The mark stands for “{letters}”.").suggested()


def _torn_word(text: str, torn: re.Match[str]) -> Span | None:
    """The word that the letters *torn* belong to, with a space beside them; None where there is none.

    A piece that is a word with these letters, as *off* and *first* are, is whole.
    """
    tail = _AFTER.match(text, torn.end())
    if tail is None:
        return None
    before, behind = torn["before"] is not None, text[torn.end() - 1] == " "
    end = torn.start() - before
    head = _BEFORE.search(text, max(0, end - 13), end)
    first = torn.start() if before or head is None else head.start()
    bare = head is None or before
    if not (before and behind):
        piece = text[first : torn.end() - 1 if behind else tail.end()]
        if frequency(piece.lower()) >= _KNOWN:
            return None
    starts = [first] if behind and not (bare and frequency(tail.group()) >= _KNOWN) else []
    if before and head:
        starts.insert(0, head.start())
    for start in starts:
        if frequency(text[start : tail.end()].replace(" ", "").lower()) >= _KNOWN:
            return Span(start, tail.end())
    return None


def lost_at(text: str, at: int) -> str:
    """The letters for which the quotation mark at *at* stands inside a word; empty where it is a mark."""
    if not _SIGN.match(text, at):
        return ""
    before = _BEFORE.search(text, max(0, at - 13), at)
    after = _AFTER.match(text, at + 1)
    if before is None or after is None:
        return ""
    left, right = before.group().lower(), after.group()
    if frequency(right) >= _KNOWN and (len(left) > 2 or frequency(left) >= _KNOWN):
        return ""  # two words, or a word and its ending
    fitting = (letters for letters in _LOST if frequency(left + letters + right) >= _KNOWN)
    return next(fitting, "")


RULES = (ligature_letter, broken_ligature)
