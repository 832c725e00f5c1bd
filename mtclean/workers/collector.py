"""How often a process of ours looks for objects that only hold one another."""

from __future__ import annotations

import gc
import sys

_OBJECTS = 100_000
"""Made more than let go of, from which the new ones are looked through; Python's own is 700."""

_loaded = 0
"""The modules there were when this was last asked."""


def collect_seldom() -> None:
    """Look for cycles seldom, and in nothing that is loaded by now.

    A document makes hundreds of thousands of objects at once and hardly a cycle.  Looked through again and again they cost
    10 % of the rules' time and 30 to 50 % of what reading and writing back a file of a format takes
    (``benchmarks/formats_speed.py``).  What is set aside is never looked through again, cycles of documents that are done with among it:
    so that is done only after something was loaded.  For a process that is mtclean's own, not for a library in somebody else's.
    """
    global _loaded
    if len(sys.modules) != _loaded:
        _loaded = len(sys.modules)
        gc.freeze()
    gc.set_threshold(_OBJECTS)
