"""Which way a line runs in the report."""

from __future__ import annotations

import pytest

from mtclean.report.direction import turned_lines


@pytest.mark.parametrize(
    ("line", "is_turned"),
    [
        ("חגים", False),
        ("Microsoft פתחה את השער", True),
        ("Open the gate פתח", False),
        ("\u202bפתחה את השער", True),
        ("\u202bOpen the gate", False),
        ("\u202b", False),
    ],
)
def test_a_line_is_turned_where_its_first_letters_are_not_its_own(
    line: str, is_turned: bool
) -> None:
    """What is shown for a character that cannot be seen is in Latin letters, too."""
    assert list(turned_lines(f"חגים\n{line}\n")) == [5] * is_turned
