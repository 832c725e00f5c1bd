"""A rule or category that gets another name takes along what people wrote with the old one."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

import pytest

from mtclean.pipeline.config import load
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Decision, Level, Trail, Verdict
from mtclean.text.identity import identity_of
from mtclean.text.model import replacing
from mtclean.text.policy import names_of
from mtclean.text.renames import _FIRST, first_name, name_now

CATEGORIES = {rule.category for rule in BUILT_IN.by_id.values()}
NAME = re.compile(r"[a-z]+(-[a-z]+)*")
ALIKE = 0.92
"""From this ratio of difflib on, two ids are taken for one another."""


@pytest.mark.parametrize("now", _FIRST)
def test_the_table_leads_to_names_there_are(now: str) -> None:
    assert now in BUILT_IN.by_id or now in CATEGORIES
    assert first_name(now) not in BUILT_IN.by_id
    assert name_now(first_name(now)) == now


@pytest.mark.parametrize(
    ("rule", "old"),
    [
        ("capital-on-linking-word", "capital-mid-sentence"),
        ("doubled-word", "fluency.duplicated_word"),
        ("double-space", "fluency.punct"),
        ("double-space", "fluency.punct.spacing"),
        ("doubled-stop", "fluency.punctuation"),
    ],
)
def test_old_names_hold_in_settings_and_remarks(rule: str, old: str, tmp_path: Path) -> None:
    category = BUILT_IN.by_id[rule].category
    assert old in names_of(rule, category)
    path = tmp_path / "mtclean.toml"
    path.write_text(f'[rules]\n"{old}" = "off"\n')
    assert load(path).policy.level(rule, category) is Level.OFF


def test_a_decision_on_a_rule_by_its_old_name_is_still_one() -> None:
    def identity(rule: str) -> str:
        fix = replacing(0, 1, "b", "why")
        return identity_of(Trail("a"), type(fix)(fix.edits, fix.reason, rule=rule), 0).content

    assert identity("capital-on-linking-word") == identity("capital-mid-sentence")
    written = Decision("0" * 12, Verdict.ACCEPT, "capital-mid-sentence").as_object()
    assert Decision.of_object(written).rule == "capital-on-linking-word"


def test_names_are_words_with_hyphens_and_none_is_nearly_another() -> None:
    for category in CATEGORIES:
        assert all(NAME.fullmatch(part) for part in category.split(".")), category
    for one, other in combinations(BUILT_IN.by_id, 2):
        assert NAME.fullmatch(one)
        assert SequenceMatcher(None, one, other, autojunk=False).ratio() < ALIKE, (one, other)


def test_no_category_is_the_beginning_of_another() -> None:
    """What names the one would name the other, too."""
    for one, other in combinations(sorted(CATEGORIES), 2):
        assert not other.startswith(f"{one}."), (one, other)
