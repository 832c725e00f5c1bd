"""The record says what happened, in both texts, under ids that last."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from mtclean.report.record import Record
from mtclean.report.summary import count_words, penalty_of, score_of, summary_of
from mtclean.text import Edit, Finding, Fix, Severity, Span, Trail, Verdict, inserting

from .trails import LETTER, letter, record_for, trails


@given(trails())
def test_the_changes_make_the_output(trail: Trail) -> None:
    assert record_for(trail).cleaned() == trail.text


@given(trails())
def test_without_the_changes_the_original_is_left(trail: Trail) -> None:
    """Between two changes nothing differs, and each change knows both its texts."""
    record = record_for(trail)
    at = [0, 0]
    for change in record.changes:
        kept = record.original[at[0] : change.original.start]
        assert kept == trail.text[at[1] : change.output.start]
        assert change.before == record.original[slice(*change.original)]
        assert change.after == trail.text[slice(*change.output)]
        assert change.before != change.after
        at = [change.original.end, change.output.end]
    assert record.original[at[0] :] == trail.text[at[1] :]


@given(trails())
def test_nothing_is_lost_and_all_is_in_order(trail: Trail) -> None:
    record = record_for(trail)
    assert len(record.applied) == len(trail.applied)
    assert len(record.held) == len(trail.held)
    assert len(record.findings) == len(trail.findings)
    for items in (record.fixes, record.findings):
        starts = [item.original.start for item in items]
        assert starts == sorted(starts)
    assert [fix.number for fix in record.fixes] == list(range(len(record.fixes)))
    for change in record.changes:
        assert all(record.fixes[n].applied for n in change.fixes)


@given(trails())
def test_places_are_inside_the_texts(trail: Trail) -> None:
    record = record_for(trail)
    edits = [edit for fix in record.fixes for edit in fix.edits]
    for item in (*edits, *record.findings):
        assert 0 <= item.original.start <= item.original.end <= len(record.original)
        assert 0 <= item.output.start <= item.output.end <= len(trail.text)


@given(trails(max_layers=1))
def test_an_edit_of_one_layer_points_at_what_it_took_and_put(trail: Trail) -> None:
    record = record_for(trail)
    for fix in record.applied:
        for edit in fix.edits:
            assert record.original[slice(*edit.original)] == edit.before
            assert edit.after in trail.text[slice(*edit.output)]


@given(trails())
def test_ids_are_unique(trail: Trail) -> None:
    record = record_for(trail)
    ids = [item.id for item in record.items]
    assert len(ids) == len(set(ids))


def _spaces(text: str) -> Record:
    trail = Trail(text)
    holes = [i for i in range(1, len(text)) if text[i - 1] == "." and text[i].isalpha()]
    trail.make("normalize", [inserting(i, " ", "A space is missing.") for i in holes])
    return record_for(trail)


def test_ids_survive_edits_of_the_source_elsewhere() -> None:
    text = "A first sentence here.Then a second one.And a third that ends it.Good."
    ids = [fix.id for fix in _spaces(text).fixes]
    longer = [fix.id for fix in _spaces("A new start. " * 3 + text).fixes]
    assert longer[1:] == ids[1:]
    assert [fix.id for fix in _spaces(text + " And more follows here.").fixes][:2] == ids[:2]


def test_ids_are_the_same_for_a_fix_that_is_made_and_one_that_waits() -> None:
    fix = inserting(2, " ", "A space is missing.")
    made, waits = Trail("a.b"), Trail("a.b")
    made.make("normalize", [fix])
    waits.hold("normalize", [fix.suggested()])
    assert record_for(made).fixes[0].id == record_for(waits).fixes[0].id


def test_equal_content_is_told_apart() -> None:
    same = "x" * 40 + "a.b"
    fixes = _spaces(same * 3 + "x" * 40).fixes
    assert len({fix.id for fix in fixes}) == 3


def test_fixes_that_undo_each_other_leave_no_change() -> None:
    trail = Trail("abc")
    trail.make("one", [Fix((Edit(1, 2, "X"),), "")])
    trail.make("two", [Fix((Edit(1, 2, "b"),), "")])
    record = record_for(trail)
    assert record.changes == ()
    assert [(e.before, e.after) for fix in record.fixes for e in fix.edits] == [
        ("b", "X"),
        ("X", "b"),
    ]


def test_a_later_fix_of_the_same_place_shows_what_each_did() -> None:
    trail = Trail("He said ''yes")
    trail.make("one", [Fix((Edit(8, 10, '"'),), "")])
    trail.make("two", [Fix((Edit(8, 9, "“"),), "")])
    record = record_for(trail)
    (change,) = record.changes
    assert (change.before, change.after, change.fixes) == ("''", "“", (0, 1))
    assert [(e.before, e.after) for fix in record.fixes for e in fix.edits] == [
        ("''", '"'),
        ('"', "“"),
    ]


def test_rules_are_noted_and_strangers_tolerated() -> None:
    record = letter()
    assert record.rules["languagetool.STIFF"].explanation == ""
    trail = Trail("ab")
    trail.make("one", [Fix((Edit(0, 1, "x"),), "", rule="test.known")])
    noted = record_for(trail)
    assert noted.fixes[0].category == "fluency.typography"
    assert noted.rules["test.known"].summary == "Something is wrong & known."


def test_a_long_place_is_quoted_in_part() -> None:
    trail = Trail("x" * 500)
    trail.note("one", [Finding(Span(0, 500), "long")])
    excerpt = record_for(trail).findings[0].excerpt
    assert len(excerpt) == 200
    assert excerpt.endswith("…")


def test_summary_counts_by_stage_and_severity() -> None:
    summary = summary_of(letter())
    assert dict(summary.changes) == {"normalize": 4, "quotes": 1}
    assert summary.places == 6
    assert dict(summary.suggested) == {"artifacts": 1}
    assert dict(summary.findings) == {Severity.MAJOR: 1, Severity.NEUTRAL: 1}
    assert summary.unchecked == 1
    assert summary.words == count_words(LETTER) + 3


def test_score_is_mqm() -> None:
    assert score_of(5, 1000) == 99.5
    assert score_of(5, 3) == 0.0
    assert score_of(0, 10) == 100.0
    assert score_of(0, 0) is None


def test_what_is_suggested_weighs_until_it_is_decided() -> None:
    record = letter()
    (held,) = record.held
    assert penalty_of(record) == 5 + held.severity.weight
    rejected = replace(held, decision=Verdict.REJECT)
    assert penalty_of(replace(record, fixes=(*record.applied, rejected))) == 5


def test_words() -> None:
    assert count_words("Don’t pay $146.88 to the vice-chair — now!") == 7
    assert count_words("你好 world") == 3
    assert count_words(" \n…") == 0
