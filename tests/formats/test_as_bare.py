"""What is put right in a bare text is put right in every format, over marks that have no width, too."""

from __future__ import annotations

import json
from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest

from mtclean.documents import document
from mtclean.documents.document import Document, laid_out
from mtclean.formats import Choices
from mtclean.formats.layout import BETWEEN
from mtclean.formats.registry import BY_NAME
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import detect_artifacts, normalize
from tests.formats.test_epub import book, page
from tests.formats.test_odt import odt
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
    "csv": lambda t: f'id,text\n1,"{bare(t)}"\n',
    "docx": lambda t: word(_runs(t)),
    "epub": lambda t: book(page(f"<p>{_bold(t)}</p>")),
    "html": lambda t: f"<p>{_bold(t)}</p>",
    "json": lambda t: json.dumps({"text": bare(t)}),
    "markdown": lambda t: t.replace("[", "<b>").replace("]", "</b>") + "\n",
    "mdx": lambda t: t.replace("[", "<b>").replace("]", "</b>") + "\n",
    "odt": lambda t: odt(f"<text:p>{marked(*_SPAN, t)}</text:p>"),
    "po": lambda t: 'msgid "a"\nmsgstr ""\n"' + t.replace("[", "").replace("]", '"\n"') + '"\n',
    "qt": lambda t: (
        f"<TS><message><source>a</source><translation>{escape(bare(t))}</translation></message></TS>"
    ),
    "strings": lambda t: f'"a" = "{bare(t)}";\n',
    "subs": _cues,
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


def test_every_format_is_among_them() -> None:
    assert MAKE.keys() == BY_NAME.keys() - {"xcstrings"}
