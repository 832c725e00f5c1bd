"""Mis-decoded text: the edits are small, and together they are what ftfy decoded."""

from __future__ import annotations

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from mtclean.rules.typography.encoding import _decoded_anew, _edits, _suspect_lines, mojibake
from mtclean.text import Passage, Trail, settle
from mtclean.text.trail import apply

PIECES = ["cafÃ© ", "â€œ", "â€\x9d", "Ã ", "a ", "the old house ", "é", "Â ", "ÐŸÑ€Ð¸ ", ".", "\u00a0"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=300).map("".join))
def test_the_edits_make_what_was_decoded(text: str) -> None:
    decoded = _decoded_anew(text)
    assert apply(text, list(chain.from_iterable(_edits(text, decoded, 0)))) == decoded


WIDE = ["中", "あ", "한", "，", "。", "“", "”", "…", "—", "·", "，“", "«", "Peter ", "cafÃ© ", "donâ€™t ", "ä¸\xadæ–‡", " 1 "]  # fmt: skip


@given(st.lists(st.sampled_from(WIDE), max_size=40).map("".join))
def test_what_was_misread_is_seen_among_wide_letters_and_their_quotation_marks(text: str) -> None:
    """Of lines in which nothing is suspect ftfy is not asked: it would say nothing."""
    if _decoded_anew(text) != text:
        assert [*_suspect_lines(Passage(text))]


def test_quotation_marks_beside_wide_letters_are_not_suspect() -> None:
    text = "他说：“约翰·史密斯来了。”没有人答话，“没有”。"
    assert not [*_suspect_lines(Passage(text, "zh"))]


def test_only_what_was_wrong_is_touched() -> None:
    """On a long line, too, where letters are compared between runs of ASCII only."""
    text = "The cafÃ© was full, and itâ€™s late. " * 200
    edits = list(chain.from_iterable(_edits(text, _decoded_anew(text), 0)))
    assert {(text[slice(*edit.span)], edit.replacement) for edit in edits} == {
        ("Ã©", "é"),
        ("â€™", "’"),
    }
    assert len(edits) == 400


def test_half_a_repair_is_none() -> None:
    """The letters in the address stay, so what was to come in place of them must not be put beside it."""
    trail = Trail("me@example.orgcafÃ©é")
    settle(trail, "test", [mojibake], Passage)
    assert trail.text == trail.original
