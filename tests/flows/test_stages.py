"""Which stages a run has: the comparison only where a file may have a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtclean.documents import Input
from mtclean.pipeline.options import Options


@pytest.mark.parametrize(
    ("name", "options", "compares"),
    [
        ("a.txt", Options(), False),
        ("a.md", Options(), False),
        ("a.po", Options(), True),
        ("a.tsv", Options(columns=("de",)), False),
        ("a.tsv", Options(columns=("de",), source_column="en"), True),
        ("a.txt", Options(source="en"), True),
        ("b.txt", Options(source="en"), False),
    ],
)
def test_the_comparison_is_there_only_where_a_file_may_have_a_source(
    name: str, options: Options, compares: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not above: Prefect settles its server's address when it is imported, other tests set it first.
    from mtclean.flows.clean import stages

    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.txt").write_text("One.\n")
    (tmp_path / name).write_text("Eins.\n")
    monkeypatch.chdir(tmp_path)
    called = [stage.name for _, stage in stages([Input(Path(name), name)], options)]
    assert ("compare" in called) is compares
    assert called[-1] == "write"
