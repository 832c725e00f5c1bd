"""The library: the answer to a text is right or one line of ours, and an original is never written to."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import mtclean
import mtclean.library

TEXT = "“The best thing is that it names a date.”The paper names the people who must act, too."


def test_examples_of_the_docstrings_hold() -> None:
    result = doctest.testmod(mtclean.library)
    assert (result.failed, result.attempted > 0) == (0, True)


def test_examples_of_the_page_hold() -> None:
    for name in ("library.md", "pairs.md"):
        page = Path(__file__).parent.parent / "docs" / name
        result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
        assert (result.failed, result.attempted > 0) == (0, True)


def test_all_views_are_of_one_record() -> None:
    result = mtclean.clean(TEXT)
    assert result.text != TEXT
    assert result.text == result.record.cleaned()
    assert result.language == "en"
    assert result.score is not None
    assert result.diff().startswith("---")
    assert json.loads(result.json())
    assert "<html" in result.html()


def test_check_changes_nothing() -> None:
    assert mtclean.check(TEXT).text == TEXT
    assert mtclean.check(TEXT).fixes == mtclean.clean(TEXT).fixes


@pytest.mark.parametrize("text", [b"bytes", None, 7, "half \ud800 a pair"])
def test_what_is_no_text_is_said(text: str) -> None:
    with pytest.raises(mtclean.Trouble):
        mtclean.clean(text)


@pytest.mark.parametrize("given", [{"options": 3}, {"grammar": 3}])
def test_what_is_no_setting_is_said(given: dict[str, Any]) -> None:
    with pytest.raises(mtclean.Trouble, match="not int"):
        mtclean.clean(TEXT, **given)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (mtclean.Options(language="English"), "no code of one"),
        (mtclean.Options(source_format="wrd"), "none of text, android"),  # type: ignore[arg-type]
        (mtclean.Options(columns="text"), "several names"),  # type: ignore[arg-type]
        (mtclean.Options(style="uk"), "an mtclean.Style, not str"),  # type: ignore[arg-type]
        (mtclean.Options(policy=mtclean.Policy(ignored=frozenset({"dubbled-word"}))), "did you mean"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_said(options: mtclean.Options, why: str) -> None:
    with pytest.raises(mtclean.Trouble, match=why):
        mtclean.clean(TEXT, options)


def test_a_format_may_be_named_by_a_string() -> None:
    page = "It was in `a ,b.C` once ,they said.\n"
    options = mtclean.Options(source_format="markdown")  # type: ignore[arg-type]
    assert mtclean.clean(page, options).text == "It was in `a ,b.C` once, they said.\n"


@pytest.mark.parametrize(
    ("format", "given", "cleaned"),
    [
        ("markdown", "near the **the gate** there", "near the **gate** there"),
        ("markdown", "near the **the** gate there", "near **the** gate there"),
        ("markdown", "near **the** the gate there", "near **the** gate there"),
        ("markdown", "near the\n[the gate](https://a.example/x) there", "near the\n[gate](https://a.example/x) there"),
        ("html", "near the <a href=x>the gate</a> there", "near the <a href=x>gate</a> there"),
        ("html", "near a <a href=x>gate</a> <a href=y>gate</a> there", "near a <a href=x>gate</a> <a href=y>gate</a> there"),
    ],
)  # fmt: skip
def test_a_word_is_taken_out_without_tearing_marks(format: str, given: str, cleaned: str) -> None:
    options = mtclean.Options(language="en", source_format=mtclean.SourceFormat(format))
    result = mtclean.clean(f"It stood {given}, and it was late.", options)
    assert result.text == f"It stood {cleaned}, and it was late."
    assert "gate" not in {edit.before.strip() for fix in result.fixes for edit in fix.edits}


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(mtclean.Trouble, match=r"gone\.txt does not exist"):
        mtclean.clean_file(tmp_path / "gone.txt")


@pytest.mark.parametrize("text", ["", " \n", "\ufeff", "\0"])
def test_little_is_no_trouble(text: str) -> None:
    assert mtclean.clean(text).score is None


def test_an_original_is_never_written_to(tmp_path: Path) -> None:
    source, link, to = tmp_path / "a.txt", tmp_path / "link.txt", tmp_path / "b.txt"
    source.write_text(TEXT, encoding="utf-8")
    link.symlink_to(source)
    for same in (source, link):
        with pytest.raises(mtclean.Trouble):
            mtclean.clean_file(source, same)
    result = mtclean.clean_file(source, to)
    assert source.read_text(encoding="utf-8") == TEXT
    assert to.read_text(encoding="utf-8") == result.text


def test_importing_it_imports_nothing_heavy() -> None:
    program = "import sys, mtclean; print([m for m in ('prefect', 'ftfy', 'langdetect') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_all_names_are_there() -> None:
    assert [name for name in mtclean.__all__ if not hasattr(mtclean, name)] == []


def test_a_translation_is_compared_with_its_source() -> None:
    target = "Eine Zeile .\nUnd 13 weitere."
    result = mtclean.compare("One line.\nAnd 12 more.", target, languages=("en", "de"))
    assert result.text == target
    assert [(one.rule, one.excerpt) for one in result.findings] == [("number-changed", "13")]
    assert result.score is not None
    with pytest.raises(mtclean.DocumentProblem, match="the source has 3 lines"):
        mtclean.compare("One.\nTwo.\nThree.", target)
    with pytest.raises(mtclean.Trouble, match="a text is empty"):
        mtclean.compare("", target)


def test_a_text_is_what_the_options_say() -> None:
    page = "# The gate\n\nIt was in `a ,b.C` once ,they said.It was the the end.\n"
    options = mtclean.Options(language="en", source_format=mtclean.SourceFormat.MARKDOWN)
    cleaned = mtclean.clean(page, options)
    assert cleaned.text == "# The gate\n\nIt was in `a ,b.C` once, they said. It was the end.\n"
    assert mtclean.check(page, options).text == page
    latin = '<?xml version="1.0" encoding="iso-8859-1"?><TS><message><translation>Café ,open.</translation></message></TS>'
    as_qt = mtclean.Options(language="en", source_format=mtclean.SourceFormat.QT)
    assert mtclean.clean(latin, as_qt).text == latin.replace(" ,", ", "), "a string is not decoded"


@pytest.mark.parametrize(
    ("format", "why"), [("docx", "use clean_file"), ("json", "--field"), ("po", "is not a PO catalogue")]
)  # fmt: skip
def test_a_text_that_is_not_in_the_format_is_said(format: str, why: str) -> None:
    options = mtclean.Options(source_format=mtclean.SourceFormat(format))
    with pytest.raises(mtclean.Trouble, match=why):
        mtclean.clean('{"a": "b"}', options)
