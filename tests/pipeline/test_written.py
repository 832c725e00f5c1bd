"""What would change more of a file than its prose is left, and the rest is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import mtclean
from mtclean.documents.document import laid_out
from mtclean.formats.markdown import FORMAT
from mtclean.pipeline.account import account
from mtclean.pipeline.config import chosen, own_file
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.settings import Settings
from mtclean.pipeline.stages import decide, detect_artifacts, normalize
from mtclean.text.decision import Decision, Verdict

TEARING = r"""
[[rule]]
id = "dashed"
pattern = ": (?=[a-z])"
replacement = "—"
safe = true
fixes = [["of it: all", "of it—all"]]
leaves = ["of it—all"]
[[rule]]
id = "shut"
pattern = 'closed'
replacement = 'shut'
safe = true
fixes = [["closed", "shut"]]
leaves = ["shut"]
"""
"""The first takes the blank that ``**it:** all`` is set in bold by."""
TORN = "**The gate:** it is closed.\n\n"
MENDED = "**The gate:** it is shut.\n\n"


@pytest.fixture
def options(workplace: Path) -> Options:
    """Of a house whose own file makes both rules safe."""
    own_file().parent.mkdir(parents=True)
    own_file().write_text(TEARING)
    return replace(chosen(Settings(grammar=False)), language="en")


@pytest.mark.parametrize("before", [0, 1, 40])
@pytest.mark.parametrize("torn", [1, 3])
def test_what_tears_the_file_is_left_and_the_rest_is_made(
    options: Options, before: int, torn: int
) -> None:
    page = "It was closed: so.\n\n" * before + TORN * torn + "The other one is closed.\n"
    work = detect_artifacts(normalize(draft(laid_out("t.md", page.encode(), FORMAT), options)))
    work = decide(work)
    cleaned = cleaned_bytes(work).decode()
    assert cleaned == "It was shut—so.\n\n" * before + MENDED * torn + "The other one is shut.\n"
    (warning,) = work.warnings
    assert warning.startswith(f"{torn} fixes were not made")
    assert warning.endswith("house.dashed.")
    left = [fix for fix in account(work).fixes if fix.state == "suggested"]
    assert [fix.rule for fix in left] == ["house.dashed"] * torn


def test_nobody_can_accept_it_either(options: Options) -> None:
    def cleaned_with(decisions: dict[str, Decision]) -> bytes:
        work = draft(laid_out("t.md", TORN.encode(), FORMAT), options, decisions)
        work = decide(detect_artifacts(normalize(work)))
        return cleaned_bytes(work)

    work = decide(
        detect_artifacts(normalize(draft(laid_out("t.md", TORN.encode(), FORMAT), options)))
    )
    (left,) = [fix for fix in account(work).fixes if fix.state == "suggested"]
    accepted = Decision(left.id, Verdict.ACCEPT, left.rule)
    assert cleaned_with({left.id: accepted}) == cleaned_with({}) == MENDED.encode()


def test_a_library_says_it(options: Options, tmp_path: Path) -> None:
    (tmp_path / "t.md").write_text(TORN)
    result = mtclean.clean_file(tmp_path / "t.md", tmp_path / "out.md", options)
    assert (tmp_path / "out.md").read_text() == MENDED
    assert any("were not made" in warning for warning in result.record.warnings)
