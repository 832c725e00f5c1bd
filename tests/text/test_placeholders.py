"""A form that prose may have, too, counts as a placeholder only beside others of its family."""

from __future__ import annotations

import pytest

from mtclean.text.placeholders import placeholders


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hello :name, you have :count new ones.", [":name", ":count"]),
        ("Hello :name, so it is.", []),
        ("A :smile: here, a :joy: there, at 10 :30.", []),
        ("See /user/:id/:key; a::b and b::c.", []),
        ("$1 moved $2 here.", ["$1", "$2"]),
        ("It costs $1, or $2 with milk, or $10.", []),
        ("It rose from $1 million to $2 million.", []),
        ("It rose from $2 to $3.", []),
        ("${sum} costs $5 for $ 1 now.", ["${sum}"]),
        ("From %1 to %2.", ["%1", "%2"]),
        ("From %1 to 2.", []),
        ("From %0 to %1.", ["%0", "%1"]),
        ("100 %0", []),
    ],
)
def test_possible_forms_bear_each_other_out(text: str, found: list[str]) -> None:
    assert [text[slice(*span)] for span in placeholders(text)] == found


def test_what_is_known_from_elsewhere_is_certain() -> None:
    text = "Hello :name, it costs $1."
    assert [text[slice(*span)] for span in placeholders(text, {":"})] == [":name"]
    assert [text[slice(*span)] for span in placeholders(text, {":", "$1"})] == [":name", "$1"]


def test_where_numbers_are_placeholders_a_letter_behind_one_is_none_of_it() -> None:
    text = "%1d %2h, %3ms of 100%"
    assert [text[slice(*span)] for span in placeholders(text, {"%"})] == ["%1", "%2", "%3"]
    assert [text[slice(*span)] for span in placeholders(text)] == ["%1d"]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["He said :so.", "She said :no."], 0),
        (["Hi :name.", "Bye :name.", "No, :name.", "Wait :minutes."], 4),
        (["Hi :name and :other.", "Bye :name."], 3),
        (["Hi $1.", "Bye $1.", "No, $1.", "Wait $2."], 4),
        (["Hi $1.", "Bye $1.", "No, $1.", "Wait $2 and $12."], 0),
    ],
)
def test_in_a_long_text_those_of_one_line_or_one_that_comes_again_bear_them_out(
    lines: list[str], found: int
) -> None:
    assert len(placeholders("\n".join(lines))) == found
