"""Pages that are made ahead."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mtclean.web.ready import _Shared


def test_what_could_not_be_made_is_no_page_that_ends_early() -> None:
    """Who comes second would take what there is for all of it."""

    def parts() -> Iterator[str]:
        yield "a"
        raise MemoryError("no room")

    shared = _Shared(parts())
    for _ in range(2):
        with pytest.raises(MemoryError, match="no room"):
            list(shared)
