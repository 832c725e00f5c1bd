"""YAML: texts are read however they are written, and all that is around them stays."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from mtclean.formats import Choices, Layout
from mtclean.formats.layout import BETWEEN
from mtclean.formats.yaml_ import FORMAT
from mtclean.text import Edit

MESSAGES = r"""# The gate ,app
en:
  gate: &gate
    plain: It is shut ,said "Ann" so
    folded: It is a text
      that goes on

      and on # no prose ,it is
    single: 'It''s so
      long'
    double: "It is \"so\"\n\u2019 and \
      on \x41"
    literal: |
      One line

      and another
        deeper
    narrow: >-
      One line
      goes on

      and stops
    deeper: >
      One
        line
    count: 12
    yes: true
    nothing: ~
    day: 2020-01-02
    tagged: !ruby/regexp /a ,b/
    list: [one so, "three: 4", {a: b}]
    items:
    - first
    - {text: 'second'}
  again: *gate
"""
ALL = Choices(fields=("*",))


def layout_of(text: str, choices: Choices = ALL) -> Layout:
    layout = FORMAT.read({"": text}, choices)
    assert layout.written([]) == {"": text}
    return layout


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_is_prose(end: str) -> None:
    layout = layout_of(MESSAGES.replace("\n", end), Choices())
    found = {s.label.removeprefix("en.gate."): layout.view[slice(*s.view)] for s in layout.segments}
    assert found == {
        "plain": 'It is shut ,said "Ann" so',
        "folded": "It is a text that goes on\nand on",
        "single": "It's so long",
        "double": 'It is "so"\n’ and on A',
        "literal": "One line\n\nand another\n  deeper",
        "narrow": "One line goes on\nand stops",
        "list[0]": "one so",
        "list[1]": "three: 4",
        "list[2].a": "b",
        "items[0]": "first",
        "items[1].text": "second",
    }
    assert layout.language == "en"
    assert layout.remarks == ("1 text is written in a way that is not read.",)


def test_nothing_is_read_until_fields_are_chosen_unless_the_only_key_is_a_language() -> None:
    text = "server:\n  name: the gate ,so\n  items:\n  - note: x\n"
    with pytest.raises(
        DocumentProblem, match=r"there are 'server.name', 'server.items.note'"
    ) as caught:
        laid_out("t", text.encode(), FORMAT)
    assert caught.value.skipped
    assert layout_of(text, Choices(fields=("note",))).view == "x"
    assert layout_of("pt_BR: {a: b c}\n", Choices()).language == "pt"
    with pytest.raises(DocumentProblem, match=r"db\.a"):
        laid_out("t", b"db: {a: b c}\n", FORMAT)


@pytest.mark.parametrize(
    ("before", "put", "after"),
    [
        ("a: one two", ": ", "a: 'one:  two'"),
        ("a: one two", " #", "a: 'one # two'"),
        ("a: one two", ", it's", "a: one, it's two"),
        ("a: [one two]", ", it's", "a: ['one, it''s two']"),
        ("a: 'one two'", ", it's", "a: 'one, it''s two'"),
        ('a: "one two"', ' "', 'a: "one \\" two"'),
        ("a: |\n  one two\n", ": '\"", "a: |\n  one: '\" two\n"),
    ],
)  # fmt: skip
def test_what_is_put_in_is_written_as_its_place_wants_it(before: str, put: str, after: str) -> None:
    document = laid_out("t", before.encode(), FORMAT, ALL)
    assert document.rewritten([Edit(3, 3, put)]).decode() == after


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "a: b: c",
        "a: 'b",
        "\tb: c",
        "? [a]\n: b",
        "[" * 300,
        "- " * 300,
        "a: *b\nb: @c",
    ],
)
def test_what_is_no_yaml_is_said_in_a_line(text: str) -> None:
    with pytest.raises(DocumentProblem, match="it is not YAML: ") as caught:
        laid_out("t", text.encode(), FORMAT, ALL)
    assert "\n" not in str(caught.value)


texts = st.lists(st.sampled_from(["one", "two ,", " ", "it's", '"so"', "a: b", "# c", "\n", "é", "- d", "\\"]), max_size=6).map("".join)  # fmt: skip


@given(
    st.lists(texts, min_size=1, max_size=4),
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.booleans(),
)
def test_what_another_writes_is_read(said: list[str], style: str | None, flow: bool) -> None:
    written = yaml.dump(
        {"a": said}, default_style=style, default_flow_style=flow, allow_unicode=True, width=20
    )
    layout = layout_of(written)
    expected = [text.strip() for text in said if text.strip()]
    if not layout.remarks:
        assert [layout.view[slice(*s.view)] for s in layout.segments] == expected
        assert BETWEEN.join(expected) == layout.view
