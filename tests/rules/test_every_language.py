"""Each rule in each language it speaks: it sees its defect in a story in that language, and leaves the story alone.

The stories stand in ``stories.tsv``, one in every language, and a defect is put into all of them by what its kind does to a text.
So a rule and a language that do not go together come out, and a new rule or language that nobody tried with the others is named.
What looks like a defect in one language and is none stands in that language's ``examples.tsv``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import mtclean
from mtclean.languages.language import Pair, Trait, examples_of, language, primary, written
from mtclean.rules.examples import tried
from mtclean.rules.registry import BUILT_IN
from mtclean.rules.typography.marks import DOUBLE
from mtclean.text import Rule, every_fix

_COMMA = re.compile("[,،，、]")
_THIRD_SCRIPT = {"ru": "桥梁", "uk": "桥梁", "bg": "桥梁"}
_ENGLISH = "The boats will leave as soon as the wind has turned."


@dataclass(frozen=True)
class Story:
    """A story in the language ``code``: sentences that go on from one to the next."""

    code: str
    one: str
    """Has a comma."""
    two: str
    three: str
    asked: str
    said: str
    """Begins with speech."""
    answered: str
    """Ends with speech."""
    cut: str
    """Its last sentence stops in the middle."""
    double: str = ""
    """A word of ``two`` that never stands twice; none in a language that parts no words."""

    @property
    def marks(self) -> Pair:
        """Its double quotation marks, with what stands on their inner side."""
        typography = language(self.code).typography
        opening, closing = next(pair for pair in typography.pairs if pair.opening in DOUBLE)
        return Pair(opening + typography.inside, typography.inside + closing)

    @property
    def gap(self) -> str:
        """What stands between two sentences or words."""
        return " " if self.has(Trait.SPACED) else ""

    @property
    def comma(self) -> str:
        found = _COMMA.search(self.one)
        assert found
        return found[0]

    @property
    def told(self) -> str:
        return self.gap.join((self.one, self.two, self.three))

    @property
    def text(self) -> str:
        return self.answered_in(self.marks)

    def has(self, trait: Trait) -> bool:
        return trait in language(self.code).traits

    def put(self, what: str) -> str:
        """The text with *what* among the words of its second sentence."""
        middle = len(self.two) // 2
        at = self.two.index(" ", middle) if self.gap else middle
        return self.text.replace(self.two, self.two[:at] + self.gap + what + self.two[at:])

    def answered_in(self, pair: Pair) -> str:
        """The text with one of its quotations in the marks of *pair*."""
        said = quoted(self.said, self.marks)
        spoken = (said, quoted(self.answered, pair), self.asked, said, self.asked)
        return f"{self.told}\n{self.gap.join(spoken)}\n"


def quoted(sentence: str, pair: Pair) -> str:
    """*sentence* with its quotation in the marks of *pair*."""
    return sentence.replace("⟨", pair.opening).replace("⟩", pair.closing)


@cache
def story(code: str) -> Story:
    """The story in *code*, or in the language it is a kind of, whose marks it has as its own."""
    told: dict[str, dict[str, str]] = defaultdict(dict)
    lines = Path(__file__).with_name("stories.tsv").read_text("utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            name, key, text = line.split("\t")
            told[name][key] = text
    return Story(code, **(told.get(code) or told[primary(code)]))


Defect = Callable[[Story], "str | None"]
"""Puts a defect into a story; nothing where the language cannot have it."""


def facing(story: Story) -> str | None:
    """Marks that face the wrong way; not where both are one, as in Swedish."""
    opening, closing = story.marks
    turned = Pair(
        opening.replace(opening[0], closing[-1]), closing.replace(closing[-1], opening[0])
    )
    return story.answered_in(turned) if opening != closing else None


def other_marks(story: Story) -> str:
    """A quotation in marks that its language has neither for this nor for one in another."""
    inner = language(story.code).typography.quotes[1]
    pairs = (Pair("«", "»"), Pair("“", "”"), Pair("「", "」"))
    return story.answered_in(
        next(p for p in pairs if {*p}.isdisjoint((*"".join(story.marks), *inner)))
    )


def foreign_decimal(story: Story) -> str:
    own = language(story.code).typography.decimal
    return f"{story.text}(1{own}5 %, 2{own}7 %, 3{own}8 %, 4{',' if own == '.' else '.'}6 %)\n"


def loop(story: Story) -> str:
    end = story.one[-7:-1] if not story.gap else " " + " ".join(story.one[:-1].split(" ")[-3:])
    return story.text.replace(end, end * 3, 1)


def doubled_word(story: Story) -> str | None:
    """Not in a language whose grammar doubles words, unless it is one of those that never stand twice."""
    word = f" {story.double} "
    return story.text.replace(word, f" {story.double}{word}", 1) if story.double else None


DEFECTS: dict[str, Defect] = {
    "missing-space-after-sentence": lambda s: s.text.replace(s.two + " ", s.two),
    "missing-space-after-comma": lambda s: s.text.replace(s.comma + " ", s.comma, 1),
    "space-before-punctuation": lambda s: s.text.replace(s.comma, " " + s.comma, 1) if s.gap else None,
    "space-on-wrong-side": lambda s: s.text.replace(s.comma + " ", " " + s.comma, 1),
    "double-space": lambda s: s.text.replace(" ", "  ", 1) if s.gap else None,
    "exotic-space": lambda s: s.text.replace(" ", "\u2003", 1) if s.gap else None,
    "space-inside-brackets": lambda s: s.put("( 1999 )") if s.gap else None,
    "doubled-stop": lambda s: s.text.replace(f"{s.two} ", f"{s.two}. ") if s.has(Trait.CASED) else None,
    "quote-facing-wrong-way": facing,
    "doubled-quote": lambda s: s.answered_in(Pair('""', '""')) if s.gap else None,
    "straight-quote": lambda s: s.answered_in(Pair('"', '"')),
    "quote-of-another-kind": other_marks,
    "cjk-quotation-mark": lambda s: s.answered_in(Pair("『", "』")) if s.code not in ("ja", "zh", "zh-Hant", "ko") else None,
    "space-around-quotes": lambda s: s.text.replace(f"{s.asked} ", s.asked) if s.gap else None,
    "space-inside-quotes": lambda s: s.answered_in(Pair(s.marks.opening + " ", " " + s.marks.closing)) if len(s.marks.opening) == 1 else None,
    "quote-without-partner": lambda s: s.answered_in(Pair(s.marks.opening, "")) if s.marks.opening != s.marks.closing else None,
    "apostrophe-facing-wrong-way": lambda s: f"{s.text}(O’Neill, D’Arcy, O‘Hara)\n",
    "narrow-mark": lambda s: s.text.replace(s.comma, ",", 1),
    "doubled-wide-mark": lambda s: s.text.replace(s.comma, s.comma * 2, 1),
    "space-between-wide-letters": lambda s: s.text.replace(s.one, f"{s.one[:4]} {s.one[4:]}"),
    "fullwidth-character": lambda s: s.text.replace(s.comma + " ", "，", 1) if s.gap else None,
    "foreign-punctuation": lambda s: s.text.replace(s.comma, "،", 1),
    "missing-opening-mark": lambda s: s.text.replace("¿", "", 1),
    "invisible-character": lambda s: s.text.replace(s.two, f"{s.two[:2]}\u200b{s.two[2:]}"),
    "mojibake": lambda s: s.text.encode().decode("latin-1"),
    "ruined-characters": lambda s: s.text.replace(s.two[4:6], "\ufffd\ufffd", 1),
    "escaped-character": lambda s: s.put("&amp;"),
    "leaked-markup": lambda s: s.put("<br/>"),
    "leaked-placeholder": lambda s: s.put("__NUM0__"),
    "torn-markup": lambda s: s.put("& nbsp;"),
    "tokenizer-sign": lambda s: s.put("-LRB- 1999 -RRB-"),
    "model-tag": lambda s: f"<think>\n{s.text}",
    "fence-around-text": lambda s: f"```\n{s.text}```\n",
    "untranslated-sentence": lambda s: s.text.replace(s.three, f"{s.three} {_ENGLISH}"),
    "untranslated-script": lambda s: s.put(_THIRD_SCRIPT.get(s.code, "мосту")),
    "foreign-decimal": foreign_decimal,
    "duplicate-passage": lambda s: s.text.replace(s.two, s.two + s.gap + s.two),
    "looping-phrase": loop,
    "doubled-word": doubled_word,
    "truncated-paragraph": lambda s: f"{s.told}\n{s.cut}\n{s.text}",
}  # fmt: skip

WRITTEN_OTHERWISE = frozenset(
    {
        "apostrophe-facing-wrong-way",
        "doubled-quote",
        "escaped-character",
        "foreign-decimal",
        "space-inside-brackets",
        "tokenizer-sign",
        "torn-markup",
    }
)
"""What these put in place of a defect is not what the story had, which had nothing there."""
PLACEHOLDERS = ("#NUMBER#", "{{NAME}}", "[UNK]", "%1$d", "%s", "{0}", "XXPERSON1XX", "｟ent1｠")


def spoken(rules: tuple[Rule, ...]) -> list[object]:
    """Each of *rules* that goes by what a language has, with each language it knows; not those of English alone."""
    return [
        pytest.param(rule, code, id=f"{rule.id}-{code}")
        for rule in rules
        for code in written()
        if rule.knows(code)
    ]


@pytest.mark.parametrize("code", written())
def test_no_rule_speaks_of_a_story(code: str) -> None:
    for rule in BUILT_IN.monolingual:
        if rule.knows(code) and rule.id != "duplicate-passage":  # in which somebody repeats himself
            trail = tried(rule, story(code).text, every_fix, language=code)
            assert trail.text == story(code).text
            assert not trail.findings


@pytest.mark.parametrize(
    ("rule", "code"),
    spoken(tuple(map(BUILT_IN.by_id.__getitem__, DEFECTS))),  # type: ignore[arg-type]
)
def test_a_rule_sees_its_defect_in_every_language_it_speaks(rule: Rule, code: str) -> None:
    """A finding or a fix is where the defect was put, and a fix of a mark or a space gives the story back."""
    good, bad = story(code).text, DEFECTS[rule.id](story(code))
    if bad is None:
        return
    assert bad != good
    trail = tried(rule, bad, every_fix, language=code)
    assert trail.text != bad or trail.findings
    assert trail.text in (bad, good) or rule.id in WRITTEN_OTHERWISE


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
@pytest.mark.parametrize("code", written())
def test_a_placeholder_is_seen_beside_letters_of_every_script(code: str, placeholder: str) -> None:
    rule = BUILT_IN.by_id["leaked-placeholder"]
    trail = tried(rule, story(code).put(placeholder), language=code)
    assert [trail.text[slice(*found.item.span)] for found in trail.findings] == [placeholder]


def test_every_rule_that_goes_by_a_language_is_tried_in_all_it_knows() -> None:
    """By a defect above, or by examples of both kinds in the folder of the language."""
    untried = [
        f"{rule.id} in {code}"
        for rule in BUILT_IN.monolingual
        for code in written()
        if (rule.traits or rule.languages) and rule.knows(code) and rule.id not in DEFECTS
        if primary(code) not in rule.languages  # its own examples are in that language
        if not {kind for name, kind, *_ in examples_of(code) if name == rule.id} - {"leaves"}
    ]
    assert untried == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("gu", "રાજદૂત યુ.એન. માં નેતાઓને મળ્યા, અને યુ.એસ. તરફથી કોઈ આવ્યું નહોતું."),
        ("ta", "அவர் யூ.எஸ். நாட்டில் எஃப்.பி.ஐ விசாரணையைப் பற்றிப் பேசினார்."),
        ("te", "ఆయన యు.ఎన్. సమావేశంలో మాట్లాడారు."),
    ],
)
def test_acronyms_spelt_by_syllables_stay_together(code: str, text: str) -> None:
    result = mtclean.clean(text, mtclean.Options(language=code))
    assert result.text == text
