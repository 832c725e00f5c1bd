"""Decisions: they do what was decided, they find their place again, and they never act by guess."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.stages import Options, account, detect, draft, normalise
from tasks.documents import document
from tasks.report.record import FindingRecord, FixRecord, Record
from tasks.review import UnreadableDecisions, read, tally, write
from tasks.text import Decision, Verdict
from tests.test_laws import TEXTS

OPTIONS = Options(grammar=False, language="en")
LETTER = (
    "The committee met on Monday.It was the the first time.Nobody came late ,as far as we know.\n\n"
    "”We waited,” said the porter.The door stayed shut.\n"
)


def cleaned(text: str, decisions: Iterable[Decision] = ()) -> Record:
    by_id = {decision.id: decision for decision in decisions}
    return account(detect(normalise(draft(document("t", text.encode()), OPTIONS, by_id))))


def said(record: Record) -> list[FixRecord | FindingRecord]:
    return [*record.fixes, *record.findings]


def on(
    items: Iterable[FixRecord | FindingRecord], verdict: Verdict, replacement: str = ""
) -> list[Decision]:
    return [Decision(item.id, verdict, item.rule, "", replacement) for item in items]


def fix_of(record: Record, after: str, nth: int = 0) -> FixRecord:
    return [fix for fix in record.fixes if fix.edits[0].after == after][nth]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_rejecting_all_gives_the_original_back(text: str) -> None:
    """What comes up only because something else was rejected is rejected in its turn."""
    original = cleaned(text).original
    decisions: list[Decision] = []
    for _ in range(12):
        record = cleaned(text, decisions)
        new = [item for item in said(record) if item.decision is None]
        if not new:
            break
        decisions += on(new, Verdict.REJECT)
    assert record.cleaned() == original


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_accepting_what_was_made_changes_nothing(text: str) -> None:
    record = cleaned(text)
    again = cleaned(text, on(record.applied, Verdict.ACCEPT))
    assert again.cleaned() == record.cleaned()
    assert not again.stale
    assert all(fix.decision is Verdict.ACCEPT for fix in again.applied)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.data())
def test_what_was_rejected_is_not_made(text: str, data: st.DataObject) -> None:
    record = cleaned(text)
    if not record.fixes:
        return
    fix = data.draw(st.sampled_from(record.fixes))
    again = cleaned(text, on([fix], Verdict.REJECT))
    assert fix.id not in {made.id for made in again.applied}


def test_a_follow_up_goes_with_the_fix_it_follows() -> None:
    """Filtering the finished list would leave ``N`` behind in ``file.Name``."""
    record = cleaned("The talks went well.then they ended. All went home again.")
    first = fix_of(record, " ")
    assert record.cleaned().startswith("The talks went well. ")
    again = cleaned(record.original, on([first], Verdict.REJECT))
    assert again.cleaned() == record.original


def test_a_rejected_fix_is_declined_and_a_wrong_finding_no_longer_counts() -> None:
    record = cleaned(LETTER)
    fix = fix_of(record, " ")
    again = cleaned(LETTER, on([fix, *record.findings], Verdict.REJECT))
    declined = next(held for held in again.held if held.id == fix.id)
    assert declined.state == "declined"
    assert not any(finding.counts for finding in again.findings)


def test_an_accepted_suggestion_is_made() -> None:
    record = cleaned("They came late.. Then they went home to eat.")
    (held,) = record.held
    again = cleaned(record.original, on([held], Verdict.ACCEPT))
    assert again.cleaned() == "They came late. Then they went home to eat."
    assert not again.undecided


def test_what_a_person_wrote_is_final() -> None:
    record = cleaned(LETTER)
    fix = fix_of(record, " ")
    again = cleaned(LETTER, on([fix], Verdict.EDIT, "  --  "))
    assert "Monday.  --  It was" in again.cleaned()
    assert next(made for made in again.applied if made.id == fix.id).decision is Verdict.EDIT


def test_a_finding_can_be_put_right_by_hand() -> None:
    record = cleaned("Dear __NUM0__ guests, the house is open again from Monday.")
    (finding,) = record.findings
    again = cleaned(record.original, on([finding], Verdict.EDIT, "forty"))
    assert again.cleaned() == "Dear forty guests, the house is open again from Monday."
    assert again.applied[0].decision is Verdict.EDIT
    assert not again.stale


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: "An opening that is new. " * 5 + "\n\n" + text,
        lambda text: text + "\nAnd an end that is new, with a.Mistake in it.",
        lambda text: text.replace("the porter", "the very old and tired porter of the house"),
    ],
    ids=["before", "after", "between"],
)
def test_decisions_survive_edits_of_the_source_elsewhere(edit) -> None:
    record = cleaned(LETTER)
    rejected = [fix_of(record, " ", 0), fix_of(record, " ", 1)]
    again = cleaned(edit(LETTER), on(rejected, Verdict.REJECT))
    assert not again.stale
    assert "Monday.It was" in again.cleaned()
    assert "time.Nobody" in again.cleaned()


def test_what_no_longer_fits_is_stale_and_does_nothing() -> None:
    record = cleaned(LETTER)
    decision = on([fix_of(record, " ")], Verdict.REJECT)
    again = cleaned(LETTER.replace("on Monday", "on Tuesday"), decision)
    assert list(again.stale) == decision
    assert "Tuesday. It was" in again.cleaned()


def test_equal_places_are_told_apart() -> None:
    line = "The train was late again.Nobody knew when it would come to us.\n\n"
    record = cleaned("Here it begins, as it always does.\n\n" + line * 3)
    second = fix_of(record, " ", 1)
    again = cleaned(record.original, on([second], Verdict.REJECT))
    assert [("again.Nobody" in part) for part in again.cleaned().split("\n\n")[1:4]] == [
        False,
        True,
        False,
    ]


decisions = st.builds(
    Decision,
    st.from_regex(r"[0-9a-f]{12}(-[1-9][0-9]?)?", fullmatch=True),
    st.sampled_from(Verdict),
    st.text(max_size=20),
    st.text(max_size=20),
    st.text(max_size=20),
    st.booleans(),
)


@given(st.text(min_size=1), st.lists(decisions, unique_by=lambda decision: decision.id))
def test_the_file_says_what_was_decided(name: str, given_: list[Decision]) -> None:
    text = write(name, given_)
    assert text.isascii()
    assert sorted(read(text).values(), key=lambda d: d.id) == sorted(given_, key=lambda d: d.id)
    assert write(name, read(text).values()) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"schema": "mtclean.decisions", "version": 9, "decisions": []}',
        '{"schema": "mtclean.decisions", "version": 1, "decisions": 3}',
        '{"schema": "mtclean.decisions", "version": 1, "decisions": [{"id": "x"}]}',
        '{"schema": "mtclean.decisions", "version": 1, "decisions": '
        '[{"id": "../../x", "verdict": "accept", "rule": "r"}]}',
        '{"schema": "mtclean.decisions", "version": 1, "decisions": '
        '[{"id": "0123456789ab", "verdict": "maybe", "rule": "r"}]}',
        '{"schema": "mtclean.decisions", "version": 1, "decisions": '
        '[{"id": "0123456789ab", "verdict": "edit", "rule": "r", "replacement": 7}]}',
    ],
)
def test_what_is_no_decisions_file_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDecisions):
        read(text)


def test_the_rule_most_often_wrong_comes_first() -> None:
    def decided(rule: str, verdict: Verdict) -> Decision:
        return Decision("0" * 12, verdict, rule)

    lines = tally(
        [decided("good", Verdict.ACCEPT)] * 9
        + [decided("bad", Verdict.REJECT)] * 3
        + [decided("bad", Verdict.ACCEPT)]
        + [decided("fair", Verdict.EDIT)]
    )
    assert [(line.rule, line.precision) for line in lines] == [
        ("bad", 0.25),
        ("fair", 0.0),
        ("good", 1.0),
    ]
