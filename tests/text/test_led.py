"""A pattern that a sign leads finds what it finds without it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.rules.artifacts.markup import _ESCAPE, _RUINED, _TAG
from mtclean.rules.artifacts.torn import _TORN
from mtclean.rules.typography.scans import _L_IN_CAPITALS
from mtclean.text.led import Led
from mtclean.text.protect.inline import _MACRO, _MENTIONED, _QUOTED_VALUES

_LED = [
    *(pattern for pattern, *_ in _TORN if isinstance(pattern, Led)),
    _RUINED,
    _TAG,
    _ESCAPE,
    _MACRO,
    _QUOTED_VALUES,
    _MENTIONED,
    _L_IN_CAPITALS,
]
_PARTS = st.sampled_from(
    (*"![](){}<>:$@%％/\\-^ .\nas1xÂâãпя锟€™\x80\x85\ufffd", "https://", "http : //", "www. ", "</b>", "<!--", "-->",
     "[a] (https://x.org)", "! [a] (b.png)", "www. a. com", " % s", "%1 $s", " : name", "$ 1", "@ : a", "锟斤拷", "[url=a]",
     "{\\i1}", "]]>", "lA", "READlNG", "\\u00e9", "\\n", "\\ud83d\\ude00", "\\begin{", '"a","b"', "'a'.'b'", '""', "“”", "„“", "「」")
)  # fmt: skip


@pytest.mark.parametrize("pattern", _LED, ids=lambda led: led.whole.pattern[:30])
@given(st.lists(_PARTS, max_size=20).map("".join))
def test_finds_what_it_finds_without_its_sign(pattern: Led, text: str) -> None:
    found = [match.span() for match in pattern.finditer(text)]
    assert found == [match.span() for match in pattern.whole.finditer(text)]


def test_begins_behind_the_match_before() -> None:
    pattern = Led.by("a", "(?<!b)a+")
    assert [m.span() for m in pattern.finditer("aa baa a")] == [
        m.span() for m in re.finditer("(?<!b)a+", "aa baa a")
    ]
