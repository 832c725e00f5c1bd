"""What a program reads is compared by what it means to the program, and put right where only one thing can be meant."""

from __future__ import annotations

import pytest

from mtclean.rules.bilingual import compare
from mtclean.rules.bilingual.markup import RULES
from mtclean.rules.bilingual.pair import Pair
from mtclean.text import Finding, Fix, Trail
from mtclean.text.placeholders import placeholders


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


def of_form(source: str, plural: str, target: str, number: int | None) -> list[Fix | Finding]:
    """What all rules of a pair say of the form that *target* is for *number* alone, or for several."""
    pair = Pair.of(source, target, ("en", "de"), plural=plural, number=number)
    return [item for _, item in compare([pair])]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("%d new file", "Eine neue Datei"),
        ("%d new file", "1 neue Datei"),
        ("%1$d file of %2$s", "Eine Datei von %2$s"),
        ("{count} new file", "Eine neue Datei"),
        ("One new file", "%d neue Datei"),
        ("1 new file", "{count} neue Datei"),
    ],
)
def test_the_form_for_one_number_has_it_in_any_way(source: str, target: str) -> None:
    plural = source.replace("One", "%d").replace("1 new", "{count} new").replace("file", "files")
    assert of_form(source, plural, target, number=1) == []


@pytest.mark.parametrize(
    ("target", "number"),
    [("Eine Datei", None), ("Eine Datei", 1), ("%d Datei %d %x", 1), ("2 Dateien von %s", 1)],
)
def test_a_form_lacks_nothing_else(target: str, number: int | None) -> None:
    """Russian's form for 1 is for 21, too, and no name is a number."""
    assert of_form("%d file of %s", "%d files of %s", target, number)


_READ_OTHERWISE = ("{}km", "x{} 12", "10 {}")
"""Where a per cent and a word may stand, *10 %den*, or TeX's ``x_{1:n}``."""
_IN_BRACES = ("{0:.2f}", "{0,number}", "{:,.0f}")


@pytest.mark.parametrize(
    "placeholder",
    ["%1$d", "%02d", "%.02f", "%+.1f", "%-10s", "%10.3lf", "%1$.2f", "%'d", "%3$5d", "%zu", "%.1f%%",
     "%2$s", "%5.1f", *_IN_BRACES],
)  # fmt: skip
@pytest.mark.parametrize("text", ["{}", "{} km", "In {}: 7", "{}km", "({})", "x{} 12", "10 {}"])
def test_digits_of_a_placeholder_are_no_number(placeholder: str, text: str) -> None:
    """Whatever stands beside it, in either text."""
    written = text.format(placeholder)
    if text in _READ_OTHERWISE and placeholder in ("%02d", "%-10s", "%'d", "%zu", *_IN_BRACES):
        return
    spans = [written[slice(*span)] for span in placeholders(written)]
    assert spans == [placeholder.removesuffix("%%")]
    pair = Pair.of(written, f"Nach {placeholder}, {text.format('')}", ("en", "de"))
    assert [item for _, item in compare([pair]) if item.rule.startswith("number")] == []
