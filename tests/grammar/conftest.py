"""One LanguageTool for the whole session: it costs 5 s to start and 1 GB of memory to have twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mtclean.grammar import Grammar, install
from mtclean.grammar.languagetool.install import CACHE_VARIABLE


@pytest.fixture(scope="session")
def grammar() -> Iterator[Grammar]:
    with Grammar() as grammar:
        yield grammar


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own with the user's LanguageTool in it, so nobody's server is touched."""
    home = install().folder
    (tmp_path / home.name).symlink_to(home, target_is_directory=True)
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    return tmp_path
