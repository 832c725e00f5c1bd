"""Tags of translations are told one by one, by as much of each as tells it from the others."""

from __future__ import annotations

import pytest

from mtclean.formats import NO_CHOICES, po, xliff
from mtclean.report.landmarks import tags


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
