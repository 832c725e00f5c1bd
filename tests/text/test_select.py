"""What may be offered where something is protected: all of it for deletion, never a part, and nothing of code or the house's."""

from __future__ import annotations

import pytest

from mtclean.text import Edit, Fix, Passage, Rule, Style, Trail, settle
from mtclean.text.model import Applicability

TEXT = "The ships came.\nSee www.example.org for `more` news.\nThey left."
LINE = TEXT.index("See"), TEXT.index("They")


def offered(edit: Edit, applicability: Applicability, style: Style) -> int:
    fix = Fix((edit,), "why", applicability)
    trail = Trail(TEXT)
    rule = Rule("a-rule", "fluency.casing", lambda passage: [fix])
    settle(trail, "test", [rule], lambda text: Passage(text, style=style))
    assert trail.text == TEXT
    return len(trail.held)


@pytest.mark.parametrize(
    ("start", "end", "put", "count"),
    [
        (LINE[0], TEXT.index("`"), "", 1),  # the address as a whole
        (LINE[0], LINE[1], "", 0),  # with code in it
        (LINE[0], TEXT.index("example"), "", 0),  # half the address
        (LINE[0], TEXT.index("`"), "x", 0),  # something in its place
    ],
)
def test_a_protected_place_is_offered_for_deletion_only_as_a_whole(
    start: int, end: int, put: str, count: int
) -> None:
    assert offered(Edit(start, end, put), Applicability.SUGGESTED, Style()) == count


def test_none_is_deleted_unasked_and_nothing_of_the_house_is_offered() -> None:
    edit = Edit(LINE[0], TEXT.index("`"), "")
    assert offered(edit, Applicability.SAFE, Style()) == 0
    assert offered(edit, Applicability.SUGGESTED, Style(words=frozenset({"www.example.org"}))) == 0
