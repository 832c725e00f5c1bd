"""Which plug-ins are installed.  Nothing of theirs is imported here, and none is asked for being installed."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points

GROUP = "mtclean.rules"
"""The group of entry points that plug-ins are found by."""


@cache
def installed() -> dict[str, EntryPoint]:
    """The plug-ins there are, by name; of two with one name, the first that Python finds."""
    return {point.name: point for point in reversed(list(entry_points(group=GROUP)))}
