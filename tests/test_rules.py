"""Every rule keeps its word: each example it gives in its own file is run here."""

from __future__ import annotations

import re

import pytest

from mtclean.languages.language import examples_of, written
from mtclean.rules.examples import failures, tried
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Passage, Rule, Span, every_fix, safe_only


def examples(kind: str) -> list[object]:
    return [
        pytest.param(
            rule, *(example if isinstance(example, tuple) else (example,)), id=f"{rule.id}-{i}"
        )
        for rule in BUILT_IN.monolingual
        for i, example in enumerate(getattr(rule, kind))
    ]


@pytest.mark.parametrize(("rule", "before", "after"), examples("fixes"))
def test_fixes_safely(rule: Rule, before: str, after: str) -> None:
    assert tried(rule, before).text == after


@pytest.mark.parametrize(("rule", "before", "after"), examples("suggests"))
def test_suggests_and_changes_nothing_unasked(rule: Rule, before: str, after: str) -> None:
    assert tried(rule, before).text == before
    assert tried(rule, before, every_fix).text == after


@pytest.mark.parametrize(("rule", "text", "excerpt"), examples("finds"))
def test_points_at(rule: Rule, text: str, excerpt: str) -> None:
    trail = tried(rule, text)
    start = trail.text.index(excerpt)
    place = Span(start, start + len(excerpt))
    assert any(placed.item.span.overlaps(place) for placed in (*trail.findings, *trail.held))


@pytest.mark.parametrize(("rule", "text"), examples("leaves"))
def test_leaves_alone(rule: Rule, text: str) -> None:
    trail = tried(rule, text, every_fix)
    assert trail.text == text
    assert not trail.findings


@pytest.mark.parametrize(("rule", "before", "after"), examples("failures"))
def test_known_failures_still_fail(rule: Rule, before: str, after: str) -> None:
    """A pair of the same text twice is one the rule wrongly speaks about."""
    trail = tried(rule, before, every_fix)
    works = trail.text == after and not (before == after and trail.findings)
    assert not works, "it works now: move the example to the ones that are right"


@pytest.mark.parametrize("rule", BUILT_IN.monolingual, ids=lambda rule: rule.id)
def test_says_what_it_does(rule: Rule) -> None:
    """Under the fixed headings; a source only where there is one."""
    what, why, holds_back, _ = rule.sections
    assert re.fullmatch(r".{1,119}\.", rule.explanation.partition("\n")[0])
    assert what == rule.explanation.partition("\n")[0], "one line"
    assert why
    assert holds_back
    assert rule.fixes or rule.suggests or rule.finds
    assert len(rule.leaves) >= 3


@pytest.mark.parametrize("rule", BUILT_IN.monolingual, ids=lambda rule: rule.id)
def test_rules_test_finds_no_example_of_ours_that_fails(rule: Rule) -> None:
    assert list(failures(rule)) == []


def test_ids_are_unique() -> None:
    assert len(BUILT_IN.by_id) == len(BUILT_IN.monolingual) + len(BUILT_IN.bilingual)


ELSEWHERE = [
    pytest.param(language, *row, id=f"{language}-{row[0]}-{i}")
    for language in written()
    for i, row in enumerate(examples_of(language))
]


@pytest.mark.parametrize(("language", "name", "kind", "before", "after"), ELSEWHERE)
def test_keeps_its_word_in_other_languages(
    language: str, name: str, kind: str, before: str, after: str
) -> None:
    """The examples in the folder of a language."""
    rule = BUILT_IN.by_id[name]
    assert rule.knows(language)
    assert (kind == "leaves") == (before == after)
    if kind == "suggests":
        assert tried(rule, before, language=language).text == before
    trail = tried(rule, before, safe_only if kind == "fixes" else every_fix, language=language)
    if kind == "finds":
        assert [trail.text[slice(*found.item.span)] for found in trail.findings] == [after]
        after = before
    assert trail.text == after
    assert kind != "leaves" or not trail.findings


@pytest.mark.parametrize("language", written())
def test_every_language_has_examples_of_both_kinds(language: str) -> None:
    kinds = {kind for _, kind, _, _ in examples_of(language)}
    assert "-" in language or kinds >= {"fixes", "leaves"}


EXAMPLES = sorted(
    {
        text
        for rule in BUILT_IN.monolingual
        for kind in (rule.fixes, rule.suggests, rule.finds, rule.leaves, rule.failures)
        for example in kind
        for text in (example if isinstance(example, tuple) else (example,))
    }
)


@pytest.mark.parametrize(
    "rule", [r for r in BUILT_IN.monolingual if r.needs], ids=lambda rule: rule.id
)
def test_has_nothing_to_say_without_the_characters_it_needs(rule: Rule) -> None:
    without = str.maketrans("", "", "".join(rule.needs))
    for text in (*EXAMPLES, *(text.translate(without) for text in EXAMPLES)):
        for language in ("en", "fr", ""):
            passage = Passage(text, language, style=rule.style)
            said = list(rule.check(passage))
            assert not said or not rule.needs.isdisjoint(text), text
