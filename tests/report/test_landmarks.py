"""Tags of translations are told one by one, lists are as deep as they are, and the columns of a table stand under one another."""

from __future__ import annotations

import pytest

from mtclean.formats import NO_CHOICES, html, markdown, po, xliff
from mtclean.formats.layout import Layout
from mtclean.report.landmarks import items, shapes, tags


def of_target(target: str) -> list[str]:
    file = (
        '<xliff version="1.2"><file original="a" source-language="en" target-language="de"><body><trans-unit id="1">'
        f"<source>A house.</source><target>{target}</target></trans-unit></body></file></xliff>"
    )
    return [tag.words for tag in tags(xliff.read({"": file}, NO_CHOICES))]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ('Ein <g id="1">Haus</g>.', ['<g id="1">', "</g>"]),
        ('Ein <g id="1"><g id="2">Haus</g></g>.', ['<g id="1">', '<g id="2">', "</g>", "</g>"]),
        (
            'Ein <ph id="source7" dataRef="source7" canCopy="no"/>Haus.',
            ['<ph id="source7" …>'],
        ),
        (f'Ein <g {"x" * 40}="1">Haus</g>.', ["<g …>", "</g>"]),
        # what is around all of a text is the file's
        ('<g id="1">Ein Haus.</g>', []),
    ],
)
def test_each_tag_is_told(target: str, words: list[str]) -> None:
    assert of_target(target) == words


def test_what_is_no_tag_is_not_told() -> None:
    """A catalogue's text goes on in another pair of quotation marks, which are no tags."""
    catalogue = 'msgid "A\\nb"\nmsgstr ""\n"Eins\\n"\n"zwei"\n'
    layout = po.read({"": catalogue}, NO_CHOICES)
    assert layout.view == "Eins\nzwei"
    assert not list(tags(layout))


DEEP = "\u2003\u2003"


@pytest.mark.parametrize(
    "layout",
    [
        markdown.read(
            {"": "- One here\n  - Two here\n    - Three here\n  - Two again\n- Back here\n"},
            NO_CHOICES,
        ),
        html.read(
            {
                "": "<ul><li>One here<ol><li>Two here<ul><li>Three here</li></ul></li>"
                "<li>Two again</li></ol></li><li>Back here</li></ul>"
            },
            NO_CHOICES,
        ),
    ],
    ids=["markdown", "html"],
)
def test_items_are_as_deep_as_their_lists(layout: Layout) -> None:
    depths = [mark.words.count(DEEP) for mark in items(layout)]
    assert depths == [0, 1, 2, 1, 0]


def test_a_list_after_a_heading_begins_anew() -> None:
    file = "- One here\n  - Two here\n\n# Then\n\n  - One again\n"
    marks = [mark.words for mark in items(markdown.read({"": file}, NO_CHOICES))]
    assert marks == ["-", f"{DEEP}-", "-"]


@pytest.mark.parametrize(
    "layout",
    [
        markdown.read(
            {"": "| | What | Price |\n|-|-|-|\n| Monday | A boat | 12 |\n| Friday | | 9 |\n"},
            NO_CHOICES,
        ),
        html.read(
            {
                "": "<table><tr><td></td><th>What</th><th>Price</th></tr>\n<tr><td>Monday</td><td>A boat</td>"
                "<td>12</td></tr>\n<tr><td>Friday</td>\n<td></td><td>9</td></tr></table>"
            },
            NO_CHOICES,
        ),
    ],
    ids=["markdown", "html"],
)
def test_a_cell_without_a_text_has_its_place(layout: Layout) -> None:
    found = [(shape.name, shape.words) for shape in shapes(layout) if shape.name != "spare"]
    first, one, two = ("column t6", "\t│ "), ("column t6", "\t│"), ("column t6", "\t│\t│")
    assert sorted(found) == sorted([first, one, ("line", ""), one, one, ("line", ""), two])


def test_wide_cells_stand_side_by_side_without_columns() -> None:
    cell = "It waits for the train from town, as it always does. " * 2
    layout = markdown.read({"": f"| A | B |\n|-|-|\n| {cell}| {cell}|\n"}, NO_CHOICES)
    assert {shape.name for shape in shapes(layout)} == {"column", "line", "spare"}
