"""In a passage that is to be translated or taken out whole nothing smaller is pointed at."""

from __future__ import annotations

from mtclean.documents.document import document
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.text import Trail

PROSE = (
    "The ships came in at noon and the harbour was full. Nobody had seen so many of them at once."
)


def _trail(text: str) -> Trail:
    page = document("page", text.encode())
    return detect_artifacts(normalize(draft(page, Options(language="en")))).trail


def _said(trail: Trail) -> list[str]:
    return [placed.item.rule for placed in (*trail.held, *trail.findings)]


def test_a_lost_mark_in_a_sentence_to_translate_is_not_mentioned() -> None:
    foreign = "Die Regierung hat gestern “beschlossen, das alte Gesetz nicht mehr zu ändern."
    assert _said(_trail(f"{PROSE}\n{foreign}")) == ["untranslated-sentence"]


def test_the_same_mark_in_a_sentence_that_stays_is_mentioned() -> None:
    assert "quote-without-partner" in _said(
        _trail(f"{PROSE}\nThe “guard left the old tower at night.")
    )


def test_numbers_of_a_sentence_to_translate_are_its_translators_business() -> None:
    foreign = (
        "Le plan gouvernemental devrait mobiliser plus de 42 millions d'euros pour la sécurité."
    )
    assert _said(_trail(f"{PROSE}\n{foreign}")) == ["untranslated-sentence"]


def test_marks_lost_in_the_rounds_of_a_loop_are_one_fault() -> None:
    loop = "They came to the “Good Lamp “Good Lamp “Good Lamp “Good Lamp” house by night."
    assert _said(_trail(f"{PROSE}\n{loop}")) == ["looping-phrase"]


def test_a_name_that_a_loop_repeats_is_still_spelt_two_ways() -> None:
    loop = "Minister Kolovin of trade, Minister Kolovin of trade, Minister Kolovin of trade spoke."
    said = _said(_trail(f"{PROSE}\n{loop}\nThe West has no partners, Korovin said."))
    assert said == ["looping-phrase", "name-spelt-two-ways"]


def test_of_a_list_in_two_scripts_there_is_one_remark() -> None:
    titles = "\n\n".join(
        f"Lesson {n} of the harbour course - درس عن الميناء والسفن" for n in range(30)
    )
    assert _said(_trail(f"{PROSE}\n\n{titles}")) == ["untranslated-sentence"]


def test_of_a_text_with_some_lines_in_another_script_each_is_said() -> None:
    lines = [f"Ship {n} lay and waited for الريح القوية before noon." for n in range(3)]
    assert _said(_trail(f"{PROSE}\n\n" + "\n\n".join(lines))) == ["untranslated-script"] * 3
