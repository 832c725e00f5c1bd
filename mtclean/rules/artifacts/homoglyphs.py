"""Letters of another script in disguise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mtclean.rules.artifacts.tokens import LATIN
from mtclean.text import Finding, Fix, Passage, Severity, Span, replacing, rule

_LATIN_WORD = re.compile(f"[{LATIN}]+")
_LOOKALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝѵԍՕոսցօΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανκυιρτγ",
        "ABESIJKMHOPCTYXaesijopcyxhdqwvgOnugoABEZHIKMNOPTYXoavkuiptγ",
        strict=True,
    )
)
_IN_WORD = f"[{LATIN}\u0370-\u03ff\u0400-\u052f\u0531-\u0587’'-]"
_PART = re.compile(_IN_WORD)
_MIXED = re.compile(f"{_IN_WORD}+")
_ENDING = re.compile(f"(?<=[{LATIN}])['’][\u0370-\u03ff\u0400-\u052f\u0531-\u0587]+\\Z")
_FOREIGN_LETTER = re.compile("[\u0370-\u03ff\u0400-\u052f\u0531-\u0587]")
_FOREIGN_WORD = re.compile(f"{_FOREIGN_LETTER.pattern}+")
_FOREIGN_LETTERS = frozenset(map(chr, (*range(0x370, 0x530), *range(0x531, 0x588))))


@rule(
    "homoglyph",
    "accuracy.untranslated.homoglyph",
    fixes=(
        (
            "Last week, at l\u0435\u0430st 76 people were killed.",
            "Last week, at least 76 people were killed.",
        ),
    ),
    leaves=(
        "A 5 μm gap, γ-rays, β-carotene and Δt.",
        "The word вода means water.",
        "IPA: [ɑ], Latin æ, œ and ß.",
        "Σωκράτης wrote nothing.",
        "He reads pull request'\u044b there.",
        "\u0425\u0430\u0458\u0434\u0435, \u0440\u0435\u0447\u0435 M\u0435\u043b\u043e\u0458, \u0438 T\u0430\u0441\u043e \u043e\u0434\u0435.",
    ),
    severity=Severity.MAJOR,
    early=True,
    needs=_FOREIGN_LETTERS,
)
def homoglyph(passage: Passage) -> Iterator[Fix | Finding]:
    """A Cyrillic or Greek letter poses as a Latin one inside a word.

    *leаst* with a Cyrillic а looks right and is found by no search and read by no screen reader.
    It comes from mixed keyboards, from engines that spell letter by letter, and from tricks against
    filters.  Put right where every such letter has a Latin double.

    Left alone: texts that are in another script as a whole, words all in one script, Greek letters
    of science at a word's start (*μm*, *β-carotene*), and a name with an ending of the text's own
    language (*request'ы*).
    """
    if _letters(_FOREIGN_WORD, passage.text) > _letters(_LATIN_WORD, passage.text):
        return
    for match in _with_foreign_letters(passage.text):
        for start, end in _parts(match):
            word = passage.text[start:end]
            if _is_inflected(word, passage.language):
                continue
            foreign = _FOREIGN_LETTER.findall(word)
            if not foreign or not _LATIN_WORD.search(word) or _is_unit(word, foreign):
                continue
            latin = "".join(_LOOKALIKES.get(c, c) for c in word)
            reason = (
                f"“{word}” mixes Latin letters with look-alikes ({_named(foreign)}), as engines and mixed"
                " keyboards do; searches will not find it."
            )
            if _FOREIGN_LETTER.search(latin):
                yield Finding(Span(start, end), reason + " Write it in one script.", Severity.MAJOR)
            else:
                yield replacing(start, end, latin, reason + f" Write “{latin}”.")


def _letters(words: re.Pattern[str], text: str) -> int:
    """How many letters of *text* are in *words*: so many it has less without them."""
    return len(text) - len(words.sub("", text))


def _with_foreign_letters(text: str) -> Iterator[re.Match[str]]:
    """The words that have a letter of another script, hyphens and apostrophes in them: few, among many in Latin letters alone."""
    end = 0
    for letters in _FOREIGN_WORD.finditer(text):
        start = letters.start()
        if start < end:
            continue
        while start > end and _PART.match(text, start - 1):
            start -= 1
        if word := _MIXED.match(text, start):
            end = word.end()
            yield word


def _parts(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The parts of a hyphenated word, which may each have a script."""
    at = match.start()
    for part in match.group().split("-"):
        yield at, at + len(part)
        at += len(part) + 1


def _is_inflected(word: str, language: str) -> bool:
    """*request'ы*: a Latin name with an ending of the text's own language, after an apostrophe."""
    ending = _ENDING.search(word)
    return ending is not None and (
        language != "en" or any(c not in _LOOKALIKES for c in ending.group()[1:])
    )


def _is_unit(word: str, foreign: list[str]) -> bool:
    """*μm*, *Δt*, *σ2*: Greek letters at the edge of something too short to be a word."""
    greek = all("\u0370" <= c <= "\u03ff" for c in foreign)
    return greek and len(foreign) == 1 and word[0] == foreign[0] and len(word) <= 4


def _named(letters: list[str]) -> str:
    return ", ".join(sorted({unicodedata.name(c, c).title() for c in letters})[:3])


EARLY = (homoglyph,)
