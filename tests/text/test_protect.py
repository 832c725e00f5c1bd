"""Nothing inside a URL, an address, a path, code or a placeholder may change."""

from __future__ import annotations

import pytest

from mtclean.text import Span
from mtclean.text.protect import free_entities, protected_spans


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "See https://example.org/a--b?q=1&y=a..b#frag now.",
            ["https://example.org/a--b?q=1&y=a..b#frag"],
        ),
        ("See https://example.org/a.", ["https://example.org/a"]),
        ("Go to www.example.org.The next one", ["www.example.org"]),
        ("Mail first.last+tag@example.co.uk, please", ["first.last+tag@example.co.uk"]),
        ("Mail me@example.org.Thank you", ["me@example.org"]),
        (r"Open C:\texts\new .", [r"C:\texts\new"]),
        ("Run `pip install  x` now", ["`pip install  x`"]),
        ("```\na  ,b\n```\n", ["```\na  ,b\n```"]),
        ("``Come,'' she said. ``Now.''", []),
        ("`` Come , '' she said . `` Now . ''", []),
        ("Write ``x = '' or y`` and `` ` '' `` there.", ["``x = '' or y``", "`` ` '' ``"]),
        (
            "Hello %(name)s, {count} of ${HOME} __NUM0__",
            ["%(name)s", "{count}", "${HOME}", "__NUM0__"],
        ),
        ("It is <b>bold</b> &amp; so", ["<b>", "</b>", "&amp;"]),
        (
            "See {fig:one,fig:two} and {low,mid,high} levels",
            ["{fig:one,fig:two}", "{low,mid,high}"],
        ),
        ('A frame |^|"""""""|^| of it', ['"""""""']),
        ("%1이 %2(으)로 바뀌었습니다.", ["%1", "%2"]),
        ("It grew by %5 or %6, %5in all and %50.", ["%5", "%6"]),
        ("Plain prose, 50% of it; and so on.", []),
    ],
)
def test_finds(text: str, kept: list[str]) -> None:
    assert [text[slice(*span)] for span in protected_spans(text)] == kept


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ("R&amp;D costs &euro;5", ["&amp;", "&euro;"]),
        ("See https://example.org/?a=1&amp;b=2 &amp; more", ["&amp;"]),
        ("`a &amp;&amp; b` and <i title='&quot;'>", []),
        ("Plain prose & more; of it", []),
    ],
)
def test_an_entity_in_prose_may_give_way_as_a_whole(text: str, free: list[str]) -> None:
    assert [text[slice(*span)] for span in sorted(free_entities(text))] == free


def test_an_entity_the_house_protects_stays() -> None:
    assert not free_entities("R&amp;D", [Span(2, 5)])
