"""What a review settles for good: where it may not be written, and that the texts obey it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from mtclean.documents import document
from mtclean.pipeline.account import account
from mtclean.pipeline.amend import Amendment, House, Standing
from mtclean.pipeline.config import own_file
from mtclean.pipeline.settings import ConfigError, Settings
from mtclean.pipeline.single import through_the_stages

ALWAYS = Amendment(Standing.ALWAYS, words="quay", instead="pier")
NEVER = Amendment(Standing.NEVER, words="the the")
TEXT = "The quay was shut.It was the the end of the quays.\n"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house with a file of settings, whose folder its user trusts."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    file = tmp_path / "work" / "mtclean.toml"
    file.parent.mkdir()
    file.write_text("# ours\n")
    own_file().parent.mkdir(parents=True)
    own_file().write_text(f"trust = [{str(file.parent)!r}]\n")
    return House(Settings(config=file, grammar=False, language="en"))


def is_refused(house: House, why: str) -> None:
    before = house.file.read_bytes()
    proposal = house.proposal(ALWAYS)
    assert why in proposal.refused
    assert "quay" in proposal.addition, "what a person would write there is said all the same"
    with pytest.raises(ConfigError, match=why):
        house.write(proposal)
    assert house.file.read_bytes() == before


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root gives files away"
)
def test_a_file_of_somebody_else_is_not_written_to(house: House) -> None:
    os.chown(house.file, 12345, -1)
    is_refused(house, "belongs to user 12345")


def test_a_file_that_may_not_be_written_to_stays(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = os.access
    house.file.chmod(0o444)
    if os.access(house.file, os.W_OK):  # root may write to anything
        refused = (house.file, os.W_OK)
        monkeypatch.setattr(os, "access", lambda *asked: asked != refused and allowed(*asked))
    is_refused(house, "may not be written to")


def cleaned(house: House) -> str:
    work, _ = through_the_stages(document("t", TEXT.encode()), house.options, None)
    return account(work).cleaned()


def test_words_are_always_put_and_never_touched_in_the_cleaned_text(house: House) -> None:
    assert cleaned(house) == "The quay was shut. It was the end of the quays.\n"
    for amendment in (ALWAYS, NEVER):
        house.write(house.proposal(amendment))
    assert cleaned(house) == "The pier was shut. It was the the end of the quays.\n"
    assert house.file.read_text().startswith("# ours\n")
