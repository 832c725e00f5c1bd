"""What a text is written in by its own structure is no artefact, and what it is dressed in does not end it."""

from __future__ import annotations

import pytest

from mtclean.rules.artifacts.calques import calque
from mtclean.rules.artifacts.markup import leaked_markup, leaked_placeholder
from mtclean.rules.artifacts.truncation import truncated_paragraph
from mtclean.rules.artifacts.written import Form, written_in
from mtclean.text import Passage, Severity

CUE = "{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n<i>It rained in the harbour, part {n}.</i>\n\n"
ITEM = "- See <b>part {n}</b> of [the map](https://rain.example/{n})&nbsp;<br>\n"
BLOCK = "<p>It <b>rained</b> for the {n}th day.</p>\n"
FORMS = {
    Form.SUBTITLES: "".join(CUE.format(n=n) for n in range(1, 30)),
    Form.MARKDOWN: "# Rain\n\nIt fell.\n\n" + "".join(ITEM.format(n=n) for n in range(400)),
    Form.HTML: "".join(BLOCK.format(n=n) for n in range(400)),
}
LINES = ("Rain fell.<br>", "He said &nbsp; no.", "It was <b>late.", "<p>Rain fell. So it was.")


@pytest.mark.parametrize("form", FORMS)
def test_markup_of_the_texts_own_is_one_remark_at_the_most(form: Form) -> None:
    passage = Passage(FORMS[form])
    said = list(leaked_markup.run(passage))
    assert written_in(passage) is form
    assert len(said) <= (form is Form.HTML)
    assert all(item.severity is Severity.NEUTRAL for item in said if hasattr(item, "severity"))


def test_of_a_list_of_messages_one_remark_is_made_for_all_placeholders() -> None:
    messages = "\n".join(f"Move {{ship_count}} ships to quay {n}, %s." for n in range(20))
    (said,) = leaked_placeholder.run(Passage(f"{messages}\n"))
    assert said.severity is Severity.NEUTRAL
    assert "40 placeholders" in said.message
    engine = list(leaked_placeholder.run(Passage(f"{messages}\nThe __NUM0__ is old.")))
    assert len(engine) == 2  # what an engine masked is none of the program's


def test_in_a_long_text_each_is_said() -> None:
    prose = "The ships came into the harbour on Monday.\n" * 60
    leaks = "\n".join(f"The harbour has %s ships at quay {n}." for n in range(12))
    said = list(leaked_placeholder.run(Passage(prose + leaks)))
    assert [one.severity for one in said] == [Severity.MAJOR] * 12


@pytest.mark.parametrize("line", LINES)
def test_what_leaked_into_plain_text_is_still_seen(line: str) -> None:
    passage = Passage(f"The ships came into the harbour on Monday.\n\n{line}\n\nNobody went out.")
    assert written_in(passage) is Form.PLAIN
    assert list(leaked_markup.run(passage))


@pytest.mark.parametrize("end", [".", "!", "?", "…", ".”", "?)", ":"])
@pytest.mark.parametrize(
    ("before", "after"),
    [("_", "_"), ("*", "*"), ("**", "**"), ("***", "***"), ("~~", "~~"), ("<i>", "</i>"), ("<p>", "</p>"), ("", "<br>"), ("", "  "), ("", "\\")],
)  # fmt: skip
def test_a_sentence_is_not_cut_by_what_it_is_dressed_in(before: str, after: str, end: str) -> None:
    line = f"{before}It was as if the rain had come for good. Nobody on the quays believed it{end}{after}"
    text = f"The rain came early that year, and it fell for days.\n\n{line}\n\nThen she rose. She went out."
    assert not list(truncated_paragraph.run(Passage(text)))


@pytest.mark.parametrize("dress", ["", "_", "**"])
def test_a_cut_sentence_is_seen_in_any_dress(dress: str) -> None:
    line = f"{dress}It was as if the rain had come for good. Nobody on the quays believed that the{dress}"
    text = f"The rain came early that year, and it fell for days.\n\n{line}\n\nThen she rose. She went out."
    assert list(truncated_paragraph.run(Passage(text)))


def test_a_calque_is_said_once_with_its_count() -> None:
    said = list(calque.run(Passage("Relevant departments of the town met. " * 18)))
    assert len(said) == 1
    assert "18 times" in str(said[0])
