"""How documents are cleaned: what the stages obey, of the configuration file and of what a person asked."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch

from mtclean.documents import SourceFormat
from mtclean.rules.registry import BUILT_IN, Registry
from mtclean.text import Policy, Style


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are cleaned; the same options and input give the same bytes.

    ``language`` is an ISO 639-1 code, or empty to detect it.  ``languagetool`` is the address of a
    server to use instead of our own.  ``source_format`` is what all files are said to be, or None to
    judge by name and content.  ``ignores`` are (pattern of the end of a document's path as in
    :mod:`fnmatch`, ids and categories of rules that are off in it).  ``registry`` has the rules there are.
    """

    grammar: bool = True
    language: str = ""
    languagetool: str = ""
    source_format: SourceFormat | None = None
    style: Style = Style()
    policy: Policy = Policy()
    ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    registry: Registry = BUILT_IN

    def policy_for(self, name: str) -> Policy:
        """How far each rule may go in the document *name*."""
        names = [rule for glob, rules in self.ignores if _fits(name, glob) for rule in rules]
        return self.policy.ignoring(names)


def _fits(name: str, glob: str) -> bool:
    """Whether *glob* fits *name* or the end of it from a folder on: one calls a document from where one stands."""
    parts = name.split("/")
    return any(fnmatch("/".join(parts[at:]), glob) for at in range(len(parts)))
