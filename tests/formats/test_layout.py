"""The way from the view back into the file: what is changed is changed there, and nothing else is."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mtclean.formats import Builder, Layout
from mtclean.formats.layout import BETWEEN
from mtclean.text import Edit, Span
from mtclean.text.trail import apply
from tests.formats.laws import may

# A small language of its own: [segments], <tags> without width, {things} that are no prose, &amp;.
TOKENS = re.compile(r"<\w>|\{\w\}|&amp;|[^<{&\]]+")
SEGMENT = re.compile(r"\[([^\]]*)\]")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;")


def laid_out(source: str) -> Layout:
    builder = Builder(source)
    for number, segment in enumerate(SEGMENT.finditer(source)):
        for token in TOKENS.finditer(segment[1]):
            start, end = (segment.start(1) + at for at in token.span())
            if token[0] == "&amp;":
                builder.whole("&", start, end)
            elif token[0].startswith("{"):
                builder.fixed(token[0], start, end)
            elif not token[0].startswith("<"):
                builder.verbatim(start, end)
        builder.end_segment(f"unit {number}", Span(*segment.span(1)), escape=escaped)
    return builder.layout()


tokens = st.sampled_from(["a", "b.", " ", "c,d", "  ", "<b>", "<i>", "{x}", "{y}", "&amp;"])
segments = st.lists(tokens, max_size=8).map(lambda parts: "[" + "".join(parts) + "]")
sources = st.lists(segments, max_size=5).map("|\n".join)
replacements = st.text("ab .&", max_size=3)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, Layout, list[Edit]]:
    source = draw(sources)
    layout = laid_out(source)
    places = st.integers(0, len(layout.view))
    cuts = sorted(draw(st.lists(places, max_size=8, unique=True)))
    edits = [Edit(a, b, draw(replacements)) for a, b in pairwise(cuts)][::2]
    edits += [Edit(a, a, draw(replacements)) for a in cuts[-1:]]
    return source, layout, [edit for edit in edits if may(layout, edit)]


@given(sources)
def test_without_an_edit_the_file_stays(source: str) -> None:
    assert laid_out(source).written([]) == {"": source}


@given(edited())
def test_what_is_read_again_is_what_was_made(case: tuple[str, Layout, list[Edit]]) -> None:
    _, layout, edits = case
    written = layout.written(edits)[""]
    # A segment that nothing is left of is no segment any more.
    again = [s for s in laid_out(written).view.split(BETWEEN) if s]
    assert again == [s for s in apply(layout.view, edits).split(BETWEEN) if s]


@given(edited())
def test_nothing_but_prose_changes(case: tuple[str, Layout, list[Edit]]) -> None:
    source, layout, edits = case
    written = layout.written(edits)[""]
    rest = re.compile(r"<\w>|\{\w\}|\]\|?\n?\[?")
    assert rest.findall(written) == rest.findall(source)


@given(sources, st.data())
def test_every_place_of_the_view_has_one_in_the_file(source: str, data: st.DataObject) -> None:
    layout = laid_out(source)
    if not layout.view:
        return
    at = data.draw(st.integers(0, len(layout.view) - 1))
    if any(fixed.start <= at < fixed.end for fixed in layout.fixed):
        return
    part, place = layout.source_at(at)
    assert part == ""
    assert source[place] == layout.view[at]


def test_an_edit_over_a_tag_is_split() -> None:
    layout = laid_out("[one ,<b>two]")
    assert layout.view == "one ,two"
    assert layout.written([Edit(3, 5, ", ")])[""] == "[one, <b>two]"


def test_an_insertion_at_a_tag_goes_to_the_text_before_it() -> None:
    assert laid_out("[one.<b>Two]").written([Edit(4, 4, " ")])[""] == "[one. <b>Two]"
    assert laid_out("[<b>Two]").written([Edit(0, 0, "“")])[""] == "[<b>“Two]"


def test_a_field_is_finished_once_all_is_written() -> None:
    source = "one,two three,four"
    builder = Builder(source)

    for start, end in ((0, 3), (4, 13), (14, 18)):
        builder.verbatim(start, end)
        builder.end_segment("", finish=_quoted)
    layout = builder.layout()
    at = layout.view.index(" three")
    assert layout.written([Edit(at, at, ",")])[""] == 'one,"two, three",four'


def _quoted(field: str) -> str:
    return f'"{field}"' if "," in field else field
