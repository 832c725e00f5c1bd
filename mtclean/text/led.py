"""Patterns that a rare sign leads: a search skips from sign to sign, and looks at nothing between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Led:
    """A pattern each of whose matches begins with a ``sign``.

    A pattern that begins with what stands before it, or with one of many alternatives, is tried at every character of a
    text otherwise: Python's ``re`` skips to what a pattern begins with only where that is the first thing in it.
    """

    sign: re.Pattern[str]
    whole: re.Pattern[str]

    @classmethod
    def by(cls, sign: str, whole: str, flags: int = 0) -> Led:
        """The pattern *whole*, which *sign* leads."""
        return cls(re.compile(sign), re.compile(whole, flags))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in *text*, in order and apart, as :meth:`re.Pattern.finditer` has them."""
        end = 0
        for sign in self.sign.finditer(text):
            if sign.start() >= end and (match := self.whole.match(text, sign.start())):
                end = match.end()
                yield match
