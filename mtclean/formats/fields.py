"""Which fields of a file are prose, where people have to say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mtclean.formats.format import Asked, NotChosen

ALL = "*"
"""Any key; alone all fields there are."""

_INDEX = re.compile(r"\[\d*\]")


class Fields:
    """The fields that somebody chose by *names*, and those that a file turns out to have."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._wanted = [_keys(name) for name in names]
        self._met: dict[str, bool] = {}

    def has(self, path: str) -> bool:
        """Whether the field at *path*, such as ``items[2].text``, is one of them."""
        name = _INDEX.sub("", path).lstrip(".")
        if name not in self._met:
            self._met[name] = any(_fits(_keys(name), keys) for keys in self._wanted)
        return self._met[name]

    def check(self) -> None:
        """Raises :class:`NotChosen` where nothing was chosen, or nothing of it was met."""
        if not any(self._met.values()) and (self._met or not self._wanted):
            raise NotChosen(Asked.FIELD, [name or ALL for name in self._met], self._names)


def _keys(name: str) -> list[str]:
    """The keys of the field *name*, without the indices of lists."""
    return [key for key in _INDEX.sub("", name).split(".") if key]


def _fits(path: list[str], keys: list[str]) -> bool:
    if keys == [ALL]:
        return True
    end = path[len(path) - len(keys) :] if len(keys) <= len(path) else []
    return bool(end) and all(key in (ALL, own) for key, own in zip(keys, end, strict=True))
