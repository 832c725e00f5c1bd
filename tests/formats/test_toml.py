"""TOML: texts are read in every way a string can be written, by the path that Python's own reader has for them."""

from __future__ import annotations

import pytest

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from mtclean.formats import Choices, Layout, toml_
from mtclean.formats.format import NO_CHOICES, NotChosen
from mtclean.text import Edit

ALL = Choices(fields=("*",))
GATES = r'''# The gate ,messages = "no"
title = "It is \"shut\" ,they say \u2019"
[gate.'of the town']
path = 'C:\gate'
long = """
First
second \
   goes on ""so"" """
since = 1979-05-27T07:32:00Z
wide = 3.5
ways = ["one", [ "two", 'three' ],  # "no"
  "four", ]
inside = { a = "five", b.c = 'six', n = [1, 2] }
[[door]]
name = "front"
[[door.lock]]
name = "iron"
[[door]]
name = "back"
'''


def layout_of(text: str, choices: Choices = ALL) -> Layout:
    layout = toml_.FORMAT.read({"": text}, choices)
    assert layout.written([]) == {"": text}
    return layout


def texts(layout: Layout) -> dict[str, str]:
    return {s.key: layout.view[slice(*s.view)] for s in layout.segments}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_strings_by_their_paths(end: str) -> None:
    layout = layout_of(GATES.replace("\n", end))
    assert not layout.remarks
    assert texts(layout) == {
        "title": 'It is "shut" ,they say ’',
        "gate.of the town.path": r"C:\gate",
        "gate.of the town.long": 'First\nsecond goes on ""so"" ',
        "gate.of the town.ways[0]": "one",
        "gate.of the town.ways[1][0]": "two",
        "gate.of the town.ways[1][1]": "three",
        "gate.of the town.ways[2]": "four",
        "gate.of the town.inside.a": "five",
        "gate.of the town.inside.b.c": "six",
        "door[0].name": "front",
        "door[0].lock[0].name": "iron",
        "door[1].name": "back",
    }


@pytest.mark.parametrize(
    ("behind", "put_in", "written"),
    [
        ("they say", ' "\\', r'they say \"\\ \u2019"'),
        ("C:", "it's", r'''path = "C:it's\\gate"'''),
        ("C:", '"', r"""path = 'C:"\gate'"""),
        ("First", '"""', r"First\"\"\""),
    ],
)
def test_what_is_put_in_is_written_as_its_place_wants_it(
    behind: str, put_in: str, written: str
) -> None:
    layout = layout_of(GATES)
    at = layout.view.index(behind) + len(behind)
    assert written in layout.written([Edit(at, at, put_in)])[""]


def test_messages_need_no_choice_and_settings_do() -> None:
    messages = "".join(f'[m{n}]\none = "One open gate"\nother = "Many gates"\n' for n in range(6))
    assert len(texts(layout_of(messages, NO_CHOICES))) == 12
    short = (
        '[tags]\ndescription = "On a page"\none = "Tag"\nother = "Tags"\n[next]\nother = "Next"\n'
    )
    assert texts(layout_of(short, NO_CHOICES)).keys() == {"tags.one", "tags.other", "next.other"}
    with pytest.raises(NotChosen, match="which fields are prose"):
        toml_.FORMAT.read({"": GATES}, NO_CHOICES)
    assert texts(layout_of(GATES, Choices(fields=("title",)))).keys() == {"title"}


@pytest.mark.parametrize("text", ["a = ", 'a = "', "a = " + "[" * 100_000, "[a\n", "a b = 1"])
def test_what_is_no_toml_is_said_in_a_line(text: str) -> None:
    with pytest.raises(DocumentProblem, match="TOML") as caught:
        laid_out("t", text.encode(), toml_.FORMAT, ALL)
    assert "\n" not in str(caught.value)
