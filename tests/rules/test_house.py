"""Rules that a house writes itself: they do what they say, and nothing that a text would suffer from."""

from __future__ import annotations

import pickle
import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mtclean
from mtclean import Options, Policy
from mtclean.rules import house
from mtclean.rules.examples import failures
from mtclean.rules.house import house_rule
from mtclean.rules.registry import Registry
from mtclean.text import Rule, Severity

E_MAIL = house_rule(
    "e-mail",
    r"\b([Ee])-mail",
    replacement=r"\1mail",
    safe=True,
    fixes=[("E-mail us.", "Email us.")],
)
SLOW = r"(?:x|x)*(?:x|x)*(?:x|x)*[yz]"
ROW = "x" * 20_000 + " z"


def cleaned(text: str, *rules: Rule, policy: Policy | None = None) -> mtclean.Result:
    options = Options(language="en", policy=policy or Policy(), registry=Registry(rules))
    return mtclean.clean(text, options)


def test_what_is_safe_is_made_and_says_who_wants_it() -> None:
    result = cleaned("Send an E-mail, or an e-mail.", E_MAIL)
    assert result.text == "Send an Email, or an email."
    assert [(fix.rule, fix.category) for fix in result.fixes] == [
        ("house.e-mail", "style.house")
    ] * 2
    assert result.record.rules["house.e-mail"].explanation


def test_what_is_not_called_safe_is_suggested() -> None:
    result = cleaned("An e-mail.", house_rule("e-mail", "e-mail", replacement="email"))
    assert result.text == "An e-mail."
    assert [fix.state for fix in result.fixes] == ["suggested"]


def test_a_message_points_at_a_place_and_weighs_what_the_house_says() -> None:
    rule = house_rule("utilise", r"\butilis\w+", message="Say use.", severity=Severity.MAJOR)
    (finding,) = cleaned("They utilised it.", rule).findings
    assert (finding.excerpt, finding.message) == ("utilised", "Say use.")
    assert finding.severity is Severity.MAJOR


def test_a_message_beside_a_replacement_is_its_reason() -> None:
    rule = house_rule("e-mail", "e-mail", replacement="email", message="One word since 2011.")
    (fix,) = cleaned("An e-mail.", rule).fixes
    assert fix.reason == "One word since 2011."


def test_it_speaks_of_prose_in_its_languages_alone() -> None:
    rule = house_rule("kolovin", "Kolovin", message="No.", languages=["de"])
    assert not cleaned("They met at Kolovin.", rule).findings
    anywhere = house_rule("kolovin", "Kolovin", message="No.")
    text = "See https://kolovin.org/Kolovin and `Kolovin`, {Kolovin} in Kolovin."
    assert [f.original.start for f in cleaned(text, anywhere).findings] == [text.rindex("Kolovin")]
    put = house_rule("kolovin", "Kolovin", replacement="Korovin", safe=True)
    assert cleaned(text, put).text == text[: text.rindex("Kolovin")] + "Korovin."


def test_it_is_ignored_and_switched_off_as_any_other() -> None:
    remark = "<!-- mtclean: ignore house.e-mail -->\nAn e-mail.\n\nAn e-mail.\n"
    assert cleaned(remark, E_MAIL).text.count("email") == 1
    assert cleaned("An e-mail.", E_MAIL, policy=Policy(ignored=frozenset({"house"}))).fixes == ()


@given(st.text("ab1 \\g<n>0", max_size=8))
def test_a_replacement_means_what_it_means_in_python(template: str) -> None:
    """Where it is none there, or has escapes that are no groups, it is refused."""
    pattern, text = "(?P<n>a)(b)?", "ab a b aab"
    try:
        re.compile(pattern).sub(template, text)
        rule = house_rule("x", pattern, replacement=template)
    except (ValueError, re.error, IndexError):
        with pytest.raises(ValueError, match=r"^replacement: "):
            house_rule("x", pattern, replacement=template)
        return
    matches = list(re.finditer(pattern, text))
    wanted = [put for match in matches if (put := match.expand(template)) != match[0]]
    result = cleaned(text, rule)
    if not result.record.warnings:
        made = [fix.edits[0].after for fix in result.fixes if fix.rule == "house.x"]
        assert made == wanted


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"id": "E mail"}, "id: small letters"),
        ({"id": "x" * 61}, "id: small letters"),
        ({"replacement": None}, "it needs a replacement or a message"),
        ({"pattern": "("}, "pattern: '('"),
        ({"pattern": "(?:x{9999}){9999}"}, "counts too far"),
        ({"replacement": r"\2"}, "replacement: invalid group reference"),
        ({"replacement": r"\g<m>"}, "replacement: unknown group name"),
        ({"replacement": r"a\n"}, "replacement: a backslash stands before a group"),
        ({"replacement": r"\012"}, "replacement: a backslash stands before a group"),
        ({"replacement": "a\x00"}, "replacement: it has a character that cannot be seen"),
        ({"replacement": "a\nb"}, "replacement: it has a character that cannot be seen"),
        ({"replacement": "a" * 1001}, "replacement: 1000 characters are the most"),
        ({"message": "a\x1b[2J"}, "message: it has a character that cannot be seen"),
        ({"languages": ["English"]}, "languages: 'English' is no code"),
        ({"finds": [("a", "b")]}, "finds: a rule with a replacement has fixes"),
        ({"replacement": None, "message": "m", "fixes": [("a", "b")]}, "finds are its examples"),
    ],
)  # fmt: skip
def test_what_is_no_rule_is_said_in_a_line(given: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as problem:
        house_rule(**{"id": "x", "pattern": "(x)", "replacement": "y", **given})  # type: ignore[arg-type]
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    ("rule", "text", "why"),
    [
        (house_rule("x", SLOW, message="m"), ROW, "its pattern takes longer than 3 s"),
        (house_rule("x", "a", replacement="aa", safe=True), "a b", "it would change again: 'aa'"),
        (house_rule("x", "b", replacement="a b", safe=True), "b", "it would change again: 'a b'"),
        (house_rule("x", "[a-z]", message="m"), "word" + " word" * 999, "it matches more than 1250 places"),
        (house_rule("x", "w", replacement="W" * 1000), "word" + " word" * 899, "writes more than the text has"),
    ],
)  # fmt: skip
def test_one_that_does_not_keep_the_laws_is_left_out_and_named(
    rule: Rule, text: str, why: str
) -> None:
    result = cleaned(f"{text} An E-mail.It came.", rule, E_MAIL)
    (warning,) = result.record.warnings
    assert warning.startswith("house.x was left out of this document: ")
    assert why in warning
    assert result.text == f"{text} An Email. It came."
    assert {fix.rule for fix in result.fixes} == {"house.e-mail", "missing-space-after-sentence"}


def test_together_they_have_a_time_that_does_not_grow_with_their_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(house, "EACH", 0.3)
    monkeypatch.setattr(house, "ALL", 1.0)
    slow = [house_rule(f"x{n}", f"(?:{n}|){SLOW}", message="m") for n in range(50)]
    started = process_time()
    result = cleaned(f"{ROW} An E-mail.It came.", *slow, E_MAIL)
    assert process_time() - started < 10
    assert result.text == f"{ROW} An E-mail. It came."
    assert result.record.warnings[-1].startswith(
        "house was left out of this document: they take longer than 1 s together"
    )


def test_examples_are_held_against_what_it_does() -> None:
    rule = house_rule(
        "x", "colou?r", replacement="colour", fixes=[("color", "colour"), ("hue", "colour")], leaves=["color", "colour"]
    )  # fmt: skip
    assert [(f.kind, f.text, f.came) for f in failures(rule)] == [
        ("suggests", "hue", "hue"),
        ("leaves", "color", "colour"),
    ]
    points = house_rule(
        "x", "a+", message="m", finds=[("baa", "aa"), ("b", "b")], leaves=["a", "b"]
    )
    assert [(f.kind, f.text) for f in failures(points)] == [("finds", "b"), ("leaves", "a")]
    (failure,) = failures(house_rule("x", "a", replacement="aa", fixes=[("a", "aa")]))
    assert "it would change again" in failure.came


def test_it_goes_to_workers_and_comes_as_it_was() -> None:
    used = Registry((E_MAIL,))
    cleaned("An e-mail.", *used.added)
    assert pickle.loads(pickle.dumps(used)) == used
