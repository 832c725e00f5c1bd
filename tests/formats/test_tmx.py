"""TMX: the texts of one target language of a memory."""

from __future__ import annotations

from mtclean.formats import NO_CHOICES, Choices
from mtclean.formats.layout import BETWEEN
from mtclean.formats.tmx import FORMAT


def unit(**texts: str) -> str:
    tuvs = (f'<tuv xml:lang="{k}"><seg>{v}</seg></tuv>' for k, v in texts.items())
    return f"<tu>{''.join(tuvs)}</tu>"


MEMORY = (
    '<tmx version="1.4"><header srclang="en"/><body>'
    + unit(en="Gate", de="Das <hi>Tor</hi>", fr="Porte")
    + unit(en="Bridge", de="Brücke")
    + "</body></tmx>"
)


def test_the_language_with_most_texts_is_read_and_the_others_are_named() -> None:
    layout = FORMAT.read({"": MEMORY}, NO_CHOICES)
    assert layout.view == f"Das Tor{BETWEEN}Brücke"
    assert [s.original for s in layout.segments] == ["Gate", "Bridge"]
    assert layout.remarks == ("de is read, and 1 texts in other languages are not: fr.",)
    assert layout.written([]) == {"": MEMORY}


def test_a_language_may_be_chosen() -> None:
    assert FORMAT.read({"": MEMORY}, Choices(language="fr")).view == "Porte"
