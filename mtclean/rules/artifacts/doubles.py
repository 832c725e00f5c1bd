"""Where a small word of a language stands twice by right, and where it cannot: what the grammar of the place says.

Two equal words meet where one phrase ends with the first and the next begins with the second: two clauses (*die Frau, die die Tür
schloss*, *tror du du kan*, *was ist ist*), a verb's particle and a preposition (*legg den til til listen*), a pronoun and its verb's object
(*nous nous levons*), two calls (*non, non*).  So of each pair one thing is asked: what the words around it let end and begin there.  A
:class:`mtclean.rules.artifacts.clauses.Place` reads them, its clause and its sentence; here is one question for each kind of word.  Which words are of a kind is in the
files of the languages (:class:`mtclean.languages.language.Lexicon`).
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from itertools import takewhile

from mtclean.languages.frequencies import frequency
from mtclean.languages.language import Trait
from mtclean.rules.artifacts.clauses import BLANKS, SENTENCE_BREAK, Place
from mtclean.rules.artifacts.tokens import Words, is_first_in_sentence
from mtclean.text import Passage

_LONGEST_NOUN_PHRASE = 12
"""Words looked over for the verb that a German clause ends with."""
_PARTICLE_REACH = 3
"""Words between a verb and its particle, which is the first of the pair: *lägg inte den till*."""
_OPENING = frozenset("(“‘„»«\"'–—*_¿¡")
_CLOSING = frozenset(".,;:!?)”’»«“\"'–—…*_")
_CLAUSE_MARKS = frozenset(("", "\n", *".,;:!?)"))


class Standing(Enum):
    """How two equal words stand beside each other."""

    RIGHT = "right"
    UNSURE = "unsure"
    WRONG = "wrong"


def stands_free(passage: Passage, all_words: Words, i: int) -> bool:
    """Whether word *i* and its twin are whole words: not *PNG-u u*, *en en-tête*, *a/a a*, *[r]a a*, *c l a s s i c*."""
    place = Place(passage, all_words, i)
    before, after = place.before, place.after
    spaced_out = len(place.led) == len(place.word) == len(place.following) == 1
    return (
        not spaced_out
        and (not before or before.isspace() or before in _OPENING)
        and (not after or after.isspace() or after in _CLOSING)
        and place.gap(i) in BLANKS
    )


def standing(passage: Passage, all_words: Words, i: int) -> Standing:
    """How word *i*, one of the small words of its language, stands after its twin."""
    place = Place(passage, all_words, i)
    word, lexicon = place.word, place.lexicon
    if _is_pattern(place, lexicon.pairs):
        return Standing.RIGHT
    if _is_pattern(place, lexicon.doubtful):
        return Standing.UNSURE
    if word in lexicon.governed and (
        place.led in lexicon.prepositions or _begins_plain_clause(place)
    ):
        return Standing.WRONG
    if word in lexicon.prepositions and _may_be_no_preposition(place):
        return Standing.UNSURE
    if word in lexicon.particles:
        asked = _is_stranded(place) or (not place.opens_clause and _may_be_particle(place))
        return Standing.UNSURE if asked else Standing.WRONG
    if word not in lexicon.right_doubles:
        return Standing.WRONG
    if word in lexicon.subjects | lexicon.prepositions:
        if {word, place.led} <= lexicon.prepositions:
            return Standing.RIGHT  # teamene han er med i i dag
        return Standing.WRONG if place.opens_clause else Standing.UNSURE
    if _is_inside_clause(place):
        return Standing.WRONG
    if word in lexicon.relatives:
        return _standing_of_relative(place)
    if word in lexicon.outside and word not in lexicon.finite and place.follows_break:
        # the verb is second: no subject meets an object or a noun there; before a mark it may be a call
        return Standing.WRONG if place.following else Standing.UNSURE
    return Standing.UNSURE if word in lexicon.meeting else Standing.RIGHT


def _is_pattern(place: Place, patterns: frozenset[str]) -> bool:
    """Whether the sentence has one of *patterns* around the pair: *zu zu startenden*, *man kann … nicht nicht*."""
    mine = frozenset(one for one in patterns if place.word in one)
    return bool(mine) and _patterns(mine).search(_as_pattern(place)) is not None


def _as_pattern(place: Place) -> str:
    """The sentence: ``_`` between its words, nothing between two where a mark is, ``<>`` around the pair, a question mark at its end."""
    parts, last = [""], place.words.ends[place.sentence[-1]]
    for j in (j for j in place.sentence if j != place.at):
        if j > place.sentence.start and place.gap(j) not in BLANKS:
            parts.append("")
        pair = j == place.at - 1
        parts.append(f"<{place.word}_{place.word}>" if pair else place.words.folded[j])
    asks = "?" in place.passage.text[last : last + 2]
    return "_".join(("", *parts, "", "?" * asks, ""))


@cache
def _patterns(patterns: frozenset[str]) -> re.Pattern[str]:
    """One expression for *patterns*, which :class:`mtclean.languages.language.Lexicon` explains."""
    return re.compile("|".join(map(_pattern, sorted(patterns))))


def _pattern(pattern: str) -> str:
    """What finds *pattern* in a sentence that :func:`_as_pattern` wrote."""
    parts = re.sub("([…~])", r"_\1_", pattern).split("_")
    second = parts.index("=")
    forms = [_FURTHER.get(part) or f"(?:{_alternatives(part)})_" for part in parts]
    forms[second - 1 : second + 1] = [f"<(?:{_alternatives(parts[second - 1])})_[^>]*>_"]
    return "_" + "".join(forms)


_FURTHER = {"…": "(?:[^<>]*_)?", "~": "(?:[^_<>]+_)*"}
"""Any words, or none: of the sentence, and between two marks."""


def _alternatives(part: str) -> str:
    """The words that *part* of a pattern stands for, as an expression."""
    return re.escape(part).replace(r"\*", "[^_<>]*").replace(r"\+", "[^_<>]+").replace(r"\|", "|")


def _standing_of_relative(place: Place) -> Standing:
    """How a relative pronoun stands that is an article or a demonstrative, too: *die Frau, die die Tür schloss*, *ist das das Haus*."""
    lexicon = place.lexicon
    joins = place.word in lexicon.subordinates  # hij zei dat dat hij komt
    if (
        place.following in lexicon.subjects
        and place.word not in lexicon.governed
        and (joins or _may_follow_antecedent(place))
        and place.led not in lexicon.finite
    ):
        return Standing.WRONG
    relates = _is_near_mark(place) and place.led not in lexicon.subjects
    if place.passage.has(Trait.CAPITAL_NOUNS):
        begun = place.led in lexicon.subordinates  # ich denke, dass das das ein Haus ist
        if _lacks_noun(place) and (begun or _may_follow_antecedent(place)):
            return Standing.WRONG
        points = begun or place.led in lexicon.finite
        if not points and _lacks_antecedent(place):
            return Standing.WRONG
        oblique = place.word in lexicon.oblique
        if oblique and not _may_relate(place) and not _governs_participle(place):
            return Standing.WRONG
        if not oblique and not relates and _is_article(place):
            return Standing.WRONG
        relates = relates or points
    elif place.led in lexicon.function_words - lexicon.prepositions:
        relates = True
    return Standing.RIGHT if relates else Standing.UNSURE


def _is_near_mark(place: Place) -> bool:
    """Whether a mark within a sentence stands before the pair, or a word or two before it: *, und in der der*."""
    first = place.at - 1
    start = place.words.starts[max(0, first - 2)]
    before = place.passage.text[max(0, start - 2) : place.words.starts[first]]
    return first == 0 or any(mark in before for mark in ",;–—-:")


def _may_relate(place: Place) -> bool:
    """Whether the first may be a relative pronoun by the marks of German: behind one, or one and a preposition (*, in der der*)."""
    led = place.led in place.lexicon.prepositions
    return place.follows_break or (led and place.follows_mark(place.at - 2))


def _may_follow_antecedent(place: Place) -> bool:
    """Whether a comma, or a word that may be a noun, stands before the pair; if not, its first is one itself: *sind das die die ich sah?*."""
    if not place.led:
        return place.at > 1 and SENTENCE_BREAK.search(place.gap(place.at - 1)) is None
    before = place.at - 2
    if place.led in place.lexicon.prepositions:
        before -= 1
        if place.follows_mark(before + 1):
            return before >= 0
    if place.words.folded[before] in place.lexicon.function_words | place.lexicon.finite:
        return False
    return not place.passage.has(Trait.CAPITAL_NOUNS) or _is_noun(place, before)


def _is_noun(place: Place, at: int) -> bool:
    """Whether word *at* has the capital of a noun, as far as that is not the one of its sentence."""
    start = place.words.starts[at]
    return place.words.texts[at][0].isupper() and not is_first_in_sentence(place.passage, start)


def _lacks_noun(place: Place) -> bool:
    """Whether a word follows that no noun phrase goes on with, so the second is no article: *der Mann, der der den Hut trug*."""
    return place.following in place.lexicon.outside


def _lacks_antecedent(place: Place) -> bool:
    """Whether a relative clause cannot begin there: a preposition begins a sentence, or a clause of an infinitive (*, um den den Mann zu finden*).

    Such a clause without a preposition may still be the beginning of a relative one, which goes on behind a comma, where a noun stands
    before it.
    """
    led = place.led in place.lexicon.prepositions
    before = place.at - 2 if led else place.at - 1
    begins = before == 0 or SENTENCE_BREAK.match(place.gap(before).rstrip()[-1:])
    if led and begins:
        return not _governs_participle(place)
    after_noun = not led and before > 0 and place.words.texts[before - 1][0].isupper()
    parted = not led or place.follows_mark(before)
    return parted and not after_noun and _is_infinitive_clause(place)


def _is_infinitive_clause(place: Place) -> bool:
    """Whether the clause ends with *zu* and an infinitive (*die Tür zu schließen*, *die Tür aufzumachen*)."""
    marker, verb = place.words.texts[place.clause.stop - 2 : place.clause.stop]
    parted = marker == "zu" and verb.islower() and verb.endswith("n")
    return parted or _JOINED_INFINITIVE.fullmatch(verb) is not None


_JOINED_INFINITIVE = re.compile(r"[a-zäöüß]{2,}zu[a-zäöüß]+n")


def _excludes_pronoun(place: Place) -> bool:
    """Whether the word before the pair lets no first of it stand for a noun: *in*, *das Haus*, *ich*, *noch*, but not *es ist noch*, *es ähnelte*.

    After *and* a second relative clause may follow a first.
    """
    lexicon = place.lexicon
    if place.led in lexicon.prepositions:
        return True
    if place.led in lexicon.joins:
        return not place.may_follow_subordinate
    if place.led not in lexicon.function_words:
        return bool(place.led) and place.words.texts[place.at - 2][0].isupper()
    return place.led not in lexicon.subordinates and not any(
        place.words.folded[j] in lexicon.finite for j in place.earlier
    )


def _is_article(place: Place) -> bool:
    """Whether both are the article of the noun that follows, as far as nouns are known by their capital: *in der der alten Stadt*.

    Where both are right, the first is the pronoun of a noun before it, and its clause ends with a verb (*die Zeile in der der
    Fehler auftrat*, which lacks a comma); it stands for a noun, after a verb or *als* (*es ähnelte der der Farmer*); or a
    participle follows (*die der Partei nahestehenden Blätter*).
    """
    words, at = place.words, place.at + 1
    follows_subject = place.led in place.lexicon.subjects  # no clause begins behind it
    if not _excludes_pronoun(place) or (_ends_with_verb(place) and not follows_subject):
        return False
    while at < min(place.at + 3, len(words)) and _is_qualifying(place, at):
        at += 1
    if at not in place.clause or not words.texts[at][0].isupper():
        return False
    if any(place.gap(k) not in BLANKS for k in range(place.at + 1, at + 1)):
        return False
    while (
        at + 1 in place.clause and words.texts[at + 1][0].isupper() and place.gap(at + 1) in BLANKS
    ):
        at += 1  # a name of several words
    after = place.passage.text[words.ends[at] : words.ends[at] + 1]
    goes_on = at + 1 < len(words) and words.texts[at + 1].islower()
    return after in ("", *'.,;:!?)\n“”»«"') or (
        after == " " and goes_on and not _leads_to_noun(place, at)
    )


def _begins_plain_clause(place: Place) -> bool:
    """Whether the pair begins a clause and its first word is no antecedent: *sade att det det var sant*.

    Scandinavian leaves out the relative pronoun, but then the clause that began has its own verb still to come (*att det det gäller
    är pengar*, *for det det er*).
    """
    lexicon = place.lexicon
    begins = place.led in lexicon.subordinates | lexicon.joins
    if place.word not in lexicon.relatives or not begins:
        return False
    rest = place.words.folded[place.at + 1 : place.clause.stop]
    conjunctions = lexicon.subordinates - lexicon.particles  # det han taler om
    behind = list(takewhile(lambda word: word not in conjunctions, rest[1:]))
    return lexicon.finite.isdisjoint(behind) and (
        bool(behind) or place.following not in lexicon.finite
    )


def _may_be_no_preposition(place: Place) -> bool:
    """Whether the pair is after *and*, where a phrase may end (*af og til*), or before a break, where no noun follows."""
    joins = place.lexicon.joins
    ends = not place.following and place.after in _CLAUSE_MARKS
    return place.led in joins or place.following in joins or ends


def _is_stranded(place: Place) -> bool:
    """Whether a pronoun in the sentence may have left the first of the pair behind: *hij wees er toen op op een rustige toon*."""
    before = place.words.folded[place.sentence.start : place.at - 1]
    return not place.lexicon.stranding.isdisjoint(before)


def _may_be_particle(place: Place) -> bool:
    """Whether the first of the pair may belong to a verb before it: *lägg den till till listan*.

    Where a language writes verb and particle as one word in its other clauses, that word is known, if there is such a verb at all:
    *sla het op op een veilige plek* (*opslaan*, *opsla*), but not *hij verwees op op een andere manier*.
    """
    lexicon, folded = place.lexicon, place.words.folded
    if lexicon.phrasal:
        first = max(0, place.at - 1 - _PARTICLE_REACH)
        return not lexicon.phrasal.isdisjoint(folded[first : place.at - 1])
    if place.is_subordinate:
        return False  # there verb and particle are one word
    language, never = place.passage.language, lexicon.governed | lexicon.prepositions
    start = place.sentence.start
    return any(
        folded[j] not in lexicon.function_words
        and (j == start or folded[j - 1] not in never)  # a noun
        and frequency(place.word + folded[j], language)
        for j in range(start, place.at - 1)
    )


def _is_inside_clause(place: Place) -> bool:
    """Whether the word cannot stand twice there though it may elsewhere.

    A call between words of one clause, a verb where no clause may have ended with it or none begins.
    """
    lexicon = place.lexicon
    if place.word in lexicon.calls:
        return bool(place.led and place.following) and place.led not in lexicon.subordinates
    if place.word not in lexicon.finite:
        return False
    ends = place.following in lexicon.joins if place.following else place.after in _CLAUSE_MARKS
    if place.word in lexicon.governed and not ends and not _lacks_noun(place):
        return False  # dat zijn zijn vrienden
    if not place.led:
        return place.follows_break
    if ends and place.led not in lexicon.subordinates | lexicon.relatives:
        return True  # dass es so ist ist, but: was ist ist
    return not place.may_follow_subordinate


def _governs_participle(place: Place) -> bool:
    """Whether the second is the article of a noun that a participle behind it governs: *die die Stadt vom Fluss trennende Mauer*."""
    noun = place.at + 1
    return noun in place.clause and _is_noun(place, noun) and _leads_to_noun(place, noun)


def _leads_to_noun(place: Place, at: int) -> bool:
    """Whether noun *at* belongs to a participle before another noun: *die die Stadt vom Fluss trennende Mauer*.

    Such a participle stands behind a noun; no verb is before it, nor an article whose own participle it may be.
    """
    words, lexicon = place.words, place.lexicon
    for k in range(at + 1, min(at + _LONGEST_NOUN_PHRASE, len(words) - 1)):
        word, follows = words.texts[k], words.texts[k + 1]
        opens = word in lexicon.relatives and follows in lexicon.prepositions
        if word in lexicon.finite or opens or place.gap(k) not in BLANKS:
            return False
        after_noun = k == at + 1 or words.texts[k - 1][0].isupper()
        before_noun = follows[0].isupper() or _is_qualifying(place, k + 1)
        adjoins = before_noun and place.gap(k + 1) in BLANKS
        governs = k == at + 1 and _is_qualifying(place, k)  # der der Partei nahen Kreise
        participle = word not in lexicon.function_words and _PARTICIPLE.fullmatch(word)
        if after_noun and adjoins and (governs or participle):
            return True
    return False


_PARTICIPLE = re.compile(r"[^\W\dA-ZÄÖÜ]\w+(?:nd|t|n)en?")
"""As it stands behind an article."""


def _is_qualifying(place: Place, at: int) -> bool:
    """Whether word *at* may be an adjective or a participle between an article and its noun, by its ending."""
    word = place.words.texts[at]
    return (
        word.islower() and word not in place.lexicon.function_words and word.endswith(("e", "en"))
    )


def _ends_with_verb(place: Place) -> bool:
    """Whether the last word before the next mark may be a verb: it has no capital, is no other small word and no adjective."""
    lexicon, last = place.lexicon, min(place.clause[-1], place.at + _LONGEST_NOUN_PHRASE - 1)
    word = place.words.texts[last]
    if word in lexicon.function_words | lexicon.finite:
        return word in lexicon.finite
    return word.islower() and not frequency(f"{word}em", place.passage.language)


def opens_sentence(passage: Passage, all_words: Words, i: int) -> bool:
    """Whether word *i* - 1 has the capital of its sentence, and word *i* none."""
    first, word = all_words.texts[i - 1], all_words.texts[i]
    return first.lower() == word != first and is_first_in_sentence(passage, all_words.starts[i - 1])
