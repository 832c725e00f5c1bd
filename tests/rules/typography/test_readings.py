"""What is kept of a text from round to round says the same as reading all of it anew."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from mtclean.rules.typography.pairing import Mark, drops_letters, read, reading
from mtclean.rules.typography.scans import _DIGIT_IN_WORD, _words_with_digits
from mtclean.text import Passage, Span

_PARAGRAPHS = st.lists(
    st.sampled_from(
        [
            "“So,” he said, “and so.”He left.",
            "He said: “so",
            '"So," he said. ',
            "‘Tis the dogs’ own.",
            "None here.",
            "l’“Odyssée” ''so''",
            "„So“, sagte er.",
        ]
    )
    | st.text("“”\"‘’'a ,.", max_size=12),
    max_size=5,
)
_WORDS = st.lists(st.sampled_from([*"01abAé9_-. '\n", "vi11age", "o" * 20, "0" * 20])).map("".join)


def _anew(passage: Passage, block: Span) -> list[Mark]:
    marks = read(passage.text[slice(*block)], drops_letters(passage))
    return [mark._replace(at=block.start + mark.at) for mark in marks]


@given(_PARAGRAPHS, _PARAGRAPHS)
def test_a_reading_depends_on_its_paragraph_alone(before: list[str], now: list[str]) -> None:
    reading(Passage("\n".join(before)))
    passage = Passage("\n".join([*now, *before]))
    anew = [
        _anew(passage, block) for block in passage.blocks if "„" not in passage.text[slice(*block)]
    ]
    assert [*reading(passage)] == [marks for marks in anew if marks]


@given(_WORDS)
def test_words_with_digits_are_those_that_a_search_of_the_whole_finds(text: str) -> None:
    whole = [m.span() for m in _DIGIT_IN_WORD.finditer(text) if re.search("[a-zA-Z]", m.group())]
    assert [match.span() for match in _words_with_digits(text)] == whole
