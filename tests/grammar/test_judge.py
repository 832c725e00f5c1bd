"""The judge on matches written by hand, so that no release of LanguageTool changes them."""

from dataclasses import replace

import pytest

from mtclean.grammar import Cause, CheckResult, Grammar, Match, Unanswered, judged
from mtclean.grammar.judge import PREFIX, UNCHECKED
from mtclean.grammar.spelling import one_slip_apart
from mtclean.grammar.tables import Treatment, judgement
from mtclean.text import Applicability, Edit, Finding, Fix, Passage, Severity, Span

SPELLER = "MORFOLOGIK_RULE_EN_US"


def match(
    text: str,
    word: str,
    *replacements: str,
    rule: str = SPELLER,
    category: str = "TYPOS",
    issue_type: str = "misspelling",
    message: str = "Possible spelling mistake found.",
) -> Match:
    start = text.index(word)
    span = Span(start, start + len(word))
    return Match(span, rule, category, category.title(), issue_type, message, replacements)


def judge(
    text: str, *matches: Match, claimed: tuple[Span, ...] = (), language: str = "en"
) -> list[Fix | Finding]:
    return judged(CheckResult(matches), Passage(text, language), claimed)


GRAMMAR = {"category": "GRAMMAR", "issue_type": "grammar", "message": "Wrong form."}


def test_one_thing_to_do_is_a_suggested_fix() -> None:
    text = "The city develop fast."
    [fix] = judge(text, match(text, "develop", "develops", rule="SOME_AGREEMENT", **GRAMMAR))
    assert fix == Fix(
        (Edit(9, 16, "develops"),),
        "Wrong form.",
        Applicability.SUGGESTED,
        PREFIX + "SOME_AGREEMENT",
    )


@pytest.mark.parametrize("replacements", [(), ("developed", "develops")])
def test_no_way_or_several_ways_are_a_finding(replacements: tuple[str, ...]) -> None:
    text = "The city develop fast."
    [finding] = judge(text, match(text, "develop", *replacements, rule="SOME", **GRAMMAR))
    assert isinstance(finding, Finding)
    assert finding.category == "fluency.grammar"
    assert finding.severity is Severity.MINOR
    assert finding.suggestions == replacements


def test_spaces_around_the_words_are_left_alone() -> None:
    text = "He came and she went."
    [fix] = judge(text, match(text, " and", ", and", rule="SOME_COMMA", **GRAMMAR))
    assert isinstance(fix, Fix)
    assert fix.edits == (Edit(7, 11, ", and"),)
    [fix] = judge(text, match(text, " and ", " but ", rule="SOME", **GRAMMAR))
    assert isinstance(fix, Fix)
    assert fix.edits == (Edit(8, 11, "but"),)


@pytest.mark.parametrize(
    ("rule", "category", "treatment"),
    [
        ("EN_UNPAIRED_QUOTES", "PUNCTUATION", Treatment.OWNED),
        ("SENTENCE_WHITESPACE", "TYPOGRAPHY", Treatment.OWNED),
        ("ENGLISH_WORD_REPEAT_RULE", "MISC", Treatment.OWNED),
        ("UPPERCASE_SENTENCE_START", "CASING", Treatment.OWNED),
        ("EN_DATE_WEEKDAY_CURRENTYEAR", "SEMANTICS", Treatment.OFF),
        ("EN_MULTITOKEN_SPELLING_TWO", "MULTITOKEN_SPELLING", Treatment.OFF),
        ("WHATEVER", "GENDER_NEUTRALITY", Treatment.OFF),
        ("EN_COMPOUNDS_GRASS_ROOTS", "MISC", Treatment.NEUTRAL),
        ("SO_AS_TO", "REDUNDANCY", Treatment.NEUTRAL),
        ("EN_UNPAIRED_BRACKETS", "PUNCTUATION", Treatment.REPORT),
        ("HE_VERB_AGR", "GRAMMAR", Treatment.REPORT),
    ],
)
def test_the_table(rule: str, category: str, treatment: Treatment) -> None:
    found = judgement(match("x", "x", rule=rule, category=category, issue_type="grammar"))
    assert found.treatment is treatment
    assert bool(found.why) is (treatment is not Treatment.REPORT)


def test_matters_of_style_and_region_have_no_weight() -> None:
    for issue_type in ("style", "locale-violation", "register"):
        assert judgement(match("x", "x", rule="NEW", issue_type=issue_type)).treatment is (
            Treatment.NEUTRAL
        )


def test_what_weighs_nothing_is_no_fix() -> None:
    text = "They met so as to talk."
    [finding] = judge(text, match(text, "so as to", "to", rule="SO_AS_TO", category="REDUNDANCY"))
    assert isinstance(finding, Finding)
    assert finding.severity is Severity.NEUTRAL
    assert finding.category == "style"


def test_a_heading_and_what_follows_it_are_no_sentence() -> None:
    text = "Rangers hopeful before the match\nThe Rangers receive Vienna tonight."
    across = match(text, "match\nThe", "match, the", rule="SOME_COMMA", **GRAMMAR)
    capital = match(text, "The", "the", rule="SOME_CASE", **GRAMMAR)
    verb = match(text, "The Rangers receive", "The Rangers receives", rule="SOME", **GRAMMAR)
    [fix] = judge(text, across, capital, verb)
    assert fix.rule == PREFIX + "SOME"
    text = "Rangers hopeful before the match\ni will be there."
    assert len(judge(text, match(text, "i will", "I will", rule="I_LOWERCASE", **GRAMMAR))) == 1


def test_in_a_text_broken_at_a_margin_they_are_one() -> None:
    line = "The council of the valley has met again and talked about the bridge for"
    text = "\n".join([line, "many hours and the people who live on the other side were not asked by",
                      "anybody at all about what they think of it, which is a pity, said one of", "them."])  # fmt: skip
    assert len(judge(text, match(text, "for\nmany", "four\nmany", rule="SOME", **GRAMMAR))) == 1


@pytest.mark.parametrize(
    ("language", "text", "said", "better", "severity"),
    [
        ("de", "Das sind 87% von allem.", "87%", "87\u00a0%", Severity.NEUTRAL),
        ("de", "Was macht ihr???", "???", "?", Severity.NEUTRAL),
        ("de", "Ein 3-sterne Haus.", "3-sterne Haus", "3-sterne-Haus", Severity.NEUTRAL),
        ("de", "Nicht ich sondern du.", "ich sondern", "ich, sondern", Severity.MINOR),
        ("it", "Qual'è il problema?", "Qual'è", "Qual è", Severity.MINOR),
        ("pl", "Na prawdę nie wiem.", "Na prawdę", "Naprawdę", Severity.MINOR),
    ],
)
def test_marks_and_spaces_are_the_normalisers_and_commas_are_not(
    language: str, text: str, said: str, better: str, severity: Severity
) -> None:
    found = match(text, said, better, rule="SOME", category="PUNCTUATION")
    [item] = judge(text, found, language=language)
    weight = item.severity if isinstance(item, Finding) else Severity.MINOR
    assert weight is severity


@pytest.mark.parametrize(
    ("language", "word", "best", "is_slip"),
    [
        ("de", "wahrschienlich", "wahrscheinlich", True), ("de", "problematik", "problematisch", False),
        ("fr", "malheureusment", "malheureusement", True), ("fr", "lunaison", "liaison", False),
        ("es", "vacunacion", "vacunación", True), ("it", "cassettini", "cassettoni", False),
        ("ru", "верояно", "вероятно", True), ("uk", "ймовірнно", "ймовірно", True), ("uk", "сповид", "сновид", False), ("uk", "дабли", "дали", False), ("el", "πιθανώως", "πιθανώς", True),
        ("ru", "яндексa", "яндекс", False), ("pl", "tramwaje", "tramwaj", False),
    ],
)  # fmt: skip
def test_slips_are_told_from_rare_words_in_every_alphabet(
    language: str, word: str, best: str, is_slip: bool
) -> None:
    text = f"a {word} b"
    found = judge(text, match(text, word, best, rule="MORFOLOGIK_RULE_X"), language=language)
    assert any(isinstance(item, Fix) for item in found) is is_slip


@pytest.mark.parametrize(
    ("word", "best", "is_slip"),
    [
        ("Jugndliche", "Jugendliche", True), ("Regeirung", "Regierung", True), ("Terasse", "Terrasse", True),
        ("Reactor", "Reaktor", False), ("Livingston", "Livingstone", False), ("Wulfing", "Wülfing", False),
    ],
)  # fmt: skip
def test_a_german_noun_may_be_misspelt_though_it_has_a_capital(
    word: str, best: str, is_slip: bool
) -> None:
    text = f"Sie spricht von {word} und geht."
    found = judge(text, match(text, word, best, rule="GERMAN_SPELLER_RULE"), language="de")
    assert bool(found) is is_slip
    assert judge(text, match(text, word, best), language="fr") == []


@pytest.mark.parametrize(
    ("language", "text", "said", "better", "weighs"),
    [
        ("pt", "Foi assim que o Rangers perdeu.", "o Rangers", "o ranger", False),
        ("pt", "Foi em 10 de Março.", "Março", "março", True),
        ("pt", "Pensava nesse prédios.", "nesse prédios", "nesse prédio", True),
        ("fr", "Il va bien. Les nouveau sont là.", "Les nouveau", "Les nouveaux", True),
        ("fr", "Il va bien. Nous avez dit.", "Nous", "Vous", True),
        ("ru", "Он живёт в Москва.", "Москва", "Москве", True),
        ("pl", "Było to w Marlow.", "Marlow", "", False),
    ],
)
def test_names_are_not_made_other_words(
    language: str, text: str, said: str, better: str, weighs: bool
) -> None:
    found = match(text, said, *filter(None, [better]), rule="SOME", **GRAMMAR)
    [item] = judge(text, found, language=language)
    assert (isinstance(item, Fix) or item.severity is Severity.MINOR) is weighs


@pytest.mark.parametrize(
    ("word", "best", "is_said"),
    [("projectos", "projetos", False), ("transacção", "transação", False), ("econômico", "económico", False),
     ("govreno", "governo", True)],
)  # fmt: skip
def test_portuguese_is_right_in_every_country(word: str, best: str, is_said: bool) -> None:
    text = f"Foi um {word} grande."
    assert bool(judge(text, match(text, word, best), language="pt")) is is_said


def test_a_german_word_in_no_list_may_be_written_small() -> None:
    text = "Das gilt für die talweiten Aufwendungen im hotel."
    found = [match(text, "talweiten", "Talweiten"), match(text, "hotel", "Hotel")]
    items = judge(text, *found, language="de")
    assert [isinstance(item, Fix) for item in items] == [False, True]


def test_a_word_in_another_alphabet_is_no_spelling_error() -> None:
    text = "They sang the вечерня together."
    assert judge(text, match(text, "вечерня", "вечерняя")) == []


def test_what_has_no_suggestion_is_a_guess_but_for_brackets() -> None:
    text = "Powiedział mi kim jesteś (wczoraj."
    guess = match(text, "mi kim", rule="ZDANIA_ZLOZONE", category="PUNCTUATION")
    bracket = match(text, "(", rule="PL_UNPAIRED_BRACKETS", category="PUNCTUATION")
    said = judge(text, guess, bracket, language="pl")
    weights = [item.severity for item in said if isinstance(item, Finding)]
    assert weights == [Severity.NEUTRAL, Severity.MINOR]


def test_a_date_without_its_year_has_any_weekday() -> None:
    text = "Sabato 30 settembre 2018 era domenica; sabato 30 settembre si vota."
    found = [
        match(text, said, rule="DATE_WEEKDAY", category="SEMANTICS", issue_type="inconsistency")
        for said in ("Sabato 30 settembre 2018", "sabato 30 settembre")
    ]
    [item] = judge(text, *found, language="it")
    assert item.span.start == 0


@pytest.mark.parametrize(
    ("text", "word", "severity"),
    [
        ("We asked about the whys of it.", "whys", Severity.NEUTRAL),
        ("We asked about all the hows and whys of it.", "whys", Severity.NEUTRAL),
        ("We asked him and whys it so.", "whys", Severity.MINOR),
    ],
)
def test_a_question_that_is_counted_is_no_contraction(
    text: str, word: str, severity: Severity
) -> None:
    [item] = judge(text, match(text, word, "why is", "why's", rule="EN_CONTRACTION_SPELLING"))
    assert isinstance(item, Finding)
    assert item.severity is severity


def test_a_word_cut_short_is_no_spelling_error() -> None:
    text = "In vetro (distr. da Palazzo) e marmo distr. Poi il legno."
    found = match(text, "distr", "distar")
    assert judge(text, found, language="it") == []


def test_what_stands_beside_an_equals_sign_is_no_word() -> None:
    text = "Der Parameter type=content ist falsch."
    assert judge(text, match(text, "type", "Type"), match(text, "content", "Content")) == []


@pytest.mark.parametrize("claimed", [Span(9, 16), Span(0, 10), Span(15, 22), Span(12, 12)])
def test_what_an_earlier_stage_has_in_hand_is_not_said_again(claimed: Span) -> None:
    text = "The city develop fast."
    found = match(text, "develop", "develops", rule="SOME", **GRAMMAR)
    assert judge(text, found, claimed=(Span(0, 3), claimed, Span(20, 22))) == []


@pytest.mark.parametrize("claimed", [Span(0, 9), Span(16, 22), Span(9, 9), Span(16, 16)])
def test_a_neighbour_of_a_claim_is_said(claimed: Span) -> None:
    text = "The city develop fast."
    found = match(text, "develop", "develops", rule="SOME", **GRAMMAR)
    assert len(judge(text, found, claimed=(claimed,))) == 1


def test_nothing_is_said_about_addresses() -> None:
    text = "See https://example.org/recieve for more."
    assert judge(text, match(text, "recieve", "receive")) == []


@pytest.mark.parametrize(
    ("text", "name", "suggestions"),
    [
        ("Yesterday Pavel Orlikov arrived.", "Orlikov", ("Orlov",)),
        ("Orlikov said that he knew.", "Orlikov", ("Orlov",)),
        ("“Orlikov, director of the zoo, left.", "Orlikov", ("Orloff",)),
        ("The Seagull met Segull again.", "Segull", ("Seagull",)),
        ("An Asia-Oceanik summit was held.", "Asia-Oceanik", ("Asia-Oceanic",)),
        ("UNAXO and others agreed.", "UNAXO", ("UNESCO",)),
        ("They use myPhonik there.", "myPhonik", ()),
        ("In 1920 Ørstadvik was a village.", "Ørstadvik", ("Ørstavik",)),
    ],
)
def test_names_are_let_pass(text: str, name: str, suggestions: tuple[str, ...]) -> None:
    assert judge(text, match(text, name, *suggestions)) == []


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("colour", "Possible spelling mistake. ‘colour’ is British English."),
        ("ˈantoɲiːn", "Possible spelling mistake found."),
        ("x₂y", "Possible spelling mistake found."),
    ],
)
def test_variants_and_other_scripts_are_let_pass(word: str, message: str) -> None:
    text = f"The {word} is right."
    assert judge(text, match(text, word, "color", message=message)) == []


@pytest.mark.parametrize(
    ("word", "best"),
    [("belidve", "believe"), ("dilluted", "diluted"), ("recieve", "receive"), ("famly", "family")],
)
def test_one_slip_is_a_misspelling(word: str, best: str) -> None:
    text = f"I {word} it."
    [fix] = judge(text, match(text, word, best, "another"))
    assert isinstance(fix, Fix)
    assert not fix.safe
    assert fix.edits == (Edit(2, 2 + len(word), best),)
    assert fix.reason == f"“{word}” looks misspelt for “{best}”."


@pytest.mark.parametrize(
    ("word", "best"),
    [
        ("beaky", "beak"), ("labeler", "labeled"), ("templated", "template"), ("pointe", "point"),
        ("tailwater", "tailgater"), ("décor", "decor"), ("labelers", "libelers"),
        ("lappe", "lapse"), ("allistic", "ballistic"), ("messe", "Jesse"), ("signwriter", "signwaiter"),
    ],
)  # fmt: skip
def test_a_word_the_dictionary_may_just_lack_weighs_nothing(word: str, best: str) -> None:
    text = f"It was a {word} thing."
    [finding] = judge(text, match(text, word, best))
    assert isinstance(finding, Finding)
    assert finding.severity is Severity.NEUTRAL


@pytest.mark.parametrize(
    ("word", "best"),
    [
        ("honourable", "honorable"), ("harbouring", "harboring"), ("iodisation", "iodization"),
        ("woollen", "woolen"), ("judgements", "judgments"), ("analyze", "analyse"),
        ("Organisation", "Organization"), ("fibreglass", "fiberglass"),
    ],
)  # fmt: skip
def test_the_other_variants_spelling_is_right(word: str, best: str) -> None:
    text = f"It was {word} then."
    assert judge(text, match(text, word, best)) == []


def test_a_name_in_humps_is_a_name_and_a_stray_capital_is_not() -> None:
    text = "They rode with DiDi and spoke of PitchIng."
    [fix] = judge(text, match(text, "DiDi", "Didi"), match(text, "PitchIng", "Pitching"))
    assert isinstance(fix, Fix)
    assert fix.edits[0].replacement == "Pitching"


def test_a_slip_in_a_word_with_a_capital_needs_the_documents_word() -> None:
    text = "The government spoke. The Chinese Goverment agreed."
    [fix] = judge(text, match(text, "Goverment", "Government"))
    assert isinstance(fix, Fix)
    text = "The cabinet spoke. The Chinese Goverment agreed."
    assert judge(text, match(text, "Goverment", "Government")) == []


@pytest.mark.parametrize(
    ("word", "best"),
    [("chengdu", "Chengdu"), ("INDO-Pacific", "Indo-Pacific"), ("PointS", "Points")],
)
def test_odd_capitals_are_a_matter_of_case(word: str, best: str) -> None:
    text = f"So the {word} it is."
    [fix] = judge(text, match(text, word, best))
    assert isinstance(fix, Fix)
    assert fix.reason == f"“{word}” is usually written “{best}”."


def test_terms_are_mentioned_once_and_weigh_nothing() -> None:
    text = "The zebrule is shy. A zebrule eats grass."
    first = match(text, "zebrule", "zebras")
    second = match(text.replace("zebrule", "#######", 1), "zebrule", "zebras")
    [finding] = judge(text, first, second)
    assert isinstance(finding, Finding)
    assert finding.severity is Severity.NEUTRAL
    assert finding.message == "“zebrule” is not in the dictionary; it stands here 2 times."


def test_brackets_are_counted_in_the_whole_paragraph() -> None:
    alone = {"rule": "EN_UNPAIRED_BRACKETS", "category": "PUNCTUATION", "message": "Unpaired."}
    text = "A note (with a long text. And its end） here.\nAnother ) line."
    assert judge(text, match(text, "(", **alone)) == []
    text = "A note (with no end.\nAnother ) line."
    [finding] = judge(text, match(text, "(", **alone))
    assert isinstance(finding, Finding)
    assert finding.category == "fluency.punctuation.mark"


def test_the_bracket_after_a_label_needs_no_partner() -> None:
    alone = {"rule": "EN_UNPAIRED_BRACKETS", "category": "PUNCTUATION", "message": "Unpaired."}
    text = "It sets rules for a) ships; ii) trains; 3) cars."
    for label in ("a)", "ii)", "3)"):
        at = text.index(label) + len(label) - 1
        bracket = replace(match(text, label, **alone), span=Span(at, at + 1))
        assert judge(text, bracket) == []


def test_brackets_that_smile_need_no_partner() -> None:
    alone = {"rule": "EN_UNPAIRED_BRACKETS", "category": "PUNCTUATION", "message": "Unpaired."}
    text = "We sing, of course)) And then we dance"
    at = text.index("))")
    assert judge(text, replace(match(text, "))", **alone), span=Span(at, at + 1))) == []


@pytest.mark.parametrize(
    ("text", "is_smile"),
    [
        ("Today (as always) he goes to the apiary) Good evening", True),
        ("The glasses are stylish)", True),
        ("We saw (in May) the gate. (The keeper) had shut it) again.", False),
        ("One case in the south), two in the north", False),
        ("The author is Ruifei.)", False),
    ],
)
def test_a_bracket_in_place_of_the_stop_is_a_smile(text: str, is_smile: bool) -> None:
    alone = {"rule": "EN_UNPAIRED_BRACKETS", "category": "PUNCTUATION", "message": "Unpaired."}
    at = text.rindex(")")
    found = judge(text, replace(match(text, ")", **alone), span=Span(at, at + 1)))
    assert (found == []) is is_smile


def test_what_people_often_say_in_a_text_is_their_manner_of_speaking() -> None:
    text = "“I knows it,” he said. “He go there. They was here.” She go."
    said = [
        match(text, word, best, rule="HE_VERB_AGR", **GRAMMAR)
        for word, best in [("knows", "know"), ("He go", "He goes"), ("was", "were")]
    ]
    told = match(text, "She go", "She goes", rule="HE_VERB_AGR", **GRAMMAR)

    def asked(*matches: Match) -> list[str]:
        items = judge(text, *matches)
        return [text[slice(*item.span)] for item in items if isinstance(item, Fix)]

    assert asked(*said, told) == ["She go"]
    assert asked(*said[:2], told) == ["knows", "He go", "She go"]


@pytest.mark.parametrize(
    ("word", "best"), [("MODs", "Mods"), ("LiVE", "Live"), ("Aki-chan", "Aki-Chan")]
)
def test_capitals_that_are_no_slip_are_let_pass(word: str, best: str) -> None:
    text = f"So the {word} it is."
    assert judge(text, match(text, word, best)) == []


def test_an_unchecked_part_is_named() -> None:
    [finding] = judged(CheckResult((), (Unanswered(Span(0, 4), Cause.STALL),)), Passage("a.a."), ())
    assert isinstance(finding, Finding)
    assert (finding.rule, finding.span) == (UNCHECKED, Span(0, 4))


def test_items_are_in_the_order_of_the_text() -> None:
    text = "He belidve in famly."
    items = judge(text, match(text, "famly", "family"), match(text, "belidve", "believe"))
    assert [item.span.start for item in items] == [3, 14]


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [
        ("teh", "the", True), ("belive", "believe", True), ("diluted", "dilluted", True),
        ("cat", "cut", True), ("cats", "cat", True), ("", "a", True), ("at", "ta", True),
        ("cat", "cat", False), ("cat", "dog", False), ("abcd", "badc", False), ("a", "abc", False),
        ("", "", False), ("kelvin", "kolovin", False),
    ],
)  # fmt: skip
def test_one_slip_apart(a: str, b: str, near: bool) -> None:
    assert one_slip_apart(a, b) is near
    assert one_slip_apart(b, a) is near


def test_a_good_text_is_left_in_peace(grammar: Grammar) -> None:
    text = (
        "Minister Anvar Dzhuraboev visited the Qorovul valley on 3 May. “We’ll build it,” Dzhuraboev "
        "said, “and by 2030 it will work.” Tozhiniso, a teacher from Vahdat-Bolo, was not so sure: "
        "the colour of the water, she said, had changed.\n\nQuddusov wasn’t at home."
    )
    assert judged(grammar.check(text, "en"), Passage(text), ()) == []


def test_a_bad_text_is_not(grammar: Grammar) -> None:
    text = "The city vigorously develop the industry. He recieved an letter in chengdu."
    items = judged(grammar.check(text, "en"), Passage(text), ())
    assert [text[slice(*item.span)] for item in items] == ["develop", "recieved", "an", "chengdu"]
    assert not any(isinstance(item, Fix) and item.safe for item in items)
