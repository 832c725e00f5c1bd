"""CONTRIBUTING.md as someone new follows it: a rule, a language and a format, each in a copy of the engine."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, clean_environment

_BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package as it is here, to add to."""
    no_caches = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "mtclean", tmp_path / "mtclean", ignore=no_caches)
    return tmp_path


def code(having: str) -> str:
    """The code of the guide with *having* in it."""
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (found,) = (block for block in _BLOCK.findall(guide) if having in block)
    return str(found)


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, path
    path.write_text(text.replace(old, new), encoding="utf-8")


def mtclean(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = clean_environment(copy / "home", PYTHONPATH=str(copy))
    command = [sys.executable, "-m", "mtclean.cli", *arguments]
    return subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, check=False
    )


def test_a_rule_is_a_function_in_one_file(copy: Path) -> None:
    module = copy / "mtclean" / "rules" / "typography" / "spacing.py"
    replaced(
        module, "\nRULES = (\n", f"\n{code('@rule')}\n\nRULES = (\n    space_before_percent,\n"
    )
    (copy / "a.txt").write_text(
        "The price of bread rose by 5 % in May, said the mayor of the town.\n"
    )
    found = mtclean(copy, "check", "a.txt", "--no-grammar")
    assert "space-before-percent" in found.stdout, found.stderr
    assert "5% in May" in mtclean(copy, "explain", "space-before-percent").stdout


def test_a_language_is_a_folder(copy: Path) -> None:
    folder = copy / "mtclean" / "languages" / "eo"
    folder.mkdir()
    (folder / "language.tsv").write_text(
        "# Esperanto. Authority: written for this test.\n"
        "words\tla de kaj en estas ne mi vi li ŝi ĝi ni ili al por kun sed ke kiu tio ĉiuj pli tre jam\n"
        "abbreviations\tktp ekz s-ro s-ino\n"
    )
    (folder / "examples.tsv").write_text(
        "# Examples.\nmissing-space-after-sentence\tfixes\tLi foriris.La viro restis.\tLi foriris. La viro restis.\n"
    )
    (copy / "a.txt").write_text("Li foriris.La viro restis en la domo kun ŝi.\n")
    cleaned = mtclean(copy, "clean", "a.txt", "--no-grammar", "--language", "eo", "--to", "-")
    assert "foriris. La viro" in cleaned.stdout, cleaned.stderr
    assert "missing-space-after-sentence" in mtclean(copy, "rules", "--language", "eo").stdout


def test_a_format_is_a_file_and_a_line(copy: Path) -> None:
    formats = copy / "mtclean" / "formats"
    (formats / "lang.py").write_text(code("FORMAT = Format("), encoding="utf-8")
    registry = formats / "registry.py"
    replaced(registry, "    po.FORMAT,\n", "    po.FORMAT,\n    lang.FORMAT,\n")
    replaced(registry, "    po,\n", "    po,\n    lang,\n")
    (copy / "a.lang").write_text(
        "# a.b  = c\ngate.open=The gate is open .\ngate.shut = The  gate was shut by the keeper.\n"
    )
    cleaned = mtclean(copy, "clean", "a.lang", "--no-grammar", "--to", "-")
    assert cleaned.stdout == (
        "# a.b  = c\ngate.open=The gate is open.\ngate.shut = The gate was shut by the keeper.\n"
    ), cleaned.stderr
    found = mtclean(copy, "check", "a.lang", "--no-grammar").stdout
    assert "a.lang:2:" in found
    assert "gate.open" in found
