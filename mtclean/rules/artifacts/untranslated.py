"""Parts of the source text that were not translated: sentences, and words in its script."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from mtclean.languages.english import is_english
from mtclean.languages.identify import chances_of_line
from mtclean.languages.language import Trait, primary
from mtclean.languages.lists import words
from mtclean.rules.artifacts.foreign import foreign_sentences, is_framed_speech, script_of
from mtclean.rules.artifacts.tokens import (
    LATIN,
    in_code,
    sentences_of,
    short,
    words_in_sentences,
    words_of,
)
from mtclean.rules.typography.pairing import drops_letters
from mtclean.text import Finding, Fix, Passage, Severity, Span, known, rule
from mtclean.text.span_set import SpanSet

_NON_LATIN = (
    "\u0370-\u03ff\u0400-\u052f\u0531-\u058f\u0590-\u05f4\u0600-\u06ff\u0750-\u077f\u0900-\u0dff\u0e00-\u0fff"
    "\u10a0-\u11ff\u1780-\u17ff\u1f00-\u1fff\u3005-\u3007\u3041-\u30ff\u3105-\u318e\u31a0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f"
)
_FOREIGN_LETTER = re.compile(f"[{_NON_LATIN}]")
_RUN = re.compile(f"[{_NON_LATIN}]+")
_UNSPACED = re.compile(
    "[\u0e00-\u0fff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]"
)
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]+")
_EAST_ASIAN = (
    "\u1100-\u11ff\u3005-\u30ff\u3105-\u318e\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f"
)
_OWN_LETTERS = {
    "GREEK": "\u0370-\u03ff\u1f00-\u1fff",
    "CYRILLIC": "\u0400-\u052f",
    "HEBREW": "\u0590-\u05f4",
    "ARABIC": "\u0600-\u06ff\u0750-\u077f",
    "DEVANAGARI": "\u0900-\u097f",
    "HANGUL": _EAST_ASIAN,
}
"""The letters of a script, and of those that East Asian texts mix."""
_FRAMED = re.compile(r"[(（\[][^()（）\[\]\r\n]{0,60}\Z|[「『«“„\"'‘:：] ?\Z")
"""What stands before a word that a writer put there: an open bracket, a mark of quotation, a colon."""
_SHORT = 12
_LONGEST_ENTRY = 600
_REFERENCE = re.compile(
    r"(?:\[?\d{1,3}[\].] {0,3})?[^\W\d_][^\W\d_'’-]{0,30}(?: [^\W\d_]{1,20})?, [^\W\d_]\.[^\n]{0,200}?\b(?:1[5-9]|20)\d\d\b"
)
_WIDEST_GAP = 40
_SURELY_FOREIGN = 4.0
"""Unknown words that a part of a sentence must have more than English ones to be asked about."""
_APOSTROPHES = frozenset("'’")
_CODE = re.compile(
    r"[={}|\\]|->|::|\w_\w|\w\(\w{0,20}[,)=]|\s/\w+/\w|\w://|^\s*(?:>>>|\$) |\](?:\(|:)"
)
"""What stands in a line that a computer reads: signs, calls, paths, a prompt."""
_FEW_TO_TELL = 6
"""Words; of so few the identifier is sure where it should not be: *2 dried ancho chili peppers* is Dutch to it."""
_MUCH_CODE = 2
_MANY_SCRIPTS = 4
"""A text in so many scripts besides its own speaks of languages: no source has that many."""
_HANGING = tuple("./-_@#")
_FEWEST_FREE = 4
"""So many words that hang on no other make a sentence."""
_LATIN_LETTER = re.compile(f"[{LATIN}]")
_LATIN_WORD = re.compile(f"[{LATIN}]+")
_ENDS = ".。!！?？…؟।"
_OPENING = '“„«»‘‚"「『'
_CLOSING = '”“»«’‘"」』'
_TRAILING = re.compile(r"[.。!！?？…؟।”」』’»\"）)】]{1,4}")
_GLOSS_LABEL = re.compile(
    r"(?:chinese|japanese|korean|russian|greek|arabic|hebrew|persian|ukrainian|hindi|thai|bulgarian|serbian"
    r"|mandarin|cantonese|simplified|traditional|kanji|pinyin|hangul|romani[sz]ed|literally|lit\.|born|character"
    r"|word|called|known as|meaning|written|letter)[:,]? ?[“\"‘'(（]?\Z",
    re.IGNORECASE,
)

_NOTE = re.compile(r"(?:\A|[\r\n])\[\^[^\]\r\n]{1,20}\]:[^A-Za-z\r\n]*\Z")
"""The beginning of a note of Markdown in which no word of ours stands: it says what the source has."""


_MIXED = 24
_SHARE_OF_MIXED = 0.1
"""Lines in another script, and their share of all, from which a text is meant to be in two languages."""


_FEW_LINES = 5
"""A text with a third script in more lines speaks of it."""
_LONGEST_FRAME = 61
_LETTERS_OF_SIGN = 2
"""Letters of another script that are a sign in a formula rather than a word."""


class _Stretch(NamedTuple):
    """Foreign letters with what stands between them, and how many letters those are."""

    start: int
    end: int
    letters: int
    pieces: int


def _stretches(passage: Passage) -> Iterator[_Stretch]:
    """Runs of foreign letters, joined where no Latin words stand between them."""
    if not passage.holds(_FOREIGN_LETTER):
        return
    text = passage.text
    open_: _Stretch | None = None
    for run in _RUN.finditer(text):
        if _is_part_of_latin_word(text, run) or in_code(passage, run.start()):
            continue
        here = _Stretch(*run.span(), run.end() - run.start(), 1)
        if open_ and _joined(text, open_.end, run.start()):
            open_ = _Stretch(open_.start, here.end, open_.letters + here.letters, open_.pieces + 1)
            continue
        if open_:
            yield open_
        open_ = here
    if open_:
        yield open_


def _joined(text: str, start: int, end: int) -> bool:
    """Whether what stands between two runs belongs to them: marks, figures, at most a foreign name."""
    gap = text[start:end]
    if len(gap) > _WIDEST_GAP or "\n" in gap or "\r" in gap:
        return False
    between = _LATIN_WORD.findall(gap)
    return len(between) <= 2 and not any(word.islower() and len(word) > 1 for word in between)


def _is_part_of_latin_word(text: str, run: re.Match[str]) -> bool:
    """Whether the letters touch Latin ones in a script that writes words apart: a homoglyph, or *µm*."""
    if _UNSPACED.match(run.group()):
        return False
    touching = text[max(0, run.start() - 1) : run.start()] + text[run.end() : run.end() + 1]
    return bool(_LATIN_WORD.search(touching))


def _is_sentence(text: str, stretch: _Stretch) -> bool:
    ended = text[stretch.end : stretch.end + 1] in tuple(_ENDS) or text[stretch.end - 1] in _ENDS
    if _UNSPACED.match(text[stretch.start]):
        return stretch.letters >= (6 if ended else 9)
    return stretch.letters >= 12 and stretch.pieces >= (2 if ended else 3)


def _is_gloss(text: str, stretch: _Stretch) -> bool:
    """Whether a writer put the foreign word there on purpose: named, quoted or bracketed alone."""
    before = text[max(0, stretch.start - 40) : stretch.start]
    if _NOTE.search(before):
        return True
    left, right = before[-1:], text[stretch.end : stretch.end + 1]
    if left in tuple("(（[") and right in tuple(")）],;，；"):
        return len(before) > 1
    if left in tuple("“\"'‘«《「") and right in tuple("”\"'’»》」"):
        return True
    return bool(_GLOSS_LABEL.search(before)) or (right in tuple("(（") and left in tuple(" (\n"))


def _of_links(passage: Passage, stretch: _Stretch) -> int:
    """How many links the stretch is made of, each as a whole; none if a foreign letter stands outside of them."""
    links = passage.links
    first = bisect_left(links, (stretch.start,))
    own = links[first : bisect_left(links, (stretch.end,))]
    runs = _RUN.finditer(passage.text, stretch.start, stretch.end)
    inside = SpanSet(own)
    whole = bool(own) and own[-1].end == stretch.end
    return len(own) if whole and all(inside.covers(Span(*run.span())) for run in runs) else 0


def _alone_on_its_line(passage: Passage, stretch: _Stretch) -> bool:
    """Whether no other letters stand in its line: a heading, residue of the page, or a language's own name in a list."""
    line = passage.line_at(stretch.start)
    around = passage.text[line.start : stretch.start], passage.text[stretch.end : line.end]
    return not any(_LATIN_LETTER.search(part) for part in around)


@rule(
    "untranslated-script",
    "accuracy.untranslated.script",
    finds=(
        ("You will find malls 在社交媒 the northern part.", "在社交媒"),
        ("His five siblings and a 姪 spoke of him.", "姪"),
    ),
    leaves=(
        "Beijing (北京) is the capital.",
        "Moscow (Russian: Москва, tr. Moskva) is large.",
        "Angles α and β, a 5 μm gap and the Ω sign, where λ = 2, λ = 3 or β.",
        "The character “福” means luck.",
        "Write `名前` there.",
        "He trembled[^1] there.\n\n[^1]: 发抖; 打颤",
        "Read 日本語 or see Русский, فارسی and हिन्दी here.",
    ),
    severity=Severity.MAJOR,
    traits=[Trait.KNOWN],
)
def untranslated_script(passage: Passage) -> Iterator[Fix | Finding]:
    """A word in the source's script stands in the middle of a translated sentence.

    Engines copy what they do not know.  Whole sentences are another rule's business.  In a text in other letters than Latin it is a word
    in a third script.

    Left alone: a text in two scripts throughout, a gloss in brackets or in a note of its own, a word that is quoted or named as
    foreign, texts with four foreign scripts or more, links as a whole, Greek letters of formulas, code.
    """
    if script_of(passage.language) != "LATIN":
        yield from (_copied(passage, span) for span in _third_script(passage))
        return
    if lines_in_another_script(passage):
        return
    if len({_script(run.group()[0]) for run in _RUN.finditer(passage.text)}) >= _MANY_SCRIPTS:
        return
    for stretch in _stretches(passage):
        piece = passage.text[stretch.start : stretch.end]
        if _is_sentence(passage.text, stretch) or _is_gloss(passage.text, stretch):
            continue
        if all(_GREEK.fullmatch(run) and len(run) < 3 for run in _RUN.findall(piece)):
            continue
        if _alone_on_its_line(passage, stretch) or _of_links(passage, stretch):
            continue
        yield _copied(passage, Span(stretch.start, stretch.end))


def _copied(passage: Passage, span: Span) -> Finding:
    return Finding(
        span,
        f"“{short(passage.text[slice(*span)])}” is in the source's script; the engine copied what it did not know:"
        " translate it.",
        Severity.MAJOR,
    )


def _third_script(passage: Passage) -> Iterator[Span]:
    """The words of a text in other letters than Latin that are in a third script, where those are few and nothing frames them."""
    wide = passage.has(Trait.WIDE)
    own = _EAST_ASIAN if wide else _OWN_LETTERS.get(script_of(passage.language))
    if own is None:
        return
    foreign = _third(own)
    if not passage.holds(foreign):
        return
    runs = [run for run in foreign.finditer(passage.text) if not in_code(passage, run.start())]
    lines = {passage.line_at(run.start()) for run in runs}
    if len(lines) > _FEW_LINES:
        return
    for run in runs:
        span, line = Span(*run.span()), passage.line_at(run.start())
        before, after = passage.text[line.start : span.start], passage.text[span.end : line.end]
        frames = _FRAMED.search(before[-_LONGEST_FRAME:]) or _NOTE.search(before)
        alone = not any(map(str.isalpha, before + after))
        sign = span.end - span.start <= _LETTERS_OF_SIGN and not _UNSPACED.match(run.group())
        if not (frames or alone or sign or after[:1] in ("(", "（") or after[:2] in (" (", " （")):
            yield span


@lru_cache(maxsize=8)
def _third(own: str) -> re.Pattern[str]:
    """Words in letters that are neither Latin nor in *own*, and those beside them."""
    word = f"(?:(?![{own}])[{_NON_LATIN}])+"
    return re.compile(f"{word}(?:[ ,-]{{1,2}}{word}){{0,20}}")


def _script(letter: str) -> str:
    """The script of *letter*; those of East Asian pages are one."""
    name = unicodedata.name(letter, "").partition(" ")[0]
    return "" if _UNSPACED.match(letter) or name == "HANGUL" else name


@rule(
    "untranslated-sentence",
    "accuracy.untranslated.sentence",
    finds=(
        ("It rained. 上世纪八十年代，他来到中国。 It stopped.", "上世纪八十年代，他来到中国"),
        (
            "It rained. Die Regierung hat gestern beschlossen, das Gesetz nicht zu ändern. It stopped.",
            "Die Regierung hat gestern beschlossen",
        ),
        (
            "He left. Гимн был хорошо принят, и зрители требовали еще. He came back.",
            "Гимн был хорошо",
        ),
        ("He waited. On ne le sait pas encore. She left.", "On ne le sait"),
    ),
    leaves=(
        "He studied at the École nationale supérieure des mines de Paris in 1901.",
        "She sang “La donna è mobile” and left the stage of the Teatro alla Scala.",
        "Gonzalo Rubio, Pierre Dupont, Jan Kowalski, Hans Schmidt and María García.",
        "Tokyo, Osaka, Nagoya, Kyoto, Kobe, Sapporo, Fukuoka.",
        "C'est la vie.",
        "“Non, je ne veux pas venir,” said Claire. “Wo ist der Schlüssel zum Haus?” he asked.",
        "Müller, H. (2001). Der Sand und das Meer. Eine Einführung in die Küstenkunde. Berlin: Springer.",
        "Take these:\n\n* 2 Dried ancho chili peppers\n* 1 Cup of corn",
        "cur_len : int, width = int(chunk), sep = str(fill)",
        "t ext3 /dev/sdc1 /mnt/tmp auto noatime",
        "|000 nul|001 soh|002 stx|003 etx|004 eot|005 enq|006 ack|007 bel|010 bs|",
    ),
    severity=Severity.MAJOR,
    traits=[Trait.KNOWN],
)
def untranslated_sentence(passage: Passage) -> Iterator[Fix | Finding]:
    """A whole sentence is still in the source language.

    Engines skip sentences, above all after a line break or a quotation.  Foreign scripts are seen
    by their letters; a sentence in Latin letters is asked about in English only when it has next to no small
    words of it, and believed foreign when the language identifier is sure.  In other languages it must also have more small words of
    the other language than of its own.  Of a text that has another script throughout, such as a list of courses in Arabic with
    English titles, there is one remark.

    Left alone: names, titles, phrases of fewer than four words, lines of code, and speech that the text itself frames
    in its own language (*“Non, je ne veux pas,” said Claire*).
    """
    scripts = list(_in_another_script(passage)) if script_of(passage.language) == "LATIN" else []
    if lines := lines_in_another_script(passage):
        yield Finding(
            lines[0],
            f"The text is in two languages: {len(lines):,} lines have letters of another script, and nothing is said of each."
            " If it is a translation, they were left out.",
            Severity.MAJOR,
        )
    else:
        yield from (_untranslated(passage, span) for span in scripts)
    ends = [span.end for span in scripts]  # apart and in order, as their starts are
    is_english = primary(passage.language) == "en"
    for span in _foreign_latin(passage) if is_english else foreign_sentences(passage):
        if is_framed_speech(passage, span):
            continue
        near = bisect_right(ends, span.start)
        if near == len(scripts) or scripts[near].start >= span.end:
            yield _untranslated(passage, span)


@known
def lines_in_another_script(passage: Passage) -> tuple[Span, ...]:
    """What is in another script in a text in Latin letters that has it throughout, a place for each line; empty where it is an exception."""
    if script_of(passage.language) != "LATIN":
        return ()
    lines: dict[Span, Span] = {}
    for stretch in _stretches(passage):
        if stretch.letters > _LETTERS_OF_SIGN:
            lines.setdefault(passage.line_at(stretch.start), Span(stretch.start, stretch.end))
    least = max(_MIXED, _SHARE_OF_MIXED * len(passage.paragraphs))
    return tuple(lines.values()) if len(lines) >= least else ()


def _in_another_script(passage: Passage) -> Iterator[Span]:
    """The sentences of a text in Latin letters that are in others, with the marks that end them."""
    text = passage.text
    for stretch in _stretches(passage):
        start, end = stretch.start, stretch.end
        if _of_links(passage, stretch) > 1:
            continue  # a page's names in the languages that it is in
        if _is_sentence(text, stretch) and not _NOTE.search(text, max(0, start - 40), start):
            trailing = _TRAILING.match(text, end)
            yield Span(start, trailing.end() if trailing else end)


def _untranslated(passage: Passage, span: Span) -> Finding:
    meant = "English" if primary(passage.language) == "en" else "in the language of the text"
    return Finding(
        span,
        f"“{short(passage.text[slice(*span)])}” is not {meant}; the engine skipped this"
        " sentence: translate it.",
        Severity.MAJOR,
    )


def _foreign_latin(passage: Passage) -> Iterator[Span]:
    """Sentences in Latin letters that are not English."""
    all_words = words_of(passage)
    suspects = frozenset(filter(_may_be_foreign, all_words.forms))
    for span, inside in zip(sentences_of(passage), words_in_sentences(passage), strict=True):
        texts = all_words.texts[inside.start : inside.stop]
        if suspects.isdisjoint(texts):
            continue  # nearly all of an English text
        if _looks_foreign(texts):
            place, least = span, 0.6 if len(texts) > _FEW_TO_TELL else 0.8
        elif _has_foreign_small_words(texts, all_words.folded[inside.start : inside.stop]):
            place, least = span, 0.9
        elif part := _foreign_part(texts):
            place, least = all_words.span(inside[part.start], inside[part.stop - 1]), 0.8
        else:
            continue
        if not _is_no_prose(passage, span) and _identified_as_foreign(passage.text, place, least):
            yield place


def _is_no_prose(passage: Passage, span: Span) -> bool:
    """Whether the sentence is of a list of sources, an author's address with an institute beside it, a table, a drawing, code, names of files, dialect."""
    said = passage.text[span.start : span.end]
    return (
        _is_reference(passage, span)
        or "@" in said
        or sum(map(str.isalpha, said)) * 5 < len(said) * 3
        or len(_CODE.findall(said)) >= _MUCH_CODE
        or _free_words(passage, span) < _FEWEST_FREE
        or (drops_letters(passage) and not _APOSTROPHES.isdisjoint(said))
    )


def _is_reference(passage: Passage, span: Span) -> bool:
    """Whether the sentence is in an entry of a list of sources: *Müller, H. (2001). Der Sand und das Meer*."""
    line = passage.paragraphs[bisect_right(passage.paragraphs, Span(span.start, span.end)) - 1]
    return line.end - line.start <= _LONGEST_ENTRY and bool(
        _REFERENCE.match(passage.text, line.start, line.end)
    )


def _looks_foreign(texts: Sequence[str]) -> bool:
    """Whether a sentence of these words has next to no English in it: cheap, and true of few sentences."""
    function = words("function_words.txt")
    latin = [*filter(_is_latin, texts)]
    if len(latin) < 4:
        return False
    small = sum(word.lower() in function for word in latin)
    if small * 6 >= len(latin):
        return False
    lower = [word for word in latin if word.islower()]
    return len(lower) >= 2 and sum(map(is_english, lower)) * 3 <= len(lower) * 2


def _free_words(passage: Passage, span: Span) -> int:
    """How many words of a sentence hang on no other."""
    all_words = words_of(passage)
    inside = all_words.between(*span)
    return sum(_stands_free(passage.text, all_words.span(i, i)) for i in inside)


def _stands_free(text: str, word: Span) -> bool:
    """Whether no sign hangs the word on another, as in names of files and packages."""
    return (
        text[word.start - 1 : word.start] not in _HANGING
        and text[word.end : word.end + 1] not in _HANGING
    ) or (
        text[word.end : word.end + 1] in _ENDS and not text[word.end + 1 : word.end + 2].isalnum()
    )


def _has_foreign_small_words(texts: Sequence[str], folded: Sequence[str]) -> bool:
    """Whether a short sentence has another language's words of grammar and none of English."""
    if not 4 <= len(folded) <= _SHORT or not words("function_words.txt").isdisjoint(folded):
        return False
    return not words("foreign_small_words.txt").isdisjoint(texts)


def _foreign_part(texts: Sequence[str]) -> range:
    """The words of a sentence that have least English in them: a sentence glued on without a full stop.

    Every word is for or against, and the stretch with the highest sum is taken (Kadane's algorithm).
    """
    weights = [*map(_foreignness, texts)]
    best, best_sum, start, running = range(0), _SURELY_FOREIGN, 0, 0.0
    if weights.count(1.0) < best_sum:
        return best
    for i, weight in enumerate(weights):
        if running <= 0:
            start, running = i, 0.0
        running += weight
        if running >= best_sum and i - start >= 5:
            best, best_sum = range(start, i + 1), running
    return best


# A text is made of the same words again and again.
@lru_cache(maxsize=20_000)
def _is_latin(word: str) -> bool:
    return _LATIN_WORD.match(word) is not None


@lru_cache(maxsize=20_000)
def _may_be_foreign(word: str) -> bool:
    """Whether *word* says something for a sentence being foreign: no English one says it, or another language's grammar has it."""
    return (word.islower() and not is_english(word)) or word in words("foreign_small_words.txt")


@lru_cache(maxsize=20_000)
def _foreignness(word: str) -> float:
    """What *word* says for a stretch being foreign; one with a capital may be a name in any language, and says nothing."""
    if word.lower() in words("function_words.txt"):
        return -2.0
    if not word.islower():
        return 0.0
    return -0.6 if is_english(word) else 1.0


def _identified_as_foreign(text: str, span: Span, least: float) -> bool:
    """Whether the language identifier takes the place for another language than English.

    Languages as near as Serbian and Croatian share its trust, so that the two likeliest count together.
    """
    likely = list(chances_of_line(text[span.start : span.end]).items())[:2]
    foreign = sum(chance for code, chance in likely if code != "en")
    return likely[0][0] != "en" and foreign >= least


RULES = (untranslated_sentence, untranslated_script)
