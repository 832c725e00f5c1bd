"""A part of a text is shown with its tags, in whole words, and never with a part of the next segment."""

from __future__ import annotations

import pytest

from mtclean.formats.xml import SEEN
from mtclean.report.excerpt import Excerpts, Seen, as_change, as_words
from mtclean.report.landmarks import Tag
from mtclean.report.record import EditRecord
from mtclean.text import Span

TEXT = f"Es kostet {SEEN}12 Euro.\n\nLiebe Leute, wir sind 210."
TAGS = [Tag(10, True, "<x/>"), Tag(27, False, "<b>"), Tag(32, False, "</b>")]
EXCERPTS = Excerpts(TEXT, [Span(0, 19), Span(21, len(TEXT))], TAGS)


def edit(start: int, end: int, before: str, after: str) -> EditRecord:
    return EditRecord(Span(start, end), Span(start, end), before, after)


@pytest.mark.parametrize(
    ("start", "end", "left", "right"),
    [
        (0, 2, "", [" kostet ", "<x/>", "12 Euro."]),
        (11, 13, ["Es kostet ", "<x/>", ""], " Euro."),
        (21, 26, "", [" ", "<b>", "Leute", "</b>", ", wir sind 210."]),
        # what is put in stands before a tag, what goes behind it
        (27, 27, "Liebe ", ["", "<b>", "Leute", "</b>", ", wir sind 210."]),
        (27, 32, ["Liebe ", "<b>", ""], ["", "</b>", ", wir sind 210."]),
        # what reaches over the end of a segment is shown with both
        (14, 26, ["Es kostet ", "<x/>", "12 "], [" ", "<b>", "Leute", "</b>", ", wir sind 210."]),
    ],
)
def test_it_ends_at_the_segment(start: int, end: int, left: Seen, right: Seen) -> None:
    assert EXCERPTS.around(Span(start, end)) == (left, right)


def test_a_text_without_segments_is_cut_between_words() -> None:
    excerpts = Excerpts("one two three four five six seven eight nine ten " * 3)
    at = excerpts.text.index("five", 50)
    left, right = excerpts.around(Span(at, at + 4))
    assert left == "…eight nine ten one two three four "
    assert right == " six seven eight nine ten one two…"
    assert Excerpts("一" * 100).around(Span(50, 51)) == ("…" + "一" * 36, "一" * 36 + "…")


def test_what_changes_keeps_its_tags() -> None:
    """A tag in what goes is the tag in what comes."""
    line = EXCERPTS.line(edit(7, 13, f"et {SEEN}12", f"et: {SEEN}13"))
    assert line == (
        "Es kostet",
        ["·", "<x/>", "12"],
        [":·", "<x/>", "13"],
        " Euro.",
    )


def test_what_another_fix_left_is_shown_as_it_was_found() -> None:
    line = EXCERPTS.line(edit(0, 2, "Ess kostet", "Es kostet"))
    assert line == ("", "Ess", "Es", [" kostet kostet ", "<x/>", "12 Euro."])


def test_a_tag_whose_words_are_not_known_is_a_tag() -> None:
    assert EXCERPTS.put(f"{SEEN} und {SEEN}", Span(0, 19), as_words) == [
        "",
        "tag",
        " und ",
        "tag",
        "",
    ]
    assert Excerpts.of_source(f"It costs {SEEN}12.").inside(Span(0, 13), as_change) == [
        "It·costs·",
        "tag",
        "12.",
    ]


def test_the_sign_is_no_tag_where_a_file_has_it_in_its_text() -> None:
    assert Excerpts(f"a{SEEN}b").inside(Span(0, 3), as_words) == "a[U+FFFC]b"
