from hypothesis import given
from hypothesis import strategies as st

from mtclean.grammar.chunks import _is_paired, chunks, together
from mtclean.text import Span

PROSE = st.text(st.sampled_from("aB .!?”'\n 。😀"), max_size=400)


@given(PROSE, st.integers(1, 50))
def test_chunks_are_in_order_within_the_limit_and_leave_no_letter_out(
    text: str, limit: int
) -> None:
    spans = chunks(text, limit)
    at = 0
    for span in spans:
        assert at <= span.start < span.end <= span.start + limit
        assert not any(c.isalpha() for c in text[at : span.start])
        at = span.end
    assert not any(c.isalpha() for c in text[at:])


def test_paragraphs_are_packed_whole() -> None:
    text = "First one.\nSecond one.\nThird one.\n"
    assert [text[a:b] for a, b in chunks(text, 25)] == ["First one.\nSecond one.\n", "Third one.\n"]


def test_a_long_paragraph_is_cut_at_a_sentence() -> None:
    text = "He came home. She said, “Stay.” Then they all went away"
    assert [text[a:b] for a, b in chunks(text, 40)] == [
        "He came home. She said, “Stay.” ",
        "Then they all went away",
    ]


def test_without_sentences_a_cut_is_at_a_space_and_without_spaces_at_the_limit() -> None:
    assert chunks("aaaa bbbb cccc", 10) == [Span(0, 10), Span(10, 14)]
    assert chunks("a" * 25, 10) == [Span(0, 10), Span(10, 20), Span(20, 25)]


def test_an_unbroken_run_is_cut_small_and_stays_so() -> None:
    text = "Well then. " + "a." * 2_000 + "\nWell."
    assert [b - a for a, b in chunks(text)][:6] == [411, *[400] * 5]


def test_what_has_no_letters_is_not_sent() -> None:
    assert chunks("“””(((--- 1,234 😀😀\n\n***", 8) == []


def test_sentences_are_apart_where_one_ends_for_certain() -> None:
    text = (
        "The crane was moved. It stood at the pier.\nNobody saw\nit go, said Prof. Ito. “Mr. Ek did.”\n\n"
        "A title\n\nThe harbour was closed.“No.” it said (see below. There is\n\nmore). Then it opened."
    )
    assert [text[a:b] for a, b in chunks(text)] == [
        "The crane was moved. ",
        "It stood at the pier.\nNobody saw\nit go, said Prof. Ito. “Mr. Ek did.”\n\n",
        "A title\n\n",
        "The harbour was closed.“No.” it said (see below. There is\n\nmore). Then it opened.",
    ]


@given(PROSE.map(str.title) | PROSE)
def test_a_change_asks_about_its_own_sentence(before: str) -> None:
    """Whatever stands before it and behind it, in paragraphs of their own."""
    frame = "Everything was well.\n\n{}\n\nThen everything ended. And there was more.".format
    text = frame("Nothing" + before.replace("\n", " "))
    passages = {text[a:b] for a, b in chunks(text)}
    assert {"Everything was well.\n\n", "Then everything ended. "} <= passages


@given(st.lists(st.text("ab (){}[].“”", min_size=1, max_size=400)))
def test_each_passage_is_in_one_request_and_one_that_opens_something_alone(
    passages: list[str],
) -> None:
    groups = list(together(passages))
    assert [passage for group in groups for passage in group] == passages
    for group in groups:
        assert len(group) == 1 or all(map(_is_paired, group))
