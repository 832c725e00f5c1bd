"""What people see of a change is what really differs, in whole words."""

from __future__ import annotations

import pytest
from hypothesis import given

from mtclean.report.body import blocks
from mtclean.report.difference import common_ends, narrowed
from mtclean.report.pieces import pieces
from mtclean.report.record import ChangeRecord
from mtclean.text import Edit, Fix, Trail

from .trails import record_for, texts


@pytest.mark.parametrize(
    ("before", "after", "taken", "put"),
    [
        ('"', ' "', "", " "),
        (' "', '"', " ", ""),
        ("”", " “", "”", " “"),
        ("  ", " ", " ", ""),
        ("damage of", "damage to", "of", "to"),
        ("Kolovin", "Korovin", "Kolovin", "Korovin"),
        ("florida's", "Florida's", "florida", "Florida"),
        ("\r\n", "\n", "\r\n", "\n"),
        ("e\u0301", "e", "e\u0301", "e"),
        ("👩\u200d🚀", "👩", "👩\u200d🚀", "👩"),
        ("the the", "the", " the", ""),
    ],
)
def test_what_is_the_same_is_not_shown_as_changed(
    before: str, after: str, taken: str, put: str
) -> None:
    start, end = common_ends(before, after)
    assert (before[start : len(before) - end], after[start : len(after) - end]) == (taken, put)


@given(texts, texts)
def test_the_ends_are_in_both(before: str, after: str) -> None:
    start, end = common_ends(before, after)
    assert start + end <= min(len(before), len(after))
    assert before[:start] == after[:start]
    assert before[len(before) - end :] == after[len(after) - end :]


def test_a_space_put_beside_a_mark_is_a_space_in_every_form() -> None:
    trail = Trail('He said"come".')
    trail.make("one", [Fix((Edit(7, 8, ' "'),), "")])
    trail.hold("one", [Fix((Edit(13, 14, '" '),), "").suggested()])
    record = record_for(trail)
    body = "".join(blocks(record))
    assert '<ins data-i="c0"' in body
    assert "<del" not in body
    assert '<b class="sp"> </b></ins>"come"' in body
    assert '<span class="ghost" data-i="s1"><b class="sp"> </b></span>.' in body
    (change,) = (piece for piece in pieces(record) if isinstance(piece, ChangeRecord))
    assert (change.before, change.after) == ("", " ")
    assert change == narrowed(record.changes[0])
