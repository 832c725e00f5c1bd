"""One LanguageTool for the whole session: it costs 5 s to start and 1 GB of memory to have twice."""

from collections.abc import Iterator

import pytest

from tasks.grammar import Grammar


@pytest.fixture(scope="session")
def grammar() -> Iterator[Grammar]:
    with Grammar() as grammar:
        yield grammar
