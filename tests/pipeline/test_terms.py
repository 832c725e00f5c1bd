"""A house's terms get from its settings to the pairs, and from nowhere else than it may name."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtclean.documents import Input
from mtclean.pipeline.config import load, overridden
from mtclean.pipeline.draft import read
from mtclean.pipeline.settings import ConfigError, Settings
from mtclean.pipeline.single import through_the_stages
from mtclean.pipeline.stages import pairs_of


def settings(folder: Path, glossary: str = "terms.tsv") -> Path:
    (folder / "terms.tsv").write_text("invoice\tRechnung\n", encoding="utf-8")
    file = folder / "mtclean.toml"
    file.write_text(
        f'grammar = false\n[terms]\nglossary = "{glossary}"\nkeep = ["Kolovin"]\n', encoding="utf-8"
    )
    return file


def test_a_glossary_of_the_settings_is_held_to(tmp_path: Path) -> None:
    file = tmp_path / "a.po"
    file.write_text(
        'msgid ""\nmsgstr "Language: de\\n"\n\n'
        'msgid "Open the invoice in Kolovin."\nmsgstr "Öffnen Sie den Beleg in Kolovin."\n',
        encoding="utf-8",
    )
    options = load(settings(tmp_path))
    item = Input(file, file.name)
    work, _ = through_the_stages(read(item, options), options, None)
    found = [placed.item.rule for placed in work.trail.findings]
    assert found == ["term-missing"]
    [pair] = pairs_of(item, options)
    assert pair.source.text == "Open the invoice in Kolovin."


def test_a_file_that_comes_with_texts_names_none_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "other.tsv").write_text("invoice\tRechnung\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="--glossary"):
        load(settings(tmp_path / "texts", "../other.tsv"))


def test_what_is_asked_holds_in_place_of_the_settings(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("offer,Angebot\n", encoding="utf-8")
    options = overridden(load(settings(tmp_path)), Settings(glossary=other))
    terms = [term.source for term in options.terms.glossary(("en", "de")).terms]
    assert terms == ["offer", "Kolovin"]


def test_what_is_no_glossary_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "bad.tbx"
    bad.write_text("<tbx><text>", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"bad\.tbx"):
        overridden(load(None), Settings(glossary=bad))
