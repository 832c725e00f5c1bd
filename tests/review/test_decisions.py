"""Decisions: they do what was decided, they find their place again, and they never act by guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtclean.documents import document
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.stages import decide, detect_artifacts, normalize
from mtclean.report import edits_json, html_report
from mtclean.report.record import FixRecord, Item, Record
from mtclean.review import UnreadableDecisions, read, tally, write
from mtclean.text import Decision, Edit, Level, Note, Policy, Rerun, Trail, Verdict, as_decided
from mtclean.text.decision import BY_HAND_RULE, Place
from mtclean.text.identity import name_all
from mtclean.text.model import illegible
from mtclean.text.trail import apply
from tests.report.trails import bits, trails
from tests.review.law import law_decisions, random_text
from tests.test_laws import TEXTS

OPTIONS = Options(grammar=False, language="en")
NO_RULES = Rerun((), lambda decide: Trail(""))
LETTER = (
    "The committee met on Monday.It was the the first time.Nobody came late ,as far as we know.\n\n"
    "”We waited,” said the porter.The door stayed shut.\n"
)


def cleaned(text: str, decisions: Iterable[Decision] = (), options: Options = OPTIONS) -> Record:
    by_id = {decision.id: decision for decision in decisions}
    return account(
        decide(detect_artifacts(normalize(draft(document("t", text.encode()), options, by_id))))
    )


def said(record: Record) -> list[Item]:
    return list(record.items)


def on(items: Iterable[Item], verdict: Verdict, replacement: str = "") -> list[Decision]:
    return [Decision(item.id, verdict, item.rule, "", replacement) for item in items]


def fix_of(record: Record, after: str, nth: int = 0) -> FixRecord:
    return [fix for fix in record.fixes if fix.edits[0].after == after][nth]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_rejecting_all_gives_the_original_back(text: str) -> None:
    """At once: nothing comes up only because something else was rejected."""
    record = cleaned(text)
    again = cleaned(text, on(said(record), Verdict.REJECT))
    assert again.cleaned() == record.original
    assert not again.undecided


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


def written(place: Place, put: str) -> Decision:
    return Decision("0" * 12, Verdict.WRITE, BY_HAND_RULE, "", put, place=place)


def test_a_person_may_change_any_words() -> None:
    """They are found by what stands around them, in a text that was changed elsewhere, too."""
    own = written(Place("stayed ", "shut", "."), "closed")
    for text in (LETTER, "Before that.\n\n" + LETTER):
        record = cleaned(text, [own])
        assert record.cleaned() == cleaned(text).cleaned().replace("shut", "closed")
        (fix,) = (fix for fix in record.fixes if fix.rule == BY_HAND_RULE)
        assert (fix.applied, fix.decision) == (True, Verdict.WRITE)


@pytest.mark.parametrize("place", [Place("", "nowhere", ""), Place("", "e", "")])
def test_words_that_are_nowhere_or_everywhere_are_not_changed(place: Place) -> None:
    record = cleaned(LETTER, [written(place, "closed")])
    assert record.cleaned() == cleaned(LETTER).cleaned()
    assert [decision.place for decision in record.stale] == [place]


def test_a_comment_decides_nothing() -> None:
    text = "They came late.. Then they went home to eat."
    (held,) = cleaned(text).held
    asked = Decision(held.id, Verdict.COMMENT, held.rule, comment="Ask them.", by="Ada")
    record = cleaned(text, [asked])
    (same,) = record.undecided
    assert same.note == Note("Ask them.", "Ada")
    assert record.cleaned() == text


def test_of_what_a_finding_offers_one_is_chosen() -> None:
    text = "Mr Kolovin came on Monday. Later Korovin spoke, and Korovin left. Nobody saw Korovin again."
    (finding,) = cleaned(text).findings
    assert finding.suggestions == ("Korovin",)
    again = cleaned(text, on([finding], Verdict.ACCEPT, "Korovin"))
    assert again.cleaned() == text.replace("Kolovin", "Korovin")
    (fix,) = again.applied
    assert (fix.id, fix.rule, fix.decision) == (finding.id, finding.rule, Verdict.ACCEPT)
    assert not again.stale
    for other in ("", "Somebody"):
        left = cleaned(text, on([finding], Verdict.ACCEPT, other))
        assert left.cleaned() == text, "it is called true, and nothing it does not offer is put"


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
    st.sampled_from([verdict for verdict in Verdict if verdict is not Verdict.WRITE]),
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


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_law_of_decisions(rng: Random) -> None:
    """Whatever was decided, one by one in any order or at once, gives one text, and nothing is lost."""
    law_decisions(random_text(rng), rng)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.randoms(use_true_random=False))
def test_the_law_of_decisions_on_any_text(text: str, rng: Random) -> None:
    law_decisions(text, rng)


def test_what_something_accepted_stands_on_is_made() -> None:
    """Rejecting another fix of the line used to take away the letters that the accepted one shortens."""
    text = "7 a.m.’tis\r\nhe。\x85\x85heе，went well。.。，\x1aа’…rs"
    offer = cleaned(text)
    shortened = next(fix for fix in offer.fixes if fix.rule == "wide-ellipsis")
    others = [fix for fix in offer.fixes if fix.rule == "fullwidth-character"]
    for other in others:
        record = cleaned(text, [*on([shortened], Verdict.ACCEPT), *on([other], Verdict.REJECT)])
        assert next(fix for fix in record.fixes if fix.id == shortened.id).applied


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "The visit ended.\n[Editor: Chen Haifeng]\n[Editor: Li Ning]\nAll went home again.\n",
            "The visit ended.\nAll went home again.\n",
        ),
        (
            "They came late.. Then they ate.\nThey came late.. Then they ate.\n",
            "They came late. Then they ate.\nThey came late. Then they ate.\n",
        ),
    ],
)
def test_neighbours_are_both_made_in_either_order(text: str, after: str) -> None:
    """Accepting one used to change the extent the other was offered with, and so its name."""
    held = cleaned(text).held
    assert len(held) == 2
    accepted = on(held, Verdict.ACCEPT)
    for order in (accepted, accepted[::-1]):
        for n in (1, 2):
            record = cleaned(text, order[:n])
            assert not record.stale
            assert {fix.id for fix in record.fixes} == {fix.id for fix in held}
        assert record.cleaned() == after


def test_a_decision_on_a_rule_that_is_off_is_not_stale() -> None:
    record = cleaned(LETTER)
    rejected = on([fix_of(record, " ")], Verdict.REJECT)
    off = replace(OPTIONS, policy=Policy((("missing-space-after-sentence", Level.OFF),)))
    assert not cleaned(LETTER, rejected, off).stale


def test_a_decision_on_grammar_that_was_not_checked_is_not_stale() -> None:
    rule = "languagetool.EN_A_VS_AN"
    assert not cleaned(LETTER, [Decision("0" * 12, Verdict.ACCEPT, rule)]).stale


ON_OFFERS = (Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT)


@settings(max_examples=400, deadline=None)
@given(trails(), st.data())
def test_any_history_can_be_decided_on(trail: Trail, data: st.DataObject) -> None:
    """Fixes that overlap, touch and follow one another as no rule's do."""
    name_all(trail)
    offered = [*trail.applied, *trail.held, *trail.findings]
    if not offered:
        return
    verdicts = data.draw(st.dictionaries(st.sampled_from(offered), st.sampled_from(ON_OFFERS)))
    taken = {
        one.name: Decision(one.name, verdict, one.item.rule, "", data.draw(bits))
        for one, verdict in verdicts.items()
    }
    made, left = as_decided(trail, taken, NO_RULES)
    edits = [Edit(*c.original, made.text[slice(*c.output)]) for c in made.changes]
    assert apply(made.original, edits) == made.text
    for one in made.applied:
        decision = taken.get(one.name)
        assert decision is None or decision.verdict is not Verdict.REJECT
        if decision and decision.verdict is Verdict.EDIT:
            place = made.output_span(one.item.span, one.depth)
            assert made.text[slice(*place)] == decision.replacement
            put = "".join(edit.replacement for layer in trail.layers for edit, _ in layer.edits)
            assert illegible(decision.replacement) <= illegible(trail.original + put)
    names_of = {one.name for one in (*made.applied, *made.held, *made.findings)}
    assert taken.keys() <= names_of
    shown_only = {one.name for one in (*made.held, *made.findings)}
    assert {d.id for d in left} <= shown_only
    changing = {one.name for one in (*trail.applied, *trail.held)}
    to_make = {n for n, d in taken.items() if d.verdict is not Verdict.REJECT and n in changing}
    assert to_make & shown_only == {d.id for d in left} & to_make, "not made, and not named"
    backwards, _ = as_decided(trail, dict(reversed(taken.items())), NO_RULES)
    assert backwards.text == made.text
    all_rejected = {one.name: Decision(one.name, Verdict.REJECT, "") for one in offered}
    assert as_decided(trail, all_rejected, NO_RULES)[0].text == trail.original


HOSTILE = ["\ud800", "a\x00b", "\x1b[31m", "x" * 100_000, "\u202e", "<script>", "", "\n"]
WRONG = [None, 7, True, [], {}, [[[]]], {"a": {"b": []}}, 1e999]


@pytest.mark.parametrize("field", ["rule", "about", "replacement"])
@pytest.mark.parametrize("value", HOSTILE, ids=[repr(value[:6]) for value in HOSTILE])
def test_no_text_in_a_decision_takes_its_document_away(field: str, value: str) -> None:
    """The document stays, in valid Unicode, with all its reports."""
    held = cleaned(LETTER).applied[0]
    for id in (held.id, "0" * 12):
        content = {**Decision(id, Verdict.EDIT, held.rule).as_object(), field: value}
        kept = read(write("t", [Decision.of_object(content)]))
        record = cleaned(LETTER, kept.values())
        record.cleaned().encode()
        edits_json.write(record).encode()
        html_report(record).encode("utf-8", "replace")


@pytest.mark.parametrize("field", ["id", "verdict", "rule", "about", "replacement", "remember"])
def test_a_decision_of_wrong_types_is_refused(field: str) -> None:
    good = Decision("0" * 12, Verdict.ACCEPT, "r").as_object()
    for value in [*WRONG, *HOSTILE]:
        if isinstance(value, type(good[field])) and field not in ("id", "verdict"):
            continue
        with pytest.raises((KeyError, TypeError, ValueError)):
            Decision.of_object({**good, field: value})  # type: ignore[dict-item]
    for value in WRONG:
        with pytest.raises((KeyError, TypeError, ValueError)):
            Decision.of_object(value)  # type: ignore[arg-type]
