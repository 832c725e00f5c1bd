"""Sentences in another language than their text's, whichever the two are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import compress

from mtclean.languages.english import frequency
from mtclean.languages.identify import chances, chances_by_letters, scripts, wide_letters
from mtclean.languages.language import language, primary
from mtclean.languages.letters import HAN, HANGUL, WIDE
from mtclean.rules.artifacts.tokens import sentences_of, words_of
from mtclean.text import Passage, Span, known

_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OF_OTHERS = {
    code: re.compile(rf"[^\W\d_{own}]") for code, own in (("zh", HAN), ("ja", WIDE), ("ko", HANGUL))
}
"""A letter that is none of the language's own; a sentence without one is in no other language."""
_FEWEST = 4
"""Words of a sentence; fewer are names and titles."""
_FEWEST_WIDE = 8
"""Letters of a sentence whose letters are words or syllables."""
_FREQUENT = 2_000_000
"""How often the word list has met the 120 most frequent words of English; it has no list of them that other languages share."""
_FEWEST_UNENDED = 10
"""Words of a line that no mark ends; those with fewer are dishes, songs and other titles."""
_ENDS = ".!?…:;\"'”“’»«›」』。！？।؟"
_SPEECH = re.compile('[“„«‹‘‚"「『»]([^“”„‘‚«»‹›"「」『』\r\n]{1,600})[”“»›’"」』«]')
_FRAMES = re.compile(r"[,，]? ?(?:[—–-] )?(?=[^\W\d_])([^.!?。！？\r\n“”„«»\"]{1,80})")
"""What may stand behind speech, up to the end of its sentence."""
_CLOSED = 2
"""Code points that a space and the mark that closes speech take behind its last sentence."""
_HARDLY = 0.05
"""The chance of its own language under which a sentence is in another one."""
_SURE = 0.5
"""The chance from which the other language is believed."""
_MORE = 2
"""So many more small words of the other language than of its own must a sentence in the same script have.  Near languages
share them: without this, 12 of 371 sentences of Norwegian were Danish, and 3 of 12,713 in 33 other languages something else; with it, none."""


def foreign_sentences(passage: Passage) -> Iterator[Span]:
    """The sentences of *passage* that are in another language than it, in order, those side by side as one.

    Lines without a mark at their end count only where they are long.
    """
    open_: Span | None = None
    of_others = _OF_OTHERS.get(primary(passage.language))
    for span in sentences_of(passage):
        if of_others and not open_ and not of_others.search(passage.text, *span):
            continue
        said = _words(passage, span)
        few = _FEWEST if passage.text[span.end - 1] in _ENDS else _FEWEST_UNENDED
        if len(said) < few and len(wide_letters("".join(said))) < _FEWEST_WIDE:
            continue  # in whatever language what is around it is
        if _is_foreign(passage, said):
            open_ = Span(open_.start if open_ else span.start, span.end)
        elif open_:
            yield open_
            open_ = None
    if open_:
        yield open_


def is_framed_speech(passage: Passage, span: Span) -> bool:
    """Whether the sentence in *span* is speech that its text itself says is someone's: *« Was ist los ? » cria le soldat*."""
    speech = _SPEECH.match(passage.text, span.start, span.end + _CLOSED)
    if speech is None:
        return False
    if speech.end() < span.end:
        frame = _SPEECH.sub(" ", passage.text[slice(*span)])
    else:
        behind = _FRAMES.match(passage.text, speech.end())
        frame = behind[1] if behind and behind[1][0].islower() else ""
    if not any(map(str.isalpha, frame)):
        return False
    said = chances(speech[1])
    around = chances(frame)
    return around.get(primary(passage.language), 0) > around.get(next(iter(said)), 0)


def _words(passage: Passage, span: Span) -> list[str]:
    """The words in *span*, but for code, addresses, what else is protected, and names with digits, such as the sums of files."""
    all_words = words_of(passage)
    inside = all_words.between(*span)
    prose = all_words.texts[inside.start : inside.stop]
    if passage.is_protected(*span):  # seldom, and each word of a script that parts none is a letter
        apart = (not passage.is_protected(*all_words.span(i, i)) for i in inside)
        prose = [*compress(prose, apart)]
    return _LETTERS.findall(" ".join(word for word in prose if not any(map(str.isdigit, word))))


def _is_foreign(passage: Passage, said: list[str]) -> bool:
    """Whether the words *said* are a sentence in another language than that of the text."""
    own = primary(passage.language)
    likely = chances_by_letters(" ".join(said))
    best, chance = next(iter(likely.items()))
    if best == own or chance < _SURE or likely.get(own, 0) >= _HARDLY:
        return False
    if own == "ja" and best == "zh":
        return False  # a title may do without kana
    if _script("".join(said)) not in ("LATIN", _script_around(passage)):
        return True
    if not script_of(passage.language) and own not in _OF_OTHERS and best != "en":
        return False  # none of its own small words is known, and a near language has most of them
    small = [word.lower() for word in said]
    theirs = sum(_is_small_word(word, best) for word in small)
    ours = sum(_is_small_word(word, own) for word in small)
    return theirs - ours >= _MORE


@known
def _script_around(passage: Passage) -> str:
    """The script of the language of the text, or of the text itself where none of the small words of its language is known."""
    return script_of(passage.language) or _script(passage.text)


def _is_small_word(word: str, code: str) -> bool:
    """Whether *word*, in lower case, is frequent in the language *code*."""
    if code == "en":
        return frequency(word) >= _FREQUENT
    return word in language(code).lexicon.function_words


@cache
def script_of(code: str) -> str:
    """The script of the small words of the language *code*, as the names of letters begin in Unicode: ``LATIN``, ``CYRILLIC``, ``HIRAGANA``.

    Empty where none are known.
    """
    return (
        "LATIN"
        if primary(code) == "en"
        else _script("".join(sorted(language(code).lexicon.function_words)))
    )


def _script(text: str) -> str:
    """The script of most letters of *text*; empty where there are none."""
    return next((script for script, _ in scripts(text).most_common(1)), "")
