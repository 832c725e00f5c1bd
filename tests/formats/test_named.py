"""The language of a file by its name, where it has no other."""

from __future__ import annotations

import json

import pytest

from mtclean.documents.document import laid_out
from mtclean.formats import Choices
from mtclean.formats.languages import language_named
from mtclean.formats.registry import BY_NAME
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options

CATALAN = (
    "La porta és tancada i ningú no té la clau. El guardià se n’ha anat a casa amb la seva filla."
)
ENGLISH = "The gate is shut and nobody has the key. The keeper has gone home with his daughter."


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("app/res/values-oc/strings.xml", "oc"),
        ("values-pt-rBR/strings.xml", "pt"),
        ("values-b+sr+Latn/strings.xml", "sr"),
        ("values-ast/strings.xml", "ast"),
        ("values-car/strings.xml", ""),
        ("values-night/strings.xml", ""),
        ("values-v21/strings.xml", ""),
        ("values/strings.xml", ""),
        ("App/zh-Hans.lproj/Localizable.strings", "zh"),
        ("Base.lproj/Localizable.strings", ""),
        ("locales/oc-FR.json", "oc"),
        ("pt_BR.po", "pt"),
        ("my-own.json", ""),
        ("a/draft_de-AT.json", ""),
        ("no.json", ""),
        ("l10n/app_oc.arb", "oc"),
        ("Messages_pt_BR.properties", "pt"),
        ("no.properties", ""),
        ("Strings.zh-Hans.resx", "zh"),
        ("Strings.resx", ""),
    ],
)
def test_a_name_says_a_language(name: str, language: str) -> None:
    assert language_named(name) == language


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("oc-FR.json", CATALAN, "oc"),
        ("ca-ES.json", CATALAN, "ca"),
        ("my-own.json", CATALAN, "ca"),
        ("oc-FR.json", ENGLISH, "en"),
        ("oc-FR.json", "1", "oc"),
    ],
)
def test_it_holds_where_the_words_are_no_english(name: str, text: str, language: str) -> None:
    document = laid_out(
        name, json.dumps({"a": text}).encode(), BY_NAME["json"], Choices(fields=("a",))
    )
    assert draft(document, Options()).language == language
