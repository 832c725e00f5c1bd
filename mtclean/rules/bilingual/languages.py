"""The language of a translation: what was left in the source's, and what is in a third one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from string import punctuation

from mtclean.languages.identify import (
    chances_by_letters,
    chinese_of,
    has_only_shared_signs,
    of_wide_letters,
    parted,
    scripts,
    wide_letters,
)
from mtclean.languages.language import called, language, primary, written
from mtclean.rules.artifacts.tokens import sentences_of
from mtclean.rules.bilingual.lengths import weight
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.quantities.words import words as quantity_words
from mtclean.rules.bilingual.rule import Example, pair_rule
from mtclean.rules.bilingual.wording import is_mostly_latin
from mtclean.text import Finding, Severity, Span
from mtclean.text.placeholders import placeholders

_LINK = r"\w{2,8}://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]+)+|"
_SIGNS = (
    r"[@#][\w@.]+|<(code|kbd|pre|samp|var)\b[^<>]{0,300}>[^<>]{0,300}</\1>|<[^<>]{1,300}>|&\w{1,20};"
    r"|\b(?:application|audio|font|image|message|model|multipart|text|video)/[\w.+-]+"
    r"|%\([^()\s]{1,60}\)\w|%(?:\d\$)?\w|[A-Za-z]{0,20}[\d_]+[A-Za-z]{0,20}|/[\w./-]+/|\b[a-z]{2,30}\.[a-z]{2,30}\b"
    r"|\{[\w.@'-]{1,60}\}"
)
_NO_WORDS = re.compile(_LINK + _SIGNS)
"""Links, addresses, handles, code in its tags, other tags, types of media (RFC 6838), placeholders and what may be one, numbers, paths and names of files: they are in nobody's language."""
_NO_WORDS_BUT_LINKS = re.compile(_SIGNS)
_MAY_BE_NO_WORDS = re.compile(r"[\d_#<&%/{]|[a-z]\.[a-z]")
_IN_LINKS = ("@", "://", "www.")
"""What a link or an address has, one of them; to look for each takes half the time of an expression for all."""
_MNEMONIC = re.compile(r"(?<!\w)_(?=[^\W\d_]+(?!\w))")
"""The mark before a word whose first letter is a key (GTK): *Mostrar _más*."""
_COMMAND = re.compile(r"(?: {2}|\t)[^\n]*[^\s.!?:…]\s*\Z")
"""A line of a program, further in than the text and without a stop."""
_NOTICE = re.compile(r"\W*(?:©|\(c\)|copyright\b)", re.IGNORECASE)
"""How a notice of whose a work is begins: a name in the words of its owner."""
_MARKS = punctuation + "“”„‘’«»‹›…–—¿¡。、，：；！？（）《》「」『』؟،؛।"
_FEWEST = 12
"""Letters below which no answer is to be had."""
_SURE = (
    ((40, 0.3, 0.05), (28, 0.95, 0.02)),
    ((40, 0.3, 0.05), (28, 0.9, 0.02), (21, 0.6, 0.01)),
    ((40, 0.3, 0.05), (28, 0.9, 0.02), (17, 0.6, 0.01), (0, 1.0, 0.01)),
)
"""Letters, the chance from which a text of so many is believed to be in another language than its own, and that of its own below which it is.  The first are
those of texts with as many small words of either, the next of one and of two more of the other language: of a label in the same letters the model says
anything (*Adicionar à playlist*)."""
_FEWEST_TO_TELL = 3
"""Words below which a text in letters that many languages share is a label or a list of units, of which the model says anything."""
_NOT_AT_ALL = 0.02
_LEAST_SMALL = 0.4
"""Share of words without a capital that a text of other letters has where it is no list of names."""
_LONG_ENOUGH, _SHARED = 40, 0.5
"""Letters below which a text is in the source's language only if so many of its words stand there, too."""
_COPIED = 0.7
"""Share of its words that a sentence has from the source where nobody translated it."""
_FEWEST_COPIED = 5
"""Letters of small words below which nothing is copied."""
_LEAST_WORDS = 2
_TOLD = frozenset([
    "am", "ar", "az", "be", "bg", "bn", "br", "ca", "cs", "da", "de", "el", "en", "eo", "es", "et", "eu", "fa", "fi",
    "fr", "ga", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "km", "kn", "ko", "ku", "la",
    "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "my", "nb", "ne", "nl", "or", "pa", "pl", "ps", "pt", "ro", "ru",
    "si", "sk", "sq", "sr", "sv", "ta", "te", "tg", "th", "tl", "tr", "ug", "uk", "ur", "vi", "zh",
])  # fmt: skip
"""Languages that the model takes for another one in less than 3 of 1,000 units: measured on the catalogues of six programs, 700 units each and more."""
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
"""A letter again and again, as in *nooooo*: no language's words have that."""
_MAY_BE_DRAWN_OUT = re.compile(r"(.)\1\1", re.DOTALL)
"""The same of any sign, in a text without capitals: a third of the time, and most texts have none."""


@pair_rule(
    "untranslated-source",
    "accuracy.untranslated.segment",
    finds=[
        Example(("fr", "en"), "Le pont est fermé jusqu'à lundi.", "Le pont est fermé jusqu'à lundi.", "Le pont est fermé jusqu'à lundi."),
        Example(("en", "de"), "The door is open. Please come in without knocking.", "Die Tür ist offen. Please come in without knocking.", "Please come in without knocking."),
        Example(("ja", "en"), "窓を閉めてください。外はとても寒いです。", "Please close the window. 外はとても寒いです。", "外はとても寒いです。"),
        Example(("en", "ru"), "We walked along the river all morning.", "We walked along the river all morning.", "We walked along the river all morning."),
        Example(("es", "en"), "Los vecinos plantaron árboles en la plaza.", "Los vecinos plantaron árboles en la plaza nueva.", "Los vecinos plantaron árboles en la plaza nueva."),
    ],
    leaves=[
        Example(("en", "de"), "Smith & Sons, London", "Smith & Sons, London"),
        Example(("en", "fr"), "@anna_k #gardening https://example.org/plants", "@anna_k #gardening https://example.org/plants"),
        Example(("de", "en"), "Er las „Die Leiden des jungen Werthers“.", "He was reading “Die Leiden des jungen Werthers”."),
        Example(("en", "de"), "HTML (text/html)", "HTML (text/html)"),
        Example(("en", "it"), "Radio “Open Door” is on the air.", "Radio “Open Door” è in onda."),
        Example(("en", "ja"), "Press Ctrl+Shift+Esc.", "Ctrl+Shift+Escキーを押します。"),
        Example(("en", "es"), "Hotel Central, Madrid", "Hotel Central, Madrid"),
        Example(("en", "pl"), "file manager;browser;folders;rename;", "file manager;browser;folders;rename;menedżer;"),
        Example(("en", "da"), "Shake to reset", "Ryst for at nulstille"),
        Example(("en", "es"), "descendant-or-self", "descendant-or-self"),
        Example(("en", "ru"), "Prediction order\nmin - 16\nmax - 65535", "Порядок предсказания\nmin - 16\nmax - 65535"),
        Example(("en", "ru"), "Your account:\n@%1$s@%2$s", "Ваша учётная запись:\n@%1$s@%2$s"),
        Example(("en", "ru"), "Build the docs so:\n    make builder", "Соберите документацию так:\n    make builder"),
        Example(("en", "ko"), "© 1998–2021 The Harbor Reader authors", "© 1998–2021 The Harbor Reader authors"),
        Example(("en", "zh"), "For example:<br /><code>title matches \"harbor\"</code>", "例如：<br /><code>title matches \"harbor\"</code>"),
        Example(("en", "sv"), "Version: {version}", "Version: {version}"),
        Example(("en", "nl"), "{name} updated the %(count)s files", "{name} heeft de %(count)s bestanden bijgewerkt"),
    ],
)  # fmt: skip
def untranslated_source(pair: Pair) -> Iterator[Finding]:
    """A sentence, or all of the translation, is still in the language of the source.

    Its readers may not know that language; it comes of a row that was skipped or an engine that gave up.

    Left alone: names, titles inside a sentence, handles, links, tags, placeholders and numbers, which are not asked about; texts of less
    than twelve letters; languages that are not known.
    """
    source, target = map(primary, pair.languages)
    if not source or not target or source == target or pair.is_keywords:
        return
    if _is_left(pair, Span(0, len(pair.target.text))) and not _NOTICE.match(pair.target.text):
        yield _left(pair, pair.target.text.strip(), Span(0, len(pair.target.text)))
        return
    sentences = sentences_of(pair.target)
    if len(sentences) > 1:
        for span in sentences:
            is_to_stay = _is_command(pair.target.text, span) or _NOTICE.match(
                pair.target.text, span.start
            )
            if _is_left(pair, span) and not is_to_stay:
                yield _left(pair, pair.target.text[span.start : span.end], span)


@pair_rule(
    "wrong-language",
    "accuracy.language",
    finds=[
        Example(("en", "uk"), "The children are drawing houses with chalk.", "Дети рисуют мелом домики на дороге.", "Дети рисуют мелом домики на дороге."),
        Example(("en", "es"), "She forgot the keys on the kitchen table.", "Ela esqueceu as chaves em cima da mesa da cozinha.", "Ela esqueceu as chaves em cima da mesa da cozinha."),
        Example(("en", "zh"), "The library opens at nine; please come on time to return your books.", "圖書館九點開門，請準時來這裡還書。", "圖書館九點開門，請準時來這裡還書。"),
        Example(("pl", "en"), "Ogród jest otwarty dla wszystkich.", "Der Garten ist für alle Besucher geöffnet.", "Der Garten ist für alle Besucher geöffnet."),
    ],
    leaves=[
        Example(("en", "uk"), "The children are drawing houses with chalk.", "Діти малюють крейдою будиночки на дорозі."),
        Example(("en", "pt"), "Great idea.", "Ótima ideia."),
        Example(("en", "de"), "No web browser found.", "Kein Browser gefunden."),
        Example(("en", "es"), "Show _more details", "Mostrar _más detalles"),
        Example(("en", "pt"), "Add to playlist", "Adicionar à playlist"),
        Example(("en", "sv"), "Copy all plugins", "Kopiera alla plugins"),
        Example(("en", "nl"), "Pause all torrents", "Alle torrents pauzeren"),
        Example(("en", "nb"), "Queued for verification", "Satt i kø for kontroll"),
        Example(("en", "fi"), "Spanish, Castilian / español, castellano", "espanja / español, castellano"),
        Example(("en", "ko"), "Japanese / 日本語", "일본어 / 日本語"),
        Example(("en", "zh"), "Run a shell script:", "执行 Shell 脚本："),
        Example(("en", "nl"), "Counter greater than zero", "Teller hoger dan nul"),
        Example(("en", "zh"), "The library opens at nine; please come on time to return your books.", "图书馆九点开门，请准时来这里还书。"),
        Example(("en", "zh-Hant"), "The library opens at nine; please come on time to return your books.", "圖書館九點開門，請準時來這裡還書。"),
        Example(("de", "en"), "Vorwort: Anna Lindqvist", "Foreword: Anna Lindqvist"),
        Example(("en", "cs"), "Data by OpenSkyTracker.", "Data: OpenSkyTracker."),
        Example(("en", "zh"), "The OpenSkyTracker app", "OpenSkyTracker应用"),
        Example(("en", "ja"), "March 4, 1:15 p.m.", "3月4日、午後1時15分"),
        Example(("en", "de"), "@anna_k pleeeeease", "@anna_k biiiiiitteeeee"),
        Example(("en", "zh-TW"), "The library opens at nine; please come on time to return your books.", "圖書館九點開門，請準時來這裡還書。"),
        Example(("en", "nn"), "She forgot the keys on the kitchen table.", "Ho gløymde nøklane på kjøkenbordet i går kveld."),
        Example(("en", "ast"), "An error occurred while deleting a file", "Hebo un erru al desaniciar un ficheru"),
    ],
)  # fmt: skip
def wrong_language(pair: Pair) -> Iterator[Finding]:
    """The translation is in another language than it should be, often in a near one.

    Engines slip into the bigger neighbour, Russian for Ukrainian or Portuguese for Galician; and Chinese is written in the characters of
    the mainland or in those of Taiwan.

    Left alone: names, links, handles, tags, placeholders; short texts, in which near languages cannot be told apart, and labels in the same letters without a small
    word that only the other one has; what is in the
    source's language, of which `untranslated-source` speaks; languages that are hardly told from a bigger neighbor by a few words, such as Asturian, Bosnian
    and Nynorsk, and what is written in another script than usual (`be@latin`).
    """
    source, target = map(primary, pair.languages)
    whole = Span(0, len(pair.target.text))
    if not target or source == target:
        return
    if other := _other_characters(pair):
        yield Finding(whole, f"This is written in {other} Chinese characters.", Severity.MAJOR)
        return
    if target not in _TOLD:
        return
    words = _telling(pair, pair.target.text)
    if weight(words) < _FEWEST or _is_left(pair, whole) or has_only_shared_signs(words, target):
        return
    words = _own(pair, words)
    if wide_letters(words):
        cannot_be_told = of_wide_letters(words) == target
    else:
        cannot_be_told = weight(words) < _LONG_ENOUGH and not _small_words_of(target)
    if cannot_be_told or _is_plainly(words, target):
        return
    best = next(iter(_chances(words)))
    if best != source and _is_rather(words, best, target):
        yield Finding(
            whole, f"This reads as “{best}”, not as “{pair.target.language}”.", Severity.MAJOR
        )


RULES = (untranslated_source, wrong_language)


def _left(pair: Pair, said: str, span: Span) -> Finding:
    at = pair.source.text.find(said)
    place = Span(at, at + len(said)) if at >= 0 else None
    return Finding(
        span, "This is still in the language of the source.", Severity.MAJOR, source=place
    )


# Both rules ask for the whole target.
@lru_cache(maxsize=1)
def _is_left(pair: Pair, span: Span) -> bool:
    """Whether what the target says in *span* is in the source's language and not in its own."""
    text = pair.target.text[span.start : span.end]
    if text.isascii() and _is_of_other_letters(pair):
        return False
    source, target = map(primary, pair.languages)
    said = _words(text)
    if any(map(_is_small, _known_words(pair.source.text).intersection(said))):
        if _is_foreign(pair, span):
            return True
        if _is_copy(pair, said) and weight(words := " ".join(said)) >= _FEWEST:
            found = _chances(words)
            return found.get(source, 0) > found.get(target, 0) or found.get(target, 0) < _NOT_AT_ALL
    words = _telling(pair, text)
    if weight(words) < _FEWEST or not _is_rather(words, source, target):
        return False
    if weight(words) >= _LONG_ENOUGH or wide_letters(words):
        return True
    return sum(map(_known_words(pair.source.text).__contains__, said)) >= _SHARED * len(said)


def _is_command(text: str, span: Span) -> bool:
    """Whether a line of a program stands in *span*, or ends it."""
    line = text.rfind("\n", 0, span.start) + 1
    return _COMMAND.match(text, line, span.end) is not None


# All sentences of a target ask.
@lru_cache(maxsize=1)
def _is_of_other_letters(pair: Pair) -> bool:
    """Whether the source is not in Latin letters, as the target is: then nothing in those of English is in the source's language."""
    return is_mostly_latin(pair.target.text) and not is_mostly_latin(pair.source.text)


def _is_foreign(pair: Pair, span: Span) -> bool:
    """Whether what stands in *span* stands in the source, too, and in another script than what is around it; of two words at least that are no names."""
    text = pair.target.text
    said = text[span.start : span.end]
    words = _words(said)
    if said.strip() not in pair.source.text or len(words) < _LEAST_WORDS:
        return False
    if sum(map(_is_small, words)) < _LEAST_SMALL * len(words):
        return False
    around = scripts(text[: span.start] + text[span.end :])
    return bool(around) and around.most_common(1)[0][0] not in scripts(said)


def _is_rather(words: str, other: str, own: str) -> bool:
    """Whether *words* are in the *other* language and not in their *own*: the fewer they are, the surer it must be."""
    if len(words.split()) < _FEWEST_TO_TELL and not wide_letters(words):
        return False
    lead = _small_words(words, other) - _small_words(words, own)
    if lead < 0:
        return False
    found, letters = _chances(words), weight(words)
    chance, of_own = found.get(other, 0), found.get(own, 0)

    def is_sure(lead: int) -> bool:
        return any(
            letters >= least and chance >= enough and of_own < hardly
            for least, enough, hardly in _SURE[lead]
        )

    most = len(_SURE) - 1
    if lead < most and is_sure(most) and not _is_of_other_signs(words, other, own):
        return is_sure(lead)
    return is_sure(most)


def _is_of_other_signs(words: str, other: str, own: str) -> bool:
    """Whether *words* are not in the letters of their *own* language, or have one that only the *other* has."""
    if wide_letters(words) or not _has_letters_of(own, words):
        return True
    return not _only_of(other, own).isdisjoint(words.casefold())


def _has_letters_of(code: str, words: str) -> bool:
    """Whether some of *words* are in a script of the language *code*, as far as its small words tell."""
    own = _scripts_of(code)
    return not own or not own.isdisjoint(scripts(words))


@cache
def _only_of(code: str, other: str) -> frozenset[str]:
    """The letters of the language *code* that the *other* has not, as Czech has *ě* and Polish has not; none where either is not known."""
    ours, theirs = _letters_of(code), _letters_of(other)
    return ours - theirs if theirs else frozenset()


@cache
def _letters_of(code: str) -> frozenset[str]:
    """The letters of the language *code* beyond A to Z, by the words of grammar, numbers, months and units that it is known by."""
    known = quantity_words(code).forms("number", "month", "weekday", "unit")
    letters = filter(str.isalpha, "".join((*_small_words_of(code), *known)))
    return frozenset(letter for letter in letters if not letter.isascii())


@cache
def _scripts_of(code: str) -> frozenset[str]:
    """The scripts of the small words of the language *code*."""
    return frozenset(scripts("".join(_small_words_of(code))))


@cache
def _small_words_of(code: str) -> frozenset[str]:
    """The words of grammar of the language *code*; none where they are not known."""
    return language(code).lexicon.function_words


def _is_plainly(words: str, own: str) -> bool:
    """Whether more small words of their *own* language are among *words* than of any other: the model, which takes a tenth of the time of all rules, need not be asked."""
    at_home = _small_words_at_home()
    counts = Counter(code for word in words.casefold().split() for code in at_home.get(word, ()))
    mine = counts.pop(own, 0)
    return mine > max(counts.values(), default=0)


@cache
def _small_words_at_home() -> dict[str, tuple[str, ...]]:
    """The small words of all languages that have some, each with the languages it is at home in."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code in sorted({"en", *map(primary, written())}):
        for word in _small_words_of(code):
            found[word].append(code)
    return {word: tuple(codes) for word, codes in found.items()}


def _small_words(words: str, code: str) -> int:
    """How many of *words* are among the small ones of the language *code*, as far as those are known."""
    known = _small_words_of(code)
    return sum(word in known for word in words.casefold().split())


# Of a whole target and of a sentence they are asked for by what was copied, and by what tells its language.
@lru_cache(maxsize=4)
def _words(text: str) -> tuple[str, ...]:
    for span in reversed(placeholders(text) if "{" in text else ()):
        text = f"{text[: span.start]} {text[span.end :]}"
    if "_" in text:
        text = _MNEMONIC.sub("", text)
    if any(map(text.__contains__, _IN_LINKS)):
        text = _NO_WORDS.sub(" ", text)
    elif _MAY_BE_NO_WORDS.search(text):
        text = _NO_WORDS_BUT_LINKS.sub(" ", text)
    words = tuple([bare for word in parted(text).split() if (bare := word.strip(_MARKS))])
    if _MAY_BE_DRAWN_OUT.search(text.casefold()):
        words = tuple(word for word in words if not _DRAWN_OUT.search(word))
    return words


# Of a source they are asked for with every sentence of its target.
@lru_cache(maxsize=2)
def _known_words(text: str) -> frozenset[str]:
    return frozenset(_words(text))


def _telling(pair: Pair, text: str) -> str:
    """The words of *text* that tell its language: not names, as far as the source has them, too."""
    theirs = _known_words(pair.source.text)
    words = _words(text)
    return " ".join([word for word in words if word not in theirs or not word[0].isupper()])


def _own(pair: Pair, words: str) -> str:
    """Those of *words* that the source has not: what was taken from there is in no language that the translation is in."""
    theirs = _known_words(pair.source.text)
    return " ".join([word for word in words.split() if word not in theirs])


# Each sentence is asked for by what was copied, and by what tells its language.
_chances = lru_cache(maxsize=16)(chances_by_letters)


def _is_copy(pair: Pair, words: Sequence[str]) -> bool:
    """Whether most of *words* stand in the source: of all of them, and of the small ones, since names are at home everywhere.

    Small words that say next to nothing tell nothing (*Windows 32-bit*).
    """
    theirs = _known_words(pair.source.text)
    small = [*filter(_is_small, words)]
    copied = [word for word in small if word in theirs]
    return (len(words) >= _LEAST_WORDS or any(map(wide_letters, words))) and (
        weight("".join(copied)) >= _FEWEST_COPIED
        and len(copied) >= _COPIED * len(small)
        and sum(word in theirs for word in words) >= _COPIED * len(words)
    )


def _is_small(word: str) -> bool:
    """Whether *word* has letters, and none of them is a capital."""
    return word == word.lower() and any(map(str.isalpha, word))


def _other_characters(pair: Pair) -> str:
    """``Traditional`` or ``Simplified`` where the target should be in the other characters of Chinese."""
    code = called(pair.target.language)
    found = chinese_of(pair.target.text) if primary(code) == "zh" else ""
    if not found or (found == "zh-Hant") == code.startswith("zh-Hant"):
        return ""
    return "Traditional" if found == "zh-Hant" else "Simplified"
