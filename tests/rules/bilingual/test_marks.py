"""What a file does with its marks: rows are pointed at only where nearly all others keep them."""

from __future__ import annotations

import pytest

from mtclean.rules.bilingual.marks import final_mark_changed, quote_half_lost
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import RowsRule


def _file(*rows: tuple[str, str]) -> list[Pair]:
    return [Pair.of(source, target, ("de", "en")) for source, target in rows]


_KEPT = {
    final_mark_changed: ("Halt!", "Stop!"),
    quote_half_lost: ("Die „Arvo“ kam.", "The “Arvo” came."),
}
_BROKEN = {
    final_mark_changed: ("Feuer!", "Fire."),
    quote_half_lost: ("Die „Brisa“ kam.", "The “Brisa came."),
}
_RULES = pytest.mark.parametrize("rule", _KEPT, ids=lambda rule: rule.id)


def _found(rule: RowsRule, kept: int, broken: int) -> list[int]:
    rows = _file(*([_KEPT[rule]] * kept), *([_BROKEN[rule]] * broken))
    return [number for number, _ in rule.run(rows)]


@_RULES
def test_a_row_is_pointed_at_where_all_others_keep_their_marks(rule: RowsRule) -> None:
    assert _found(rule, 5, 1) == [5]


@_RULES
def test_a_few_rows_are_no_habit(rule: RowsRule) -> None:
    assert not _found(rule, 4, 1)


@_RULES
def test_a_file_that_often_changes_its_marks_may_go_on(rule: RowsRule) -> None:
    assert not _found(rule, 9, 2)


def test_marks_inside_a_hebrew_word_are_of_the_word() -> None:
    rows = [Pair.of('הוא אמר "כן".', "He said “yes”.", ("he", "en"))] * 5
    rows.append(Pair.of('צה"ל הגיע.', "The “army came.", ("he", "en")))
    assert [number for number, _ in quote_half_lost.run(rows)] == [5]
