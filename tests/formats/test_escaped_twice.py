"""Markup and references that are text of a file stay as they are: somebody shows them as what they stand for."""

from __future__ import annotations

import json

import pytest

from mtclean.documents.document import laid_out
from mtclean.formats import Choices
from mtclean.formats.registry import BY_NAME
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import detect_artifacts, normalize

TEXT = "The &lt;b class=&quot;a ,b&quot;&gt;gate&lt;/b&gt; was shut&#39; <i title='c ,d'>they</i> said&nbsp;so ,again."
CLEANED = TEXT.replace("so ,again", "so, again")
MAKE = {
    "csv": lambda text: f'id,text\n1,"{text}"\n',
    "json": lambda text: json.dumps({"text": text}),
    "po": lambda text: f'msgid "a"\nmsgstr "{text}"\n',
    "tsv": lambda text: f"id\ttext\n1\t{text}\n",
    "yaml": lambda text: f"text: {json.dumps(text)}\n",
}


@pytest.mark.parametrize("name", MAKE)
def test_only_the_prose_around_it_is_mended(name: str) -> None:
    make = MAKE[name]
    choices = Choices(columns=("text",), fields=("text",))
    document = laid_out("t", make(TEXT).encode(), BY_NAME[name], choices)
    options = Options(grammar=False, language="en")
    work = detect_artifacts(normalize(draft(document, options)))
    assert cleaned_bytes(work).decode() == make(CLEANED)
