"""What denies, and the lists of words that do."""

from __future__ import annotations

from importlib.resources import files

import pytest

from mtclean.languages.lists import rows
from mtclean.rules.bilingual.negation import RULES
from mtclean.rules.bilingual.pair import Pair

LISTS = sorted(
    folder.name
    for folder in files("mtclean.languages").iterdir()
    if (folder / "negation.tsv").is_file()
)


@pytest.mark.parametrize("language", LISTS)
def test_lists_are_whole(language: str) -> None:
    found = rows("negation.tsv", language)
    assert [kind for kind, _ in found] == ["denies", "hints", "affirms"]
    for _, forms in found:
        for form in forms.split("|"):
            assert form == form.lower() != "", form
            assert "*" not in form[1:-1], form
            assert form.strip("*"), form


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
