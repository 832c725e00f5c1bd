"""A rule that is too often wrong to run unasked runs where the settings name it."""

from __future__ import annotations

import pytest

from mtclean.rules.artifacts import RULES
from mtclean.text import Passage, Trail, settle
from mtclean.text.policy import Level, Policy

TEXT = (
    "He lives in Kiev. He wrote three books, and his first one sold well. She will speak on Monday."
)


def found(**levels: Level) -> set[str]:
    trail = Trail(TEXT)
    named = tuple(
        (name.replace("__", ".").replace("_", "-"), level) for name, level in levels.items()
    )
    settle(trail, "artifacts", RULES, Passage, policy=Policy(named))
    return {placed.item.rule for placed in trail.findings}


def test_it_is_off_unless_asked_for() -> None:
    assert "pronoun-changes-gender" not in found()


@pytest.mark.parametrize("name", ["pronoun_changes_gender", "fluency__pronoun"])
def test_its_name_or_its_category_switches_it_on(name: str) -> None:
    assert "pronoun-changes-gender" in found(**{name: Level.SUGGEST})
    assert "pronoun-changes-gender" not in found(**{name: Level.OFF})


def test_a_wider_name_does_not() -> None:
    assert "pronoun-changes-gender" not in found(fluency=Level.SUGGEST)
