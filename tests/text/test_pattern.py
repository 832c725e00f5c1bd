"""Patterns of the house mean what they mean in Python, and end."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.text import Passage, Span, Style
from mtclean.text.pattern import HousePattern, SlowPattern

TEXT = "Колодин paid § 12a and %{e} to {name} for a{d}, x{1}, x{,2}; Ünal_3 N\u2014{} axx [a{d}]"

PATTERNS = [
    r"\w+", r"\b[А-Я]\w*\b", r"§ ?\d+[a-z]?", r"{\w+}", r"%{e}", r"a{d}", r"x{1,2}", r"x{,2}", r"x{1}", r"{}",
    r"[a{d}]+", r"\N{EM DASH}", r"(?<=\{)\w+", r"(x)\1", r"(?i)ÜNAL", r"(?P<n>x)(?P=n)", r"[]}{]", r"\{\w+\}", "",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_means_what_it_means_in_python(pattern: str) -> None:
    python = [Span(*match.span()) for match in re.finditer(pattern, TEXT) if match.group()]
    assert list(HousePattern(pattern).find(TEXT)) == python


@given(st.text("ab{}1,\\]x", max_size=8))
def test_any_braces_mean_what_they_mean_in_python(pattern: str) -> None:
    try:
        python = [
            Span(*match.span())
            for match in re.finditer(pattern, "ab{1}x{a,} ba{x")
            if match.group()
        ]
    except re.error:
        with pytest.raises(ValueError, match=re.escape(repr(pattern))):
            HousePattern(pattern)
        return
    assert list(HousePattern(pattern).find("ab{1}x{a,} ba{x")) == python


@pytest.mark.parametrize("pattern", ["(", r"\p{L}", "a**", r"\K", "(?R)"])
def test_what_is_none_in_python_is_none(pattern: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(pattern))):
        HousePattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(x+x+)+y", "x" * 5_000),
        ("x*x*x*x*x*[yz]", "x" * 50_000),
    ],
)
def test_no_pattern_takes_for_ever(pattern: str, text: str) -> None:
    started = process_time()
    with pytest.raises(SlowPattern, match=re.escape(repr(pattern))):
        list(HousePattern(pattern).find(text, limit=0.5))
    assert process_time() - started < 10


def test_what_the_house_protects_is_found_once_for_a_passage() -> None:
    passage = Passage("Ana saw § 12 and § 3 at Kolovin.", style=Style(words=frozenset({"Kolovin"}), patterns=(r"§ \d+", r"§ 12 and § 3")))  # fmt: skip
    assert [passage.text[slice(*span)] for span in passage.house] == [
        "§ 12",
        "§ 12 and § 3",
        "§ 3",
        "Kolovin",
    ]
    for word, is_house in {
        "12 and": True,
        "3": True,
        "Kolovin": True,
        "Ana": False,
        "3 at": False,
        "olovin.": False,
    }.items():
        start = passage.text.index(word)
        assert passage.is_house_matter(Span(start, start + len(word))) is is_house


@pytest.mark.parametrize(
    "pattern",
    [
        "a{1000000000}",
        "(?:(?:a{1000}){1000}){1000}",
        "(?:[({]{1000}|x){1000}",
        "((a{2}){2}b{,1000}){,1000}",
        "(?x)(?:a{1000}) {1000}",
        "(?x)[#(](?:a{1000})#\n{1000}",
        "(?x)#[\n(?:a{1000}){1000}#]",
        "(?:a{1000})(?#so){1000}",
        r"(?:\{a{1000}){1000,}",
        "(?:|".join("a" * 1000 for _ in range(101)) + ")" * 100,
    ],
)
def test_no_pattern_takes_all_memory(pattern: str) -> None:
    """*regex* would need gigabytes to compile it; Python's own engine takes each in no time."""
    re.compile(pattern)
    with pytest.raises(ValueError, match="counts too far"):
        HousePattern(pattern)


@pytest.mark.parametrize(
    "pattern", [r"\d{4}-\d{2}-\d{2}", r"(?:\w{1,100} ){1,100}", r"(?x) \d{4} # year", "x{}y{a}"]
)
def test_counts_in_reason_are_fine(pattern: str) -> None:
    assert HousePattern(pattern)
