"""The language of a whole document."""

from __future__ import annotations

import re
import threading
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mtclean.languages.frequencies import counts
from mtclean.languages.identify import chances, of_wide_letters, scripts, wide_letters
from mtclean.languages.language import Trait, called, language

if TYPE_CHECKING:  # imported where it is asked, which few texts need
    from langdetect import DetectorFactory
    from langdetect.language import Language

_LETTERS = re.compile(r"[^\W\d_]")
_FEWEST = 20  # letters below which any answer would be a guess
_SAMPLE = 20_000  # code points; more does not change the answer
_SURE = 0.8  # probability from which the answer is believed
_WORD = re.compile(r"(?<![&\w\\'’])[^\W\d_]+(?:['’][^\W\d_]+)*")  # not what is left of a word: ’em
_BETWEEN_MARKS = re.compile(r"[^\s!-@\[-`{-~«»“”„‘’।،؛؟…–—]+")
"""A word with the signs above and below its letters, which ``\\w`` has not in Hindi."""
_LIGATURE_APART = re.compile(r"(?<=[a-z]) (ffi|ffl|ff|fi|fl) (?=[a-z])")
"""As a PDF leaves it in the middle of a word, which is then three words of no language."""
_FEWEST_WORDS = 3
_FEW_WORDS = 8
_SHORT = 20
_KNOWN = 60  # hits from which the English word list is to be believed; below are names and slips
_COMMON = 10_000  # the same where there are few words, since it also has *non*, *lo* and *nous*
_PLAIN = 0.8
"""Share of known words from which a text is plainly English: of single sentences 98 in 100 have it, of 34 other languages' 1 in 1,000."""
_PIECES = 6
_PIECE = 160
"""Parts of a long text that are asked for their language one by one, and code points of each."""
_MANY_WORDS = 60
_AGREED = 0.5
"""Mean chance of the language that all parts are taken for, from which langdetect need not be asked."""
_NO_PROSE = re.compile(
    r"^[ \t]*(`{3,})[^`]{0,20000}\1|^(?:\t| {4}).*$|`[^`\r\n]{1,200}`|\]\([^()\s]{1,400}\)|<[^<>\r\n]{1,300}>"
    r"|\w{2,8}://\S+",
    re.MULTILINE,
)
"""Code, addresses and tags, nearly enough: they are in nobody's language, and in Latin letters."""
_WORDS_OF_A_PIECE = 10
_TOO_MANY = 4
"""Languages that the parts of a text are taken for; those of 2,433 documents in 28 of ours were taken for three at most."""
_FEW_SMALL = 0.03
_BEGINNING = 1_000
"""Code points."""
_SISTERS = {"bs": "hr", "sh": "hr", "sr": "hr", "nn": "nb", "no": "nb", "ms": "id"}
"""Languages that are told apart by little and counted as one here: those of the macrolanguages hbs, nor and msa (ISO 639-3)."""
_CALLED = {"nb": "no"}
"""What langdetect calls languages that are called otherwise here."""
_LATIN = re.compile(r"[A-Za-z]+")
_OTHERS = re.compile(r"[^\W\d_\u0000-\u02ff\u1e00-\u1eff]+")
"""Letters that are not Latin."""
_FEWEST_LINES = 8
_LINES_THROUGHOUT = 1 / 3
"""Share of the lines with letters that have some of another script, from which a text is in that script, whatever its names
and titles are in.  Lists of books and courses in Arabic, Russian and Thai have .36 to .85, such in English .0 to .09."""
_ENOUGH = 0.2
"""Share of those letters among all, from which they tell the language; of fewer it is not known."""
_FEW_SCRIPTS = 3
"""A text with more scripts besides ours lists languages."""
_loading = threading.Lock()


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language *text* is mostly in, or ``""`` where that is not plain.

    Chinese in traditional characters is ``zh-Hant``, as its marks are others.
    Made for whole documents: on single sentences inside English text langdetect has a precision of
    0.70 (measured in the project's design study).  English is known by its words, so that one line of it is enough, and
    *The effect is adverse adverse* is not Danish; Chinese, Japanese, Korean and Thai by their letters, whatever
    commands and names in ours stand among them.
    """
    sample = text[:_SAMPLE]
    wide = 2 * len(wide_letters(sample))
    if wide > _FEWEST and wide >= sum(map(len, _LATIN.findall(_NO_PROSE.sub(" ", sample)))):
        code = of_wide_letters(sample)
        return "zh-Hant" if code == "zh" and _is_traditional(sample) else code
    if others := _words_throughout(sample):
        many = sum(map(len, others)) * (2 if wide else 1)
        enough = many >= _ENOUGH * (many + sum(map(len, _LATIN.findall(sample))))
        return language_of(" ".join(others)) if enough else ""
    if is_plain_english(sample) or is_plain_english(_NO_PROSE.sub(" ", sample)):
        return _of_parts(sample, "en") if _lacks_small_words(sample, "en") else "en"
    if len(_LETTERS.findall(sample)) < _FEWEST:
        return ""
    code = _icelandic(sample) or _agreed(sample) or _without_profile(sample) or _detected(sample)
    return "" if code == "is" and sample.count("ø") > sample.count("ö") else code  # Faroese


def _detected(sample: str) -> str:
    """The language langdetect takes *sample* for, where it is sure and fastText's model does not know better."""
    best = _likeliest(sample)
    if best is None or best.prob < _SURE:
        return ""
    code = str(best.lang).partition("-")[0]
    if not _is_long(sample):
        return code if _is_seconded(sample, code) else ""
    named = _of_parts(sample, code)
    return "" if named == code and _lacks_small_words(sample, code) else named


def _likeliest(sample: str) -> Language | None:
    """What langdetect takes *sample* for, with how sure it is; None where it sees nothing to go by."""
    from langdetect import LangDetectException

    detector = _factory().create()
    detector.append(sample)
    try:
        best: Language = detector.get_probabilities()[0]
    except LangDetectException:
        return None
    return best


def _words_throughout(sample: str) -> list[str]:
    """The words of *sample* in another script than Latin, where that stands in many lines among Latin letters; else none."""
    found = _OTHERS.findall(sample)
    if not _FEWEST < sum(map(len, found)) < sum(map(len, _LATIN.findall(sample))):
        return []
    lines = [line for line in _NO_PROSE.sub(" ", sample).splitlines() if _LETTERS.search(line)]
    holding = [line for line in lines if _OTHERS.search(line)]
    if len(lines) < _FEWEST_LINES or len(holding) <= _LINES_THROUGHOUT * len(lines):
        return []
    few = len(scripts("".join(found))) <= _FEW_SCRIPTS
    return found if few else []


def language_beside(text: str, others: str) -> str:
    """The language of *text*; where that is not plain and the text short, that of the documents beside it, *others*."""
    return language_of(text) or ("" if _is_long(text) else others)


def _is_seconded(sample: str, code: str) -> bool:
    """Whether fastText's model, too, takes *sample* for the language *code*.

    It is not asked of English, which it takes for something else oftener (35 of 7,986 segments) than langdetect is wrong.
    """
    return code == "en" or next(iter(chances(_NO_PROSE.sub(" ", sample)))) == called(code)


def _is_long(sample: str) -> bool:
    """Whether *sample* has so many words that langdetect need not be asked twice: it named 1,358 of 1,360 such lines right.

    Of shorter ones it named 3 in 100 wrong, most of them another language than fastText's model does.
    """
    return len(sample.split(None, _SHORT)) > _SHORT


def _icelandic(sample: str) -> str:
    """``is`` where both þ and ð are among the letters as often as Icelandic has them, and no other language."""
    many = sample.count("þ") > 1 and 100 * sample.count("ð") > len(sample)
    return "is" if many else ""


def _agreed(sample: str) -> str:
    """The language that fastText's model takes all parts of a long *sample* for, which is a tenth of langdetect's work.

    It named 2,143 of 2,549 documents in 30 languages so, all of them right.  Not English, which it misses oftener.
    """
    if len(sample.split(None, _MANY_WORDS)) <= _MANY_WORDS:
        return ""
    told = _told(sample, _PIECES)
    codes = {code for code, _ in told}
    code = codes.pop()
    known = code != "en" and language(code).has(frozenset({Trait.KNOWN}))
    sure = sum(chance for _, chance in told) >= _AGREED * _PIECES
    return _CALLED.get(code, code) if not codes and known and sure else ""


def _of_parts(sample: str, code: str) -> str:
    """*code*, which a long *sample* was taken for, unless more parts of it are in a language that langdetect has no profile of.

    It takes such a language for its neighbour, Tatar for Russian, Luxembourgish for German, and calls itself sure.
    FastText's model knows three times as many; where most parts are in the one, it is that, else none we know.
    Where each part is in another language, as those of Samoan are, it is none that either knows.
    """
    prose = _NO_PROSE.sub(" ", sample)
    told = _told(prose, max(1, min(_PIECES, len(prose.split()) // _WORDS_OF_A_PIECE)))
    counted = Counter(_SISTERS.get(name, name) for name, _ in told)
    if len(counted) >= _TOO_MANY:
        return ""
    (likeliest, many), *_ = counted.most_common(1)
    if likeliest in _profiles() or many <= counted[_SISTERS.get(code, code)]:
        return code
    return likeliest if 2 * many > len(told) else ""


def _lacks_small_words(sample: str, code: str) -> bool:
    """Whether hardly a word of a long *sample* is a small word of the language *code*, as prose has them.

    Of documents of 60 words and more .10 are in Finnish, .05 in Hebrew, .03 in Turkish, .12 and more in 25 other languages;
    of those in a language that was taken for another one .00 to .04.
    """
    small = language(called(code)).lexicon.function_words
    # The beginning tells it of nearly all, and the whole has not to be read.
    return bool(small) and all(_has_few(small, text) for text in (sample[:_BEGINNING], sample))


def _has_few(words: frozenset[str], text: str) -> bool:
    """Whether *text* is long and fewer of its words are among *words* than any prose has."""
    found = _BETWEEN_MARKS.findall(_NO_PROSE.sub(" ", text).lower())
    few = sum(map(words.__contains__, found)) < _FEW_SMALL * len(found)
    return few and len(found) > _SHORT


def _told(sample: str, many: int) -> list[tuple[str, float]]:
    """What fastText's model takes *many* parts of *sample* for, evenly spaced, and with what chance; ``""`` where it sees no word."""
    starts = (len(sample) * n // many for n in range(many))
    return [next(iter(chances(_piece(sample, start)).items()), ("", 0.0)) for start in starts]


def _piece(sample: str, start: int) -> str:
    """The part of *sample* that begins with the first whole word from *start* on."""
    begin = sample.find(" ", start) + 1 if start else 0
    return sample[begin : begin + _PIECE]


def _without_profile(sample: str) -> str:
    """The language of *sample* if it is one that langdetect has no profile of, such as Icelandic or Georgian.

    fastText's small model is asked.
    """
    code, chance = next(iter(chances(_NO_PROSE.sub(" ", sample)).items()))
    missing = code not in _profiles() and language(code).has(frozenset({Trait.KNOWN}))
    return code if missing and chance >= _SURE else ""


@cache
def _profiles() -> frozenset[str]:
    """The languages langdetect can name, without their country, and those it calls otherwise.

    Its profiles are files that are named for them: reading them all takes half a second, which few texts need.
    """
    from langdetect.detector_factory import PROFILES_DIRECTORY

    names = {profile.name.partition("-")[0] for profile in Path(PROFILES_DIRECTORY).iterdir()}
    return frozenset(names | {"en", "nb", "nn"})


def _is_traditional(sample: str) -> bool:
    """Whether more letters of *sample* are in Big5, the character set of Taiwan, than in GB 2312, that of the mainland.

    Every document and every line of ten letters and more in the languages set is told so.
    """
    letters = "".join(wide_letters(sample))
    return len(letters.encode("big5", "ignore")) > len(letters.encode("gb2312", "ignore"))


def is_plain_english(sample: str) -> bool:
    """Whether nearly all words are in the English word list."""
    whole = _LIGATURE_APART.sub(r"\1", sample)
    found = _WORD.findall(whole.lower().replace("’", "'"))
    many = len(found)
    least = _COMMON if many < _FEW_WORDS else _KNOWN
    known = sum(map(least.__le__, filter(None, map(counts("en").get, found))))
    return many >= _FEWEST_WORDS and known >= _PLAIN * many


def _factory() -> DetectorFactory:
    """Langdetect's profiles, loaded once, in an object of ours: its own is everybody's."""
    with _loading:  # or a thread is answered from the half of the profiles another has loaded
        return _loaded()


@cache
def _loaded() -> DetectorFactory:
    from langdetect import DetectorFactory
    from langdetect.detector_factory import PROFILES_DIRECTORY

    factory = DetectorFactory()
    factory.set_seed(0)  # without one it answers differently from run to run (its README says so)
    factory.load_profile(PROFILES_DIRECTORY)
    return factory
