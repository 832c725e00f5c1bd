"""A rule's documentation stands under fixed headings, wherever it is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mtclean.text import Fix, Passage, rule
from mtclean.text.rule import Sections

WRITTEN = """A space stands before a mark.

An engine left it
  there: ``a  ,``.

Left alone: ``code``, and
tables.

It is looked for in prose.

Source: CLDR, root."""


def test_each_paragraph_goes_under_its_heading() -> None:
    assert Sections.of(WRITTEN) == Sections(
        what="A space stands before a mark.",
        why="An engine left it there: ``a  ,``.\n\nIt is looked for in prose.",
        holds_back="``code``, and tables.",
        source="CLDR, root.",
    )


def test_a_docstring_is_read_as_it_is_indented() -> None:
    @rule("spaced", "fluency.punctuation.spacing")
    def spaced(_: Passage) -> list[Fix]:
        """A space stands before a mark.

        Left alone: tables.
        """
        return []

    assert list(spaced.sections.headed()) == [
        ("What", "A space stands before a mark."),
        ("When it holds back", "Tables."),
    ]


paragraphs = st.tuples(
    st.sampled_from(["", "Left alone: ", "Source:\n"]), st.text("ab:ßŉ", min_size=1)
)


@given(st.lists(paragraphs))
def test_no_word_is_lost_whatever_somebody_writes(written: list[tuple[str, str]]) -> None:
    sections = Sections.of("\n\n".join(["What.", *map("".join, written)]))
    words = sorted(["what.", *(text.casefold() for _, text in written)])
    assert sorted("\n\n".join(sections).casefold().split()) == words
    assert Sections.of("") == Sections("", "", "", "")
