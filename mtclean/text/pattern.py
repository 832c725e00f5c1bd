r"""Regular expressions of the house: Python's, but none may take a text's time for ever.

Python's own engine cannot be stopped: ``(x+x+)+y`` on a row of x keeps it, and the process, busy for
years.  An engine that is linear by nature was weighed and left: RE2 takes ``\w`` and ``\b`` for ASCII,
so a house's name in Cyrillic would be left unprotected without a word, and Rust's has no bindings that
are kept up.  The module *regex* knows all that Python's does, and a limit of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod

import regex

from mtclean.text.model import Span

LIMIT = 5.0
"""Seconds of the processor that one pattern may take on one text; a sound one reads 100 MB in them."""

# What another meaning has in *regex*: a brace that counts nothing would ask for a likeness there.
_TOKEN = re.compile(
    r"\\N\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(\{(?!\d+(?:,\d*)?\}|,\d*\}))", re.DOTALL
)


LARGEST = 100_000
"""Characters a pattern may stand for, its counts written out: *regex* writes them out, and ``(x{9999}){9999}``
takes all memory there is before it has read a text."""

_COUNT = re.compile(r"\{(?P<least>\d*)(?:,(?P<most>\d*))?\}")
_ITEM = re.compile(rf"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|{_COUNT.pattern}|.", re.DOTALL)
_HAS_COMMENTS = re.compile(r"\(\?#|\(\?[A-Za-z]*x")


def _size(pattern: str) -> int:
    """How many characters *pattern*, which is one, stands for with its counts written out; rather too many than too few."""
    if _HAS_COMMENTS.search(pattern):  # which may hold anything, also between a group and its count
        return len(pattern) * prod(map(_count, _COUNT.finditer(pattern)))
    open_groups, last = [0], 0
    for item in _ITEM.finditer(pattern):
        if (count := _count(item)) > 1:
            open_groups[-1] += last * (count - 1)
            last *= count
            continue
        if item[0] == "(":
            open_groups.append(0)
        closed = item[0] == ")" and len(open_groups) > 1
        last = 1 + (open_groups.pop() if closed else 0)
        open_groups[-1] += last
    return sum(open_groups)


def _count(item: re.Match[str]) -> int:
    """How often what stands before *item* of a pattern is to be there, if *item* says so; else 1."""
    return max(1, int(item["most"] or item["least"] or 1))


class SlowPattern(Exception):
    """A pattern takes too long on a text; the message names the pattern and says what to do."""


class HousePattern:
    """A pattern with the meaning that Python's :mod:`re` gives it.

    Raises :class:`ValueError`, with the reason, where it is none.
    """

    def __init__(self, pattern: str) -> None:
        try:
            re.compile(pattern)
            if _size(pattern) > LARGEST:
                raise ValueError(f"{pattern[:40]!r}…: it is too large, or counts too far")
            escaped = _TOKEN.sub(lambda token: r"\{" if token[1] else token[0], pattern)
            self._compiled = regex.compile(escaped)
        except (re.error, regex.error, OverflowError, RecursionError) as error:
            raise ValueError(f"{pattern!r}: {error}") from error
        self._pattern = pattern

    def find(self, text: str, limit: float = LIMIT) -> Iterator[Span]:
        """Where it matches in *text*, in order; matches of nothing are left out.

        Raises :class:`SlowPattern` after *limit* seconds.
        """
        return (Span(*match.span()) for match in self.matches(text, limit))

    def matches(self, text: str, limit: float = LIMIT) -> Iterator[regex.Match[str]]:
        """The same with what its groups hold.  Other threads run meanwhile, so that Ctrl-C is heard."""
        try:
            for match in self._compiled.finditer(text, timeout=limit, concurrent=True):
                if match.group():
                    yield match
        except TimeoutError as error:
            raise SlowPattern(
                f"the pattern {self._pattern!r} of the settings takes longer than {limit:g} s on it: "
                "let no repetition stand in another, as in (x+)+"
            ) from error
