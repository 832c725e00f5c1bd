"""A benchmark whose run fails ends with it."""

from __future__ import annotations

import os
import threading

import pytest


def test_what_looks_at_memory_ends_with_a_run_that_fails() -> None:
    from benchmarks.batch import watched  # not above: it imports Prefect, which settles its server

    before = threading.active_count()
    with pytest.raises(AssertionError, match="the run failed"), watched(os.getpid()):
        raise AssertionError("the run failed")
    assert threading.active_count() == before
