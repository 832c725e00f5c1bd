"""Where a small word of a language stands twice by right, and where it cannot: what the grammar of the place says.

Two equal words may meet where two clauses do (*die Frau, die die Tür schloss*), where a verb's particle meets a
preposition (*legg den til til listen*), where a pronoun is subject and object (*nous nous levons*), or where somebody calls
(*non, non*).  Which words do so is in the files of the languages (:class:`mtclean.languages.language.Lexicon`); what may stand
before and after them, here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property

from mtclean.languages.frequencies import frequency
from mtclean.languages.language import Lexicon, Trait
from mtclean.rules.artifacts.tokens import Words, is_first_in_sentence
from mtclean.text import Passage

_BLANKS = (" ", "\u00a0")
SENTENCE_BREAK = re.compile(r"[.!?。！？;:\n]")
"""What stands between two sentences, or two parts of one that say something each."""
_BREAK = re.compile(r"[,.!?;:()–—\n]")
_LONGEST_SENTENCE = 60
"""Words looked back over for what may have begun a clause."""
_LONGEST_NOUN_PHRASE = 12
"""Words looked over for the verb that a German clause ends with."""
_PARTICLE_REACH = 3
"""Words between a verb and its particle, which is the first of the pair: *lägg inte den till*."""
_OPENING = frozenset("(“‘„»«\"'–—*_¿¡")
_CLOSING = frozenset(".,;:!?)”’»«“\"'–—…*_")


class Standing(Enum):
    """How two equal words stand beside each other."""

    RIGHT = "right"
    UNSURE = "unsure"
    WRONG = "wrong"


@dataclass(frozen=True)
class _Place:
    """Word ``at``, its twin before it, and what is around them in the same clause."""

    passage: Passage
    words: Words
    at: int

    @property
    def word(self) -> str:
        return self.words.folded[self.at]

    @property
    def lexicon(self) -> Lexicon:
        return self.passage.lexicon

    @cached_property
    def led(self) -> str:
        """The word before the pair where only a blank parts them, in small letters, or nothing."""
        return self._word_over(self.at - 2, self.at - 1)

    @cached_property
    def following(self) -> str:
        """The word after the pair where only a blank parts them, in small letters, or nothing."""
        return self._word_over(self.at + 1, self.at)

    def _word_over(self, other: int, own: int) -> str:
        if not 0 <= other < len(self.words):
            return ""
        return self.words.folded[other] if self.gap(max(other, own)) in _BLANKS else ""

    def gap(self, at: int) -> str:
        """What stands between word *at* and the one before it."""
        before = self.words.ends[at - 1] if at else 0
        return self.passage.text[before : self.words.starts[at]]

    @property
    def before(self) -> str:
        """The mark or blank before the pair, or nothing at the start of the text."""
        start = self.words.starts[self.at - 1]
        return self.passage.text[max(0, start - 1) : start]

    @property
    def after(self) -> str:
        """The mark or blank after the pair, or nothing at the end of the text."""
        end = self.words.ends[self.at]
        return self.passage.text[end : end + 1]

    @property
    def follows_break(self) -> bool:
        """Whether a mark or the start of the text stands right before the pair."""
        return self.at < 2 or _BREAK.search(self.gap(self.at - 1)) is not None

    @property
    def opens_clause(self) -> bool:
        """Whether a break, a preposition or what begins a clause stands right before the pair."""
        begins = self.lexicon.subordinates | self.lexicon.prepositions
        return self.led in begins or self.follows_break


def stands_free(passage: Passage, all_words: Words, i: int) -> bool:
    """Whether word *i* and its twin are whole words: not *PNG-u u*, *en en-tête*, *a/a a*, *[r]a a*, *c l a s s i c*."""
    place = _Place(passage, all_words, i)
    before, after = place.before, place.after
    spaced_out = len(place.led) == len(place.word) == len(place.following) == 1
    return (
        not spaced_out
        and (not before or before.isspace() or before in _OPENING)
        and (not after or after.isspace() or after in _CLOSING)
        and place.gap(i) in _BLANKS
    )


def standing(passage: Passage, all_words: Words, i: int) -> Standing:
    """How word *i*, one of the small words of its language, stands after its twin."""
    place = _Place(passage, all_words, i)
    word, lexicon = place.word, place.lexicon
    if word in lexicon.governed and (
        place.led in lexicon.prepositions or _begins_plain_clause(place)
    ):
        return Standing.WRONG
    if word in lexicon.prepositions and _may_be_no_preposition(place):
        return Standing.UNSURE
    if _is_pattern(place):
        return Standing.UNSURE if word in lexicon.meeting else Standing.RIGHT
    if word in lexicon.particles:
        asked = _is_stranded(place) or (not place.opens_clause and _may_be_particle(place))
        return Standing.UNSURE if asked else Standing.WRONG
    if word in lexicon.bordering:
        if {word, place.led} <= lexicon.prepositions:
            return Standing.RIGHT  # teamene han er med i i dag
        return Standing.WRONG if place.opens_clause else Standing.UNSURE
    if word in lexicon.asking:
        return Standing.UNSURE if _may_ask(place) else Standing.WRONG
    if word in lexicon.licensed:
        return Standing.UNSURE if _is_licensed(place) else Standing.WRONG
    if word not in lexicon.right_doubles or _is_inside_clause(place):
        return Standing.WRONG
    if word in lexicon.relatives:
        return _standing_of_relative(place)
    if word in lexicon.outside and word not in lexicon.finite and place.follows_break:
        # the verb is second: no subject meets an object or a noun there; before a mark it may be a call
        return Standing.WRONG if place.following else Standing.UNSURE
    return Standing.UNSURE if word in lexicon.meeting else Standing.RIGHT


def _may_ask(place: _Place) -> bool:
    """Whether the second may ask, or relate to what is said next: *спросил, что что значит?*, *знал, что что посеешь, то пожнёшь*.

    Where it may not, both are the conjunction *that*.
    """
    clause = SENTENCE_BREAK.search(place.passage.text, place.words.ends[place.at])
    if clause is not None and clause[0] in "?？":
        return True
    last = _sentence_end(place)
    return not place.lexicon.resuming.isdisjoint(place.words.folded[place.at + 1 : last + 1])


def _is_licensed(place: _Place) -> bool:
    """Whether the sentence has one of the words with which the pair says something: *man kann nicht nicht kommunizieren*."""
    sentence = place.words.folded[_sentence_start(place) : _sentence_end(place) + 1]
    return not place.lexicon.licensing.isdisjoint(sentence)


def _standing_of_relative(place: _Place) -> Standing:
    """How a relative pronoun stands that is an article or a demonstrative, too: *die Frau, die die Tür schloss*, *ist das das Haus*."""
    lexicon, relates = place.lexicon, _may_relate(place)
    joins = place.word in lexicon.subordinates  # hij zei dat dat hij komt
    if place.following in lexicon.nominatives and (joins or _may_follow_antecedent(place)):
        return Standing.WRONG
    if place.passage.has(Trait.CAPITAL_NOUNS):
        begun = place.led in lexicon.subordinates  # ich denke, dass das das ein Haus ist
        single = _lacks_noun(place) and (begun or _may_follow_antecedent(place))
        single = single or _lacks_clause(place)
        if relates:
            single = single or _lacks_antecedent(place)
        else:
            single = single or place.word in lexicon.oblique or _is_article(place)
        if single:
            return Standing.WRONG
        relates = relates or place.led in lexicon.finite | lexicon.subordinates
    return Standing.RIGHT if relates else Standing.UNSURE


def _may_follow_antecedent(place: _Place) -> bool:
    """Whether a comma, or a word that may be a noun, stands before the pair; if not, its first is one itself: *sind das die die ich sah?*."""
    if not place.led:
        return place.at > 1 and SENTENCE_BREAK.search(place.gap(place.at - 1)) is None
    if place.led in place.lexicon.function_words | place.lexicon.finite:
        return place.led in place.lexicon.prepositions
    noun = place.words.texts[place.at - 2]
    return not (place.passage.has(Trait.CAPITAL_NOUNS) and noun.islower())


def _lacks_noun(place: _Place) -> bool:
    """Whether a word follows that no noun phrase goes on with, so the second is no article: *der Mann, der der den Hut trug*."""
    return place.following in place.lexicon.outside


def _lacks_antecedent(place: _Place) -> bool:
    """Whether a relative clause cannot begin there: a preposition begins a sentence, or a clause of an infinitive (*, um den den Mann zu finden*).

    Such a clause without a preposition may still be the beginning of a relative one, which goes on behind a comma, where a noun stands
    before it.
    """
    before = place.at - 2 if place.led in place.lexicon.prepositions else place.at - 1
    led = place.led in place.lexicon.prepositions and place.word not in place.lexicon.datives
    if led and (before < 1 or SENTENCE_BREAK.search(place.gap(before))):
        return True
    after_noun = before == place.at - 1 and not place.words.texts[before - 1].islower()
    return not after_noun and _is_infinitive_clause(place)


def _is_infinitive_clause(place: _Place) -> bool:
    """Whether the clause ends with *zu* and an infinitive (*die Tür zu schließen*, *die Tür aufzumachen*)."""
    words = place.words
    last = _clause_end(place, _LONGEST_SENTENCE)
    if last >= len(words) or not words.texts[last].islower():
        return False
    parted = words.texts[last - 1] == "zu" and words.texts[last].endswith("n")
    return parted or _JOINED_INFINITIVE.fullmatch(words.texts[last]) is not None


_JOINED_INFINITIVE = re.compile(r"[a-zäöüß]{2,}zu[a-zäöüß]+n")


def _lacks_clause(place: _Place) -> bool:
    """Whether nothing before the pair lets a clause or a demonstrative begin there: *ich die die Seite las*, *auch noch die die Hälfte*.

    Behind an adverb a demonstrative does where no noun follows (*nur die die da waren*), or a participle (*nur die die Stadt säumende Mauer*); after *and* a second relative clause may, where there was a first.
    """
    lexicon, words = place.lexicon, place.words
    if place.word in lexicon.datives:
        return False
    if place.led in lexicon.adverbs:
        return _precedes_noun(place) and not _governs_participle(place)
    if place.led not in lexicon.joins:
        return place.led in lexicon.nominatives
    clauses, start = lexicon.relatives | lexicon.subordinates, _sentence_start(place)
    return words.folded[start] not in lexicon.subordinates and not any(
        words.folded[j] in clauses and _BREAK.search(place.gap(j) + place.gap(j - 1))
        for j in range(start + 1, place.at - 2)
    )


def _begins_plain_clause(place: _Place) -> bool:
    """Whether the pair begins a clause and its first word is no antecedent: *sade att det det var sant*.

    Scandinavian leaves out the relative pronoun, but then the clause that began has its own verb still to come (*att det det gäller
    är pengar*, *for det det er*).
    """
    lexicon, words = place.lexicon, place.words
    if place.word not in lexicon.relatives:
        return False
    if place.led not in lexicon.subordinates | lexicon.joins:
        return False
    last = place.at + 1
    while last + 1 < min(len(words), place.at + _LONGEST_NOUN_PHRASE):
        ends = _BREAK.search(place.gap(last + 1)) or words.folded[last + 1] in lexicon.subordinates
        if ends:
            break
        last += 1
    return lexicon.finite.isdisjoint(words.folded[place.at + 2 : last + 1]) and (
        last > place.at + 1 or place.following not in lexicon.finite
    )


def _may_be_no_preposition(place: _Place) -> bool:
    """Whether the pair is after *and*, where a phrase may end (*af og til*), or before a break, where no noun follows."""
    joins = place.lexicon.joins
    ends = not place.following and place.after in _CLAUSE_MARKS
    return place.led in joins or place.following in joins or ends


_CLAUSE_MARKS = frozenset(("", "\n", *".,;:!?)"))


def _is_pattern(place: _Place) -> bool:
    """Whether the words around are one of the patterns in which the pair is right: *zu zu startenden*."""
    patterns = place.lexicon.pairs
    if not patterns:
        return False
    around = f"{place.led}_{place.word}_{place.word}_{place.following}"
    return _patterns(patterns).search(f"_{around}_") is not None


@cache
def _patterns(patterns: frozenset[str]) -> re.Pattern[str]:
    """One expression for *patterns*, in which ``*`` is any letters."""
    of_one = (
        re.escape(pattern).replace(r"\*", "[^_]*").replace(r"\+", "[^_]+")
        for pattern in sorted(patterns)
    )
    return re.compile("|".join(f"_{each}_" for each in of_one))


def _may_be_particle(place: _Place) -> bool:
    """Whether the first of the pair may belong to a verb before it: *lägg den till till listan*.

    Where a language writes verb and particle as one word in its other clauses, that word is known, if there is such a verb at all:
    *sla het op op een veilige plek* (*opslaan*, *opsla*), but not *hij verwees op op een andere manier*.
    """
    lexicon, words = place.lexicon, place.words
    if lexicon.phrasal:
        first = max(0, place.at - 1 - _PARTICLE_REACH)
        return not lexicon.phrasal.isdisjoint(words.folded[first : place.at - 1])
    if _is_in_subordinate_clause(place):
        return False  # there verb and particle are one word
    language, never = place.passage.language, lexicon.governed | lexicon.prepositions
    start = _sentence_start(place)
    return any(
        words.folded[j] not in lexicon.function_words
        and (j == start or words.folded[j - 1] not in never)  # a noun
        and frequency(place.word + words.folded[j], language)
        for j in range(start, place.at - 1)
    )


def _is_in_subordinate_clause(place: _Place) -> bool:
    """Whether a word that begins a subordinate clause stands between the pair and the mark before it."""
    lexicon, words = place.lexicon, place.words
    for j in range(place.at - 2, max(-1, place.at - 2 - _LONGEST_SENTENCE), -1):
        begins = j == 0 or _BREAK.search(place.gap(j)) is not None
        relates = begins and words.folded[j] in lexicon.relatives
        if relates or words.folded[j] in lexicon.subordinates:
            return True
        if begins:
            return False
    return False


def _is_stranded(place: _Place) -> bool:
    """Whether a pronoun in the sentence may have left the first of the pair behind: *hij wees er toen op op een rustige toon*."""
    before = place.words.folded[_sentence_start(place) : place.at - 1]
    return not place.lexicon.stranding.isdisjoint(before)


def _clause_end(place: _Place, most: int) -> int:
    """The index of the last word behind the pair and before the next mark, of *most* that are looked over; behind the last word of all where the pair is the last."""
    last = place.at + 1
    while last + 1 < min(len(place.words), place.at + most) and not _BREAK.search(
        place.gap(last + 1)
    ):
        last += 1
    return last


def _sentence_end(place: _Place) -> int:
    """The index of the last word of the pair's sentence, or of what is looked over of a long one."""
    furthest = min(len(place.words) - 1, place.at + _LONGEST_SENTENCE)
    for j in range(place.at, furthest):
        if SENTENCE_BREAK.search(place.gap(j + 1)):
            return j
    return furthest


def _sentence_start(place: _Place) -> int:
    """The index of the first word of the pair's sentence, or of what is looked back over of a long one."""
    furthest = max(0, place.at - 2 - _LONGEST_SENTENCE)
    for j in range(place.at - 1, furthest, -1):
        if SENTENCE_BREAK.search(place.gap(j)):
            return j
    return furthest


def _is_inside_clause(place: _Place) -> bool:
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
    return _is_in_main_clause(place)


def _is_in_main_clause(place: _Place) -> bool:
    """Whether nothing in the sentence before a verb and its twin begins a clause that could end with the first: ``Wir sind sind hier``.

    *Was wichtig ist ist klar* lacks a comma and no word.  Only German sets one before and behind each relative clause.
    """
    lexicon, words = place.lexicon, place.words
    for j in range(place.at - 2, max(-1, place.at - 2 - _LONGEST_SENTENCE), -1):
        gap = place.gap(j)
        begins = j == 0 or SENTENCE_BREAK.search(gap) is not None
        if words.folded[j] in lexicon.subordinates:
            return False
        relates = words.folded[j] in lexicon.relatives
        led = words.folded[j] in lexicon.prepositions and words.folded[j + 1] in lexicon.relatives
        parted = not gap.isspace() or not place.passage.has(Trait.CAPITAL_NOUNS)
        if not begins and (relates or led) and parted:
            return False
        if begins:
            return True
    return False


def _may_relate(place: _Place) -> bool:
    """Whether the first may be a relative pronoun: after a comma, or a comma and one more word (*, in der der*).

    What is ``oblique`` stands for no noun where no clause begins (*größer als der der Goten*), so of the words
    after which it might only a preposition lets it relate.
    """
    first = place.at - 1
    if place.word in place.lexicon.oblique:
        begins = first - 1 if place.led in place.lexicon.prepositions else first
        return begins < 1 or bool(_BREAK.search(place.gap(begins)))
    start = place.words.starts[max(0, first - 2)]
    before = place.passage.text[max(0, start - 2) : place.words.starts[first]]
    small = place.lexicon.function_words - place.lexicon.prepositions
    led = place.led in small and not place.passage.has(Trait.CAPITAL_NOUNS)
    return first == 0 or led or any(mark in before for mark in ",;–—-:")


def _is_article(place: _Place) -> bool:
    """Whether both are the article of the noun that follows, as far as nouns are known by their capital: *in der der alten Stadt*.

    Where both are right, the first is the pronoun of a noun before it, and its clause ends with a verb (*die Zeile in der der
    Fehler auftrat*, which lacks a comma); it stands for a noun, after a verb or *als* (*es ähnelte der der Farmer*); or a
    participle follows (*die der Partei nahestehenden Blätter*).
    """
    if not place.passage.has(Trait.CAPITAL_NOUNS) or not place.led:
        return False
    after_preposition = place.led in place.lexicon.prepositions
    small = place.led in place.lexicon.function_words
    has_antecedent = not small and place.words.texts[place.at - 2][0].isupper()
    if not (after_preposition or has_antecedent) or _ends_with_verb(place):
        return False
    words, at = place.words, place.at + 1
    while at < min(place.at + 3, len(words)) and _is_qualifying(place, at):
        at += 1
    if at >= len(words) or not words.texts[at][0].isupper():
        return False
    if any(place.gap(k) not in _BLANKS for k in range(place.at + 1, at + 1)):
        return False
    while at + 1 < len(words) and words.texts[at + 1][0].isupper() and place.gap(at + 1) in _BLANKS:
        at += 1  # a name of several words
    after = place.passage.text[words.ends[at] : words.ends[at] + 1]
    goes_on = at + 1 < len(words) and words.texts[at + 1].islower()
    return after in ("", *'.,;:!?)\n“”»«"') or (
        after == " " and goes_on and not _leads_to_noun(place, at)
    )


def _precedes_noun(place: _Place) -> bool:
    """Whether a noun or an adjective follows, so that the second may be an article."""
    after = place.at + 1
    return bool(place.following) and (
        place.words.texts[after][0].isupper() or _is_qualifying(place, after)
    )


def _governs_participle(place: _Place) -> bool:
    """Whether the second is the article of a noun that a participle behind it governs: *die die Stadt vom Fluss trennende Mauer*."""
    noun = place.at + 1
    return noun < len(place.words) and _leads_to_noun(place, noun)


def _leads_to_noun(place: _Place, at: int) -> bool:
    """Whether noun *at* belongs to a participle before another noun: *die die Stadt vom Fluss trennende Mauer*.

    Such a participle stands behind a noun; no verb is before it, nor an article whose own participle it may be.
    """
    words, lexicon = place.words, place.lexicon
    for k in range(at + 1, min(at + _LONGEST_NOUN_PHRASE, len(words) - 1)):
        word, follows = words.texts[k], words.texts[k + 1]
        opens = word in lexicon.relatives and follows in lexicon.prepositions
        if word in lexicon.finite or opens or place.gap(k) not in _BLANKS:
            return False
        after_noun = k == at + 1 or words.texts[k - 1][0].isupper()
        before_noun = follows[0].isupper() or _is_qualifying(place, k + 1)
        adjoins = before_noun and place.gap(k + 1) in _BLANKS
        governs = k == at + 1 and _is_qualifying(place, k)  # der der Partei nahen Kreise
        if after_noun and adjoins and (governs or _PARTICIPLE.fullmatch(word)):
            return True
    return False


_PARTICIPLE = re.compile(r"[^\W\dA-ZÄÖÜ]\w+(?:nd|t|n)e[nmrs]?")


def _is_qualifying(place: _Place, at: int) -> bool:
    """Whether word *at* may be an adjective or a participle before its noun, by its ending."""
    word = place.words.texts[at]
    return (
        word.islower()
        and word not in place.lexicon.function_words
        and word.endswith(("e", "en", "em", "er", "es"))
    )


def _ends_with_verb(place: _Place) -> bool:
    """Whether the last word before the next break may be a verb: it has no capital, is no other small word and no adjective."""
    words, lexicon = place.words, place.lexicon
    last = _clause_end(place, _LONGEST_NOUN_PHRASE)
    if last >= len(words):
        return False
    word = words.texts[last]
    if word in lexicon.function_words:
        return word in lexicon.finite
    return word.islower() and not frequency(f"{word}em", place.passage.language)


def opens_sentence(passage: Passage, all_words: Words, i: int) -> bool:
    """Whether word *i* - 1 has the capital of its sentence, and word *i* none."""
    first, word = all_words.texts[i - 1], all_words.texts[i]
    return first.lower() == word != first and is_first_in_sentence(passage, all_words.starts[i - 1])
