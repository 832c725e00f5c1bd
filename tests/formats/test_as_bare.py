"""What is put right in a bare text is put right in every format, over marks that have no width, too."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from xml.sax.saxutils import escape

import pytest

from mtclean.documents import document
from mtclean.documents.document import Document, laid_out
from mtclean.formats import Choices
from mtclean.formats.layout import BETWEEN, Kind, Piece
from mtclean.formats.registry import BY_NAME
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.text.model import Span
from tests.formats.test_epub import book, page
from tests.formats.test_odt import STYLES, odt
from tests.formats.word import run, word

TEXTS = [
    "The gate was [shut.]It was late in the day, and nobody came.",
    "They saw the [keeper] ,who had the key of the gate.",
    "It was the [the] end of the war, they said at last.",
    "“Come [back,”]she said to the man at the old gate.",
    "The keeperâ€™s [daughter] had the key of the gate.",
    "They had [bread，cheese] and water for the whole day.",
    "It stood [open ]. Nobody knew who had been there that night.",
    "He said : “It is [late].“ Then he went back to the town.",
    "It grew [fast.Then] it fell, and the whole town saw it.",
]
"""Each with a fault at a word that stands between marks."""


def bare(text: str) -> str:
    return text.replace("[", "").replace("]", "")


def marked(before: str, behind: str, text: str) -> str:
    return escape(text).replace("[", before).replace("]", behind)


def _cues(text: str) -> str:
    """A cue of two lines, with a break behind the fifth word."""
    words = text.replace("[", "<i>").replace("]", "</i>").split(" ")
    return (
        "1\n00:00:01,000 --> 00:00:02,000\n"
        + " ".join(words[:5])
        + "\n"
        + " ".join(words[5:])
        + "\n"
    )


def _runs(text: str) -> str:
    before, _, rest = text.partition("[")
    inside, _, behind = rest.partition("]")
    pieces = [(before, ""), (inside, "<w:b/>"), (behind, "")]
    return "<w:p>" + "".join(run(escape(t), look) for t, look in pieces) + "</w:p>"


def _bold(text: str) -> str:
    return marked("<b>", "</b>", text)


_CODE = ("<g id='1'>", "</g>")
_SPAN = ('<text:span text:style-name="T3">', "</text:span>")
MAKE: dict[str, Callable[[str], str | bytes]] = {
    "android": lambda t: f'<resources><string name="a">{_bold(t)}</string></resources>',
    "asciidoc": lambda t: t.replace("[", "\0").replace("]", "[[b]]").replace("\0", "[[a]]") + "\n",
    "csv": lambda t: f'id,text\n1,"{bare(t)}"\n',
    "docx": lambda t: word(_runs(t)),
    "epub": lambda t: book(page(f"<p>{_bold(t)}</p>")),
    "fluent": lambda t: f"a = {bare(t)}\n",
    "html": lambda t: f"<p>{_bold(t)}</p>",
    "json": lambda t: json.dumps({"text": bare(t)}),
    "markdown": lambda t: t.replace("[", "<b>").replace("]", "</b>") + "\n",
    "mdx": lambda t: t.replace("[", "<b>").replace("]", "</b>") + "\n",
    "odt": lambda t: odt(f"<text:p>{marked(*_SPAN, t)}</text:p>"),
    "po": lambda t: 'msgid "a"\nmsgstr ""\n"' + t.replace("[", "").replace("]", '"\n"') + '"\n',
    "properties": lambda t: f"text = {bare(t)}\n",
    "qt": lambda t: (
        f"<TS><message><source>a</source><translation>{escape(bare(t))}</translation></message></TS>"
    ),
    "resx": lambda t: f'<root><data name="a"><value>{escape(bare(t))}</value></data></root>',
    "rst": lambda t: t.replace("[", "\\ ").replace("]", "\\ ") + "\n",
    "strings": lambda t: f'"a" = "{bare(t)}";\n',
    "subs": _cues,
    "toml": lambda t: f'text = "{bare(t)}"\n',
    "tmx": lambda t: (
        '<tmx version="1.4"><header srclang="de"/><body><tu><tuv xml:lang="de"><seg>x</seg></tuv>'
        f'<tuv xml:lang="en"><seg>{marked("<hi>", "</hi>", t)}</seg></tuv></tu></body></tmx>'
    ),
    "tsv": lambda t: f"id\ttext\n1\t{bare(t)}\n",
    "xliff": lambda t: (
        '<xliff version="1.2"><file source-language="de" target-language="en"><body><trans-unit id="a"><source>x</source>'
        f'<target>{marked(*_CODE, t)}</target></trans-unit></body></file></xliff>'
    ),
    "yaml": lambda t: f"text: {json.dumps(bare(t), ensure_ascii=False)}\n",
}  # fmt: skip
CHOICES = Choices(columns=("text",), fields=("text",))


_NO_HEADER = STYLES.replace("Above ,all", "")
APART = [
    ["They said that the", "the gate was shut at last."],
    ["It was late", ", and nobody came to the gate."],
    ["He said : “It is late.", "Nobody came to the gate.“"],
]
"""Together each pair has a fault, and neither text has one."""
OF_TWO: dict[str, Callable[[str, str], str | bytes]] = {
    "android": lambda a, b: (
        f'<resources><string name="a">{a}</string><string name="b">{b}</string></resources>'
    ),
    "asciidoc": lambda a, b: f"* {a}\n* {b}\n",
    "csv": lambda a, b: f'id,text\n1,"{a}"\n2,"{b}"\n',
    "docx": lambda a, b: word(f"<w:p>{run(a)}</w:p><w:p>{run(b)}</w:p>"),
    "html": lambda a, b: f"<table><tr><td>{a}</td><td>{b}</td></tr></table>",
    "json": lambda a, b: json.dumps({"text": [a, b]}, ensure_ascii=False),
    "markdown": lambda a, b: f"| {a} | {b} |\n|---|---|\n| a | b |\n",
    "odt": lambda a, b: odt(
        f"<text:p>{a}</text:p><text:p>{b}</text:p>", **{"styles.xml": _NO_HEADER}
    ),
    "po": lambda a, b: f'msgid "a"\nmsgstr "{a}"\n\nmsgid "b"\nmsgstr "{b}"\n',
    "rst": lambda a, b: f".. list-table::\n\n   * - {a}\n     - {b}\n",
    "strings": lambda a, b: f'"a" = "{a}";\n"b" = "{b}";\n',
    "xliff": lambda a, b: (
        '<xliff version="1.2"><file source-language="de" target-language="en"><body>'
        + "".join(
            f'<trans-unit id="a"><source>x</source><target>{t}</target></trans-unit>'
            for t in (a, b)
        )
        + "</body></file></xliff>"
    ),
    "yaml": lambda a, b: (
        f"text:\n- {json.dumps(a, ensure_ascii=False)}\n- {json.dumps(b, ensure_ascii=False)}\n"
    ),
}


def cleaned(document: Document) -> bytes:
    options = Options(grammar=False, language="en")
    return cleaned_bytes(detect_artifacts(normalize(draft(document, options))))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", sorted(MAKE))
def test_what_is_mended_in_a_bare_text_is_mended_in_every_format(name: str, text: str) -> None:
    want = cleaned(document("t", bare(text).encode(), is_text=True)).decode()
    assert want != bare(text)
    made = MAKE[name](text)
    data = made if isinstance(made, bytes) else made.encode()
    again = laid_out(
        "t", cleaned(laid_out("t", data, BY_NAME[name], CHOICES)), BY_NAME[name], CHOICES
    )
    assert again.text.split(BETWEEN)[0] == want


@pytest.mark.parametrize("texts", APART)
@pytest.mark.parametrize("name", sorted(OF_TWO))
def test_no_rule_of_a_sentence_looks_over_the_end_of_a_text(name: str, texts: list[str]) -> None:
    """What is a fault in one text is none in two that stand one behind the other."""
    one = cleaned(document("t", " ".join(texts).encode(), is_text=True)).decode()
    assert one != " ".join(texts)
    made = OF_TWO[name](*texts)
    data = made if isinstance(made, bytes) else made.encode()
    assert cleaned(laid_out("t", data, BY_NAME[name], CHOICES)) == data


@pytest.mark.parametrize("name", sorted(OF_TWO))
def test_white_space_at_the_ends_of_a_text_is_the_files(name: str) -> None:
    made = OF_TWO[name]("  The gate is shut. ", "\u00a0 Nobody has the key.  ")
    data = made if isinstance(made, bytes) else made.encode()
    assert cleaned(laid_out("t", data, BY_NAME[name], CHOICES)) == data


@pytest.mark.parametrize(
    "name", sorted(OF_TWO.keys() - {"asciidoc", "docx", "html", "markdown", "odt", "rst"})
)
def test_a_message_of_icu_is_not_read_and_what_stands_beside_it_is(name: str) -> None:
    message = "{count, plural, one {The gate ,shut} other {# gates ,shut}}"
    made, want = (OF_TWO[name](message, text) for text in ("The gate ,shut.", "The gate, shut."))
    assert isinstance(made, str)
    assert cleaned(laid_out("t", made.encode(), BY_NAME[name], CHOICES)).decode() == want


@pytest.mark.parametrize("name", sorted(OF_TWO))
def test_what_falls_falls_as_a_whole(name: str) -> None:
    """Of two marks one stands where nothing may be changed: the other stays as it is, too."""
    texts = ["”The gate“ is shut, and “nobody” has the key.", "The gate, too."]
    made = OF_TWO[name](*texts)
    data = made if isinstance(made, bytes) else made.encode()
    whole = laid_out("t", data, BY_NAME[name], CHOICES)
    layout = whole.layout
    assert layout is not None
    assert "“The gate”" in laid_out("t", cleaned(whole), BY_NAME[name], CHOICES).text
    at = layout.view.index("“ is")
    pieces = [cut for piece in layout.pieces for cut in _without(piece, at)]
    held = replace(whole, layout=replace(layout, pieces=tuple(pieces)))
    assert cleaned(held) == data


def _without(piece: Piece, at: int) -> list[Piece]:
    """*piece* with the character *at* of the view, if it is in it, made fixed."""
    (start, end), source, kind = piece
    if kind is not Kind.VERBATIM or not start <= at < end:
        return [piece]
    cuts = [start, at, at + 1, end]
    shift = source.start - start
    return [
        Piece(Span(a, b), Span(a + shift, b + shift), Kind.FIXED if a == at else kind)
        for a, b in pairwise(cuts)
        if a < b
    ]


def test_every_format_is_among_them() -> None:
    assert MAKE.keys() == BY_NAME.keys() - {"xcstrings"}
