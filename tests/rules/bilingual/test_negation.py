"""What denies, and the lists of words that do."""

from __future__ import annotations

from importlib.resources import files

import pytest

from mtclean.languages.lists import rows
from mtclean.rules.bilingual.negation import RULES, _signs, _words
from mtclean.rules.bilingual.pair import Pair

UNSPACED = {"ja", "ko", "zh"}
LISTS = sorted(
    folder.name
    for folder in files("mtclean.languages").iterdir()
    if (folder / "negation.tsv").is_file()
)


@pytest.mark.parametrize("language", LISTS)
def test_lists_are_whole(language: str) -> None:
    found = rows("negation.tsv", language)
    kinds = [kind for kind, _ in found]
    told = [kind for kind in kinds if kind not in ("phrases", "looks")]
    assert told == ["denies", "hints", "affirms"]
    assert len(set(kinds)) == len(kinds)
    for kind, forms in found:
        for form in forms.split("|"):
            assert form == form.lower() != "", form
            assert "*" not in form[1:-1], form
            assert form.strip("*"), form
            # Words are looked up one by one, so that several of them in a row would never be found.
            assert kind == "affirms" or language in UNSPACED or " " not in form, form


@pytest.mark.parametrize("language", LISTS)
def test_what_looks_like_a_hint_would_be_one(language: str) -> None:
    forms = {kind: frozenset(line.split("|")) for kind, line in rows("negation.tsv", language)}
    finder = _signs if language in UNSPACED else _words
    hints, denies = finder(forms["hints"]), finder(forms["denies"])
    for form in forms.get("looks", ()):
        word = form.strip("*")
        assert [*hints(word)], word
        assert not [*denies(word)] or language in UNSPACED, word


def said_of(source: str, target: str, of: tuple[str, str] = ("en", "de")) -> list[str]:
    """What is denied in the one and not in the other."""
    pair = Pair.of(source, target, of)
    texts = [(pair.source.text, item.source) for rule in RULES for item in rule.run(pair)]  # type: ignore[union-attr]
    return [text[span.start : span.end] for text, span in texts if span]


def test_a_name_inside_a_sentence_denies_nothing() -> None:
    assert said_of("The field None is set by hand.", "Das Feld None wird gesetzt.") == []
    assert said_of("None came.", "Alle kamen.") == ["None"]


def test_letters_that_change_their_number_change_no_place() -> None:
    assert said_of("Die große Tür ist nicht zu.", "The big door is shut.", ("de", "en")) == [
        "nicht"
    ]
    assert said_of("İzmir değil.", "It is İzmir.", ("tr", "en")) == ["değil"]


def test_sentences_are_compared_one_by_one() -> None:
    source = "The bridge is not open. The ferry does not run on Mondays."
    assert said_of(source, "Die Brücke ist nicht offen. Die Fähre fährt montags.") == ["not"]
    assert said_of(source, "Die Brücke ist nicht offen, und die Fähre fährt montags.") == []


def test_languages_without_a_list_are_left_alone() -> None:
    assert said_of("The door is not open.", "Deuren er åpen.", ("en", "nb")) == []


@pytest.mark.parametrize("marks", ["*", "**", "_", "`", "``"])
def test_marks_of_emphasis_hide_no_denial(marks: str) -> None:
    denied = f"The door does {marks}not{marks} open."
    assert said_of("Die Tür geht nicht auf.", denied, ("de", "en")) == []
    assert said_of(denied, "Die Tür geht auf.") == [f"{marks}not{marks}"]


def test_what_is_left_in_the_other_language_denies_as_it_does_there() -> None:
    assert said_of("The label says “not for sale”.", "Auf dem Schild steht „not for sale“.") == []


def test_a_tag_asks_and_denies_nothing() -> None:
    assert said_of("That is the harbor, no?", "Das ist der Hafen, oder?") == []
    assert said_of("No, that is the harbor.", "Das ist der Hafen.") == ["No"]


def test_a_denial_of_what_denies_may_be_said_without() -> None:
    assert said_of("It is not uncommon.", "Es ist üblich.") == []
    assert said_of("It is not common here.", "Es ist hier üblich.") == ["not"]


def test_what_denies_a_phrase_is_only_looked_for_in_the_source() -> None:
    assert said_of("A boat without sails left.", "Ein Boot fuhr ab.") == ["without"]
    assert said_of("Ein Boot fuhr ab.", "A boat without sails left.", ("de", "en")) == []
