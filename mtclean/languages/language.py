"""What a language knows: how its marks are set, and its small words.

The quotation marks and the signs of numbers are CLDR's (``cldr/marks.tsv``); what CLDR has not, or has otherwise than people write
it, stands in the language's own folder (``de/language.tsv``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from mtclean.languages.lists import has, rows, words

_CALLED = {
    "no": "nb",
    "iw": "he",
    "in": "id",
    "zh-TW": "zh-Hant",
    "zh-HK": "zh-Hant",
    "zh-MO": "zh-Hant",
}
"""Names other programs give a language, and ours."""

_UNCASED = frozenset(
    [
        "am",
        "ar",
        "as",
        "bn",
        "bo",
        "ckb",
        "dv",
        "dz",
        "fa",
        "gu",
        "he",
        "hi",
        "ja",
        "ka",
        "kk-Arab",
        "km",
        "kn",
        "ko",
        "ks",
        "lo",
        "mai",
        "ml",
        "mn-Mong",
        "mni",
        "mr",
        "my",
        "ne",
        "or",
        "pa",
        "ps",
        "sa",
        "sd",
        "si",
        "ta",
        "te",
        "th",
        "ti",
        "ug",
        "ur",
        "yi",
        "yue",
        "zh",
    ]
)
"""Languages whose letters are not large and small; Georgian has capitals that no sentence begins with."""

_UNSPACED = frozenset(["bo", "dz", "ja", "km", "lo", "my", "th", "yue", "zh"])
"""Languages that part no words by spaces."""

_WIDE = frozenset(["ja", "yue", "zh"])
"""Languages whose marks are as wide as their letters."""

_REDUPLICATING = frozenset(
    [
        "af",
        "az",
        "bn",
        "fa",
        "fil",
        "gu",
        "hi",
        "ht",
        "hy",
        "id",
        "jv",
        "ka",
        "kk",
        "kn",
        "ko",
        "ku",
        "ky",
        "ml",
        "mr",
        "ms",
        "ne",
        "pa",
        "si",
        "sw",
        "ta",
        "te",
        "tg",
        "tk",
        "tl",
        "tr",
        "tt",
        "ug",
        "ur",
        "uz",
        "vi",
    ]
)
"""Languages whose grammar doubles words, for a plural, for *each* or for *very* (WALS, chapter 27, and their grammars)."""


_CAPITAL_NOUNS = frozenset(["de", "lb"])
"""Languages that begin every noun with a capital."""


class Pair(NamedTuple):
    """The marks at the two ends of a quotation."""

    opening: str
    closing: str


class Trait(Enum):
    """What a rule may ask of a language."""

    KNOWN = "known"
    """It is known which language it is."""
    CASED = "cased"
    """Its letters are large and small, and a sentence begins with a large one."""
    SPACED = "spaced"
    """A space stands between words, and after the mark that ends a sentence."""
    WIDE = "wide"
    """Its marks are as wide as its letters, and no space stands beside them."""
    REDUPLICATING = "reduplicating"
    """A word said twice is a form of it."""
    CAPITAL_NOUNS = "capital-nouns"
    """Every noun begins with a capital."""


@dataclass(frozen=True, slots=True)
class Typography:
    """How the marks of a language are set.

    ``quotes`` are its outer and its inner quotation marks, ``also`` other pairs in use.  ``inside`` is the space that
    belongs to the outer marks, or empty; ``spaced`` are the marks a space stands before.  ``decimal`` and ``group`` are the
    signs of its numbers.
    """

    quotes: tuple[Pair, Pair] = (Pair("“", "”"), Pair("‘", "’"))
    also: tuple[Pair, ...] = ()
    inside: str = ""
    spaced: frozenset[str] = frozenset()
    decimal: str = "."
    group: str = ","
    signs: Mapping[str, str] = field(default_factory=dict)
    """What it writes for a comma, a stop or a question mark of Latin letters, where that is another sign."""

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """All pairs in use, the first choice first."""
        return *self.quotes, *self.also


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The small words of a language, in lower case; only closed classes, of which it has few.

    ``function_words`` are frequent words that sentences begin with and that name nothing.  ``letters`` are words of one
    letter, in capitals.  ``abbreviations`` stand without their last stop, as they are written.  ``elided`` are words that
    end in an apostrophe before another.  ``closing`` are the abbreviations among them that no name follows, without spaces and stops: *usw*, *тд*.

    ``right_doubles`` may stand twice by right, ``relatives`` after a comma, ``calls`` only between marks (*ja ja*), those that are
    ``meeting`` so seldom that it is asked about, ``governed`` not after ``prepositions`` (nor, if relatives, at the beginning of a clause that no other
    relative one stands in, as far as ``finite`` verbs show), relatives in an ``oblique`` case only after a comma, and the verbs among them that are ``finite``
    only where one of ``subordinates`` or ``relatives`` began a clause that the first may end.  Words of grammar that are none of those
    never do, but: ``subjects`` and prepositions among ``right_doubles`` where the first ends a clause and the second begins what follows
    without a mark (*tror du du kan*, *byen han bor i i dag*), not where a clause begins; ``particles`` that are prepositions, too, behind a
    verb that takes them (``phrasal``; where there is none, one that a word with the particle before it is known of) or a pronoun that
    leaves its preposition behind (``stranding``: *waar … op*); and what stands in one of ``pairs``, or of those that are ``doubtful`` and
    asked about: the words around the pair with ``_`` between, ``=`` for the twin, ``*`` for any letters, ``+`` for any word, nothing for a
    mark, ``|`` between alternatives, ``~`` for any words without a mark, ``…`` for any of the sentence and ``?`` for its end
    (``zu_=_*end``, ``kann|muss…nicht_=``).

    What stands ``outside`` a noun phrase (articles, nominative pronouns) lets none go on, so an article or possessive before it is none.
    Behind ``subjects`` no relative clause begins and nothing is pointed at (*ich die die Seite las*).  ``joins`` is *and*.  None of those
    that are ``dangling`` ends a sentence or a headline.

    Who hands over a text that was asked for ``presents`` it, says what he did (``tasks``), and ``offers`` more with such words;
    ``labels`` are what a translation is called alone, ``originals`` what it is made from, ``parts`` what one speaks of in it, ``notes``
    what a remark begins with, and ``regrets`` what a refusal has.
    """

    function_words: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    elided: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    right_doubles: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    meeting: frozenset[str] = frozenset()
    governed: frozenset[str] = frozenset()
    oblique: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    dangling: frozenset[str] = frozenset()
    finite: frozenset[str] = frozenset()
    subordinates: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    stranding: frozenset[str] = frozenset()
    phrasal: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    presents: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    originals: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    regrets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code, ISO 639-1 with the script or country where that matters: ``de``, ``de-CH``, ``zh-Hant``."""

    code: str
    typography: Typography = Typography()
    lexicon: Lexicon = Lexicon()
    traits: frozenset[Trait] = frozenset()

    def has(self, traits: frozenset[Trait]) -> bool:
        """Whether all of *traits* are the language's."""
        return traits <= self.traits


NEUTRAL = Language("")
"""What is known of a text in no language that is known: nothing."""


@cache
def language(code: str) -> Language:
    """The language *code* stands for; of ``de-LU`` what is known of ``de``, and ``NEUTRAL`` where nothing is."""
    code = called(code)
    if not code:
        return NEUTRAL
    for name in lineage(code):
        if name in _marks() or name in written():
            return Language(name, _typography(name), _lexicon(name), _traits(name))
    return NEUTRAL


def primary(code: str) -> str:
    """*code* without script and country: the primary language subtag of BCP 47, ``pt`` of ``pt-BR``."""
    return code.partition("-")[0]


def called(code: str) -> str:
    """What the language is called here that other programs call *code*."""
    return _CALLED.get(code, code)


@cache
def written() -> tuple[str, ...]:
    """The codes of the languages that have a folder of their own, in order."""
    found = (folder.name for folder in files(__package__).iterdir() if folder.is_dir())
    return tuple(sorted(name for name in found if (files(__package__) / name / _FILE).is_file()))


def examples_of(code: str) -> tuple[tuple[str, str, str, str], ...]:
    r"""What rules do and leave in the language *code*: (rule, kind, before, after).

    The kind is ``fixes``, ``suggests``, ``finds`` (``after`` is the excerpt that is pointed at) or ``leaves``; the end of a line is written ``\n``.
    """
    if not (files(__package__) / code / _EXAMPLES).is_file():
        return ()
    found = rows(_EXAMPLES, code)
    lines = [[cell.replace("\\n", "\n") for cell in row] for row in found]
    return tuple((row[0], row[1], row[2], row[-1]) for row in lines)


_FILE = "language.tsv"
_WRITTEN_OF = {"words": "function_words", "doubles": "right_doubles"}
"""What is called otherwise in that file than in a :class:`Lexicon`."""
_LISTED_IN = {"function_words": "function_words.txt", "dangling": "dangling_words.txt"}
"""What has a list of its own where a language has no such file: English."""
_EXAMPLES = "examples.tsv"


def lineage(code: str) -> tuple[str, ...]:
    """*code*, and those it is a kind of: ``zh-Hant-TW``, ``zh-Hant``, ``zh``."""
    parts = code.split("-")
    return tuple("-".join(parts[:n]) for n in range(len(parts), 0, -1))


@cache
def _marks() -> dict[str, tuple[str, ...]]:
    return {locale: tuple(values) for locale, *values in rows("marks.tsv", "cldr")}


@cache
def _facts(code: str) -> dict[str, tuple[str, ...]]:
    """What the language's own file says, and for what it does not say that of the language it is a kind of."""
    found: dict[str, tuple[str, ...]] = {}
    for name in reversed(lineage(code)):
        if not (files(__package__) / name / _FILE).is_file():
            continue
        own: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for key, values in rows(_FILE, name):
            own[key] += tuple(values.split())
        found |= own
    return found


def _typography(code: str) -> Typography:
    marks = next((_marks()[name] for name in lineage(code) if name in _marks()), None)
    outer, inner, decimal, group = marks[:4] if marks else ("“”", "‘’", ".", ",")
    facts = _facts(code)
    quotes = facts.get("quotes", (outer, inner))
    return Typography(
        quotes=(Pair(*quotes[0]), Pair(*quotes[1])),
        also=tuple(Pair(*pair) for pair in facts.get("also", ())),
        inside="\u00a0" if "inside" in facts else "",
        spaced=frozenset("".join(facts.get("spaced", ()))),
        decimal=decimal,
        group=group.encode().decode("unicode_escape") if "\\" in group else group,
        signs={sign[0]: sign[1] for sign in facts.get("signs", ())},
    )


def _lexicon(code: str) -> Lexicon:
    facts = {_WRITTEN_OF.get(key, key): frozenset(values) for key, values in _facts(code).items()}
    facts |= {key: words(name, code) for key, name in _LISTED_IN.items() if has(name, code)}
    names = {one.name for one in fields(Lexicon)}
    return Lexicon(**{name: listed for name, listed in facts.items() if name in names})


def _traits(code: str) -> frozenset[Trait]:
    names = set(lineage(code))
    return frozenset(
        trait
        for trait, has in (
            (Trait.KNOWN, True),
            (Trait.CASED, names.isdisjoint(_UNCASED)),
            (Trait.SPACED, names.isdisjoint(_UNSPACED)),
            (Trait.WIDE, not names.isdisjoint(_WIDE)),
            (Trait.REDUPLICATING, not names.isdisjoint(_REDUPLICATING)),
            (Trait.CAPITAL_NOUNS, not names.isdisjoint(_CAPITAL_NOUNS)),
        )
        if has
    )
