"""Where things are in XML: tags as expat tells of them, each at its place, and nothing left out between them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mtclean.formats import xml
from mtclean.formats.format import Unreadable
from mtclean.formats.xml import Event, Kind, events
from tests.test_scaling import lines_run

PROLOGS = [
    "",
    "\ufeff",
    '<?xml version="1.0"?>\n',
    "<!-- <a> é -->",
    '<!DOCTYPE r SYSTEM "r.dtd">',
    '<!DOCTYPE r [<!ATTLIST r z CDATA "<q>"> <!-- ]> <r> -->]>',
]
MARKS = [
    "<a>", "</a>", "<a/>", '<b x="1"/>', "<n:c n:d='/>' xml:e=\"2\">", "</n:c>", "<a\n f = '\">'\r\n>", "</a >",
    "t é中😀", " ", "\r\n", ">", '"', "/>", "]]", "&amp;", "&#233;", "&x;", "<!-- > <a> -->", "<!-->-->", "<?p <a> ?>",
    "<![CDATA[", "<a>]]>", "<![CDATA[]]>",
]  # fmt: skip


def met(source: str) -> list[Event]:
    """What is in *source*; nothing where it is not read."""
    try:
        return list(events(source))
    except Unreadable:
        return []


@given(st.sampled_from(PROLOGS), st.lists(st.sampled_from(MARKS), max_size=9).map("".join))
@example(PROLOGS[4], "&x;<![CDATA[<a>]]>t<a/>")
def test_events_follow_one_another_and_tags_are_where_they_begin(prolog: str, body: str) -> None:
    source = f"{prolog}<r>{body}</r>\n<!-- <z/> -->"
    found = met(source)
    for before, after in pairwise(found):
        assert before.end == after.start
    for event in found:
        written = source[event.start : event.end]
        is_short = event.kind is Kind.END and not written  # of <a/>
        name = f"{event.prefix}:{event.name}".removeprefix(":")
        if event.kind is Kind.START:
            assert written.startswith(f"<{name}")
            assert written.endswith(">")
        elif event.kind is Kind.END and not is_short:
            assert written.startswith(f"</{name}")
            assert written.endswith(">")
        elif event.kind is Kind.TEXT:
            assert "<" not in written
    assert found or is_refused_elsewhere(source)


def is_refused_elsewhere(source: str) -> bool:
    """Whether another reader of XML refuses *source*; it wants prefixes to be declared."""
    try:
        ET.fromstring(source.replace("n:c", "nc").replace("n:d", "nd").removeprefix("\ufeff"))
    except ET.ParseError:
        return True
    return False


@given(st.lists(st.sampled_from(MARKS), max_size=9).map("".join), st.integers(1, 20))
def test_it_does_not_matter_in_what_chunks_expat_gets_the_file(body: str, size: int) -> None:
    source = f"<!DOCTYPE r SYSTEM 'r.dtd'><r>é{body}</r>"
    whole = met(source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xml, "_CHUNK", size)
        assert met(source) == whole


def test_what_a_tag_says_is_told_without_prefixes() -> None:
    (begin, _) = events("<n:a n:b='&lt;1>' xml:lang=\"de\"/>")
    assert (begin.name, begin.prefix) == ("a", "n")
    assert begin.attributes == {"b": "<1>", "xml:lang": "de"}


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<a><b></a>", "line 1: mismatched tag"),
        ("<a>\n&x;</a>", "line 2: undefined entity"),
        ("<a>\n" + "<b>" * 300, "line 2: there are over 200 elements in one another"),
        ("<!DOCTYPE a [\n<!ENTITY x 'y'>]><a>&x;</a>", "line 2: it declares entities"),
        ("", "line 1: no element found"),
    ],
)
def test_what_comes_first_is_said(source: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        list(events(source))


@pytest.mark.parametrize("end", ["</a>", "<", "&", "<!--", "<b c='", "]]>"])
@pytest.mark.parametrize(
    "bait", ["&amp;", "&#8217;", "<b/>", "<b>c</b>", "<!-- -->", "<![CDATA[c]]>", "<?c?>", "<b c='&lt;'/>", "c "]
)  # fmt: skip
def test_baits_take_twice_the_time_for_twice_the_file(bait: str, end: str) -> None:
    def read(size: int) -> None:
        with suppress(Unreadable):
            list(events(f"<a>{bait * size}{end}"))

    once, twice = (lines_run(lambda size=size: read(size)) for size in (1_000, 2_000))
    assert twice < max(2_000, 2.3 * once)
