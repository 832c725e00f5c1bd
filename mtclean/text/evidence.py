"""What the other documents of a batch say about one text: which of its lines, names, closing marks and placeholders they have, too.

A person who cleans 300 pages of a site sees at once which lines are the site's.  What is counted here is so little that a
pass over the whole folder costs next to nothing: lines by the hash of their words, names and closing marks as they stand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b, sha256

_WORD = re.compile(r"[^\W\d_]+|\d+")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the batch knows of one of its documents.

    ``pages`` is how many documents differ in the batch, copies counted once, this one among them.  ``lines`` are those of the
    document that stand on another page, by :func:`line_key`, with how many pages have them.  ``names`` are its
    capitalized words that other pages write so and never small, with how many do; ``slips`` are words that only this document
    has, one letter from such a name, and the name.  ``closings`` are the bracketed marks that end documents, with how many.
    ``families`` are the families of placeholders, of those that prose may have, too, that other pages show to be a program's.
    ``language`` is that of the other documents, where this one's is not plain.
    """

    pages: int = 1
    lines: Mapping[int, int] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)
    slips: Mapping[str, str] = field(default_factory=dict)
    closings: Mapping[str, int] = field(default_factory=dict)
    families: frozenset[str] = frozenset()
    language: str = ""

    @property
    def digest(self) -> str:
        """A digest of all it says; empty where it says nothing."""
        parts = (self.lines, self.names, self.slips, self.closings)
        if not any(parts) and not self.families:
            return self.language
        counted = (sorted(part.items()) for part in parts)
        said = json.dumps([self.pages, *counted, sorted(self.families), self.language])
        return sha256(said.encode()).hexdigest()[:16]

    def pages_with(self, line: str) -> int:
        """On how many pages *line* stands; 0 where it stands on no other."""
        return self.lines.get(line_key(line), 0) if self.lines else 0


NO_EVIDENCE = Evidence()
"""What is known of a document that stands alone."""


def line_key(line: str) -> int:
    """A hash of the words of *line*, which are the same in any case and with any marks and numbers; 0 where it has no letter."""
    if not _LETTER.search(line):
        return 0
    said = " ".join(word if word[0] > "9" else "0" for word in _WORD.findall(line.casefold()))
    return int.from_bytes(
        blake2b(said.encode("utf-8", "surrogatepass"), digest_size=7).digest(), "big"
    )
