r"""Regular expressions of the house: Python's, but none may take a text's time for ever.

Python's own engine cannot be stopped: ``(x+x+)+y`` on a row of x keeps it, and the process, busy for
years.  An engine that is linear by nature was weighed and left: RE2 takes ``\w`` and ``\b`` for ASCII,
so a house's name in Cyrillic would be left unprotected without a word, and Rust's has no bindings that
are kept up.  The module *regex* knows all that Python's does, and a limit of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from mtclean.text.model import Span

LIMIT = 5.0
"""Seconds of the processor that one pattern may take on one text; a sound one reads 100 MB in them."""

# What another meaning has in *regex*: a brace that counts nothing would ask for a likeness there.
_TOKEN = re.compile(
    r"\\N\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(\{(?!\d+(?:,\d*)?\}|,\d*\}))", re.DOTALL
)


class SlowPattern(Exception):
    """A pattern takes too long on a text; the message names the pattern and says what to do."""


class HousePattern:
    """A pattern with the meaning that Python's :mod:`re` gives it.

    Raises :class:`ValueError`, with the reason, where it is none.
    """

    def __init__(self, pattern: str) -> None:
        try:
            re.compile(pattern)
            escaped = _TOKEN.sub(lambda token: r"\{" if token[1] else token[0], pattern)
            self._compiled = regex.compile(escaped)
        except (re.error, regex.error, OverflowError, RecursionError) as error:
            raise ValueError(f"{pattern!r}: {error}") from error
        self._pattern = pattern

    def find(self, text: str, limit: float = LIMIT) -> Iterator[Span]:
        """Where it matches in *text*, in order; matches of nothing are left out.

        Raises :class:`SlowPattern` after *limit* seconds.  Other threads run meanwhile, so that Ctrl-C is heard.
        """
        try:
            for match in self._compiled.finditer(text, timeout=limit, concurrent=True):
                if match.group():
                    yield Span(*match.span())
        except TimeoutError as error:
            raise SlowPattern(
                f"the pattern {self._pattern!r} of the settings takes longer than {limit:g} s on it: "
                "let no repetition stand in another, as in (x+)+"
            ) from error
