"""The pass over a folder: what is new is counted, the ledger keeps it, and what changes makes a document due again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mtclean.documents import Input, counted, discover, locked, opened
from mtclean.documents.ledger import LEDGER
from mtclean.pipeline import evidence
from mtclean.pipeline.draft import draft, read
from mtclean.pipeline.evidence import Count, count_in, gathered_in
from mtclean.pipeline.folder import planned
from mtclean.pipeline.options import Options
from mtclean.pipeline.settings import RunSettings
from mtclean.pipeline.single import clean_into, evidence_for
from mtclean.pipeline.spec import RunSpec
from mtclean.pipeline.work import at_work
from mtclean.text.evidence import NO_EVIDENCE
from tests.text.test_batch import page

OPTIONS = Options(grammar=False, language="en")
SPEC = RunSpec(OPTIONS, RunSettings.of({"runner": "threads", "workers": 2}))
SHARED = "Ring us on any Monday"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two pages that share a line, and one that has nothing in common with them."""
    folder = tmp_path / "site"
    folder.mkdir()
    for name in ("Ann", "Bea"):
        (folder / f"{name}.txt").write_text(page(name, SHARED))
    (folder / "Cay.txt").write_text(page("Cay"))
    return folder


def inputs(site: Path) -> list[Input]:
    return discover([site], site.parent / "out")


def cleaned(site: Path) -> None:
    """All that is due is done, as a run does it, one document after another."""
    out = site.parent / "out"
    with at_work(inputs(site), out, SPEC) as work:
        due = work.due
    for item in due:
        clean_into(out, item, OPTIONS, None)


def reasons(site: Path) -> dict[str, str]:
    out = site.parent / "out"
    count = Count(inputs(site), out, OPTIONS)
    if count.due:
        count.run(SPEC)
    said = count.said(count.gathered())
    return {item.name: why for item, why in planned(inputs(site), out, SPEC, said.of).due}


def outputs(site: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (site.parent / "out").glob("*.edits.json")}


def test_a_run_tells_the_lines_of_the_site(site: Path) -> None:
    cleaned(site)
    assert b"stands in 2 of 3 documents" in outputs(site)["Ann.txt.edits.json"]
    assert b"line-of-other-pages" not in outputs(site)["Cay.txt.edits.json"]
    assert reasons(site) == {}


def test_what_is_known_is_not_counted_again(site: Path) -> None:
    cleaned(site)
    (site / "Dot.txt").write_text(page("Dot"))
    assert [item.name for item in Count(inputs(site), site.parent / "out", OPTIONS).due] == [
        "Dot.txt"
    ]


def test_a_page_more_makes_those_due_of_which_it_says_something(site: Path) -> None:
    cleaned(site)
    (site / "Dot.txt").write_text(page("Dot", SHARED))
    why = "changed: what other documents have in common with it"
    assert reasons(site) == {"Ann.txt": why, "Bea.txt": why, "Dot.txt": "new"}


def test_step_by_step_is_as_all_at_once(site: Path, tmp_path: Path) -> None:
    (site / "Bea.txt").rename(tmp_path / "Bea.txt")
    cleaned(site)
    (tmp_path / "Bea.txt").rename(site / "Bea.txt")
    cleaned(site)
    by_steps = outputs(site)
    (site.parent / "out").rename(tmp_path / "before")
    cleaned(site)
    assert outputs(site) == by_steps


def test_a_page_that_is_gone_says_nothing_any_more(site: Path) -> None:
    cleaned(site)
    (site / "Bea.txt").unlink()
    assert list(reasons(site)) == ["Ann.txt"]
    cleaned(site)
    assert "Bea.txt" not in counted(site.parent / "out").rows
    assert b"line-of-other-pages" not in outputs(site)["Ann.txt.edits.json"]


def test_what_cannot_be_read_is_asked_once(site: Path) -> None:
    (site / "odd.txt").write_bytes(b"\x00\x01\x02" * 99)
    out = site.parent / "out"
    calls: list[int] = []

    def gather(count: Count, spec: RunSpec) -> None:
        calls.append(len(count.due))
        count.run(spec)

    for _ in range(2):
        with at_work(inputs(site), out, SPEC, gather):
            pass
    assert calls == [4]


def changed(out: Path, statement: str) -> None:
    with closing(sqlite3.connect(out / LEDGER)) as database, database:
        database.execute(statement)


def compared(site: Path) -> set[str]:
    """The folders in which documents are compared with one another."""
    count = Count(inputs(site), site.parent / "out", OPTIONS)
    count.run(SPEC)
    return set(count.said(count.gathered()).new)


def test_documents_are_compared_where_one_of_their_folder_has_changed(site: Path) -> None:
    (site / "more").mkdir()
    for name in ("Eve", "Fay"):
        (site / "more" / f"{name}.txt").write_text(page(name))
    assert compared(site) == {"", "more"}
    cleaned(site)
    assert compared(site) == set()
    (site / "more" / "Fay.txt").write_text(page("Fay", SHARED))
    assert compared(site) == {"more"}
    cleaned(site)
    (site / "Bea.txt").unlink()
    assert compared(site) == {""}
    cleaned(site)
    assert compared(site) == set()
    assert reasons(site) == {}


@pytest.mark.parametrize(
    "statement",
    [
        "drop table evidence",
        "update evidence set digests = 'abc'",
        "update evidence set digests = x'ff'",
        "update evidence set counted = 1.5",
        "update evidence set counted = ''",
    ],
)
def test_what_was_said_is_asked_again_where_it_cannot_be_read(site: Path, statement: str) -> None:
    cleaned(site)
    changed(site.parent / "out", statement)
    assert compared(site) == {""}
    assert reasons(site) == {}


def test_code_that_counts_otherwise_compares_again(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleaned(site)
    monkeypatch.setattr(evidence, "ruleset", lambda: "of another version")
    assert compared(site) == {""}


@pytest.mark.parametrize("counts", ["no JSON", "[[],[],[3],[]]"])
def test_a_count_that_is_none_is_left_out(site: Path, counts: str) -> None:
    cleaned(site)
    out = site.parent / "out"
    with closing(sqlite3.connect(out / LEDGER)) as database, database:
        database.execute("update counts set counts = ? where name = ?", (counts, b"Bea.txt"))
        database.execute("delete from evidence")
    with locked(out), opened(out) as ledger:
        assert not ledger.trouble
    assert list(reasons(site)) == ["Ann.txt", "Bea.txt"]


def test_a_single_document_has_the_evidence_of_a_folder_that_is_named(
    site: Path, tmp_path: Path
) -> None:
    alone = tmp_path / "Dot.txt"
    alone.write_text(page("Dot", SHARED))
    item = Input(alone, "Dot.txt")
    document = read(item, OPTIONS)
    batch, _ = evidence_for(tmp_path / "out", item, document, OPTIONS, gathered_in(site, OPTIONS))
    assert batch.pages_with(SHARED) == 3
    alone_there, count = evidence_for(tmp_path / "out", item, document, OPTIONS)
    assert alone_there.pages == 1
    assert count.new[item.name].counts == count_in(item, OPTIONS), "counted as a run counts"
    assert count_in(item, OPTIONS) in {count_in(item, OPTIONS, 2)}


def test_a_short_page_is_in_the_language_of_its_folder(site: Path) -> None:
    said = ("Der Hafen von {} ist alt, und alle Leute kommen jeden Morgen zum Fluss. " * 3).format
    for name in ("Ann", "Bea", "Cay"):
        (site / f"{name}.txt").write_text(said(name, name, name))
    (site / "Dot.txt").write_text("Hafen und »Kai».")
    out, item = site.parent / "out", Input(site / "Dot.txt", "Dot.txt")
    count = Count(inputs(site), out, OPTIONS)
    count.run(SPEC)
    batch = count.gathered().of("Dot.txt")
    options = Options(grammar=False)
    document = read(item, options)
    assert [draft(document, options, None, beside).language for beside in (NO_EVIDENCE, batch)] == [
        "",
        "de",
    ]
