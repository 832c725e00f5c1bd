"""Which file is the source of which, and which units of the two are one another's."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtclean.documents import (
    DocumentProblem,
    Reading,
    beside,
    document,
    named,
    read,
    read_as,
    source_of,
)
from mtclean.documents.document import Document
from mtclean.text.model import Edit


@pytest.mark.parametrize(
    ("name", "bare", "language"),
    [
        ("ferry.de.txt", "ferry.txt", "de"),
        ("ferry.pt_BR.md", "ferry.md", "pt-BR"),
        ("ferry.zh-Hant.txt", "ferry.txt", "zh-Hant"),
        ("ferry.txt", "ferry.txt", ""),
        ("ferry.old.txt", "ferry.old.txt", ""),
        ("de.txt", "de.txt", ""),
    ],
)
def test_a_name_may_say_the_language(name: str, bare: str, language: str) -> None:
    assert named(Path(name)) == (bare, language)


def test_a_source_has_the_same_name_or_the_same_but_for_the_language(tmp_path: Path) -> None:
    for name in (
        "en/a.txt",
        "de/a.txt",
        "en/deep/b.en.txt",
        "de/deep/b.de.txt",
        "c.en.txt",
        "c.de.txt",
        "c.fr.txt",
        "d.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    en = tmp_path / "en"
    assert source_of(tmp_path / "de/a.txt", en) == en / "a.txt"
    assert source_of(tmp_path / "de/deep/b.de.txt", en) == en / "deep/b.en.txt"
    assert source_of(tmp_path / "c.de.txt", tmp_path) is None, "English or French?"
    assert source_of(tmp_path / "c.de.txt", tmp_path, "en") == tmp_path / "c.en.txt"
    assert source_of(tmp_path / "c.en.txt", tmp_path, "en") is None, "it is a source itself"
    assert source_of(tmp_path / "d.txt", tmp_path) is None, "it is no source of itself"
    (tmp_path / "en" / "d.txt").symlink_to(tmp_path / "c.en.txt")
    (tmp_path / "en" / "d.en.txt").symlink_to(tmp_path / "c.en.txt")
    assert source_of(tmp_path / "d.txt", en) is None, "links are not followed"


def units(target: str, source: str) -> list[tuple[str, str, str]]:
    both = beside(document("t.txt", target.encode()), document("s.txt", source.encode()))
    assert both.layout
    assert both.text == target
    return [(s.label, s.original, target[slice(*s.view)]) for s in both.layout.segments]


def test_lines_are_counterparts_where_there_are_as_many() -> None:
    assert units("Eins.\n\nDrei.\n", "One.\nTwo.\nThree.\n") == [
        ("line 1", "One.", "Eins."),
        ("line 3", "Three.", "Drei."),
    ]
    assert units("Eins.\nZwei.", "One.\r\n\r\nTwo.\r\n") == [
        ("line 1", "One.", "Eins."),
        ("line 2", "Two.", "Zwei."),
    ]


WRAPPED = (
    "The ferry leaves the small harbour at noon and\ncomes back at six, unless there is a storm or\nthe captain is ill.\n\n"
    "Tickets are sold on board by the mate, who has\nno change and takes no cards.\n"
)


def test_paragraphs_are_where_the_lines_are_broken_at_a_margin() -> None:
    target = (
        "Die Fähre verlässt den kleinen Hafen am Mittag und\nkommt um sechs zurück.\n\n"
        "Karten gibt es an Bord beim Maat, der kein Wechselgeld\nhat und keine Karten annimmt und\nauch sonst nichts.\n"
    )
    assert [label for label, _, _ in units(target, WRAPPED)] == ["paragraph 1", "paragraph 2"]


def test_what_has_no_counterpart_is_said_in_a_line() -> None:
    with pytest.raises(
        DocumentProblem, match=r"3 lines in 1 paragraph, and s[.]txt has 2 lines in 2 paragraphs"
    ):
        units("Eins.\nZwei.\nDrei.\n", "One.\n\n\nTwo.\n")


def test_a_corpus_that_lost_a_line_is_no_single_unit() -> None:
    with pytest.raises(DocumentProblem, match="cannot be laid beside"):
        units("Eins.\nZwei.\n", "One.\nTwo.\nThree.\n")


def test_segments_of_a_format_are_units(tmp_path: Path) -> None:
    (tmp_path / "a.en.md").write_text("# The ferry\n\nIt leaves\nat noon.\n")
    (tmp_path / "a.de.md").write_text("# Die Fähre\n\nSie fährt am Mittag.\n")
    path = tmp_path / "a.de.md"
    both = read(path, "a.de.md", reading=Reading(source=str(tmp_path / "a.en.md")))
    assert both.layout
    assert [(s.original, s.original_language, s.language) for s in both.layout.segments] == [
        ("The ferry", "en", "de"),
        ("It leaves at noon.", "en", "de"),
    ]


def test_a_file_with_sources_keeps_them() -> None:
    po = 'msgid "One."\nmsgstr "Eins."\n'
    own = read_as(Reading(), "a.po", po.encode(), Path("a.po"))
    assert beside(own, document("s.txt", b"Two.\n")) is own


def test_the_trouble_with_a_source_names_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Eins.\n")
    with pytest.raises(DocumentProblem, match=r"its source, .*b\.txt: the file is no longer there"):
        read(tmp_path / "a.txt", "a.txt", reading=Reading(source=str(tmp_path / "b.txt")))


def laid(target: str) -> Document:
    return beside(document("t.txt", target.encode()), document("s.txt", b"One.\nTwo.\n"))


@pytest.mark.parametrize("at", range(14))
def test_an_edit_anywhere_is_made_there_in_the_file(at: int) -> None:
    target = "\n\nEins.\nZwei."
    for edit in (Edit(at, at, "x"), Edit(at, min(at + 3, len(target)), "")):
        if edit.start <= len(target):
            wanted = target[: edit.start] + edit.replacement + target[edit.end :]
            assert laid(target).written([edit]) == {"": wanted}
