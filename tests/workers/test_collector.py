"""Memory of a process that does one document after another."""

from __future__ import annotations

import gc
import weakref

from mtclean.workers.collector import collect_seldom


class _Part:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.whole = self


def test_what_a_document_leaves_is_let_go_of() -> None:
    """A worker asks between two documents; what the first one left is garbage by then, and stays within reach."""
    thresholds = gc.get_threshold()
    try:
        collect_seldom()
        left = weakref.ref(_Part())
        collect_seldom()
        gc.collect()
        assert left() is None
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)
