"""What a program reads is compared by what it means to the program, and put right where only one thing can be meant."""

from __future__ import annotations

import pytest

from mtclean.rules.bilingual.markup import RULES
from mtclean.rules.bilingual.pair import Pair
from mtclean.text import Finding, Fix, Trail


def said(source: str, target: str, of: tuple[str, str] = ("en", "de")) -> list[Fix | Finding]:
    pair = Pair.of(source, target, of)
    return [item for rule in RULES for item in rule.run(pair)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("%s of %s", "%2$s: %1$s"),
        ("%1$s of %2$d", "%2$d: %1$s"),
        ("{{ name }} left", "{{name}} ist weg"),
        ("Call +49 30 123456-7", "Rufen Sie +49 (30) 1234567 an"),
        ('<g id="1">One</g>', '<g id="1">Eins</g>'),
        ("{0, number} of {1}", "{1}: {0, number}"),
        ("{n, select, other {# a}}", "{n, select, other {# ein}}"),
        ("Open https://example.org/en/a", "Öffnen Sie https://example.org/de/a"),
    ],
)
def test_the_same_to_the_program(source: str, target: str) -> None:
    assert said(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "right"),
    [
        ("Delete %(name)s", "％（name）s löschen", "%(name)s löschen"),
        ("Delete {user_name}", "{User_Name} löschen", "{user_name} löschen"),
        ("Delete {{ user }}", "{{ Benutzer }} löschen", "{{ user }} löschen"),
        ("Hi {first_name}", "Hallo {first_name} {first_name}", "Hallo {first_name}"),
        ("See <b>this</b>", "Siehe <b>das</b", "Siehe <b>das</b>"),
        ("See [it](https://example.org)", "Siehe [es] (https://example.org)", "Siehe [es](https://example.org)"),
        ("Ask @north_wind", "Fragen Sie @nort_wind", "Fragen Sie @north_wind"),
        ("At https://example.org/a3", "Auf https://example.org/a8", "Auf https://example.org/a3"),
    ],
)  # fmt: skip
def test_what_only_one_thing_can_be_meant_by_is_offered_right(
    source: str, target: str, right: str
) -> None:
    [fix] = said(source, target)
    assert isinstance(fix, Fix)
    trail = Trail(target)
    trail.make("test", [fix])
    assert trail.text == right
    assert said(source, right) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("%s of %s", "%s"),
        ("{a_b} and {c_d}", "und"),
        ("Bold <b>word</b>", "Fettes Wort"),
        ("Write to a@example.org", "Schreiben Sie"),
        ("{n, plural, one {# a} other {# b}}", "{n, plural, one {# a}}"),
    ],
)
def test_what_is_lost_is_said(source: str, target: str) -> None:
    assert any(isinstance(item, Finding) for item in said(source, target))


def test_a_handle_in_wide_signs_is_the_same() -> None:
    assert said("@north_wind I only row", "＠north_wind 私は漕ぐだけ", ("en", "ja")) == []
